"""Placeholders and stage directions: how a text of a scenario becomes words about one person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

PRONOUNS: Final[dict[str, dict[str, str]]] = {
    "he": {"they": "he", "them": "him", "their": "his", "theirs": "his", "themself": "himself"},
    "she": {"they": "she", "them": "her", "their": "her", "theirs": "hers", "themself": "herself"},
    "they": {"they": "they", "them": "them", "their": "their", "theirs": "theirs", "themself": "themself"},
}
_SINGULAR: Final = {"is": "is", "has": "has", "was": "was", "s": "s", "es": "es"}
_PLURAL: Final = {"is": "are", "has": "have", "was": "were", "s": "", "es": ""}
_CAPITALISED: Final = ("they", "them", "their", "theirs", "themself", "is", "has", "was")

PLACEHOLDERS: Final = frozenset(
    ["name", "trainee", *PRONOUNS["they"], *_SINGULAR, *(word.capitalize() for word in _CAPITALISED)]
)
_PLACEHOLDER = re.compile(r"<<|<([A-Za-z]+)>")


def fill(text: str, name: str, pronouns: str, trainee: str | None = None) -> str:
    """The text as it reads for one person.

    `<trainee>` stays as it is while `trainee` is None: what is stored and exported keeps it unfilled.
    """
    if "<" not in text:
        return text
    words = {"name": name, **PRONOUNS[pronouns], **(_PLURAL if pronouns == "they" else _SINGULAR)}
    if trainee is not None:
        words["trainee"] = trainee

    def word(match: re.Match[str]) -> str:
        key = match[1]
        if key is None:
            return "<"
        if key in words:
            return words[key]
        lower = key.lower()
        return words[lower].capitalize() if lower in _CAPITALISED else match[0]

    return _PLACEHOLDER.sub(word, text)


def unknown_placeholders(text: str) -> Iterator[tuple[str, int]]:
    """Every `<word>` that names no placeholder, with its place in the text."""
    for match in _PLACEHOLDER.finditer(text):
        if match[1] is not None and match[1] not in PLACEHOLDERS:
            yield match[1], match.start()


def bracket_fault(text: str) -> int | None:
    """The place of a round bracket that is nested, or has no partner; None where all is well."""
    open_at: int | None = None
    for match in re.finditer(r"[()]", text):
        if match[0] == "(":
            if open_at is not None:
                return match.start()
            open_at = match.start()
        elif open_at is None:
            return match.start()
        else:
            open_at = None
    return open_at


def parts(text: str) -> list[tuple[bool, str]]:
    """A text as `(seen, words)` in order: what is seen stood between round brackets, the rest is heard."""
    found: list[tuple[bool, str]] = []
    for place, piece in enumerate(re.split(r"\(([^()]*)\)", text)):
        words = piece.strip()
        if words:
            found.append((place % 2 == 1, words))
    return found
