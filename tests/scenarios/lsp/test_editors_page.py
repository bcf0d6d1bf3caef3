"""The page about editors: what is to be pasted is well-formed, and fits what our commands print and take."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

import pytest

from scenarios.problems import Problem
from tests.scenarios.lsp.client import ROOT

PAGE = (ROOT / "docs" / "editors.md").read_text("utf-8")


def blocks(kind: str) -> list[str]:
    """What stands in the page's blocks of a kind."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_every_block_of_json_and_toml_is_well_formed() -> None:
    assert [json.loads(block) for block in blocks("json")]
    (helix,) = [tomllib.loads(block) for block in blocks("toml")]
    assert helix["language-server"]["words-first"] == {"command": "words-first", "args": ["lsp"]}


@pytest.mark.parametrize("severity", ["error", "warning"])
def test_the_task_reads_what_check_prints(severity: Any) -> None:
    tasks = next(json.loads(block) for block in blocks("json") if '"tasks"' in block)
    pattern = tasks["tasks"][0]["problemMatcher"]["pattern"]
    printed = str(Problem("unknown-target", "scenes/a b.yaml", 57, 13, "There is: none.", "Do so.", severity))
    found = re.fullmatch(pattern["regexp"], printed)
    assert found is not None
    told = {key: found[pattern[key]] for key in ("file", "line", "column", "severity", "code", "message")}
    assert list(told.values()) == [
        "scenes/a b.yaml",
        "57",
        "13",
        severity,
        "unknown-target",
        "There is: none. Do so.",
    ]
