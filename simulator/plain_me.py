"""Plain mode, the trainee's own page: what they practised, kept and tried, and where every number comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from simulator.debrief_ratings import number
from simulator.plain_lines import turns_named
from simulator.plain_talk import Talk, counted
from simulator.shown_review import review_lines

if TYPE_CHECKING:
    from simulator.practice import Practice
    from simulator.sharing import Looked
    from simulator.shown_own import OwnPage, OwnRating, Practised

HELP: Final = (
    "Type the sign of a rating, such as C3, to hear the sessions and the turns that it came from.",
    "Press Enter to go back to the scenarios.",
)
NO_OTHERS: Final[Mapping[str, Sequence[str]]] = MappingProxyType({})
KEPT_FOR: Final = {"mine": "kept for you alone", "shared": "shared with your facilitator"}
ALONE: Final = "This page is yours alone. A facilitator reads what you shared, and nothing of this page."
NOTHING_YET: Final = (
    "There is nothing here yet. Once you have practised, this page has what you kept and tried."
)
NO_SKILL: Final = "How sure you felt is there to look back on. It is no measure of skill."


def own_page(talk: Talk, practice: Practice) -> None:
    """Say it, and open what the trainee asks for. Raises EndOfInput and Leave."""
    page = practice.own_page()
    by_others = {
        each.session: [
            *looked_lines(practice.lookers(each.session)),
            *review_lines(practice.said_to(each.session)),
        ]
        for each in page.practised
        if each.keep == "shared"
    }
    lines = page_lines(page, by_others)
    talk.gap()
    talk.say(*lines)
    while True:
        typed = talk.ask("Enter goes back. Or type the sign of a rating, or help.", about=HELP, again=lines)
        if typed == "":
            return
        rating = next((each for each in page.ratings if each.dimension == typed.upper()), None)
        if rating is None:
            talk.fits_nothing(typed)
        else:
            talk.say(*opened_lines(rating))


def looked_lines(looked: Sequence[Looked]) -> list[str]:
    """Who has looked at a session, and when."""
    if not looked:
        return ["Nobody has looked at it yet."]
    return [f"{each.who} {each.act} it, {_day(each.when)}." for each in looked]


def page_lines(page: OwnPage, by_others: Mapping[str, Sequence[str]] = NO_OTHERS) -> list[str]:
    """The page as lines to hear one after the other; `by_others` is what to add to a session."""
    if not page.practised and not page.lines:
        return [NOTHING_YET, ALONE]
    lines = [ALONE, f"You have practised {counted(len(page.practised), 'time')}, the latest first."]
    for each in page.practised:
        lines += [_practised(each), *by_others.get(each.session, ())]
    for line in page.lines:
        what = "To try" if line.tries else "To keep"
        when = f" When: {line.when}." if line.when else ""
        lines.append(f"{what}, said on {_day(line.said)} after {line.title}: {line.text}{when}")
    lines += _rated(page)
    for sure in page.confidence:
        said = [(sure.before, "before"), (sure.after, "after")]
        points = ", ".join(f"{value} {when}" for value, when in said if value is not None)
        lines.append(f"How sure you felt, {_day(sure.started)}, {sure.title}: {points}, of 10.")
    lines += [NO_SKILL] if page.confidence else []
    if page.next is not None:
        lines.append(f"To practise next, you could take {page.next.title}. {page.next.why}")
    return lines


def _practised(each: Practised) -> str:
    came = f"{each.outcome}. " if each.outcome else ""
    waits = " It waits to be looked back on." if each.waiting else ""
    return f"{_day(each.started)}, {each.title}. {came}It is {KEPT_FOR.get(each.keep, 'kept')}.{waits}"


def _rated(page: OwnPage) -> list[str]:
    """The ratings that turns speak for; the claim stands with them."""
    seen = [rating for rating in page.ratings if rating.opportunities]
    return [page.claim, *(_rating(rating) for rating in seen)] if seen else []


def _rating(rating: OwnRating) -> str:
    turns = counted(rating.opportunities, "turn")
    if rating.value is None:
        return f"{rating.dimension}, {rating.name}: not enough seen, {turns} so far."
    return f"{rating.dimension}, {rating.name}: {number(rating.value)} of 5, suggested from {turns}."


def opened_lines(rating: OwnRating) -> list[str]:
    """A rating with every session and turn it came from, and how to open them."""
    lines = [_rating(rating) if rating.sources else f"{rating.dimension}, {rating.name}: no turn so far."]
    for source in rating.sources:
        value = "not enough seen" if source.value is None else f"{number(source.value)} of 5"
        lines.append(
            f"{_day(source.started)}, {source.title}: {value}, from {turns_named(source.turns)}. "
            f"To open it: words-first play --plain --resume {source.session}"
        )
    return lines


def _day(then: datetime) -> str:
    local = then.astimezone()
    return f"{local.day} {local:%B %Y}"
