"""`run --rate --rubric FILE`: rating by a trust's own rubric, checked like a scenario."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import words_first
from scenarios.source import position
from scoring.claims import CLAIM
from tests.scoring.makers import spoiled

SCENE = "the-walk-that-was-promised"
RUN = ["run", SCENE, "--opening", "usual", "--replies", "own-it,silence,what-is-it"]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORDS_FIRST_RECORDS", str(tmp_path / "home" / "records.sqlite3"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the trust's rubric lies."""
    return tmp_path / "ours.yaml"


def test_a_rubric_of_ones_own_is_rated_by(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own_error = "own-error:\n    shows: {C1: "
    file.write_text(spoiled((f"{own_error}2", f"{own_error}1")), encoding="utf-8")
    values = []
    for more in ([], ["--rubric", str(file)]):
        assert words_first.main([*RUN, "--rate", "--json", *more]) == 0
        take = json.loads(capsys.readouterr().out)["takes"][0]
        values.append([entry["shown"] for entry in take["ratings"]["C1"]["evidence"]])
    assert values[0][0] == 2
    assert values[1][0] == 1


def test_what_is_wrong_with_it_is_told_with_line_and_column(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = spoiled(("  repaired: 3", "  repaired: 1"), ("[threat]", "[threats]"))
    file.write_text(text, encoding="utf-8")
    assert words_first.main([*RUN, "--rate", "--rubric", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    for at in (text.index("1\n  source: Words First, our own design\ncaps"), text.index("threats")):
        line, column = position(text, at)
        assert f"{file}:{line}:{column}: error" in told.err
    assert "did you mean `threat`?" in told.err
    assert told.err.rstrip().endswith("nothing can be rated by this rubric until these are mended.")


def test_a_file_that_is_not_there_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert words_first.main([*RUN, "--rate", "--rubric", str(file)]) == 1
    assert str(file) in capsys.readouterr().err


def test_a_rubric_without_rating_is_wrong_use(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert words_first.main([*RUN, "--rubric", str(file)]) == 2
    assert "add --rate" in capsys.readouterr().err


def test_the_claim_stands_where_ratings_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert words_first.main([*RUN, "--rate"]) == 0
    said = capsys.readouterr().out
    assert said.rstrip().endswith(CLAIM)
    assert "C1:" in said


def test_a_dimension_left_out_for_a_role_is_not_called_unseen(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    role = "  healthcare assistant:\n    leaves_out: [C1]\n    source: our trust\n"
    file.write_text(spoiled(("  peer support worker:\n", f"{role}  peer support worker:\n")), "utf-8")
    assert words_first.main([*RUN, "--rate", "--rubric", str(file)]) == 0
    assert "C1: not for this role (" in capsys.readouterr().out
