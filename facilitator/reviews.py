"""One session under review: what was played as it was, and everything said of it since.

Every act is a fact of its own, written with its line on the trail in one transaction; where somebody else wrote
meanwhile it is refused and nothing is overwritten.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from facilitator.errors import Locked, NotOpen, Unreadable
from facilitator.facts import (
    ANSWER,
    NOTE,
    POINTS,
    RATING,
    REOPENED,
    SECOND,
    SIGNED,
    UNBLINDED,
    VOICE,
    Said,
    said,
)
from facilitator.rows import SECTORS, Facilitator, Fact, ReviewState, Row
from facilitator.showing import whole
from simulator.errors import NotFound, SimulatorError
from simulator.text import clean
from simulator.veil import veiled

if TYPE_CHECKING:
    from facilitator.reading import Whose
    from facilitator.room import Room
    from facilitator.store import Found, Store
    from scoring.voice import Statement
    from simulator.course import Course
    from simulator.replay import Replayed
    from simulator.shown_debrief import Scale

LONGEST: Final = 5_000
FAR_APART: Final = 1.0
"""Points between a rating and a suggestion that was seen, from which a reason is asked for."""
_ACTS: Final = {
    # read as "Bea … it", by trainees too
    NOTE: "wrote a note on",
    RATING: "rated",
    VOICE: "answered for the person in",
    ANSWER: "answered a contest in",
    SECOND: "asked for a second review of",
    UNBLINDED: "looked at the suggestions for",
    SIGNED: "signed off",
    REOPENED: "reopened",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A facilitator's rating of a dimension; `blind` says that they had not seen the suggestion."""

    name: str
    value: int
    reason: str
    blind: bool
    when: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """A dimension with every view of it side by side.

    `suggestion` is the first take's in the shape of `run --rate`; None while it is `hidden`, and of who stepped
    out. `trainee` is their own rating, `given` those of facilitators that may be seen.
    """

    dimension: str
    name: str
    hidden: bool
    suggestion: Mapping[str, Any] | None
    trainee: int | None
    given: tuple[Given, ...]


