"""A session as a file that can be carried to another machine: sealed with a passphrase, and opened with care.

The file is a line that says what it is, a version, a salt, a sha256 of what follows, and a box of libsodium's
that holds compressed JSON. Whoever opens one believes nothing in it: sizes are bounded, shapes are strict, and
facilitator/receiving.py plays the session through before it is taken in.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import unicodedata
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from facilitator.passphrases import LONGEST, SHORTEST
from facilitator.rows import Fact
from simulator.errors import SimulatorError
from simulator.kept import HandedOver, Kept, RawEvent

MAGIC: Final = b"WORDS-FIRST HAND-OVER\n"
VERSION: Final = 1
LARGEST_FILE: Final = 8 << 20
LARGEST_CONTENT: Final = 32 << 20
ROUNDS = 3
"""Passes of argon2id over the memory; with `MEMORY` libsodium's "moderate", for what can be guessed at offline."""
MEMORY = 256 << 20
_SALT: Final = 16
_HEAD: Final = len(MAGIC) + 1 + _SALT + 32
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

_Ms = Annotated[int, Field(ge=0, le=253_402_300_799_999)]
_Line = Annotated[str, Field(max_length=300)]
_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
_Bytes = Annotated[str, Field(max_length=LARGEST_FILE)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Happening(_Strict):
    """An event as it is kept; its body is checked when it is read back."""

    at_ms: _Ms
    mono_ms: _Ms
    kind: Annotated[str, Field(max_length=40)]
    v: Annotated[int, Field(ge=1, le=1000)]
    body: dict[str, str | int | bool | None]
    chain: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Reviewer(_Strict):
    """A facilitator where the session comes from."""

    id: _Id
    name: Annotated[str, Field(min_length=1, max_length=60)]


class Saying(_Strict):
    """What a facilitator said of the session; `by` is a place in the list of reviewers."""

    by: Annotated[int, Field(ge=0)]
    at_ms: _Ms
    kind: Annotated[str, Field(max_length=40)]
    v: Annotated[int, Field(ge=1, le=1000)]
    body: dict[str, Any]


class Handed(_Strict):
    """Everything that is handed over of a session. `header` is the sha256 of the file's first part."""

    format: Literal[1]
    header: str
    session: _Id
    learner: _Id
    trainee: Annotated[str, Field(max_length=60)]
    accounts: Annotated[list[Annotated[str, Field(max_length=120)]], Field(max_length=50)]
    group: Annotated[str, Field(max_length=100)]
    scenario_id: _Line
    scenario: _Bytes
    vocabularies: Annotated[list[_Bytes], Field(min_length=1, max_length=10)]
    events: Annotated[list[Happening], Field(min_length=1, max_length=50_000)]
    reviewers: Annotated[list[Reviewer], Field(max_length=100)]
    said: Annotated[list[Saying], Field(max_length=10_000)]

    def kept(self) -> Kept:
        """The session as the records would have it, all unchecked. Raises ValueError."""
        scenario, vocabularies = _decoded(self.scenario), tuple(map(_decoded, self.vocabularies))
        return Kept(
            id=self.session,
            title="",
            trainee=self.trainee,
            scenario_id=self.scenario_id,
            scenario_sha=hashlib.sha256(scenario).hexdigest(),
            vocabulary_sha=hashlib.sha256(b"".join(vocabularies)).hexdigest(),
            scenario=scenario,
            vocabularies=vocabularies,
            started_ms=self.events[0].at_ms,
            ended_ms=None,
            state="ended",
            keep="shared",
            last_seq=len(self.events),
            events=[
                RawEvent(seq, e.at_ms, e.mono_ms, e.kind, e.v, e.body, e.chain)
                for seq, e in enumerate(self.events, start=1)
            ],
        )


def sealed(handed_over: HandedOver, facts: Sequence[Fact], passphrase: str) -> bytes:
    """The bytes of the file. `facts` only where facilitators alone open it: notes of theirs are in them.

    Raises SimulatorError where it is too much, or where the passphrase is short.
    """
    kept = handed_over.kept
    reviewers = {fact.who: fact.name for fact in facts}
    places = {who: place for place, who in enumerate(reviewers)}
    head = MAGIC + bytes([VERSION]) + secrets.token_bytes(_SALT)
    assert kept.scenario is not None, "what was played through has its scenario"
    handed = Handed(
        format=1,
        header=hashlib.sha256(head).hexdigest(),
        session=kept.id,
        learner=str(handed_over.learner),
        trainee=kept.trainee,
        accounts=list(handed_over.accounts),
        group=handed_over.group,
        scenario_id=kept.scenario_id,
        scenario=_encoded(kept.scenario),
        vocabularies=[_encoded(each) for each in kept.vocabularies],
        events=[_happening(each) for each in kept.events],
        reviewers=[Reviewer(id=str(who), name=name) for who, name in reviewers.items()],
        said=[
            Saying(
                by=places[fact.who], at_ms=milliseconds(fact.when), kind=fact.kind, v=fact.v, body=fact.body
            )
            for fact in facts
        ],
    )
    content = handed.model_dump_json().encode()
    data = _boxed(head, zlib.compress(content, 9), passphrase)
    if len(content) > LARGEST_CONTENT or len(data) > LARGEST_FILE:
        raise SimulatorError("This session is too long to be handed over as a file.", "Nothing was written.")
    return data


def opened(data: bytes, passphrase: str) -> Handed:
    """What is in a file. Raises SimulatorError: not one of ours, newer, damaged, another passphrase."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    head, box = told_apart(data)
    try:
        packed = SecretBox(_key(passphrase, head)).decrypt(box)
    except CryptoError:
        raise SimulatorError(
            "The passphrase does not fit that file.", "Ask whoever made it; nothing was changed."
        ) from None
    except ValueError:
        # too little in it for a box, with the right sum all the same
        raise not_whole() from None
    try:
        unpacking = zlib.decompressobj()
        content = unpacking.decompress(packed, LARGEST_CONTENT)
        if unpacking.unconsumed_tail or not unpacking.eof:
            raise ValueError("too much, or cut")
        handed = Handed.model_validate_json(content)
    except (zlib.error, ValidationError, ValueError):
        # what it holds may be somebody's words, so the reason is not told on
        raise not_whole() from None
    if handed.header != hashlib.sha256(head).hexdigest():
        raise not_whole()
    return handed


def told_apart(data: bytes) -> tuple[bytes, bytes]:
    """The first part of a file and the box, before any passphrase is asked for. Raises SimulatorError."""
    if not data.startswith(MAGIC):
        raise SimulatorError("That is not a file from `hand-over`.", "Give the file that it made.")
    if data[len(MAGIC) : len(MAGIC) + 1] not in (b"", bytes([VERSION])):
        raise newer()
    head, digest, box = data[: _HEAD - 32], data[_HEAD - 32 : _HEAD], data[_HEAD:]
    if len(data) <= _HEAD or hashlib.sha256(head + box).digest() != digest:
        raise not_whole()
    return head, box


def not_whole() -> SimulatorError:
    """What is said of a file that was cut, changed, or put together by something else."""
    return SimulatorError(
        "That file is damaged or was cut short on its way.", "Ask for it again; nothing was changed."
    )


def newer() -> SimulatorError:
    """What is said of a file that holds what this version does not know."""
    return SimulatorError(
        "That file was made by a newer version of Words First.", "Use that version; nothing was changed."
    )


def _boxed(head: bytes, packed: bytes, passphrase: str) -> bytes:
    from nacl.secret import SecretBox

    if not SHORTEST <= len(passphrase.strip()) <= LONGEST:
        raise SimulatorError(
            f"The passphrase for a file has at least {SHORTEST} characters.",
            "Three or four words that have nothing to do with each other are easy to pass on by telephone.",
        )
    box = bytes(SecretBox(_key(passphrase, head)).encrypt(packed))
    return head + hashlib.sha256(head + box).digest() + box


def _key(passphrase: str, head: bytes) -> bytes:
    """The same letters give the same key, however a keyboard put their accents together."""
    from nacl.pwhash import argon2id
    from nacl.secret import SecretBox

    given = unicodedata.normalize("NFC", passphrase.strip()).encode("utf-8", "replace")
    salt = head[-_SALT:]
    return argon2id.kdf(SecretBox.KEY_SIZE, given[: 4 * LONGEST], salt, opslimit=ROUNDS, memlimit=MEMORY)


def _happening(raw: RawEvent) -> Happening:
    assert isinstance(raw.body, dict), "what was played through has its bodies"
    return Happening(
        at_ms=raw.at_ms, mono_ms=raw.mono_ms, kind=raw.kind, v=raw.v, body=raw.body, chain=raw.chain
    )


def milliseconds(when: datetime) -> int:
    """Milliseconds since 1970, to the last one."""
    return (when - _EPOCH) // timedelta(milliseconds=1)


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
