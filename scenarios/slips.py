"""The classic YAML slips: recognised by what a line says, proved by reading it mended, told with the mend."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from scenarios.mends import LAST_RULES, LINE, LOOK_BACK, RULES, content_above, indent_of

_HEADER = re.compile(r" {0,2}[A-Za-z_][\w-]*:[ ]*")
_LONG: Final = 1000
REST: Final = "What follows is checked once this is mended."


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip, with lines and columns from 1. `mended` is the whole text without it, where known."""

    code: str
    line: int
    column: int
    message: str
    hint: str
    mended: str | None


def find(text: str, error: yaml.YAMLError, loader: Any) -> Slip:
    """Say what a YAML error comes from. A slip is believed only where its mend lets reading go further."""
    lines = text.split("\n")
    here = _line_of(getattr(error, "problem_mark", None), lines, len(lines) - 1)
    context = _line_of(getattr(error, "context_mark", None), lines, here)
    first, last = _window(lines, here, context, loader)
    suspects = [place for place in _suspects(lines, here, context) if place >= first]
    for place, rule in [*itertools.product(suspects, RULES), *itertools.product(suspects, LAST_RULES)]:
        found = rule(lines, place)
        if found is None:
            continue
        mended = [*lines[first:place], found.line, *lines[place + 1 : last]]
        if _further("\n".join(mended), loader, max(here, context) - first):
            whole = "\n".join([*lines[:first], *mended, *lines[last:]])
            hint = found.hint or f"Write it as: {found.line.strip()}"
            return Slip(found.code, place + 1, found.column, found.message, hint, whole)
    return _unknown(error, lines, here, context)


def reads(text: str, loader: Any) -> bool:
    """Whether a text is YAML from end to end."""
    return _broken_at(text, loader) is None


def _line_of(mark: Any, lines: list[str], otherwise: int) -> int:
    return otherwise if mark is None else min(int(mark.line), len(lines) - 1)


def _window(lines: list[str], here: int, context: int, loader: Any) -> tuple[int, int]:
    """The lines around a slip that break alike when read alone: a long file is not read for every guess."""
    if len(lines) < _LONG:
        return 0, len(lines)
    first = max(min(here, context) - LOOK_BACK, 0)
    least = min((indent_of(line) for line in lines[first : here + 1] if line.strip()), default=0)
    while first > 0 and not (_HEADER.fullmatch(lines[first]) and indent_of(lines[first]) <= least):
        first -= 1
        least = min(least, indent_of(lines[first])) if lines[first].strip() else least
    last = here + 2
    while last < len(lines) and (not lines[last].strip() or indent_of(lines[last]) > least):
        last += 1
    alone = _broken_at("\n".join(lines[first:last]), loader)
    return (first, last) if alone == here - first else (0, len(lines))


def _suspects(lines: list[str], here: int, context: int) -> Iterator[int]:
    """The lines it may be in: where reading broke, where that part began, those above, then open quotes."""
    seen = []
    above = content_above(lines, here)
    for place in (here, context, here - 1, above, _beside(lines, here), _first_item(lines, here)):
        if place is not None and 0 <= place < len(lines) and place not in seen:
            seen.append(place)
    for place in range(here, max(here - LOOK_BACK, -1), -1):
        if place not in seen and _opens_quote(lines[place]):
            seen.append(place)
    yield from seen


def _beside(lines: list[str], here: int) -> int | None:
    """The nearest line above that stands no further in: the key before this one, whatever belongs to it."""
    above = content_above(lines, here)
    while above is not None and indent_of(lines[above]) > indent_of(lines[here]):
        above = content_above(lines, above)
    return above


def _first_item(lines: list[str], here: int) -> int | None:
    """Where a list should have begun that has its first dash here: below the key that stands further out."""
    place, indent = None, indent_of(lines[here])
    if lines[here][indent:].startswith("- "):
        above = content_above(lines, here)
        while above is not None and indent_of(lines[above]) > indent:
            place, above = above, content_above(lines, above)
    return place


def _opens_quote(line: str) -> bool:
    match = LINE.fullmatch(line)
    return match is not None and match["value"][0] in "\"'"


def _broken_at(text: str, loader: Any) -> int | None:
    """The line, from 0, in which reading breaks; None where all can be read."""
    parser = loader(text)
    try:
        while parser.check_event():
            parser.get_event()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return -1 if mark is None else int(mark.line)
    finally:
        parser.dispose()
    return None


def _further(text: str, loader: Any, before: int) -> bool:
    """Whether the text now reads past the line where it broke."""
    line = _broken_at(text, loader)
    return line is None or line > before


def _unknown(error: yaml.YAMLError, lines: list[str], here: int, context: int) -> Slip:
    """A slip of no known kind: the place, and the likeliest reason in words."""
    problem = str(getattr(error, "problem", "") or "")
    mark = getattr(error, "problem_mark", None)
    column = 1 if mark is None else int(mark.column) + 1
    context_name = str(getattr(error, "context", ""))
    if "end of stream" in problem and "quoted" in context_name:
        message, hint, here = (
            "A quote opened here is never closed.",
            "Close it, or put the whole text in quotes.",
            context,
        )
        opened = getattr(error, "context_mark", None) or mark
        column = 1 if opened is None else int(opened.column) + 1
    elif "escape" in problem:
        message = "A backslash in double quotes stands for something else here."
        hint = "Write the text in single quotes, or double the backslash."
    elif "flow" in context_name:
        message = f"A bracket opened in line {context + 1} is not closed before this line."
        hint = (
            "Close it with `]` or `}`; speech does not belong inside brackets: write one line a key or a `- `"
            " item."
        )
    elif lines[here].lstrip(" -").startswith(":"):
        message, hint = "There is no key before this colon.", "Write the key, or delete the line."
    else:
        message = "This line does not fit the lines above it."
        hint = (
            "Look for a key that stands further left or right than its neighbours, a missing colon, or"
            " missing quotes."
        )
    return Slip("yaml-syntax", here + 1, column, message, f"{hint} {REST}", None)
