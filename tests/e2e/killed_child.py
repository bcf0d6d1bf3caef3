"""A program that plays a session and stops dead at one point of one save, for test_killed.py to kill.

    python -m tests.e2e.killed_child RECORDS NUMBER SIDE

NUMBER counts saves of the session from 0; SIDE is before, inside (written, not committed) or after
(committed, not shown). Prints what is shown after each step as a line of JSON, then STOPPED, and waits to be
killed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from simulator.database import Database
from simulator.practice import open_practice
from simulator.records import Records
from simulator.session import Session
from tests.simulator.service import FakeClock, begin, screen

Step = Callable[[Session], object]
STEPS: tuple[Step, ...] = (
    lambda session: session.answer("own-it"),
    lambda session: session.reach(),
    lambda session: session.pause(),
    lambda session: session.answer("wait"),
    lambda session: session.quiet(timed=True),
    lambda session: session.rewind(2),
    lambda session: session.answer("ring-now"),
    lambda session: session.say_word("tired"),
    lambda session: session.say_account("It was the time I gave."),
    lambda session: session.rate_self("C3", 4),
    lambda session: session.close_self_rating(),
    lambda session: session.contest("rating", 0, "C3", "I did ask."),
    lambda session: session.try_one("Say the time.", "Friday"),
)


def main(records: str, number: int, side: str) -> None:
    """Play until the point is reached; never returns from there."""
    saving = [-1]

    def mark(here: str) -> None:
        if saving[0] == number and here == side:
            print("STOPPED", flush=True)
            sys.stdin.read()

    class Stopping(Database):
        @contextmanager
        def writing(self) -> Iterator[Any]:
            mark("before")
            with super().writing() as connection:
                yield connection
                mark("inside")
            mark("after")

    def opening(url: str) -> Records:
        return Records(Stopping(url), FakeClock())

    practice = open_practice(records, "Sam", clock=FakeClock(), open_records=opening)
    practice.make("Sam")
    saving[0] = 0
    session = begin(practice)
    print(screen(session), flush=True)
    for step in STEPS:
        saving[0] += 1
        step(session)
        print(screen(session), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
