"""Text that is not ours on its way to the screen: cleaned, never markup; and phrases several screens use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from textual.content import Content

from scenarios.speech import parts
from simulator.text import clean

SEEN: Final = "italic $quiet"
NOT_REVIEWED: Final = "not yet reviewed by people with lived experience"
KEEPS: Final = {
    "none": ("nothing", "Nothing is kept. When you leave, it is gone."),
    "mine": ("for me", "Kept for you. Only you can see it."),
    "shared": (
        "shared with my facilitator",
        "Your facilitator can read it, with the turns you took again and any reach for hands-on.",
    ),
}


def plain(text: str, style: str = "") -> Content:
    """Any text as it is, letter for letter: no markup, no control characters. The one way to a widget."""
    return Content.styled(clean(text), style)


def said(text: str) -> str:
    """The same for a notice, which takes no Content: pass `markup=False` with it."""
    return clean(text)


def seen(text: str) -> Content:
    """What is seen rather than heard: italic, quiet, and in round brackets, as in a play script."""
    words = clean(text).strip()
    if words.startswith("(") and words.endswith(")") and "(" not in words[1:]:
        words = words[1:-1].strip()
    return Content.styled(f"({words})", SEEN) if words else Content("")


def spoken(text: str) -> Content:
    """Speech with its stage directions set apart."""
    pieces = [seen(piece) if is_seen else plain(piece) for is_seen, piece in parts(clean(text))]
    return Content(" ").join(pieces)


def joined(*pieces: Content) -> Content:
    """Pieces one after another."""
    return Content.assemble(*pieces)


def paragraphs(pieces: Iterable[Content]) -> Content:
    """Pieces with a blank line between, empty ones left out."""
    return Content("\n\n").join([piece for piece in pieces if piece.plain.strip()])


def stacked(pieces: Iterable[Content]) -> Content:
    """Pieces on a line each."""
    return Content("\n").join(list(pieces))


def either(names: Iterable[str]) -> str:
    """`Marcus`, `Marcus or Joanne`, `Marcus, Joanne or Sam`."""
    known = list(names)
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} or {known[-1]}"


def ago(then: datetime, now: datetime) -> str:
    """How long ago, by the calendar of this place: `today`, `yesterday`, `3 days ago`, `on 4 May 2026`."""
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    day, today = then.astimezone().date(), now.astimezone().date()
    days = (today - day).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} days ago" if days < 28 else f"on {day.day} {day:%B %Y}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 minute`, `3 minutes`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
