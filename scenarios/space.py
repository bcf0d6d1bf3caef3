"""The states of a scene as rows of whole numbers: what to keep of them, and what every answer does to many at once.

The rules are the engine's own tables (scene.py, unfold.py), applied to numpy columns instead of single values. What no
condition reads is left out first: it cannot change what follows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scenarios.conditions import parse
from scenarios.scene import HIGHEST, Line, Option, Place, Scene

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Columns = list[Any]

LARGEST_KEY: Final = 2**62


class TooWide(Exception):
    """The declared ranges span more combinations than fit one number; exhausting is out of the question."""


@dataclass(slots=True)
class Seen:
    """What occurred anywhere in the states looked at: options offered, lines said, rules fired."""

    offered: set[tuple[str, int]]
    said: set[tuple[str, int | None, int]]
    fired: set[int]


@dataclass(frozen=True, slots=True)
class Led:
    """Where one option leads from those states (`rows`) that offer it: a key, or `-1 - ending` where it ends."""

    rows: Numbers
    keys: Numbers
    rules: NDArray[np.int8]


class Space:
    """The states of one scene as single whole numbers: moment, kept variables, spent rules, in mixed radix."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.places: list[Place] = list(scene.places.values())
        self.codes = {place.name: code for code, place in enumerate(self.places)}
        self.endings = {name: code for code, name in enumerate(scene.scenario.endings)}
        read = _read(scene)
        self.kept = [variable for name, variable in scene.variables.items() if name in read]
        self.once = [place for place, rule in enumerate(scene.rules) if rule.once]
        self.seen = Seen(set(), set(), set())
        size = len(self.places) * 2 ** len(self.once)
        for variable in self.kept:
            size *= variable.high + 1
        if size > LARGEST_KEY:
            raise TooWide
        self.size = size

    def start(self, opening: str) -> int:
        """The key of the state an opening begins with."""
        values = self.scene.start(opening)
        key = 0
        for variable in reversed(self.kept):
            key = key * (variable.high + 1) + int(values[variable.index])
        return (key << len(self.once)) * len(self.places) + self.codes[self.scene.openings[opening].moment]

    def code(self, keys: Numbers) -> Numbers:
        """The code of the moment of each state."""
        return keys % len(self.places)

    def columns(self, keys: Numbers) -> tuple[Columns, Numbers]:
        """The kept variables of states as columns by variable index, and the spent rules as bits."""
        rest = keys // len(self.places)
        spent = rest & ((1 << len(self.once)) - 1)
        rest >>= len(self.once)
        columns: Columns = [None] * len(self.scene.variables)
        for variable in self.kept:
            base = variable.high + 1
            rest, column = np.divmod(rest, base)
            columns[variable.index] = column.astype(np.bool_) if variable.truth else column.astype(np.int16)
        return columns, spent

    def look(self, place: Place, columns: Columns, count: int) -> None:
        """Note which of a moment's lines are said in these states."""
        self._say(place.name, None, place.lines, columns, count)

    def lead(self, place: Place, columns: Columns, spent: Numbers) -> Iterable[tuple[int, Led]]:
        """For each option some of these states offer: its place in the moment, and where it leads."""
        count = len(spent)
        everything = np.arange(count)
        for number, option in enumerate(place.options):
            rows = everything
            if option.when is not None:
                rows = np.flatnonzero(np.broadcast_to(option.when(columns), count))
            if len(rows):
                self.seen.offered.add((place.name, number))
                inner = columns if len(rows) == count else [c if c is None else c[rows] for c in columns]
                yield number, self._take(place, number, option, inner, spent[rows], rows)

    def _take(
        self, place: Place, number: int, option: Option, columns: Columns, spent: Numbers, rows: Numbers
    ) -> Led:
        count = len(rows)
        after = self._apply(option, columns, count)
        self._say(place.name, number, option.reaction, after, count)
        target = np.full(count, self._target(option.to), dtype=np.int64)
        rules = np.full(count, -1, dtype=np.int8)
        open_rows = np.ones(count, dtype=np.bool_)
        for which, rule in enumerate(self.scene.rules):
            if option.ends and not rule.ends:
                continue
            holds = open_rows & rule.when(after)
            if rule.once:
                bit = self.once.index(which)
                holds &= (spent >> bit & 1) == 0
            if holds.any():
                self.seen.fired.add(which)
                target[holds] = self._target(rule.to)
                rules[holds] = which
                open_rows &= ~holds
                if rule.once:
                    spent = np.where(holds, spent | (1 << bit), spent)
        return Led(rows, self._keys(target, after, spent), rules)

    def _target(self, name: str) -> int:
        return self.codes[name] if name in self.codes else -1 - self.endings[name]

    def _apply(self, option: Option, columns: Columns, count: int) -> Columns:
        effects = option.effects
        after = list(columns)
        for place, change in enumerate(effects.gauges):
            if change and after[place] is not None:
                after[place] = np.clip(after[place] + np.int16(change), 0, HIGHEST)
        for place, value in effects.sets:
            if after[place] is not None:
                after[place] = np.full(count, value, dtype=after[place].dtype)
        for place, change, most in effects.adds:
            if after[place] is not None:
                after[place] = np.clip(after[place] + np.int16(change), 0, most)
        for place in effects.reveals:
            if after[place] is not None:
                after[place] = np.ones(count, dtype=np.bool_)
        return after

    def _keys(self, target: Numbers, columns: Columns, spent: Numbers) -> Numbers:
        keys = np.zeros(len(target), dtype=np.int64)
        for variable in reversed(self.kept):
            keys *= variable.high + 1
            keys += columns[variable.index]
        keys = ((keys << len(self.once)) | spent) * len(self.places) + target
        return np.where(target < 0, target, keys)

    def _say(
        self, place: str, option: int | None, lines: tuple[Line, ...], columns: Columns, count: int
    ) -> None:
        silent = np.ones(count, dtype=np.bool_)
        for number, line in enumerate(lines):
            if (place, option, number) in self.seen.said and line.when is None:
                return
            said = silent if line.when is None else silent & line.when(columns)
            if said.any():
                self.seen.said.add((place, option, number))
                silent = silent & ~said
            if not silent.any():
                return


def _read(scene: Scene) -> set[str]:
    """The names that any condition reads."""
    scenario = scene.scenario
    answers = [reply for listed in scenario.shared_replies.values() for reply in listed]
    texts = [rule.when for rule in scenario.whenever]
    holders: list[Any] = list(answers)
    for moment in scenario.moments.values():
        holders += [*moment.replies, *([moment.silence] if moment.silence else [])]
        texts += [line.when for line in moment.person if line.when]
    for answer in holders:
        texts += [answer.when] if answer.when else []
        texts += [line.when for line in answer.person or () if line.when]
    return {name for text in texts for name in parse(text, scene.variables).names}
