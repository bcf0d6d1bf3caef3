"""A group picture as headed tables of words: what the terminal and the page both show. Never an order of people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from facilitator.cohort import By, Look, Rated, Scene, Spread, Sure
from facilitator.cohort_group import Quarter
from facilitator.cohort_words import Words
from facilitator.rows import EVERYBODY, CohortFilter
from scenarios.drawing_text import listed
from scoring.claims import CLAIM
from scoring.rubric import our_rubric
from scoring.rubric_model import DIMENSIONS

WITHHELD: Final = "withheld"
OTHERS: Final = "others"
INSET: Final = "\u2003"
"""Begins the name of a row that belongs to the one before."""
RULE: Final = (
    "Nothing here rests on fewer than five people, nor does the difference between any two settings of the filters: "
    "what would is withheld, sometimes with its neighbour. People are told to the nearest five, shares to the nearest "
    "five or ten per cent."
)
ONCE: Final = (
    "Each person counts once, with the first play of the scene that they shared, and its first take."
)
SCENE_WITHHELD: Final = (
    "This picture is withheld: it, or what it leaves of a wider one, would rest on fewer than five people "
    "or on nobody. Leave out a filter, or look at how it is spelled."
)
NO_SCENES: Final = (
    "There is no scene that five people or more have shared with you. Of fewer, nothing is said."
)
SURE_IS_NOT_SKILL: Final = (
    "A feeling, 0 to 10, of those who gave it before and after. Not a measure of skill."
)

Column = tuple[str, "Look | None"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its name, and a text a column. `bars` are shares to draw, None where there is none."""

    name: str
    cells: tuple[str, ...]
    bars: tuple[int | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A headed table; `head` names the rows, then the columns."""

    key: str
    title: str
    note: str
    head: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A whole picture in words."""

    title: str
    lead: tuple[str, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]


def scene_view(scene: Scene, which: CohortFilter, by: By | None, words: Words) -> View:
    """One scene through a filter, with a column for each value of `by`."""
    whole = scene.look(which)
    title = words.title(scene.scenario)
    if whole is None:
        return View(title, (SCENE_WITHHELD,), (), (RULE,))
    columns: list[Column] = [("Share", whole)] if by is None else _columns(scene, which, by, words)
    tables = [make(columns, words, by is None) for make in _TABLES]
    lead = [f"About {whole.people} people{_narrowed(which, words)}. {ONCE}"]
    counted = [f"{name} (about {look.people})" for name, look in columns if look is not None]
    if by is not None and counted:
        lead.append(f"Side by side: {listed(counted)}.")
    left_out = [name for name, look in columns if look is None]
    if left_out:
        lead.append(f"Withheld, for too few people in it or beside it: {listed(left_out)}.")
    return View(title, tuple(lead), tuple(table for table in tables if table.lines), (RULE,))


def group_view(
    scenes: Mapping[str, Scene], quarters: Sequence[Quarter], group: str | None, words: Mapping[str, Words]
) -> View:
    """All scenes, and a group over time."""
    tables = []
    lines = []
    for name, scene in scenes.items():
        if scene.place(EVERYBODY) is None:
            continue  # a scene of too few stands here no more than one of nobody
        look = scene.place(CohortFilter(group=group))
        people = WITHHELD if look is None else f"about {_people(scene, look)}"
        lines.append(Line(words[name].title(name), (people,)))
    tables.append(
        Table(
            "scenes",
            "Scenes",
            "`cohort --scenario` shows one. A person may have played several.",
            ("Scene", "People"),
            tuple(lines),
        )
    )
    said = [quarter for quarter in quarters if quarter.ratings]
    if said:
        tables.append(_dimensions([(each.quarter, each.ratings) for each in said]))
    sure = [quarter for quarter in quarters if quarter.sure is not None]
    if sure:
        tables.append(_confidence([(each.quarter, each.sure) for each in sure]))
    if not lines:
        return View("A group over time", (NO_SCENES,), (), (RULE,))
    who = "everybody who shared" if group is None else f"the group {group}" if group else "people in no group"
    return View(f"A group over time: {who}", (ONCE,), tuple(tables), (RULE,))


def _people(scene: Scene, place: tuple[int, ...]) -> int:
    from facilitator.cohort_rule import nearest

    return nearest(int(scene.people[place]))


def _columns(scene: Scene, which: CohortFilter, by: By, words: Words) -> list[Column]:
    found: list[Column] = []
    for value in scene.values[by]:
        chosen = getattr(which, by)
        if chosen not in (None, value):
            continue
        name = words.cast(int(value)) if by == "cast" else str(value) or "in no group"
        found.append((name, scene.look(narrowed(which, by, value))))
    return found


def narrowed(which: CohortFilter, by: By, value: str | int) -> CohortFilter:
    """The same filter, set to one value of one thing."""
    changes: dict[str, Any] = {by: value}
    return replace(which, **changes)


def _narrowed(which: CohortFilter, words: Words) -> str:
    said = []
    if which.opening is not None:
        said.append(f"from the opening {which.opening}")
    if which.cast is not None:
        said.append(f"with {words.cast(which.cast)}")
    if which.group is not None:
        said.append(f"of the group {which.group}" if which.group else "in no group")
    if which.quarter is not None:
        said.append(f"in {which.quarter}")
    return f" {', '.join(said)}" if said else ""


# Tables


def _line(name: str, spreads: Sequence[Spread | None], answer: str) -> Line:
    cells: list[str] = []
    bars: list[int | None] = []
    for spread in spreads:
        if spread is None or answer not in spread.shares:
            # an answer nobody here was counted with may still be somebody's that is withheld
            cells.append("nobody" if spread is not None and not spread.rest else WITHHELD)
            bars.append(None)
            continue
        value = spread.shares[answer]
        cells.append(share_words(value))
        bars.append(value)
    return Line(name, tuple(cells), tuple(bars))


def share_words(value: int | None) -> str:
    """A share as it is read."""
    if value is None:
        return "a few in a hundred"
    return {0: "nobody", 100: "everybody"}.get(value, f"{value}%")


def _endings(columns: Sequence[Column], words: Words, _: bool) -> Table:
    spreads = [look.endings if look else None for _, look in columns]
    names = _answers(spreads)
    lines = [_line(words.ending(name), spreads, name) for name in words.in_order("endings", names)]
    lines += _others(spreads)
    return Table("endings", "How it ended", "", ("Ending", *_heads(columns)), _said(lines))


def _reached(columns: Sequence[Column], words: Words, alone: bool) -> Table:
    spreads = [look.reached if look else None for _, look in columns]
    lines = [_line("anywhere in the first take", spreads, "yes")] if any(spreads) else []
    names = {moment for _, look in columns if look for moment in look.reaches}
    for moment in words.in_order("moments", sorted(names)):
        cells, bars = [], []
        for _, look in columns:
            at = look.reaches.get(moment) if look else None
            bars.append(at.share if at else None)
            cells.append(
                f"{share_words(at.share)} of about {at.of}, at a tension of {at.tension:.0f}"
                if at
                else WITHHELD
            )
        lines.append(Line(f"at {words.moment(moment)}", tuple(cells), tuple(bars)))
        if alone:
            lines += _next(columns[0][1], moment, words)
    return Table(
        "hands",
        "Where people reached for hands-on, and what they tried next",
        "It is not available in any scene. The share is of those who came to the moment.",
        ("Where", *_heads(columns)),
        _said(lines),
    )


def _next(look: Look | None, moment: str, words: Words) -> list[Line]:
    if look is None:
        return []
    spread = look.reaches[moment].next
    tried = [name for name, value in spread.shares.items() if value != 0]
    lines = [
        _line(f"{INSET}then: {words.reply(moment, name)}", [spread], name)
        for name in words.replies_in_order(moment, tried)
    ]
    return lines + _others([spread], f"{INSET}then: ")


def _peaks(columns: Sequence[Column], words: Words, _: bool) -> Table:
    spreads = [look.peaks if look else None for _, look in columns]
    lines = [
        _line(f"after a reply at {words.moment(name)}", spreads, name)
        for name in words.in_order("moments", _answers(spreads))
    ]
    lines += _others(spreads)
    return Table("peaks", "Where tension was at its highest", "", ("Where", *_heads(columns)), _said(lines))


def _facts(columns: Sequence[Column], words: Words, _: bool) -> Table:
    names = {fact for _, look in columns if look for fact in look.facts}
    lines = []
    for fact in words.in_order("facts", sorted(names)):
        spreads = [look.facts.get(fact) if look else None for _, look in columns]
        lines.append(_line(words.fact(fact), spreads, "found"))
    return Table(
        "facts",
        "What came to light",
        "\u201cNobody\u201d is what was never discovered.",
        ("What", *_heads(columns)),
        tuple(lines),
    )


def _replies(columns: Sequence[Column], words: Words, _: bool) -> Table:
    names = {moment for _, look in columns if look for moment in look.moments}
    lines = []
    for moment in words.in_order("moments", sorted(names)):
        spreads = [look.moments.get(moment) if look else None for _, look in columns]
        of = [f"about {spread.of} came" if spread else WITHHELD for spread in spreads]
        lines.append(Line(words.moment(moment), tuple(of)))
        for name in words.replies_in_order(moment, _answers(spreads)):
            lines.append(_line(f"{INSET}{words.reply(moment, name)}", spreads, name))
        lines += _others(spreads, INSET)
    return Table(
        "replies",
        "What people answered when they first came to a moment",
        "The share is of those who came. It is what stands on the map's arrows.",
        ("Moment and reply", *_heads(columns)),
        tuple(lines),
    )


def _rated(columns: Sequence[Column], words: Words, _: bool) -> Table:
    return _dimensions([(name, look.ratings if look else {}) for name, look in columns])


def _sure(columns: Sequence[Column], words: Words, _: bool) -> Table:
    return _confidence([(name, look.sure if look else None) for name, look in columns])


def _dimensions(columns: Sequence[tuple[str, Mapping[str, Rated]]]) -> Table:
    about = our_rubric().file.dimensions
    lines = []
    for name in DIMENSIONS:
        rated = [ratings.get(name) for _, ratings in columns]
        if any(rated):
            cells = [
                f"{each.mean:.1f} from about {each.opportunities} opportunities" if each else WITHHELD
                for each in rated
            ]
            lines.append(Line(about[name].name, tuple(cells)))
    note = f"The mean of what was suggested, 1 to 5. {CLAIM}"
    return Table(
        "dimensions", "Dimensions", note, ("Dimension", *(_plain(name) for name, _ in columns)), tuple(lines)
    )


def _confidence(columns: Sequence[tuple[str, Sure | None]]) -> Table:
    lines = []
    if any(sure for _, sure in columns):
        for name, pick in (("before", _before), ("after", _after)):
            cells = [
                f"{pick(sure):.1f} (about {sure.people} people)" if sure else WITHHELD for _, sure in columns
            ]
            lines.append(Line(name, tuple(cells)))
    heads = ("When", *(_plain(name) for name, _ in columns))
    return Table("confidence", "How sure people felt", SURE_IS_NOT_SKILL, heads, tuple(lines))


def _before(sure: Sure) -> float:
    return sure.before


def _after(sure: Sure) -> float:
    return sure.after


def _plain(name: str) -> str:
    return "All" if name == "Share" else name


def _heads(columns: Sequence[Column]) -> list[str]:
    return [name for name, _ in columns]


def _answers(spreads: Sequence[Spread | None]) -> list[str]:
    return sorted({name for spread in spreads if spread for name in spread.shares})


def _others(spreads: Sequence[Spread | None], before: str = "") -> list[Line]:
    """A row that says that there are others who are not told of, where there are."""
    if not any(spread and spread.rest for spread in spreads):
        return []
    cells = ["" if spread is not None and not spread.rest else WITHHELD for spread in spreads]
    return [Line(f"{before}{OTHERS}", tuple(cells))]


def _said(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Without the rows that say nothing but nobody or withheld in every column; that there are others stays."""
    silent = ("nobody", WITHHELD)
    return tuple(
        line for line in lines if line.name.endswith(OTHERS) or any(cell not in silent for cell in line.cells)
    )


_TABLES: Final[tuple[Callable[[Sequence[Column], Words, bool], Table], ...]] = (
    _endings,
    _reached,
    _peaks,
    _facts,
    _replies,
    _rated,
    _sure,
)
