"""What can be written at a cursor: keys, names, techniques, placeholders, words of conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from scenarios.lsp.about import escaped, fact_line, first_line, moment_line, technique_card
from scenarios.lsp.context import Context, context
from scenarios.lsp.look import Look
from scenarios.lsp.meanings import GAUGES, KEYS, OUTCOMES, placeholder
from scenarios.lsp.positions import Edit, Positions, on_line
from scenarios.lsp.slots import ROLES, Slot, slot
from scenarios.speech import PLACEHOLDERS
from scenarios.unfold import NotOffered, begin, enter
from scenarios.view import View

Sort = Literal[
    "key", "moment", "ending", "opening", "fact", "list", "reply", "technique", "placeholder", "word"
]

_OPEN_PLACEHOLDER = re.compile(r"(?<!<)<([A-Za-z]*)$")
_NAME = re.compile(r"[\w-]*$")
_VARIABLE = re.compile(r"\w*$")
_REST = re.compile(r"[\w-]*")
_WORDS: Final = ("and", "or", "not", "true", "false")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be written: `edit` puts it there, `detail` says what it is in a few words."""

    label: str
    sort: Sort
    edit: Edit
    detail: str = ""
    about: str = ""
    rank: int = 0
    """Smaller comes first; the same rank by name."""


@dataclass(frozen=True, slots=True)
class _Choice:
    text: str
    sort: Sort
    detail: str = ""
    about: str = ""
    rank: int = 0
    after: str = ""


def complete(positions: Positions, known: Look, line: int, column: int) -> list[Item]:
    """What can be written at a cursor. `known` is the last look at which the file could be read."""
    place = context(positions.lines, line, column)
    if place is None:
        return []
    text = positions.lines[line - 1]
    head = text[: column - 1]
    here = slot(place.path)
    if here.words and not here.names:
        return _placeholders(text, head, line)
    pattern = _VARIABLE if here.names == "condition" else _NAME
    match = pattern.search(head)
    start = match.start() if match else len(head)
    lead = place.before[: len(place.before) - (len(head) - start)].strip().strip("\"'")
    if lead and here.names not in ("condition", "role"):
        return []
    rest = _REST.match(text, column - 1)
    end = rest.end() if rest else column - 1
    behind = text[end:].lstrip()
    space = " " if head.endswith(":") and place.same_line else ""
    edit = on_line(line, start + 1, end - start)
    choices = _choices(place, here, known)
    return [
        Item(one.text, one.sort, Edit(edit, space + one.text + after), one.detail, one.about, one.rank)
        for one in choices
        for after in ["" if behind.startswith(":") else one.after]
    ]


def _placeholders(text: str, head: str, line: int) -> list[Item]:
    found = _OPEN_PLACEHOLDER.search(head)
    if found is None:
        return []
    end = len(head)
    while end < len(text) and text[end].isascii() and text[end].isalpha():
        end += 1
    end += text[end : end + 1] == ">"
    span = on_line(line, found.start() + 1, end - found.start())
    return [
        Item(
            f"<{word}>", "placeholder", Edit(span, f"<{word}>"), placeholder(word), rank=word != word.lower()
        )
        for word in sorted(PLACEHOLDERS)
    ]


def _choices(place: Context, here: Slot, known: Look) -> list[_Choice]:
    if here.keys and not place.same_line:
        return list(_keys(here, place))
    if here.free and here.names == "fact" and not place.same_line:
        free = (one for one in _facts(known.view) if one.text not in place.siblings)
        return [_Choice(one.text, one.sort, one.detail, after=": ") for one in free]
    if here.free or here.listed or not here.names:
        return []
    if here.names == "reply":
        return list(_replies(known, place))
    maker = _MAKERS.get(here.names)
    if maker is not None:
        found = maker(known.view)
        return (
            [choice for choice in found if choice.text not in place.entries] if place.entries else list(found)
        )
    return list(_fixed(here))


