"""What the tests of pages in a real browser share: a browser at each size and in the dark, and what every page owes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

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
LOOKS: Final = ("1400,900", "420,800", "1400,900 dark")


def needed(name: str, *commands: str) -> str:
    """The path of a program. Its absence is a failure, never a skip."""
    for command in commands:
        found = shutil.which(command)
        if found:
            return found
    pytest.fail(f"{name} is not here: `make test-browser` installs it (Debian: chromium, chromium-driver).")


@contextmanager
def browsing(page: Path, profile: Path, look: str) -> Iterator[Chrome]:
    """A fresh browser on a page: its size, and `dark` where it should be."""
    size, _, dark = look.partition(" ")
    options = ChromeOptions()
    options.binary_location = needed("Chromium", "chromium", "chromium-browser")
    for flag in (*FLAGS, f"--user-data-dir={profile}", f"--window-size={size}"):
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


def loads_alone(browser: Chrome, page: Path) -> None:
    """It asks for nothing but itself, and has nothing to complain of."""
    assert not [entry["message"] for entry in browser.get_log("browser")]  # type: ignore[no-untyped-call]
    entries = browser.get_log("performance")  # type: ignore[no-untyped-call]
    events = [json.loads(entry["message"])["message"] for entry in entries]
    requests = [event["params"] for event in events if event["method"] == "Network.requestWillBeSent"]
    # a fresh browser fetches its own start page before ours
    ours = [one for one in requests if not one["documentURL"].startswith("chrome:")]
    assert {one["request"]["url"] for one in ours} == {page.as_uri()}


def axe_finds_nothing(browser: Chrome) -> None:
    """Nothing moderate, serious or critical; contrast was looked at."""
    script = Path(os.environ.get("WORDS_FIRST_AXE", "axe.min.js"))
    if not script.is_file():
        pytest.fail("axe-core is not here: `make test-browser` brings it and names it in WORDS_FIRST_AXE.")
    browser.execute_script(script.read_text(encoding="utf-8"))
    found: Any = browser.execute_async_script("axe.run().then(arguments[0])")
    told = {
        one["id"]: [node["html"][:160] for node in one["nodes"]][:3]
        for one in found["violations"]
        if one["impact"] in {"serious", "critical", "moderate"}
    }
    assert not told, told
    assert any(one["id"] == "color-contrast" for one in found["passes"])


def stays_in_its_width(browser: Chrome) -> None:
    """Nobody has to scroll the whole page sideways to read it."""
    wide = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{wide} pixels too wide"


def printed(browser: Chrome) -> int:
    """How many bytes it has as a PDF; it can be printed."""
    return len(str(browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})["data"]))
