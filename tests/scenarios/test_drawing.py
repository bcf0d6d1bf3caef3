"""The map as SVG, HTML, Mermaid and DOT: whole, harmless whatever the text says, and the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios.drawing import Suffix, draw
from scenarios.drawing_labels import place_labels
from scenarios.drawing_layout import Ask, lay_out
from scenarios.drawing_text import cut, plain, width, wrap
from scenarios.graph import map_of
from scenarios.load import Loaded, load, load_bytes
from tests.scenarios.makers import VALID, changed

ROOT: Final = Path(__file__).parents[2]
SVG: Final = "{http://www.w3.org/2000/svg}"
SUFFIXES: Final[tuple[Suffix, ...]] = (".svg", ".html", ".mmd", ".dot")
HOSTILE: Final = (
    "<script>alert(1)</script>",
    "</title></style></svg><img src=x onerror=alert(1)>",
    "]]> <![CDATA[ -->",
    '" onload="x\' `y` \\N \\l \\',
    "#quot; #35; &lt; &amp; %% end --> |x| ]) }} :::stopped",
    "\u202eright to left \ufeff \u0007 \x1b[31m \ud7ff",
)
LETTERS: Final = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(
    lambda text: plain(text) != ""
)


@cache
def walk() -> Loaded:
    return load("the-walk-that-was-promised")


@cache
def walked(suffix: Suffix) -> str:
    return draw(walk(), None, suffix)


class Page(HTMLParser):
    """What a browser would find: every tag with its attributes, and the text outside script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.raw: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        (self.raw if self.cdata_elem else self.words).append(data)

    def all(self, name: str) -> list[str]:
        return [value for _, held in self.tags if (value := held.get(name)) is not None]


def hostile(text: str) -> Loaded:
    """The valid scenario with every text that is shown replaced, past all the checks of a reading."""
    loaded = load_bytes(VALID.encode())
    words = text.replace("<", "<<")
    (moment,) = loaded.scenario.moments.values()
    (opening,) = loaded.scenario.openings.values()
    replies = tuple(
        reply.model_copy(update={"say": words, "id": f"a{place}", "to": "tea"})
        for place, reply in enumerate(moment.replies)
    )
    person = tuple(line.model_copy(update={"says": words}) for line in moment.person)
    moment = moment.model_copy(update={"person": person, "replies": replies, "also": (), "silence": None})
    opening = opening.model_copy(update={"moment": text, "brief": words})
    changes = {"title": words, "summary": words, "moments": {text: moment}, "openings": {text: opening}}
    scenario = loaded.scenario.model_copy(update=changes)
    return Loaded(loaded.id, loaded.path, loaded.data, loaded.vocabularies, scenario, loaded.vocabulary)


# SVG


def test_svg_is_well_formed_and_has_its_text_alternative() -> None:
    root = ET.fromstring(walked(".svg"))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "map-title map-desc"
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == "Map of The walk that was promised"
    assert desc is not None and desc.text is not None
    for name in [*walk().scenario.moments, *walk().scenario.endings]:
        assert name in desc.text


def test_every_spot_has_a_box_with_its_name() -> None:
    root = ET.fromstring(walked(".svg"))
    plan = map_of(walk())
    for key in plan.graph:
        box = root.find(f".//*[@id='box-{key}']")
        assert box is not None
        words = "".join(text.text or "" for text in box.iter(f"{SVG}text"))
        assert plan.spot(key).name in words


def test_boxes_do_not_overlap_and_stay_on_the_paper() -> None:
    plan = map_of(walk())
    sizes = dict.fromkeys(plan.graph, (216.0, 70.0))
    laid = lay_out(sizes, [Ask(arrow.source, arrow.target) for arrow in plan.arrows()])
    corners = list(laid.corners.values())
    for place, (x, y) in enumerate(corners):
        assert 0 <= x <= laid.width - 216 and 0 <= y <= laid.height - 70
        for u, v in corners[place + 1 :]:
            assert abs(x - u) >= 216 or abs(y - v) >= 70


def test_arrows_begin_and_end_at_their_boxes() -> None:
    plan = map_of(walk())
    sizes = dict.fromkeys(plan.graph, (216.0, 70.0))
    asks = [Ask(arrow.source, arrow.target) for arrow in plan.arrows()]
    laid = lay_out(sizes, asks)
    for ask, bends in zip(asks, laid.bends, strict=True):
        for end, key in ((bends[0], ask.source), (bends[-1], ask.target)):
            left, top = laid.corners[key]
            assert left - 1 <= end[0] <= left + 217 and top - 1 <= end[1] <= top + 71


