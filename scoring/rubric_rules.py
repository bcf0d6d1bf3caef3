"""What one reading of a rubric can judge beyond its shape: names, signs, limits, words that were lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, get_args

from scenarios.compose import Spot
from scenarios.load import load_techniques
from scenarios.nearest import did_you_mean
from scenarios.problems import Problem, listed
from scenarios.source import Document
from scenarios.techniques import OURS, Role, Vocabulary
from scoring.rubric_model import DIMENSIONS, Limit, RubricFile

ROLES: Final[tuple[str, ...]] = tuple(role for role in get_args(Role) if role != "everyone")
_WORDS: Final = frozenset(
    ["name", "definition", "facilitator", "source", "one", "two", "three", "four", "five"]
)

Path = tuple[Any, ...]


def judge(document: Document, file: RubricFile, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Every finding about a rubric whose shape is right."""
    rules = _Rules(document, file, vocabulary)
    yield from rules.dimensions()
    yield from rules.roles()
    yield from rules.lists()
    yield from rules.limits()
    yield from rules.techniques()
    yield from rules.lost_words(document.data, document.spot)


class _Rules:
    def __init__(self, document: Document, file: RubricFile, vocabulary: Vocabulary) -> None:
        self.document = document
        self.file = file
        self.known = vocabulary.techniques

    def dimensions(self) -> Iterator[Problem]:
        """All twelve and no other: programs and reports rely on their ids."""
        yield from self._names(("dimensions",), self.file.dimensions, DIMENSIONS, "a dimension")
        yield from self._missing("dimensions", sorted(set(DIMENSIONS) - set(self.file.dimensions)))

    def roles(self) -> Iterator[Problem]:
        """Roles as the vocabulary names them, and dimensions that exist."""
        yield from self._names(("roles",), self.file.roles, ROLES, "a role")
        for name, rule in self.file.roles.items():
            at: Path = ("roles", name)
            yield from self._names((*at, "weighs"), rule.weighs, DIMENSIONS, "a dimension")
            yield from self._targets((*at, "leaves_out"), rule.leaves_out)

    def lists(self) -> Iterator[Problem]:
        """Steps, repair and what is never halved: techniques that exist and help."""
        file = self.file
        for path, names in (
            (("steps", "techniques"), file.steps.techniques),
            (("repair", "techniques"), file.repair.techniques),
            (("repetition", "never_halved"), file.repetition.never_halved),
        ):
            yield from self._listed_techniques(path, names)
            for place, name in enumerate(names):
                if name in self.known and not self.known[name].helps:
                    message = f"`{name}` harms, so it cannot stand here."
                    yield self._say("bad-name", (*path, place), message, "Take it out.")

    def limits(self) -> Iterator[Problem]:
        """A repair can lift a limit, never lower it."""
        yield from self._lifted(("any_strong_harm",), self.file.any_strong_harm)
        for place, cap in enumerate(self.file.caps):
            path: Path = ("caps", place)
            yield from self._lifted(path, cap)
            yield from self._listed_techniques((*path, "techniques"), cap.techniques)
            yield from self._targets((*path, "dimensions"), cap.dimensions)

    def techniques(self) -> Iterator[Problem]:
        """Every technique of ours is spoken of; what harms is nowhere above 0; what is 0 is not written."""
        for name, says in self.file.techniques.items():
            path: Path = ("techniques", name)
            if name not in self.known:
                message = f"`{name}` is not in the vocabulary{did_you_mean(name, self.known) or '.'}"
                yield self._say("unknown-technique", path, message, "Use a name it has.", key=True)
            yield from self._names((*path, "shows"), says.shows, DIMENSIONS, "a dimension")
            harms = name in self.known and not self.known[name].helps
            for dimension, shown in says.shows.items():
                at = (*path, "shows", dimension)
                if shown == 0:
                    yield self._say("out-of-range", at, "What says nothing is not written.", "Delete it.")
                elif harms and shown > 0:
                    message = f"`{name}` harms, so it cannot count for {dimension}."
                    yield self._say("out-of-range", at, message, "Write -1 or -2, or delete it.")
        ours = load_techniques(OURS.read_bytes()).techniques
        yield from self._missing("techniques", [name for name in ours if name not in self.file.techniques])

    def lost_words(self, data: object, spot: Spot, key: object = "") -> Iterator[Problem]:
        """text-cut-short: a # behind words starts a comment, and YAML passes over what is lost."""
        if isinstance(data, dict | list) and spot.inside is not None:
            pairs = data.items() if isinstance(data, dict) else enumerate(data)
            for name, value in pairs:
                yield from self.lost_words(value, spot.inside[name], name)
        elif isinstance(data, str) and spot.cut and key in _WORDS:
            message = "A `#` after a space starts a comment, so the words behind it are lost."
            hint = "Put the whole text in quotes, or move the comment to a line of its own."
            line, column = self.document.place_in(spot, data, len(data) - 1)
            sign = self.document.lines[line - 1].find(" #", column - 1) + 2
            yield Problem("text-cut-short", self.document.path, line, sign, message, hint)

    def _lifted(self, path: Path, limit: Limit) -> Iterator[Problem]:
        if limit.repaired is not None and limit.repaired < limit.at_most:
            message = f"After repair a rating could be {limit.repaired} at most, before it {limit.at_most}."
            yield self._say("out-of-range", (*path, "repaired"), message, "Repair never lowers: write more.")

    def _listed_techniques(self, path: Path, names: Sequence[str]) -> Iterator[Problem]:
        for place, name in enumerate(names):
            if name not in self.known:
                message = f"`{name}` is not in the vocabulary{did_you_mean(name, self.known) or '.'}"
                yield self._say("unknown-technique", (*path, place), message, "Use a name it has.")

    def _targets(self, path: Path, names: Sequence[str]) -> Iterator[Problem]:
        for place, name in enumerate(names):
            if name not in DIMENSIONS:
                message = f"`{name}` is not a dimension."
                hint = f"Known here: {listed(DIMENSIONS, 12)}."
                yield self._say("unknown-target", (*path, place), message, hint)

    def _names(
        self, path: Path, names: Iterable[str], known: Collection[str], what: str
    ) -> Iterator[Problem]:
        for name in names:
            if name not in known:
                message = f"`{name}` is not {what}{did_you_mean(name, known) or '.'}"
                hint = f"Known here: {listed(list(known), 12)}."
                yield self._say("unknown-key", (*path, name), message, hint, key=True)

    def _missing(self, key: str, names: Sequence[str]) -> Iterator[Problem]:
        if names:
            verb, it = ("is", f"`{names[0]}:`") if len(names) == 1 else ("are", "them")
            message = f"{listed(names)} {verb} missing in `{key}`."
            yield self._say("missing-key", (key,), message, f"Add {it}.", key=True)

    def _say(self, code: str, path: Path, message: str, hint: str, *, key: bool = False) -> Problem:
        spot = self.document.spot_at(path)
        line, column = (spot.key_line, spot.key_column) if key else (spot.line, spot.column)
        return Problem(code, self.document.path, line, column, message, hint)
