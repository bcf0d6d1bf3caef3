"""The command `words-first`: joins the rooms' subcommands, and sees to it that nobody meets a traceback.

Each subcommand imports what it needs when it is called, so that `words-first --help` stays quick.
"""

from __future__ import annotations

import argparse
import codecs
import contextlib
import io
import os
import signal
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, Final

import facilitator.cohort_command
import facilitator.cohort_map
import facilitator.export_command
import facilitator.handover_command
import facilitator.records_command
import facilitator.report_command
import facilitator.review_command
import facilitator.sessions_command
import scenarios.author_commands
import scenarios.commands
import scenarios.lsp_command
import scenarios.map_command
import scenarios.proof_command
import simulator.commands
import simulator.preview_command
from scenarios.commands import Add, Rating, Runner, Stop, print_problems, shown

DONE: Final = 0
NOT_RIGHT: Final = 1
WRONG_USE: Final = 2
OUTSIDE: Final = 3
OUR_BUG: Final = 70
BROKEN_PIPE: Final = 128 + 13
INTERRUPTED: Final = 128 + 2
_AGAIN_S: Final = 0.05
"""After so long a signal that was lost is said again."""

PURPOSE = "Practise finding the words when someone on the ward is distressed. Words first, hands never."
EXAMPLES = """\
examples:
  words-first                       choose a scenario and practise
  words-first list                  what there is to practise
  words-first play --plain          practise in lines of text, for screen readers and pipes
  words-first check my-file.yaml    look over a scenario you are writing
  words-first review                read what was shared with you, as a facilitator"""
USUAL_EXITS = """\
  2       wrong use
  3       something outside failed: a full disk, a database that is away
  70      our own bug; a crash report is written and its path named
  128+n   stopped by signal n (130: Ctrl+C)"""

_PLAIN_FORMS: Final = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u2026": "...", "\u2192": "->", "\u2190": "<-", "\u2022": "*", "\u00b7": "-", "\u00a0": " ",
    "\u202f": " ", "\u00d7": "x", "\u2265": ">=", "\u2264": "<=",
}  # fmt: skip


class Signalled(BaseException):
    """A signal asked us to stop. Not an Exception, so that nothing on the way takes it for a mistake."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give back its exit code: 0, 1, 2, 3, 70 or 128+n. Never raises."""
    ready_streams()
    try:
        return attempt(argv)
    finally:
        let_go()


def attempt(argv: Sequence[str] | None) -> int:
    """The command itself; whatever comes out of it becomes an exit code and at most a line on stderr."""
    told_to_keep_nothing = False
    try:
        with listening():
            arguments = parser().parse_args(argv)
            told_to_keep_nothing = getattr(arguments, "keep", None) == "none"
            code = arguments.run(arguments)
            sys.stdout.flush()
            return int(code)
    except Stop as stop:
        return tell(str(stop), stop.code)
    except SystemExit as leaving:  # argparse, after --help or a wrong use it has explained
        return leaving.code if isinstance(leaving.code, int) else DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Signalled as stopped:
        return 128 + stopped.number
    except BrokenPipeError:
        return BROKEN_PIPE
    except OSError as failure:
        return tell(outside(failure), OUTSIDE)
    except Exception as bug:
        # The one place that catches everything: what gets here is our bug; it becomes a report, not a fright.
        return crashed(bug, write=not told_to_keep_nothing)


