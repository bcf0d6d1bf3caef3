"""A session as facilitators are shown it: everything that was played, with names veiled."""

from __future__ import annotations

from typing import Any

from facilitator.reading import Whose
from simulator.events import (
    Answered,
    Event,
    Happened,
    Paused,
    Reached,
    Resumed,
    Rewound,
    SteppedOut,
    Suspended,
    Unpaused,
)
from simulator.kept import iso
from simulator.replay import Replayed
from simulator.showing import shape
from simulator.veil import veiled

_STEPS = (Answered, Paused, Reached, Resumed, Rewound, SteppedOut, Suspended, Unpaused)


def whole(whose: Whose, replayed: Replayed) -> dict[str, Any]:
    """The shape of `show --json` with nothing held back, and `steps`; of who stepped out, nothing that judges."""
    kept = whose.kept
    made = shape(kept, replayed, replayed.course.state != "stepped-out")
    made["debrief"] = veiled(made["debrief"], whose.accounts, kept.trainee)
    made["steps"] = [_step(row) for row in replayed.rows if isinstance(row.event, _STEPS)]
    return made


def _step(row: Happened) -> dict[str, Any]:
    """What happened when: `seconds` of time played, `at` on the clock."""
    event: Event = row.event
    step: dict[str, Any] = {"kind": event.kind, "seconds": row.mono_ms / 1000, "at": iso(row.at_ms)}
    match event:
        case Answered(turn, reply, timed):
            step |= {"turn": turn, "reply": reply, "timed": timed}
        case Unpaused(turn, paused_ms):
            step |= {"turn": turn, "paused": paused_ms / 1000}
        case Reached(turn) | Rewound(turn) | Paused(turn):
            step |= {"turn": turn}
    return step
