"""Files made with ill intent, by somebody who knows the passphrase: refused whole, and speaking for nobody here."""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facilitator import handover
from facilitator.handover import LARGEST_CONTENT, Handed, opened
from facilitator.room import Room
from simulator.database import Database
from tests.facilitator.handing import WORDS, everything, reviewed, take_in, told, ward
from tests.facilitator.rooms import played, room_at
from tests.simulator.service import at, records_file


def forged(data: bytes, change: Callable[[dict[str, Any]], object], repack: bool = True) -> bytes:
    """The file with its content changed by somebody who can seal it again."""
    content = json.loads(opened(data, WORDS).model_dump_json())
    changed = change(content)
    text = changed if isinstance(changed, bytes) else json.dumps(content).encode()
    head, _ = handover.told_apart(data)
    return handover._boxed(head, zlib.compress(text) if repack else text, WORDS)


def _edit(content: dict[str, Any]) -> None:
    answered = next(event for event in content["events"] if event["kind"] == "answered")
    answered["body"]["reply"] = "calm"


def _rechained(content: dict[str, Any], change: Callable[[list[dict[str, Any]]], object]) -> None:
    """Events changed, and the chain made to fit."""
    change(content["events"])
    before = ""
    for seq, event in enumerate(content["events"], start=1):
        row = [
            content["session"],
            seq,
            event["at_ms"],
            event["mono_ms"],
            event["kind"],
            event["v"],
            event["body"],
        ]
        canonical = json.dumps(row, sort_keys=True, separators=(",", ":"))
        event["chain"] = before = hashlib.sha256(f"{before}{canonical}".encode()).hexdigest()


