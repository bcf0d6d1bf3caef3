"""Every place of a scenario file where something is named: where it is declared, and where it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Literal

from scenarios.compose import Spot
from scenarios.lsp.look import Look
from scenarios.lsp.positions import Span, on_line
from scenarios.names import RESERVED_FACTS
from scenarios.scene import SILENCE, Option
from scenarios.unfold import NotOffered, begin, enter
from scenarios.view import Part, View

Kind = Literal["moment", "ending", "opening", "fact", "list", "reply", "technique"]
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTES: Final = "\"'"


@dataclass(frozen=True, slots=True)
class Name:
    """Something that has a name. Replies of one id are told apart by where they stand (`owner`)."""

    kind: Kind
    text: str
    owner: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name is written. `declares` marks the place that makes it."""

    name: Name
    span: Span
    declares: bool = False


@dataclass
class Mentions:
    """All mentions of a file. `lost` are names of which some place could not be found to the letter."""

    found: list[Mention] = field(default_factory=list)
    lost: set[Name] = field(default_factory=set)
    replies: dict[Name, Part] = field(default_factory=dict)
    """Every reply with where it stands, whether its id is written or made."""

    def at(self, line: int, column: int) -> Mention | None:
        """What is named at a cursor."""
        return next((each for each in self.found if each.span.holds(line, column)), None)

    def of(self, name: Name) -> list[Mention]:
        """Every place where something is named, in file order."""
        return sorted((each for each in self.found if each.name == name), key=lambda each: each.span)

    def declaration(self, name: Name) -> Span | None:
        """Where something is declared: for a reply with a made id, where the reply begins."""
        declared = next((each.span for each in self.found if each.name == name and each.declares), None)
        if declared is None and name in self.replies:
            spot = self.replies[name].spot
            return on_line(spot.line, spot.column, 0)
        return declared

    def named(self, kind: Kind, text: str) -> list[Name]:
        """What is declared under a name."""
        if kind == "reply":
            return [name for name in self.replies if name.text == text]
        return [
            each.name
            for each in self.found
            if each.declares and each.name.kind == kind and each.name.text == text
        ]


@lru_cache(maxsize=4)
def mentions(look: Look) -> Mentions:
    """Find every mention in a file, as far as it could be read. Found once a look."""
    finder = _Finder(look)
    finder.names()
    finder.arrows()
    finder.facts()
    finder.replies()
    finder.walks()
    return finder.all


