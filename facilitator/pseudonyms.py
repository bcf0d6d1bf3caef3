"""Who somebody is called outside these records, and their known names taken out of what was typed.

A trainee's id is 122 random bits that stand in the records alone, so a hash of it is the same in every export and
leads back to nobody without the records. The name they practise under may be their own; it never leaves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final
from uuid import UUID

from simulator.trainees import is_made_up
from simulator.veil import NOBODY

_SHORTEST: Final = 3
_BETWEEN: Final = re.compile(r"[\s._\-+\\/]+")
_WORDS_OF_TWO: Final = frozenset({
    "ah", "am", "an", "as", "at", "be", "by", "do", "ed", "eg", "go", "he", "hi", "id", "ie", "if", "in", "is", "it",
    "me", "my", "no", "of", "oh", "ok", "on", "or", "ox", "so", "tv", "uk", "up", "us", "we",
})  # fmt: skip
"""Short names are short words too: these are left be, or no sentence would stand."""
_APOSTROPHES: Final = str.maketrans("’ʼ‘", "'''")


def trainee_code(learner: UUID) -> str:
    """Who a trainee is in every export, such as trainee-1f0c9a…: 64 bits, stable while the records have them."""
    return f"trainee-{_digest(learner, b'trainee')}"


def facilitator_code(who: UUID) -> str:
    """The same of a facilitator."""
    return f"facilitator-{_digest(who, b'facilitator')}"


def _digest(key: UUID, person: bytes) -> str:
    return blake2b(key.bytes, digest_size=8, person=person).hexdigest()


def redacted(text: str, names: Iterable[str], pseudonym: str) -> str:
    """The text with every known name as the pseudonym: whole names, and first name and surname each.

    In any capitals, with or without accents, with an `s` or `'s` behind, never within a longer word. `names` are
    names or computer accounts. Rather a word too many than a name too few: where Mark is known, "mark" goes too.
    """
    pattern = _pattern(tuple(sorted(set(names))))
    if pattern is None or not text:
        return text
    text = unicodedata.normalize("NFC", text)
    made, last = [], 0
    for match in pattern.finditer(_folded(text)):
        made += [text[last : match.start()], pseudonym]
        last = match.end("name")
    return "".join([*made, text[last:]])


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    found: set[str] = set()
    for name in names:
        # of an account on a server's records the computer's name stands behind it
        bare = _folded(unicodedata.normalize("NFC", name).partition("@")[0].strip())
        parts = [part for part in _BETWEEN.split(bare) if part]
        if not parts or bare in NOBODY:
            continue
        if len(parts) > 1:
            found.add(r"[\s._\-+\\/]*".join(map(re.escape, parts)))
        if not is_made_up(name):
            found |= {re.escape(part) for part in parts if _is_name(part)}
    if not found:
        return None
    # longest first, so that a whole name is one pseudonym; scripts without spaces know no word's edge
    either = "|".join(sorted(found, key=lambda each: (-len(each), each)))
    edge, end = (r"(?<![^\W_])", r"(?=(?:'?s)?(?![^\W_]))") if _has_edges(either) else ("", "")
    return re.compile(f"{edge}(?P<name>{either}){end}")


def _is_name(part: str) -> bool:
    letters = sum(letter.isalpha() for letter in part)
    if part in NOBODY or letters < 2:
        return False
    return letters >= _SHORTEST or part not in _WORDS_OF_TWO


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
