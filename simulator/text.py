"""Text that is not ours, made safe to show: nothing in it moves a cursor or turns a line round."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

MOST: Final = 20_000
_NAME_MOST: Final = 60

# C0 but newline and tab, DEL, C1, bidirectional controls, byte-order mark, surrogates, tag characters
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(text: str, most: int = MOST) -> str:
    """The text with every unsafe character as U+FFFD, in NFC, cut to `most` characters.

    For everything that is not ours, when it comes in and again when it is shown; cleaning twice changes
    nothing.
    """
    if text.isascii() and text.isprintable():
        return text[:most]
    safe = _UNSAFE.sub("\ufffd", text.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", safe)[:most]


def clean_line(text: str, most: int = MOST) -> str:
    """The same for what must stay on one line, such as a name: every run of white space is one space."""
    return clean(" ".join(clean(text).split()), most)


def clean_name(text: str) -> str:
    """What somebody asked to be called, 1..60 characters. Raises ValueError where nothing is left of it."""
    name = clean_line(text, _NAME_MOST).strip()
    if not name:
        raise ValueError("a name needs at least one letter")
    return name


def as_json(shape: object, indent: int | None = 2) -> str:
    """Plain data as JSON for programs, which a terminal can show too: what is unsafe is escaped, never lost."""
    text = json.dumps(shape, ensure_ascii=False, indent=indent)
    return _UNSAFE.sub(lambda found: json.dumps(found.group())[1:-1], text)


def unaccented(text: str) -> str:
    """The text with every letter without its accents, to be searched in."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
