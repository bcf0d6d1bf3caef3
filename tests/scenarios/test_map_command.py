"""`words-first map`: a file in the kind its ending says, and a sentence where it cannot be."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

from scenarios import map_command
from scenarios.commands import Stop
from tests.scenarios.makers import VALID, changed


def parsed(*words: str) -> argparse.Namespace:
    """The arguments as the command line would hand them over."""
    top = argparse.ArgumentParser()
    verbs = top.add_subparsers()

    def add(name: str, purpose: str, run: Any, examples: str, not_right: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(name, description=purpose)
        verb.set_defaults(run=run)
        return verb

    map_command.join(add, folders=lambda _: [])
    return top.parse_args(["map", *words])


def mapped(*words: str) -> int:
    arguments = parsed(*words)
    return int(arguments.run(arguments))


@pytest.fixture
def kettle(tmp_path: Path) -> Path:
    path = tmp_path / "kettle.yaml"
    path.write_text(VALID, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.svg", "<?xml"), ("a.html", "<!DOCTYPE html>"), ("a.mmd", "%% "), ("a.DOT", "digraph")],
)
def test_the_ending_of_the_name_says_what_is_written(
    kettle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, begins: str
) -> None:
    assert mapped(str(kettle), "-o", str(tmp_path / name)) == 0
    assert (tmp_path / name).read_bytes().decode().startswith(begins)
    assert b"\r" not in (tmp_path / name).read_bytes()
    said = capsys.readouterr()
    assert said.out == f"The map of kettle is in {tmp_path / name}\n"
    assert said.err == ""


def test_every_play_is_tried(kettle: Path, tmp_path: Path) -> None:
    mapped(str(kettle), "-o", str(tmp_path / "a.svg"))
    assert "Every play was tried" in (tmp_path / "a.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["map.png", "map", "map.yaml"])
def test_another_ending_is_wrong_use(
    kettle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    with pytest.raises(SystemExit) as leaving:
        mapped(str(kettle), "-o", str(tmp_path / name))
    assert leaving.value.code == 2
    assert "should end in .svg, .html, .mmd or .dot" in capsys.readouterr().err


def test_a_scenario_with_errors_is_not_drawn(kettle: Path, tmp_path: Path) -> None:
    kettle.write_text(changed(("        to: tea\n", "        to: coffee\n")), encoding="utf-8")
    with pytest.raises(Stop) as stopped:
        mapped(str(kettle), "-o", str(tmp_path / "a.svg"))
    assert stopped.value.code == 1
    assert not (tmp_path / "a.svg").exists()


def test_a_folder_that_is_not_there_is_the_systems_refusal(kettle: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        mapped(str(kettle), "-o", str(tmp_path / "nowhere" / "a.svg"))
