"""What was asked for on the command line: a scenario, or a session to go on with, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.load import Loaded
    from simulator.events import Keep


@dataclass(frozen=True, slots=True)
class Start:
    """Nothing set: the trainee chooses. `keep` None: asked in the briefing. `session` None: the latest."""

    loaded: Loaded | None = None
    resume: bool = False
    session: str | None = None
    opening: str | None = None
    cast: str | None = None
    seed: int | None = None
    keep: Keep | None = None
    timed: bool = True
