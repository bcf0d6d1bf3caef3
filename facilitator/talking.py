"""What commands that take a while, or that take something away, say to whoever runs them, and ask."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from scenarios.commands import WRONG_USE, Stop

if TYPE_CHECKING:
    from facilitator.verifying import Verdict

_UNNAMED: Final = {
    "damaged": "A session that is not shared is damaged; its trainee is told when they open it.",
    "unread": "A session that is not shared was kept by a newer version of Words First.",
    "behind": "A list says something else of a session that is not shared.",
}
_WORTH_TELLING_S: Final = 1.0
_EVERY_S: Final = 0.1


@contextlib.contextmanager
def progress(what: str, clock: Callable[[], float] = time.monotonic) -> Iterator[Callable[[float], None]]:
    """A line on a terminal's standard error that says how much is done, from a second on; gone at the end."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    began, last, wrote = clock(), 0.0, 0

    def tell(done: float) -> None:
        nonlocal last, wrote
        now = clock()
        if now - began >= _WORTH_TELLING_S and now - last >= _EVERY_S:
            line = f"{what}: {done:.0%} …"
            print(f"\r{line}", end="", file=sys.stderr, flush=True)
            last, wrote = now, max(wrote, len(line))

    try:
        yield tell
    finally:
        if wrote:
            print("\r" + " " * wrote + "\r", end="", file=sys.stderr, flush=True)


def sure(question: str, answer: str, yes: bool) -> None:
    """Go on only where somebody types the answer asked for, or said `--yes` beforehand. Raises Stop."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise Stop("this takes something away: say --yes where nobody can be asked.", WRONG_USE)
    try:
        typed = input(f"{question} ")
    except EOFError:
        typed = ""
    if typed.strip().casefold() != answer.casefold():
        raise Stop("nothing was changed.", WRONG_USE)


def say(verdict: Verdict, mended: bool) -> None:
    """What was found, a line a session that is shared; the others are in one line without a number."""
    for session in verdict.damaged:
        print(f"{session} is damaged, and has been left as it is.")
    for session in verdict.unread:
        print(f"{session} was kept by a newer version of Words First, which can show it.")
    for session in verdict.behind:
        print(f"{session} is whole, and a list {'said' if mended else 'says'} something else of it.")
    for judgement, what in _UNNAMED.items():
        if judgement in verdict.unnamed:
            print(what)
    if verdict.right:
        print("Every session plays to what the records say of it.")
    elif mended:
        print("The lists say now what the records say.")
    elif verdict.behind or "behind" in verdict.unnamed:
        print(
            "`words-first records verify --mend` brings the lists in line; what was played is never changed."
        )
