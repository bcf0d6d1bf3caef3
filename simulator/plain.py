"""Plain mode: the whole of practising in lines of text, for screen readers, pipes and poor terminals.

The same service as the full screen: choose, be briefed, play, look back. Nothing is drawn or overwritten.
"""

from __future__ import annotations

import contextlib
import secrets
import signal
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from simulator.errors import SimulatorError, StoreTrouble, WrongPin
from simulator.plain_debrief import After
from simulator.plain_keeping import KEEPS, join_a_group, which_keep
from simulator.plain_scene import NO_CLOCK, Scene
from simulator.plain_talk import ALWAYS, EndOfInput, Leave, Talk, counted, either, kept, whole_number
from simulator.start import Start

if TYPE_CHECKING:
    from scenarios.load import Loaded
    from scenarios.shelf import Entry, Shelf
    from simulator.events import Began, Keep
    from simulator.kept import Unfinished
    from simulator.practice import Practice
    from simulator.session import Session

DONE: Final = 0
NOT_RIGHT: Final = 1

CHOOSE_HELP: Final = (
    "Type the number of a scenario, or its name, to be briefed on it. Nothing begins before you say so.",
    "Type go on to take up a scene you left, where there is one.",
    "Type me for your own page: what you practised, kept and tried, and what to practise next.",
)
PIN_HELP: Final = ("Type the PIN that belongs to this name, or leave.",)
CONFIDENCE: Final = "How sure do you feel, from 0, not at all, to 10, completely? Enter leaves it out."
CONFIDENCE_HELP: Final = (
    "Type a whole number from 0 to 10, or press Enter to leave it out.",
    "It is there for you to look back on. It is no measure of skill.",
)
BEGIN_HELP: Final = ("Press Enter to begin the scene, or type leave to go out. Nothing has begun yet.",)
LEAVE_HELP: Final = (
    "Later keeps your place, so that you can go on another day.",
    "Out ends the scene for good. Nothing of it is judged.",
    "Back goes on with the scene now.",
)
LEAVE_KEPT: Final = "Enter keeps your place for later. Or type out to end it for good, or back to go on."
LEAVE_UNKEPT: Final = "Enter goes out; nothing of it is kept. Or type back to go on."
OUT_OF_ROLE: Final = (
    "That was a scene, and it is over. You are out of it now.",
    "Practising can stir things up. That says nothing bad about you or your work.",
    "If you like: feel your feet on the floor, and let one breath out slowly.",
)
PLACE_KEPT: Final = "Your place is kept. To go on"
OWN_PAGE: Final = "Type me for your own page."
REVIEWED: Final = "It has been reviewed by people with lived experience."
NOT_REVIEWED: Final = "It has not yet been reviewed by people with lived experience."
HOW_IT_GOES: Final = (
    "There is no pass and no fail.",
    "Type pause whenever you need a moment, and leave whenever you want out. Nobody asks why.",
    "Hands-on is not available here: this is practice in what words can do.",
    "If you catch yourself reaching for it, type hands, and the scene waits for you.",
    NO_CLOCK,
)


def run(practice: Practice, *, shelf: Shelf, start: Start, source: TextIO, sink: TextIO) -> int:
    """Practise until the trainee has finished or the input ends. Gives back 0, or 1 with nothing to practise.

    Raises SimulatorError where the records fail for good; a session that runs is suspended before anything
    leaves here, whatever it is.
    """
    plain = Plain(practice, shelf, Talk(source, sink))
    try:
        return plain.run(start)
    except EndOfInput:
        if not plain.begun:
            plain.talk.say("Nothing was begun. To practise another time: words-first play --plain")
        return DONE


