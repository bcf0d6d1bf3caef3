"""The shelf: what a chooser shows of every scenario, from an index kept by sha256, without reading a scene.

Neither YAML nor the models are imported here until a scenario turns up that no index knows.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

LIBRARY: Final = Path(__file__).with_name("library")
SHIPPED_INDEX: Final = LIBRARY / "index.json"
_LARGEST: Final = 8 * 1024 * 1024
"""As source.MAX_BYTES, which cannot be imported here without YAML."""
_SUFFIXES: Final = (".yaml", ".yml")
_NOT_SCENARIOS: Final = frozenset(["techniques.yaml"])


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario as a list shows it; placeholders are filled for the first cast member."""

    id: str
    title: str
    summary: str
    role: str
    minutes: int
    content_notes: tuple[str, ...]
    reviewed: bool
    path: str
    version: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was found: entries in order, files no index knows yet, and files that cannot be read, and why."""

    entries: tuple[Entry, ...]
    pending: tuple[Path, ...] = ()
    unreadable: tuple[tuple[str, str], ...] = ()


def glance(folders: Iterable[Path] = (), cache: Path | None = None) -> Shelf:
    """The shelf as the indexes know it; files they do not know are `pending`. Costs one hash a file."""
    known = {**_index(SHIPPED_INDEX), **(_index(cache) if cache else {})}
    entries: list[Entry] = []
    pending: list[Path] = []
    for path in _files(folders):
        entry = _known(path, known)
        if entry is None:
            pending.append(path)
        else:
            entries.append(entry)
    return Shelf(tuple(entries), tuple(pending))


def shelf(folders: Iterable[Path] = (), cache: Path | None = None) -> Shelf:
    """The whole shelf: what no index knows is read, and remembered in `cache` where one is given."""
    folders = list(folders)
    found = glance(folders, cache)
    if not found.pending:
        return found
    entries, unreadable = {entry.path: entry for entry in found.entries}, []
    for path in found.pending:
        entry = summarise(path)
        if isinstance(entry, Entry):
            entries[entry.path] = entry
        else:
            unreadable.append((str(path), entry))
    if cache is not None:
        write_index(cache, entries.values())
    order = {str(path): place for place, path in enumerate(_files(folders))}
    placed = sorted(entries.values(), key=lambda entry: order.get(entry.path, len(order)))
    return Shelf(tuple(placed), (), tuple(unreadable))


def summarise(path: Path) -> Entry | str:
    """One scenario read whole and put in a few lines, or the first reason why it cannot be."""
    from scenarios.load import ScenarioError, load
    from scenarios.speech import fill

    try:
        loaded = load(path)
    except ScenarioError as error:
        first = error.problems[0]
        more = (
            f" (and {len(error.problems) - 1} more; `words-first check` tells all)"
            if len(error.problems) > 1
            else ""
        )
        return f"line {first.line}: {first.sentence}{more}"
    scenario = loaded.scenario
    person = scenario.person.cast[0]

    def shown(text: str) -> str:
        return fill(text, person.name, person.pronouns)

    return Entry(
        loaded.id,
        shown(scenario.title),
        shown(scenario.summary),
        scenario.role,
        scenario.minutes,
        tuple(map(shown, scenario.content_notes)),
        bool(scenario.credits.lived_experience_review),
        str(path),
        loaded.version,
    )


def write_index(path: Path, entries: Iterable[Entry]) -> None:
    """Keep summaries by sha256. One that cannot be written costs time at the next start, nothing else."""
    known = {}
    for entry in entries:
        summary = asdict(entry)
        del summary["path"]
        known[summary.pop("version")] = summary
    text = json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.{os.getpid()}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError:
        return


def _files(folders: Iterable[Path]) -> list[Path]:
    """Every scenario file of these folders, once; a folder that cannot be looked into has none."""
    found: dict[Path, None] = {}
    for folder in (LIBRARY, *folders):
        try:
            inside = sorted(folder.iterdir())
        except OSError:
            continue
        named = (path for path in inside if path.suffix in _SUFFIXES and path.name not in _NOT_SCENARIOS)
        found.update(dict.fromkeys(named))
    return list(found)


def _index(path: Path) -> Mapping[str, Any]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _known(path: Path, known: Mapping[str, Any]) -> Entry | None:
    """The entry of a file whose very bytes an index knows; the file's name decides its id."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        version = hashlib.sha256(path.read_bytes()).hexdigest()
        summary = known[version]
        notes = tuple(summary["content_notes"])
        entry = Entry(
            **{**summary, "content_notes": notes, "id": path.stem, "path": str(path), "version": version}
        )
    except (OSError, KeyError, TypeError):
        return None
    return entry if _sound(entry, summary) else None


def _sound(entry: Entry, summary: Mapping[str, Any]) -> bool:
    """Whether an index holds what it should: someone else may have written to it."""
    texts = (entry.title, entry.summary, entry.role, *entry.content_notes)
    kinds = (
        type(entry.minutes) is int and type(entry.reviewed) is bool and type(summary["content_notes"]) is list
    )
    return kinds and all(type(text) is str for text in texts)
