"""What a session came to: written with the event it follows from, equal to a replay, without a typed word."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from scoring.rating import rate_play
from simulator.errors import StoreTrouble
from simulator.records import summed
from simulator.replay import replay
from simulator.session import Session
from tests.simulator.service import at, begin, finish, own_say, records_file, sql, tea, wandered

PLANTED = "heliotrope"


def drawn(folder: Path, session: Session) -> Any:
    """The picture that is kept of a session; None where there is none."""
    key = uuid.UUID(session.id).hex
    rows = sql(records_file(folder), "SELECT body FROM picture WHERE session_id = ?", key)
    return json.loads(rows[0][0]) if rows else None


def columns(folder: Path, session: Session) -> dict[str, Any]:
    """What stands in the session's own row of what follows from its events."""
    names = ("keep", "state", "last_seq", "outcome", "takes", "turns", "told", "ended_ms")
    key = uuid.UUID(session.id).hex
    row = sql(records_file(folder), f"SELECT {', '.join(names)} FROM session WHERE id = ?", key)[0]
    return dict(zip(names, row, strict=True))


def agrees(folder: Path, session: Session) -> None:
    """A replay of the events comes to exactly what is kept beside them."""
    practice = at(folder)
    records, me = practice._records(), practice._mine()
    replayed = replay(records.read(me, uuid.UUID(session.id)), None)
    summary = replayed.course.summary()
    assert summary.picture == drawn(folder, session)
    assert summed(replayed.rows, summary, session.keep) == columns(folder, session)
    practice.close()


def test_there_is_none_before_an_ending_and_none_of_who_stepped_out(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    session.answer("own-it")
    assert drawn(tmp_path, session) is None
    session.answer("ring-now")
    assert drawn(tmp_path, session)["takes"][0]["ending"] == "tea"
    session.rewind(1)
    assert drawn(tmp_path, session)["takes"][1]["ending"] is None
    session.step_out()
    assert drawn(tmp_path, session) is None


def test_it_holds_what_was_played_and_rated(tmp_path: Path) -> None:
    session = begin(at(tmp_path), confidence=3)
    session.reach()
    finish(session)
    session.say_confidence(8)
    session.contest("rating", 0, "C1", "I see that differently.")
    found = drawn(tmp_path, session)
    assert found["takes"] == [
        {
            "take": 1,
            "from_take": None,
            "from_turn": 0,
            "turns": [
                [1, "where-is-it", "own-it", "what-now", 5, 4, 6, 6, found["takes"][0]["turns"][0][8]],
                [2, "what-now", "ring-now", "tea", 4, 3, 8, 6, found["takes"][0]["turns"][1][8]],
            ],
            "reaches": [[1, 5]],
            "ending": "tea",
            "outcome": "settled",
        }
    ]
    assert (found["found"], found["not_found"]) == (["waited"], ["sugar"])
    assert (found["self"], found["blind"], found["contests"]) == ({"C3": 4}, True, 1)
    assert found["confidence"] == {"before": 3, "after": 8}
    rated = rate_play(session._course.play).first
    assert {name: each[1] for name, each in found["ratings"].items()} == {
        name: rating.opportunities for name, rating in rated.items()
    }
    assert all(len(found["evidence"][name]) == each[1] for name, each in found["ratings"].items())


@pytest.mark.parametrize("seed", range(6))
def test_it_is_what_a_replay_comes_to_after_every_event(tmp_path: Path, seed: int) -> None:
    session = at(tmp_path).start(tea(), "shared" if seed % 2 else "mine", seed=seed)
    wandered(session, seed)
    agrees(tmp_path, session)
    own_say(session)
    session.contest("rating", 0, "C1", "No.")
    agrees(tmp_path, session)
    session.rewind(1)
    agrees(tmp_path, session)
    wandered(session, seed + 1)
    session.try_one("Wait.", "Friday")
    session.suspend()
    agrees(tmp_path, session)


def test_no_word_that_was_typed_is_in_it(tmp_path: Path) -> None:
    session = begin(at(tmp_path, PLANTED))
    finish(session)
    session.say_word(PLANTED)
    session.say_account(PLANTED)
    session.inquire(0, PLANTED)
    session.contest("rating", 0, "C1", PLANTED)
    session.keep_one(PLANTED)
    session.try_one(PLANTED, PLANTED)
    assert PLANTED not in json.dumps(session._course.summary().picture)


def test_it_goes_with_its_session(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    finish(session)
    session.set_keep("none")
    assert sql(records_file(tmp_path), "SELECT count(*) FROM picture") == [(0,)]


def test_it_is_kept_when_a_session_is_kept_after_all(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "none")
    finish(session)
    session.set_keep("mine")
    agrees(tmp_path, session)


def test_it_is_written_with_its_event_or_not_at_all(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    session.answer("own-it")
    sql(records_file(tmp_path), "ALTER TABLE picture RENAME TO aside")
    with pytest.raises(StoreTrouble):
        session.answer("ring-now")
    assert sql(records_file(tmp_path), "SELECT max(seq) FROM event") == [(2,)]
    sql(records_file(tmp_path), "ALTER TABLE aside RENAME TO picture")
    session.answer("ring-now")
    agrees(tmp_path, session)
