"""One session that is spoilt, newer, cut short or without its scenario says so, and spoils no other."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import uuid
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from facilitator.cohort import gather
from facilitator.cohort_unit import Unit
from facilitator.errors import WHY, Unreadable, Why
from facilitator.facts import read_facts
from facilitator.rows import CohortFilter, Drawn, Filter
from simulator.errors import Damaged, SimulatorError
from tests.facilitator.bulk import fill
from tests.facilitator.rooms import played, room_at
from tests.simulator.service import TEA, at, records_file, sql

Spoil = Callable[[Path, str], None]


def on_events(change: str, place: int = 3) -> Spoil:
    """Change one event behind the program's back."""

    def spoil(file: Path, key: str) -> None:
        sql(file, f"UPDATE event SET {change} WHERE session_id = ? AND seq = ?", key, place)

    return spoil


def on_session(change: str) -> Spoil:
    """Change the session's row."""

    def spoil(file: Path, key: str) -> None:
        sql(file, f"UPDATE session SET {change} WHERE id = ?", key)

    return spoil


def cut(file: Path, key: str) -> None:
    """Leave out the last events, as a write that was torn would."""
    sql(file, "DELETE FROM event WHERE session_id = ? AND seq > 2", key)


def emptied(file: Path, key: str) -> None:
    """Leave out every event."""
    sql(file, "DELETE FROM event WHERE session_id = ?", key)


def gap(file: Path, key: str) -> None:
    """Leave out one in the middle."""
    sql(file, "DELETE FROM event WHERE session_id = ? AND seq = 3", key)


def gone(file: Path, key: str) -> None:
    """Take its scenario away."""
    sql(file, "UPDATE session SET scenario_sha = ? WHERE id = ?", "f" * 64, key)


def vocabulary_gone(file: Path, key: str) -> None:
    """Take its vocabulary away."""
    sql(file, "UPDATE session SET vocabulary_sha = ? WHERE id = ?", "f" * 64, key)


def from_tomorrow(kind: str, v: int) -> Spoil:
    """Add an event as a later version would: its chain holds, its kind is not known here."""

    def spoil(file: Path, key: str) -> None:
        seq, before = sql(
            file, "SELECT seq, chain FROM event WHERE session_id = ? ORDER BY seq DESC LIMIT 1", key
        )[0]
        at_ms, mono_ms = sql(
            file, "SELECT at_ms, mono_ms FROM event WHERE session_id = ? AND seq = ?", key, seq
        )[0]
        dashed = f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"
        row = json.dumps(
            [dashed, seq + 1, at_ms, mono_ms, kind, v, {"tone": "calm"}],
            sort_keys=True,
            separators=(",", ":"),
        )
        chain = hashlib.sha256(f"{before}{row}".encode()).hexdigest()
        added = (key, seq + 1, at_ms, mono_ms, kind, v, '{"tone":"calm"}', chain)
        sql(file, "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", *added)
        sql(file, "UPDATE session SET last_seq = ? WHERE id = ?", seq + 1, key)

    return spoil


