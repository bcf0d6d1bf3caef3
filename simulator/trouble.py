"""What a database says when it fails, as a sentence that names the place and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from simulator import sqlite
from simulator.errors import StoreTrouble
from simulator.sqlite import errors
from simulator.text import clean_line

NEVER_LOST = "What was saved before is as it was."


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Turn what the database raises into StoreTrouble. `path` is the SQLite file, None for a server."""
    try:
        yield
    except DBAPIError as error:
        raise trouble(error.orig, path) from error
    except errors() as error:
        raise trouble(error, path) from error
    except UnicodeDecodeError as error:
        # SQLite quotes a spoilt table in what it says of it; with that, Python cannot even make an error of it
        if path is None:
            raise
        raise damaged(path) from error


def trouble(error: BaseException | None, path: Path | None) -> StoreTrouble:
    """The sentence for one error, never with what was being saved in it."""
    if path is None:
        return StoreTrouble(
            "The records' database did not take it.",
            "Try again; if it goes on, tell whoever runs the database. " + NEVER_LOST,
            retry=True,
        )
    name = sqlite.name(error)
    where = clean_line(str(path))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return busy(where)
    if name.startswith("SQLITE_FULL"):
        return StoreTrouble(
            f"There is no room left where the records are kept ({where}).",
            "Free some room on that disk, then try again. " + NEVER_LOST,
            retry=True,
        )
    if name.startswith("SQLITE_READONLY_DBMOVED"):
        return moved(where)
    if name.startswith("SQLITE_READONLY"):
        return read_only(where)
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return unreachable(path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged(path)
    if name.startswith("SQLITE_IOERR"):
        return StoreTrouble(
            f"The disk did not take it ({where}).",
            "See that the disk is there and has room, then try again. " + NEVER_LOST,
            retry=True,
        )
    return StoreTrouble(
        f"The records could not be used ({where}{', ' + name if name else ''}).",
        "Try again; if it goes on, play without keeping (--private). " + NEVER_LOST,
        retry=True,
    )


def busy(where: str) -> StoreTrouble:
    """Another program holds the file."""
    return StoreTrouble(
        f"Another program is using the records ({where}).",
        "Try again in a moment. " + NEVER_LOST,
        retry=True,
    )


def read_only(where: str) -> StoreTrouble:
    """The file, its folder or its disk may only be read."""
    return StoreTrouble(
        f"The records can be read but not written ({where}).",
        "Ask whoever looks after this computer to let you write to that file and its folder, "
        "or play without keeping (--private).",
        retry=True,
    )


def moved(where: str) -> StoreTrouble:
    """The file was taken away or replaced while it was open; what is written to it would be lost."""
    return StoreTrouble(
        f"The records have been moved or replaced while they were in use ({where}).",
        "Put them back, then try again. " + NEVER_LOST,
        retry=True,
    )


def unreachable(path: Path) -> StoreTrouble:
    """The file or its folder cannot be opened or made."""
    return StoreTrouble(
        f"The records could not be opened or made ({clean_line(str(path))}).",
        "See that the folder is there and yours to write to, name another place with --records, "
        "or play without keeping (--private).",
        retry=True,
    )


def damaged(path: Path) -> StoreTrouble:
    """The file is not a whole database; it is left as it is."""
    sealed = " If they were sealed with a key, name its file." if sqlite.is_plain(path) is False else ""
    return StoreTrouble(
        f"The records are damaged and have been left as they are ({clean_line(str(path))}).",
        "Put a backup in their place, or name another place with --records." + sealed,
    )


def newer(where: str) -> StoreTrouble:
    """A later version of the program made these records."""
    return StoreTrouble(
        f"These records were made by a newer version of Words First ({where}).",
        "Use that version or a later one; nothing has been changed.",
    )
