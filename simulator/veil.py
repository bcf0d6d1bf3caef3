"""A trainee's known name taken out of what they or others wrote: their pseudonym stands there instead.

Known is the name of the computer account they practise on, whole and in its parts: somebody signed in as
`priya.sharma` writes "Priya". What is kept stays as it was typed; this is for everybody else's eyes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

_SHORTEST: Final = 3
_BETWEEN: Final = re.compile(r"[\s._\-+\\/]+")
NOBODY: Final = frozenset({
    "admin", "administrator", "guest", "home", "nurse", "owner", "public", "root", "somebody", "staff",
    "student", "test", "trainee", "training", "user", "ward",
})  # fmt: skip
"""Accounts that many use: no name, and words that people write."""
_OURS: Final = frozenset({"what", "name", "dimension", "key"})
"""Where our own words for things stand among what was typed."""


def veil(text: str, accounts: Iterable[str], pseudonym: str) -> str:
    """The text with these accounts' names, in any capitals, as the pseudonym.

    A part of a name is taken for one where it begins with a capital: `mark.young` leaves a young man be.
    """
    pattern = _pattern(tuple(sorted(set(accounts))))
    return text if pattern is None else pattern.sub(lambda _: pseudonym, text)


def veiled(typed: Any, accounts: Iterable[str], pseudonym: str) -> Any:
    """The same for every text in plain data that holds what somebody typed; a copy."""
    pattern = _pattern(tuple(sorted(set(accounts))))
    return typed if pattern is None else _walk(typed, pattern, pseudonym)


def _walk(typed: Any, pattern: re.Pattern[str], pseudonym: str) -> Any:
    if isinstance(typed, dict):
        return {
            key: value if key in _OURS else _walk(value, pattern, pseudonym) for key, value in typed.items()
        }
    if isinstance(typed, list | tuple):
        return [_walk(value, pattern, pseudonym) for value in typed]
    return pattern.sub(lambda _: pseudonym, typed) if isinstance(typed, str) else typed


@lru_cache(maxsize=256)
def _pattern(accounts: tuple[str, ...]) -> re.Pattern[str] | None:
    wholes: set[str] = set()
    parts: set[str] = set()
    for account in accounts:
        # on a server's records the computer's name stands behind it
        name = account.partition("@")[0].strip()
        found = [part for part in _BETWEEN.split(name) if part]
        if not found or len(name) < _SHORTEST or name.casefold() in NOBODY:
            continue
        wholes.add(r"[\s._\-+\\/]+".join(map(re.escape, found)))
        for part in found:
            if len(part) >= _SHORTEST and part.isalpha() and part.casefold() not in NOBODY:
                parts |= {part.capitalize(), part.upper()}
    if not wholes:
        return None
    either = [f"(?i:{'|'.join(sorted(wholes, key=len, reverse=True))})"]
    either += [re.escape(part) for part in sorted(parts, key=len, reverse=True)]
    # not within a longer word; an underscore is no letter
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(either)})(?![^\W_])")
