"""The two themes, ward-dark and ward-light: quiet colours, every text at a contrast of 4.5 to 1 or more."""

from __future__ import annotations

from typing import Final

from textual.theme import Theme

DARK: Final = "ward-dark"
LIGHT: Final = "ward-light"


# What Textual calls its parts, by our name for the colour each is painted in.
_PARTS: Final = {
    "ink": (
        "text block-cursor-foreground block-cursor-blurred-foreground input-cursor-background "
        "input-selection-foreground button-foreground"
    ),
    "paper": (
        "block-cursor-blurred-background scrollbar-background scrollbar-background-hover "
        "scrollbar-background-active scrollbar-corner-color input-cursor-foreground"
    ),
    "quiet": "text-muted text-disabled foreground-muted foreground-disabled scrollbar-hover scrollbar-active",
    "you": "border",
    "line": "border-blurred scrollbar block-hover-background",
    "hold": "block-cursor-background input-selection-background",
}


def _theme(name: str, dark: bool, colours: dict[str, str]) -> Theme:
    """A theme from few colours: paper, ink, quiet, person, you, line, and hold (the row with the cursor)."""
    variables = {part: colours[colour] for colour, parts in _PARTS.items() for part in parts.split()}
    variables |= {colour: colours[colour] for colour in ("ink", "quiet", "person", "you", "line", "hold")}
    variables["block-cursor-text-style"] = "bold"
    return Theme(
        name=name,
        primary=colours["you"],
        secondary=colours["person"],
        warning=colours["person"],
        error=colours["person"],
        success=colours["you"],
        accent=colours["you"],
        foreground=colours["ink"],
        background=colours["paper"],
        surface=colours["paper"],
        panel=colours["paper"],
        dark=dark,
        variables=variables,
    )


THEMES: Final = (
    _theme(
        DARK,
        True,
        {
            "paper": "#1c1f24",
            "ink": "#dcd9d2",
            "quiet": "#a5a49e",
            "person": "#dcbb8c",
            "you": "#95c3ba",
            "line": "#3a4048",
            "hold": "#2e3741",
        },
    ),
    _theme(
        LIGHT,
        False,
        {
            "paper": "#f7f4ed",
            "ink": "#2b2e32",
            "quiet": "#5e615e",
            "person": "#78491a",
            "you": "#1d5f5a",
            "line": "#cdc7b9",
            "hold": "#e6dfce",
        },
    ),
)
