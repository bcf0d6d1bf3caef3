"""A map as Mermaid and as DOT, for pages and programs that draw for themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from scenarios.drawing_outline import rule_line, sentence
from scenarios.drawing_text import OUTCOMES, cut
from scenarios.graph import HARD, UNREACHED, Arrow, Map, Spot

ROOM: Final = 330.0
SIZE: Final = 12

_MERMAID_SHAPES: Final = {
    "opening": ("([", "])"),
    "moment": ("[", "]"),
    "settled": ("(", ")"),
    "complied": ("[/", "/]"),
    "paused": ("[[", "]]"),
    "withdrew": ("[\\", "\\]"),
    "rupture": ("{{", "}}"),
    "stopped": ("[/", "\\]"),
}
_DOT_SHAPES: Final = {
    "opening": 'shape=cds, style=filled, fillcolor="#e3edf7", color="#2c5f8f"',
    "moment": 'shape=box, style="rounded,filled", fillcolor="#f4f6f8", color="#66717d"',
    "settled": 'shape=box, style="rounded,bold", color="#1a6e43"',
    "complied": 'shape=note, style=bold, color="#765b00"',
    "paused": 'shape=box, style=bold, peripheries=2, color="#1c5f97"',
    "withdrew": 'shape=parallelogram, style=bold, color="#63489c"',
    "rupture": 'shape=hexagon, style=bold, color="#9c4515"',
    "stopped": 'shape=octagon, style=bold, color="#a3231c"',
}
_COLOURS: Final = {
    "opening": "#2c5f8f",
    "moment": "#66717d",
    "settled": "#1a6e43",
    "complied": "#765b00",
    "paused": "#1c5f97",
    "withdrew": "#63489c",
    "rupture": "#9c4515",
    "stopped": "#a3231c",
}


def mermaid(plan: Map) -> str:
    """A Mermaid flowchart."""
    spots = _spots(plan)
    lines = [f"%% {sentence(plan)}", "flowchart TD"]
    for spot in spots:
        left, right = _MERMAID_SHAPES[_look(spot)]
        label = "<br/>".join(map(_mermaid_text, _label(spot)))
        lines.append(f'  {spot.key}{left}"{label}"{right}:::{_look(spot)}')
    if plan.rules:
        rules = "<br/>".join(map(_mermaid_text, _rules(plan)))
        lines.append(f'  whenever["{rules}"]:::whenever')
    for arrow in plan.arrows():
        line = "-.->" if arrow.manner == "quiet" else "==>" if arrow.manner == "opening" else "-->"
        words = _arrow_words(arrow)
        lines.append(f"  {arrow.source} {line}{f'|{words}|' if words else ''} {arrow.target}")
    used = dict.fromkeys(map(_look, spots))
    lines += [
        f"  classDef {look} fill:#ffffff,color:#1c2430,stroke:{_COLOURS[look]},stroke-width:2px"
        for look in used
    ]
    if plan.rules:
        lines.append("  classDef whenever fill:#ffffff,color:#1c2430,stroke:#66717d,stroke-dasharray:5 4")
    faded = [spot.key for spot in spots if UNREACHED in spot.marks]
    if faded:
        lines += [f"  class {','.join(faded)} unreached", "  classDef unreached stroke-dasharray:6 4"]
    return "\n".join(lines) + "\n"


def dot(plan: Map) -> str:
    """A DOT digraph, for Graphviz and its kin."""
    lines = [
        "digraph map {",
        f"  label={_quoted(f'{plan.title}. {sentence(plan)}')}; labelloc=t; rankdir=TB;",
        '  node [fontname="Helvetica", fontsize=11];',
        '  edge [fontname="Helvetica", fontsize=9, color="#66717d"];',
    ]
    for spot in _spots(plan):
        dashed = ', fontcolor="#66717d", penwidth=0.5' if UNREACHED in spot.marks else ""
        label = _joined(_label(spot), "\\n")
        lines.append(f"  {spot.key} [label={label}, {_DOT_SHAPES[_look(spot)]}{dashed}];")
    if plan.rules:
        lines.append(f"  whenever [label={_joined(_rules(plan), _LEFT)}, shape=box, style=dashed];")
    for arrow in plan.arrows():
        looks = [f"label={_quoted(words)}"] if (words := _arrow_words(arrow)) else []
        looks += {"quiet": ["style=dotted"], "opening": ["style=bold"], "reply": []}[arrow.manner]
        lines.append(f"  {arrow.source} -> {arrow.target} [{', '.join(looks)}];")
    return "\n".join([*lines, "}"]) + "\n"


_LEFT: Final = "\\l"


def _spots(plan: Map) -> list[Spot]:
    return [*plan.spots("opening"), *plan.spots("moment"), *plan.spots("ending")]


def _look(spot: Spot) -> str:
    return spot.outcome or spot.kind


def _label(spot: Spot) -> Iterator[str]:
    if spot.kind == "opening":
        yield f"Opening: {spot.name}"
        return
    yield spot.name
    if spot.kind == "ending":
        yield OUTCOMES[spot.outcome or ""]
    elif spot.words:
        yield f"\u201c{cut(spot.words, ROOM, SIZE)}\u201d"
    if spot.rules:
        yield f"whenever {', '.join(map(str, spot.rules))}"
    yield from (mark for mark in spot.marks if mark in {UNREACHED, HARD})


def _rules(plan: Map) -> Iterator[str]:
    yield "Whenever \u2026"
    for rule in plan.rules:
        yield f"({rule.number}) {rule_line(plan, rule)}"


def _arrow_words(arrow: Arrow) -> str:
    if arrow.share is not None:
        return f"quiet, {arrow.share}%" if arrow.manner == "quiet" else f"{arrow.share}%"
    if arrow.manner == "quiet":
        return "quiet"
    return f"{len(arrow.ways)} replies" if len(arrow.ways) > 1 else ""


def _mermaid_text(text: str) -> str:
    """All but letters, figures and plain punctuation as numbered entities, which is how Mermaid escapes."""
    return _each(
        text, lambda letter: letter.isalnum() or letter in " .,-\u2026\u2019\u201c\u201d\u2192", "#{};"
    )


def _each(text: str, safe: Callable[[str], bool], form: str) -> str:
    return "".join(letter if safe(letter) else form.format(ord(letter)) for letter in text)


def _quoted(text: str) -> str:
    """A DOT string. Backslashes begin escapes such as \\N there, and ampersands begin entities."""
    return '"' + text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') + '"'


def _joined(lines: Iterator[str], end: str) -> str:
    """Lines in one DOT string; `\\l` ends each and sets it to the left, `\\n` stands between centred ones."""
    inside = [_quoted(line)[1:-1] for line in lines]
    return '"' + end.join(inside) + (end if end == _LEFT else "") + '"'
