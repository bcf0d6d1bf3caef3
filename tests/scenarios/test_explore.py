"""Exhausting the states finds exactly what playing one step at a time finds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings

from scenarios.explore import Explored, explore
from scenarios.scene import Scene
from scenarios.space import Space
from scenarios.unfold import State, available, begin, enter, step
from tests.scenarios.strategies import Story, stories

Core = tuple[Any, ...]
BAD = {"stopped", "rupture"}


@dataclass
class Reference:
    """The plays of a scene, followed one by one with the engine."""

    states: set[Core] = field(default_factory=set)
    transitions: int = 0
    depth: dict[str, int] = field(default_factory=dict)
    entered: dict[str, int] = field(default_factory=dict)
    moments: set[str] = field(default_factory=set)
    stuck: set[str] = field(default_factory=set)
    no_way_out: set[str] = field(default_factory=set)
    no_return: set[str] = field(default_factory=set)
    fired: set[int] = field(default_factory=set)
    offered: set[tuple[str, str]] = field(default_factory=set)


def core(space: Space, state: State) -> Core:
    """A state without what no condition reads."""
    return (state.place, *(int(state.values[each.index]) for each in space.kept), state.spent)


def follow(scene: Scene) -> Reference:
    """Breadth first, one state at a time, from every opening."""
    space, found = Space(scene), Reference()
    after: dict[Core, set[Core]] = {}
    ends: dict[Core, set[str]] = {}
    waiting = deque((begin(scene, 0, opening, 0).state, 0) for opening in scene.openings)
    while waiting:
        state, depth = waiting.popleft()
        here = core(space, state)
        if here in found.states:
            continue
        found.states.add(here)
        found.moments.add(state.place)
        found.entered.setdefault(state.place, depth)
        after[here], ends[here] = set(), set()
        options = available(scene, state)
        if not options:
            found.stuck.add(state.place)
        for option in options:
            found.transitions += 1
            found.offered.add((state.place, option.id))
            led, rule = step(scene, state, option)
            if rule is not None:
                found.fired.add(rule)
            if led.place in scene.places:
                after[here].add(core(space, led))
                waiting.append((led, depth + 1))
            else:
                ends[here].add(led.place)
                found.depth.setdefault(led.place, depth + 1)
    _judge(scene, found, after, ends)
    return found


def _judge(scene: Scene, found: Reference, after: dict[Core, set[Core]], ends: dict[Core, set[str]]) -> None:
    outcomes = {name: ending.outcome for name, ending in scene.scenario.endings.items()}
    some = closure(after, {here for here, names in ends.items() if names})
    good = closure(
        after, {here for here, names in ends.items() if any(outcomes[n] not in BAD for n in names)}
    )
    for here in found.states:
        offers = bool(after[here] or ends[here])
        if offers and here not in some:
            found.no_way_out.add(here[0])
        if here in some and here not in good:
            found.no_return.add(here[0])


def closure(after: dict[Core, set[Core]], reached: set[Core]) -> set[Core]:
    """Every state from which one of these can be reached."""
    while True:
        more = {here for here, there in after.items() if here not in reached and there & reached}
        if not more:
            return reached
        reached |= more


def replayed(scene: Scene, opening: str, play: tuple[str, ...]) -> State:
    """Where a witness leads when it is really played."""
    again = begin(scene, 0, opening, 0)
    for reply in play:
        enter(again, reply)
    return again.state


@settings(max_examples=70, deadline=None)
@given(stories())
def test_exhausting_finds_what_playing_finds(story: Story) -> None:
    scene = story.scene
    expected, found = follow(scene), explore(scene)
    assert found.exhausted
    assert (found.states, found.transitions) == (len(expected.states), expected.transitions)
    assert found.moments == expected.moments
    assert set(found.endings) == set(expected.depth)
    assert set(found.stuck) == expected.stuck
    assert set(found.no_way_out) == expected.no_way_out
    assert set(found.no_return) == expected.no_return
    assert found.seen.fired == expected.fired
    assert {(m, scene.places[m].options[n].id) for m, n in found.seen.offered} == expected.offered


@settings(max_examples=40, deadline=None)
@given(stories())
def test_every_witness_is_a_play_that_shows_it_and_none_is_shorter(story: Story) -> None:
    scene = story.scene
    expected, found = follow(scene), explore(scene)
    for name, witness in found.endings.items():
        assert len(witness.play) == expected.depth[name]
        assert replayed(scene, witness.opening, witness.play).place == name
    assert found.moments == set(found.ways) == set(expected.entered)
    for name, witness in found.ways.items():
        assert len(witness.play) == expected.entered[name]
    for kind in (found.ways, found.stuck, found.no_way_out, found.no_return):
        for name, witness in kind.items():
            assert replayed(scene, witness.opening, witness.play).place == name
    for name, witness in found.stuck.items():
        assert not available(scene, replayed(scene, witness.opening, witness.play)), name


@settings(max_examples=40, deadline=None)
@given(stories())
def test_each_opening_alone_reaches_no_more_than_all_together(story: Story) -> None:
    found = explore(story.scene, each=True)
    for states, endings in found.from_opening.values():
        assert states <= found.states
        assert set(endings) <= set(found.endings)
    assert set().union(*(ends for _, ends in found.from_opening.values())) == set(found.endings)


def test_past_the_budget_nothing_is_claimed_never_to_happen() -> None:
    scene = ladder()
    found = explore(scene, budget=3)
    assert not found.exhausted
    assert (found.stuck, found.no_way_out, found.no_return, found.repeats) == ({}, {}, {}, {})
    assert explore(scene) == explore(scene)
    assert explore(scene).exhausted


def test_past_the_budget_every_way_that_was_found_is_still_a_real_play() -> None:
    scene = ladder()
    found = explore(scene, budget=3)
    assert 0 < len(found.ways) < len(scene.places)
    for name, witness in found.ways.items():
        assert replayed(scene, witness.opening, witness.play).place == name


def ladder() -> Scene:
    """A scene of a dozen moments in a row."""
    from scenarios.load import load_bytes

    names = [f"step-{place}" for place in range(12)]
    steps = "".join(
        f"  {name}:\n    person: Go on.\n    replies:\n"
        f"      - {{id: on, do: You wait., techniques: [space], to: {after}}}\n"
        f"      - {{id: turn, do: You turn., techniques: [ignore], to: {name}}}\n"
        for name, after in zip(names, [*names[1:], "end"], strict=True)
    )
    head = (
        "format: 1\ntitle: T\nsummary: S\nrole: nurse\nsetting: W\nminutes: 1\ncontent_notes: []\ncredits: {}\n"
        "person:\n  cast: [{name: Ada}]\n  matters: M\n  cues: {0: Still.}\n"
        "openings:\n  usual: {moment: step-0, tension: 5, trust: 5, safety: 5}\n"
    )
    whole = f"{head}moments:\n{steps}endings:\n  end: {{outcome: settled, text: E}}\n"
    return load_bytes(whole.encode()).scene


def test_an_exploration_without_anything_found_is_not_a_proof() -> None:
    assert not Explored().exhausted
