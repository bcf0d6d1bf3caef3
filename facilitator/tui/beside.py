"""Everybody's view beside each other: ratings, the trainee's own words, the person's voice, notes and the trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from facilitator.facts import ANSWER, NOTE, VOICE
from facilitator.tui.rows import Labelled, Line, block, labelled
from facilitator.tui.talk import again, fact_words, note_block, turn_name
from facilitator.tui.wording import VOICE as SAYS
from facilitator.tui.wording import gauges, moment, take_ended, trail, turns
from scoring.claims import CLAIM
from simulator.debrief import GAUGE_WORDS, timeline
from simulator.debrief_ratings import number
from simulator.shown_debrief import SHOWN_WORDS, TimelinePoint
from simulator.text import clean
from simulator.tui.widgets.blocks import Block
from simulator.tui.words import counted, joined, plain, stacked

if TYPE_CHECKING:
    from facilitator.reviews import Beside, Review
    from facilitator.rows import AuditLine, Fact

HIDDEN: Final = "hidden"
CONTEST_HIDDEN: Final = "What they say of it shows once your own rating of that dimension is in."
NOT_ENOUGH: Final = "not enough seen"
ANSWERED: Final[Mapping[bool, str]] = {True: "agreed", False: "overruled"}
VOICE_POINTS: Final = ("1, not at all", "2, hardly", "3, in part", "4, mostly", "5, wholly")
Go = Callable[[str], None]
"""What opening a row does: it is told the row's key."""


# how it went in the person


def person(review: Review) -> Iterator[Line]:
    """Gauges turn by turn for every take, takes as a tree, and what came to light."""
    whole = review.whole
    if len(whole["takes"]) > 1:
        yield Line(block("Takes", stacked([plain(each) for each in tree(whole)]), above=0), key="tree")
    for take in whole["takes"]:
        rows = list(_gauge_rows(review, take))
        if rows:
            yield Line(Block(plain(f"Take {take['take']}", "bold"), above=1), key=f"take{take['take']}")
            yield from rows
    play = review.course.play
    values = play.path(play.takes[0])[-1].after.values if play.path(play.takes[0]) else play.state.values
    found = [fact_words(review, name) for name, place in play.scene.hidden if values[place]]
    hidden = [fact_words(review, name) for name, place in play.scene.hidden if not values[place]]
    if found:
        yield Line(block("Came to light in the first take", stacked(map(plain, found))), key="light")
    if hidden:
        yield Line(block("Never came to light in the first take", stacked(map(plain, hidden))), key="hidden")


def _gauge_rows(review: Review, take: Mapping[str, Any]) -> Iterator[Line]:
    reached = {reach["turn"]: reach["tension"] for reach in take["reaches"]}
    for turn in take["turns"]:
        before, after = gauges(turn["before"]), gauges(turn["after"])
        if before is None or after is None:
            continue
        words = "   ".join(
            f"{name} {became:>2} {_by(became - was)}"
            for name, was, became in zip(GAUGE_WORDS.values(), before, after, strict=True)
        )
        body = plain(words)
        for fact in turn["came_to_light"]:
            body = joined(body, plain(f"\n* came to light: {fact_words(review, fact)}", "$you"))
        if turn["turn"] in reached:
            body = joined(
                body, plain(f"\n– reached for hands-on, tension {reached[turn['turn']]}", "$person")
            )
        place = (take["take"], turn["turn"])
        marker = plain(f"Turn {turn['turn']}", "bold $you")
        yield Line(Block(body, marker=marker, hang=9), turn=place, key=f"gauge{place}")


def _by(change: int) -> str:
    return f"({change:+d})" if change else "(=) "


def points(review: Review, number: int) -> tuple[TimelinePoint, ...]:
    """The whole road of a take, from before its first turn, for the chart."""
    take = review.course.play.takes[number - 1]
    if not review.course.play.path(take):
        return ()
    return timeline(review.course, take, partial(fact_words, review))


def tree(whole: Mapping[str, Any]) -> list[str]:
    """Takes as a tree: each under the one it was taken again from, with how it ended."""
    children: dict[int | None, list[Mapping[str, Any]]] = {}
    for take in whole["takes"]:
        children.setdefault(take["from_take"], []).append(take)

    def under(parent: int | None, before: str) -> Iterator[str]:
        takes = children.get(parent, [])
        for place, take in enumerate(takes):
            last = place == len(takes) - 1
            lead = "" if parent is None else f"{before}{'└─ ' if last else '├─ '}"
            at = "" if parent is None else f", {again(take)}"
            came = take_ended(take["ending"])
            yield f"{lead}Take {take['take']}{at}, {counted(len(take['turns']), 'turn')}: {came}"
            yield from under(take["take"], "" if parent is None else f"{before}{'   ' if last else '│  '}")

    return list(under(None, ""))


