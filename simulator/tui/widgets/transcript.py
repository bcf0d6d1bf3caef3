"""The conversation as it grows: the person's words, what is seen, the trainee's own; drawn where in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets.option_list import Option

from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.words import plain, seen, spoken

if TYPE_CHECKING:
    from simulator.shown import Line

_YOURS: Final = frozenset({"trainee", "deed", "quiet"})
_THEIRS: Final = frozenset({"person", "cue"})
_INDENT: Final = 2
_ACROSS: Final = 6


def block(line: Line, person: str, before: Line | None) -> Block:
    """One line of the conversation; who speaks is named only where that changes."""
    last = before.kind if before else ""
    if line.kind in _THEIRS:
        goes_on = last in _THEIRS
        label = None if goes_on else plain(person, "bold $person")
        body = seen(line.text) if line.kind == "cue" else spoken(line.text)
        return Block(body, label=label, hang=_INDENT, above=0 if goes_on and line.kind == "cue" else 1)
    if line.kind in _YOURS:
        body = plain(line.text, "$you") if line.kind == "trainee" else seen(line.text)
        return Block(body, label=plain("You", "bold $you"), left=_ACROSS, hang=_INDENT, above=1)
    mark = {"reach": "–", "take": "↺"}.get(line.kind, "·")
    return Block(plain(line.text, "$quiet"), marker=plain(mark, "$quiet"), hang=_INDENT, above=1)


class Transcript(Blocks):
    """All that was shown on the way to here. The cursor stops at what the trainee said or did."""

    @dataclass
    class AgainAsked(Message):
        """The trainee asked to take it again from this turn."""

        turn: int

    @dataclass
    class Left(Message):
        """The trainee went back to the replies."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t,enter",
            "again",
            "take it again from here",
            id="transcript.again",
            key_display="t",
            tooltip="Go back to before this reply and choose anew; what you did before is not lost",
        ),
        Binding(
            "escape",
            "leave",
            "back to the replies",
            id="transcript.leave",
            key_display="esc",
            tooltip="Back to the replies",
        ),
    ]

    def __init__(self, person: str, id: str = "transcript") -> None:
        super().__init__(id=id)
        self.person = person
        self._shown: list[Line] = []
        self._fresh = 0

    def sync(self, lines: Sequence[Line]) -> None:
        """Show these lines: only what is new is added, unless the way to here has changed."""
        known = len(self._shown)
        if known > len(lines) or (
            known and (lines[known - 1] != self._shown[-1] or lines[0] != self._shown[0])
        ):
            self.clear_options()
            self._shown = []
            known = 0
        self._fresh = known or next((i for i, line in enumerate(lines) if line.turn == lines[-1].turn), 0)
        fresh = []
        for line in lines[known:]:
            before = self._shown[-1] if self._shown else None
            fresh.append(Option(block(line, self.person, before), disabled=line.kind not in _YOURS))
            self._shown.append(line)
        if fresh:
            self.add_options(fresh)
        self.call_after_refresh(self.to_newest)

    def to_newest(self) -> None:
        """Show what is new: all of it where there is room, from its beginning where there is not."""
        self._update_lines()
        top = self._index_to_line.get(self._fresh, 0)
        self.scroll_to(y=min(top, self.max_scroll_y), animate=False, immediate=True, force=True)

    def on_resize(self) -> None:
        if not self.has_focus:
            self.call_after_refresh(self.to_newest)

    @property
    def turn(self) -> int | None:
        """The turn that the cursor is on."""
        place = self.highlighted
        return self._shown[place].turn if place is not None and self._shown[place].kind in _YOURS else None

    def go_in(self) -> bool:
        """Put the cursor on the latest reply. False where nothing has been said yet."""
        if not any(line.kind in _YOURS for line in self._shown):
            return False
        self.action_last()
        self.focus()
        return True

    def action_again(self) -> None:
        if self.turn is not None:
            self.post_message(self.AgainAsked(self.turn))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def on_blur(self) -> None:
        self.highlighted = None
        self.to_newest()
