"""How the trainee sees it, on the same anchors as anybody would use: a dimension a screen, before any suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from simulator.tui.screens.part import PartPage
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import counted, joined, plain, said

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.shown_debrief import Scale
    from simulator.told import Part

ASKED: Final = 3
"""How many dimensions are asked about; the others wait behind `rate more`."""

VIEW: Final = "Before anybody says anything about it: where would you put yourself?"
NEAREST: Final = "The line that comes nearest. 3 is safe, decent practice; it is no mark."
NOT_BLIND: Final = (
    "You can leave this one out with ctrl+s, or all of it with esc. With none rated it is recorded as not "
    "blind: no rating of your own came first. That is all right."
)
BLIND: Final = "What you rate stands beside what comes now."
NONE_RATED: Final = (
    "You have rated nothing. If you go on, it is recorded as not blind: no rating of your own came first. "
    "That is all right."
)
LEFT_OUT: Final = "Left out, and recorded as not blind. That is all right."
_OTHERS: Final = "Words on a screen do not show all of it."


class RatePage(PartPage):
    """The three that this scene gave most room for, then the choice to rate more or to go on."""

    PART: ClassVar[Part] = "self-rating"
    AUTO_FOCUS = "#told"
    HELP = (
        "How you see it, before anybody else says anything. 1 to 5 choose the line that comes nearest to what "
        "you did; ctrl+s leaves one out, esc leaves all of it out. With none rated it is recorded as not "
        "blind. What you rate stands beside the suggestions later; nothing is added up."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "q",
            "finish",
            "finish",
            show=False,
            id="rate.finish",
            tooltip="Leave the rest for another time, by way of aftercare",
        ),
        Binding(
            "escape",
            "leave_out",
            "leave out",
            key_display="esc",
            id="rate.skip",
            priority=True,
            tooltip="Leave the rest of this part out, and open the debrief",
        ),
        *[
            Binding(
                str(point),
                f"rate({point})",
                "choose",
                show=point == 1,
                id=f"rate.{point}",
                key_display="1–5" if point == 1 else str(point),
                tooltip="Put yourself at the line of that number",
                system=point > 1,
            )
            for point in range(1, 6)
        ],
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._queue: list[str] = []
        self._scale: Scale | None = None
        self._listing = False

    def compose(self) -> ComposeResult:
        yield Title(self.session.title, self.where)
        with Vertical(id="page"):
            yield Blocks(id="told")
        yield KeyBar()

    @property
    def listed(self) -> Blocks:
        return self.query_one("#told", Blocks)

    def begin(self) -> None:
        asked = self.session.scales()[:ASKED]
        self._queue = [scale.dimension for scale in asked if scale.rated is None]
        self._asked = len(asked)
        self._next()

    # what is shown

    def _next(self) -> None:
        """The next that waits; after the last of them, the choice."""
        if self._queue:
            wanted = self._queue.pop(0)
            self._ask(next(scale for scale in self.session.scales() if scale.dimension == wanted))
        else:
            self._close()

    def _show(self, options: list[Option], cursor: int | None) -> None:
        self.grace.shut()
        self.listed.set_options(options)
        self.listed.highlighted = cursor
        self.listed.scroll_home(animate=False)
        self.listed.focus()
        self.refresh_bindings()
        self.call_after_refresh(self.grace.shown)

    def _ask(self, scale: Scale) -> None:
        self._scale, self._listing = scale, False
        place = next(
            (
                at
                for at, each in enumerate(self.session.scales()[:ASKED])
                if each.dimension == scale.dimension
            ),
            None,
        )
        where = f"{place + 1} of {self._asked}: " if place is not None else ""
        heading = joined(plain(where, "$quiet"), plain(scale.name, "bold $person"))
        options = [
            _still(Block(joined(heading, plain(f"\n{scale.definition}")))),
            _still(Block(joined(plain(VIEW, "bold"), plain(f"\n{NEAREST}", "$quiet")), above=1)),
        ]
        for point, anchor in enumerate(scale.anchors, 1):
            body = joined(
                plain(anchor), plain("  you chose this", "$quiet") if scale.rated == point else plain("")
            )
            options.append(
                Option(Block(body, marker=plain(str(point), "bold $you"), hang=3, above=int(point == 1)))
            )
        if scale.facilitator:
            options.append(_still(Block(plain(f"{_OTHERS} {scale.facilitator}", "$quiet"), above=1)))
        options.append(_still(Block(plain(NOT_BLIND, "$quiet"), above=1)))
        self._show(options, None if scale.rated is None else scale.rated + 1)

    def _close(self) -> None:
        """Go on, or rate more."""
        self._scale, self._listing = None, False
        scales = self.session.scales()
        rated = [scale for scale in scales if scale.rated is not None]
        told = "\n".join(f"{scale.name}: {scale.rated}" for scale in rated)
        options = [
            _still(Block(joined(plain("How you see it", "bold $person"), plain(f"\n{told}" if told else ""))))
        ]
        options.append(_still(Block(plain(BLIND if rated else NONE_RATED), above=1)))
        options.append(
            Option(Block(plain("Go on; the debrief opens"), marker=plain("→", "bold $you"), hang=3, above=1))
        )
        more = f"Rate more, or change one: there are {counted(len(scales), 'dimension')}"
        options.append(Option(Block(plain(more), marker=plain("›", "bold $you"), hang=3)))
        self._show(options, 2)

    def _list(self) -> None:
        self._scale, self._listing = None, True
        options = []
        for scale in self.session.scales():
            own = "" if scale.rated is None else f"  you put yourself at {scale.rated}"
            body = joined(plain(scale.name), plain(own, "$quiet"))
            options.append(Option(Block(body, marker=plain("›", "bold $you"), hang=3)))
        self._show(options, 0)

    # choosing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "rate":
            return self._scale is not None
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected, "#told")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if not self.grace.open:
            return
        if self._scale is not None:
            self.action_rate(event.option_index - 1)
        elif self._listing:
            self._ask(self.session.scales()[event.option_index])
        elif event.option_index == 2:
            self._shut()
        else:
            self._list()

    def action_rate(self, point: int) -> None:
        scale = self._scale
        if scale is None or not self.grace.open:
            return
        self.grace.shut()
        self.ward.kept(
            lambda: self.session.rate_self(scale.dimension, point),
            lambda _: self._next(),
            session=self.session,
            instead=self.grace.shown,
        )

    def action_go_on(self) -> None:
        if not self.grace.open:
            return
        if self._scale is not None:
            self._next()
        elif self._listing:
            self._close()
        else:
            self._shut()

    def action_leave_out(self) -> None:
        if not self.grace.open:
            return
        if self._listing:
            self._close()
        else:
            self._shut()

    def _shut(self) -> None:
        """Close it: from here on the debrief is open."""
        self.grace.shut()
        if all(scale.rated is None for scale in self.session.scales()):
            self.notify(said(LEFT_OUT), markup=False, timeout=6)
        self.ward.kept(
            self.session.close_self_rating,
            lambda _: self.done(),
            session=self.session,
            instead=self.grace.shown,
        )


def _still(block: Block) -> Option:
    return Option(block, disabled=True)
