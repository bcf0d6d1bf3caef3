"""An own page for the tests: two sessions, and what came of them."""

from __future__ import annotations

from scoring.claims import CLAIM
from simulator.shown_own import (
    OwnConfidence,
    OwnLine,
    OwnPage,
    OwnRating,
    OwnSource,
    Practised,
    Suggestion,
)
from tests.simulator.tui.stage import TODAY


def an_own_page() -> OwnPage:
    """Two sessions, one shared and one that waits, and what came of them."""
    turns = OwnSource("s1", "The tea trolley", TODAY, 3.5, (1, 3, 4))
    few = OwnSource("s2", "The light at night", TODAY, None, (2,))
    return OwnPage(
        practised=(
            Practised("s2", "The light at night", "night", TODAY, None, "mine", True),
            Practised("s1", "The tea trolley", "tea", TODAY, "A plan you both made", "shared", False),
        ),
        lines=(
            OwnLine("s1", "The tea trolley", TODAY, False, "Saying sorry first", None),
            OwnLine("s1", "The tea trolley", TODAY, True, "Naming a time", "Monday's early"),
        ),
        ratings=(
            OwnRating("C3", "Inquiring and listening", 3.5, 4, (turns, few)),
            OwnRating("C6", "Staying calm", None, 1, (few,)),
            OwnRating("X5", "Aftermath and repair", None, 0, ()),
        ),
        confidence=(OwnConfidence("s1", "The tea trolley", TODAY, 4, 6),),
        next=Suggestion("night", "The light at night", "Staying calm has been seen least so far, at 1 turn."),
        claim=CLAIM,
    )
