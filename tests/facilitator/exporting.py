"""What the tests of the exports share: sessions of every kind, and exports of them as text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from facilitator import exports, forms, xapi
from facilitator.room import Room
from facilitator.rows import EVERYTHING, Filter
from simulator.session import Session
from tests.facilitator.rooms import played
from tests.simulator.service import FakeClock, at, begin

FORMS: dict[str, Callable[[], forms.Form]] = {"csv": forms.Csv, "jsonl": forms.JsonLines}


def shows(room: Room) -> list[dict[str, Any]]:
    """Every session as it is shown, the newest first."""
    return [room.open(row.session).whole for row in room.rows()]


def rich(folder: Path, trainee: str = "Sam", clock: FakeClock | None = None, said: str = "Yes.") -> Session:
    """A session with a reach, a pause, a second take, and something said wherever something can be."""
    clock = clock or FakeClock()
    practice = at(folder, trainee, clock=clock)
    session = begin(practice, "shared")
    session.say_confidence(4, "before")
    clock.pass_ms(2_500)
    session.reach()
    session.answer("own-it")
    session.pause()
    clock.pass_ms(10_000)
    session.unpause()
    session.suspend()
    session = practice.resume()
    clock.pass_ms(61_250)
    session.answer("ring-now")
    session.say_word(said)
    session.say_account(said)
    session.rate_self("C3", 4)
    session.close_self_rating()
    session.inquire(0, said)
    session.contest("tag", 1, "own-error", said)
    session.contest("rating", 0, "C3", said)
    session.keep_one(said)
    session.try_one(said, said)
    session.rewind(2)
    clock.pass_ms(3_000)
    session.answer("ring-now")
    return session


def stepped_out(folder: Path, trainee: str = "Sam") -> Session:
    """One that was left for good in the middle."""
    session = begin(at(folder, trainee), "shared")
    session.reach()
    session.answer("own-it")
    session.step_out()
    return session


def running(folder: Path, trainee: str = "Sam") -> Session:
    """One that has not ended."""
    session = begin(at(folder, trainee), "shared")
    session.answer("own-it")
    return session


def every_kind(folder: Path) -> None:
    """One of each."""
    for made in (rich, stepped_out, running, played):
        made(folder).close()


def rows_text(room: Room, form: str, kind: str, with_words: bool = False, which: Filter = EVERYTHING) -> str:
    """A whole export."""
    to = io.StringIO()
    exports.write_rows(room.exported(which), exports.KINDS[kind], FORMS[form](), to, with_words)
    return to.getvalue()


def rows(room: Room, kind: str, with_words: bool = False, which: Filter = EVERYTHING) -> list[dict[str, Any]]:
    """The same as plain data."""
    return [json.loads(line) for line in rows_text(room, "jsonl", kind, with_words, which).splitlines()]


def csv_rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text, its mark taken off."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def statements(room: Room) -> list[dict[str, Any]]:
    """Every statement, as it would be read back from a file."""
    to = io.StringIO()
    exports.write_statements(room.exported(), xapi.Lines(), to)
    return [json.loads(line) for line in to.getvalue().splitlines()]
