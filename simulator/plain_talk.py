"""Asking and answering in lines of text: nothing drawn, nothing overwritten, each line clear heard alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, Protocol, TextIO, TypeVar

from simulator.errors import StoreTrouble
from simulator.text import MOST, clean_line

Result = TypeVar("Result")

GO_ON: Final = frozenset(["", "go on", "go-on", "continue", "unpause", "resume"])
_SAME: Final = {
    "?": "help",
    "say again": "say again",
    "say-again": "say again",
    "again": "say again",
    "repeat": "say again",
    "exit": "leave",
    "quit": "leave",
    "stop": "leave",
    "stay quiet": "quiet",
    "silence": "quiet",
}
_ANYWHERE: Final = ("help", "say again", "pause", "leave")
ALWAYS: Final = (
    "At every prompt: help says what you can type, say again repeats, pause waits, and leave takes you out.",
)


KEPT_HELP: Final = ("What you did could not be saved just now. Enter tries once more, leave takes you out.",)


class EndOfInput(Exception):
    """Whoever was typing has gone: the terminal was closed, or the pipe has ended."""


class Leave(Exception):
    """The trainee wants out of what they are in."""


class Pausing(Protocol):
    """What stands still while the trainee pauses."""

    def pause(self) -> None: ...

    def unpause(self) -> None: ...


class Talk:
    """One conversation over two text streams. `scene` is set while a scene's clock can be stopped."""

    def __init__(self, source: TextIO, sink: TextIO) -> None:
        self._source = source
        self._sink = sink
        self.scene: Pausing | None = None

    def say(self, *lines: str) -> None:
        """Say lines, each cleaned and kept on one line; empty ones are left out."""
        for line in lines:
            if flat := clean_line(line):
                self._sink.write(f"{flat}\n")

    def gap(self) -> None:
        """An empty line, for the eye."""
        self._sink.write("\n")

    def ask(
        self,
        question: str,
        *,
        about: Sequence[str],
        again: Sequence[str] = (),
        own: Collection[str] = (),
        free: bool = False,
    ) -> str:
        """Ask, and give back what was typed: "" for Enter alone (or `skip` where `free`), lower case unless `free`.

        `help` says `about`; `say again` says `again` and the question once more; `pause` waits. Answers in
        `own` mean what this prompt takes them for before anything else. Raises EndOfInput, Leave (`leave`).
        """
        while True:
            self.say(question)
            typed = self._line()
            word = self._word(typed, own, free)
            if word == "help":
                self.say(*about, *ALWAYS)
            elif word == "say again":
                self.say(*again)
            elif word == "pause":
                self.wait()
            elif word == "leave":
                raise Leave
            elif free:
                return "" if word == "skip" else typed
            else:
                return word

    def ask_number(self, question: str, most: int, *, about: Sequence[str]) -> int | None:
        """Ask for a whole number from 0 to `most`; None where it was left out. Raises as `ask` does."""
        while True:
            typed = self.ask(question, about=about)
            number = whole_number(typed)
            if typed == "":
                return None
            if number is not None and number <= most:
                return number
            self.fits_nothing(typed)

    def fits_nothing(self, typed: str) -> None:
        """Say that an answer fits nothing here; the question, asked again, says what would."""
        self.say(f"That fits nothing here: {typed[:80]}. Help says what does.")

    def wait(self) -> None:
        """Stand still until Enter or `go on`."""
        if self.scene is not None:
            kept(self, self.scene.pause)
        self.say("Paused. Nothing moves until you go on.")
        while True:
            self.say("Press Enter to go on, or type leave.")
            word = self._word(self._line(), (), False)
            if word in GO_ON:
                break
            if word == "leave":
                raise Leave
            self.say("Still paused. Take your time.")
        if self.scene is not None:
            kept(self, self.scene.unpause)
        self.say("Going on.")

    def _word(self, typed: str, own: Collection[str], free: bool) -> str:
        word = typed.lower().rstrip(".!").strip()
        if word in own:
            return word
        if free:
            return word if word in (*_ANYWHERE, "skip") else ""
        return _SAME.get(word, word)

    def _line(self) -> str:
        """One line of input, cleaned. What is longer than a text may be is read to its end and cut."""
        self._sink.flush()
        rest = typed = self._read()
        if not typed:
            raise EndOfInput
        while not rest.endswith("\n") and len(rest) > MOST:
            rest = self._read()
        return clean_line(typed)

    def _read(self) -> str:
        try:
            return self._source.readline(MOST + 1)
        except OSError:  # a terminal that has been closed
            raise EndOfInput from None


def kept(talk: Talk, doing: Callable[[], Result], without: Callable[[], Result] | None = None) -> Result:
    """Do what is to be saved; where it could not be, nothing has moved, and Enter tries again.

    `without` is how to go on with nothing kept, where that can be offered.
    """
    question = "Press Enter to try again, or type leave."
    if without is not None:
        question = "Press Enter to try again, type nothing to go on with nothing kept, or type leave."
    while True:
        try:
            return doing()
        except StoreTrouble as trouble:
            talk.say(trouble.message, trouble.advice, "Nothing has moved on, and nothing was lost.")
        if talk.ask(question, about=KEPT_HELP) == "nothing" and without is not None:
            return without()


def numbered(items: Iterable[str]) -> list[str]:
    """Items as `1. …`, from 1."""
    return [f"{number}. {item}" for number, item in enumerate(items, start=1)]


def whole_number(typed: str) -> int | None:
    """A whole number from 0 that was typed in figures, or None."""
    bare = typed.rstrip(".").strip()
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) < 7 else None


def turn_after(word: str, typed: str) -> int | None:
    """The turn in `back 3`, `back to 3` or `back to turn 3`; None where it is not that, or names no turn."""
    pieces = typed.split()
    if not pieces or pieces[0] != word:
        return None
    rest = [piece for piece in pieces[1:] if piece not in ("to", "turn")]
    return whole_number(rest[0]) if len(rest) == 1 else None


def either(count: int, *words: str) -> str:
    """What fits, numbers first: `1, quiet or help`, `1, 2 or help`, `1 to 5`."""
    numbers = [f"1 to {count}"] if count > 2 else [str(number) for number in range(1, count + 1)]
    fits = [*numbers, *words]
    return fits[0] if len(fits) == 1 else f"{', '.join(fits[:-1])} or {fits[-1]}"


def counted(number: int, one: str) -> str:
    """`1 turn`, `3 turns`."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
