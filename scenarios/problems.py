"""What is wrong with a file, where, and what to do: one type, and its printers for people and programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["error", "warning"]

CODES: Final[dict[str, str]] = {
    "not-a-file": "The path is missing, a folder, a pipe or a device.",
    "not-text": "The file is not UTF-8 text, or holds control characters.",
    "too-big": "The file, a text or a number is larger than a scenario may be.",
    "too-deep": "Lists and keys are nested more than 32 deep.",
    "tab": "A line is indented with a tab; YAML takes spaces.",
    "yaml-syntax": "The file cannot be read as YAML from this place on.",
    "alias": "Anchors (&) and aliases (*) are not used; shared_replies does their work.",
    "tag": "Tags (!) are not used.",
    "several-documents": "A file holds one scenario; `---` starts a second document.",
    "duplicate-key": "The same key stands twice in one place.",
    "text-cut-short": (
        "Words were lost or became something else through a #, a comma, a dash, a bracket or indentation."
    ),
    "unknown-key": "A key that format 1 does not know in this place.",
    "missing-key": "Something required is not there.",
    "wrong-type": "The value is of another kind than this key takes.",
    "out-of-range": "A number or list is smaller or larger than allowed.",
    "unknown-format": "The file says another format than 1.",
    "unknown-outcome": "An ending's outcome is not one of the six.",
    "bad-name": "A name or id is not allowed.",
    "duplicate-name": "One name stands for two things.",
    "unknown-target": "A `to`, opening, walk or ending names nothing in this file.",
    "unknown-fact": "A fact is used that is not declared under `facts`.",
    "unknown-technique": "A technique that the vocabulary does not have.",
    "unknown-list": "`also` names a shared list that does not exist.",
    "unknown-placeholder": "`<word>` is none of the placeholders.",
    "bad-condition": "A condition cannot be read, mixes types, or can never hold.",
    "no-default-line": "The last of several lines has a `when`, so the person could be left without words.",
    "crowded": "A moment lists more replies than a person can weigh, or a reply is very long.",
    "physical-intervention": "Staff use hands or force, which has no form in this format.",
    "walk-fails": "A walk goes another way than its author wrote.",
    "unreachable": "A moment or ending that no play can come to.",
    "stuck": "A play can come to where no reply is offered.",
    "no-way-out": "A play can come to where no ending can be reached any more.",
    "point-of-no-return": "A play can come to where only a rupture or a stop can follow.",
    "never-offered": "A reply that no play shows.",
    "never-said": "A line that no play hears.",
    "never-fires": "A `whenever` rule that never names the way.",
    "rule-holds-at-start": "A `whenever` rule already holds when an opening begins.",
    "rule-repeats": "An `again` rule can take over at two turns running.",
    "undiscoverable": "A hidden fact that no play brings to light.",
    "always-ends-the-same": "Every play comes to the same ending.",
    "one-sided": "Every reply of a moment helps, or every one harms.",
    "gives-itself-away": "The most helpful reply can be told by its length or politeness.",
    "fixed-person": "A name or a he/she in narration, though the cast differ.",
    "hard-to-read": "A sentence of more than 25 words where people read in a hurry.",
    "label-language": "A label for a person outside a reply that harms.",
    "no-felt": "A reply does not say how it felt for the person.",
    "no-instead": "A reply that harms does not say what could have been said.",
    "no-wordings": "A spoken reply has fewer than three other wordings.",
    "no-content-notes": "The file warns of nothing before the start.",
    "no-lived-experience-review": "Nobody with lived experience has reviewed this yet.",
}
"""Every code, with what it means in one sentence."""


_LONG_NAME = re.compile(r"`([^`\n]{80})[^`\n]+`")


def _one_line(text: str) -> str:
    """A sentence without line breaks, endless names, and characters that a terminal would act on."""
    if text.isprintable() and len(text) < 200:
        return text
    text = _LONG_NAME.sub(r"`\1…`", re.sub(r"\s*\n\s*", " ", text))
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. Lines and columns count from 1; `play` is a shortest one that shows it, from `opening`."""

    code: str
    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    severity: Severity = "error"
    opening: str | None = None
    play: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", _one_line(self.message))
        object.__setattr__(self, "hint", _one_line(self.hint))

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, as one line."""
        return f"{self.message} {self.hint}".strip()

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity} {self.code}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one checked file holds; `states` and `exhausted` are None where plays were not explored."""

    path: str
    id: str
    moments: int = 0
    replies: int = 0
    states: int | None = None
    exhausted: bool | None = None
    notes: tuple[str, ...] = ()
    """What was and was not covered, where the plays could not be exhausted."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of checking several files."""

    files: tuple[FileReport, ...]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity == "error" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors


_FIRST: Final = {code: place for place, code in enumerate(CODES)}
_READING_STOPS: Final = _FIRST["unknown-key"]


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Most useful first: errors before warnings, what stops the reading first, then by place in the file."""

    def rank(problem: Problem) -> tuple[object, ...]:
        unreadable = _FIRST.get(problem.code, _READING_STOPS) < _READING_STOPS
        place = (problem.line, problem.column, problem.code)
        return (problem.path, problem.severity == "warning", not unreadable, *place)

    return sorted(dict.fromkeys(problems), key=rank)


def as_text(report: Report) -> str:
    """One problem a line, and a count at the end."""
    notes = [f"{file.path}: {note}" for file in report.files for note in file.notes]
    return "\n".join([*map(str, report.problems), *notes, _count(report)]) + "\n"


def as_json(report: Report) -> str:
    """The shape that programs rely on."""
    files = [
        {
            "path": file.path,
            "id": file.id,
            "moments": file.moments,
            "replies": file.replies,
            "states": file.states,
            "exhausted": file.exhausted,
        }
        for file in report.files
    ]
    problems = [
        {
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
            "opening": problem.opening,
            "play": None if problem.play is None else list(problem.play),
        }
        for problem in report.problems
    ]
    whole = {"files": files, "problems": problems, "errors": report.errors, "warnings": report.warnings}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_sarif(report: Report) -> str:
    """SARIF 2.1.0, which code hosts show beside the line."""
    used = sorted({problem.code for problem in report.problems})
    rules = [{"id": code, "shortDescription": {"text": CODES.get(code, code)}} for code in used]
    results = [
        {
            "ruleId": problem.code,
            "level": problem.severity,
            "message": {"text": problem.sentence},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": problem.path.replace("\\", "/")},
                        "region": {"startLine": problem.line, "startColumn": problem.column},
                    }
                }
            ],
        }
        for problem in report.problems
    ]
    run = {"tool": {"driver": {"name": "words-first", "rules": rules}}, "results": results}
    whole = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _count(report: Report) -> str:
    files = f"{len(report.files)} {_plural('file', len(report.files))}"
    errors = f"{report.errors} {_plural('error', report.errors)}"
    told = f"{files}: {errors}, {report.warnings} {_plural('warning', report.warnings)}"
    explored = [file for file in report.files if file.states is not None]
    if not explored:
        return told
    states = sum(file.states or 0 for file in explored)
    count = f"{states:,} {_plural('state', states)}"
    if all(file.exhausted for file in explored):
        return f"{told}; every play was tried ({count})"
    return f"{told}; not every play was tried ({count})"


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"


def listed(names: Sequence[str], most: int = 8) -> str:
    """Names in backticks for a sentence, the first few of many."""
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
