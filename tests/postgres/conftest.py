"""A PostgreSQL server of the tests' own on the loopback, and a fresh database in it for every test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.postgres.served import OPENED

_USER = "words"
_PATIENCE_S = 60


def _program(name: str) -> str:
    """Where a program of PostgreSQL's is: on the path, or where Debian puts the newest."""
    found = shutil.which(name) or max(
        map(str, Path("/usr/lib/postgresql").glob(f"*/bin/{name}")), default=None
    )
    assert found is not None, f"{name} is not installed: make test-postgres installs it"
    return found


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_nobody_special(command: list[str]) -> list[str]:
    """The server refuses to run as root, so there it runs as the account that its package made."""
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
        if not os.geteuid()
        else command
    )


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server without its database, such as postgresql://words@127.0.0.1:1234."""
    folder = Path(tempfile.mkdtemp(prefix="words-first-postgres-"))
    if not os.geteuid():
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    data, port = folder / "data", _free_port()
    making = [
        _program("initdb"),
        "--pgdata",
        str(data),
        "--username",
        _USER,
        "--auth",
        "trust",
        "--encoding",
        "UTF8",
    ]
    subprocess.run(_as_nobody_special([*making, "--no-sync"]), check=True, capture_output=True, cwd=folder)
    settings = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "fsync": "off"}
    running = [_program("postgres"), "-D", str(data), "-p", str(port)]
    running += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(_as_nobody_special(running), stdout=log, stderr=log, cwd=folder)
    try:
        address = f"postgresql://{_USER}@127.0.0.1:{port}"
        _wait_until_it_answers(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)
        shutil.rmtree(folder)


def _engine(address: str, database: str) -> sa.Engine:
    url = f"{address}/{database}".replace("postgresql://", "postgresql+psycopg://")
    return sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)


def _wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while True:
        assert process.poll() is None, "the server did not start"
        try:
            with _engine(address, "postgres").connect() as connection:
                connection.execute(sa.text("SELECT 1"))
                return
        except sa.exc.OperationalError:
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)


@pytest.fixture(autouse=True)
def _closed(url: str) -> Iterator[None]:
    """Practices let go of their connections before the database goes."""
    yield
    while OPENED:
        OPENED.pop().close()


@contextmanager
def _fresh(server: str) -> Iterator[str]:
    name = f"records_{uuid.uuid4().hex}"
    with _engine(server, "postgres").connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield f"{server}/{name}"
    with _engine(server, "postgres").connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def url(server: str) -> Iterator[str]:
    """The address of an empty database."""
    with _fresh(server) as address:
        yield address


@pytest.fixture
def elsewhere(server: str) -> Iterator[str]:
    """Another one."""
    with _fresh(server) as address:
        yield address
