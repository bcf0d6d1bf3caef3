"""Whoever asks is answered about their own sessions alone, and cannot tell another's from none."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.errors import NotFound, NotYours
from simulator.events import happened
from simulator.records import Records
from simulator.session import Session
from tests.simulator.service import at, begin, screen

NAMES = ("Sam", "Alex", "Jo")
owners = st.lists(st.sampled_from(NAMES), min_size=1, max_size=5)


def questions(records: Records, me: uuid.UUID, session: Session) -> list[Callable[[], object]]:
    """Everything that can be asked of the records about one session."""
    key = uuid.UUID(session.id)
    last = session._rows[-1]
    row = happened(last.chain, session.id, last.seq + 1, 0, 0, last.event)
    summary = session._course.summary()
    return [
        lambda: records.read(me, key),
        lambda: records.named(me, session.id),
        lambda: records.named(me, session.id[:8]),
        lambda: records.append(me, key, [row], summary, "shared"),
        lambda: records.erase(me, key),
    ]


@settings(max_examples=15, deadline=None)
@given(owners=owners, asking=st.sampled_from(NAMES), shared=st.booleans())
def test_nobody_reads_changes_or_erases_anothers(owners: list[str], asking: str, shared: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        sessions = {name: [] for name in NAMES}  # type: dict[str, list[Session]]
        for name in owners:
            session = begin(at(Path(folder), name), "shared" if shared else "mine")
            session.reach()
            sessions[name].append(session)
        practice = at(Path(folder), asking)
        mine = {session.id for session in sessions[asking]}
        assert {row.session for row in practice.sessions()} == mine
        assert {row.session for row in practice.unfinished()} == mine
        records, me = practice._records(), practice._mine()
        assert set(records.own(me)) == mine
        absent = _said(lambda: records.read(me, uuid.uuid4()))
        for name in NAMES:
            for session in sessions[name]:
                if name == asking:
                    assert practice.show(session.id)["session"] == session.id
                    continue
                shown = screen(session)
                for question in questions(records, me, session):
                    assert _said(question) == absent
                assert records.last(me, uuid.UUID(session.id)) == (0, "")
                records.damaged(me, uuid.UUID(session.id))
                for ask in (practice.show, practice.resume, practice.erase):
                    try:
                        ask(session.id)
                    except NotFound:
                        continue
                    raise AssertionError("another's session was given away")
                assert at(Path(folder), name).sessions()[0].state == "running"
                assert screen(at(Path(folder), name).resume(session.id)) == shown
        practice.close()


def _said(question: Callable[[], object]) -> str:
    try:
        question()
    except NotYours as refusal:
        return str(refusal)
    raise AssertionError("another's session was given away")
