"""The panes of the desk: the replies with their ids, the problems, and the outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from scenarios.problems import Problem
from simulator.shown import Now
from simulator.tui.preview.desk import Stop
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.replies import GO_ON, Replies
from simulator.tui.words import joined, plain

MOST_IN_LIST: Final = 140
OVER: Final = "The scene ends here. Enter begins it again; u takes the last turn back."
_HANG: Final = 3


class DeskReplies(Replies):
    """The replies as trainees see them, and behind each its id, quietly, where the author wants to see it."""

    def show_all(self, now: Now, ids: bool) -> None:
        """The replies of this moment."""
        self.show(now)
        for place, reply in enumerate(self._ids):
            option = self.get_option_at_index(place)
            block = option.prompt
            assert isinstance(block, Block)
            if reply == GO_ON:
                self.replace_option_prompt_at_index(place, Block(plain(OVER), hang=_HANG))
            elif ids:
                body = joined(block.body, plain(f"  {reply}", "$quiet"))
                self.replace_option_prompt_at_index(place, Block(body, marker=block.marker, hang=block.hang))


class Problems(Blocks):
    """Every problem, most useful first. It posts which was asked about and decides nothing."""

    @dataclass
    class Asked(Message):
        """A problem was chosen."""

        problem: Problem

    def __init__(self) -> None:
        super().__init__(id="problems")
        self._shown: tuple[Problem, ...] = ()

    def show(self, problems: Sequence[Problem]) -> None:
        """These problems; a cursor that is being used stays on the same one, else it is on the most useful."""
        if tuple(problems) == self._shown:
            return
        kept = self._shown[self.highlighted] if self.highlighted is not None and self._shown else None
        place = self.highlighted or 0
        self._shown = tuple(problems)
        self.set_options([Option(_problem(problem)) for problem in problems])
        if self._shown:
            found = [at for at, problem in enumerate(self._shown) if kept and _same(problem, kept)]
            stay = found[0] if found else min(place, len(self._shown) - 1)
            self.highlighted = stay if self.has_focus else 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Asked(self._shown[event.option_index]))


def _same(one: Problem, other: Problem) -> bool:
    return (one.code, one.message) == (other.code, other.message)


def where(problem: Problem) -> str:
    """`12:5  error  stuck`: an error is told by its word, not by colour alone."""
    return f"{problem.line}:{problem.column}  {problem.severity}  {problem.code}"


def _problem(problem: Problem) -> Block:
    message = problem.message
    message = message if len(message) <= MOST_IN_LIST else f"{message[:MOST_IN_LIST]}…"
    colour = "bold $person" if problem.severity == "error" else "$quiet"
    return Block(plain(message), label=plain(where(problem), colour), hang=2)


class Outline(Blocks):
    """Moments and endings: ▸ where the play stands, ● where it has been, ○ where it has not."""

    @dataclass
    class Asked(Message):
        """A moment or ending was chosen, by its name."""

        name: str

    def __init__(self) -> None:
        super().__init__(id="outline")
        self._stops: tuple[Stop, ...] = ()

    def show(self, stops: Sequence[Stop]) -> None:
        """These moments and endings: only what has changed is drawn anew, unless other names came or went."""
        before, self._stops = self._stops, tuple(stops)
        if [stop.name for stop in before] != [stop.name for stop in stops]:
            self.set_options([Option(_stop(stop)) for stop in stops])
        else:
            for place, (old, new) in enumerate(zip(before, stops, strict=True)):
                if old != new:
                    self.replace_option_prompt_at_index(place, _stop(new))
        if not self.has_focus:
            here = [place for place, stop in enumerate(stops) if stop.here]
            self.highlighted = here[0] if here else None

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Asked(self._stops[event.option_index].name))


def _stop(stop: Stop) -> Block:
    mark = "▸" if stop.here else "●" if stop.visited else "○"
    notes = [note for note in (stop.outcome, stop.note) if note]
    name: Content = plain(stop.name, "bold" if stop.here else "")
    body = joined(name, plain("".join(f" · {note}" for note in notes), "$quiet"))
    return Block(body, marker=plain(mark, "bold $you" if stop.here else "$you"), hang=2)