# ratings


def ratings(review: Review, me: str, go: Go) -> Iterator[Line]:
    """Every dimension with the suggestion, the trainee's own, and what facilitators gave."""
    if review.blind:
        blind = "You rate blind: a suggestion shows once your own rating of that dimension is in. u shows them all."
    else:
        blind = "You have seen the suggestions before rating; that is recorded."
    yield Line(Block(plain(f"{CLAIM} {blind}", "$quiet")), key="claim")
    for dimension, beside in review.ratings.items():
        body = plain(" · ".join(f"{name}: {value}" for name, value in figures(review, beside, me)))
        line = block(f"{dimension} {beside.name}", body, colour="bold $person")
        yield Line(line, tuple(rating_detail(review, beside)), opens=partial(go, dimension), key=dimension)


def figures(review: Review, beside: Beside, me: str) -> Iterator[tuple[str, str]]:
    """Who sees it how, in words: yours first."""
    mine = [given for given in beside.given if given.name == me]
    yield "you", str(mine[0].value) if mine else "not yet"
    yield "suggested", suggested(beside)
    yield review.whole["trainee"], "not rated" if beside.trainee is None else str(beside.trainee)
    for given in beside.given:
        if given.name != me:
            yield given.name, str(given.value)


def suggested(beside: Beside) -> str:
    """The suggestion in words, or why there is none."""
    if beside.hidden:
        return HIDDEN
    if beside.suggestion is None or beside.suggestion["value"] is None:
        return NOT_ENOUGH
    return f"{number(beside.suggestion['value'])} from {counted(beside.suggestion['opportunities'], 'turn')}"


def rating_detail(review: Review, beside: Beside) -> Iterator[Block]:
    """What the dimension is, its anchors, reasons given, and the turns a suggestion rests on."""
    scale = next(scale for scale in review.scales if scale.dimension == beside.dimension)
    yield block(f"{beside.dimension} {beside.name}", scale.definition, above=0)
    yield block("", stacked([plain(f"{point} {words}") for point, words in enumerate(scale.anchors, 1)]))
    if scale.facilitator:
        yield block("What a screen cannot show", scale.facilitator)
    for given in beside.given:
        how = "rated blind" if given.blind else "had seen the suggestion"
        reason = f"\n{given.reason}" if given.reason else ""
        yield block(f"{given.name}: {given.value}", f"{how}, {moment(given.when)}{reason}")
    for each in review.whole["debrief"]["contests"]:
        if each["what"] == "rating" and each["name"] == beside.dimension:
            heading = f"≠ {review.whole['trainee']} sees the suggestion differently"
            yield block(heading, CONTEST_HIDDEN if beside.hidden else each["text"])
    if beside.suggestion is not None:
        yield block("Suggested", suggested(beside))


def evidence(review: Review, beside: Beside) -> Iterator[tuple[int, str]]:
    """The turns that a suggestion which may be seen rests on, each with what it showed, in words."""
    if beside.suggestion is None:
        return
    vocabulary = review.course.loaded.vocabulary.techniques
    for each in beside.suggestion["evidence"]:
        technique = vocabulary.get(each["technique"])
        words = clean(technique.words) if technique is not None else each["technique"]
        yield each["turn"], f"Turn {each['turn']} {SHOWN_WORDS[each['shown']]}: {words}"


# the trainee's own


def own_words(review: Review, go: Go) -> Iterator[Line]:
    """What the trainee said afterwards, and what they see differently; Enter there answers it."""
    whole = review.whole
    said, who = whole["debrief"], whole["trainee"]
    yield Line(_own_say(said, who), key="own")
    if said["self_ratings"]:
        names = {scale.dimension: scale.name for scale in review.scales}
        rated = [plain(f"{value}  {names.get(name, name)}") for name, value in said["self_ratings"].items()]
        how = "before seeing any suggestion" if said["blind"] else "after the debrief had opened"
        yield Line(block(f"Where {who} put themselves, {how}", stacked(rated)), key="self")
    for each in said["inquiries"]:
        answer = joined(plain(each["question"]), plain(f"\n{each['text'] or 'left open'}", "$you"))
        yield Line(
            block(f"Asked about turn {each['turn']}", answer),
            turn=(1, each["turn"]),
            key=f"asked{each['turn']}",
        )
    for place, contest in enumerate(said["contests"]):
        yield _contest(review, contest, partial(go, str(place)))


