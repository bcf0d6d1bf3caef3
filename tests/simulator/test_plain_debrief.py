"""The debrief in lines of text: its order, every way through and out of it, and what is kept on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scoring.claims import CLAIM
from simulator import locations
from simulator.plain_me import ALONE, NOTHING_YET
from simulator.practice import Practice
from simulator.start import Start
from tests.simulator.conversation import BEGIN, practice_in, talk
from tests.simulator.service import sql

BAD_ROAD = (*BEGIN, "own-it", "wait", "calm", "own-it", "ring-now")
LEFT_OUT = ("", "", "", "skip", "")
"""Word, how sure, account, all ratings of their own, and on."""
ORDER = (
    "First your own say",
    "What happened, as you would tell it?",
    "1 of 3: ",
    "Marcus, out of role, looking back: ",
    "As it began: tension 5, trust 3, felt safety 4.",
    "Moment 1 of 2.",
    "Marcus's side, along the way.",
    "A strength, at turn ",
    CLAIM,
    "You can take any moment again",
    "One thing to keep",
    "One thing to try",
    "That was a scene, and it is over.",
)


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    made = practice_in(tmp_path)
    yield made
    made.close()


def said_in(practice: Practice) -> dict[str, Any]:
    """What was kept of the only session's debrief."""
    [row] = practice.sessions()
    said: dict[str, Any] = practice.show(row.session)["debrief"]
    return said


def test_enter_alone_walks_through_every_part_in_its_order(practice: Practice) -> None:
    code, said = talk(practice, (*BAD_ROAD, *[""] * 18))
    assert code == 0
    places = [said.index(text) for text in ORDER]
    assert places == sorted(places)
    assert said.endswith("Goodbye. Take care of yourself.\n")
    left_out = said_in(practice)
    assert left_out["complete"] and left_out["blind"] is False
    assert not any(left_out[each] for each in ("word", "account", "self_ratings", "to_keep", "to_try"))
    assert [each["text"] for each in left_out["inquiries"]] == [None, None]
    assert practice.unfinished() == []


PROMPTS = (
    *BAD_ROAD,
    "tired",
    "7",
    "It went.",
    "4",
    "",
    "2",
    "",
    "",
    "",
    "Rushed.",
    "",
    "",
    "",
    "",
    "A time.",
)


@pytest.mark.parametrize("typed", range(len(BAD_ROAD), len(PROMPTS) + 1))
def test_leaving_at_any_prompt_leads_to_aftercare_and_keeps_what_was_said(tmp_path: Path, typed: int) -> None:
    practice = practice_in(tmp_path)
    code, said = talk(practice, (*PROMPTS[:typed], "leave"))
    assert code == 0
    assert "That was a scene, and it is over. You are out of it now." in said
    assert said.endswith("Goodbye. Take care of yourself.\n")
    kept = said_in(practice)
    for count, name, text in ((9, "word", "tired"), (11, "account", "It went."), (24, "to_keep", "A time.")):
        assert kept[name] == (text if typed >= count else None)
    practice.close()


def test_coming_back_goes_on_at_the_first_part_that_waits(practice: Practice) -> None:
    talk(practice, (*BAD_ROAD, "tired", "", "It went."))
    _, said = talk(practice, ("4",), Start(resume=True))
    assert "First your own say" not in said and "1 of 3: " in said
    _, said = talk(practice, ("skip", "", "", "", "Rushed."), Start(resume=True))
    assert "1 of 3: " not in said, "what was rated is not asked again"
    assert "2 of 3: " in said and "Moment 1 of 2." in said
    [row] = practice.sessions()
    _, said = talk(practice, ("", "", ""), Start(resume=True, session=row.session))
    assert "Moment 2 of 2." in said and "You said: Rushed." in said
    assert "out of role, looking back" not in said
    _, said = talk(practice, (), Start(resume=True, session=row.session))
    assert "Marcus's side, along the way." in said


