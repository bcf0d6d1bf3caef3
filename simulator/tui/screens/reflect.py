"""After a scene, first of all: one word for how it was, and one question in the trainee's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from simulator.tui.base import Page
from simulator.tui.pace import Grace
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import paragraphs, plain

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.tui.app import TraineeApp

OVER: Final = "That was practice, and it is over. {person} is made up; you are yourself again. Take a breath."
WORD: Final = "One word for how it was?"
LEAVE_OUT: Final = "You can leave it out."
OWN: Final = "In your own words, before anybody else says anything. Please name no real people."


class ReflectPage(Page):
    """Two steps, each of which can be left out; only then does the debrief open."""

    CSS_PATH = "reflect.tcss"
    HELP = (
        "A word for how it was, then one question. Both are yours and both can be left out. "
        "What you write is kept only as you have chosen. Afterwards comes what it came to."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+s",
            "go_on",
            "go on",
            key_display="ctrl+s",
            id="reflect.on",
            priority=True,
            tooltip="Keep this and go on",
        ),
        Binding(
            "escape",
            "skip",
            "leave it out",
            key_display="esc",
            id="reflect.skip",
            priority=True,
            tooltip="Leave this out",
        ),
        Binding(
            "ctrl+e",
            "app.aftercare",
            "aftercare",
            key_display="ctrl+e",
            id="reflect.aftercare",
            priority=True,
            tooltip="Who to talk to, and a minute to come back to yourself",
        ),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._asking = False

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title(self.session.title, "the end")
        with VerticalScroll(id="page", can_focus=False):
            yield Static(self._first(), id="said", classes="words")
            yield Input(id="word", max_length=60)
            yield TextArea(id="answer", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
        yield KeyBar()

    def _first(self) -> Content:
        over = OVER.format(person=self.session.person)
        return paragraphs([plain(over), plain(WORD, "bold"), plain(LEAVE_OUT, "$quiet")])

    def on_mount(self) -> None:
        self.query_one("#answer").display = False
        self.grace = Grace(self.ward.clock)
        self.call_after_refresh(self.grace.shown)
        self.query_one("#word").focus()

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        if not self.grace.open:
            return  # a second Enter meant for the scene, or for the question before
        if self._asking:
            answer = self.query_one(TextArea).text
            self.ward.kept(lambda: self.session.reflect(answer), lambda _: self._done(), session=self.session)
        else:
            word = self.query_one(Input).value
            self.ward.kept(lambda: self.session.say_word(word), lambda _: self._ask(), session=self.session)

    def action_skip(self) -> None:
        if not self.grace.open:
            return
        if self._asking:
            self.ward.kept(self.session.skip_reflection, lambda _: self._done(), session=self.session)
        else:
            self.ward.kept(self.session.skip_word, lambda _: self._ask(), session=self.session)

    def _ask(self) -> None:
        self._asking = True
        self.grace.shut()
        self.call_after_refresh(self.grace.shown)
        question = paragraphs(
            [plain(self.session.reflection_question, "bold"), plain(f"{OWN} {LEAVE_OUT}", "$quiet")]
        )
        self.query_one("#said", Static).update(question)
        self.query_one("#word").display = False
        answer = self.query_one(TextArea)
        answer.display = True
        answer.focus()

    def _done(self) -> None:
        self.ward.look_back(self.session)
