"""The `map` subcommand: the drawing of a scenario, written to a file."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from scenarios.commands import DONE, Add, Folders, ending_in, opened, shown

if TYPE_CHECKING:
    from scenarios.graph import Plays
    from scenarios.load import Loaded

SUFFIXES: Final = (".svg", ".html", ".mmd", ".dot")


class Laying(Protocol):
    """Where real plays come from; the business of the room above, which hands it in."""

    def options(self, to: ArgumentParser) -> None:
        """Add what has to be said to get at them, `--sessions` among it."""

    def plays(self, arguments: Namespace, loaded: Loaded) -> Plays | None:
        """What may be told of them; None where they were not asked for. Raises Stop."""


def join(add: Add, folders: Folders, laying: Laying | None = None) -> None:
    """Add `map` to the command line; with `laying`, real plays can be laid over it."""
    mapping = add(
        "map",
        "Draw a scenario: its moments, what leads where, and what no play comes to.",
        lambda arguments: run(arguments, folders(arguments), laying),
        "  words-first map my-scenario.yaml -o map.html   a page to read, search and zoom\n"
        "  words-first map my-scenario.yaml -o map.svg    a picture (.mmd for Mermaid, .dot for Graphviz)",
        "the scenario has errors",
    )
    mapping.add_argument("scenario", metavar="SCENARIO", help="a scenario's id from `list`, or a path")
    mapping.add_argument(
        "-o",
        "--output",
        type=ending_in(*SUFFIXES),
        required=True,
        metavar="FILE",
        help="where to write; its ending says what: .svg, .html, .mmd or .dot",
    )
    if laying is not None:
        laying.options(mapping)


def run(arguments: Namespace, folders: Sequence[Path], laying: Laying | None = None) -> int:
    """Try every play, draw, and write the file. 0 whatever the drawing shows."""
    loaded = opened(arguments.scenario, folders)
    plays = None if laying is None else laying.plays(arguments, loaded)
    if sys.stderr.isatty():
        print("Trying every play …", file=sys.stderr)
    from scenarios.drawing import draw
    from scenarios.explore import explore

    explored = explore(loaded.scene)
    output: Path = arguments.output
    # bytes, so that the file is the same on every system
    text = draw(loaded, explored, output.suffix.lower(), plays)  # type: ignore[arg-type]
    output.write_bytes(text.encode("utf-8"))
    if not explored.exhausted:
        print("Too many plays to try them all: the map goes by arrows alone, and says so.", file=sys.stderr)
    print(f"The map of {shown(loaded.id)} is in {shown(output)}")
    return DONE
