"""Bytes -> plain data and a position for every key and value; every refusal of format 1, section 1.

Built on libyaml's parser events with a composer that keeps limits and positions and never recurses, so that
no file, however deep or hostile, can crash the reader. `true` and `false` alone are booleans; dates and `no`
stay text.
"""

from __future__ import annotations

import gc
import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import yaml

from scenarios import slips
from scenarios.compose import BIDI, HIDDEN, Composer, Spot, TooMuch
from scenarios.nearest import nearest
from scenarios.problems import Problem

MAX_BYTES: Final = 8 * 1024 * 1024
_MOST_MENDS: Final = 20
_MOST_MENDS_OF_A_LONG_FILE: Final = 5
_LONG: Final = 200_000
_MOST_HIDDEN: Final = 5
_TAB_WIDTHS: Final = (4, 2, 8)
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
UTF16: Final = (b"\xff\xfe", b"\xfe\xff")

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it (every published wheel is); else its slower twin."""


@dataclass(slots=True)
class Document:
    """One file as read: its data (None where nothing could be read), positions and problems."""

    path: str
    text: str = ""
    data: Any = None
    spot: Spot = field(default_factory=lambda: Spot(1, 1, 1, 1))
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True
    """False where reading stopped early, so that what is missing may only be unread."""
    _lines: list[str] | None = None
    _changed: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Lines that were mended to read on, from 1: as they were, as they are."""

    def add(self, code: str, line: int, column: int, message: str, hint: str = "") -> None:
        """Note a problem at a place."""
        self.problems.append(Problem(code, self.path, line, column, message, hint))

    def spot_at(self, path: tuple[Any, ...]) -> Spot:
        """The position of what stands at a path, or of its nearest ancestor in the file."""
        spot = self.spot
        for key in path:
            inner = spot.inside.get(key) if isinstance(spot.inside, dict) else None
            if inner is None:
                break
            spot = inner
        return spot

    @property
    def lines(self) -> list[str]:
        """The text as it was read, line by line."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        return self._lines

    def placed(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems of the mended text at their columns in the text as it was written."""
        if not self._changed:
            return list(problems)
        return [self._placed(problem) for problem in problems]

    def _placed(self, problem: Problem) -> Problem:
        if problem.path != self.path or problem.line not in self._changed:
            return problem
        was, now = self._changed[problem.line]
        same = next(
            (i for i, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now))
        )
        beyond = problem.column > same + 1
        column = max(problem.column + len(was) - len(now), same + 1) if beyond else problem.column
        return replace(problem, column=min(column, len(was) + 1))

    def note(self, problems: Iterable[Problem], written: str, text: str) -> None:
        """Take over problems found in a text that was mended line by line from what was written."""
        self.text, self._lines = text, None
        if written != text:
            pairs = zip(written.split("\n"), self.lines, strict=True)
            self._changed = {line: (was, now) for line, (was, now) in enumerate(pairs, 1) if was != now}
        self.problems += self.placed(problems)

    def place_in(self, spot: Spot, value: str, offset: int) -> tuple[int, int]:
        """Line and column in the file of one character of a text, however the text was written."""
        return _place_in(self.lines, spot, value, offset) or (spot.line, spot.column)


def _place_in(lines: list[str], spot: Spot, value: str, offset: int) -> tuple[int, int] | None:
    """Walk the written text along its value, spaces aside. None where an escape hides the way."""
    ahead = sum(not character.isspace() for character in value[:offset])
    row, column = (spot.line, 0) if spot.style == "block" else (spot.line - 1, spot.column - 1)
    quote = lines[row][column : column + 1] if spot.style == "quoted" and row < len(lines) else ""
    column += len(quote)
    while row < len(lines):
        line = lines[row]
        while column < len(line):
            character = line[column]
            if quote and character == ("\\" if quote == '"' else quote):
                column += 1
                if line[column : column + 1] not in ('"', "\\", "'"):
                    return None
                character = line[column]
            if not character.isspace():
                if ahead == 0:
                    return (row + 1, column + 1) if character == value[offset] else None
                ahead -= 1
            column += 1
        row, column = row + 1, 0
    return None


