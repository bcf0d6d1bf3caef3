"""The outline of a map in words: what a reader who cannot see the drawing is given in its stead."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.drawing_text import OUTCOMES, listed, number
from scenarios.graph import Map, Rule, Spot, Way


def sentence(plan: Map) -> str:
    """The whole in a sentence or two."""
    replies = sum(len(plan.ways(spot.key)) for spot in plan.spots("moment"))
    counts = [
        number(len(plan.spots("opening")), "opening"),
        number(len(plan.spots("moment")), "moment"),
        number(replies, "reply", "replies"),
        number(len(plan.spots("ending")), "ending"),
    ]
    how = (
        f"Every play was tried: {plan.states:,} states."
        if plan.proved
        else "Judged by arrows; plays were not tried."
    )
    return f"{listed(counts)}. {how}{f' {plan.plays.said}' if plan.plays else ''}"


def as_text(plan: Map) -> str:
    """The outline as lines of text."""
    return "\n".join([f"{plan.title}. {sentence(plan)}", *_lines(plan)])


def _lines(plan: Map) -> Iterator[str]:
    for spot in plan.spots("opening"):
        yield f"Opening {spot.name} \u2192 {leads(plan, spot)}"
    if plan.rules:
        yield "Whenever, after every reply; the first that holds takes over:"
        for rule in plan.rules:
            yield f"{rule.number}. {rule_line(plan, rule)}"
    for spot in plan.spots("moment"):
        yield f"Moment {spot.name}{_marks(spot)}"
        yield from (f"  {f'when {when}: ' if when else ''}{says}" for when, says in spot.says)
        for way, target in plan.ways(spot.key):
            yield f"  \u2022 {way_line(way)} \u2192 {plan.spot(target).name}"
    for spot in plan.spots("ending"):
        yield f"Ending {spot.name}, {OUTCOMES[spot.outcome or '']}{_marks(spot)}: {spot.words}"


def rule_line(plan: Map, rule: Rule) -> str:
    """A `whenever` rule without its number."""
    return f"{rule.when} \u2192 {plan.spot(rule.to).name}{', every time' if rule.again else ''}"


def leads(plan: Map, spot: Spot) -> str:
    """The names of where a spot leads."""
    return listed([plan.spot(key).name for key in plan.neighbours(spot.key).after])


def _marks(spot: Spot) -> str:
    return f" ({'; '.join(spot.marks)})" if spot.marks else ""


def way_line(way: Way) -> str:
    """A reply in one line: what is said, done or left, and under which condition."""
    return " ".join([spoken(way), *(f"[{note}]" for note in way_notes(way))])


def spoken(way: Way) -> str:
    """What the trainee says in quotation marks, what they do as it stands, a silence with its seconds."""
    if way.kind == "silence":
        return f"You stay quiet for {number(way.after or 0, 'second')}." + (
            f" {way.text}" if way.text else ""
        )
    return f"\u201c{way.text}\u201d" if way.kind == "say" else way.text


def way_notes(way: Way) -> list[str]:
    """When it is offered, whether it carries a technique that harms, and whether any play is offered it."""
    notes = [f"only when {way.when}"] if way.when else []
    notes += ["can harm"] if way.harms else []
    notes += [] if way.offered else ["no play is offered this"]
    return [*notes, way.told] if way.told else notes
