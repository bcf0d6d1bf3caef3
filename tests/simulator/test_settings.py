"""settings.toml: made once with its notes, read with patience, never overwritten."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from simulator.settings import STARTER, UNFILLED, Contact, Settings, aftercare, make_settings, read_settings
from tests.simulator.service import at


def test_the_first_start_makes_a_file_that_explains_itself(tmp_path: Path) -> None:
    assert at(tmp_path).settings == Settings()
    file = tmp_path / "kept" / "settings.toml"
    assert file.read_text(encoding="utf-8") == STARTER
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600


def test_the_starter_with_its_examples_taken_into_use_is_read(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(re.sub(r"(?m)^# (?=\[\[|\w+ = )", "", STARTER), encoding="utf-8")
    read = read_settings(file)
    assert read == Settings(
        "Maple Ward",
        (Contact("Occupational health", "extension 1234, Monday to Friday, 9 to 5"),),
        ("Spring induction",),
        30,
        (tmp_path / "scenarios",),
        Path("/home/ward/words-first.key"),
    )
    assert aftercare(read).contacts == read.contacts and aftercare(read).note == ""


def test_until_the_ward_says_who_anybody_can_be_turned_to() -> None:
    care = aftercare(Settings())
    assert care.note == UNFILLED
    named = " ".join(f"{contact.name} {contact.how}" for contact in care.contacts)
    assert all(word in named for word in ("line manager", "Occupational health", "999", "in danger"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('ward = "Maple\n', "line 1"),
        ('a = 1\nb = = 2\n', "line 2"),
        ("ward = 3\n", "`ward`"),
        ("retention_days = 0\n", "`retention_days`"),
        ("retention_days = true\n", "`retention_days`"),
        ('[contact]\nname = "x"\n', "[[contact]]"),
        ('contact = ["x"]\n', "contact"),
        ('[[contact]]\nhow = "x"\n', "name"),
        ('groups = "x"\n', "`groups`"),
        ("scenario_folders = [1]\n", "`scenario_folders`"),
        ('scenario_folders = ["~nobody-at-all/x"]\n', "~"),
        ('[[contact]]\nname = "x"\ngroups = ["y"]\n', "move it further up"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place_and_the_file_is_left_alone(
    tmp_path: Path, text: str, told: str
) -> None:
    file = tmp_path / "kept" / "settings.toml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    read = at(tmp_path).settings
    assert read.problem is not None and told in read.problem and str(file) in read.problem
    assert read == Settings(problem=read.problem)
    assert file.read_text(encoding="utf-8") == text


def test_a_name_that_is_no_setting_is_told_and_the_rest_is_used(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('ward = "Elm"\ncontacts = "x"\n', encoding="utf-8")
    read = read_settings(file)
    assert read.ward == "Elm" and "`contacts`" in str(read.problem)


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b'ward = "caf\xe9"\n')
    assert "UTF-8" in str(read_settings(file).problem)
    file.write_bytes(b'\xef\xbb\xbfward = "Elm"\r\n')
    assert read_settings(file).ward == "Elm"
    assert "could not be read" in str(read_settings(tmp_path).problem)


def test_what_the_ward_wrote_is_cleaned(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('ward = "Elm\\u001b[2J"\n', encoding="utf-8")
    assert "\x1b" not in read_settings(file).ward


def test_a_folder_nobody_may_write_to_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("in the way")
    make_settings(tmp_path / "kept" / "settings.toml")
    assert (tmp_path / "kept").read_text() == "in the way"


def test_the_starter_is_toml() -> None:
    assert tomllib.loads(STARTER) == {}
