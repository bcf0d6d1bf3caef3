"""What a trainee shares is there for facilitators while they share it; what they do not is nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import NotFound, SimulatorError
from simulator.events import Keep
from simulator.sharing import quarter, search_row
from tests.simulator.service import FakeClock, at, begin, finish, records_file, sql

RARE = "Zwetschgendatschi"


def rows(folder: Path) -> list[dict[str, Any]]:
    """Everything that facilitators' queries start from."""
    names = [name for _, name, *_ in sql(records_file(folder), "PRAGMA table_info(shared)")]
    return [dict(zip(names, row, strict=True)) for row in sql(records_file(folder), "SELECT * FROM shared")]


def found(folder: Path, word: str) -> int:
    """How many sessions the index has for a word."""
    return int(sql(records_file(folder), "SELECT count(*) FROM search WHERE search MATCH ?", word)[0][0])


def in_the_file(folder: Path, word: str) -> bool:
    """Whether any byte sequence in the folder's files is this word, in the capitals of the index or of the text."""
    held = b"".join(path.read_bytes() for path in records_file(folder).parent.iterdir() if path.is_file())
    return word.encode() in held or word.lower().encode() in held


@pytest.mark.parametrize("keep", ["none", "mine"])
def test_what_is_not_shared_has_no_row(tmp_path: Path, keep: Keep) -> None:
    practice = at(tmp_path)
    practice.make("Sam")
    session = begin(practice, keep)
    finish(session)
    session.say_word(RARE)
    assert rows(tmp_path) == [] and found(tmp_path, RARE) == 0
    session.close()


def test_a_shared_one_is_followed_turn_by_turn(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "shared")
    (row,) = rows(tmp_path)
    assert (row["state"], row["outcome"], row["review_state"], row["contested"]) == (
        "running",
        None,
        "waiting",
        0,
    )
    assert (row["name_key"], row["group_name"], row["scenario_id"]) == ("sam", "", "tea")
    finish(session)
    (row,) = rows(tmp_path)
    assert (row["state"], row["outcome"]) == ("ended", "settled")
    session.contest("tag", 1, "own-error", "I only said what was so.", take=1)
    assert rows(tmp_path)[0]["contested"] == 1
    assert found(tmp_path, "tired") == 1


def test_sharing_afterwards_brings_everything_along(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "mine")
    finish(session)
    session.contest("tag", 1, "own-error", f"It was a {RARE}.", take=1)
    session.set_keep("shared")
    (row,) = rows(tmp_path)
    assert (row["state"], row["outcome"], row["contested"]) == ("ended", "settled", 1)
    assert found(tmp_path, RARE) == 1


@pytest.mark.parametrize("to", ["mine", "none"])
def test_until_a_review_begins_it_can_be_taken_back(tmp_path: Path, to: Keep) -> None:
    session = begin(at(tmp_path), "shared")
    finish(session)
    session.say_word(RARE)
    assert found(tmp_path, RARE) == 1
    session.set_keep(to)
    assert rows(tmp_path) == [] and found(tmp_path, RARE) == 0
    assert in_the_file(tmp_path, RARE) == (to == "mine"), "what is kept for the trainee stays theirs"


@pytest.mark.parametrize("state", ["begun", "signed"])
def test_once_a_review_has_begun_it_cannot(tmp_path: Path, state: str) -> None:
    practice = at(tmp_path)
    session = begin(practice, "shared")
    finish(session)
    sql(records_file(tmp_path), "UPDATE shared SET review_state = ?", state)
    for to in ("mine", "none"):
        with pytest.raises(SimulatorError, match="A review of this session has begun"):
            session.set_keep(to)
        assert session.keep == "shared"
    with pytest.raises(SimulatorError, match="A review of this session has begun"):
        practice.erase(session.id)
    assert len(rows(tmp_path)) == 1
    session.keep_one("I can still say something about it.")
    assert practice.show(session.id)["debrief"]["to_keep"] == "I can still say something about it."


def test_shared_again_is_shared_from_then_on(tmp_path: Path) -> None:
    clock = FakeClock()
    session = begin(at(tmp_path, clock=clock), "shared")
    first = rows(tmp_path)[0]["shared_ms"]
    session.set_keep("mine")
    clock.pass_ms(60_000)
    session.set_keep("shared")
    assert rows(tmp_path)[0]["shared_ms"] == first + 60_000


def test_erased_words_leave_no_trace_in_any_file(tmp_path: Path) -> None:
    practice = at(tmp_path)
    for place in range(6):
        # what is written between makes the index keep its words in several parts
        other = begin(practice, "shared")
        finish(other)
        other.say_word(f"{RARE} {place}" if place == 3 else f"filler {place}")
        if place == 3:
            other.say_word(f"another {RARE}")
            gone = other.id
    assert in_the_file(tmp_path, RARE)
    practice.erase(gone)
    assert not in_the_file(tmp_path, RARE)
    assert found(tmp_path, "filler") == 5


