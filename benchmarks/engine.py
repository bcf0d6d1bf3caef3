"""Choices per CPU-second: offers, seeded order, effects, rules, lines, and the turn kept in memory."""

from __future__ import annotations

import itertools
import random
import time

import yaml

from benchmarks.stories import story
from scenarios.load import load_bytes, load_techniques
from scenarios.model import Scenario
from scenarios.scene import Scene, compile_scene
from scenarios.techniques import OURS
from scenarios.unfold import begin

SIZES = (100, 1_000, 10_000)
STEPS = 10_000
ROUNDS = 5


def choices_per_second(scene: Scene, steps: int = STEPS) -> tuple[float, float, float]:
    """One long play, taken again where it ends: choices per CPU-second over all, near step 100, near the last step.

    The play before it is not counted, so that what is read once is not charged to the first steps.
    """
    _, _, _ = _played(scene, 1, 300)
    return _played(scene, 2, steps)


def _played(scene: Scene, seed: int, steps: int) -> tuple[float, float, float]:
    rng = random.Random(seed)
    play = begin(scene, seed)
    marks = [time.process_time()]
    block = max(steps // 100, 1)
    for step in range(steps):
        if not play.offered:
            play.rewind(rng.randrange(1, play.turn))
        play.answer(play.offered[rng.randrange(len(play.offered))].id)
        if (step + 1) % block == 0:
            marks.append(time.process_time())
    spans = [after - before for before, after in itertools.pairwise(marks)]
    early, late = min(spans[1:6]), min(spans[-5:])
    return steps / (marks[-1] - marks[0]), block / early, block / late


def scene_of(moments: int) -> Scene:
    """A scene of that size. A file holds at most 8 MiB, so past that the models are filled without reading one."""
    if moments <= 1_000:
        return load_bytes(story(moments).encode()).scene
    data = yaml.load(story(moments, spare=True), Loader=_Plain)
    return compile_scene(Scenario.model_validate(data), load_techniques(OURS.read_bytes()))


class _Plain(yaml.CSafeLoader):
    """Whole numbers, `true` and `false`; everything else stays text, as in the format."""


_Plain.yaml_implicit_resolvers = {
    sign: [each for each in known if each[0].endswith(":int") or (each[0].endswith(":bool") and sign in "tf")]
    for sign, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def main() -> None:
    """Print the figures."""
    for moments in SIZES:
        scene = scene_of(moments)
        runs = [choices_per_second(scene) for _ in range(ROUNDS)]
        over_all = max(run[0] for run in runs)
        early, late = max(run[1] for run in runs), max(run[2] for run in runs)
        print(
            f"{moments:>6} moments: {over_all:>9,.0f} choices per CPU-second; "
            f"step {STEPS:,} costs {early / late:.2f} times step 100"
        )


if __name__ == "__main__":
    main()