def test_outcomes_are_told_by_shape_pattern_and_words() -> None:
    text = walked(".svg")
    for words in ("a shared plan", "quiet, not heard", "the relation broke", "the scene was stopped"):
        assert words in text
    frames = re.findall(r'class="frame (\w+)" d="([^"]+)"', text)
    assert len({outcome for outcome, _ in frames}) == 6
    assert {"complied", "paused", "withdrew", "rupture", "stopped"} <= set(
        re.findall(r'id="pattern-(\w+)"', text)
    )


def test_marks_and_rules_are_said_in_words() -> None:
    lost = changed(
        (
            "endings:\n",
            "  nowhere:\n    person: Hm.\n    replies:\n"
            "      - {id: a, say: Oh., techniques: [space], to: tea}\nendings:\n",
        )
    )
    for suffix in SUFFIXES:
        text = draw(load_bytes(lost.encode()), None, suffix)
        assert "no play comes here" in text
        assert "Whenever" in text
        assert "tension" in text


def test_quiet_and_counted_arrows_are_labelled_and_loops_keep_their_distance() -> None:
    root = ET.fromstring(draw(load_bytes(VALID.encode()), None, ".svg"))
    chips = [chip for chip in root.iter(f"{SVG}g") if "chip " in (chip.get("class") or "")]
    told = {(chip.get("class"), chip.find(f"{SVG}text").text) for chip in chips}  # type: ignore[union-attr]
    assert told == {("chip reply", "2"), ("chip quiet", "quiet")}
    loops = [line for line in root.iter(f"{SVG}g") if line.get("data-from") == line.get("data-to") == "m0"]
    assert len([line for line in loops if "arrow" in (line.get("class") or "")]) == 2


# The page


def test_the_page_loads_nothing_and_lets_nothing_else_act() -> None:
    text = walked(".html")
    page = Page(text)
    assert not page.all("src")
    assert all(link.startswith("#") for link in page.all("href"))
    assert not re.search(r"(@import|url\((?!#)|fetch\(|XMLHttp|import\()", text)
    policy = next(held["content"] for tag, held in page.tags if held.get("http-equiv"))
    assert policy is not None and policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not page.all("style") and not [
        name for _, held in page.tags for name in held if name.startswith("on")
    ]


def test_every_link_of_the_page_leads_somewhere_and_ids_are_unique() -> None:
    page = Page(walked(".html"))
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.all("href")} <= set(ids)
    for key in map_of(walk()).graph:
        assert key in ids and f"box-{key}" in ids


def test_the_outline_has_every_line_and_reply() -> None:
    words = " ".join(Page(walked(".html")).words)
    plan = map_of(walk())
    for spot in plan.spots("moment"):
        assert all(says in words for _, says in spot.says)
        for way, _ in plan.ways(spot.key):
            assert way.text in words and way.id in words


def test_headings_go_down_one_step_at_a_time() -> None:
    levels = [int(tag[1]) for tag, _ in Page(walked(".html")).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


# Harmless, whatever the text says


@given(LETTERS)
@settings(max_examples=25, deadline=None)
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[2])
@example(HOSTILE[3])
@example(HOSTILE[4])
@example(HOSTILE[5])
def test_hostile_text_stays_text(text: str) -> None:
    loaded, ours = hostile(text), hostile("ours")
    page, harmless = Page(draw(loaded, None, ".html")), Page(draw(ours, None, ".html"))
    # long words take more lines, each a `text`; no other element comes or goes
    assert [tag for tag, _ in page.tags if tag != "text"] == [
        tag for tag, _ in harmless.tags if tag != "text"
    ]
    assert page.raw == harmless.raw
    assert plain(text) in " ".join(page.words)
    svg = ET.fromstring(draw(loaded, None, ".svg"))
    assert {node.tag for node in svg.iter()} <= {
        node.tag for node in ET.fromstring(draw(ours, None, ".svg")).iter()
    }
    assert_dot(draw(loaded, None, ".dot"))
    assert_mermaid(draw(loaded, None, ".mmd"))
    for suffix in SUFFIXES:
        assert not re.search(
            "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", draw(loaded, None, suffix)
        )


DOT_STRING: Final = r'"(?:[^"\\\n]|\\.)*"'


def assert_dot(text: str) -> None:
    """Outside of strings nothing is left but what we write ourselves."""
    bare = re.sub(DOT_STRING, "S", text)
    value = r"(?:S|[\w.]+)"
    attributes = rf"\[(?:\w+={value}(?:, )?)*\]"
    statement = rf"(?:\w+(?: -> \w+)? {attributes}|label=S; labelloc=t; rankdir=TB)"
    assert re.fullmatch(rf"digraph map \{{\n(?:  {statement};\n)+\}}\n", bare), bare


