"""Scenarios of any size to measure with: as heavy in words, guards and effects as the ones people write.

`story(moments)` is valid format 1: every moment can be reached and every walk goes as written.
Texts are put together from a list of plain words: they have the lengths of real speech and mean nothing.
"""

from __future__ import annotations

import random
from typing import Final

_WORDS: Final = [
    "tea",
    "door",
    "phone",
    "garden",
    "Sunday",
    "shift",
    "key",
    "window",
    "chair",
    "morning",
    "visit",
    "call",
    "promise",
    "coat",
    "list",
    "name",
    "room",
    "quiet",
    "corridor",
    "kettle",
    "meal",
    "sleep",
    "letter",
    "sister",
    "music",
    "walk",
    "rain",
    "office",
    "plan",
    "hour",
    "minute",
    "answer",
    "question",
    "week",
    "ward",
    "nurse",
]
_HELPS: Final = (
    "introduce",
    "validate",
    "open-question",
    "true-reason",
    "small-promise",
    "reflect",
    "space",
    "own-error",
)
_HARMS: Final = ("calm-down", "vague-wait", "quote-rules", "minimise", "order", "argue-facts")
_TRUTHS: Final = ("promised", "late", "asked", "offered", "waited")
_FACTS: Final = """\
facts:
  promised: {says: You promised to come back by the hour}
  late: {says: You came back late}
  asked: {says: You asked what would help}
  offered: {says: You offered a quieter place}
  waited: {says: <They> waited yesterday too, hidden: true}
  birthday: {says: It is <their> sister's birthday, hidden: true}
  asks: {says: Times you asked, max: 3}
  visits: {says: Times you came by, start: 1, max: 5}
"""
_HEAD: Final = """\
format: 1
title: A long afternoon
summary: <name> waits by the door, and the afternoon is long.
role: healthcare assistant
setting: Acute ward, 2.20 pm, the corridor by the garden door
minutes: 60
content_notes:
  - raised voices
aims:
  - Find out what a refusal takes away
credits:
  written_by:
    - {role: a program that measures, on: 2026-11-25}
  lived_experience_review:
    - {role: nobody, on: 2026-11-25}
person:
  cast:
    - {name: Marcus, pronouns: he, about: "34, on the ward five weeks."}
    - {name: Joanne, pronouns: she, about: "37, on the ward five weeks."}
  matters: Being told the truth about times.
  cues:
    0: (<Their> shoulders have come down.)
    4: (<They> shift<s> weight from foot to foot.)
    7: (<Their> jaw is set; <their> breath is short.)
"""


class _Writer:
    def __init__(self, moments: int, seed: int, spare: bool) -> None:
        self.moments = moments
        self.spare = spare
        self.draw = random.Random(seed)
        self.lines: list[str] = []

    def words(self, least: int, most: int) -> str:
        count = self.draw.randint(least, most)
        words = [self.draw.choice(_WORDS) for _ in range(count)]
        return " ".join(words).capitalize() + "."

    def speech(self) -> str:
        return f"{self.words(6, 14)} {self.words(4, 12)}"

    def condition(self) -> str:
        fact = self.draw.choice(_TRUTHS)
        number = self.draw.randint(2, 8)
        return self.draw.choice(
            [
                f"trust >= {number}",
                f"tension < {number} or {fact}",
                f"not {fact} and safety > {number}",
                f"3 <= trust <= {number + 2}",
                f"asks < 3 and ({fact} or visits >= 2)",
            ]
        )

    def add(self, indent: int, text: str) -> None:
        self.lines.append(" " * indent + text)

    def target(self, place: int, reply: int) -> str:
        if reply == 0:
            return f"moment-{place + 1}" if place + 1 < self.moments else "agreed"
        if reply == 1 and place % 10 == 9:
            return "apart"
        return f"moment-{self.draw.randint(max(place - 20, 0), min(place + 20, self.moments - 1))}"

    def moment(self, place: int) -> None:
        self.add(2, f"moment-{place}:")
        self.add(4, "person:")
        if self.draw.random() < 0.6:
            self.add(6, f"- when: {self.condition()}")
            self.add(8, f"says: {self.speech()}")
        self.add(6, f"- says: (<They> look<s> up.) {self.speech()}")
        self.add(4, "replies:")
        for reply in range(4):
            self.reply(place, reply)
        if place % 5 == 0:
            self.add(4, f"silence: {{after: 12, felt: Quiet., to: moment-{place}}}")

    def reply(self, place: int, reply: int) -> None:
        harms = reply >= 2
        self.add(6, f"- id: reply-{reply}")
        self.add(8, f"say: {self.speech()} I'm <trainee>.")
        techniques = self.draw.sample(_HARMS if harms else _HELPS, self.draw.randint(1, 2))
        self.add(8, f"techniques: [{', '.join(techniques)}]")
        if reply and self.draw.random() < 0.4:
            self.add(8, f"when: {self.condition()}")
        if self.draw.random() < 0.6:
            self.effect()
        if self.draw.random() < 0.4:
            self.add(8, f"person: {self.words(3, 10)}")
        if not self.spare:
            self.debrief(harms)
        self.add(8, f"to: {self.target(place, reply)}")

    def debrief(self, harms: bool) -> None:
        self.add(8, f"felt: {self.words(5, 12)}")
        self.add(8, f"why: {self.words(8, 20)}")
        if harms:
            self.add(8, f"instead: {self.words(8, 16)}")
        self.add(8, "wordings:")
        for _ in range(3):
            self.add(10, f"- {self.words(6, 14)}")

    def effect(self) -> None:
        kind = self.draw.randrange(4)
        if kind == 0:
            self.add(8, f"set: {{{self.draw.choice(_TRUTHS[:4])}: {self.draw.choice(['true', 'false'])}}}")
        elif kind == 1:
            self.add(8, f"add: {{asks: {self.draw.choice([1, -1])}}}")
        elif kind == 2:
            self.add(8, f"reveals: [{self.draw.choice(['waited', 'birthday'])}]")
        else:
            self.add(8, f"tension: {self.draw.randint(-2, 2)}")
            self.add(8, f"trust: {self.draw.randint(-2, 2)}")


def story(moments: int, seed: int = 1, spare: bool = False) -> str:
    """A scenario of so many moments as YAML text: four replies each, 3 gauges, 8 facts. Always the same text.

    `spare` leaves out what only the debrief and typed practice read.
    """
    writer = _Writer(moments, seed, spare)
    writer.lines += (_HEAD + _FACTS).splitlines()
    writer.add(0, "openings:")
    writer.add(2, "usual: {moment: moment-0, tension: 5, trust: 3, safety: 4}")
    writer.add(2, "late: {moment: moment-0, tension: 6, trust: 2, safety: 3, set: {late: true}}")
    writer.add(0, "whenever:")
    writer.add(2, "- {when: tension >= 10, to: stopped}")
    writer.add(0, "moments:")
    for place in range(moments):
        writer.moment(place)
    writer.add(0, "endings:")
    for name, outcome in (("agreed", "settled"), ("apart", "rupture"), ("stopped", "stopped")):
        writer.add(2, f"{name}:")
        writer.add(4, f"outcome: {outcome}")
        writer.add(4, f"text: {writer.speech()}")
    writer.add(0, "walks:")
    writer.add(2, "- {name: two steps, opening: usual, replies: [reply-0, reply-0]}")
    return "\n".join(writer.lines) + "\n"
