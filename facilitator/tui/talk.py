"""The talk as it was: every take with its turns, pauses and reaches, and all there is to a turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from textual.content import Content

from facilitator.facts import NOTE
from facilitator.tui.rows import Labelled, Line, block, labelled
from facilitator.tui.wording import came_to, gauges, moment, note_for, seconds, take_ended
from simulator.debrief import GAUGE_WORDS
from simulator.shown import STAY_QUIET
from simulator.text import clean
from simulator.tui.widgets.blocks import Block
from simulator.tui.words import joined, plain, seen, spoken, stacked

if TYPE_CHECKING:
    from facilitator.reviews import Review
    from facilitator.rows import Fact

NOT_AVAILABLE: Final = "It was not available, and the scene waited."


def talk(review: Review) -> Iterator[Line]:
    """Every take from its first turn to its end, then notes on the whole."""
    whole = review.whole
    yield Line(_head(review), key="head")
    pauses = paused(whole["steps"])
    for take in whole["takes"]:
        number = take["take"]
        if take["from_take"] is not None:
            words = f"Take {number}, {again(take)} of take {take['from_take']}"
            yield Line(
                Block(plain(words, "bold"), marker=plain("↺", "bold $you"), hang=2, above=1),
                key=f"take{number}",
            )
        yield from _turns(review, take, pauses)
        if take["ending"] is not None:
            yield Line(_ending(take["ending"]), key=f"end{number}")
    for fact in notes(review, None, None):
        yield Line(note_block(fact, whole["trainee"]), key=f"note{fact.seq}")


def _head(review: Review) -> Block:
    whole, row = review.whole, review.row
    lines: list[Labelled] = [
        ("Begun", plain(f"{moment(row.started)}, {seconds(whole['seconds'])} in the scene and after")),
        ("Person", plain(whole["cast"])),
        ("Opening", plain(whole["opening"])),
        ("Came to", plain(came_to(row))),
        ("Silences", plain("" if whole["timed"] else "not timed, as the trainee chose")),
        ("Review", plain(review.kept)),
    ]
    return block(f"{whole['title']} · {whole['trainee']}", labelled(lines), above=0)


def _ending(ending: Mapping[str, Any]) -> Block:
    felt = (
        joined(plain("\nOut of role: ", "$quiet"), spoken(ending["felt"]))
        if ending.get("felt")
        else Content("")
    )
    heading = "It came to an ending" if ending["outcome"] is None else f"It ended: {take_ended(ending)}"
    return block(heading, joined(spoken(ending["text"]), felt))


def _turns(
    review: Review, take: Mapping[str, Any], pauses: Mapping[tuple[int, int], list[float]]
) -> Iterator[Line]:
    number = take["take"]
    for turn in take["turns"]:
        place = (number, turn["turn"])
        held = pauses.get(place, [])
        yield Line(
            _turn(review, turn, place, held),
            tuple(about(review, turn, place, held)),
            place,
            key=f"turn{place}",
        )
        for reach in take["reaches"]:
            if reach["turn"] == turn["turn"]:
                yield Line(_reach(reach), tuple(about(review, turn, place, held)), place)
        for fact in notes(review, *place):
            yield Line(note_block(fact, review.whole["trainee"]), turn=place, key=f"note{fact.seq}")
    answered = {turn["turn"] for turn in take["turns"]}
    for reach in take["reaches"]:
        if reach["turn"] not in answered:
            yield Line(_reach(reach))


def _turn(review: Review, turn: Mapping[str, Any], place: tuple[int, int], held: list[float]) -> Block:
    whole = review.whole
    others = len(turn["offered"]) - 1
    quiet = [
        seconds(turn["seconds"]),
        f"{others} not taken",
        *(f"paused {seconds(length)}" for length in held),
        *(["something came to light"] if turn["came_to_light"] else []),
        *(["harm in it"] if not all(_helps(review, name) for name in turn["techniques"] or ()) else []),
        *(["seen differently by the trainee"] if contests(whole, place) else []),
    ]
    lines = [joined(plain(f"{whole['cast']}: ", "$person"), _said(turn)), trainee_line(review, turn)]
    if turn["reaction"]:
        lines.append(joined(plain(f"{whole['cast']}: ", "$person"), spoken(turn["reaction"])))
    lines.append(plain(" · ".join(quiet), "$quiet"))
    return block(turn_name(whole, place), stacked(lines), colour="bold $you")


def turn_name(whole: Mapping[str, Any], place: tuple[int, int]) -> str:
    """`Turn 3`, or `Turn 3, take 2` where there are several."""
    return f"Turn {place[1]}" + (f", take {place[0]}" if len(whole["takes"]) > 1 else "")


def _said(turn: Mapping[str, Any]) -> Content:
    return Content(" ").join([spoken(turn["said"]), *([seen(turn["cue"])] if turn["cue"] else [])])


def trainee_line(review: Review, turn: Mapping[str, Any]) -> Content:
    """What the trainee said or did."""
    return joined(
        plain(f"{review.whole['trainee']}: ", "bold $you"), reply(turn["reply_text"], kind_of(turn))
    )


def kind_of(turn: Mapping[str, Any]) -> str:
    """say, do or silence."""
    return next((offer["kind"] for offer in turn["offered"] if offer["id"] == turn["reply"]), "say")


def reply(text: str | None, kind: str) -> Content:
    """A reply in words, what is done set apart."""
    words = clean(text or "") or STAY_QUIET
    return plain(words) if kind == "say" else seen(words)


def _reach(reach: Mapping[str, Any]) -> Block:
    tension = "" if reach["tension"] is None else f" Tension was {reach['tension']} of 10 at that moment."
    words = f"Reached for hands-on at turn {reach['turn']}.{tension} {NOT_AVAILABLE}"
    return Block(plain(words, "$person"), marker=plain("–", "bold $person"), hang=2)


def paused(steps: list[Mapping[str, Any]]) -> dict[tuple[int, int], list[float]]:
    """How long each pause lasted, by the take and the turn it was in; takes follow each other as they were played."""
    found: dict[tuple[int, int], list[float]] = {}
    take = 1
    for step in steps:
        if step["kind"] == "rewound":
            take += 1
        elif "paused" in step:
            found.setdefault((take, step["turn"]), []).append(step["paused"])
    return found


# all there is to a turn


def about(
    review: Review, turn: Mapping[str, Any], place: tuple[int, int], held: list[float]
) -> Iterator[Block]:
    """Time, gauges, tags, what was offered and not taken, what the author says of it, and notes."""
    whole = review.whole
    yield block(turn_name(whole, place), labelled(_measures(review, turn, held)), above=0, colour="bold $you")
    tags = list(_tags(review, turn, place))
    if tags:
        yield block("What it showed", stacked(tags))
    others = [
        joined(plain("· ", "$quiet"), reply(offer["text"], offer["kind"]))
        for offer in turn["offered"]
        if offer["id"] != turn["reply"]
    ]
    if others:
        yield block("Offered, not taken", stacked(others))
    told = list(_told(review, place))
    if told:
        yield block("What the scene's author says", labelled(told))
    for fact in notes(review, *place):
        yield note_block(fact, whole["trainee"])


def _measures(review: Review, turn: Mapping[str, Any], held: list[float]) -> Iterator[Labelled]:
    yield "Time on it", plain(seconds(turn["seconds"]))
    if held:
        yield "Paused", plain(", ".join(seconds(length) for length in held))
    yield "Moment", plain(turn["moment"])
    before, after = gauges(turn["before"]), gauges(turn["after"])
    if before is not None and after is not None:
        for name, was, became in zip(GAUGE_WORDS.values(), before, after, strict=True):
            yield name.capitalize(), plain(moved(was, became))
    for fact in turn["came_to_light"]:
        yield "Came to light", plain(fact_words(review, fact))


def moved(was: int, became: int) -> str:
    """`5 → 4, down 1`."""
    if was == became:
        return f"{became}, as it was"
    return f"{was} → {became}, {'up' if became > was else 'down'} {abs(became - was)}"


def fact_words(review: Review, name: str) -> str:
    """A fact as the author words it, else by its name."""
    play = review.course.play
    says = play.scene.scenario.facts[name].says
    return clean(play.fill(says)) if says else name


def _helps(review: Review, name: str) -> bool:
    return review.course.loaded.vocabulary.techniques[name].helps


def _tags(review: Review, turn: Mapping[str, Any], place: tuple[int, int]) -> Iterator[Content]:
    said = contests(review.whole, place)
    for name in turn["techniques"] or ():
        technique = review.course.loaded.vocabulary.techniques[name]
        mark, words = ("+", "helps") if technique.helps else ("−", "harms")
        yield joined(
            plain(f"{mark} ", "bold $you"), plain(clean(technique.words)), plain(f" ({words})", "$quiet")
        )
        if name in said:
            yield joined(plain(f"  ≠ {review.whole['trainee']}: ", "$person"), plain(said[name]))


def contests(whole: Mapping[str, Any], place: tuple[int, int]) -> dict[str, str]:
    """What the trainee said against the tags of a turn."""
    return {
        each["name"]: each["text"]
        for each in whole["debrief"]["contests"]
        if each["what"] == "tag" and (each["take"], each["turn"]) == place
    }


def _told(review: Review, place: tuple[int, int]) -> Iterator[Labelled]:
    take, number = place
    play = review.course.play
    turn = next(turn for turn in play.takes[take - 1].turns if turn.number == number)
    answer = turn.option.source
    for name, text in (("Felt", answer.felt), ("Why", answer.why), ("Could also be", answer.instead)):
        if text:
            yield name, spoken(clean(play.fill(text)))


def notes(review: Review, take: int | None, turn: int | None) -> list[Fact]:
    """Notes on a turn, or with None those on the whole; in the order they were written."""
    found = [fact for fact in review.facts if fact.kind == NOTE and fact.body["turn"] == turn]
    return [fact for fact in found if turn is None or fact.body["take"] == take]


def note_block(fact: Fact, trainee: str) -> Block:
    """A note with whom it is for before its words."""
    whom = note_for(fact.body["for_trainee"], trainee)
    colour = "bold $you" if fact.body["for_trainee"] else "bold $person"
    label = joined(plain(whom, colour), plain(f"  {fact.name}, {moment(fact.when)}", "$quiet"))
    return Block(plain(fact.body["text"]), label=label, left=2, hang=2, above=1)


def again(take: Mapping[str, Any]) -> str:
    """Where a later take begins: `from turn 3`, the first turn that was chosen anew."""
    return f"from turn {take['from_turn'] + 1}"
