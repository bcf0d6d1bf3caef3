"""The `export` subcommand: shared sessions for a spreadsheet, for another program, or for a learning record store."""

from __future__ import annotations

import argparse
import io
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import urlsplit

from facilitator.asking import entered, option
from facilitator.files import force_option, free, placed
from facilitator.talking import progress
from scenarios.commands import DONE, NOT_RIGHT, WRONG_USE, Add, Stop, shown
from simulator.commands import told

if TYPE_CHECKING:
    from facilitator.exported import Exported
    from facilitator.rows import Filter

FORMATS: Final = ("csv", "jsonl", "xapi")
ROWS: Final = ("turns", "sessions", "ratings")
REVIEWS: Final = ("waiting", "begun", "signed")


def join(add: Add) -> None:
    """Add `export` to the command line."""
    exporting = add(
        "export",
        "Put what was shared with you into a file for a spreadsheet, another program or a learning record store.",
        export,
        "  words-first export --format csv -o turns.csv                      a row a turn\n"
        "  words-first export --format csv --rows sessions -o sessions.csv   a row a session\n"
        "  words-first export --format jsonl --rows ratings --since 2026-10-01 -o ratings.jsonl\n"
        "  words-first export --format xapi --home-page https://learning.trust.example/ -o statements.jsonl",
        "some sessions are damaged; the others were written",
    )
    exporting.add_argument("--format", choices=FORMATS, required=True, help="xapi is one statement a line")
    exporting.add_argument("--rows", choices=ROWS, help="what a row stands for (turns); not for xapi")
    exporting.add_argument(
        "--with-words",
        action="store_true",
        help="with what trainees typed, their known names taken out; not for xapi",
    )
    exporting.add_argument("-o", "--output", type=Path, metavar="FILE", help="a new file (standard output)")
    force_option(exporting)
    exporting.add_argument("--home-page", type=_address, metavar="URL", help="xapi: whose the accounts are")
    _filters(exporting)
    option(exporting)


def _filters(to: ArgumentParser) -> None:
    to.add_argument("--scenario", metavar="SCENARIO", help="only this scenario")
    to.add_argument("--trainee", metavar="NAME", help="only trainees whose name begins like this")
    to.add_argument("--group", metavar="GROUP", help="only this group")
    to.add_argument(
        "--since", type=_day, metavar="DAY", help="begun on this day, such as 2026-11-01, or later"
    )
    to.add_argument("--until", type=_day, metavar="DAY", help="begun before this day")
    to.add_argument("--review", choices=REVIEWS, help="only those whose review has come so far")


def export(arguments: Namespace) -> int:
    """`export`: the whole file or none; a line on the trail for it, and one for each session."""
    _fits(arguments)
    output: Path | None = arguments.output
    what = (
        arguments.format if arguments.format == "xapi" else f"{arguments.format}, {arguments.rows or 'turns'}"
    )
    if arguments.with_words:
        what += ", with words"
    with told():
        if output is not None:
            free(output, arguments.force)
        with closing(entered(arguments, "export")) as room, _target(output, arguments.force) as to:
            from facilitator.room import EXPORTED

            which = _filter(arguments)
            many = room.count(which)
            room.noted(EXPORTED, detail=f"{what}: {_many(many)}")
            with progress("Exporting") as tell:
                not_shown = _written(
                    arguments, room.exported(which, what), to, lambda done: tell(done / max(many, done))
                )
    return _say(arguments, many, not_shown)


def _say(arguments: Namespace, many: int, not_shown: int) -> int:
    """What was done, on standard error; standard output may be the file."""
    from scoring.claims import CLAIM

    if arguments.output is not None:
        written = many - not_shown
        print(
            f"{_many(written)} {'is' if written == 1 else 'are'} in {shown(arguments.output)}.",
            file=sys.stderr,
        )
    if arguments.rows == "ratings":
        print(CLAIM, file=sys.stderr)
    if not_shown:
        print(
            f"{not_shown} could not be read and were left out: `words-first records verify` says which and why.",
            file=sys.stderr,
        )
    return NOT_RIGHT if not_shown else DONE


def _many(sessions: int) -> str:
    return "1 session" if sessions == 1 else f"{sessions} sessions"


def _written(
    arguments: Namespace, sessions: Iterator[Exported], to: IO[str], tell: Callable[[int], None]
) -> int:
    from facilitator import exports, forms

    if arguments.format == "xapi":
        from facilitator.xapi import HOME_PAGE, Lines

        return exports.write_statements(sessions, Lines(arguments.home_page or HOME_PAGE), to, tell)
    form = forms.Csv() if arguments.format == "csv" else forms.JsonLines()
    kind = exports.KINDS[arguments.rows or "turns"]
    return exports.write_rows(sessions, kind, form, to, arguments.with_words, tell)


def _fits(arguments: Namespace) -> None:
    """Raise Stop where options do not go together."""
    xapi = arguments.format == "xapi"
    if xapi and arguments.with_words:
        raise Stop(
            "statements never hold what somebody typed: leave --with-words out, or take csv or jsonl.",
            WRONG_USE,
        )
    if xapi and arguments.rows:
        raise Stop(
            "--rows belongs to csv and jsonl: statements are one for each thing that happened.", WRONG_USE
        )
    if arguments.home_page and not xapi:
        raise Stop("--home-page belongs to xapi.", WRONG_USE)
    if arguments.with_words and arguments.rows == "ratings":
        raise Stop("ratings have no words beside them: leave --with-words out.", WRONG_USE)


def _filter(arguments: Namespace) -> Filter:
    from facilitator.rows import Filter

    return Filter(
        scenario=arguments.scenario,
        trainee=arguments.trainee,
        group=arguments.group,
        since=arguments.since,
        until=arguments.until,
        review=arguments.review,
    )


@contextmanager
def _target(output: Path | None, force: bool) -> Iterator[IO[str]]:
    """Where to write, in UTF-8 whatever the terminal speaks. A file is there whole or not at all."""
    if output is None:
        sys.stdout.flush()
        to = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
        try:
            yield to
        finally:
            to.flush()
            to.detach()
        return
    with placed(output, force) as building, building.open("w", encoding="utf-8", newline="") as stream:
        yield stream


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError("give a day such as 2026-11-01") from None


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or not text.isprintable() or " " in text:
        raise argparse.ArgumentTypeError("give a whole address, such as https://learning.trust.example/")
    return text
