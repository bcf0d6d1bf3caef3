"""The register of kinds of slip, and the words that spoil a word."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.mutations.subject import Slip, Subject

Make = Callable[[Subject], Iterator[Slip]]


@dataclass(frozen=True)
class Kind:
    """One kind of slip: the codes that tell it, and how to make it at every place of a subject.

    `plays`: only all plays can show it. `apart`: it may well be harmless, so it is counted apart.
    """

    name: str
    codes: frozenset[str]
    make: Make
    plays: bool = False
    apart: bool = False


KINDS: Final[dict[str, Kind]] = {}


def kind(name: str, *codes: str, plays: bool = False, apart: bool = False) -> Callable[[Make], Make]:
    """Register a maker of slips."""

    def register(make: Make) -> Make:
        assert name not in KINDS, name
        KINDS[name] = Kind(name, frozenset(codes), make, plays, apart)
        return make

    return register


def misspelt(word: str, turn: int, known: Collection[str]) -> str:
    """A word with two letters swapped, one left out or one too many; none that is known."""
    middle = max(len(word) // 2, 1)
    ways = (
        word[: middle - 1] + word[middle : middle + 1] + word[middle - 1] + word[middle + 1 :],
        word[:-1],
        word[:middle] + word[middle - 1] + word[middle:],
        word[: middle - 1] + word[middle:],
        word + word[-1],
        word + "x",
    )
    for step in range(len(ways)):
        made = ways[(turn + step) % len(ways)]
        if made and made != word and made not in known and made[0].isalpha() and made[-1].isalnum():
            return made
    return word + "xx"
