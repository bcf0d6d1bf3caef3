"""Looking back: what it came to, the person's own account, and every turn; any of them can be taken again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.tui.base import Page
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import joined, plain, seen, spoken

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.shown import Debrief, DebriefTurn
    from simulator.tui.app import TraineeApp

_HANG: Final = 2


@dataclass(frozen=True)
class Told:
    """One block of the debrief, and the turn it belongs to where it belongs to one."""

    block: Block
    turn: int | None = None


def pages(debrief: Debrief, person: str) -> Iterator[Told]:
    """The debrief from top to bottom: the whole first, then turn by turn."""
    yield _part("What it came to", joined(plain(debrief.outcome, "bold"), plain(f"\n{debrief.ending}")))
    if debrief.word or debrief.reflection:
        own = "\n".join(text for text in (debrief.word, debrief.reflection) if text)
        yield _part("Your own words", plain(own, "$you"))
    if debrief.felt:
        yield _part(f"{person}, out of role", spoken(debrief.felt))
    yield _part("What mattered", spoken(debrief.matters))
    found = [text for text, there in debrief.came_to_light if there]
    hidden = [text for text, there in debrief.came_to_light if not there]
    if found:
        yield _part("What came to light", plain("\n".join(found)))
    if hidden:
        yield _part("What you did not hear this time", plain("\n".join(hidden)))
    for turn in debrief.turns:
        yield Told(_turn(turn, person), turn.turn)
    if debrief.legal_note:
        yield _part("The law", plain(debrief.legal_note))
    yield _part("Where this comes from", plain(debrief.credits_note))


def _part(heading: str, body: Content) -> Told:
    return Told(Block(body, label=plain(heading, "bold $person"), hang=_HANG, above=1))


def _turn(turn: DebriefTurn, person: str) -> Block:
    """One turn: what was said, what the trainee did, how that was for the person, why, and what else."""
    yours = spoken(turn.reply_text) if turn.kind == "say" else seen(turn.reply_text)
    lines: list[tuple[str, Content]] = [(person, spoken(turn.said)), ("You", yours.stylize("$you"))]
    if turn.reaction:
        lines.append((person, spoken(turn.reaction)))
    if turn.felt:
        lines.append(("Felt", spoken(turn.felt)))
    if turn.why:
        lines.append(("Why", plain(turn.why)))
    if turn.instead:
        lines.append(("Could also be", plain(turn.instead)))
    if turn.reaches:
        lines.append(
            ("Hands-on", plain("You reached for it here. It was not available, and the scene waited."))
        )
    body = Content("\n").join(
        [joined(plain(f"{name}: ", "$quiet"), words) for name, words in lines if words.plain]
    )
    return Block(body, label=plain(f"Turn {turn.turn}", "bold $you"), hang=_HANG, above=1)


class DebriefPage(Page):
    """The debrief as a list to read; on a turn, t takes it again."""

    CSS_PATH = "debrief.tcss"
    AUTO_FOCUS = "#told"
    HELP = (
        "What it came to, in words: there is no score and no pass or fail. The arrows move through it. "
        "On a turn, t takes it again from there. k changes what is kept of this session, and for whom."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t",
            "again",
            "take it again from here",
            id="debrief.again",
            tooltip="Go back to before this reply",
        ),
        Binding(
            "k", "keep", "what is kept", id="debrief.keep", tooltip="Change what is kept of this session"
        ),
        Binding("escape,q", "done", "done", id="debrief.done", key_display="esc", tooltip="Back to the list"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._told: list[Told] = []

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        self._told = list(pages(self.session.debrief(), self.session.person))
        yield Title(self.session.title, self._keeping())
        with Vertical(id="page"):
            yield Blocks(*[Option(told.block) for told in self._told], id="told")
        yield KeyBar()

    def _keeping(self) -> str:
        return {"none": "nothing is kept", "mine": "kept for you", "shared": "shared with your facilitator"}[
            self.session.keep
        ]

    @property
    def turn(self) -> int | None:
        """The turn that the cursor is on."""
        place = self.query_one(Blocks).highlighted
        return self._told[place].turn if place is not None and place < len(self._told) else None

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (action == "again" and self.is_mounted and self.turn is None)

    def action_again(self) -> None:
        if self.turn is not None:
            self.ward.again_from_the_end(self.session, self.turn)

    def action_keep(self) -> None:
        self.ward.ask_keep(self.session, lambda: self.query_one(Title).say(self._keeping()))

    def action_done(self) -> None:
        self.ward.home()