@contextmanager
def unhurried() -> Iterator[None]:
    """Read without the garbage collector: a file makes hundreds of thousands of small parts and no cycles.

    Saves a quarter of the time and keeps it in proportion; the format limits how much can be made.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_bytes(path: Path) -> bytes | str:
    """The bytes of a scenario file, or a sentence that says why there are none. Never waits on a pipe."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return "there is no such file"
    except (OSError, ValueError) as error:
        return f"the file cannot be opened ({_reason(error)})"
    if stat.S_ISDIR(found.st_mode):
        return "this is a folder, not a file"
    if not stat.S_ISREG(found.st_mode):
        return "this is a pipe or a device, not a file"
    if found.st_size > MAX_BYTES:
        return _too_big(found.st_size)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        return f"the file cannot be read ({_reason(error)})"
    return data if len(data) <= MAX_BYTES else _too_big(len(data))


def read(path: Path, shown: str | None = None) -> tuple[bytes, Document]:
    """Read a file from disk. The bytes are empty where it could not be opened."""
    label = shown or str(path)
    data = read_bytes(path)
    if isinstance(data, bytes):
        return data, parse(data, label)
    document = Document(label, whole=False)
    if "MiB" in data:
        document.add("too-big", 1, 1, _sentence(data), "Split it into several scenarios.")
    else:
        document.add("not-a-file", 1, 1, _sentence(data), _named_instead(path, label))
    return b"", document


def _named_instead(path: Path, label: str) -> str:
    """What to name where there is no such file: the one most like it in the folder, if one is."""
    try:
        beside = [] if path.is_dir() else [each.name for each in path.parent.glob("*.y*ml")]
    except (OSError, ValueError):
        beside = []
    name = f"{path.name}.yaml"
    guess = name if name in beside else nearest(path.name, beside)
    if guess is None or guess == path.name:
        return "Name a scenario file that ends in .yaml."
    return f"Did you mean `{label.removesuffix(path.name)}{guess}`?"


def parse(data: bytes, path: str) -> Document:
    """Read the bytes of one YAML file into data with positions, noting every problem of section 1."""
    document = Document(path)
    if len(data) > MAX_BYTES:
        document.add("too-big", 1, 1, _sentence(_too_big(len(data))), "Split it into several scenarios.")
        document.whole = False
        return document
    text = _decode(data, document)
    if text is None:
        document.whole = False
        return document
    text = _without_hidden(text, document)
    _compose(document, text, _spaced(text, document))
    return document


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or "the name is not one the system takes").lower()


def _too_big(size: int) -> str:
    return f"the file has {size:,} bytes; a scenario has at most {MAX_BYTES:,} (8 MiB)"


def _sentence(reason: str) -> str:
    return f"{reason[0].upper()}{reason[1:]}."


