"""The two clocks a session reads: the wall for dates, and one that never goes back for durations."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Milliseconds: `now_ms` since 1970 in UTC, `mono_ms` since any fixed moment of this process."""

    def now_ms(self) -> int: ...

    def mono_ms(self) -> int: ...


class SystemClock:
    """The computer's own clocks."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000


class Stopwatch:
    """Time played, in milliseconds: stands still while stopped, goes on from `already` after a resume."""

    def __init__(self, clock: Clock, already: int = 0) -> None:
        self._clock = clock
        self._before = already
        self._since: int | None = clock.mono_ms()
        self._stopped_at = 0

    def read(self) -> int:
        """Milliseconds played so far; never less than the last reading."""
        if self._since is None:
            return self._before
        return self._before + max(self._clock.mono_ms() - self._since, 0)

    def stop(self) -> None:
        """Stand still."""
        self._before = self.read()
        self._since = None
        self._stopped_at = self._clock.mono_ms()

    def stopped_for(self) -> int:
        """How long it has stood still, in milliseconds; 0 while it runs."""
        return max(self._clock.mono_ms() - self._stopped_at, 0) if self._since is None else 0

    def go(self) -> None:
        """Go on from where it stood."""
        if self._since is None:
            self._since = self._clock.mono_ms()
