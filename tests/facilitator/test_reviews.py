"""What facilitators say of a session is added, kept apart by who said it, and never put over what was played."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.errors import NotOpen
from facilitator.reviews import Review
from facilitator.rows import Filter
from simulator.erasing import erase_sessions
from simulator.errors import NotFound, SimulatorError, StoreTrouble
from tests.facilitator.rooms import played, room_at
from tests.simulator.service import at, begin, records_file, sql

ACTS: dict[str, Callable[[Review], object]] = {
    "note": lambda review: review.note(1, "You named the time.", True),
    "rate": lambda review: review.rate("C5", 4),
    "state_voice": lambda review: review.state_voice("listened", 4),
    "unblind": lambda review: review.unblind(),
    "ask_second": lambda review: review.ask_second(),
    "sign": lambda review: review.sign(),
}


def state(folder: Path) -> str:
    """What the list says of the one session."""
    return str(sql(records_file(folder), "SELECT review_state FROM shared")[0][0])


def test_the_first_thing_said_begins_it_and_a_signature_closes_it(tmp_path: Path) -> None:
    session = played(tmp_path)
    room = room_at(tmp_path)
    review = room.open(session.id)
    assert (review.state, state(tmp_path), review.facts) == ("waiting", "waiting", ())
    review.note(None, "A good talk.", for_trainee=True)
    assert (review.state, state(tmp_path)) == ("begun", "begun")
    review.sign()
    assert (review.state, state(tmp_path)) == ("signed", "signed")
    assert review.signed_by == ("Bea",) and review.kept == "Signed off by Bea."
    for name, act in ACTS.items():
        with pytest.raises(NotOpen, match="Reopen it first"):
            act(review)
        assert len(review.facts) == 2, name
    review.reopen("I had not seen the second take.")
    assert (review.state, state(tmp_path), review.kept) == ("begun", "begun", "")
    again = room.open(session.id)
    assert again.facts == review.facts and [fact.kind for fact in again.facts] == [
        "note",
        "signed",
        "reopened",
    ]
    assert [fact.seq for fact in again.facts] == [1, 2, 3]
    assert {fact.name for fact in again.facts} == {"Bea"}


def test_every_act_is_on_the_trail_and_changes_nothing_that_was_played(tmp_path: Path) -> None:
    session = played(tmp_path)
    session.contest("rating", 0, "C5", "I did give a choice.", take=1)
    before = sql(records_file(tmp_path), "SELECT * FROM event ORDER BY seq")
    room = room_at(tmp_path)
    review = room.open(session.id)
    for act in ACTS.values():
        if act is ACTS["sign"]:
            review.answer("rating", 0, "C5", agree=True, text="So you did.")
        act(review)
    assert sql(records_file(tmp_path), "SELECT * FROM event ORDER BY seq") == before
    acts = [line.act for line in reversed(room.audit_lines(session.id))]
    assert acts == [
        "opened",
        "wrote a note on",
        "rated",
        "answered for the person in",
        "looked at the suggestions for",
        "asked for a second review of",
        "answered a contest in",
        "signed off",
    ]
    said = [line.detail for line in room.audit_lines(session.id)]
    assert set(said) == {""}, "no word of anybody's is on the trail"


def test_a_suggestion_is_hidden_until_ones_own_rating_is_in(tmp_path: Path) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)
    assert review.blind and all(beside.hidden for beside in review.ratings.values())
    assert all(rating is None for rating in review.whole["takes"][0]["ratings"].values())
    assert review.suggested("C5") is None
    assert review.ratings["C5"].trainee == 3
    review.rate("C5", 1)
    suggestion = review.suggested("C5")
    assert (
        suggestion is not None and suggestion["value"] == review.whole["takes"][0]["ratings"]["C5"]["value"]
    )
    (given,) = review.ratings["C5"].given
    assert (given.name, given.value, given.blind) == ("Bea", 1, True)
    assert review.hidden("C4") and review.suggested("C4") is None
    assert review.facts[0].body["seen"] is False
    assert review.facts[0].body["suggested"] == suggestion["value"]


def test_far_from_a_suggestion_that_was_seen_a_reason_is_asked_for(tmp_path: Path) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)
    review.unblind()
    suggestion = review.suggested("C5")
    assert not review.blind and suggestion is not None
    far = 1 if suggestion["value"] >= 2 else 5
    for reason in ("", "  \n"):
        with pytest.raises(SimulatorError, match="Say in a sentence"):
            review.rate("C5", far, reason)
    assert len(review.facts) == 1
    review.rate("C5", far, "The tone does not show in words.")
    review.rate("C5", round(suggestion["value"]))
    (given,) = review.ratings["C5"].given
    assert (given.value, given.blind) == (round(suggestion["value"]), False)
    review.rate("X2", 3)
    assert review.suggested("X2") is not None and review.suggested("X2")["value"] is None  # type: ignore[index]


@pytest.mark.parametrize("value", [0, 6, 3.5, True, "3"])
def test_a_rating_is_a_whole_number_from_one_to_five(tmp_path: Path, value: int) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)
    with pytest.raises(SimulatorError, match="1 to 5"):
        review.rate("C5", value)
    with pytest.raises(SimulatorError, match="1 to 5"):
        review.state_voice("safe", value)
    assert list(review.facts) == []


def test_what_is_not_there_is_not_spoken_of(tmp_path: Path) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)
    absences: list[Callable[[], object]] = [
        lambda: review.rate("C9", 3),
        lambda: review.state_voice("happy", 3),
        lambda: review.note(9, "x", True),
        lambda: review.note(1, "x", True, take=2),
        lambda: review.answer("tag", 1, "own-error", True),
    ]
    for absent in absences:
        with pytest.raises(NotFound):
            absent()
    with pytest.raises(SimulatorError, match="no words"):
        review.note(1, " \n ", True)
    with pytest.raises(SimulatorError, match="sector"):
        review.ask_second("police")
    with pytest.raises(NotOpen, match="not been signed"):
        review.reopen("why not")
    assert list(review.facts) == [] and state(tmp_path) == "waiting"


def test_notes_are_cleaned_and_cut(tmp_path: Path) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)
    review.note(1, "  \x1b[31mred\u202e " + "x" * 9_000, False)
    text = review.facts[0].body["text"]
    assert text.startswith("\ufffd[31mred\ufffd x") and 4_990 <= len(text) <= 5_000


def test_five_statements_are_answered_in_the_persons_voice(tmp_path: Path) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)
    keys = [statement.key for statement in review.statements]
    for value, key in enumerate(keys, start=1):
        review.state_voice(key, value)
    review.state_voice("again", 1)
    assert review.said.voices == {review.facts[0].who: dict(zip(keys, [1, 2, 3, 4, 1], strict=True))}


def test_a_contest_is_answered_once_and_can_be_answered_anew(tmp_path: Path) -> None:
    session = played(tmp_path)
    session.contest("tag", 1, "own-error", "It was no mistake of mine.", take=1)
    room = room_at(tmp_path)
    assert room.count(Filter(contested=True)) == 1 and room.count(Filter(contested=False)) == 0
    review = room.open(session.id)
    assert review.whole["debrief"]["contests"][0]["text"] == "It was no mistake of mine."
    review.answer("tag", 1, "own-error", agree=False, text="You did say sorry.")
    review.answer("tag", 1, "own-error", agree=True)
    assert review.said.answers["tag", 1, 1, "own-error"].body["agree"] is True


def test_what_has_not_ended_is_not_judged_yet(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "shared")
    session.answer("own-it")
    review = room_at(tmp_path).open(session.id)
    for name in ("rate", "state_voice", "sign"):
        with pytest.raises(NotOpen, match="not ended"):
            ACTS[name](review)
    review.note(1, "Seen so far.", False)


def test_of_who_stepped_out_nothing_is_judged_or_shown_that_judges(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "shared")
    session.answer("own-it")
    session.step_out()
    review = room_at(tmp_path).open(session.id)
    for name in ("rate", "state_voice", "sign"):
        with pytest.raises(NotOpen, match="stepped out"):
            ACTS[name](review)
    review.unblind()
    (take,) = review.whole["takes"]
    assert take["ratings"] is None and take["turns"][0]["before"] is None
    assert review.suggested("C5") is None
    review.note(None, "Is everything all right?", True)


def test_everything_that_was_played_is_there(tmp_path: Path) -> None:
    practice = at(tmp_path)
    session = begin(practice, "shared")
    session.pause()
    session.answer("own-it")
    session.reach()
    session.suspend()
    session = practice.resume(session.id)
    session.answer("wait")
    session.rewind(2)
    session.answer("ring-now")
    whole = room_at(tmp_path).open(session.id).whole
    assert whole["takes"][0]["turns"][0]["before"]["tension"] == 5, "before the trainee has had their say"
    assert whole["takes"][0]["reaches"] == [
        {"turn": 2, "tension": whole["takes"][0]["turns"][0]["after"]["tension"]}
    ]
    offered = {offer["id"] for offer in whole["takes"][0]["turns"][0]["offered"]}
    assert {"own-it", "calm", "step-back", "silence"} == offered
    assert [step["kind"] for step in whole["steps"]] == [
        "paused", "unpaused", "answered", "reached", "suspended", "resumed", "answered", "rewound", "answered",
    ]  # fmt: skip
    assert whole["trainee"] == "Sam" and "<trainee>" not in str(whole)


def test_names_are_veiled_wherever_they_were_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "marmaduke")
    practice = at(tmp_path, "Quiet Heron")
    session = begin(practice, "shared")
    session.answer("own-it")
    session.answer("ring-now")
    session.say_word("Marmaduke is tired")
    session.say_account("I, marmaduke, rang.")
    session.close_self_rating()
    session.contest("tag", 1, "own-error", "MARMADUKE did not.", take=1)
    session.keep_one("Marmaduke keeps this.")
    session.try_one("Marmaduke tries.", "when Marmaduke is back")
    room = room_at(tmp_path)
    review = room.open(session.id)
    review.note(1, "Well done, Marmaduke.", True)
    review.rate("C5", 2, "Marmaduke looked away.")
    review.answer("tag", 1, "own-error", False, "Marmaduke did.")
    again = room.open(session.id)
    shown = [again.whole, again.facts, again.ratings, room.page(), room.audit_lines()]
    assert "marmaduke" not in repr(shown).casefold()
    assert "Well done, Quiet Heron." in repr(again.facts)
    assert room.count(Filter(words="marmaduke")) == 0 and room.count(Filter(words="heron rang")) == 1


def test_notes_are_found_by_their_words(tmp_path: Path) -> None:
    session = played(tmp_path)
    played(tmp_path)
    room = room_at(tmp_path)
    review = room.open(session.id)
    review.note(1, "The marmalade moment.", False)
    review.rate("C5", 3, "Thought of a gooseberry.")
    for words in ("marmalade", "goose", "gooseberry tired"):
        assert [row.session for row in room.page(Filter(words=words))] == [session.id]


def test_where_the_disk_is_full_nothing_seems_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = played(tmp_path)
    review = room_at(tmp_path).open(session.id)

    def full(*_: object) -> None:
        raise StoreTrouble("There is no room left.", "")

    monkeypatch.setattr("facilitator.store.note", full)
    with pytest.raises(StoreTrouble):
        review.note(1, "Lost?", True)
    assert list(review.facts) == [] and sql(records_file(tmp_path), "SELECT * FROM review_fact") == []
    monkeypatch.undo()
    review.note(1, "Kept.", True)
    assert [fact.body["text"] for fact in review.facts] == ["Kept."]


def test_what_was_said_of_it_goes_with_an_erased_session(tmp_path: Path) -> None:
    session, other = played(tmp_path), played(tmp_path)
    room = room_at(tmp_path)
    for place, each in enumerate((session, other, session)):
        room.open(each.id).note(1, f"Zwetschge {place}" if each is session else "Marmalade", False)
    file = records_file(tmp_path)
    assert b"zwetschge" in file.read_bytes().lower()
    database = room._store._database
    with database.writing() as connection:
        erase_sessions(connection, [uuid.UUID(session.id)])
    database.wipe()
    held = b"".join(path.read_bytes() for path in file.parent.iterdir()).lower()
    assert b"zwetschge" not in held and b"marmalade" in held
    assert room.count() == 1 and room.count(Filter(words="marmalade")) == 1
    lines = room.audit_lines()
    assert {line.session for line in lines} == {None, other.id}
    assert [line.act for line in lines].count("wrote a note on") == 3
