"""Whatever happens to the records, there is a sentence, nothing is overwritten, and nothing kept is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event

from simulator.errors import StoreTrouble
from simulator.practice import open_practice
from simulator.records import open_records
from simulator.session import Session
from tests.simulator.service import FakeClock, at, begin, finish, records_file, screen, sql, tea


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another program in the middle of writing."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.close()


def tells(error: StoreTrouble, file: Path, *words: str) -> None:
    """A plain sentence that names the place and what to do."""
    assert str(file) in error.message
    assert error.advice
    for word in words:
        assert word in str(error)
    for never in ("sqlite3", "Error", "Traceback", "SQLITE", "UPDATE", "INSERT"):
        assert never not in str(error).replace(str(file), "")


def test_while_another_program_writes_nothing_moves_and_then_it_is_saved(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    shown = screen(session)
    with held(records_file(tmp_path)):
        for _ in range(2):
            with pytest.raises(StoreTrouble) as told:
                session.answer("own-it")
            tells(told.value, records_file(tmp_path), "Another program")
            assert told.value.retry and screen(session) == shown
    session.answer("own-it")
    assert screen(at(tmp_path).resume()) == screen(session)


def test_on_a_full_disk_nothing_moves_and_nothing_kept_is_lost(tmp_path: Path) -> None:
    file = records_file(tmp_path)
    first = begin(at(tmp_path))
    first.answer("own-it")
    pages = sql(file, "PRAGMA page_count")[0][0]
    session = at(tmp_path, pragmas=(f"max_page_count={pages}",)).resume()
    shown = ""
    with pytest.raises(StoreTrouble) as told:
        for _ in range(500):
            shown = screen(session)
            session.reach()
    tells(told.value, file, "no room left", "Free some room")
    assert told.value.retry and screen(session) == shown
    assert screen(at(tmp_path).resume()) == shown


def test_a_session_that_cannot_begin_is_not_half_there(tmp_path: Path) -> None:
    at(tmp_path).make("Sam")
    pages = sql(records_file(tmp_path), "PRAGMA page_count")[0][0]
    with pytest.raises(StoreTrouble):
        begin(at(tmp_path, pragmas=(f"max_page_count={pages}",)))
    assert at(tmp_path).sessions() == []


def test_records_that_may_only_be_read_can_still_be_looked_at(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    practice = at(tmp_path, pragmas=("query_only=ON",))
    assert practice.sessions()[0].session == session.id
    with pytest.raises(StoreTrouble) as told:
        practice.resume()
    tells(told.value, records_file(tmp_path), "read but not written", "--private")
    assert begin(practice, "none").answer("own-it").reaction


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("a file where the folder belongs")
    practice = at(tmp_path)
    with pytest.raises(StoreTrouble) as told:
        begin(practice)
    tells(told.value, records_file(tmp_path), "could not be opened or made", "--records", "--private")
    assert (tmp_path / "kept").read_text().startswith("a file")
    assert begin(practice, "none").now().turn == 1


def test_records_moved_away_while_in_use_are_missed_and_then_found_again(tmp_path: Path) -> None:
    file, aside = records_file(tmp_path), tmp_path / "aside"
    session = begin(at(tmp_path))
    shown = screen(session)
    file.rename(aside)
    for _ in range(2):
        with pytest.raises(StoreTrouble) as told:
            session.answer("own-it")
        tells(told.value, file)
        assert told.value.retry and screen(session) == shown and not file.exists()
    aside.rename(file)
    session.answer("own-it")
    assert screen(at(tmp_path).resume()) == screen(session)


def test_records_replaced_while_in_use_are_opened_anew(tmp_path: Path) -> None:
    file, whole = records_file(tmp_path), tmp_path / "copy"
    session = begin(at(tmp_path))
    shutil.copy(file, whole)
    whole.replace(file)
    if os.name != "nt":
        with pytest.raises(StoreTrouble) as told:
            session.answer("own-it")
        tells(told.value, file, "moved or replaced")
    session.answer("own-it")
    assert screen(at(tmp_path).resume()) == screen(session)


@pytest.mark.parametrize(
    ("file_mode", "folder_mode"), [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555), (0, 0o755)]
)
def test_somebody_elses_file_or_folder_is_a_sentence(file_mode: int, folder_mode: int) -> None:
    with tempfile.TemporaryDirectory() as place, another_account(Path(place)):
        session = begin(at(Path(place)))
        session.answer("own-it")
        file = records_file(Path(place))
        file.chmod(file_mode)
        file.parent.chmod(folder_mode)
        try:
            with pytest.raises(StoreTrouble) as told:
                at(Path(place)).resume()
            tells(told.value, file)
        finally:
            file.parent.chmod(0o755)
            file.chmod(0o644)
        assert at(Path(place)).unfinished()[0].turns == 1


@contextmanager
def another_account(place: Path) -> Iterator[None]:
    """Act without the rights of an administrator, to whom nothing is read-only."""
    if os.name == "nt" or os.geteuid() != 0:
        yield
        return
    place.chmod(0o777)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def _overwritten(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.write(b"\xff" * 64)


def _cut(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.truncate(file.stat().st_size // 3)


def _zeroed_page(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.seek(4096)
        stream.write(bytes(file.stat().st_size - 4096))


def _recipes(file: Path) -> None:
    file.unlink()
    sql(file, "CREATE TABLE recipes (name TEXT)")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGE: dict[str, Callable[[Path], object]] = {
    "header overwritten": _overwritten,
    "cut short": _cut,
    "pages zeroed": _zeroed_page,
    "a text file": lambda file: file.write_text("Dear diary,\n" * 500),
    "empty": lambda file: file.write_bytes(b""),
    "another program's": _recipes,
    "a newer version's": lambda file: sql(file, "UPDATE alembic_version SET version_num = '0999'"),
    "a stranger's version": lambda file: sql(file, "UPDATE alembic_version SET version_num = 'abc'"),
    "a folder": _folder,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_file_is_named_and_never_overwritten(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    first = at(tmp_path)
    for _ in range(3):
        finish(begin(first))
    first.close()
    file = records_file(tmp_path)
    damage(file)
    before = file.read_bytes() if file.is_file() else b""
    practice = at(tmp_path)
    with pytest.raises(StoreTrouble) as told:
        for _ in range(3):
            practice.sessions()
            begin(practice)
    tells(told.value, file)
    practice.close()
    assert (file.read_bytes() if file.is_file() else b"") == before
    assert {path.name for path in file.parent.iterdir()} <= {file.name, "settings.toml"}
    assert begin(at(tmp_path), "none").now().turn == 1, "playing without keeping always works"


def test_an_address_nobody_can_use_is_a_sentence(tmp_path: Path) -> None:
    practice = open_practice("nonsense://here", "Sam", clock=FakeClock())
    with pytest.raises(StoreTrouble, match="not one this program can use"):
        practice.start(tea(), "mine")


def test_whichever_statement_fails_nothing_moves_and_trying_again_works(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{records_file(tmp_path)}", 0.05, (), FakeClock())
    countdown = [0]

    def failing(*_: object) -> None:
        countdown[0] -= 1
        if countdown[0] == 0:
            raise sqlite3.OperationalError("disk I/O error")

    engine = records._database.engine
    event.listen(engine, "before_cursor_execute", failing)
    event.listen(engine, "commit", failing)
    practice = open_practice(
        str(records_file(tmp_path)), "Sam", clock=FakeClock(), open_records=lambda url: records
    )
    session = begin(practice)
    for step in ("own-it", "wait", "calm", "step-back"):
        shown, failures = screen(session), 0
        for number in range(1, 50):
            countdown[0] = number
            try:
                session.answer(step)
            except StoreTrouble as told:
                assert told.retry and screen(session) == shown
                failures += 1
                continue
            break
        assert failures >= 4, "every statement of a save had its turn to fail"
        countdown[0] = 0
        assert sql(records_file(tmp_path), "SELECT last_seq FROM session")[0][0] == len(session._rows)


def test_no_word_of_the_trainee_is_in_what_is_raised(tmp_path: Path) -> None:
    session = begin(at(tmp_path))
    finish(session)
    sql(records_file(tmp_path), "DROP TABLE event")
    with pytest.raises(StoreTrouble) as told:
        session.say_account("heliotrope")
    error: BaseException | None = told.value
    while error is not None:
        assert "heliotrope" not in f"{error} {error!r}"
        error = error.__cause__ or error.__context__


def test_two_first_starts_at_once_make_one_database(tmp_path: Path) -> None:
    from simulator.database import create

    begin(at(tmp_path))
    create(records_file(tmp_path))
    assert len(at(tmp_path).sessions()) == 1
    assert not list(records_file(tmp_path).parent.glob("*.new-*"))


def test_every_connection_is_set_to_outlive_a_power_cut(tmp_path: Path) -> None:
    practice = at(tmp_path)
    begin(practice)
    with practice._records()._database.reading() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    safe_wal = sqlite3.sqlite_version_info >= (3, 51, 3)
    assert (found["journal_mode"], found["synchronous"]) == (("wal", 2) if safe_wal else ("delete", 3))
    assert (found["secure_delete"], found["foreign_keys"]) == (1, 1)


def test_several_people_at_once_lose_nothing(tmp_path: Path) -> None:
    sessions = [begin(at(tmp_path, name, busy_s=20)) for name in ("Sam", "Alex", "Jo")]

    def play(session: Session) -> None:
        for _ in range(15):
            session.reach()

    with ThreadPoolExecutor(len(sessions)) as people:
        list(people.map(play, sessions))
    assert sql(records_file(tmp_path), "SELECT last_seq FROM session") == [(16,)] * 3
    assert sql(records_file(tmp_path), "SELECT count(*) FROM event") == [(48,)]
