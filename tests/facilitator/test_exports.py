"""Exports as rows: what was played, whoever reads it; no name, no formula, and no word that was not asked for."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator import exported, forms, store, xapi
from facilitator.exports import KINDS
from facilitator.reading import Reader
from facilitator.rows import Filter
from simulator.kept import Kept, iso
from simulator.replay import Replayed
from tests.facilitator.exporting import (
    csv_rows,
    every_kind,
    rich,
    rows,
    rows_text,
    running,
    shows,
    statements,
    stepped_out,
)
from tests.facilitator.rooms import colleague, played, room_at
from tests.simulator.service import at, begin, records_file, sql

HEAD = ("session", "trainee", "group", "scenario", "person", "opening", "started")


def test_a_row_a_turn_says_what_a_transcript_says(tmp_path: Path) -> None:
    rich(tmp_path).close()
    running(tmp_path).close()
    room = room_at(tmp_path)
    got = rows(room, "turns")
    wanted = [(take, turn) for shown in shows(room) for take in shown["takes"] for turn in take["turns"]]
    assert len(got) == len(wanted) == 4
    for row, (take, turn) in zip(got, wanted, strict=True):
        before, after = turn["before"], turn["after"]
        same = {
            "take": take["take"], "from_take": take["from_take"], "from_turn": take["from_turn"], "turn": turn["turn"],
            "moment": turn["moment"], "reply": turn["reply"], "to": turn["to"],
            "techniques": turn["techniques"], "tension_before": before["tension"], "tension_after": after["tension"],
            "trust_after": after["trust"], "safety_after": after["safety"], "seconds": turn["seconds"],
            "reaches": sum(reach["turn"] == turn["turn"] for reach in take["reaches"]),
            "kind": next(offer["kind"] for offer in turn["offered"] if offer["id"] == turn["reply"]),
        }  # fmt: skip
        assert {name: row[name] for name in same} == same
        assert row["reply_text"].replace("<trainee>", "Sam") == turn["reply_text"]
    ended = [(row["turn"], row["take"], row["outcome"]) for row in got if row["ending"]]
    assert [turn for turn, _, _ in ended] == [2, 2] and {take for _, take, _ in ended} == {1, 2}
    assert "<trainee>" in next(row["reply_text"] for row in got if row["reply"] == "own-it")


def test_the_same_cells_in_a_spreadsheet(tmp_path: Path) -> None:
    every_kind(tmp_path)
    room = room_at(tmp_path)
    for kind in KINDS:
        text = rows_text(room, "csv", kind)
        cells, plain = csv_rows(text), rows(room, kind)
        assert len(cells) == len(plain) > 0 and text.count("\r\n") == len(plain) + 1
        for one, other in zip(cells, plain, strict=True):
            assert list(one) == list(other) == list(KINDS[kind].columns)
            assert one == {name: _cell(value) for name, value in other.items()}


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return "; ".join(value)
    return str(value)


def test_a_row_a_session(tmp_path: Path) -> None:
    session = rich(tmp_path)
    session.close()
    (row,) = rows(room_at(tmp_path), "sessions")
    assert row["session"] == session.id and row["trainee"].startswith("trainee-")
    told = (
        "state",
        "takes",
        "turns",
        "reaches",
        "looked_back",
        "confidence_before",
        "confidence_after",
        "contests",
    )
    assert [row[name] for name in told] == ["ended", 2, 3, 1, True, 4, None, 2]
    assert (row["found"], row["not_found"], row["review"], row["seconds"]) == (1, 1, "waiting", 66.75)


def test_ratings_each_with_whose_they_are(tmp_path: Path) -> None:
    session = rich(tmp_path)
    session.close()
    room = room_at(tmp_path)
    review = room.open(session.id)
    review.rate("C3", 2, "Bea's own view of Sam")
    ((_, picture),) = room.pictures()
    got = rows(room, "ratings")
    suggested = {
        row["dimension"]: [row["value"], row["opportunities"], row["capped_by"]]
        for row in got
        if row["by"] == "suggested"
    }
    assert suggested == picture["ratings"] and len(suggested) > 3
    own = [
        (row["dimension"], row["by"], row["value"], row["blind"]) for row in got if row["by"] != "suggested"
    ]
    assert own == [("C3", "trainee", 4, True), ("C3", "facilitator", 2, None)]
    text = rows_text(room, "csv", "ratings")
    assert "Bea" not in text and "facilitator-" in text and "view" not in text


def test_of_who_stepped_out_nothing_that_judges(tmp_path: Path) -> None:
    stepped_out(tmp_path).close()
    room = room_at(tmp_path)
    (turn,), (session,) = rows(room, "turns"), rows(room, "sessions")
    assert {turn[name] for name in turn if name.startswith(("tension", "trust", "safety"))} == {None}
    assert (turn["reply"], session["state"], session["outcome"]) == ("own-it", "stepped-out", None)
    assert rows(room, "ratings") == []


def test_only_what_was_shared_and_only_with_whoever_asks(tmp_path: Path) -> None:
    played(tmp_path, "Amy", keep="mine").close()
    played(tmp_path, "Bob", group="North").close()
    mine = played(tmp_path, "Cat", group="South")
    mine.close()
    room = colleague(tmp_path, "Dee", ("South",))
    for kind in KINDS:
        assert {row["session"] for row in rows(room, kind)} == {mine.id}
    assert {each["context"]["registration"] for each in statements(room)} == {mine.id}
    assert rows(room, "sessions", which=Filter(group="North")) == []


def test_each_session_has_its_line_on_the_trail(tmp_path: Path) -> None:
    session = played(tmp_path)
    session.close()
    list(room_at(tmp_path).exported(detail="csv, turns"))
    (line,) = room_at(tmp_path).audit_lines(session.id)
    assert (line.who, line.act, line.detail) == ("Bea", "exported", "csv, turns")
    assert [(each.who, each.act) for each in at(tmp_path, "Sam").lookers(session.id)] == [("Bea", "exported")]


BEGINNINGS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_no_cell_begins_a_formula(beginning: str) -> None:
    text = f"{beginning}HYPERLINK(1)"
    made = forms.Csv().line(("a", "b", "c"), (text, -1.5, (text, "b")))
    assert next(csv.reader(io.StringIO(made, newline=""))) == [f"'{text}", "-1.5", f"'{text}; b"]
    assert json.loads(forms.JsonLines().line(("a", "b"), (text, -1.5))) == {"a": text, "b": -1.5}


@pytest.mark.parametrize("said", ['=HYPERLINK("x")', "-2+3\n,\u2028;"])
def test_what_a_trainee_typed_is_no_formula_and_no_number_is_spoilt(tmp_path: Path, said: str) -> None:
    rich(tmp_path, said=said).close()
    room = room_at(tmp_path)
    for kind in ("turns", "sessions"):
        for row in csv_rows(rows_text(room, "csv", kind, True)):
            assert not any(cell.startswith(tuple(BEGINNINGS)) for cell in row.values())
    (session,), (plain,) = csv_rows(rows_text(room, "csv", "sessions", True)), rows(room, "sessions", True)
    assert session["account"] == f"'{plain['account']}" and plain["account"].strip() == said.strip()
    numbers = csv_rows(rows_text(room, "csv", "turns"))
    assert all(float(row["seconds"]) >= 0 and int(row["tension_after"]) >= 0 for row in numbers)


def test_a_group_that_is_a_formula(tmp_path: Path) -> None:
    played(tmp_path, group="=1+1").close()
    (row,) = csv_rows(rows_text(room_at(tmp_path), "csv", "sessions"))
    assert row["group"] == "'=1+1"


def test_no_name_in_any_byte_of_any_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "priya.sharma")
    said = "I am Priya, priya sharma; SHARMA's words. Marmalade."
    session = rich(tmp_path, "Wren Oakes", said=said + " wren oakes' turn")
    session.close()
    practice = at(tmp_path, "Wren Oakes")
    practice.join_group("Oakes and others")
    again = begin(practice, "shared")
    again.answer("own-it")
    again.close()
    room = room_at(tmp_path, name="Rosalind")
    review = room.open(session.id)
    review.note(1, said, True)
    review.note(None, said, False)
    review.rate("C3", 1, said)
    every = [
        rows_text(room, form, kind, words)
        for form in ("csv", "jsonl")
        for kind in KINDS
        for words in (False, True)
    ]
    every.append(json.dumps(statements(room), ensure_ascii=False))
    for text in every:
        # the facilitator's name has other letters than figures in base sixteen
        for name in ("priya", "sharma", "wren", "oakes", "rosalind"):
            assert name not in text.casefold()
    without = [rows_text(room, form, kind) for form in ("csv", "jsonl") for kind in KINDS]
    assert not any("Marmalade" in text for text in [*without, every[-1]])
    (row,) = [row for row in rows(room, "sessions", True) if row["word"]]
    assert row["word"].count(row["trainee"]) == 4 and "Marmalade" in row["account"]
    turns = rows(room, "turns", True)
    assert ["Marmalade" in (row["contested"] or "") for row in turns].count(True) == 1


def test_a_damaged_session_says_so_and_the_rest_are_whole(tmp_path: Path) -> None:
    spoilt, whole = played(tmp_path, "Amy"), played(tmp_path, "Bob")
    for each in (spoilt, whole):
        each.close()
    sql(
        records_file(tmp_path),
        "UPDATE event SET at_ms = at_ms + 1 WHERE seq = 2 AND session_id = ?",
        spoilt.id.replace("-", ""),
    )
    room = room_at(tmp_path)
    states = {row["session"]: row["state"] for row in rows(room, "sessions", True)}
    assert states == {spoilt.id: "damaged", whole.id: "ended"}
    assert {row["session"] for row in rows(room, "turns")} == {whole.id}
    assert {each["context"]["registration"] for each in statements(room)} == {whole.id}


@pytest.mark.parametrize("body", ['{"takes": [{"turns": [[1]]}]}', None])
def test_a_session_is_played_again_where_its_picture_is_no_help(tmp_path: Path, body: str | None) -> None:
    session = rich(tmp_path)
    session.close()
    before = rows(room_at(tmp_path), "turns")
    if body is None:
        sql(records_file(tmp_path), "DELETE FROM picture")
    else:
        sql(records_file(tmp_path), "UPDATE picture SET body = ?", body)
    assert rows(room_at(tmp_path), "turns") == before
    assert len(rows(room_at(tmp_path), "ratings")) > 3


def test_a_flipped_letter_in_a_picture_or_a_day_that_is_none_stops_no_export(tmp_path: Path) -> None:
    rich(tmp_path).close()
    spoilt = played(tmp_path, "Bob")
    spoilt.close()
    before = rows(room_at(tmp_path), "sessions")
    for old, new in (('"found"', '"fould"'), ('"reaches"', '"reacheq"')):
        sql(records_file(tmp_path), "UPDATE picture SET body = replace(body, ?, ?)", old, new)
        assert rows(room_at(tmp_path), "sessions") == before
    key = spoilt.id.replace("-", "")
    sql(records_file(tmp_path), "UPDATE session SET ended_ms = 9223372036854775807 WHERE id = ?", key)
    states = {row["session"]: row["state"] for row in rows(room_at(tmp_path), "sessions")}
    assert states[spoilt.id] == "damaged" and sorted(states.values()) == ["damaged", "ended"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" 2.5]", ' "a"]'),  # seconds that are none
        (" 2.5]", " 1e999]"),
        (" 2.5]", "]"),  # one value too few
        ('"where-is-it"', '"where-is-is"'),  # a moment that the scenario has not
        ('"outcome": "settled"', '"outcome": null'),
        ('"from_turn": 0', '"from_turn": "0"'),
        ('"C3": [', '"C3": ["'),  # no JSON any more
    ],
)
def test_what_does_not_fit_in_a_picture_is_played_again(tmp_path: Path, old: str, new: str) -> None:
    rich(tmp_path).close()
    before = {kind: rows(room_at(tmp_path), kind) for kind in KINDS}, statements(room_at(tmp_path))
    sql(records_file(tmp_path), "UPDATE picture SET body = replace(body, ?, ?)", old, new)
    assert new in sql(records_file(tmp_path), "SELECT body FROM picture")[0][0]
    assert ({kind: rows(room_at(tmp_path), kind) for kind in KINDS}, statements(room_at(tmp_path))) == before


def test_who_was_met_is_what_the_events_say(tmp_path: Path) -> None:
    rich(tmp_path).close()
    before = rows(room_at(tmp_path), "turns")
    sql(records_file(tmp_path), "UPDATE session SET cast_place = 77, opening = 'another'")
    assert rows(room_at(tmp_path), "turns") == before


@given(st.integers(-62_135_596_800_000, 253_402_300_799_999))
def test_a_time_is_written_as_ever(ms: int) -> None:
    assert forms.stamp(ms) == iso(ms)


BODIES = st.dictionaries(
    st.text(max_size=5),
    st.none() | st.booleans() | st.integers() | st.text() | st.text(st.characters(max_codepoint=130)),
)


@given(BODIES)
def test_an_event_is_as_the_chain_has_it(body: dict[str, Any]) -> None:
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"))
    for kept in (json.dumps(body), json.dumps(body, ensure_ascii=False), body):
        assert exported._event("word", 1, kept) == (f',"word",1,{canonical}]', body)


@pytest.mark.parametrize("kept", ["[]", "{", "3", None, '{"a": }'])
def test_a_body_that_is_none(kept: object) -> None:
    assert exported._event("word", 1, kept) is None and exported._event("wort", 1, "{}") is None


def test_a_picture_of_other_replies_is_not_believed(tmp_path: Path) -> None:
    rich(tmp_path).close()
    before = rows(room_at(tmp_path), "turns")
    sql(records_file(tmp_path), "UPDATE picture SET body = replace(body, 'ring-now', 'own-it')")
    assert rows(room_at(tmp_path), "turns") == before


def test_nothing_is_played_again_but_once_a_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        played(tmp_path).close()
    times, replayed = list[Kept](), Reader.replayed

    def counted(self: Reader, kept: Kept, name: str | None = None) -> Replayed:
        times.append(kept)
        return replayed(self, kept, name)

    monkeypatch.setattr(Reader, "replayed", counted)
    assert len(rows(room_at(tmp_path), "turns")) == 8
    assert len(times) == 1


def test_sessions_are_read_page_by_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_AT_ONCE", 2)
    ids = []
    for _ in range(5):
        session = played(tmp_path)
        session.close()
        ids.append(session.id)
    room = room_at(tmp_path)
    reading = room.exported()
    first = next(reading)
    assert len([line for line in room.audit_lines() if line.act == "exported"]) == 2
    assert sorted([first.session, *(each.session for each in reading)]) == sorted(ids)


def test_statements_and_rows_call_a_trainee_the_same(tmp_path: Path) -> None:
    played(tmp_path).close()
    room = room_at(tmp_path)
    (row,) = rows(room, "sessions")
    assert {each["actor"]["account"]["name"] for each in statements(room)} == {row["trainee"]}
    assert {each["actor"]["account"]["homePage"] for each in statements(room)} == {xapi.HOME_PAGE}


def test_every_column_is_in_the_dictionary() -> None:
    text = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    parts = text.split("## Columns")[1].split("## xAPI")[0].split("`--rows ")
    told = [
        set(re.findall(r"`([a-z_]+)`", " ".join(re.findall(r"^\| (.*?) \|", part, re.M)))) for part in parts
    ]
    assert [part.split("`")[0] for part in parts[1:]] == list(KINDS)
    for of_kind, kind in zip(told[1:], KINDS.values(), strict=True):
        assert told[0] | of_kind == set(kind.named(True))
