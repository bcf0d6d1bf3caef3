"""What every test shares: a home of its own, so that nothing a test does reaches a person's records."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ours", max_examples=30, deadline=None)
settings.load_profile("ours")


def pytest_xdist_auto_num_workers() -> int:
    """More of them than cores: a third of the time they wait for a screen to settle or a program to start."""
    return max(2, (os.cpu_count() or 1) * 3 // 2)


def pytest_configure(config: pytest.Config) -> None:
    # run in the background of a shell, tests would hand down that Ctrl+C is to be ignored
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # where no bytecode is written, every program that a test starts would compile all of ours again
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        os.environ["PYTHONPYCACHEPREFIX"] = str(config.rootpath / ".pytest_cache" / "bytecode")


@pytest.fixture(autouse=True)
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path_factory.mktemp("home")
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("WORDS_FIRST_RECORDS", "WORDS_FIRST_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    return home
