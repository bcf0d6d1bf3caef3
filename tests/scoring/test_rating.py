"""Ratings: the worked example, the limits at work, and what may change nothing."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scenarios.load import load
from scenarios.unfold import Play, begin
from scoring.evidence import Seen, evidence, seen, value
from scoring.rating import Rating, core_mean, rate_play, rate_take, rating_json, ratings_json
from scoring.rubric import our_rubric
from scoring.rubric_model import CORE, DIMENSIONS
from tests.scenarios.strategies import Story
from tests.scoring.makers import better, changed_only_as_allowed, ratings, rubric, shown, turn
from tests.scoring.policies import play_out
from tests.scoring.roads import plays, replayed

OURS = our_rubric()
PAGE = Path(__file__).parents[2] / "docs" / "rating.md"
SCENE = "the-walk-that-was-promised"
SMALL = [(1, [0])] * 4
NONE = [(0, [1])] * 4


def c4(turns: Sequence[Seen]) -> Rating:
    """C4 of some turns."""
    return ratings(OURS, turns)["C4"]


# The worked example


def test_doing_small_things_well_and_then_a_great_harm_is_held_at_two() -> None:
    found = c4(shown(*SMALL, (-2, [2])))
    assert (found.value, found.mean, found.capped_by) == (2.0, 3.0, "false-promise")


def test_once_repaired_it_is_three() -> None:
    turns = better([*shown(*SMALL, (-2, [2])), turn(6, ["repair"])])
    found = c4(turns)
    assert (found.value, found.mean, found.capped_by) == (3.0, 3.0, None)
    assert found.holds[0].repaired == 6


def test_showing_nothing_and_then_the_thing_itself_is_more() -> None:
    found = c4(shown(*NONE, (2, [-2])))
    assert (found.value, found.mean, found.capped_by) == (3.75, 3.75, None)


def test_the_page_says_what_the_program_does() -> None:
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0] in {"weight", "A shows", "A's points", "B shows", "B's points"}:
            rows[cells[0]] = [float(cell) for cell in cells[1:] if cell]
    for who in "AB":
        did = [int(number) for number in rows[f"{who} shows"]]
        menus = [(number, [0, 1] if place < 4 else [-2, 2]) for place, number in enumerate(did)]
        found = c4(shown(*menus))
        assert [reading.weight for reading in found.readings] == rows["weight"]
        points = [reading.value for reading in found.readings]
        assert [*points, found.mean, found.value] == rows[f"{who}'s points"]


def test_the_table_of_points_on_the_page_is_that_of_the_program() -> None:
    rows = re.findall(r"^\| ([-+]?\d) \| ([\d.]+)(?:, or (\d) .*)? \|$", PAGE.read_text("utf-8"), re.M)
    assert [int(row[0]) for row in rows] == [-2, -1, 0, 1, 2]
    for number, usual, other in rows:
        assert value(int(number), 2) == float(usual)
        assert value(int(number), int(number)) == float(other or usual)


def test_the_table_of_limits_on_the_page_is_that_of_the_rubric() -> None:
    rows = re.findall(r"^\| [^|]+ \| ([^|]+) \| (\d) \| (\d) \|$", PAGE.read_text("utf-8"), re.M)
    caps = [(", ".join(cap.dimensions), cap.at_most, cap.repaired or cap.at_most) for cap in OURS.file.caps]
    strong = OURS.file.any_strong_harm
    expected = [("that dimension", strong.at_most, strong.repaired), *caps]
    assert [(where, int(most), int(repaired)) for where, most, repaired in rows] == expected


# Each rule alone


def test_fewer_than_two_opportunities_are_not_enough_and_never_a_one() -> None:
    found = c4(shown((-2, [2])))
    assert (found.value, found.mean, found.standing) == (None, None, "not enough seen")
    assert (found.opportunities, found.capped_by) == (1, None)
    assert c4(shown((-1, [2]), (-1, [2]))).value == 2.0


def test_turns_where_all_was_alike_are_no_opportunity() -> None:
    assert c4(shown((1, [1]), (1, [1]), (1, [1]))).opportunities == 0


def test_the_mean_goes_by_weight() -> None:
    assert c4(shown((0, [1]), (2, [-2]), (-1, [2]))).value == (1 * 2.5 + 4 * 5 + 3 * 2) / 8


def test_a_limit_above_the_mean_is_not_said_to_hold() -> None:
    found = c4(shown((-2, [2]), (-1, [2]), (-1, [2])))
    assert found.mean is not None and found.mean < 2
    assert (found.value, found.capped_by, len(found.holds)) == (found.mean, None, 2)


def test_a_role_can_leave_a_dimension_out_and_weigh_another() -> None:
    theirs = rubric(("leaves_out: []", "leaves_out: [C4]"))
    turns = shown((1, [0]), (1, [0]))
    assert ratings(theirs, turns, "peer support worker")["C4"].standing == "not for this role"
    assert ratings(theirs, turns, "peer support worker")["C4"].value is None
    assert ratings(theirs, turns, "peer support worker")["X3"].weighs == 2
    assert ratings(theirs, turns, "nurse")["C4"].value == 5.0


def test_the_core_mean_is_over_c1_to_c7_that_were_seen() -> None:
    found = ratings(OURS, shown((1, [0]), (1, [0])))
    assert found["X1"].value is not None
    assert core_mean({**found, **dict.fromkeys(CORE, found["X5"])}) is None
    seen = [found[name].value for name in CORE if found[name].value is not None]
    assert core_mean(found) == sum(number for number in seen if number is not None) / len(seen)


# The JSON shape


@cache
def good_road() -> Play:
    """The library scene along an author's walk, then once more from its third turn."""
    loaded = load(SCENE)
    play = begin(loaded.scene, 3, "usual", 0)
    for reply in loaded.scenario.walks[0].replies:
        play.answer(reply)
    play.rewind(3)
    play.answer(sorted(offer.id for offer in play.offered)[0])
    return play


