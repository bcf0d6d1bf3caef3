"""slug | path | bytes -> a scenario with its vocabulary, or ScenarioError with every problem found."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from scenarios.model import Scenario
from scenarios.names import is_kebab
from scenarios.problems import Problem, ordered
from scenarios.reading import judge
from scenarios.scene import Scene, compile_scene
from scenarios.shapes import check_shape
from scenarios.source import Document, parse, read, unhurried
from scenarios.techniques import OURS, VOCABULARY_FILE, Technique, TechniqueFile, Vocabulary
from scenarios.view import View

LIBRARY: Final = Path(__file__).with_name("library")


class ScenarioError(Exception):
    """A scenario that cannot be played; `problems` holds every finding of one reading, most useful first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = list(problems)


class NoSuchScenario(Exception):
    """Neither a path nor an id of the library."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.name = name
        self.known = tuple(known)


@dataclass(frozen=True)
class Loaded:
    """A scenario that holds together, with the very bytes it and its vocabularies were read from.

    `version` is the sha256 of its bytes, `vocabulary_version` that of its vocabularies' in the order read.
    """

    id: str
    path: str
    data: bytes
    vocabularies: tuple[bytes, ...]
    scenario: Scenario
    vocabulary: Vocabulary

    @cached_property
    def version(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def vocabulary_version(self) -> str:
        return hashlib.sha256(b"".join(self.vocabularies)).hexdigest()

    @cached_property
    def scene(self) -> Scene:
        return compile_scene(self.scenario, self.vocabulary)


@dataclass(frozen=True)
class Reading:
    """One reading of one file: what was found wrong, and the scenario where nothing was."""

    id: str
    path: str
    problems: tuple[Problem, ...]
    document: Document
    vocabulary: Vocabulary
    loaded: Loaded | None
    view: View
    """The file as rules look at it; empty where it could not be read whole."""


def library_ids() -> list[str]:
    """The ids of the scenarios that are shipped, in order of name."""
    return sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def find(where: str | Path) -> Path:
    """The file that a library id or a path names. Raises NoSuchScenario."""
    name = str(where)
    if isinstance(where, str) and name in library_ids():
        return LIBRARY / f"{name}.yaml"
    path = Path(where)
    try:
        there = path.exists()
    except (OSError, ValueError):
        there = False
    if there or path.suffix in {".yaml", ".yml"} or path.parent != Path("."):
        return path
    raise NoSuchScenario(name, library_ids())


def load(where: str | Path) -> Loaded:
    """A scenario by library id or path. Raises ScenarioError, NoSuchScenario."""
    return _loaded(read_scenario(find(where)))


def load_bytes(
    data: bytes,
    vocabularies: Sequence[bytes] | None = None,
    path: str = "kept scenario",
    id: str | None = None,
) -> Loaded:
    """A scenario from bytes that were kept, with the vocabularies kept beside it (ours alone where None)."""
    kept = (OURS.read_bytes(),) if vocabularies is None else tuple(vocabularies)
    vocabulary, problems = _vocabulary(kept, [path] * len(kept))
    with unhurried():
        return _loaded(_judge(data, parse(data, path), kept, vocabulary, problems, id or Path(path).stem))


def read_scenario(path: Path, shown: str | None = None) -> Reading:
    """Read one file and judge all that one reading can, with ours and its folder's vocabulary."""
    with unhurried():
        return _read_scenario(path, shown or str(path))


def _read_scenario(path: Path, label: str) -> Reading:
    data, document = read(path, label)
    return _read_data(data, document, path)


def _read_data(data: bytes, document: Document, path: Path) -> Reading:
    beside = path.parent / VOCABULARY_FILE
    own = beside if beside.is_file() and beside.resolve() != OURS else None
    vocabulary, kept, problems = _with_ours(own, str(beside))
    return _judge(data, document, kept, vocabulary, problems, path.stem)


def read_data(data: bytes, path: Path, shown: str | None = None) -> Reading:
    """Judge bytes as if they stood at a path: what an editor holds and has not saved."""
    with unhurried():
        return _read_data(data, parse(data, shown or str(path)), path)


def vocabulary_problems(path: Path, shown: str) -> list[Problem]:
    """What is wrong with a pack's vocabulary file, clashes with ours included."""
    return ordered(_with_ours(path if path.resolve() != OURS else None, shown)[2])


def _with_ours(own: Path | None, label: str) -> tuple[Vocabulary, tuple[bytes, ...], list[Problem]]:
    """Our vocabulary and a pack's own behind it: as one, as bytes, and what is wrong with them."""
    kept, labels = [OURS.read_bytes()], [str(OURS)]
    problems: list[Problem] = []
    if own is not None:
        data, found = read(own, label)
        if data:
            kept.append(data)
            labels.append(label)
        else:
            problems += found.problems
    vocabulary, clashes = _vocabulary(tuple(kept), labels)
    return vocabulary, tuple(kept), problems + clashes


def _loaded(reading: Reading) -> Loaded:
    if reading.loaded is None:
        raise ScenarioError(reading.problems)
    return reading.loaded


def _judge(
    data: bytes,
    document: Document,
    kept: tuple[bytes, ...],
    vocabulary: Vocabulary,
    before: Sequence[Problem],
    name: str,
) -> Reading:
    problems = [*before, *document.problems]
    loaded = None
    view = View(document, vocabulary)
    if document.whole:
        judged = judge(view)
        scenario, found = check_shape(Scenario, document)
        told = {(problem.line, problem.column) for problem in found}
        judged = [one for one in judged if one.code != "missing-key" or (one.line, one.column) not in told]
        problems += document.placed([*judged, *found])
        if scenario is not None and not problems:
            loaded = Loaded(name, document.path, data, kept, scenario, vocabulary)
    return Reading(name, document.path, tuple(ordered(problems)), document, vocabulary, loaded, view)


def _vocabulary(files: Sequence[bytes], labels: Sequence[str]) -> tuple[Vocabulary, list[Problem]]:
    """Every technique of several vocabulary files; a name in two of them is an error."""
    techniques: dict[str, Technique] = {}
    problems: list[Problem] = []
    for data, label in zip(files, labels, strict=True):
        found, told = _technique_file(data, label)
        problems += told
        for name, (technique, line, column) in found.items():
            if name in techniques:
                message = f"The technique `{name}` is already in the vocabulary."
                problems.append(
                    Problem("duplicate-name", label, line, column, message, "Give yours another name.")
                )
            elif not is_kebab(name):
                message = f"`{name}` cannot be a technique's name."
                hint = (
                    "Write small letters a-z, figures and single hyphens, beginning with a letter:"
                    " `sing-along`."
                )
                problems.append(Problem("bad-name", label, line, column, message, hint))
            else:
                techniques[name] = technique
    return Vocabulary(techniques), problems


@lru_cache(maxsize=8)
def _technique_file(data: bytes, label: str) -> tuple[dict[str, tuple[Technique, int, int]], list[Problem]]:
    document = parse(data, label)
    model, problems = check_shape(TechniqueFile, document) if document.whole else (None, [])
    if model is None:
        return {}, [*document.problems, *document.placed(problems)]
    spots = {name: document.spot_at(("techniques", name)) for name in model.techniques}
    found = {
        name: (one, spots[name].key_line, spots[name].key_column) for name, one in model.techniques.items()
    }
    return found, document.problems


def load_techniques(data: bytes) -> Vocabulary:
    """The vocabulary in the bytes of one file. Raises ScenarioError where it does not hold together."""
    vocabulary, problems = _vocabulary([data], [VOCABULARY_FILE])
    if problems:
        raise ScenarioError(problems)
    return vocabulary
