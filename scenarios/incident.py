"""An incident account in plain text -> what set it off, what was seen, what was tried, how it ended.

And what in it looks like somebody's name or number, because people's records must not become scenarios.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scenarios.compose import HIDDEN
from scenarios.source import UTF16, read_bytes

MOST_BYTES: Final = 64 * 1024
MOST_TRIED: Final = 12
LONGEST: Final = 600

TEMPLATE: Final = """\
Trigger:
What happened just before? One or two sentences. No names, no dates, no ward or room numbers.

What was seen:
- One line for each thing that could be seen or heard,
- from the first sign to the last.

What was tried:
- One line for each thing that staff said or did, in order.
- "Words that were really said" go in double quotes.

How it ended:
One or two sentences.
"""

_HEADINGS: Final[dict[str, str]] = {
    "trigger": r"triggers?|what (?:happened before|set it off)|antecedents?",
    "seen": r"(?:what was )?seen(?: and heard)?|what (?:we|staff|i) saw|signs",
    "tried": r"(?:what was )?tried|what (?:we|staff|i) tried|what (?:was done|staff did)",
    "ended": r"how (?:it|this) ended|(?:the )?outcome|ending",
}
_NAMES: Final = {
    "trigger": "Trigger:",
    "seen": "What was seen:",
    "tried": "What was tried:",
    "ended": "How it ended:",
}
_HEADING: Final = {
    part: re.compile(rf"[\W\d_]*(?:{words})[ *_]*(?:[:\u2013\u2014-]\**\s*(?P<rest>.*)|\**)", re.IGNORECASE)
    for part, words in _HEADINGS.items()
}
_BULLET = re.compile(r"\s*(?:[-*+\u2022\u25cf\u25aa\u2013\u2014\uf0b7]\s+|\(?(?:\d{1,2}|[a-z])[.)]\s+)")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\u201d\u2019]*\s+(?=[\"'(\u201c\u2018]?[A-Z])")


class NotAnAccount(Exception):
    """What is wrong with the file, in a sentence; nothing was made of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing the account tells, and the line it begins in."""

    text: str
    line: int


@dataclass(frozen=True)
class Account:
    """The four parts of an incident account, each a list of things told, in order."""

    trigger: tuple[Item, ...]
    seen: tuple[Item, ...]
    tried: tuple[Item, ...]
    ended: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that looks as if it told who somebody is."""

    line: int
    kind: str
    words: str


def read_account(path: Path) -> str:
    """The text of an account. Raises NotAnAccount."""
    data = read_bytes(path)
    if isinstance(data, str):
        raise NotAnAccount(f"{data[0].upper()}{data[1:]}.")
    if data.startswith(b"PK"):
        raise NotAnAccount("This is a word processor's file. Save it as plain text (.txt) and try again.")
    if len(data) > MOST_BYTES:
        raise NotAnAccount("This is far longer than an account of one incident. Keep to the four headings.")
    if data.startswith(UTF16):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def account(text: str) -> Account:
    """The four parts of an account. Raises NotAnAccount where one is missing or nothing stands below it."""
    parts: dict[str, list[tuple[int, str]]] = {}
    current: list[tuple[int, str]] | None = None
    for number, line in enumerate(HIDDEN.sub(" ", text).split("\n"), start=1):
        found = _heading(line)
        if found is not None:
            current = parts.setdefault(found[0], [])
            line = found[1]
        if current is not None:
            current.append((number, line))
    read = {name: _items(parts.get(name, []), whole=name in ("trigger", "ended")) for name in _NAMES}
    missing = [f"`{_NAMES[name]}`" for name, items in read.items() if not items]
    if missing:
        raise NotAnAccount(
            f"There is nothing under {_and(missing)}. An account has four headings, each on its own line: "
            "`Trigger:`, `What was seen:`, `What was tried:`, `How it ended:`."
        )
    if len(read["tried"]) > MOST_TRIED:
        raise NotAnAccount(
            f"{len(read['tried'])} things were tried; a scene carries {MOST_TRIED} at the most. "
            "Keep those that mattered."
        )
    return Account(**{name: tuple(items) for name, items in read.items()})


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _heading(line: str) -> tuple[str, str] | None:
    for part, pattern in _HEADING.items():
        found = pattern.fullmatch(line.strip())
        if found is not None:
            return part, found["rest"] or ""
    return None


def _items(lines: list[tuple[int, str]], *, whole: bool) -> list[Item]:
    """What stands under a heading: a thing a bullet, else one a sentence; other lines go on."""
    found: list[Item] = []
    bulleted = any(_BULLET.match(line) for _, line in lines)
    fresh = True
    for number, line in lines:
        bullet = _BULLET.match(line)
        words = " ".join((line[bullet.end() :] if bullet else line).split())
        if not words:
            fresh = not bulleted
        elif bullet or fresh or not found:
            found.append(Item(words, number))
            fresh = False
        else:
            found[-1] = Item(f"{found[-1].text} {words}", found[-1].line)
    if not bulleted and not whole:
        found = [Item(part, item.line) for item in found for part in _SENTENCE_END.split(item.text)]
    return [Item(_cut(item.text), item.line) for item in found if re.search(r"\w", item.text)]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " \u2026"


