"""What a crash may leave behind: types, modules, lines; never a text, a value or a local variable."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def folder() -> Path:
    """Where crash reports go on this machine."""
    import platformdirs

    return Path(platformdirs.user_log_dir("words-first", appauthor=False))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    known: set[int] = set()
    while error is not None and id(error) not in known:
        known.add(id(error))
        yield error
        # A worker of Textual's wraps what went wrong in it; what it wraps is the news.
        inner = getattr(error, "error", None)
        error = inner if isinstance(inner, BaseException) else error.__cause__ or error.__context__


def lines(error: BaseException) -> list[str]:
    """The report on an error: for each of its causes the type, then module:line in function."""
    told = []
    for one in _chain(error):
        told.append(f"{type(one).__module__}.{type(one).__qualname__}")
        trace = one.__traceback__
        while trace is not None:
            frame = trace.tb_frame
            told.append(f"  {frame.f_globals.get('__name__')}:{trace.tb_lineno} in {frame.f_code.co_name}")
            trace = trace.tb_next
    return told


def _versions() -> str:
    found = [f"python {sys.version.split()[0]}", sys.platform]
    for package in ("words-first", "textual"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} not installed")
    return ", ".join(found)


def write(error: BaseException, where: Path | None = None) -> Path | None:
    """Write the report on an error, readable by its owner alone. None where even that was not possible."""
    now = datetime.now(UTC)
    try:
        place = where or folder()
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = place / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as report:
            report.write("\n".join([f"{now:%Y-%m-%d %H:%M:%S} UTC", _versions(), *lines(error), ""]))
    except OSError:
        return None
    return path
