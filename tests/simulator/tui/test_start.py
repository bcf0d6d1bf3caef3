"""Before the first page: where Textual may run, and what must not have been imported by the first paint."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from simulator import terminal
from simulator.terminal import why_not

ROOT = Path(__file__).parents[3]
UTF8 = {"TERM": "xterm-256color"}


class Tty(io.TextIOWrapper):
    def __init__(self, is_tty: bool = True, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._is_tty = is_tty

    def isatty(self) -> bool:
        return super().isatty() or self._is_tty  # raises where it is closed, as a real one does


def asked(
    stdin: bool = True, stdout: bool = True, stderr: bool = True, encoding: str = "utf-8", term: str = "xterm"
) -> str | None:
    return why_not(Tty(stdin), Tty(stdout, encoding), Tty(stderr), {"TERM": term})


def test_a_capable_terminal_is_fine() -> None:
    assert asked() is None


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"stdin": False}, "keyboard"),
        ({"stdout": False}, "Output"),
        ({"stderr": False}, "Messages"),
        ({"encoding": "ascii"}, "UTF-8"),
        ({"encoding": "latin-1"}, "UTF-8"),
        ({"term": "dumb"}, "place text"),
        ({"term": ""}, "place text"),
    ],
)
def test_what_is_not_capable_gets_one_sentence(given: dict[str, object], word: str) -> None:
    reason = asked(**given)  # type: ignore[arg-type]
    assert reason is not None and word in reason and reason.endswith("plain mode.") and "\n" not in reason


def test_a_closed_stream_and_a_small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = Tty()
    closed.close()
    assert "keyboard" in (why_not(closed, Tty(), Tty(), UTF8) or "")
    monkeypatch.setattr(terminal, "_size", lambda output: (30, 10))
    assert "30 columns by 10 rows" in (asked() or "")
    monkeypatch.setattr(terminal, "_size", lambda output: (0, 0))
    assert asked() is None


FIRST_PAINT = """
import sys, asyncio
from scenarios.shelf import Entry, Shelf
from simulator.practice import open_practice
from simulator.tui.app import TraineeApp
row = Entry("tea", "Tea", "s", "nurse", 3, (), False, "tea.yaml", "0")
practice = open_practice("sqlite:///{folder}/records.sqlite3", "Sam", "none")
app = TraineeApp(practice, shelf=lambda: Shelf((row,)))
async def main():
    async with app.run_test(size=(80, 24)) as pilot:
        from simulator.tui.widgets.blocks import Blocks
        while not app.screen.query_one("#list", Blocks).option_count:
            await asyncio.sleep(0.01)
        await pilot.pause()
        heavy = ["yaml", "pydantic", "sqlalchemy", "alembic", "markdown_it", "textual.widgets._markdown",
                 "scoring", "simulator.debrief", "simulator.shown_debrief", "simulator.own_page", "simulator.tui.walk",
                 "simulator.tui.screens.part", "simulator.tui.screens.own", "textual.widgets._text_area"]
        print([name for name in heavy if name in sys.modules])
asyncio.run(main())
"""


def test_the_chooser_is_painted_from_the_index_alone(tmp_path: Path) -> None:
    script = FIRST_PAINT.replace("{folder}", str(tmp_path))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_asking_about_the_terminal_imports_no_textual() -> None:
    script = "import sys, simulator.terminal; print('textual' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.strip() == "False"
