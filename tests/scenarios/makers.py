"""A small scenario that is right in every way, and the ways tests spoil it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from scenarios.check import check_file, judged
from scenarios.load import read_scenario
from scenarios.problems import Problem

VALID: Final = """\
format: 1
title: The kettle
summary: <name> asks for tea after the trolley has gone.
role: healthcare assistant
setting: Day room, 4 pm
minutes: 3
content_notes:
  - raised voices
aims:
  - Say what will happen next
credits:
  written_by:
    - {role: drafted from published guidance, on: 2026-11-25}
  lived_experience_review:
    - {role: peer trainer, on: 2027-01-15}
person:
  cast:
    - {name: Sam, pronouns: they, about: "40, on the ward a week."}
  matters: Being told the truth about times.
  cues:
    0: (<They> sit<s> back.)
    7: (<They> pace<s>.)
facts:
  waited: {says: <They> waited an hour, hidden: true}
  promised: {says: You promised tea}
  asks: {says: Times you asked, max: 3}
openings:
  usual: {moment: at-the-hatch, tension: 5, trust: 3, safety: 4}
whenever:
  - {when: tension >= 10, to: stopped}
shared_replies:
  always-there:
    - do: You take a step back.
      techniques: [space]
      felt: Room to breathe.
      to: at-the-hatch
moments:
  at-the-hatch:
    person:
      - when: trust >= 6
        says: You said four. I believed you.
      - says: They said four.
    replies:
      - id: own-it
        say: You were told four and nobody came. I'm sorry.
        techniques: [own-error]
        set: {promised: true}
        add: {asks: 1}
        reveals: [waited]
        person: Thank you.
        felt: The first one who said sorry.
        why: An owned mistake takes away the fight about whether it happened.
        wordings:
          - I am sorry, nobody came to tell you
          - sorry no one came
          - Sorry, it was meant to be four
        to: tea
      - id: calm
        say: Calm down, it's only tea.
        techniques: [calm-down]
        felt: Only tea. To you.
        instead: You have been waiting. I will find out.
        wordings:
          - It's only tea, calm down
          - please calm down
          - Calm yourself, it is only a cup of tea
        to: at-the-hatch
    also: [always-there]
    silence: {after: 12, felt: Quiet suits me., to: at-the-hatch}
endings:
  tea:
    outcome: settled
    text: The tea comes.
    felt: You found out.
    questions:
      - What changed when you said sorry?
  stopped:
    outcome: stopped
    text: Others step in. The scene ends here.
walks:
  - {name: the good road, opening: usual, replies: [own-it], ends: tea, then: waited}
"""
"""A whole scenario without an error or a warning."""


def changed(*pairs: tuple[str, str], text: str = VALID) -> str:
    """The valid scenario with each first occurrence replaced; an `old` that is not there is a mistake."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def checked(folder: Path, text: str | bytes, name: str = "made.yaml") -> list[Problem]:
    """Everything `check` says of a text written to a file."""
    return check_file(_written(folder, text, name), name)[1]


def read_once(folder: Path, text: str | bytes, name: str = "made.yaml") -> list[Problem]:
    """What one reading says of a text written to a file: its plays are not tried."""
    return judged(read_scenario(_written(folder, text, name), name), None)[1]


def _written(folder: Path, text: str | bytes, name: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
