"""Group pictures: people counted once, words for what is there, nothing for what would tell of a few."""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import time
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from facilitator import cohort_command, cohort_map, passphrases
from facilitator.cohort import Scene, gather
from facilitator.cohort_command import BYS as OFFERED
from facilitator.cohort_group import over_time
from facilitator.cohort_page import page
from facilitator.cohort_text import lines
from facilitator.cohort_view import WITHHELD, View, group_view, scene_view
from facilitator.cohort_words import Words
from facilitator.rows import CohortFilter
from scenarios import map_command
from scenarios.commands import DONE, NOT_RIGHT, WRONG_USE, Stop
from scenarios.graph import map_of, with_plays
from scenarios.load import Loaded, load
from scoring import agreement
from scoring.claims import CLAIM
from tests.facilitator.crowd import Pictured, crowd
from tests.facilitator.rooms import WORDS, played, room_at
from tests.simulator.service import TEA, records_file, tea


@pytest.fixture(scope="module")
def walk() -> Loaded:
    return load("the-walk-that-was-promised")


@pytest.fixture(scope="module")
def many(walk: Loaded) -> list[Pictured]:
    return crowd(walk, 300, 120)


def words(loaded: Loaded) -> Words:
    return Words(loaded, map_of(loaded))


def scene_of(pictures: list[Pictured]) -> Scene:
    (scene,) = gather(pictures).values()
    return scene


def cells(view: View, key: str) -> dict[str, tuple[str, ...]]:
    """A table of a view by the names of its rows."""
    return {
        line.name.strip(): line.cells for table in view.tables if table.key == key for line in table.lines
    }


def test_each_person_counts_once_with_the_first_play_they_shared(many: list[Pictured]) -> None:
    scene = scene_of(many)
    assert len(scene.units) == len({drawn.learner for drawn, _ in many}) < len(many)
    turned = list(many)
    random.Random(5).shuffle(turned)
    again = scene_of(turned)
    assert sorted(again.units, key=lambda unit: unit.learner) == sorted(
        scene.units, key=lambda unit: unit.learner
    )


def test_the_made_up_pictures_have_the_shape_of_real_ones(tmp_path: Path, many: list[Pictured]) -> None:
    played(tmp_path)
    with closing(room_at(tmp_path)) as room:
        ((_, real),) = list(room.pictures())
    made = many[0][1]
    assert made.keys() == real.keys()
    assert made["takes"][0].keys() == real["takes"][0].keys()
    assert len(made["takes"][0]["turns"][0]) == len(real["takes"][0]["turns"][0])


def test_shares_are_those_of_the_people(walk: Loaded, many: list[Pictured]) -> None:
    scene = scene_of(many)
    look = scene.look()
    assert look is not None and look.endings is not None
    for ending, told in look.endings.shares.items():
        exact = 100 * sum(unit.ending == ending for unit in scene.units) / len(scene.units)
        assert told is None or abs(told - exact) <= 5
    at = look.moments["coat-on"]
    came = [unit for unit in scene.units if "coat-on" in unit.replies]
    for reply, told in at.shares.items():
        exact = 100 * sum(unit.replies["coat-on"] == reply for unit in came) / len(came)
        assert told is None or abs(told - exact) <= 5
    rated = look.ratings["C3"]
    values = [unit.ratings["C3"][0] for unit in scene.units if "C3" in unit.ratings]
    assert rated.mean == pytest.approx(sum(values) / len(values))


def test_a_fact_nobody_found_is_said_to_be_nobodys(many: list[Pictured]) -> None:
    pictures = json.loads(json.dumps([picture for _, picture in many]))
    for picture in pictures:
        picture["found"], picture["not_found"] = [], picture["found"] + picture["not_found"]
    view = scene_view(
        scene_of([(drawn, each) for (drawn, _), each in zip(many, pictures, strict=True)]),
        CohortFilter(),
        None,
        Words(),
    )
    assert set(cells(view, "facts").values()) == {("nobody",)}


def test_where_people_reached_and_what_they_tried_next(walk: Loaded, many: list[Pictured]) -> None:
    view = scene_view(scene_of(many), CohortFilter(), None, words(walk))
    told = cells(view, "hands")
    assert told["anywhere in the first take"][0].endswith("%")
    assert any(name.startswith("then: ") for name in told)
    assert any("at a tension of" in cell for (cell,) in told.values())
    assert told["then: others"] == (WITHHELD,)


def test_by_cast_sets_the_same_scene_side_by_side(walk: Loaded, many: list[Pictured]) -> None:
    view = scene_view(scene_of(many), CohortFilter(), "cast", words(walk))
    heads = next(table.head for table in view.tables if table.key == "endings")
    assert heads[1:] == ("Marcus", "Joanne")
    assert re.search(r"Side by side: Marcus \(about \d+\) and Joanne \(about \d+\)\.", " ".join(view.lead))
    for table in view.tables:
        assert all(len(line.cells) == 2 for line in table.lines)


