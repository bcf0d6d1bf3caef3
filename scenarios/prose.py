"""Where words stand in a scenario file: every text, with its place, whatever else is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from scenarios.compose import Place, Spot

TEXT: Final = "text"
LINES: Final = "lines"
_ANY: Final = "*"

_ANSWER: Final[dict[str, Any]] = {
    **dict.fromkeys(("say", "do", "felt", "why", "instead"), TEXT),
    "person": LINES,
    "wordings": [TEXT],
}
_CREDIT: Final[dict[str, Any]] = {"role": TEXT, "changed": TEXT}
_WHOLE: Final[dict[str, Any]] = {
    **dict.fromkeys(("title", "summary", "setting"), TEXT),
    "content_notes": [TEXT],
    "aims": [TEXT],
    "credits": {"written_by": [_CREDIT], "lived_experience_review": [_CREDIT]},
    "legal_note": {"text": TEXT},
    "person": {"cast": [{"about": TEXT}], "matters": TEXT, "cues": {_ANY: TEXT}},
    "facts": {_ANY: {"says": TEXT}},
    "openings": {_ANY: {"brief": TEXT}},
    "shared_replies": {_ANY: [_ANSWER]},
    "moments": {_ANY: {"person": LINES, "replies": [_ANSWER], "silence": _ANSWER}},
    "endings": {_ANY: {"text": TEXT, "felt": TEXT, "questions": [TEXT]}},
    "walks": [{"name": TEXT}],
}


KEYS: Final = frozenset(
    {
        "name",
        "role",
        "on",
        "changed",
        "pronouns",
        "about",
        "says",
        "hidden",
        "start",
        "max",
        "moment",
        "tension",
    }
    | {
        "trust",
        "safety",
        "weight",
        "set",
        "brief",
        "when",
        "to",
        "again",
        "do",
        "techniques",
        "add",
        "reveals",
    }
    | {
        "person",
        "felt",
        "why",
        "instead",
        "wordings",
        "id",
        "say",
        "after",
        "replies",
        "also",
        "silence",
        "outcome",
    }
    | {"text", "questions", "opening", "ends", "then", "checked"}
)
"""Every key that the format has inside a part; any other in `{…}` that has no value is half a sentence."""


@dataclass(frozen=True, slots=True)
class Prose:
    """One place where words belong: `value` is what the file has there, of whatever kind."""

    path: Place
    key: str
    value: Any
    spot: Spot
    listed: Spot | None = None
    """The position of the list this text is an item of."""


def prose(data: Any, spot: Spot) -> Iterator[Prose]:
    """Every place for words that the file fills, in file order by kind."""
    yield from _walk(data, spot, _WHOLE, (), "")


def _walk(data: Any, spot: Spot, shape: Any, path: Place, key: str) -> Iterator[Prose]:
    if shape == TEXT:
        yield Prose(path, key, data, spot)
    elif shape == LINES:
        yield from _lines(data, spot, path, key)
    elif isinstance(shape, list):
        yield from _items(data, spot, shape[0], path, key)
    elif isinstance(data, dict) and spot.inside is not None:
        for name, value in data.items():
            inner = shape.get(name, shape.get(_ANY))
            if inner is not None and name in spot.inside:
                label = str(name) if name in shape else key
                yield from _walk(value, spot.inside[name], inner, (*path, name), label)


def _items(data: Any, spot: Spot, shape: Any, path: Place, key: str) -> Iterator[Prose]:
    if not isinstance(data, list) or spot.inside is None:
        return
    for place, value in enumerate(data):
        if shape == TEXT:
            yield Prose((*path, place), key, value, spot.inside[place], spot)
        else:
            yield from _walk(value, spot.inside[place], shape, (*path, place), key)


def _lines(data: Any, spot: Spot, path: Place, key: str) -> Iterator[Prose]:
    """What the person says: one text, or variants with `says`. A list of plain texts is told by the model."""
    if not isinstance(data, list):
        yield Prose(path, key, data, spot)
        return
    if spot.inside is None:
        return
    for place, value in enumerate(data):
        inner = spot.inside[place]
        if isinstance(value, dict) and "says" in value and inner.inside is not None:
            yield Prose((*path, place, "says"), "says", value["says"], inner.inside["says"])