class Plain:
    """One sitting."""

    def __init__(self, practice: Practice, shelf: Shelf, talk: Talk) -> None:
        self.practice = practice
        self.shelf = shelf
        self.talk = talk
        self.begun = False

    def run(self, start: Start) -> int:
        """One session after another, until the trainee has had enough."""
        self.talk.say("Words First, in plain mode.", *ALWAYS)
        chosen: Start | None = start
        try:
            self._unlocked()
            while chosen is not None:
                if chosen.loaded is None and not chosen.resume:
                    if not self.shelf.entries:
                        self.talk.say("No scenario was found, so there is nothing to practise.")
                        return NOT_RIGHT
                    chosen = self._choose(chosen)
                self._one(chosen)
                chosen = self._another(start)
        except Leave:
            pass
        self.talk.say("Goodbye. Take care of yourself.")
        return DONE

    def _unlocked(self) -> None:
        """The acting trainee's PIN, where there is one and it has not been given yet."""
        while self.practice.locked:
            name = self.practice.trainee().name
            pin = self.talk.ask(f"What is the PIN of {name}?", about=PIN_HELP, free=True)
            try:
                self.practice.unlock(pin)
            except WrongPin as wrong:
                self.talk.say(wrong.message, wrong.advice)

    # choosing

    def _choose(self, start: Start) -> Start:
        """The scenario, or the unfinished session, that the trainee picks."""
        entries = self.shelf.entries
        left = next(iter(self.practice.unfinished()), None)
        lines = shelf_lines(self.shelf, left)
        if self.practice.sessions(1):
            lines.append(OWN_PAGE)
        self.talk.gap()
        self.talk.say(*lines)
        if left is None:
            question = f"Which scenario: {either(len(entries))}? Enter takes 1, {entries[0].title}."
        else:
            question = (
                f"Which scenario: {either(len(entries), 'go on')}? Enter goes on with the scene you left."
            )
        while True:
            typed = self.talk.ask(
                question, about=CHOOSE_HELP, again=lines, own=[entry.id for entry in entries]
            )
            if left is not None and typed in ("", "go on"):
                return replace(start, resume=True, session=left.session)
            entry = _picked(entries, typed or "1")
            if entry is None and typed == "me":
                self._own_page()
                self.talk.gap()
                self.talk.say(*lines)
            elif entry is None:
                self.talk.fits_nothing(typed)
            elif (loaded := self._loaded(entry)) is not None:
                return replace(start, loaded=loaded)

    def _own_page(self) -> None:
        from simulator.plain_me import own_page

        own_page(self.talk, self.practice)

    def _loaded(self, entry: Entry) -> Loaded | None:
        from scenarios.load import ScenarioError, load

        try:
            return load(Path(entry.path))
        except ScenarioError:
            self.talk.say("That scenario has changed and cannot be read now. Please choose another.")
            return None

    def _another(self, start: Start) -> Start | None:
        """After a session: done, unless the trainee came to choose and would like another."""
        if start.loaded is not None or start.resume:
            return None
        typed = self.talk.ask(
            "Enter finishes. Or type another, to choose another scenario.",
            about=("Press Enter to finish for today, or type another to choose another scenario.",),
            own=("another",),
        )
        return start if typed == "another" else None

    # one session

    def _one(self, start: Start) -> None:
        session = self._resumed(start) if start.resume else self._begun(start)
        self.begun, finished = True, False
        try:
            self._played(session)
            finished = True
        except (EndOfInput, KeyboardInterrupt):
            with undisturbed():
                finished = True
                self._put_by(session)
            raise
        finally:
            if (
                not finished
            ):  # stopped from outside, or by a fault of ours: the place is kept if that can be done
                with undisturbed(), contextlib.suppress(SimulatorError):
                    session.suspend()
            session.close()

    def _resumed(self, start: Start) -> Session:
        session = self.practice.resume(start.session)
        self.talk.gap()
        if session.now().ended:
            self.talk.say(f"Coming back to {session.title}.")
        else:
            self.talk.say(f"Going on with {session.title}, where you left it.", NO_CLOCK)
            self.talk.say("Type so far to hear what has happened.")
        return session

    def _begun(self, start: Start) -> Session:
        """The briefing, then the session. Who is met is drawn first, so that the briefing is about them."""
        from simulator.starting import begin_with

        assert start.loaded is not None, "a scenario has been chosen"
        loaded = start.loaded
        seed = secrets.randbits(32) if start.seed is None else start.seed
        drawn = begin_with(loaded, start.keep or "mine", start.opening, start.cast, seed, False)
        lines = briefing_lines(loaded, drawn, self.practice.trainee().name)
        self.talk.gap()
        self.talk.say(*lines)
        keep = start.keep or which_keep(self.talk, "mine")
        self.talk.say(KEEPS[keep])
        join_a_group(self.talk, self.practice, keep)
        confidence = self.talk.ask_number(CONFIDENCE, 10, about=CONFIDENCE_HELP)
        while typed := self.talk.ask("Enter begins the scene.", about=BEGIN_HELP, again=lines):
            if typed in ("begin", "start", "go on"):
                break
            self.talk.fits_nothing(typed)

        def begun(keep: Keep) -> Session:
            return self.practice.start(
                loaded,
                keep,
                opening=drawn.opening,
                cast=drawn.cast,
                seed=seed,
                confidence=confidence,
                timed=False,
            )

        return kept(self.talk, partial(begun, keep), without=partial(begun, "none"))

    def _played(self, session: Session) -> None:
        """The scene, and what follows it, as often as it is taken again."""
        scene, after = Scene(self.talk, session), After(self.talk, session, self.practice)
        while True:
            try:
                scene.play()
            except Leave:
                if self._left(session):
                    return
                continue
            try:
                if after.look_back():
                    continue
            except Leave:
                pass
            break
        self.talk.gap()
        if session.debrief_open:
            self.talk.say(KEEPS[session.keep])
        else:
            self._put_by(session)
        self._aftercare()

    def _left(self, session: Session) -> bool:
        """The trainee wants out of the scene. True where they went, False where they came back to it."""
        nothing_kept = session.keep == "none"
        question = LEAVE_UNKEPT if nothing_kept else LEAVE_KEPT
        self.talk.say("The scene has stopped.")
        while True:
            try:
                typed = self.talk.ask(question, about=LEAVE_HELP, own=("out", "back", "later"))
            except Leave:
                typed = ""
            if typed == "back":
                return False
            if typed == "out" or (typed == "" and nothing_kept):
                self.talk.say(kept(self.talk, session.step_out))
                break
            if typed in ("", "later"):
                self._put_by(session)
                break
            self.talk.fits_nothing(typed)
        self._aftercare()
        return True

    def _put_by(self, session: Session) -> None:
        """Suspend; where nothing is kept, say so."""
        try:
            session.suspend()
        except StoreTrouble as trouble:
            self.talk.say(trouble.message, trouble.advice, "Every answer before that is kept.")
        if session.keep == "none":
            self.talk.say("Nothing was kept, as you chose. To practise again: words-first play --plain")
        else:
            kept_so = "This session is kept. To come back to it" if session.state == "ended" else PLACE_KEPT
            self.talk.say(f"{kept_so}: words-first play --plain --resume {session.id}")

    def _aftercare(self) -> None:
        """Out of role, and whom to turn to."""
        from simulator.settings import aftercare

        care = aftercare(self.practice.settings)
        self.talk.gap()
        self.talk.say(*OUT_OF_ROLE)
        if care.note:
            self.talk.say(care.note)
        else:
            self.talk.say("If it stirred something up, you can turn to one of these.")
            self.talk.say(*(f"{contact.name}, {contact.how}." for contact in care.contacts))


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let a second signal wait (a closed terminal sends several) until what is being saved has been saved."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def briefing_lines(loaded: Loaded, drawn: Began, trainee: str) -> list[str]:
    """What a trainee is told before anything begins, about the person and the opening that were drawn."""
    from scenarios.speech import fill

    scenario = loaded.scenario
    member = scenario.person.cast[drawn.cast]

    def told(text: str) -> str:
        return fill(text, member.name, member.pronouns, trainee)

    notes = ", ".join(map(told, scenario.content_notes))
    brief = scenario.openings[drawn.opening].brief
    lines = [
        f"{told(scenario.title)}.",
        f"You are a {told(scenario.role)}. The scene takes about {counted(scenario.minutes, 'minute')}.",
        f"Where and when: {told(scenario.setting)}.",
        f"What you know: {told(scenario.summary)}",
        told(brief) if brief else "",
        f"You will meet {member.name}. {told(member.about or '')}",
        f"What it is practice for: {'; '.join(map(told, scenario.aims))}." if scenario.aims else "",
        f"It may touch on: {notes}." if notes else "It has no content notes.",
        REVIEWED if scenario.credits.lived_experience_review else NOT_REVIEWED,
    ]
    return [*lines, *HOW_IT_GOES]


