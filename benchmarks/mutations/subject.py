"""A scenario's text with the place of every part, and edits of it as an author's hands would make them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from scenarios.layout import LIST, MAPPING, TEXT, Entry, Node, layout
from scenarios.prose import prose
from scenarios.source import parse

Path = tuple[str | int, ...]

_LONG: Final = 20_000
ANSWERS: Final = (
    ("moments", "*", "replies", "*"),
    ("moments", "*", "silence"),
    ("shared_replies", "*", "*"),
)
REPLIES: Final = (ANSWERS[0], ANSWERS[2])
FREE: Final = (
    *(("moments",), ("endings",), ("openings",), ("facts",), ("shared_replies",), ("person", "cues")),
    *((*part, key) for part in (*ANSWERS, ("openings", "*")) for key in ("set", "add")),
)
"""Where keys are names or numbers that authors choose."""


@dataclass(frozen=True)
class Field:
    """One key of a mapping, or one item of a list. `shape` is its path with `*` for what authors name."""

    path: Path
    shape: tuple[str, ...]
    entry: Entry
    parent: Node
    number: int

    @property
    def node(self) -> Node:
        return self.entry.value

    @property
    def name(self) -> str:
        return self.entry.name

    @property
    def line(self) -> int:
        """The line, from 1, in which it begins."""
        return self.entry.start.line + 1

    @property
    def last_line(self) -> int:
        return self.node.end.line + 1

    @property
    def plain(self) -> bool:
        """One line of unquoted text."""
        node = self.node
        return node.kind == TEXT and not node.style and node.start.line == node.end.line and bool(node.value)

    @property
    def on_one_line(self) -> bool:
        """Key and value on one line."""
        return self.entry.start.line == self.node.start.line == self.node.end.line

    @property
    def indent(self) -> int:
        return self.entry.start.column


@dataclass(frozen=True)
class Span:
    """Characters of the text and what is written in their place."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Slip:
    """One slip: its edits, and the lines (from 1, of the text as it was) of which one is the right one.

    `also` are lines of the mutated text; `codes` replace those of the kind where this place differs.
    """

    spans: tuple[Span, ...]
    lines: frozenset[int]
    also: frozenset[int] = frozenset()
    codes: frozenset[str] | None = None


def slip(
    *spans: Span, lines: Iterable[int], also: Iterable[int] = (), codes: Iterable[str] | None = None
) -> Slip:
    """A slip of some edits."""
    return Slip(spans, frozenset(lines), frozenset(also), None if codes is None else frozenset(codes))


class Subject:
    """One scenario to be spoilt."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.long = len(text) > _LONG
        """Whether its plays take seconds to try rather than hundredths."""

    @cached_property
    def root(self) -> Node:
        root = layout(self.text)
        assert root is not None
        return root

    @cached_property
    def starts(self) -> list[int]:
        """The index of the first character of every line."""
        starts = [0]
        for line in self.text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        return starts

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def fields(self) -> list[Field]:
        """Every key and item, in file order."""
        return list(_fields(self.root, (), ()))

    @cached_property
    def words(self) -> set[Path]:
        """The paths of all texts that people read."""
        document = parse(self.text.encode(), self.name)
        return {text.path for text in prose(document.data, document.spot)}

    @cached_property
    def texts(self) -> list[Field]:
        """The fields of all texts that people read."""
        return [field for field in self.fields if field.path in self.words and field.node.kind == TEXT]

    def of(self, *shapes: tuple[str, ...]) -> Iterator[Field]:
        """The fields of these shapes; `?` stands for any one step."""
        for field in self.fields:
            if any(_fits(field.shape, shape) for shape in shapes):
                yield field

    def at(self, path: Path) -> Field | None:
        return self._by_path.get(path)

    def value(self, path: Path) -> str | None:
        field = self.at(path)
        return field.node.value if field is not None and field.node.kind == TEXT else None

    def names(self, section: str) -> list[str]:
        """The names under a section of the file, in order."""
        return [field.name for field in self.of((section, "*"))]

    def under(self, field: Field, *key: str | int) -> Field | None:
        return self.at((*field.path, *key))

    @cached_property
    def _by_path(self) -> dict[Path, Field]:
        return {field.path: field for field in self.fields}

    # edits

    def to(self, node: Node, new: str) -> Span:
        """Another text in the place of a value or key."""
        return Span(node.start.index, node.end.index, new)

    def insert(self, index: int, new: str) -> Span:
        return Span(index, index, new)

    def without(self, field: Field) -> Span | None:
        """A key or item taken out whole; None where it is the only one."""
        entries, number = field.parent.entries, field.number
        if len(entries) == 1:
            return None
        start = self._begin(field.parent, number)
        if number + 1 < len(entries):
            return Span(start, self._begin(field.parent, number + 1), "")
        if field.parent.flow:
            return Span(entries[number - 1].value.end.index, field.node.end.index, "")
        line = self.starts[field.entry.start.line]
        return Span(line, min(self.starts[field.node.end.line + 1], len(self.text)), "")

    def _begin(self, parent: Node, number: int) -> int:
        """Where an entry begins: its key, or in a list of lines its dash."""
        entry = parent.entries[number]
        if parent.kind == LIST and not parent.flow:
            return self.starts[entry.start.line] + parent.start.column
        return entry.start.index

    def below(self, field: Field, text: str) -> tuple[Span, int]:
        """A line after a key of a mapping, in brackets or of lines: the edit, and its line in the new text."""
        if field.parent.flow:
            return self.insert(field.node.end.index, f", {text}"), field.last_line
        return self.insert(field.node.end.index, f"\n{' ' * field.indent}{text}"), field.last_line + 1

    def added(self, part: Field, text: str) -> tuple[Span, int]:
        """A key added behind the last one of a mapping: the edit, and its line in the new text."""
        number = len(part.node.entries) - 1
        entry = part.node.entries[number]
        return self.below(Field(part.path, part.shape, entry, part.node, number), text)

    def mutated(self, slip: Slip) -> str:
        """The text with the slip in it."""
        pieces, place = [], 0
        for span in sorted(slip.spans, key=lambda span: span.start):
            pieces += [self.text[place : span.start], span.new]
            place = span.end
        return "".join([*pieces, self.text[place:]])

    def right_lines(self, slip: Slip) -> frozenset[int]:
        """The lines of the mutated text of which one is the right one."""
        return frozenset(self._moved(line, slip) for line in slip.lines) | slip.also

    def _moved(self, line: int, slip: Slip) -> int:
        start = self.starts[min(line, len(self.starts) - 1) - 1]
        return line + sum(
            span.new.count("\n") - self.text.count("\n", span.start, span.end)
            for span in slip.spans
            if span.end <= start and span.start < start
        )


def _fields(node: Node, path: Path, shape: tuple[str, ...]) -> Iterator[Field]:
    free = shape in FREE
    for number, entry in enumerate(node.entries):
        if node.kind == MAPPING:
            key: str | int = int(entry.name) if entry.name.isdigit() else entry.name
            step = "*" if free else entry.name
        else:
            key, step = number, "*"
        field = Field((*path, key), (*shape, step), entry, node, number)
        yield field
        yield from _fields(entry.value, field.path, field.shape)


def _fits(shape: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return len(shape) == len(wanted) and all(b in ("?", a) for a, b in zip(shape, wanted, strict=True))
