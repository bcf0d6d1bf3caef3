"""Slips in names: arrows that lead nowhere, words that are misspelt, one name for two things."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from benchmarks.mutations.kinds import kind, misspelt
from benchmarks.mutations.subject import ANSWERS, FREE, REPLIES, Field, Slip, Subject, slip
from scenarios.load import load_techniques
from scenarios.model import Scenario
from scenarios.shapes import keys_at
from scenarios.speech import PLACEHOLDERS
from scenarios.techniques import OURS

TO: Final = (*((*part, "to") for part in ANSWERS), ("whenever", "*", "to"))
CONDITIONS: Final = (
    *((*part, "when") for part in ANSWERS),
    *((*part, "person", "*", "when") for part in ANSWERS),
    ("moments", "*", "person", "*", "when"),
    ("whenever", "*", "when"),
    ("walks", "*", "then"),
)
_GAUGES: Final = ("tension", "trust", "safety")
_SMALL: Final = ("and", "or", "not", "true", "false")


def _values(subject: Subject, *shapes: tuple[str, ...], known: list[str]) -> Iterator[Slip]:
    """Every value of these shapes misspelt."""
    for turn, field in enumerate(subject.of(*shapes)):
        yield slip(
            subject.to(field.node, misspelt(field.node.value, turn, known)), lines=[_value_line(field)]
        )


def _value_line(field: Field) -> int:
    return field.node.start.line + 1


@kind("dangling target", "unknown-target")
def dangling(subject: Subject) -> Iterator[Slip]:
    yield from _values(subject, *TO, known=subject.names("moments") + subject.names("endings"))


@kind("opening at no moment", "unknown-target")
def opening_at_nothing(subject: Subject) -> Iterator[Slip]:
    yield from _values(subject, ("openings", "*", "moment"), known=subject.names("moments"))


@kind("walk to no ending", "unknown-target")
def walk_to_nothing(subject: Subject) -> Iterator[Slip]:
    yield from _values(subject, ("walks", "*", "ends"), known=subject.names("endings"))


@kind("walk from no opening", "unknown-target")
def walk_from_nothing(subject: Subject) -> Iterator[Slip]:
    yield from _values(subject, ("walks", "*", "opening"), known=subject.names("openings"))


@kind("arrow to an opening", "unknown-target")
def arrow_to_opening(subject: Subject) -> Iterator[Slip]:
    name = subject.names("openings")[0]
    for field in subject.of(*TO):
        yield slip(subject.to(field.node, name), lines=[_value_line(field)])


@kind("misspelt fact in a condition", "unknown-fact")
def fact_in_condition(subject: Subject) -> Iterator[Slip]:
    known = [*subject.names("facts"), *_GAUGES, *_SMALL]
    for turn, field in enumerate(subject.of(*CONDITIONS)):
        for word in re.finditer(r"[a-z_]+", field.node.value):
            if word[0] in subject.names("facts") or word[0] in _GAUGES:
                spoilt = field.node.value[: word.start()] + misspelt(word[0], turn, known)
                spoilt += field.node.value[word.end() :]
                yield slip(subject.to(field.node, spoilt), lines=[_value_line(field)])


@kind("misspelt fact in set or add", "unknown-fact")
def fact_in_change(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(*((*part, "*") for part in FREE if part[-1] in ("set", "add")))):
        assert field.entry.key is not None
        made = misspelt(field.name, turn, subject.names("facts"))
        yield slip(subject.to(field.entry.key, made), lines=[field.line])


@kind("misspelt fact in reveals", "unknown-fact")
def fact_in_reveals(subject: Subject) -> Iterator[Slip]:
    yield from _values(subject, *((*part, "reveals", "*") for part in ANSWERS), known=subject.names("facts"))


@kind("misspelt technique", "unknown-technique")
def technique(subject: Subject) -> Iterator[Slip]:
    known = list(load_techniques(OURS.read_bytes()).techniques)
    yield from _values(subject, *((*part, "techniques", "*") for part in ANSWERS), known=known)


@kind("unknown shared list", "unknown-list")
def shared_list(subject: Subject) -> Iterator[Slip]:
    yield from _values(subject, ("moments", "*", "also", "*"), known=subject.names("shared_replies"))


@kind("misspelt key", "unknown-key")
def key(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.fields):
        if field.entry.key is not None and field.shape[:-1] not in FREE:
            made = misspelt(field.name, turn, keys_at(Scenario, field.path[:-1]))
            yield slip(subject.to(field.entry.key, made), lines=[field.line])


@kind("misspelt placeholder", "unknown-placeholder")
def placeholder(subject: Subject) -> Iterator[Slip]:
    turn = 0
    for field in subject.texts:
        for word in re.finditer(r"<([A-Za-z]+)>", source(subject, field)):
            made = misspelt(word[1], turn, PLACEHOLDERS)
            start = field.node.start.index + word.start(1)
            span = subject.insert(start, "")
            span = type(span)(start, start + len(word[1]), made)
            line = field.node.start.line + 1 + source(subject, field)[: word.start()].count("\n")
            turn += 1
            yield slip(span, lines=[line])


def source(subject: Subject, field: Field) -> str:
    """A value as it is written."""
    return subject.text[field.node.start.index : field.node.end.index]


@kind("a name with a capital or a space", "bad-name")
def bad_name(subject: Subject) -> Iterator[Slip]:
    sections = ("moments", "endings", "openings", "shared_replies")
    for turn, field in enumerate(subject.of(*((section, "*") for section in sections))):
        assert field.entry.key is not None
        made = (field.name.title(), field.name.replace("-", " ") + " 2", field.name + "_2")[turn % 3]
        yield slip(subject.to(field.entry.key, made), lines=[field.line])


@kind("an id that is a command", "bad-name")
def reserved_id(subject: Subject) -> Iterator[Slip]:
    words = ("back", "help", "pause", "rewind", "silence", "rewind-it")
    for turn, field in enumerate(subject.of(*((*part, "id") for part in REPLIES))):
        yield slip(subject.to(field.node, words[turn % len(words)]), lines=[field.line])


@kind("an id with a capital or a space", "bad-name")
def bad_id(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(*((*part, "id") for part in REPLIES))):
        made = (field.node.value.upper(), field.node.value.replace("-", " ") + " 2")[turn % 2]
        yield slip(subject.to(field.node, made), lines=[field.line])


@kind("two replies with one id", "duplicate-name")
def same_id(subject: Subject) -> Iterator[Slip]:
    for moment in subject.of(("moments", "*")):
        ids = [field for field in subject.of(("moments", "*", "replies", "*", "id")) if _in(field, moment)]
        for one, other in itertools.pairwise(ids):
            yield slip(subject.to(other.node, one.node.value), lines=[other.line])


def _in(field: Field, part: Field) -> bool:
    return field.path[: len(part.path)] == part.path


@kind("a moment named as an ending", "duplicate-name", "duplicate-key")
def moment_and_ending(subject: Subject) -> Iterator[Slip]:
    endings = list(subject.of(("endings", "*")))
    for turn, field in enumerate(subject.of(("moments", "*"))):
        ending = endings[turn % len(endings)]
        assert field.entry.key is not None
        yield slip(subject.to(field.entry.key, ending.name), lines=[field.line, ending.line])


@kind("a part renamed where it stands alone", "unknown-target", "unknown-list")
def renamed_part(subject: Subject) -> Iterator[Slip]:
    arrows = [
        *subject.of(*TO, ("openings", "*", "moment"), ("walks", "*", "ends"), ("walks", "*", "opening")),
        *subject.of(("moments", "*", "also", "*")),
    ]
    for section in ("moments", "endings", "openings", "shared_replies"):
        for field in subject.of((section, "*")):
            assert field.entry.key is not None
            used = [arrow for arrow in arrows if arrow.node.value == field.name]
            if used:
                yield slip(subject.to(field.entry.key, field.name + "-again"), lines=map(_value_line, used))


@kind("a fact renamed where it is declared", "unknown-fact")
def renamed_fact(subject: Subject) -> Iterator[Slip]:
    names = [*subject.of(*((*part, "*") for part in FREE if part[-1] in ("set", "add")))]
    reveals = [*subject.of(*((*part, "reveals", "*") for part in ANSWERS))]
    for field in subject.of(("facts", "*")):
        assert field.entry.key is not None
        used = [each.line for each in names if each.name == field.name]
        used += [_value_line(each) for each in reveals if each.node.value == field.name]
        word = re.compile(rf"\b{field.name}\b")
        used += [_value_line(each) for each in subject.of(*CONDITIONS) if word.search(each.node.value)]
        if used:
            yield slip(subject.to(field.entry.key, field.name + "_then"), lines=used)


@kind("a key twice", "duplicate-key")
def duplicate_key(subject: Subject) -> Iterator[Slip]:
    for field in subject.fields:
        if field.entry.key is not None and field.on_one_line:
            written = subject.text[field.entry.start.index : field.node.end.index]
            span, line = subject.below(field, written)
            yield slip(span, lines=[], also=[line])


@kind("a walk whose reply is renamed", "walk-fails")
def renamed_reply(subject: Subject) -> Iterator[Slip]:
    named = [*subject.of(("walks", "*", "replies", "*"))]
    told = subject.of(*((*part, "id") for part in REPLIES))
    for field in told:
        lines = [each.node.start.line + 1 for each in named if each.node.value == field.node.value]
        if lines:
            yield slip(subject.to(field.node, field.node.value + "-now"), lines=lines)


@kind("a walk that names a reply wrongly", "walk-fails")
def walk_misspelt(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(("walks", "*", "replies", "*"))):
        made = misspelt(field.node.value, turn, ())
        yield slip(subject.to(field.node, made), lines=[_value_line(field)])


@kind("a walk that ends elsewhere", "walk-fails")
def walk_elsewhere(subject: Subject) -> Iterator[Slip]:
    endings = subject.names("endings")
    for field in subject.of(("walks", "*", "ends")):
        for name in endings:
            if name != field.node.value:
                yield slip(subject.to(field.node, name), lines=[_value_line(field)])


@kind("a walk whose then is not so", "walk-fails")
def walk_then(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(("walks", "*", "then")):
        made = f"not ({field.node.value})"
        yield slip(subject.to(field.node, made), lines=[_value_line(field)])
