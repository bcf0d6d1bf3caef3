"""Finds the words with which staff would use hands or force on the person: such acts have no form here.

Texts are short British ward speech ("We won't hold you") or actions ("You take hold of <their> wrist").
A table (physical_words.py) says which act on whom is meant; what stands round it can excuse it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from scenarios.physical_words import TABLE, VERBS, WORDS


class _Act(NamedTuple):
    act: str
    before: str


def _form(verb: str) -> str:
    """A pattern for a regular verb as said now: grab, grabs, grabbing, grabbin."""
    stem = verb.removesuffix("e")
    return rf"{stem}{stem[-1]}?(e?s|ing?|in'|e)?"


def _entries(block: str, mark: str) -> Iterator[tuple[str, str]]:
    """The two sides of each entry; an indented line goes on with the one above, a # is for the reader."""
    for entry in re.split(r"\n(?=\S)", block.strip()):
        if not entry.startswith("#"):
            left, _, right = entry.partition(mark)
            yield " ".join(left.split()), re.sub(r"\n\s+", "", right).removeprefix(" ")


_NAMED = {"FORCE": "|".join(map(_form, VERBS.split())), **dict(_entries(WORDS, " ="))}


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the data as one of Python's, in any case; made when first needed."""
    while "@" in pattern:
        pattern = re.sub("@([A-Z_]+)@", lambda found: _NAMED[found.group(1)], pattern)
    return re.compile(re.sub(r"\((?!\?)", "(?:", pattern).replace(" ", r"\s+"), re.IGNORECASE)


def _tree(stems: set[str]) -> str:
    """A pattern for the longest of the stems, tried a letter at a time; a final $ is the end of the word."""
    branches = []
    for first in sorted({stem[:1] for stem in stems} - {"$", ""}):
        branches.append(re.escape(first) + _tree({stem[1:] for stem in stems if stem.startswith(first)}))
    if not stems.isdisjoint(("", "$")):
        branches.append("" if "" in stems else r"\b")
    return f"(?:{'|'.join(branches)})"


def _by_stem() -> tuple[re.Pattern[str], dict[str, list[_Act]]]:
    """One pattern for every beginning of a word in lower-case text, and the rows under each beginning."""
    own: dict[str, list[_Act]] = {}
    ends: set[str] = set()
    verbs = " ".join(verb.removesuffix("e") for verb in VERBS.split())
    for stems, rest in _entries(TABLE, " ::"):
        act, _, before = rest.partition(" << ")
        row = _Act(act, before)
        for stem in stems.replace("@FORCE@", verbs).split():
            own.setdefault(stem.removesuffix("$"), []).append(row)
            ends.add(stem)
    shorter = {stem: sorted(short for short in ends - {stem} if stem.startswith(short)) for stem in own}
    rows = {stem: acts + [row for short in shorter[stem] for row in own[short]] for stem, acts in own.items()}
    return re.compile(f"[^a-z]({_tree(ends)})"), rows


_STEM, _ROWS = _by_stem()
_PLAIN = str.maketrans("\u2018\u2019\u02bc\u2013\u2014\u00a0", "''',, ")
_SENTENCE = re.compile(r"[.!?;:\u2026]+[\"')\u201d]*(?=\s|$)|\n\s*\n")
_OWNERS = (  # the person's own hands: who stands just before the act, and whose limb it is
    (re.compile(r"(?:^|\s)(?:<them>|<they>|<name>)(?:\s*<is>)?\s+$", re.I), re.compile(r"\s<their>\s", re.I)),
    (re.compile(r"(?:^|\s)(?:him|he)\s+$", re.I), re.compile(r"\shis\s", re.I)),
    (re.compile(r"(?:^|\s)(?:her|she)\s+$", re.I), re.compile(r"\sher\s", re.I)),
)


def _clause(sentence: str) -> str:
    """The part of a sentence, up to the act, in which a denial would speak of the act."""
    before = _compiled("@ASIDE@").sub(" ", re.sub(r"\s-+\s", ", ", sentence))
    start = 0
    listed = _compiled("@LISTED@").search(before)
    for found in _compiled("@NEW_CLAUSE@").finditer(before):
        if not (listed and found.end() == len(before)):
            start = found.end()
    for found in _compiled("@BARE_CLAUSE@").finditer(before, start):
        if found.group("of") is None:
            start = found.start()
    return before[start:]


