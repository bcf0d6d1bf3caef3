"""What looking back says of a turn, as blocks: who said what, how that was, why, and what it shows. No screen here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from textual.content import Content

from simulator.tui.words import joined, plain, seen, spoken

if TYPE_CHECKING:
    from simulator.shown_debrief import Debrief, DebriefTurn, TagShown, TimelinePoint

REACHED: Final = "You reached for hands-on here. It was not available, and the scene waited."
Line = tuple[str, Content]


def lines(told: Sequence[Line]) -> Content:
    """Named lines, one under the other; those with nothing in them are left out."""
    rows = [joined(plain(f"{name}: ", "$quiet"), words) for name, words in told if words.plain.strip()]
    return Content("\n").join(rows)


def yours(kind: str, text: str) -> Content:
    """What the trainee said, or did."""
    return (spoken(text) if kind == "say" else seen(text)).stylize("$you")


def exchange(turn: DebriefTurn, person: str) -> list[Line]:
    """What was said and done at a turn, in the order it happened."""
    told = [(person, spoken(turn.said))]
    if turn.reaches:
        told.append(("Hands-on", plain(REACHED)))
    told.append(("You", yours(turn.kind, turn.reply_text)))
    if turn.reaction:
        told.append((person, spoken(turn.reaction)))
    return told


def judged(turn: DebriefTurn, person: str) -> Iterator[Line]:
    """How it was for the person, why it may have gone so, and what else could have been said."""
    if turn.felt:
        yield f"How that felt to {person}", spoken(turn.felt)
    if turn.why:
        yield "Why it may have gone so", plain(turn.why)
    if turn.instead:
        yield "What could have been said", plain(turn.instead)


def gauges(point: TimelinePoint, before: TimelinePoint | None, wide: bool = False) -> str:
    """Three figures of 0..10 with how each moved; `wide`: in columns."""
    now = (("tension", point.tension), ("trust", point.trust), ("felt safety", point.safety))
    then = (None,) * 3 if before is None else (before.tension, before.trust, before.safety)
    told = []
    for (name, value), was in zip(now, then, strict=True):
        by = 0 if was is None else value - was
        moved = f", {'up' if by > 0 else 'down'} {abs(by)}" if by else ""
        told.append(f"{name} {value}{moved}")
    return "".join(f"{each:<21}" for each in told).rstrip() if wide else "; ".join(told)


def tag(shown: TagShown) -> Content:
    """A technique in words, whether it helps, and what the trainee said against it."""
    does = "usually helps" if shown.helps else "can harm"
    told = joined(plain(shown.words), plain(f"  {shown.name}, which {does}", "$quiet"))
    if shown.contest:
        told = joined(told, plain(f"\nYou see it differently: {shown.contest}", "$you"))
    return told


def turns_named(turns: Sequence[int]) -> str:
    """`turn 3`, `turns 3 and 5`, `turns 1, 3 and 5`."""
    if len(turns) == 1:
        return f"turn {turns[0]}"
    return f"turns {', '.join(map(str, turns[:-1]))} and {turns[-1]}"


def again_from(debrief: Debrief, turn: DebriefTurn) -> int | None:
    """The turn's number where this road can be taken again from it; None where another road led to it."""
    way = turn.turn - 1
    there = way < len(debrief.turns) and debrief.turns[:way] == debrief.first[:way]
    return turn.turn if turn in debrief.turns or (turn in debrief.first and there) else None