def _decode(data: bytes, document: Document) -> str | None:
    if data.startswith(UTF16) or b"\x00" in data[:64]:
        document.add(
            "not-text",
            1,
            1,
            "The file is saved as UTF-16 or is not text.",
            "Save it again as UTF-8 and check once more.",
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        document.add(
            "not-text",
            line,
            column,
            f"The file is not UTF-8: byte {data[error.start]:#04x} here belongs to an older encoding "
            "such as Windows-1252 or Latin-1.",
            'In your editor choose "Save with encoding" and take UTF-8.',
        )
        return None
    return text.replace("\r\n", "\n")


def _without_hidden(text: str, document: Document) -> str:
    """Note control characters, and put a sign of the same width in their place so that reading can go on."""
    runs = sum(1 for _ in HIDDEN.finditer(text))
    for count, match in enumerate(itertools.islice(HIDDEN.finditer(text), _MOST_HIDDEN), 1):
        line, column = position(text, match.start())
        more = runs - count if count == _MOST_HIDDEN else 0
        hint = f"Delete it, and {more} more of the kind after it." if more else "Delete it."
        message = f"A hidden character ({describe(match[0][0])}) stands here."
        document.add("not-text", line, column, message, hint)
    return HIDDEN.sub(lambda match: "\ufffd" * len(match[0]), text) if runs else text


def _spaced(text: str, document: Document) -> str:
    """Note tabs that indent, and put spaces for them so that reading can go on."""
    count = sum(1 for _ in _TAB_INDENT.finditer(text))
    first = _TAB_INDENT.search(text)
    if first is None:
        return text
    line, column = position(text, first.start() + first[0].index("\t"))
    more = "" if count == 1 else f" ({count - 1} more {'line has' if count == 2 else 'lines have'} one too.)"
    message = f"This line is indented with a tab; YAML takes spaces alone.{more}"
    document.add("tab", line, column, message, "Replace each tab at the start of a line with spaces.")
    return _without_tabs(text)


def _without_tabs(text: str) -> str:
    """The text with spaces for tabs: as many as let it be read; only the author's editor knows."""
    for width in _TAB_WIDTHS:
        spaced = _TAB_INDENT.sub(lambda match, width=width: match[0].expandtabs(width), text)  # type: ignore[misc]
        if slips.reads(spaced, Loader):
            return spaced
    return _TAB_INDENT.sub(lambda match: match[0].expandtabs(_TAB_WIDTHS[0]), text)


def position(text: str, place: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in a text."""
    return text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)


def describe(character: str) -> str:
    """A hidden character in words."""
    number = ord(character)
    if number == 0x1B:
        return "U+001B, the start of a terminal escape sequence"
    if re.match(f"[{BIDI}]", character):
        return f"U+{number:04X}, which turns the direction of text"
    if number == 0x0D:
        return "U+000D, a carriage return without a line feed"
    if number == 0xFEFF:
        return "U+FEFF, a byte-order mark in the middle of the file"
    if 0xE0000 <= number <= 0xE007F:
        return f"U+{number:04X}, an invisible tag character"
    if number in (0x2028, 0x2029):
        return f"U+{number:04X}, an invisible line separator"
    return f"U+{number:04X}"


def _compose(document: Document, written: str, text: str) -> None:
    """Compose, mending known slips line by line so that one slip does not hide what comes after it."""
    tabbed = any(problem.code == "tab" for problem in document.problems)
    for _ in range(_MOST_MENDS if len(text) < _LONG else _MOST_MENDS_OF_A_LONG_FILE):
        composer = Composer(text, document.path)
        try:
            composer.run(Loader)
        except TooMuch as stop:
            document.whole = False
            document.note([stop.problem, *composer.problems], written, text)
            return
        except yaml.YAMLError as error:
            slip = slips.find(text, error, Loader)
            told = Problem(slip.code, document.path, slip.line, slip.column, slip.message, slip.hint)
            guessed = (
                tabbed and slip.mended is None
            )  # how far a tab reaches is a guess, and so is what follows
            document.note([] if guessed else [told], written, text)
            if slip.mended is None:
                document.whole = False
                document.note(composer.problems, written, text)
                return _say_that_reading_stopped(document, "tab") if guessed else None
            text = slip.mended
            continue
        if composer.second is not None:
            text, composer = _joined(text, composer)
        document.note(composer.problems, written, text)
        document.data, document.spot = composer.data, composer.spot
        return
    document.whole = False
    _say_that_reading_stopped(document, document.problems[-1].code)


def _say_that_reading_stopped(document: Document, code: str) -> None:
    """Add to the last problem of this code that what follows was not looked at."""
    last = max(place for place, problem in enumerate(document.problems) if problem.code == code)
    problem = document.problems[last]
    document.problems[last] = replace(problem, hint=f"{problem.hint} {slips.REST}")


def _joined(text: str, first: Composer) -> tuple[str, Composer]:
    """The file read as one, where `---` stood between its parts; as it was where it holds two scenarios."""
    assert first.second is not None
    lines = text.split("\n")
    joined = "\n".join(
        "" if i >= first.second and line.rstrip() == "---" else line for i, line in enumerate(lines)
    )
    whole = Composer(joined, first.path)
    try:
        whole.run(Loader)
    except (yaml.YAMLError, TooMuch):
        return text, first
    if whole.second is not None or any(problem.code == "duplicate-key" for problem in whole.problems):
        return text, first
    whole.problems += [problem for problem in first.problems if problem.code == "several-documents"]
    return joined, whole
