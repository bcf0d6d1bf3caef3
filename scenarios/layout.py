"""Where everything stands in a YAML text, to the last character of each value, so that lines can be moved.

The composer's positions say where a value begins; rewriting needs its end as well. Texts that come here were
read before: no anchors, tags or aliases, nesting of 32 at the most.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml

from scenarios.source import Loader

TEXT: Final = "text"
LIST: Final = "list"
MAPPING: Final = "mapping"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in the text: `index` in characters, line and column from 0."""

    index: int
    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A text, list or mapping. `end` is just behind its last character, comments and blank lines left out."""

    kind: str
    start: Mark
    end: Mark
    flow: bool = False
    style: str = ""
    value: str = ""
    entries: list[Entry] = field(default_factory=list)

    @property
    def block(self) -> bool:
        """A list or mapping of lines, rather than one in brackets."""
        return self.kind != TEXT and not self.flow


@dataclass(slots=True)
class Entry:
    """An item of a list (without a key) or a key of a mapping with its value."""

    key: Node | None
    value: Node

    @property
    def name(self) -> str:
        return "" if self.key is None else self.key.value

    @property
    def start(self) -> Mark:
        return self.value.start if self.key is None else self.key.start


def layout(text: str) -> Node | None:
    """The one document of a text; None where it holds nothing. Raises yaml.YAMLError where it is not YAML."""
    parser = Loader(text)
    try:
        return _Builder(text).build(parser)
    finally:
        parser.dispose()


class _Builder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[Node] = []
        self.keys: list[Node | None] = []
        self.root: Node | None = None

    def build(self, parser: Any) -> Node | None:
        while parser.check_event():
            event = parser.get_event()
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._put(self._scalar(event))
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                start = _mark(event.start_mark)
                node = Node(
                    MAPPING if kind is yaml.MappingStartEvent else LIST, start, start, bool(event.flow_style)
                )
                self._put(node)
                self.open.append(node)
                self.keys.append(None)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
        return self.root

    def _put(self, node: Node) -> None:
        if not self.open:
            self.root = node
        elif self.open[-1].kind == MAPPING and self.keys[-1] is None:
            self.keys[-1] = node
        else:
            self.open[-1].entries.append(Entry(self.keys[-1], node))
            self.keys[-1] = None

    def _close(self, event: Any) -> None:
        node = self.open.pop()
        self.keys.pop()
        end = _mark(event.end_mark)
        bracketed = node.flow and self.text[end.index - 1 : end.index] in ("]", "}")
        # A block ends for libyaml where the next thing begins; a pair without braces, `[a: b]`, has no end.
        node.end = end if bracketed or not node.entries else node.entries[-1].value.end

    def _scalar(self, event: Any) -> Node:
        start, end = _mark(event.start_mark), _mark(event.end_mark)
        style = event.style or ""
        if style in ("|", ">"):
            written = self.text[start.index : end.index].rstrip()
            index = start.index + len(written)
            end = Mark(index, start.line + written.count("\n"), index - self.text.rfind("\n", 0, index) - 1)
        return Node(TEXT, start, end, style=style, value=event.value)


def _mark(mark: Any) -> Mark:
    return Mark(mark.index, mark.line, mark.column)
