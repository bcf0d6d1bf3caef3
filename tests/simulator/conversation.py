"""Conversations with plain mode for tests: what is typed shows among what is said, as `> line`."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from scenarios.load import Loaded
from scenarios.shelf import Entry, Shelf
from simulator.plain import run
from simulator.practice import Practice, open_practice
from simulator.start import Start
from tests.simulator.service import tea

BEGIN: Final = ("", "", "")
"""Enter for what is kept, for confidence and to begin."""


class Typing(io.StringIO):
    """Lines typed one after the other; each shows in the conversation when it is read."""

    def __init__(self, lines: Iterable[str], sink: io.StringIO) -> None:
        super().__init__("".join(f"{line}\n" for line in lines))
        self.sink = sink

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # the io stubs disagree with io
        line = super().readline(size)
        if line:
            self.sink.write(f"> {line}" if line.strip() else ">\n")
        return line


def shelf_of(*loaded: Loaded) -> Shelf:
    return Shelf(tuple(entry_of(each) for each in loaded))


def entry_of(loaded: Loaded) -> Entry:
    made = loaded.scenario
    return Entry(
        loaded.id,
        made.title,
        made.summary.replace("<name>", made.person.cast[0].name),
        made.role,
        made.minutes,
        made.content_notes,
        bool(made.credits.lived_experience_review),
        loaded.path,
        loaded.version,
    )


def practice_in(folder: Path, acting: str | None = "Sam") -> Practice:
    return open_practice(str(folder / "records.sqlite3"), acting)


def talk(practice: Practice, lines: Iterable[str], start: Start | None = None) -> tuple[int, str]:
    """Exit code and the whole conversation."""
    sink = io.StringIO()
    begin = start or Start(loaded=tea(), opening="usual", cast="Marcus", seed=3)
    code = run(practice, shelf=shelf_of(tea()), start=begin, source=Typing(lines, sink), sink=sink)
    return code, sink.getvalue()
