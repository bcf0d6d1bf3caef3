"""A scene as a play script in plain lines: who speaks, and between round brackets what is seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from scenarios.speech import parts

YOU: Final = "You"
REACHED: Final = "(You reach for physical intervention. It is not available here, and nothing changes.)"


def spoken(name: str, text: str) -> list[str]:
    """A text as lines: `Marcus: …` for what is heard, `(…)` for what is seen, in the order it happens."""
    lines = []
    for paragraph in re.split(r"\n\s*\n", text):
        for is_seen, words in parts(paragraph):
            flat = " ".join(words.split())
            lines.append(f"({flat})" if is_seen else f"{name}: {flat}")
    return lines


def seen(text: str) -> str:
    """A text that is all seen, between one pair of round brackets, written with them or without."""
    return "(" + " ".join(words for _, words in parts(" ".join(text.split()))) + ")"


def answered(kind: str, text: str) -> list[str]:
    """What the trainee said (`kind` say) or did (do, silence), as lines."""
    if kind == "say":
        return spoken(YOU, text)
    return [seen(text) if text else "(You stay quiet.)"]


def play_lines(play: Mapping[str, Any]) -> list[str]:
    """A play in the shape of `run --json` as lines to read, an empty one before each turn."""
    person = play["cast"]
    lines = [f"Opening {play['opening']}, meeting {person}, seed {play['seed']}."]
    for take in play["takes"]:
        lines += _take_lines(person, take)
    return lines


def _take_lines(person: str, take: Mapping[str, Any]) -> list[str]:
    lines: list[str] = []
    if take["from_take"] is not None:
        lines += ["", f"Take {take['take']}, from before the reply of turn {take['from_turn'] + 1}."]
    reached = [reach["turn"] for reach in take["reaches"]]
    for turn in take["turns"]:
        lines += ["", f"Turn {turn['turn']}.", *spoken(person, turn["said"]), seen(turn["cue"])]
        lines += [REACHED] * reached.count(turn["turn"])
        kinds = {offer["id"]: offer["kind"] for offer in turn["offered"]}
        lines += answered(kinds.get(turn["reply"], "say"), turn["reply_text"])
        if turn["reaction"]:
            lines += spoken(person, turn["reaction"])
    ending, waiting = take["ending"], take["next"]
    if ending is not None:
        # how it came out is held back until its trainee has had their own say
        came_to = f": {ending['id']}, {ending['outcome']}" if ending["outcome"] else ""
        lines += ["", f"The take ends{came_to}.", " ".join(ending["text"].split())]
    if waiting is not None:
        number = take["from_turn"] + len(take["turns"]) + 1
        lines += [
            "",
            f"Turn {number} waits for an answer.",
            *spoken(person, waiting["said"]),
            seen(waiting["cue"]),
        ]
        lines += [REACHED] * reached.count(number)
        lines += [f"{offer['id']}: {offer['text'] or 'stay quiet'}" for offer in waiting["offered"]]
    return lines
