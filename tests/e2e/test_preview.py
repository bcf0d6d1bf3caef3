"""Through a real pseudo-terminal, with the real proof: a save comes back, and however it ends nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.tui.stage import TEA

pexpect = pytest.importorskip("pexpect", reason="there are no pseudo-terminals on Windows")
pyte = pytest.importorskip("pyte")

from tests.e2e.test_app import BACK, ROOT, Terminal  # noqa: E402 - it needs both

SCRIPT = """
import argparse, sys
from simulator import preview_command
verbs = argparse.ArgumentParser().add_subparsers()
def add(name, purpose, run, examples, not_right):
    verb = verbs.add_parser(name)
    verb.set_defaults(run=run, records=None)
    return verb
preview_command.join(add)
found = verbs.choices["preview"].parse_args(sys.argv[1:])
sys.exit(found.run(found))
"""


class Preview(Terminal):
    """`words-first preview` on a pseudo-terminal of 120 columns."""

    def __init__(self, folder: Path, path: Path) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "HOME": str(folder), "PYTHONPATH": str(ROOT)}
        environment |= {"COLUMNS": "120", "LINES": "40", "TEXTUAL_ANIMATIONS": "none"}
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", SCRIPT, str(path)],
            env=environment,
            dimensions=(40, 120),
            cwd=folder,
        )
        self.screen = pyte.Screen(120, 40)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "tea.yaml"
    made.write_text(TEA.read_text(encoding="utf-8"), encoding="utf-8")
    return made


@pytest.fixture
def preview(tmp_path: Path, path: Path) -> Iterator[Preview]:
    one = Preview(tmp_path, path)
    yield one
    one.child.close(force=True)


def test_a_save_is_read_again_and_a_walk_is_printed_on_leaving(preview: Preview, path: Path) -> None:
    preview.shows("states tried")
    preview.child.send("s")
    preview.shows("what-now · tension")
    path.write_text(path.read_text(encoding="utf-8").replace("person: So what", "person: And what"), "utf-8")
    preview.shows("And what happens now?")
    preview.shows("the same place")
    preview.child.send("w")
    preview.shows("as a walk")
    preview.child.send("2")
    preview.until(lambda: "as a walk" not in "\n".join(preview.screen.display), "the walk is closed")
    preview.child.send("q")
    assert preview.ended() == 0
    assert BACK in preview.raw and b"Traceback" not in preview.raw
    assert b"replies: [silence]" in preview.raw.split(BACK)[-1]
    assert sorted(each.name for each in path.parent.rglob("*") if each.is_file()) == ["tea.yaml"]


def test_a_signal_gives_the_terminal_back_and_ends_the_proof(tmp_path: Path) -> None:
    from benchmarks.stories import story

    path = tmp_path / "long.yaml"
    path.write_text(story(100), encoding="utf-8")
    preview = Preview(tmp_path, path)
    preview.shows("checking every play")
    preview.until(lambda: _children(preview.child.pid), "the proof has begun")
    proof = _children(preview.child.pid)
    preview.child.kill(signal.SIGTERM)
    assert preview.ended() == 128 + signal.SIGTERM
    assert BACK in preview.raw and b"Traceback" not in preview.raw
    preview.until(lambda: not any(_runs(each) for each in proof), "the proof has ended too")


def _children(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(each) for each in found.stdout.split()]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
