"""Passphrases in these tests cost next to nothing to hash; what they really cost has a test of its own."""

from __future__ import annotations

import pytest

from facilitator import handover, passphrases


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least that the library takes."""
    monkeypatch.setattr(passphrases, "ROUNDS", 1)
    monkeypatch.setattr(passphrases, "MEMORY", 8192)


@pytest.fixture(autouse=True)
def cheap_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for the files that are handed over."""
    monkeypatch.setattr(handover, "ROUNDS", 1)
    monkeypatch.setattr(handover, "MEMORY", 8192)
