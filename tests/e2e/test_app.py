"""Through a real pseudo-terminal: it starts, it plays, and however it ends the terminal is given back."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.tui.pace import GRACE

pexpect = pytest.importorskip("pexpect", reason="there are no pseudo-terminals on Windows")
pyte = pytest.importorskip("pyte")

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from simulator.practice import open_practice
from simulator.tui.app import run
from scenarios.shelf import Shelf
sys.exit(run(open_practice(sys.argv[1], "Sam"), shelf=Shelf(()), start=sys.argv[2]))
"""
BACK = b"\x1b[?1049l"
CEILING_S = 40.0


class Terminal:
    """A child on a pseudo-terminal, and what its screen shows."""

    def __init__(self, folder: Path) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "HOME": str(folder), "PYTHONPATH": str(ROOT)}
        environment["TEXTUAL_ANIMATIONS"] = "none"
        arguments = [
            "-c",
            SCRIPT,
            f"sqlite:///{folder}/records.sqlite3",
            str(ROOT / "tests/simulator/tea.yaml"),
        ]
        self.child: Any = pexpect.spawn(
            sys.executable, arguments, env=environment, dimensions=(24, 80), cwd=folder
        )
        self.screen: Any = pyte.Screen(80, 24)
        self._stream: Any = pyte.ByteStream(self.screen)
        self.raw = b""

    def read(self) -> None:
        try:
            got = self.child.read_nonblocking(65536, timeout=0.05)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += got
        self._stream.feed(got)

    def until(self, true: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + CEILING_S
        while not true():
            if time.monotonic() > deadline:
                raise AssertionError(f"never came to be: {what}\n" + "\n".join(self.screen.display))
            self.read()

    def shows(self, words: str) -> None:
        self.until(lambda: words in "\n".join(self.screen.display), words)

    def begin(self) -> None:
        """Past the briefing, whose key counts only once it could be seen: b until the scene is there."""
        self.shows("raised voices")
        sent = float("-inf")

        def there() -> bool:
            nonlocal sent
            if time.monotonic() - sent > 2 * GRACE:
                sent = time.monotonic()
                self.child.send("b")
            return "It's ten past." in "\n".join(self.screen.display)

        self.until(there, "the scene")

    def ended(self) -> int:
        self.until(lambda: not self.child.isalive(), "the app has ended")
        for _ in range(5):
            self.read()
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    one = Terminal(tmp_path)
    yield one
    one.child.close(force=True)


def test_it_starts_plays_and_ctrl_c_twice_leaves(terminal: Terminal) -> None:
    terminal.begin()
    terminal.child.send("\x03")
    terminal.shows("ctrl+c once more")
    terminal.child.send("\x03")
    assert terminal.ended() == 0
    assert BACK in terminal.raw and b"Traceback" not in terminal.raw


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(terminal: Terminal, number: signal.Signals) -> None:
    terminal.begin()
    terminal.child.kill(number)
    assert terminal.ended() == 128 + number
    assert BACK in terminal.raw and b"Traceback" not in terminal.raw
