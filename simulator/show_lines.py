"""What stands below a session's script in `show`: the trainee's own words, and the suggested ratings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.commands import rating_lines
from scoring.claims import CLAIM


def after_lines(whole: Mapping[str, Any]) -> list[str]:
    """Both as lines, from the shape of `show --json`; none where nothing was said and nothing is rated yet."""
    return [*_own_words(whole["debrief"]), *_ratings(whole)]


def _own_words(said: Mapping[str, Any]) -> list[str]:
    lines = [f"In a word: {said['word']}"] if said["word"] else []
    if said["reflection"]:
        lines += [f"Asked: {said['question']}", f"You answered: {said['reflection']}"]
    if said["account"]:
        lines.append(f"What happened, as you told it: {said['account']}")
    if said["self_ratings"]:
        own = ", ".join(f"{name} {value}" for name, value in sorted(said["self_ratings"].items()))
        lines.append(f"Where you put yourself: {own}.")
    for each in said["inquiries"]:
        if each["text"]:
            lines += [f"Asked about turn {each['turn']}: {each['question']}", f"You answered: {each['text']}"]
    for each in said["contests"]:
        where = f"{each['name']} at turn {each['turn']}" if each["turn"] else each["name"]
        lines.append(f"You see {where} differently: {each['text']}")
    lines += [f"To keep: {said['to_keep']}"] if said["to_keep"] else []
    if said["to_try"]:
        lines.append(f"To try: {said['to_try']}" + (f" ({said['when']})" if said["when"] else ""))
    return ["", *lines] if lines else []


def _ratings(whole: Mapping[str, Any]) -> list[str]:
    rated = [take for take in whole["takes"] if take["ratings"] is not None and take["ending"] is not None]
    return ["", *(line for take in rated for line in rating_lines(take)), CLAIM] if rated else []
