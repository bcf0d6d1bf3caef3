"""The map of a scenario as a file: SVG, one HTML page, Mermaid or DOT. The same input gives the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from scenarios.drawing_code import dot, mermaid
from scenarios.drawing_page import page
from scenarios.drawing_svg import svg
from scenarios.graph import Plays, map_of, with_plays
from scenarios.markup import as_svg

if TYPE_CHECKING:
    from scenarios.explore import Explored
    from scenarios.load import Loaded

Suffix = Literal[".svg", ".html", ".mmd", ".dot"]


def draw(loaded: Loaded, explored: Explored | None, suffix: Suffix, plays: Plays | None = None) -> str:
    """The map as the text of a file with this suffix. With `explored`, what no play reaches is proved.

    `plays`: real ones, laid over it.
    """
    plan = map_of(loaded, explored)
    if plays is not None:
        plan = with_plays(plan, plays)
    match suffix:
        case ".svg":
            return as_svg(svg(plan))
        case ".html":
            return page(plan)
        case ".mmd":
            return mermaid(plan)
        case ".dot":
            return dot(plan)
