"""Files of their owner's alone that are there whole or not at all, and never in another's place."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EMLINK)


@contextlib.contextmanager
def made(path: Path) -> Iterator[Path]:
    """Where to build a file; at the end it is on the disk and has its name.

    Raises FileExistsError where another has that name, which then stays as it is, and OSError.
    """
    building = path.with_name(f"{path.name}.new-{os.getpid()}")
    building.unlink(missing_ok=True)
    os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield building
        flush(building)
        name(building, path)
    finally:
        building.unlink(missing_ok=True)


def name(building: Path, path: Path) -> None:
    """Give a finished file its name, and see that the name outlives a power cut.

    Raises FileExistsError where the name is taken.
    """
    if os.name == "nt":
        building.rename(path)
        return
    try:
        os.link(building, path)
    except OSError as error:
        # a memory stick knows no second names; there the name is looked at first
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        building.rename(path)
    flush_folder(path.parent)


def also_named(path: Path, other: Path) -> None:
    """Give a file a second name; where the system knows none, the new name alone. Raises OSError."""
    try:
        os.link(path, other)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        path.rename(other)


def flush(path: Path) -> None:
    """See that what was written to a file is on the disk."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_folder(folder: Path) -> None:
    """See that names given in a folder outlive a power cut, where the system lets folders be flushed."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
