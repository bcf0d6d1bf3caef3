"""Rows as lines of CSV or of JSON, put together of pieces: what comes again and again is written out once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final, Protocol

from simulator.kept import iso

FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula."""
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

_END: Final = "\r\n"
_DAY_MS: Final = 86_400_000
_MINUTES: Final = tuple(f"{minute // 60:02}:{minute % 60:02}:" for minute in range(24 * 60))
_SECONDS: Final = tuple(f"{second:02}." for second in range(60))
_ENDS: Final = tuple(f"{ms:03}Z" for ms in range(1000))
_EXACT: Final = range(4_000_000_000_000)
"""Times, until 2096, of which a floating-point number of seconds still has every millisecond right."""

Part = str | tuple[str, ...]
"""A column, or the columns of a piece."""


def encoded(value: Any) -> str:
    """Plain data as JSON on one line, also for readers that know other ends of lines."""
    text = _encode(value)
    return text if text.isascii() else text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def stamp(ms: int) -> str:
    """The same as `iso`, for millions of times: the day is written out once, the rest is looked up."""
    if ms.__class__ is not int or ms not in _EXACT:
        return iso(ms)
    seconds, end = divmod(ms, 1000)
    minutes, second = divmod(seconds, 60)
    day, minute = divmod(minutes, 24 * 60)
    return f"{_day(day)}{_MINUTES[minute]}{_SECONDS[second]}{_ENDS[end]}"


@lru_cache(maxsize=4096)
def _day(day: int) -> str:
    return iso(day * _DAY_MS).partition("T")[0] + "T"


class Form(Protocol):
    """How a row is written. A piece is two values or more that stand beside each other, pieces have a comma between."""

    nothing: str

    def __hash__(self) -> int: ...

    def begins(self, names: Sequence[str]) -> str:
        """What stands before all rows."""

    def piece(self, names: Sequence[str], values: Sequence[Any]) -> str:
        """Some values of a row."""

    def line(self, names: Sequence[str], values: Sequence[Any]) -> str:
        """A whole row."""

    def template(self, parts: tuple[Part, ...]) -> str:
        """For `%`: makes a row of pieces, and of numbers (or `nothing`) in single columns."""


class Csv:
    """For a spreadsheet: after a byte-order mark, by which Excel knows the letters."""

    nothing = ""

    def __init__(self) -> None:
        self._to = io.StringIO()
        # only what stands in its line's end is quoted within a cell
        self._writer = csv.writer(self._to, lineterminator=_END)

    def begins(self, names: Sequence[str]) -> str:
        return f"\ufeff{self.line(names, names)}"

    def piece(self, names: Sequence[str], values: Sequence[Any]) -> str:
        self._to.seek(0)
        self._to.truncate()
        self._writer.writerow([_cell(value) for value in values])
        return self._to.getvalue()[: -len(_END)]

    def line(self, names: Sequence[str], values: Sequence[Any]) -> str:
        return f"{self.piece(names, values)}{_END}"

    def template(self, parts: tuple[Part, ...]) -> str:
        return ",".join("%s" for _ in parts) + _END


class JsonLines:
    """For programs: an object a line."""

    nothing = "null"

    def begins(self, names: Sequence[str]) -> str:
        return ""

    def piece(self, names: Sequence[str], values: Sequence[Any]) -> str:
        return encoded(dict(zip(names, values, strict=True)))[1:-1]

    def line(self, names: Sequence[str], values: Sequence[Any]) -> str:
        return f"{{{self.piece(names, values)}}}\n"

    def template(self, parts: tuple[Part, ...]) -> str:
        return _json_template(parts)


@cache
def _json_template(parts: tuple[Part, ...]) -> str:
    return "{" + ",".join("%s" if isinstance(part, tuple) else f'"{part}":%s' for part in parts) + "}\n"


def _cell(value: Any) -> Any:
    """A value as a spreadsheet takes it: a text that could be a formula has an apostrophe before it."""
    kind = value.__class__
    if kind is str:
        return f"'{value}" if value[:1] in FORMULA else value
    if kind is bool:
        return "true" if value else "false"
    return _cell("; ".join(value)) if kind is tuple else value