def test_ratings_in_the_shape_that_programs_rely_on() -> None:
    play = good_road()
    found = ratings_json(load(SCENE), play, play.takes[0])
    assert list(found) == list(DIMENSIONS)
    for name, rating in found.items():
        assert list(rating) == ["value", "opportunities", "evidence", "capped_by", "for_facilitator"]
        assert rating["for_facilitator"] == (name in {"C2", "C6", "C7"})
        for entry in rating["evidence"]:
            reply = play.takes[0].turns[entry["turn"] - 1]
            assert entry["technique"] in reply.option.source.techniques
            assert -2 <= entry["shown"] <= 2
        assert rating["capped_by"] or len(rating["evidence"]) == rating["opportunities"]
    assert found["C1"]["value"] > 4


def test_the_turn_that_holds_a_rating_is_among_its_evidence() -> None:
    play = begin(load(SCENE).scene, 1, "usual", 0)
    play.answer("first-on-list")
    play_out(play, "skilled")
    found = ratings_json(load(SCENE), play, play.take)["X1"]
    assert (found["value"], found["capped_by"]) == (2.0, "false-promise")
    assert {"turn": 1, "technique": "false-promise", "shown": -2} in found["evidence"]


def test_even_where_every_reply_harmed_alike_so_that_it_was_no_opportunity() -> None:
    turns = better([turn(1, ["false-promise"], ["false-promise"]), *shown((1, [0]), (1, [0]))])
    again = [Seen(place, one.techniques, one.offered, one.gauges) for place, one in enumerate(turns, 1)]
    found = rating_json(c4(again))
    assert (found["value"], found["opportunities"]) == (2.0, 2)
    assert [(entry["turn"], entry["shown"]) for entry in found["evidence"]] == [(1, -2), (2, 1), (3, 1)]


def test_each_take_has_its_own_ratings_and_the_first_is_the_rating() -> None:
    play = good_road()
    rated = rate_play(play)
    assert rated.first == rate_take(play, play.takes[0])
    assert rated.retakes == (rate_take(play, play.takes[1]),)
    turns = {reading.turn for rating in rated.retakes[0].values() for reading in rating.readings}
    assert turns <= {1, 2, 3}
    assert max(turns) == 3


# What holds for every play


@given(plays())
def test_a_rating_is_between_one_and_five_or_none(drawn: tuple[Story, list[str]]) -> None:
    play = replayed(*drawn)
    for rating in rate_take(play, play.take).values():
        assert (rating.value is None) == (rating.opportunities < 2)
        assert rating.value is None or 1 <= rating.value <= 5
        assert (rating.capped_by is not None) == (rating.value != rating.mean)


NAMES = sorted(OURS.file.techniques)
REPLY = st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)
NAME = st.text("abcdefghijklmnopqrstuvwxyzABCDEFÉÖŁ' ", min_size=1).filter(str.strip)
WORDS = st.lists(
    st.sampled_from(["Aye", "no", "love", "<name>", "wait<s>", "sorry", "mate", "duck"]), min_size=1
)