def test_a_column_of_too_few_says_that_it_is_withheld(walk: Loaded) -> None:
    pictures = crowd(walk, 40, 40, groups=("Ash", "Ash", "Ash", "Birch"), seed=3)
    lone = [(drawn, picture) for drawn, picture in pictures if drawn.group == "Birch"][:3]
    view = scene_view(
        scene_of([each for each in pictures if each[0].group == "Ash"] + lone),
        CohortFilter(),
        "group",
        words(walk),
    )
    text = "\n".join(lines(view))
    # the other group goes too, or the few could be told by taking it from everybody
    assert "Withheld, for too few people in it or beside it: Ash and Birch." in text
    assert "Ash (about" not in text


def test_of_four_people_nothing_is_said(walk: Loaded) -> None:
    view = scene_view(scene_of(crowd(walk, 4, 4)), CohortFilter(), None, words(walk))
    assert not view.tables
    assert "withheld" in view.lead[0]


def test_over_time_dimensions_come_with_opportunities_and_confidence_stands_apart(
    walk: Loaded, many: list[Pictured]
) -> None:
    scenes = gather(many)
    view = group_view(scenes, over_time(scenes), None, {walk.id: words(walk)})
    dimensions, confidence = cells(view, "dimensions"), cells(view, "confidence")
    assert all("opportunities" in cell or cell == WITHHELD for row in dimensions.values() for cell in row)
    assert set(confidence) == {"before", "after"}
    notes = {table.key: table.note for table in view.tables}
    assert CLAIM in notes["dimensions"] and "Not a measure of skill" in notes["confidence"]


def test_over_time_adds_up_only_what_a_scene_may_tell(walk: Loaded) -> None:
    large, small = crowd(walk, 60, 60, groups=("Ash",), days=30), crowd(tea(), 4, 4, groups=("Ash",), days=30)
    alone, both = gather(large), gather(large + small)
    assert over_time(alone, "Ash") == over_time(both, "Ash")


def test_a_page_is_made_of_the_same_words_and_nothing_acts_in_it(walk: Loaded, many: list[Pictured]) -> None:
    scene = scene_of(many)
    view, place, look = (
        scene_view(scene, CohortFilter(), None, words(walk)),
        scene.place(CohortFilter()),
        scene.look(),
    )
    assert place is not None and look is not None
    text = page(view, with_plays(map_of(walk), cohort_map.ScenePlays(scene, place, look)))
    plain = unescape(text)
    for table in view.tables:
        assert table.title in plain
        assert all(line.name.strip() in plain for line in table.lines)
    assert (
        "<script" not in text
        and " style=" not in text
        and "http://" not in text.replace("http://www.w3.org/", "")
    )
    hostile = View("<b onclick=x>", ("</p><img src=x>",), (), ("&amp;",))
    assert "<b onclick" not in page(hostile, None) and "<img" not in page(hostile, None)


def test_ten_thousand_sessions_take_less_than_five_seconds(walk: Loaded) -> None:
    made = crowd(walk, 400, 400, groups=tuple(f"g{place}" for place in range(12)))
    from dataclasses import replace

    pictures = [
        (replace(drawn, session=f"{copy}-{drawn.session}", learner=f"{drawn.learner}-{copy % 9}"), picture)
        for copy in range(25)
        for drawn, picture in made
    ]
    began = time.process_time()
    scenes = gather(pictures)
    scene_view(scenes[walk.id], CohortFilter(), "group", words(walk))
    scene_view(scenes[walk.id], CohortFilter(), None, words(walk))
    over_time(scenes)
    assert len(pictures) == 10_000
    assert time.process_time() - began < 5


# the commands


