"""`python -m benchmarks.mutations [KIND-WORD …]`: slips in the scenarios we ship, judged; a table, then each miss.

A word keeps the kinds whose name holds it; `--file NAME` keeps one file. Every place is taken, in one process, which
takes about two hours; with `--some`, of a library scene at most 24 of each kind (4 where all plays must be tried),
spread by a seed. `--show` also lists what was told at another line and what was sound. Exit 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from typing import Final

from benchmarks.mutations.judging import EXPECTED_OF_ALL, Judgement, Task, alarms, judge_task, subjects
from benchmarks.mutations.kinds import KINDS
from benchmarks.mutations.subject import Subject

CAUGHT: Final = 0.99
RIGHT_LINE: Final = 0.97
_MOST: Final = 24
_EVERY: Final = 1_000_000
_COLUMNS: Final = ("made", "caught", "right line", "told first", "elsewhere", "missed", "sound")


def main(arguments: Sequence[str]) -> int:
    """Make and judge them all, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND-WORD")
    parser.add_argument("--file", default="", help="only the file whose name holds this")
    parser.add_argument(
        "--some", action="store_true", help="of a long scene at most 24 places a kind; minutes"
    )
    parser.add_argument("--show", action="store_true", help="list what was told elsewhere and what was sound")
    parser.add_argument("--jobs", type=int, default=1, help="so many processes")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    chosen = [subject for subject in subjects() if options.file in subject.name]
    kinds = [name for name in KINDS if all(word in name for word in options.kinds)]
    most = _MOST if options.some else _EVERY
    false = _false_alarms(chosen)
    done: list[Judgement] = []
    tasks = [(subject.name, kind, most) for subject in chosen for kind in kinds]
    before = ""
    for (file, kind, _), judged in zip(tasks, _run(tasks, options.jobs), strict=True):
        if before not in ("", file):
            _so_far(done, before)
        before = file
        done += judged
        print(f"{time.monotonic() - started:5.0f} s  {file}: {kind}: {len(judged)}", file=sys.stderr)
    print(table(done))
    print(_listed(done, options.show), end="")
    print(f"\n{false} false alarms on unspoilt files; {time.monotonic() - started:.0f} s")
    return 0 if reached(done) and not false else 1


def _run(tasks: Sequence[Task], jobs: int) -> Iterator[list[Judgement]]:
    if jobs < 2:
        yield from map(judge_task, tasks)
        return
    with get_context("spawn").Pool(jobs) as pool:
        yield from pool.imap(judge_task, tasks)


def _so_far(done: Sequence[Judgement], file: str) -> None:
    """After each file, so that an hour's run that is broken off has told what it found."""
    caught, right = shares(done)
    count = Counter(one.verdict for one in done if not one.apart)
    print(
        f"with {file}: {len(done):,} slips, {count['sound']:,} sound, {count['missed']:,} missed; "
        f"caught {caught:.2%}, of those at the right line {right:.2%}",
        flush=True,
    )


def _false_alarms(chosen: Sequence[Subject]) -> int:
    found = [
        problem
        for subject in chosen
        for problem in alarms(subject.name, subject.text)
        if problem.severity == "error" or problem.code not in EXPECTED_OF_ALL
    ]
    for problem in found:
        print(f"false alarm: {problem}")
    return len(found)


def shares(done: Sequence[Judgement]) -> tuple[float, float]:
    """Of the slips that do harm: which share is caught, and which of those at the right line."""
    count = Counter(one.verdict for one in done if not one.apart)
    caught = count["caught"] + count["elsewhere"]
    return caught / max(caught + count["missed"], 1), count["caught"] / max(caught, 1)


def reached(done: Sequence[Judgement]) -> bool:
    """Whether both targets are met. Kinds that are counted apart do not count."""
    caught, right = shares(done)
    return caught >= CAUGHT and right >= RIGHT_LINE


def table(done: Sequence[Judgement]) -> str:
    """Per kind: how many were made, caught, told at the right line, told first, told elsewhere, missed, sound."""
    kinds = dict.fromkeys(one.kind for one in done)
    lines = [f"{'':<44}" + "".join(f"{name:>11}" for name in _COLUMNS)]
    lines += [
        _row(kind, [one for one in done if one.kind == kind]) for kind in kinds if not KINDS[kind].apart
    ]
    lines.append(_row("all of these", [one for one in done if not one.apart]))
    lines += [
        _row(f"apart: {kind}", [one for one in done if one.kind == kind])
        for kind in kinds
        if KINDS[kind].apart
    ]
    caught, right = shares(done)
    lines.append(f"caught {caught:.2%} (wanted {CAUGHT:.0%}), of those at the right line {right:.2%}")
    lines[-1] += f" (wanted {RIGHT_LINE:.0%})"
    return "\n".join(lines)


def _row(name: str, row: Sequence[Judgement]) -> str:
    count = Counter(one.verdict for one in row)
    caught, first = count["caught"] + count["elsewhere"], sum(one.first for one in row)
    figures = (len(row), caught, count["caught"], first, count["elsewhere"], count["missed"], count["sound"])
    return f"{name:<44}" + "".join(f"{figure:>11,}" for figure in figures)


def _listed(done: Sequence[Judgement], everything: bool) -> str:
    """Each miss; with `everything` also what was told elsewhere and what was sound."""
    shown = ["missed", "elsewhere", "sound"] if everything else ["missed"]
    return "".join(f"\n{verdict}: {one.shown}" for verdict in shown for one in done if one.verdict == verdict)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
