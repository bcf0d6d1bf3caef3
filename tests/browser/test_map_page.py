"""The map's page in a real browser: it loads alone, is searched, moved and read; axe finds nothing serious.

Run by `make test-browser`, which sees to Chromium, its driver and axe-core. Not part of the default suite.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from scenarios.drawing import draw
from scenarios.load import load
from tests.browser.pages import axe_finds_nothing, browsing, loads_alone

LOADED: Final = load("the-walk-that-was-promised")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_bytes(draw(LOADED, None, ".html").encode())
    return path


@pytest.fixture(params=["1400,900", "800,600", "1400,900 dark"])
def browser(request: pytest.FixtureRequest, page: Path, tmp_path: Path) -> Iterator[Chrome]:
    """A fresh browser on the page, at each size and in the dark."""
    with browsing(page, tmp_path / "profile", request.param) as driver:
        yield driver


def scale(browser: Chrome) -> int:
    return int(browser.find_element(By.ID, "scale").text.rstrip("%"))


def run(browser: Chrome, script: str, *arguments: Any) -> Any:
    return browser.execute_script(script, *arguments)


def test_it_loads_alone_and_without_a_complaint(browser: Chrome, page: Path) -> None:
    loads_alone(browser, page)


def test_search_leaves_what_fits_and_marks_its_boxes(browser: Chrome) -> None:
    search = browser.find_element(By.ID, "search")
    search.send_keys("zebra")
    assert browser.find_element(By.ID, "found").text.startswith("0 of ")
    search.send_keys(Keys.ESCAPE)
    assert browser.find_element(By.ID, "found").text == ""
    name = next(iter(LOADED.scenario.moments))
    search.send_keys(name)
    shown = [one for one in browser.find_elements(By.CSS_SELECTOR, ".spot") if one.is_displayed()]
    assert 0 < len(shown) < len(LOADED.scenario.moments)
    assert browser.find_element(By.ID, "m0").is_displayed()
    hits = browser.find_elements(By.CSS_SELECTOR, ".box.hit")
    assert {hit.get_attribute("data-key") for hit in hits} == {one.get_attribute("id") for one in shown}


def test_the_keyboard_sizes_and_moves_the_drawing(browser: Chrome) -> None:
    view = browser.find_element(By.ID, "view")
    before = scale(browser)
    wide = browser.find_element(By.CSS_SELECTOR, "svg.map").size["width"]
    view.send_keys("+")
    assert scale(browser) > before
    assert browser.find_element(By.CSS_SELECTOR, "svg.map").size["width"] > wide
    view.send_keys("-", "-")
    assert scale(browser) < before
    view.send_keys("0")
    assert scale(browser) == before
    view.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert (
        run(browser, "return new Promise(done => setTimeout(() => done(arguments[0].scrollTop), 400))", view)
        > 0
    )


def test_the_buttons_size_it_too(browser: Chrome) -> None:
    before = scale(browser)
    browser.find_element(By.ID, "zoom-in").click()
    assert scale(browser) > before
    browser.find_element(By.ID, "zoom-fit").click()
    assert scale(browser) == before


def test_every_moment_is_in_the_outline_and_takes_the_focus(browser: Chrome) -> None:
    for place, name in enumerate(LOADED.scenario.moments):
        entry = browser.find_element(By.ID, f"m{place}")
        assert entry.find_element(By.TAG_NAME, "h4").text == name
        run(browser, "arguments[0].focus()", entry)
        assert browser.switch_to.active_element == entry
        link = entry.find_element(By.CSS_SELECTOR, "a.show")
        run(browser, "arguments[0].focus()", link)
        assert browser.switch_to.active_element == link


def test_from_the_outline_to_the_drawing_and_back(browser: Chrome) -> None:
    last = len(LOADED.scenario.moments) - 1
    browser.find_element(By.CSS_SELECTOR, f"#m{last} a.show").send_keys(Keys.ENTER)
    box = browser.find_element(By.ID, f"box-m{last}")
    seen = """
        const frame = document.getElementById("view").getBoundingClientRect();
        const there = arguments[0].getBoundingClientRect();
        return there.top >= frame.top - 1 && there.bottom <= frame.bottom + 1;
    """
    assert run(browser, seen, box)
    assert "on" in (box.get_attribute("class") or "").split()
    assert browser.find_elements(By.CSS_SELECTOR, ".arrow.in, .arrow.out")
    box.click()
    assert browser.switch_to.active_element == browser.find_element(By.ID, f"m{last}")


def test_axe_finds_nothing_serious(browser: Chrome) -> None:
    axe_finds_nothing(browser)
