"""`new`: a scenario to begin with, and beside it the schema that an editor reads. Writes over nothing.

The starter is a whole scene with a note above each part, for somebody who has never seen such a file; from an
incident account the moments are laid out instead.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from scenarios.incident import account
from scenarios.incident_scene import lay_out, scalar
from scenarios.load import library_ids
from scenarios.names import is_kebab
from scenarios.schema import COMMITTED

STARTER: Final = Path(__file__).with_name("starters") / "starter.yaml"
SCHEMA_NAME: Final = COMMITTED.name
_TAKEN: Final = frozenset(
    ["techniques", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)


class BadName(Exception):
    """A name that no scenario can have; the message says why and what would do."""


class AlreadyThere(Exception):
    """A file of this name exists, and is left as it is."""


class NoFolder(Exception):
    """The folder is not there and cannot be made; the message is a sentence."""


@dataclass(frozen=True)
class Made:
    """What was written. `schema` is the file beside it; `kept`: another one was there and was left alone."""

    path: Path
    schema: Path
    kept: bool


def name_from(written: str) -> str:
    """The name of a new scenario, with or without `.yaml`. Raises BadName."""
    name = re.sub(r"\.ya?ml$", "", written.strip())
    if re.search(r"[/\\]", name):
        raise BadName("a name is not a path. Put the folder behind `--folder`.")
    if not is_kebab(name):
        plain = "".join(
            c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
        ).lower()
        made = re.sub(r"^[^a-z]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", re.sub("['\u2019]", "", plain)))[
            :60
        ].rstrip("-")
        instead = f" `{made}` would do." if made and is_kebab(made) else ""
        raise BadName(
            "a scenario's name is of small letters a-z, figures and single hyphens, at most 60, and begins "
            f"with a letter.{instead}"
        )
    if name in _TAKEN:
        raise BadName(f"`{name}` means something else to the program or the computer. Choose another name.")
    if name in library_ids():
        raise BadName(f"`{name}` is one of the scenarios that come with Words First. Choose another name.")
    return name


def starter_text(name: str, today: date) -> str:
    """The commented starter, as a scenario of this name."""
    text = STARTER.read_text(encoding="utf-8")
    return (
        text.replace("TITLE", scalar(title_of(name)))
        .replace("TODAY", today.isoformat())
        .replace("NAME", name)
    )


def incident_text(name: str, today: date, told: str) -> str:
    """A scenario laid out from the text of an incident account. Raises NotAnAccount."""
    return lay_out(account(told), title_of(name), today.isoformat())


def title_of(name: str) -> str:
    return name.replace("-", " ").capitalize()


def make(name: str, text: str, folder: Path) -> Made:
    """Write a new scenario into a folder, made where its parent exists. Raises AlreadyThere, NoFolder."""
    if not folder.is_dir():
        try:
            folder.mkdir()
        except (FileNotFoundError, NotADirectoryError, FileExistsError) as nowhere:
            raise NoFolder(f"there is no folder {folder}, and none can be made there.") from nowhere
    path, schema = folder / f"{name}.yaml", folder / SCHEMA_NAME
    try:
        _write_new(path, text.encode("utf-8"))
    except FileExistsError as there:
        raise AlreadyThere(str(path)) from there
    wanted = COMMITTED.read_bytes()
    try:
        _write_new(schema, wanted)
    except FileExistsError:
        return Made(path, schema, kept=not schema.is_file() or schema.read_bytes() != wanted)
    return Made(path, schema, kept=False)


def _write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all."""
    with path.open("xb") as stream:
        try:
            stream.write(data)
            stream.flush()
        except OSError:
            path.unlink(missing_ok=True)
            raise
