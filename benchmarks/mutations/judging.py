"""What `check` says of a spoilt scenario, judged: caught or missed, at the right line or elsewhere."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

from benchmarks.mutations import counsel, naming, scenes, values, writing
from benchmarks.mutations.kinds import KINDS, Kind
from benchmarks.mutations.subject import Slip, Subject
from scenarios.check import judged
from scenarios.explore import Explored, explore
from scenarios.load import LIBRARY, Reading, read_data
from scenarios.problems import Problem
from scenarios.starter import starter_text

MAKERS: Final = (naming, values, counsel, writing, scenes)
"""Imported so that their kinds are registered, in this order."""
SMALL: Final = Path(__file__).with_name("small.yaml")
EXPECTED_OF_ALL: Final = frozenset(["no-lived-experience-review"])
PLAYS_COST: Final = 6
Task = tuple[str, str, int]
"""A file, a kind, and how many places of it at the most."""
Verdict = Literal["caught", "elsewhere", "sound", "missed"]


@dataclass(frozen=True)
class Mutation:
    """One slip in one scenario."""

    subject: Subject
    kind: Kind
    slip: Slip

    @property
    def codes(self) -> frozenset[str]:
        return self.kind.codes if self.slip.codes is None else self.slip.codes

    @property
    def lines(self) -> frozenset[int]:
        return self.subject.right_lines(self.slip)

    @property
    def text(self) -> str:
        return self.subject.mutated(self.slip)


@dataclass(frozen=True)
class Judgement:
    """`caught`: told at the right line; `elsewhere`: told, at another line; `sound`: shown to be harmless.

    `first`: the first thing said was the right one. `shown`: file, line and what was said, where not caught.
    """

    kind: str
    verdict: Verdict
    first: bool
    shown: str = ""

    @property
    def apart(self) -> bool:
        return KINDS[self.kind].apart


def _shown(mutation: Mutation, said: Sequence[Problem]) -> str:
    told = "; ".join(f"{one.line}: {one.code}: {one.message}" for one in said[:3]) or "nothing"
    line = min(mutation.lines)
    written = mutation.text.split("\n")[line - 1].strip()[:70]
    return f"{mutation.subject.name}:{line} [{mutation.kind.name}] {written!r}\n      said {told}"


@cache
def subjects() -> list[Subject]:
    """What we ship, the file that `new` makes, and a small scene that uses every part of the format."""
    shipped = [
        Subject(path.name, path.read_text(encoding="utf-8")) for path in sorted(LIBRARY.glob("*.yaml"))
    ]
    starter = Subject("starter.yaml", starter_text("my-scene", date(2026, 11, 25)))
    small = Subject(SMALL.name, SMALL.read_text(encoding="utf-8"))
    return [starter, small, *shipped]


def mutations(subject: Subject, kinds: Iterable[Kind] | None = None) -> Iterator[Mutation]:
    """Every slip of every kind at every place of a subject."""
    for kind in KINDS.values() if kinds is None else kinds:
        for slip in kind.make(subject):
            yield Mutation(subject, kind, slip)


def some(made: Sequence[Mutation], most: int) -> list[Mutation]:
    """Of one kind in a long file at most so many, spread by a seed; where plays are tried, fewer still."""
    if made and made[0].kind.plays:
        most = max(most // PLAYS_COST, 1)
    if len(made) <= most or not made[0].subject.long:
        return list(made)
    chosen = random.Random(len(made)).sample(range(len(made)), most)
    return [made[place] for place in sorted(chosen)]


def sample(count: int, seed: int) -> list[Mutation]:
    """A seeded choice with every kind in it, from the short files and one long one; no plays of that are tried."""
    rng = random.Random(seed)
    by_kind: dict[str, list[Mutation]] = {name: [] for name in KINDS}
    short = [subject for subject in subjects() if not subject.long]
    for subject in [*short, rng.choice([subject for subject in subjects() if subject.long])]:
        kinds = [kind for kind in KINDS.values() if not (kind.plays and subject.long)]
        for mutation in mutations(subject, kinds):
            by_kind[mutation.kind.name].append(mutation)
    chosen = [made.pop(rng.randrange(len(made))) for made in by_kind.values() if made]
    wanted = max(count - len(chosen), 0)
    # a long file has most places, and each costs ten times as much: so no more than half
    for long, many in ((True, wanted // 2), (False, wanted - wanted // 2)):
        rest = [one for made in by_kind.values() for one in made if one.subject.long is long]
        chosen += rng.sample(rest, many)
    return chosen


def reading_of(name: str, text: str) -> Reading:
    """One reading of a text as if it stood alone in a folder."""
    data = text.encode("utf-8", "surrogateescape")
    return read_data(data, Path("nowhere") / name, name)


@cache
def _before(name: str, text: str, plays: bool) -> tuple[Any, Counter[tuple[str, str]]]:
    """What the unspoilt file holds, and what is said of it."""
    reading = reading_of(name, text)
    said = alarms(name, text) if plays else judged(reading, None)[1]
    return reading.document.data, Counter((one.code, one.message) for one in said)


@cache
def alarms(name: str, text: str) -> tuple[Problem, ...]:
    """Everything said of an unspoilt file, its plays tried."""
    reading = reading_of(name, text)
    explored = None if reading.loaded is None else explore(reading.loaded.scene)
    return tuple(judged(reading, explored)[1])


def judge(mutation: Mutation) -> Judgement:
    """Read the spoilt file, try its plays where only they can show the slip, and compare."""
    subject, kind = mutation.subject, mutation.kind
    data, before = _before(subject.name, subject.text, kind.plays)
    reading = reading_of(subject.name, mutation.text)
    explored: Explored | None = None
    if kind.plays and reading.loaded is not None:
        explored = explore(reading.loaded.scene)
    left = before.copy()
    said = []
    for problem in judged(reading, explored)[1]:
        if left[problem.code, problem.message] > 0:
            left[problem.code, problem.message] -= 1
        else:
            said.append(problem)
    lines = mutation.lines
    right = [one for one in said if one.code in mutation.codes]
    placed = [one for one in right if one.line in lines]
    first = bool(placed) and said[0] == placed[0]
    verdict: Verdict = "caught" if placed else "elsewhere" if right else "missed"
    if verdict == "missed" and _harmless(mutation, explored):
        verdict = "sound"
    if not said and reading.document.data == data:
        verdict = "sound"
    return Judgement(kind.name, verdict, first, "" if verdict == "caught" else _shown(mutation, said))


def _harmless(mutation: Mutation, explored: Explored | None) -> bool:
    """What was spoilt does no harm: its plays were exhausted, or its walks still come out."""
    return mutation.kind.apart and (not mutation.kind.plays or (explored is not None and explored.exhausted))


def judge_task(task: Task) -> list[Judgement]:
    """Every judgement of one kind in one file."""
    file, kind, most = task
    subject = next(subject for subject in subjects() if subject.name == file)
    return [judge(mutation) for mutation in some(list(mutations(subject, [KINDS[kind]])), most)]