class Review:
    """See the module. Raises Locked, NotFound once sharing was withdrawn, Moved, NotOpen; then nothing happened.

    `whole` and `facts` leave out what would unblind: see `hidden`. What was read stays readable while the room is
    locked, so that a screen can cover it and come back to it.
    """

    def __init__(self, room: Room, store: Store, key: uuid.UUID, found: Found) -> None:
        self.session = str(key)
        self._room = room
        self._me: Facilitator = room.entered
        self._store = store
        self._key = key
        self._take_in(found)

    def refresh(self) -> None:
        """Read it again, as it is now."""
        self._take_in(self._store.open(self._acting().id, self._key, None))

    def _take_in(self, found: Found) -> None:
        if isinstance(found.whose, str):
            raise Unreadable(found.whose)
        if found.facts is None:
            raise Unreadable("damaged")
        self._replayed: Replayed = self._store.reader.replayed(found.whose.kept, found.whose.kept.trainee)
        self._whose: Whose = found.whose
        self._all = found.facts
        self._row = found.row
        self._forget("_made", "scales", "statements")

    def _forget(self, *read: str) -> None:
        """What was worked out from the facts before the last one, and `read` from what was played."""
        for name in ("said", "facts", "whole", "ratings", *read):
            self.__dict__.pop(name, None)

    # what there is

    @property
    def row(self) -> Row:
        """The session as the table shows it."""
        return self._row

    @property
    def state(self) -> ReviewState:
        """waiting, begun or signed."""
        return self.said.state(bool(self._all))

    @property
    def course(self) -> Course:
        """The play itself, with what the trainee said as it was typed: no name is veiled in it."""
        return self._replayed.course

    @property
    def signed_by(self) -> tuple[str, ...]:
        """Who has signed it off since it was last reopened."""
        return tuple(fact.name for fact in self.said.signed.values())

    @property
    def kept(self) -> str:
        """In a sentence: by whom it was signed off, or who is waited for."""
        by = " and ".join(self.signed_by)
        waits = self.said.waits_for
        if waits is not None:
            kind = {"nhs": " from the NHS", "voluntary": " from the voluntary sector"}.get(waits, "")
            return f"{f'Signed off by {by}; waiting' if by else 'Waiting'} for a second reviewer{kind}."
        return f"Signed off by {by}." if by else ""

    @cached_property
    def said(self) -> Said:
        """Everything facilitators said, as it stands; hidden ratings too, so not for a screen."""
        return said(self._all)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What facilitators said, in order; names veiled, and without others' ratings that are still hidden."""
        mine = self._me.id
        seen = [
            fact
            for fact in self._all
            if fact.kind != RATING or fact.who == mine or not self.hidden(fact.body["dimension"])
        ]
        return tuple(self._veiled(fact) for fact in seen)

    @cached_property
    def whole(self) -> dict[str, Any]:
        """The session in the shape of `show --json` with nothing held back, its `steps`, `<trainee>` filled.

        A suggested rating that is hidden is null.
        """
        made = dict(self._made)
        made["takes"] = [{**take, "ratings": self._unhidden(take["ratings"])} for take in self._made["takes"]]
        return made

    @cached_property
    def _made(self) -> dict[str, Any]:
        return whole(self._whose, self._replayed)

    def _unhidden(self, ratings: Mapping[str, Any] | None) -> dict[str, Any] | None:
        if ratings is None:
            return None
        return {name: None if self.hidden(name) else rating for name, rating in ratings.items()}

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """What can be rated in this role, with its anchors, most opportunities first."""
        from simulator.debrief_ratings import scales

        return scales(self._replayed.course)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Five statements in the person's voice about the first take, each with its turns."""
        from scoring.rubric import our_rubric
        from scoring.voice import statements

        play = self._replayed.course.play
        return statements(play, play.takes[0], our_rubric())

    # side by side

    @property
    def blind(self) -> bool:
        """Whether suggestions stay hidden from this facilitator until theirs are in."""
        return self._me.id not in self.said.seeing

    def hidden(self, dimension: str) -> bool:
        """Whether the suggestion for a dimension, and what others gave, is hidden still."""
        return self.blind and self._me.id not in self.said.ratings.get(dimension, {})

    def suggested(self, dimension: str) -> Mapping[str, Any] | None:
        """The first take's rating in the shape of `run --rate`; None while it is hidden, or where there is none."""
        return None if self.hidden(dimension) else self._suggestion(dimension)

    def _suggestion(self, dimension: str) -> Mapping[str, Any] | None:
        ratings: Mapping[str, Any] | None = self._made["takes"][0]["ratings"]
        return None if ratings is None else ratings.get(dimension)

    @cached_property
    def ratings(self) -> dict[str, Beside]:
        """Every dimension of this role with the suggestion, the trainee's own and the facilitators' ratings."""
        own = self._replayed.course.told.ratings
        return {
            scale.dimension: Beside(
                scale.dimension,
                scale.name,
                self.hidden(scale.dimension),
                self.suggested(scale.dimension),
                own.get(scale.dimension),
                self._given(scale.dimension),
            )
            for scale in self.scales
        }

    def _given(self, dimension: str) -> tuple[Given, ...]:
        facts = self.said.ratings.get(dimension, {}).values()
        seen = [fact for fact in facts if fact.who == self._me.id or not self.hidden(dimension)]
        return tuple(
            Given(fact.name, body["value"], body["reason"], not body["seen"], fact.when)
            for fact in map(self._veiled, seen)
            for body in (fact.body,)
        )

    # acts

    def note(self, turn: int | None, text: str, for_trainee: bool, take: int = 1) -> Fact:
        """A note on a turn or, with None, on the whole; for the trainee too, or for facilitators only."""
        if turn is not None:
            self._need_turn(take, turn)
        body = {"take": take, "turn": turn, "text": _text(text), "for_trainee": bool(for_trainee)}
        return self._say(NOTE, body)

    def rate(self, dimension: str, value: int, reason: str = "") -> Fact:
        """One's own rating, 1..5. A reason is needed a point or more from a suggestion that was seen."""
        self._need_ended()
        if dimension not in {scale.dimension for scale in self.scales}:
            raise NotFound("That is not one of the dimensions of this role.", "Choose one that is listed.")
        _point(value)
        seen = not self.hidden(dimension)
        suggestion = (self._suggestion(dimension) or {}).get("value")
        given = clean(reason, LONGEST).strip()
        if seen and suggestion is not None and abs(value - suggestion) >= FAR_APART and not given:
            raise SimulatorError(
                "Your rating and the suggestion are a point or more apart.", "Say in a sentence what you saw."
            )
        body = {"dimension": dimension, "value": value, "reason": given, "suggested": suggestion}
        return self._say(RATING, {**body, "seen": seen})

    def unblind(self) -> Fact:
        """See the suggestions before rating; that they were seen is recorded."""
        return self._say(UNBLINDED, {})

    def state_voice(self, key: str, value: int) -> Fact:
        """How far a statement in the person's voice holds, 1..5, answered as the person would."""
        from scoring.voice import KEYS

        self._need_ended()
        if key not in KEYS:
            raise NotFound("There is no such statement.", "Choose one that is listed.")
        return self._say(VOICE, {"key": key, "value": _point(value)})

    def answer(self, what: str, turn: int, name: str, agree: bool, text: str = "", take: int = 1) -> Fact:
        """Agree with what the trainee contests, or overrule it, in words where that helps."""
        if (what, take, turn, name) not in self._replayed.course.told.contests:
            raise NotFound("The trainee does not contest that.", "Choose one of what they contest.")
        body = {"what": what, "take": take, "turn": turn, "name": name, "agree": bool(agree)}
        return self._say(ANSWER, {**body, "text": clean(text, LONGEST).strip()})

    def ask_second(self, sector: str = "") -> Fact:
        """Ask for a second reviewer, from the NHS ("nhs"), the voluntary sector ("voluntary") or from either."""
        if sector not in SECTORS:
            raise SimulatorError("There is no such sector.", "Say nhs, voluntary, or leave it out.")
        return self._say(SECOND, {"sector": sector})

    def sign(self) -> Fact:
        """Sign it off as it was read. Where a second reviewer was asked for, it closes with theirs."""
        self._need_ended()
        return self._say(SIGNED, {"sector": self._me.sector}, as_read=True)

    def reopen(self, reason: str) -> Fact:
        """Open again what was signed off; every signature has to be given anew."""
        if not self.said.signed:
            raise NotOpen("It has not been signed off.", "Go on; there is nothing to reopen.")
        return self._say(REOPENED, {"reason": _text(reason)})

    # behind

    def _acting(self) -> Facilitator:
        """Who acts: whoever opened it, and nobody who came into the room after them. Raises Locked."""
        who = self._room.entered
        if who.id != self._me.id:
            raise Locked("Somebody else has entered since this was opened.", "Open it again.")
        return who

    def _say(self, kind: str, body: dict[str, Any], as_read: bool = False) -> Fact:
        who = self._acting()
        if kind != REOPENED and (self.state == "signed" or who.id in self.said.signed):
            raise NotOpen("You have signed this off, or it is closed.", "Reopen it first, with the reason.")
        then = (*self._all, Fact(len(self._all) + 1, who.id, who.name, self._row.started, kind, 1, body))
        fact = self._store.append(
            who.id,
            self._key,
            after=len(self._all),
            last_seq=self._whose.kept.last_seq if as_read else None,
            kind=kind,
            body=body,
            act=_ACTS[kind],
            state=said(then).state(True),
        )
        self._all = (*self._all, fact)
        self._forget()
        return fact

    def _veiled(self, fact: Fact) -> Fact:
        body = veiled(fact.body, self._whose.accounts, self._whose.kept.trainee)
        return Fact(fact.seq, fact.who, fact.name, fact.when, fact.kind, fact.v, body)

    def _need_turn(self, take: int, turn: int) -> None:
        takes = {each.number: {t.number for t in each.turns} for each in self._replayed.course.play.takes}
        if turn not in takes.get(take, ()):
            raise NotFound("There is no such turn in that take.", "Choose one that was played.")

    def _need_ended(self) -> None:
        course = self._replayed.course
        if course.state == "stepped-out":
            raise NotOpen(
                "The trainee stepped out of this one: nothing of it is judged.", "Notes can be left."
            )
        if all(take.ending is None for take in course.play.takes):
            raise NotOpen("This scene has not ended yet.", "Notes can be left meanwhile.")


def _text(text: str) -> str:
    found = clean(text, LONGEST).strip()
    if not found:
        raise SimulatorError("There are no words in it.", "Write some, or leave it.")
    return found


def _point(value: int) -> int:
    if type(value) is not int or value not in POINTS:
        raise SimulatorError("A rating is a whole number from 1 to 5.", "Three is safe, decent practice.")
    return value
