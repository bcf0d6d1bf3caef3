"""Names: which are allowed, and the id that a reply's first words make."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 60
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SNAKE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
RESERVED_IDS: Final = frozenset(["silence", "reach", "quiet", "pause", "back", "hands", "leave", "help"])
RESERVED_FACTS: Final = frozenset(["tension", "trust", "safety", "true", "false", "and", "or", "not"])

_PLACEHOLDER = re.compile(r"<[A-Za-z]+>")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_WORD = re.compile(r"[a-z0-9]+")
_WORDS_IN_AN_ID: Final = 4


def is_kebab(name: str) -> bool:
    """Whether a name of a moment, ending, opening, reply or shared list is allowed."""
    return len(name) <= LONGEST and KEBAB.fullmatch(name) is not None


def is_fact_name(name: str) -> bool:
    """Whether a fact may be called so."""
    return len(name) <= LONGEST and SNAKE.fullmatch(name) is not None and name not in RESERVED_FACTS


def allowed(written: str, joint: str) -> str | None:
    """A name as it was meant, its words joined by hyphens or underscores; None where none can be made of it."""
    name = joint.join(_WORD.findall(_plain(written)))
    fits = is_fact_name(name) if joint == "_" else is_kebab(name) and not is_reserved_id(name)
    return name if fits else None


def is_reserved_id(name: str) -> bool:
    """Whether a reply id would be taken for a command in plain mode or in `run`."""
    return name in RESERVED_IDS or name.startswith("rewind")


def made_id(text: str) -> str | None:
    """The id of a reply that was given none: its first four words (format 1, section 2).

    Placeholders, apostrophes and accents go first. None where no word is left or a figure would begin it.
    """
    words = _WORD.findall(_plain(_PLACEHOLDER.sub(" ", text)))[:_WORDS_IN_AN_ID]
    if not words or words[0][0].isdigit():
        return None
    return "-".join(words)


def _plain(text: str) -> str:
    """Small letters without apostrophes and accents."""
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()
