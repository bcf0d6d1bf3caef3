"""What `check` says, line by line, of the bad files people write and of those nobody should."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from benchmarks.stories import story
from scenarios import source
from scenarios.check import check_file, check_paths
from scenarios.problems import CODES
from scenarios.source import MAX_BYTES
from scenarios.techniques import OURS
from tests.scenarios.makers import VALID, changed, checked

BAD = Path(__file__).with_name("bad")
EXPECTED = BAD / "expected.txt"
FILES = sorted(BAD.glob("*.yaml"))
SECONDS = 5.0
"""CPU seconds that no small file may take; each takes some hundredths."""


def said(path: Path) -> list[str]:
    """The lines `check` prints for one file, under its bare name."""
    started = time.process_time()
    problems = check_file(path, path.name)[1]
    assert time.process_time() - started < SECONDS
    return [str(problem) for problem in problems]


def expected(name: str) -> list[str]:
    """The lines kept for one file."""
    lines = EXPECTED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.startswith(f"{name}:")]


def test_the_valid_scenario_is_faultless(tmp_path: Path) -> None:
    assert checked(tmp_path, VALID) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_bad_file_gives_exactly_its_lines(path: Path) -> None:
    assert said(path) == expected(path.name)
    assert said(path), "a bad file of which nothing is said"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_reader_without_libyaml_tells_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML built without libyaml ends a text in brackets at another sign, so one file differs."""
    monkeypatch.setattr(source, "Loader", yaml.SafeLoader)
    lines = said(path)
    if path.stem != "comma-in-questions":
        assert lines == expected(path.name)


