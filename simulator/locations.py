"""Where things are kept on this computer: functions, so that a variable or a test can move them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

RECORDS_VARIABLE: Final = "WORDS_FIRST_RECORDS"
_SQLITE: Final = "sqlite:///"


def home() -> Path:
    """The folder of this program's records on this platform; nothing is made."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("words-first", appauthor=False))


def shelf_cache() -> Path:
    """Where summaries of scenarios are remembered, so that a list need not read them; nothing is made."""
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("words-first", appauthor=False)) / "shelf.json"


def records_url(given: str | None = None) -> str:
    """The database meant: what was given, else WORDS_FIRST_RECORDS, else SQLite in the data folder.

    A bare path is a SQLite file.
    """
    chosen = given or os.environ.get(RECORDS_VARIABLE) or str(home() / "records.sqlite3")
    if "://" in chosen:
        return chosen.replace("postgresql://", "postgresql+psycopg://", 1)
    return f"{_SQLITE}{Path(chosen).expanduser().absolute()}"


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite address as `records_url` gives it; None for another kind of database."""
    return Path(url.removeprefix(_SQLITE)).absolute() if url.startswith(_SQLITE) else None


def beside(url: str) -> Path:
    """The folder of what stands beside the records: settings, and the copy made before an upgrade."""
    path = sqlite_path(url)
    return path.parent if path else home()


def account(url: str) -> str:
    """Who is signed in to this computer; with the computer's name where the records are shared."""
    import getpass
    import platform

    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = "somebody"
    return (user if sqlite_path(url) else f"{user}@{platform.node()}")[:120]


def private_folder(folder: Path) -> None:
    """Make the folder for its owner alone, and narrow it where it stands wider open. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def narrow(path: Path) -> bool:
    """Take away what others may do with a file or folder of ours; True where there was something.

    Nothing is given: a file its owner may only read stays so. Windows keeps its own lists. Raises OSError.
    """
    mode = path.stat().st_mode
    if os.name == "nt" or not mode & 0o077:
        return False
    path.chmod(mode & 0o700)
    return True
