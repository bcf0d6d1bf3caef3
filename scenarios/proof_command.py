"""The `explore` subcommand: what every possible play of a scenario can come to, as text or JSON."""

from __future__ import annotations

import json
import time
from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from scenarios.commands import DONE, Add, Folders, opened, progress, shown

if TYPE_CHECKING:
    from scenarios.explore import Explored, Witness
    from scenarios.load import Loaded

MOST_STATES: Final = 100_000_000


def join(add: Add, folders: Folders) -> None:
    """Add `explore` to the command line."""
    exploring = add(
        "explore",
        "What every possible play of a scenario can come to.",
        lambda arguments: run(arguments, folders(arguments)),
        "  words-first explore my-scenario.yaml\n  words-first explore my-scenario.yaml --states 5000000 --json",
        "the scenario has errors",
    )
    exploring.add_argument("scenario", metavar="SCENARIO", help="a scenario's id from `list`, or a path")
    exploring.add_argument("--states", type=_states, metavar="N", help="stop after so many states (5000000)")
    exploring.add_argument("--json", action="store_true", help="for programs")


def _states(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_STATES):
        raise ArgumentTypeError(f"a whole number from 1 to {MOST_STATES}")
    return int(text)


def run(arguments: Namespace, folders: Sequence[Path]) -> int:
    """Explore, and print. 0 whatever was found: `check` judges, this shows."""
    from scenarios.explore import DEFAULT_STATES, explore

    loaded = opened(arguments.scenario, folders)
    began = time.process_time()
    with progress() as tell:
        states = arguments.states or DEFAULT_STATES
        explored = explore(loaded.scene, states, each=not arguments.json, tell=tell)
    seconds = time.process_time() - began
    if arguments.json:
        print(json.dumps(as_json(loaded, explored, seconds), ensure_ascii=False, indent=2))
    else:
        print("\n".join(map(shown, as_lines(loaded, explored))))
    return DONE


def as_json(loaded: Loaded, explored: Explored, seconds: float) -> dict[str, Any]:
    """The shape that programs rely on; `seconds` are CPU seconds."""
    scene, seen = loaded.scene, explored.seen
    reached = [place for place in scene.places.values() if place.name in explored.moments]
    unsaid = [
        {"moment": place.name, "reply": None, "variant": number}
        for place in reached
        for number in range(len(place.lines))
        if (place.name, None, number) not in seen.said
    ]
    unsaid += [
        {"moment": place.name, "reply": option.id, "variant": number}
        for place in reached
        for which, option in enumerate(place.options)
        if (place.name, which) in seen.offered
        for number in range(len(option.reaction))
        if (place.name, which, number) not in seen.said
    ]
    return {
        "states": explored.states,
        "transitions": explored.transitions,
        "exhausted": explored.exhausted,
        "endings": {name: _ending(loaded, explored, name) for name in loaded.scenario.endings},
        "stuck": _witnesses(explored.stuck),
        "no_way_out": _witnesses(explored.no_way_out),
        "points_of_no_return": _witnesses(explored.no_return),
        "never_offered": [
            {"moment": place.name, "reply": option.id}
            for place in reached
            for which, option in enumerate(place.options)
            if (place.name, which) not in seen.offered
        ],
        "never_said": unsaid,
        "never_fires": [place for place in range(len(scene.rules)) if place not in seen.fired],
        "undiscoverable": [name for name, _ in scene.hidden if name not in explored.discovered],
        "seconds": round(seconds, 3),
    }


def _ending(loaded: Loaded, explored: Explored, name: str) -> dict[str, Any]:
    witness = explored.endings.get(name)
    return {
        "outcome": loaded.scenario.endings[name].outcome,
        "reachable": witness is not None,
        "opening": None if witness is None else witness.opening,
        "shortest": None if witness is None else list(witness.play),
    }


def _witnesses(found: dict[str, Witness]) -> list[dict[str, Any]]:
    return [
        {"moment": name, "opening": witness.opening, "play": list(witness.play)}
        for name, witness in found.items()
    ]


def as_lines(loaded: Loaded, explored: Explored) -> list[str]:
    """The same for people, each line of which makes sense alone."""
    from scenarios.guided import coverage_lines
    from scenarios.play_rules import shown as play_shown

    count = f"{explored.states:,} states and {explored.transitions:,} ways between them"
    if explored.exhausted:
        lines = [f"Every play was tried: {count}."]
    else:
        lines = [f"Not proven: {count} were tried, then the limit was reached. Try more with --states."]
    for name, ending in loaded.scenario.endings.items():
        witness = explored.endings.get(name)
        way = f"shortest: {play_shown(witness)}" if witness else "no play comes to it"
        lines.append(
            f"Ending {name} ({ending.outcome}): {way if witness or explored.exhausted else 'not met yet'}."
        )
    for opening, (states, endings) in explored.from_opening.items():
        lines.append(
            f"Beginning with {opening}: {states:,} states, {len(endings)} of {len(loaded.scenario.endings)} endings."
        )
    findings = {
        "No reply is offered": explored.stuck,
        "No ending can be reached any more": explored.no_way_out,
        "Only stopped or rupture can follow": explored.no_return,
    }
    for what, where in findings.items():
        lines += [f"{what}: in {name} ({play_shown(witness)})." for name, witness in where.items()]
    missed = sorted(set(loaded.scenario.moments) - explored.moments)
    if missed:
        lines.append(f"{'No play comes to' if explored.exhausted else 'Not met yet'}: {', '.join(missed)}.")
    if explored.coverage is not None:
        lines += coverage_lines(loaded.scene, explored.coverage)
    return lines
