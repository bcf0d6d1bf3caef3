"""The subcommand: what it offers, and what it says where the extra is not installed."""

from __future__ import annotations

import argparse
import subprocess
import sys
from typing import Any

import pytest

from scenarios import lsp_command
from scenarios.commands import WRONG_USE, Stop
from tests.scenarios.lsp.client import ROOT


def test_it_joins_the_command_line() -> None:
    added: list[tuple[str, str]] = []
    parser = argparse.ArgumentParser()

    def add(name: str, purpose: str, run: Any, examples: str, not_right: str) -> argparse.ArgumentParser:
        added.append((name, purpose))
        return parser

    lsp_command.join(add)
    assert added[0][0] == "lsp"
    assert parser.parse_args(["--stdio"]).stdio


def test_without_the_extra_it_says_how_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lsp_command, "find_spec", lambda name: None)
    with pytest.raises(Stop) as stopped:
        lsp_command.run(argparse.Namespace())
    assert stopped.value.code == WRONG_USE
    assert 'pip install "words-first[editor]"' in str(stopped.value)


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("scenarios.lsp_command", ["pygls", "lsprotocol", "pydantic", "yaml"]),
        *(
            (f"scenarios.lsp.{name}", ["pygls", "lsprotocol", "numpy"])
            for name in ("complete", "hover", "navigate", "outline", "rename", "fixes", "proving")
        ),
    ],
)
def test_what_is_known_knows_no_protocol(module: str, unwanted: list[str]) -> None:
    code = f"import sys, {module}; print(*set({unwanted}) & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("", "")
