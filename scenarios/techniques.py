"""The closed vocabulary of what a reply shows: techniques.yaml and a pack's own, as models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from scenarios.model import Items, Part, Text

VOCABULARY_FILE: Final = "techniques.yaml"
OURS: Final = Path(__file__).with_name(VOCABULARY_FILE)

Role = Literal[
    "everyone",
    "healthcare assistant",
    "nurse",
    "doctor",
    "peer support worker",
    "peer tutor",
    "receptionist",
    "security officer",
]
Usual = Annotated[int, Field(ge=-3, le=3)]


class UsualEffect(Part):
    """What a technique usually does to the three gauges, each -3..3 (format 1, section 5)."""

    tension: Usual
    trust: Usual
    safety: Usual


class Neighbour(Part):
    """The technique it is most easily taken for, and what tells them apart."""

    technique: Text
    difference: Text


class Technique(Part):
    """One technique: what it is in plain words, whether it helps, whom it fits, and where that is known from."""

    words: Text
    helps: bool
    usual: UsualEffect
    definition: Text
    neighbour: Neighbour | None = None
    fits: Items[Role] = ()
    not_for: Items[Role] = ()
    source: Text


class TechniqueFile(Part):
    """One vocabulary file, format 1."""

    format: Literal[1]
    techniques: Annotated[dict[str, Technique], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every technique that may be named, by name."""

    techniques: Mapping[str, Technique]

    def usual(self, names: Iterable[str]) -> tuple[int, int, int]:
        """The sum of the usual effects on tension, trust and safety, each held within -3..3."""
        effects = [self.techniques[name].usual for name in names]
        return (
            _held(sum(effect.tension for effect in effects)),
            _held(sum(effect.trust for effect in effects)),
            _held(sum(effect.safety for effect in effects)),
        )

    def harms(self, names: Iterable[str]) -> bool:
        """Whether any of these techniques harms."""
        return any(not self.techniques[name].helps for name in names)


def _held(total: int) -> int:
    return max(-3, min(3, total))
