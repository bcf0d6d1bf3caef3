"""A map as one HTML page: the drawing, and beside it the outline that says the same. Loads nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from scenarios.drawing_outline import sentence, spoken, way_notes
from scenarios.drawing_svg import svg
from scenarios.drawing_text import OUTCOMES
from scenarios.graph import Map, Spot, Way
from scenarios.markup import Child, as_html, element

PARTS: Final = Path(__file__).with_name("map")


def page(plan: Map) -> str:
    """The whole page as text."""
    style = _part("drawing.css") + _part("page.css")
    script = _part("page.js")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="generator", content="Words First"),
        element("title", f"Map of {plan.title}"),
        element("style", style),
    )
    body = element(
        "body",
        element("a", "Go to the outline", class_="skip", href="#outline"),
        _header(plan),
        element("main", _drawing(plan), _outline(plan)),
        element("script", script),
    )
    return as_html(element("html", head, body, lang="en-GB"))


def _part(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded; of styles and scripts, these very two may act."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _header(plan: Map) -> Element:
    return element(
        "header",
        element("h1", plan.title),
        element("p", plan.summary),
        element("p", f"{sentence(plan)} Shown for {plan.person}.", class_="facts"),
    )


# The drawing


def _drawing(plan: Map) -> Element:
    buttons = [
        _button("zoom-out", "\u2212", "Smaller"),
        _button("zoom-in", "+", "Larger"),
        _button("zoom-fit", "Fit", "Fit the width"),
        element("span", "100%", id="scale", class_="scale", role="status", aria_label="Size of the drawing"),
    ]
    hint = "With the drawing in focus: + and \u2212 change its size, 0 fits it, arrow keys move it."
    return element(
        "section",
        element(
            "div",
            element("h2", "Drawing", id="drawing-name"),
            element("div", *buttons, class_="buttons"),
            class_="bar",
        ),
        element(
            "div",
            svg(plan, alone=False),
            id="view",
            class_="view",
            tabindex="0",
            role="region",
            aria_labelledby="drawing-name",
            aria_describedby="drawing-hint",
        ),
        element("p", hint, id="drawing-hint", class_="hint"),
        class_="drawing",
    )


def _button(name: str, sign: str, label: str) -> Element:
    return element("button", sign, type="button", id=name, aria_label=label, title=label)


# The outline


def _outline(plan: Map) -> Element:
    moments, endings = plan.spots("moment"), plan.spots("ending")
    search = element(
        "div",
        element("label", "Search names and words", for_="search"),
        element("input", type="search", id="search", autocomplete="off", spellcheck="false"),
        element("p", id="found", role="status", class_="found"),
        class_="search",
        role="search",
    )
    return element(
        "section",
        element("h2", "Outline", id="outline", tabindex="-1"),
        search,
        _group("Openings", [_opening(plan, spot) for spot in plan.spots("opening")]),
        _rules(plan),
        _group("Moments", [_moment(plan, spot) for spot in moments]),
        _group("Endings", [_ending(plan, spot) for spot in endings]),
        class_="outline",
        aria_labelledby="outline",
    )


def _group(name: str, entries: list[Element]) -> Element:
    return element("div", element("h3", name), *entries, class_="group")


def _entry(spot: Spot, *inside: Child) -> Element:
    """One spot of the outline: its name, a way to its box in the drawing, and what there is to say."""
    box = element(
        "a", "Show in the drawing", *_hidden(f": {spot.name}"), href=f"#box-{spot.key}", class_="show"
    )
    notes = [element("p", note, class_="told") for note in spot.notes]
    marks = element("p", "; ".join(spot.marks), class_="mark") if spot.marks else None
    return element(
        "article",
        element("h4", spot.name),
        box,
        marks,
        *inside,
        *notes,
        class_=" ".join(filter(None, ["spot", spot.kind, spot.outcome])),
        id=spot.key,
        tabindex="-1",
    )


def _hidden(text: str) -> list[Child]:
    return [element("span", text, class_="hidden")]


def _opening(plan: Map, spot: Spot) -> Element:
    brief = element("p", spot.words, class_="said") if spot.words else None
    leads = element("p", "Begins at ", *_links(plan, plan.neighbours(spot.key).after), ".")
    return _entry(spot, brief, leads)


def _rules(plan: Map) -> Child:
    if not plan.rules:
        return None
    rows = [
        element(
            "li",
            element("code", rule.when),
            " \u2192 ",
            *_links(plan, [rule.to]),
            ", every time it holds" if rule.again else None,
        )
        for rule in plan.rules
    ]
    note = "Looked at after every reply, in this order; the first that holds takes over."
    inside = [element("p", note), element("ol", *rows)]
    return element(
        "div", element("h3", "Whenever \u2026", id="whenever", tabindex="-1"), *inside, class_="group rules"
    )


def _moment(plan: Map, spot: Spot) -> Element:
    said = [
        element(
            "p", element("code", f"when {when}") if when else None, " " if when else None, says, class_="said"
        )
        for when, says in spot.says
    ]
    ways = [_way(plan, way, target) for way, target in plan.ways(spot.key)]
    return _entry(spot, *said, element("h5", "Replies"), element("ul", *ways), _comes_from(plan, spot))


def _way(plan: Map, way: Way, target: str) -> Element:
    notes = way_notes(way)
    return element(
        "li",
        spoken(way),
        " ",
        element("code", way.id),
        " \u2192 ",
        *_links(plan, [target]),
        element("span", f" ({', '.join(notes)})", class_="notes") if notes else None,
        class_=None if way.offered else "unused",
    )


def _ending(plan: Map, spot: Spot) -> Element:
    outcome = element("p", OUTCOMES[spot.outcome or ""].capitalize(), class_="outcome")
    return _entry(spot, outcome, element("p", spot.words, class_="said"), _comes_from(plan, spot))


def _comes_from(plan: Map, spot: Spot) -> Child:
    """What leads to a spot: other spots, and `whenever` rules."""
    before = _links(plan, plan.neighbours(spot.key).before)
    for number in spot.rules:
        before += [", "] if before else []
        before.append(element("a", f"whenever {number}", href="#whenever"))
    return element("p", "Comes from ", *before, ".", class_="from") if before else None


def _links(plan: Map, keys: Iterable[str]) -> list[Child]:
    """Links to the outline's entries, with commas between."""
    found: list[Child] = []
    for key in keys:
        found += [", "] if found else []
        found.append(element("a", plan.spot(key).name, href=f"#{key}"))
    return found
