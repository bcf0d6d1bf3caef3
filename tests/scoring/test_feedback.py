"""What is said after a take: how many things, of which turns, why those, in which words; and two questions."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.load import Loaded, library_ids, load
from scenarios.unfold import Play, Turn, begin
from scoring.choosing import STAYED
from scoring.feedback import Feedback, Point, changes, feedback
from scoring.rating import rate_take
from scoring.rubric import our_rubric
from scoring.rubric_model import DIMENSIONS
from tests.scenarios.strategies import Story
from tests.scoring.makers import rubric
from tests.scoring.policies import KINDS, play_out
from tests.scoring.roads import plays, replayed
from tests.scoring.small import PACK, scene

OURS = our_rubric()
WALK = "the-walk-that-was-promised"
# Words for what somebody is. Feedback speaks of a line and of what it did.
CHARACTER = (
    r"aggressive|arrogant|bad at|brilliant|caring|careless|cold-hearted|compassionate|defensive|empathetic|"
    r"excellent|fail(?:ed|ure)?|gifted|good at|hostile|impatient|incompetent|insensitive|lazy|manipulative|"
    r"naive|natural|non-compliant|pass mark|patient person|poor|professional|rude|selfish|talented|uncaring|"
    r"unprofessional|weak|well done|you always|you are an?|you never|your (?:attitude|personality|score|total)"
)


@cache
def loaded(name: str) -> Loaded:
    """A library scene, read once."""
    return load(name)


def said(play: Play, by: Loaded | None = None) -> Feedback:
    """Feedback by our rubric."""
    vocabulary = (by or loaded(WALK)).vocabulary
    return feedback(play, OURS, vocabulary)


def played(name: str, kind: str, seed: int) -> Play:
    """A scripted trainee's play of a library scene."""
    return play_out(begin(loaded(name).scene, seed), kind)


def own_words(found: Feedback) -> str:
    """Everything said, the words of a scenario left out."""
    lines = [f"{point.technique_words} {point.source}" for point in found.points]
    lines += [f"{inquiry.view} {inquiry.question}" for inquiry in found.inquiries]
    return "\n".join([*lines, *found.not_judged])


# What always holds


@given(plays())
def test_at_most_three_things_a_strength_first_and_two_questions(drawn: tuple[Story, list[str]]) -> None:
    """One property for all of it, since drawing a story costs more than looking at it."""
    play = replayed(*drawn)
    found = said(play)
    turns = play.path(play.takes[0])
    assert len(found.points) <= 3
    assert [point.strength for point in found.points] == sorted(
        (point.strength for point in found.points), reverse=True
    )
    assert len({point.technique for point in found.points}) == len(found.points)
    assert any(point.strength for point in found.points) == bool(turns)
    for point in found.points:
        turn = turns[point.turn - 1]
        assert (turn.number, turn.moment, turn.option.id) == (point.turn, point.moment, point.reply)
        assert point.dimension in DIMENSIONS
        assert point.changes == changes(turn)
        assert (point.technique == STAYED) <= (not any(map(holds_good, turns)))
        assert point.technique_words and point.why and point.source
        assert not (point.strength and (point.instead or point.repaired))
    assert len(found.inquiries) == min(2, len(turns))
    assert [inquiry.turn for inquiry in found.inquiries] == sorted({one.turn for one in found.inquiries})
    assert len({inquiry.question for inquiry in found.inquiries}) == len(found.inquiries)
    for inquiry in found.inquiries:
        assert f"turn {inquiry.turn}" in inquiry.observation
        assert turns[inquiry.turn - 1].reply_text in inquiry.observation
        assert inquiry.question.endswith("?")
        assert not inquiry.question.startswith("Why")


def holds_good(turn: Turn) -> bool:
    """Whether a turn harmed nothing, or showed something above 0."""
    techniques = turn.option.source.techniques
    return not loaded(WALK).vocabulary.harms(techniques) or max(OURS.shown(techniques)) > 0


@given(plays())
def test_the_same_for_whoever_is_met(drawn: tuple[Story, list[str]]) -> None:
    story, replies = drawn
    first, second = (replayed(story, replies, cast) for cast in (0, 1))
    assert [bare(point) for point in said(first).points] == [bare(point) for point in said(second).points]
    assert [one.turn for one in said(first).inquiries] == [one.turn for one in said(second).inquiries]
    assert [one.question for one in said(first).inquiries] == [one.question for one in said(second).inquiries]
    assert said(first).not_judged == said(second).not_judged


def bare(point: Point) -> tuple[object, ...]:
    """A point without the words of the scenario."""
    words = (point.technique, point.technique_words, point.source)
    return (point.strength, point.turn, point.reply, point.dimension, point.changes, point.repaired, *words)


@pytest.mark.parametrize("name", library_ids())
@pytest.mark.parametrize("kind", KINDS)
def test_lines_are_spoken_of_never_character(name: str, kind: str) -> None:
    play = played(name, kind, 1)
    found = feedback(play, OURS, loaded(name).vocabulary)
    assert not re.search(rf"\b(?:{CHARACTER})\b", own_words(found), re.I), own_words(found)
    assert not re.search(r"<\w+>", " ".join(f"{point.why} {point.instead}" for point in found.points))
    assert len(found.points) <= 3
    assert found.inquiries


