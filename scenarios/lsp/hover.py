"""What there is to say about what a pointer rests on; works from the lines, so also while the file is broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from scenarios.lsp.about import card, placeholder_card
from scenarios.lsp.context import context, openers
from scenarios.lsp.look import Look
from scenarios.lsp.meanings import GAUGES, KEYS, OUTCOMES
from scenarios.lsp.mentions import Kind, Name, mentions
from scenarios.lsp.positions import Positions, Span, on_line
from scenarios.lsp.slots import slot

_TOKEN = re.compile(r"[\w-]+")
_PLACEHOLDER = re.compile(r"<<|<([A-Za-z]+)>")
_KINDS: Final[dict[str, tuple[Kind, ...]]] = {
    "place": ("moment", "ending"),
    "moment": ("moment",),
    "ending": ("ending",),
    "opening": ("opening",),
    "fact": ("fact",),
    "hidden": ("fact",),
    "condition": ("fact",),
    "list": ("list",),
    "reply": ("reply",),
    "technique": ("technique",),
}
_SECTIONS: Final[dict[str, Kind]] = {
    "moments": "moment",
    "endings": "ending",
    "openings": "opening",
    "facts": "fact",
    "shared_replies": "list",
}


@dataclass(frozen=True, slots=True)
class Hover:
    """A card (Markdown) and what it is about."""

    text: str
    span: Span


def hover(positions: Positions, known: Look, line: int, column: int) -> Hover | None:
    """The card for a place, None where there is nothing to say."""
    if not 0 < line <= len(positions.lines):
        return None
    text = positions.lines[line - 1]
    for match in _PLACEHOLDER.finditer(text):
        if match[1] and match.start() < column <= match.end():
            told = placeholder_card(match[1], known)
            return None if told is None else Hover(told, on_line(line, match.start() + 1, len(match[0])))
    token = token_at(positions, line, column)
    if token is None:
        return None
    span, word = token
    told = _key(positions, span, word) or _name(positions, known, span, word)
    return None if told is None else Hover(told, span)


def token_at(positions: Positions, line: int, column: int) -> tuple[Span, str] | None:
    """The name under a cursor, or directly before it."""
    if not 0 < line <= len(positions.lines):
        return None
    text = positions.lines[line - 1]
    start = column - 1
    for match in _TOKEN.finditer(text):
        if match.start() <= start <= match.end():
            span = on_line(line, match.start() + 1, len(match[0]))
            return (span, match[0])
    return None


def names_at(positions: Positions, known: Look, line: int, column: int) -> tuple[Span, list[Name]] | None:
    """What is named at a cursor, judged by where it stands and what it is called."""
    token = token_at(positions, line, column)
    if token is None:
        return None
    span, word = token
    kinds = _kinds(positions, span, word)
    found = mentions(known)
    names: list[Name] = []
    for kind in kinds:
        names += [Name("technique", word)] if kind == "technique" else found.named(kind, word)
    return (span, names) if names else None


def _kinds(positions: Positions, span: Span, word: str) -> tuple[Kind, ...]:
    place = context(positions.lines, span.line, span.column)
    if place is None:
        return ()
    here = slot(place.path)
    found, _ = openers(positions.lines[span.line - 1])
    is_key = any(each.column == span.column - 1 and each.name == word for each in found)
    if is_key and len(place.path) == 1:
        kind = _SECTIONS.get(str(place.path[0]))
        return (kind,) if kind else ()
    if here.part == "Reply" and here.key == "id":
        return ("reply",)
    return _KINDS.get(here.names, ())


def _name(positions: Positions, known: Look, span: Span, word: str) -> str | None:
    found = names_at(positions, known, span.line, span.column)
    for name in found[1] if found else ():
        told = card(name, known)
        if told:
            return told
    place = context(positions.lines, span.line, span.column)
    here = slot(place.path) if place else None
    if here is None:
        return None
    if here.names == "condition" and word in GAUGES:
        return f"**`{word}`** {GAUGES[word]}"
    if here.names == "choice" and word in OUTCOMES:
        return f"**{word}** {OUTCOMES[word]}"
    return None


def _key(positions: Positions, span: Span, word: str) -> str | None:
    """The meaning of a key, where the word is one: followed by a colon, at a place that has such a key."""
    text = positions.lines[span.line - 1]
    if text[span.end_column - 1 :].lstrip("\"' ")[:1] != ":":
        return None
    place = context(positions.lines, span.line, span.column)
    if place is None or place.before.strip("\"' "):
        return None
    meaning = KEYS.get(slot(place.path).part, {}).get(word) if slot(place.path).keys else None
    return f"**`{word}`** {meaning}" if meaning else None
