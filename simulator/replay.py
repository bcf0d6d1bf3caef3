"""A kept session read back: checked, and played again on the very bytes it began with."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from scenarios.load import Loaded, ScenarioError, load_bytes
from scenarios.unfold import NotOffered
from simulator.course import Course
from simulator.errors import Over, SimulatorError
from simulator.events import Began, Happened, chained, read
from simulator.kept import Kept, damage


@dataclass(frozen=True, slots=True)
class Replayed:
    """A session as it was: how it went, the scenario it was played on, and its events in order."""

    course: Course
    loaded: Loaded
    rows: tuple[Happened, ...]


class Editions:
    """Scenarios from kept bytes, read once each, for whoever goes through many sessions; the last few only."""

    _MOST = 32

    def __init__(self) -> None:
        self._read: OrderedDict[tuple[str, str], Loaded] = OrderedDict()

    def __call__(self, kept: Kept) -> Loaded:
        """The scenario of a session. Raises ValueError and ScenarioError."""
        key = kept.scenario_sha, kept.vocabulary_sha
        loaded = self._read.pop(key, None) or _bytes(kept)
        self._read[key] = loaded
        if len(self._read) > self._MOST:
            self._read.popitem(last=False)
        return loaded


def replay(kept: Kept, name: str | None, editions: Editions | None = None) -> Replayed:
    """Play it again; `name` fills `<trainee>`. Raises Damaged where anything does not hold together.

    Raises SimulatorError where the bytes are those that were kept, and this version cannot read them.
    """
    try:
        return _replay(kept, name, editions or _bytes)
    except ScenarioError as error:
        raise SimulatorError(
            "This version of Words First cannot read the scenario that session was played on.",
            "Use the version it was played with; the session is kept as it is.",
        ) from error
    except (ValueError, TypeError, NotOffered, Over) as error:
        # why is for whoever mends it; the words of the record stay out of it
        raise damage() from error


def _replay(kept: Kept, name: str | None, read_bytes: Callable[[Kept], Loaded]) -> Replayed:
    rows = _rows(kept)
    began = rows[0].event if rows else None
    if not isinstance(began, Began):
        raise ValueError("the first event is not a beginning")
    if rows[-1].seq != kept.last_seq:
        raise ValueError("the last event is not the one the session says")
    if (began.scenario, began.vocabulary) != (kept.scenario_sha, kept.vocabulary_sha):
        raise ValueError("the session names other bytes than its first event")
    loaded = read_bytes(kept)
    course = Course(loaded, began, name)
    course.take_in(rows[1:])
    return Replayed(course, loaded, rows)


def _rows(kept: Kept) -> tuple[Happened, ...]:
    """Every event in its place. Raises ValueError where one is missing, unknown, or breaks the chain."""
    rows: list[Happened] = []
    before = ""
    for place, raw in enumerate(kept.events, start=1):
        if raw.seq != place or type(raw.at_ms) is not int or type(raw.mono_ms) is not int:
            raise ValueError("an event is missing or out of its place")
        event = read(raw.kind, raw.v, raw.body)
        if chained(before, kept.id, raw.seq, raw.at_ms, raw.mono_ms, event) != raw.chain:
            raise ValueError("the chain is broken")
        rows.append(Happened(raw.seq, raw.at_ms, raw.mono_ms, event, raw.chain))
        before = raw.chain
    return tuple(rows)


def _bytes(kept: Kept) -> Loaded:
    """The scenario from the bytes that were kept. Raises ValueError where they are gone or are not those."""
    if kept.scenario is None or not kept.vocabularies:
        raise ValueError("the bytes that were kept are missing")
    if hashlib.sha256(kept.scenario).hexdigest() != kept.scenario_sha:
        raise ValueError("the bytes that were kept are not those that were played")
    if hashlib.sha256(b"".join(kept.vocabularies)).hexdigest() != kept.vocabulary_sha:
        raise ValueError("the vocabulary that was kept is not the one that was played")
    return load_bytes(kept.scenario, kept.vocabularies, kept.scenario_id, kept.scenario_id)