def test_a_rating_opens_to_its_turns_and_can_be_contested(practice: Practice) -> None:
    typed = ("open c3", "OPEN X1", "open", "open c9", "contest c3", "I asked twice.", "ratings")
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, *typed))
    opened = said[said.index("> open c3") : said.index("> OPEN X1")]
    assert re.search(r"C3, Inquiring and listening: \d(\.\d)? of 5, suggested from 3 turns\.", opened)
    assert [int(turn) for turn in re.findall(r"^Turn (\d)\.", opened, re.MULTILINE)] == [1, 3, 4]
    assert said.count("Type open and the sign of a rating, for example open C3.") == 2
    assert "You see C3 differently: I asked twice." in said
    [contest] = said_in(practice)["contests"]
    assert (contest["what"], contest["turn"], contest["name"]) == ("rating", 0, "C3")


@pytest.mark.parametrize(
    ("typed", "name"),
    [("contest 3 minimise", "minimise"), ("contest 3 calm down", "calm-down"), ("contest 2", "vague-wait")],
)
def test_a_technique_can_be_contested(practice: Practice, typed: str, name: str) -> None:
    turn = int(typed.split()[1])
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, typed, "It was not.", f"turn {turn}"))
    assert f"You see {name} differently: It was not." in said
    [contest] = said_in(practice)["contests"]
    assert (contest["what"], contest["take"], contest["turn"], contest["name"]) == ("tag", 1, turn, name)


@pytest.mark.parametrize("typed", ["contest", "contest 3", "contest 9", "contest c9", "contest 3 own-error"])
def test_what_is_not_there_is_not_contested(practice: Practice, typed: str) -> None:
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, typed, "felt"))
    assert "Type contest and the sign of a rating" in said
    assert said_in(practice)["contests"] == []


def test_a_technique_of_the_first_take_can_be_contested_from_a_later_one(practice: Practice) -> None:
    back = ("back 2", "ring-now", "contest 2 vague wait", "contest first 2 vague wait", "I did not know.")
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, *back, "first 2"))
    assert said.count("Type contest and the sign of a rating") == 1
    assert "You see vague-wait differently: I did not know." in said
    [contest] = said_in(practice)["contests"]
    assert (contest["take"], contest["turn"], contest["name"]) == (1, 2, "vague-wait")


def test_every_turn_number_that_is_heard_opens(practice: Practice) -> None:
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, "side", "1", "turn 2", "3.", "turn 4.", "5", "6", "0"))
    for turn in range(1, 6):
        assert re.search(rf"^Turn {turn}\.\n(.*\n)+?After it: tension", said, re.MULTILINE)
    assert said.count("The turns go from 1 to 5.") == 2


def test_a_moment_taken_again_ends_in_both_roads(practice: Practice) -> None:
    back = ("replay", "back 2", "ring-now", "open c4", "", "", "", "")
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, *back))
    after = said[said.index("Take 1 and take 2, side by side from turn 2.") :]
    places = [
        after.index(text)
        for text in (
            "Turn 2, take 1.",
            "Turn 2, take 2.",
            "Turn 3, take 1.",
            "Take 2 ended so: ",
            "Enter goes on to what to keep and what to try.",
            "C4, Guidance and clarity: ",
            "Take 2.",
            "One thing to keep",
        )
    ]
    assert places == sorted(places)
    [row] = practice.sessions()
    assert row.takes == 2


def test_typed_part_names_lead_there(practice: Practice) -> None:
    for name, text in (
        ("timeline", "As it began:"),
        ("side", "Marcus's side"),
        ("ratings", CLAIM),
        ("replay", "You can take any moment again"),
        ("keep", "One thing to keep"),
    ):
        _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, name))
        assert text in said[said.index(f"> {name}") :]


def test_what_is_kept_can_be_changed_on_the_way(practice: Practice) -> None:
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, "share", "facilitator", "share", "nothing", "done"))
    assert "your facilitator can read every take" in said
    assert said.count("Nothing of this session is kept.") == 2
    assert practice.sessions() == []


# the own page


