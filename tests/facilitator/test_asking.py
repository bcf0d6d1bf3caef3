"""How a facilitator is asked who they are, and what `sessions` and `show` are for them and for staff."""

from __future__ import annotations

import io
import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

import words_first
from facilitator import asking
from facilitator.errors import NoFacilitator, WrongPassphrase
from facilitator.reviews import Review
from facilitator.room import Room
from facilitator.showing import whole
from scenarios.commands import Stop
from scoring.claims import CLAIM
from simulator.errors import SimulatorError
from tests.facilitator.rooms import WORDS, closed_room, colleague, played, room_at
from tests.simulator.service import at, records_file, sql


class Terminal(io.StringIO):
    """Standard input as a terminal would be, with what is typed on it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal; what is put into this list is typed at the prompts for passphrases, one after the other."""
    answers: list[str] = []
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    monkeypatch.setattr("getpass.getpass", lambda prompt: _next(answers, prompt))
    return answers


def _next(answers: list[str], prompt: str) -> str:
    assert "not shown" in prompt
    if not answers:
        raise EOFError
    return answers.pop(0)


def arguments(folder: Path, **more: object) -> Namespace:
    """What the command line would give."""
    return Namespace(records=str(records_file(folder)), **{"facilitator": None, **more})


def enter(folder: Path, purpose: str = "export", **more: object) -> Room:
    """The room as a command gets it."""
    return asking.entered(arguments(folder, **more), purpose)


def test_on_a_terminal_the_passphrase_is_asked_for(tmp_path: Path, typed: list[str]) -> None:
    room_at(tmp_path).close()
    typed.append(WORDS)
    room = enter(tmp_path)
    assert room.me.name == "Bea"
    assert sql(records_file(tmp_path), "SELECT actor, act, detail FROM audit ORDER BY id DESC LIMIT 1") == [
        ("Bea", "entered", "export")
    ]


