"""Events come back as they were, and what is not one of them is refused."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.events import KINDS, Answered, Confidence, Event, KeepChanged, Reflection, body, happened, read


@pytest.mark.parametrize(
    "event",
    [Answered(1, "own-it", False), Confidence("before", 7), Reflection("What?", None), KeepChanged("shared")],
)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert read(event.kind, event.v, body(event)) == event


@pytest.mark.parametrize(
    ("kind", "v", "kept"),
    [
        ("danced", 1, {}),
        ("answered", 2, {"turn": 1, "reply": "x", "timed": False}),
        ("answered", 1, {"turn": 1, "reply": "x"}),
        ("answered", 1, {"turn": 1, "reply": "x", "timed": False, "more": 1}),
        ("answered", 1, {"turn": True, "reply": "x", "timed": False}),
        ("answered", 1, {"turn": "1", "reply": "x", "timed": False}),
        ("answered", 1, ["turn"]),
        ("answered", 1, None),
        ("confidence", 1, {"when": "before", "value": 11}),
        ("confidence", 1, {"when": "during", "value": 1}),
        ("keep", 1, {"keep": "everybody"}),
    ],
)
def test_what_is_no_event_is_refused(kind: str, v: int, kept: Any) -> None:
    with pytest.raises(ValueError):
        read(kind, v, kept)


def test_the_chain_depends_on_everything_in_the_row() -> None:
    event = Answered(1, "own-it", False)
    rows = {
        happened(before, session, seq, at_ms, mono_ms, each).chain
        for before in ("", "a")
        for session in ("s", "t")
        for seq in (1, 2)
        for at_ms in (1, 2)
        for mono_ms in (1, 2)
        for each in (event, Answered(1, "calm", False))
    }
    assert len(rows) == 64


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({kind for kind, _ in KINDS}) == len(KINDS)
    assert all(len(kind) <= 40 for kind, _ in KINDS)
