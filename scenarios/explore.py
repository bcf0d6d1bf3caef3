"""Every state a scene can reach, by exhausting them; what cannot happen is proved, what can has a shortest play.

States are found moment by moment, many at once; the order of plays comes afterwards from the graph they form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scenarios.guided import Coverage, guided
from scenarios.scene import Scene
from scenarios.space import Numbers, Seen, Space, TooWide

DEFAULT_STATES: Final = 5_000_000
NOWHERE: Final = -1
_FIRST_ENDING: Final = -2
_BAD: Final = frozenset(["stopped", "rupture"])

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Witness:
    """A shortest play that shows something: from this opening, these reply ids."""

    opening: str
    play: tuple[str, ...]


@dataclass(slots=True)
class Explored:
    """What the plays of a scene can come to. Where `exhausted` is false, only what was found is known."""

    states: int = 0
    transitions: int = 0
    exhausted: bool = False
    endings: dict[str, Witness] = field(default_factory=dict)
    moments: set[str] = field(default_factory=set)
    ways: dict[str, Witness] = field(default_factory=dict)
    """For every moment that was reached, a shortest play that comes to it."""
    stuck: dict[str, Witness] = field(default_factory=dict)
    no_way_out: dict[str, Witness] = field(default_factory=dict)
    no_return: dict[str, Witness] = field(default_factory=dict)
    repeats: dict[int, Witness] = field(default_factory=dict)
    from_opening: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    """For each opening alone: how many states it reaches, and which endings."""
    seen: Seen = field(default_factory=lambda: Seen(set(), set(), set()))
    discovered: set[str] = field(default_factory=set)
    """Hidden facts that some play brings to light."""
    coverage: Coverage | None = None
    """What guided plays met, where the states could not be exhausted."""


Tell = Callable[[int], None]
"""Told now and then how many states there are so far."""


def explore(
    scene: Scene, budget: int = DEFAULT_STATES, each: bool = False, tell: Tell | None = None
) -> Explored:
    """Exhaust the states of a scene, all openings together, up to a budget of states; with `each`, each alone too."""
    try:
        space = Space(scene)
    except TooWide:
        return Explored(coverage=guided(scene))
    graph = _Graph(space, budget)
    graph.exhaust(tell)
    found = _Reader(space, graph).read(each)
    if not found.exhausted:
        found.coverage = guided(scene)
    return found


class _Graph:
    """Every state found, numbered, and for each the state that every option of its moment leads to."""

    def __init__(self, space: Space, budget: int) -> None:
        self.space = space
        self.budget = budget
        self.width = max((len(place.options) for place in space.places), default=1)
        self.count = 0
        self.exhausted = True
        self.keys: Numbers = np.empty(1024, dtype=np.int64)
        self.next: Ids = np.empty((0, self.width), dtype=np.int32)
        self.rules: NDArray[np.int8] = np.empty((0, self.width), dtype=np.int8)
        self.repeating = any(not rule.once and not rule.ends for rule in space.scene.rules)
        """Which rule named the way is kept only where one could do so twice running."""
        self._known = _Known()
        self._waiting: list[list[Numbers]] = [[] for _ in space.places]
        self.starts = {name: self._start(space.start(name)) for name in space.scene.openings}

    def _start(self, key: int) -> int:
        return int(self._number(np.array([key], dtype=np.int64))[0])

    def exhaust(self, tell: Tell | None) -> None:
        """Follow every option from every state until nothing new turns up or the budget is spent."""
        while any(self._waiting):
            if tell is not None:
                tell(self.count)
            for code, waiting in enumerate(self._waiting):
                if waiting:
                    self._waiting[code] = []
                    self._follow(code, np.concatenate(waiting) if len(waiting) > 1 else waiting[0])
                if self.count > self.budget:
                    self.exhausted = False
                    return

    def followed(self) -> Ids:
        """The rows of all states; those that were never followed (the budget was spent) lead nowhere."""
        self._room()
        for waiting in self._waiting:
            for ids in waiting:
                self.next[ids] = NOWHERE
        return self.next[: self.count]

    def _follow(self, code: int, ids: Numbers) -> None:
        place = self.space.places[code]
        columns, spent = self.space.columns(self.keys[ids])
        self.space.look(place, columns, len(ids))
        self._room()
        self.next[ids] = NOWHERE
        if self.repeating:
            self.rules[ids] = -1
        for number, led in self.space.lead(place, columns, spent):
            going = led.keys >= 0
            where = np.where(going, 0, led.keys - 1).astype(np.int32)
            if going.all():
                where = self._number(led.keys)
            elif going.any():
                where[going] = self._number(led.keys[going])
            rows = ids[led.rows]
            self.next[rows, number] = where
            if self.repeating:
                self.rules[rows, number] = led.rules

    def _number(self, keys: Numbers) -> Ids:
        """The number of each state; new ones are noted and wait to be followed."""
        ids, fresh = self._known.look_up(keys, self.count)
        if len(fresh):
            self._append(fresh)
        return ids

    def _append(self, fresh: Numbers) -> None:
        first, self.count = self.count, self.count + len(fresh)
        if self.count > len(self.keys):
            grown: Numbers = np.empty(max(self.count, 2 * len(self.keys)), dtype=np.int64)
            grown[:first] = self.keys[:first]
            self.keys = grown
        self.keys[first : self.count] = fresh
        codes = self.space.code(fresh)
        ids = np.arange(first, self.count)
        order = np.argsort(codes, kind="stable")
        edges = np.flatnonzero(np.diff(codes[order])) + 1
        for group in np.split(order, edges):
            self._waiting[int(codes[group[0]])].append(ids[group])

    def _room(self) -> None:
        """Have a row for every state. A row is filled when its state is followed."""
        have = len(self.next)
        if self.count > have:
            self.next = _longer(self.next, max(self.count, 2 * have))
            if self.repeating:
                self.rules = _longer(self.rules, len(self.next))


def _longer(table: NDArray[Any], rows: int) -> Any:
    grown = np.empty((rows, table.shape[1]), dtype=table.dtype)
    grown[: len(table)] = table
    return grown


class _Known:
    """The number of every state found: a hash table with open addressing, worked on many keys at a time."""

    EMPTY: Final = -1
    MIX: Final = np.uint64(0x9E3779B97F4A7C15)

    def __init__(self) -> None:
        self._bits = 18
        self._keys: Numbers = np.full(1 << self._bits, self.EMPTY, dtype=np.int64)
        self._ids: Ids = np.full(1 << self._bits, NOWHERE, dtype=np.int32)

    def look_up(self, keys: Numbers, count: int) -> tuple[Ids, Numbers]:
        """The numbers of states, and the keys of those that are new (numbered from `count` on, in this order)."""
        if 2 * (count + len(keys)) > len(self._keys):
            self._grow(count, count + len(keys))
        slots = self._slots(keys)
        ids = self._ids[slots]
        new = np.flatnonzero(ids < 0)
        if not len(new):
            return ids, keys[:0]
        # several of the new keys may be the same one: the last to write its place is the one that counts
        taken = slots[new]
        self._ids[taken] = np.arange(len(new), dtype=np.int32)
        fresh = new[self._ids[taken] == np.arange(len(new))]
        self._ids[slots[fresh]] = np.arange(count, count + len(fresh), dtype=np.int32)
        return self._ids[slots], keys[fresh]

    def _slots(self, keys: Numbers) -> Numbers:
        """The place of every key in the table; a key that was not there is put in."""
        mask = len(self._keys) - 1
        slots = ((keys.view(np.uint64) * self.MIX) >> np.uint64(64 - self._bits)).astype(np.int64)
        waiting = np.arange(len(keys))
        while len(waiting):
            here, wanted = slots[waiting], keys[waiting]
            empty = self._keys[here] == self.EMPTY
            self._keys[here[empty]] = wanted[empty]
            waiting = waiting[self._keys[here] != wanted]
            slots[waiting] = (slots[waiting] + 1) & mask
        return slots

    def _grow(self, count: int, wanted: int) -> None:
        held = np.flatnonzero(self._keys != self.EMPTY)
        keys, ids = self._keys[held], self._ids[held]
        while 2 * wanted > 1 << self._bits:
            self._bits += 2
        self._keys = np.full(1 << self._bits, self.EMPTY, dtype=np.int64)
        self._ids = np.full(1 << self._bits, NOWHERE, dtype=np.int32)
        self._ids[self._slots(keys)] = ids


class _Reader:
    """Reads the finished graph: shortest plays, what is stuck, what leads nowhere good."""

    def __init__(self, space: Space, graph: _Graph) -> None:
        self.space = space
        self.graph = graph
        self.next = graph.followed()
        self.codes = space.code(graph.keys[: graph.count])
        self.names = list(space.endings)
        self.parent: Ids = np.full(graph.count, NOWHERE, dtype=np.int32)
        self.via: NDArray[np.int8] = np.full(graph.count, -1, dtype=np.int8)
        self.order: Ids = np.full(graph.count, np.iinfo(np.int32).max, dtype=np.int32)
        self.first_end: dict[int, tuple[int, int]] = {}
        self.first_in: dict[int, int] = {}

    def read(self, each: bool) -> Explored:
        """Everything there is to say of the graph."""
        graph, space = self.graph, self.space
        self._walk(list(dict.fromkeys(graph.starts.values())))
        found = Explored(graph.count, int((self.next != NOWHERE).sum()), graph.exhausted, seen=space.seen)
        found.ways = {space.places[code].name: self._witness(state) for code, state in self.first_in.items()}
        found.moments = set(found.ways)
        found.endings = {self.names[code]: self._ending(code) for code in sorted(self.first_end)}
        found.discovered = self._discovered()
        for name in space.scene.openings if each else ():
            found.from_opening[name] = self._alone(graph.starts[name])
        if graph.exhausted:
            self._judge(found)
        return found

    def _walk(self, starts: Sequence[int]) -> None:
        """Number states in the order in which plays reach them: shortest first, ties in file order."""
        reached, missing = 0, len(np.unique(self.codes))
        for frontier in self._levels(starts, note=True):
            self.order[frontier] = np.arange(reached, reached + len(frontier))
            reached += len(frontier)
            if len(self.first_in) < missing:
                codes, first = np.unique(self.codes[frontier], return_index=True)
                for code, place in zip(codes.tolist(), first.tolist(), strict=True):
                    self.first_in.setdefault(code, int(frontier[place]))

    def _levels(self, starts: Sequence[int], note: bool) -> Iterator[Ids]:
        visited = np.zeros(self.graph.count, dtype=np.bool_)
        position = np.zeros(self.graph.count, dtype=np.int64)
        frontier: Ids = np.array(starts, dtype=np.int32)
        visited[frontier] = True
        while len(frontier):
            yield frontier
            after = self.next[frontier].ravel()
            if note:
                self._note_endings(frontier, after)
            places = np.flatnonzero(after >= 0)
            places = places[~visited[after[places]]]
            states = after[places]
            position[states[::-1]] = places[::-1]
            first = places[position[states] == places]
            fresh = after[first]
            visited[fresh] = True
            if note:
                self.parent[fresh] = frontier[first // self.graph.width]
                self.via[fresh] = first % self.graph.width
            frontier = fresh

    def _note_endings(self, frontier: Ids, after: Ids) -> None:
        places = np.flatnonzero(after <= _FIRST_ENDING)
        ended, first = np.unique(after[places], return_index=True)
        for value, place in zip(ended, places[first], strict=True):
            code = int(_FIRST_ENDING - value)
            if code not in self.first_end:
                self.first_end[code] = (
                    int(frontier[place // self.graph.width]),
                    int(place % self.graph.width),
                )

    def _alone(self, start: int) -> tuple[int, tuple[str, ...]]:
        count, ended = 0, set()
        for frontier in self._levels([start], note=False):
            count += len(frontier)
            after = self.next[frontier]
            ended |= set(np.unique(after[after <= _FIRST_ENDING]).tolist())
        return count, tuple(
            self.names[code] for code in sorted(int(_FIRST_ENDING - value) for value in ended)
        )

    def _discovered(self) -> set[str]:
        """Hidden facts that an offered answer reveals; whether they are read by a condition does not matter."""
        offered = self.space.seen.offered
        places = self.space.scene.places
        revealed = {
            index for name, number in offered for index in places[name].options[number].effects.reveals
        }
        return {name for name, index in self.space.scene.hidden if index in revealed}

    def _judge(self, found: Explored) -> None:
        stuck = ~(self.next != NOWHERE).any(axis=1)
        ends, good = self._leads_to()
        found.stuck = self._by_moment(stuck)
        found.no_way_out = self._by_moment(~ends & ~stuck)
        found.no_return = self._by_moment(ends & ~good)
        found.repeats = self._repeats()

    def _leads_to(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which states can still reach an ending, and which one that is neither a rupture nor a stop."""
        endings = self.space.scene.scenario.endings
        marks = [3 if endings[name].outcome not in _BAD else 1 for name in self.names]
        # a mark for every state, then "nowhere" (-1 counts from the back), then endings (-2, -3, …)
        reach = np.zeros(self.graph.count + len(marks) + 1, dtype=np.uint8)
        reach[self.graph.count : -1] = marks[::-1]
        rest = np.arange(self.graph.count)
        while len(rest):
            now = np.bitwise_or.reduce(reach[self.next[rest]], axis=1)
            if (now == reach[rest]).all():
                break
            reach[rest] |= now
            rest = rest[now != 3]
        states = reach[: self.graph.count]
        return states > 0, states == 3

    def _by_moment(self, flags: NDArray[np.bool_]) -> dict[str, Witness]:
        """For each moment with such a state, the play that reaches one soonest."""
        states = np.flatnonzero(flags)
        states = states[np.argsort(self.order[states], kind="stable")]
        codes, first = np.unique(self.codes[states], return_index=True)
        found = sorted(
            (int(self.order[states[at]]), int(code), int(states[at]))
            for code, at in zip(codes, first, strict=True)
        )
        return {self.space.places[code].name: self._witness(state) for _, code, state in found}

    def _repeats(self) -> dict[int, Witness]:
        """`again` rules that fire at two turns running, each with a play up to the second."""
        found: dict[int, Witness] = {}
        rules = self.graph.rules[: self.graph.count]
        if not self.graph.repeating:
            return {}
        for which, rule in enumerate(self.space.scene.rules):
            if rule.once or rule.ends:
                continue
            fires = (rules == which).any(axis=1)
            came: Any = self.next[rules == which]
            again = np.unique(came[fires[came]]) if len(came) else came
            if len(again):
                state = int(again[np.argmin(self.order[again])])
                number = int(np.flatnonzero(rules[state] == which)[0])
                found[which] = self._witness(state, number)
        return found

    def _ending(self, code: int) -> Witness:
        state, number = self.first_end[code]
        return self._witness(state, number)

    def _witness(self, state: int, last: int | None = None) -> Witness:
        ids = [] if last is None else [self._id(state, last)]
        while self.parent[state] != NOWHERE:
            before = int(self.parent[state])
            ids.append(self._id(before, int(self.via[state])))
            state = before
        opening = next(name for name, start in self.graph.starts.items() if start == state)
        return Witness(opening, tuple(reversed(ids)))

    def _id(self, state: int, number: int) -> str:
        return self.space.places[int(self.codes[state])].options[number].id
