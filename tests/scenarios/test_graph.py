"""The arrows of a scenario: what leads where, what no play comes to, and where only hard endings are left."""

from __future__ import annotations

import networkx as nx
from hypothesis import given, settings

from scenarios.explore import explore
from scenarios.graph import HARD, UNREACHED, Map, map_of
from scenarios.load import Loaded, load_bytes
from tests.scenarios.makers import VALID, changed
from tests.scenarios.strategies import Story, stories

LOST = """\
  nowhere:
    person: Nobody hears this.
    replies:
      - {id: hello, say: Hello., techniques: [introduce], to: at-the-hatch}
endings:
"""


def made(*pairs: tuple[str, str]) -> Loaded:
    return load_bytes(changed(*pairs).encode())


def key_of(plan: Map, name: str) -> str:
    return next(key for key in plan.graph if plan.spot(key).name == name)


def test_every_opening_moment_and_ending_is_a_node_with_filled_words() -> None:
    plan = map_of(load_bytes(VALID.encode()))
    assert [plan.spot(key).name for key in plan.graph] == ["usual", "at-the-hatch", "tea", "stopped"]
    assert plan.summary == "Sam asks for tea after the trolley has gone."
    hatch = plan.spot("m0")
    assert hatch.words == "They said four."
    assert hatch.says == (("trust >= 6", "You said four. I believed you."), (None, "They said four."))


def test_first_words_are_those_heard_and_brackets_stay_where_nothing_is() -> None:
    seen = made(("- says: They said four.", "- says: (<They> look<s> up.) They said four. (Silence.) Four."))
    assert map_of(seen).spot("m0").words == "They said four. Four."
    mute = made(("- says: They said four.", "- says: (<They> look<s> up.)"))
    assert map_of(mute).spot("m0").words == "(They look up.)"


def test_replies_between_the_same_two_are_one_arrow_and_quiet_is_another() -> None:
    plan = map_of(load_bytes(VALID.encode()))
    arrows = {
        (arrow.source, arrow.target, arrow.manner): [way.id for way in arrow.ways] for arrow in plan.arrows()
    }
    assert arrows == {
        ("o0", "m0", "opening"): [],
        ("m0", "e0", "reply"): ["own-it"],
        ("m0", "m0", "reply"): ["calm", "you-take-a-step"],
        ("m0", "m0", "quiet"): ["silence"],
    }


def test_ways_keep_the_authors_order_with_conditions_and_harm() -> None:
    plan = map_of(made(("      - id: calm\n", "      - id: calm\n        when: asks < 2\n")))
    ways = [(way.id, way.when, way.harms, way.after, target) for way, target in plan.ways("m0")]
    assert ways == [
        ("own-it", None, False, None, "e0"),
        ("calm", "asks < 2", True, None, "m0"),
        ("you-take-a-step", None, False, None, "m0"),
        ("silence", None, False, 12, "m0"),
    ]


def test_neighbours_come_once_and_in_file_order() -> None:
    plan = map_of(load_bytes(VALID.encode()))
    assert plan.neighbours("m0").before == ("o0", "m0")
    assert plan.neighbours("m0").after == ("m0", "e0")
    assert plan.neighbours("e1").before == ()


def test_rules_are_numbered_and_known_where_they_lead() -> None:
    plan = map_of(load_bytes(VALID.encode()))
    assert [(rule.number, rule.when, rule.to) for rule in plan.rules] == [(1, "tension >= 10", "e1")]
    assert plan.spot("e1").rules == (1,)


def test_what_no_arrow_leads_to_is_marked_without_a_proof() -> None:
    plan = map_of(made(("endings:\n", LOST)))
    assert plan.spot(key_of(plan, "nowhere")).marks == (UNREACHED,)
    assert plan.spot("m0").marks == ()
    assert not plan.proved


def test_a_rule_leads_somewhere_too() -> None:
    plan = map_of(load_bytes(VALID.encode()))
    assert plan.spot("e1").marks == ()


def test_a_proof_sees_what_arrows_do_not() -> None:
    guarded = made(
        ("        say: You were told four", "        when: tension > 9\n        say: You were told four")
    )
    assert map_of(guarded).spot("e0").marks == ()
    explored = explore(guarded.scene)
    assert explored.exhausted
    plan = map_of(guarded, explored)
    assert plan.spot("e0").marks == (UNREACHED,)
    assert plan.spot("m0").marks == (HARD,)
    assert plan.spot("m0").notes == (
        "A play can come here with nothing but hard endings left: usual: from the start.",
    )
    assert [way.offered for way, _ in plan.ways("m0")] == [False, True, True, True]


def test_only_hard_endings_by_arrows_alone() -> None:
    plan = map_of(made(("        to: tea\n", "        to: stopped\n"), ("ends: tea", "ends: stopped")))
    assert HARD in plan.spot("m0").marks
    assert UNREACHED in plan.spot("e0").marks


def test_an_unfinished_proof_is_no_proof() -> None:
    loaded = load_bytes(VALID.encode())
    explored = explore(loaded.scene, budget=1)
    assert not explored.exhausted
    assert not map_of(loaded, explored).proved


@given(stories())
@settings(max_examples=40, deadline=None)
def test_every_reply_is_in_exactly_one_arrow(story: Story) -> None:
    plan = map_of(story.loaded)
    options = [option.id for place in story.scene.places.values() for option in place.options]
    drawn = [way.id for arrow in plan.arrows() for way in arrow.ways]
    assert sorted(drawn) == sorted(options)
    assert isinstance(plan.graph, nx.MultiDiGraph)


@given(stories())
@settings(max_examples=40, deadline=None)
def test_what_arrows_cannot_reach_no_play_can(story: Story) -> None:
    by_arrows, proved = map_of(story.loaded), map_of(story.loaded, explore(story.scene))
    for key in by_arrows.graph:
        if UNREACHED in by_arrows.spot(key).marks:
            assert UNREACHED in proved.spot(key).marks
        if HARD in by_arrows.spot(key).marks and UNREACHED not in proved.spot(key).marks:
            assert proved.spot(key).marks
