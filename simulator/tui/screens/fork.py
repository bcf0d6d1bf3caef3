"""A fork: any turn can be taken again; afterwards both roads stand side by side."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content

from simulator.tui.screens.part import ReadPage, Row, onward, part
from simulator.tui.telling import again_from, lines, yours
from simulator.tui.walk import following
from simulator.tui.widgets.blocks import Block
from simulator.tui.widgets.pair import Pair
from simulator.tui.words import joined, plain, spoken

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.shown_debrief import Roads, RoadTurn
    from simulator.told import Part

AGAIN: Final = (
    "You can take any moment again, as often as you like. What you did before is kept, and nothing is lost "
    "by trying."
)
LEFT_OFF: Final = "This road was left before its end."
OVER: Final = "This road had ended by then."


class ForkPage(ReadPage):
    """The roads where there are two, then every turn that can be taken again. `then`: where it goes on."""

    PART: ClassVar[Part] = "fork"
    HELP = (
        "Choose a turn, and take the scene again from there; afterwards both roads stand side by side here. "
        "Enter or t on a turn takes it again. ctrl+s goes on without."
    )

    def __init__(self, session: Session, then: Part | None = None) -> None:
        super().__init__(session)
        self._then = then or following(self.PART)

    def begin(self) -> None:
        self.set_class(self.session.roads() is not None, "-two-roads")
        super().begin()
        if self.session.roads() is None:
            self.listed.highlighted = 1

    def done(self) -> None:
        self.ward.look_on(self.session, self._then)

    def _on(self) -> Row:
        words = onward(self._then, self.session.person)
        return Row(Block(plain(words, "$you"), marker=plain("→", "bold $you"), hang=2, above=1), self.done)

    def made(self) -> Iterator[Row]:
        debrief, roads = self.session.debrief(), self.session.roads()
        if roads is not None:
            yield from self._roads(roads)
        yield Row(part("Take a moment again", AGAIN, above=int(roads is not None)))
        tries = {thing.turn: thing.instead for thing in debrief.feedback if thing.instead}
        for turn in debrief.turns:
            told = [("You", yours(turn.kind, turn.reply_text))]
            suggested = tries.get(turn.turn)
            if suggested and again_from(debrief, debrief.first[turn.turn - 1]):
                told.append(("You could try", plain(suggested)))
            block = Block(lines(told), marker=plain(f"Turn {turn.turn}", "bold $you"), hang=9)
            yield Row(block, self.action_again, turn=turn.turn)

    # two roads

    def _roads(self, roads: Roads) -> Iterator[Row]:
        heading = f"Two roads from turn {roads.from_turn}"
        takes = (f"Take {roads.left_take}", f"Take {roads.right_take}")
        yield Row(part(heading, "The same beginning, then what each of them did.", above=0))
        for step in roads.steps:
            left = self._side(takes[0], step.turn, step.left)
            right = self._side(takes[1], step.turn, step.right)
            number = step.turn
            here = step.right is not None
            there = roads.left_take == 1 and step.left is not None
            opens = partial(self._open, number) if here or there else None
            yield Row(Pair(left, right, above=1), opens, turn=number if here else None)
        endings = [
            joined(
                plain(f"{name} ended so", "bold $person"),
                plain("\n"),
                spoken(text) if text else plain(LEFT_OFF, "$quiet"),
            )
            for name, text in zip(takes, (roads.left_ending, roads.right_ending), strict=True)
        ]
        yield Row(Pair(endings[0], endings[1], above=1))

    def _side(self, take: str, number: int, turn: RoadTurn | None) -> Content:
        heading = plain(f"{take}, turn {number}", "bold $you")
        if turn is None:
            return joined(heading, plain(f"\n{OVER}", "$quiet"))
        person = self.session.person
        told = [(person, spoken(turn.said)), ("You", yours(turn.kind, turn.reply_text))]
        if turn.reaction:
            told.append((person, spoken(turn.reaction)))
        after = f"tension {turn.tension}, trust {turn.trust}, felt safety {turn.safety}"
        told.append(("After it", plain(after)))
        return joined(heading, plain("\n"), lines(told))

    def _open(self, turn: int) -> None:
        from simulator.tui.screens.opened import TurnsPage

        debrief = self.session.debrief()
        groups = [("On this road", False, (turn,))] if turn <= len(debrief.turns) else []
        roads = self.session.roads()
        if roads is not None and roads.left_take == 1 and turn <= len(debrief.first):
            groups.insert(0, ("On the first road", True, (turn,)))
        self.ward.push_screen(TurnsPage(self.session, f"Turn {turn}", groups))
