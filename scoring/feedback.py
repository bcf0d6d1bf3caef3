"""What to say after a take: at most three things, a strength first, and two moments to ask about.

Chosen for what would have changed most, never for what was rated lowest: scoring/choosing.py. It speaks of lines and
of what they did, never of the trainee; it knows no total, no pass and nobody else. `moment`, `reply`, `technique`,
`dimension` and `came_to_light` are ids; their words are in the turn, the vocabulary, the rubric and the scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from scenarios.scene import GAUGES, Option
from scenarios.techniques import Vocabulary
from scenarios.unfold import Play, Turn
from scoring.choosing import STAYED, Choice, Look, choose, look
from scoring.evidence import CRISIS
from scoring.rating import NOT_ENOUGH, Rating, rate_take
from scoring.rubric import Rubric

STAY_QUIET: Final = "You stay quiet."

_NO_WORSE: Final = (
    "Taken together, tension, trust and felt safety came out of this turn no worse than out of any other. "
    "Staying, with hands left out of it, is what leaves room for other words."
)
_PLAYED: Final = "the scene as it was played; no technique of the literature is claimed for it"
_HARM: Final = ("What were you hoping it would do?", "What was in your mind just before it?")
_CRISIS: Final = ("What was going on for you just then?", "What did you feel pressed to do just then?")
_HELP: Final = ("What had you noticed that led you there?", "What were you hoping it would do?")
_QUIET: Final = ("What was that quiet like for you?", "What were you waiting for?")


@dataclass(frozen=True, slots=True)
class Change:
    """How far a gauge moved in a turn, after less before; never 0."""

    gauge: Literal["tension", "trust", "safety"]
    by: int


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say of one turn, a strength or something to try.

    `technique` is one that the reply showed; where it showed nothing of the kind, the one that was on offer, and
    `technique_words` say so. `source` is where that technique is known from. `instead` is a line to try, in the
    trainee's voice: none for a strength. `repaired` is the later turn that put a harm right. `technique` is "" for
    the strength of a take in which every reply harmed: that somebody stayed with it.
    """

    strength: bool
    turn: int
    moment: str
    reply: str
    technique: str
    dimension: str
    changes: tuple[Change, ...]
    came_to_light: tuple[str, ...]
    repaired: int | None
    technique_words: str
    why: str
    source: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A moment to ask about: what was seen, how it may be looked at, and a question nobody else can answer."""

    turn: int
    observation: str
    view: str
    question: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """Everything there is to say of a take, and what could not be judged."""

    points: tuple[Point, ...]
    inquiries: tuple[Inquiry, ...]
    not_judged: tuple[str, ...]


def feedback(play: Play, rubric: Rubric, vocabulary: Vocabulary) -> Feedback:
    """Of the first take, the one that is rated."""
    take = play.takes[0]
    looks = look(play, take, rubric, vocabulary)
    return Feedback(
        tuple(_point(play, rubric, vocabulary, choice) for choice in choose(looks)),
        tuple(_inquiries(play, vocabulary, looks)),
        tuple(_not_judged(rubric, list(rate_take(play, take, rubric).values()))),
    )


# One thing to say


def _point(play: Play, rubric: Rubric, vocabulary: Vocabulary, choice: Choice) -> Point:
    if choice.technique == STAYED:
        return _staying(play, choice)
    at, turn = choice.at, choice.at.turn
    known = vocabulary.techniques[choice.technique]
    words = known.words
    missed = choice.technique not in turn.option.source.techniques
    says = rubric.file.techniques.get(choice.technique)
    speaks = choice.better if missed and choice.better is not None else turn.option
    return _at_its_turn(play, choice)(
        None if choice.strength else at.repaired,
        f"Also on offer here: {_small(words)}" if missed else words,
        _why(play, rubric, speaks, choice.dimension),
        known.source if says is None else says.source,
        None if choice.strength else _instead(play, turn, choice.better),
    )


def _staying(play: Play, choice: Choice) -> Point:
    """A strength where every reply harmed: nothing is said of the reply but what is true of the whole road."""
    take = play.takes[0]
    until = "until the scene ends" if take.ending is not None else "as far as it was played"
    hands = (
        "goes on without it after reaching for hands-on" if take.reaches else "does not reach for hands-on"
    )
    return _at_its_turn(play, choice)(None, f"Stays with it {until}, and {hands}", _NO_WORSE, _PLAYED, None)


def _at_its_turn(play: Play, choice: Choice) -> Callable[..., Point]:
    """A point with all that its turn says of it; what is said in words is still to be given."""
    turn = choice.at.turn
    return partial(
        Point,
        choice.strength,
        turn.number,
        turn.moment,
        turn.option.id,
        choice.technique,
        choice.dimension,
        changes(turn),
        tuple(play.came_to_light(turn)),
    )


def changes(turn: Turn) -> tuple[Change, ...]:
    """What a turn moved in the person."""
    names: tuple[Literal["tension", "trust", "safety"], ...] = ("tension", "trust", "safety")
    moved = [
        Change(name, turn.after.values[place] - turn.before.values[place]) for place, name in enumerate(names)
    ]
    return tuple(change for change in moved if change.by)


def _why(play: Play, rubric: Rubric, option: Option, dimension: str) -> str:
    """The author on this very reply, where they wrote it, then what it belongs to in general."""
    about = rubric.file.dimensions[dimension]
    general = f"{about.name}: {_small(about.definition)}"
    author = option.source.why
    return f"{play.fill(author)} {general}" if author else general


def _instead(play: Play, turn: Turn, better: Option | None) -> str | None:
    """The author's own line; else the better reply that was on offer; else none."""
    written = turn.option.source.instead
    if written:
        return play.fill(written)
    return None if better is None else (play.fill(better.text) or STAY_QUIET)


