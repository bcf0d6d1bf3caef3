"""The hand-out and the cue card in a real browser: they load alone, can be read by everybody, and printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from facilitator.cuecard import cue, cue_card
from facilitator.report import report
from facilitator.report_data import handed
from tests.browser.pages import LOOKS, axe_finds_nothing, browsing, loads_alone, printed, stays_in_its_width
from tests.facilitator.rooms import played, room_at


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A hand-out of two sessions, one of them taken again, with everything on it; and a cue card."""
    folder = tmp_path_factory.mktemp("report")
    first = played(folder, word="<b>tired</b> & done")
    first.contest("rating", 0, "C5", "I gave no choice there.")
    first.rewind(2)
    for reply in ("wait", "step-back", "ring-now"):
        first.answer(reply)
    second = played(folder)
    room = room_at(folder)
    one, other = room.open(first.id), room.open(second.id)
    one.note(1, "That apology landed.", for_trainee=True)
    one.unblind()
    one.rate("C5", 3, "A time, but no choice.")
    made = {
        "report": report([handed(one), handed(other)], ".html"),
        "card": cue_card(cue(one), ".html"),
    }
    found = {}
    for name, text in made.items():
        found[name] = folder / f"{name}.html"
        found[name].write_bytes(text.encode())
    return found


@pytest.fixture(params=LOOKS)
def report_page(request: pytest.FixtureRequest, pages: dict[str, Path], tmp_path: Path) -> Iterator[Chrome]:
    with browsing(pages["report"], tmp_path / "profile", request.param) as browser:
        yield browser


@pytest.fixture(params=LOOKS)
def card_page(request: pytest.FixtureRequest, pages: dict[str, Path], tmp_path: Path) -> Iterator[Chrome]:
    with browsing(pages["card"], tmp_path / "profile", request.param) as browser:
        yield browser


def test_the_hand_out(report_page: Chrome, pages: dict[str, Path]) -> None:
    loads_alone(report_page, pages["report"])
    stays_in_its_width(report_page)
    axe_finds_nothing(report_page)
    assert "<b>tired</b> & done" in report_page.find_element(By.TAG_NAME, "main").text
    assert printed(report_page) > 10_000


def test_from_a_rating_to_its_turn(report_page: Chrome) -> None:
    link = report_page.find_element(By.CSS_SELECTOR, "#s1-ratings ~ .scroll a")
    report_page.execute_script("arguments[0].scrollIntoView()", link)
    report_page.execute_script("arguments[0].click()", link)
    target = (link.get_attribute("href") or "").partition("#")[2]
    turn = report_page.find_element(By.ID, target)
    assert "turn" in (turn.get_attribute("class") or "")
    assert turn.find_element(By.TAG_NAME, "h4").text.casefold() == link.text.casefold()


def test_the_chart_says_in_words_what_it_draws(report_page: Chrome) -> None:
    charts = report_page.find_elements(By.CSS_SELECTOR, "svg.chart")
    assert len(charts) == 3
    for chart in charts:
        assert chart.accessible_name == "Tension, trust and felt safety, turn by turn"
        assert chart.size["width"] > 200
        assert len(chart.find_elements(By.CSS_SELECTOR, "g.gauge path.way")) == 3


def test_the_cue_card(card_page: Chrome, pages: dict[str, Path]) -> None:
    loads_alone(card_page, pages["card"])
    stays_in_its_width(card_page)
    axe_finds_nothing(card_page)
    assert len(card_page.find_elements(By.CSS_SELECTOR, "ol.steps > li")) == 9
    assert printed(card_page) > 10_000
