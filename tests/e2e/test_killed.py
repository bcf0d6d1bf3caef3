"""Once the next line is on the screen the choice is on the disk: a killed session comes back there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from simulator.errors import NotFound
from tests.e2e.killed_child import STEPS
from tests.simulator.service import FakeClock, at, begin, records_file, screen

ROOT = Path(__file__).parents[2]


def played_through(folder: Path) -> list[str]:
    """What is shown after the beginning and after every step, where nobody is killed."""
    session = begin(at(folder, keep="none", clock=FakeClock()), "none")
    shown = [screen(session)]
    for step in STEPS:
        step(session)
        shown.append(screen(session))
    return shown


def killed(folder: Path, number: int, side: str) -> list[str]:
    """Let the child play, kill it at that point, and return what it had shown."""
    command = [
        sys.executable,
        "-m",
        "tests.e2e.killed_child",
        str(records_file(folder)),
        str(number),
        side,
    ]
    shown = []
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line == "STOPPED\n":
                child.kill()
                break
            shown.append(line.rstrip("\n"))
    assert child.returncode not in (0, 1), "the child was killed, it did not end"
    return shown


# after every commit; before, and in the middle of, a few that differ in what they write
POINTS = [(number, "after") for number in range(len(STEPS) + 1)]
POINTS += [(number, "before") for number in (0, 1, 6)]
POINTS += [(number, "inside") for number in (0, 1, 4, 11)]


@pytest.mark.parametrize(("number", "side"), POINTS)
def test_a_killed_session_comes_back_to_what_was_shown(tmp_path: Path, number: int, side: str) -> None:
    expected = played_through(tmp_path)
    shown = killed(tmp_path, number, side)
    assert shown == expected[:number], "nothing is shown before it is saved"
    saved = number if side == "after" else number - 1
    practice = at(tmp_path, clock=FakeClock())
    if saved < 0:
        with pytest.raises(NotFound):
            practice.resume()
        return
    session = practice.resume(practice.sessions()[0].session)
    assert screen(session) == expected[saved]
    for step, then in zip(STEPS[saved:], expected[saved + 1 :], strict=True):
        step(session)
        assert screen(session) == then
