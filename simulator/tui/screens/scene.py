"""The scene itself: the conversation, what can be answered, and the ways to stop, go back, ask and leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from simulator.shown import Line
from simulator.tui.base import Page
from simulator.tui.pace import Grace, Quiet, reading
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.person import PersonPanel
from simulator.tui.widgets.replies import GO_ON, SILENCE, QuietBar, Replies
from simulator.tui.widgets.title import Title
from simulator.tui.widgets.transcript import Transcript

if TYPE_CHECKING:
    from simulator.session import Session
    from simulator.shown import Now
    from simulator.tui.app import TraineeApp

_TICK = 0.25


class ScenePage(Page):
    """One session being played. What it shows comes from the session; it decides only when keys count."""

    CSS_PATH = "scene.tcss"
    AUTO_FOCUS = "#replies"
    HELP = (
        "You are in a conversation. Read what the person says and what can be seen, then choose what you say "
        "or do. There is no hurry: pause whenever you like. Staying quiet is an answer too. "
        "Nothing you choose here is a pass or a fail, and you can take any turn again."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "pause", "pause", id="scene.pause", tooltip="Freeze everything and cover the screen"),
        Binding(
            "s",
            "quiet",
            "stay quiet",
            id="scene.quiet",
            show=False,
            tooltip="Say nothing for now, where quiet is an answer",
        ),
        Binding(
            "x,escape",
            "step_out",
            "step out",
            key_display="x",
            id="scene.out",
            tooltip="Leave the scene kindly; nothing of it is judged",
        ),
        Binding(
            "h",
            "hands",
            "hands",
            id="scene.hands",
            tooltip="Reach for physical intervention; it is not available here, and asking is no fault",
        ),
        Binding(
            "t",
            "earlier",
            "again",
            id="scene.again",
            tooltip="Choose an earlier reply of yours and take it again from there",
        ),
        Binding(
            "n",
            "timer",
            "quiet timed or not",
            show=False,
            id="scene.timer",
            tooltip="Turn the timing of quiet on or off; you can always choose to stay quiet yourself",
        ),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.timed = session.timed
        self._state: Now = session.now()

    @property
    def ward(self) -> TraineeApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        session = self.session
        yield Title(session.title)
        with Horizontal(id="room"):
            with Vertical(id="talk"):
                yield Transcript(session.person)
                yield Static(id="between")
                yield Replies()
                yield QuietBar()
            yield PersonPanel(session.person, about(session), session.setting, session.role)
        yield KeyBar()

    def on_mount(self) -> None:
        self.grace = Grace(self.ward.clock)
        self.quiet = Quiet(self.ward.clock)
        self.set_interval(_TICK, self.tick)
        self.show(self.session.now())

    # what is shown

    def show(self, now: Now) -> None:
        """This moment: the words first, then the replies, which count only once they have been seen."""
        self._state = now
        self.grace.shut()
        self._begin_quiet()
        self._sync()
        self.query_one(Replies).show(now)
        self.query_one(QuietBar).show(None)
        self.query_one(Title).say(whereabouts(now))
        self.set_class(now.ended, "-over")
        self.query_one(Replies).focus()
        self.refresh_bindings()
        self.call_after_refresh(self.grace.shown)

    def _sync(self) -> None:
        """The conversation, below a line that says who is met and where."""
        session = self.session
        met = Line("note", " ".join([f"{session.person}.", about(session), f"{session.setting}."]), 0, 1)
        self.query_one(Transcript).sync([met, *session.transcript()])

    def _begin_quiet(self) -> None:
        """A new silence, where quiet is an answer and timed; it waits until all that is new could be read."""
        now = self._state
        if now.silence is None or not self.timed:
            self.quiet.begin(0)
            return
        fresh = [line.text for line in self.session.transcript() if line.turn >= now.turn - 1]
        words = " ".join([*fresh, *(offer.text for offer in now.replies)]).split()
        self.quiet.begin(now.silence.seconds, reading(len(words)))

    def tick(self) -> None:
        """Let quiet pass while this page is in front and its keys count; hold it otherwise."""
        looking_back = isinstance(self.focused, Transcript)
        if not self.is_current or not self.grace.open or looking_back or self._state.ended:
            self.quiet.hold()
            return
        self.quiet.go()
        waiting = self._state.silence is not None and self.timed
        self.query_one(QuietBar).show(self.quiet.share_left if waiting else None)
        if self.quiet.over:
            self._move(lambda: self.session.quiet(timed=True).now)

    @on(events.ScreenSuspend)
    def _covered(self) -> None:
        if self.is_mounted and hasattr(self, "quiet"):
            self.quiet.hold()
            self.grace.shut()

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        if hasattr(self, "grace"):
            self.call_after_refresh(self.grace.shown)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        over = self._state.ended
        if action in ("pause", "hands", "step_out"):
            return not over
        if action in ("quiet", "timer"):
            return self._state.silence is not None
        if action == "earlier":
            return self._state.turn > 1 and not isinstance(self.focused, Transcript)
        return True

    # answering

    def _move(self, call: Callable[[], Now]) -> None:
        """Something that changes the scene: shown only once it has been kept."""
        self.grace.shut()
        self.quiet.hold()
        self.ward.kept(call, self.show, session=self.session, instead=self._unmoved)

    def _unmoved(self) -> None:
        self.call_after_refresh(self.grace.shown)

    @on(Replies.Chosen)
    def _chosen(self, event: Replies.Chosen) -> None:
        if not self.grace.open:
            return
        if event.reply == GO_ON:
            self.ward.look_back(self.session)
        elif event.reply == SILENCE:
            self._move(lambda: self.session.quiet(timed=False).now)
        else:
            self._move(lambda: self.session.answer(event.reply).now)

    def action_quiet(self) -> None:
        if self.grace.open:
            self._move(lambda: self.session.quiet(timed=False).now)

    def action_hands(self) -> None:
        """Recorded and answered in place; nothing else changes, the timer of this silence least of all."""

        def reached() -> Now:
            self.session.reach()
            return self.session.now()

        def answered(_: Now) -> None:
            self._sync()
            self.query_one(Replies).focus()

        self.ward.kept(reached, answered, session=self.session, instead=self._unmoved)

    # going back, stopping, leaving

    def action_earlier(self) -> None:
        self.query_one(Transcript).go_in()

    @on(Transcript.Left)
    def _left(self) -> None:
        self.query_one(Replies).focus()

    @on(Transcript.AgainAsked)
    def _again_asked(self, event: Transcript.AgainAsked) -> None:
        self.ward.again(self.session, event.turn, lambda: self._move(lambda: self.session.rewind(event.turn)))

    def action_pause(self) -> None:
        self.ward.pause(self.session)

    def action_step_out(self) -> None:
        self.ward.step_out(self.session)

    def action_timer(self) -> None:
        self.timed = not self.timed
        self._begin_quiet()
        if not self.timed:
            self.query_one(QuietBar).show(None)
            self.notify("Quiet is not timed now. Choose it whenever you want it.", markup=False, timeout=3)
        else:
            self.notify("Quiet is timed again.", markup=False, timeout=3)


def about(session: Session) -> str:
    """What is known about the person met, as it reads for them."""
    cast = session.loaded.scenario.person.cast
    known = [member.about or "" for member in cast if member.name == session.person]
    return known[0] if known else ""


def whereabouts(now: Now) -> str:
    """The quiet word at the top: which turn this is, and which time through."""
    times = "" if now.take == 1 else f" · taken again, {now.take - 1}×"
    return f"the end{times}" if now.ended else f"turn {now.turn}{times}"
