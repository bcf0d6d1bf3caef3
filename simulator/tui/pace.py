"""The two measures of time a scene needs: when keys count, and how long quiet has lasted. No screen here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

GRACE: Final = 0.4


def reading(words: int) -> float:
    """Seconds to let pass before a silence begins to count, so that nobody is hurried while reading.

    Four words a second, about 240 a minute.
    """
    return words / 4


class Grace:
    """Keys meant for the last turn must not answer this one: replies count `GRACE` seconds on."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._from: float | None = None

    def shut(self) -> None:
        """What is shown is being changed: nothing counts until `shown`."""
        self._from = None

    def shown(self) -> None:
        """The replies are on the screen now."""
        self._from = self._clock() + GRACE

    @property
    def open(self) -> bool:
        return self._from is not None and self._clock() >= self._from


class Quiet:
    """How long a silence has lasted, in seconds; time while held does not count."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._length = 0.0
        self._lasted = 0.0
        self._since: float | None = None

    def begin(self, length: float, before: float = 0.0) -> None:
        """A new silence of this length, held until `go`, counted only once `before` has passed. 0 is none."""
        self._length, self._lasted, self._since = length, -before, None

    def go(self) -> None:
        """Let it pass."""
        if self._since is None and self._length:
            self._since = self._clock()

    def hold(self) -> None:
        """Stand still."""
        self._lasted = self.lasted
        self._since = None

    @property
    def lasted(self) -> float:
        return self._lasted + (max(self._clock() - self._since, 0.0) if self._since is not None else 0.0)

    @property
    def running(self) -> bool:
        return self._since is not None

    @property
    def over(self) -> bool:
        return bool(self._length) and self.lasted >= self._length

    @property
    def share_left(self) -> float:
        """1.0 at its beginning, 0.0 when it is over."""
        return min(max(1.0 - self.lasted / self._length, 0.0), 1.0) if self._length else 0.0
