"""The facilitators' side of `sessions` and `show`: what was shared with them, asked for with their passphrase."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from facilitator.asking import PASSPHRASE_VARIABLE, entered
from scenarios.commands import DONE, shown
from simulator.commands import told
from simulator.text import as_json

if TYPE_CHECKING:
    from facilitator.reviews import Beside, Review
    from facilitator.rows import Row

_REVIEWS: Final = {"waiting": "awaiting review", "begun": "review begun", "signed": "signed off"}
_SAID: Final = {
    "word": "In a word",
    "account": "What happened, as they told it",
    "reflection": "Looking back",
    "to_keep": "To keep",
    "to_try": "To try",
}


def offered(arguments: Namespace) -> bool:
    """Whether a passphrase is offered, so that facilitators' sessions are meant; --as NAME means one's own."""
    if arguments.facilitator is not None:
        return True
    return arguments.acting is None and PASSPHRASE_VARIABLE in os.environ


def sessions(arguments: Namespace) -> int:
    """`sessions`: every session shared with whoever gives the passphrase, the newest first."""
    from facilitator.rows import Filter

    which = Filter(scenario=arguments.scenario, trainee=arguments.trainee, since=arguments.since)
    with told(), closing(entered(arguments, "sessions")) as room:
        lines = _as_json(room.rows(which)) if arguments.json else _as_text(room.rows(which))
        for line in lines:
            print(line)
    return DONE


def _as_json(rows: Iterator[Row]) -> Iterator[str]:
    """One row a line, so that a hundred thousand need no more room than one."""
    yield "["
    last = next(rows, None)
    while last is not None:
        following = next(rows, None)
        yield f"  {as_json(last.json(), indent=None)}{',' if following else ''}"
        last = following
    yield "]"


def _as_text(rows: Iterator[Row]) -> Iterator[str]:
    any_row = False
    for row in rows:
        any_row = True
        begun = f"{row.started.astimezone():%Y-%m-%d %H:%M}"
        came_to = f", {row.outcome}" if row.outcome else ""
        contested = ", contested" if row.contested else ""
        state = f"{row.state}{came_to}, {_REVIEWS[row.review_state]}{contested}"
        yield shown(f"{row.session}  {begun}  {row.trainee}  {row.scenario}: {state}")
    if not any_row:
        yield "Nothing that fits has been shared with you."


def show(arguments: Namespace) -> int:
    """`show`: one shared session, as a script to read or as JSON; that it was opened is on the trail."""
    from scenarios.script import play_lines

    with told(), closing(entered(arguments, "show")) as room:
        review = room.open(arguments.session)
        whole = review.whole
        if arguments.json:
            print(as_json(whole))
            return DONE
        who = f"{whole['trainee']} practised; where it says You, they are meant."
        head = [f"{whole['title']}. Session {whole['session']}, {whole['state']}.", who]
        after = [*_words(whole["debrief"]), *_review(review)]
        print("\n".join(map(shown, [*head, *play_lines(whole), *after])))
    return DONE


def _words(said: dict[str, Any]) -> list[str]:
    """What the trainee said afterwards."""
    lines = [f"{label}: {said[key]}" for key, label in _SAID.items() if said[key]]
    for each in said["inquiries"]:
        if each["text"]:
            lines.append(f"Asked about turn {each['turn']}: {each['question']} They said: {each['text']}")
    for each in said["contests"]:
        where = f"{each['name']} at turn {each['turn']}" if each["turn"] else each["name"]
        lines.append(f"They see {where} differently: {each['text']}")
    return ["", *lines] if lines else []


def _review(review: Review) -> list[str]:
    """What facilitators said, without what is hidden from who asks until their own rating is in."""
    from facilitator.facts import NOTE
    from scoring.claims import CLAIM

    lines = []
    for fact in review.facts:
        if fact.kind != NOTE:
            continue
        where = f"turn {fact.body['turn']}" if fact.body["turn"] else "the whole"
        whom = "for the trainee" if fact.body["for_trainee"] else "for facilitators only"
        lines.append(f"{fact.name} on {where} ({whom}): {fact.body['text']}")
    rated = [line for beside in review.ratings.values() for line in _rated(beside)]
    lines += [CLAIM, *rated] if rated else []
    return ["", *lines, *([review.kept] if review.kept else [])] if lines or review.kept else []


def _rated(beside: Beside) -> list[str]:
    """What one dimension was given: where the trainee puts themselves, then each facilitator who rated it."""
    own = [] if beside.trainee is None else [f"{beside.name}: {beside.trainee} of 5 by the trainee"]
    return own + [
        f"{beside.name}: {given.value} of 5 by {given.name}" + (f" ({given.reason})" if given.reason else "")
        for given in beside.given
    ]
