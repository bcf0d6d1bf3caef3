"""Scripted trainees told apart by their ratings, on every scene we ship, and what rating costs.

`python -m benchmarks.rating [SCENE…]`. The trainees choose by fixed lists that never look at the rubric:
tests/scoring/policies.py. Every figure is of all seeds; what misses its mark is printed with its seeds.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator, Sequence

from benchmarks.stories import story
from scenarios.load import library_ids, load, load_bytes
from scenarios.unfold import Play, begin
from scoring.feedback import feedback
from scoring.rating import rate_take
from scoring.rubric import OURS, rubric_from
from scoring.voice import statements
from tests.scoring.policies import KINDS
from tests.scoring.telling_apart import FEWEST, HONESTY, PLEASING, Pairs, above_three, met_none, pairs, rated

SEEDS = 200
TAKES = 10_000
TURNS = 20
MOST_SEEDS = 8


def main(scenes: Sequence[str] = ()) -> None:
    """Print the policy table of each scene, then what rating costs."""
    for name in scenes or library_ids():
        _table(name)
    print(f"\nrating {TAKES:,} takes of {TURNS} turns: {_cost():.2f} CPU-s (wanted: at most 10)")
    print(f"feedback and statements for one of them: {_feedback_cost() * 1000:.1f} ms")


def _table(scene: str) -> None:
    print(f"\n{scene}, {SEEDS} seeds")
    print(f"  {'trainee':16} {'turns':>5} {'mean':>5}  the skilled above it")
    for kind in KINDS:
        played = rated(scene, kind, SEEDS)
        turns = sum(one.turns for one in played) / len(played)
        means = [one.core for one in played if one.core is not None]
        mean = f"{sum(means) / len(means):.2f}" if means else "-"
        against = "" if kind == "skilled" else _against(pairs(scene, "skilled", kind, SEEDS))
        print(f"  {kind:16} {turns:5.1f} {mean:>5}  {against}")
    coercive = pairs(scene, "random", "coercive", SEEDS)
    print(
        f"  coercive against random, the {coercive.compared} pairs where both have {FEWEST}: mean "
        f"{coercive.their_mean:.2f} against {coercive.own_mean:.2f}; below it in {coercive.share:.1%}"
    )
    for kind in PLEASING:
        _pleasing(scene, kind)


def _against(found: Pairs) -> str:
    said = f"in {found.above} of {found.compared} pairs ({found.share:.1%})"
    if found.apart:
        said += (
            f"; {found.apart} apart, in which the skilled's own mean is {found.least_apart:.2f} at the least"
        )
    if found.not_above:
        said += f"; not in seeds {_some(found.not_above)}"
    return said


def _pleasing(scene: str, kind: str) -> None:
    over = above_three(scene, kind, SEEDS)
    seen = sum(one.ratings[name].value is not None for one in rated(scene, kind, SEEDS) for name in HONESTY)
    print(f"  {kind} above 3 on {', '.join(HONESTY)}: {len(over)} of {seen} ratings", end="")
    seeds = sorted({one.seed for one, _ in over})
    played = rated(scene, kind, SEEDS)
    never = [seed for seed in seeds if met_none(played[seed])]
    print(f"; offered what it is named for in {sum(not met_none(one) for one in played)} plays", end="")
    if seeds:
        print(
            f"; seeds {_some(seeds)}; in {len(never)} of these {len(seeds)} never offered it",
            end="",
        )
    print()


def _some(seeds: Sequence[int]) -> str:
    more = len(seeds) - MOST_SEEDS
    return ", ".join(map(str, seeds[:MOST_SEEDS])) + (f" and {more} more" if more > 0 else "")


def _cost() -> float:
    """CPU seconds to rate so many takes, by a rubric that has met none of them."""
    rubric = rubric_from(OURS.read_bytes())
    played = list(takes(TAKES))
    before = time.process_time()
    for play in played:
        rate_take(play, play.take, rubric)
    return time.process_time() - before


def _feedback_cost(count: int = 200) -> float:
    rubric = rubric_from(OURS.read_bytes())
    vocabulary = load(library_ids()[0]).vocabulary
    played = list(takes(count))
    before = time.process_time()
    for play in played:
        feedback(play, rubric, vocabulary)
        statements(play, play.take, rubric)
    return (time.process_time() - before) / count


def takes(count: int) -> Iterator[Play]:
    """Takes of twenty turns through a scene of a hundred moments, chosen at random."""
    scene = load_bytes(story(100).encode()).scene
    chance = random.Random(5)
    seed = 0
    while count:
        seed += 1
        play = begin(scene, seed)
        while play.offered and len(play.take.turns) < TURNS:
            play.answer(chance.choice(play.offered).id)
        if len(play.take.turns) == TURNS:
            count -= 1
            yield play


if __name__ == "__main__":
    main(sys.argv[1:])
