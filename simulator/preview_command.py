"""The `preview` subcommand: an author plays a scene beside its problems and its outline, save after save."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from scenarios.commands import WRONG_USE, Add, Stop, draws, shown

_PLAIN_MODE: Final = ", so Words First goes on in plain mode."


def join(add: Add) -> None:
    """Add `preview` to the command line."""
    previewing = add(
        "preview",
        "Play a scene while writing it: every save is read again, at the same place.",
        run,
        "  words-first preview my-scenario.yaml\n  words-first preview my-scenario.yaml --opening usual --cast Marcus",
        "never",
    )
    previewing.add_argument("path", metavar="PATH", help="a scenario file; it need not be right yet")
    draws(previewing)
    previewing.set_defaults(seed=0)


def run(arguments: Namespace) -> int:
    """`preview`: until it is left. Raises Stop: 2 where there is no such file, or no terminal that can show it."""
    path = _file(arguments.path)
    _can_be_shown(path)
    from simulator.tui.preview.app import run as show

    return show(
        path,
        shown=arguments.path,
        seed=arguments.seed,
        opening=arguments.opening,
        cast=arguments.cast,
    )


def _file(name: str) -> Path:
    """The file that a path or a library id names; only one that is there can be watched."""
    from scenarios.load import NoSuchScenario, find

    try:
        path = find(name)
    except NoSuchScenario:
        path = Path(name)
    try:
        there = path.is_file()
    except (OSError, ValueError):
        there = False
    if not there:
        raise Stop(f"there is no file {shown(name)}. `words-first new` begins one.", WRONG_USE)
    return path


def _can_be_shown(path: Path) -> None:
    from simulator.terminal import why_not

    reason = why_not(sys.stdin, sys.stdout, sys.stderr)
    if reason is not None:
        advice = f"`words-first check --watch {shown(path)}` tells after every save what is wrong."
        raise Stop(f"{reason.removesuffix(_PLAIN_MODE)}, so there is no preview. {advice}", WRONG_USE)