def test_expectations_are_written_anew_when_asked(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-bad", default=False):
        lines = [line for path in FILES for line in said(path)]
        EXPECTED.write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = {line.split(":", 1)[0] for line in EXPECTED.read_text(encoding="utf-8").splitlines()}
    assert told == {path.name for path in FILES}


def test_every_code_of_one_reading_has_a_bad_file() -> None:
    text = EXPECTED.read_text(encoding="utf-8")
    used = set(re.findall(r": (?:error|warning) ([a-z-]+): ", text))
    assert used >= OF_ONE_READING
    assert used <= set(CODES)


OF_ONE_READING = {
    *(
        "not-text",
        "yaml-syntax",
        "tab",
        "alias",
        "tag",
        "several-documents",
        "too-big",
        "too-deep",
        "duplicate-key",
    ),
    *("text-cut-short", "unknown-key", "missing-key", "wrong-type", "out-of-range", "unknown-format"),
    *("unknown-outcome", "bad-name", "duplicate-name", "unknown-target", "unknown-fact", "unknown-technique"),
    *("unknown-list", "unknown-placeholder", "bad-condition", "no-default-line", "crowded"),
    *("physical-intervention", "walk-fails", "no-felt", "no-instead", "no-wordings", "no-content-notes"),
    *("no-lived-experience-review",),
}


def test_sentences_are_whole_and_say_what_to_do() -> None:
    for line in EXPECTED.read_text(encoding="utf-8").splitlines():
        sentence = line.split(": ", 2)[2]
        assert sentence[0].isupper() or sentence[0] in "`‘“" or "walk-fails" in line, line
        assert ".." not in sentence.replace("0..", "") and "?." not in sentence, line
        assert line.isprintable(), line


def test_eight_slips_are_told_together() -> None:
    assert len({line.split(": ", 1)[0] for line in expected("eight-slips.yaml")}) >= 8


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _write(data: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _dangling(path: Path) -> Path:
    path.symlink_to(path.with_name("gone.yaml"))
    return path


DEEP_BLOCK = "".join(f"{' ' * depth}k:\n" for depth in range(3000))
MADE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "over-8-mib": (_write(b"#" * (MAX_BYTES + 1)), "1:1: error too-big: The file has 8,388,609 bytes"),
    "brackets": (_write(b"[" * 100_000), "1:33: error too-deep: This is nested more than 32 deep."),
    "braces": (_write(b"{a: " * 100_000), "error too-deep: This is nested more than 32 deep."),
    "block-levels": (_write(DEEP_BLOCK.encode()), "33:33: error too-deep: This is nested more than 32 deep."),
    "many-values": (
        _write(b"- a\n" * 400_001),
        "400000:3: error too-big: The file holds more than 400,000 values.",
    ),
    "long-text": (
        _write(f"title: {'a ' * 10_001}b".encode()),
        "1:8: error too-big: This text is 20,003 characters long",
    ),
    "long-key": (
        _write(f"? {'a' * 1_000_000}\n: b".encode()),
        "1:3: error too-big: This text is 1,000,000 characters",
    ),
    "long-number": (
        _write(b"minutes: " + b"9" * 5000),
        "1:10: error too-big: This number has more than 6 digits.",
    ),
    "sexagesimal": (
        _write(b"minutes: 1" + b":59" * 200_000),
        "1:10: error too-big: This text is 600,001 characters",
    ),
    "anchors": (
        _write("".join(f"- &a{n} x\n" for n in range(50_000)).encode()),
        "1:3: error alias: `&a0` is an anchor",
    ),
    "utf-16": (
        _write(VALID.encode("utf-16")),
        "1:1: error not-text: The file is saved as UTF-16 or is not text.",
    ),
    "utf-16-without-mark": (
        _write(VALID.encode("utf-16-le")),
        "1:1: error not-text: The file is saved as UTF-16",
    ),
    "binary": (
        _write(bytes(range(256)) * 10),
        "1:1: error not-text: The file is saved as UTF-16 or is not text.",
    ),
    "nul": (
        _write(VALID.replace("Being", "B\0eing").encode()),
        "19:13: error not-text: A hidden character (U+0000)",
    ),
    "lone-surrogate": (_write(b"title: \xed\xa0\x80"), "1:8: error not-text: The file is not UTF-8"),
    "pipe": (_pipe, "1:1: error not-a-file: This is a pipe or a device, not a file."),
    "dangling": (_dangling, "1:1: error not-a-file: There is no such file."),
    "missing": (lambda path: path, "1:1: error not-a-file: There is no such file."),
    "device": (
        lambda path: Path("/dev/zero"),
        "1:1: error not-a-file: This is a pipe or a device, not a file.",
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_hostile_file_is_refused_at_once(name: str, tmp_path: Path) -> None:
    make, start = MADE[name]
    lines = said(make(tmp_path / "made.yaml"))
    assert start in lines[0]
    assert len(lines) <= 101


def test_folder_named_as_a_file_is_refused(tmp_path: Path) -> None:
    lines = said(_folder(tmp_path / "made.yaml"))
    assert lines == [
        "made.yaml:1:1: error not-a-file: This is a folder, not a file. Name a scenario file that ends in"
        " .yaml."
    ]


def test_folder_stands_for_the_scenarios_in_it(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(VALID, encoding="utf-8")
    (tmp_path / "two.yml").write_text(changed(("to: tea\n", "to: coffee\n")), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a scenario", encoding="utf-8")
    report = check_paths([tmp_path])
    assert [file.id for file in report.files] == ["one", "two"]
    assert (report.errors, report.warnings) == (1, 0)
    assert (report.files[0].moments, report.files[0].replies) == (1, 3)


def test_a_pack_with_a_broken_vocabulary_says_so_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(VALID, encoding="utf-8")
    (tmp_path / "techniques.yaml").write_text("format: 1\ntechniques: {}\n", encoding="utf-8")
    report = check_paths([tmp_path])
    assert [problem.code for problem in report.problems] == ["out-of-range"]


def test_a_vocabulary_can_be_checked_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "techniques.yaml"
    path.write_text("format: 1\ntechniques:\n  space: {words: Room}\n", encoding="utf-8")
    assert [(problem.code, problem.line) for problem in check_file(path)[1]] == [("missing-key", 3)]
    assert check_file(OURS)[1] == []


def test_mistyped_key_is_not_told_again_as_advice(tmp_path: Path) -> None:
    problems = checked(tmp_path, changed(("        instead: You", "        insted: You")))
    assert [problem.code for problem in problems] == ["unknown-key"]


def test_warnings_stand_behind_errors(tmp_path: Path) -> None:
    text = changed(
        ("  lived_experience_review:\n    - {role: peer trainer, on: 2027-01-15}\n", ""),
        ("to: stopped}", "to: x}"),
    )
    assert [problem.severity for problem in checked(tmp_path, text)] == ["error", "warning"]


def test_a_long_scenario_is_without_errors(tmp_path: Path) -> None:
    problems = checked(tmp_path, story(30))
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
