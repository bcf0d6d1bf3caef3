"""The order in which a session is looked back on, what each part is called, and which page shows it. No screen here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, get_args

from simulator.told import Part

if TYPE_CHECKING:
    from textual.screen import Screen

    from simulator.session import Session

PARTS: Final[tuple[Part, ...]] = get_args(Part)
REVEALED: Final[Part] = "felt"
NAMES: Final[Mapping[Part, str]] = MappingProxyType(
    {
        "word": "a breath, a word",
        "account": "what happened",
        "self-rating": "how you see it",
        "felt": "out of role",
        "timeline": "turn by turn",
        "moments": "two moments",
        "side": "the person's side",
        "feedback": "what stood out",
        "fork": "another way",
        "keep": "keep and try",
    }
)


def whereabouts(part: Part) -> str:
    """`3 of 10, how you see it`."""
    return f"{PARTS.index(part) + 1} of {len(PARTS)}, {NAMES[part]}"


def following(part: Part) -> Part | None:
    """The part after this one; None after the last."""
    place = PARTS.index(part) + 1
    return PARTS[place] if place < len(PARTS) else None


def before(part: Part) -> Part | None:
    """The part before this one; None where there is none, or where it was closed when the debrief opened."""
    place = PARTS.index(part)
    return PARTS[place - 1] if place > PARTS.index(REVEALED) else None


def page(part: Part, session: Session) -> Screen[Any]:
    """The page of a part. Each is imported when it is shown."""
    match part:
        case "word":
            from simulator.tui.screens.word import WordPage

            return WordPage(session)
        case "account":
            from simulator.tui.screens.account import AccountPage

            return AccountPage(session)
        case "self-rating":
            from simulator.tui.screens.rate import RatePage

            return RatePage(session)
        case _:
            return _revealed(part, session)


def _revealed(part: Part, session: Session) -> Screen[Any]:
    match part:
        case "timeline":
            from simulator.tui.screens.timeline import TimelinePage

            return TimelinePage(session)
        case "moments":
            from simulator.tui.screens.moments import MomentsPage

            return MomentsPage(session)
        case "side":
            from simulator.tui.screens.side import SidePage

            return SidePage(session)
        case "feedback":
            from simulator.tui.screens.feedback import FeedbackPage

            return FeedbackPage(session)
        case "fork":
            from simulator.tui.screens.fork import ForkPage

            return ForkPage(session)
        case "keep":
            from simulator.tui.screens.keep import KeepPage

            return KeepPage(session)
        case _:
            from simulator.tui.screens.felt import FeltPage

            return FeltPage(session)