def test_two_slips_are_forgiven_and_a_third_is_told(
    tmp_path: Path, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    room_at(tmp_path).close()
    typed += ["slip of the pen", "slip of the pen", WORDS]
    enter(tmp_path).close()
    assert capsys.readouterr().err.count("That passphrase does not fit. Try again.") == 2
    typed += ["slip of the pen"] * 3
    with pytest.raises(WrongPassphrase, match="5 seconds"):
        enter(tmp_path)
    with pytest.raises(Stop, match="not given"):
        sql(records_file(tmp_path), "UPDATE facilitator SET tries = 0, wait_until_ms = 0")
        enter(tmp_path)


def test_with_several_the_name_is_asked_for_unless_it_was_given(
    tmp_path: Path, typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    colleague(tmp_path, "Cy").close()
    asked: list[str] = []

    def name(prompt: str) -> str:
        asked.append(prompt)
        return "cy"

    monkeypatch.setattr("builtins.input", name)
    typed += [WORDS, WORDS]
    assert enter(tmp_path).me.name == "Cy" and asked == ["Who are you (Bea, Cy)? "]
    assert enter(tmp_path, facilitator="Bea").me.name == "Bea" and len(asked) == 1


@pytest.mark.parametrize("on_a_terminal", [True, False])
def test_scripts_give_it_in_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_a_terminal: bool
) -> None:
    room_at(tmp_path).close()
    monkeypatch.setattr(sys, "stdin", Terminal("") if on_a_terminal else io.StringIO(""))
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    assert enter(tmp_path).me.name == "Bea"
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", "")
    with pytest.raises(WrongPassphrase):
        enter(tmp_path)


def test_on_a_pipe_without_it_there_is_nobody_to_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room_at(tmp_path).close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    with pytest.raises(Stop, match="WORDS_FIRST_PASSPHRASE"):
        enter(tmp_path)


def test_where_nobody_reviews_yet_that_is_said_and_nothing_is_made(tmp_path: Path, typed: list[str]) -> None:
    with pytest.raises(NoFacilitator, match="words-first review"):
        enter(tmp_path)
    assert not records_file(tmp_path).exists()
    played(tmp_path)
    with pytest.raises(NoFacilitator):
        enter(tmp_path)


# the two commands


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Records with a shared session of Sam's, a private one of theirs, and one of Alex's; their ids."""
    monkeypatch.setenv("WORDS_FIRST_RECORDS", str(records_file(tmp_path)))
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    made = [
        played(tmp_path, "Alex", word="brisk"),
        played(tmp_path, "Sam", keep="mine", word="private"),
        played(tmp_path, "Sam", word="tired"),
    ]
    made[2].contest("tag", 1, "own-error", "It was theirs.", take=1)
    made[2].keep_one("Saying a time.")
    closed_room(tmp_path).make_first("Bea", WORDS)
    yield [session.id for session in made]


def listed(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The sessions that a command lists as JSON."""
    capsys.readouterr()
    assert words_first.main(["sessions", "--json", *words]) == 0
    return [row["session"] for row in json.loads(capsys.readouterr().out)]


def test_without_a_passphrase_ones_own_alone(there: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert set(listed(capsys, "--as", "Sam")) == {there[1], there[2]}
    assert set(listed(capsys, "--as", "Alex")) == {there[0]}
    assert words_first.main(["sessions", "--trainee", "Alex"]) == 2
    assert "add --facilitator" in capsys.readouterr().err
    assert words_first.main(["sessions", "--facilitator"]) == 2
    assert "WORDS_FIRST_PASSPHRASE" in capsys.readouterr().err


def test_with_it_every_shared_one(
    there: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    assert set(listed(capsys)) == {there[0], there[2]}
    assert listed(capsys, "--facilitator", "Bea", "--trainee", "al") == [there[0]]
    assert listed(capsys, "--scenario", "another") == []
    assert set(listed(capsys, "--as", "Sam")) == {there[1], there[2]}, "--as NAME means one's own"
    assert words_first.main(["sessions"]) == 0
    text = capsys.readouterr().out
    assert text.count("\n") == 2 and "Sam tea: ended, settled, awaiting review, contested" in text
    assert words_first.main(["sessions", "--since", "2999-01-01"]) == 0
    assert capsys.readouterr().out == "Nothing that fits has been shared with you.\n"


def test_show_for_facilitators(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    review = room_at(tmp_path).open(there[2])
    review.note(1, "A time, named.", False)
    review.rate("C5", 2, "It was not a choice.")
    own = review.ratings["C5"].trainee
    assert own is not None
    capsys.readouterr()
    assert words_first.main(["show", there[2][:8]]) == 0
    text = capsys.readouterr().out
    for part in (
        "Sam practised",
        "You: You were told three",
        "In a word: tired",
        "What happened, as they told it: It was the time I gave.",
        "They see own-error at turn 1 differently: It was theirs.",
        "To keep: Saying a time.",
        "Bea on turn 1 (for facilitators only): A time, named.",
        CLAIM,
        f"{own} of 5 by the trainee",
        "2 of 5 by Bea (It was not a choice.)",
    ):
        assert part in text
    assert words_first.main(["show", there[2], "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["takes"][0]["turns"][0]["before"]["tension"] == 5
    assert told["takes"][0]["ratings"]["C4"] is None and told["takes"][0]["ratings"]["C5"] is not None
    assert [each.act for each in at(tmp_path, "Sam").lookers(there[2])].count("opened") == 3


def test_what_was_forged_in_the_records_reaches_no_terminal_as_it_is(
    there: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    forged = "\x9b31mtired\u202e"
    forging = property(lambda review: {**whole(review._whose, review._replayed), "title": forged})
    monkeypatch.setattr(Review, "_made", forging)
    assert words_first.main(["show", there[2], "--json"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["title"] == forged
    assert "\x9b" not in printed and "\u202e" not in printed


def test_the_trainee_reads_who_has_looked(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    room_at(tmp_path).open(there[2])
    told = {}
    for who, session in (("Alex", there[0]), ("Sam", there[1]), ("Sam", there[2])):
        assert words_first.main(["show", session, "--as", who]) == 0
        told[session] = capsys.readouterr().out
    assert "Who has looked at this session:\nNobody has yet." in told[there[0]]
    assert "Who has looked" not in told[there[1]]
    assert "Who has looked at this session:\nBea opened it, 20" in told[there[2]]


@pytest.mark.parametrize(
    ("passphrase", "session", "says"),
    [(WORDS, 1, "no such session"), ("not the right one", 0, "does not fit")],
)
def test_what_is_not_theirs_is_not_there(
    there: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    passphrase: str,
    session: int,
    says: str,
) -> None:
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", passphrase)
    assert words_first.main(["show", there[session]]) == 2
    told = capsys.readouterr()
    assert told.out == "" and says in told.err


def test_a_damaged_one_is_told_in_a_sentence(
    there: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    sql(
        records_file(tmp_path), "UPDATE event SET mono_ms = 1 WHERE session_id = ?", there[0].replace("-", "")
    )
    assert words_first.main(["show", there[0]]) == 1
    assert "damaged and has been left as it is" in capsys.readouterr().err
    rows = {row["session"]: row["state"] for row in _rows(capsys)}
    assert rows == {there[0]: "damaged", there[2]: "ended"}


def _rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    assert words_first.main(["sessions", "--json"]) == 0
    rows: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return rows


def test_errors_of_this_room_are_sentences() -> None:
    for error in (NoFacilitator, WrongPassphrase):
        assert issubclass(error, SimulatorError)
