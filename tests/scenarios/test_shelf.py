"""The shelf: quick, honest about what it cannot read, and unmoved by a broken index."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scenarios.index import library_entries
from scenarios.shelf import LIBRARY, SHIPPED_INDEX, Entry, Shelf, glance, shelf, summarise, write_index
from tests.scenarios.makers import VALID, changed

ROOT = Path(__file__).parents[2]
UNREVIEWED = changed(
    (
        "  lived_experience_review:\n    - {role: peer trainer, on: 2027-01-15}\n",
        "  lived_experience_review: []\n",
    )
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of a trainer's own with two scenarios, one broken file and one that is no scenario."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "kettle.yaml").write_text(VALID, encoding="utf-8")
    (own / "unreviewed.yml").write_text(UNREVIEWED, encoding="utf-8")
    (own / "broken.yaml").write_text(
        changed(("minutes: 3", "minutes: three"), ("to: tea\n", "to: x\n")), encoding="utf-8"
    )
    (own / "notes.txt").write_text("tea", encoding="utf-8")
    return own


def own(entries: tuple[Entry, ...], folder: Path) -> list[Entry]:
    return [entry for entry in entries if Path(entry.path).parent == folder]


def waiting(found: Shelf, folder: Path) -> list[str]:
    return [path.name for path in found.pending if path.parent == folder]


def test_the_shipped_index_is_up_to_date(tmp_path: Path) -> None:
    write_index(tmp_path / "index.json", library_entries())
    assert SHIPPED_INDEX.exists(), "missing: run `python -m scenarios.index`"
    made = (tmp_path / "index.json").read_text(encoding="utf-8")
    assert SHIPPED_INDEX.read_text(encoding="utf-8") == made, "out of date: run `python -m scenarios.index`"


def test_a_glance_at_what_we_ship_has_nothing_pending() -> None:
    found = glance()
    assert found.pending == (), "the index is out of date: run `python -m scenarios.index`"
    assert [entry.id for entry in found.entries] == sorted(path.stem for path in LIBRARY.glob("*.yaml"))


def test_a_glance_imports_neither_yaml_nor_pydantic() -> None:
    code = (
        "import sys; from scenarios.shelf import glance; found = glance(); "
        "assert found.entries or found.pending; "
        "heavy = ('yaml', 'pydantic', 'scenarios.source', 'textual', 'sqlalchemy'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_what_no_index_knows_is_pending_then_read(folder: Path) -> None:
    assert waiting(glance([folder]), folder) == [
        "broken.yaml",
        "kettle.yaml",
        "unreviewed.yml",
    ]
    found = shelf([folder])
    assert [(entry.id, entry.reviewed) for entry in own(found.entries, folder)] == [
        ("kettle", True),
        ("unreviewed", False),
    ]
    assert found.pending == ()


def test_what_cannot_be_read_is_listed_with_the_reason(folder: Path) -> None:
    os.mkfifo(folder / "pipe.yaml")
    (folder / "deep").mkdir()
    (folder / "folder.yaml").mkdir()
    (folder / "gone.yaml").symlink_to(folder / "nowhere.yaml")
    reasons = {Path(path).name: reason for path, reason in shelf([folder]).unreadable}
    assert set(reasons) == {"broken.yaml", "pipe.yaml", "folder.yaml", "gone.yaml"}
    assert reasons["broken.yaml"].startswith("line 6: This is the text `three`")
    assert reasons["broken.yaml"].endswith("(and 1 more; `words-first check` tells all)")
    assert "pipe" in reasons["pipe.yaml"]


def test_an_entry_is_filled_for_the_first_of_the_cast(folder: Path) -> None:
    entry = summarise(folder / "kettle.yaml")
    assert isinstance(entry, Entry)
    assert entry.summary == "Sam asks for tea after the trolley has gone."
    assert (entry.title, entry.minutes, entry.content_notes) == ("The kettle", 3, ("raised voices",))


def test_the_cache_saves_the_second_reading(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache" / "index.json"
    first = shelf([folder], cache)
    again = glance([folder], cache)
    assert waiting(again, folder) == ["broken.yaml"]
    assert own(again.entries, folder) == own(first.entries, folder)


def test_a_changed_file_is_read_anew_and_a_renamed_one_is_not(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "index.json"
    shelf([folder], cache)
    (folder / "kettle.yaml").rename(folder / "teapot.yaml")
    (folder / "unreviewed.yml").write_text(UNREVIEWED + "# more\n", encoding="utf-8")
    found = glance([folder], cache)
    assert [entry.id for entry in own(found.entries, folder)] == ["teapot"]
    assert waiting(found, folder) == ["broken.yaml", "unreviewed.yml"]


BROKEN: list[Any] = ["", "[]", "null", "{", "\0", "[" * 100_000, '"text"']


@pytest.mark.parametrize("text", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_index_is_as_none(folder: Path, tmp_path: Path, text: str) -> None:
    cache = tmp_path / "index.json"
    cache.write_text(text, encoding="utf-8")
    assert len(waiting(glance([folder], cache), folder)) == 3
    assert len(own(shelf([folder], cache).entries, folder)) == 2
    assert len(waiting(glance([folder], cache), folder)) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": 3},
        {"title": None},
        {"minutes": "3"},
        {"content_notes": "abc"},
        {"content_notes": [1]},
        {"reviewed": "no"},
        {"more": 1},
        {"content_notes": None},
    ],
)
def test_an_index_with_wrong_entries_is_not_believed(
    folder: Path, tmp_path: Path, change: dict[str, Any]
) -> None:
    cache = tmp_path / "index.json"
    shelf([folder], cache)
    known = {
        version: {**summary, **change}
        for version, summary in json.loads(cache.read_text(encoding="utf-8")).items()
    }
    cache.write_text(json.dumps(known), encoding="utf-8")
    assert len(own(glance([folder], cache).entries, folder)) == 0
    assert len(own(shelf([folder], cache).entries, folder)) == 2


def test_an_index_that_cannot_be_written_does_no_harm(folder: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert len(own(shelf([folder], blocked / "index.json").entries, folder)) == 2
    assert not list(tmp_path.glob("*.part"))


def test_folders_that_are_not_there_and_folders_named_twice(folder: Path, tmp_path: Path) -> None:
    found = shelf([folder, tmp_path / "gone", folder])
    assert len(own(found.entries, folder)) == 2
    assert len(waiting(glance([folder, folder]), folder)) == 3


def test_a_vocabulary_is_no_scenario(folder: Path) -> None:
    (folder / "techniques.yaml").write_text("format: 1\n", encoding="utf-8")
    assert "techniques.yaml" not in waiting(glance([folder]), folder)
