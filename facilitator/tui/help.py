"""Help in the review app: the page it was asked from, its keys, and a few words about reviewing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from textual.widgets.option_list import Option

from simulator.tui.screens.help import HelpPage
from simulator.tui.widgets.blocks import Block
from simulator.tui.words import plain

ABOUT: Final = Path(__file__).with_name("help.md")


class ReviewHelp(HelpPage):
    """What help tells trainees is left out; what facilitators want to know stands instead."""

    CSS_PATH = "../../simulator/tui/screens/reading.tcss"

    def _blocks(self) -> list[Option]:
        blocks = super()._blocks()[: bool(self._purpose) + 1 + len(self._keys)]
        for paragraph in ABOUT.read_text(encoding="utf-8").split("\n\n"):
            words = " ".join(paragraph.split())
            heading = words.startswith("#")
            block = Block(
                plain(words.lstrip("# "), "bold $person" if heading else ""), above=1 if heading else 0
            )
            blocks.append(Option(block))
        return blocks
