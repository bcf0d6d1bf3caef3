"""Exhausting the plays: a hundred moments with 3 gauges and 4 facts, the library, and a cold check."""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import best
from scenarios.explore import explore
from scenarios.load import library_ids, load, load_bytes

MOMENTS = 100
_HEAD = """\
format: 1
title: A long corridor
summary: <name> walks up and down.
role: healthcare assistant
setting: A corridor
minutes: 60
content_notes: [raised voices]
credits:
  written_by: [{role: a program that measures, on: 2026-11-22}]
  lived_experience_review: [{role: nobody, on: 2026-11-22}]
person:
  cast: [{name: Sam}]
  matters: Being told.
  cues: {0: Still.}
facts:
  told: {says: You told them}
  asked: {says: You asked}
  rang: {says: You rang}
  sat: {says: You sat down}
openings:
  usual: {moment: step-0, tension: 5, trust: 4, safety: 4}
endings:
  agreed: {outcome: settled, text: Agreed.}
  apart: {outcome: rupture, text: Apart.}
  stopped: {outcome: stopped, text: Stopped.}
"""
_FACTS = ("told", "asked", "rang", "sat")


def corridor(moments: int, facts: int, seed: int = 1) -> str:
    """A scenario whose every state matters: three replies a moment, conditions on each gauge and fact asked for."""
    rng = random.Random(seed)
    lines = [_HEAD, "whenever:", "  - {when: tension >= 10 and safety <= 0, to: stopped}", "moments:"]
    for place in range(moments):
        last = "agreed" if place % 10 == 9 else f"step-{(place + 1) % moments}"
        targets = [f"step-{rng.randrange(moments)}", f"step-{(place + 1) % moments}"]
        lines += [f"  step-{place}:", "    person: Go on.", "    replies:"]
        for name, harms, to in (("helps", False, targets[0]), ("harms", True, targets[1])):
            moved = ", ".join(f"{gauge}: {rng.randint(-2, 2)}" for gauge in ("tension", "trust", "safety"))
            more = "techniques: [ignore], instead: Stay." if harms else "techniques: [space]"
            truth = "false" if harms else "true"
            fact = _FACTS[(place + harms) % facts]
            lines.append(
                f"      - {{id: {name}, do: You wait., {more}, {moved}, set: {{{fact}: {truth}}}, felt: So., to: {to}}}"
            )
        guard = f"trust >= {rng.randint(1, 4)} or {_FACTS[place % facts]}"
        lines.append(
            f"      - {{id: asks, do: You ask., techniques: [ask-need], when: {guard}, felt: Yes., to: {last}}}"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the figures."""
    scene = load_bytes(corridor(MOMENTS, 4).encode()).scene
    began = time.process_time()
    found = explore(scene)
    seconds = time.process_time() - began
    print(
        f"  {MOMENTS} moments, 3 gauges, 4 facts: {found.states:,} states, {found.transitions:,} ways, "
        f"exhausted {found.exhausted}: {seconds:.2f} CPU-s; peak memory {_peak():.0f} MiB"
    )
    for name in library_ids():
        scene = load(name).scene
        began = time.process_time()
        found = explore(scene)
        seconds = time.process_time() - began
        print(f"  {name}: {found.states:,} states, {found.transitions:,} ways: {seconds:.2f} CPU-s")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "middling.yaml"
        path.write_text(corridor(MOMENTS, 2), encoding="utf-8")
        found = explore(load(path).scene)
        least, median = best(["-m", "words_first", "check", str(path)], runs=5)
        print(
            f"  cold check, {MOMENTS} moments, {found.states:,} states: least {least:.2f}, median {median:.2f} CPU-s"
        )


def _peak() -> float:
    """Resident MiB at the most so far; Linux tells KiB, macOS bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    main()
