"""The proof of all plays in a process of its own: it can take long, and is stopped by ending it.

Reads one line of JSON (`{"path", "data", "vocabularies", "states"}`, bytes in base64), writes one line
(`{"states", "exhausted", "problems"}`). When its input ends, whoever asked is gone, and it ends at once.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import os
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from scenarios.load import Loaded
from scenarios.problems import Problem
from scenarios.source import Document, parse

_ROOT: Final = Path(__file__).parent.parent.parent
_LINE_LIMIT: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Proved:
    """What all plays of a text come to. `exhausted` is false where the limit of states was reached before."""

    states: int
    exhausted: bool
    problems: tuple[Problem, ...]

    @property
    def sentence(self) -> str:
        """What was tried and found, for a status line."""
        states = "1 state" if self.states == 1 else f"{self.states:,} states"
        if not self.exhausted:
            return f"tried {states}, and there are more than can be tried: what never happens was not looked for."
        count = len(self.problems)
        found = (
            "nothing to tell"
            if not count
            else "1 thing to look at"
            if count == 1
            else f"{count} things to look at"
        )
        return f"tried all {states} that plays can come to: {found}."


class NotProved(Exception):
    """The process came to nothing: it was ended, or could not be started."""


def prove(loaded: Loaded, document: Document, states: int | None = None) -> Proved:
    """Explore every play of a scenario and judge what was found."""
    from scenarios.explore import DEFAULT_STATES, explore
    from scenarios.play_rules import RULES, Proof
    from scenarios.problems import ordered

    explored = explore(loaded.scene, states or DEFAULT_STATES)
    proof = Proof(loaded, document, explored)
    problems = [problem for rule in RULES for problem in rule(proof)]
    return Proved(explored.states, explored.exhausted, tuple(ordered(problems)))


async def prove_elsewhere(loaded: Loaded, states: int | None = None) -> Proved:
    """The same in a process of its own, which is ended when this is cancelled. Raises NotProved."""
    asked = {
        "path": loaded.path,
        "data": _packed(loaded.data),
        "vocabularies": [_packed(data) for data in loaded.vocabularies],
        "states": states,
    }
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, cwd=_ROOT, limit=_LINE_LIMIT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as error:
        raise NotProved(str(error)) from error
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(json.dumps(asked).encode() + b"\n")
        await process.stdin.drain()
        answer = await process.stdout.readline()
        return _unpacked(answer)
    except (OSError, ValueError) as error:
        raise NotProved(type(error).__name__) from error
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.wait()


def _packed(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unpacked(answer: bytes) -> Proved:
    told = json.loads(answer)
    problems = tuple(
        Problem(**{**one, "play": None if one["play"] is None else tuple(one["play"])})
        for one in told["problems"]
    )
    return Proved(told["states"], told["exhausted"], problems)


def main() -> int:
    """Answer the one question that is asked on standard input."""
    from scenarios.load import load_bytes

    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_asker, daemon=True).start()
    data = base64.b64decode(asked["data"])
    loaded = load_bytes(data, [base64.b64decode(each) for each in asked["vocabularies"]], asked["path"])
    proved = prove(loaded, parse(data, asked["path"]), asked["states"])
    told = {
        "states": proved.states,
        "exhausted": proved.exhausted,
        "problems": [asdict(problem) for problem in proved.problems],
    }
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    return 0


def _end_with_the_asker() -> None:
    while os.read(0, 1):  # not by sys.stdin, whose lock a thread must not hold when the process ends
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
