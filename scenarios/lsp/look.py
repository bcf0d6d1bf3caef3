"""One look at a file that is open in an editor: everything one reading says of it, without touching the disk."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from scenarios import advice, load
from scenarios.lsp.positions import BYTE_ORDER_MARK
from scenarios.problems import Problem, ordered
from scenarios.source import Document, unhurried
from scenarios.techniques import Vocabulary
from scenarios.view import View

_SECTIONS: Final = "format title role openings moments endings whenever shared_replies walks"
_SECTION = re.compile(rf"^({'|'.join(_SECTIONS.split())})[ ]*:", re.MULTILINE)
_SCHEMA = re.compile(r"^#.*scenario-1\.json", re.MULTILINE)
_NOTHING_YET = re.compile(r"(?:\s*(?:#[^\n]*)?\n?)*")
_ENOUGH: Final = 2
_LOOKED_AT: Final = 200_000


def is_scenario(text: str) -> bool:
    """Whether a YAML file is one of ours: an editor may show us every YAML file that is opened."""
    start = text[:_LOOKED_AT]
    return len(set(_SECTION.findall(start))) >= _ENOUGH or _SCHEMA.search(start) is not None


def is_empty(text: str) -> bool:
    """Whether nothing but comments is written yet."""
    return len(text) < _LOOKED_AT and _NOTHING_YET.fullmatch(text.removeprefix(BYTE_ORDER_MARK)) is not None


@dataclass(frozen=True, eq=False)
class Look:
    """A text and what one reading makes of it. `problems` are errors and advice, most useful first."""

    text: str
    reading: load.Reading
    problems: tuple[Problem, ...]

    @property
    def document(self) -> Document:
        return self.reading.document

    @property
    def vocabulary(self) -> Vocabulary:
        return self.reading.vocabulary

    @cached_property
    def view(self) -> View:
        """The parts of the file that have the right shape; a view of its own, so that nothing is told twice."""
        return View(self.document, self.vocabulary)

    @property
    def whole(self) -> bool:
        """Whether the file was read to its end."""
        return self.document.whole and isinstance(self.document.data, dict)

    @cached_property
    def as_written(self) -> bool:
        """Whether it was read to its end without mending a line first, so that every place is exact."""
        written = self.text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n")
        return self.whole and self.document.text == written


def look(text: str, path: Path) -> Look:
    """Read a text as if it stood at a path, with the vocabulary beside it there."""
    with unhurried():
        reading = load.read_data(text.encode("utf-8", "replace"), path)
        return Look(text, reading, tuple(ordered([*reading.problems, *advice.advised(reading)])))


class Draft:
    """One file as it is in the editor now: its last look, and the last one in which it could be read to its end."""

    def __init__(self, path: Path, text: str, version: int | None = None) -> None:
        self.path = path
        self.text = text
        self.version = version
        self._last: Look | None = None
        self._last_whole: Look | None = None

    def change(self, text: str, version: int | None) -> None:
        """Take over what was typed."""
        self.text, self.version = text, version

    def forget(self) -> None:
        """Look anew next time: something beside the file has changed."""
        self._last = None

    def look(self) -> Look:
        """A look at the text as it is now; the same one while nothing changes."""
        last = self._last
        if last is None or last.text != self.text:
            last = look(self.text, self.path)
            self._last = last
            if last.whole:
                self._last_whole = last
        return last

    def known(self) -> Look:
        """The last look at which the file could be read; waits for none where there was one."""
        return self._last_whole or self.look()
