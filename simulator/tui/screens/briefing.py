"""The briefing: what is known, what may be heavy, how to stop and leave, what is kept; then it begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from scenarios.speech import fill
from simulator.tui.base import Page
from simulator.tui.pace import Grace
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import KEEPS, NOT_REVIEWED, counted, either, joined, plain

if TYPE_CHECKING:
    from scenarios.load import Loaded
    from scenarios.model import Scenario
    from simulator.session import Keep
    from simulator.tui.app import TraineeApp

WORDS_ONLY: Final = (
    "Hands-on is not available here, as in training led by peer trainers: there are only words, presence, "
    "space and time, because that is where people are kept safe."
)
WAYS_OUT: Final = (
    "p pauses at once. x steps out, at any time and for any reason; nothing of it is judged. "
    "ctrl+e shows who to talk to. Any turn can be taken again."
)
WHAT_IS_KEPT: Final = (
    "You choose below: nothing; for you alone; or shared with your facilitator. You can change it at the "
    "end, and “nothing” erases at once. Turns taken again and reaches for hands-on are seen by a facilitator "
    "only if you share. Please do not type the names of real people."
)
_COLUMN: Final = 18
_KEEPS: Final[tuple[Keep, ...]] = ("mine", "shared", "none")


def filled(scenario: Scenario, text: str) -> str:
    """A text before anybody is drawn: for one cast member theirs, for several any of them."""
    cast = scenario.person.cast
    if len(cast) == 1:
        return fill(text, cast[0].name, cast[0].pronouns, "you")
    return fill(text, either(member.name for member in cast), "they", "you")


def briefing(scenario: Scenario) -> list[Block]:
    """The words of the briefing, from the scenario alone: a heading and what stands under it, each."""
    cast = scenario.person.cast
    names = either(member.name for member in cast)
    who = (
        f"{names}. {cast[0].about or ''}"
        if len(cast) == 1
        else f"{names}; who it is today is drawn when you begin."
    )
    told = [
        (
            "It has in it",
            f"{', '.join(scenario.content_notes) or 'nothing to warn of'}. You need not do this one.",
        ),
        ("Where", scenario.setting),
        ("You are", f"the {scenario.role} here. It takes about {counted(scenario.minutes, 'minute')}."),
        ("Who you meet", who),
        ("Words first", WORDS_ONLY),
        ("Stop, leave", WAYS_OUT),
        ("What is kept", WHAT_IS_KEPT),
        ("To practise", "\n".join(scenario.aims)),
        ("Where it is from", sources(scenario)),
    ]
    blocks = [Block(plain(filled(scenario, scenario.summary), "bold"))]
    for heading, text in told:
        if words := filled(scenario, text).strip():
            blocks.append(Block(plain(words), marker=plain(heading, "bold $person"), hang=_COLUMN, above=1))
    return blocks


def sources(scenario: Scenario) -> str:
    """Who wrote it and who reviewed it, by role and date; honest where nobody with lived experience has."""
    wrote = "; ".join(f"{credit.role}, {credit.on}" for credit in scenario.credits.written_by)
    reviewed = "; ".join(f"{credit.role}, {credit.on}" for credit in scenario.credits.lived_experience_review)
    first = f"Written by: {wrote}. " if wrote else ""
    return first + (
        f"Reviewed by: {reviewed}." if reviewed else f"{NOT_REVIEWED[0].upper()}{NOT_REVIEWED[1:]}."
    )


class Form(Blocks):
    """The few things to choose before a scene, a row each; left and right change, Enter begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page_on", "read on", id="brief.on", key_display="PgDn", tooltip="Read on"),
        Binding("left", "change(-1)", "change", show=False, id="brief.less", tooltip="Change this row back"),
        Binding(
            "right,space", "change(1)", "change", show=False, id="brief.more", tooltip="Change this row on"
        ),
    ]

    def __init__(self, keep: Keep, timed: bool) -> None:
        super().__init__(id="form", pages="#page")
        self.keep: Keep = keep
        self.timed = timed
        self.confidence: int | None = None

    def on_mount(self) -> None:
        self.rows(0)

    def rows(self, cursor: int) -> None:
        """Show the rows, with the cursor on one."""
        word, about = KEEPS[self.keep]
        sure = "not said" if self.confidence is None else f"{self.confidence} of 10"
        timed = "timed, with a thin line" if self.timed else "not timed; you choose it"
        shown = (
            ("", "Begin", ""),
            ("Kept", word, about),
            ("How sure you feel", sure, "if you like, from 0 to 10"),
            ("Quiet", timed, ""),
        )
        self.set_options([Option(_row(*row)) for row in shown])
        self.highlighted = cursor

    def action_change(self, step: int) -> None:
        cursor = self.highlighted or 0
        if cursor == 1:
            self.keep = _KEEPS[(_KEEPS.index(self.keep) + step) % len(_KEEPS)]
        elif cursor == 2:
            scale: list[int | None] = [None, *range(11)]
            self.confidence = scale[(scale.index(self.confidence) + step) % len(scale)]
        elif cursor == 3:
            self.timed = not self.timed
        self.rows(cursor)


def _row(name: str, value: str, about: str) -> Block:
    if not name:
        return Block(plain(value, "bold $you"), marker=plain("b", "bold $you"), hang=3)
    body = joined(
        plain(f"{name}: ", "$quiet"), plain(value), plain(f"   {about}", "$quiet") if about else plain("")
    )
    return Block(body, hang=3)


class BriefingPage(Page):
    """Read, choose what is kept, begin."""

    CSS_PATH = "briefing.tcss"
    AUTO_FOCUS = "#form"
    HELP = (
        "Read at your own pace; Page Up and Page Down move the text. Below it, up and down move "
        "between the rows, left and right change them. b begins. "
        "Nothing has started yet, and nothing is kept until it does."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "begin", "begin", id="brief.begin", tooltip="Begin the scene"),
        Binding("k", "keep", "what is kept", id="brief.keep", tooltip="Change what is kept, and for whom"),
        Binding("escape", "back", "back", id="brief.back", key_display="esc", tooltip="Back to the list"),
    ]

    def __init__(self, loaded: Loaded, keep: Keep, timed: bool) -> None:
        super().__init__()
        self.loaded = loaded
        self._keep: Keep = keep
        self._timed = timed

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        scenario = self.loaded.scenario
        yield Title(filled(scenario, scenario.title), "briefing")
        yield Blocks(*[Option(block, disabled=True) for block in briefing(scenario)], id="page")
        yield Form(self._keep, self._timed)
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#page").can_focus = False
        self.grace = Grace(self.ward.clock)
        self.call_after_refresh(self.grace.shown)

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if event.option_index == 0:
            self.action_begin()
        else:
            self.query_one(Form).action_change(1)

    def action_begin(self) -> None:
        if not self.grace.open:
            return  # a second Enter meant for the list
        form = self.query_one(Form)
        self.ward.begin(self.loaded, form.keep, form.confidence, form.timed)

    def action_keep(self) -> None:
        form = self.query_one(Form)
        form.highlighted = 1
        form.action_change(1)

    def action_back(self) -> None:
        self.ward.home()
