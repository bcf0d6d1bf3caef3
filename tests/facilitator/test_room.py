"""Who is let into the facilitators' room, for how long, and what the trail says of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from facilitator import passphrases
from facilitator.errors import Locked, NoFacilitator, WrongPassphrase
from facilitator.room import IDLE_MS, Room, open_room
from facilitator.rows import CohortFilter, Filter
from simulator.errors import NotFound, SimulatorError, StoreTrouble
from tests.facilitator.rooms import WORDS, closed_room, colleague, played, room_at
from tests.simulator.service import FakeClock, at, begin, records_file, sql

QUESTIONS: dict[str, Callable[[Room], Any]] = {
    "page": lambda room: room.page(),
    "count": lambda room: room.count(),
    "choices": lambda room: room.choices("s"),
    "scenarios": lambda room: room.scenarios(),
    "groups": lambda room: room.groups(),
    "quarters": lambda room: room.quarters(),
    "named": lambda room: room.named("abcd"),
    "open": lambda room: room.open("abcd"),
    "hand_over": lambda room: room.hand_over("abcd"),
    "rows": lambda room: list(room.rows()),
    "exported": lambda room: list(room.exported()),
    "pictures": lambda room: list(room.pictures()),
    "first_pictures": lambda room: list(room.first_pictures()),
    "audit_lines": lambda room: room.audit_lines(),
    "facilitators": lambda room: room.facilitators(),
    "add": lambda room: room.add("Cy", WORDS),
    "remove": lambda room: room.remove("Cy"),
    "change_passphrase": lambda room: room.change_passphrase(WORDS),
    "put_in_group": lambda room: room.put_in_group("Sam", "Spring"),
    "entered": lambda room: room.entered,
}
OPEN_TO_ALL = {
    "empty",
    "names",
    "make_first",
    "enter",
    "locked",
    "touch",
    "leave",
    "close",
    "warnings",
    "url",
}
STAYS = {"me", "noted"}
"""What a room that locked itself still knows or writes down: who entered, and what they had begun."""


def trail(folder: Path) -> list[tuple[str, str, str]]:
    """Who did what, in order."""
    found = sql(records_file(folder), "SELECT actor, act, detail FROM audit ORDER BY id")
    return [(str(who), str(act), str(detail)) for who, act, detail in found]


def test_every_door_is_named_here(tmp_path: Path) -> None:
    room = closed_room(tmp_path)
    doors = {name for name in (*vars(Room), *vars(room)) if not name.startswith("_")}
    assert doors == QUESTIONS.keys() | OPEN_TO_ALL | STAYS


def test_the_first_makes_a_passphrase_and_is_in(tmp_path: Path) -> None:
    room = closed_room(tmp_path)
    assert (room.empty, room.locked, room.names) == (True, True, [])
    with pytest.raises(NoFacilitator):
        room.enter(WORDS)
    made = room.make_first("Bea", WORDS, "nhs")
    assert (made.name, made.sector, made.groups) == ("Bea", "nhs", None)
    assert (room.empty, room.locked, room.me) == (False, False, made)
    with pytest.raises(SimulatorError, match="already"):
        closed_room(tmp_path).make_first("Cy", WORDS)
    assert trail(tmp_path) == [("Bea", "made a facilitator", "Bea")]


@pytest.mark.parametrize("words", ["", "short", "           x", "eleven char", "x" * 501])
def test_a_passphrase_is_never_short(tmp_path: Path, words: str) -> None:
    room = closed_room(tmp_path)
    with pytest.raises(SimulatorError, match="at least 12 characters"):
        room.make_first("Bea", words)
    assert room.empty


@pytest.mark.parametrize("sector", ["NHS", "police"])
def test_a_sector_is_one_of_three(tmp_path: Path, sector: str) -> None:
    with pytest.raises(SimulatorError, match="sector"):
        closed_room(tmp_path).make_first("Bea", WORDS, sector)


def test_the_same_letters_open_however_they_were_typed(tmp_path: Path) -> None:
    closed_room(tmp_path).make_first("Bea", "café au lait bitte")
    assert closed_room(tmp_path).enter("cafe\u0301 au lait bitte ").name == "Bea"


def test_the_passphrase_is_kept_as_argon2id_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert (passphrases.ROUNDS, passphrases.MEMORY) == (3, 64 * 2**20)
    closed_room(tmp_path).make_first("Bea", WORDS)
    kept = sql(records_file(tmp_path), "SELECT passphrase FROM facilitator")[0][0]
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert WORDS.encode() not in records_file(tmp_path).read_bytes()


@pytest.mark.parametrize("kept", ["", "garbage", "$argon2id$v=19$m=65536,t=3,p=1$a$b", "\u20ac"])
def test_a_hash_that_is_none_opens_nothing(tmp_path: Path, kept: str) -> None:
    room_at(tmp_path).close()
    sql(records_file(tmp_path), "UPDATE facilitator SET passphrase = ?", kept)
    with pytest.raises(WrongPassphrase):
        closed_room(tmp_path).enter(WORDS)


def test_wrong_tries_wait_longer_and_longer_in_every_window(tmp_path: Path) -> None:
    clock = FakeClock()
    room_at(tmp_path, clock).close()
    waits = []
    for _ in range(5):
        with pytest.raises(WrongPassphrase) as wrong:
            closed_room(tmp_path, clock).enter("wrong wrong wrong")
        waits.append(wrong.value.wait)
        clock.pass_ms(wrong.value.wait * 1000)
    assert waits == [0, 0, 5, 10, 20]
    with pytest.raises(WrongPassphrase):
        closed_room(tmp_path, clock).enter("wrong wrong wrong")
    with pytest.raises(WrongPassphrase, match="too soon") as soon:
        closed_room(tmp_path, clock).enter(WORDS)
    assert soon.value.wait == 40
    clock.pass_ms(40_000)
    assert closed_room(tmp_path, clock).enter(WORDS).name == "Bea"
    with pytest.raises(WrongPassphrase) as again:
        closed_room(tmp_path, clock).enter("wrong wrong wrong")
    assert again.value.wait == 0, "who was let in begins anew"
    acts = [act for _, act, _ in trail(tmp_path)]
    assert acts == ["made a facilitator", *["was refused"] * 6, "entered", "was refused"]


def test_guesses_made_at_the_same_time_wait_for_each_other(tmp_path: Path) -> None:
    clock = FakeClock()
    room_at(tmp_path, clock).close()
    looked_at: list[str] = []
    told: list[int] = []

    def slow(passphrase: str, kept: str) -> bool:
        looked_at.append(passphrase)
        time.sleep(0.01)
        return False

    def guess(place: int) -> None:
        room = closed_room(tmp_path, clock)
        try:
            room._store.enter("Bea", f"guess number {place}", "review")
        except WrongPassphrase as wrong:
            told.append(wrong.wait)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("facilitator.people.fits", slow)
        threads = [threading.Thread(target=guess, args=(place,)) for place in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(told) == 8 and len(looked_at) == 3, "the others had to wait before they were even looked at"


def test_a_purpose_stands_on_the_trail(tmp_path: Path) -> None:
    room_at(tmp_path).close()
    closed_room(tmp_path).enter(WORDS, "bea", purpose="export")
    assert trail(tmp_path)[-1] == ("Bea", "entered", "export")


def test_with_several_a_name_is_needed(tmp_path: Path) -> None:
    colleague(tmp_path, "Cy").close()
    room = closed_room(tmp_path)
    assert room.names == ["Bea", "Cy"]
    with pytest.raises(SimulatorError, match="more than one facilitator"):
        room.enter(WORDS)
    with pytest.raises(NotFound):
        room.enter(WORDS, "Dee")
    assert room.enter(WORDS, " CY ").name == "Cy"


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_answered_before_entering_nor_after_ten_idle_minutes(
    tmp_path: Path, question: str
) -> None:
    clock = FakeClock()
    room = closed_room(tmp_path, clock)
    for _ in range(2):
        with pytest.raises(Locked):
            QUESTIONS[question](room)
        if room.empty:
            room.make_first("Bea", WORDS)
        clock.pass_ms(IDLE_MS)


def test_keys_keep_it_open_and_questions_do_not(tmp_path: Path) -> None:
    clock = FakeClock()
    room = room_at(tmp_path, clock)
    for _ in range(3):
        clock.pass_ms(IDLE_MS - 1)
        room.touch()
    clock.pass_ms(IDLE_MS - 1)
    assert room.count() == 0
    clock.pass_ms(1)
    room.touch()
    assert room.locked, "a key opens nothing"
    assert room.me.name == "Bea"
    room.enter(WORDS)
    assert room.count() == 0


@pytest.mark.parametrize("hand", ["wall", "mono"])
def test_either_clock_alone_locks_it(tmp_path: Path, hand: str) -> None:
    clock = FakeClock()
    room = room_at(tmp_path, clock)
    setattr(clock, hand, getattr(clock, hand) + IDLE_MS)
    assert room.locked


def test_a_clock_put_back_does_not_lock_or_hold_it_open(tmp_path: Path) -> None:
    clock = FakeClock()
    room = room_at(tmp_path, clock)
    clock.wall -= 3_600_000
    assert not room.locked
    clock.mono += IDLE_MS
    assert room.locked


def test_a_long_piece_of_work_does_not_lock_itself_out(tmp_path: Path) -> None:
    clock = FakeClock()
    for _ in range(3):
        played(tmp_path, clock=clock)
    room = room_at(tmp_path, clock)
    for many in (room.exported(), room.pictures(), room.rows()):
        room.enter(WORDS)
        seen = 0
        for _ in many:
            seen += 1
            clock.pass_ms(IDLE_MS // 4)
        assert seen == 3 and not room.locked


def test_nobody_gives_more_than_they_have(tmp_path: Path) -> None:
    north = colleague(tmp_path, "Cy", ("North", "East"))
    for groups in (None, ["South"], ["North", "South"]):
        with pytest.raises(SimulatorError, match="more than you look after"):
            north.add("Dee", WORDS, "", groups)
    assert north.add("Dee", WORDS, "voluntary", ["North"]).groups == ("North",)
    with pytest.raises(SimulatorError, match="all groups"):
        north.remove("Bea")
    with pytest.raises(SimulatorError, match="all groups"):
        north.put_in_group("Sam", "North")
    with pytest.raises(SimulatorError, match="called that already"):
        north.add("BEA", WORDS, "", ["North"])


def test_who_is_removed_sees_nothing_from_that_moment(tmp_path: Path) -> None:
    played(tmp_path)
    gone = colleague(tmp_path, "Cy")
    assert gone.count() == 1
    review = gone.open(gone.page()[0].session)
    first = room_at(tmp_path)
    with pytest.raises(SimulatorError, match="yourself"):
        first.remove("bea")
    first.remove("cy")
    for question in (gone.page, gone.count, lambda: review.note(None, "x", True), review.refresh):
        with pytest.raises(Locked, match="any more"):
            question()
    with pytest.raises(NotFound):
        closed_room(tmp_path).enter(WORDS, "Cy")
    assert [each.name for each in first.facilitators()] == ["Bea"]


def test_groups_as_they_are_now_decide(tmp_path: Path) -> None:
    played(tmp_path, "Sam", group="North")
    north = colleague(tmp_path, "Cy", ("North",))
    assert north.count() == 1
    sql(records_file(tmp_path), "DELETE FROM facilitator_group")
    assert north.count() == 0


def test_another_passphrase(tmp_path: Path) -> None:
    room = room_at(tmp_path)
    room.change_passphrase("three other words")
    with pytest.raises(WrongPassphrase):
        closed_room(tmp_path).enter(WORDS)
    assert closed_room(tmp_path).enter("three other words").name == "Bea"


def test_a_trainee_is_put_in_a_group_only_once_they_shared(tmp_path: Path) -> None:
    played(tmp_path, "Sam")
    played(tmp_path, "Alex", keep="mine")
    room = room_at(tmp_path)
    room.put_in_group("sam", "North")
    assert room.groups() == ["North"] and room.count(Filter(group="North")) == 1
    said = []
    for name in ("Alex", "Nobody"):
        with pytest.raises(NotFound) as absent:
            room.put_in_group(name, "North")
        said.append(str(absent.value))
    assert said[0] == said[1]


def test_nobody_looks_unseen(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    room.open(session.id[:8])
    room.open(session.id, act="reported")
    list(room.exported())
    room.noted("listed", detail="a cohort of the quarter")
    acts = [(line.act, line.session) for line in reversed(room.audit_lines())]
    assert acts == [
        ("made a facilitator", None),
        ("opened", session.id),
        ("reported", session.id),
        ("exported", session.id),
        ("listed", None),
    ]
    assert [line.act for line in room.audit_lines(session.id)] == ["exported", "reported", "opened"]
    assert [each.act for each in at(tmp_path).lookers(session.id)] == ["opened", "reported", "exported"]


def test_what_cannot_be_written_down_is_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)

    def full(*_: object) -> None:
        raise StoreTrouble("There is no room left.", "")

    for writing in ("note", "note_each"):
        monkeypatch.setattr(f"facilitator.store.{writing}", full)
    with pytest.raises(StoreTrouble):
        room.open(session.id)
    with pytest.raises(StoreTrouble):
        list(room.exported())


def test_ids_that_are_none_are_not_there(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    for wrong in ("", session.id[:3], "zzzz", "%", "x" * 40, "0" * 33):
        with pytest.raises(NotFound):
            room.open(wrong)
    assert room.named(session.id.upper()) == session.id


def test_rows_for_programs_have_the_shape_that_is_promised(tmp_path: Path) -> None:
    session = played(tmp_path)
    (row,) = room_at(tmp_path).page()
    own = at(tmp_path).sessions()[0].json()
    assert row.json() == own and row.session == session.id


def test_pictures_tell_people_apart_and_name_nobody(tmp_path: Path) -> None:
    mine, theirs = played(tmp_path, "Sam"), played(tmp_path, "Alex")
    again = played(tmp_path, "Sam")
    room = room_at(tmp_path)
    learner = {drawn.session: drawn.learner for drawn, _ in room.pictures()}
    assert learner[mine.id] == learner[again.id] != learner[theirs.id]
    assert "Sam" not in repr(list(room.pictures()))
    ids = {str(key) for (key,) in sql(records_file(tmp_path), "SELECT id FROM learner")}
    assert not ids & {name.replace("-", "") for name in learner.values()}
    other = {drawn.learner for drawn, _ in room_at(tmp_path).pictures()}
    assert not other & set(learner.values()), "nobody is followed from one opening of the room to the next"
    assert [len(list(room.pictures(which))) for which in (
        CohortFilter(scenario="tea"), CohortFilter(scenario="x"), CohortFilter(opening="usual"),
        CohortFilter(cast=0), CohortFilter(cast=1), CohortFilter(group=""), CohortFilter(quarter="1999-Q1"),
    )] == [3, 0, 3, 3, 0, 3, 0]  # fmt: skip
    begin(at(tmp_path), "shared")
    assert len(list(room.pictures())) == 3, "what has not ended has no picture"


def test_opening_records_that_are_not_there_makes_them(tmp_path: Path) -> None:
    room = open_room(str(tmp_path / "new" / "r.sqlite3"))
    assert room.empty and room.warnings == ()


def test_many_threads_may_ask_at_once(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)

    def ask(_: int) -> int:
        return sum(len(room.page()) + room.count() + len(room.open(session.id).facts) for _ in range(3))

    with ThreadPoolExecutor(12) as threads:
        assert list(threads.map(ask, range(12))) == [6] * 12
