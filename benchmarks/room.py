"""The facilitator's room over many sessions: lists, filters, one session, a group picture, exports, and memory.

`python -m benchmarks.room [MANY] [FILE]`: 10,000 sessions by default; records that are in FILE already are used as
they are. The room is measured in a process of its own, so that memory is its own too.
"""

from __future__ import annotations

import gc
import random
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, Final, get_args

from benchmarks.bulk import NAME, PASSPHRASE, fill
from benchmarks.measure import ROOT, percentile
from benchmarks.ward import BEGIN_MS, LENGTH_MS, SELDOM, WORDS, people
from facilitator.room import Room, open_room
from facilitator.rows import CohortFilter, Filter, Sort
from simulator.errors import SimulatorError

MANY: Final = 10_000
TIMES: Final = 100
SHARE: Final = 95
DEEP: Final = 40
"""Pages turned to before one that lies deep is asked for."""
_DAY_MS: Final = 86_400_000


def main(many: int = MANY, file: str | None = None) -> None:
    """Make the records where there are none, and measure."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(file) if file else Path(folder) / "records.sqlite3"
        if not path.exists():
            began = time.perf_counter()
            for _ in fill(path, many):
                pass
            seconds = time.perf_counter() - began
            print(
                f"  {many:,} sessions written in {seconds:.0f} s, {path.stat().st_size / 2**20:.0f} MiB",
                flush=True,
            )
        subprocess.run(
            [sys.executable, "-m", "benchmarks.room", "--measure", str(path)], cwd=ROOT, check=True
        )


def measure(file: str) -> None:
    """Measure what is there, and print each figure beside the wanted one."""
    room = open_room(file)
    room.enter(PASSPHRASE, NAME)
    many = room.count()
    print(f"  {many:,} sessions; waiting times are p{SHARE} of {TIMES}")
    told(f"memory before anything is asked for: {peak()}")
    for measured in (lists, filters, sessions, cohort, exports):
        measured(room)
        room.enter(PASSPHRASE, NAME)  # long runs would find it locked
    told(f"memory at the most: {peak()} (wanted: 250 MiB)")
    room.close()


# lists


def lists(room: Room) -> None:
    """The first page in every order, and one that lies deep."""
    sorts: tuple[Sort, ...] = get_args(Sort)
    for sort in sorts:
        waited(f"first page, {sort}", 200, partial(room.page, sort=sort))
    last, turned = room.page()[-1], 0
    while turned < DEEP and (found := room.page(limit=200, after=last)):
        last, turned = found[-1], turned + 1
    waited(f"a page after {turned} of 200", 200, lambda: room.page(after=last))
    waited("how many there are", 300, room.count)
    waited("trainees' names, typed ahead", 300, lambda: room.choices("d"))
    told(f"memory: {peak()}")


def filters(room: Room) -> None:
    """Each filter alone, and many at once, with values drawn anew each time: the rows, and how many there are."""
    draw = random.Random("filters")
    drawing = _drawing(draw)
    for name, one in drawing.items():
        _filtered(room, name, [one(Filter()) for _ in range(TIMES)])
    together = []
    for _ in range(TIMES):
        which = Filter()
        for name in draw.sample(list(drawing), draw.randint(2, 4)):
            which = drawing[name](which)
        together.append(which)
    _filtered(room, "two to four together", together)
    sorts: list[Sort] = [
        draw.choice(("newest", "oldest", "trainee", "scenario", "waiting")) for _ in together
    ]
    pairs = iter(list(zip(together, sorts, strict=True)))
    waited("two to four together, in any order", 300, lambda: _page(room, next(pairs)))
    told(f"memory: {peak()}")


def _page(room: Room, asked: tuple[Filter, Sort]) -> object:
    return room.page(asked[0], asked[1])


def _filtered(room: Room, name: str, some: Sequence[Filter]) -> None:
    room.touch()
    pages, counts = iter(some), iter(some)
    waited(f"filter, {name}", 300, lambda: room.page(next(pages)))
    waited(f"filter, {name}: how many", 300, lambda: room.count(next(counts)))


def _drawing(draw: random.Random) -> dict[str, Callable[[Filter], Filter]]:
    """Each filter, set to something new whenever it is called."""
    names = [each.name for each in people()]
    said = ["contested", "waiting", "begun", "signed"]

    def day() -> datetime:
        return datetime.fromtimestamp((BEGIN_MS + draw.randrange(LENGTH_MS // _DAY_MS) * _DAY_MS) / 1000, UTC)

    return {
        "scenario": lambda which: replace(which, scenario=draw.choice(_scenarios())),
        "trainee": lambda which: replace(which, trainee=draw.choice(names)[: draw.randint(1, 12)]),
        "since": lambda which: replace(which, since=day()),
        "until": lambda which: replace(which, until=day()),
        "outcome": lambda which: replace(
            which, outcome=draw.choice(("settled", "complied", "rupture", "stopped"))
        ),
        "state": lambda which: replace(
            which, state=draw.choice(("ended", "suspended", "stepped-out", "damaged"))
        ),
        "review": lambda which: replace(which, review=draw.choice(("waiting", "begun", "signed"))),
        "contested": lambda which: replace(which, contested=draw.random() < 0.7),
        "second reviewer": lambda which: replace(which, second=draw.random() < 0.7),
        "group": lambda which: replace(which, group=draw.choice(("Ash", "Oak", "Elm", ""))),
        "a word many said": lambda which: replace(which, words=draw.choice(WORDS)),
        "a word few said": lambda which: replace(which, words=SELDOM),
        "a word nobody said": lambda which: replace(which, words=f"nobody{len(said)}"),
        "the beginning of a word": lambda which: replace(which, words=draw.choice(WORDS)[:1]),
        "three words": lambda which: replace(which, words=" ".join(draw.sample(WORDS, 3))),
    }


def _scenarios() -> list[str]:
    from scenarios.load import library_ids

    return list(library_ids())


# sessions


def sessions(room: Room) -> None:
    """One session opened with everything its screen shows; the line on the trail is written to the disk."""
    draw = random.Random("sessions")
    rows = [
        row for which in ("waiting", "begun", "signed") for row in room.page(Filter(review=which), limit=200)
    ]
    keys = iter([row.session for row in draw.choices(rows, k=TIMES)])
    waited("a session opened", 150, lambda: _opened(room, next(keys)))
    told(f"memory: {peak()}")


def _opened(room: Room, key: str) -> object:
    try:
        review = room.open(key)
    except SimulatorError as error:
        raise RuntimeError(error.message) from error
    return review.whole, review.ratings, review.facts, review.statements


# many at once


def cohort(room: Room) -> None:
    """The group picture over time, and one of a scene by who was in it, as `cohort` makes them."""
    from facilitator.cohort import gather
    from facilitator.cohort_command import scene_words
    from facilitator.cohort_group import over_time
    from facilitator.cohort_view import group_view, scene_view

    scenario = _scenarios()[0]
    for name, which in (
        ("over time", CohortFilter()),
        ("one scene, --by cast", CohortFilter(scenario=scenario)),
    ):
        many = room.count(Filter(scenario=which.scenario))
        spent = Spent()
        pictures = Counted(room.first_pictures(which.scenario))
        scenes = gather(pictures)
        words = {each: scene_words(each, ()) for each in scenes}
        if which.scenario is None:
            group_view(scenes, over_time(scenes), None, words)
        else:
            scene_view(scenes[scenario], which, "cast", words[scenario])
        wall, cpu = spent.so_far()
        missed = "" if wall <= max(many, MANY) / MANY * 5 else "  MISSED"
        told(
            f"cohort, {name}: {many:,} sessions, {pictures.many:,} of them first plays, in {wall:.1f} s, "
            f"{cpu:.1f} of the processor (wanted: 5 for 10,000); memory: {peak()}{missed}"
        )


class Counted:
    """Counts what is taken from it."""

    def __init__(self, source: Iterator[Any]) -> None:
        self._source = source
        self.many = 0

    def __iter__(self) -> Iterator[Any]:
        for each in self._source:
            self.many += 1
            yield each


def exports(room: Room) -> None:
    """Each kind of file as `export` writes it, with its lines on the trail: one of everything, others of 10,000."""
    from facilitator.export_command import FORMATS, ROWS, _written

    asked = [(form, rows, False) for form in FORMATS for rows in ROWS[: 1 if form != "csv" else None]]
    everything = room.count()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "exported"
        for place, (form, rows, with_words) in enumerate([*asked, ("csv", "turns", True)]):
            arguments = Namespace(format=form, rows=rows, with_words=with_words, home_page=None)
            room.enter(PASSPHRASE, NAME)
            many = everything if not place else min(MANY, everything)
            spent = Spent()
            with file.open("w", encoding="utf-8", newline="") as to:
                if _written(arguments, islice(room.exported(), many), to, passed):
                    raise RuntimeError("a session that was written cannot be read")
            wall, cpu = spent.so_far()
            name = form if form == "xapi" else f"{form}, {rows}{', with words' if with_words else ''}"
            missed = "" if many / wall >= 2_000 else "  MISSED"
            told(
                f"export, {name}, {many:,} sessions: {many / wall:,.0f} a second, {many / cpu:,.0f} a second of the "
                f"processor (wanted: 2,000); {file.stat().st_size / 2**20:.0f} MiB; memory: {peak()}{missed}"
            )


def passed(_: int) -> None:
    """Nobody looks at the progress."""


# measuring


class Spent:
    """Seconds on the wall and of the processor since it was made."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def so_far(self) -> tuple[float, float]:
        """Both."""
        return time.perf_counter() - self._wall, time.process_time() - self._cpu