def parser() -> argparse.ArgumentParser:
    """The whole command line: one subcommand a verb, each with its purpose, examples and exit codes."""
    top = argparse.ArgumentParser(
        prog="words-first",
        description=PURPOSE,
        epilog=_epilog(EXAMPLES, "what was asked about is not right"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action=_Version, nargs=0, help="the version of Words First")
    _records(top, default=None)
    simulator.commands.plain_option(top, default=False)
    top.set_defaults(run=simulator.commands.alone)
    verbs = top.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, purpose: str, run: Runner, examples: str, not_right: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(
            name,
            help=purpose[0].lower() + purpose[1:].rstrip("."),
            description=purpose,
            epilog=_epilog(f"examples:\n{examples}", not_right),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        # A subcommand's default would undo what was said before it, hence none here.
        _records(verb, default=argparse.SUPPRESS)
        verb.set_defaults(run=run)
        return verb

    _join(add)
    return top


def _join(add: Add) -> None:
    """Every room's subcommands, in the order in which `--help` lists them."""
    simulator.commands.join(add, facilitator.sessions_command)
    scenarios.commands.join(add, folders=simulator.commands.folders, rating=_rating)
    simulator.preview_command.join(add)
    scenarios.author_commands.join(add)
    scenarios.map_command.join(add, folders=simulator.commands.folders, laying=facilitator.cohort_map)
    scenarios.lsp_command.join(add)
    scenarios.proof_command.join(add, folders=simulator.commands.folders)
    facilitator.review_command.join(add)
    facilitator.report_command.join(add)
    facilitator.cohort_command.join(add, folders=simulator.commands.folders)
    facilitator.handover_command.join(add)
    facilitator.export_command.join(add)
    facilitator.records_command.join(add)


def _rating(rubric: Path | None) -> Rating:
    """How a take is rated, for a room that lies below the one that rates. Raises Stop where a rubric has errors."""
    from scoring.claims import CLAIM
    from scoring.rating import ratings_json
    from scoring.rubric import RubricError, load_rubric, our_rubric

    try:
        by = our_rubric() if rubric is None else load_rubric(rubric)
    except RubricError as wrong:
        print_problems(wrong.problems, "nothing can be rated by this rubric until these are mended.")
        raise Stop("", NOT_RIGHT) from wrong
    return Rating(partial(ratings_json, rubric=by), CLAIM)


def _epilog(examples: str, not_right: str) -> str:
    return f"{examples}\n\nexit codes:\n  0       done\n  1       {not_right}\n{USUAL_EXITS}"


def _records(to: argparse.ArgumentParser, default: Any) -> None:
    to.add_argument(
        "--records",
        metavar="URL",
        default=default,
        help="the database of sessions (or WORDS_FIRST_RECORDS); else a file in this account's data folder",
    )


class _Version(argparse.Action):
    """Prints the version; looks it up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            found = version("words-first")
        except PackageNotFoundError:
            found = "(from a folder, not installed)"
        print(f"words-first {found}")
        sys.stdout.flush()
        parser.exit()


def ready_streams() -> None:
    """Let every stream show what it can: what its encoding lacks falls back to the plainest form."""
    codecs.register_error("words-first", plainest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="words-first")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def plainest(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: curly quotes become straight, dashes hyphens, accents go, the rest is `?`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain_form, error.object[error.start : error.end])), error.end


def _plain_form(letter: str) -> str:
    if letter in _PLAIN_FORMS:
        return _PLAIN_FORMS[letter]
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base.isascii() and base.isprintable() else "?"


@contextlib.contextmanager
def listening() -> Iterator[None]:
    """While a command runs, being told to stop unwinds it, so that a session is suspended on the way out."""
    before: dict[int, Any] = {}

    known = sys.unraisablehook

    def stop(number: int, _frame: FrameType | None) -> None:
        for each in before:  # being told again must not break off what is being put by
            signal.signal(each, signal.SIG_IGN)
        raise Signalled(number)

    def swallowed(what: sys.UnraisableHookArgs) -> None:
        # raised while a callback of Python's own ran, which lets nothing out: so it is said again, from outside
        if not isinstance(what.exc_value, Signalled):
            known(what)
            return
        for each in before:
            signal.signal(each, stop)
        _say_again(what.exc_value.number)

    # Windows has no SIGHUP, and its SIGTERM reaches nobody; `nohup` asks for SIGHUP to be passed over.
    if threading.current_thread() is threading.main_thread():
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, stop)
    if before and hasattr(signal, "pthread_kill"):
        sys.unraisablehook = swallowed
    try:
        yield
    finally:
        sys.unraisablehook = known
        for number, handler in before.items():
            signal.signal(number, handler)


def _say_again(number: int) -> None:
    """Signal the main thread from another, so that it wakes even where it waits for input."""
    again = threading.Timer(_AGAIN_S, signal.pthread_kill, (threading.main_thread().ident, number))
    again.daemon = True
    again.start()


def tell(message: str, code: int) -> int:
    """One line on standard error, where there is something to say."""
    if message:
        with contextlib.suppress(OSError):  # where even that cannot be said, the exit code says it
            print(f"words-first: {message}", file=sys.stderr)
    return code


def let_go() -> None:
    """Send off what is still held back. Where nobody takes it any more, Python's own last attempt at closing
    must not turn a quiet end into a complaint and another exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)


def outside(failure: OSError) -> str:
    """What the system refused, in a sentence."""
    what = failure.strerror or type(failure).__name__
    where = f" ({shown(failure.filename)})" if isinstance(failure.filename, str) else ""
    return f"the computer would not let us go on: {what.lower()}{where}. Nothing is wrong with what you did."


def crashed(bug: BaseException, *, write: bool) -> int:
    """Our own bug: keep types and line numbers (never words, values or names), and say where they are."""
    from simulator.tui import crash

    apology = "something went wrong in Words First itself, not through you. Every answer kept so far is safe."
    path = (crash.write(bug) or crash.write(bug, Path(tempfile.gettempdir()))) if write else None
    if path is not None:
        return tell(f"{apology} A report with no words of yours in it was written to {path}", OUR_BUG)
    places = " ".join(line.strip() for line in crash.lines(bug)[-1:])
    return tell(f"{apology} No report was written. It happened at {places}", OUR_BUG)


if __name__ == "__main__":
    sys.exit(main())