def _own_say(said: Mapping[str, Any], who: str) -> Block:
    nothing = "left out"
    lines: list[Labelled] = [
        ("In a word", plain(said["word"] or nothing)),
        ("What happened", plain(said["account"] or nothing)),
        ("Looking back", plain(said["reflection"] or "")),
        ("To keep", plain(said["to_keep"] or nothing)),
        (
            "To try",
            plain(" ".join(filter(None, (said["to_try"], said["when"] and f"({said['when']})"))) or nothing),
        ),
    ]
    return block(f"{who}, in their own words", labelled(lines), above=0)


def _contest(review: Review, contest: Mapping[str, Any], opens: Callable[[], None]) -> Line:
    about = contest_name(review, contest)
    key = (contest["what"], contest["take"], contest["turn"], contest["name"])
    answer = answered(review).get(key)
    hidden = contest["what"] == "rating" and review.hidden(contest["name"])
    lines = [plain(CONTEST_HIDDEN, "$quiet") if hidden else plain(contest["text"])]
    if answer is None:
        lines.append(plain("Not answered yet: enter answers it.", "$quiet"))
    else:
        words = f": {answer.body['text']}" if answer.body["text"] else "."
        lines.append(plain(f"{answer.name} {ANSWERED[answer.body['agree']]}{words}", "$you"))
    turn = (contest["take"], contest["turn"]) if contest["turn"] else None
    return Line(
        block(f"≠ Sees differently: {about}", stacked(lines)), turn=turn, opens=opens, key=f"contest{key}"
    )


def answered(review: Review) -> dict[tuple[str, int, int, str], Fact]:
    """The latest answer to each thing contested."""
    answers = [fact for fact in review.facts if fact.kind == ANSWER]
    return {(b["what"], b["take"], b["turn"], b["name"]): fact for fact in answers for b in (fact.body,)}


def contest_name(review: Review, contest: Mapping[str, Any]) -> str:
    """What is contested, in words."""
    if contest["what"] == "rating":
        names = {scale.dimension: scale.name for scale in review.scales}
        return f"the rating of {names.get(contest['name'], contest['name'])}"
    technique = review.course.loaded.vocabulary.techniques.get(contest["name"])
    words = clean(technique.words) if technique is not None else contest["name"]
    where = turn_name(review.whole, (contest["take"], contest["turn"]))
    return f"“{words}” at {where[0].lower()}{where[1:]}"


# the person's voice


def voice(review: Review, me: str, go: Go) -> Iterator[Line]:
    """Five statements to be answered as the person would; what play suggests shows once one's own is in."""
    who = review.whole["cast"]
    intro = f"Answer as {who} would, from 1 to 5. Nobody has validated this; it stands beside the ratings, not in them."
    yield Line(Block(plain(intro, "$quiet")), key="intro")
    given: dict[str, dict[str, int]] = {}
    for fact in review.facts:
        if fact.kind == VOICE:
            given.setdefault(fact.body["key"], {})[fact.name] = fact.body["value"]
    for statement in review.statements:
        answers = given.get(statement.key, {})
        lines = [plain(f"you: {VOICE_POINTS[answers[me] - 1]}" if me in answers else "you: not yet")]
        if me in answers:
            lines += [
                plain(f"{name}: {VOICE_POINTS[value - 1]}") for name, value in answers.items() if name != me
            ]
            lines.append(
                plain(
                    f"From the play: “{statement.text}” {turns(statement.spoke_for).capitalize()} spoke for it, "
                    f"{turns(statement.spoke_against)} against.",
                    "$quiet",
                )
            )
        line = block(f"“{SAYS[statement.key]}”", stacked(lines))
        yield Line(line, opens=partial(go, statement.key), key=statement.key)


# notes and the trail


def all_notes(review: Review) -> Iterator[Line]:
    """Every note, with whom it is for and where it stands."""
    written = [fact for fact in review.facts if fact.kind == NOTE]
    if not written:
        yield Line(
            Block(plain("No notes yet. n writes one: on a turn from the talk, on the whole from here.")),
            key="no",
        )
    for fact in written:
        turn = fact.body["turn"]
        place = None if turn is None else (fact.body["take"], turn)
        where = "On the whole" if place is None else turn_name(review.whole, place)
        yield Line(Block(plain(where, "bold"), above=1), turn=place, key=f"where{fact.seq}")
        yield Line(note_block(fact, review.whole["trainee"]), turn=place, key=f"note{fact.seq}")


def trail_lines(lines: list[AuditLine]) -> Iterator[Line]:
    """Who did what with this session, the latest first."""
    yield Line(
        Block(
            plain("Who did what with this session, the latest first. Nothing here can be changed.", "$quiet")
        )
    )
    for each in lines:
        yield Line(Block(plain(trail(each))))
