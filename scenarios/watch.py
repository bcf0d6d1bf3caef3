"""`check --watch`: looks at the files again and again, and tells after each save only what has changed.

Polls sizes and times of change, which works on every system, on network drives and however an editor saves.
Clock, sleep, look and check are handed in, so that a test needs no time.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from scenarios.problems import Problem

EVERY: Final = 0.3
"""Seconds between two looks."""
SETTLE: Final = 0.1
"""Seconds between two looks while a file is being written."""
PATIENCE: Final = 1.0
"""Seconds that a file may stay empty, missing or on the move before it is taken as it is."""
DONE: Final = 0
NOT_RIGHT: Final = 1

Mark = tuple[int, int, int] | None
"""What shows that a file was saved: time of change, size and number on the disk; None where there is none."""
Look = Callable[[Path], Mark]
Check = Callable[[Path, str], Sequence[Problem]]
Say = Callable[[str], None]
_Look = tuple[Mark, Mark]
"""A file and the techniques.yaml beside it, which decides what is right in it."""
_GONE: Final[_Look] = (None, None)
_NEVER: Final[_Look] = ((-1, -1, -1), None)


def look(path: Path) -> Mark:
    """What shows that a file was saved, from the system."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def check(path: Path, shown: str) -> Sequence[Problem]:
    """Everything there is to say of a file."""
    from scenarios.check import check_file

    return check_file(path, shown)[1]


def files(paths: Sequence[str | Path]) -> dict[Path, str]:
    """The scenario files that the paths name now, each as shown; a folder stands for those in it."""
    found: dict[Path, str] = {}
    for named in paths:
        path = Path(named)
        inside = [path] if not path.is_dir() else sorted([*path.glob("*.yaml"), *path.glob("*.yml")])
        for file in inside:
            if file == path or file.name != "techniques.yaml":
                found.setdefault(file, str(named) if file == path else str(file))
    return found


@dataclass
class _Watched:
    """One file: as it was at its last check, and as it was last seen where it has changed since `moving`."""

    checked: _Look = _NEVER
    problems: list[Problem] = field(default_factory=list)
    hidden: list[Problem] = field(default_factory=list)
    """Problems told before that an earlier kind of problem now keeps the check from reaching."""
    seen: _Look | None = None
    moving: float = 0.0


