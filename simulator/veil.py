"""Known names taken out of what somebody wrote: a pseudonym stands there instead.

Known are names and computer accounts, whole and in their parts: somebody signed in as `priya.sharma` writes "Priya".
In any capitals, with or without accents, with an `s` or `'s` behind, never within a longer word. What is kept stays
as it was typed; this is for everybody else's eyes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from simulator.trainees import is_made_up

_SHORTEST: Final = 3
_BETWEEN: Final = r"[\s._\-+\\/]"
_PARTING: Final = re.compile(f"{_BETWEEN}+")
_NOBODY: Final = frozenset({
    "admin", "administrator", "guest", "home", "nurse", "owner", "public", "root", "somebody", "staff",
    "student", "test", "trainee", "training", "user", "ward",
})  # fmt: skip
"""Accounts that many use: no name, and words that people write."""
_WORDS_OF_TWO: Final = frozenset({
    "ah", "am", "an", "as", "at", "be", "by", "do", "ed", "eg", "go", "he", "hi", "id", "ie", "if", "in", "is", "it",
    "me", "my", "no", "of", "oh", "ok", "on", "or", "ox", "so", "tv", "uk", "up", "us", "we",
})  # fmt: skip
"""Short names are short words too: these are left be, or no sentence would stand."""
_APOSTROPHES: Final = str.maketrans("’ʼ‘", "'''")
_OURS: Final = frozenset({"what", "name", "dimension", "key"})
"""Where our own words for things stand among what was typed."""


def veil(text: str, names: Iterable[str], pseudonym: str, *, strict: bool = False) -> str:
    """The text with these names as the pseudonym.

    A part of a name is taken for one where it begins with a capital: `mark.young` leaves a young man be. `strict` is
    for what leaves the building, rather a word too many than a name too few: there "mark" goes too.
    """
    found = _names(names, strict)
    return text if found is None else _without(text, found, pseudonym, strict)


def veiled(typed: Any, names: Iterable[str], pseudonym: str) -> Any:
    """The same for every text in plain data that holds what somebody typed; a copy."""
    found = _names(names, False)
    return typed if found is None else _walk(typed, lambda text: _without(text, found, pseudonym, False))


def _walk(typed: Any, mend: Callable[[str], str]) -> Any:
    if isinstance(typed, dict):
        return {key: value if key in _OURS else _walk(value, mend) for key, value in typed.items()}
    if isinstance(typed, list | tuple):
        return [_walk(value, mend) for value in typed]
    return mend(typed) if isinstance(typed, str) else typed


def _without(text: str, names: re.Pattern[str], pseudonym: str, strict: bool) -> str:
    text = unicodedata.normalize("NFC", text)
    made, last = [], 0
    for match in names.finditer(_folded(text)):
        start, end = match.span("name")
        if strict or match["part"] is None or not text[start].islower():
            made += [text[last:start], pseudonym]
            last = end
    return "".join([*made, text[last:]])


def _names(names: Iterable[str], strict: bool) -> re.Pattern[str] | None:
    return _pattern(tuple(sorted(set(names))), strict)


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...], strict: bool) -> re.Pattern[str] | None:
    """Finds `name` in folded text; it is a `part` where a capital decides whether it is one."""
    wholes: set[str] = set()
    parts: set[str] = set()
    for name in names:
        # of an account on a server's records the computer's name stands behind it
        bare = _folded(unicodedata.normalize("NFC", name).partition("@")[0].strip())
        found = [part for part in _PARTING.split(bare) if part]
        if not found or bare in _NOBODY:
            continue
        if len(found) > 1 or _is_name(bare, strict):
            wholes.add(f"{_BETWEEN}*".join(map(re.escape, found)))
        if not is_made_up(name):
            parts |= {re.escape(part) for part in found if _is_name(part, strict)}
    if not wholes:
        return None
    # `(?!)` finds nothing, where no name has parts
    return re.compile(f"(?P<name>{_either(wholes)}|(?P<part>{_either(parts - wholes) or '(?!)'}))")


def _either(texts: Iterable[str]) -> str:
    """The longest first, so that a whole name is one pseudonym."""
    return "|".join(map(_alone, sorted(texts, key=lambda each: (-len(each), each))))


def _alone(text: str) -> str:
    """Not within a longer word, an underscore being no letter; scripts without spaces know no word's edge."""
    return rf"(?<![^\W_]){text}(?=(?:'?s)?(?![^\W_]))" if _has_edges(text) else text


def _is_name(part: str, strict: bool) -> bool:
    letters = sum(letter.isalpha() for letter in part)
    if part in _NOBODY or letters < 2:
        return False
    return letters >= _SHORTEST or not _has_edges(part) or (strict and part not in _WORDS_OF_TWO)


def _has_edges(text: str) -> bool:
    return not any(unicodedata.east_asian_width(letter) in "WF" for letter in text)


def _folded(text: str) -> str:
    """The text in small letters without accents, each letter in the place where it was."""
    if text.isascii():
        return text.lower()
    return "".join(map(_bare, text))


@lru_cache(maxsize=4096)
def _bare(letter: str) -> str:
    """One letter for one letter: without its accent and small, where that is one letter still."""
    base = unicodedata.normalize("NFKD", letter.translate(_APOSTROPHES))[0].lower()
    return base if len(base) == 1 else letter
