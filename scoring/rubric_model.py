"""The shape of a rubric file, format 1, as frozen, strict models. What names point at is checked in rubric_rules.py."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from scenarios.model import Items, Part, Text

CORE: Final = ("C1", "C2", "C3", "C4", "C5", "C6", "C7")
DIMENSIONS: Final = (*CORE, "X1", "X2", "X3", "X4", "X5")
STRONGEST: Final = 2

Phase = Literal["escalation", "crisis", "recovery", "after"]
Shown = Annotated[int, Field(ge=-STRONGEST, le=STRONGEST)]
AtMost = Annotated[int, Field(ge=1, le=5)]
Weight = Annotated[int, Field(ge=1, le=10)]
Names = Annotated[Items[Text], Field(min_length=1)]


class Anchors(Part):
    """What each of the five points looks like; three is safe, decent practice."""

    one: Text
    two: Text
    three: Text
    four: Text
    five: Text


class Dimension(Part):
    """One thing that is looked at. `facilitator` says what text cannot show, so that a person judges it."""

    name: Text
    definition: Text
    anchors: Anchors
    facilitator: Text | None = None
    source: Text


class PhaseWeight(Part):
    """How much a turn of this phase counts."""

    weight: Weight
    source: Text


class Phases(Part):
    """The four phases."""

    escalation: PhaseWeight
    crisis: PhaseWeight
    recovery: PhaseWeight
    after: PhaseWeight


class RoleRule(Part):
    """What a role changes: dimensions that weigh more in the report, and those that do not apply to it."""

    weighs: dict[str, Weight] = {}
    leaves_out: Items[Text] = ()
    source: Text


class Repetition(Part):
    """Techniques that help by going on, so that using them again takes nothing away."""

    never_halved: Items[Text] = ()
    source: Text


class Marked(Part):
    """Techniques marked as a step, or as a repair."""

    techniques: Names
    source: Text


class Limit(Part):
    """The highest a rating can be after a harm, and after its repair (the same where nothing is given)."""

    at_most: AtMost
    repaired: AtMost | None = None
    source: Text


class Cap(Limit):
    """A limit that certain techniques bring on certain dimensions.

    With `without_step`: only where none of that many turns, nor the reply itself, brought a step.
    """

    techniques: Names
    dimensions: Names
    without_step: Annotated[int, Field(ge=1, le=60)] | None = None


class Says(Part):
    """What one technique says about each dimension, -2..2."""

    shows: Annotated[dict[str, Shown], Field(min_length=1)]
    source: Text


class RubricFile(Part):
    """One rubric file, format 1."""

    format: Literal[1]
    dimensions: dict[str, Dimension]
    phases: Phases
    roles: dict[str, RoleRule] = {}
    repetition: Repetition
    steps: Marked
    repair: Marked
    any_strong_harm: Limit
    caps: Items[Cap] = ()
    techniques: dict[str, Says]
