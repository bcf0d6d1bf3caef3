"""How a scene unfolds: begin, what is offered, what an answer does. Pure: the same inputs give the same scene.

Source of every rule: format 1, section 3. No clock, no files, no random module; draws come from BLAKE2b of the seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import itemgetter
from typing import Any, NamedTuple

from scenarios.scene import HIGHEST, Effects, Line, Option, Scene
from scenarios.speech import fill


class State(NamedTuple):
    """Where a take stands: the moment (or ending), gauges then facts, and the spent rules as a set of bits."""

    place: str
    values: tuple[Any, ...]
    spent: int


class Offer(NamedTuple):
    """A reply as the trainee is shown it; `kind` is say, do or silence."""

    id: str
    text: str
    kind: str


class Turn(NamedTuple):
    """One turn of a take. `said`, `cue` and `offered` are as shown; `before` and `after` surround all effects."""

    number: int
    moment: str
    said: str
    cue: str
    offered: tuple[Offer, ...]
    option: Option
    reply_text: str
    before: State
    after: State
    reaction: str | None
    diverted_by: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """The trainee reached for physical intervention at the turn of this number, at this tension."""

    turn: int
    tension: int


@dataclass(slots=True)
class Take:
    """One way through: `from_take` and `from_turn` say where it was taken again from (None and 0: the beginning)."""

    number: int
    from_take: int | None
    from_turn: int
    turns: list[Turn] = field(default_factory=list)
    reaches: list[Reach] = field(default_factory=list)
    ending: str | None = None


class NotOffered(Exception):
    """An answer that is not among what is offered now."""

    def __init__(self, turn: int, reply: str, offered: Sequence[str]) -> None:
        super().__init__(f"turn {turn}: {reply!r} is not offered; offered: {', '.join(offered) or 'nothing'}")
        self.turn = turn
        self.reply = reply
        self.offered = tuple(offered)


def draw(key: str, weights: Sequence[int]) -> int:
    """Which of several, by weight: BLAKE2b-64 of `key` as an integer modulo the total, in the order given."""
    number = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big") % sum(weights)
    for place, weight in enumerate(weights):
        if number < weight:
            return place
        number -= weight
    raise AssertionError("the weights are positive")


def choose(lines: Iterable[Line], values: Sequence[Any]) -> str | None:
    """The first line whose condition holds, or None where there is none."""
    for line in lines:
        if line.when is None or line.when(values):
            return line.says
    return None


def apply(effects: Effects, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values after an answer: gauges held within 0..10, then sets, adds (held within 0..most), reveals."""
    changed = list(values)
    for place, change in enumerate(effects.gauges):
        if change:
            moved = changed[place] + change
            changed[place] = 0 if moved < 0 else HIGHEST if moved > HIGHEST else moved
    for place, value in effects.sets:
        changed[place] = value
    for place, change, most in effects.adds:
        changed[place] = min(max(changed[place] + change, 0), most)
    for place in effects.reveals:
        changed[place] = True
    return tuple(changed)


def divert(scene: Scene, option: Option, values: Sequence[Any], spent: int) -> int | None:
    """The place of the `whenever` rule that names the way, or None. An ending gives way to endings alone."""
    for place, rule in enumerate(scene.rules):
        if (option.ends and not rule.ends) or spent >> place & 1:
            continue
        if rule.when(values):
            return place
    return None


def step(scene: Scene, state: State, option: Option) -> tuple[State, int | None]:
    """The state an answer leads to, and the rule that diverted it. The one meaning that play and proof share."""
    values = apply(option.effects, state.values)
    rule = divert(scene, option, values, state.spent)
    if rule is None:
        return State(option.to, values, state.spent), None
    watch = scene.rules[rule]
    spent = state.spent | 1 << rule if watch.once else state.spent
    return State(watch.to, values, spent), rule


def available(scene: Scene, state: State) -> list[Option]:
    """The options whose condition holds, in the author's order; none at an ending."""
    place = scene.places.get(state.place)
    if place is None:
        return []
    return [option for option in place.options if option.when is None or option.when(state.values)]


_digest = itemgetter(0)


