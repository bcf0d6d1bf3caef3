"""Who practises: found again on the same account, called what they like, behind a PIN where they want one."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import NotFound, SimulatorError, WrongPin
from simulator.trainees import hash_pin, pin_fits, pseudonym, wait_after, wait_left
from tests.simulator.service import FakeClock, at, begin, records_file, sql


def test_a_first_start_makes_two_calm_words_and_keeps_them(tmp_path: Path) -> None:
    practice = at(tmp_path, None)
    name = practice.trainee().name
    assert len(name.split()) == 2 and practice.trainee().name == name
    assert not records_file(tmp_path).exists(), "nobody is written down before there is something to keep"
    begin(practice)
    assert at(tmp_path, None).trainee() == practice.trainee()
    assert [each.name for each in practice.trainees()] == [name]


def test_the_last_chosen_is_the_next_to_act(tmp_path: Path) -> None:
    practice = at(tmp_path, None)
    practice.make("Sam")
    practice.make("Alex")
    assert at(tmp_path, None).trainee().name == "Alex"
    practice.choose("sam")
    assert at(tmp_path, None).trainee().name == "Sam"
    assert at(tmp_path, " SAM\n").trainee() == practice.trainee()
    assert at(tmp_path, "Alex").unfinished() == []
    assert at(tmp_path, None).trainee().name == "Alex", "asking as somebody chooses them too"


def test_names_are_cleaned_and_nobody_shares_one(tmp_path: Path) -> None:
    practice = at(tmp_path, "Sam")
    made = practice.make("Quiet\x1b Heron")
    assert "\x1b" not in made.name
    with pytest.raises(SimulatorError, match="called that already"):
        practice.make(made.name.upper())
    for nothing in ("", "  "):
        with pytest.raises(SimulatorError, match="at least one letter"):
            practice.make(nothing)
    with pytest.raises(NotFound):
        practice.choose("Nobody")
    with pytest.raises(SimulatorError, match="called that already"):
        practice.make("Jo") and practice.rename(made.name)


def test_a_new_name_takes_the_sessions_along(tmp_path: Path) -> None:
    practice = at(tmp_path, None)
    assert practice.rename("Before anything").name == "Before anything"
    assert not records_file(tmp_path).exists()
    session = begin(practice)
    assert practice.rename("Robin").name == "Robin"
    assert [row.session for row in practice.sessions()] == [session.id]
    assert at(tmp_path, "Robin").show(session.id)["trainee"] == "Robin"


def test_a_pin_keeps_others_out_and_lets_its_owner_in(tmp_path: Path) -> None:
    practice = at(tmp_path, "Sam")
    begin(practice)
    practice.set_pin("heliotrope")
    assert not practice.locked and practice.unfinished()
    other = at(tmp_path, "Sam")
    assert other.trainee().has_pin and other.locked
    for closed in (
        other.unfinished,
        other.sessions,
        other.resume,
        lambda: other.set_pin(None),
        lambda: begin(other),
    ):
        with pytest.raises(WrongPin):
            closed()
    assert begin(other, "none").now().turn == 1
    with pytest.raises(WrongPin):
        other.choose("Sam")
    assert other.unlock("heliotrope").name == "Sam"
    assert other.unfinished()
    assert "heliotrope" not in str(sql(records_file(tmp_path), "SELECT * FROM learner"))
    other.set_pin(None)
    assert not at(tmp_path, "Sam").locked


@pytest.mark.parametrize("short", ["", "123", "x" * 33])
def test_a_pin_has_four_to_thirty_two_characters(tmp_path: Path, short: str) -> None:
    with pytest.raises(SimulatorError, match="4 to 32"):
        at(tmp_path).set_pin(short)


def test_wrong_pins_make_the_next_try_wait_longer_and_longer(tmp_path: Path) -> None:
    clock = FakeClock()
    at(tmp_path, "Sam", clock=clock).make("Sam", "4711")
    waits = []
    for _ in range(6):
        practice = at(tmp_path, "Sam", clock=clock)
        with pytest.raises(WrongPin) as told:
            practice.unlock("0000")
        waits.append(told.value.wait)
        if told.value.wait:
            with pytest.raises(WrongPin, match="too soon"):
                practice.unlock("4711")
        clock.pass_ms(told.value.wait * 1000)
    assert waits == [0, 0, 5, 10, 20, 40]
    assert at(tmp_path, "Sam", clock=clock).unlock("4711").name == "Sam"
    with pytest.raises(WrongPin) as told:
        at(tmp_path, "Sam", clock=clock).unlock("0000")
    assert told.value.wait == 0, "the right one forgives the wrong ones"


def test_waits_end_even_where_the_clock_was_put_back() -> None:
    assert wait_after(1000) == 300
    assert wait_left(10**15, 0) == 300
    assert wait_left(0, 10**15) == 0


def test_a_pin_is_kept_as_a_hash_of_its_own() -> None:
    first, second = hash_pin("4711"), hash_pin("4711")
    assert first != second and len(first) <= 300
    assert pin_fits("4711", first) and pin_fits("4711", second) and not pin_fits("4712", first)
    assert not any(
        pin_fits("4711", broken) for broken in ("", "scrypt$", "scrypt$0$8$1$zz$zz", "a$b$c$d$e$f")
    )


def test_a_pseudonym_is_nobody_elses() -> None:
    taken: set[str] = set()
    for _ in range(200):
        name = pseudonym(frozenset(taken))
        assert name.casefold() not in taken
        taken.add(name.casefold())


def test_somebody_kept_only_in_memory_meets_a_pin_when_they_want_to_keep(tmp_path: Path) -> None:
    at(tmp_path, "Sam").make("Sam", "4711")
    practice = at(tmp_path, "Sam", keep="none")
    session = begin(practice, "none")
    with pytest.raises(WrongPin):
        session.set_keep("mine")
    assert session.keep == "none" and session.answer("own-it").reaction
    practice.unlock("4711")
    session.set_keep("mine")
    assert practice.sessions()[0].turns == 1
