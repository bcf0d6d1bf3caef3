"""Long text as blocks: only what is in sight is drawn, it wraps anew at every width, and has a cursor."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

_ROOM = 16
_COLUMN = 36
_STACKED_HANG = 2


class Block(Visual):
    """A body with room above, a label on a line of its own, and a marker its lines hang from.

    `left` and the marker's width are in cells; where there is little room, both give way to the words.
    """

    def __init__(
        self,
        body: Content,
        *,
        label: Content | None = None,
        marker: Content | None = None,
        left: int = 0,
        hang: int = 0,
        above: int = 0,
    ) -> None:
        self.body = body
        self.label = label
        self.marker = marker
        self.left = left
        self.hang = hang
        self.above = above

    @property
    def plain(self) -> str:
        """All of its text."""
        label = f"{self.label.plain}\n" if self.label else ""
        marker = f"{self.marker.plain} " if self.marker else ""
        return f"{label}{marker}{self.body.plain}"

    def _room(self, width: int) -> tuple[int, int]:
        """The left margin and the hang that this width can afford."""
        if self._stacked(width):
            return 0, _STACKED_HANG
        left = self.left if width - self.left - self.hang >= _ROOM else 0
        return left, self.hang if self.marker or width - self.hang >= _ROOM else 0

    def _stacked(self, width: int) -> bool:
        """Whether a wide marker goes above its body rather than before it."""
        return self.marker is not None and self.hang > _STACKED_HANG * 2 and width - self.hang < _COLUMN

    def _heading(self, width: int) -> Content | None:
        return self.marker if self._stacked(width) else self.label

    def _body_width(self, width: int) -> int:
        left, hang = self._room(width)
        return max(width - left - hang, 2)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return self.left + self.hang + self.body.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        height = self.above + max(self.body.get_height(rules, self._body_width(width)), 1)
        heading = self._heading(width)
        if heading is not None:
            height += heading.get_height(rules, max(width - self._room(width)[0], 2))
        return height

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        left, hang = self._room(width)
        base = style.rich_style
        strips = [
            Strip.blank(width)
        ] * self.above  # without the row's colour: the cursor marks the words alone
        margin = [Strip.blank(left, base)] if left else []
        heading = self._heading(width)
        if heading is not None:
            for strip in heading.render_strips(max(width - left, 2), None, style, options):
                strips.append(Strip.join([*margin, strip]))
        lead = Strip.blank(hang, base)
        first = lead
        if self.marker is not None and heading is not self.marker:
            shown = self.marker.render_strips(max(hang, 1), 1, style, options)
            first = shown[0].adjust_cell_length(hang, base) if shown else lead
        body = self.body.render_strips(self._body_width(width), None, style, options) or [Strip.blank(0)]
        for place, strip in enumerate(body):
            strips.append(Strip.join([*margin, first if place == 0 else lead, strip]))
        return strips if height is None else strips[:height]


class Blocks(OptionList):
    """A list of blocks to read: the cursor reads on line by line where a block is taller than the window."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page_back", "page back", show=False, id="read.back", tooltip="One page back"),
        Binding("pagedown", "page_on", "page on", show=False, id="read.on", tooltip="One page on"),
    ]
    DEFAULT_CSS = """
    Blocks, Blocks:focus {
        border: none;
        padding: 0;
        background: $background;
        background-tint: $background 0%;
        scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $ink; }
        & > .option-list--option-highlighted { color: $ink; background: $background; text-style: none; }
    }
    Blocks:focus > .option-list--option-highlighted { background: $hold; text-style: bold; }
    """

    def __init__(
        self, *blocks: Option, id: str | None = None, classes: str | None = None, pages: str | None = None
    ) -> None:
        super().__init__(*blocks, id=id, classes=classes, markup=False)
        self._pages = pages

    def _get_option_render(self, option: Option, style: Style) -> list[Strip]:
        """As the list draws it, but the cursor marks the words alone, not the room above them."""
        strips = super()._get_option_render(option, style)
        above = option.prompt.above if isinstance(option.prompt, Block) else 0
        if not above:
            return strips
        base = self.get_visual_style("option-list--option").rich_style
        return [Strip.blank(strip.cell_length, base) for strip in strips[:above]] + strips[above:]

    def _paged(self) -> Widget:
        """What Page Up and Page Down move: this list, or the longer one on the page that `pages` selects."""
        return self.screen.query_one(self._pages) if self._pages else self

    def _update_lines(self) -> None:
        # At one column the framework's own measuring fails; a page says "too small" long before that is seen.
        if self.scrollable_content_region.width > 2:
            super()._update_lines()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return super().get_content_height(container, viewport, max(width, 4))

    def text(self) -> str:
        """Every block's text, for whoever wants to know what is on the page (tests do)."""
        shown = [option.prompt for option in self.options]
        return "\n".join(block.plain for block in shown if isinstance(block, Block))

    def action_page_back(self) -> None:
        self._paged().scroll_page_up(animate=False)

    def action_page_on(self) -> None:
        self._paged().scroll_page_down(animate=False)

    def _reads_on(self, step: int) -> bool:
        """Scroll a line within a block that does not fit the window, and say whether that was needed."""
        place = self.highlighted
        if place is None or place not in self._heights:
            return False
        top, height = self._index_to_line[place], self._heights[place]
        window = self.scrollable_content_region.height
        above, below = top < self.scroll_offset.y, top + height > self.scroll_offset.y + window
        if height <= window or not (below if step > 0 else above):
            return False
        self.scroll_relative(y=step, animate=False)
        return True

    def action_cursor_down(self) -> None:
        last = self.highlighted is not None and self.highlighted >= self._last_open()
        if self._reads_on(1) or (last and self._scroll_rest(1)):
            return
        if not last:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        first = self.highlighted is not None and self.highlighted <= self._first_open()
        if self._reads_on(-1) or (first and self._scroll_rest(-1)):
            return
        if not first:
            super().action_cursor_up()

    def _last_open(self) -> int:
        return max((place for place, option in enumerate(self.options) if not option.disabled), default=-1)

    def _first_open(self) -> int:
        return min((place for place, option in enumerate(self.options) if not option.disabled), default=0)

    def _scroll_rest(self, step: int) -> bool:
        self.scroll_relative(y=step, animate=False)
        return True
