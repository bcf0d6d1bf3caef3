"""A group picture as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from facilitator.cohort_view import INSET, Table, View

_WIDE: Final = 100
_NAME: Final = 64
_INDENT: Final = 4


def lines(view: View) -> Iterator[str]:
    """Every line, in order."""
    yield view.title
    for sentence in view.lead:
        yield from wrap(sentence, _WIDE)
    for table in view.tables:
        yield ""
        yield table.title.upper()
        if table.note:
            yield from wrap(table.note, _WIDE)
        yield from _table(table)
    for note in view.notes:
        yield ""
        yield from wrap(note, _WIDE)


def _table(table: Table) -> Iterator[str]:
    """One column stands behind the names; several stand under each, so that any terminal can show them."""
    if len(table.head) == 2:
        room = min(max((len(line.name) for line in table.lines), default=0) + _INDENT, _NAME)
        for line in table.lines:
            first, *more = _name(line.name, room)
            yield f"{first.ljust(room)}  {line.cells[0]}".rstrip()
            yield from more
        return
    for line in table.lines:
        yield from _name(line.name, _WIDE)
        for head, cell in zip(table.head[1:], line.cells, strict=True):
            yield f"      {head}: {cell}"


def _name(name: str, room: int) -> list[str]:
    """A row's name over as many lines as it needs, set in where it belongs to the row before."""
    inset = "    " if name.startswith(INSET) else "  "
    return wrap(name.strip(), room, initial_indent=inset, subsequent_indent=f"{inset}  ") or [inset]
