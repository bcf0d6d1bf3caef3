"""What a turn showed and could have shown: values, weights, phases, repetition, limits and their repair."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.load import load
from scenarios.unfold import begin
from scoring.evidence import Hold, Reading, Seen, evidence, phases, seen, value
from scoring.rating import rate
from scoring.rubric import our_rubric
from tests.scoring.makers import changed_only_as_allowed, rubric, shown, turn

OURS = our_rubric()


def on(dimension: str, turns: Sequence[Seen]) -> list[Reading]:
    """The readings of one dimension."""
    return [reading for reading in evidence(OURS, turns).readings if reading.dimension == dimension]


def holds(turns: Sequence[Seen]) -> dict[str, int]:
    """The lowest limit on each dimension."""
    lowest: dict[str, int] = {}
    for hold in evidence(OURS, turns).holds:
        lowest[hold.dimension] = min(hold.at_most, lowest.get(hold.dimension, 5))
    return lowest


@pytest.mark.parametrize(
    ("shows", "best", "point"),
    [
        (-2, 2, 1.0),
        (-2, -2, 1.0),
        (-1, 2, 2.0),
        (-1, -1, 2.0),
        (0, 0, 3.0),
        (0, 1, 2.5),
        (0, 2, 2.5),
        (1, 1, 5.0),
        (1, 2, 4.0),
        (2, 2, 5.0),
    ],
)
def test_the_fixed_anchors_and_their_two_exceptions(shows: int, best: int, point: float) -> None:
    assert value(shows, best) == point


@pytest.mark.parametrize(
    ("shows", "menu", "opportunity", "weight"),
    [
        (0, [1], True, 1),
        (0, [-2, 2], True, 4),
        (0, [-1], True, 1),
        (1, [2], True, 2),
        (-1, [-2], True, 2),
        (1, [1, 1], False, 1),
    ],
)
def test_the_menu_decides_whether_a_turn_counts_and_how_much(
    shows: int, menu: list[int], opportunity: bool, weight: int
) -> None:
    (reading,) = on("C4", shown((shows, menu)))
    assert (reading.opportunity, reading.weight) == (opportunity, weight)
    assert (reading.best, reading.worst) == (max(shows, *menu), min(shows, *menu))


def test_where_nothing_was_said_or_offered_nothing_is_read() -> None:
    assert on("C4", shown((0, [0, 0]))) == []


def test_a_reading_names_the_technique_it_rests_on() -> None:
    (reading,) = on("C1", [turn(1, ["true-reason", "validate", "own-error"], ["label"])])
    assert (reading.technique, reading.shown) == ("own-error", 2)
    (reading,) = on("C1", [turn(1, ["own-error", "calm-down"], ["label"])])
    assert (reading.technique, reading.shown) == ("calm-down", -1)
    (reading,) = on("C1", [turn(1, ["true-reason", "clear-limit"], ["label"])])
    assert (reading.technique, reading.shown) == ("true-reason", 0)


def test_phases_by_tension_and_by_what_went_before() -> None:
    tensions = [3, 5, 7, 8, 7, 10, 4, 3, 6]
    found = phases([turn(n, ["space"], gauges=(tension, 5, 5)) for n, tension in enumerate(tensions, 1)])
    assert found == [
        *("after", "escalation", "escalation", "crisis", "recovery", "crisis", "recovery", "after"),
        "recovery",
    ]


def test_a_phase_can_weigh_more() -> None:
    heavier = rubric(("crisis: {weight: 1", "crisis: {weight: 3"))
    turns = [turn(1, ["true-reason"], ["comfort"], gauges=(tension, 5, 5)) for tension in (7, 8)]
    weights = [[r.weight for r in evidence(heavier, [one]).readings if r.dimension == "C4"] for one in turns]
    assert weights == [[1.0], [3.0]]


def repeated(again: Seen, between: Sequence[Seen] = ()) -> list[Reading]:
    """C4 of a first `true-reason`, what came between, and another turn."""
    return on("C4", [turn(1, ["true-reason"], ["comfort"]), *between, again])


def test_the_same_again_with_nothing_better_counts_half_and_keeps_its_value() -> None:
    first, second = repeated(turn(2, ["true-reason"], ["comfort"]))
    assert (first.weight, second.weight) == (1.0, 0.5)
    assert (first.value, second.value) == (5.0, 5.0)
    assert (first.repeated, second.repeated) == (False, True)


@pytest.mark.parametrize("gauges", [(4, 5, 5), (5, 6, 5), (5, 5, 6)])
def test_the_same_again_once_a_gauge_is_better_counts_in_full(gauges: tuple[int, int, int]) -> None:
    assert repeated(turn(2, ["true-reason"], ["comfort"], gauges=gauges))[1].weight == 1.0


@pytest.mark.parametrize("gauges", [(6, 5, 5), (5, 4, 5), (5, 5, 4)])
def test_a_worse_gauge_is_no_reason_to_count_in_full(gauges: tuple[int, int, int]) -> None:
    assert repeated(turn(2, ["true-reason"], ["comfort"], gauges=gauges))[1].weight == 0.5


def test_the_same_again_once_something_came_to_light_counts_in_full() -> None:
    turns = [turn(n, ["true-reason"], ["comfort"], light=(n > 1,)) for n in (1, 2)]
    assert [reading.weight for reading in on("C4", turns)] == [1.0, 1.0]


def test_since_its_last_use_not_since_its_first() -> None:
    middle = turn(2, ["true-reason"], ["comfort"], gauges=(4, 5, 5))
    third = turn(3, ["true-reason"], ["comfort"], gauges=(4, 5, 5))
    assert [reading.weight for reading in repeated(third, [middle])] == [1.0, 1.0, 0.5]


def test_a_value_that_a_fresh_technique_bears_too_counts_in_full() -> None:
    (_, second) = repeated(turn(2, ["true-reason", "clear-limit"], ["comfort"]))
    assert (second.weight, second.technique) == (1.0, "clear-limit")
    (_, second) = repeated(turn(2, ["true-reason", "honest-unknown"], ["comfort"]))
    assert (second.shown, second.repeated) == (2, False)


@pytest.mark.parametrize("technique", ["silence", "stay-present", "space", "slow-pace", "one-voice"])
def test_what_helps_by_going_on_always_counts_in_full(technique: str) -> None:
    turns = [turn(n, [technique], ["label", "match-volume"]) for n in (1, 2, 3)]
    assert not any(reading.repeated for reading in evidence(OURS, turns).readings)


def test_harm_and_showing_nothing_are_never_repetition() -> None:
    turns = [turn(n, ["jargon", "comfort"], ["true-reason"]) for n in (1, 2, 3)]
    assert [reading.weight for reading in on("C4", turns)] == [2.0, 2.0, 2.0]
    turns = [turn(n, ["comfort"], ["true-reason"]) for n in (1, 2, 3)]
    assert [reading.weight for reading in on("C4", turns)] == [1.0, 1.0, 1.0]


def test_strong_harm_holds_its_dimension_and_repair_lifts_it_by_one() -> None:
    harm = turn(1, ["label"])
    assert holds([harm]) == {"C1": 2}
    assert holds([harm, turn(2, ["repair"])]) == {"C1": 3}
    assert holds([turn(1, ["repair"]), harm]) == {"C1": 2}
    assert holds([harm, turn(2, ["repair"]), turn(3, ["sarcasm"])]) == {"C1": 2}
    assert holds([turn(1, ["calm-down"])]) == {}


def test_the_repair_is_named_with_its_turn() -> None:
    found = evidence(OURS, [turn(1, ["label"]), turn(2, ["space"]), turn(3, ["repair"])]).holds
    assert found == (Hold("C1", 3, 1, "label", -2, 3),)


def test_a_repair_that_harms_again_repairs_nothing() -> None:
    assert holds([turn(1, ["label"]), turn(2, ["repair", "defend-self"])]) == {"C1": 2}


def test_a_threat_holds_c2_and_c5() -> None:
    assert holds([turn(1, ["threat"])]) == {"C2": 2, "C5": 2, "X1": 2}
    assert holds([turn(1, ["threat"]), turn(2, ["repair"])]) == {"C2": 3, "C5": 3, "X1": 3}


def test_a_threat_holds_them_by_its_own_rule_too() -> None:
    milder = rubric(("shows: {C1: -1, C2: -2, C5: -2, X1: -2}", "shows: {C1: -1}"))
    found = evidence(milder, [turn(1, ["threat"])]).holds
    assert {hold.dimension: hold.at_most for hold in found} == {"C2": 2, "C5": 2}


def test_a_false_promise_holds_c4_c5_and_x1() -> None:
    assert holds([turn(1, ["false-promise"])]) == {"C4": 2, "C5": 2, "X1": 2}
    assert holds([turn(1, ["false-promise"]), turn(2, ["repair"])]) == {"C4": 3, "C5": 3, "X1": 3}


def test_empty_reassurance_holds_at_three_and_repair_lifts_nothing() -> None:
    assert holds([turn(1, ["empty-reassurance"])]) == {"C4": 3, "C5": 3, "X1": 3}
    assert holds([turn(1, ["empty-reassurance"]), turn(2, ["repair"])]) == {"C4": 3, "C5": 3, "X1": 3}


def kind_words(*later: Sequence[str]) -> dict[str, int]:
    """The limits after a validation and the replies that followed."""
    return holds([turn(1, ["validate"]), *(turn(n, reply) for n, reply in enumerate(later, 2))])


def test_validation_without_a_step_in_three_turns_holds_at_three() -> None:
    assert kind_words(["space"], ["silence"], ["reflect"]) == {"C4": 3, "C5": 3, "X1": 3}
    assert kind_words(["space"], ["silence"], ["reflect"], ["ask-need"]) == {"C4": 3, "C5": 3, "X1": 3}


@pytest.mark.parametrize("step", sorted(OURS.steps))
def test_every_step_makes_validation_more_than_words(step: str) -> None:
    assert kind_words(["space"], ["silence"], [step]) == {}
    assert kind_words([step], ["silence"], ["space"]) == {}
    assert holds([turn(1, ["validate", step]), *(turn(n, ["space"]) for n in (2, 3, 4))]) == {}


def test_a_step_that_comes_with_harm_is_none() -> None:
    assert kind_words(["space"], ["silence"], ["real-choice", "jargon"]) == {"C4": 3, "C5": 3, "X1": 3}


def test_validation_is_not_judged_before_three_turns_have_followed() -> None:
    assert kind_words(["space"], ["silence"]) == {}


def test_a_take_is_seen_without_words_and_with_the_turns_before_its_rewind() -> None:
    play = begin(load("the-walk-that-was-promised").scene, 1, "usual", 0)
    for reply in ("own-it", "silence", "what-is-it"):
        play.answer(reply)
    play.rewind(2)
    play.answer("morning-staff")
    first, second = (seen(play, take) for take in play.takes)
    assert [one.number for one in first] == [1, 2, 3]
    assert [one.number for one in second] == [1, 2]
    assert first[0] == second[0]
    assert first[0].techniques == ("own-error", "introduce")
    assert first[0].gauges == (4, 3, 4)
    assert first[0].techniques in first[0].offered
    assert len(first[0].offered) == 6
    assert ("ignore",) in first[0].offered  # silence is on offer too
    assert not any(first[0].light)


NAMES = sorted(OURS.file.techniques)
REPLY = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True)
GAUGES = st.tuples(*[st.integers(0, 10)] * 3)


@st.composite
def takes(draw: st.DrawFn) -> list[Seen]:
    """Any replies among any others, at any gauges."""
    count = draw(st.integers(1, 12))
    return [
        turn(n, draw(REPLY), *draw(st.lists(REPLY, max_size=5)), gauges=draw(GAUGES))
        for n in range(1, count + 1)
    ]


@given(takes())
def test_harm_never_counts_less(turns: list[Seen]) -> None:
    for reading in evidence(OURS, turns).readings:
        whole = max(reading.best, 0) - min(reading.worst, 0)
        assert reading.weight == whole * (0.5 if reading.repeated else 1.0)
        assert not (reading.repeated and reading.shown <= 0)


@given(takes(), st.data())
def test_a_reply_nobody_chose_changes_only_what_it_may(turns: list[Seen], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(turns) - 1))
    extra = tuple(data.draw(REPLY))
    old = turns[place]
    wider = [*turns]
    wider[place] = Seen(old.number, old.techniques, (*old.offered, extra), old.gauges, old.light)
    assert changed_only_as_allowed(evidence(OURS, turns), evidence(OURS, wider), {old.number})


def calls(turns: Sequence[Seen]) -> int:
    """How many calls within scoring it takes to rate these turns, whatever the machine is doing besides."""
    counted = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal counted
        counted += event == "call" and "scoring" in frame.f_code.co_filename

    sys.setprofile(count)
    try:
        rate(OURS, evidence(OURS, turns))
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("replies", [["true-reason"], ["validate"], ["threat"], ["label", "false-promise"]])
def test_rating_grows_with_the_turns_and_no_faster(replies: list[str]) -> None:
    """Ten times the turns may cost ten times the calls: harm, kind words and repair are each looked up once."""
    short, long = (
        [turn(n, replies, ["comfort"], ["repair"]) for n in range(1, count)] for count in (21, 201)
    )
    rate(OURS, evidence(OURS, short))  # what the rubric keeps is not counted
    assert calls(long) <= 10.5 * calls(short)
