"""Watching files: what is told after a save, with a disk, a clock and a check that are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

from scenarios import watch as watching
from scenarios.problems import Problem, Severity
from scenarios.watch import PATIENCE, Mark, Watcher
from tests.scenarios.makers import VALID, changed

SCENE: Final = Path("scene.yaml")


class Disk:
    """Files as `name: content`; a content is a list of problem words, so that a check is easily made up."""

    def __init__(self, **files: str) -> None:
        self.marks: dict[Path, Mark] = {}
        self.contents: dict[Path, str] = {}
        self.now = 0.0
        self.number = 0
        self.checks: list[str] = []
        self.said: list[str] = []
        for name, content in files.items():
            self.save(content, Path(f"{name}.yaml"))

    def save(self, content: str, path: Path = SCENE) -> None:
        self.number += 1
        self.contents[path] = content
        self.marks[path] = (self.number, len(content), 7)

    def delete(self, path: Path = SCENE) -> None:
        del self.marks[path], self.contents[path]

    def look(self, path: Path) -> Mark:
        return self.marks.get(path)

    def check(self, path: Path, shown: str) -> Sequence[Problem]:
        self.checks.append(shown)
        if path not in self.contents:
            return [Problem("not-a-file", shown, 1, 1, "There is no such file.")]
        found = []
        for line, word in enumerate(self.contents[path].split(","), start=1):
            if word.strip() and word != "-":
                message = f"{word} in line {line}."
                severity: Severity = "warning" if word.islower() else "error"
                found.append(Problem("code", shown, line, 1, message, severity=severity))
        return found

    def files(self, paths: Sequence[str | Path]) -> Mapping[Path, str]:
        if Path("folder") in map(Path, paths):
            return {path: str(path) for path in sorted(self.marks) if path.name != "techniques.yaml"}
        return {Path(path): str(path) for path in paths}

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    def watcher(self, *paths: str, strict: bool = False) -> Watcher:
        made = Watcher(
            paths or ("scene.yaml",),
            strict,
            self.said.append,
            look=self.look,
            check=self.check,
            files=self.files,
            clock=lambda: self.now,
            sleep=self.sleep,
        )
        made.begin()
        self.said.clear()
        return made

    def told(self, watcher: Watcher, seconds: float = 1.0) -> list[str]:
        """What is said while this much time goes by."""
        until = self.now + seconds
        while self.now < until:
            self.sleep(watching.SETTLE if watcher.unsettled else watching.EVERY)
            watcher.tick()
        said = self.said[:]
        self.said.clear()
        return said


def test_the_first_check_tells_everything() -> None:
    disk = Disk(scene="Typo,slow")
    disk.watcher()
    watcher = Watcher(("scene.yaml",), False, disk.said.append, disk.look, disk.check, disk.files)
    watcher.begin()
    assert disk.said == [
        "scene.yaml:1:1: error code: Typo in line 1.",
        "scene.yaml:2:1: warning code: slow in line 2.",
        "scene.yaml: 1 error, 1 warning.",
        "Watching. Save a file and what has changed is told here; Ctrl+C ends it.",
    ]
    assert watcher.code == 1


def test_nothing_is_told_while_nothing_is_saved() -> None:
    disk = Disk(scene="Typo")
    assert disk.told(disk.watcher(), seconds=60) == []
    assert disk.checks == ["scene.yaml"]


def test_only_what_is_new_or_mended_is_told_and_within_a_second() -> None:
    disk = Disk(scene="Typo,slow")
    watcher = disk.watcher()
    disk.save("Typo,Other")
    assert disk.told(watcher, 0.5) == [
        "mended: scene.yaml: code: slow in line 2.",
        "scene.yaml:2:1: error code: Other in line 2.",
        "scene.yaml: 2 errors, 0 warnings left.",
    ]
    disk.save("-")
    assert disk.told(watcher)[-1] == "scene.yaml: all clear."
    assert watcher.code == 0


def test_what_only_moved_is_neither_new_nor_mended() -> None:
    disk = Disk(scene="Typo,Typo,slow")
    watcher = disk.watcher()
    disk.save("-,-,Typo,Typo,slow")
    assert disk.told(watcher) == ["scene.yaml: nothing new; 2 errors, 1 warning left."]
    disk.save("-,-,Typo,-,slow")
    assert disk.told(watcher) == [
        "mended: scene.yaml: code: Typo in line 4.",
        "scene.yaml: 1 error, 1 warning left.",
    ]


def test_what_a_worse_slip_only_hides_is_not_mended() -> None:
    walk = Problem("walk-fails", "scene.yaml", 9, 1, "The walk strays.")
    slip = Problem("yaml-syntax", "scene.yaml", 3, 1, "A quote is never closed.")
    felt = Problem("no-felt", "scene.yaml", 5, 1, "No felt.", severity="warning")
    disk, found = Disk(scene="x"), [walk, felt]
    disk.check = lambda path, shown: found  # type: ignore[method-assign]
    watcher = disk.watcher()
    found = [slip]
    disk.save("xx")
    assert disk.told(watcher) == [str(slip), "scene.yaml: 1 error, 0 warnings left."]
    found = [walk]
    disk.save("xxx")
    assert disk.told(watcher) == [
        "mended: scene.yaml: yaml-syntax: A quote is never closed.",
        "mended: scene.yaml: no-felt: No felt.",
        "scene.yaml: 1 error, 0 warnings left.",
    ]


def test_strict_makes_a_warning_an_error() -> None:
    disk = Disk(scene="slow")
    assert disk.watcher().code == 0
    assert disk.watcher(strict=True).code == 1


def test_a_file_that_is_empty_for_a_moment_is_not_told() -> None:
    disk = Disk(scene="Typo,Other")
    watcher = disk.watcher()
    disk.save("")
    assert disk.told(watcher, PATIENCE / 2) == []
    disk.save("Typo")
    assert disk.told(watcher) == [
        "mended: scene.yaml: code: Other in line 2.",
        "scene.yaml: 1 error, 0 warnings left.",
    ]


def test_a_file_still_being_written_is_checked_once_it_rests() -> None:
    disk = Disk(scene="Typo")
    watcher = disk.watcher()
    for place in range(4):
        disk.save("Typo,Half" + "f" * place)
        disk.sleep(watching.SETTLE)
        watcher.tick()
    assert disk.said == []
    disk.save("-")
    assert disk.told(watcher) == ["mended: scene.yaml: code: Typo in line 1.", "scene.yaml: all clear."]
    assert len(disk.checks) == 2


def test_a_file_that_never_rests_is_checked_all_the_same() -> None:
    disk = Disk(scene="-")
    watcher = disk.watcher()
    while not disk.said:
        disk.save("Typo")
        disk.sleep(watching.SETTLE)
        watcher.tick()
    assert disk.now <= PATIENCE * 2


def test_an_editor_that_replaces_the_file_is_nothing_special() -> None:
    disk = Disk(scene="Typo")
    watcher = disk.watcher()
    disk.delete()
    watcher.tick()
    disk.save("Typo,Other")
    assert disk.told(watcher) == [
        "scene.yaml:2:1: error code: Other in line 2.",
        "scene.yaml: 2 errors, 0 warnings left.",
    ]


def test_a_named_file_that_goes_is_an_error_until_it_is_back() -> None:
    disk = Disk(scene="-")
    watcher = disk.watcher()
    disk.delete()
    assert disk.told(watcher, 2) == [
        "scene.yaml:1:1: error not-a-file: There is no such file.",
        "scene.yaml: 1 error, 0 warnings left.",
    ]
    assert disk.told(watcher, 5) == []
    assert watcher.code == 1
    disk.save("-")
    assert disk.told(watcher) == [
        "mended: scene.yaml: not-a-file: There is no such file.",
        "scene.yaml: all clear.",
    ]


def test_files_that_come_and_go_in_a_folder_are_told() -> None:
    disk = Disk(scene="-")
    watcher = disk.watcher("folder")
    disk.save("Typo", Path("second.yaml"))
    assert disk.told(watcher) == [
        "second.yaml:1:1: error code: Typo in line 1.",
        "second.yaml: new here: 1 error, 0 warnings.",
    ]
    assert watcher.code == 1
    disk.delete(Path("second.yaml"))
    assert disk.told(watcher, 2) == ["second.yaml: gone, so no longer checked."]
    assert watcher.code == 0
    disk.save("-", Path("third.yaml"))
    assert disk.told(watcher) == ["third.yaml: all clear."]


def test_the_techniques_beside_a_scene_are_watched_too() -> None:
    disk = Disk(scene="Typo")
    watcher = disk.watcher()
    disk.save("anything", Path("techniques.yaml"))
    assert disk.told(watcher) == ["scene.yaml: nothing new; 1 error, 0 warnings left."]


@pytest.mark.parametrize(("content", "code"), [("Typo", 1), ("slow", 0)])
def test_ctrl_c_leaves_with_the_last_code(content: str, code: int) -> None:
    disk = Disk(scene="Typo")
    looks = 0

    def sleep(seconds: float) -> None:
        nonlocal looks
        looks += 1
        disk.now += seconds
        if looks == 2:
            disk.save(content)
        if looks == 9:
            raise KeyboardInterrupt

    watcher = Watcher(
        ("scene.yaml",), False, disk.said.append, disk.look, disk.check, disk.files, lambda: disk.now, sleep
    )
    assert watcher.run() == code


def test_it_works_on_a_real_disk(tmp_path: Path) -> None:
    path, now = tmp_path / "scene.yaml", 0.0
    path.write_text(VALID)
    said: list[str] = []

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds

    watcher = Watcher((tmp_path,), False, said.append, clock=lambda: now, sleep=sleep)
    watcher.begin()
    assert said[0].endswith("scene.yaml: 0 errors, 0 warnings.")
    said.clear()
    other = tmp_path / "scene.yaml~"
    other.write_text(changed(("to: tea", "to: tee")))
    other.replace(path)
    for _ in range(3):
        watcher.sleep(watching.EVERY)
        watcher.tick()
    assert "unknown-target" in said[0]
    assert watcher.code == 1
