"""The trainees' subcommands: play, sessions, show, or none at all. Each imports what it needs itself."""

from __future__ import annotations

import contextlib
import sys
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from scenarios.commands import Add, Stop, draws, opened, shown
from simulator.errors import AlreadyOpen, Damaged, Over, SimulatorError, StoreTrouble, WrongPin
from simulator.text import as_json

if TYPE_CHECKING:
    from scenarios.load import Loaded
    from scenarios.shelf import Shelf
    from simulator.events import Keep
    from simulator.kept import SessionRow
    from simulator.practice import Practice
    from simulator.sharing import Looked
    from simulator.start import Start

DONE: Final = 0
NOT_RIGHT: Final = 1
WRONG_USE: Final = 2
OUTSIDE: Final = 3
_PIN_TRIES: Final = 3
_LATEST: Final = ""
_NOT_ASKED: Final = ("scenario", "opening", "cast", "seed", "keep", "acting", "resume")


class Facilitators(Protocol):
    """`sessions` and `show` for facilitators, whose room lies above this one."""

    def offered(self, arguments: Namespace) -> bool: ...

    def sessions(self, arguments: Namespace) -> int: ...

    def show(self, arguments: Namespace) -> int: ...


def join(add: Add, facilitators: Facilitators) -> None:
    """Add this room's subcommands to the command line."""
    _join_play(add)
    _join_sessions(add, facilitators)


def _join_play(add: Add) -> None:
    playing = add(
        "play",
        "Practise a scenario: be briefed, play, look back.",
        play,
        "  words-first play                                       choose a scenario\n"
        "  words-first play the-walk-that-was-promised --plain    in lines of text\n"
        "  words-first play the-walk-that-was-promised --private  nothing of it is kept\n"
        "  words-first play --resume                              go on where you left off",
        "the scenario has errors, or the session is damaged",
    )
    playing.add_argument("scenario", nargs="?", metavar="SCENARIO", help="an id from `list`, or a path")
    draws(playing)
    keeping = playing.add_mutually_exclusive_group()
    keeping.add_argument(
        "--keep",
        choices=("none", "mine", "shared"),
        help="nothing, for you alone (unless you choose otherwise), or for your facilitator too",
    )
    keeping.add_argument("--private", dest="keep", action="store_const", const="none", help="as --keep none")
    _acting(playing)
    playing.add_argument("--no-timer", dest="timed", action="store_false", help="quiet is chosen, not timed")
    # A subcommand's default would undo what was said before it, hence none here.
    plain_option(playing, default=SUPPRESS)
    playing.add_argument(
        "--resume",
        nargs="?",
        const=_LATEST,
        metavar="SESSION",
        help="go on with this session, or with the latest",
    )


def _join_sessions(add: Add, facilitators: Facilitators) -> None:
    def listed(arguments: Namespace) -> int:
        return facilitators.sessions(arguments) if facilitators.offered(arguments) else sessions(arguments)

    def shown_one(arguments: Namespace) -> int:
        return facilitators.show(arguments) if facilitators.offered(arguments) else show(arguments)

    listing = add(
        "sessions",
        "Your own sessions, the latest first; for facilitators, those shared with them.",
        listed,
        "  words-first sessions\n"
        "  words-first sessions --scenario the-walk-that-was-promised --since 2026-11-01 --json\n"
        "  words-first sessions --facilitator --trainee 'Quiet Heron'",
        "never",
    )
    listing.add_argument("--json", action="store_true", help="for programs")
    listing.add_argument("--scenario", metavar="ID", help="of this scenario alone")
    listing.add_argument(
        "--trainee", metavar="NAME", help="of trainees whose name begins like this (facilitators)"
    )
    listing.add_argument(
        "--since", type=_day, metavar="DAY", help="begun on this day, such as 2026-11-01, or later"
    )
    _acting(listing)
    facilitator_option(listing)
    showing = add(
        "show",
        "One of your own sessions, turn by turn; for facilitators, one shared with them.",
        shown_one,
        "  words-first show 3f2a\n  words-first show 3f2a --json\n  words-first show 3f2a --facilitator",
        "the session is damaged",
    )
    showing.add_argument("session", metavar="SESSION", help="a session from `sessions`")
    showing.add_argument("--json", action="store_true", help="for programs")
    _acting(showing)
    facilitator_option(showing)


