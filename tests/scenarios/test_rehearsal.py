"""Coming back: after any edits the place is one the old way led through, or leads to, and is really there."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.explore import Witness, explore
from scenarios.load import load_bytes
from scenarios.model import Walk
from scenarios.rehearsal import (
    Way,
    as_walk,
    beginning,
    come_back,
    effect,
    follow,
    held_back,
    leads_to,
    standing,
    straight,
    witnessed,
)
from scenarios.scene import Scene
from scenarios.unfold import NotOffered, Play, begin
from scenarios.walks import walk
from tests.scenarios.makers import VALID, changed
from tests.scenarios.strategies import Story, stories


def scene(*pairs: tuple[str, str], text: str = VALID) -> Scene:
    """The valid scene with some of its text changed."""
    return load_bytes(changed(*pairs, text=text).encode()).scene


def played(scene: Scene, seed: int, most: int = 12) -> tuple[Way, Play]:
    """A way of replies, silences and rewinds, drawn by a seed, and the play it leads to."""
    draw = random.Random(seed)
    way = beginning(scene, seed, draw.choice(list(scene.openings)), draw.randrange(len(scene.cast)))
    play, entries = follow(scene, way), []
    for _ in range(draw.randint(0, most)):
        if play.turn > 1 and (draw.random() < 0.3 or not play.offered):
            entries.append(f"rewind:{draw.randint(1, play.turn - 1)}")
        elif play.offered:
            entries.append(draw.choice(play.offered).id)
        play = follow(scene, replace(way, entries=tuple(entries)))
    return replace(way, entries=tuple(entries)), play


def ids(play: Play) -> tuple[str, ...]:
    """The replies that led to where a play stands."""
    return tuple(turn.option.id for turn in play.path())


@settings(max_examples=40)
@given(st.lists(stories(), min_size=1, max_size=4), st.integers(0, 2**20))
def test_after_any_edits_the_place_is_a_prefix_of_the_old_one_and_valid(
    edits: list[Story], seed: int
) -> None:
    way, _ = played(edits[0].scene, seed)
    for story in [*edits, *edits[:1]]:
        back = come_back(story.scene, way)
        assert ids(back.play) == straight(way.entries)[: len(ids(back.play))]
        assert back.way.seed == way.seed
        again = follow(story.scene, back.way)
        assert (again.state, again.offered, ids(again)) == (
            back.play.state,
            back.play.offered,
            ids(back.play),
        )
        if ids(back.play) != straight(way.entries):
            assert back.said and "\n" not in back.said
        way = back.way


@settings(max_examples=25)
@given(stories(), st.integers(0, 2**20))
def test_where_nothing_was_edited_nothing_changes_and_nothing_is_said(story: Story, seed: int) -> None:
    way, play = played(story.scene, seed)
    back = come_back(load_bytes(story.data).scene, way, play)
    assert (back.way, back.said, back.play.offered) == (way, "", play.offered)


@settings(max_examples=25)
@given(stories(), st.integers(0, 2**20), st.integers(0, 3))
def test_a_reply_that_only_got_another_id_is_followed(story: Story, seed: int, which: int) -> None:
    way, play = played(story.scene, seed)
    old = f"reply-{which}"
    text = story.data.decode().replace(f"id: {old}\n", "id: renamed\n")
    back = come_back(load_bytes(text.encode()).scene, way, play)
    assert ids(back.play) == tuple("renamed" if each == old else each for each in ids(play))
    assert back.said == (f"`{old}` is now `renamed`." if old in way.entries else "")


@settings(max_examples=25)
@given(stories(), st.integers(0, 2**20))
def test_a_walk_of_what_was_played_goes_as_it_was_played(story: Story, seed: int) -> None:
    way, play = played(story.scene, seed)
    pasted = yaml.safe_load("\n".join(["walks:", *as_walk(play)]))["walks"]
    assert len(pasted) == 1
    assert walk(story.scene, Walk.model_validate(pasted[0])) is None
    assert pasted[0].get("ends") == play.take.ending
    assert tuple(pasted[0]["replies"]) == straight(way.entries)


@settings(max_examples=20)
@given(stories(), stories())
def test_a_play_that_was_found_is_only_taken_where_it_still_holds(story: Story, other: Story) -> None:
    here = beginning(other.scene)
    found = explore(story.scene)
    for name, witness in {**found.ways, **found.endings}.items():
        assert leads_to(story.scene, witnessed(story.scene, here, witness), name)
        there = witnessed(other.scene, here, witness)
        assert there is None or follow(other.scene, there).state.place in {
            *other.scene.places,
            "well",
            "badly",
        }


def there(*entries: str, cast: str = "Sam", opening: str = "usual") -> Way:
    return Way(0, opening, cast, entries)


def test_a_reply_that_is_no_longer_offered_is_named_with_its_turn() -> None:
    way, old = there("calm", "own-it"), scene()
    new = scene(
        ("        techniques: [own-error]", "        techniques: [own-error]\n        when: trust >= 9")
    )
    back = come_back(new, way, follow(old, way))
    assert back.said == "`own-it` is no longer offered at turn 2; stopped before it."
    assert back.way.entries == ("calm",)


def test_a_reply_that_is_gone_is_named_with_its_turn() -> None:
    way, old = there("calm"), scene()
    new = scene(
        ("id: calm", "id: soothe"), ("Calm down, it's only tea.", "Other words."), ("calm-down", "threat")
    )
    back = come_back(new, way, follow(old, way))
    assert back.said == "There is no reply `calm` any more; stopped before it, at turn 1."
    assert back.play.turn == 1


def test_a_reply_without_an_id_may_be_reworded() -> None:
    text = changed(
        ("      - id: calm\n        say: Calm down", "      - say: Calm down"), ("walks:\n", "walks: []\n")
    )
    text = text[: text.index("  - {name: the good road")]
    way = there("calm-down-its-only")
    before = follow(scene(text=text), way)
    back = come_back(scene(("Calm down, it's only tea.", "It's tea, only tea."), text=text), way, before)
    assert back.said == "`calm-down-its-only` is now `its-tea-only-tea`."
    assert back.way.entries == ("its-tea-only-tea",)


def test_what_was_taken_back_need_not_hold() -> None:
    way, old = there("calm", "rewind:1", "own-it"), scene()
    new = scene(
        ("id: calm", "id: soothe"), ("Calm down, it's only tea.", "Other words."), ("calm-down", "threat")
    )
    back = come_back(new, way, follow(old, way))
    assert (back.way.entries, back.said) == (("own-it",), "")
    assert back.play.take.ending == "tea"


def test_an_ending_that_comes_earlier_now() -> None:
    way, old = there("calm", "calm"), scene()
    back = come_back(scene(("when: tension >= 10", "when: tension >= 6")), way, follow(old, way))
    assert back.said == "The play now ends at `stopped`; `calm` at turn 2 no longer follows."
    assert back.play.take.ending == "stopped"


def test_the_same_replies_to_another_place_or_with_other_gauges() -> None:
    way, old = there("own-it"), scene()
    new = scene(("        to: tea\n", "        to: at-the-hatch\n"), ("{name: the good road", "{name: other"))
    back = come_back(new, way, follow(old, way))
    assert back.said == "The same replies now lead to `at-the-hatch`, no longer to `tea`."
    way = there()
    back = come_back(scene(("tension: 5, trust: 3", "tension: 6, trust: 1")), way, follow(old, way))
    assert back.said == "The same place, with tension 5 → 6, trust 3 → 1."


def test_openings_and_people_that_were_renamed_or_are_gone() -> None:
    way, old = there("calm"), scene()
    new = scene(
        ("  usual: {", "  morning: {"), ("opening: usual", "opening: morning"), ("name: Sam", "name: Kim")
    )
    back = come_back(new, way, follow(old, way))
    assert back.way == there("calm", cast="Kim", opening="morning")
    assert "`morning`" in back.said and "Kim" in back.said
    assert come_back(new, way).way == back.way, "where nothing is known of the old scene the first stands in"


def test_what_an_answer_did_and_what_stands() -> None:
    play = follow(scene(), there("own-it"))
    assert (
        effect(play.scene, play.path()[0])
        == "own-it · tension 5 → 4 · trust 3 → 5 · safety 4 → 5 · waited · promised · asks 0 → 1"
    )
    assert standing(play) == ["tension 4", "trust 5", "safety 5", "waited", "promised", "asks 1"]


def test_replies_that_are_held_back_are_told_with_their_condition() -> None:
    assert held_back(follow(scene(), there())) == []
    guarded = scene(
        ("        techniques: [calm-down]", "        techniques: [calm-down]\n        when: trust >= 9")
    )
    assert held_back(follow(guarded, there())) == ["calm (trust >= 9)"]
    assert held_back(follow(guarded, there("own-it"))) == []


def test_a_long_walk_is_broken_into_lines_that_mean_the_same() -> None:
    way = there(*["calm", "rewind:1"] * 3, *["silence"] * 20)
    lines = as_walk(follow(scene(), way))
    assert max(map(len, lines)) < 64
    assert yaml.safe_load("\n".join(lines))[0]["replies"] == ["silence"] * 20


def test_a_way_that_does_not_hold_is_refused() -> None:
    with pytest.raises(NotOffered):
        follow(scene(), there("nowhere"))
    assert not leads_to(scene(), there("nowhere"), "tea")
    assert not leads_to(scene(), there(opening="gone"), "at-the-hatch")
    assert not leads_to(scene(), None, "tea")
    assert witnessed(scene(), there(), Witness("gone", ())) is None
    assert begin(scene(), 0).turn == 1
