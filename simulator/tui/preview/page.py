"""The author's desk on the screen: the scene on the left, problems and outline on the right or a key away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from scenarios.play_rules import shown
from simulator.shown import Line
from simulator.tui.base import Page
from simulator.tui.preview.desk import NOT_YET, Desk
from simulator.tui.preview.panes import DeskReplies, Outline, Problems, where
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.replies import GO_ON, SILENCE, Replies
from simulator.tui.widgets.title import Title
from simulator.tui.widgets.transcript import Transcript
from simulator.tui.words import joined, plain, stacked

if TYPE_CHECKING:
    from simulator.tui.preview.app import PreviewApp

READING: Final = "Reading the file …"
_PANES: Final = {"play": "Play", "problems": "Problems", "outline": "Outline"}
_FOCUS: Final = {"play": "#replies", "problems": "#problems", "outline": "#outline"}
_NEEDS_A_PLAY: Final = frozenset(
    ("quiet", "undo", "earlier", "restart", "opening", "person", "walk", "author", "jump")
)


class DeskPage(Page):
    """Play, problems and outline of one file. What it shows comes from the desk; it decides only where."""

    CSS_PATH = "preview.tcss"
    AUTO_FOCUS = "#replies"
    HELP = (
        "Play your scene while you write it. Save the file in your editor and it is read again here; the same "
        "replies bring you back to the same place, or to the last that still holds. Quiet text is for authors: "
        "trainees never see moments, ids, gauges or facts. <trainee> reads as Alex here. In the outline ▸ is "
        "where you are, ● where you have been, ○ where you have not. Nothing of this is kept."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "undo", id="desk.undo", tooltip="Take the last turn back"),
        Binding(
            "r",
            "restart",
            "restart",
            id="desk.restart",
            tooltip="Begin again, with the same opening, person and order of replies",
        ),
        Binding(
            "j",
            "jump",
            "jump",
            id="desk.jump",
            tooltip="Choose a moment or ending, and go there by a real play",
        ),
        Binding(
            "w",
            "walk",
            "walk",
            id="desk.walk",
            tooltip="Show the play so far as a walk, to paste under `walks:`",
        ),
        Binding(
            "tab",
            "pane(1)",
            "next pane",
            id="desk.pane",
            tooltip="Go on to the problems, the outline, the play",
        ),
        Binding(
            "shift+tab",
            "pane(-1)",
            "pane before",
            id="desk.pane-back",
            show=False,
            tooltip="Go back to the pane before",
        ),
        Binding("escape", "to_play", "play", id="desk.play", show=False, tooltip="Back to the replies"),
        Binding(
            "s",
            "quiet",
            "stay quiet",
            id="desk.quiet",
            show=False,
            tooltip="Say nothing, where quiet is an answer",
        ),
        Binding(
            "t",
            "earlier",
            "earlier turn",
            id="desk.earlier",
            show=False,
            tooltip="Choose an earlier reply, and take it again from there",
        ),
        Binding(
            "o",
            "opening",
            "next opening",
            id="desk.opening",
            show=False,
            tooltip="Begin with the next opening",
        ),
        Binding(
            "c",
            "person",
            "next person",
            id="desk.person",
            show=False,
            tooltip="Meet the next of the cast, at the same place",
        ),
        Binding(
            "a",
            "author",
            "authors' notes",
            id="desk.author",
            show=False,
            tooltip="Show or hide what only authors see: moment, ids, gauges and facts",
        ),
        Binding("q", "app.leave", "quit", id="desk.leave", tooltip="Leave; nothing is kept of it"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.author = True
        self.pane = "play"

    @property
    def preview(self) -> PreviewApp:
        return self.app  # type: ignore[return-value]

    def compose(self) -> ComposeResult:
        yield Title(self.preview.shown)
        with Horizontal(id="room"):
            with Vertical(id="play"):
                yield Transcript("")
                yield Static(id="standing")
                yield DeskReplies()
            with Vertical(id="beside"):
                with Vertical(id="problems-pane"):
                    yield Static(id="problems-head", classes="head")
                    yield Problems()
                with Vertical(id="outline-pane"):
                    yield Static(id="outline-head", classes="head")
                    yield Outline()
        yield Static(id="said")
        yield KeyBar()

    def on_mount(self) -> None:
        self.say(READING)
        self.set_class(True, "-empty")
        self.show_problems()

    # what is shown

    def say(self, words: str) -> None:
        """The one line that tells what has just happened."""
        self.query_one("#said", Static).update(plain(words))

    def show_all(self, words: str = "", *, anew: bool = True) -> None:
        """Everything, after a move or a save; `anew`: the conversation may differ in any line."""
        self.say(words)
        self.show_play(anew)
        self.show_problems()

    def show_play(self, anew: bool) -> None:
        """The conversation, the replies, and where the play stands."""
        desk = self.desk
        self.set_class(not desk.ready, "-empty")
        transcript = self.query_one(Transcript)
        if anew:
            transcript.sync([])
        if not desk.ready:
            if desk.broken:
                transcript.sync([Line("note", NOT_YET, 0, 1)])
            return
        transcript.person = desk.play.person
        transcript.sync(desk.lines(self.author))
        self.query_one(DeskReplies).show_all(desk.now, self.author)
        standing = self.query_one("#standing", Static)
        standing.update(plain(desk.standing() if self.author else "", "$quiet"))
        self.query_one(Title).say(f"turn {desk.play.turn} · {desk.way.opening} · {desk.way.cast}")
        self.refresh_bindings()

    def show_problems(self) -> None:
        """Problems, how far the check has come, and the outline."""
        desk = self.desk
        self._head("problems", desk.counted() if desk.reading else "", desk.tried() if desk.reading else "")
        self.query_one(Problems).show(desk.problems)
        if desk.ready:
            stops = desk.outline()
            been = sum(stop.visited for stop in stops)
            self._head("outline", f"been at {been} of {len(stops)}")
            self.query_one(Outline).show(stops)
        else:
            self._head("outline")
        self._arrange()

    def _head(self, pane: str, *told: str) -> None:
        lines = [joined(plain(_PANES[pane], "bold"), plain(f"  {told[0]}" if told else "", "$quiet"))]
        lines += [plain(line, "$quiet") for line in told[1:] if line]
        self.query_one(f"#{pane}-head", Static).update(stacked(lines))

    def _arrange(self) -> None:
        """Both sides where there is room, else the one pane that was chosen, under a line that names all three."""
        roomy = self.has_class("-roomy")
        self.query_one("#play").display = roomy or self.pane == "play"
        self.query_one("#beside").display = roomy or self.pane != "play"
        self.query_one("#problems-pane").display = roomy or self.pane == "problems"
        self.query_one("#outline-pane").display = roomy or self.pane == "outline"
        self.query_one("#title-left", Static).update(
            plain(self.preview.shown, "bold") if roomy else self._names()
        )

    def _names(self) -> Content:
        """The panes by name, the one that is shown set apart."""
        words = ["Problems", str(len(self.desk.problems)) if self.desk.problems else ""]
        words.append("…" if self.desk.proof == "running" else "")
        names = {**_PANES, "problems": " ".join(filter(None, words))}
        pieces = [
            plain(
                f"[{name}]" if pane == self.pane else name, "bold" if pane == self.pane else "$quiet not bold"
            )
            for pane, name in names.items()
        ]
        return plain("  ").join(pieces)

    @on(events.Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._arrange)

    # from pane to pane

    def action_pane(self, step: int) -> None:
        names = list(_PANES)
        self.go_to(names[(names.index(self._focused_pane()) + step) % len(names)])

    def _focused_pane(self) -> str:
        focused = self.focused
        return next((pane for pane, which in _FOCUS.items() if focused is self.query_one(which)), self.pane)

    def go_to(self, pane: str) -> None:
        """Show this pane and put the cursor in it."""
        self.pane = pane
        self._arrange()
        self.query_one(_FOCUS[pane]).focus()

    def action_to_play(self) -> None:
        self.go_to("play")

    def action_jump(self) -> None:
        self.go_to("outline")

    # playing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in _NEEDS_A_PLAY and not self.desk.ready:
            return False
        if action == "quiet":
            return self.desk.now.silence is not None
        if action in ("undo", "earlier"):
            return self.desk.play.turn > 1
        return True

    def _moved(self, words: str = "", *, anew: bool = False) -> None:
        self.show_all(words, anew=anew)
        self.go_to("play")

    @on(Replies.Chosen)
    def _chosen(self, event: Replies.Chosen) -> None:
        if event.reply == GO_ON:
            self.action_restart()
        elif any(offer.id == event.reply for offer in self.desk.play.offered):
            self.desk.answer(event.reply)
            self._moved()

    def action_quiet(self) -> None:
        self.desk.answer(SILENCE)
        self._moved()

    def action_undo(self) -> None:
        if self.desk.undo():
            self._moved("One turn back.", anew=True)

    def action_restart(self) -> None:
        self.desk.restart()
        self._moved(f"From the beginning: `{self.desk.way.opening}`.", anew=True)

    def action_opening(self) -> None:
        self._moved(f"From the beginning: `{self.desk.next_opening()}`.", anew=True)

    def action_person(self) -> None:
        self._moved(f"The same place, with {self.desk.next_person()}.", anew=True)

    def action_author(self) -> None:
        self.author = not self.author
        self.show_play(anew=True)
        self.say(
            "Authors' notes are shown." if self.author else "As trainees see it; a shows the notes again."
        )

    def action_earlier(self) -> None:
        self.go_to("play")
        self.query_one(Transcript).go_in()

    @on(Transcript.Left)
    def _left(self) -> None:
        self.go_to("play")

    @on(Transcript.AgainAsked)
    def _again_asked(self, event: Transcript.AgainAsked) -> None:
        self.desk.again_from(event.turn)
        self._moved(f"Back before the reply of turn {event.turn}.", anew=True)

    # jumping

    def _jump(self, go: Callable[[], str]) -> None:
        before = self.desk.way
        words = go()
        if self.desk.way is before:
            self.say(words)
        else:
            self._moved(words, anew=True)

    @on(Outline.Asked)
    def _moment_asked(self, event: Outline.Asked) -> None:
        self._jump(lambda: self.desk.jump(event.name))

    @on(Problems.Asked)
    def _problem_asked(self, event: Problems.Asked) -> None:
        problem, desk = event.problem, self.desk
        target = desk.target(problem)
        choices = [Choice("close", "Go on writing")]
        if isinstance(target, str):
            choices.insert(0, Choice("go", f"Play from {target}"))
        elif target is not None:
            choices.insert(0, Choice("go", "Play what shows it", shown(target)))
        told = "\n\n".join(filter(None, (problem.message, problem.hint)))
        asked = AskPage(where(problem), told, choices)

        def answered(answer: str | None) -> None:
            if answer == "go" and isinstance(target, str):
                self._jump(lambda: desk.jump(target))
            elif answer == "go" and target is not None and not isinstance(target, str):
                self._jump(lambda: desk.jump_by(target))

        self.app.push_screen(asked, answered)

    def action_walk(self) -> None:
        lines = self.desk.walk()
        self.preview.note_walk(lines)
        choices = [
            Choice("copy", "Copy it, where this terminal can", "It is printed too when you leave."),
            Choice("close", "Go on"),
        ]
        told = "Paste this under walks: in the file. Every check then plays it.\n\n" + "\n".join(lines)

        def answered(answer: str | None) -> None:
            if answer == "copy":
                self.preview.copy_walk(lines)

        self.app.push_screen(AskPage("The play so far, as a walk", told, choices), answered)
