"""Hand-outs: one or more sessions from the trainee's side, as one HTML page that loads nothing, or as Markdown.

Pure: plain data in (facilitator/report_data.py), text out. No total, no certificate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from facilitator.page import Plain, drawn, escaped, html, markdown, turns
from facilitator.report_chart import chart
from facilitator.report_data import Handed, TakeOut, TurnOut

if TYPE_CHECKING:
    from markupsafe import Markup

    from simulator.shown_debrief import Thing

SUFFIXES: Final = (".html", ".md")


def report(sessions: Sequence[Handed], suffix: str) -> str:
    """The hand-out of at least one session, as the text of a file with this suffix."""
    return as_html(sessions) if suffix == ".html" else as_markdown(sessions)


def as_html(sessions: Sequence[Handed]) -> str:
    """One page, with the drawings in it."""
    return html(
        "report.html",
        ["report.css"],
        sessions=sessions,
        names=_names(sessions),
        one=_one(sessions),
        chart=_chart,
        reflections=reflections,
    )


def as_markdown(sessions: Sequence[Handed]) -> str:
    """The same in words and tables."""
    return markdown(
        "report.md",
        sessions=sessions,
        one=_one(sessions),
        reflections=reflections,
        line=_line,
        at=lambda numbers: Plain(turns(numbers)),
    )


def reflections(session: Handed) -> str:
    """What somebody said about it that a portfolio can point at."""
    found = [
        words
        for words, said in (
            ("what happened", session.account),
            ("looking back", session.reflection),
            ("to keep", session.to_keep),
            ("to try", session.to_try),
        )
        if said
    ]
    answered = sum(moment.answer is not None for moment in session.moments)
    if answered:
        found.append(f"{answered} moment{'' if answered == 1 else 's'} answered")
    return ", ".join(found) or "none written"


def _chart(take: TakeOut, key: str) -> Markup | None:
    made = chart(take.points, "Tension, trust and felt safety, turn by turn", f"{key}-c{take.take}")
    return None if made is None else drawn(made)


def _line(turn: TurnOut | Thing) -> Plain:
    """A reply in Markdown: what is said in quotation marks, what is done as it stands."""
    text = escaped(turn.reply_text)
    return Plain(f"“{text}”" if turn.kind == "say" else text)


def _one(sessions: Sequence[Handed]) -> bool:
    """Whether they are all one person's."""
    return len({session.trainee for session in sessions}) == 1


def _names(sessions: Sequence[Handed]) -> str:
    return sessions[0].title if len(sessions) == 1 else f"{len(sessions)} scenes"
