"""Slips that only all plays of a scene can show: what nobody can come to, say, hear, find or leave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from benchmarks.mutations.kinds import kind
from benchmarks.mutations.naming import TO
from benchmarks.mutations.subject import ANSWERS, REPLIES, Field, Slip, Span, Subject, slip
from benchmarks.mutations.values import value_line
from scenarios.layout import LIST
from scenarios.load import load_techniques
from scenarios.techniques import OURS

NEVER: Final = "trust <= 1 and trust >= 9"
_LINES: Final = (("moments", "*", "person"), *((*part, "person") for part in ANSWERS))


def _guarded(
    subject: Subject, part: Field, text: str, never: str = NEVER
) -> tuple[Span, list[int], list[int]]:
    """A part whose `when` becomes another: the edit, its old lines, its new ones."""
    written = subject.under(part, "when")
    if written is not None:
        return subject.to(written.node, never), [part.line, value_line(part), written.line], []
    span, line = subject.added(part, text)
    return span, [part.line, value_line(part)], [line]


@kind("a reply whose guard never holds together", "never-offered", "stuck", plays=True)
def never_offered(subject: Subject) -> Iterator[Slip]:
    for part in subject.of(*ANSWERS):
        span, lines, also = _guarded(subject, part, f"when: {NEVER}")
        yield slip(span, lines=[*lines, *_moment_lines(subject, part)], also=also)


def _moment_lines(subject: Subject, part: Field) -> list[int]:
    """The line of the moment where this reply is its only one: that is where it is stuck."""
    moment = subject.at(part.path[:2])
    return [moment.line] if moment is not None and moment.path[0] == "moments" else []


def _answers(subject: Subject, moment: Field) -> list[Field]:
    return [part for part in subject.of(ANSWERS[0], ANSWERS[1]) if part.path[:2] == moment.path]


@kind("every reply guarded away", "stuck", plays=True)
def stuck(subject: Subject) -> Iterator[Slip]:
    for moment in subject.of(("moments", "*")):
        spans = [_guarded(subject, part, f"when: {NEVER}")[0] for part in _answers(subject, moment)]
        yield slip(*spans, *_without_also(subject, moment), lines=[moment.line])


def _without_also(subject: Subject, moment: Field) -> list[Span]:
    also = subject.under(moment, "also")
    span = None if also is None else subject.without(also)
    return [] if span is None else [span]


@kind("a loop without an exit", "no-way-out", "point-of-no-return", plays=True, apart=True)
def loop(subject: Subject) -> Iterator[Slip]:
    for moment in subject.of(("moments", "*")):
        spans = []
        for part in _answers(subject, moment):
            to = subject.under(part, "to")
            if to is not None:
                spans.append(subject.to(to.node, moment.name))
        yield slip(*spans, *_without_also(subject, moment), lines=[moment.line])


def _arrows(subject: Subject, name: str) -> list[Field]:
    arrows = subject.of(*TO, ("openings", "*", "moment"))
    return [arrow for arrow in arrows if arrow.node.value == name]


@kind("a moment to which nothing leads", "unreachable", plays=True)
def orphan(subject: Subject) -> Iterator[Slip]:
    names = subject.names("moments")
    for number, moment in enumerate(subject.of(("moments", "*"))):
        other = names[(number + 1) % len(names)]
        spans = [subject.to(arrow.node, other) for arrow in _arrows(subject, moment.name)]
        if spans and other != moment.name:
            yield slip(*spans, lines=[moment.line])


@kind("an ending to which nothing leads", "unreachable", plays=True)
def unreachable(subject: Subject) -> Iterator[Slip]:
    names = subject.names("endings")
    for number, ending in enumerate(subject.of(("endings", "*"))):
        other = names[(number + 1) % len(names)]
        spans = [subject.to(arrow.node, other) for arrow in _arrows(subject, ending.name)]
        yield slip(*spans, lines=[ending.line])


@kind("a hidden fact that nothing reveals", "undiscoverable", plays=True)
def undiscoverable(subject: Subject) -> Iterator[Slip]:
    for fact in subject.of(("facts", "*")):
        spans = []
        for listed in subject.of(*((*part, "reveals") for part in ANSWERS)):
            names = [entry.value.value for entry in listed.node.entries]
            if fact.name in names:
                left = ", ".join(name for name in names if name != fact.name)
                spans.append(subject.to(listed.node, f"[{left}]"))
        if spans:
            yield slip(*spans, lines=[fact.line])


@kind("a line that is never said", "never-said", plays=True)
def never_said(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(*((*part, "*") for part in _LINES)):
        if field.number + 1 < len(field.parent.entries):
            span, lines, also = _guarded(subject, field, f"when: {NEVER}")
            yield slip(span, lines=lines, also=also)


@kind("a line behind one that always holds", "never-said", plays=True)
def behind_always(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(*((*part, "*") for part in _LINES)):
        after = field.parent.entries[field.number + 1 :]
        when = subject.under(field, "when")
        if after and when is not None:
            lines = [after[0].start.line + 1, after[0].value.start.line + 1]
            yield slip(subject.to(when.node, "0 <= trust <= 10"), lines=lines)


@kind("a rule that never fires", "never-fires", plays=True)
def never_fires(subject: Subject) -> Iterator[Slip]:
    for rule in subject.of(("whenever", "*")):
        span, lines, _ = _guarded(subject, rule, "")
        yield slip(span, lines=lines)


@kind("a rule behind one that fires first", "never-fires", plays=True)
def behind_rule(subject: Subject) -> Iterator[Slip]:
    endings = subject.names("endings")
    for rule in subject.of(("whenever", "*")):
        to, when = subject.under(rule, "to"), subject.under(rule, "when")
        assert to is not None and when is not None
        if to.node.value in endings:
            other = next(name for name in endings if name != to.node.value)
            column = rule.parent.start.column
            made = f"\n{' ' * column}- {{when: {when.node.value}, to: {other}}}"
            yield slip(subject.insert(rule.node.end.index, made), lines=[], also=[rule.last_line + 1])


@kind("a rule that holds at the start", "rule-holds-at-start")
def at_start(subject: Subject) -> Iterator[Slip]:
    for rule in subject.of(("whenever", "*", "when")):
        yield slip(subject.to(rule.node, "tension >= 1"), lines=[rule.line, value_line(rule)])


@kind("every arrow to one ending", "always-ends-the-same", "unreachable", plays=True)
def one_ending(subject: Subject) -> Iterator[Slip]:
    names = subject.names("endings")
    section = next(iter(subject.of(("endings",))))
    for name in names:
        spans = [subject.to(arrow.node, name) for arrow in subject.of(*TO) if arrow.node.value in names]
        yield slip(*spans, lines=[section.line], codes=["always-ends-the-same"])


@kind("a moment of helping replies alone", "one-sided", plays=True)
def one_sided(subject: Subject) -> Iterator[Slip]:
    known = load_techniques(OURS.read_bytes()).techniques
    for number, moment in enumerate(subject.of(("moments", "*"))):
        wanted = "validate" if number % 2 else "ignore"
        spans = []
        for part in _answers(subject, moment):
            techniques = subject.under(part, "techniques")
            if techniques is None:
                spans.append(subject.added(part, f"techniques: [{wanted}]")[0])
            else:
                spans.append(subject.to(techniques.node, f"[{wanted}]"))
        assert wanted in known
        yield slip(*spans, *_without_also(subject, moment), lines=[moment.line])


@kind("a rule that takes over again and again", "rule-repeats", plays=True)
def repeats(subject: Subject) -> Iterator[Slip]:
    moments = subject.names("moments")
    section = next(iter(subject.of(("whenever",))), None)
    if section is None or section.node.kind != LIST:
        return
    column = section.node.start.column
    for name in moments[:3]:
        made = f"\n{' ' * column}- {{when: safety >= 5, to: {name}, again: true}}"
        yield slip(subject.insert(section.node.end.index, made), lines=[], also=[section.last_line + 1])


@kind("a walk that leaves a reply out", "walk-fails", apart=True)
def walk_shorter(subject: Subject) -> Iterator[Slip]:
    for field in subject.of(("walks", "*", "replies", "*")):
        span = subject.without(field)
        if span is not None:
            walk = [part for part in subject.fields if part.path[:2] == field.path[:2]]
            yield slip(span, lines=[part.line for part in walk])


@kind("an arrow to a sibling", "walk-fails", "unreachable", plays=True, apart=True)
def sibling(subject: Subject) -> Iterator[Slip]:
    """Most of these are sound scenes: only a walk can know that another one was meant."""
    named = {field.node.value for field in subject.of(("walks", "*", "replies", "*"))}
    moments = subject.names("moments")
    for turn, field in enumerate(subject.of(*((*part, "to") for part in REPLIES))):
        reply = subject.value((*field.path[:-1], "id"))
        if field.node.value in moments and (turn % 4 == 0 or reply in named):
            other = moments[(moments.index(field.node.value) + 1) % len(moments)]
            lines = [each.node.start.line + 1 for each in subject.of(("walks", "*", "replies", "*"))]
            lines += [each.line for each in subject.of(("moments", "*"), ("walks", "*", "ends"))]
            yield slip(subject.to(field.node, other), lines=lines)