def waited(name: str, wanted: int, call: Callable[[], object]) -> None:
    """Call it so many times, and tell how long one waits for it, and what of that is the processor's work."""
    figures, work = [], []
    gc.collect()
    for _ in range(TIMES):
        spent = Spent()
        call()
        wall, cpu = spent.so_far()
        figures.append(wall * 1000)
        work.append(cpu * 1000)
    p50, p95 = percentile(figures, 50), percentile(figures, SHARE)
    missed = "" if p95 <= wanted else "  MISSED"
    told(
        f"{name:45} p50 {p50:6.1f}, p{SHARE} {p95:6.1f} ms (wanted: {wanted}); "
        f"of the processor p{SHARE} {percentile(work, SHARE):6.1f}{missed}"
    )


def told(line: str) -> None:
    """Print a line now."""
    print(f"  {line}", flush=True)


def peak() -> str:
    """The most memory this process has held so far, where the system tells."""
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return _peak_elsewhere()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return f"{int(line.split()[1]) / 1024:.0f} MiB"


def _peak_elsewhere() -> str:
    if sys.platform == "win32":
        return "not told by this system"
    import resource

    # macOS tells bytes, others KiB
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f} MiB"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--measure", file]:
            measure(file)
        case [many, *file]:
            main(int(many.replace(",", "")), *file[:1])
        case _:
            main()