def test_a_take_without_turns_has_nothing_to_say() -> None:
    found = said(begin(loaded(WALK).scene, 1))
    assert (found.points, found.inquiries) == ((), ())


def test_the_first_take_is_spoken_of_however_many_follow() -> None:
    play = played(WALK, "coercive", 1)
    before = said(play)
    play.rewind(1)
    play_out(play, "skilled")
    assert said(play) == before


@pytest.mark.parametrize("kind", ["coercive", "sweet", "false-promiser", "task-driven"])
def test_whoever_harmed_at_every_turn_is_told_a_strength_too(kind: str) -> None:
    name = "before-hands-go-on"
    kept = 0
    for seed in range(6):
        play = played(name, kind, seed)
        found = feedback(play, OURS, loaded(name).vocabulary).points
        assert found[0].strength and len(found) <= 3
        kept += found[0].technique == STAYED
        if found[0].technique == STAYED:
            assert found[0].technique_words.endswith("does not reach for hands-on")
            assert not any(point.strength for point in found[1:])
    assert kept or kind != "coercive", "the case is met"


def test_a_strength_that_rests_on_no_technique_is_true_of_the_take() -> None:
    small = scene(MENU, [["cold", "lie"], ["lie", "cold"]])
    play = begin(small.scene, 1, None, 0)
    play.reach()
    play.answer("cold")
    play.answer("lie")
    stayed = said(play, small).points[0]
    assert stayed.strength and stayed.technique == STAYED
    assert stayed.technique_words.startswith(
        "Stays with it until the scene ends, and goes on without it after"
    )
    lost = [sum(by if gauge == "tension" else -by for gauge, by in moved(turn)) for turn in play.take.turns]
    assert lost[stayed.turn - 1] == min(lost)


def moved(turn: Turn) -> list[tuple[str, int]]:
    """How far each gauge moved."""
    return [(change.gauge, change.by) for change in changes(turn)]


# Why those


MENU = {
    "kind": ["own-error"],
    "flat": ["share-lived-experience"],
    "cold": ["compare"],
    "lie": ["false-promise"],
    "mend": ["repair"],
    "ask": ["ask-need"],
    "both": ["small-promise", "reflect"],
}


def points(
    replies: list[str],
    *menus: list[str],
    reveals: dict[str, str] | None = None,
    instead: dict[str, str] | None = None,
) -> dict[int, Point]:
    """What is said of a play of a small scene: one menu a turn, the reply chosen from each."""
    small = scene(MENU, menus, reveals=reveals, instead=instead)
    play = begin(small.scene, 1, None, 0)
    for reply in replies:
        play.answer(reply)
    found = said(play, small)
    return {point.turn: point for point in found.points}


def test_what_would_have_changed_most_is_chosen_not_what_was_rated_lowest() -> None:
    """Comparing is rated lower than the lie's missing truth is heavy: C1 stands at 2, X1 at a mean above that."""
    menus = [["cold", "flat"], ["cold", "flat"], ["lie", "flat"], ["ask", "flat"]]
    small = scene(MENU, menus)
    play = begin(small.scene, 1, None, 0)
    for reply in ("flat", "cold", "lie", "ask"):
        play.answer(reply)
    found = [point for point in said(play, small).points if not point.strength]
    assert (found[0].turn, found[0].technique) == (3, "false-promise")
    ratings = rate_take(play, play.take)
    assert ratings["C1"].value is not None and ratings["X1"].value is None  # not even rated, and chosen first


def test_a_harm_that_was_put_right_says_so_and_counts_for_less() -> None:
    menus = [["lie", "ask"], ["mend", "flat"], ["flat", "ask"]]
    mended = points(["lie", "mend", "flat"], *menus)
    assert (mended[1].repaired, mended[1].strength) == (2, False)
    assert mended[2].strength and mended[2].technique == "repair"
    assert points(["lie", "flat", "flat"], *menus)[1].repaired is None
    two = [["lie", "ask"], ["mend", "flat"], ["lie", "ask"]]
    again = points(["lie", "mend", "lie"], *two)
    assert 3 in again and 1 not in again  # the one that nobody put right


def test_what_another_reply_would_have_brought_to_light_weighs() -> None:
    menus = [["flat", "both"], ["flat", "ask"], ["mend", "cold"]]
    with_fact = points(["flat", "flat", "mend"], *menus, reveals={"ask": "secret"})
    first = next(point for point in with_fact.values() if not point.strength)
    assert (first.turn, first.technique) == (2, "ask-need")
    assert first.technique_words == "Also on offer here: asks what is needed or hoped for"
    assert first.instead == "This is ask."
    without = points(["flat", "flat", "mend"], *menus)
    assert next(point for point in without.values() if not point.strength).turn == 1


