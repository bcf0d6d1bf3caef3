"""What can happen in a session: typed, versioned, and checked when read back.

An event is a frozen dataclass; its fields are the body that is kept, so they hold text, whole numbers,
true/false and nothing else. What a trainee typed arrives here cleaned. A change of meaning is a new version
`v` of a kind.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from types import MappingProxyType
from typing import Any, ClassVar, Final, Literal, get_args

Keep = Literal["none", "mine", "shared"]
KEEPS: Final[tuple[str, ...]] = get_args(Keep)
State = Literal["running", "suspended", "ended", "stepped-out", "damaged"]
STATES: Final[tuple[str, ...]] = get_args(State)
CONFIDENCE: Final = range(11)
POINTS: Final = range(1, 6)
Contestable = Literal["tag", "rating"]


@dataclass(frozen=True, slots=True)
class Event:
    """What every event has: the name of its kind and the version of its body."""

    kind: ClassVar[str]
    v: ClassVar[int] = 1

    def check(self) -> None:
        """Raise ValueError where a value is not one this kind can have."""


@dataclass(frozen=True, slots=True)
class Began(Event):
    """The first of every session: what it is a pure function of, and what was chosen for it."""

    kind: ClassVar[str] = "began"
    scenario: str
    vocabulary: str
    engine: str
    seed: int
    opening: str
    cast: int
    keep: str
    timed: bool

    def check(self) -> None:
        _among(self.keep, KEEPS)


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """A reply, or silence; `timed` says that the silence came because its time had passed."""

    kind: ClassVar[str] = "answered"
    turn: int
    reply: str
    timed: bool


@dataclass(frozen=True, slots=True)
class Reached(Event):
    """The trainee reached for physical intervention."""

    kind: ClassVar[str] = "reached"
    turn: int


@dataclass(frozen=True, slots=True)
class Rewound(Event):
    """A new take, from before the reply of `turn`."""

    kind: ClassVar[str] = "rewound"
    turn: int


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The clock was stopped."""

    kind: ClassVar[str] = "paused"
    turn: int


@dataclass(frozen=True, slots=True)
class Unpaused(Event):
    """The clock goes on after `paused_ms` milliseconds (0 where the program had been closed meanwhile)."""

    kind: ClassVar[str] = "unpaused"
    turn: int
    paused_ms: int


@dataclass(frozen=True, slots=True)
class Suspended(Event):
    """Left for later."""

    kind: ClassVar[str] = "suspended"


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """Taken up again, after suspending or after the program went away."""

    kind: ClassVar[str] = "resumed"


@dataclass(frozen=True, slots=True)
class SteppedOut(Event):
    """The trainee stepped out: nothing of it is judged, and nothing follows."""

    kind: ClassVar[str] = "stepped-out"


@dataclass(frozen=True, slots=True)
class Confidence(Event):
    """How sure the trainee felt, 0..10, before the scene or after it."""

    kind: ClassVar[str] = "confidence"
    when: str
    value: int

    def check(self) -> None:
        _among(self.when, ("before", "after"))
        _among(self.value, CONFIDENCE)


@dataclass(frozen=True, slots=True)
class Word(Event):
    """The trainee's own word for how they are; None where they left it out."""

    kind: ClassVar[str] = "word"
    text: str | None


@dataclass(frozen=True, slots=True)
class Reflection(Event):
    """What the trainee answered to the one question of earlier versions; None where they left it out.

    No session of this version has one; those that were kept are still read.
    """

    kind: ClassVar[str] = "reflection"
    question: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Account(Event):
    """What happened, as the trainee tells it; None where they left it out."""

    kind: ClassVar[str] = "account"
    text: str | None


@dataclass(frozen=True, slots=True)
class SelfRating(Event):
    """The trainee's own rating of a dimension, 1..5; a later one of the same dimension takes its place."""

    kind: ClassVar[str] = "self-rating"
    dimension: str
    value: int

    def check(self) -> None:
        _among(self.value, POINTS)


