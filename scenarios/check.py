"""Everything a check says of a file: the rules of a reading, of all its plays, and advice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from scenarios.explore import DEFAULT_STATES, Explored, Tell, explore
from scenarios.findings import of_one_reading, of_plays
from scenarios.guided import coverage_lines
from scenarios.load import Reading, read_scenario, vocabulary_problems
from scenarios.problems import FileReport, Problem, Report, ordered
from scenarios.source import unhurried
from scenarios.techniques import VOCABULARY_FILE


def check_paths(
    paths: Sequence[str | Path], states: int = DEFAULT_STATES, tell: Tell | None = None
) -> Report:
    """Check every file named; a folder stands for the scenarios in it. `states` limits what is tried of each."""
    files: list[FileReport] = []
    problems: list[Problem] = []
    for path, shown in _files(paths):
        report, found = check_file(path, shown, states, tell)
        files.append(report)
        problems += found
    # a pack's vocabulary is read with each of its files, but told once
    return Report(tuple(files), tuple(dict.fromkeys(problems)))


def check_file(
    path: Path, shown: str | None = None, states: int = DEFAULT_STATES, tell: Tell | None = None
) -> tuple[FileReport, list[Problem]]:
    """Everything there is to say of one file, most useful first."""
    with unhurried():
        if path.name == VOCABULARY_FILE:
            return FileReport(shown or str(path), path.stem), vocabulary_problems(path, shown or str(path))
        reading = read_scenario(path, shown)
    explored = None if reading.loaded is None else explore(reading.loaded.scene, states, tell=tell)
    return judged(reading, explored)


def judged(reading: Reading, explored: Explored | None) -> tuple[FileReport, list[Problem]]:
    """The problems of a reading, advice, and those of its plays (walks alone where nothing was explored)."""
    problems = ordered([*of_one_reading(reading), *of_plays(reading, explored)])
    return _report(reading, explored), problems


def _report(reading: Reading, explored: Explored | None) -> FileReport:
    view = reading.view
    replies = sum(len(moment.get("replies", list) or []) for _, moment in view.moments)
    replies += sum(len(listed) for listed in view.shared.values())
    report = FileReport(reading.path, reading.id, len(view.moments), replies)
    if explored is None or reading.loaded is None:
        return report
    notes: tuple[str, ...] = ()
    if explored.coverage is not None:
        tried = f"not proven: the limit was reached after {explored.states:,} states."
        notes = (tried, *coverage_lines(reading.loaded.scene, explored.coverage))
    return replace(report, states=explored.states, exhausted=explored.exhausted, notes=notes)


def _files(paths: Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    for named in paths:
        path = Path(named)
        if path.is_dir():
            for inner in sorted([*path.glob("*.yaml"), *path.glob("*.yml")]):
                if inner.name != VOCABULARY_FILE:
                    yield inner, str(inner)
        else:
            yield path, str(named)
