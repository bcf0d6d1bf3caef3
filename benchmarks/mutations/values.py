"""Slips in values: numbers out of range, another kind than wanted, what is required left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from benchmarks.mutations.kinds import kind
from benchmarks.mutations.naming import CONDITIONS
from benchmarks.mutations.subject import ANSWERS, REPLIES, Field, Slip, Subject, slip
from scenarios.layout import LIST, MAPPING, TEXT

GAUGES: Final = ("tension", "trust", "safety")
_REQUIRED: Final = (
    *((key,) for key in ("format", "title", "summary", "role", "setting", "minutes", "content_notes")),
    *((key,) for key in ("credits", "person", "openings", "moments", "endings")),
    *(("person", key) for key in ("cast", "matters", "cues")),
    ("person", "cast", "*", "name"),
    *(("openings", "*", key) for key in ("moment", *GAUGES)),
    *(("endings", "*", key) for key in ("outcome", "text")),
    *(("whenever", "*", key) for key in ("when", "to")),
    ("moments", "*", "person"),
    *((*part, key) for part in REPLIES for key in ("say", "do", "techniques", "to")),
    ("moments", "*", "silence", "to"),
    ("walks", "*", "replies"),
    ("moments", "*", "person", "*", "says"),
    *((*part, "person", "*", "says") for part in ANSWERS),
)
_NUMBERS: Final[dict[tuple[str, ...], tuple[str, ...]]] = {
    ("minutes",): ("0", "241", "-5"),
    ("openings", "*", "weight"): ("0", "101"),
    ("moments", "*", "silence", "after"): ("2", "121", "0"),
    ("facts", "*", "max"): ("0", "21"),
    ("facts", "*", "start"): ("4", "21", "-1"),
    **{("openings", "*", gauge): ("11", "-1", "50") for gauge in GAUGES},
    **{(*part, "add", "*"): ("21", "-21") for part in ANSWERS},
}
_WRONG_WORDS: Final = (("minutes",), ("openings", "*", "weight"), ("moments", "*", "silence", "after"))
_TRUTHS: Final = (
    ("facts", "*", "hidden"),
    ("whenever", "*", "again"),
    *((*part, "set", "*") for part in ANSWERS),
)


def value_line(field: Field) -> int:
    return field.node.start.line + 1


def first_line(field: Field) -> int:
    """Where a part is looked for: the line in which its first key stands."""
    return field.node.start.line + 1


@kind("a reply's gauge out of range", "out-of-range")
def reply_gauge(subject: Subject) -> Iterator[Slip]:
    for turn, part in enumerate(subject.of(*ANSWERS)):
        gauge, number = GAUGES[turn % 3], ("4", "-4", "10")[turn % 3]
        written = subject.under(part, gauge)
        if written is not None:
            yield slip(subject.to(written.node, number), lines=[value_line(written)])
        else:
            span, line = subject.added(part, f"{gauge}: {number}")
            yield slip(span, lines=[], also=[line])


@kind("a number out of range", "out-of-range", "wrong-type")
def out_of_range(subject: Subject) -> Iterator[Slip]:
    for shape, numbers in _NUMBERS.items():
        for field in subject.of(shape):
            for number in numbers:
                yield slip(subject.to(field.node, number), lines=[value_line(field)])


@kind("a cue for no tension", "out-of-range", "bad-name")
def cue_key(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(("person", "cues", "*"))):
        assert field.entry.key is not None
        made = ("11", "low", "-1", '"3"', "2.5")[turn % 5]
        codes = ["missing-key"] if field.name == "0" else []
        lines = [field.line, field.line - 1] if codes else [field.line]
        codes += ["out-of-range", "bad-name"]
        yield slip(subject.to(field.entry.key, made), lines=lines, codes=codes)


@kind("a number in words", "wrong-type")
def number_in_words(subject: Subject) -> Iterator[Slip]:
    shapes = [*_WRONG_WORDS, *(("openings", "*", gauge) for gauge in GAUGES), ("facts", "*", "max")]
    shapes += [(*part, gauge) for part in ANSWERS for gauge in GAUGES]
    for turn, field in enumerate(subject.of(*shapes)):
        yield slip(
            subject.to(field.node, ("five", "about 5", '"5"', "5.5")[turn % 4]), lines=[value_line(field)]
        )


@kind("yes or no for true or false", "wrong-type")
def yes_or_no(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(*_TRUTHS)):
        yield slip(
            subject.to(field.node, ("yes", "on", "True", "maybe")[turn % 4]), lines=[value_line(field)]
        )


@kind("words where a list belongs", "wrong-type")
def text_for_list(subject: Subject) -> Iterator[Slip]:
    for field in subject.fields:
        if field.node.kind == LIST and field.node.flow:
            made = ", ".join(entry.value.value for entry in field.node.entries) or "none"
            if not field.parent.flow or "," not in made:
                yield slip(subject.to(field.node, made), lines=[value_line(field)])


@kind("words where keys belong", "wrong-type")
def text_for_mapping(subject: Subject) -> Iterator[Slip]:
    for field in subject.fields:
        if field.node.kind == MAPPING and field.node.flow:
            yield slip(subject.to(field.node, "as before"), lines=[value_line(field)])
    for field in subject.of(("moments", "*", "silence")):
        if field.node.block:
            span = type(subject.insert(0, ""))(field.node.start.index, field.node.end.index, "wait")
            yield slip(span, lines=[field.line, value_line(field)], codes=["wrong-type", "unknown-list"])


@kind("a number or true where words belong", "wrong-type")
def number_for_words(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.texts):
        if field.node.style not in ("|", ">"):
            yield slip(subject.to(field.node, ("12", "true", "0")[turn % 3]), lines=[value_line(field)])


@kind("an outcome that is none", "unknown-outcome")
def outcome(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(("endings", "*", "outcome"))):
        made = ("good", "Settled", "pass", "calmed", "setled")[turn % 5]
        yield slip(subject.to(field.node, made), lines=[value_line(field)])


@kind("pronouns that are none", "wrong-type")
def pronouns(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(("person", "cast", "*", "pronouns"))):
        yield slip(subject.to(field.node, ("he/him", "her", "He")[turn % 3]), lines=[value_line(field)])


@kind("another format", "unknown-format")
def another_format(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(("format",)):
        for made in ("2", '"1"', "1.0", "one"):
            yield slip(subject.to(field.node, made), lines=[field.line])


@kind("required key removed", "missing-key")
def required(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(*_REQUIRED):
        span = subject.without(field)
        if span is not None:
            yield slip(span, lines=_part_lines(subject, field))


@kind("required key left empty", "missing-key", "text-cut-short")
def left_empty(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(*_REQUIRED):
        if field.node.kind == TEXT and field.on_one_line:
            yield slip(subject.to(field.node, ""), lines=[field.line])


def _part_lines(subject: Subject, field: Field) -> list[int]:
    """Where an author looks for what is missing in a part: the line of its name, or its first line."""
    part = subject.at(field.path[:-1])
    return [1, subject.root.start.line + 1] if part is None else [part.line, first_line(part)]


@kind("no cue for 0", "missing-key")
def no_calm_cue(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(("person", "cues", "*")):
        span = subject.without(field) if field.name == "0" else None
        if span is not None:
            yield slip(span, lines=[*_part_lines(subject, field)])


@kind("said and done at once", "unknown-key")
def say_and_do(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(*((*part, "say") for part in REPLIES)):
        span, line = subject.below(field, "do: You sit down.")
        yield slip(span, lines=[field.line], also=[line])


@kind("a silence that says something", "unknown-key")
def silence_says(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(("moments", "*", "silence")):
        span, line = subject.added(field, "say: I am here.")
        yield slip(span, lines=[], also=[line])


@kind("more than nine replies", "crowded")
def too_many(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(("moments", "*", "replies")):
        first = field.node.entries[0]
        column = field.node.start.column
        lines = "".join(
            f"- {{id: more-{n}, say: Tell me more., techniques: [open-question], to: x}}\n{' ' * column}"
            for n in range(9)
        )
        start = subject.starts[first.start.line] + column
        moment = subject.at(field.path[:-1])
        assert moment is not None
        to = subject.names("endings")[0]
        yield slip(subject.insert(start, lines.replace("to: x", f"to: {to}")), lines=[moment.line])


@kind("five techniques, or none", "out-of-range")
def techniques(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(*((*part, "techniques") for part in ANSWERS))):
        made = ("[space, one-voice, reflect, validate, comfort]", "[]")[turn % 2]
        yield slip(subject.to(field.node, made), lines=[field.line])


@kind("a hidden fact set, an open one revealed", "wrong-type")
def wrong_change(subject: Subject) -> Iterator[Slip]:
    facts = list(subject.of(("facts", "*")))
    hidden = [fact.name for fact in facts if subject.under(fact, "hidden") is not None]
    counted = [fact.name for fact in facts if subject.under(fact, "max") is not None]
    truths = [fact.name for fact in facts if fact.name not in hidden + counted]
    wrong = [f"set: {{{name}: true}}" for name in hidden + counted]
    wrong += [f"set: {{{name}: 2}}" for name in truths]
    wrong += [f"add: {{{name}: 1}}" for name in hidden + truths]
    wrong += [f"reveals: [{name}]" for name in counted + truths]
    for turn, part in enumerate(subject.of(*ANSWERS)):
        made = wrong[turn % len(wrong)]
        if subject.under(part, made.partition(":")[0]) is None:
            span, line = subject.added(part, made)
            yield slip(span, lines=[], also=[line])


@kind("a set past its max", "out-of-range")
def past_max(subject: Subject) -> Iterator[Slip]:
    counted = [fact for fact in subject.of(("facts", "*")) if subject.under(fact, "max") is not None]
    for part in subject.of(*ANSWERS):
        if counted and subject.under(part, "set") is None:
            span, line = subject.added(part, f"set: {{{counted[0].name}: 30}}")
            yield slip(span, lines=[], also=[line])


@kind("a guard that cannot hold", "bad-condition")
def out_of_reach(subject: Subject) -> Iterator[Slip]:
    never = ("tension > 10", "trust >= 11", "safety < 0", "4 < trust < 4", "tension == 12")
    for turn, field in enumerate(subject.of(*CONDITIONS)):
        for made in (never[turn % 5], f"({field.node.value}) and {never[(turn + 2) % 5]}"):
            yield slip(subject.to(field.node, made), lines=[value_line(field)])
    for turn, part in enumerate(subject.of(*ANSWERS)):
        if subject.under(part, "when") is None:
            span, line = subject.added(part, f"when: {never[turn % 5]}")
            yield slip(span, lines=[], also=[line])


@kind("a condition that does not parse", "bad-condition", "yaml-syntax", "text-cut-short")
def grammar(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(*CONDITIONS)):
        text = field.node.value
        ways = (
            f"{text} and trust = 3",
            f"{text} && trust > 3",
            f"{text} and",
            f"({text}",
            f"{text} and trust",
            f"{text} and trust => 3",
            f"{text} or not",
            f"{text} AND trust > 3",
            f"{text} and trust > -1",
            f"{text} and trust is 3",
        )
        for step in (0, 3, 7):
            yield slip(subject.to(field.node, ways[(turn + step) % len(ways)]), lines=[value_line(field)])


@kind("variants without a last", "no-default-line")
def no_last(subject: Subject) -> Iterator[Slip]:
    lists = [("moments", "*", "person"), *((*part, "person") for part in ANSWERS)]
    for field in subject.of(*lists):
        if field.node.kind == LIST:
            last = subject.under(field, len(field.node.entries) - 1, "says")
            assert last is not None
            span, line = subject.below(last, "when: trust >= 1")
            yield slip(span, lines=[value_line(last)], also=[line])