SPOILT: dict[str, tuple[Spoil, Why]] = {
    "a word changed": (on_events("body = replace(body, 'word1', 'wore1')", 4), "damaged"),
    "a time changed": (on_events("mono_ms = mono_ms + 1"), "damaged"),
    "no JSON": (on_events("body = '{'"), "damaged"),
    "JSON of another kind": (on_events("body = '[1, 2]'"), "damaged"),
    "no text": (on_events("body = CAST(x'ff22fe' AS TEXT)"), "damaged"),
    "a kind that is no text": (on_events("kind = CAST(x'fffe' AS TEXT)"), "damaged"),
    "a number that is text": (on_events("at_ms = 'noon'"), "damaged"),
    "a title that is no text": (on_session("title = CAST(x'ff' AS TEXT)"), "damaged"),
    "a kind that was overwritten": (on_events("kind = 'answerex'"), "damaged"),
    "an event in the middle missing": (gap, "damaged"),
    "a day that is none": (on_session("started_ms = 'yesterday'"), "damaged"),
    "cut short": (cut, "half-written"),
    "begun and nothing written": (emptied, "half-written"),
    "its scenario gone": (gone, "scenario-gone"),
    "its vocabulary gone": (vocabulary_gone, "scenario-gone"),
    "a kind of tomorrow": (from_tomorrow("sung", 1), "newer"),
    "a later version of a kind": (from_tomorrow("word", 2), "newer"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_it_is_shown_as_what_it_is_and_the_rest_is_whole(tmp_path: Path, case: str) -> None:
    before, spoilt = (played(tmp_path, word=f"word{place}") for place in range(2))
    spoil, why = SPOILT[case]
    sql(records_file(tmp_path), "PRAGMA foreign_keys = OFF")
    spoil(records_file(tmp_path), spoilt.id.replace("-", ""))
    room = room_at(tmp_path)
    assert {row.session for row in room.page()} == {before.id, spoilt.id} and room.count() == 2
    exported = {each.session: each for each in room.exported()}
    assert (exported[spoilt.id].state, exported[spoilt.id].why) == ("damaged", why)
    with pytest.raises(Unreadable) as refused:
        room.open(spoilt.id)
    assert refused.value.why == why and (refused.value.message, refused.value.advice) == WHY[why]
    assert isinstance(refused.value, Damaged)
    assert (exported[before.id].state, exported[before.id].why) == ("ended", None)
    review = room.open(before.id)
    assert review.whole["debrief"]["word"] == "word0"
    review.note(1, "Whole.", True)
    listed = {row.session: row.state for row in room.page()}
    assert listed[before.id] == "ended"
    assert listed[spoilt.id] == ("damaged" if why in ("damaged", "half-written") else "ended")


def test_what_was_looked_at_in_vain_is_on_the_trail(tmp_path: Path) -> None:
    session = played(tmp_path)
    cut(records_file(tmp_path), session.id.replace("-", ""))
    room = room_at(tmp_path)
    with pytest.raises(Unreadable):
        room.open(session.id)
    assert [line.act for line in room.audit_lines(session.id)] == ["opened"]


FACTS_SPOILT = (
    "body = '{'",
    "body = CAST(x'ff' AS TEXT)",
    "body = replace(body, 'kind', 'cruel')",
    "seq = 7",
    "at_ms = 'x'",
    "at_ms = at_ms + 1",
    "facilitator_id = facilitator_id || 'x'",
    "facilitator_id = replace(facilitator_id, substr(facilitator_id, 1, 8), '00000000')",
)


@pytest.mark.parametrize("change", FACTS_SPOILT)
def test_a_spoilt_fact_spoils_its_session_alone(tmp_path: Path, change: str) -> None:
    spoilt, whole = played(tmp_path), played(tmp_path)
    room = room_at(tmp_path)
    for session in (spoilt, whole):
        room.open(session.id).note(1, "You were kind.", True)
    key = spoilt.id.replace("-", "")
    file = records_file(tmp_path)
    sql(file, f"UPDATE review_fact SET {change} WHERE session_id = ?", key)
    with pytest.raises(Unreadable) as refused:
        room.open(spoilt.id)
    assert refused.value.why == "damaged"
    assert room.open(whole.id).facts[0].body["text"] == "You were kind."
    states = {each.session: each.state for each in room.exported()}
    assert states == {spoilt.id: "damaged", whole.id: "ended"}


def test_facts_are_chained_to_their_session_and_author(tmp_path: Path) -> None:
    session, other = played(tmp_path), played(tmp_path)
    room = room_at(tmp_path)
    review = room.open(session.id)
    review.note(1, "One.", True)
    review.note(1, "Two.", True)
    keys = [uuid.UUID(session.id), uuid.UUID(other.id)]
    with room._store._database.reading() as connection:
        facts = read_facts(connection, keys)
    assert facts[keys[1]] == () and len(facts[keys[0]] or ()) == 2
    sql(
        records_file(tmp_path),
        "UPDATE review_fact SET session_id = ? WHERE seq = 1",
        other.id.replace("-", ""),
    )
    with room._store._database.reading() as connection:
        assert read_facts(connection, keys) == {keys[0]: None, keys[1]: None}


def test_a_fact_of_tomorrow_is_passed_over(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    review = room.open(session.id)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("facilitator.store.VERSION", 2)
        review.note(1, "In tomorrow's way.", True)
    again = room.open(session.id)
    assert again.state == "begun" and again.said.notes == [] and again.facts[0].v == 2


def test_pictures_that_are_none_are_passed_over(tmp_path: Path) -> None:
    spoilt, whole = played(tmp_path), played(tmp_path)
    room = room_at(tmp_path)
    for body in ("{", "[]", "null"):
        sql(
            records_file(tmp_path),
            "UPDATE picture SET body = ? WHERE session_id = ?",
            body,
            spoilt.id.replace("-", ""),
        )
        assert [drawn.session for drawn, _ in room.pictures()] == [whole.id]


@pytest.mark.parametrize("seed", range(4))
def test_only_first_plays_are_read_and_the_group_picture_is_the_same(tmp_path: Path, seed: int) -> None:
    """Sessions of six people in three scenes, many begun in one instant; some pictures and rows are spoilt."""
    session = played(tmp_path)
    whole = json.loads(sql(records_file(tmp_path), "SELECT body FROM picture")[0][0])
    room, draw = room_at(tmp_path), random.Random(seed)
    rows = fill(records_file(tmp_path), 120, seed)
    made, damaged = [], []
    for place, row in enumerate(rows):
        # each has its own figures, so that it is seen which of them counted
        body = json.dumps({**whole, "confidence": {"before": place, "after": place}})
        made.append((row["session_id"].hex, draw.choice((body, body, body, "{", "[]"))))
        if draw.random() < 0.1:
            damaged.append((row["session_id"].hex,))
    with closing(sqlite3.connect(records_file(tmp_path))) as connection, connection:
        connection.executemany("INSERT INTO picture (session_id, body) VALUES (?, ?)", made)
        connection.executemany("UPDATE shared SET state = 'damaged' WHERE session_id = ?", damaged)
    every = list(room.pictures())
    firsts = list(room.first_pictures())
    assert len(firsts) == len({(drawn.scenario, drawn.learner) for drawn, _ in every}) < len(every)
    assert units(firsts) == units(every) and session.id in {drawn.session for drawn, _ in firsts}
    for scenario in ("desk", "tea", "nowhere"):
        assert units(room.first_pictures(scenario)) == units(room.pictures(CohortFilter(scenario)))


def units(pictures: Iterable[tuple[Drawn, dict[str, Any]]]) -> dict[str, list[Unit]]:
    """Who counts in each scene, and with what."""
    return {
        name: sorted(scene.units, key=lambda unit: unit.learner) for name, scene in gather(pictures).items()
    }


def test_a_damaged_one_is_in_no_group_picture(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    assert len(list(room.pictures())) == 1
    on_events("mono_ms = mono_ms + 1")(records_file(tmp_path), session.id.replace("-", ""))
    with pytest.raises(Unreadable):
        room.open(session.id)
    assert list(room.pictures()) == [] and room.count(Filter(state="damaged")) == 1


def test_a_session_goes_on_with_the_scenario_it_began_with(tmp_path: Path) -> None:
    from scenarios.load import load_bytes

    file = tmp_path / "mine.yaml"
    file.write_bytes(TEA.read_bytes())
    session = at(tmp_path).start(
        load_bytes(file.read_bytes(), None, str(file), "mine"), "shared", opening="usual"
    )
    session.answer("own-it")
    file.unlink()
    whole: dict[str, Any] = room_at(tmp_path).open(session.id).whole
    assert whole["scenario"] == "mine" and len(whole["takes"][0]["turns"]) == 1


def test_a_byte_that_flips_anywhere_is_a_sentence_at_most(tmp_path: Path) -> None:
    sessions = [played(tmp_path, word=f"word{place}", group="North") for place in range(3)]
    room_at(tmp_path).open(sessions[0].id).note(1, "You were kind.", True)
    file = records_file(tmp_path)
    whole, draw = file.read_bytes(), random.Random(5)
    for _ in range(8):
        spoilt = bytearray(whole)
        spoilt[draw.randrange(len(spoilt))] ^= 1 << draw.randrange(8)
        file.write_bytes(spoilt)
        try:
            room = room_at(tmp_path)
        except SimulatorError:
            continue
        asks: list[Callable[[], object]] = [room.page, room.count, room.audit_lines]
        asks += [partial(list, room.pictures()), partial(list, room.exported())]
        asks += [partial(room.open, session.id) for session in sessions]
        for ask in asks:
            with suppress(SimulatorError):
                ask()
        room.close()
