"""A session carried to another machine arrives whole or not at all, and can pretend to be nobody there."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from facilitator import handover
from facilitator.handover import MAGIC, opened, sealed
from facilitator.receiving import Received, receive
from facilitator.verifying import verify
from simulator.database import Database
from simulator.errors import WrongPin
from tests.facilitator.handing import WORDS, everything, home, reviewed, take_in, told, ward
from tests.facilitator.rooms import played, room_at
from tests.simulator.service import FakeClock, at, records_file, sql

# whole


def test_what_arrives_is_what_was_there_with_its_review(tmp_path: Path) -> None:
    session, data = reviewed(tmp_path)
    room = room_at(ward(tmp_path))
    assert take_in(tmp_path, data, "Spring") == Received("new", session, "Sam")
    (row,) = room.page()
    assert (row.session, row.trainee, row.group, row.review_state, row.outcome) == (
        session, "Sam", "Spring", "signed", "settled",
    )  # fmt: skip
    here, there = room.open(session), room_at(home(tmp_path)).open(session)
    for part in ("debrief", "pauses", "confidence", "started", "state"):
        assert here.whole[part] == there.whole[part]
    assert [take["turns"] for take in here.whole["takes"]] == [take["turns"] for take in there.whole["takes"]]
    assert [(fact.name, fact.kind, fact.body) for fact in here._all] == [
        (f"{fact.name} (elsewhere)", fact.kind, fact.body) for fact in there._all
    ]
    assert [fact.when for fact in here._all] == [fact.when for fact in there._all]
    events = "SELECT session_id, seq, at_ms, kind, body, chain FROM event"
    assert sql(records_file(home(tmp_path)), events) == sql(records_file(ward(tmp_path)), events)
    database = Database(f"sqlite:///{records_file(ward(tmp_path))}")
    assert verify(database, lambda _: None).right
    database.close()
    room.close()


def test_receiving_twice_changes_nothing(tmp_path: Path) -> None:
    session, data = reviewed(tmp_path)
    room_at(ward(tmp_path)).close()
    take_in(tmp_path, data)
    before = everything(ward(tmp_path))
    assert take_in(tmp_path, data, "Elsewhere", FakeClock(2_000_000_000_000)).outcome == "known"
    assert everything(ward(tmp_path)) == before
    assert sql(records_file(ward(tmp_path)), "SELECT actor, act FROM audit WHERE session_id IS NOT NULL") == [
        ("Bea", "received")
    ]
    assert take_in(tmp_path, data).session == session


def test_where_it_was_made_nothing_changes_even_when_it_was_taken_back(tmp_path: Path) -> None:
    session = played(home(tmp_path), "Sam")
    data = sealed(at(home(tmp_path), "Sam").hand_over(session.id), (), WORDS)
    session.set_keep("mine")
    before = everything(home(tmp_path))
    database = Database(f"sqlite:///{records_file(home(tmp_path))}")
    assert receive(database, FakeClock(), opened(data, WORDS), "Bea").outcome == "known"
    database.close()
    assert everything(home(tmp_path)) == before


def test_what_happened_since_is_added_and_what_is_here_longer_stays(tmp_path: Path) -> None:
    session = played(home(tmp_path), "Sam")
    practice = at(home(tmp_path), "Sam")
    first = sealed(practice.hand_over(session.id), (), WORDS)
    session.keep_one("giving a time")
    room = room_at(home(tmp_path))
    room.open(session.id).note(1, "You gave a time.", True)
    second = sealed(*room.hand_over(session.id), WORDS)
    room.close()
    outcomes = [take_in(tmp_path, data).outcome for data in (first, second, first, second)]
    assert outcomes == ["new", "more", "known", "known"]
    here = room_at(ward(tmp_path)).open(session.id)
    assert here.whole["debrief"]["to_keep"] == "giving a time" and len(here.facts) == 1


def test_a_review_on_both_machines_loses_nothing(tmp_path: Path) -> None:
    session, data = reviewed(tmp_path)
    take_in(tmp_path, data)
    here = room_at(ward(tmp_path)).open(session)
    here.reopen("One thing more.")
    here.note(2, "From the ward.", True)
    there = room_at(home(tmp_path)).open(session)
    there.reopen("At home too.")
    there.note(2, "From home.", True)
    assert take_in(tmp_path, sealed(*room_at(home(tmp_path)).hand_over(session), WORDS)).outcome == "more"
    texts = [fact.body.get("text") for fact in room_at(ward(tmp_path)).open(session).facts]
    assert {"From the ward.", "From home.", "You gave a time."} <= set(texts)
    database = Database(f"sqlite:///{records_file(ward(tmp_path))}")
    assert verify(database, lambda _: None).right
    database.close()


def test_where_both_went_on_differently_nothing_is_changed(tmp_path: Path) -> None:
    _, data = reviewed(tmp_path)
    take_in(tmp_path, data)
    sql(records_file(ward(tmp_path)), "UPDATE event SET chain = 'x' WHERE seq = 2")
    before = everything(ward(tmp_path))
    assert "went on differently" in told(lambda: take_in(tmp_path, data)).message
    assert everything(ward(tmp_path)) == before


# who


def test_a_trainees_own_file_holds_nothing_that_facilitators_said(tmp_path: Path) -> None:
    session, _ = reviewed(tmp_path)
    own = opened(sealed(at(home(tmp_path), "Sam").hand_over(session), (), WORDS), WORDS)
    assert own.said == [] and "corridor" not in own.model_dump_json()


def test_what_is_kept_for_oneself_is_not_handed_over(tmp_path: Path) -> None:
    session = played(home(tmp_path), "Sam", "mine")
    assert "kept for you alone" in told(lambda: at(home(tmp_path), "Sam").hand_over(session.id)).message
    assert "no such session" in told(lambda: room_at(home(tmp_path)).hand_over(session.id)).message
    assert "no such session" in told(lambda: at(home(tmp_path), "Alex").hand_over(session.id)).message


def test_that_it_was_handed_over_is_on_the_trail(tmp_path: Path) -> None:
    session, _ = reviewed(tmp_path)
    at(home(tmp_path), "Sam").hand_over(session)
    lines = sql(records_file(home(tmp_path)), "SELECT actor, session_id FROM audit WHERE act = 'handed over'")
    assert lines == [("Bea", uuid.UUID(session).hex), ("a trainee", uuid.UUID(session).hex)]


def test_somebody_of_the_same_name_stays_apart_and_later_sessions_join_theirs(tmp_path: Path) -> None:
    here = played(ward(tmp_path), "Sam")
    _, first = reviewed(tmp_path)
    second = sealed(at(home(tmp_path), "Sam").hand_over(played(home(tmp_path), "sam").id), (), WORDS)
    assert [take_in(tmp_path, data).trainee for data in (first, second)] == ["Sam (2)", "Sam (2)"]
    assert [row.session for row in at(ward(tmp_path), "Sam").sessions()] == [here.id]
    assert sql(records_file(ward(tmp_path)), "SELECT count(DISTINCT learner_id) FROM shared") == [(2,)]


def test_nobody_here_can_act_as_who_practises_elsewhere(tmp_path: Path) -> None:
    _, data = reviewed(tmp_path)
    take_in(tmp_path, data)
    assert at(ward(tmp_path), "Alex").trainees() == []
    practice = at(ward(tmp_path), "Sam")
    assert practice.locked
    with pytest.raises(WrongPin):
        practice.unlock("elsewhere")
    with pytest.raises(WrongPin):
        practice.sessions()


def test_a_facilitator_from_elsewhere_cannot_come_in_and_takes_nobodys_name(tmp_path: Path) -> None:
    _, data = reviewed(tmp_path)
    room = room_at(ward(tmp_path))
    take_in(tmp_path, data)
    assert room.names == ["Bea"]
    assert {fact.name for fact in room.open(room.page()[0].session).facts} == {"Bea (elsewhere)"}


def test_their_accounts_name_is_veiled_here_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import getpass

    monkeypatch.setattr(getpass, "getuser", lambda: "priya.sharma")
    session = played(home(tmp_path), "Quiet Heron", word="Priya was tired")
    data = sealed(*room_at(home(tmp_path)).hand_over(session.id), WORDS)
    monkeypatch.setattr(getpass, "getuser", lambda: "ward-pc")
    take_in(tmp_path, data)
    assert "Priya" not in json.dumps(room_at(ward(tmp_path)).open(session.id).whole)
    monkeypatch.setattr(getpass, "getuser", lambda: "priya.sharma")
    practice = at(ward(tmp_path), None)
    assert practice.trainee().name != "Quiet Heron", "the account is nobody's here"


# not whole


def damaged_everywhere(data: bytes) -> list[bytes]:
    """The file with one bit turned over in every part of it, and cut at several places."""
    places = [
        *range(len(MAGIC) + 1, len(MAGIC) + 60, 7),
        *range(120, len(data), len(data) // 12),
        len(data) - 1,
    ]
    turned = [data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :] for place in places]
    return [
        *turned,
        *(data[:length] for length in (len(MAGIC), len(MAGIC) + 1, 40, 70, 71, 100, len(data) - 1)),
    ]


def test_a_damaged_or_cut_file_is_one_sentence(tmp_path: Path) -> None:
    _, data = reviewed(tmp_path)
    for spoilt in [*damaged_everywhere(data), data + b"x"]:
        error = told(lambda spoilt=spoilt: opened(spoilt, WORDS))  # type: ignore[misc]
        assert error.message == "That file is damaged or was cut short on its way." and error.advice


def test_another_passphrase_another_kind_of_file_and_a_newer_one_are_each_told(tmp_path: Path) -> None:
    _, data = reviewed(tmp_path)
    assert "passphrase does not fit" in told(lambda: opened(data, "slow linnet quiet heron")).message
    assert "not a file from `hand-over`" in told(lambda: opened(b"PK\x03\x04" + data, WORDS)).message
    assert "not a file from `hand-over`" in told(lambda: opened(b"", WORDS)).message
    newer = data[: len(MAGIC)] + b"\x02" + data[len(MAGIC) + 1 :]
    assert "newer version" in told(lambda: opened(newer, WORDS)).message
    assert opened(data, f"  {WORDS} ").session, "spaces around it are nobody's meaning"


def test_a_short_passphrase_seals_nothing(tmp_path: Path) -> None:
    session = played(home(tmp_path), "Sam")
    handed_over = at(home(tmp_path), "Sam").hand_over(session.id)
    assert "at least 12" in told(lambda: sealed(handed_over, (), "short")).message


def test_no_word_of_it_is_in_the_file(tmp_path: Path) -> None:
    session, data = reviewed(tmp_path)
    for word in (b"heliotrope", b"corridor", b"Sam", b"trolley", session.encode()):
        assert word not in data


def test_guessing_costs_what_libsodium_calls_moderate(monkeypatch: pytest.MonkeyPatch) -> None:
    from nacl.pwhash import argon2id

    monkeypatch.undo()
    assert (handover.ROUNDS, handover.MEMORY) == (argon2id.OPSLIMIT_MODERATE, argon2id.MEMLIMIT_MODERATE)
