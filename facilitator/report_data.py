"""What a hand-out shows, as plain data: the trainee's side of a session, without a word that is not for them.

Only what is named here gets into a hand-out: a note for facilitators has no field to stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from scoring.claims import CLAIM

if TYPE_CHECKING:
    from facilitator.reviews import Beside, Review
    from scoring.voice import Statement
    from simulator.course import Course
    from simulator.shown_debrief import Asked, Debrief, DebriefTurn, RatingShown, Thing, TimelinePoint

_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class By:
    """Something a facilitator wrote for the trainee."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class TurnOut:
    """One turn: what was said, what was answered, what the person felt, and the notes on it."""

    take: int
    turn: int
    said: str
    kind: str
    reply_text: str
    reaction: str | None
    felt: str | None
    reaches: int
    notes: tuple[By, ...]


@dataclass(frozen=True, slots=True)
class TakeOut:
    """One take: the turns played in it, how it ended, and the way of its whole road through the person."""

    take: int
    from_turn: int
    turns: tuple[TurnOut, ...]
    ending: str | None
    points: tuple[TimelinePoint, ...]


@dataclass(frozen=True, slots=True)
class VoiceOut:
    """A statement in the person's voice, its turns, and what facilitators answered in that voice, 1..5."""

    text: str
    spoke_for: tuple[int, ...]
    spoke_against: tuple[int, ...]
    given: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A facilitator's rating and their reason."""

    name: str
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class RatingOut:
    """A dimension: what is suggested (None: held back from whoever made this) and from which turns, and the others."""

    name: str
    suggested: str | None
    own: int | None
    given: tuple[GivenOut, ...]
    turns: tuple[int, ...]
    held: str | None
    contest: str | None
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Handed:
    """Everything in one session's hand-out. `day` is the day it was played, `minutes` how long."""

    session: str
    trainee: str
    title: str
    day: str
    minutes: int
    outcome: str
    ending: str
    felt: str | None
    matters: str
    came_to_light: tuple[tuple[str, bool], ...]
    takes: tuple[TakeOut, ...]
    things: tuple[Thing, ...]
    not_judged: tuple[str, ...]
    moments: tuple[Asked, ...]
    voices: tuple[VoiceOut, ...]
    ratings: tuple[RatingOut, ...]
    contests: tuple[str, ...]
    notes: tuple[By, ...]
    word: str | None
    account: str | None
    question: str | None
    reflection: str | None
    to_keep: str | None
    to_try: str | None
    when: str | None
    confidence: tuple[int | None, int | None]
    questions: tuple[str, ...]
    signed: str
    credits_note: str
    legal_note: str | None
    claim: str = CLAIM

    @property
    def held_back(self) -> int:
        """How many suggestions are left out because whoever made this rates blind."""
        return sum(rating.suggested is None for rating in self.ratings)


def handed(review: Review) -> Handed:
    """A session's hand-out. Raises Over of who stepped out, SimulatorError before the trainee's own say."""
    from simulator.debrief import debrief

    course, whole = review.course, review.whole
    back, said, notes = debrief(course), whole["debrief"], _notes(review)
    return Handed(
        session=whole["session"],
        trainee=whole["trainee"],
        title=whole["title"],
        day=f"{review.row.started.astimezone():%d %B %Y}".lstrip("0"),
        minutes=max(1, round(whole["seconds"] / _SECONDS)),
        outcome=back.outcome,
        ending=back.ending,
        felt=back.felt,
        matters=back.matters,
        came_to_light=back.came_to_light,
        takes=tuple(_takes(course, back, notes)),
        things=back.feedback,
        not_judged=back.not_judged,
        moments=tuple(_moments(back, said)),
        voices=tuple(_voices(review)),
        ratings=tuple(_rating(review, rating, said) for rating in back.ratings),
        contests=tuple(_tag_contests(review, said)),
        notes=tuple(notes.get((0, 0), ())),
        word=said["word"],
        account=said["account"],
        question=back.question,
        reflection=said["reflection"],
        to_keep=said["to_keep"],
        to_try=said["to_try"],
        when=said["when"],
        confidence=back.confidence,
        questions=back.questions,
        signed=review.kept,
        credits_note=back.credits_note,
        legal_note=back.legal_note,
    )


def _notes(review: Review) -> dict[tuple[int, int], list[By]]:
    """The notes meant for the trainee by take and turn; of the whole under (0, 0). No other is let through."""
    from facilitator.facts import NOTE

    found: dict[tuple[int, int], list[By]] = {}
    for fact in review.facts:
        if fact.kind == NOTE and fact.body["for_trainee"] is True:
            turn = fact.body["turn"]
            place = (0, 0) if turn is None else (fact.body["take"], turn)
            found.setdefault(place, []).append(By(fact.name, fact.body["text"]))
    return found


