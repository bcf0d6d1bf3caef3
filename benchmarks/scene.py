"""A scene two hundred turns long in a real pseudo-terminal: from key to finished repaint, and memory."""

from __future__ import annotations

import os
import select
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pexpect

from benchmarks.measure import ROOT, percentile
from benchmarks.stories import story
from scenarios.load import load_bytes
from simulator.practice import open_practice

SIZES = ((24, 80), (40, 120))
TURNS = 200
PRESSES = 100
QUIET = 0.03
"""Seconds without output after which a repaint counts as finished; not part of the figure."""
GRACE = 0.6
"""Seconds to wait after an answer, so that the next key is not taken for one meant for the last turn."""


def long_session(records: str) -> str:
    """A kept session of so many turns, left for later; its id."""
    loaded = load_bytes(endless().encode())
    practice = open_practice(records, "Quiet Heron")
    session = practice.start(loaded, "mine", seed=7, timed=False)
    turns = 0
    while turns < TURNS:
        now = session.now()
        if now.ended:
            session.rewind(max(now.turn - 1, 1))
            continue
        session.answer(now.replies[turns % 2 if len(now.replies) > 1 else 0].id)
        turns = session.turns
    session.suspend()
    return session.id


def endless() -> str:
    """A scene that never ends, so that every key finds replies."""
    text = story(60).replace("to: agreed", "to: moment-0").replace("to: apart", "to: moment-0")
    return text.replace(
        "{when: tension >= 10, to: stopped}", "{when: tension >= 10, to: moment-0, again: true}"
    )


def until_quiet(child: pexpect.spawn[Any], wait: float = 2.0) -> tuple[float, float] | None:
    """Read until nothing comes for a moment; the times of the first and the last byte, or None where none came."""
    first = last = None
    deadline = time.perf_counter() + wait
    while time.perf_counter() < deadline:
        ready, _, _ = select.select([child.child_fd], [], [], QUIET if last else 0.25)
        if not ready:
            if first and last:
                return first, last
            continue
        os.read(child.child_fd, 1 << 16)
        last = time.perf_counter()
        first = first or last
    return (first, last) if first and last else None


def pressed(child: pexpect.spawn[Any], keys: list[str], pause: float) -> list[tuple[float, float]]:
    """Milliseconds from each key to the first and to the last byte of its repaint."""
    figures = []
    for key in keys:
        began = time.perf_counter()
        child.send(key)
        done = until_quiet(child)
        if done is not None:
            figures.append(((done[0] - began) * 1000, (done[1] - began) * 1000))
        time.sleep(pause)
        until_quiet(child, wait=0.05)
    return figures


def memory(pid: int | None) -> float | None:
    """Resident MiB of a process, where the system tells."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return None
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> None:
    """Print the figures."""
    for size in SIZES:
        measured(size)


def measured(size: tuple[int, int]) -> None:
    """Measure in a terminal of so many rows and columns."""
    with tempfile.TemporaryDirectory() as home:
        records = str(Path(home) / "records.sqlite3")
        session = long_session(records)
        environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "TERM": "xterm-256color"}
        arguments = ["-m", "words_first", "--records", records, "play", "--as", "Quiet Heron", "--no-timer"]
        child = pexpect.spawn(
            sys.executable,
            [*arguments, "--resume", session],
            cwd=str(ROOT),
            dimensions=size,
            env=environment,
            timeout=60,
        )
        child.delaybeforesend = None
        until_quiet(child, wait=10)
        time.sleep(GRACE)
        moved = pressed(child, ["\x1b[B", "\x1b[A"] * (PRESSES // 2), 0.02)
        print(f"  {size[1]}×{size[0]}: highlight moved, {len(moved)} keys: {_spread(moved)}")
        answered = pressed(child, ["1"] * PRESSES, GRACE)
        print(
            f"  {size[1]}×{size[0]}: reply chosen, saved and shown, {len(answered)} keys: {_spread(answered)}"
        )
        held = memory(child.pid)
        told = "not told by this system" if held is None else f"{held:.0f} MiB"
        print(f"  {size[1]}×{size[0]}: memory after {TURNS + PRESSES} turns: {told}")
        child.close(force=True)


def _spread(figures: list[tuple[float, float]]) -> str:
    lines = []
    for name, place in (("first byte", 0), ("last byte", 1)):
        times = [figure[place] for figure in figures]
        p50, p95 = percentile(times, 50), percentile(times, 95)
        lines.append(f"{name} p50 {p50:.0f}, p95 {p95:.0f}, max {max(times):.0f} ms")
    return "; ".join(lines)


if __name__ == "__main__":
    main()