class Play:
    """One play of a scene: its draws, its takes, and where it stands. Made by `begin`."""

    def __init__(self, scene: Scene, seed: int, opening: str, cast: int, trainee: str | None) -> None:
        self.scene = scene
        self.seed = seed
        self.opening = opening
        self.cast = cast
        self._trainee = trainee
        self._texts: dict[str, str] = {}
        self._offers: dict[int, Offer] = {}
        self.takes: list[Take] = [Take(1, None, 0)]
        self.offered: tuple[Offer, ...] = ()
        self._options: dict[str, Option] = {}
        chosen = scene.openings[opening]
        self._enter(State(chosen.moment, scene.start(opening), 0))

    @property
    def take(self) -> Take:
        """The take being played."""
        return self.takes[-1]

    @property
    def turn(self) -> int:
        """The number of the turn that waits for an answer (or would, had the take not ended)."""
        take = self.take
        return take.from_turn + len(take.turns) + 1

    @property
    def person(self) -> str:
        """The name of the cast member met."""
        return self.scene.cast[self.cast].name

    def fill(self, text: str) -> str:
        """A text of the scenario as it reads for this cast member (and trainee, where one was given)."""
        if "<" not in text:
            return text
        filled = self._texts.get(text)
        if filled is None:
            member = self.scene.cast[self.cast]
            filled = self._texts[text] = fill(text, member.name, member.pronouns, self._trainee)
        return filled

    def answer(self, reply: str) -> Turn:
        """Answer with an offered reply id, or `silence`. Raises NotOffered; nothing changes then."""
        option = self._options.get(reply)
        if option is None:
            raise NotOffered(self.turn, reply, [offer.id for offer in self.offered])
        before = self.state
        after, rule = step(self.scene, before, option)
        said_back = choose(option.reaction, after.values) if option.reaction else None
        turn = Turn(
            self.turn,
            before.place,
            self.said,
            self.cue,
            self.offered,
            option,
            self.fill(option.text),
            before,
            after,
            None if said_back is None else self.fill(said_back),
            rule,
        )
        self.take.turns.append(turn)
        self._enter(after)
        return turn

    def reach(self) -> Reach:
        """Record a reach for physical intervention; nothing in the scene changes (section 3.4)."""
        if self.take.ending is not None:
            raise NotOffered(self.turn, "reach", [])
        reach = Reach(self.turn, self.state.values[0])
        self.take.reaches.append(reach)
        return reach

    def rewind(self, turn: int) -> Take:
        """Begin a new take before the reply of an answered turn, with exactly the state of that turn."""
        if not 1 <= turn < self.turn:
            raise NotOffered(self.turn, f"rewind:{turn}", [offer.id for offer in self.offered])
        origin = self.take
        while turn <= origin.from_turn and origin.from_take is not None:
            origin = self.takes[origin.from_take - 1]
        state = origin.turns[turn - origin.from_turn - 1].before
        self.takes.append(Take(len(self.takes) + 1, origin.number, turn - 1))
        self._enter(state)
        return self.take

    def path(self, take: Take | None = None) -> list[Turn]:
        """Every turn that led to where a take stands, the turns before its rewinds included."""
        here = take or self.take
        turns = list(here.turns)
        while here.from_take is not None:
            start = here.from_turn
            here = self.takes[here.from_take - 1]
            turns = here.turns[: max(start - here.from_turn, 0)] + turns
        return turns

    def came_to_light(self, turn: Turn) -> list[str]:
        """The hidden facts that went from false to true in a turn, in file order."""
        return [
            name
            for name, place in self.scene.hidden
            if turn.after.values[place] and not turn.before.values[place]
        ]

    def _enter(self, state: State) -> None:
        self.state = state
        self._options = {}
        place = self.scene.places.get(state.place)
        if place is None:
            self.take.ending = state.place
            self.said, self.cue = "", ""
            self.offered = ()
            return
        self.said = self.fill(choose(place.lines, state.values) or "")
        self.cue = self.fill(self.scene.cues[state.values[0]])
        self.offered = self._ordered(available(self.scene, state))

    def _ordered(self, options: list[Option]) -> tuple[Offer, ...]:
        """The offers in ascending order of BLAKE2b-64 of `seed/take/turn/reply-id`, never in the author's order."""
        prefix = blake2b(f"{self.seed}/{self.take.number}/{self.turn}/".encode(), digest_size=8)
        keyed = []
        for option in options:
            digest = prefix.copy()
            digest.update(option.id_bytes)
            keyed.append((digest.digest(), option))
            self._options[option.id] = option
        keyed.sort(key=_digest)
        return tuple([self._offer(option) for _, option in keyed])

    def _offer(self, option: Option) -> Offer:
        offer = self._offers.get(id(option))
        if offer is None:
            offer = self._offers[id(option)] = Offer(option.id, self.fill(option.text), option.kind)
        return offer


def begin(
    scene: Scene, seed: int, opening: str | None = None, cast: int | None = None, trainee: str | None = None
) -> Play:
    """Begin a play. Opening and cast member are drawn from the seed unless named."""
    if opening is None:
        names = list(scene.openings)
        opening = names[draw(f"{seed}/opening", [scene.openings[name].weight for name in names])]
    if cast is None:
        cast = draw(f"{seed}/cast", [1] * len(scene.cast))
    return Play(scene, seed, opening, cast, trainee)


def enter(play: Play, entry: str) -> None:
    """One entry of a list of inputs: a reply id, `silence`, `reach`, or `rewind:TURN`. Raises NotOffered."""
    if entry == "reach":
        play.reach()
    elif entry.startswith("rewind:") and entry[7:].isdecimal():
        play.rewind(int(entry[7:]))
    else:
        play.answer(entry)
