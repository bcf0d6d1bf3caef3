"""The trainee's own page: what they practised, kept and tried, and where every figure comes from. Theirs alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from simulator.errors import SimulatorError
from simulator.shown_review import review_lines
from simulator.tui.screens.choose import ChoosePage
from simulator.tui.screens.part import OPENS, Reading, Row, part
from simulator.tui.telling import turns_named
from simulator.tui.widgets.blocks import Block
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import counted, joined, plain

if TYPE_CHECKING:
    from simulator.sharing import Looked
    from simulator.shown_own import OwnConfidence, OwnLine, OwnRating, OwnSource, Practised
    from simulator.shown_own import OwnPage as Shown
    from simulator.shown_review import ReviewShown
    from simulator.tui.app import TraineeApp

ALONE: Final = "This page is yours alone. A facilitator reads what you shared, and nothing of this page."
NOTHING_YET: Final = (
    "There is nothing here yet. Once you have practised, this page has what you kept and tried."
)
NO_SKILL: Final = "It is there to look back on, and is no measure of skill."
LOOKING: Final = "Looking …"
KEPT_FOR: Final = {"mine": "kept for you alone", "shared": "shared with your facilitator"}


class OwnPage(Reading):
    """Filled in after it is painted. Sessions and ratings open; what to practise next begins with its briefing."""

    CSS_PATH = "looking_back.tcss"
    AUTO_FOCUS = "#told"
    HELP = (
        "What you practised, what you meant to keep and to try, and what the scenes suggested, with the turns "
        "it came from. Enter opens a session, a rating, or the scene to practise next. Nobody else sees this."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", key_display="esc", id="own.back", tooltip="Back to the list"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page: Shown | None = None
        self._lookers: dict[str, tuple[Looked, ...]] = {}
        self._said: dict[str, ReviewShown | None] = {}

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title("Your own page", "yours alone")
        with Vertical(id="page"):
            yield self.told()
        yield KeyBar()

    def on_mount(self) -> None:
        self.lay([Row(Block(plain(LOOKING)))])
        self.look()

    @work(exclusive=True, group="own")
    async def look(self) -> None:
        """Read the page, and who has looked at what was shared."""
        practice = self.ward.practice
        try:
            self._page = await asyncio.to_thread(practice.own_page)
            for each in self._page.practised:
                if each.keep == "shared":
                    self._lookers[each.session] = await asyncio.to_thread(practice.lookers, each.session)
                    self._said[each.session] = await asyncio.to_thread(practice.said_to, each.session)
        except SimulatorError as error:
            self.lay([Row(Block(plain(f"{error.message} {error.advice}")))])
            return
        self.lay(self.made())

    def made(self) -> Iterator[Row]:
        page = self._page
        if page is None or not (page.practised or page.lines):
            yield Row(Block(plain(f"{NOTHING_YET} {ALONE}")))
            return
        yield Row(Block(plain(ALONE, "$quiet")))
        if page.next is not None:
            told = joined(plain(page.next.title, "bold"), plain(f"\n{page.next.why}"))
            yield _heading("To practise next, if you like")
            yield Row(_opens(told), partial(self._begin, page.next.scenario))
        yield from self._lines([line for line in page.lines if not line.tries], "Kept")
        yield from self._lines([line for line in page.lines if line.tries], "To try")
        yield from self._ratings(page)
        yield from self._confidence(page)
        yield _heading(f"Practised, {counted(len(page.practised), 'time')}, the latest first")
        for each in page.practised:
            yield Row(_opens(self._practised(each)), partial(self.ward.look_at, each.session))

    def _lines(self, said: list[OwnLine], heading: str) -> Iterator[Row]:
        if said:
            yield _heading(heading)
        for line in said:
            when = f" When: {line.when}." if line.when else ""
            quiet = f"\n{day(line.said)}, {line.title}.{when}"
            told = joined(plain(line.text), plain(quiet, "$quiet"))
            yield Row(_opens(told), partial(self.ward.look_at, line.session))

    def _ratings(self, page: Shown) -> Iterator[Row]:
        seen = [rating for rating in page.ratings if rating.opportunities]
        if seen:
            yield Row(part("What the scenes suggested", plain(page.claim)))
        for rating in seen:
            told = joined(plain(rating.name, "bold"), plain(f"\n{_standing(rating)}", "$quiet"))
            block = Block(told, marker=plain(f"{OPENS} {rating.dimension}", "bold $you"), hang=5)
            yield Row(block, partial(self._sources, rating))

    def _confidence(self, page: Shown) -> Iterator[Row]:
        if page.confidence:
            yield Row(part("How sure you felt, of 10", plain(NO_SKILL, "$quiet")))
        for sure in page.confidence:
            told = joined(plain(_sure(sure)), plain(f"\n{day(sure.started)}, {sure.title}", "$quiet"))
            yield Row(_opens(told), partial(self.ward.look_at, sure.session))

    def _practised(self, each: Practised) -> Content:
        waits = " It waits to be looked back on." if each.waiting else ""
        came = f"{each.outcome}. " if each.outcome else ""
        quiet = f"\n{day(each.started)}. {came}It is {KEPT_FOR.get(each.keep, 'kept')}.{waits}"
        told = joined(plain(each.title, "bold"), plain(quiet, "$quiet"))
        for looked in self._lookers.get(each.session, ()):
            told = joined(told, plain(f"\n{looked.who} {looked.act} it, {day(looked.when)}.", "$quiet"))
        for line in review_lines(self._said.get(each.session)):
            told = joined(told, plain(f"\n{line}"))
        return told

    def _begin(self, scenario: str) -> None:
        """Its briefing; a ward's own scene is known by where it stands."""
        chooser = self.app.screen_stack[0]
        entry = chooser.entry(scenario) if isinstance(chooser, ChoosePage) else None
        self.ward.open(scenario if entry is None else entry.path)

    def _sources(self, rating: OwnRating) -> None:
        if self._page is not None:
            self.app.push_screen(SourcesPage(rating, self._page.claim))

    def action_back(self) -> None:
        self.dismiss()


