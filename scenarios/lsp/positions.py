"""Places in a file as we count them <-> places as an editor counts them.

We count lines and characters from 1, lines ended by a newline or CRLF. Editors count from 0, in UTF-16 units unless
agreed otherwise, and take a lone carriage return for the end of a line too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

BYTE_ORDER_MARK: Final = "\ufeff"
_UNITS: Final[dict[str, Callable[[str], int]]] = {
    "utf-8": lambda text: len(text.encode("utf-8", "surrogatepass")),
    "utf-16": lambda text: len(text.encode("utf-16-le", "surrogatepass")) // 2,
    "utf-32": len,
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file, from a character up to but not including another; lines and columns from 1."""

    line: int
    column: int
    end_line: int
    end_column: int

    def holds(self, line: int, column: int) -> bool:
        """Whether a cursor stands in it, or directly behind its last character."""
        return (self.line, self.column) <= (line, column) <= (self.end_line, self.end_column)


def on_line(line: int, column: int, length: int) -> Span:
    """A stretch of so many characters on one line."""
    return Span(line, column, line, column + length)


@dataclass(frozen=True, slots=True)
class Edit:
    """Text to stand in the place of a stretch; an empty stretch is an insertion."""

    span: Span
    text: str


class Positions:
    """The lines of a text, and the way between our places and an editor's."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self._marked = text.startswith(BYTE_ORDER_MARK)
        self.ending = "\r\n" if "\r\n" in text else "\n"
        self.lines = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").split("\n")
        self._units = _UNITS.get(encoding, _UNITS["utf-16"])

    @cached_property
    def _firsts(self) -> list[int]:
        """The editor's number of the first line of each of ours."""
        counts = (line.count("\r") + 1 for line in self.lines)
        return list(accumulate(counts, initial=0))

    def _written(self, line: int) -> str:
        text = self.lines[line]
        return BYTE_ORDER_MARK + text if self._marked and line == 0 else text

    def to_client(self, line: int, column: int) -> tuple[int, int]:
        """Our line and column (from 1) as the editor's line and unit (from 0); what is outside is drawn inside."""
        row = min(max(line, 1), len(self.lines)) - 1
        text = self._written(row)
        shift = len(text) - len(self.lines[row])
        before = text[: max(column - 1, 0) + shift]
        return self._firsts[row] + before.count("\r"), self._units(before.rpartition("\r")[2])

    def from_client(self, line: int, unit: int) -> tuple[int, int]:
        """The editor's line and unit (from 0) as our line and column (from 1); what is outside is drawn inside."""
        if line < 0:
            return 1, 1
        row = bisect_right(self._firsts, line) - 1
        if row >= len(self.lines):
            return len(self.lines), len(self.lines[-1]) + 1
        pieces = self._written(row).split("\r")
        part = line - self._firsts[row]
        before = sum(len(piece) + 1 for piece in pieces[:part]) + self._characters(pieces[part], unit)
        shift = len(self._written(row)) - len(self.lines[row])
        return row + 1, max(before - shift, 0) + 1

    def _characters(self, text: str, units: int) -> int:
        if text.isascii():
            return min(max(units, 0), len(text))
        count = 0
        for place, letter in enumerate(text):
            count += self._units(letter)
            if count > units:
                return place
        return len(text)
