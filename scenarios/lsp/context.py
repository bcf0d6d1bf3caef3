"""Where a cursor stands in a scenario file, found from the lines alone: so it is known while the file is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from scenarios.lsp.slots import Path

_KEY = re.compile(r"(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_][\w-]*)[ ]*:(?= |$)")
_LOOK_BACK: Final = 60
_DASH: Final = "-"


@dataclass(frozen=True, slots=True)
class Opener:
    """A dash or a key at the start of a line, which opens what is further in. Columns here count from 0."""

    column: int
    name: str

    @property
    def step(self) -> str | int:
        return 0 if self.name == _DASH else self.name


@dataclass(frozen=True, slots=True)
class Context:
    """Where a cursor stands: `path` leads to what is written there, a list's entries all being number 0.

    `same_line` tells that a key and its colon stand before it on its line; `before` is what is written from the start
    of the value up to the cursor; `siblings` are the keys beside it (for an entry of `[…]`, beside the list) and what
    follows each on its line; `entries` are what stands before it in brackets.
    """

    path: Path
    same_line: bool = False
    before: str = ""
    siblings: dict[str, str] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    flow: bool = False


def openers(line: str) -> tuple[list[Opener], int]:
    """The dashes and the key that a line begins with, and the column where what follows them begins."""
    found: list[Opener] = []
    place = len(line) - len(line.lstrip(" "))
    while line[place : place + 1] == _DASH and line[place + 1 : place + 2] in ("", " "):
        found.append(Opener(place, _DASH))
        place += 1
        place += len(line[place:]) - len(line[place:].lstrip(" "))
    key = _KEY.match(line, place)
    if key is not None:
        found.append(Opener(place, key[1].strip("\"'")))
        place = key.end()
        place += len(line[place:]) - len(line[place:].lstrip(" "))
    return found, place


def context(lines: Sequence[str], line: int, column: int) -> Context | None:
    """Where the cursor stands before a character (line and column from 1); None in a comment and outside the file."""
    row, place = line - 1, column - 1
    if not 0 <= row < len(lines) or lines[row][:place].lstrip().startswith("#"):
        return None
    brackets = _brackets(lines, row, place)
    if brackets is not None:
        return brackets
    head = lines[row][:place]
    found, start = openers(head)
    inner = found[-1].column if found else len(head) - len(head.lstrip(" "))
    path = (*_outer(lines, row, found, inner), *(each.step for each in found))
    key_here = bool(found) and found[-1].name != _DASH
    if key_here:
        return Context(path, True, head[start:])
    column_of_keys = start if found else inner
    return Context(path, False, head[start:], _siblings(lines, row, column_of_keys))


def _outer(lines: Sequence[str], row: int, found: Sequence[Opener], inner: int) -> Path:
    """The path of what the first opener of a line stands in."""
    first = found[0] if found else Opener(inner, "")
    limit, dash = first.column, first.name == _DASH
    path: list[str | int] = []
    for above in range(row - 1, -1, -1):
        if limit == 0 and not dash:
            break
        line = lines[above]
        bare = line.lstrip(" ")
        if not bare or bare.startswith("#") or len(line) - len(bare) > limit:
            continue
        for each in reversed(openers(line)[0]):
            if each.column < limit or (dash and each.name != _DASH and each.column == limit):
                path.append(each.step)
                limit, dash = each.column, each.name == _DASH
    return tuple(reversed(path))


def _siblings(lines: Sequence[str], row: int, column: int) -> dict[str, str]:
    """The keys that stand at a column beside a row, each with what follows it on its line."""
    found: dict[str, str] = {}
    for rows in (range(row - 1, -1, -1), range(row + 1, len(lines))):
        for other in rows:
            line = lines[other]
            bare = line.lstrip(" ")
            if not bare or bare.startswith("#"):
                continue
            there, start = openers(line)
            key = there[-1] if there and there[-1].name != _DASH else None
            ends = len(line) - len(bare) < column
            if ends and other > row:
                break
            if key is not None and key.column == column:
                found.setdefault(key.name, line[start:].strip())
            if ends:
                break
    return found


# brackets


@dataclass(slots=True)
class _Frame:
    """One open bracket: the key being written in `{…}`, where the present entry begins, and what came before."""

    sign: str
    start: int
    key: str | None = None
    keys: dict[str, str] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)


def _brackets(lines: Sequence[str], row: int, place: int) -> Context | None:
    """Where the cursor stands if a bracket that begins a value is open there."""
    for above in range(row, max(row - _LOOK_BACK, -1), -1):
        line = lines[above] if above < row else lines[above][:place]
        found, start = openers(line)
        if found and line[start : start + 1] in ("{", "["):
            below = [*lines[above + 1 : row], lines[row][:place]] if above < row else []
            text = "\n".join([line[start:], *below])
            frames = _scan(text)
            if frames:
                outer = _outer(lines, above, found, found[-1].column)
                return _inside((*outer, *(each.step for each in found)), frames, text)
        if found and found[0].column == 0 and above < row:
            return None
    return None


def _inside(path: Path, frames: list[_Frame], text: str) -> Context:
    steps: list[str | int] = []
    for frame in frames:
        if frame.sign == "[":
            steps.append(0)
        elif frame.key is not None:
            steps.append(frame.key)
    last = frames[-1]
    beside = frames[-2] if last.sign == "[" and len(frames) > 1 else last
    before = text[last.start :].lstrip()
    return Context((*path, *steps), last.key is not None, before, beside.keys, tuple(last.entries), True)


def _scan(text: str) -> list[_Frame]:
    """The brackets that are open at the end of a text which begins with one."""
    frames: list[_Frame] = []
    place = 0
    while place < len(text):
        sign = text[place]
        if sign in "{[":
            frames.append(_Frame(sign, place + 1))
        elif sign in "}]":
            if frames:
                frames.pop()
            if not frames:
                return []
        elif sign in "\"'" and frames and not text[frames[-1].start : place].strip():
            place = _behind_quote(text, place)
            continue
        elif sign == "," or (sign == ":" and text[place + 1 : place + 2] in ("", " ", "\n")):
            _next(frames[-1], text, place, sign)
        place += 1
    return frames


def _next(frame: _Frame, text: str, place: int, sign: str) -> None:
    """Go on to the value of a key, or to the next entry."""
    written = text[frame.start : place].strip()
    if sign == ",":
        frame.entries.append(written.strip("\"'"))
        if frame.key is not None:
            frame.keys[frame.key] = written
        frame.key = None
    elif frame.sign == "{" and frame.key is None:
        frame.key = written.strip("\"'")
    else:
        return
    frame.start = place + 1


def _behind_quote(text: str, place: int) -> int:
    quote = text[place]
    place += 1
    while place < len(text) and text[place] != quote:
        place += 2 if quote == '"' and text[place] == "\\" else 1
    return place + 1