def _keys(here: Slot, place: Context) -> Iterator[_Choice]:
    """The keys that are still free. `say` shuts out `do`."""
    other = {"say": "do", "do": "say"} if here.part == "Reply" else {}
    meanings = KEYS.get(here.part, {})
    for rank, key in enumerate(meanings):
        if key not in here.keys or key in place.siblings or other.get(key) in place.siblings:
            continue
        inner = slot((*place.path, key))
        nested = inner.keys or inner.free or (inner.listed and not inner.names)
        yield _Choice(key, "key", meanings[key], rank=rank, after=":" if nested else ": ")


def _moments(view: View) -> Iterator[_Choice]:
    for name, part in view.moments:
        yield _Choice(name, "moment", moment_line(part), rank=0)


def _endings(view: View) -> Iterator[_Choice]:
    for name, part in view.endings:
        outcome = part.get("outcome", str) or "no outcome yet"
        yield _Choice(name, "ending", f"ending, {outcome}", escaped(part.get("text", str) or ""), 1)


def _places(view: View) -> Iterator[_Choice]:
    yield from _moments(view)
    yield from _endings(view)


def _openings(view: View) -> Iterator[_Choice]:
    for name, part in view.openings:
        yield _Choice(name, "opening", f"begins at {part.get('moment', str) or 'no moment yet'}")


def _facts(view: View) -> Iterator[_Choice]:
    for name, part in view.root.parts("facts"):
        if isinstance(name, str):
            yield _Choice(name, "fact", fact_line(part))


def _hidden(view: View) -> Iterator[_Choice]:
    for name, part in view.root.parts("facts"):
        if isinstance(name, str) and part.data.get("hidden") is True:
            yield _Choice(name, "fact", fact_line(part))


def _lists(view: View) -> Iterator[_Choice]:
    for name, replies in view.shared.items():
        shown = "; ".join(
            first_line(reply.get("say", str) or reply.get("do", str) or "", 40) for reply in replies
        )
        yield _Choice(name, "list", shown)


def _techniques(view: View) -> Iterator[_Choice]:
    for name, technique in view.vocabulary.techniques.items():
        about = technique_card(name, technique, neighbour=False)
        yield _Choice(name, "technique", technique.words, about, rank=not technique.helps)


def _conditions(view: View) -> Iterator[_Choice]:
    yield from _facts(view)
    for name, meaning in GAUGES.items():
        yield _Choice(name, "word", meaning, rank=1)
    for word in _WORDS:
        yield _Choice(word, "word", rank=2)


_MAKERS: Final[dict[str, Callable[[View], Iterator[_Choice]]]] = {
    "place": _places,
    "moment": _moments,
    "ending": _endings,
    "opening": _openings,
    "fact": _facts,
    "hidden": _hidden,
    "list": _lists,
    "technique": _techniques,
    "condition": _conditions,
}


def _fixed(here: Slot) -> Iterator[_Choice]:
    names = ROLES if here.names == "role" else here.choices
    for rank, name in enumerate(names):
        yield _Choice(name, "word", OUTCOMES.get(name, ""), rank=rank)


def _replies(known: Look, place: Context) -> Iterator[_Choice]:
    """Replies for a walk: first what is offered once those before it were played, then every other."""
    offered = _offered(known, place)
    texts: dict[str, str] = {"silence": "Waiting, where a moment has a silence."}
    for reply in known.view.replies:
        if reply.id:
            texts.setdefault(reply.id, first_line(reply.get("say", str) or reply.get("do", str) or ""))
    for name, text in texts.items():
        now = name in offered
        told = f"{'offered here' if now else 'not offered here'}: {text}" if offered else text
        yield _Choice(name, "reply", told, rank=not now)


def _offered(known: Look, place: Context) -> frozenset[str]:
    loaded = known.reading.loaded
    if loaded is None or not place.flow:
        return frozenset()
    opening = place.siblings.get("opening", "").strip("\"'")
    if opening not in loaded.scene.openings:
        opening = next(iter(loaded.scene.openings))
    play = begin(loaded.scene, 0, opening, 0)
    try:
        for entry in place.entries:
            enter(play, entry)
    except NotOffered:
        return frozenset()
    return frozenset(offer.id for offer in play.offered)