def _began(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda content: _rechained(content, lambda events: events[0]["body"].update({name: value}))


def _event(**change: Any) -> Callable[[dict[str, Any]], object]:
    return lambda content: _rechained(content, lambda events: events[1].update(change))


def _said(**change: Any) -> Callable[[dict[str, Any]], object]:
    return lambda content: content["said"][0].update(change)


def _body(**change: Any) -> Callable[[dict[str, Any]], object]:
    return lambda content: content["said"][0]["body"].update(change)


FORGED: dict[str, Callable[[dict[str, Any]], object]] = {
    "an edited reply": _edit,
    "an edited reply that fits its chain": lambda c: _rechained(
        c, lambda events: [e["body"].update(reply="nonsense") for e in events if e["kind"] == "answered"]
    ),
    "an event left out": lambda c: c["events"].pop(2),
    "no events": lambda c: c["events"].clear(),
    "other scenario bytes": lambda c: c.update(scenario=base64.b64encode(b"format: 1").decode()),
    "a scenario that is none": lambda c: c.update(scenario="%%%"),
    "a YAML bomb": lambda c: c.update(scenario=base64.b64encode(b"a: &a [x]\nb: [*a, *a]").decode()),
    "no vocabulary": lambda c: c.update(vocabularies=[]),
    "another session's chain": lambda c: c.update(session=str(uuid.uuid4())),
    "an id that is none": lambda c: c.update(session="../../etc/passwd"),
    "a learner that is none": lambda c: c.update(learner="' OR 1=1"),
    "a name of nothing": lambda c: c.update(trainee=" "),
    "a long name": lambda c: c.update(trainee="x" * 61),
    "an unknown key": lambda c: c.update(run="rm -rf /"),
    "a missing key": lambda c: c.pop("group"),
    "a number for text": lambda c: c.update(group=7),
    "a time before all times": _event(at_ms=-1),
    "a time after all times": _event(at_ms=10**18),
    "a time with a fraction": _event(mono_ms=1.5),
    "a body of lists": _event(body={"when": ["before"], "value": 3}),
    "a seed too large": _began("seed", 2**63),
    "a seed that is huge": _began("seed", 2**200),
    "an engine without end": _began("engine", "x" * 5000),
    "an opening that is not there": _began("opening", "nowhere"),
    "a cast member that is not there": _began("cast", 99),
    "a note by nobody": _said(by=9),
    "a note without its text": lambda c: c["said"][0]["body"].pop("text"),
    "a note with a list for text": _body(text=["x"]),
    "a note without end": _body(text="x" * 5001),
    "a rating beyond the scale": lambda c: c["said"][2]["body"].update(value=6),
    "a rating that is true": lambda c: c["said"][2]["body"].update(value=True),
    "a word that moves the cursor": lambda c: _rechained(
        c, lambda events: [e["body"].update(text="\x9b31mtired") for e in events if e["kind"] == "word"]
    ),
    "a word that turns the line round": lambda c: _rechained(
        c, lambda events: [e["body"].update(text="\u202etired") for e in events if e["kind"] == "word"]
    ),
    "a note that moves the cursor": _body(text="\x1b[2J"),
    "not JSON": lambda c: b"{",
    "another JSON": lambda c: b"[]",
    "JSON without end": lambda c: b"[" * 100_000,
    "a lone surrogate": lambda c: b'{"format": 1, "trainee": "\\ud800"}',
    "another file's header": lambda c: c.update(header="0" * 64),
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED.keys())
def test_a_forged_file_is_refused_and_leaves_nothing(
    forging: bytes, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    records_file(ward(tmp_path)).parent.mkdir()
    Database(f"sqlite:///{records_file(ward(tmp_path))}").close()
    before = everything(ward(tmp_path))
    error = told(lambda: take_in(tmp_path, forged(forging, change)))
    assert error.message == "That file is damaged or was cut short on its way."
    assert everything(ward(tmp_path)) == before


@pytest.fixture
def forging(tmp_path: Path) -> bytes:
    """A good file, made once: every save of a session waits for the disk."""
    if not _GOOD:
        _GOOD.append(reviewed(tmp_path)[1])
    return _GOOD[0]


_GOOD: list[bytes] = []

NEWER: dict[str, Callable[[dict[str, Any]], object]] = {
    "an event of a kind not known here": _event(kind="danced"),
    "an event of a later version": _event(v=2),
    "a fact of a kind not known here": _said(kind="sang"),
    "a fact of a later version": _said(v=2),
}


@pytest.mark.parametrize("change", NEWER.values(), ids=NEWER.keys())
def test_what_this_version_does_not_know_is_said_to_be_newer(
    forging: bytes, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    assert "newer version" in told(lambda: take_in(tmp_path, forged(forging, change))).message


def test_a_session_that_was_not_shared_is_not_taken_in(forging: bytes, tmp_path: Path) -> None:
    error = told(lambda: take_in(tmp_path, forged(forging, _began("keep", "mine"))))
    assert "has not shared" in error.message


def test_a_small_file_that_unpacks_without_end_is_refused(forging: bytes, tmp_path: Path) -> None:
    bomb = zlib.compress(b" " * (LARGEST_CONTENT + 1), 9)
    assert len(bomb) < 100_000
    data = forged(forging, lambda _: bomb, repack=False)
    assert "damaged" in told(lambda: take_in(tmp_path, data)).message


def test_nobody_here_is_spoken_for_however_the_ids_are_chosen(forging: bytes, tmp_path: Path) -> None:
    mine = played(ward(tmp_path), "Alex")
    room: Room = room_at(ward(tmp_path))
    me, alex = str(room.me.id), at(ward(tmp_path), "Alex").trainee().id

    def speak_for_us(content: dict[str, Any]) -> None:
        content.update(learner=alex, trainee="Alex")
        content["reviewers"][0].update(id=me, name="Bea")

    received = take_in(tmp_path, forged(forging, speak_for_us))
    assert received.trainee == "Alex (2)"
    assert [row.session for row in at(ward(tmp_path), "Alex").sessions()] == [mine.id]
    facts = room.open(received.session).facts
    assert {fact.name for fact in facts} == {"Bea (elsewhere)"} and me not in {
        str(fact.who) for fact in facts
    }


def test_hostile_words_arrive_as_words(forging: bytes, tmp_path: Path) -> None:
    def rude(content: dict[str, Any]) -> None:
        content.update(trainee="\x1b]0;x\x07[red]Sam[/]", scenario_id="\x1b[2J../x", group="a\nb\x9b")
        content["accounts"] = ["\x1b[31m@x"]

    received = take_in(tmp_path, forged(forging, rude), "a\nb\x9b")
    assert "\x1b" not in received.trainee and "\x07" not in received.trainee
    kept = everything(ward(tmp_path))
    assert "\x1b" not in kept and "\x9b" not in kept


def test_the_costs_of_opening_do_not_come_from_the_file() -> None:
    assert not {"rounds", "memory", "opslimit", "memlimit"} & set(Handed.model_fields)
