"""The picture of a group over one scene, as blocks to read: what the `cohort` subcommand tells."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from facilitator.tui.lists import OpenedPage
from facilitator.tui.pick import PickPage
from facilitator.tui.rows import block
from simulator.errors import SimulatorError
from simulator.tui.widgets.blocks import Block
from simulator.tui.words import joined, plain, stacked

if TYPE_CHECKING:
    from facilitator.cohort_view import View
    from facilitator.cohort_words import Words
    from facilitator.room import Room
    from facilitator.tui.app import ReviewApp

SceneWords = Callable[[str], "Words"]


def group_picture(desk: ReviewApp, group: str | None) -> None:
    """Ask for a scene, then show its picture; of one group only where the table shows that one."""

    def chosen(scenario: str | None) -> None:
        if scenario:
            desk.run_worker(_show(desk, scenario, group), exclusive=True, group="picture")

    question = "The group picture of which scene?" + (f" Of the group “{group}” alone." if group else "")
    desk.push_screen(PickPage(question, lambda typed: _fitting(desk.room, typed)), chosen)


def _fitting(room: Room, typed: str) -> list[tuple[str, str]]:
    return [(name, name) for name in room.scenarios() if typed.strip().casefold() in name]


async def _show(desk: ReviewApp, scenario: str, group: str | None) -> None:
    try:
        made = await asyncio.to_thread(picture, desk.room, scenario, group, desk.scene_words)
    except SimulatorError as error:
        desk.failed(error)
        return
    await desk.push_screen(OpenedPage("The group picture", blocks(made)))
    desk.mind_the_size()


def picture(room: Room, scenario: str, group: str | None, words: SceneWords | None) -> View:
    """The picture, with whatever rests on fewer than five people left out; that it was looked at is on the trail."""
    from facilitator.cohort import gather
    from facilitator.cohort_command import LOOKED
    from facilitator.cohort_view import scene_view
    from facilitator.cohort_words import Words
    from facilitator.rows import CohortFilter

    scenes = gather(room.pictures(CohortFilter(scenario=scenario)))
    room.noted(LOOKED)
    if scenario not in scenes:
        raise SimulatorError("Nobody has played that scene to an end yet.", "Choose another.")
    known = Words() if words is None else words(scenario)
    return scene_view(scenes[scenario], CohortFilter(scenario, group=group), None, known)


def blocks(view: View) -> Iterator[Block]:
    """A picture from its title to its notes, as wide as the window is."""
    from facilitator.cohort_view import INSET

    yield block(view.title, stacked([plain(sentence) for sentence in view.lead]), above=0)
    for table in view.tables:
        lines = [plain(table.note, "$quiet")] if table.note else []
        for line in table.lines:
            inset = "  " if line.name.startswith(INSET) else ""
            lines.append(joined(plain(f"{inset}{line.name.strip()}: "), plain(", ".join(line.cells), "bold")))
        yield block(table.title, stacked(lines))
    for note in view.notes:
        yield Block(plain(note, "$quiet"), above=1)
