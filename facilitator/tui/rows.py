"""What stands in a section of one session: rows to read, each with what opens beside it. No screen is moved here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual.content import Content

from simulator.tui.widgets.blocks import Block
from simulator.tui.words import joined, plain

Labelled = tuple[str, Content]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its block, what is told beside it, the take and turn it is about, and what Enter does there."""

    block: Block
    detail: tuple[Block, ...] = ()
    turn: tuple[int, int] | None = None
    opens: Callable[[], None] | None = None
    key: str = ""
    """Where the cursor stays when the section is made anew."""


def block(heading: str, body: Content | str, above: int = 1, colour: str = "bold $person") -> Block:
    """A heading, and what stands under it."""
    text = body if isinstance(body, Content) else plain(body)
    return Block(
        text, label=plain(heading, colour) if heading else None, hang=2 if heading else 0, above=above
    )


def labelled(lines: Iterable[Labelled]) -> Content:
    """Lines with a quiet name before each; those without words are left out."""
    made = [joined(plain(f"{name}: ", "$quiet"), words) for name, words in lines if words.plain.strip()]
    return Content("\n").join(made)
