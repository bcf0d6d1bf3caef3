"""The real chooser on a shelf of so many scenarios, ended as soon as the shelf is on screen."""

from __future__ import annotations

import sys
from pathlib import Path

from scenarios.shelf import Shelf, glance
from simulator.practice import open_practice
from simulator.tui.app import TraineeApp
from simulator.tui.widgets.blocks import Blocks


class UntilPainted(TraineeApp):
    """Leaves once the list shows the shelf."""

    def on_mount(self) -> None:
        super().on_mount()
        self.set_interval(0.005, self._look)

    def _look(self) -> None:
        found = self.screen.query(Blocks)
        if found and found.first().option_count:
            self.exit()


def shelf(folder: str) -> Shelf:
    """The library and a folder, from their indexes."""
    return glance([Path(folder)], Path(folder) / "index.json")


if __name__ == "__main__":
    practice = open_practice(None, None, "none")
    UntilPainted(practice, shelf=lambda: shelf(sys.argv[1])).run()
