"""Starting: `--help`, the chooser on screen against a bare Textual screen beside it, and what each import costs."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path

import pexpect

from benchmarks.measure import ROOT, best, cpu_seconds
from scenarios.shelf import LIBRARY, summarise, write_index

SHELF = 14
PAIRS = 7
IMPORTS = (
    "words_first",
    "scenarios.shelf",
    "yaml",
    "pydantic",
    "scenarios.load",
    "numpy",
    "scenarios.explore",
    "sqlalchemy",
    "simulator.records",
    "alembic.command",
    "textual.app",
    "simulator.tui.app",
)


def painted(arguments: list[str], home: str) -> float:
    """CPU seconds from process start until the screen is on a real pseudo-terminal and the program has left."""
    environment = {
        **os.environ,
        "HOME": home,
        "XDG_DATA_HOME": home,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }
    before = os.times()
    child = pexpect.spawn(
        sys.executable, ["-m", *arguments], cwd=str(ROOT), dimensions=(40, 120), env=environment, timeout=60
    )
    child.expect(pexpect.EOF)
    child.close()
    after = os.times()
    if child.exitstatus not in (0, None):
        raise RuntimeError(f"{arguments[0]} left with {child.exitstatus}")
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def full_shelf(folder: Path) -> None:
    """Fourteen scenarios as heavy as the first one, and their index."""
    source = (LIBRARY / "the-walk-that-was-promised.yaml").read_text("utf-8")
    entries = []
    for place in range(SHELF):
        path = folder / f"scene-{place}.yaml"
        path.write_text(f"# {place}\n{source}", encoding="utf-8")
        entry = summarise(path)
        if isinstance(entry, str):
            raise RuntimeError(entry)
        entries.append(entry)
    write_index(folder / "index.json", entries)


def main() -> None:
    """Print the figures."""
    bare_interpreter, _ = best(["-c", "pass"])
    least, median = best(["-m", "words_first", "--help"])
    print(
        f"  an empty Python: {bare_interpreter:.2f} CPU-s; --help: least {least:.2f}, median {median:.2f} CPU-s"
    )
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "shelf"
        folder.mkdir()
        full_shelf(folder)
        rows = SHELF + 1
        pairs = [
            (
                painted(["benchmarks.chooser", str(folder)], home),
                painted(["benchmarks.bare", str(rows)], home),
            )
            for _ in range(PAIRS)
        ]
    ours, bare = statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)
    ratio = statistics.median(p[0] / p[1] for p in pairs)
    print(
        f"  chooser of {rows} on screen: {ours:.2f} CPU-s; bare Textual screen: {bare:.2f}; ratio {ratio:.2f}"
    )
    for name in IMPORTS:
        cost = min(cpu_seconds(["-c", f"import {name}"]) for _ in range(3)) - bare_interpreter
        print(f"  import {name:<20} {max(cost, 0):.2f} CPU-s")


if __name__ == "__main__":
    main()
