"""Facilitators' subcommands run as from the command line, apart from the other rooms' subcommands."""

from __future__ import annotations

import argparse
import builtins
import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from scenarios.commands import Add, Runner, Stop
from tests.facilitator.rooms import WORDS
from tests.simulator.service import records_file


@dataclass(frozen=True)
class Ran:
    """What came of a command: its exit code, what it printed, and what it said on standard error."""

    code: int
    out: str
    err: str


def parsed(joins: tuple[Callable[[Add], None], ...], argv: tuple[str, ...]) -> argparse.Namespace:
    """The arguments as the command's own parser would have them."""
    top = argparse.ArgumentParser(prog="words-first", allow_abbrev=False)
    verbs = top.add_subparsers()

    def add(name: str, purpose: str, run: Runner, examples: str, not_right: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(name, description=purpose, epilog=examples, allow_abbrev=False)
        verb.add_argument("--records", default=argparse.SUPPRESS)
        verb.set_defaults(run=run)
        return verb

    for join in joins:
        join(add)
    return top.parse_args(argv)


class Commands:
    """Runs commands on the records of a folder, with answers for what they ask; see `terminal`."""

    def __init__(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        joins: tuple[Callable[[Add], None], ...],
    ) -> None:
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        self._joins = joins

    def run(self, folder: Path, *argv: str, passphrase: str | None = WORDS) -> Ran:
        """One command, the facilitator's passphrase in the environment."""
        return self.on(records_file(folder), *argv, passphrase=passphrase)

    def on(self, records: Path, *argv: str, passphrase: str | None = WORDS) -> Ran:
        """The same on another file."""
        if passphrase is None:
            self._monkeypatch.delenv("WORDS_FIRST_PASSPHRASE", raising=False)
        else:
            self._monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", passphrase)
        self._capsys.readouterr()
        arguments = parsed(self._joins, (*argv, "--records", str(records)))
        try:
            code, stopped = arguments.run(arguments), ""
        except Stop as stop:
            code, stopped = stop.code, str(stop)
        said = self._capsys.readouterr()
        return Ran(code, said.out, said.err + stopped)

    def terminal(self, *typed: str) -> list[str]:
        """Somebody at a terminal who types this; gives back the list of what they were asked, as it grows."""
        answers, asked = list(typed), list[str]()

        def answer(prompt: str = "") -> str:
            asked.append(prompt)
            if not answers:
                raise EOFError
            return answers.pop(0)

        self._monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
        self._monkeypatch.setattr(builtins, "input", answer)
        self._monkeypatch.setattr(getpass, "getpass", answer)
        return asked
