"""What the tests of the session service share: a small scenario, still clocks, records in a folder."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scenarios.load import Loaded, load_bytes
from simulator.events import Keep
from simulator.practice import Practice, open_practice
from simulator.records import Records, open_records
from simulator.session import Session

TEA = Path(__file__).with_name("tea.yaml")
GOOD_ROAD = ("own-it", "ring-now")


@cache
def tea() -> Loaded:
    """The tests' scenario."""
    return load_bytes(TEA.read_bytes(), None, str(TEA), "tea")


@dataclass
class FakeClock:
    """Clocks that stand still until moved; the wall may go back, the other never does."""

    wall: int = 1_700_000_000_000
    mono: int = 5_000

    def now_ms(self) -> int:
        return self.wall

    def mono_ms(self) -> int:
        return self.mono

    def pass_ms(self, ms: int) -> None:
        """Let time pass."""
        self.wall += ms
        self.mono += ms


def at(
    folder: Path,
    name: str | None = "Sam",
    keep: Keep = "mine",
    clock: FakeClock | None = None,
    busy_s: float = 0.05,
    pragmas: tuple[str, ...] = (),
) -> Practice:
    """A practice on the records of a folder, with a short patience for locks."""

    def opening(url: str) -> Records:
        return open_records(url, busy_s, pragmas, clock)

    return open_practice(str(records_file(folder)), name, keep, clock=clock, open_records=opening)


def records_file(folder: Path) -> Path:
    """Where `at` keeps its records."""
    return folder / "kept" / "records.sqlite3"


def begin(practice: Practice, keep: Keep = "mine", **more: Any) -> Session:
    """The scenario from its usual opening, as Marcus, in a fixed order."""
    return practice.start(tea(), keep, **{"seed": 1, "opening": "usual", "cast": "Marcus", **more})


def screen(session: Session) -> str:
    """Everything a front end could be showing, as text that can be compared."""
    shown = [asdict(line) for line in session.transcript()]
    now = session.now()
    waiting = [
        now.turn,
        now.take,
        now.said,
        now.cue,
        [offer.id for offer in now.replies],
        now.ended,
        now.ending,
    ]
    return json.dumps([shown, waiting, repr(session._course.told)])


def finish(session: Session) -> None:
    """The good road, and the trainee's own say."""
    for reply in GOOD_ROAD:
        session.answer(reply)
    own_say(session)


def own_say(session: Session) -> None:
    """A word, what happened, and one rating of their own."""
    session.say_word("tired")
    session.say_account("It was the time I gave.")
    session.rate_self("C3", 4)
    session.close_self_rating()


def wandered(session: Session, seed: int, most: int = 60) -> None:
    """Play to an ending, by replies that the seed chooses; a long way round ends by the last reply offered."""
    for step in range(most):
        now = session.now()
        if now.ended:
            return
        session.answer(now.replies[(seed + step * step * 7) % len(now.replies)].id)
    raise AssertionError("the scene did not end")


def sql(file: Path, text: str, *values: Any) -> list[tuple[Any, ...]]:
    """Behind the program's back: one statement straight on the file."""
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        return connection.execute(text, values).fetchall()
    finally:
        connection.close()


def trouble(call: Callable[[], object], kind: type[Exception]) -> Exception:
    """What a call that must fail fails with."""
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"nothing was raised, {kind.__name__} was due")
