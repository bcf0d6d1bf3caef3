"""Slips that a good colleague would mention: words missing from a reply, hands, labels, a name in narration."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from benchmarks.mutations.kinds import kind
from benchmarks.mutations.naming import source
from benchmarks.mutations.subject import ANSWERS, REPLIES, Field, Slip, Span, Subject, slip
from benchmarks.mutations.values import value_line
from scenarios.incident_scene import scalar
from scenarios.load import load_techniques
from scenarios.techniques import OURS

_REFUSED: Final = Path(__file__).parents[2] / "tests" / "scenarios" / "physical" / "refused.txt"
_STAFF: Final = (
    *((*part, key) for part in ANSWERS for key in ("say", "do", "instead")),
    *((*part, "wordings", "*") for part in ANSWERS),
)
_SHARED_NARRATION: Final = (
    ("summary",),
    ("openings", "*", "brief"),
    ("person", "cues", "*"),
    ("facts", "*", "says"),
    *((*part, "do") for part in REPLIES),
)
_SLOW: Final = (
    ("summary",),
    ("openings", "*", "brief"),
    *((*part, key) for part in ANSWERS for key in ("why", "instead")),
)


@cache
def _refused() -> list[str]:
    lines = _REFUSED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#") and "\\n" not in line]


@kind("hands on the person", "physical-intervention")
def hands(subject: Subject) -> Iterator[Slip]:
    refused = _refused()
    for turn, field in enumerate(subject.of(*_STAFF)):
        made = scalar(refused[turn * 7 % len(refused)])
        if field.parent.flow and not made.startswith('"'):
            made = f'"{made}"'
        yield slip(subject.to(field.node, made), lines=[value_line(field)])


def _reply_lines(subject: Subject, field: Field) -> list[int]:
    part = subject.at(field.path[:-1])
    assert part is not None
    return [part.line, value_line(part)]


@kind("no felt", "no-felt")
def no_felt(subject: Subject) -> Iterator[Slip]:
    yield from _gone(subject, "felt")


@kind("no instead on a reply that harms", "no-instead")
def no_instead(subject: Subject) -> Iterator[Slip]:
    known = load_techniques(OURS.read_bytes()).techniques
    for made, field in zip(_gone(subject, "instead"), _removable(subject, "instead"), strict=True):
        techniques = subject.at((*field.path[:-1], "techniques"))
        names = [] if techniques is None else [entry.value.value for entry in techniques.node.entries]
        if any(name in known and not known[name].helps for name in names):
            yield made


@kind("no wordings", "no-wordings")
def no_wordings(subject: Subject) -> Iterator[Slip]:
    yield from _gone(subject, "wordings")


def _removable(subject: Subject, key: str) -> Iterator[Field]:
    for field in subject.of(*((*part, key) for part in ANSWERS)):
        if subject.without(field) is not None:
            yield field


def _gone(subject: Subject, key: str) -> Iterator[Slip]:
    for field in _removable(subject, key):
        span = subject.without(field)
        assert span is not None
        yield slip(span, lines=_reply_lines(subject, field))


@kind("a wording too few", "no-wordings")
def two_wordings(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(*((*part, "wordings", "*") for part in REPLIES)):
        span = subject.without(field)
        listed, part = subject.at(field.path[:-1]), subject.at(field.path[:-2])
        assert listed is not None and part is not None and span is not None
        yield slip(span, lines=[part.line, value_line(part), listed.line])


@kind("no content notes", "no-content-notes")
def no_notes(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(("content_notes",)):
        yield slip(
            Span(field.entry.start.index, field.node.end.index, "content_notes: []"), lines=[field.line]
        )


def _cast(subject: Subject) -> list[Field]:
    return list(subject.of(("person", "cast", "*", "name")))


@kind("a cast name in narration", "fixed-person")
def cast_name(subject: Subject) -> Iterator[Slip]:
    names = [field.node.value for field in _cast(subject)]
    for turn, (start, end, line) in enumerate(_narrated(subject, r"<name>|<[Tt]hem>|<They>")):
        if len(names) > 1:
            yield slip(Span(start, end, names[turn % len(names)]), lines=[line])
    for turn, field in enumerate(subject.of(*_SHARED_NARRATION)):
        if len(names) > 1 and field.plain and "<" not in field.node.value:
            first = field.node.value.split(" ")[0]
            made = f"{first} {names[turn % len(names)]}"
            span = Span(field.node.start.index, field.node.start.index + len(first), made)
            yield slip(span, lines=[value_line(field)])


@kind("he or she in narration", "fixed-person")
def he_or_she(subject: Subject) -> Iterator[Slip]:
    words = {"they": "he", "them": "her", "their": "his", "They": "She", "Their": "Her"}
    said = {field.node.value for field in subject.of(("person", "cast", "*", "pronouns"))}
    for start, end, line in _narrated(subject, r"<(?:[Tt]hey|[Tt]heir|them)>"):
        if len(said) > 1:
            yield slip(Span(start, end, words[subject.text[start + 1 : end - 1]]), lines=[line])


def _narrated(subject: Subject, pattern: str) -> Iterator[tuple[int, int, int]]:
    """Where a placeholder stands in what is narrated: start, end and line."""
    narration = {field.path for field in subject.of(*_SHARED_NARRATION)}
    for field in subject.texts:
        if field.name in ("about", "felt", "why", "name", "matters"):
            continue
        written = source(subject, field)
        for match in re.finditer(pattern, written):
            before = written[: match.start()]
            if field.path in narration or (
                field.shape[-1] in ("says", "person", "say") and before.count("(") > before.count(")")
            ):
                start = field.node.start.index + match.start()
                line = value_line(field) + before.count("\n")
                yield start, start + len(match[0]), line


@kind("a label for a person", "label-language")
def label(subject: Subject) -> Iterator[Slip]:
    known = load_techniques(OURS.read_bytes()).techniques
    labels = ("attention seeking", "manipulative", "kicking off", "non-compliant", "acting out")
    shapes = [("summary",), ("openings", "*", "brief"), ("endings", "*", "text"), ("person", "matters")]
    shapes += [(*part, key) for part in ANSWERS for key in ("say", "do", "why")]
    for turn, field in enumerate(subject.of(*shapes)):
        techniques = subject.at((*field.path[:-1], "techniques"))
        names = [] if techniques is None else [entry.value.value for entry in techniques.node.entries]
        if field.plain and all(name in known and known[name].helps for name in names):
            made = f"{field.node.value} It was {labels[turn % 5]} again."
            yield slip(subject.to(field.node, made), lines=[value_line(field)])


@kind("a sentence of thirty words", "hard-to-read")
def long_sentence(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(*_SLOW):
        if field.plain and not field.parent.flow:
            made = "And so it went on" + " and then on again" * 7 + "."
            yield slip(subject.to(field.node, made), lines=[value_line(field)])


@kind("a reply of 250 characters", "crowded")
def long_reply(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(*((*part, key) for part in REPLIES for key in ("say", "do"))):
        if field.plain:
            made = f"{field.node.value} {'We can go through all of it now. ' * 8}".strip()
            yield slip(subject.to(field.node, made), lines=[value_line(field)])
