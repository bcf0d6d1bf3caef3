"""The picture of a group, as blocks to read: one scene through the closed list of filters, or every scene over time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from facilitator.rows import CohortFilter
from facilitator.tui.lists import Listing
from facilitator.tui.pick import PickPage
from facilitator.tui.rows import Line, block
from simulator.errors import SimulatorError
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import joined, plain, stacked

if TYPE_CHECKING:
    from facilitator.cohort import By, Scene
    from facilitator.cohort_view import Line as Told
    from facilitator.cohort_view import View
    from facilitator.cohort_words import Words
    from facilitator.room import Room
    from facilitator.tui.app import ReviewApp

SceneWords = Callable[[str], "Words"]
OVER_TIME: Final = ""
"""What is chosen instead of a scene."""
_BYS: Final[Mapping[By, str]] = {
    "opening": "opening",
    "cast": "who was met",
    "group": "group",
    "quarter": "calendar quarter",
}
_ALL: Final = "all of them"
_LEAVE: Final = Choice("leave", "Leave it as it is")


def group_picture(desk: ReviewApp, group: str | None) -> None:
    """Ask for a scene, then show its picture; of one group only where the table shows that one."""

    def chosen(scenario: str | None) -> None:
        if scenario is not None:
            desk.run_worker(_show(desk, scenario, group), exclusive=True, group="picture")

    question = "The group picture of which scene?" + (f" Of the group “{group}” alone." if group else "")
    desk.push_screen(PickPage(question, lambda typed: _fitting(desk.room, typed)), chosen)


def _fitting(room: Room, typed: str) -> list[tuple[str, str]]:
    asked = typed.strip().casefold()
    found = [(name, name) for name in room.scenarios() if asked in name]
    return found if asked else [*found, (OVER_TIME, "every scene, over time")]


async def _show(desk: ReviewApp, scenario: str, group: str | None) -> None:
    try:
        page = await asyncio.to_thread(_page, desk, scenario or None, group)
    except SimulatorError as error:
        desk.failed(error)
        return
    if desk.mind_the_lock():
        return
    await desk.push_screen(page)
    desk.mind_the_size()


def _page(desk: ReviewApp, scenario: str | None, group: str | None) -> GroupPage:
    """The page with everything it can show; that it was looked at is on the trail."""
    from facilitator.cohort import Scene, gather
    from facilitator.cohort_command import LOOKED
    from facilitator.cohort_words import Words

    scenes = gather(desk.room.first_pictures(scenario))
    desk.room.noted(LOOKED)
    if scenario is not None:
        # a scene that nobody shared is told as one that too few did
        scenes.setdefault(scenario, Scene(scenario, ()))
    said = {name: Words() if desk.scene_words is None else desk.scene_words(name) for name in scenes}
    return GroupPage(scenes, said, CohortFilter(scenario, group=group))


class GroupPage(Listing):
    """What may be told of a group. Whatever rests on fewer than five people is left out."""

    HELP = (
        "How it went for many people, never for one. f narrows one scene by opening, by who was met, by group or by "
        "calendar quarter, and every scene over time by group; b sets the values of one of these side by side."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "narrow", "narrow", id="group.narrow", tooltip="Only some of them"),
        Binding("b", "beside", "side by side", id="group.beside", tooltip="A line for each value of something"),
        Binding("escape,q", "back", "back", key_display="esc", id="group.back", tooltip="Back to the table"),
    ]  # fmt: skip

    def __init__(self, scenes: Mapping[str, Scene], words: Mapping[str, Words], which: CohortFilter) -> None:
        super().__init__()
        self._scenes, self._words = scenes, words
        self.which = which
        self.by: By | None = None

    def compose(self) -> ComposeResult:
        yield Title("The group picture")
        with Vertical(id="left"):
            yield Blocks(id="told")
        yield KeyBar()

    def on_mount(self) -> None:
        self.look()

    @work(exclusive=True, group="looking")
    async def look(self) -> None:
        """Show the picture as it is narrowed now; of ten thousand it takes a moment to work out."""
        view = await asyncio.to_thread(self._view)
        self.lay([Line(each) for each in blocks(view)], stay=False)

    def _view(self) -> View:
        from facilitator.cohort_group import over_time
        from facilitator.cohort_view import group_view, scene_view

        which = self.which
        if which.scenario is None:
            return group_view(self._scenes, over_time(self._scenes, which.group), which.group, self._words)
        return scene_view(self._scenes[which.scenario], which, self.by, self._words[which.scenario])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "beside" or self.which.scenario is not None

    def action_narrow(self) -> None:
        """Ask for one way of narrowing, then for its value."""
        if self.which.scenario is None:
            self._ask_value("group")
            return
        choices = [Choice(by, f"{name.capitalize()}: {self._said(by)}") for by, name in _BYS.items()]
        self.app.push_screen(AskPage("Narrow by what?", "", [*choices, _LEAVE]), self._ask_value)

    def _ask_value(self, by: str | None) -> None:
        if by is None or by not in _BYS:
            return
        values = sorted({value for scene in self._scenes.values() for value in scene.values[_by(by)]})
        found = [(str(place), self._called(by, value)) for place, value in enumerate(values, start=1)]

        def fitting(typed: str) -> list[tuple[str, str]]:
            asked = typed.strip().casefold()
            return [each for each in (("", _ALL), *found) if asked in each[1].casefold()]

        def chosen(place: str | None) -> None:
            if place is not None:
                change: dict[str, Any] = {by: values[int(place) - 1] if place else None}
                self.which = replace(self.which, **change)
                self.look()

        self.app.push_screen(PickPage(f"Only which {_BYS[_by(by)]}?", fitting), chosen)

    def action_beside(self) -> None:
        """Ask what is to be set side by side."""
        choices = [Choice(by, name.capitalize()) for by, name in _BYS.items()]

        def chosen(by: str | None) -> None:
            if by is not None and by != _LEAVE.id:
                self.by = None if by == "none" else _by(by)
                self.look()

        together = Choice("none", "Everybody together")
        asked = AskPage("Side by side, by what?", "", [*choices, together, _LEAVE])
        self.app.push_screen(asked, chosen)

    def _said(self, by: By) -> str:
        value = getattr(self.which, by)
        return _ALL if value is None else self._called(by, value)

    def _called(self, by: str, value: str | int) -> str:
        if by == "cast":
            return self._words[self.which.scenario or ""].cast(int(value))
        return str(value) or "in no group"

    def action_back(self) -> None:
        self.dismiss()


def _by(name: str) -> By:
    return next(by for by in _BYS if by == name)


def blocks(view: View) -> Iterator[Block]:
    """A picture from its title to its notes, as wide as the window is."""
    yield block(view.title, stacked([plain(sentence) for sentence in view.lead]), above=0)
    for table in view.tables:
        lines = [plain(table.note, "$quiet")] if table.note else []
        lines += [
            joined(plain(f"{_inset(line)}{line.name.strip()}: "), plain(_cells(table.head, line), "bold"))
            for line in table.lines
        ]
        yield block(table.title, stacked(lines))
    for note in view.notes:
        yield Block(plain(note, "$quiet"), above=1)


def _inset(line: Told) -> str:
    from facilitator.cohort_view import INSET

    return "  " if line.name.startswith(INSET) else ""


def _cells(head: tuple[str, ...], line: Told) -> str:
    """What stands in a row; where there are several columns, each after its name."""
    if len(line.cells) == 1:
        return line.cells[0]
    return "; ".join(f"{name} {cell}" for name, cell in zip(head[1:], line.cells, strict=True))
