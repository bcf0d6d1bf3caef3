"""What can be said of a file at once and what only plays show, and the moment in which a problem stands."""

from __future__ import annotations

from pathlib import Path

from scenarios.explore import Witness, explore
from scenarios.findings import of_one_reading, of_plays, place_of, play_of
from scenarios.load import Reading, read_scenario
from tests.scenarios.makers import VALID, changed


def read(folder: Path, text: str) -> Reading:
    path = folder / "scene.yaml"
    path.write_text(text, encoding="utf-8")
    return read_scenario(path, "scene.yaml")


def test_of_a_whole_scene_there_is_nothing_to_say(tmp_path: Path) -> None:
    reading = read(tmp_path, VALID)
    assert reading.loaded is not None
    assert of_one_reading(reading) == []
    codes = {problem.code for problem in of_plays(reading, explore(reading.loaded.scene))}
    assert not codes & {"walk-fails", "stuck", "unreachable"}


def test_advice_comes_with_errors_but_not_at_the_same_place(tmp_path: Path) -> None:
    reading = read(
        tmp_path, changed(("        felt: Only tea. To you.\n", ""), ("to: at-the-hatch", "to: nowhere"))
    )
    found = [(problem.severity, problem.code) for problem in of_one_reading(reading)]
    assert found == [("error", "unknown-target"), ("warning", "no-felt")]
    assert of_plays(reading, None) == []


def test_walks_need_no_exploration_and_the_rest_does(tmp_path: Path) -> None:
    loose = (
        "endings:\n",
        "  loose-end:\n    person: Words.\n    replies:\n      - {do: Go., techniques: [space], to: tea}\nendings:\n",
    )
    reading = read(tmp_path, changed(("ends: tea", "ends: stopped"), loose))
    assert reading.loaded is not None
    assert [problem.code for problem in of_plays(reading, None)] == ["walk-fails"]
    proved = of_plays(reading, explore(reading.loaded.scene))
    assert {"walk-fails", "unreachable"} <= {problem.code for problem in proved}
    shown = next(problem for problem in proved if problem.code == "walk-fails")
    assert play_of(shown) == Witness("usual", ("own-it",))
    gone = next(problem for problem in proved if problem.code == "unreachable")
    assert (place_of(gone, reading.document), play_of(gone)) == ("loose-end", None)


def test_the_place_of_a_problem(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        changed(("        felt: Only tea. To you.\n", ""), ("    text: The tea comes.", "    text: <nme>")),
    )
    places = {problem.code: place_of(problem, reading.document) for problem in of_one_reading(reading)}
    assert places == {"no-felt": "at-the-hatch", "unknown-placeholder": "tea"}
    reading = read(tmp_path, changed(("title: The kettle", "title: <nme>")))
    assert [place_of(problem, reading.document) for problem in of_one_reading(reading)] == [None]
    reading = read(tmp_path, "moments: [")
    assert all(place_of(problem, reading.document) is None for problem in of_one_reading(reading))
