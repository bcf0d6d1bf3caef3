"""One session under review: seven sections to read, and what a facilitator says of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from facilitator.errors import Locked, Moved
from facilitator.tui import beside
from facilitator.tui.lists import Listing, OpenedPage
from facilitator.tui.rows import Line
from facilitator.tui.talk import talk, turn_name
from facilitator.tui.wording import REVIEWS, SECTORS, VOICE
from facilitator.tui.write import WritePage
from simulator.errors import SimulatorError
from simulator.tui.screens.ask import AskPage, Choice
from simulator.tui.widgets.blocks import Block, Blocks
from simulator.tui.widgets.chart import Chart
from simulator.tui.widgets.keybar import KeyBar
from simulator.tui.widgets.title import Title
from simulator.tui.words import counted, plain

if TYPE_CHECKING:
    from facilitator.reviews import Review
    from facilitator.tui.app import ReviewApp

SECTIONS: Final = ("talk", "person", "ratings", "their words", "voice", "notes", "trail")
PERSON: Final = 2
DOWN: Final = "Go down the list: all there is to each row shows here."
NEWS: Final = "{who} wrote in this review while you were reading; you see it as it is now."


class SessionPage(Listing):
    """Sections by number; beside the list, where there is room, all there is to the row with the cursor."""

    HELP = (
        "One session. 1 to 7 change what you look at: the talk turn by turn, how it went in the person, ratings, "
        "the trainee's own words and what they see differently, the person's voice, notes, and the trail. Enter "
        "opens a row: everything about a turn, a rating to give, a statement to answer. n writes a note on the "
        "turn with the cursor, and on the whole elsewhere; it says whom it is for while you write."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *[
            Binding(str(number), f"section({number})", words, show=False, id=f"session.{number}",
                    tooltip=f"Show: {words}")
            for number, words in enumerate(SECTIONS, 1)
        ],
        Binding("tab", "section(0)", "sections", key_display="1–7", id="session.next",
                tooltip="The next of the seven sections; their numbers go there at once"),
        Binding("n", "note", "note", id="session.note", tooltip="Write a note on this turn, or on the whole"),
        Binding("N", "note_whole", "note on the whole", show=False, id="session.note-whole",
                tooltip="Write a note on the whole session"),
        Binding("o", "sign", "sign off", id="session.sign", tooltip="Sign off this session as you read it"),
        Binding("o", "reopen", "reopen", id="session.reopen", tooltip="Open it again, with the reason"),
        Binding("d", "second", "second view", show=False, id="session.second",
                tooltip="Ask for a second reviewer"),
        Binding("u", "unblind", "see suggestions", show=False, id="session.unblind",
                tooltip="See every suggested rating before giving your own; that is recorded"),
        Binding("v", "compare", "compare takes", show=False, id="session.compare",
                tooltip="Lay two takes side by side"),
        Binding("escape,q", "back", "back", key_display="esc", id="session.back", tooltip="Back to the table"),
    ]  # fmt: skip

    def __init__(self, review: Review) -> None:
        super().__init__()
        self.review = review
        self.section = 1

    @property
    def desk(self) -> ReviewApp:
        return self.app  # type: ignore[return-value]

    @property
    def me(self) -> str:
        """What whoever reviews is called."""
        return self.desk.room.me.name

    def compose(self) -> ComposeResult:
        row = self.review.row
        yield Title(f"{row.trainee} · {row.title or row.scenario}", "")
        yield Static(plain(""), id="sections")
        yield Static(plain(""), id="news")
        with Horizontal(id="room"):
            with Vertical(id="left"):
                yield Chart(())
                yield Blocks(id="told")
            yield Blocks(id="beside")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one("#news").display = False
        self.query_one("#beside").can_focus = False
        self.show(stay=False)

    # showing

    def show(self, stay: bool = True) -> None:
        """The section as the review stands now."""
        mark, words = REVIEWS[self.review.state]
        self.query_one(Title).say(self.review.kept or f"{mark} {words}")
        names = [
            plain(f"{number} {name}", "bold $you" if number == self.section else "$quiet")
            for number, name in enumerate(SECTIONS, 1)
        ]
        self.query_one("#sections", Static).update(Content("   ").join(names))
        try:
            self.lay(self._lines(), stay)
        except Locked:
            self.desk.mind_the_lock()
            return
        except SimulatorError as error:
            self.desk.failed(error)
            return
        self.set_class(any(line.detail for line in self.lines), "-beside")
        self.query_one(Chart).display = self.section == PERSON
        self.refresh_bindings()
        self._show_beside()

    def _lines(self) -> Iterable[Line]:
        match self.section:
            case 1:
                return talk(self.review)
            case 2:
                return beside.person(self.review)
            case 3:
                return beside.ratings(self.review, self.me, self._rate)
            case 4:
                return beside.own_words(self.review, self._answer)
            case 5:
                return beside.voice(self.review, self.me, self._voice)
            case 6:
                return beside.all_notes(self.review)
        return beside.trail_lines(self.desk.room.audit_lines(self.review.session))

    @on(OptionList.OptionHighlighted, "#told")
    def _moved(self) -> None:
        self.refresh_bindings()
        self._show_beside()

    def _show_beside(self) -> None:
        line = self.line
        blocks = line.detail if line is not None and line.detail else (Block(plain(DOWN, "$quiet")),)
        self.query_one("#beside", Blocks).set_options([Option(block, disabled=True) for block in blocks])
        if self.section == PERSON:
            take, turn = line.turn if line is not None and line.turn is not None else (1, None)
            chart = self.query_one(Chart)
            chart.points = beside.points(self.review, take)
            chart.show(turn)

    def action_section(self, number: int) -> None:
        self.section = number or self.section % len(SECTIONS) + 1
        self.show(stay=False)
        self.listed.focus()

    def go_to(self, take: int, turn: int) -> None:
        """Show a turn in the talk."""
        self.section = 1
        self.show(stay=False)
        places = [place for place, line in enumerate(self.lines) if line.turn == (take, turn)]
        if places:
            self.listed.highlighted = places[0]

    def opened(self) -> None:
        line = self.line
        if line is not None and line.opens is None and line.detail and line.turn is not None:
            self.app.push_screen(OpenedPage(turn_name(self.review.whole, line.turn), line.detail))
        elif line is not None and line.opens is None and line.turn is not None and self.section in (2, 4, 6):
            self.go_to(*line.turn)
        else:
            super().opened()

    # others writing meanwhile

    @work(exclusive=True, group="looking")
    async def look_again(self) -> None:
        """Read it again; where somebody else wrote, say so. Nothing that is being typed is touched."""
        known = len(self.review.facts), self.review.state
        try:
            fresh = await asyncio.to_thread(self.desk.room.open, self.review.session, "")
            now = len(fresh.facts), fresh.state
        except SimulatorError:
            return  # whoever acts next is told what is the matter
        if now != known and (len(self.review.facts), self.review.state) == known:
            others = [fact.name for fact in fresh.facts[known[0] :] if fact.name != self.me]
            self.review = fresh
            self.say(NEWS.format(who=others[-1] if others else "Somebody"))
            self.show()

    def say(self, words: str) -> None:
        """A line of news above the section; "" takes it away."""
        news = self.query_one("#news", Static)
        news.update(plain(words))
        news.display = bool(words)

    # acts

    def act(self, call: Callable[[Review], object]) -> None:
        """Say something of the session, and show it as it is then.

        Raises SimulatorError with nothing changed; where somebody else wrote first, theirs is shown by then.
        """
        try:
            call(self.review)
        except Moved as moved:
            self.review.refresh()
            self.say(moved.message)
            self.show()
            raise
        self.say("")
        self.show()

    def do(self, call: Callable[[Review], object]) -> None:
        """The same where no words could be lost: what went wrong is told."""
        try:
            self.act(call)
        except SimulatorError as error:
            self.desk.failed(error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        match action:
            case "sign":
                return not self._mine_signed()
            case "reopen":
                return self._mine_signed()
            case "unblind":
                return self.review.blind and self.section == 3
            case "compare":
                return len(self.review.whole["takes"]) > 1
        return True

    def _mine_signed(self) -> bool:
        return self.review.state == "signed" or self.me in self.review.signed_by

    def action_note(self) -> None:
        line = self.line
        self._note(line.turn if line is not None else None)

    def action_note_whole(self) -> None:
        self._note(None)

    def _note(self, place: tuple[int, int] | None) -> None:
        whole = self.review.whole
        take, turn = place or (1, None)
        where = "the whole session" if place is None else turn_name(whole, place).lower()

        def keep(text: str, for_trainee: bool) -> None:
            self.act(lambda review: review.note(turn, text, for_trainee, take))

        page = WritePage(f"A note on {where}", "", keep, trainee=whole["trainee"])
        self.app.push_screen(page)

    def _rate(self, dimension: str) -> None:
        from facilitator.tui.rate import RatePage

        self.app.push_screen(RatePage(self, dimension))

    def action_unblind(self) -> None:
        asked = AskPage(
            "See the suggestions before you rate?",
            "That you did is recorded. Ratings given blind say more about how far people agree.",
            [Choice("see", "See them"), Choice("blind", "Go on rating blind")],
        )
        self.app.push_screen(
            asked, lambda answer: self.do(lambda r: r.unblind()) if answer == "see" else None
        )

    def _answer(self, place: str) -> None:
        """Agree with what the trainee sees differently, or overrule it; both stand side by side."""
        contest = self.review.whole["debrief"]["contests"][int(place)]
        who = self.review.whole["trainee"]
        if contest["what"] == "rating" and self.review.hidden(contest["name"]):
            self.desk.tell(
                f"{who} sees a suggested rating differently.",
                "Give your own rating of it first (3), so that neither the suggestion nor this sways you.",
            )
            return
        asked = AskPage(
            f"{who} sees it differently: {beside.contest_name(self.review, contest)}.",
            contest["text"],
            [
                Choice("agree", f"Agree with {who}"),
                Choice("overrule", "Overrule it", "Both stay on the record, side by side."),
                Choice("back", "Leave it for now"),
            ],
        )

        def decided(answer: str | None) -> None:
            if answer in ("agree", "overrule"):
                self._say_why(contest, answer == "agree")

        self.app.push_screen(asked, decided)

    def _say_why(self, contest: dict[str, object], agree: bool) -> None:
        def keep(text: str, _: bool) -> None:
            self.act(partial(_answered, contest=contest, agree=agree, text=text))

        who = self.review.whole["trainee"]
        words = f"You agree with {who}" if agree else "You overrule it"
        self.app.push_screen(
            WritePage(f"{words}. In your words, if you like:", f"{who} can read this.", keep)
        )

    def _voice(self, key: str) -> None:
        choices = [Choice(str(point), words) for point, words in enumerate(beside.VOICE_POINTS, 1)]
        asked = AskPage(
            f"“{VOICE[key]}”",
            f"How far would {self.review.whole['cast']} say so?",
            [
                *(Choice(choice.id, choice.says[3:].capitalize()) for choice in choices),
                Choice("", "Leave it"),
            ],
        )

        def decided(answer: str | None) -> None:
            if answer is not None and answer.isdecimal():
                self.do(lambda review: review.state_voice(key, int(answer)))

        self.app.push_screen(asked, decided)

    def action_second(self) -> None:
        choices = [
            Choice("voluntary", "From the voluntary sector"),
            Choice("nhs", "From the NHS"),
            Choice("", "From either"),
            Choice("no", "Leave it"),
        ]
        asked = AskPage(
            "Ask for a second reviewer?",
            "The session then closes with their signature beside yours. They find it with the filter "
            "“second view: waited for”.",
            choices,
        )

        def decided(answer: str | None) -> None:
            if answer is not None and answer in SECTORS:
                self.do(lambda review: review.ask_second(answer))

        self.app.push_screen(asked, decided)

    def action_sign(self) -> None:
        asked = AskPage(
            "Sign off this session?",
            f"{self._missing()} Your name and the time are written down. It can be reopened, with a reason.",
            [Choice("sign", "Sign it off"), Choice("back", "Not yet")],
        )
        self.app.push_screen(asked, lambda answer: self.do(lambda r: r.sign()) if answer == "sign" else None)

    def _missing(self) -> str:
        """What has not been said yet, without asking for all of it."""
        rated = sum(
            any(given.name == self.me for given in each.given) for each in self.review.ratings.values()
        )
        parts = [f"You have rated {rated} of {counted(len(self.review.ratings), 'dimension')}."]
        contests = self.review.whole["debrief"]["contests"]
        open_ones = len(contests) - len(beside.answered(self.review))
        if open_ones:
            parts.append(f"{counted(open_ones, 'thing')} that the trainee sees differently not answered yet.")
        return " ".join(parts)

    def action_reopen(self) -> None:
        def keep(text: str, _: bool) -> None:
            self.act(lambda review: review.reopen(text))

        self.app.push_screen(
            WritePage("Why is it opened again?", "Every signature has to be given anew.", keep)
        )

    def action_compare(self) -> None:
        from facilitator.tui.compare import takes_beside

        takes_beside(self.desk, self.review)

    def action_back(self) -> None:
        self.dismiss()
        self.desk.table.look()


def _answered(review: Review, contest: dict[str, object], agree: bool, text: str) -> None:
    what, turn, name, take = (contest[key] for key in ("what", "turn", "name", "take"))
    assert isinstance(turn, int) and isinstance(take, int)
    review.answer(str(what), turn, str(name), agree, text, take)
