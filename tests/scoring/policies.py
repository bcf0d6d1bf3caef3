"""Scripted trainees: fixed lists of preferred techniques. Written before the rubric, and never reading it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Final

from scenarios.unfold import Play, available

Techniques = tuple[str, ...]
MOST_TURNS: Final = 60

PREFERRED: Final[dict[str, tuple[str, ...]]] = {
    "skilled": (
        *("repair", "keep-promise", "receive-racism", "own-error", "ask-need", "known-preference"),
        *("work-with-voices", "honest-unknown", "their-idea", "real-choice", "advocate", "flex-rule"),
        *("tell-before-sharing", "confidentiality-limit", "summarise", "reflect", "open-question"),
        *(
            "validate",
            "name-feeling",
            "one-voice",
            "quieter-place",
            "space",
            "small-promise",
            "fair-handover",
        ),
        *("clear-limit", "true-reason", "check-understanding", "agree-in-part", "check-body", "comfort"),
        *("silence", "stay-present", "slow-pace", "self-pause", "introduce", "ask-permission", "quiet-help"),
        *("share-lived-experience", "invite-account", "safe-withdrawal", "fair-challenge"),
    ),
    "task-driven": (
        *("quote-rules", "premature-fix", "rush-ending", "form-first", "vague-wait", "compare", "jargon"),
        *("stacked-questions", "lecture", "order", "defend-self", "blame-colleague", "ignore", "minimise"),
        *("true-reason", "clear-limit", "introduce"),
    ),
    "coercive": (
        *("threat", "sanction-hint", "show-of-force", "block-exit", "crowd", "order", "invade-space"),
        *("match-volume", "calm-down", "label", "argue-facts", "keep-audience", "touch", "quote-rules"),
        *("lecture", "blaming-why", "abandon"),
    ),
    "sweet-but-empty": (
        *("empty-reassurance", "validate", "name-feeling", "minimise", "comfort", "collude", "overshare"),
        *("vague-wait", "calm-down", "stay-present", "agree-in-part"),
    ),
    "false-promiser": (
        *("false-promise", "promise-secrecy", "empty-reassurance", "collude", "vague-wait", "premature-fix"),
        *("small-promise", "agree-in-part"),
    ),
}

KINDS: Final = (*PREFERRED, "tag-stuffer", "random")


def prefer(preferred: Sequence[str]) -> Callable[[Techniques], tuple[bool, int]]:
    """How well a reply suits a list: wholly on it first, then by its best technique. Smaller is better."""
    places = {name: place for place, name in enumerate(preferred)}

    def rank(techniques: Techniques) -> tuple[bool, int]:
        known = [places[name] for name in techniques if name in places]
        return len(known) < len(techniques), min(known, default=len(places))

    return rank


def play_out(play: Play, kind: str) -> Play:
    """Play a scene to its end, or for 60 turns: by a list, at random, or the reply with most techniques."""
    chance = random.Random(f"{play.seed}/{kind}")
    while play.take.ending is None and len(play.take.turns) < MOST_TURNS:
        offered = {option.id: option.source.techniques for option in available(play.scene, play.state)}
        names = sorted(offered)
        chance.shuffle(names)  # among equals none is favoured
        if kind in PREFERRED:
            rank = prefer(PREFERRED[kind])
            names.sort(key=lambda name: rank(offered[name]))
        elif kind == "tag-stuffer":
            names.sort(key=lambda name: -len(offered[name]))
        play.answer(names[0])
    return play
