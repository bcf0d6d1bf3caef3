"""`tidy`: a scenario file on disk, tidied and written back only where it still says exactly the same.

What is tidied is in rewrite.py. Here is what must not go wrong: a file with errors is left alone, byte-order
mark and line ends stay, the tidied text is read again and compared, and the file is replaced whole or not at
all.
"""

from __future__ import annotations

import codecs
import contextlib
import difflib
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from scenarios.arrangement import replies
from scenarios.layout import layout
from scenarios.load import Loaded, ScenarioError, load_bytes, read_scenario
from scenarios.model import Reply, Scenario
from scenarios.names import made_id
from scenarios.problems import Problem
from scenarios.rewrite import missing_id, tidied

_NAMED: Final = ("facts", "openings", "shared_replies", "moments", "endings")
_CONTEXT: Final = 3


@dataclass(frozen=True)
class Tidied:
    """What tidying a file comes to. With problems, `after` is what was there before."""

    path: Path
    before: bytes
    after: bytes
    ids: tuple[str, ...] = ()
    """The ids that were written, in file order."""
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        return self.before != self.after

    def diff(self, shown: str) -> str:
        """What changes, as a unified diff."""
        before, after = (_lines(data) for data in (self.before, self.after))
        made = difflib.unified_diff(before, after, shown, f"{shown} (tidy)", n=_CONTEXT, lineterm="")
        return "".join(f"{line}\n" for line in made)


class NotTheSame(Exception):
    """Tidying would have changed what a scenario says: our slip, so nothing was written."""


class ChangedMeanwhile(Exception):
    """Somebody saved the file while it was being tidied; nothing was written."""


def tidy(path: Path, shown: str | None = None) -> Tidied:
    """What tidying a file would make of it; writes nothing. Raises NotTheSame."""
    reading = read_scenario(path, shown)
    if reading.loaded is None:
        return Tidied(path, b"", b"", problems=reading.problems)
    data = reading.loaded.data
    after = tidy_bytes(data)
    if after != data:
        _compare(reading.loaded, after)
    root = layout(reading.document.text)
    written = () if root is None else tuple(made for reply in replies(root) if (made := missing_id(reply)))
    return Tidied(path, data, after, written)


def tidy_bytes(data: bytes) -> bytes:
    """The bytes of a scenario that reads without errors, tidied; byte-order mark and line ends stay."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data[len(mark) :].decode("utf-8")
    windows = text.count("\r\n") * 2 > text.count("\n")
    after = tidied(text.replace("\r\n", "\n"))
    return mark + (after.replace("\n", "\r\n") if windows else after).encode("utf-8")


def write(made: Tidied) -> None:
    """Replace the file by what was made of it, in one step. Raises ChangedMeanwhile, OSError."""
    target = made.path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tidy", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(made.after)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, beside)
        if target.read_bytes() != made.before:
            raise ChangedMeanwhile(str(made.path))
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise


def _compare(loaded: Loaded, after: bytes) -> None:
    """Raises NotTheSame unless the bytes say what the loaded scenario says, names in the same order."""
    try:
        again = load_bytes(after, loaded.vocabularies, loaded.path).scenario
    except ScenarioError as wrong:
        raise NotTheSame(str(wrong)) from wrong
    if said(again) != said(loaded.scenario) or tidy_bytes(after) != after:
        raise NotTheSame(loaded.path)


def said(scenario: Scenario) -> tuple[Any, ...]:
    """All that a scenario says: every value, every id whether written or made, every name in its order."""
    whole = scenario.model_dump()
    named = [list(whole[key]) for key in _NAMED]
    kept = [reply for moment in scenario.moments.values() for reply in moment.replies]
    kept += [reply for listed in scenario.shared_replies.values() for reply in listed]
    ids = [_id(reply) for reply in kept]
    return _without_ids(whole), named, ids


def _id(reply: Reply) -> str | None:
    return reply.id or made_id(reply.say or reply.do or "")


def _without_ids(whole: dict[str, Any]) -> dict[str, Any]:
    held = [moment["replies"] for moment in whole["moments"].values()] + list(
        whole["shared_replies"].values()
    )
    for reply in (reply for listed in held for reply in listed):
        del reply["id"]
    return whole


def _lines(data: bytes) -> list[str]:
    """The lines of a file for people to read: what a terminal would act on is shown as a mark."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    return [re.sub(r"[^\S ]|[^\s\x20-\x7e\xa0-\U0010ffff]", "\ufffd", line) for line in text.split("\n")]