def _denied(clause: str, after: str) -> bool:
    """Whether the clause denies the act once (twice is a threat) and nothing after takes that back."""
    clause = _compiled("@NOT_DENIED@").sub(lambda found: "," * len(found.group()), clause)
    fear = _compiled("@THEY_FEAR@").search(clause)
    denials = [(found.start(), found.group().lower()) for found in _compiled("@DENIED@").finditer(clause)]
    if fear and not any(at > fear.start() for at, _ in denials):
        return True
    repeated = {word for _, word in denials if _compiled("@ONCE@").fullmatch(word.strip())}
    count = len(repeated) + sum(1 for _, word in denials if word not in repeated)
    return count % 2 == 1 and not _compiled("@TAKEN_BACK@").match(after)


def _own_act(act: str, clause: str) -> bool:
    """Whether the hands are the person's own: "hold your arm up", "you notice <them> hold <their> wrist"."""
    words = re.findall(r"\w+", act.lower())
    if not {"your", "ur"}.isdisjoint(words) and {"you", "u"}.isdisjoint(words):
        who = [found.group("who").lower() for found in _compiled("@OWN@").finditer(clause)]
        return who[-1] in ("you", "u") if who else not _compiled("@HURRIED@").search(clause)
    return any(who.search(clause) and whose.search(act) for who, whose in _OWNERS)


def _allowed(act: str, before: str, sentence: str, after: str) -> bool:
    """Whether a hand or a medicine was asked for, "them" are things, or a "put" is long past."""
    lower = act.lower()
    whole = sentence + act + re.split(r"[.!;]", after, maxsplit=1)[0]
    by_hand = lower.endswith("hand") and not _compiled("@FAST@").match(after)
    if by_hand and _compiled("@ASKED@").search(whole):
        return True
    if lower.startswith(("injection", "depot", "jab")) and _compiled("@AGREED@").search(whole):
        return True
    if lower.endswith(" them") and _compiled("@THINGS@").search(before):
        return True
    return bool(re.match(r"put\b", lower) and _compiled("@LONG_AGO@").match(after))


def _excused(plain: str, start: int, end: int, verb: bool) -> bool:
    """Whether what stands round the act says that it is denied, past, feared, not ours, or asked for."""
    before, act, after = plain[max(0, start - 240) : start], plain[start:end], plain[end : end + 120]
    sentence = before
    for found in _SENTENCE.finditer(before):
        sentence = before[found.end() :]
    clause = _clause(sentence)
    if re.match(r"\w+ing\b", act) and not clause.strip(" \"'") and _compiled("@NEVER_AFTER@").match(after):
        return True
    if _compiled("@PAST@").search(clause) and not _compiled("@PAST_NOT@").search(clause):
        return True
    if (verb and _compiled("@NOT_STAFF@").search(clause)) or _compiled("@THING_DONE@").search(clause):
        return True
    return _allowed(act, before, sentence, after) or _own_act(act, clause) or _denied(clause, after)


def physical_intervention(text: str) -> str | None:
    """The words in `text` with which staff would hold or force the person, as written, or None.

    `text` is a `say`, `do`, `wordings` or `instead` of a reply, at most 20,000 characters. Touch that does
    not hold, a denial, a memory, a fear said back, and hands on things pass. The source of the rule is the
    format itself: physical intervention has no form in it.
    """
    plain = ""
    for found in _STEM.finditer(" " + text.replace("\u0130", "I").lower()):
        plain = plain or (text if text.isascii() else text.translate(_PLAIN))
        at = found.start(1) - 1
        for row in _ROWS[found.group(1)]:
            act = _compiled(row.act).match(plain, at)
            if not act or (row.before and not _compiled(row.before).search(plain[max(0, at - 120) : at])):
                continue
            if not _excused(plain, at, act.end(), not row.before):
                return text[at : act.end()]
    return None