def test_the_own_page_is_reached_from_the_chooser(practice: Practice) -> None:
    code, said = talk(practice, ("me", "leave"), Start(seed=3))
    assert code == 0 and NOTHING_YET in said
    talk(practice, (*BAD_ROAD, *LEFT_OUT, "keep", "A time.", "Ask sooner.", "Friday", "done"))
    [row] = practice.sessions()
    _, said = talk(practice, ("me", "c3", "x2", "z9", "help", "", "leave"), Start(seed=3))
    assert "Type me for your own page." in said
    for told in (
        ALONE,
        "You have practised 1 time, the latest first.",
        "A plan you both made. It is kept for you alone.",
        "after The tea trolley: A time.",
        "after The tea trolley: Ask sooner. When: Friday.",
        "of 5, from turns 1, 3 and 4.",
        f"To open it: words-first play --plain --resume {row.session}",
        "To practise next, you could take ",
        "X2, Fit to trauma, culture and communication: no turn so far.",
        "That fits nothing here: z9.",
    ):
        assert told in said
    assert said.index(CLAIM) < said.index("C1, Valuing the person:")


def test_the_own_page_says_who_has_looked(practice: Practice) -> None:
    talk(practice, (*BAD_ROAD, *LEFT_OUT, "share", "facilitator", "done"))
    _, said = talk(practice, ("me", "leave"), Start(seed=3))
    assert "It is shared with your facilitator.\nNobody has looked at it yet." in said
    [row] = practice.sessions()
    looked = "INSERT INTO audit (at_ms, actor, act, session_id, detail) VALUES (0, 'Bea', 'opened', ?, '')"
    file = locations.sqlite_path(practice.url)
    assert file is not None
    sql(file, looked, row.session.replace("-", ""))
    _, said = talk(practice, ("me", "leave"), Start(seed=3))
    assert re.search("Bea opened it, .* 19(70|69)", said) and "Nobody has looked" not in said


def test_the_effect_is_told_before_the_technique(practice: Practice) -> None:
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, "ratings"))
    for thing in re.split("^(?:A strength|Something to try), at turn ", said, flags=re.MULTILINE)[1:]:
        order = ("What it did to Marcus: ", "What it shows: ", "Why it matters: ", "Where that is from: ")
        assert sorted(order, key=thing.index) == list(order)


def test_ratings_of_the_first_take_are_said_to_be_the_ones_to_contest(practice: Practice) -> None:
    _, said = talk(practice, (*BAD_ROAD, *LEFT_OUT, "back 2", "ring-now", "ratings", "help"))
    assert "first take's, and those you can contest" in said
    assert "it is the first take's that can be contested" in said


# the ward's groups


@pytest.fixture
def in_groups(practice: Practice) -> Practice:
    """A ward with two groups."""
    practice.__dict__["settings"] = replace(practice.settings, groups=("Spring", "Autumn"))
    return practice


def test_who_shares_is_asked_once_for_a_group(in_groups: Practice) -> None:
    lines = ("help", "facilitator", "help", "9", "2", "", "", "leave", "out")
    _, said = talk(in_groups, lines)
    assert "1. Spring\n2. Autumn" in said and "You are in Autumn from now on." in said
    assert in_groups.group() == "Autumn"
    _, said = talk(in_groups, ("facilitator", "", "", "leave", "out"))
    assert "Autumn" not in said


def test_in_no_group_is_where_one_is_by_default(in_groups: Practice) -> None:
    _, said = talk(in_groups, ("facilitator", "", "", "", "leave", "out"))
    assert "Do you practise in one of them: 1 or 2? Enter means in none." in said
    assert in_groups.group() is None and not in_groups.groups_to_join(), "asked once a sitting"


def test_who_does_not_share_is_not_asked_for_a_group(in_groups: Practice) -> None:
    _, said = talk(in_groups, ("me", "", "", "leave", "out"))
    assert "Autumn" not in said
    _, said = talk(in_groups, (*BAD_ROAD, *LEFT_OUT, "share", "facilitator", "1", "done"))
    assert in_groups.group() == "Spring", "asked where it is shared afterwards too"
