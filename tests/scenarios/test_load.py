"""From a path, an id or kept bytes to a scenario; a pack's own techniques beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from scenarios.load import (
    NoSuchScenario,
    ScenarioError,
    find,
    library_ids,
    load,
    load_bytes,
    load_techniques,
    read_scenario,
)
from scenarios.techniques import OURS
from tests.scenarios.makers import VALID, changed

HUG = """\
format: 1
techniques:
  sing:
    words: Sings along
    helps: true
    usual: {tension: -1, trust: 1, safety: 0}
    definition: Joins in with what the person is humming.
    source: a trainer of this ward
"""
SINGING = changed(("techniques: [own-error]", "techniques: [own-error, sing]"))


def pack(folder: Path, scenario: str, techniques: str | None = None) -> Path:
    """A folder with one scenario and perhaps its own vocabulary; the path of the scenario."""
    path = folder / "made.yaml"
    path.write_text(scenario, encoding="utf-8")
    if techniques is not None:
        (folder / "techniques.yaml").write_text(techniques, encoding="utf-8")
    return path


def test_a_path_and_its_bytes_give_the_same_scenario(tmp_path: Path) -> None:
    loaded = load(pack(tmp_path, VALID))
    again = load_bytes(loaded.data, loaded.vocabularies)
    assert loaded.id == "made"
    assert again.scenario == loaded.scenario
    assert again.version == loaded.version == hashlib.sha256(VALID.encode()).hexdigest()
    assert (
        again.vocabulary_version == loaded.vocabulary_version == hashlib.sha256(OURS.read_bytes()).hexdigest()
    )


def test_every_scenario_of_the_library_loads_by_its_id() -> None:
    assert library_ids()
    for name in library_ids():
        assert load(name).id == name


def test_a_name_that_is_neither_path_nor_id() -> None:
    with pytest.raises(NoSuchScenario) as caught:
        find("the-tea-that-never-came")
    assert caught.value.known == tuple(library_ids())


@pytest.mark.parametrize("name", ["gone.yaml", "folder/gone", "/gone.yaml"])
def test_a_path_that_is_not_there_is_told_as_a_problem(name: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        load(name)
    assert [problem.code for problem in caught.value.problems] == ["not-a-file"]


def test_an_error_holds_every_problem() -> None:
    with pytest.raises(ScenarioError) as caught:
        load_bytes(changed(("minutes: 3", "minutes: three"), ("to: tea\n", "to: coffee\n")).encode())
    assert [problem.code for problem in caught.value.problems] == ["wrong-type", "unknown-target"]
    assert str(caught.value).count("\n") == 1


def test_a_pack_adds_techniques_of_its_own(tmp_path: Path) -> None:
    loaded = load(pack(tmp_path, SINGING, HUG))
    assert loaded.vocabulary.techniques["sing"].words == "Sings along"
    assert loaded.vocabularies == (OURS.read_bytes(), HUG.encode())
    assert loaded.vocabulary_version == hashlib.sha256(OURS.read_bytes() + HUG.encode()).hexdigest()
    effects = loaded.scene.places["at-the-hatch"].options[0].effects
    assert effects.gauges == (-2, 3, 1)
    assert load_bytes(loaded.data, loaded.vocabularies).vocabulary_version == loaded.vocabulary_version


def test_without_its_pack_the_technique_is_unknown(tmp_path: Path) -> None:
    problems = read_scenario(pack(tmp_path, SINGING)).problems
    assert [(problem.code, problem.line, problem.column) for problem in problems] == [
        ("unknown-technique", 46, 33)
    ]


def test_a_pack_may_not_rename_what_we_have(tmp_path: Path) -> None:
    problems = read_scenario(pack(tmp_path, VALID, HUG.replace("  sing:", "  space:"))).problems
    assert [(problem.code, problem.path, problem.line, problem.column) for problem in problems] == [
        ("duplicate-name", str(tmp_path / "techniques.yaml"), 3, 3)
    ]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("helps: true", "helps: yes", "wrong-type", 5),
        ("tension: -1", "tension: -4", "out-of-range", 6),
        ("    words: Sings along\n", "", "missing-key", 3),
        ("    definition:", "    definiton:", "unknown-key", 7),
        ("format: 1", "format: 2", "unknown-format", 1),
        ("source: a trainer of this ward", "source:", "missing-key", 8),
        ("  sing:", "  Sing It:", "bad-name", 3),
        ("words: Sings along", 'words: "Sings" along', "yaml-syntax", 4),
    ],
)
def test_slips_in_a_pack_vocabulary_are_told_where_they_are(
    tmp_path: Path, old: str, new: str, code: str, line: int
) -> None:
    assert old in HUG
    problems = read_scenario(pack(tmp_path, VALID, HUG.replace(old, new))).problems
    assert [(problem.code, problem.line) for problem in problems] == [(code, line)]
    assert problems[0].path == str(tmp_path / "techniques.yaml")


def test_a_vocabulary_that_is_no_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "techniques.yaml").mkdir()
    assert read_scenario(pack(tmp_path, VALID)).problems == ()


def test_a_vocabulary_that_is_too_big_is_told_once(tmp_path: Path) -> None:
    problems = read_scenario(pack(tmp_path, VALID, "#" * (8 * 1024 * 1024 + 1))).problems
    assert [problem.code for problem in problems] == ["too-big"]


def test_our_own_vocabulary_holds_together() -> None:
    vocabulary = load_techniques(OURS.read_bytes())
    assert len(vocabulary.techniques) > 80
    for technique in vocabulary.techniques.values():
        assert technique.neighbour is None or technique.neighbour.technique in vocabulary.techniques


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_same_scenario_however_it_was_saved(ending: str, mark: bytes) -> None:
    saved = mark + VALID.replace("\n", ending).encode()
    assert load_bytes(saved).scenario == load_bytes(VALID.encode()).scenario
