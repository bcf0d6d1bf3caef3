"""settings.toml beside the records: what a ward says about itself; made with notes at the first start."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from simulator.text import clean_line

FILE: Final = "settings.toml"
_LARGEST: Final = 1 << 20
_KNOWN: Final = ("ward", "groups", "retention_days", "scenario_folders", "key_file", "contact")

STARTER: Final = """\
# Settings of Words First on this ward. Lines that begin with # are notes; take the # away to use one.
# Changes are read at the next start.

# The name of the ward or team, as staff know it.
# ward = "Maple Ward"

# Groups of trainees that a facilitator looks after.
# groups = ["Spring induction"]

# How many days a session is kept after the last thing that happened in it; then `words-first records
# retention --apply` takes it away. Left out: until somebody erases it.
# retention_days = 30

# Folders with scenarios of your own. A path that is not absolute starts at this file's folder.
# scenario_folders = ["scenarios"]

# The file with the key that the records are sealed with, where they are (docs/running.md).
# key_file = "/home/ward/words-first.key"

# Whom to talk to after a scene that stirred something up. One block each; the first is shown first.
# Until one is filled in, the program names the line manager, occupational health, and 999 in danger.
# Keep these blocks at the end of the file.
# [[contact]]
# name = "Occupational health"
# how = "extension 1234, Monday to Friday, 9 to 5"
"""

UNFILLED: Final = (
    "Your ward has not filled in its own contacts yet. Until it has: your line manager, occupational health, "
    "and 999 where someone is in danger."
)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to talk to afterwards, and how to reach them."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Aftercare:
    """Whom to turn to after a scene; `note` is for when the ward has not said, else empty."""

    contacts: tuple[Contact, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the ward has set. `problem` is a sentence where the file could not be used as it stands."""

    ward: str = ""
    contacts: tuple[Contact, ...] = ()
    groups: tuple[str, ...] = ()
    retention_days: int | None = None
    scenario_folders: tuple[Path, ...] = ()
    key_file: Path | None = None
    problem: str | None = None


def aftercare(settings: Settings) -> Aftercare:
    """The ward's contacts; until there are any, a note that says so and whom anybody can turn to."""
    if settings.contacts:
        return Aftercare(settings.contacts, "")
    usual = (
        Contact("Your line manager", "or whoever is in charge of the shift"),
        Contact("Occupational health", "your employer's own service"),
        Contact("999", "where someone is in danger"),
    )
    return Aftercare(usual, UNFILLED)


def read_settings(file: Path) -> Settings:
    """The settings in a file; the defaults where there is none or it cannot be used. It is never touched."""
    try:
        with file.open("rb") as stream:
            text = stream.read(_LARGEST).decode("utf-8-sig")
        return _settings(tomllib.loads(text.replace("\r\n", "\n")), file)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        reason = f"could not be read ({error.strerror or type(error).__name__})"
    except UnicodeDecodeError:
        reason = "is not UTF-8 text"
    except tomllib.TOMLDecodeError as error:
        reason = f"has a slip: {clean_line(str(error), 200)}"
    except _Unfit as unfit:
        reason = str(unfit)
    return Settings(
        problem=f"The settings in {clean_line(str(file))} are not used: it {reason}. "
        "Mend that line, or rename the file and a fresh one is made at the next start."
    )


def make_settings(file: Path) -> None:
    """Write the commented starter where there is none; where that cannot be done, go on without."""
    from simulator.locations import private_folder

    try:
        private_folder(file.parent)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        # there already, or not ours to write: reading it says what matters, and the records say the rest
        return
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(STARTER)


class _Unfit(Exception):
    """A setting that is there but is not what it should be; says which, and what would do."""


def _settings(found: dict[str, Any], file: Path) -> Settings:
    days = found.get("retention_days")
    if days is not None and (type(days) is not int or not 1 <= days <= 36_500):
        raise _Unfit("says `retention_days` in a way that is not a whole number of days from 1 to 36500")
    ward = found.get("ward", "")
    if not isinstance(ward, str):
        raise _Unfit("says `ward` without quotation marks")
    blocks = found.get("contact", [])
    if not isinstance(blocks, list):
        raise _Unfit("says `contact` where `[[contact]]` belongs, with two brackets on each side")
    try:
        folders = tuple(file.parent / Path(name).expanduser() for name in _texts(found, "scenario_folders"))
    except RuntimeError:
        raise _Unfit("has a folder in `scenario_folders` that begins with a ~ nobody answers to") from None
    key = found.get("key_file")
    if key is not None and not isinstance(key, str):
        raise _Unfit("says `key_file` without quotation marks")
    contacts = tuple(_contact(block) for block in blocks)
    groups = tuple(clean_line(group, 100) for group in _texts(found, "groups"))
    unknown = [key for key in found if key not in _KNOWN]
    problem = None
    if unknown:
        problem = (
            f"The settings in {clean_line(str(file))} name `{clean_line(unknown[0], 60)}`, which is none. "
            f"The rest is used. There is: {', '.join(_KNOWN)}."
        )
    key_file = None if key is None else file.parent / key
    return Settings(clean_line(ward, 200), contacts, groups, days, folders, key_file, problem)


def _contact(block: object) -> Contact:
    if not isinstance(block, dict):
        raise _Unfit("has a `contact` that is not a block of its own")
    name, how = block.get("name"), block.get("how", "")
    if not isinstance(name, str) or not name.strip() or not isinstance(how, str):
        raise _Unfit(
            'has a contact without a name: write `name = "…"` and `how = "…"` under each [[contact]]'
        )
    if block.keys() - {"name", "how"}:
        raise _Unfit("has something after a [[contact]] that is neither `name` nor `how`: move it further up")
    return Contact(clean_line(name, 200), clean_line(how, 500))


def _texts(found: dict[str, Any], key: str) -> list[str]:
    texts = found.get(key, [])
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise _Unfit(f'says `{key}` in a way that is not a list of texts: write {key} = ["…"]')
    return texts
