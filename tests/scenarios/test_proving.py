"""Plays are tried in another process, which gives what trying them here gives, and ends when told to."""

from __future__ import annotations

import sys
from threading import Thread

import pytest

from benchmarks.stories import story
from scenarios import proving
from scenarios.explore import explore
from scenarios.load import load_bytes
from scenarios.proving import BrokenOff, Proving
from tests.scenarios.makers import VALID


def test_it_finds_what_exploring_here_finds() -> None:
    loaded = load_bytes(VALID.encode())
    assert Proving(loaded).explored() == explore(loaded.scene)


def test_stopping_ends_it_before_during_and_after() -> None:
    loaded = load_bytes(story(100, spare=True).encode())
    before = Proving(loaded)
    before.stop()
    with pytest.raises(BrokenOff):
        before.explored()
    during, ended = Proving(loaded), []

    def wait() -> None:
        try:
            during.explored()
        except BrokenOff:
            ended.append(True)

    thread = Thread(target=wait)
    thread.start()
    while during._child is None:
        pass
    during.stop()
    thread.join(15)
    assert ended == [True]
    assert during._child.poll() is not None
    during.stop()


def test_a_process_that_cannot_begin_or_fails_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = load_bytes(VALID.encode())
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(BrokenOff):
        Proving(loaded).explored()
    monkeypatch.undo()
    monkeypatch.setattr(proving, "_CHILD", "raise SystemExit(3)")
    with pytest.raises(BrokenOff):
        Proving(loaded).explored()
