"""A part that asks, a step at a time: words above, one thing to answer with; what is said is kept at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from simulator.text import clean
from simulator.tui.screens.part import PartPage
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.sure import Sure
from simulator.tui.widgets.title import Title
from simulator.tui.words import plain

READ_ON: Final = "PgDn reads on"


class SayPage(PartPage):
    """Steps, each of which can be left empty; escape leaves out all that is left of the part.

    A page says how many steps there are, what stands above each, which field it has (`line`, `text` or
    `sure`), what is in it already, and how an answer is kept.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "leave_out",
            "leave out",
            key_display="esc",
            id="say.skip",
            priority=True,
            tooltip="Leave this part out, or what is left of it, and go on",
        ),
        Binding(
            "ctrl+e",
            "app.aftercare",
            "aftercare",
            key_display="ctrl+e",
            id="say.aftercare",
            priority=True,
            tooltip="Who to talk to, and a minute to come back to yourself; you can finish from there too",
        ),
        Binding(
            "q",
            "finish",
            "finish",
            show=False,
            id="say.finish",
            tooltip="Leave the rest for another time, by way of aftercare",
        ),
        Binding(
            "pagedown,pageup",
            "read_on",
            "read on",
            show=False,
            key_display="PgDn",
            id="say.on",
            priority=True,
            tooltip="Read on, where the words above do not fit",
        ),
    ]
    step = 0

    def compose(self) -> ComposeResult:
        yield Title(self.session.title, self.where)
        with Vertical(id="page"):
            with VerticalScroll(id="words", can_focus=False):
                yield Static(id="asked")
            yield Static(plain(READ_ON, "$quiet"), id="more")
            yield Input(id="line", max_length=200)
            yield TextArea(id="text", soft_wrap=True, show_line_numbers=False, tab_behavior="focus")
            yield Sure()
        yield KeyBar()

    def begin(self) -> None:
        self.ask(0)

    # what a page says

    def above(self) -> Content:
        """The words above the field of this step."""
        raise NotImplementedError

    def field(self) -> str:
        """`line`, `text` or `sure`."""
        return "text"

    def there(self) -> str:
        """What has been said already."""
        return ""

    def keep(self, answer: str) -> Callable[[], object]:
        """How what is said at this step is kept; "" is nothing."""
        raise NotImplementedError

    def after(self, answer: str) -> int | None:
        """The step after this one; None where the part is done."""
        return None

    def leave(self) -> Callable[[], object]:
        """How the rest of the part is left out."""
        return self.keep("")

    # moving

    def action_read_on(self) -> None:
        """A page on in the words above; from their end back to the beginning."""
        words = self.query_one("#words")
        if words.scroll_offset.y < words.max_scroll_y:
            words.scroll_page_down(animate=False)
        else:
            words.scroll_home(animate=False)

    def ask(self, step: int) -> None:
        """Show a step; keys count once it could be seen."""
        self.step = step
        self.grace.shut()
        self.query_one("#more").display = False
        self.query_one("#asked", Static).update(self.above())
        shown = self.field()
        line, text, sure = self.query_one(Input), self.query_one(TextArea), self.query_one(Sure)
        for field in (line, text, sure):
            field.display = field.id == shown
            self.set_class(field.display, f"-{field.id}")
        there = clean(self.there())
        line.value = there if shown == "line" else ""
        text.text = there if shown == "text" else ""
        self.query_one(f"#{shown}").focus()
        self.query_one("#words").scroll_home(animate=False)
        self.call_after_refresh(self._shown)

    def _shown(self) -> None:
        """It can be seen now; where the words above do not fit, say how to read on."""
        self.grace.shown()
        self.query_one("#more").display = bool(self.query_one("#words").max_scroll_y)

    @property
    def answer(self) -> str:
        """What stands in the field of this step."""
        match self.field():
            case "line":
                return self.query_one(Input).value
            case "sure":
                value = self.query_one(Sure).value
                return "" if value is None else str(value)
        return self.query_one(TextArea).text

    @on(Input.Submitted)
    @on(Sure.Said)
    def _entered(self) -> None:
        self.action_go_on()

    def action_go_on(self) -> None:
        if not self.grace.open:
            return  # a second Enter meant for what was there before
        answer = self.answer
        self.grace.shut()
        self.ward.kept(
            self.keep(answer), lambda _: self._next(answer), session=self.session, instead=self.grace.shown
        )

    def _next(self, answer: str) -> None:
        step = self.after(answer)
        if step is None:
            self.done()
        else:
            self.ask(step)

    def action_leave_out(self) -> None:
        if self.grace.open:
            self.grace.shut()
            self.ward.kept(
                self.leave(), lambda _: self.done(), session=self.session, instead=self.grace.shown
            )
