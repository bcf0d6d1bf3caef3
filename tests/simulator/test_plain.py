"""Plain mode: whole conversations, every way out, and nothing in anybody's text that could do harm."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.load import Loaded, load_bytes
from simulator.errors import AlreadyOpen, StoreTrouble
from simulator.plain_talk import Talk, either, turn_after, whole_number
from simulator.practice import Practice, open_practice
from simulator.session import Session
from simulator.start import Start
from tests.simulator.conversation import BEGIN, practice_in, talk
from tests.simulator.service import TEA, tea

GOLDEN: Final = Path(__file__).parents[1] / "golden"
GOOD_ROAD: Final = (*BEGIN, "own-it", "ring-now")
OWN_SAY: Final = ("", "", "", "", "", "", "")
"""Word, how sure, account, three ratings of their own, and on."""
LOOK_BACK: Final = (*OWN_SAY, *[""] * 11)
"""Enter to the very end: two moments, what to keep and to try, and seven parts to go on from."""
UNSAFE: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = practice_in(tmp_path)
    yield made
    made.close()


def golden(name: str, said: str) -> None:
    """The conversation is the committed one; WORDS_FIRST_GOLDEN=write writes it anew, to be read over."""
    file = GOLDEN / f"plain-{name}.txt"
    said = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "SESSION", said)
    if os.environ.get("WORDS_FIRST_GOLDEN") == "write":
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


# whole conversations


def test_a_whole_play_with_enter_wherever_there_is_a_default(practice: Practice) -> None:
    code, said = talk(practice, (*GOOD_ROAD, *LOOK_BACK))
    assert code == 0
    golden("whole-play", said)


def test_every_word_there_is(practice: Practice) -> None:
    briefing = "help,facilitator,seven,7,say again,"
    scene = "say again,help,,banana,hands,quiet,quiet,pause,what,go on,back,back 1,so far,2,1,1,tired,2"
    own = "weary,6,,help,4,skip,more,help,2,2,,1"
    after = "help,2,turn 1,9,all,open C3,open,banana,contest c3,I asked,contest 2 vague wait,,contest 9,"
    after += "contest,roads,timeline,say again,,I was rushed,skip,first 1,ratings,back 9,back 2,wait,own-it,"
    after += "ring-now,first 2,open X1,replay,,Sorry first,Ask sooner,Friday,share,me,done"
    lines = ",".join([briefing, scene, own, after]).split(",")
    code, said = talk(practice, lines)
    assert code == 0
    golden("every-word", said)


def test_stepping_out(practice: Practice) -> None:
    code, said = talk(practice, (*BEGIN, "leave", "out"))
    assert code == 0
    golden("stepping-out", said)
    assert practice.unfinished() == []


def test_a_scene_can_be_begun_and_looked_back_on_with_enter_alone(practice: Practice) -> None:
    code, said = talk(practice, ("", *BEGIN, "1", "1", "1", *LOOK_BACK, ""), Start(seed=3))
    assert code == 0
    assert "turns to look back on." in said and said.endswith("Goodbye. Take care of yourself.\n")


def test_choosing_by_number_or_name(practice: Practice) -> None:
    for typed in ("1", "1.", "tea", "The tea trolley", ""):
        _, said = talk(practice, (typed, "leave"), Start())
        assert "You are a healthcare assistant. The scene takes about 3 minutes." in said, typed
    _, said = talk(practice, ("2", "0", "-1", "٣", "tee"), Start())
    assert said.count("That fits nothing here") == 5


def test_another_scene_after_the_first(practice: Practice) -> None:
    lines = ("1", *BEGIN, "leave", "out", "another", "1", *BEGIN, "leave", "out", "")
    code, said = talk(practice, lines, Start(seed=3))
    assert code == 0
    assert said.count("Where and when") == 2
    assert said.endswith("Goodbye. Take care of yourself.\n")


def test_nothing_to_practise_is_said() -> None:
    import io

    from scenarios.shelf import Shelf
    from simulator.plain import run

    sink = io.StringIO()
    practice = open_practice(None, "Sam", "none")
    assert run(practice, shelf=Shelf(()), start=Start(), source=io.StringIO(""), sink=sink) == 1
    assert "nothing to practise" in sink.getvalue()


# the briefing


def test_the_briefing_is_about_the_person_and_the_opening_that_are_drawn(practice: Practice) -> None:
    start = Start(loaded=tea(), opening="late-night", cast="Joanne", seed=3)
    _, said = talk(practice, (), start)
    for told in (
        "You will meet Joanne. 36, on the ward a week.",
        "What you know: Joanne was told tea was at three and it is ten past.",
        "Handover says she did not sleep.",
        "Where and when: Acute ward, 3.10 pm, the day room.",
        "It may touch on: raised voices.",
        "Hands-on is not available here: this is practice in what words can do.",
        "It has not yet been reviewed by people with lived experience.",
    ):
        assert told in said


@pytest.mark.parametrize(
    ("typed", "keep"),
    [("", "mine"), ("me", "mine"), ("Facilitator.", "shared"), ("shared", "shared"), ("mine", "mine")],
)
def test_what_is_kept_is_chosen(practice: Practice, typed: str, keep: str) -> None:
    talk(practice, (typed, "", ""))
    assert [left.keep for left in practice.unfinished()] == [keep]


def test_keeping_nothing_in_the_briefing_keeps_no_session(practice: Practice) -> None:
    _, said = talk(practice, ("nothing", "", "", "own-it"))
    assert "Nothing was kept, as you chose." in said
    assert practice.unfinished() == []
    assert practice.sessions() == []


def test_keep_none_writes_nothing_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home))
    practice = open_practice(str(home / "sub" / "records.sqlite3"), None, "none")
    start = Start(loaded=tea(), seed=3, keep="none")
    code, said = talk(
        practice, ("", "", "own-it", "ring-now", "fine", "", "a time", "skip", "", "all", "done"), start
    )
    assert code == 0
    assert "What is kept of this session, me or facilitator?" not in said
    assert list(home.iterdir()) == []


def test_confidence_is_asked_and_kept(practice: Practice) -> None:
    talk(practice, ("", "11", "-1", "4.5", "8", "", "own-it"))
    [left] = practice.unfinished()
    assert practice.show(left.session)["confidence"]["before"] == 8


# ways out


WALK: Final = (
    *GOOD_ROAD,
    "fine",
    "7",
    "A time.",
    "4",
    "",
    "2",
    "",
    "",
    "",
    "It seemed right.",
    "back 1",
    "back 1",
    "pause",
    "",
    "hands",
    "leave",
    "back",
    "own-it",
)


@pytest.mark.parametrize("typed", range(len(WALK) + 1))
def test_the_end_of_input_at_any_prompt_suspends_and_is_no_error(tmp_path: Path, typed: int) -> None:
    practice = practice_in(tmp_path)
    code, said = talk(practice, WALK[:typed])
    assert code == 0
    last = said.splitlines()[-1]
    if typed < len(BEGIN):
        assert last == "Nothing was begun. To practise another time: words-first play --plain"
        assert practice.sessions() == []
    else:
        [row] = practice.sessions()
        assert row.state in ("suspended", "ended")
        assert last.endswith(f"words-first play --plain --resume {row.session}")
    practice.close()


def test_going_on_shows_the_same_turn_again(practice: Practice) -> None:
    _, before = talk(practice, (*BEGIN, "own-it"))
    _, after = talk(practice, ("so far", "leave"), Start(resume=True))
    waiting = before[before.rindex("Turn 2.") : before.rindex("Your place is kept")]
    assert waiting in after
    assert "You: You were told three and nobody came. I'm sorry. I'm Sam." in after


def test_the_chooser_offers_what_was_left(practice: Practice) -> None:
    talk(practice, (*BEGIN, "own-it"))
    for typed in ("", "go on"):
        _, said = talk(practice, (typed,), Start())
        assert "You left a scene: The tea trolley, begun on" in said
        assert "1 turn so far" in said
        assert "Going on with The tea trolley" in said


def test_leaving_keeps_the_place_unless_told_otherwise(practice: Practice) -> None:
    code, said = talk(practice, (*BEGIN, "own-it", "leave", "perhaps", ""))
    assert code == 0
    assert "That fits nothing here: perhaps." in said
    assert "Your place is kept." in said
    assert [left.turns for left in practice.unfinished()] == [1]


def test_leaving_twice_is_leaving(practice: Practice) -> None:
    _, said = talk(practice, (*BEGIN, "leave", "leave"))
    assert "Your place is kept." in said
    assert said.endswith("Goodbye. Take care of yourself.\n")


def test_an_ended_scene_can_be_come_back_to(practice: Practice) -> None:
    talk(practice, GOOD_ROAD)
    [row] = practice.sessions()
    code, said = talk(practice, LOOK_BACK, Start(resume=True, session=row.session))
    assert code == 0
    assert "Coming back to The tea trolley." in said
    assert "How it came out: A plan you both made." in said


def test_leaving_before_the_debrief_says_how_to_come_back(practice: Practice) -> None:
    code, said = talk(practice, (*GOOD_ROAD, "leave"))
    [row] = practice.sessions()
    assert code == 0
    assert f"To come back to it: words-first play --plain --resume {row.session}" in said
    assert said.endswith("Goodbye. Take care of yourself.\n")


def test_another_window_that_has_gone_on_is_told(practice: Practice, tmp_path: Path) -> None:
    talk(practice, BEGIN)
    begun = practice.resume()
    other = practice_in(tmp_path)
    other.resume().answer("own-it")
    other.close()
    with pytest.raises(AlreadyOpen):
        begun.answer("own-it")


def test_what_was_not_kept_can_be_kept_after_all(tmp_path: Path) -> None:
    practice = open_practice(str(tmp_path / "records.sqlite3"), "Sam", "none")
    start = Start(loaded=tea(), opening="usual", cast="Marcus", seed=3, keep="none")
    _, said = talk(
        practice,
        ("", "", "own-it", "ring-now", "fine", "", "a time", "skip", "", "share", "me", "done"),
        start,
    )
    practice.close()
    assert "This session is kept for you. Only you are shown it." in said
    again = practice_in(tmp_path)
    assert [row.state for row in again.sessions()] == ["ended"]
    again.close()


def test_without_its_pin_nothing_is_kept_under_a_name(tmp_path: Path) -> None:
    first = practice_in(tmp_path)
    first.make("Robin", "4711")
    first.close()
    practice = open_practice(str(tmp_path / "records.sqlite3"), "Robin", "none")
    start = Start(loaded=tea(), opening="usual", cast="Marcus", seed=3, keep="none")
    code, said = talk(
        practice,
        ("", "", "own-it", "ring-now", "fine", "", "a time", "skip", "", "share", "me", "done"),
        start,
    )
    practice.close()
    assert code == 0
    assert "It stays as it was." in said


def test_interrupting_suspends(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Session, "reach", interrupted)
    with pytest.raises(KeyboardInterrupt):
        talk(practice, (*BEGIN, "own-it", "hands"))
    assert [row.state for row in practice.sessions()] == ["suspended"]


def test_a_fault_of_ours_leaves_the_place_kept(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Session, "reach", broken)
    with pytest.raises(ZeroDivisionError):
        talk(practice, (*BEGIN, "own-it", "hands"))
    assert [row.state for row in practice.sessions()] == ["suspended"]


# records that are away


def test_what_could_not_be_saved_has_not_happened_and_is_tried_again(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Session.answer
    tries = iter([True, True, False])

    def away_twice(session: Session, reply: str) -> object:
        if next(tries, False):
            raise StoreTrouble("The disk is full.", "Make room.", retry=True)
        return answer(session, reply)

    monkeypatch.setattr(Session, "answer", away_twice)
    code, said = talk(practice, (*BEGIN, "own-it", "help", "", "", "leave"))
    assert code == 0
    assert said.count("The disk is full.") == 2
    assert said.index("Nothing has moved on") < said.index("Turn 2.")


def test_a_pin_is_asked_for(tmp_path: Path) -> None:
    first = practice_in(tmp_path)
    first.make("Robin", "4711")
    first.close()
    again = practice_in(tmp_path, "Robin")
    _, said = talk(again, ("0000", "help", "4711", "leave"))
    again.close()
    assert "That PIN does not fit." in said
    assert "Where and when" in said


# what others wrote


HOSTILE_NAME: Final = "Al\x1b[31m\x07\u202eice]0;x\x9b"


def hostile() -> Loaded:
    text = TEA.read_text(encoding="utf-8")
    text = text.replace(
        "Being told the truth about times.", "So [/bold] [link=x]y[/] {0} %s \\x1b[2J *loud* `rm`"
    )
    return load_bytes(text.encode(), path=str(TEA))


def test_nothing_in_a_name_an_answer_or_a_scenario_reaches_the_terminal_raw(tmp_path: Path) -> None:
    practice = practice_in(tmp_path, HOSTILE_NAME)
    typed = (
        "x\x1b]0;owned\x07",
        *BEGIN,
        "own-it",
        "\x1b[2J\x9b1;1H",
        "ring-now",
        "\x1b[5m",
        "5",
        "\u202e\x00 fine",
        "skip",
        "",
        "all",
        "contest C4",
        "\x1b]0;x\x07",
        "feedback",
    )
    code, said = talk(
        practice, (*typed, "done"), Start(loaded=hostile(), opening="usual", cast="Marcus", seed=3)
    )
    practice.close()
    shown = "\n".join(line for line in said.splitlines() if not line.startswith("> "))
    assert code == 0
    assert UNSAFE.search(shown) is None
    assert "[/bold] [link=x]y[/] {0} %s \\x1b[2J *loud* `rm`" in shown


WORDS: Final = (
    *("", "1", "2", "3", "9", "own-it", "ring-now", "wait", "quiet", "pause", "go on", "back 1", "back 2"),
    *("hands", "so far", "leave", "back", "out", "say again", "help", "all", "done", "keep", "me", "nothing"),
    *("facilitator", "another", "skip", "open c3", "contest c4", "contest 1", "share", "roads", "first 1"),
    *("felt", "timeline", "moments", "side", "ratings", "again", "more", "5", "me", "turn 1"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(
        st.one_of(
            st.sampled_from(WORDS),
            st.text(max_size=30).map(lambda text: text.replace("\n", " ").replace("\r", " ")),
        ),
        max_size=40,
    )
)
def test_no_lines_whatever_stop_it(lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    practice = practice_in(tmp_path_factory.mktemp("any"))
    code, said = talk(practice, lines, Start(seed=3))
    practice.close()
    assert code == 0
    shown = "\n".join(line for line in re.split("\n", said) if not line.startswith("> "))
    assert UNSAFE.search(shown) is None


# small parts


def test_a_line_longer_than_any_text_is_one_answer(practice: Practice) -> None:
    _, said = talk(practice, (*BEGIN, "x" * 50_000, "own-it"))
    assert said.count("That fits nothing here") == 1
    assert "Turn 2." in said


def test_every_line_stands_alone(practice: Practice) -> None:
    _, said = talk(practice, (*GOOD_ROAD, *LOOK_BACK))
    for line in said.splitlines():
        assert line == line.strip()
        assert not re.search("[─-╿▀-▟|_]{2,}", line)


def test_numbers_and_turns_are_read_as_people_type_them() -> None:
    assert [whole_number(text) for text in ("3", "3.", "03", "-3", "three", "", "²", "9" * 9)] == [
        3, 3, 3, None, None, None, None, None,
    ]  # fmt: skip
    for typed in ("back 3", "back to 3", "back to turn 3", "back turn 3."):
        assert turn_after("back", typed) == 3
    for typed in ("back", "back three", "back 1 2", "forward 3", ""):
        assert turn_after("back", typed) is None
    assert [either(count) for count in (1, 2, 5)] == ["1", "1 or 2", "1 to 5"]
    assert either(2, "quiet", "help") == "1, 2, quiet or help"


def test_synonyms_give_way_to_a_reply_of_that_name() -> None:
    import io

    sink = io.StringIO()
    heard = Talk(io.StringIO("Again!\nquit\n"), sink)
    assert heard.ask("Which?", about=(), own=("again",)) == "again"
    assert heard.ask("Which?", about=(), free=True) == "quit"
