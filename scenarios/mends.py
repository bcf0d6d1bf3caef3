"""One line of YAML as its author meant it: the rules that recognise a classic slip and write the line mended.

A rule looks at one line and those around it and may guess; slips.py believes it only where the mend lets reading go on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from scenarios.prose import KEYS

_NAME: Final = r"(?:[A-Za-z_][\w-]*|[0-9]{1,2})"
"""A key: a word, or the number of a cue."""
_AT_TOP: Final = (
    "format title summary role setting minutes language content_notes aims credits written_by"
    " lived_experience_review legal_note person cast matters cues facts openings whenever shared_replies moments"
    " endings walks"
)
_KNOWN: Final = "|".join(sorted([*KEYS, *_AT_TOP.split()], key=len, reverse=True))
LINE = re.compile(rf"(?P<lead>[ ]*(?:- +)*(?:{_NAME}[ ]*:[ ]+)?)(?P<value>\S.*?)[ ]*")
_BARE_KEY = re.compile(rf"[ ]*(?:- +)*(?P<key>{_NAME})[ ]*:[ ]*[|>]?[+-]?[ ]*")
_NO_SPACE = re.compile(r"(?P<lead>[ ]*(?:- +)*(?P<key>[a-z_]+|[0-9]{1,2})):(?P<value>[^\s:/].*)")
_NO_COLON = re.compile(rf"(?P<lead>[ ]*(?:- +)*)(?P<key>{_KNOWN}|[0-9]{{1,2}})[ ]+(?P<value>\S.*)")
_CURLY = re.compile(
    r"(?P<lead>[ ]*(?:-"
    r" +)*)[\u201c\u201d\u2018\u2019](?P<key>[A-Za-z_][\w-]*)[\u201c\u201d\u2018\u2019](?P<rest>:.*)"
)
_BARE_NAME = re.compile(r"[ ]*(?:- +)*(?P<name>[A-Za-z_][\w-]*)[ ]*")
_KEY = re.compile(rf"(?P<indent>[ ]*)(?:- +)*(?P<key>{_NAME})[ ]*:(?: |$)")
_SPECIAL: Final = "*&!|>%@`{[}]#,?-"
LOOK_BACK: Final = 80
_MOST_SHIFT: Final = 3
_ELISIONS = re.compile(
    r"'(?:course|cause|cos|cuz|bout|em|til|till|twas|tis|ere|im|fraid|scuse|spose|ang|ow|nuff|nother|round|s)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mend:
    """What a line of this kind says of itself, and the line mended. Without a hint the mend is shown."""

    code: str
    column: int
    message: str
    line: str
    hint: str = ""


def indent_of(line: str) -> int:
    return len(line) - len(line.lstrip())


def content_above(lines: list[str], place: int) -> int | None:
    """The nearest line above that is neither blank nor a comment."""
    found = range(place - 1, max(place - LOOK_BACK, -1), -1)
    return next((at for at in found if lines[at].strip() and not lines[at].lstrip().startswith("#")), None)


def _quoted(value: str) -> str:
    """A text in the quotes that need fewer changes to it."""
    if "'" not in value and ('"' in value or "\\" in value):
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _goes_on_after_quote(lines: list[str], place: int) -> Mend | None:
    match = LINE.fullmatch(lines[place])
    if match is None or match["value"][0] not in "\"'":
        return None
    value, quote = match["value"], match["value"][0]
    column = match.start("value") + 1
    name = "a quotation mark" if quote == '"' else "an apostrophe"
    if quote not in value[1:]:
        if quote == "'" and _ELISIONS.match(value):
            message = "This text begins with an apostrophe, which YAML takes for an opening quote."
            return Mend("yaml-syntax", column, message, match["lead"] + _quoted(value))
        message = f"This text opens with {name} that is never closed."
        closed = value + '"' if quote == '"' else "'" + value[1:].replace("'", "''") + "'"
        return Mend("yaml-syntax", column, message, match["lead"] + closed)
    if value.endswith(quote) and value.count(quote) == 2:
        return None
    message = f"This text begins with {name} and goes on after the closing one, so YAML stops in the middle."
    return Mend("yaml-syntax", column, message, match["lead"] + _quoted(value))


def _special_start(lines: list[str], place: int) -> Mend | None:
    match = LINE.fullmatch(lines[place])
    if match is None or match["value"][0] not in _SPECIAL or not match["lead"].strip():
        return None
    value = match["value"]
    if value[0] in "|>" and len(value) < 3:
        return None
    code = "text-cut-short" if value[0] in "!&|" else "yaml-syntax"
    sign = "a backtick" if value[0] == "`" else f"`{value[0]}`"
    message = f"Unquoted text cannot begin with {sign}, which means something of its own in YAML."
    return Mend(code, match.start("value") + 1, message, match["lead"] + _quoted(value))


def _open_bracket(lines: list[str], place: int) -> Mend | None:
    match = LINE.fullmatch(lines[place])
    if match is None:
        return None
    value = match["value"]
    for opening, closing in ("[]", "{}"):
        start = value.find(opening)
        if (value.startswith(opening) or match["lead"].strip() == "-") and value.count(
            opening
        ) == value.count(closing) + 1:
            message = f"A bracket `{opening}` is opened here and never closed."
            return Mend(
                "yaml-syntax", match.start("value") + start + 1, message, lines[place].rstrip() + closing
            )
    return None


def _colon_inside(lines: list[str], place: int) -> Mend | None:
    match = LINE.fullmatch(lines[place])
    if match is None or match["value"][0] in "\"'[{":
        return None
    value = match["value"]
    colon = re.search(r":(?: |$)", value)
    if colon is None or not match["lead"].strip():
        return None
    column = match.start("value") + colon.start() + 1
    message = "A colon followed by a space inside unquoted text starts a new key for YAML."
    return Mend("yaml-syntax", column, message, match["lead"] + _quoted(value))


def _not_indented(lines: list[str], place: int) -> Mend | None:
    """The line below `say:` that stands no further in than `say` itself."""
    above = place - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    if above < 0 or not lines[place].strip():
        return None
    key = _BARE_KEY.fullmatch(lines[above])
    indent = indent_of(lines[place])
    if key is None or indent > key.start("key"):
        return None
    message = (
        f"`{key['key']}` is left empty, because the text in this line stands no further in than the key."
    )
    mended = " " * (key.start("key") + 2) + lines[place].strip()
    hint = f"Put two more spaces before it, or write it in one line: {key['key']}: {lines[place].strip()}"
    return Mend("text-cut-short", indent + 1, message, mended, hint)


def _no_space(lines: list[str], place: int) -> Mend | None:
    match = _NO_SPACE.fullmatch(lines[place])
    if match is None:
        return None
    message = f"There is no space after the colon of `{match['key']}`."
    return Mend("yaml-syntax", match.end("lead") + 1, message, f"{match['lead']}: {match['value']}")


def _no_colon(lines: list[str], place: int) -> Mend | None:
    match = _NO_COLON.fullmatch(lines[place])
    if match is None:
        return None
    value = match["value"]
    message = f"The colon after `{match['key']}` is missing."
    line = f"{match['lead']}{match['key']}: {_quoted(value) if ': ' in value else value}"
    return Mend("yaml-syntax", match.end("key") + 1, message, line)


def _curly_key(lines: list[str], place: int) -> Mend | None:
    match = _CURLY.fullmatch(lines[place])
    if match is None:
        return None
    message = f"Curly quotes stand round the key `{match['key']}`; keys take none."
    return Mend("yaml-syntax", match.end("lead") + 1, message, match["lead"] + match["key"] + match["rest"])


def _stray_tab(lines: list[str], place: int) -> Mend | None:
    column = lines[place].find("\t")
    if column < 0:
        return None
    message = "A tab stands in this line; YAML takes spaces alone."
    hint = "" if lines[place].strip() else "Delete it."
    return Mend("tab", column + 1, message, re.sub(r"[ ]*\t[ \t]*", " ", lines[place]), hint)


def _backslash(lines: list[str], place: int) -> Mend | None:
    match = LINE.fullmatch(lines[place])
    if match is None or not re.fullmatch(r'"(?:[^"\\]|\\.)*"', match["value"]):
        return None
    slash = re.search(r'\\(?!["\\/])', match["value"])
    if slash is None:
        return None
    words = match["value"][1:-1].replace('\\"', '"')
    written = f"'{words.replace(chr(39), chr(39) * 2)}'"
    message = "A backslash inside double quotes is a sign of its own in YAML."
    return Mend("yaml-syntax", match.start("value") + slash.start() + 1, message, match["lead"] + written)


def _no_colon_above(lines: list[str], place: int) -> Mend | None:
    """A name that should open a part, without its colon; reading breaks only in the line below."""
    match = _BARE_NAME.fullmatch(lines[place])
    if match is None:
        return None
    message = f"The colon after `{match['name']}` is missing."
    return Mend("yaml-syntax", match.end("name") + 1, message, f"{lines[place].rstrip()}:")


def _comment_in_brackets(lines: list[str], place: int) -> Mend | None:
    """`{role: nurse #2, …}`: the comment takes the closing bracket with it."""
    match = LINE.fullmatch(lines[place])
    if match is None or match["value"][0] not in "[{" or " #" not in match["value"]:
        return None
    message = (
        "A `#` after a space starts a comment, so what stands behind it is lost, and the closing bracket too."
    )
    column = match.start("value") + match["value"].index(" #") + 2
    line = match["lead"] + match["value"].replace(" #", " ")
    return Mend("text-cut-short", column, message, line, "Put the text that has the `#` in double quotes.")


def _no_dash(lines: list[str], place: int) -> Mend | None:
    """An item of a list without its dash; reading breaks only at the next, which has one."""
    key = _KEY.match(lines[place])
    above = content_above(lines, place)
    if key is None or above is None:
        return None
    indent = len(key["indent"])
    if _BARE_KEY.fullmatch(lines[above]) is None and indent_of(lines[above]) != indent - 2:
        return None
    after = next((line for line in lines[place + 1 :] if line.strip() and indent_of(line) < indent), "")
    if key.start("key") != indent or indent_of(after) != indent - 2 or not after.lstrip().startswith("- "):
        return None
    message = f"The dash before `{key['key']}` is missing; the item below it has one."
    return Mend("yaml-syntax", indent + 1, message, f"{' ' * (indent - 2)}- {lines[place].strip()}")


def _out_of_line(lines: list[str], place: int) -> Mend | None:
    """A key that stands a little left or right of the keys it belongs with."""
    key = _KEY.match(lines[place])
    if key is None:
        return None
    indent = len(key["indent"])
    for above in range(place - 1, max(place - LOOK_BACK, -1), -1):
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
            return Mend("yaml-syntax", indent + 1, message, line, hint)
    return None


RULES: Final[tuple[Callable[[list[str], int], Mend | None], ...]] = (
    _stray_tab,
    _curly_key,
    _not_indented,
    _goes_on_after_quote,
    _comment_in_brackets,
    _open_bracket,
    _special_start,
    _no_space,
    _no_colon,
    _backslash,
    _colon_inside,
    _no_colon_above,
)
LAST_RULES: Final = (_no_dash, _out_of_line)
"""Tried where no other rule finds anything: these are the freest with their guesses."""