def assert_mermaid(text: str) -> None:
    """Every line is one of those we write, and no label leaves its quotation marks."""
    label = r'"[^"<>`&|\[\](){}]*(?:<br/>[^"<>`&|\[\](){}]*)*"'
    key = r"[ome]\d+"
    lines = [
        r"%% .*",
        "flowchart TD",
        rf"  (?:{key}|whenever)[\[({{/\\]+{label}[\])}}/\\]+:::\w+",
        rf"  {key} (?:-->|==>|-\.->)(?:\|[\w ]+\|)? {key}",
        r"  (?:classDef|class) [\w,]+ [\w:#, -]+",
    ]
    for line in text.splitlines():
        assert any(re.fullmatch(one, line) for one in lines), line


@pytest.mark.parametrize("loaded", [walk(), load_bytes(VALID.encode())], ids=["library", "small"])
def test_mermaid_and_dot_are_sound(loaded: Loaded) -> None:
    assert_mermaid(draw(loaded, None, ".mmd"))
    assert_dot(draw(loaded, None, ".dot"))


# The same every time


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "import hashlib,sys; from scenarios.drawing import draw; from scenarios.load import load;"
        "loaded = load('the-walk-that-was-promised');"
        "kinds = ('.svg', '.html', '.mmd', '.dot');"
        "print(*(hashlib.sha256(draw(loaded, None, kind).encode()).hexdigest() for kind in kinds))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
        )
        for seed in ("1", "2")
    ]
    assert runs[0].returncode == 0, runs[0].stderr
    assert runs[0].stdout == runs[1].stdout


# Text and labels


def test_text_is_wrapped_and_cut_within_its_room() -> None:
    words = "One two three four five six seven eight nine ten eleven"
    lines = wrap(words, 90, 12, 2)
    assert len(lines) == 2
    assert lines[1].endswith("\u2026")
    assert all(width(line, 12) <= 90 for line in lines)
    assert wrap("a-very-long-name-of-a-moment", 90, 12, 3)[0].endswith("-")
    assert wrap("", 90, 12, 2) == []
    assert cut("short", 90, 12) == "short"


@given(st.text(max_size=80), st.integers(40, 300), st.integers(1, 3))
def test_wrapping_never_leaves_its_room(text: str, room: int, lines: int) -> None:
    found = wrap(plain(text), room, 12, lines)
    assert len(found) <= lines
    assert all(width(line, 12) <= room or len(line) <= 2 for line in found)


@given(st.text(max_size=80))
def test_wrapping_loses_nothing_but_what_it_cuts(text: str) -> None:
    clean = plain(text)
    assert "".join(wrap(clean, 60, 12, 1000)).replace(" ", "") == clean.replace(" ", "")


def test_labels_sit_on_their_own_arrow_and_clear_of_each_other() -> None:
    bends = [((0.0, 0.0), (0.0, 100.0)), ((14.0, 0.0), (14.0, 100.0))]
    first, second = place_labels([(18.0, 18.0), (40.0, 18.0)], bends, [])
    assert first is not None and second is not None
    assert abs(first[0]) <= 9 and abs(second[0] - 14) <= 20
    assert abs(first[0] - second[0]) >= 29 or abs(first[1] - second[1]) >= 18
    assert place_labels([None], bends[:1], []) == [None]


# Contrast (WCAG 2.2, 1.4.3 and 1.4.11): the page's own colours are checked by axe in tests/browser


def colours(style: str) -> dict[str, dict[str, str]]:
    """Every rule of a style sheet: selector to its colours by property."""
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        held = dict(re.findall(r"(fill|stroke): (#[0-9a-f]{6})", body))
        for selector in selectors.split(","):
            found.setdefault(selector.strip(), {}).update(held)
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_drawing_can_be_read_in_light_and_dark(dark: bool) -> None:
    style = (ROOT / "scenarios" / "map" / "drawing.css").read_text(encoding="utf-8")
    light, _, night = style.partition("@media (prefers-color-scheme: dark) {")
    held = colours(light)
    if dark:
        for selector, values in colours(night).items():
            held.setdefault(selector, {}).update(values)
    texts = [".map text", ".map .words", ".map .seen", ".map .note", ".map .rule", ".map .mark"]
    grounds = [held[name]["fill"] for name in (".map .paper", ".map .frame", ".map .opening .frame")]
    for text in texts:
        for ground in [*grounds, held[".map .hatching"]["stroke"]]:
            assert contrast(held[text]["fill"], ground) >= 4.5, (text, ground)
    for outcome in ("settled", "complied", "paused", "withdrew", "rupture", "stopped"):
        assert contrast(held[f".map .{outcome} .outcome"]["fill"], held[".map .ending .frame"]["fill"]) >= 4.5
        assert contrast(held[f".map .{outcome} .frame"]["stroke"], held[".map .paper"]["fill"]) >= 3
    assert contrast(held[".map .line"]["stroke"], held[".map .paper"]["fill"]) >= 3
    assert contrast(held[".map .chip text"]["fill"], held[".map .chip rect"]["fill"]) >= 4.5