def facilitator_option(to: ArgumentParser) -> None:
    """`--facilitator [NAME]`, for a command that staff and facilitators both have."""
    to.add_argument(
        "--facilitator",
        nargs="?",
        const="",
        metavar="NAME",
        help="as a facilitator: the passphrase is asked for, or taken from WORDS_FIRST_PASSPHRASE",
    )


def plain_option(to: ArgumentParser, default: Any) -> None:
    """`--plain`, for the command alone and for `play`."""
    to.add_argument(
        "--plain", action="store_true", default=default, help="lines of text, for screen readers and pipes"
    )


def _acting(to: ArgumentParser) -> None:
    to.add_argument("--as", dest="acting", metavar="NAME", help="who practises; any name will do")


def _day(text: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(text), time()).astimezone(UTC)
    except ValueError:
        raise ArgumentTypeError("a day is written like 2026-11-01") from None


def folders(arguments: Namespace) -> Sequence[Path]:
    """Where this ward keeps scenarios of its own; nothing is made by asking."""
    from simulator import locations
    from simulator.settings import FILE, read_settings

    return read_settings(locations.beside(locations.records_url(arguments.records)) / FILE).scenario_folders


@contextlib.contextmanager
def told() -> Iterator[None]:
    """What went wrong with a session becomes a sentence and an exit code."""
    try:
        yield
    except SimulatorError as error:
        raise Stop(str(error), _code(error)) from error


def _code(error: SimulatorError) -> int:
    match error:
        case StoreTrouble() | AlreadyOpen():
            return OUTSIDE
        case Damaged() | Over():
            return NOT_RIGHT
        case _:
            return WRONG_USE


def alone(arguments: Namespace) -> int:
    """The command without a subcommand: choose, play, look back."""
    return play(Namespace(**dict.fromkeys(_NOT_ASKED), timed=True, **vars(arguments)))


def play(arguments: Namespace) -> int:
    """`play`: the full screen where it can run, plain mode where it cannot or where that was asked for."""
    with told():
        start = _start(arguments)
        with practising(arguments, start.keep or "mine") as practice:
            return _plain(practice, start) if arguments.plain else _best(practice, start)


def _start(arguments: Namespace) -> Start:
    from simulator.start import Start

    if arguments.resume is not None:
        named = ("scenario", "opening", "cast", "seed", "keep")
        if any(getattr(arguments, name) is not None for name in named):
            raise Stop(
                "--resume goes on with a session as it was begun; leave the other choices out.", WRONG_USE
            )
        return Start(resume=True, session=arguments.resume or None, timed=arguments.timed)
    loaded = None if arguments.scenario is None else opened(arguments.scenario, folders(arguments))
    if loaded is None and (arguments.opening is not None or arguments.cast is not None):
        raise Stop("--opening and --cast belong to a scenario: name it too.", WRONG_USE)
    if loaded is not None:
        _checked(arguments, loaded)
    return Start(
        loaded=loaded,
        opening=arguments.opening,
        cast=arguments.cast,
        seed=arguments.seed,
        keep=arguments.keep,
        timed=arguments.timed,
    )


def _checked(arguments: Namespace, loaded: Loaded) -> None:
    from scenarios.commands import cast_named, opening_named

    opening_named(loaded, arguments.opening)
    cast_named(loaded, arguments.cast)


@contextlib.contextmanager
def practising(arguments: Namespace, keep: Keep) -> Iterator[Practice]:
    """The practice that a command's --records and --as mean; what was put right on opening is said at the end."""
    from simulator.practice import open_practice

    practice = open_practice(arguments.records, arguments.acting, keep)
    try:
        yield practice
    finally:
        for warning in practice.warnings:
            print(shown(warning), file=sys.stderr)
        practice.close()


def _best(practice: Practice, start: Start) -> int:
    from simulator.terminal import why_not

    reason = why_not()
    if reason is not None:
        print(reason, file=sys.stderr)
        return _plain(practice, start)
    from simulator.tui.app import run

    return run(practice, shelf=lambda: _shelf(practice), start=start)