class _Finder:
    def __init__(self, look: Look) -> None:
        self.look = look
        self.view: View = look.view
        self.lines = look.document.lines
        self.all = Mentions()
        self.kinds: dict[str, Kind] = dict.fromkeys(self._keys("moments"), "moment")
        self.kinds |= {name: "ending" for name in self._keys("endings") if name not in self.kinds}

    def _keys(self, section: str) -> list[str]:
        return [name for name in self.view.root.get(section, dict) or {} if isinstance(name, str)]

    def add(self, name: Name, line: int, column: int, *, declares: bool = False) -> None:
        """Note a mention where its letters truly stand there, quotes aside."""
        text = self.lines[line - 1] if line <= len(self.lines) else ""
        if text[column - 1 : column] in _QUOTES:
            column += 1
        if text.startswith(name.text, column - 1):
            self.all.found.append(Mention(name, on_line(line, column, len(name.text)), declares))
        else:
            self.all.lost.add(name)

    def key(self, name: Name, spot: Spot, *, declares: bool = False) -> None:
        self.add(name, spot.key_line, spot.key_column, declares=declares)

    def value(self, name: Name, spot: Spot, whole: str | None = None, offset: int = 0) -> None:
        """A name that is a value, or stands at a place inside one."""
        self.add(name, *self.look.document.place_in(spot, whole or name.text, offset))

    def names(self) -> None:
        """What is declared by being a key."""
        sections: tuple[tuple[str, Kind], ...] = (
            ("openings", "opening"),
            ("facts", "fact"),
            ("shared_replies", "list"),
        )
        for section in ("moments", "endings"):
            for text in self._keys(section):
                self.key(Name(self.kinds[text], text), self.view.root.at(section, text), declares=True)
        for section, kind in sections:
            for text in self._keys(section):
                self.key(Name(kind, text), self.view.root.at(section, text), declares=True)

    def arrows(self) -> None:
        """`to`, `moment`, `ends`, `opening`, `also` and `techniques`."""
        for part in [*self.view.answers, *self.view.rules]:
            self._arrow(part, "to")
        for _, opening in self.view.openings:
            self._arrow(opening, "moment")
        for walk in self.view.walks:
            self._arrow(walk, "ends")
            opening_name = walk.get("opening", str)
            if opening_name:
                self.value(Name("opening", opening_name), walk.at("opening"))
        for _, moment in self.view.moments:
            for text, spot in moment.names("also"):
                self.value(Name("list", text), spot)
        for answer in self.view.answers:
            for text, spot in answer.names("techniques"):
                self.value(Name("technique", text), spot)

    def _arrow(self, part: Part, key: str) -> None:
        text = part.get(key, str)
        if text:
            self.value(Name(self.kinds.get(text, "moment"), text), part.at(key))

    def facts(self) -> None:
        """Facts in conditions, word by word, and in `set`, `add` and `reveals`."""
        for _, text, spot in self.view.conditions():
            for match in _WORD.finditer(text):
                if match[0] not in RESERVED_FACTS:
                    self.value(Name("fact", match[0]), spot, text, match.start())
        for part in [*self.view.answers, *(opening for _, opening in self.view.openings)]:
            for key in ("set", "add"):
                for name in part.get(key, dict) or {}:
                    if isinstance(name, str):
                        self.key(Name("fact", name), part.at(key, name))
            for name, spot in part.names("reveals"):
                self.value(Name("fact", name), spot)

    def replies(self) -> None:
        """Every reply, by its id; an id that is made of the words is declared nowhere."""
        for reply in self.view.replies:
            made = reply.id
            if made:
                name = Name("reply", made, reply.path)
                self.all.replies[name] = reply
                if reply.get("id", str):
                    spot = reply.at("id")
                    line, column = self.look.document.place_in(spot, made, 0)
                    self.add(name, line, column, declares=True)

    def walks(self) -> None:
        """The entries of walks: which reply each means is found by playing, where the file can be played."""
        for number, walk in enumerate(self.view.walks):
            meant = self._played(number)
            for place, (entry, spot) in enumerate(walk.names("replies")):
                if entry == SILENCE or entry.startswith("rewind"):
                    continue
                alike = [name for name in self.all.replies if name.text == entry]
                name = meant.get(place) or (alike[0] if len(alike) == 1 else None)
                if name is not None:
                    self.value(name, spot)
                elif alike:
                    self.all.lost |= set(alike)

    def _played(self, number: int) -> dict[int, Name]:
        """By place in a walk's list, the reply that a play of it comes to."""
        loaded = self.look.reading.loaded
        if loaded is None:
            return {}
        test = loaded.scenario.walks[number]
        paths = {id(part): path for path, part in _sources(loaded.scenario)}
        try:
            play = begin(loaded.scene, 0, test.opening or next(iter(loaded.scene.openings)), 0)
        except NotOffered:
            return {}
        found: dict[int, Name] = {}
        for place, entry in enumerate(test.replies):
            options = loaded.scene.places[play.state.place].options if play.take.ending is None else ()
            option: Option | None = next((each for each in options if each.id == entry), None)
            try:
                enter(play, entry)
            except NotOffered:
                break
            if option is not None and id(option.source) in paths:
                found[place] = Name("reply", entry, paths[id(option.source)])
        return found


def _sources(scenario: Any) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every reply of a scenario with its path in the file."""
    for name, moment in scenario.moments.items():
        for place, reply in enumerate(moment.replies):
            yield ("moments", name, "replies", place), reply
    for name, listed in scenario.shared_replies.items():
        for place, reply in enumerate(listed):
            yield ("shared_replies", name, place), reply
