"""The outline of a file: facts, openings, moments with their replies, endings, walks, each with its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from scenarios.compose import Spot
from scenarios.lsp.about import fact_line, first_line, moment_line
from scenarios.lsp.look import Look
from scenarios.lsp.positions import Span, on_line
from scenarios.view import Part

Sort = Literal["section", "opening", "fact", "list", "moment", "reply", "ending", "rule", "walk"]

_SECTIONS: Final[tuple[tuple[str, str, Sort], ...]] = (
    ("facts", "Facts", "fact"),
    ("openings", "Openings", "opening"),
    ("whenever", "Rules", "rule"),
    ("shared_replies", "Shared replies", "list"),
    ("moments", "Moments", "moment"),
    ("endings", "Endings", "ending"),
    ("walks", "Walks", "walk"),
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One line of the outline. `span` is all of it, `name_span` what is selected when one goes there."""

    name: str
    sort: Sort
    detail: str
    span: Span
    name_span: Span
    children: tuple[Symbol, ...] = ()


def outline(look: Look) -> list[Symbol]:
    """The outline in file order; what could not be read is left out."""
    root = look.view.root
    writer = _Outline(look.document.lines)
    starts = sorted((spot.key_line, spot.key_column) for spot in (root.spot.inside or {}).values())
    found = []
    for key, title, sort in _SECTIONS:
        if key in root.data and root.spot.inside and key in root.spot.inside:
            spot = root.spot.inside[key]
            end = writer.before(_following(starts, (spot.key_line, spot.key_column)))
            found.append(writer.section(root, key, title, sort, end))
    return sorted(found, key=lambda symbol: symbol.span)


def _following(starts: Sequence[tuple[int, int]], own: tuple[int, int]) -> tuple[int, int] | None:
    return next((start for start in starts if start > own), None)


class _Outline:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def before(self, start: tuple[int, int] | None, least: tuple[int, int] = (1, 1)) -> tuple[int, int]:
        """The end of the last line with words before a place (None: the end of the file), not above another."""
        if start is not None and start[0] == least[0]:
            return start
        row = len(self.lines) if start is None else start[0] - 1
        while row > least[0] and (
            not self.lines[row - 1].strip() or self.lines[row - 1].lstrip().startswith("#")
        ):
            row -= 1
        return row, len(self.lines[row - 1]) + 1

    def section(self, root: Part, key: str, title: str, sort: Sort, end: tuple[int, int]) -> Symbol:
        spot = root.at(key)
        children = tuple(self.entries(root, key, sort, end))
        start = (spot.key_line, spot.key_column)
        return self.symbol(title, "section", str(len(children)), start, end, len(key), children)

    def entries(self, parent: Part, key: str, sort: Sort, end: tuple[int, int]) -> Iterator[Symbol]:
        spot = parent.at(key)
        data = parent.data.get(key)
        named = isinstance(data, dict)
        if not isinstance(data, dict | list) or not spot.inside:
            return
        places: list[tuple[Any, Spot]] = list(spot.inside.items())
        starts = [(s.key_line, s.key_column) if named else (s.line, s.column) for _, s in places]
        for (name, inner), start, stop in zip(places, starts, [*starts[1:], None], strict=True):
            value = data.get(name) if isinstance(data, dict) else data[name]
            last = end if stop is None else self.before(stop, start)
            part = Part((*parent.path, key, name), value, inner) if isinstance(value, dict) else None
            yield self.entry(sort, name, part, start, last, parent)

    def entry(
        self,
        sort: Sort,
        name: Any,
        part: Part | None,
        start: tuple[int, int],
        end: tuple[int, int],
        parent: Part,
    ) -> Symbol:
        children: tuple[Symbol, ...] = ()
        if sort == "moment" and part is not None and part.spot.inside and "replies" in part.spot.inside:
            keys = sorted((spot.key_line, spot.key_column) for spot in part.spot.inside.values())
            own = part.spot.inside["replies"]
            after = _following(keys, (own.key_line, own.key_column))
            last = end if after is None else self.before(after, start)
            children = tuple(self.entries(part, "replies", "reply", last))
        elif sort == "list":
            section = parent.part("shared_replies")
            children = tuple(self.entries(section, name, "reply", end)) if section is not None else ()
        label, detail = _label(sort, name, part)
        length = len(label) if isinstance(name, str) else 1
        return self.symbol(label, sort, detail, start, end, length, children)

    def symbol(
        self,
        name: str,
        sort: Sort,
        detail: str,
        start: tuple[int, int],
        end: tuple[int, int],
        length: int,
        children: tuple[Symbol, ...],
    ) -> Symbol:
        end = max(end, start, *((child.span.end_line, child.span.end_column) for child in children))
        line = self.lines[start[0] - 1] if start[0] <= len(self.lines) else ""
        column = min(start[1] + length, len(line) + 1)
        if start[0] == end[0]:
            column = min(column, end[1])
        chosen = on_line(start[0], start[1], max(column - start[1], 0))
        return Symbol(name or "?", sort, detail, Span(*start, *end), chosen, children)


def _label(sort: Sort, name: Any, part: Part | None) -> tuple[str, str]:
    """The name and the few words of one line."""
    if part is None:
        return str(name), ""
    if sort == "moment":
        return str(name), moment_line(part)
    if sort == "fact":
        return str(name), fact_line(part)
    if sort == "reply":
        return part.id or "reply without an id", first_line(part.get("say", str) or part.get("do", str) or "")
    if sort == "ending":
        return str(name), part.get("outcome", str) or ""
    if sort == "opening":
        return str(name), part.get("moment", str) or ""
    if sort == "rule":
        return f"{part.get('when', str) or '…'} → {part.get('to', str) or '…'}", ""
    if sort == "walk":
        return part.get("name", str) or f"walk {int(name) + 1}", part.get("ends", str) or ""
    return str(name), ""
