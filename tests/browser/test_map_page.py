"""The map's page in a real browser: it loads alone, is searched, moved and read; axe finds nothing serious.

Run by `make test-browser`, which sees to Chromium, its driver and axe-core. Not part of the default suite.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from scenarios.drawing import draw
from scenarios.load import load

FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOADED: Final = load("the-walk-that-was-promised")


def needed(name: str, *commands: str) -> str:
    """The path of a program. Its absence is a failure, never a skip."""
    for command in commands:
        found = shutil.which(command)
        if found:
            return found
    pytest.fail(f"{name} is not here: `make test-browser` installs it (Debian: chromium, chromium-driver).")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_bytes(draw(LOADED, None, ".html").encode())
    return path


@pytest.fixture(params=["1400,900", "800,600", "1400,900 dark"])
def browser(request: pytest.FixtureRequest, page: Path, tmp_path: Path) -> Iterator[Chrome]:
    """A fresh browser on the page, at each size and in the dark."""
    size, _, dark = request.param.partition(" ")
    options = ChromeOptions()
    options.binary_location = needed("Chromium", "chromium", "chromium-browser")
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={size}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(needed("chromedriver", "chromedriver")))
    try:
        if dark:
            feature = {"name": "prefers-color-scheme", "value": "dark"}
            driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        driver.get(page.as_uri())
        yield driver
    finally:
        driver.quit()


def scale(browser: Chrome) -> int:
    return int(browser.find_element(By.ID, "scale").text.rstrip("%"))


def run(browser: Chrome, script: str, *arguments: Any) -> Any:
    return browser.execute_script(script, *arguments)


def test_it_loads_alone_and_without_a_complaint(browser: Chrome, page: Path) -> None:
    complaints = [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    assert not complaints
    entries = browser.get_log("performance")  # type: ignore[no-untyped-call]
    events = [json.loads(entry["message"])["message"] for entry in entries]
    requests = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    # a fresh browser fetches its own start page before ours
    ours = [one for one in requests if not one["documentURL"].startswith("chrome:")]
    assert {one["request"]["url"] for one in ours} == {page.as_uri()}


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
    script = Path(os.environ.get("WORDS_FIRST_AXE", "axe.min.js"))
    if not script.is_file():
        pytest.fail("axe-core is not here: `make test-browser` brings it and names it in WORDS_FIRST_AXE.")
    run(browser, script.read_text(encoding="utf-8"))
    found = browser.execute_async_script("axe.run().then(arguments[0])")
    told = {
        one["id"]: [node["html"][:120] for node in one["nodes"]][:3]
        for one in found["violations"]
        if one["impact"] in {"serious", "critical", "moderate"}
    }
    assert told == {}
    assert any(one["id"] == "color-contrast" for one in found["passes"])