def shelf_lines(shelf: Shelf, left: Unfinished | None) -> list[str]:
    """What there is to choose from, as lines."""
    count = len(shelf.entries)
    lines = [f"There {'is' if count == 1 else 'are'} {counted(count, 'scenario')}."]
    for number, entry in enumerate(shelf.entries, start=1):
        lines += _entry_lines(number, entry)
    if shelf.unreadable:
        lines.append(
            f"{counted(len(shelf.unreadable), 'file')} could not be read; words-first list says why."
        )
    if left is not None:
        day = left.started.astimezone()
        begun = f"begun on {day.day} {day:%B %Y}, {counted(left.turns, 'turn')} so far"
        rest = "It has ended; go on looks back at it." if left.over else "Type go on to take it up."
        lines.append(f"You left a scene: {left.title}, {begun}. {rest}")
    return lines


def _entry_lines(number: int, entry: Entry) -> list[str]:
    notes = f"May touch on: {', '.join(entry.content_notes)}." if entry.content_notes else "No content notes."
    review = "" if entry.reviewed else " Not yet reviewed by people with lived experience."
    return [
        f"{number}. {entry.title}. {entry.summary}",
        f"You are a {entry.role}, for about {counted(entry.minutes, 'minute')}. {notes}{review}",
    ]


def _picked(entries: Sequence[Entry], typed: str) -> Entry | None:
    number = whole_number(typed)
    if number is not None:
        return entries[number - 1] if 1 <= number <= len(entries) else None
    return next((entry for entry in entries if typed in (entry.id, entry.title.lower())), None)