# Two moments to ask about


def _inquiries(play: Play, vocabulary: Vocabulary, looks: Sequence[Look]) -> Iterator[Inquiry]:
    """Two turns where most moved in the person: one that helped and one that did not, where there are both.

    A harm is never taken for help, even where it made the person quieter.
    """
    ranked = sorted(looks, key=lambda at: (-at.stirred, at.turn.number))
    best = [at for at in ranked if at.eased > 0 and not at.harms]
    worst = [at for at in ranked if at.eased < 0 or at.harms]
    chosen = [*best[:1], *worst[:1]]
    chosen += [at for at in ranked if at not in chosen][: 2 - len(chosen)]
    asked: set[str] = set()
    for at in sorted(chosen, key=lambda at: at.turn.number):
        question = next(question for question in _questions(at) if question not in asked)
        asked.add(question)
        yield Inquiry(at.turn.number, _observed(at.turn), _view(vocabulary, at), question)


def _observed(turn: Turn) -> str:
    where = f"At turn {turn.number}"
    if turn.option.kind == "say":
        return f"{where} your line was: “{turn.reply_text}”"
    return f"{where}: {turn.reply_text or STAY_QUIET}"


def _view(vocabulary: Vocabulary, at: Look) -> str:
    names = at.turn.option.source.techniques
    seen_in_it = next((name for name in names if not vocabulary.techniques[name].helps), names[0])
    return f"{_effect(at.turn)} One way to look at it: {_small(vocabulary.techniques[seen_in_it].words)}."


def _effect(turn: Turn) -> str:
    moved = [
        f"{'felt safety' if change.gauge == 'safety' else change.gauge} "
        f"{'rose' if change.by > 0 else 'fell'} by {abs(change.by)}"
        for change in changes(turn)
    ]
    if not moved:
        return "Right after it nothing moved that could be seen."
    said = moved[0] if len(moved) == 1 else f"{', '.join(moved[:-1])} and {moved[-1]}"
    return f"Right after it {said}."


def _questions(at: Look) -> tuple[str, ...]:
    if at.turn.option.kind == "silence":
        return _QUIET
    if not at.harms:
        return _HELP
    return _CRISIS if at.turn.before.values[GAUGES.index("tension")] >= CRISIS else _HARM


# What could not be judged


def _not_judged(rubric: Rubric, ratings: Sequence[Rating]) -> Iterator[str]:
    applying = [rating for rating in ratings if rating.standing != "not for this role"]
    for rating in applying:
        if rating.facilitator:
            yield f"{_name(rubric, rating)}: {_small(rating.facilitator)}"
    for standing, before in (
        (NOT_ENOUGH, "Not seen often enough to say anything"),
        ("not for this role", "No part of this role"),
    ):
        names = [_name(rubric, rating) for rating in ratings if rating.standing == standing]
        if names:
            yield f"{before}: {'; '.join(map(_small, names))}."


def _name(rubric: Rubric, rating: Rating) -> str:
    return rubric.file.dimensions[rating.dimension].name


def _small(words: str) -> str:
    """Words as they read in the middle of a sentence; initials and a lone I keep their capital."""
    first = words.split(maxsplit=1)[0] if words.strip() else ""
    lone = first.split("'")[0].split("’")[0] == "I"
    return words if lone or first[1:2].isupper() else words[:1].lower() + words[1:]
