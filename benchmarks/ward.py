"""A ward that practises: several hundred trainees, and how each of their sessions goes, all drawn from one seed.

What a session does is done through the methods that front ends call, so that it can be played for real as well as by
the bulk writer. Words are drawn from a small list that says nothing of anybody.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from scenarios.load import Loaded, library_ids, load
from scenarios.scene import SILENCE
from scenarios.unfold import available
from simulator.session import Session

TRAINEES: Final = 400
GROUPS: Final = (
    "Ash",
    "Beech",
    "Cedar",
    "Elm",
    "Hazel",
    "Juniper",
    "Larch",
    "Maple",
    "Oak",
    "Rowan",
    "Willow",
    "",
)
TURNS: Final = 20
"""Turns answered in a session: once a first take is over, parts of it are taken again until there are so many."""
BEGIN_MS: Final = 1_704_067_200_000
LENGTH_MS: Final = 2 * 365 * 86_400_000
"""When the first session begins, 1 January 2024, and over how long a time they are spread: eight quarters."""
WORDS: Final = (
    "calm", "tired", "slower", "door", "garden", "quiet", "listen", "early", "question", "chair", "morning", "breath",
    "space", "window", "tea", "promise", "corridor", "wait", "minute", "kettle",
)  # fmt: skip
SELDOM: Final = "marmalade"
"""A word that one in five hundred says."""
_FIRST: Final = (
    "Alder", "Bracken", "Clover", "Daisy", "Elder", "Flax", "Gorse", "Heather", "Iris", "Jasmine", "Kelp", "Linden",
    "Moss", "Nettle", "Orchid", "Poppy", "Quince", "Reed", "Sorrel", "Thyme",
)  # fmt: skip
_SECOND: Final = (
    "Avocet", "Bunting", "Crane", "Dipper", "Eider", "Fieldfare", "Goshawk", "Harrier", "Ibis", "Jay", "Knot",
    "Lapwing", "Merlin", "Nuthatch", "Osprey", "Petrel", "Quail", "Raven", "Siskin", "Teal",
)  # fmt: skip


@dataclass(slots=True)
class Hands:
    """Clocks that stand still until moved."""

    wall: int = BEGIN_MS
    mono: int = 5_000

    def now_ms(self) -> int:
        return self.wall

    def mono_ms(self) -> int:
        return self.mono

    def pass_ms(self, ms: int) -> None:
        """Let time pass."""
        self.wall += ms
        self.mono += ms


@dataclass(frozen=True, slots=True)
class Person:
    """A trainee. `care`: how much likelier than the others a reply is that harms nothing."""

    id: uuid.UUID
    name: str
    group: str
    care: float


@dataclass(frozen=True, slots=True)
class Reviewing:
    """That somebody reviews it: what they rate it, so many dimensions, a note, and whether they sign."""

    ratings: tuple[int, ...]
    note: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session before it is played: everything that decides what will be in the records."""

    id: uuid.UUID
    who: Person
    scenario: str
    seed: int
    started_ms: int
    confidence: int | None
    leaves: str
    """What the trainee does before the end: "" (nothing), suspended or stepped-out."""
    review: Reviewing | None


def people(many: int = TRAINEES, seed: int = 1) -> list[Person]:
    """So many trainees, at most 400, each in a group or in none."""
    draw = random.Random(f"people/{seed}")
    names = [f"{first} {second}" for first, second in product(_FIRST, _SECOND)]
    draw.shuffle(names)
    return [
        Person(_id(draw), name, draw.choice(GROUPS), draw.choice((0.5, 1, 2, 4, 8))) for name in names[:many]
    ]


def sittings(many: int, who: list[Person], seed: int = 1) -> Iterator[Sitting]:
    """So many sessions of theirs, in the order in which they begin."""
    draw = random.Random(f"sittings/{seed}")
    scenarios = library_ids()
    step = LENGTH_MS // many
    for place in range(many):
        yield Sitting(
            id=_id(draw),
            who=draw.choice(who),
            scenario=draw.choice(scenarios),
            seed=draw.getrandbits(32),
            started_ms=BEGIN_MS + place * step + draw.randrange(step),
            confidence=draw.choice((None, draw.randrange(11))),
            leaves=draw.choices(("", "suspended", "stepped-out"), (94, 4, 2))[0],
            review=_reviewing(draw) if draw.random() < 0.15 else None,
        )


