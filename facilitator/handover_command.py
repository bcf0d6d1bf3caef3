"""The `hand-over` and `receive` subcommands: a shared session carried from one machine to another as a file."""

from __future__ import annotations

import os
import stat
import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from facilitator.asking import entered, option
from scenarios.commands import DONE, WRONG_USE, Add, Stop, shown
from simulator.commands import facilitator_option, practising, told, unlock
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from facilitator.handover import Handed
    from facilitator.room import Room
    from facilitator.rows import Fact
    from simulator.kept import HandedOver

FILE_VARIABLE: Final = "WORDS_FIRST_FILE_PASSPHRASE"
"""Where a script puts the passphrase of the file; it is not asked for then."""
_TRIES: Final = 3
_WORDS: Final = 4


def join(add: Add) -> None:
    """Add `hand-over` and `receive` to the command line."""
    handing = add(
        "hand-over",
        "Put a shared session into a file that opens with a passphrase, for another machine to receive.",
        hand_over,
        "  words-first hand-over 3f2a -o heron.handed                    your own, shared already\n"
        "  words-first hand-over 3f2a -o heron.handed --facilitator Ros  one shared with you, with its review",
        "the session is damaged",
    )
    handing.add_argument("session", metavar="SESSION", help="a session from `sessions`")
    handing.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="a new file; another's place is never taken",
    )
    handing.add_argument("--as", dest="acting", metavar="NAME", help="who practises; any name will do")
    facilitator_option(handing)
    receiving = add(
        "receive",
        "Take in a session that was handed over; a second time changes nothing.",
        receive,
        "  words-first receive heron.handed\n  words-first receive heron.handed --group 'Spring induction'",
        "never",
    )
    receiving.add_argument("file", type=Path, metavar="FILE", help="what `hand-over` made")
    receiving.add_argument("--group", metavar="GROUP", help="the group here that it is to be seen in")
    option(receiving)


# handing over


def hand_over(arguments: Namespace) -> int:
    """`hand-over`: a new file of its owner's alone, or none at all."""
    from facilitator.handover import sealed
    from facilitator.sessions_command import offered
    from simulator.whole import made

    output: Path = arguments.output
    with told():
        if os.path.lexists(output):
            raise _taken(output)
        # what facilitators said for each other is in no file that a trainee can open
        handed_over, facts = _facilitators(arguments) if offered(arguments) else (_own(arguments), ())
        data = sealed(handed_over, facts, _new_passphrase())
        try:
            with made(output) as building:
                building.write_bytes(data)
        except FileExistsError:
            raise _taken(output) from None
    print(f"The session is in {shown(output)}. It opens with the passphrase alone: pass that on another way.")
    return DONE


def _own(arguments: Namespace) -> HandedOver:
    with practising(arguments, "mine") as practice:
        unlock(practice)
        return practice.hand_over(arguments.session)


def _facilitators(arguments: Namespace) -> tuple[HandedOver, tuple[Fact, ...]]:
    with closing(entered(arguments, "hand-over")) as room:
        return room.hand_over(arguments.session)


def _new_passphrase() -> str:
    """From the environment, else typed twice; where nothing is typed, one is made and shown."""
    given = os.environ.get(FILE_VARIABLE)
    if given is not None:
        return given
    _need_terminal()
    from getpass import getpass

    try:
        typed = getpass("A passphrase for the file (it is not shown; leave it empty and one is made): ")
        if not typed.strip():
            from simulator.trainees import pseudonym

            made = " ".join(pseudonym() for _ in range(_WORDS)).lower()
            print(f"The passphrase of the file: {made}", file=sys.stderr)
            return made
        if getpass("The same again: ").strip() != typed.strip():
            raise Stop("the two were not the same, so nothing was written.", WRONG_USE)
        return typed
    except EOFError:
        raise Stop("no passphrase was given, so nothing was written.", WRONG_USE) from None


# receiving


def receive(arguments: Namespace) -> int:
    """`receive`: all of it, or nothing."""
    from facilitator.handover import told_apart
    from facilitator.receiving import receive as take_in
    from simulator.clock import SystemClock
    from simulator.database import Database

    with told():
        data = _read(arguments.file)
        told_apart(data)
        with closing(entered(arguments, "receive")) as room:
            handed = _opened(data)
            group = _group(room, arguments.group, handed)
            database = Database(room.url)
            try:
                received = take_in(database, SystemClock(), handed, room.me.name, group)
            finally:
                database.close()
    what = {
        "new": f"It is here now, among the sessions shared with you, as {shown(received.trainee)}'s.",
        "more": "It was here, and what is new in the file was added to it.",
        "known": "It was here already, and nothing was changed.",
    }
    print(f"{received.session}: {what[received.outcome]}")
    return DONE


def _read(file: Path) -> bytes:
    """The bytes of a file, never more than one can have and never from a pipe. Raises SimulatorError."""
    from facilitator.handover import LARGEST_FILE

    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SimulatorError(
                f"That is not a file ({shown(file)}).", "Give the file that `hand-over` made."
            )
        if found.st_size <= LARGEST_FILE:
            with file.open("rb") as stream:
                return stream.read(LARGEST_FILE + 1)
    except OSError as error:
        what = (error.strerror or type(error).__name__).lower()
        raise SimulatorError(
            f"That file cannot be read ({shown(file)}: {what}).", "See that it is there."
        ) from error
    raise SimulatorError(
        f"That file is larger than any that `hand-over` makes ({shown(file)}).", "Give the file that it made."
    )


def _opened(data: bytes) -> Handed:
    """What is in the file. Three tries on a terminal, one elsewhere."""
    from facilitator.handover import opened

    given = os.environ.get(FILE_VARIABLE)
    if given is not None:
        return opened(data, given)
    _need_terminal()
    from getpass import getpass

    for left in reversed(range(_TRIES)):
        try:
            return opened(data, getpass("The passphrase of the file (it is not shown): "))
        except SimulatorError as refused:
            if not left:
                raise
            print(refused, file=sys.stderr)
        except EOFError:
            break
    raise Stop("the passphrase of the file was not given.", WRONG_USE)


def _group(room: Room, wanted: str | None, handed: Handed) -> str:
    """The group here that the session is to be seen in, so that whoever received it sees it. Raises Stop."""
    mine = room.me.groups
    if wanted is not None:
        if mine is not None and wanted not in mine:
            raise Stop("that is not a group that you look after.", WRONG_USE)
        return wanted
    if mine is None or handed.group in mine:
        return handed.group
    return mine[0] if mine else ""


def _need_terminal() -> None:
    if not sys.stdin.isatty():
        raise Stop(
            f"the passphrase of the file is needed: put it in {FILE_VARIABLE}, or use a terminal.", WRONG_USE
        )


def _taken(output: Path) -> SimulatorError:
    return SimulatorError(
        f"There is a file of that name already ({shown(output)}).", "Give another name; nothing was written."
    )
