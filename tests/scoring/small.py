"""Small scenes for feedback: a menu a turn, in which every reply leads on to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from scenarios.load import Loaded, load_bytes
from scenarios.techniques import OURS

PACK: Final = """\
format: 1
techniques:
  sing-along:
    words: Sings along
    helps: true
    usual: {tension: -1, trust: 1, safety: 0}
    definition: Joins in quietly with what the person sings.
    source: our ward
"""
"""A trust's own vocabulary, of one technique."""


def scene(
    replies: Mapping[str, list[str]],
    menus: Sequence[Sequence[str]],
    *,
    reveals: Mapping[str, str] | None = None,
    instead: Mapping[str, str] | None = None,
    role: str = "nurse",
    pack: str = "",
) -> Loaded:
    """A scene of these menus; each reply by its name, with its techniques, what it reveals and its `instead`."""
    whole: dict[str, Any] = {
        "format": 1,
        "title": "Small",
        "summary": "<name> wait<s>.",
        "role": role,
        "setting": "A ward",
        "minutes": 5,
        "content_notes": [],
        "credits": {"written_by": [{"role": "a test", "on": "2026-11-22"}]},
        "person": {
            "cast": [{"name": "Ada", "pronouns": "she"}],
            "matters": "To be heard.",
            "cues": {0: "(Still.)"},
        },
        "facts": {"secret": {"says": "A secret", "hidden": True}},
        "openings": {"usual": {"moment": "turn-1", "tension": 5, "trust": 5, "safety": 5}},
        "moments": {},
        "endings": {"over": {"outcome": "paused", "text": "It is over."}},
    }
    for place, menu in enumerate(menus, 1):
        to = f"turn-{place + 1}" if place < len(menus) else "over"
        whole["moments"][f"turn-{place}"] = {
            "person": f"Turn {place}.",
            "replies": [_reply(name, replies[name], to, reveals or {}, instead or {}) for name in menu],
        }
    vocabularies = [OURS.read_bytes(), *([pack.encode()] if pack else [])]
    return load_bytes(yaml.safe_dump(whole, sort_keys=False).encode(), vocabularies)


def _reply(
    name: str, techniques: list[str], to: str, reveals: Mapping[str, str], instead: Mapping[str, str]
) -> dict[str, Any]:
    reply: dict[str, Any] = {"id": name, "say": f"This is {name}.", "techniques": [*techniques], "to": to}
    reply["why"] = f"What {name} does."
    if name in reveals:
        reply["reveals"] = [reveals[name]]
    if name in instead:
        reply["instead"] = instead[name]
    return reply
