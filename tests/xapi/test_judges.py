"""Our statements before judges that are not ours: Learning Locker's two validators and Ralph's models.

`make test-xapi` installs them in a folder of its own; not in the default suite.
"""

from __future__ import annotations

import copy
import json
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from facilitator import passphrases, xapi
from facilitator.rows import EVERYTHING
from scenarios.load import library_ids, load
from tests.facilitator.exporting import every_kind, statements
from tests.facilitator.rooms import room_at
from tests.simulator.service import at, wandered

HERE = Path(__file__).parent
JUDGES = Path(os.environ.get("WORDS_FIRST_JUDGES", "/nowhere"))
NAMES = {"xapi-validation", "@learninglocker/xapi-validation", "ralph-malph"}
Statement = dict[str, Any]


def judged(made: Sequence[Statement]) -> list[dict[str, int]]:
    """How many faults each judge finds in each statement."""
    lines = "".join(json.dumps(each) + "\n" for each in made)
    node = {**os.environ, "NODE_PATH": str(JUDGES / "node_modules")}
    ralph = JUDGES / "ralph" / ("Scripts" if os.name == "nt" else "bin") / "python"
    found: list[dict[str, int]] = [{} for _ in made]
    for command in (["node", str(HERE / "judge.cjs")], [str(ralph), str(HERE / "ralph_judge.py")]):
        run = subprocess.run(
            command, input=lines, capture_output=True, text=True, env=node, check=True, encoding="utf-8"
        )
        for of_it, line in zip(found, run.stdout.splitlines(), strict=True):
            of_it.update(dict(json.loads(line)))
    assert all(set(of_it) == NAMES for of_it in found)
    return found


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> list[Statement]:
    """Every statement of a session of every kind."""
    folder = tmp_path_factory.mktemp("judged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "ROUNDS", 1)
        patch.setattr(passphrases, "MEMORY", 8192)
        every_kind(folder)
        return statements(room_at(folder))


def test_no_judge_finds_a_fault_in_any_statement(golden: list[Statement]) -> None:
    assert {each["verb"]["id"] for each in golden} == set(xapi.VERBS.values())
    assert all(not any(of_it.values()) for of_it in judged(golden))


def test_nor_in_those_of_the_library_scenes(tmp_path: Path) -> None:
    slugs = library_ids()
    practice = at(tmp_path, "Sam")
    for seed, slug in enumerate(slugs):
        session = practice.start(load(slug), "shared", seed=seed)
        wandered(session, seed)
        session.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "ROUNDS", 1)
        patch.setattr(passphrases, "MEMORY", 8192)
        room = room_at(tmp_path)
    assert room.count(EVERYTHING) == len(slugs)
    made = statements(room)
    assert len(made) > 4 * len(slugs) and all(not any(of_it.values()) for of_it in judged(made))


def _set(*path: str, to: Any) -> Callable[[Statement], None]:
    def change(statement: Statement) -> None:
        for name in path[:-1]:
            statement = statement[name]
        statement[path[-1]] = to

    return change


BROKEN: dict[str, Callable[[Statement], None]] = {
    "no actor": lambda each: each.pop("actor"),
    "no verb": lambda each: each.pop("verb"),
    "no object": lambda each: each.pop("object"),
    "an id that is none": _set("id", to="1"),
    "a verb that is no address": _set("verb", "id", to="responded"),
    "an object that is no address": _set("object", "id", to="coat-on"),
    "an account without its home": lambda each: each["actor"]["account"].pop("homePage"),
    "an account whose home is no address": _set("actor", "account", "homePage", to="here"),
    "two ways of saying who": _set("actor", "mbox", to="mailto:a@trust.example"),
    "a time that is none": _set("timestamp", to="yesterday"),
    "a duration that is none": _set("result", "duration", to="8 s"),
    "a response that is a number": _set("result", "response", to=3),
    "an extension without an address": _set("result", "extensions", to={"tension": 3}),
    "a registration that is none": _set("context", "registration", to="first"),
    "an interaction of no known kind": _set("object", "definition", "interactionType", to="dialogue"),
    "a version from elsewhere": _set("version", to="0.9"),
    "a key that nobody knows": _set("trainee", to="Sam"),
    "a scaled score above one": _set("result", "score", to={"scaled": 1.5}),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_every_judge_refuses_what_is_broken(golden: list[Statement], fault: str) -> None:
    responded = next(each for each in golden if each["verb"]["id"] == xapi.VERBS["responded"])
    broken = copy.deepcopy(responded)
    BROKEN[fault](broken)
    (found,) = judged([broken])
    assert all(found.values()), found
