"""What facilitators said to a trainee about one of their sessions, as the trainee is given it.

Notes meant for them, answers to what they see differently, and ratings once the review is signed off; nothing that
facilitators wrote for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal

HEADING: Final = "What facilitators said to you"


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note on a turn of a take, or with `turn` None on the whole."""

    who: str
    when: datetime
    take: int
    turn: int | None
    text: str


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What was answered to a contest; `turn` is 0 for a rating's."""

    who: str
    when: datetime
    what: Literal["tag", "rating"]
    take: int
    turn: int
    name: str
    agree: bool
    text: str


@dataclass(frozen=True, slots=True)
class GivenShown:
    """A facilitator's own rating, 1..5, with its reason; one they have signed off."""

    who: str
    when: datetime
    dimension: str
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """All of it, in the order it was said; of each contest the latest answer."""

    notes: tuple[NoteShown, ...] = ()
    answers: tuple[AnswerShown, ...] = ()
    ratings: tuple[GivenShown, ...] = ()

    def json(self) -> dict[str, Any]:
        """The shape of `review` in `show --json`."""
        shape = asdict(self)
        for said in shape.values():
            for each in said:
                each["when"] = each["when"].isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return shape


def review_lines(said: ReviewShown | None) -> list[str]:
    """The same as sentences, to be read to whom they were said; none where there is nothing yet."""
    return [] if said is None else [*_notes(said), *map(_answer, said.answers), *_ratings(said)]


def _notes(said: ReviewShown) -> Iterator[str]:
    for note in said.notes:
        take = f" of take {note.take}" if note.take > 1 else ""
        where = "" if note.turn is None else f" about turn {note.turn}{take}"
        yield f"{note.who} wrote to you{where}: {note.text}"


def _answer(answer: AnswerShown) -> str:
    take = f" of take {answer.take}" if answer.take > 1 else ""
    where = f"{answer.name} at turn {answer.turn}{take}" if answer.turn else answer.name
    sees = "sees it as you do" if answer.agree else "sees it another way"
    words = f": {answer.text}" if answer.text else "."
    return f"You see {where} differently. {answer.who} {sees}{words}"


def _ratings(said: ReviewShown) -> Iterator[str]:
    if not said.ratings:
        return
    from scoring.claims import CLAIM
    from scoring.rubric import our_rubric

    known = our_rubric().file.dimensions
    for given in said.ratings:
        name = f"{given.dimension}, {known[given.dimension].name}," if given.dimension in known else "this"
        reason = f": {given.reason}" if given.reason else "."
        yield f"{given.who} put {name} at {given.value} of 5{reason}"
    yield CLAIM
