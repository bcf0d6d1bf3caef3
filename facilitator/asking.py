"""Who is there? The facilitator's name and passphrase, asked for on a terminal or taken from the environment."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Final

from facilitator.errors import NoFacilitator, WrongPassphrase
from scenarios.commands import WRONG_USE, Stop, shown
from simulator import locations

if TYPE_CHECKING:
    from facilitator.room import Room

PASSPHRASE_VARIABLE: Final = "WORDS_FIRST_PASSPHRASE"
"""Where a script puts the passphrase; it is not asked for then."""
_TRIES: Final = 3
_NOBODY: Final = (
    "Nobody has been made a facilitator on these records yet.",
    "`words-first review` makes the first.",
)


def option(to: ArgumentParser) -> None:
    """`--facilitator NAME`, for a facilitators' command."""
    to.add_argument("--facilitator", metavar="NAME", help="who you are, where several review here")


def entered(arguments: Namespace, purpose: str = "") -> Room:
    """The room, with whoever asks let in; `purpose` goes on the trail (the subcommand's name).

    Raises NoFacilitator, WrongPassphrase after three tries on a terminal and one elsewhere, NotFound for a name
    that is not here, Stop where there is nobody to ask.
    """
    if not anything(arguments):
        raise NoFacilitator(*_NOBODY)
    from facilitator.room import open_room

    room = open_room(arguments.records)
    try:
        for warning in room.warnings:
            print(shown(warning), file=sys.stderr)
        let_in(room, getattr(arguments, "facilitator", None) or None, purpose)
    except BaseException:
        room.close()
        raise
    return room


def anything(arguments: Namespace) -> bool:
    """Whether there are records to look into; asking makes none."""
    path = locations.sqlite_path(locations.records_url(arguments.records))
    return path is None or os.path.lexists(path)


def let_in(room: Room, name: str | None, purpose: str) -> None:
    """Ask for what is needed, and enter."""
    names = room.names
    if not names:
        raise NoFacilitator(*_NOBODY)
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given is not None:
        room.enter(given, name, purpose)
        return
    if not sys.stdin.isatty():
        raise Stop(
            f"the facilitator's passphrase is needed: put it in {PASSPHRASE_VARIABLE}, or run this in a terminal.",
            WRONG_USE,
        )
    _ask(room, name, names, purpose)


def _ask(room: Room, name: str | None, names: list[str], purpose: str) -> None:
    from getpass import getpass

    try:
        if name is None:
            name = (
                names[0] if len(names) == 1 else input(f"Who are you ({shown(', '.join(names))})? ").strip()
            )
        for left in reversed(range(_TRIES)):
            try:
                room.enter(getpass(f"The passphrase of {shown(name)} (it is not shown): "), name, purpose)
                return
            except WrongPassphrase as wrong:
                if not left or wrong.wait:
                    raise
                print(wrong, file=sys.stderr)
    except EOFError:
        raise Stop("the passphrase was not given.", WRONG_USE) from None
