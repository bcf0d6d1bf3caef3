"""The documentation says what is true: links lead somewhere, commands exist, examples check, generated pages match."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.check import check_file
from scenarios.index import TECHNIQUES_PAGE, library_entries, techniques_page

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert missing == []


def test_the_readme_has_exactly_two_set_up_commands() -> None:
    commands = re.findall(r"^python3 .*$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(commands) == 2
    assert all("--constraint requirements.lock" in command for command in commands)


def test_every_command_named_in_the_docs_exists() -> None:
    named = {
        word for page in PAGES for word in re.findall(r"words-first ([a-z][a-z-]*)", page.read_text("utf-8"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "words_first", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    offered = set(re.findall(r"^ {4}([a-z][a-z-]*) ", done.stdout, re.MULTILINE))
    assert offered, done.stdout + done.stderr
    assert named - offered == set()
    assert offered - named == set()


def test_the_example_of_the_authoring_page_checks_clean(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "authoring.md").read_text("utf-8")
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    path = tmp_path / "tea-trolley.yaml"
    path.write_text(example[1], encoding="utf-8")
    problems = check_file(path)[1]
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_the_techniques_page_is_made_from_the_vocabulary() -> None:
    assert TECHNIQUES_PAGE.read_text("utf-8") == techniques_page(), "run `python -m scenarios.index`"


def test_every_scenario_of_the_library_is_in_its_index() -> None:
    assert library_entries()
