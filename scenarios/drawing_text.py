"""The words on a map: made harmless, measured without a font, broken into lines and cut."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from scenarios.speech import parts

OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "settled": "a shared plan",
        "complied": "quiet, not heard",
        "paused": "paused, safely",
        "withdrew": "stepped away, safely",
        "rupture": "the relation broke",
        "stopped": "the scene was stopped",
    }
)
"""The six outcomes in words for authors, kindest first."""

_JOINERS: Final = "\u200c\u200d"
_NARROW: Final = frozenset("ijltfrI.,:;'!|()[]{}-/\\ \u2018\u2019\u201c\u201d")
_WIDE: Final = frozenset("mwMW@%\u2014\u2026")


def plain(text: str) -> str:
    """A text on one line that can do no harm: controls, direction marks and half characters become U+FFFD."""
    return "".join(letter if _harmless(letter) else "\ufffd" for letter in " ".join(text.split()))


def _harmless(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return letter in _JOINERS or kind not in {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at most, in pixels, in the usual sans-serif fonts."""
    return sum(map(_ems, text)) * size * (1.12 if bold else 1.0)


def _ems(letter: str) -> float:
    if unicodedata.combining(letter) or letter in _JOINERS:
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in _NARROW:
        return 0.36
    if letter in _WIDE:
        return 0.95
    return 0.74 if letter.isupper() else 0.615


def wrap(text: str, room: float, size: float, lines: int, bold: bool = False) -> list[str]:
    """At most so many lines that fit the room; what is left over is cut with an ellipsis."""
    found: list[str] = []
    line = ""
    pieces = list(_pieces(text, room, size, bold))
    for place, (gap, piece) in enumerate(pieces):
        longer = f"{line}{gap}{piece}" if line else piece
        if not line or width(longer, size, bold) <= room:
            line = longer
            continue
        found.append(line)
        if len(found) == lines:
            rest = "".join(gap + piece for gap, piece in pieces[place:])
            found[-1] = cut(found[-1] + rest, room, size, bold)
            return found
        line = piece
    return [*found, line] if line else found


def _pieces(text: str, room: float, size: float, bold: bool) -> Iterator[tuple[str, str]]:
    """Words with the gap before each; names may break after hyphens, anything too long where it must."""
    for word in text.split(" "):
        gap = " "
        for part in word.replace("-", "-\0").split("\0"):
            piece = ""
            for letter in part:
                if piece and width(piece + letter, size, bold) > room:
                    yield gap, piece
                    gap, piece = "", ""
                piece += letter
            if piece:
                yield gap, piece
                gap = ""


def cut(text: str, room: float, size: float, bold: bool = False) -> str:
    """A text that fits the room, ending in an ellipsis where it had to be cut."""
    if width(text, size, bold) <= room:
        return text
    while text and width(f"{text}\u2026", size, bold) > room:
        text = text[:-1]
    return f"{text.rstrip(' .,;:-')}\u2026"


def first_words(text: str) -> str:
    """What is heard of a line of speech; where nothing is, what is seen, in its brackets."""
    heard = [words for seen, words in parts(text) if not seen]
    return plain(" ".join(heard) if heard else text)


def number(count: int, thing: str, things: str = "") -> str:
    """A count and its noun, as in `1 reply` and `1,612 replies`."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def listed(names: Sequence[str]) -> str:
    """Names as in `a, b and c`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