def parsed(folder: Path, *arguments: str) -> argparse.Namespace:
    top = argparse.ArgumentParser()
    top.add_argument("--records", default=str(records_file(folder)))
    verbs = top.add_subparsers()

    def add(name: str, purpose: str, run: Any, examples: str, not_right: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(name, description=purpose)
        verb.set_defaults(run=run)
        return verb

    cohort_command.join(add, folders=lambda _: [TEA.parent])
    map_command.join(add, folders=lambda _: [TEA.parent], laying=cohort_map)
    return top.parse_args([*arguments])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven people of one group and two of another who shared, and one who kept it to themselves."""
    folder = tmp_path_factory.mktemp("ward")
    with pytest.MonkeyPatch.context() as cheap:
        cheap.setattr(passphrases, "ROUNDS", 1)
        cheap.setattr(passphrases, "MEMORY", 8192)
        for place in range(9):
            played(folder, f"Person {place}", group="Ash" if place < 7 else "Birch")
        played(folder, "Private", keep="mine", group="Ash")
        room_at(folder).close()
    return folder


@pytest.fixture
def ward(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with the passphrase at hand. Nothing is written to it but the trail."""
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    return shared


def ran(folder: Path, *arguments: str) -> int:
    given = parsed(folder, *arguments)
    return int(given.run(given))


def test_the_command_prints_a_scene(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(ward, "cohort", "--scenario", "tea") == DONE
    out = capsys.readouterr().out
    assert "About 10 people" in out
    assert re.search(r"^  tea \(a shared plan\) +everybody$", out, re.MULTILINE)
    assert "Person" not in out and "Private" not in out
    assert "looked at a group picture" in [line.act for line in room_at(ward).audit_lines()]


def test_two_people_cannot_be_told_from_the_other_seven(
    ward: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for group in ("Ash", "Birch"):
        assert ran(ward, "cohort", "--scenario", "tea", "--group", group) == NOT_RIGHT
        assert "withheld" in capsys.readouterr().out


def test_a_filter_is_one_of_a_closed_list(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert set(OFFERED) == {"opening", "cast", "group", "quarter"}
    for other in ("--trainee", "--since", "--until", "--session"):
        with pytest.raises(SystemExit):
            parsed(ward, "cohort", other, "x")
    with pytest.raises(Stop) as wrong:
        ran(ward, "cohort", "--cast", "Marcus")
    assert wrong.value.code == WRONG_USE and "--scenario" in str(wrong.value)


def test_nobody_and_too_few_are_told_in_the_same_words(
    ward: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of Birch there are two, of Cedar nobody."""
    for scene in ((), ("--scenario", "tea")):
        told = []
        for group in ("Birch", "Cedar"):
            code = ran(ward, "cohort", *scene, "--group", group)
            told.append((code, capsys.readouterr().out.replace(group, "…")))
        assert told[0] == told[1]


@pytest.mark.parametrize("people", [1, 4])
def test_a_scene_of_too_few_is_told_as_one_of_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], people: int
) -> None:
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    room_at(tmp_path).close()
    told = []
    for _ in range(2):
        for arguments in ((), ("--scenario", "tea"), ("--scenario", "tea", "--by", "group")):
            code = ran(tmp_path, "cohort", *arguments)
            told.append((code, capsys.readouterr().out))
            assert code == NOT_RIGHT
        for place in range(people):
            played(tmp_path, f"Person {place}")
    assert told[:3] == told[3:]


def test_the_command_writes_a_page(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = ward / "tea.html"
    assert ran(ward, "cohort", "--scenario", "tea", "--by", "cast", "-o", str(out)) == DONE
    text = out.read_text(encoding="utf-8")
    assert "The tea trolley" in text and "<svg" in text
    assert os.name == "nt" or out.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Stop, match="a file of that name already"):
        ran(ward, "cohort", "-o", str(out))
    assert out.read_text(encoding="utf-8") == text
    assert ran(ward, "cohort", "--scenario", "tea", "-o", str(out), "--force") == DONE
    assert ran(ward, "cohort", "-o", str(ward / "all.html")) == DONE
    assert "A group over time" in (ward / "all.html").read_text(encoding="utf-8")


def test_raters_are_set_beside_what_was_suggested(ward: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(room_at(ward)) as room:
        rows = list(room.rows())
        assert ran(ward, "cohort", "--agreement") == NOT_RIGHT
        nobody = capsys.readouterr().out
        assert "rated by two people" in nobody
        for row in rows[:4]:
            room.open(row.session).rate("C5", 4)
        assert ran(ward, "cohort", "--agreement") == NOT_RIGHT
        assert capsys.readouterr().out == nobody
        room.open(rows[4].session).rate("C5", 4)
    assert ran(ward, "cohort", "--agreement") == DONE
    out = capsys.readouterr().out
    assert "Bea beside what was suggested" in out
    assert "not enough: 5 of at least 10 sessions" in out
    with pytest.raises(Stop):
        ran(ward, "cohort", "--agreement", "--by", "cast")


def test_without_the_library_the_command_says_what_to_install(
    ward: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(_: object) -> None:
        raise agreement.NotInstalled

    monkeypatch.setattr(agreement, "agreements", missing)
    with pytest.raises(Stop, match="pip install"):
        ran(ward, "cohort", "--agreement")


@pytest.mark.parametrize("suffix", [".svg", ".html", ".mmd", ".dot"])
def test_a_map_with_the_plays_on_it(ward: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = ward / f"map{suffix}"
    assert ran(ward, "map", str(TEA), "--sessions", "-o", str(out)) == DONE
    text = out.read_text(encoding="utf-8")
    assert "100%" in text and "about 10 people" in text
    assert ran(ward, "map", str(TEA), "-o", str(out)) == DONE
    assert "about 10 people" not in out.read_text(encoding="utf-8")


def test_a_map_of_too_few_plays_is_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played(tmp_path)
    room_at(tmp_path).close()
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    with pytest.raises(Stop, match="fewer than five"):
        ran(tmp_path, "map", str(TEA), "--sessions", "-o", str(tmp_path / "map.svg"))
