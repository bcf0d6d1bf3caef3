"""The last lines of a page: the few keys that matter most here, help first; clicks work too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from rich.cells import cell_len
from textual.app import RenderResult
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from simulator.tui.words import joined, plain

MOST: Final = 7
_GAP: Final = 3
FIRST: Final = "app.help"
LAST: Final = ".aftercare"


def rows_of(shown: Iterable[tuple[str, str]], width: int, most_rows: int) -> list[list[tuple[str, str]]]:
    """Key and words, laid out in rows of `width` cells: in order, whole, until the rows are full."""
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0
    for key, words in shown:
        size = cell_len(f"{key} {words}")
        gap = _GAP if rows[-1] else 0
        if used + gap + size > width:
            if len(rows) == most_rows or not rows[-1]:
                break
            rows.append([])
            used, gap = 0, 0
        rows[-1].append((key, words))
        used += gap + size
    return rows


class KeyBar(Widget):
    """The keys of this page, from its live bindings."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: auto; max-height: 2; padding: 0 2; color: $quiet; background: $background;
    }
    """
    keys: reactive[tuple[tuple[str, str, str], ...]] = reactive((), layout=True)

    def __init__(self) -> None:
        super().__init__()
        self.auto_links = False

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._look)
        self._look(self.screen)

    def _look(self, _: Screen[object]) -> None:
        found: dict[str, tuple[str, str, str]] = {}
        for active in self.screen.active_bindings.values():
            binding: Binding = active.binding
            if binding.show and binding.id and active.enabled and binding.id not in found:
                key = self.app.get_key_display(binding)
                space = (
                    "app"
                    if active.node is self.app
                    else "screen"
                    if active.node is self.screen
                    else "focused"
                )
                found[binding.id] = (key, binding.description, f"{space}.{binding.action}")
        help_first = sorted(found, key=lambda each: (each != FIRST, each.endswith(LAST)))
        # the same command under a second key is in the help, not here
        once = {found[each][1]: found[each] for each in reversed(help_first)}
        self.keys = tuple(found[each] for each in help_first if once[found[each][1]] is found[each])[:MOST]

    def _rows(self, width: int) -> list[list[tuple[str, str]]]:
        return rows_of(
            [(key, words) for key, words, _ in self.keys],
            max(width, 1),
            1 if width >= 76 or self.app.size.height < 20 else 2,
        )

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        return max(len(self._rows(width)), 1)

    def render(self) -> RenderResult:
        actions = {(key, words): action for key, words, action in self.keys}
        lines = []
        for row in self._rows(self.content_size.width):
            pieces = []
            for key, words in row:
                click = Style.from_meta({"@click": actions[key, words]})
                one = joined(plain(key, "bold $ink"), plain(f" {words}", "$quiet"))
                pieces.append(one.stylize(click))
            lines.append(Content(" " * _GAP).join(pieces))
        return Content("\n").join(lines)
