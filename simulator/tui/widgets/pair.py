"""Two texts beside each other where there is room, one after the other where there is not."""

from __future__ import annotations

from typing import Final

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from simulator.tui.widgets.blocks import Block
from simulator.tui.words import joined, plain

BESIDE: Final = 90
"""Cells from which two columns can be read with ease: a window of about a hundred."""
_GAP: Final = 4


class Pair(Block):
    """A left and a right text in one block."""

    def __init__(self, left: Content, right: Content, *, above: int = 0) -> None:
        super().__init__(joined(left, plain("\n\n"), right), above=above)
        self._left, self._right = left, right

    @staticmethod
    def _column(width: int) -> int:
        return (width - _GAP) // 2

    def get_height(self, rules: RulesMap, width: int) -> int:
        if width < BESIDE:
            return super().get_height(rules, width)
        column = self._column(width)
        return self.above + max(side.get_height(rules, column) for side in (self._left, self._right))

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        if width < BESIDE:
            return super().render_strips(width, height, style, options)
        column, base = self._column(width), style.rich_style
        left, right = (side.render_strips(column, None, style, options) for side in (self._left, self._right))
        strips = [Strip.blank(width)] * self.above
        for row in range(max(len(left), len(right))):
            first, second = (
                (side[row] if row < len(side) else Strip.blank(0)).adjust_cell_length(column, base)
                for side in (left, right)
            )
            strips.append(Strip.join([first, Strip.blank(_GAP, base), second]))
        return strips if height is None else strips[:height]
