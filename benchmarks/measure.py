"""Measuring children: CPU seconds of a process, alone or beside another, and the percentiles of a list."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent


def cpu_seconds(arguments: Sequence[str], environment: dict[str, str] | None = None) -> float:
    """User and system CPU seconds of one child process, its own children included."""
    before = os.times()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, env={**os.environ, **(environment or {})}
    )
    after = os.times()
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


def best(arguments: Sequence[str], runs: int = 5) -> tuple[float, float]:
    """The least and the median CPU seconds of several runs."""
    figures = [cpu_seconds(arguments) for _ in range(runs)]
    return min(figures), statistics.median(figures)


def percentile(figures: Sequence[float], share: int) -> float:
    """The nearest-rank percentile, 0..100."""
    ranked = sorted(figures)
    return ranked[max(0, -(-len(ranked) * share // 100) - 1)]
