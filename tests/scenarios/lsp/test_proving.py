"""The proof of all plays beside the editor: what it says, and that it ends when nobody wants it any more."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest

from benchmarks.stories import story
from scenarios.lsp import proving
from scenarios.lsp.proving import NotProved, Proved, prove, prove_elsewhere
from tests.scenarios.lsp.cursor import seen
from tests.scenarios.makers import VALID, changed


async def test_in_a_process_of_its_own_it_finds_the_same() -> None:
    look = seen(changed(("endings:\n", "endings:\n  nowhere:\n    outcome: paused\n    text: Never.\n")))
    assert look.reading.loaded is not None
    here = prove(look.reading.loaded, look.document)
    there = await prove_elsewhere(look.reading.loaded)
    assert here == there
    assert [problem.code for problem in there.problems] == ["unreachable"]
    assert there.sentence == "tried all 109 states that plays can come to: 1 thing to look at."


async def test_a_limit_is_told() -> None:
    look = seen()
    assert look.reading.loaded is not None
    proved = await prove_elsewhere(look.reading.loaded, states=10)
    assert not proved.exhausted
    assert "more than can be tried" in proved.sentence


async def test_cancelled_it_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: asyncio.Queue[asyncio.subprocess.Process] = asyncio.Queue()
    really = asyncio.create_subprocess_exec

    async def noting(*given: Any, **named: Any) -> asyncio.subprocess.Process:
        process = await really(*given, **named)
        started.put_nowait(process)
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noting)
    look = seen(story(60))
    assert look.reading.loaded is not None
    task = asyncio.create_task(prove_elsewhere(look.reading.loaded))
    process = await started.get()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert process.returncode is not None


async def test_a_process_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refused(*given: Any, **named: Any) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(asyncio, "create_subprocess_exec", refused)
    look = seen()
    assert look.reading.loaded is not None
    with pytest.raises(NotProved):
        await prove_elsewhere(look.reading.loaded)


@pytest.mark.parametrize("module", ["this", "no_such_module"], ids=["other words", "nothing"])
async def test_a_process_that_answers_otherwise(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.setattr(proving, "__name__", module)
    look = seen()
    assert look.reading.loaded is not None
    with pytest.raises(NotProved):
        await prove_elsewhere(look.reading.loaded)


def test_one_state_is_one() -> None:
    assert Proved(1, True, ()).sentence == "tried all 1 state that plays can come to: nothing to tell."
    assert seen(VALID).problems == ()
