"""What can go wrong in the facilitator's room, further branches of the tree in simulator/errors.py.

SimulatorError
├── NoFacilitator     nobody has been made a facilitator on these records yet
├── WrongPassphrase   the passphrase is missing or does not fit; `.wait` seconds before the next try
├── Locked            nobody has entered, or ten minutes went by without a key
├── NotOpen           this cannot be said of the session now: signed off, not ended, or stepped out of
├── Moved             somebody else wrote meanwhile, or the session went on; nothing was overwritten
└── Damaged           as in the simulator
    └── Unreadable    the session is there and cannot be shown; `.why` is which of four reasons
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, Literal

from simulator.errors import Damaged, SimulatorError

Why = Literal["damaged", "half-written", "newer", "scenario-gone"]

WHY: Final = MappingProxyType[Why, tuple[str, str]](
    {
        "damaged": (
            "The record of this session is damaged and has been left as it is.",
            "The other sessions are untouched. Where there is a backup from before, it has the session whole.",
        ),
        "half-written": (
            "The record of this session stops before its end and has been left as it is.",
            "The other sessions are untouched. Where there is a backup from before, it has the session whole.",
        ),
        "newer": (
            "This session was kept by a newer version of Words First.",
            "Open it with that version; it is kept as it is.",
        ),
        "scenario-gone": (
            "The scenario that this session was played on is not in the records any more.",
            "What was played cannot be shown without it. A backup from before has both.",
        ),
    }
)


class NoFacilitator(SimulatorError):
    """Nobody has been made a facilitator here."""


class WrongPassphrase(SimulatorError):
    """The passphrase does not fit; `wait` is how many seconds to let pass before the next try."""

    def __init__(self, message: str, advice: str = "", wait: int = 0) -> None:
        super().__init__(message, advice)
        self.wait = wait


class Locked(SimulatorError):
    """The room is locked until the passphrase is given."""


class NotOpen(SimulatorError):
    """This cannot be said of the session as it stands."""


class Moved(SimulatorError):
    """What this review was read from has gone on since; read it again first."""


class Unreadable(Damaged):
    """The session is there and cannot be shown."""

    def __init__(self, why: Why) -> None:
        super().__init__(*WHY[why])
        self.why: Why = why
