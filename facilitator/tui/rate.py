"""One dimension to rate: its anchors, everybody's view as far as it may be seen, and the turns behind it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from facilitator.tui.beside import CONTEST_HIDDEN, evidence, suggested
from facilitator.tui.lists import Listing
from facilitator.tui.rows import Line, block
from facilitator.tui.wording import moment
from facilitator.tui.write import WritePage
from scoring.claims import CLAIM
from simulator.text import clean
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import joined, plain

if TYPE_CHECKING:
    from facilitator.reviews import Beside
    from facilitator.tui.session import SessionPage

BLIND: Final = "What is suggested, and what colleagues gave, shows here once yours is in."
WHY: Final = "What did you see? A sentence, or nothing. It stands beside your rating."
APART: Final = "Where you had seen the suggestion and are a point or more from it, a sentence is asked for."


class RatePage(Listing):
    """Anchors first. What would sway is not there until one's own rating is in."""

    HELP = (
        "One dimension, from 1 to 5; three is safe, decent practice. The digits rate it. Once your own rating "
        "is in you see what is suggested and what colleagues gave; Enter on a turn goes there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *[
            Binding(str(point), f"rate({point})", "rate", id=f"rate.{point}", show=point == 1,
                    key_display="1–5" if point == 1 else str(point), tooltip="Rate it, from 1 to 5", system=point > 1)
            for point in range(1, 6)
        ],
        Binding("escape,q", "back", "back", key_display="esc", id="rate.back", tooltip="Back to the ratings"),
    ]  # fmt: skip

    def __init__(self, page: SessionPage, dimension: str) -> None:
        super().__init__()
        self.page = page
        self.dimension = dimension

    @property
    def beside(self) -> Beside:
        """Everybody's view of this dimension."""
        return self.page.review.ratings[self.dimension]

    @property
    def mine(self) -> int | None:
        """One's own rating so far."""
        return next((given.value for given in self.beside.given if given.name == self.page.me), None)

    def compose(self) -> ComposeResult:
        yield Title(f"{self.dimension} {self.beside.name}", self.page.review.row.trainee)
        with Vertical(id="left"):
            yield Blocks(id="told")
        yield KeyBar()

    def on_mount(self) -> None:
        self.lay(self._lines(), stay=False)
        self.listed.highlighted = 1

    def _lines(self) -> Iterator[Line]:
        review, beside = self.page.review, self.beside
        scale = next(scale for scale in review.scales if scale.dimension == self.dimension)
        yield Line(Block(plain(scale.definition)), key="definition")
        mine = self.mine
        for point, words in enumerate(scale.anchors, 1):
            chosen = " ← yours" if point == mine else ""
            body = joined(plain(words), plain(chosen, "bold $you"))
            mark = plain(f"[{point}]" if point == mine else f" {point} ", "bold $you")
            yield Line(
                Block(body, marker=mark, hang=4), opens=partial(self.action_rate, point), key=f"point{point}"
            )
        if scale.facilitator:
            yield Line(block("What a screen cannot show", scale.facilitator), key="beyond")
        who = review.whole["trainee"]
        own = "not rated" if beside.trainee is None else f"{beside.trainee} of 5"
        yield Line(block(f"{who} put themselves at", own), key="own")
        for each in review.whole["debrief"]["contests"]:
            if each["what"] == "rating" and each["name"] == self.dimension:
                words = CONTEST_HIDDEN if beside.hidden else each["text"]
                yield Line(block(f"≠ {who} sees the suggestion differently", words), key="contest")
        if beside.hidden:
            yield Line(Block(plain(BLIND, "$quiet"), above=1), key="blind")
            return
        yield from self._seen(beside)

    def _seen(self, beside: Beside) -> Iterator[Line]:
        for given in beside.given:
            how = "blind" if given.blind else "having seen the suggestion"
            reason = f"\n{given.reason}" if given.reason else ""
            yield Line(block(f"{given.name}: {given.value} of 5", f"{how}, {moment(given.when)}{reason}"))
        held = beside.suggestion["capped_by"] if beside.suggestion is not None else None
        technique = self.page.review.course.loaded.vocabulary.techniques.get(held or "")
        capped = f"\nheld down by a harm: {clean(technique.words) if technique else held}" if held else ""
        yield Line(block("Suggested", f"{suggested(beside)}{capped}"), key="suggested")
        for turn, words in evidence(self.page.review, beside):
            line = Block(plain(words), marker=plain("›", "bold $you"), hang=2)
            yield Line(line, opens=partial(self._go, turn))
        yield Line(Block(plain(CLAIM, "$quiet"), above=1), key="claim")

    def _go(self, turn: int) -> None:
        self.dismiss()
        self.page.go_to(1, turn)

    def action_rate(self, point: int) -> None:
        """Ask for a sentence, then keep both; the words stay where that fails."""

        def keep(reason: str, _: bool) -> None:
            self.page.act(lambda review: review.rate(self.dimension, point, reason))
            self.lay(self._lines())

        about = WHY if self.beside.hidden else f"{WHY} {APART}"
        page = WritePage(f"{self.dimension} {self.beside.name}: {point} of 5", about, keep)
        self.app.push_screen(page)

    def action_back(self) -> None:
        self.dismiss()
