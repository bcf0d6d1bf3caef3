"""A facilitator's passphrase: kept as an argon2id hash, and never short."""

from __future__ import annotations

import unicodedata
from typing import Final

from simulator.errors import SimulatorError

SHORTEST: Final = 12
LONGEST: Final = 500
ROUNDS = 3
"""Passes over the memory; with `MEMORY` the second choice of RFC 9106, section 4."""
MEMORY = 64 * 2**20
"""Bytes that one guess costs."""


def hashed(passphrase: str) -> str:
    """A passphrase as it is kept. Raises SimulatorError unless it has 12 to 500 characters."""
    from nacl.pwhash import argon2id

    if not SHORTEST <= len(passphrase.strip()) <= LONGEST:
        raise SimulatorError(
            f"A passphrase has at least {SHORTEST} characters.",
            "Three or four words that have nothing to do with each other are easy to keep in mind.",
        )
    return argon2id.str(_bytes(passphrase), ROUNDS, MEMORY).decode("ascii")


def fits(passphrase: str, kept: str) -> bool:
    """Whether this is the passphrase that was kept; False also where what was kept cannot be read."""
    from nacl.exceptions import CryptoError, InvalidkeyError
    from nacl.pwhash import argon2id

    if len(passphrase) > LONGEST:
        return False
    try:
        return bool(argon2id.verify(kept.encode("ascii"), _bytes(passphrase)))
    except (InvalidkeyError, CryptoError, ValueError):
        return False


def _bytes(passphrase: str) -> bytes:
    """The same letters give the same bytes, however a keyboard put their accents together."""
    return unicodedata.normalize("NFC", passphrase.strip()).encode("utf-8", "replace")
