"""The `review` subcommand: facilitators read what was shared with them, in a full screen."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Final

from facilitator.asking import option
from scenarios.commands import DONE, WRONG_USE, Add, Stop, shown
from simulator.commands import folders, told

_PLAIN_ASKED: Final = "plain mode was asked for"
_PLAIN_MODE: Final = ", so Words First goes on in plain mode."


def join(add: Add) -> None:
    """Add `review` to the command line."""
    reviewing = add(
        "review",
        "Read the sessions shared with you, leave notes, rate, and sign off. The first time, it makes a facilitator.",
        run,
        "  words-first review\n  words-first review 3f2a --facilitator Bea",
        "never",
    )
    reviewing.add_argument(
        "session", nargs="?", metavar="SESSION", help="open this one, by the beginning of its id"
    )
    option(reviewing)


def run(arguments: Namespace) -> int:
    """`review`: until it is left. Raises Stop where no terminal can show it or the records cannot be opened.

    There, on a keyboard, the first facilitator can be made all the same.
    """
    from simulator.terminal import why_not

    plain = getattr(arguments, "plain", False)
    reason = _PLAIN_ASKED if plain else why_not(sys.stdin, sys.stdout, sys.stderr)
    if reason is not None:
        from facilitator.first import WITHOUT_A_SCREEN, make_in_lines

        with told():
            if sys.stdin.isatty() and make_in_lines(arguments):
                return DONE
        why = reason.removesuffix(_PLAIN_MODE)
        raise Stop(f"{why}, so there is no review here. {WITHOUT_A_SCREEN}", WRONG_USE)
    from facilitator.room import open_room

    with told():
        room = open_room(arguments.records)
        try:
            for warning in room.warnings:
                print(shown(warning), file=sys.stderr)
            from facilitator.cohort_command import scene_words
            from facilitator.tui.app import run as show

            return show(
                room,
                session=arguments.session,
                name=arguments.facilitator,
                scene_words=lambda scenario: scene_words(scenario, folders(arguments)),
            )
        finally:
            room.close()
