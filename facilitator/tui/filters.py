"""Which sessions the table shows: each way of narrowing it, what it can be, and how that reads. No screen here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from facilitator.rows import Filter
from facilitator.tui.wording import OUTCOMES, REVIEWS, STATES, day
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from facilitator.room import Room
    from facilitator.tui.pick import Found

ANY: Final = "any"
NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "scenario": "scenario",
        "trainee": "trainee",
        "since": "from",
        "until": "until",
        "outcome": "how it ended",
        "state": "how it stands",
        "review": "review",
        "contested": "contested",
        "second": "second view",
        "group": "group",
        "words": "words",
    }
)
_YES_NO: Final = (("yes", "yes"), ("no", "no"))
_TRUE: Final[Mapping[str, bool]] = MappingProxyType({"yes": True, "no": False})
_DAY: Final = timedelta(days=1)
_BACK: Final = (
    (0, "today"),
    (7, "the last 7 days"),
    (30, "the last 30 days"),
    (91, "the last 3 months"),
    (365, "the last year"),
)


def said(which: Filter, name: str) -> str:
    """What one way of narrowing stands at, in words."""
    value: Any = getattr(which, name)
    if value is None or value == "":
        return ANY
    match name:
        case "since":
            return f"{day(value)} on"
        case "until":
            return day(value - _DAY)
        case "outcome":
            return OUTCOMES.get(value, value)
        case "state":
            return STATES.get(value, value)
        case "review":
            return REVIEWS[value][1]
        case "contested":
            return "contested by the trainee" if value else "not contested"
        case "second":
            return "waited for" if value else "not waited for"
        case "trainee":
            return f"{value}…"
        case "words":
            return f"“{value}”"
    return str(value)


def told(which: Filter) -> str:
    """Everything that narrows the table, in one line; "" where nothing does."""
    parts = [f"{NAMES[name]}: {said(which, name)}" for name in NAMES if said(which, name) != ANY]
    return " · ".join(parts)


def finder(room: Room, name: str, today: datetime) -> Callable[[str], Found]:
    """What can be chosen for one way of narrowing, by the letters typed."""
    match name:
        case "trainee":
            return lambda typed: _with_any([(each, each) for each in room.choices(typed)], typed)
        case "since" | "until":
            return lambda typed: _days(typed, today, name)
        case "scenario":
            return lambda typed: _fitting([(each, each) for each in room.scenarios()], typed)
        case "group":
            return lambda typed: _fitting([(each, each) for each in room.groups()], typed)
        case "outcome":
            return lambda typed: _fitting(list(OUTCOMES.items()), typed)
        case "state":
            return lambda typed: _fitting(list(STATES.items()), typed)
        case "review":
            return lambda typed: _fitting([(key, words[1]) for key, words in REVIEWS.items()], typed)
    return lambda typed: _fitting(list(_YES_NO), typed)


def changed(which: Filter, name: str, chosen: str) -> Filter:
    """The filter with one way of narrowing set to what was chosen, "" for any. Raises SimulatorError."""
    value: Any = chosen or None
    if name in ("contested", "second"):
        value = _TRUE.get(chosen)
    elif name in ("since", "until") and chosen:
        value = date(chosen)
        if name == "until":
            value += _DAY
    elif name == "words":
        value = chosen
    return replace(which, **{name: value})


def date(text: str) -> datetime:
    """Midnight, by the clock of this place, at the beginning of a day such as 2026-11-03."""
    try:
        found = datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise SimulatorError("That is no day of the calendar.", "Write it like 2026-11-03.") from None
    return datetime.combine(found, time.min).astimezone().astimezone(UTC)


def _with_any(found: list[tuple[str, str]], typed: str) -> Found:
    return found if typed.strip() else [("", ANY), *found]


def _fitting(found: list[tuple[str, str]], typed: str) -> Found:
    asked = typed.strip().casefold()
    return _with_any(
        [each for each in found if asked in each[1].casefold() or asked in each[0].casefold()], typed
    )


def _days(typed: str, today: datetime, name: str) -> Found:
    if typed.strip():
        try:
            date(typed)
        except SimulatorError:
            return []
        return [(typed.strip(), typed.strip())]
    here = today.astimezone().date()
    if name == "until":
        some = [(here, "today"), (here - _DAY, "yesterday")]
    else:
        some = [(here - timedelta(days=back), words) for back, words in _BACK]
    return [("", ANY), *((f"{each:%Y-%m-%d}", words) for each, words in some)]