def _plain(practice: Practice, start: Start) -> int:
    from simulator.plain import run

    unlock(practice)
    if practice.settings.problem:
        print(practice.settings.problem, file=sys.stderr)
    return run(practice, shelf=_shelf(practice), start=start, source=sys.stdin, sink=sys.stdout)


def _shelf(practice: Practice) -> Shelf:
    """The library and this ward's own scenarios. Where nothing is to be kept, nothing is remembered either."""
    from scenarios.shelf import shelf
    from simulator.locations import shelf_cache

    return shelf(practice.settings.scenario_folders, None if practice.keep == "none" else shelf_cache())


def unlock(practice: Practice) -> None:
    """Ask for the PIN without showing it, where there is a terminal; elsewhere the conversation asks."""
    if not sys.stdin.isatty():
        return
    from getpass import getpass

    for left in reversed(range(_PIN_TRIES)):
        if not practice.locked:
            return
        try:
            practice.unlock(getpass(f"The PIN of {shown(practice.trainee().name)} (it is not shown): "))
        except WrongPin as wrong:
            if not left:
                raise
            print(wrong, file=sys.stderr)
        except EOFError:
            raise Stop("the PIN was not given.", WRONG_USE) from None


def sessions(arguments: Namespace) -> int:
    """`sessions`: the acting trainee's own, latest first."""
    if arguments.trainee is not None:
        raise Stop("--trainee is for facilitators: add --facilitator.", WRONG_USE)
    with told(), practising(arguments, "mine") as practice:
        unlock(practice)
        rows = [row for row in _all_rows(practice) if _wanted(row, arguments)]
        if arguments.json:
            print(as_json([row.json() for row in rows]))
            return DONE
        for row in rows:
            print(shown(_row_line(row)))
        if not rows:
            print("There are no sessions here.")
    return DONE


def _all_rows(practice: Practice) -> Iterator[SessionRow]:
    page = practice.sessions()
    while page:
        yield from page
        page = practice.sessions(before=page[-1])


def _wanted(row: SessionRow, arguments: Namespace) -> bool:
    """Whether a session is among those asked for."""
    of_it = arguments.scenario is None or row.scenario == arguments.scenario
    return of_it and (arguments.since is None or row.started >= arguments.since)


def _row_line(row: SessionRow) -> str:
    begun = f"{row.started.astimezone():%Y-%m-%d %H:%M}"
    takes = "1 take" if row.takes == 1 else f"{row.takes} takes"
    came_to = f", {row.outcome}" if row.outcome else ""
    seen_by = "for your facilitator too" if row.keep == "shared" else "for you"
    return f"{row.session}  {begun}  {row.scenario}: {row.state}{came_to}, {takes}, kept {seen_by}"


def show(arguments: Namespace) -> int:
    """`show`: one session of the acting trainee, as a script to read or as JSON."""
    from scenarios.script import play_lines
    from simulator.show_lines import after_lines
    from simulator.shown_review import HEADING, review_lines

    with told(), practising(arguments, "mine") as practice:
        unlock(practice)
        whole = practice.show(arguments.session)
        said = review_lines(practice.said_to(arguments.session))
        looked = practice.lookers(arguments.session)
    if arguments.json:
        print(as_json(whole))
    else:
        lines = [f"{whole['title']}. Session {whole['session']}, {whole['state']}."]
        lines += [*play_lines(whole), *after_lines(whole)]
        lines += ["", f"{HEADING}:", *said] if said else []
        lines += _looked(whole["keep"], looked)
        print("\n".join(map(shown, lines)))
    return DONE


def _looked(keep: str, looked: Sequence[Looked]) -> list[str]:
    """Who has looked at a session, for its trainee; nothing of one that nobody else could see."""
    lines = [f"{each.who} {each.act} it, {each.when.astimezone():%Y-%m-%d %H:%M}" for each in looked]
    if not lines and keep == "shared":
        lines = ["Nobody has yet."]
    return ["", "Who has looked at this session:", *lines] if lines else []
