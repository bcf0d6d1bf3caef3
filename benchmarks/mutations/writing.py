"""Slips of the hand in YAML itself: indentation, colons, quotes, signs, tabs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from benchmarks.mutations.kinds import kind
from benchmarks.mutations.subject import Field, Slip, Span, Subject, slip
from benchmarks.mutations.values import value_line
from scenarios.layout import LIST, MAPPING

_LAYOUT: Final = (
    "yaml-syntax",
    "text-cut-short",
    "unknown-key",
    "missing-key",
    "wrong-type",
    "duplicate-key",
)
_SIGNS: Final = ("*", "&", "!", "|", ">", "%", "@", "`", "{", "[", "- ", "? ", ", ", "# ", "]", "}")


@kind("a tab for indentation", "tab")
def tab(subject: Subject) -> Iterator[Slip]:
    for number, line in enumerate(subject.lines):
        indent = len(line) - len(line.lstrip(" "))
        if indent and line.strip():
            start = subject.starts[number]
            yield slip(Span(start, start + indent, "\t" * (indent // 2)), lines=[number + 1])


@kind("one tab among the spaces", "tab")
def one_tab(subject: Subject) -> Iterator[Slip]:
    for number, line in enumerate(subject.lines):
        indent = len(line) - len(line.lstrip(" "))
        if indent >= 4 and line.strip():
            start = subject.starts[number] + indent
            yield slip(Span(start - 2, start, "\t"), lines=[number + 1])


@kind("an unquoted colon in speech", "yaml-syntax", "text-cut-short")
def colon(subject: Subject) -> Iterator[Slip]:
    for field in subject.texts:
        words = field.node.value.split(" ")
        if field.plain and len(words) > 1:
            place = field.node.start.index + len(words[0])
            yield slip(Span(place, place, ":"), lines=[value_line(field)])


def _keys(subject: Subject) -> Iterator[Field]:
    """Keys that stand in lines of their own, or first behind a dash."""
    for field in subject.fields:
        if field.entry.key is not None and not field.parent.flow:
            yield field


def _behind_dash(subject: Subject, field: Field) -> bool:
    return subject.lines[field.line - 1][: field.indent].strip() == "-"


def _around(field: Field) -> list[int]:
    """A key out of line stands out against itself or the key it is compared with: the next, or the one before."""
    entries, number = field.parent.entries, field.number
    lines = [field.line]
    if number == 0 and len(entries) > 1:
        lines.append(entries[1].start.line + 1)
    return lines


@kind("a key one space too far right", *_LAYOUT)
def one_right(subject: Subject) -> Iterator[Slip]:
    for field in _keys(subject):
        if not _behind_dash(subject, field):
            place = subject.starts[field.line - 1]
            yield slip(Span(place, place, " "), lines=_around(field))


@kind("a key one space too far left", *_LAYOUT)
def one_left(subject: Subject) -> Iterator[Slip]:
    for field in _keys(subject):
        if field.indent and not _behind_dash(subject, field):
            place = subject.starts[field.line - 1]
            yield slip(Span(place, place + 1, ""), lines=_around(field))


@kind("a key two spaces too far right", *_LAYOUT)
def two_right(subject: Subject) -> Iterator[Slip]:
    for field in _keys(subject):
        if not _behind_dash(subject, field) and field.on_one_line:
            place = subject.starts[field.line - 1]
            yield slip(Span(place, place, "  "), lines=_around(field))


@kind("a key two spaces too far left", *_LAYOUT)
def two_left(subject: Subject) -> Iterator[Slip]:
    for field in _keys(subject):
        if field.indent > 1 and not _behind_dash(subject, field) and field.on_one_line:
            place = subject.starts[field.line - 1]
            yield slip(Span(place, place + 2, ""), lines=_around(field))


@kind("a whole part one space off", *_LAYOUT)
def part_off(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.of(*_PARTS)):
        if field.parent.flow or len(field.parent.entries) == 1:
            continue
        first, last = field.line, field.last_line
        spans = []
        for line in range(first, last + 1):
            start = subject.starts[line - 1]
            if subject.lines[line - 1].strip():
                spans.append(Span(start, start, " ") if turn % 2 else Span(start, start + 1, ""))
        after = field.parent.entries[1].start.line + 1 if field.number == 0 else first
        yield slip(*spans, lines=[first, after])


_PARTS: Final = (
    ("moments", "*"),
    ("endings", "*"),
    ("openings", "*"),
    ("facts", "*"),
    ("moments", "*", "replies", "*"),
    ("moments", "*", "person", "*"),
)


@kind("no space after the colon", *_LAYOUT)
def no_space(subject: Subject) -> Iterator[Slip]:
    for field in subject.fields:
        if field.entry.key is not None and field.on_one_line:
            span = Span(field.entry.key.end.index, field.node.start.index, ":")
            yield slip(span, lines=[field.line])


@kind("no colon after the key", *_LAYOUT)
def no_colon(subject: Subject) -> Iterator[Slip]:
    for field in subject.fields:
        key = field.entry.key
        if key is not None and key.start.line == key.end.line:
            yield slip(Span(key.end.index, key.end.index + 1, ""), lines=[field.line])


@kind("a double quote never closed", "yaml-syntax")
def open_double(subject: Subject) -> Iterator[Slip]:
    for field in subject.texts:
        if field.plain and '"' not in field.node.value:
            yield slip(subject.insert(field.node.start.index, '"'), lines=[value_line(field)])
        elif field.node.style == '"':
            end = field.node.end.index
            yield slip(Span(end - 1, end, ""), lines=[value_line(field)])


@kind("a single quote never closed", "yaml-syntax")
def open_single(subject: Subject) -> Iterator[Slip]:
    for field in subject.texts:
        if field.plain:
            yield slip(subject.insert(field.node.start.index, "'"), lines=[value_line(field)])


@kind("a quote that closes and the text goes on", "yaml-syntax")
def quote_goes_on(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.texts):
        words = field.node.value.split(" ")
        quote = "\"'"[turn % 2]
        if field.plain and len(words) > 2 and quote not in words[0]:
            start = field.node.start.index
            end = start + len(words[0])
            yield slip(Span(start, end, f"{quote}{words[0]}{quote}"), lines=[value_line(field)])


@kind("a # that cuts speech", "text-cut-short")
def hash_sign(subject: Subject) -> Iterator[Slip]:
    for field in subject.texts:
        words = field.node.value.split(" ")
        if field.plain and len(words) > 1:
            place = field.node.start.index + len(words[0]) + 1
            yield slip(subject.insert(place, "#"), lines=[value_line(field)])


@kind("a round bracket without its partner", "text-cut-short")
def round_bracket(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.texts):
        if field.node.style not in ("|", ">"):
            written = subject.text[field.node.start.index : field.node.end.index]
            for sign in "()":
                place = written.find(sign)
                if place >= 0:
                    index = field.node.start.index + place
                    line = value_line(field) + written[:place].count("\n")
                    yield slip(Span(index, index + 1, ""), lines=[value_line(field), line])
            words = written.split(" ")
            if "(" not in written and len(words) > 1:
                place = field.node.start.index + len(words[0]) + 1
                yield slip(subject.insert(place, "()"[turn % 2]), lines=[value_line(field)])


@kind("text in the next line, not indented", *_LAYOUT)
def not_indented(subject: Subject) -> Iterator[Slip]:
    for field in subject.texts:
        if field.plain and field.entry.key is not None and not field.parent.flow:
            span = Span(field.entry.key.end.index + 1, field.node.start.index, f"\n{' ' * field.indent}")
            yield slip(span, lines=[field.line], also=[field.line + 1])


@kind("text that begins with a sign", *_LAYOUT, "alias", "tag")
def sign(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.texts):
        if field.plain and not field.parent.flow:
            yield slip(
                subject.insert(field.node.start.index, _SIGNS[turn % len(_SIGNS)]), lines=[value_line(field)]
            )


@kind("curly quotes round a key", "yaml-syntax", "unknown-key")
def curly(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.fields):
        key = field.entry.key
        if key is not None and turn % 3 == 0:
            yield slip(subject.to(key, f"\u201c{key.value}\u201d"), lines=[field.line])


@kind("a hidden character", "not-text")
def hidden(subject: Subject) -> Iterator[Slip]:
    signs = ("\u202e", "\x1b[31m", "\x07", "\ufeff", "\x85", "\r", "\u2028")
    for turn, field in enumerate(subject.texts):
        if turn % 3 == 0:
            place = field.node.start.index + 1
            yield slip(subject.insert(place, signs[turn // 3 % len(signs)]), lines=[value_line(field)])


@kind("a letter in another encoding", "not-text")
def latin(subject: Subject) -> Iterator[Slip]:
    for turn, field in enumerate(subject.texts):
        if turn % 3 == 1:
            yield slip(subject.insert(field.node.start.index + 1, "\udce9"), lines=[value_line(field)])


@kind("three dashes in the middle", "several-documents", "yaml-syntax")
def dashes(subject: Subject) -> Iterator[Slip]:
    for field in subject.fields:
        if len(field.path) == 1:
            start = subject.starts[field.line - 1]
            yield slip(subject.insert(start, "---\n"), lines=[], also=[field.line])


@kind("a dash left out", *_LAYOUT)
def no_dash(subject: Subject) -> Iterator[Slip]:
    """A text of a list then runs on from the one above, as YAML allows: only what is counted can tell."""
    for field in subject.fields:
        if field.entry.key is not None or field.parent.kind != LIST or field.parent.flow:
            continue
        place = subject.starts[field.line - 1] + field.parent.start.column
        lines, codes = [field.line, field.line - 1], list(_LAYOUT)
        if field.node.kind == MAPPING:
            lines.append(field.line + 1)
        part = subject.at(field.path[:-2])
        if field.shape[-2] == "wordings" and field.number and part is not None:
            codes, lines = ["no-wordings"], [part.line, value_line(part)]
        yield slip(Span(place, place + 1, " "), lines=lines, codes=codes)


@kind("a bracket never closed", "yaml-syntax", "text-cut-short")
def open_bracket(subject: Subject) -> Iterator[Slip]:
    for field in subject.fields:
        if field.node.flow and field.node.end.index > field.node.start.index:
            end = field.node.end.index
            yield slip(Span(end - 1, end, ""), lines=[value_line(field)])
