"""Help: what this page is for, every key that works on it now, and a few words about the whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets.option_list import Option

from simulator.tui.base import Page
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import plain

ABOUT: Final = Path(__file__).with_name("help.md")
_KEYS: Final = 12


def keys_of(screen: Screen[Any]) -> list[tuple[str, str]]:
    """Every key that works on a page now, with what it does; a command once, however many keys it has."""
    known: dict[str, tuple[list[str], str]] = {}
    order = {screen: 0, screen.app: 2}
    for active in sorted(screen.active_bindings.values(), key=lambda active: order.get(active.node, 1)):
        binding = active.binding
        if binding.id is None or binding.system or not active.enabled or not binding.tooltip:
            continue
        keys, _ = known.setdefault(binding.id, ([], binding.tooltip))
        shown = screen.app.get_key_display(binding)
        if shown not in keys:
            keys.append(shown)
    return [(" ".join(keys), tooltip) for keys, tooltip in known.values()]


class HelpPage(Page):
    """Help for the page it was asked from."""

    CSS_PATH = "reading.tcss"
    AUTO_FOCUS = "#help"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q", "close", "close", id="help.close", key_display="esc", tooltip="Back to where you were"
        ),
    ]

    def __init__(self, asked_from: Screen[Any]) -> None:
        super().__init__()
        self._keys = keys_of(asked_from)
        self._purpose = getattr(asked_from, "HELP", "")

    def compose(self) -> ComposeResult:
        yield Title("Help")
        with Vertical(id="page"):
            yield Blocks(*self._blocks(), id="help")
        yield KeyBar()

    def _blocks(self) -> list[Option]:
        blocks = [Block(plain(self._purpose), above=0)] if self._purpose else []
        blocks.append(Block(plain("Keys that work there", "bold $person"), above=1))
        blocks += [
            Block(plain(words), marker=plain(key, "bold $you"), hang=_KEYS) for key, words in self._keys
        ]
        for paragraph in ABOUT.read_text(encoding="utf-8").split("\n\n"):
            words = paragraph.strip()
            if words.startswith("#"):
                blocks.append(Block(plain(words.lstrip("# "), "bold $person"), above=1))
            elif words:
                blocks.append(Block(plain(" ".join(words.split())), above=0))
        return [Option(block) for block in blocks]

    def action_close(self) -> None:
        self.dismiss()
