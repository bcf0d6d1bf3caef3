"""What the trainee can say or do now: numbered, chosen by number or arrows; quiet is one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.words import plain, seen

if TYPE_CHECKING:
    from simulator.shown import Now

SILENCE: Final = "silence"
GO_ON: Final = "go-on"
_HANG: Final = 3
_CELLS: Final = 20


class Replies(Blocks):
    """The replies offered now. It posts what was chosen and decides nothing."""

    @dataclass
    class Chosen(Message):
        """A reply was chosen, by its id."""

        reply: str

    BINDINGS: ClassVar[list[BindingType]] = [
        *[
            Binding(
                str(number),
                f"number({number})",
                "choose",
                show=False,
                id=f"replies.{number}",
                key_display="1–9" if number == 1 else str(number),
                tooltip="Say or do the reply of that number, at once",
                system=number > 1,
            )
            for number in range(1, 10)
        ],
        Binding(
            "enter",
            "select",
            "say it",
            show=False,
            key_display="enter",
            id="replies.enter",
            tooltip="Say or do the reply that the cursor is on",
        ),
    ]

    def __init__(self) -> None:
        super().__init__(id="replies", pages="#transcript")
        self._ids: list[str] = []

    def show(self, now: Now) -> None:
        """The replies of this moment; at an ending, the way on."""
        options, self._ids = [], []
        for number, offer in enumerate(now.replies, 1):
            body = plain(offer.text) if offer.kind == "say" else seen(offer.text)
            self._ids.append(offer.id)
            options.append(Option(Block(body, marker=plain(str(number), "bold $you"), hang=_HANG)))
        if now.silence is not None:
            self._ids.append(SILENCE)
            options.append(Option(Block(seen(now.silence.text), marker=plain("s", "bold $you"), hang=_HANG)))
        if now.ended:
            self._ids.append(GO_ON)
            options.append(
                Option(Block(plain("The scene ends here. Enter goes on when you are ready."), hang=_HANG))
            )
        self.set_options(options)
        self.highlighted = 0 if options else None

    def action_number(self, number: int) -> None:
        if 1 <= number <= len(self._ids) and self._ids[number - 1] not in (SILENCE, GO_ON):
            self.post_message(self.Chosen(self._ids[number - 1]))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(self._ids[event.option_index]))


class QuietBar(Static):
    """How much of a timed silence is left, as a thin line that shortens; nothing where quiet is not timed."""

    DEFAULT_CSS = """
    QuietBar { height: 1; padding: 0 1; color: $quiet; text-wrap: nowrap; text-overflow: clip; }
    """

    def __init__(self) -> None:
        super().__init__(id="quiet")
        self._cells = -1

    def show(self, share: float | None) -> None:
        """The share that is left, 0..1, or None for no line at all."""
        cells = -1 if share is None else round(share * _CELLS)
        if cells == self._cells:
            return
        self._cells = cells
        line = "" if cells < 0 else f"   {'━' * cells}{'┄' * (_CELLS - cells)}  or let it pass"
        self.update(plain(line, "$quiet"))
