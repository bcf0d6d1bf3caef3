"""Seeing something differently, in words: asked for in a quiet box, kept beside what it is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from simulator.text import clean
from simulator.tui.words import plain

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.tui.app import TraineeApp

WHO_READS: Final = {
    "none": "It stands beside it for as long as you look back.",
    "mine": "It is kept beside it. Should you share this session, your facilitator reads it.",
    "shared": "It is kept beside it, and your facilitator reads it.",
}


class ContestPage(ModalScreen[str]):
    """Dismissed with the words, or with "" where it is let stand."""

    CSS_PATH = "looking_back.tcss"
    AUTO_FOCUS = "#differently"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s",
            "keep",
            "keep it",
            id="contest.keep",
            priority=True,
            tooltip="Keep these words beside it",
        ),
        Binding(
            "escape",
            "let_stand",
            "let it stand",
            key_display="esc",
            id="contest.back",
            priority=True,
            tooltip="Leave it as it is",
        ),
    ]

    def __init__(self, name: str, said: str, keep: str) -> None:
        super().__init__()
        self._name, self._said, self._keep = name, clean(said), keep

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Static(plain(f"What do you see differently about {self._name}?", "bold"))
            yield Static(plain(WHO_READS[self._keep], "$quiet"))
            yield TextArea(
                self._said, id="differently", soft_wrap=True, show_line_numbers=False, tab_behavior="focus"
            )
            yield Static(plain("ctrl+s keeps it   esc lets it stand", "$quiet"))

    def action_keep(self) -> None:
        self.dismiss(self.query_one(TextArea).text)

    def action_let_stand(self) -> None:
        self.dismiss("")


def contest(
    ward: TraineeApp,
    session: Session,
    about: tuple[str, int, str, int | None],
    then: Callable[[], None],
) -> None:
    """Ask what is seen differently about a tag or a rating; keep it, then `then`."""
    what, turn, name, take = about
    kind: Any = what

    def said(words: str | None) -> None:
        if words and words.strip():
            ward.kept(
                lambda: session.contest(kind, turn, name, words, take), lambda _: then(), session=session
            )

    ward.push_screen(ContestPage(_named(session, what, name), _before(session, about), session.keep), said)


def _named(session: Session, what: str, name: str) -> str:
    """A dimension by its name, a technique as it stands there."""
    ratings = session.debrief().ratings if what == "rating" else ()
    return next((f"{each.dimension}, {each.name}" for each in ratings if each.dimension == name), name)


def _before(session: Session, about: tuple[str, int, str, int | None]) -> str:
    """What was said of it before."""
    what, turn, name, take = about
    debrief = session.debrief()
    if what == "rating":
        return next((each.contest or "" for each in debrief.ratings if each.dimension == name), "")
    for played in (*debrief.turns, *debrief.first):
        if played.turn == turn and take in (None, played.take):
            return next((tag.contest or "" for tag in played.techniques if tag.name == name), "")
    return ""