class SourcesPage(Reading):
    """One dimension over all sessions: each with its turns; Enter opens that session's debrief there."""

    CSS_PATH = "looking_back.tcss"
    AUTO_FOCUS = "#told"
    HELP = "Every session that a suggestion came from, with its turns. Enter opens it, at that rating."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q", "back", "back", key_display="esc", id="sources.back", tooltip="Back to your own page"
        ),
    ]

    def __init__(self, rating: OwnRating, claim: str) -> None:
        super().__init__()
        self._rating, self._claim = rating, claim

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title(self._rating.name, "yours alone")
        with Vertical(id="page"):
            yield self.told()
        yield KeyBar()

    def on_mount(self) -> None:
        self.lay(self.made(), 1)

    def made(self) -> Iterator[Row]:
        rating = self._rating
        yield Row(
            part(
                f"{rating.dimension}, {rating.name}", _standing(rating), plain(self._claim, "$quiet"), above=0
            )
        )
        for source in rating.sources:
            yield Row(_opens(_source(source)), partial(self.ward.look_at, source.session, rating.dimension))

    def action_back(self) -> None:
        self.dismiss()


def _heading(words: str) -> Row:
    return Row(Block(plain(words, "bold $person"), above=1))


def _opens(told: Content) -> Block:
    return Block(told, marker=plain(OPENS, "bold $you"), hang=2)


def _standing(rating: OwnRating) -> str:
    from simulator.debrief_ratings import standing

    return standing(rating.value, rating.opportunities)


def _source(source: OwnSource) -> Content:
    from simulator.debrief_ratings import number

    value = "not enough seen" if source.value is None else f"{number(source.value)} of 5"
    told = f"{value}, from {turns_named(source.turns)}"
    return joined(plain(source.title, "bold"), plain(f"\n{day(source.started)}: {told}", "$quiet"))


def _sure(sure: OwnConfidence) -> str:
    said = [(sure.before, "before"), (sure.after, "after")]
    return ", ".join(f"{value} {when}" for value, when in said if value is not None)


def day(then: datetime) -> str:
    """`4 May 2026`, by the calendar of this place."""
    local = then.astimezone()
    return f"{local.day} {local:%B %Y}"