def test_the_authors_line_is_what_to_try_and_else_the_better_reply() -> None:
    menus = [["lie", "ask"], ["cold", "kind"], ["kind", "flat"]]
    written = points(["lie", "cold", "kind"], *menus, instead={"lie": "I don't know yet, <trainee>."})
    assert written[1].instead == "I don't know yet, <trainee>."
    assert written[2].instead == "This is kind."
    assert written[3].instead is None


def test_a_harm_with_nothing_better_on_offer_has_no_line_to_try_unless_the_author_wrote_one() -> None:
    found = points(["lie", "kind"], ["lie", "cold"], ["kind", "flat"])
    assert found[1].instead is None
    assert found[1].technique == "false-promise"


def test_what_it_did_and_what_came_to_light_are_told() -> None:
    found = points(["ask"], ["ask", "flat"], reveals={"ask": "secret"})[1]
    assert found.strength and found.came_to_light == ("secret",)
    assert {(change.gauge, change.by) for change in found.changes} == {
        *(("tension", -1), ("trust", 1), ("safety", 1))
    }
    assert found.why == (
        "What ask does. Inquiring and listening: the helper learns what the trouble is and what counts for "
        "this person, who can tell that it got through."
    )
    assert found.source == "Richmond et al. 2012, Project BETA, domain 5"


def test_a_dimension_that_is_no_part_of_the_role_is_not_spoken_of() -> None:
    small = scene(MENU, [["lie", "ask"], ["ask", "flat"]], role="peer support worker")
    play = begin(small.scene, 1, None, 0)
    play.answer("lie")
    play.answer("ask")
    theirs = rubric(("leaves_out: []", "leaves_out: [C3, C4, X1]"))
    found = feedback(play, theirs, small.vocabulary)
    assert not {point.dimension for point in found.points} & {"C3", "C4", "X1"}
    assert found.not_judged[-1] == (
        "No part of this role: inquiring and listening; guidance and clarity; limits without threat, and honesty."
    )


def test_a_technique_that_the_rubric_does_not_know_is_spoken_of_by_its_own_source() -> None:
    small = scene({"sing": ["sing-along"], "lie": ["false-promise"]}, [["sing", "lie"]], pack=PACK)
    play = begin(small.scene, 1, None, 0)
    play.answer("sing")
    (point,) = said(play, small).points
    assert (point.strength, point.technique, point.source) == (True, "sing-along", "our ward")
    assert point.dimension == "C4"  # where the worst on offer was left alone


# What could not be judged


def test_what_text_cannot_show_and_what_was_not_seen_is_said() -> None:
    small = scene(MENU, [["lie", "ask"]])
    play = begin(small.scene, 1, None, 0)
    play.answer("ask")
    found = said(play, small).not_judged
    assert [line.split(":")[0] for line in found] == [
        *("Reducing fear", "Staying calm", "Not risky", "Not seen often enough to say anything"),
    ]
    assert "voice, face, distance" in found[0]
    assert "valuing the person; reducing fear; inquiring and listening" in found[-1]


# Two moments


def test_one_that_helped_and_one_that_did_not_are_asked_about() -> None:
    small = scene(MENU, [["lie", "ask"], ["kind", "flat"], ["cold", "flat"]])
    play = begin(small.scene, 1, None, 0)
    for reply in ("lie", "kind", "cold"):
        play.answer(reply)
    helped, harmed = said(play, small).inquiries
    assert helped.observation == "At turn 2 your line was: “This is kind.”"
    assert helped.view == (
        "Right after it tension fell by 1, trust rose by 2 and felt safety rose by 1. "
        "One way to look at it: owns what went wrong on the staff side."
    )
    assert harmed.turn == 3
    assert harmed.view.endswith("One way to look at it: holds other people up against them.")


def test_a_harm_that_made_the_person_quieter_is_not_taken_for_help() -> None:
    small = scene(MENU, [["lie", "ask"], ["flat", "ask"]])
    play = begin(small.scene, 1, None, 0)
    play.answer("lie")
    play.answer("flat")
    assert changes(play.take.turns[0])[0].by < 0
    lie, flat = said(play, small).inquiries
    assert lie.question == "What were you hoping it would do?"
    assert flat.question == "What had you noticed that led you there?"


def test_quiet_is_asked_about_as_quiet() -> None:
    play = begin(loaded(WALK).scene, 1, "usual", 0)
    play.answer("own-it")
    play.answer("silence")
    quiet = said(play).inquiries[-1]
    assert quiet.observation == "At turn 2: You stay quiet."
    assert quiet.question == "What was that quiet like for you?"


@given(st.sampled_from(library_ids()), st.sampled_from(KINDS), st.integers(0, 50))
def test_a_line_to_try_was_on_offer_or_is_the_authors(name: str, kind: str, seed: int) -> None:
    play = played(name, kind, seed)
    for point in feedback(play, OURS, loaded(name).vocabulary).points:
        turn = play.path(play.takes[0])[point.turn - 1]
        if point.instead is not None:
            written = turn.option.source.instead
            known = [play.fill(written)] if written else [offer.text for offer in turn.offered]
            assert point.instead in [*known, "You stay quiet."]
            assert point.instead != turn.reply_text
