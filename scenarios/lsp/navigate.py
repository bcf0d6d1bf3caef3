"""From a name to where it is declared, and to every place that means it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scenarios.lsp.hover import names_at
from scenarios.lsp.look import Look
from scenarios.lsp.mentions import Mention, Name, mentions
from scenarios.lsp.positions import Positions, Span, on_line
from scenarios.techniques import OURS, VOCABULARY_FILE


@dataclass(frozen=True, slots=True)
class Target:
    """A place in a file; `path` is None for the file asked about."""

    span: Span
    path: Path | None = None


def named_at(positions: Positions, look: Look, line: int, column: int) -> list[Name]:
    """What is named at a cursor: to the letter where the file reads as written, else by where it stands."""
    if look.as_written and look.text == positions.text:
        mention = mentions(look).at(line, column)
        if mention is not None:
            return [mention.name]
    found = names_at(positions, look, line, column)
    return found[1] if found else []


def definitions(positions: Positions, look: Look, path: Path, line: int, column: int) -> list[Target]:
    """Where what is named at a cursor is declared; a technique in the vocabulary it comes from."""
    found: list[Target] = []
    for name in named_at(positions, look, line, column):
        if name.kind == "technique":
            found += _technique(name.text, path)
            continue
        span = mentions(look).declaration(name)
        if span is not None and _still_there(positions, span, name):
            found.append(Target(span))
    return found


def _technique(name: str, path: Path) -> list[Target]:
    for vocabulary in (path.parent / VOCABULARY_FILE, OURS):
        try:
            changed = vocabulary.stat().st_mtime_ns
        except OSError:
            continue
        span = _declared(vocabulary, changed).get(name)
        if span is not None:
            return [Target(span, vocabulary)]
    return []


@lru_cache(maxsize=4)
def _declared(vocabulary: Path, changed: int) -> dict[str, Span]:
    """Where each technique of a vocabulary stands, told by its indent. `changed` makes a saved file another one."""
    try:
        lines = vocabulary.read_text("utf-8", "replace").split("\n")
    except OSError:
        return {}
    keys = [(row, match) for row, line in enumerate(lines, 1) if (match := re.match(r"( +)([\w-]+):", line))]
    indent = min((len(match[1]) for _, match in keys), default=0)
    return {
        match[2]: on_line(row, indent + 1, len(match[2])) for row, match in keys if len(match[1]) == indent
    }


def references(positions: Positions, look: Look, line: int, column: int, *, declarations: bool) -> list[Span]:
    """Every place that means what is named at a cursor."""
    found: list[Mention] = []
    for name in named_at(positions, look, line, column):
        found += mentions(look).of(name)
    kept = [each for each in found if declarations or not each.declares]
    return sorted({each.span for each in kept if _still_there(positions, each.span, each.name)})


def _still_there(positions: Positions, span: Span, name: Name) -> bool:
    """Whether a place of an earlier reading still holds the name; a made id stands nowhere."""
    if span.line > len(positions.lines):
        return False
    written = positions.lines[span.line - 1][span.column - 1 : span.end_column - 1]
    return written in ("", name.text) if span.column == span.end_column else written == name.text