def _takes(course: Course, back: Debrief, notes: Mapping[tuple[int, int], Iterable[By]]) -> Iterable[TakeOut]:
    """The first take, and where it was taken again the latest, with what was played in between left out."""
    from simulator.debrief import timeline
    from simulator.text import clean

    first = tuple(turn for turn in back.first if turn.take == 1)
    later = tuple(turn for turn in back.turns if turn.take != 1)
    play = course.play
    shown: list[tuple[int, tuple[DebriefTurn, ...]]] = [(1, first)]
    if later:
        shown.append((play.take.number, later))
    for number_, turns in shown:
        take = play.takes[number_ - 1]
        ending = None if take.ending is None else play.scene.scenario.endings[take.ending].text
        yield TakeOut(
            take=number_,
            from_turn=turns[0].turn if turns else 1,
            turns=tuple(_turn(turn, notes) for turn in turns),
            ending=None if ending is None else clean(play.fill(ending)),
            points=timeline(course, take) if turns else (),
        )


def _turn(turn: DebriefTurn, notes: Mapping[tuple[int, int], Iterable[By]]) -> TurnOut:
    return TurnOut(
        take=turn.take,
        turn=turn.turn,
        said=turn.said,
        kind=turn.kind,
        reply_text=turn.reply_text,
        reaction=turn.reaction,
        felt=turn.felt,
        reaches=turn.reaches,
        notes=tuple(notes.get((turn.take, turn.turn), ())),
    )


def _moments(back: Debrief, said: Mapping[str, Any]) -> Iterable[Asked]:
    """The moments asked about, with the trainee's answers as they may be shown."""
    answers = {each["turn"]: each["text"] for each in said["inquiries"]}
    for asked in back.moments:
        yield replace(asked, answer=answers.get(asked.turn) or None)


def _voices(review: Review) -> Iterable[VoiceOut]:
    """The five statements about the first take, with what facilitators answered as the person would."""
    names = {fact.who: fact.name for fact in review.facts}
    voices = review.said.voices
    for statement in review.statements:
        given = [
            (names[who], values[statement.key]) for who, values in voices.items() if statement.key in values
        ]
        yield _voice(statement, given)


def _voice(statement: Statement, given: Iterable[tuple[str, int]]) -> VoiceOut:
    return VoiceOut(statement.text, statement.spoke_for, statement.spoke_against, tuple(given))


def _rating(review: Review, shown: RatingShown, said: Mapping[str, Any]) -> RatingOut:
    beside: Beside = review.ratings[shown.dimension]
    hidden = beside.hidden
    contest = next(
        (each for each in said["contests"] if each["what"] == "rating" and each["name"] == shown.dimension),
        None,
    )
    return RatingOut(
        name=shown.name,
        suggested=None if hidden else shown.standing,
        own=shown.own,
        given=tuple(GivenOut(given.name, given.value, given.reason) for given in beside.given),
        turns=() if hidden else tuple(each.turn for each in shown.evidence),
        held=None if hidden else shown.held,
        contest=None if contest is None else contest["text"],
        answers=() if contest is None else tuple(_answers(review, contest)),
    )


def _tag_contests(review: Review, said: Mapping[str, Any]) -> Iterable[str]:
    """What the trainee sees differently of a single turn, and what was answered, a sentence each."""
    techniques = review.course.loaded.vocabulary.techniques
    for each in said["contests"]:
        if each["what"] == "tag":
            words = techniques[each["name"]].words if each["name"] in techniques else each["name"]
            told = f"Turn {each['turn']}, read as “{words}”. You said: {each['text']}"
            yield " ".join([told, *_answers(review, each)])


def _answers(review: Review, contest: Mapping[str, Any]) -> Iterable[str]:
    """What facilitators answered to a contest, veiled as everything they wrote is."""
    from facilitator.facts import ANSWER

    asked = tuple(contest[key] for key in ("what", "take", "turn", "name"))
    told: list[str] = []
    for fact in review.facts:
        body = fact.body
        if fact.kind == ANSWER and tuple(body[key] for key in ("what", "take", "turn", "name")) == asked:
            verdict = "sees it as you do" if body["agree"] else "sees it differently from you"
            told = [f"{fact.name} {verdict}{': ' + body['text'] if body['text'] else '.'}"]
    return told  # the latest answer is the one that counts
