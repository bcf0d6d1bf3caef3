"""What is wrong with a file in the order in which it can be known: by one reading at once, by every play later."""

from __future__ import annotations

from typing import Final

from scenarios import advice, play_rules
from scenarios.explore import Explored, Witness
from scenarios.load import Reading
from scenarios.problems import Problem, ordered
from scenarios.source import Document, unhurried

_SECTIONS: Final = ("moments", "endings")


def of_one_reading(reading: Reading) -> list[Problem]:
    """Errors and advice, most useful first; neither needs more than the file."""
    with unhurried():
        return ordered([*reading.problems, *advice.advised(reading)])


def of_plays(reading: Reading, explored: Explored | None) -> list[Problem]:
    """What plays show: with `explored` None the walks and the beginnings alone. None of a file that does not read."""
    if reading.loaded is None:
        return []
    proof = play_rules.Proof(reading.loaded, reading.document, explored)
    return ordered(problem for rule in play_rules.RULES for problem in rule(proof))


def place_of(problem: Problem, document: Document) -> str | None:
    """The moment or ending in which a problem stands; None where it stands elsewhere in the file."""
    root = document.spot.inside or {}
    sections = sorted(
        (spot.key_line, str(key)) for key, spot in root.items() if spot.key_line <= problem.line
    )
    if not sections or sections[-1][1] not in _SECTIONS:
        return None
    inside = root[sections[-1][1]].inside or {}
    names = sorted((spot.key_line, str(key)) for key, spot in inside.items() if spot.key_line <= problem.line)
    return names[-1][1] if names else None


def play_of(problem: Problem) -> Witness | None:
    """The play that shows a problem."""
    return None if problem.opening is None or problem.play is None else Witness(problem.opening, problem.play)
