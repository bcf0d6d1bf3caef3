"""Texts with a cursor in them: `‸` marks where it stands, which no scenario holds otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from scenarios.lsp.look import Look, look
from scenarios.lsp.positions import Edit, Positions
from tests.scenarios.makers import VALID

PATH: Final = Path("/nowhere/kettle.yaml")
CURSOR: Final = "‸"


def placed(*pairs: tuple[str, str], text: str = VALID) -> tuple[Positions, int, int]:
    """The valid scenario with each first occurrence replaced, and the line and column of the cursor in it."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    index = text.index(CURSOR)
    text = text.replace(CURSOR, "")
    return Positions(text), text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def seen(text: str = VALID) -> Look:
    """A look at a text."""
    return look(text, PATH)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """A text after edits, none of which may meet another."""
    lines = text.split("\n")
    last = None
    for edit in sorted(edits, key=lambda each: each.span, reverse=True):
        span = edit.span
        assert last is None or (span.end_line, span.end_column) <= (last.line, last.column), "edits meet"
        last = span
        head, tail = lines[span.line - 1][: span.column - 1], lines[span.end_line - 1][span.end_column - 1 :]
        lines[span.line - 1 : span.end_line] = (head + edit.text + tail).split("\n")
    return "\n".join(lines)
