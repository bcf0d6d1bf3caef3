"""Opening SQLite files: with Python's own SQLite or, where a file is sealed, with SQLCipher's and the named key.

A file is opened as what it is; a new one is sealed where a key is named. The key is 32 bytes, written as 64
hexadecimal digits in a file of its owner's alone: whoever has it can read the records, and without it nobody can.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from simulator.errors import StoreTrouble
from simulator.settings import FILE, read_settings
from simulator.text import clean_line

KEY_VARIABLE: Final = "WORDS_FIRST_KEY_FILE"
_HEADER: Final = b"SQLite format 3\x00"
_DIGITS: Final = 64


@dataclass(frozen=True, slots=True)
class Sqlite:
    """The SQLite that opens a file: SQLCipher's where there is a key."""

    key: str | None = None

    @property
    def module(self) -> Any:
        """The module of the database. Raises StoreTrouble where the extra is not installed."""
        if self.key is None:
            return sqlite3
        try:
            from sqlcipher3 import dbapi2
        except ImportError:
            raise StoreTrouble(
                "These records are sealed with a key, and what opens them is not installed here.",
                "Install the extra: pip install 'words-first[encrypted]'.",
            ) from None
        return dbapi2

    @property
    def version(self) -> tuple[int, int, int]:
        """The version of SQLite."""
        return cast(tuple[int, int, int], self.module.sqlite_version_info)

    def connect(self, path: Path, mode: str = "rw", timeout: float = 0.0) -> sqlite3.Connection:
        """A connection that commits by itself, for any thread; `timeout` seconds are waited for others."""
        connection: sqlite3.Connection = self.module.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=timeout,
            isolation_level=None,
            check_same_thread=False,
        )
        if self.key is not None:
            # its log goes to standard error, into the middle of a screen
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f"PRAGMA key = \"x'{self.key}'\"")
        return connection

    def export(self, path: Path, copy: Path, by: Sqlite) -> None:
        """Copy what this opens into an empty file that `by` opens: from open to sealed, or the other way."""
        # SQLCipher reads both kinds; Python's own would not know the other
        cipher = self if self.key is not None else by
        connection = cipher.module.connect(
            f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None
        )
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            if self.key is not None:
                connection.execute(f"PRAGMA key = \"x'{self.key}'\"")
            key = "''" if by.key is None else f"\"x'{by.key}'\""
            connection.execute(f"ATTACH DATABASE ? AS copy KEY {key}", (str(copy),))
            connection.execute("SELECT sqlcipher_export('copy')").fetchall()
            connection.execute("DETACH DATABASE copy")
        finally:
            connection.close()


OPEN: Final = Sqlite()
"""Python's own, for files that are not sealed."""


def sqlite_for(path: Path, beside: Path | None = None) -> Sqlite:
    """What opens this file, or makes it where there is none. A key may be named beside the records themselves.

    Raises StoreTrouble where a key is named and cannot be used.
    """
    plain = is_plain(path)
    named = None if plain else key_file(beside or path)
    return OPEN if named is None else Sqlite(read_key(named))


def is_plain(path: Path) -> bool | None:
    """Whether a file is SQLite's own and not sealed; None where there is no file, or nothing in it."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            header = stream.read(len(_HEADER))
    except OSError:
        # opening it will say why
        return None
    return header == _HEADER if header else None


def key_file(path: Path) -> Path | None:
    """The key's file for the records at `path`, where one is named: by WORDS_FIRST_KEY_FILE, else in the settings."""
    named = os.environ.get(KEY_VARIABLE)
    return Path(named).expanduser() if named else read_settings(path.parent / FILE).key_file


def read_key(file: Path) -> str:
    """The key in a file. Raises StoreTrouble."""
    where = clean_line(str(file))
    try:
        found = file.stat()
        text = (
            file.read_text("ascii").strip() if stat.S_ISREG(found.st_mode) and found.st_size <= 1024 else ""
        )
    except FileNotFoundError:
        raise StoreTrouble(
            f"The key of the records is not there ({where}).",
            "Put it back from where it is kept apart; without it nobody can open them.",
        ) from None
    except (OSError, ValueError) as error:
        raise StoreTrouble(
            f"The key of the records cannot be read ({where}).", "Ask whoever keeps it."
        ) from error
    if len(text) != _DIGITS or set(text.lower()) - set("0123456789abcdef"):
        raise StoreTrouble(
            f"That file does not hold a key of records ({where}).", "It is 64 digits from 0 to f."
        )
    if os.name != "nt" and found.st_mode & 0o077:
        raise StoreTrouble(
            f"Others on this computer can read the key of the records ({where}).",
            f"Let only yourself read it: chmod 600 {where}",
        )
    return text.lower()


def make_key(file: Path) -> None:
    """A new key in a new file of its owner's alone. Raises FileExistsError and OSError."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(_DIGITS // 2) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def errors() -> tuple[type[Exception], ...]:
    """What either SQLite raises; only what was loaded can have been raised."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error,) if cipher is None else (sqlite3.Error, cipher.Error)


def name(error: BaseException | None) -> str:
    """SQLite's name for an error, such as SQLITE_FULL; empty where it has none."""
    return str(getattr(error, "sqlite_errorname", "") or "")
