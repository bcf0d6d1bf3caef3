"""`preview` from the command line: where it cannot run it says so in one line, and what to do instead."""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import pytest

from scenarios.commands import Runner, Stop
from simulator import preview_command
from tests.simulator.tui.stage import TEA


def parsed(*arguments: str) -> Namespace:
    """The arguments as `words-first preview` takes them."""
    top = argparse.ArgumentParser()
    verbs = top.add_subparsers()

    def add(name: str, purpose: str, run: Runner, examples: str, not_right: str) -> ArgumentParser:
        verb = verbs.add_parser(name, help=purpose)
        verb.set_defaults(run=run, records=None)
        return verb

    preview_command.join(add)
    return top.parse_args(["preview", *arguments])


def stopped(*arguments: str) -> tuple[str, int]:
    found = parsed(*arguments)
    with pytest.raises(Stop) as stop:
        found.run(found)
    return str(stop.value), stop.value.code


def test_without_a_terminal_it_says_so_and_names_what_works() -> None:
    said, code = stopped(str(TEA))
    assert code == 2
    assert said.count("\n") == 0 and "plain mode" not in said
    assert f"`words-first check --watch {TEA}`" in said


@pytest.mark.parametrize("name", ["nothing-here", "nothing.yaml", "a\0b", "\x1b[31m", "."])
def test_only_a_file_can_be_watched(name: str) -> None:
    said, code = stopped(name)
    assert (code, said.isprintable()) == (2, True)
    assert "no scenario called" in said or "is no file" in said
    assert "words-first new" in said


def test_what_is_named_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: dict[str, Any] = {}

    def run(path: Path, **more: Any) -> int:
        handed.update(more, path=path)
        return 0

    monkeypatch.setattr("simulator.terminal.why_not", lambda *_: None)
    monkeypatch.setattr("simulator.tui.preview.app.run", run)
    found = parsed(str(TEA), "--opening", "late-night", "--cast", "Joanne", "--seed", "7")
    assert found.run(found) == 0
    assert handed == {
        "path": TEA,
        "shown": str(TEA),
        "seed": 7,
        "opening": "late-night",
        "cast": "Joanne",
    }


def test_a_wards_own_scene_is_found_by_its_id(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "our-own-scene.yaml"
    own.write_text("format: 1\n", encoding="utf-8")
    monkeypatch.setattr("simulator.commands.folders", lambda _: [tmp_path])
    monkeypatch.setattr("simulator.terminal.why_not", lambda *_: None)
    watched: list[Path] = []

    def run(path: Path, **_: Any) -> int:
        watched.append(path)
        return 0

    monkeypatch.setattr("simulator.tui.preview.app.run", run)
    found = parsed("our-own-scene")
    assert found.run(found) == 0 and watched == [own]
