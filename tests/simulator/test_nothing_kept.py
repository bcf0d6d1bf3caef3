"""Keeping nothing leaves nothing: no folder, no file, and no database code in the process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEA = str(Path(__file__).with_name("tea.yaml"))

PLAY = f"""
import json, sys
from scenarios.load import load
from simulator.practice import open_practice
from simulator.settings import aftercare

practice = open_practice(acting=NAME, keep="none")
loaded = load({TEA!r})
aftercare(practice.settings)
practice.trainee(), practice.trainees(), practice.unfinished(), practice.sessions(), practice.locked
session = practice.start(loaded, "none", seed=1, opening="usual", confidence=3)
session.pause()
for reply in ("own-it", "ring-now"):
    session.answer(reply)
session.say_word("tired")
session.say_account("the time")
session.rate_self("C3", 4)
session.close_self_rating()
session.debrief()
session.inquire(0, "because")
session.contest("rating", 0, "C3", "I asked")
session.keep_one("the time")
session.try_one("the same", "on Friday")
practice.own_page()
session.suspend()
session.close()
practice.close()
heavy = ("sqlalchemy", "alembic", "sqlite3")
print(json.dumps([name for name in sys.modules if name.split(".")[0] in heavy]))
"""


def run(code: str, folder: Path) -> str:
    """What a fresh interpreter prints, at home in an empty folder."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "WORDS_FIRST"))},
        "HOME": str(folder),
        "APPDATA": str(folder),
        "LOCALAPPDATA": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_session_that_is_not_kept_leaves_no_trace(tmp_path: Path) -> None:
    for name in ("None", "'Sam'"):
        assert json.loads(run(PLAY.replace("NAME", name), tmp_path)) == []
        assert list(tmp_path.rglob("*")) == []


def test_a_private_session_leaves_the_records_that_there_are_alone(tmp_path: Path) -> None:
    file = tmp_path / "records.sqlite3"
    file.write_text("not even a database")
    code = PLAY.replace("acting=NAME", "str('records.sqlite3'), 'Sam'")
    assert json.loads(run(code, tmp_path)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["records.sqlite3"]
    assert file.read_text() == "not even a database"


def test_nothing_heavy_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    code = (
        "import json, sys; import simulator.session, simulator.practice, simulator.settings, simulator.kept; "
        "simulator.practice.open_practice(None, 'Sam').trainee(); print(json.dumps(sorted(sys.modules)))"
    )
    heavy = {"sqlalchemy", "alembic", "pydantic", "yaml", "sqlite3", "textual", "networkx"}
    assert heavy.isdisjoint(json.loads(run(code, tmp_path)))
    assert list(tmp_path.rglob("*")) == [], "a first look makes nothing"


def test_alembic_is_not_needed_for_records_of_this_version(tmp_path: Path) -> None:
    code = (
        "import sys; from simulator.practice import open_practice; "
        "practice = open_practice('r.sqlite3', 'Sam'); practice.make('Sam'); practice.close(); "
        "practice = open_practice('r.sqlite3', 'Sam'); assert practice.trainee().name == 'Sam'; "
        "assert not any(name.split('.')[0] in ('alembic', 'pydantic', 'yaml') for name in sys.modules)"
    )
    run(code, tmp_path)
    assert (tmp_path / "r.sqlite3").exists()
