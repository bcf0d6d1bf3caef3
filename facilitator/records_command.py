"""The `records` subcommand: where the data is, and looking after it. Sessions that are not shared are in its
care as all others are, and no line it prints names or counts one.
"""

from __future__ import annotations

import argparse
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import Final

from facilitator.asking import option
from scenarios.commands import DONE, Add, Runner
from simulator.commands import told

_Verb = Callable[[str, str, str], ArgumentParser]
_EXITS: Final = "\n\nexit codes: as `words-first records --help` says"


def join(add: Add) -> None:
    """Add `records` and what can be done with them to the command line."""
    records = add(
        "records",
        "Look after the data: where it is, whether it is whole, copies of it, and taking it away.",
        lambda arguments: DONE,
        "  words-first records where\n"
        "  words-first records backup /media/stick/\n"
        "  words-first records verify",
        "a session or a file is damaged, or a list is behind",
    )
    verbs = records.add_subparsers(title="what to do", metavar="WHAT", required=True)

    def verb(name: str, purpose: str, examples: str) -> ArgumentParser:
        made = verbs.add_parser(
            name,
            help=purpose[0].lower() + purpose[1:].rstrip("."),
            description=purpose,
            epilog=f"examples:\n{examples}{_EXITS}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        made.add_argument(
            "--records", metavar="URL", default=argparse.SUPPRESS, help="the database of sessions"
        )
        made.set_defaults(run=_run, doing=name)
        return made

    _join_looking(verb)
    _join_copies(verb)
    _join_sealing(verb)
    _join_taking_away(verb)


def _run(arguments: Namespace) -> int:
    from facilitator import copying, keeping

    verbs: dict[str, Runner] = {
        "where": keeping.where,
        "verify": keeping.verify,
        "backup": copying.backup,
        "restore": copying.restore,
        "seal": copying.seal,
        "erase": keeping.erase,
        "retention": keeping.retention,
    }
    with told():
        return verbs[arguments.doing](arguments)


def _yes(to: ArgumentParser) -> None:
    to.add_argument("--yes", action="store_true", help="do it without asking again")


def _join_looking(verb: _Verb) -> None:
    verb(
        "where",
        "Where the records are, how large, who can read the file, and what older copies lie beside it.",
        "  words-first records where",
    )
    verifying = verb(
        "verify",
        "Look over the file, and play every session through to see that it is what the lists say.",
        "  words-first records verify\n"
        "  words-first records verify --mend\n"
        "  words-first records verify --records /media/stick/words-first-2026-11-23.sqlite3",
    )
    verifying.add_argument(
        "--mend", action="store_true", help="bring lists in line with the records; what was played stays"
    )
    option(verifying)


def _join_copies(verb: _Verb) -> None:
    backing = verb(
        "backup",
        "Copy the records to a new file while they are in use, and look the copy over.",
        "  words-first records backup /media/stick/            named after the day and the time\n"
        "  words-first records backup /media/stick/kept.sqlite3",
    )
    backing.add_argument("target", metavar="FILE", help="a new file, or a folder to make it in")
    option(backing)
    restoring = verb(
        "restore",
        "Look a backup over and put it in the records' place; what is there now is set aside with the date.",
        "  words-first records restore --check /media/stick/kept.sqlite3    changes nothing\n"
        "  words-first records restore /media/stick/kept.sqlite3",
    )
    restoring.add_argument("backup", metavar="FILE", help="what `records backup` made")
    restoring.add_argument("--check", action="store_true", help="only say whether it is whole")
    _yes(restoring)
    option(restoring)


def _join_sealing(verb: _Verb) -> None:
    sealing = verb(
        "seal",
        "Seal the records with a key, so that the file alone tells nothing (needs the encrypted extra).",
        "  words-first records seal      the key's file is named in settings.toml, and made where it is not there yet",
    )
    _yes(sealing)
    option(sealing)


def _join_taking_away(verb: _Verb) -> None:
    erasing = verb(
        "erase",
        "Take a trainee away with everything kept of them; the trail keeps that it was done, not whose it was.",
        "  words-first records erase 'Quiet Heron'\n"
        "  words-first records erase 'Quiet Heron' --session 3f2a    only this shared session",
    )
    erasing.add_argument("trainee", metavar="TRAINEE", help="the name they practise under")
    erasing.add_argument("--session", metavar="SESSION", help="only this session, which they shared")
    _yes(erasing)
    option(erasing)
    retaining = verb(
        "retention",
        "How long sessions are kept, which shared ones have had their time, and letting all such go.",
        "  words-first records retention            what would go; nothing is changed\n"
        "  words-first records retention --apply",
    )
    retaining.add_argument("--apply", action="store_true", help="take away what has had its time")
    _yes(retaining)
    option(retaining)