@given(plays(), st.lists(NAME, min_size=2, max_size=2), st.sampled_from(["he", "she", "they"]), st.data())
def test_who_is_met_and_how_it_is_worded_changes_no_rating(
    drawn: tuple[Story, list[str]], names: list[str], pronouns: str, data: st.DataObject
) -> None:
    """Another person, name and pronouns, a trainee's name, other words for every line, another seed."""
    story, replies = drawn
    whole: dict[str, Any] = copy.deepcopy(story.whole)
    whole["person"]["cast"] = [{"name": name.strip(), "pronouns": pronouns} for name in names]
    whole["person"]["matters"] = " ".join(data.draw(WORDS))
    for moment in whole["moments"].values():
        moment["person"] = " ".join(data.draw(WORDS))
        for reply in moment["replies"]:
            kind = "say" if "say" in reply else "do"
            reply[kind] = " ".join(data.draw(WORDS))
            reply["wordings"] = [" ".join(data.draw(WORDS))]
            reply.pop("person", None)
    play = replayed(story, replies)
    other = Story(whole)
    for cast in (0, 1):
        again = replayed(other, replies, cast, data.draw(st.none() | NAME), data.draw(st.integers(0, 99)))
        assert rate_take(play, play.take) == rate_take(again, again.take)


@given(plays())
def test_replies_that_were_never_offered_change_no_rating(drawn: tuple[Story, list[str]]) -> None:
    story, replies = drawn
    play = replayed(story, replies)
    offered = {(one.moment, offer.id) for one in play.take.turns for offer in one.offered}
    whole: dict[str, Any] = copy.deepcopy(story.whole)
    for name, moment in whole["moments"].items():
        first, *others = moment["replies"]
        moment["replies"] = [first, *(reply for reply in others if (name, reply["id"]) in offered)]
        if (name, "silence") not in offered:
            moment.pop("silence", None)
        if (name, "shared-step") not in offered:
            moment.pop("also", None)
    again = replayed(Story(whole), replies)
    assert rate_take(play, play.take) == rate_take(again, again.take)


@given(plays(), st.data())
def test_a_reply_that_nobody_chooses_changes_only_what_it_may(
    drawn: tuple[Story, list[str]], data: st.DataObject
) -> None:
    """In a scene: its weight or eligibility, a 3 into 2.5, a 5 for +1 into 4. Turn by turn: test_evidence.py."""
    story, replies = drawn
    play = replayed(story, replies)
    moment = data.draw(st.sampled_from([turn.moment for turn in play.take.turns]))
    whole: dict[str, Any] = copy.deepcopy(story.whole)
    extra = {"id": "extra", "say": "Something else.", "techniques": data.draw(REPLY), "to": moment}
    whole["moments"][moment]["replies"].append(extra)
    again = replayed(Story(whole), replies)
    before, after = (evidence(OURS, seen(one, one.take)) for one in (play, again))
    wider = {turn.number for turn in play.take.turns if turn.moment == moment}
    assert changed_only_as_allowed(before, after, wider)


MENUS = st.lists(st.lists(REPLY, min_size=2, max_size=5), min_size=2, max_size=8)


@given(MENUS, st.data())
def test_a_better_reply_never_lowers_a_rating_but_through_a_limit(
    menus: list[list[list[str]]], data: st.DataObject
) -> None:
    """On one road, nothing repeated: the same menus, one reply changed for one that shows no less."""
    chosen = [data.draw(st.integers(0, len(menu) - 1)) for menu in menus]
    place = data.draw(st.integers(0, len(menus) - 1))
    other = list(chosen)
    other[place] = data.draw(st.integers(0, len(menus[place]) - 1))

    def road(choice: list[int]) -> dict[str, Rating]:
        turns = [turn(n, menu[pick], *menu) for n, (menu, pick) in enumerate(zip(menus, choice, strict=True))]
        return ratings(OURS, better(turns))

    was, now = (OURS.shown(tuple(menus[place][choice[place]])) for choice in (chosen, other))
    before, after = road(chosen), road(other)
    for index, name in enumerate(DIMENSIONS):
        old, new = before[name], after[name]
        if now[index] >= was[index] and old.value is not None:
            assert old.mean is not None and new.mean is not None and new.value is not None
            assert new.mean >= old.mean - 1e-9
            assert new.value >= old.value - 1e-9 or new.held is not None
