"""Golden frames of the trainee app: `pytest tests/simulator/tui -n 0 --update-golden` writes them anew."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[2] / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden frames anew")


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing moves by itself, and nothing reads the developer's own machine."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a frame with tests/golden/<name>.txt."""
    update = bool(request.config.getoption("--update-golden", default=False))

    def compare(name: str, shown: str) -> None:
        path = GOLDEN / f"{name}.txt"
        shown = shown.rstrip("\n") + "\n"
        if update:
            path.write_text(shown, encoding="utf-8")
            return
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        if kept != shown:
            lines = difflib.unified_diff(
                kept.splitlines(), shown.splitlines(), str(path), "shown", lineterm=""
            )
            pytest.fail(
                "\n".join(lines) + os.linesep + "--update-golden writes it anew, where the change is meant"
            )

    return compare
