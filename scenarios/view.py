"""A scenario file as its rules look at it: the parts that have the right shape, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scenarios.compose import Place, Spot
from scenarios.conditions import Variable
from scenarios.model import Fact
from scenarios.names import is_fact_name, made_id
from scenarios.problems import Problem
from scenarios.prose import Prose, prose
from scenarios.scene import variables
from scenarios.source import Document
from scenarios.techniques import Vocabulary


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping of the file and its place. `get` gives a value only where it is of the kind asked for."""

    path: Place
    data: dict[Any, Any]
    spot: Spot

    def get(self, key: str, kind: type) -> Any:
        value = self.data.get(key)
        return value if type(value) is kind else None

    def at(self, *keys: Any) -> Spot:
        """The position of what stands under keys, or of the nearest thing that does stand."""
        spot = self.spot
        for key in keys:
            inner = spot.inside.get(key) if spot.inside else None
            if inner is None:
                break
            spot = inner
        return spot

    def parts(self, key: str) -> list[tuple[Any, Part]]:
        """The mappings in a list or mapping under a key, each with its index or name."""
        held = self.data.get(key)
        entries = (
            held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ()
        )
        spot = self.at(key)
        return [
            (name, Part((*self.path, key, name), value, spot.inside[name]))
            for name, value in entries
            if isinstance(value, dict) and spot.inside and name in spot.inside
        ]

    def part(self, key: str) -> Part | None:
        """The mapping under a key."""
        value = self.get(key, dict)
        return None if value is None else Part((*self.path, key), value, self.at(key))

    def names(self, key: str) -> list[tuple[str, Spot]]:
        """The texts of a list under a key, each with its place."""
        spot = self.at(key)
        held = self.get(key, list) or []
        return [
            (name, spot.inside[i]) for i, name in enumerate(held) if isinstance(name, str) and spot.inside
        ]

    @property
    def id(self) -> str | None:
        """The id of a reply, written or made of its first words."""
        written = self.get("id", str)
        if written is not None:
            return str(written)
        text = self.get("say", str) or self.get("do", str)
        return None if text is None else made_id(text)


class View:
    """What rules of one reading look at, found once a file."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        self.document = document
        self.vocabulary = vocabulary
        self.root = Part((), document.data if isinstance(document.data, dict) else {}, document.spot)
        self.problems: list[Problem] = []

    def tell(
        self,
        code: str,
        spot: Spot,
        message: str,
        hint: str,
        *,
        key: bool = False,
        inside: tuple[str, int] | None = None,
    ) -> None:
        """Note a problem at a value, at its key, or at one character of it (the text and the offset)."""
        if spot.broken:
            return
        line, column = (spot.key_line, spot.key_column) if key else (spot.line, spot.column)
        if inside is not None and inside[0]:
            text, at = inside
            last = len(text) - 1
            line, column = self.document.place_in(spot, text, min(at, last))
            column += at > last
        self.problems.append(Problem(code, self.document.path, line, column, message, hint))

    @cached_property
    def moments(self) -> list[tuple[str, Part]]:
        return [(name, part) for name, part in self.root.parts("moments") if isinstance(name, str)]

    @cached_property
    def shared(self) -> dict[str, list[Part]]:
        """Shared lists by name, each with its replies."""
        held = self.root.get("shared_replies", dict) or {}
        everything = self.root.part("shared_replies")
        if everything is None:
            return {}
        return {
            name: [part for _, part in everything.parts(name)]
            for name, value in held.items()
            if isinstance(name, str) and isinstance(value, list)
        }

    @cached_property
    def endings(self) -> list[tuple[str, Part]]:
        return [(name, part) for name, part in self.root.parts("endings") if isinstance(name, str)]

    @cached_property
    def openings(self) -> list[tuple[str, Part]]:
        return [(name, part) for name, part in self.root.parts("openings") if isinstance(name, str)]

    @cached_property
    def rules(self) -> list[Part]:
        return [part for _, part in self.root.parts("whenever")]

    @cached_property
    def walks(self) -> list[Part]:
        return [part for _, part in self.root.parts("walks")]

    @cached_property
    def replies(self) -> list[Part]:
        """Every reply of every moment and shared list, silences excluded."""
        own = [reply for _, moment in self.moments for _, reply in moment.parts("replies")]
        return own + [reply for listed in self.shared.values() for reply in listed]

    @cached_property
    def silences(self) -> list[Part]:
        return [part for _, moment in self.moments for part in [moment.part("silence")] if part is not None]

    @cached_property
    def answers(self) -> list[Part]:
        """Every reply and every silence."""
        return self.replies + self.silences

    def listed(self, moment: Part) -> int:
        """How many replies a moment lists, its own and by `also`; guards are not considered, silence not counted."""
        own = len(moment.get("replies", list) or [])
        return own + sum(len(self.shared.get(name, [])) for name, _ in moment.names("also"))

    @cached_property
    def targets(self) -> set[str]:
        """Names that `to` may lead to. Malformed moments and endings count: one slip, one message."""
        held = [self.root.get(key, dict) or {} for key in ("moments", "endings")]
        return {name for names in held for name in names if isinstance(name, str)}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Declared facts, read leniently."""
        found = {}
        for name, part in self.root.parts("facts"):
            if isinstance(name, str) and is_fact_name(name):
                most = None
                if part.data.get("max") is not None:  # told elsewhere where it is no number from 1 to 20
                    most = min(max(part.get("max", int) or 20, 1), 20)
                found[name] = Fact(hidden=part.get("hidden", bool) is True, max=most)
        return found

    @cached_property
    def variables(self) -> dict[str, Variable]:
        return variables(self.facts)

    @cached_property
    def prose(self) -> list[Prose]:
        return list(prose(self.document.data, self.document.spot))

    def conditions(self) -> Iterator[tuple[str, str, Spot]]:
        """Every condition: its key, its text, its place."""
        holders = [*self.answers, *self.rules]
        for part in holders:
            yield from _condition(part, "when")
        for part in [moment for _, moment in self.moments] + self.answers:
            for _, variant in part.parts("person"):
                yield from _condition(variant, "when")
        for walk in self.walks:
            yield from _condition(walk, "then")


def _condition(part: Part, key: str) -> Iterator[tuple[str, str, Spot]]:
    value = part.data.get(key)
    if isinstance(value, bool | int):
        yield key, str(value).lower(), part.at(key)
    elif isinstance(value, str):
        yield key, value, part.at(key)