@dataclass(frozen=True, slots=True)
class SelfRated(Event):
    """The self-rating is closed: `blind` where something was rated, before anything that judges was shown."""

    kind: ClassVar[str] = "self-rated"
    blind: bool


@dataclass(frozen=True, slots=True)
class Inquired(Event):
    """What the trainee answered to a question about a turn of the first take; None where they left it out."""

    kind: ClassVar[str] = "inquired"
    turn: int
    question: str
    text: str | None


@dataclass(frozen=True, slots=True)
class Contested(Event):
    """The trainee sees it differently, in their words: a technique at a turn of a take, or a rating.

    `name` is the technique or the dimension; for a rating `take` is 1, the one that is rated, and `turn` 0.
    """

    kind: ClassVar[str] = "contested"
    what: str
    take: int
    turn: int
    name: str
    text: str

    def check(self) -> None:
        _among(self.what, get_args(Contestable))


@dataclass(frozen=True, slots=True)
class Kept(Event):
    """One thing the trainee means to keep; None where they left it out."""

    kind: ClassVar[str] = "to-keep"
    text: str | None


@dataclass(frozen=True, slots=True)
class ToTry(Event):
    """One thing the trainee means to try, and when; None where they left it out."""

    kind: ClassVar[str] = "to-try"
    text: str | None
    when: str | None


@dataclass(frozen=True, slots=True)
class KeepChanged(Event):
    """Who may see this session, from now on."""

    kind: ClassVar[str] = "keep"
    keep: str

    def check(self) -> None:
        _among(self.keep, KEEPS)


_ALL: Final[tuple[type[Event], ...]] = (
    Began, Answered, Reached, Rewound, Paused, Unpaused, Suspended, Resumed, SteppedOut, Confidence, Word,
    Reflection, Account, SelfRating, SelfRated, Inquired, Contested, Kept, ToTry, KeepChanged,
)  # fmt: skip
KINDS: Final[Mapping[tuple[str, int], type[Event]]] = MappingProxyType({(e.kind, e.v): e for e in _ALL})
_TYPES: Final = {"str": (str,), "int": (int,), "bool": (bool,), "str | None": (str, type(None))}
_FIELDS: Final = {each: {field.name: _TYPES[str(field.type)] for field in fields(each)} for each in _ALL}


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in its place: `seq` from 1, `at_ms` since 1970 UTC, `mono_ms` of time played, the chain."""

    seq: int
    at_ms: int
    mono_ms: int
    event: Event
    chain: str


def body(event: Event) -> dict[str, Any]:
    """The fields of an event, as they are kept."""
    return asdict(event)


def read(kind: str, v: int, kept: object) -> Event:
    """The event that was kept. Raises ValueError where the kind is unknown or the body does not fit it."""
    made = KINDS.get((kind, v))
    if made is None:
        raise ValueError("an event of a kind this version does not know")
    wanted = _FIELDS[made]
    if not isinstance(kept, dict) or kept.keys() != wanted.keys():
        raise ValueError(f"the body of a {kind} event does not have its fields")
    for name, types in wanted.items():
        # bool is an int to Python; a kept `true` for a number is a fault all the same
        if type(kept[name]) not in types:
            raise ValueError(f"{name} of a {kind} event is not what it should be")
    event = made(**kept)
    event.check()
    return event


def chained(before: str, session: str, seq: int, at_ms: int, mono_ms: int, event: Event) -> str:
    """sha256 over the chain before and this row in canonical JSON: finds edits, cuts and torn copies.

    No proof against somebody who may rewrite the whole file.
    """
    row = [session, seq, at_ms, mono_ms, event.kind, event.v, body(event)]
    canonical = json.dumps(row, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{before}{canonical}".encode()).hexdigest()


def happened(before: str, session: str, seq: int, at_ms: int, mono_ms: int, event: Event) -> Happened:
    """An event put in its place after the chain `before` (empty for the first)."""
    return Happened(seq, at_ms, mono_ms, event, chained(before, session, seq, at_ms, mono_ms, event))


def _among(value: object, allowed: Any) -> None:
    if value not in allowed:
        raise ValueError("a value outside what this kind of event can have")
