"""The classic YAML slips: recognised by what a line says, proved by reading it mended, told with the mend."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

_LINE = re.compile(r"(?P<lead>[ ]*(?:- +)*(?:[A-Za-z_][\w-]*[ ]*:[ ]+)?)(?P<value>\S.*?)[ ]*")
_BARE_KEY = re.compile(r"[ ]*(?:- +)*(?P<key>[A-Za-z_][\w-]*)[ ]*:[ ]*[|>]?[+-]?[ ]*")
_NO_SPACE = re.compile(r"(?P<lead>[ ]*(?:- +)*(?P<key>[a-z_]+)):(?P<value>[^\s:/].*)")
_NO_COLON = re.compile(
    r"(?P<lead>[ ]*(?:- +)*)(?P<key>say|says|do|felt|why|instead|person|title|text|matters)["
    r" ]+(?P<value>\S.*)"
)
_CURLY = re.compile(
    r"(?P<lead>[ ]*(?:-"
    r" +)*)[\u201c\u201d\u2018\u2019](?P<key>[A-Za-z_][\w-]*)[\u201c\u201d\u2018\u2019](?P<rest>:.*)"
)
_BARE_NAME = re.compile(r"[ ]*(?:- +)*(?P<name>[A-Za-z_][\w-]*)[ ]*")
_KEY = re.compile(r"(?P<indent>[ ]*)(?:- +)*(?P<key>[A-Za-z_][\w-]*)[ ]*:(?: |$)")
_SPECIAL: Final = "*&!|>%@`{[}]#,?-"
_HEADER = re.compile(r" {0,2}[A-Za-z_][\w-]*:[ ]*")
_LOOK_BACK: Final = 80
_LONG: Final = 1000
_MOST_SHIFT: Final = 3
_ELISIONS = re.compile(
    r"'(?:course|cause|cos|cuz|bout|em|til|till|twas|tis|ere|im|fraid|scuse|spose|ang|ow|nuff|nother|round|s)\b",
    re.I,
)
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
    for place, rule in [*itertools.product(suspects, _RULES), *itertools.product(suspects, _LAST_RULES)]:
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


@dataclass(frozen=True, slots=True)
class _Mend:
    code: str
    column: int
    message: str
    line: str
    hint: str = ""


def _line_of(mark: Any, lines: list[str], otherwise: int) -> int:
    return otherwise if mark is None else min(int(mark.line), len(lines) - 1)


def _window(lines: list[str], here: int, context: int, loader: Any) -> tuple[int, int]:
    """The lines around a slip that break alike when read alone: a long file is not read for every guess."""
    if len(lines) < _LONG:
        return 0, len(lines)
    first = max(min(here, context) - _LOOK_BACK, 0)
    least = min((_indent(line) for line in lines[first : here + 1] if line.strip()), default=0)
    while first > 0 and not (_HEADER.fullmatch(lines[first]) and _indent(lines[first]) <= least):
        first -= 1
        least = min(least, _indent(lines[first])) if lines[first].strip() else least
    last = here + 2
    while last < len(lines) and (not lines[last].strip() or _indent(lines[last]) > least):
        last += 1
    alone = _broken_at("\n".join(lines[first:last]), loader)
    return (first, last) if alone == here - first else (0, len(lines))


def _suspects(lines: list[str], here: int, context: int) -> Iterator[int]:
    """The lines it may be in: where reading broke, where that part began, then open quotes above."""
    seen = []
    for place in (here, context, here - 1):
        if 0 <= place < len(lines) and place not in seen:
            seen.append(place)
    for place in range(here, max(here - _LOOK_BACK, -1), -1):
        if place not in seen and _opens_quote(lines[place]):
            seen.append(place)
    yield from seen


def _opens_quote(line: str) -> bool:
    match = _LINE.fullmatch(line)
    return match is not None and match["value"][0] in "\"'"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


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


def _quoted(value: str) -> str:
    """A text in the quotes that need fewer changes to it."""
    if "'" not in value and ('"' in value or "\\" in value):
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _goes_on_after_quote(lines: list[str], place: int) -> _Mend | None:
    match = _LINE.fullmatch(lines[place])
    if match is None or match["value"][0] not in "\"'":
        return None
    value, quote = match["value"], match["value"][0]
    column = match.start("value") + 1
    name = "a quotation mark" if quote == '"' else "an apostrophe"
    if quote not in value[1:]:
        if quote == "'" and _ELISIONS.match(value):
            message = "This text begins with an apostrophe, which YAML takes for an opening quote."
            return _Mend("yaml-syntax", column, message, match["lead"] + _quoted(value))
        message = f"This text opens with {name} that is never closed."
        closed = value + '"' if quote == '"' else "'" + value[1:].replace("'", "''") + "'"
        return _Mend("yaml-syntax", column, message, match["lead"] + closed)
    if value.endswith(quote) and value.count(quote) == 2:
        return None
    message = f"This text begins with {name} and goes on after the closing one, so YAML stops in the middle."
    return _Mend("yaml-syntax", column, message, match["lead"] + _quoted(value))


def _special_start(lines: list[str], place: int) -> _Mend | None:
    match = _LINE.fullmatch(lines[place])
    if match is None or match["value"][0] not in _SPECIAL or not match["lead"].strip():
        return None
    value = match["value"]
    if value[0] in "|>" and len(value) < 3:
        return None
    code = "text-cut-short" if value[0] in "!&|" else "yaml-syntax"
    sign = "a backtick" if value[0] == "`" else f"`{value[0]}`"
    message = f"Unquoted text cannot begin with {sign}, which means something of its own in YAML."
    return _Mend(code, match.start("value") + 1, message, match["lead"] + _quoted(value))


def _open_bracket(lines: list[str], place: int) -> _Mend | None:
    match = _LINE.fullmatch(lines[place])
    if match is None:
        return None
    value = match["value"]
    for opening, closing in ("[]", "{}"):
        start = value.find(opening)
        if (value.startswith(opening) or match["lead"].strip() == "-") and value.count(
            opening
        ) == value.count(closing) + 1:
            message = f"A bracket `{opening}` is opened here and never closed."
            return _Mend(
                "yaml-syntax", match.start("value") + start + 1, message, lines[place].rstrip() + closing
            )
    return None


def _colon_inside(lines: list[str], place: int) -> _Mend | None:
    match = _LINE.fullmatch(lines[place])
    if match is None or match["value"][0] in "\"'[{":
        return None
    value = match["value"]
    colon = re.search(r":(?: |$)", value)
    if colon is None or not match["lead"].strip():
        return None
    column = match.start("value") + colon.start() + 1
    message = "A colon followed by a space inside unquoted text starts a new key for YAML."
    return _Mend("yaml-syntax", column, message, match["lead"] + _quoted(value))


def _not_indented(lines: list[str], place: int) -> _Mend | None:
    """The line below `say:` that stands no further in than `say` itself."""
    above = place - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    if above < 0 or not lines[place].strip():
        return None
    key = _BARE_KEY.fullmatch(lines[above])
    indent = len(lines[place]) - len(lines[place].lstrip())
    if key is None or indent > key.start("key"):
        return None
    message = (
        f"`{key['key']}` is left empty, because the text in this line stands no further in than the key."
    )
    mended = " " * (key.start("key") + 2) + lines[place].strip()
    hint = f"Put two more spaces before it, or write it in one line: {key['key']}: {lines[place].strip()}"
    return _Mend("text-cut-short", indent + 1, message, mended, hint)


def _no_space(lines: list[str], place: int) -> _Mend | None:
    match = _NO_SPACE.fullmatch(lines[place])
    if match is None:
        return None
    message = f"There is no space after the colon of `{match['key']}`."
    return _Mend("yaml-syntax", match.end("lead") + 1, message, f"{match['lead']}: {match['value']}")


def _no_colon(lines: list[str], place: int) -> _Mend | None:
    match = _NO_COLON.fullmatch(lines[place])
    if match is None:
        return None
    value = match["value"]
    message = f"The colon after `{match['key']}` is missing."
    line = f"{match['lead']}{match['key']}: {_quoted(value) if ': ' in value else value}"
    return _Mend("yaml-syntax", match.end("key") + 1, message, line)


def _curly_key(lines: list[str], place: int) -> _Mend | None:
    match = _CURLY.fullmatch(lines[place])
    if match is None:
        return None
    message = f"Curly quotes stand round the key `{match['key']}`; keys take none."
    return _Mend("yaml-syntax", match.end("lead") + 1, message, match["lead"] + match["key"] + match["rest"])


def _stray_tab(lines: list[str], place: int) -> _Mend | None:
    column = lines[place].find("\t")
    if column < 0:
        return None
    message = "A tab stands in this line; YAML takes spaces alone."
    hint = "" if lines[place].strip() else "Delete it."
    return _Mend("tab", column + 1, message, re.sub(r"[ ]*\t[ \t]*", " ", lines[place]), hint)


def _backslash(lines: list[str], place: int) -> _Mend | None:
    match = _LINE.fullmatch(lines[place])
    if match is None or not re.fullmatch(r'"(?:[^"\\]|\\.)*"', match["value"]):
        return None
    slash = re.search(r'\\(?!["\\/])', match["value"])
    if slash is None:
        return None
    words = match["value"][1:-1].replace('\\"', '"')
    written = f"'{words.replace(chr(39), chr(39) * 2)}'"
    message = "A backslash inside double quotes is a sign of its own in YAML."
    return _Mend("yaml-syntax", match.start("value") + slash.start() + 1, message, match["lead"] + written)


def _no_colon_above(lines: list[str], place: int) -> _Mend | None:
    """A name that should open a part, without its colon; reading breaks only in the line below."""
    match = _BARE_NAME.fullmatch(lines[place])
    if match is None:
        return None
    message = f"The colon after `{match['name']}` is missing."
    return _Mend("yaml-syntax", match.end("name") + 1, message, f"{lines[place].rstrip()}:")


def _out_of_line(lines: list[str], place: int) -> _Mend | None:
    """A key that stands a little left or right of the keys it belongs with."""
    key = _KEY.match(lines[place])
    if key is None:
        return None
    indent = len(key["indent"])
    for above in range(place - 1, max(place - _LOOK_BACK, -1), -1):
        other = _KEY.match(lines[above])
        shift = 0 if other is None else other.start("key") - indent
        if other is not None and 0 < abs(shift) <= _MOST_SHIFT:
            way = "further left" if shift > 0 else "further right"
            count = f"{abs(shift)} {'space' if abs(shift) == 1 else 'spaces'}"
            message = (
                f"`{key['key']}` stands {count} {way} than `{other['key']}` in line {above + 1}, which it"
                " seems to belong with."
            )
            line = " " * other.start("key") + lines[place].strip()
            hint = (
                f"Put {other.start('key')} spaces before it."
                if other.start("key")
                else "Put no space before it."
            )
            return _Mend("yaml-syntax", indent + 1, message, line, hint)
    return None


_RULES: Final[tuple[Callable[[list[str], int], _Mend | None], ...]] = (
    _stray_tab,
    _curly_key,
    _not_indented,
    _goes_on_after_quote,
    _open_bracket,
    _special_start,
    _no_space,
    _no_colon,
    _backslash,
    _colon_inside,
    _no_colon_above,
)
_LAST_RULES: Final = (_out_of_line,)
"""Tried where no other rule finds anything: this one is the freest with its guesses."""


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