@dataclass
class Watcher:
    """Looks after some paths. `tick()` looks once and tells what has changed; `run()` goes on to Ctrl+C."""

    paths: Sequence[str | Path]
    strict: bool
    say: Say
    look: Look = look
    check: Check = check
    files: Callable[[Sequence[str | Path]], Mapping[Path, str]] = files
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _watched: dict[Path, _Watched] = field(default_factory=dict)

    def run(self) -> int:
        """Tell everything once, then what changes, until Ctrl+C. Gives the exit code of the last check."""
        try:
            self.begin()
            while True:
                self.sleep(SETTLE if self.unsettled else EVERY)
                self.tick()
        except KeyboardInterrupt:
            self.say("")
            return self.code

    @property
    def code(self) -> int:
        """0 without errors (strict: or warnings), else 1."""
        return (
            NOT_RIGHT if any(self._errors(watched.problems) for watched in self._watched.values()) else DONE
        )

    @property
    def unsettled(self) -> bool:
        """Whether a file was seen to change and has not been checked since."""
        return any(watched.seen is not None for watched in self._watched.values())

    def begin(self) -> None:
        """The first check of everything."""
        for path, shown in self.files(self.paths).items():
            watched = self._watched[path] = _Watched(self._look(path))
            watched.problems = list(self.check(path, shown))
            for problem in watched.problems:
                self._tell(problem)
            self.say(f"{shown}: {self._count(watched.problems)}.")
        self.say("Watching. Save a file and what has changed is told here; Ctrl+C ends it.")

    def tick(self) -> None:
        """Look once at every file; check those that were saved and have come to rest."""
        there = self.files(self.paths)
        for path in [*self._watched, *(path for path in there if path not in self._watched)]:
            now = self._look(path) if path in there else _GONE
            if path in self._watched or now != _GONE:
                self._one(path, there.get(path), now)

    def _one(self, path: Path, shown: str | None, now: _Look) -> None:
        watched = self._watched.setdefault(path, _Watched())
        if now == watched.checked:
            watched.seen = None
        elif not self._at_rest(watched, now):
            return
        elif shown is None:  # a file of a folder; one that was named is missed by the check itself
            del self._watched[path]
            self.say(f"{path}: gone, so no longer checked.")
        else:
            self._again(path, shown, watched, now)

    def _at_rest(self, watched: _Watched, now: _Look) -> bool:
        """Whether a changed file looks the same twice.

        One that is away or empty may only be half saved, so that takes longer; one that never rests is taken
        as it is.
        """
        moment = self.clock()
        if watched.seen is None:
            watched.moving = moment
        still, watched.seen = watched.seen == now, now
        whole = now[0] is not None and now[0][1] > 0
        return (still and whole) or moment - watched.moving >= PATIENCE

    def _again(self, path: Path, shown: str, watched: _Watched, now: _Look) -> None:
        new = watched.checked == _NEVER
        before = watched.problems + watched.hidden
        watched.problems = list(self.check(path, shown))
        watched.checked, watched.seen = now, None
        appeared, away = _changes(before, watched.problems)
        reach = min(map(_stage, filter(_stops, watched.problems)), default=_PLAYS)
        watched.hidden = [problem for problem in away if _stage(problem) > reach]
        mended = [problem for problem in away if _stage(problem) <= reach]
        for problem in mended:
            self.say(f"mended: {problem.path}: {problem.code}: {problem.message}")
        for problem in appeared:
            self._tell(problem)
        self.say(f"{shown}: {self._summary(new, bool(appeared or mended), watched.problems)}")

    def _summary(self, new: bool, changed: bool, problems: Sequence[Problem]) -> str:
        if not problems:
            return "all clear."
        count = self._count(problems)
        return (
            f"new here: {count}." if new else f"{count} left." if changed else f"nothing new; {count} left."
        )

    def _look(self, path: Path) -> _Look:
        mark = self.look(path)
        return _GONE if mark is None else (mark, self.look(path.parent / "techniques.yaml"))

    def _tell(self, problem: Problem) -> None:
        self.say(str(replace(problem, severity="error") if self.strict else problem))

    def _errors(self, problems: Sequence[Problem]) -> int:
        return sum(self.strict or problem.severity == "error" for problem in problems)

    def _count(self, problems: Sequence[Problem]) -> str:
        errors = self._errors(problems)
        warnings = len(problems) - errors
        return f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}"


_PLAYS: Final = 2
_OF_PLAYS: Final = frozenset(
    (
        *(
            "unreachable",
            "stuck",
            "no-way-out",
            "walk-fails",
            "point-of-no-return",
            "never-offered",
            "never-said",
        ),
        *("never-fires", "rule-holds-at-start", "rule-repeats", "undiscoverable", "always-ends-the-same"),
        "one-sided",
    )
)
_OF_YAML: Final = frozenset(
    (
        *("not-a-file", "not-text", "too-big", "too-deep", "tab", "yaml-syntax", "alias", "tag"),
        *("several-documents", "duplicate-key", "text-cut-short"),
    )
)


def _stage(problem: Problem) -> int:
    """How far a check must get to find a problem: 0 into the file, 1 through it, 2 through its plays."""
    return 0 if problem.code in _OF_YAML else _PLAYS if problem.code in _OF_PLAYS else 1


def _stops(problem: Problem) -> bool:
    return problem.severity == "error" and _stage(problem) < _PLAYS


_PLACE = re.compile(r"\b(lines?) \d+|\b\d+ more\b")


def _same(problem: Problem) -> tuple[str, str, str]:
    """What makes a problem the same one after lines were added above it."""
    return problem.severity, problem.code, _PLACE.sub(r"\1", problem.message)


def _changes(before: Sequence[Problem], after: Sequence[Problem]) -> tuple[list[Problem], list[Problem]]:
    """The problems that are new and those that are mended; one that only moved is neither."""
    return _without(after, before), _without(before, after)


def _without(these: Sequence[Problem], those: Sequence[Problem]) -> list[Problem]:
    """These problems without those, one for one: those in the same line go first."""
    known = {(*_same(problem), problem.line) for problem in those}
    left = Counter(_same(problem) for problem in those)
    kept = []
    for problem in sorted(these, key=lambda each: (*_same(each), each.line) not in known):
        if left[_same(problem)] > 0:
            left[_same(problem)] -= 1
        else:
            kept.append(problem)
    return sorted(kept, key=lambda each: (each.path, each.line, each.column))


def watch(paths: Sequence[str | Path], strict: bool, say: Say) -> int:
    """Watch until Ctrl+C; the exit code of the last check."""
    return Watcher(paths, strict, say).run()