def _reviewing(draw: random.Random) -> Reviewing:
    ratings = tuple(draw.randint(1, 5) for _ in range(draw.randint(1, 3)))
    return Reviewing(ratings, _said(draw, 8), draw.random() < 0.7)


@cache
def loaded(scenario: str) -> Loaded:
    """One of ours, read once."""
    return load(scenario)


def play(session: Session, sitting: Sitting, clock: Hands) -> None:
    """What the trainee does in a session that has begun, to its last word."""
    draw = random.Random(f"play/{sitting.seed}")
    leaves_at = draw.randint(2, 6) if sitting.leaves else None
    answered = 0
    while True:
        if session.state == "ended":
            if answered >= TURNS:
                break
            clock.pass_ms(draw.randint(2_000, 9_000))
            session.rewind(draw.randint(1, max(1, session.turns // 2)))
        if answered == leaves_at:
            clock.pass_ms(draw.randint(2_000, 9_000))
            if sitting.leaves == "suspended":
                session.suspend()
            else:
                session.step_out()
            return
        _turn(session, sitting.who.care, draw, clock)
        answered += 1
    _own_say(session, draw, clock)
    if draw.random() < 0.2:
        _after(session, draw, clock)


def _turn(session: Session, care: float, draw: random.Random, clock: Hands) -> None:
    play, vocabulary = session._course.play, session.loaded.vocabulary
    options = available(play.scene, play.state)
    weights = [1.0 if vocabulary.harms(option.source.techniques) else care for option in options]
    chosen = draw.choices([option.id for option in options], weights)[0]
    clock.pass_ms(draw.randint(3_000, 40_000))
    if play.state.values[0] >= 7 and draw.random() < 0.2:
        session.reach()
        clock.pass_ms(draw.randint(1_000, 5_000))
    if draw.random() < 0.02:
        session.pause()
        clock.pass_ms(draw.randint(20_000, 90_000))
    if draw.random() < 0.01:
        session.suspend()
        clock.pass_ms(draw.randint(60_000, 3_600_000))
    if chosen == SILENCE:
        session.quiet(timed=False)
    else:
        session.answer(chosen)


def _own_say(session: Session, draw: random.Random, clock: Hands) -> None:
    """Word, account and ratings, each given or left out."""
    clock.pass_ms(draw.randint(4_000, 30_000))
    session.say_word(SELDOM if draw.random() < 0.002 else draw.choice(("", *WORDS)))
    clock.pass_ms(draw.randint(10_000, 60_000))
    session.say_account(_said(draw, 12) if draw.random() < 0.7 else "")
    if draw.random() < 0.8:
        for scale in session.scales()[:3]:
            clock.pass_ms(draw.randint(3_000, 9_000))
            session.rate_self(scale.dimension, draw.randint(1, 5))
    session.close_self_rating()
    if draw.random() < 0.6:
        session.say_confidence(draw.randrange(11))


def _after(session: Session, draw: random.Random, clock: Hands) -> None:
    """What some go on to say: to a question, against a rating, and what they will keep and try."""
    clock.pass_ms(draw.randint(20_000, 90_000))
    if session.debrief().moments:
        session.inquire(0, _said(draw, 6))
    if draw.random() < 0.5:
        rating = draw.choice(session.debrief().ratings)
        clock.pass_ms(draw.randint(8_000, 40_000))
        session.contest("rating", 0, rating.dimension, _said(draw, 7))
    session.keep_one(_said(draw, 4))
    session.try_one(_said(draw, 4), draw.choice(("", "tomorrow", "next week")))


def _said(draw: random.Random, most: int) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(1, most)))


def _id(draw: random.Random) -> uuid.UUID:
    return uuid.UUID(int=draw.getrandbits(128), version=4)
