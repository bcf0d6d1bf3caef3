"""The person's side: how it felt along the way, and five things they might say, each with its turns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from simulator.tui.screens.part import OPENS, ReadPage, Row, part
from simulator.tui.telling import lines, turns_named, yours
from simulator.tui.widgets.blocks import Block
from simulator.tui.words import joined, plain, spoken

if TYPE_CHECKING:
    from simulator.shown_debrief import Voice
    from simulator.told import Part

NOBODY_SAID: Final = "Written for {person}, to talk about; nobody has said them."
NOTHING: Final = "No turn spoke for it or against it."


class SidePage(ReadPage):
    """Statements open to the turns that spoke for and against them."""

    PART: ClassVar[Part] = "side"
    HELP = (
        "The person's side: five things they might say of it, and how it felt to them along the way. Enter "
        "on one opens the turns that spoke for it and against it."
    )

    def made(self) -> Iterator[Row]:
        debrief, person = self.session.debrief(), self.session.person
        heading = f"Five things that {person} might say"
        yield Row(part(heading, plain(NOBODY_SAID.format(person=person), "$quiet"), above=0))
        for voice in debrief.statements:
            told = joined(plain(f"“{voice.text}”"), plain(f"\n{_rests(voice)}", "$quiet"))
            any_turn = voice.spoke_for or voice.spoke_against
            marker = plain(OPENS if any_turn else "·", "bold $you")
            opens = partial(self._open_voice, voice) if any_turn else None
            yield Row(Block(told, marker=marker, hang=2), opens)
        felt = [turn for turn in debrief.turns if turn.felt]
        if felt:
            yield Row(Block(plain("Along the way", "bold $person"), above=1))
        for turn in felt:
            told = lines([("You", yours(turn.kind, turn.reply_text)), (person, spoken(turn.felt or ""))])
            block = Block(told, marker=plain(f"Turn {turn.turn}", "bold $you"), hang=9)
            yield Row(block, partial(self._open, turn.turn), turn=turn.turn)

    def _open_voice(self, voice: Voice) -> None:
        from simulator.tui.screens.opened import TurnsPage

        groups = [
            (f"“{voice.text}” Spoke {side} it", False, turns)
            for side, turns in (("for", voice.spoke_for), ("against", voice.spoke_against))
            if turns
        ]
        self.ward.push_screen(TurnsPage(self.session, voice.text, groups))

    def _open(self, turn: int) -> None:
        from simulator.tui.screens.opened import TurnsPage

        self.ward.push_screen(TurnsPage(self.session, f"Turn {turn}", [("", False, (turn,))]))


def _rests(voice: Voice) -> str:
    sides = [(voice.spoke_for, "for it"), (voice.spoke_against, "against it")]
    said = ", ".join(f"{turns_named(turns)} spoke {side}" for turns, side in sides if turns)
    return f"{said[0].upper()}{said[1:]}." if said else NOTHING
