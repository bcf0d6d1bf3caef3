"""The nearest known name to a mistyped one, worded as the end of a sentence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name most like `word`, or None where nothing is alike."""
    lower = word.lower()
    found = difflib.get_close_matches(lower, list(known), n=3, cutoff=0.6)
    return max(found, key=lambda name: name[:1] == lower[:1]) if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` ready to follow a message, or nothing."""
    name = nearest(word, known)
    return f"; did you mean `{name}`?" if name else ""
