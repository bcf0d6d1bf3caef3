"""What the preview's tests share: a real file, real saves, and a proof that ends when a test says so."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from textual.pilot import Pilot

from scenarios.explore import Explored, explore
from scenarios.load import Loaded
from scenarios.proving import BrokenOff
from simulator.tui.preview.app import PreviewApp
from simulator.tui.preview.desk import Desk
from simulator.tui.preview.page import DeskPage
from simulator.tui.widgets.blocks import Blocks
from tests.simulator.tui.stage import CEILING_S, TEA, Ticking, frame, wait_for

TEXT = TEA.read_text(encoding="utf-8")


@dataclass
class HeldProof:
    """Tries every play here, once it is let go; stopped, it is broken off."""

    loaded: Loaded
    go: Event
    stopped: bool = False
    _ended: Event = field(default_factory=Event)

    def explored(self) -> Explored:
        self.go.wait(CEILING_S)
        if self.stopped:
            self._ended.set()
            raise BrokenOff
        found = explore(self.loaded.scene)
        self._ended.set()
        return found

    def stop(self) -> None:
        self.stopped = True
        if not self.go.is_set() and not self._ended.is_set():
            self.go.set()


@dataclass
class Room:
    """A running preview of a file, and what moves it."""

    app: PreviewApp
    pilot: Pilot[int]
    path: Path
    proofs: list[HeldProof]

    @property
    def page(self) -> DeskPage:
        return self.app.page

    @property
    def desk(self) -> Desk:
        return self.app.desk

    async def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait for a condition, never for a time."""
        await wait_for(self.pilot, true, what)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def reply(self, reply: str) -> None:
        """Choose a reply by its number, as an author would."""
        replies = self.page.query_one("#replies")
        turn = self.desk.play.turn
        await self.press(str(replies._ids.index(reply) + 1))  # type: ignore[attr-defined]
        await self.until(lambda: self.desk.play.turn == turn + 1, reply)
        await self.pilot.pause()

    async def save(self, text: str) -> None:
        """Save the file, and wait until that very text has been read and judged."""
        self.path.write_text(text, encoding="utf-8")
        data = text.encode()
        before = self.app.judged

        def read() -> bool:
            reading = self.desk.reading
            return (
                self.app.judged > before
                and reading is not None
                and (reading.loaded is None or reading.loaded.data == data)
            )

        await self.until(read, "the save is read")
        await self.pilot.pause()

    async def spoil(self, text: str) -> None:
        """Save what is no scenario at all, and wait until it has been judged."""
        before = self.app.judged
        self.path.write_text(text, encoding="utf-8")
        await self.until(lambda: self.app.judged > before, "it is judged")

    async def prove(self) -> None:
        """Let every play be tried."""
        self.proofs[-1].go.set()
        await self.until(lambda: self.desk.proof == "done", "every play was tried")
        await self.pilot.pause()

    def in_front(self, kind: type[Any]) -> bool:
        """Whether the cursor is in a widget of this kind."""
        return isinstance(self.app.focused, kind)

    def text(self) -> str:
        """The whole screen as lines of text."""
        return frame(self.app)

    def said(self) -> str:
        """The line that tells what has just happened."""
        return str(self.page.query_one("#said").content)  # type: ignore[attr-defined]

    def listed(self, which: str) -> str:
        """The text of a list."""
        return self.page.query_one(which, Blocks).text()


@asynccontextmanager
async def room(
    folder: Path, text: str = TEXT, size: tuple[int, int] = (120, 40), shown: str = "tea.yaml", **more: Any
) -> AsyncIterator[Room]:
    """The preview of a file with this text, read and judged; its proof waits to be let go."""
    path = folder / "tea.yaml"
    path.write_text(text, encoding="utf-8")
    proofs: list[HeldProof] = []

    def proving(loaded: Loaded) -> HeldProof:
        proofs.append(HeldProof(loaded, Event()))
        return proofs[-1]

    app = PreviewApp(
        path,
        Desk(1, **more),
        shown=shown,
        proving=proving,
        clock=Ticking(),
        crash_folder=folder / "crashes",
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        made = Room(app, pilot, path, proofs)
        await made.until(lambda: app.judged or not app.is_running, "the file was read")
        await pilot.pause()
        yield made
