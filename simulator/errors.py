"""What can go wrong while practising, told as a sentence and what to do about it.

SimulatorError
├── StoreTrouble    the records cannot be read or written now: read-only, full, locked, damaged, newer
├── Damaged         one session's record does not hold together; the others are untouched
├── AlreadyOpen     this session has gone on in another window
├── Over            this session cannot go on: it was stepped out of, or closed
├── NotFound        there is no such thing here
│   └── NotYours    it is not the acting person's; says no more than NotFound does
└── WrongPin        the PIN is missing or does not fit; `.wait` seconds before the next try
"""

from __future__ import annotations


class SimulatorError(Exception):
    """`message` says what happened, `advice` what to do; neither carries what somebody typed."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(f"{message} {advice}".strip())
        self.message = message
        self.advice = advice


class StoreTrouble(SimulatorError):
    """The records could not be read or written. `retry`: the same call may well succeed in a moment."""

    def __init__(self, message: str, advice: str = "", retry: bool = False) -> None:
        super().__init__(message, advice)
        self.retry = retry


class Damaged(SimulatorError):
    """The record of one session does not hold together, so it is left as it is."""


class AlreadyOpen(SimulatorError):
    """The session has gone on in another window since this one last saved."""


class Over(SimulatorError):
    """The session has been closed or stepped out of."""


class NotFound(SimulatorError):
    """There is no such trainee, session, opening or cast member."""


class NotYours(NotFound):
    """Somebody else's: told in the very words of NotFound, so that nothing is given away."""


class WrongPin(SimulatorError):
    """The PIN is missing or wrong; `wait` is how many seconds to let pass before the next try."""

    def __init__(self, message: str, advice: str = "", wait: int = 0) -> None:
        super().__init__(message, advice)
        self.wait = wait
