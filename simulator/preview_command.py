"""The `preview` subcommand: an author plays a scene beside its problems and its outline, save after save."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from scenarios.commands import WRONG_USE, Add, Stop, draws, found, shown

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
    path = _file(arguments)
    _can_be_shown(path)
    from simulator.tui.preview.app import run as show

    return show(
        path,
        shown=arguments.path,
        seed=arguments.seed,
        opening=arguments.opening,
        cast=arguments.cast,
    )


def _file(arguments: Namespace) -> Path:
    """What is named, on the shelves as elsewhere; only a file that is there can be watched."""
    from simulator.commands import folders

    try:
        path = found(arguments.path, folders(arguments))
    except Stop as nothing:
        raise Stop(f"{nothing} `words-first new` begins one.", WRONG_USE) from None
    if not path.is_file():
        raise Stop(f"{shown(arguments.path)} is no file. `words-first new` begins one.", WRONG_USE)
    return path


def _can_be_shown(path: Path) -> None:
    from simulator.terminal import why_not

    reason = why_not(sys.stdin, sys.stdout, sys.stderr)
    if reason is not None:
        advice = f"`words-first check --watch {shown(path)}` tells after every save what is wrong."
        raise Stop(f"{reason.removesuffix(_PLAIN_MODE)}, so there is no preview. {advice}", WRONG_USE)