def test_a_word_that_was_said_anew_is_found_as_it_is_now(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "shared")
    finish(session)
    session.say_word("marmalade")
    assert found(tmp_path, "marmalade") == 1
    assert sql(records_file(tmp_path), "SELECT count(*) FROM search")[0][0] == 1


def test_the_computer_accounts_name_is_not_to_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "priya.sharma")
    session = begin(at(tmp_path, "Quiet Heron"), "shared")
    finish(session)
    session.say_word("Priya was tired, said Sharma")
    assert found(tmp_path, "priya") == found(tmp_path, "sharma") == 0
    assert found(tmp_path, "heron") == 1


def test_a_new_name_is_found_under_its_letters(tmp_path: Path) -> None:
    practice = at(tmp_path)
    begin(practice, "shared")
    practice.rename("Ægir")
    assert rows(tmp_path)[0]["name_key"] == "ægir"


def test_what_was_shared_while_in_no_group_goes_along_into_one(tmp_path: Path) -> None:
    practice = at(tmp_path)
    first, begun = begin(practice, "shared"), begin(practice, "shared")
    sql(
        records_file(tmp_path),
        "UPDATE shared SET review_state = 'begun' WHERE session_id = ?",
        begun.id.replace("-", ""),
    )
    assert practice.group() is None
    practice.join_group("Spring induction")
    second = begin(practice, "shared")
    practice.join_group("Autumn induction")
    third = begin(practice, "shared")
    practice.join_group(None)
    groups = {row["session_id"]: row["group_name"] for row in rows(tmp_path)}
    named = {key.id.replace("-", ""): name for key, name in (
        (first, "Spring induction"), (begun, ""), (second, "Spring induction"), (third, "Autumn induction")
    )}  # fmt: skip
    assert groups == named and practice.group() is None


def test_a_damaged_one_says_so_to_facilitators_too(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice, "shared")
    sql(records_file(tmp_path), "UPDATE event SET mono_ms = mono_ms + 1")
    with pytest.raises(SimulatorError):
        practice.show(session.id)
    assert rows(tmp_path)[0]["state"] == "damaged"


def test_the_trainee_sees_who_has_looked_and_nobody_elses(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session, other = begin(practice, "shared"), begin(practice, "shared")
    for key, act in ((session.id, "opened"), (session.id, "noted"), (other.id, "exported")):
        sql(
            records_file(tmp_path),
            "INSERT INTO audit (at_ms, actor, act, session_id, detail) VALUES (1700000000000, 'Bea', ?, ?, '')",
            act,
            key.replace("-", ""),
        )
    looked = practice.lookers(session.id[:8])
    assert [(each.who, each.act) for each in looked] == [("Bea", "opened"), ("Bea", "noted")]
    with pytest.raises(NotFound):
        at(tmp_path, "Alex").lookers(session.id)


def test_a_signed_off_session_is_listed_as_reviewed(tmp_path: Path) -> None:
    practice = at(tmp_path)
    begin(practice, "shared")
    begin(practice, "mine")
    assert [row.reviewed for row in practice.sessions()] == [False, False]
    sql(records_file(tmp_path), "UPDATE shared SET review_state = 'signed'")
    assert sorted(row.reviewed for row in practice.sessions()) == [False, True]


def test_what_was_shared_before_there_was_a_table_is_brought_along(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice, "shared")
    finish(session)
    session.say_word(RARE)
    begin(practice, "mine")
    practice.close()
    before = rows(tmp_path)
    for table in (
        "shared",
        "picture",
        "membership",
        "facilitator_group",
        "review_fact",
        "facilitator",
        "audit",
        "search",
    ):
        sql(records_file(tmp_path), f"DROP TABLE {table}")
    sql(records_file(tmp_path), "UPDATE alembic_version SET version_num = '0001'")
    assert at(tmp_path).sessions()[0].state
    assert [row["session_id"] for row in rows(tmp_path)] == [row["session_id"] for row in before]
    assert found(tmp_path, RARE) == 1


def test_quarters_and_rows_of_the_index() -> None:
    import uuid

    day = 86_400_000
    assert [quarter(ms) for ms in (0, 89 * day, 90 * day, 181 * day, 273 * day)] == [
        "1970-Q1",
        "1970-Q1",
        "1970-Q2",
        "1970-Q3",
        "1970-Q4",
    ]
    rows = {search_row(uuid.uuid4()) for _ in range(2000)}
    assert len(rows) == 2000 and min(rows) >= 0 and max(rows) < 2**63
