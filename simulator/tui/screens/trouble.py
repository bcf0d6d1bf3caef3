"""What was not saved, in plain words, and the three ways on; nothing moves until one is taken."""

from __future__ import annotations

from simulator.errors import StoreTrouble
from simulator.tui.screens.ask import AskPage, Choice


def trouble_page(trouble: StoreTrouble, can_let_go: bool) -> AskPage:
    """The page for a turn, or a start, that could not be kept."""
    choices = [Choice("again", "Try again")]
    if can_let_go:
        choices.append(
            Choice(
                "nothing",
                "Go on without keeping",
                "Nothing of this session is kept; when you leave, it is gone.",
            )
        )
    choices.append(Choice("leave", "Leave the scene", "What was saved before stays as it is."))
    text = f"{trouble.message} {trouble.advice}".strip()
    return AskPage(
        "Not saved yet", f"{text}\n\nThe scene waits here until this is settled.", choices, start="again"
    )
