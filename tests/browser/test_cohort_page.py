"""The group picture in a real browser: it loads alone, can be read by everybody, and says what it draws."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from facilitator.cohort import gather
from facilitator.cohort_group import over_time
from facilitator.cohort_map import ScenePlays
from facilitator.cohort_page import page
from facilitator.cohort_view import group_view, scene_view
from facilitator.cohort_words import Words
from facilitator.rows import CohortFilter
from scenarios.graph import map_of, with_plays
from scenarios.load import load
from tests.browser.pages import LOOKS, axe_finds_nothing, browsing, loads_alone, printed, stays_in_its_width
from tests.facilitator.crowd import crowd

LOADED: Final = load("the-walk-that-was-promised")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One scene, the same by who was met, and a group over time."""
    folder = tmp_path_factory.mktemp("cohort")
    scenes = gather(crowd(LOADED, 300, 150))
    scene, words = scenes[LOADED.id], Words(LOADED, map_of(LOADED))
    place, look = scene.place(CohortFilter()), scene.look()
    assert place is not None and look is not None and words.plan is not None
    plan = with_plays(words.plan, ScenePlays(scene, place, look))
    made = {
        "scene": page(scene_view(scene, CohortFilter(), None, words), plan),
        "cast": page(scene_view(scene, CohortFilter(), "cast", words), plan),
        "time": page(group_view(scenes, over_time(scenes), None, {LOADED.id: words}), None),
    }
    found = {}
    for name, text in made.items():
        found[name] = folder / f"{name}.html"
        found[name].write_bytes(text.encode())
    return found


@pytest.fixture(params=[f"{name} {look}" for name in ("scene", "cast", "time") for look in LOOKS])
def browser(request: pytest.FixtureRequest, pages: dict[str, Path], tmp_path: Path) -> Iterator[Chrome]:
    name, _, look = request.param.partition(" ")
    with browsing(pages[name], tmp_path / "profile", look) as opened:
        yield opened


def test_the_group_picture(browser: Chrome, pages: dict[str, Path]) -> None:
    here = browser.current_url
    (opened,) = [path for path in pages.values() if path.as_uri() == here]
    loads_alone(browser, opened)
    stays_in_its_width(browser)
    axe_finds_nothing(browser)
    assert "fewer than five people" in browser.find_element(By.TAG_NAME, "footer").text
    for bar in browser.find_elements(By.CSS_SELECTOR, "svg.bar"):
        cell = bar.find_element(By.XPATH, "..").text
        part = bar.find_elements(By.CSS_SELECTOR, ".part")
        share = 0 if not part else int(part[0].get_attribute("width") or 0)
        told = {0: "nobody", 100: "everybody"}.get(share, f"{share}%")
        assert cell.startswith(told)
    if opened == pages["scene"]:
        assert browser.find_elements(By.CSS_SELECTOR, "svg.map .arrow.taken-1")
        assert printed(browser) > 10_000
