"""The order of keys in a tidy scenario, and which values are speech: section 2 of the format as one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scenarios.layout import TEXT, Entry, Node


@dataclass(frozen=True)
class Shape:
    """What `tidy` knows of one place: the order of its keys, what is inside, whether it holds words.

    `words` stand on a line of their own, never in brackets; `numbers` are keys that go up; a `reply` is given
    an id.
    """

    keys: Mapping[str, Shape] = field(default_factory=dict)
    each: Shape | None = None
    words: bool = False
    numbers: bool = False
    reply: bool = False

    def of(self, entry: Entry) -> Shape:
        """What is known of one entry."""
        return self.keys.get(entry.name) or self.each or _OTHER

    def order(self, names: list[str]) -> list[int]:
        """The places of these keys in the order they should stand; unknown ones stay behind, as they are."""
        if self.numbers:
            return sorted(
                range(len(names)), key=lambda place: int(names[place]) if names[place].isdecimal() else -1
            )
        known = {name: rank for rank, name in enumerate(self.keys)}
        return sorted(range(len(names)), key=lambda place: known.get(names[place], len(known)))


def opens(node: Node, shape: Shape) -> bool:
    """Whether a value in brackets holds speech, which then gets lines of its own."""
    return node.flow and any(_speech(entry.value, shape.of(entry)) for entry in node.entries)


def _speech(node: Node, shape: Shape) -> bool:
    if node.kind == TEXT:
        return shape.words
    return any(_speech(entry.value, shape.of(entry)) for entry in node.entries)


def _keys(names: str, **inside: Shape) -> dict[str, Shape]:
    """Keys in order; a `*` behind one says that it holds words."""
    return {
        name.rstrip("*"): inside.get(name.rstrip("*"), _WORDS if name[-1] == "*" else _OTHER)
        for name in names.split()
    }


_OTHER = Shape()
_WORDS = Shape(words=True)
_LINES = Shape(each=_WORDS)
_CREDITS = Shape(each=Shape(_keys("role on changed")))
_SAID = Shape(each=Shape(_keys("when says*")), words=True)
_EFFECTS = "techniques tension trust safety set add reveals when person felt* why* instead* wordings to"
_REPLY = Shape(_keys(f"id say* do* {_EFFECTS}", person=_SAID, wordings=_LINES), reply=True)
_SILENCE = Shape(_keys(f"after do* {_EFFECTS}", person=_SAID, wordings=_LINES))
_REPLIES = Shape(each=_REPLY)
_PERSON = Shape(
    _keys(
        "cast matters* cues",
        cast=Shape(each=Shape(_keys("name pronouns about*"))),
        cues=Shape(each=_WORDS, numbers=True),
    )
)
SCENARIO = Shape(
    _keys(
        "format title* summary* role* setting* minutes language content_notes aims credits legal_note person"
        " facts openings whenever shared_replies moments endings walks",
        content_notes=_LINES,
        aims=_LINES,
        credits=Shape(
            _keys("written_by lived_experience_review", written_by=_CREDITS, lived_experience_review=_CREDITS)
        ),
        legal_note=Shape(_keys("text* checked")),
        person=_PERSON,
        facts=Shape(each=Shape(_keys("says* hidden start max"))),
        openings=Shape(each=Shape(_keys("moment tension trust safety weight set brief*"))),
        whenever=Shape(each=Shape(_keys("when to again"))),
        shared_replies=Shape(each=_REPLIES),
        moments=Shape(
            each=Shape(_keys("person replies also silence", person=_SAID, replies=_REPLIES, silence=_SILENCE))
        ),
        endings=Shape(each=Shape(_keys("outcome text* felt* questions", questions=_LINES))),
        walks=Shape(each=Shape(_keys("name opening replies ends then"))),
    )
)
"""A whole scenario file."""


def replies(root: Node, shape: Shape = SCENARIO) -> Iterator[Node]:
    """Every reply of a file, in file order."""
    for entry in root.entries:
        inner = shape.of(entry)
        if inner.reply:
            yield entry.value
        else:
            yield from replies(entry.value, inner)
