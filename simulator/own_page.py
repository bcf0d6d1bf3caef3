"""A trainee's own page: what they practised, kept and tried, their ratings, and what to practise next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from scenarios.load import Loaded, ScenarioError, load
from scenarios.shelf import Entry
from scoring.claims import CLAIM
from scoring.rating import FEWEST
from scoring.rubric import Rubric, our_rubric
from scoring.rubric_model import DIMENSIONS
from simulator.debrief import OUTCOMES
from simulator.kept import OwnRow, SessionRow, moment
from simulator.shown_own import (
    OwnConfidence,
    OwnLine,
    OwnPage,
    OwnRating,
    OwnSource,
    Practised,
    Suggestion,
)
from simulator.text import clean

_UNSEEN: Final = ("stepped-out", "damaged")
NOTHING: Final = OwnPage((), (), (), (), None, CLAIM)


def own_page(rows: Sequence[SessionRow], own: Mapping[str, OwnRow], shelf: Sequence[Entry]) -> OwnPage:
    """The page of whom these sessions belong to; `rows` latest first, `shelf` what there is to practise.

    What a session was rated stays out of it until its trainee has had their own say there.
    """
    there = [(row, own[row.session]) for row in rows if row.session in own and row.state not in _UNSEEN]
    ended = [(row, mine) for row, mine in there if row.state == "ended" or mine.picture is not None]
    told = [(row, mine) for row, mine in ended if mine.told]
    rubric = our_rubric()
    ratings = tuple(_rating(rubric, name, told) for name in DIMENSIONS)
    return OwnPage(
        practised=tuple(_practised(row, mine) for row, mine in ended),
        lines=tuple(sorted(_lines(there), key=lambda line: line.said, reverse=True)),
        ratings=ratings,
        confidence=tuple(_confidence(told)),
        next=_next(rubric, ratings, ended, shelf) if told else None,
        claim=CLAIM,
    )


def _practised(row: SessionRow, mine: OwnRow) -> Practised:
    return Practised(
        session=row.session,
        title=row.title,
        scenario=row.scenario,
        started=row.started,
        outcome=OUTCOMES.get(row.outcome or "") if mine.told else None,
        keep=row.keep,
        waiting=not mine.told,
    )


def _lines(there: Iterable[tuple[SessionRow, OwnRow]]) -> Iterator[OwnLine]:
    for row, mine in there:
        if mine.kept is not None and mine.kept[1].text:
            at_ms, kept = mine.kept
            yield OwnLine(row.session, row.title, moment(at_ms), False, clean(kept.text or ""), None)
        if mine.tries is not None and mine.tries[1].text:
            at_ms, tries = mine.tries
            when = clean(tries.when) if tries.when else None
            yield OwnLine(row.session, row.title, moment(at_ms), True, clean(tries.text or ""), when)


def _confidence(told: Iterable[tuple[SessionRow, OwnRow]]) -> Iterator[OwnConfidence]:
    for row, mine in told:
        said = (mine.picture or {}).get("confidence", {})
        before, after = said.get("before"), said.get("after")
        if before is not None or after is not None:
            yield OwnConfidence(row.session, row.title, row.started, before, after)


def _rating(rubric: Rubric, name: str, told: Iterable[tuple[SessionRow, OwnRow]]) -> OwnRating:
    sources = tuple(source for row, mine in told if (source := _source(name, row, mine)) is not None)
    rated = [(source.value, len(source.turns)) for source in sources if source.value is not None]
    turns = sum(count for _, count in rated)
    return OwnRating(
        dimension=name,
        name=clean(rubric.file.dimensions[name].name),
        value=sum(value * count for value, count in rated) / turns if turns else None,
        opportunities=sum(len(source.turns) for source in sources),
        sources=sources,
    )


def _source(name: str, row: SessionRow, mine: OwnRow) -> OwnSource | None:
    """A session's part in a dimension; None where it gave no turn to show it."""
    seen = mine.picture or {}
    turns = tuple(seen.get("evidence", {}).get(name, ()))
    value = next(iter(seen.get("ratings", {}).get(name, ())), None)
    return OwnSource(row.session, row.title, row.started, value, turns) if turns else None


# what to practise next


def _next(
    rubric: Rubric,
    ratings: Sequence[OwnRating],
    ended: Sequence[tuple[SessionRow, OwnRow]],
    shelf: Sequence[Entry],
) -> Suggestion | None:
    """A scene with room for what has been seen least, the one played longest ago; None where there is none."""
    last = {row.scenario: row for row, _ in reversed(ended)}
    longest_ago = sorted(shelf, key=lambda entry: last[entry.id].started_ms if entry.id in last else 0)
    rooms: dict[str, Mapping[str, int]] = {}
    for rating in sorted(ratings, key=_weakest):
        for entry in longest_ago:
            if entry.id not in rooms:
                rooms[entry.id] = _room(rubric, entry)
            if rooms[entry.id].get(rating.dimension, 0) >= FEWEST:
                return Suggestion(entry.id, clean(entry.title), _why(rating, last.get(entry.id)))
    return None


def _weakest(rating: OwnRating) -> tuple[int, float]:
    """Fewest turns first; of equals, what was seen longest ago."""
    latest = max((source.started.timestamp() for source in rating.sources), default=0.0)
    return rating.opportunities, latest


def _why(rating: OwnRating, last: SessionRow | None) -> str:
    seen = rating.opportunities
    turns = "no turn" if not seen else "1 turn" if seen == 1 else f"{seen} turns"
    room = f"{rating.name} has been seen least so far, at {turns}, and this scene gives room for it."
    if last is None:
        return f"{room} You have not played it yet."
    day = last.started.astimezone()
    return f"{room} You last played it on {day.day} {day:%B %Y}."


def _room(rubric: Rubric, entry: Entry) -> Mapping[str, int]:
    """At how many moments of a scene its replies differ on each dimension; nothing where it cannot be read."""
    try:
        loaded = load(entry.path)
    except (ScenarioError, OSError):
        return {}
    return rooms_of(rubric, loaded)


def rooms_of(rubric: Rubric, loaded: Loaded) -> dict[str, int]:
    """The same of a scene that has been read."""
    counts = dict.fromkeys(DIMENSIONS, 0)
    left_out = rubric.leaves_out(loaded.scenario.role)
    for place in loaded.scene.places.values():
        offered = tuple(option.source.techniques for option in place.options)
        if not offered:
            continue
        for name, (best, worst) in zip(DIMENSIONS, rubric.spread(offered), strict=True):
            counts[name] += best != worst and name not in left_out
    return counts
