"""The `report` subcommand: hand-outs for trainees, and a cue card for whoever leads the debrief of a group."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING, Final

from facilitator import asking
from facilitator.files import force_option, free, write
from scenarios.commands import DONE, NOT_RIGHT, Add, Stop, ending_in, shown
from simulator.commands import told
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from facilitator.room import Room

SUFFIXES: Final = (".html", ".md")
HANDED_OUT: Final = "made a hand-out of"
CUE_CARD: Final = "made a cue card of"


def join(add: Add) -> None:
    """Add `report` to the command line."""
    reporting = add(
        "report",
        "Make a hand-out of one or more shared sessions, from the trainee's side.",
        run,
        "  words-first report 1f0c -o looking-back.html        a page to read, keep or print\n"
        "  words-first report 1f0c 77ab -o looking-back.md     two sessions as Markdown\n"
        "  words-first report 1f0c --cue-card -o cue-card.html for whoever leads the debrief",
        "one of the sessions could not go into it",
    )
    reporting.add_argument("sessions", metavar="SESSION", nargs="+", help="a session's id, or how it begins")
    reporting.add_argument(
        "-o",
        "--output",
        type=ending_in(*SUFFIXES),
        required=True,
        metavar="FILE",
        help="where to write; its ending says what: .html or .md",
    )
    reporting.add_argument(
        "--cue-card",
        action="store_true",
        help="a page for the facilitator instead: the steps of a debrief with this scene's moments and questions",
    )
    force_option(reporting)
    asking.option(reporting)


def run(arguments: Namespace) -> int:
    """Write the file. 1 where a session could not go into it, 0 otherwise."""
    with told():
        free(arguments.output, arguments.force)
    with told(), closing(asking.entered(arguments, "report")) as room:
        keys = list(dict.fromkeys(room.named(session) for session in arguments.sessions))
        making = _cue_card if arguments.cue_card else _hand_out
        text, left_out = making(room, keys, arguments.output.suffix.lower())
        write(arguments.output, text, arguments.force)
    what = "The cue card" if arguments.cue_card else "The hand-out"
    print(f"{what} is in {shown(arguments.output)}")
    return NOT_RIGHT if left_out else DONE


def _hand_out(room: Room, keys: list[str], suffix: str) -> tuple[str, int]:
    from facilitator.report import report
    from facilitator.report_data import handed

    made = []
    for key in keys:
        try:
            review = room.open(key, HANDED_OUT)
            made.append(handed(review))
        except SimulatorError as error:
            if len(keys) == 1:
                raise
            _say(f"{key} is not in it: {error}")
    if not made:
        raise Stop("none of these sessions can be handed out yet.", NOT_RIGHT)
    _tell_held_back(sum(each.held_back for each in made))
    return report(made, suffix), len(keys) - len(made)


def _cue_card(room: Room, keys: list[str], suffix: str) -> tuple[str, int]:
    from facilitator.cuecard import cue, cue_card

    if len(keys) > 1:
        raise Stop("a cue card is for one session; name the one you will talk about.", NOT_RIGHT)
    return cue_card(cue(room.open(keys[0], CUE_CARD)), suffix), 0


def _tell_held_back(count: int) -> None:
    if count:
        ratings = "1 suggested rating is" if count == 1 else f"{count} suggested ratings are"
        _say(
            f"{ratings} not in it, because you have not rated there yet and rate without seeing them first. "
            "Rate in `words-first review`, or ask there to see them, and make it again."
        )


def _say(sentence: str) -> None:
    print(shown(sentence), file=sys.stderr)
