"""Until the self-rating is saved or left out, nothing that judges or gives away reaches anybody who plays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from scenarios.load import Loaded, library_ids, load, load_bytes
from scenarios.script import play_lines
from scenarios.source import parse
from simulator.errors import SimulatorError
from simulator.plain_own_say import LEFT_OUT, STAND_BESIDE
from simulator.practice import Practice
from simulator.session import Session
from simulator.start import Start
from tests.simulator.conversation import BEGIN, practice_in, talk
from tests.simulator.service import own_say, tea, wandered

MARK = "ZQX"
HELD_BACK = ("felt", "why", "instead", "matters", "questions")
"""And a hidden fact in words. The author's questions can give one away, so they wait too."""


def marked(found: Any, key: str = "") -> Any:
    """A part of a scenario with a marker in every text that must not be seen yet."""
    if isinstance(found, dict):
        return {name: marked(each, name) for name, each in found.items()}
    if isinstance(found, list):
        return [marked(each, key) for each in found]
    return f"{MARK} {key}" if isinstance(found, str) and key in HELD_BACK else found


@cache
def planted(name: str) -> Loaded:
    """A scenario with markers planted in it. What the person says stands under `says` too, and is seen."""
    whole = tea() if name == "tea" else load(name)
    data: Any = parse(whole.data, name).data
    for part in ("moments", "endings", "shared_replies", "person"):
        if part in data:
            data[part] = marked(data[part])
    for fact in data.get("facts", {}).values():
        if "says" in fact:
            fact["says"] = f"{MARK} says"
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True)
    assert text.count(MARK) > 10
    return load_bytes(text.encode(), whole.vocabularies, name, name)


def seen_before(practice: Practice, session: Session) -> Iterator[str]:
    """Every text a front end is given while the trainee's own say is waited for."""
    yield repr(session.now())
    yield from (line.text for line in session.transcript())
    yield repr(session.scales())
    yield f"{session.title} {session.role} {session.setting} {session.part()} {session.confidence}"
    yield repr(session.roads())
    if session.keep != "none":
        shown = practice.show(session.id)
        for take in shown["takes"]:
            assert take["ratings"] is None
            assert all(turn[side] is None for turn in take["turns"] for side in ("before", "after"))
            assert all(reach["tension"] is None for reach in take["reaches"])
            assert all(turn["techniques"] is None for turn in take["turns"])
            assert take["ending"] is None or take["ending"]["felt"] is take["ending"]["outcome"] is None
        assert shown["review"] is None and practice.said_to(session.id) is None
        assert all(row.outcome is None for row in practice.sessions())
        yield json.dumps(shown)
        script = "\n".join(play_lines(shown))
        assert (session.state == "ended") == ("The take ends.\n" in script)
        yield script
        yield repr(practice.own_page())
        yield repr([*practice.sessions(), *practice.unfinished()])
    with pytest.raises(SimulatorError) as refused:
        session.debrief()
    yield str(refused.value)


@pytest.mark.parametrize("name", ["tea", *library_ids()])
def test_nothing_held_back_reaches_a_front_end_before_the_self_rating_closes(
    tmp_path: Path, name: str
) -> None:
    practice = practice_in(tmp_path)
    session = practice.start(planted(name), "mine", seed=1, timed=False)
    session.reach()
    wandered(session, 1)
    steps: tuple[Callable[[], object], ...] = (
        session.now,
        lambda: session.say_word("tired"),
        lambda: session.say_account("It went."),
        lambda: session.rate_self(session.scales()[0].dimension, 3),
    )
    for step in steps:
        step()
        for text in seen_before(practice, session):
            assert MARK not in text
    session.close_self_rating()
    shown = practice.show(session.id)
    ending = shown["takes"][-1]["ending"]
    assert practice.sessions()[0].outcome == ending["outcome"] is not None
    assert all(turn["techniques"] for take in shown["takes"] for turn in take["turns"])
    assert f"The take ends: {ending['id']}, {ending['outcome']}." in play_lines(shown)
    assert MARK in repr(asdict(session.debrief())), "the markers are where the debrief takes its words from"
    practice.close()


@pytest.mark.parametrize(
    "own", [("",) * 7, ("tired", "6", "It went.", "4", "5", "help", "", "2", "4", "2", "", "1")]
)
def test_plain_mode_says_nothing_of_it_before_either(tmp_path: Path, own: tuple[str, ...]) -> None:
    practice = practice_in(tmp_path)
    start = Start(loaded=planted("tea"), opening="usual", cast="Marcus", seed=3)
    typed = (
        *BEGIN,
        "hands",
        "so far",
        "help",
        "say again",
        "calm",
        "own-it",
        "ring-now",
        *own,
        "",
        "all",
        "",
        "",
    )
    code, said = talk(practice, (*typed, *[""] * 9), start)
    practice.close()
    assert code == 0
    closed = max(said.find(LEFT_OUT), said.find(STAND_BESIDE))
    assert closed > 0
    before, after = said[:closed], said[closed:]
    assert MARK not in before
    for gauge in ("tension", "trust rose", "felt safety"):
        assert gauge not in before and (gauge in after or gauge != "tension")
    assert {word for word in (*HELD_BACK, "says") if f"{MARK} {word}" not in after} == set()


def test_coming_back_before_it_closes_says_nothing_either(tmp_path: Path) -> None:
    practice = practice_in(tmp_path)
    session = practice.start(planted("tea"), "mine", seed=3, opening="usual", cast="Marcus")
    for reply in ("calm", "own-it", "ring-now"):
        session.answer(reply)
    session.say_word("tired")
    session.suspend()
    _, said = talk(practice, ("me", "", "help", "go on", "help"), Start())
    assert "Coming back to" in said and "What happened" in said and MARK not in said
    own_say(practice.resume(session.id))
    _, said = talk(practice, ("felt", ""), Start(resume=True, session=session.id))
    assert MARK in said
    practice.close()
