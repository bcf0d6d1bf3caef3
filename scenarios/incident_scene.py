"""An incident account -> the text of a scenario to go on from: a moment for the trigger, one a thing tried.

Whatever the account says, the text reads without errors. What staff did with their hands has no form in a
scene: it is left out, and the scene ends off-stage there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from scenarios.incident import Account, Item, sentences
from scenarios.physical import physical_intervention
from scenarios.rewrite import NOT_WORDS

TO_WRITE: Final = "Still to write"
_SCHEMA_LINE: Final = "# yaml-language-server: $schema=scenario-1.json"
_PLAIN = re.compile(r"[A-Za-z(<](?:[^:#]|:(?=\S)|(?<=\S)#)*")
_LETTER = re.compile(r"<(?!name>)")
_HANDS_WORDS: Final = r"""
restrain|restraint|seclu|segregat|sedat|overpower|manhandl|frogmarch|wrestl|tackled|dragg|pinned|cuffed
strapped
\b(?:pmva|mva|maybo|prone|supine|acuphase|clopixol|depot)\b|control and restraint|\bc ?& ?r\b|hands[ -]on\b
rapid(?:ly)? tranq|\brt\b|inject|\bi\.?m\.?\b.{0,20}(?:medic|loraz|halo|prometh|olanz|aripip|given|admin)
physical(?:ly)? (?:interven|manag|remov|control|hold|held)|\bforc(?:e|ed|ibly)\b
response team (?:took|used|moved)
(?:safe|safety|arm|wrist|head|low|medium|high|guiding)[ -](?:level )?(?:hold|lock)s?\b|\bhold of (?!the phone)
\bholds?\b.{0,30}(?:arm|wrist|leg|head|him|her|them|patient)|locked (?:in|him|her|them)
(?:taken|took|brought|put|went|lowered|pulled|pushed|got) (?:\w+ ){0,3}(?:to|on|onto) the (?:floor|ground)
\b(?:was|were|been|being|got|be) (?:\w+ly )?(?:held|carried|lifted|pulled|pushed|marched|removed|escorted)\b
\b(?:held|holding|carr(?:ied|ying)|lifted|pulled|pushed|marched|grabbed) (?:on to |onto )?(?:him|her|them)\b
\b(?:held|holding|lifted|pulled|pushed|grabbed|grabbing) (?:on to |onto )?(?:the patient|the person)\b
\b(?:held|holding|grabbed) (?:on to |onto )?(?:his|the|both|each|their) (?:arm|wrist|leg|head|shoulder|hand)
(?:escort|guid|walk|mov|remov|return|led)\w*\b.{0,40}by (?:the|his|her|their|each|both) (?:arm|elbow|wrist)
(?:escort|guid|walk|mov|remov|return|led)\w*\b.{0,40}(?:under restraint|using holds|against)
"""
"""What an account says where staff used their hands, told of the past, as accounts are."""
_HANDS = re.compile("|".join(_HANDS_WORDS.split("\n")[1:-1]), re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no|without|nobody|never|not|avoid\w*|instead of)(?: (?!and |so |but |then )\w+){0,2} ?$",
    re.IGNORECASE,
)
_THING = re.compile(
    r"(?:\w+ )?(?:held|holding|hold|carried|pulled|pushed|lifted) "
    r"(?:open|out|off|space|back tears|an?|the (?:door|gate|lift|phone|cup|bag|line))\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"[\"\u201c]([^\"\u201c\u201d]{3,200})[\"\u201d]")
_GUESSES: Final[tuple[tuple[str, str], ...]] = (
    (r"calm (?:down|(?:him|her|them)self)|settle down|relax", "calm-down"),
    (r"threat|warned|or else|otherwise|consequence", "threat"),
    (r"lose|taken away|no leave|leave (?:would|will) be", "sanction-hint"),
    (r"apolog|sorry", "own-error"),
    (
        r"several staff|more staff|extra staff|staff (?:gathered|attended)|alarm|response team",
        "show-of-force",
    ),
    (r"stood (?:in|at|by) the (?:door|way)|block", "block-exit"),
    (
        r"quiet(?:er)? (?:room|space|area|place|corner)|side room|sensory|away from (?:the )?others",
        "quieter-place",
    ),
    (r"(?:gave|give|given|more) \w* ?(?:space|room)|stepped back|stood back|backed off", "space"),
    (r"polic(?:y|ies)|the rule|rules|not allowed|protocol", "quote-rules"),
    (r"asked why|why (?:he|she|they|did|are)", "blaming-why"),
    (r"asked (?:\w+ )?(?:what|how)|what (?:would|could|do you) ", "ask-need"),
    (r"choice|option|choose|prefer", "real-choice"),
    (r"in a minute|later|wait|when (?:we|staff) (?:can|have)", "vague-wait"),
    (r"ignor|no response", "ignore"),
    (r"explain|reason|because", "true-reason"),
    (r"told to|told (?:him|her|them) to|instruct|asked (?:him|her|them) to|must|need to", "order"),
    (r"tea|coffee|drink|blanket|snack|music|headphones|cigarette|vape", "comfort"),
    (r"sat (?:with|near|down)|stay|remain|listen", "stay-present"),
    (r"acknowledg|understand|validat|upset|frustrat", "validate"),
    (r"promis|by \d|in \w+ minutes", "small-promise"),
    (r"call(?:ed)? (?:for|the)|rang|phoned", "quiet-help"),
    (r"left (?:him|her|them)|walked away|withdrew", "abandon"),
)
_FALLBACK: Final = "slow-pace"
_SETTLED: Final = (
    (r"settled|calm|agreed|accepted|thank|apolog|plan|smil", "settled"),
    (r"hand(?:ed)? over|another (?:nurse|member)|colleague", "paused"),
    (r"complain|refus|would not speak|not speak|damag|abscond|ran", "rupture"),
)
OFF_STAGE: Final = (
    "Other people take over, out of sight, and the scene ends here. The actor steps out of role."
)


def hands_on(text: str) -> bool:
    """Whether an account tells here of people being held or forced; rather too often than too seldom."""
    if physical_intervention(text) is not None:
        return True
    return any(
        not _DENIED.search(text[: found.start()]) and not _THING.match(text, found.start())
        for found in _HANDS.finditer(text)
    )


def words(text: str) -> str:
    """A text of the account as a scene can show it: no round brackets, no placeholder but <name>."""
    bare = re.sub(r"\s*\(\s*([^()]*?)\s*\)", r", \1,", text)
    bare = re.sub(r"[()]", " ", bare)
    bare = re.sub(r",+(?=\s*[.,;:!?]|\s*$)", "", bare)
    return " ".join(_LETTER.sub("<<", bare).split()).lstrip(" ,.;:") or "\u2026"


def scalar(text: str) -> str:
    """A text as YAML on one line: as it stands where that reads back the same, else in double quotes."""
    if (
        _PLAIN.fullmatch(text)
        and not text.endswith((":", " "))
        and text.lower() not in NOT_WORDS
        and text.isprintable()
    ):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def lay_out(account: Account, title: str, today: str) -> str:
    """The text of a scenario made from an account; `today` is a date, year first."""
    tried = [item for item in account.tried if not hands_on(item.text)]
    hands = [item.line for item in (*account.tried, *sentences(account.ended)) if hands_on(item.text)]
    after = " ".join(item.text for item in sentences(account.ended) if not hands_on(item.text))
    whole = " ".join(item.text for item in (*account.trigger, *account.seen, *account.tried, *account.ended))
    last = "stopped" if hands else "as-it-ended"
    lines = _head(title, today, whole)
    lines += _cues(account.seen)
    lines += _MIDDLE.format(to_write=TO_WRITE).split("\n")
    lines += _trigger(account.trigger, "tried-1" if tried else last, last)
    for place, item in enumerate(tried, start=1):
        following = f"tried-{place + 1}" if place < len(tried) else None
        lines += _moment(place, item, following, last)
    lines += _endings(last, after, hands)
    replies = ", ".join(["as-it-went"] * (len(tried) + 1))
    lines += [
        "# The incident itself, as a test that every check tries: these replies come to this ending.",
        "walks:",
        "  - name: as it went",
        "    opening: usual",
        f"    replies: [{replies}]",
        f"    ends: {last}",
    ]
    return "\n".join(lines) + "\n"


def _head(title: str, today: str, whole: str) -> list[str]:
    return _TOP.format(
        schema=_SCHEMA_LINE,
        title=scalar(title),
        to_write=TO_WRITE,
        today=today,
        pronouns=_pronouns(whole),
    ).split("\n")


def _pronouns(text: str) -> str:
    """The pronouns of the account where it has one kind alone, so that its sentences fit the person."""
    he, she = (len(re.findall(rf"\b(?:{words})\b", text, re.I)) for words in ("he|him|his", "she|her|hers"))
    return "they" if bool(he) == bool(she) else "he" if he else "she"


def _cues(seen: Sequence[Item]) -> list[str]:
    """What was seen, in the order of the account, spread over tension from 4 to 9."""
    lines = [f"    0: ({TO_WRITE}, what can be seen when <name> is calm.)"]
    groups: dict[int, list[str]] = {}
    for place, item in enumerate(seen):
        tension = 4 if len(seen) == 1 else 4 + place * 5 // (len(seen) - 1)
        groups.setdefault(tension, []).append(words(item.text).rstrip("."))
    for tension, texts in groups.items():
        lines.append(f"    {tension}: {scalar('(' + '. '.join(map(_capital, texts)) + '.)')}")
    return lines


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _trigger(items: Sequence[Item], to: str, last: str) -> list[str]:
    told = " ".join(words(item.text) for item in items)
    return [
        "moments:",
        "  # What set it off. Put what the person says behind the brackets.",
        "  it-starts:",
        f"    person: {scalar(f'({told}) {TO_WRITE}, what <name> says.')}",
        "    replies:",
        "      # How staff came to be there. Change it to what was done.",
        "      - id: as-it-went",
        "        do: You go over, leave room between you, and say who you are.",
        "        techniques: [introduce, space]",
        f"        to: {to}",
        *_alternatives(to if to != last else "another-way", to),
        "",
    ]


def _moment(place: int, item: Item, following: str | None, last: str) -> list[str]:
    said = _SAID.search(item.text)
    spoken = said is not None and not hands_on(said[1]) and re.search(r"\w", words(said[1])) is not None
    text = words(said[1]) if said is not None and spoken else words(item.text)
    told = " ".join(item.text.split()) if spoken else ""
    return [
        f"  tried-{place}:",
        f"    person: ({TO_WRITE}, what <name> does before this.) {TO_WRITE}, what <name> says.",
        "    replies:",
        f"      # What was tried (line {item.line} of the account{': ' + told if told else ''}).",
        "      # Put it into words said (`say`) or something done (`do: You ...`). The technique is a guess.",
        "      - id: as-it-went",
        f"        {'say' if spoken else 'do'}: {scalar(text)}",
        f"        techniques: [{guess(item.text)}]",
        f"        to: {following or last}",
        *_alternatives(following or "another-way", following or last),
        "",
    ]


def guess(text: str) -> str:
    """The technique that what was tried most looks like; a guess for the author to mend."""
    lower = text.lower()
    return next((name for pattern, name in _GUESSES if re.search(pattern, lower)), _FALLBACK)


def _alternatives(better: str, worse: str) -> list[str]:
    return [
        "      # To write: something that could have helped here. Give it a technique and an id of its own.",
        "      - id: to-write-better",
        f"        say: {TO_WRITE}, words that could have helped here.",
        "        techniques: [ask-need]",
        "        reveals: [what_was_behind_it]",
        f"        to: {better}",
        "      # To write: something that people say and that makes it worse.",
        "      - id: to-write-worse",
        f"        say: {TO_WRITE}, words that make it worse.",
        "        techniques: [vague-wait]",
        f"        to: {worse}",
    ]


def _endings(last: str, after: str, hands: Sequence[int]) -> list[str]:
    text = f"{OFF_STAGE} {words(after)}" if after and hands else OFF_STAGE if hands else words(after)
    outcome = "stopped"
    comment = ["  # How it ended."]
    if hands:
        where = ", ".join(map(str, sorted(set(hands))))
        lines = "line" if len(set(hands)) == 1 else "lines"
        comment = [
            f"  # The account tells of hands or force ({lines} {where}). That has no form in a scene: it is",
            "  # left out, and the scene ends where others take over, out of sight.",
        ]
    else:
        outcome = next((name for pattern, name in _SETTLED if re.search(pattern, after, re.I)), "complied")
        comment.append("  # The outcome is a guess: settled, complied, paused, withdrew, rupture or stopped.")
    return [
        "endings:",
        *comment,
        f"  {last}:",
        f"    outcome: {outcome}",
        f"    text: {scalar(text)}",
        f"    felt: {TO_WRITE}, what <name> would say about it afterwards.",
        "  another-way:",
        "    outcome: settled",
        f"    text: {TO_WRITE}, how it could have ended.",
        f"    felt: {TO_WRITE}, what <name> would say about that.",
        "    questions:",
        "      - Where did it begin to go another way?",
        "",
    ]


_TOP: Final = """\
{schema}
#
# Laid out from an incident account. It can be played as it is; everything that says
# "{to_write}" is for you. Nobody who was there should be able to recognise anybody in it: change what
# is not needed, and ask people with lived experience to read it before anyone practises with it.

format: 1
title: {title}
summary: {to_write}, a sentence or two about what <name> wants and what stands in the way.
role: healthcare assistant
setting: {to_write}, the kind of ward, the time of day and the place
minutes: 10
language: en-GB

# What may be hard to meet in here; it is shown before the start.
content_notes:
  - distress on a ward
aims:
  - {to_write}, what there is to practise
credits:
  written_by:
    - {{role: drafted by you, on: {today}}}
  lived_experience_review: []

person:
  # An invented person, never the one who was there.
  cast:
    - name: Sam
      pronouns: {pronouns}
      about: {to_write}, a sentence or two about who <name> is besides being on a ward.
  matters: {to_write}, what this was about for <name>. Staff read it afterwards.
  # What was seen, in the order of the account. The numbers are tension, 0 to 10: change them to fit.
  cues:"""

_MIDDLE: Final = """\

# What staff did not know at the time. A reply below brings it to light.
facts:
  what_was_behind_it:
    says: {to_write}, what nobody knew at the time
    hidden: true

# How <name> is when it begins; all three numbers go from 0 to 10.
openings:
  usual: {{moment: it-starts, tension: 5, trust: 3, safety: 4}}
"""
