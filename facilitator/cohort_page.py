"""A group picture as one HTML page: the tables with bars, and the map of the scene with people's shares on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from facilitator.cohort_view import INSET, View
from facilitator.page import drawn, html
from scenarios.drawing_svg import STYLE, svg
from scenarios.markup import element

if TYPE_CHECKING:
    from markupsafe import Markup

    from scenarios.graph import Map

_WIDE: Final = 100


def page(view: View, plan: Map | None) -> str:
    """The page; with a map where the scene is on this computer."""
    return html(
        "cohort.html",
        ["cohort.css"],
        more_style=STYLE.read_text(encoding="utf-8") if plan is not None else "",
        view=view,
        map=None if plan is None else drawn(svg(plan, alone=False)),
        bar=bar,
        inset=INSET,
    )


def bar(share: int | None) -> Markup | str:
    """A share as a bar; the figure stands beside it, so it is not told twice."""
    if share is None:
        return ""
    return drawn(
        element(
            "svg",
            element("rect", class_="all", width=_WIDE, height=8, rx=4),
            element("rect", class_="part", width=share, height=8, rx=4) if share else None,
            class_="bar",
            viewBox=f"0 0 {_WIDE} 8",
            preserveAspectRatio="xMinYMid",
            aria_hidden="true",
        )
    )