def sentences(items: tuple[Item, ...]) -> list[Item]:
    """The sentences of what was told, each with its line."""
    return [Item(part, item.line) for item in items for part in _SENTENCE_END.split(item.text)]


# What tells who somebody is

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_PATTERNS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        ("a date of birth", r"\b(?:d\.?o\.?b\b|date of birth|born (?:on|in)\b)[^\n]{0,30}", re.I),
        ("an NHS number", r"\bnhs (?:no|number|num)\b[^\n]{0,20}|\b\d{3}[ -]?\d{3}[ -]?\d{4}\b", re.I),
        ("a telephone number", r"(?:\+44|\b0)[ \d()-]{8,14}\d\b", 0),
        ("an email address", r"\b[\w.+-]+@[\w-]+\.[\w.]+", 0),
        ("a postcode", r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", 0),
        ("a National Insurance number", r"\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", 0),
        (
            "a date",
            rf"\b{_DAY}[/.-](?:0?[1-9]|1[0-2])(?:[/.-]\d{{2,4}})?\b(?!\s*(?:am|pm|a\.m|p\.m|%|mg|ml))",
            re.I,
        ),
        ("a date", r"\b(?:19|20)\d\d-\d\d-\d\d\b", 0),
        ("a date", rf"\b{_DAY}(?:st|nd|rd|th)?(?: of)? {_MONTHS}\b(?! (?:i|we|have|be|not))", re.I),
        ("a date", rf"\b{_MONTHS} {_DAY}(?:st|nd|rd|th)?\b", re.I),
        (
            "a ward, room or bed number",
            r"\b(?:ward|room|bed|bay|flat|unit|bedroom) (?:no\.? ?|number )?\d+[a-z]?\b",
            re.I,
        ),
        (
            "a record number",
            r"\b(?:rio|paris|systmone|hospital|mrn|record|datix|incident)\W*(?:id|no|number|ref)?\W*\d{4,}",
            re.I,
        ),
        ("a long number", r"\b\d{6,}\b", 0),
        (
            "a name with a title",
            r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Sister|Nurse)\.? [A-Z][\w'\u2019-]+",
            0,
        ),
        ("a named ward or hospital", r"\b[A-Z][a-z]+ (?:Ward|Unit|Hospital|House|Lodge|Clinic)\b", 0),
    )
)
_FULL_NAME = re.compile(r"\b([A-Z][a-z'\u2019-]+)((?: [A-Z]\.?)? (?:[A-Z][a-z'\u2019-]+))+\b")
_NO_NAMES_WORDS: Final = """
    a an and the this that these those he she they we i it his her their our you your on in at by to for
    from of as when while after before then there once during because although however later following no
    not nobody one two three four staff nurse nurses charge senior student band healthcare assistant support
    worker peer doctor patient mental health act section community team crisis home treatment responsible
    clinician approved professional tribunal ward manager matron consultant psychiatrist occupational
    therapist therapy day night shift room garden lounge office monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december
    christmas eve easter new year boxing bank holiday british english welsh scottish irish black white asian
    south north east west african caribbean muslim christian sikh hindu jewish god allah jesus ramadan
    diwali eid premier league play station facebook instagram whatsapp google dialectical behaviour
    cognitive care programme approach quality commission what who why how if said asked told offered trigger
    seen tried ended safe wards safety pod soft words known plan relational security advance statement
    police ambulance accident emergency was were is are had has some all another both several each every
    with without out off up down only also
"""
_NO_NAMES: Final = frozenset(_NO_NAMES_WORDS.split())
_WHOLE_LINE = re.compile(r"(?:patient|client|service user|full|staff)?(?:'s)? ?name\s*:", re.I)


def hints(text: str) -> list[Hint]:
    """What in an account looks like somebody's name, date or number; in order of lines, each place once."""
    found: list[Hint] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if _heading(line) is not None and not (_heading(line) or ("", ""))[1]:
            continue
        taken: list[tuple[int, int]] = []
        for start, end, kind in sorted(_in_line(line), key=lambda each: (each[0], -each[1])):
            if all(end <= before or start >= after for before, after in taken):
                taken.append((start, end))
                found.append(Hint(number, kind, " ".join(line[start:end].split())))
    return found


def _in_line(line: str) -> Iterator[tuple[int, int, str]]:
    if _WHOLE_LINE.match(line.strip()):
        yield 0, len(line), "a name"
    for kind, pattern in _PATTERNS:
        for found in pattern.finditer(line):
            yield found.start(), found.end(), kind
    for found in _FULL_NAME.finditer(line):
        words = [(part.start(), part.group()) for part in re.finditer(r"[\w'\u2019-]+", found.group())]
        names = [start for start, word in words if word.lower() not in _NO_NAMES]
        if len(names) > 1:
            yield found.start() + names[0], found.end(), "a full name"
