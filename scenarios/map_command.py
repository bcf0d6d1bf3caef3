"""The `map` subcommand: the drawing of a scenario, written to a file."""

from __future__ import annotations

import sys
from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scenarios.commands import DONE, Add, Folders, opened, shown

SUFFIXES: Final = (".svg", ".html", ".mmd", ".dot")


def join(add: Add, folders: Folders) -> None:
    """Add `map` to the command line."""
    mapping = add(
        "map",
        "Draw a scenario: its moments, what leads where, and what no play comes to.",
        lambda arguments: run(arguments, folders(arguments)),
        "  words-first map my-scenario.yaml -o map.html   a page to read, search and zoom\n"
        "  words-first map my-scenario.yaml -o map.svg    a picture (.mmd for Mermaid, .dot for Graphviz)",
        "the scenario has errors",
    )
    mapping.add_argument("scenario", metavar="SCENARIO", help="a scenario's id from `list`, or a path")
    mapping.add_argument(
        "-o",
        "--output",
        type=_output,
        required=True,
        metavar="FILE",
        help="where to write; its ending says what: .svg, .html, .mmd or .dot",
    )


def _output(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in SUFFIXES:
        raise ArgumentTypeError(f"`{shown(text)}` should end in .svg, .html, .mmd or .dot")
    return path


def run(arguments: Namespace, folders: Sequence[Path]) -> int:
    """Try every play, draw, and write the file. 0 whatever the drawing shows."""
    loaded = opened(arguments.scenario, folders)
    if sys.stderr.isatty():
        print("Trying every play …", file=sys.stderr)
    from scenarios.drawing import draw
    from scenarios.explore import explore

    explored = explore(loaded.scene)
    output: Path = arguments.output
    # bytes, so that the file is the same on every system
    output.write_bytes(draw(loaded, explored, output.suffix.lower()).encode("utf-8"))  # type: ignore[arg-type]
    if not explored.exhausted:
        print("Too many plays to try them all: the map goes by arrows alone, and says so.", file=sys.stderr)
    print(f"The map of {shown(loaded.id)} is in {shown(output)}")
    return DONE
