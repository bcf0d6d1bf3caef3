"""The records as one trainee's sessions see them: opened at the first thing to keep."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from simulator.events import Happened, Keep

if TYPE_CHECKING:
    from simulator.course import Summary
    from simulator.records import Records
    from simulator.session import Head


class Keeping:
    """See above. `mine` says who acts, and writes them down if they were not; `records` opens the records."""

    def __init__(self, mine: Callable[[], uuid.UUID], records: Callable[[], Records]) -> None:
        self._mine = mine
        self._open = records
        self._bound: uuid.UUID | None = None

    @property
    def _me(self) -> uuid.UUID:
        """Whose session it is: theirs for good, whoever is chosen in this window afterwards."""
        if self._bound is None:
            self._bound = self._mine()
        return self._bound

    @property
    def _records(self) -> Records:
        return self._open()

    def begin(self, head: Head, rows: Sequence[Happened], summary: Summary, keep: Keep) -> None:
        self._records.begin(self._me, head, rows, summary, keep)

    def append(self, session: str, rows: Sequence[Happened], summary: Summary, keep: Keep) -> None:
        self._records.append(self._me, uuid.UUID(session), rows, summary, keep)

    def last(self, session: str) -> tuple[int, str]:
        return self._records.last(self._me, uuid.UUID(session))

    def erase(self, session: str) -> None:
        self._records.erase(self._me, uuid.UUID(session))
