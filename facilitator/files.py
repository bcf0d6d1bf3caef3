"""Files that facilitators' commands write: whole or not at all, their owner's alone, in nobody's place unasked."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenarios.commands import shown
from simulator.errors import SimulatorError


def force_option(to: ArgumentParser) -> None:
    """`--force`, beside `-o FILE`."""
    to.add_argument("--force", action="store_true", help="put FILE in another's place")


@contextmanager
def placed(output: Path, force: bool) -> Iterator[Path]:
    """Where to build a file that gets its name at the end. Raises SimulatorError where the name is taken."""
    from simulator.whole import made

    aside = output.with_name(f"{output.name}.whole-{os.getpid()}") if force else output
    try:
        with made(aside) as building:
            yield building
    except FileExistsError:
        raise _taken(output) from None
    if force:
        os.replace(aside, output)


def free(output: Path, force: bool) -> None:
    """Raise SimulatorError where a file could not get that name, before anything is looked at for it."""
    if not force and os.path.lexists(output):
        raise _taken(output)


def write(output: Path, text: str, force: bool) -> None:
    """Write a text as UTF-8, in bytes, so that the file is the same on every system."""
    with placed(output, force) as building:
        building.write_bytes(text.encode("utf-8"))


def _taken(output: Path) -> SimulatorError:
    return SimulatorError(
        f"There is a file of that name already ({shown(output)}).",
        "Give another name, or say --force to put this in its place; nothing was written.",
    )
