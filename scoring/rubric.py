"""The rubric: rubric.yaml, or a trust's own, as models; read and checked as a scenario is, with line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, NamedTuple, get_args

from scenarios.load import ScenarioError, load_techniques
from scenarios.problems import Problem, ordered
from scenarios.shapes import check_shape
from scenarios.source import Document, parse, read, unhurried
from scenarios.techniques import OURS as OUR_TECHNIQUES
from scenarios.techniques import VOCABULARY_FILE, Vocabulary
from scoring.rubric_model import DIMENSIONS, Phase, RubricFile
from scoring.rubric_rules import judge

OURS: Final = Path(__file__).with_name("rubric.yaml")

Techniques = tuple[str, ...]


class RubricError(Exception):
    """A rubric that cannot be used; `problems` holds every finding, most useful first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = list(problems)


class Glance(NamedTuple):
    """A reply on one dimension, beside the best and the worst on offer; `bearing` are the techniques it rests on."""

    dimension: str
    shown: int
    best: int
    worst: int
    bearing: Techniques


@dataclass(frozen=True)
class Rubric:
    """A rubric that holds together. `harming` names the techniques that harm, by the vocabulary it was read with."""

    file: RubricFile
    harming: frozenset[str]
    _rows: dict[Techniques, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    _glances: dict[tuple[Techniques, tuple[Techniques, ...]], tuple[Glance, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def steps(self) -> frozenset[str]:
        """The techniques that are a step."""
        return frozenset(self.file.steps.techniques)

    @cached_property
    def repairs(self) -> frozenset[str]:
        """The techniques that repair."""
        return frozenset(self.file.repair.techniques)

    @cached_property
    def never_halved(self) -> frozenset[str]:
        """The techniques that count in full however often they are used."""
        return frozenset(self.file.repetition.never_halved)

    @cached_property
    def phase_weights(self) -> Mapping[Phase, int]:
        """How much a turn counts, by phase."""
        return {phase: getattr(self.file.phases, phase).weight for phase in get_args(Phase)}

    def says(self, technique: str, dimension: str) -> int:
        """What one technique says about one dimension, -2..2; 0 where the rubric does not know it."""
        known = self.file.techniques.get(technique)
        return 0 if known is None else known.shows.get(dimension, 0)

    def shown(self, techniques: Techniques) -> tuple[int, ...]:
        """What a reply shows on each of DIMENSIONS: the worst of its techniques where any harms, else the best."""
        row = self._rows.get(techniques)
        if row is None:
            row = self._rows[techniques] = tuple(self._shown(techniques, name) for name in DIMENSIONS)
        return row

    def spread(self, offered: tuple[Techniques, ...]) -> tuple[tuple[int, int], ...]:
        """The best and the worst that these replies show, on each of DIMENSIONS."""
        return tuple((max(column), min(column)) for column in zip(*map(self.shown, offered), strict=True))

    def glances(self, techniques: Techniques, offered: tuple[Techniques, ...]) -> tuple[Glance, ...]:
        """A reply beside what was on offer, on every dimension where it or the others said anything."""
        key = (techniques, offered)
        found = self._glances.get(key)
        if found is None:
            found = self._glances[key] = tuple(self._glance(techniques, offered))
        return found

    def _glance(self, techniques: Techniques, offered: tuple[Techniques, ...]) -> Iterator[Glance]:
        rows = zip(DIMENSIONS, self.shown(techniques), self.spread(offered), strict=True)
        for dimension, shown, (best, worst) in rows:
            if best == worst and shown == 0:
                continue
            bearing = techniques[:1]
            if shown:
                bearing = tuple(name for name in techniques if self.says(name, dimension) == shown)
            yield Glance(dimension, shown, best, worst, bearing)

    def _shown(self, techniques: Techniques, dimension: str) -> int:
        said = [self.says(technique, dimension) for technique in techniques]
        worst = min(said, default=0)
        return worst if worst < 0 else max(said, default=0)

    def harms(self, techniques: Iterable[str]) -> bool:
        """Whether any of these techniques harms."""
        return not self.harming.isdisjoint(techniques)

    def leaves_out(self, role: str) -> frozenset[str]:
        """The dimensions that do not apply to a role."""
        rule = self.file.roles.get(role)
        return frozenset() if rule is None else frozenset(rule.leaves_out)

    def weighs(self, role: str, dimension: str) -> int:
        """How much a dimension weighs in the report for a role; 1 unless the rubric says otherwise."""
        rule = self.file.roles.get(role)
        return 1 if rule is None else rule.weighs.get(dimension, 1)


@lru_cache(maxsize=1)
def our_rubric() -> Rubric:
    """The rubric that is shipped."""
    return load_rubric(OURS)


def load_rubric(path: Path, shown: str | None = None) -> Rubric:
    """A rubric from a file; a vocabulary in the same folder is read with ours. Raises RubricError."""
    label = shown or str(path)
    beside = path.parent / VOCABULARY_FILE
    own, problems = _vocabulary_file(beside) if beside.is_file() else (None, [])
    _, document = read(path, label)
    return _checked(document, _with_ours(own), problems)


def rubric_from(data: bytes, path: str = "rubric", vocabulary: Vocabulary | None = None) -> Rubric:
    """A rubric from bytes that were kept, with the vocabulary of then (ours where None). Raises RubricError."""
    return _checked(parse(data, path), vocabulary or _with_ours(None), [])


def _vocabulary_file(path: Path) -> tuple[Vocabulary | None, list[Problem]]:
    data, document = read(path)
    if document.problems:
        return None, document.problems
    try:
        return load_techniques(data), []
    except ScenarioError as error:
        return None, error.problems


def _with_ours(own: Vocabulary | None) -> Vocabulary:
    ours = load_techniques(OUR_TECHNIQUES.read_bytes())
    return ours if own is None else Vocabulary({**own.techniques, **ours.techniques})


def _checked(document: Document, vocabulary: Vocabulary, before: Sequence[Problem]) -> Rubric:
    problems = [*before, *document.problems]
    model = None
    if document.whole and not isinstance(document.data, dict):
        message = "A rubric begins with `format: 1`; this file does not."
        problems.append(Problem("wrong-type", document.path, 1, 1, message, "Copy scoring/rubric.yaml."))
    elif document.whole:
        with unhurried():
            model, found = check_shape(RubricFile, document)
        problems += document.placed(found)
        problems += document.placed(judge(document, model, vocabulary) if model else [])
    if model is None or problems:
        raise RubricError(ordered(problems))
    harming = frozenset(name for name, known in vocabulary.techniques.items() if not known.helps)
    return Rubric(model, harming)
