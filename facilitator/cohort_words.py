"""What the ids in a group picture are called: by the scene as it stands on this computer, else by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from facilitator.cohort_unit import NOTHING, UNENDED
from scenarios.drawing_outline import spoken
from scenarios.drawing_text import OUTCOMES
from scenarios.speech import fill

if TYPE_CHECKING:
    from scenarios.graph import Map
    from scenarios.load import Loaded


@dataclass
class Words:
    """The scene's own words and order, and its map; without a scene, ids in the order of the alphabet."""

    loaded: Loaded | None = None
    plan: Map | None = None
    _replies: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.plan is not None and self.loaded is not None:
            names = list(self.loaded.scenario.moments)
            for place, moment in enumerate(names):
                for way, _ in self.plan.ways(f"m{place}"):
                    self._replies[moment, way.id] = spoken(way).replace("<trainee>", "[your name]")

    def title(self, scenario: str) -> str:
        """What the scene is called."""
        return scenario if self.plan is None else self.plan.title

    def ending(self, name: str) -> str:
        """An ending with its outcome in words."""
        if name == UNENDED:
            return "the first take was left before an ending"
        if self.loaded is None or name not in self.loaded.scenario.endings:
            return name
        return f"{name} ({OUTCOMES[self.loaded.scenario.endings[name].outcome]})"

    def moment(self, name: str) -> str:
        """A moment."""
        return "no turn was played" if name == NOTHING else name

    def reply(self, moment: str, name: str) -> str:
        """A reply as it is said or done."""
        return self._replies.get((moment, name), name)

    def fact(self, name: str) -> str:
        """A hidden fact in words."""
        if self.loaded is None or name not in self.loaded.scenario.facts:
            return name
        first = self.loaded.scenario.person.cast[0]
        says = self.loaded.scenario.facts[name].says
        return fill(says, first.name, first.pronouns) if says else name

    def cast(self, place: int) -> str:
        """Who was met."""
        if self.loaded is None or place >= len(self.loaded.scenario.person.cast):
            return f"cast {place + 1}"
        return self.loaded.scenario.person.cast[place].name

    def in_order(self, kind: str, names: Sequence[str]) -> list[str]:
        """Moments, endings or facts as the author has them; any other after those."""
        order = [] if self.loaded is None else list(getattr(self.loaded.scenario, kind))
        known = {name: place for place, name in enumerate(order)}
        return sorted(names, key=lambda name: (known.get(name, len(known)), name))

    def replies_in_order(self, moment: str, names: Sequence[str]) -> list[str]:
        """The replies of a moment as the author has them."""
        known = {name: at for at, (where, name) in enumerate(self._replies) if where == moment}
        return sorted(names, key=lambda name: (known.get(name, len(self._replies)), name))
