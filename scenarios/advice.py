"""Warnings that one reading can give: what a good colleague would mention. One function a rule, over a View.

Source: format 1, section 6. Each docstring says why it matters to a trainer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from scenarios.load import Reading
from scenarios.nearest import nearest
from scenarios.problems import Problem
from scenarios.prose import KEYS, Prose
from scenarios.reading import MOST_REPLIES
from scenarios.speech import parts
from scenarios.view import Part, View

COMFORTABLE: Final = 6
LONG_REPLY: Final = 200
WORDINGS: Final = 3
LONGEST_SENTENCE: Final = 25
_FEWEST_MOMENTS: Final = 12
_SURE: Final = 0.01

POLITE = re.compile(
    r"\b(?:please|thanks?|thank you|sorry|appreciate|understand|would you|could you|may i|might|perhaps|"
    r"of course|kindly|really|totally|absolutely|here for you|hear you)\b",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?:attention[ -]seek(?:ing|er)s?|manipulative|manipulating|kicking off|acting out|playing up|"
    r"non[ -]?complian(?:t|ce)|frequent flyers?|absconders?|the aggressor|time[ -]?wast(?:er|ing)|"
    r"hysterical|nutters?|psychos?|schizos?|a schizophrenic|a borderline|treatment[ -]resistant|"
    r"challenging patients?|difficult patients?|bed[ -]?blockers?)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?…]+")
_HE_OR_SHE: Final = {"he": ("he", "him", "his", "himself"), "she": ("she", "her", "hers", "herself")}
_REPLY_DEPTHS: Final = (3, 4)
"""How long the path of a reply is: in a silence or a shared list, and in a moment."""
_READ_SLOWLY: Final = frozenset(["summary", "brief", "why", "instead"])
_NARRATION: Final = frozenset(["summary", "do", "brief", "cues"])


def crowded(view: View) -> None:
    """crowded: past six replies, or past 200 characters, people read instead of listening."""
    for name, moment in view.moments:
        count = view.listed(moment)
        if COMFORTABLE < count <= MOST_REPLIES:
            spot = view.root.at("moments", name)
            view.tell(
                "crowded",
                spot,
                f"`{name}` lists {count} replies.",
                "Six or fewer are easier to weigh.",
                key=True,
            )
    for reply in view.replies:
        text = reply.get("say", str) or reply.get("do", str) or ""
        if len(text) > LONG_REPLY:
            message = f"This reply is {len(text)} characters long."
            hint = "People in distress hear the first sentence; shorten it."
            view.tell("crowded", reply.at("say" if "say" in reply.data else "do"), message, hint)


def no_felt(view: View) -> None:
    """no-felt: how a reply felt for the person is what the debrief is for."""
    for answer in view.answers:
        if _lacks(answer, "felt"):
            view.tell(
                "no-felt",
                answer.spot,
                "This reply does not say how it felt.",
                "Add `felt` in the person's words.",
            )


def no_instead(view: View) -> None:
    """no-instead: being told what harmed, without what could have been said, teaches fear."""
    for answer in view.answers:
        harming = _harming(view, answer)
        if harming is not None and _lacks(answer, "instead"):
            message = f"This reply carries `{harming}`, which harms, but no `instead`."
            view.tell("no-instead", answer.spot, message, "Add what could have been said.")


def no_wordings(view: View) -> None:
    """no-wordings: people do not all speak alike; typed practice needs three other ways to say a thing."""
    for reply in view.replies:
        count = len(reply.get("wordings", list) or [])
        if "say" in reply.data and count < WORDINGS and (count or _lacks(reply, "wordings")):
            message = f"This spoken reply has {count} of {WORDINGS} `wordings`."
            view.tell("no-wordings", reply.spot, message, "Add other ways that people would say it.")


def no_content_notes(view: View) -> None:
    """no-content-notes: nobody should meet a hard subject unprepared."""
    if view.root.data.get("content_notes") == []:
        hint = "List what may be hard to meet, or leave it so if there is truly nothing."
        view.tell(
            "no-content-notes", view.root.at("content_notes"), "The file warns of nothing.", hint, key=True
        )


def no_lived_experience_review(view: View) -> None:
    """no-lived-experience-review: people who were on the other side must have had their say."""
    credit = view.root.part("credits")
    if credit is not None and not credit.data.get("lived_experience_review"):
        message = "Nobody with lived experience has reviewed this scenario yet."
        hint = "Hold a review session and note it under `lived_experience_review`."
        view.tell("no-lived-experience-review", credit.spot, message, hint, key=True)


def hard_to_read(view: View) -> None:
    """hard-to-read: tired people lose a sentence of more than 25 words; speech is left as people talk."""
    for text in view.prose:
        if text.key not in _READ_SLOWLY or not isinstance(text.value, str):
            continue
        for sentence in _SENTENCE.findall(text.value):
            words = len(sentence.split())
            if words > LONGEST_SENTENCE:
                message = f"A sentence of {words} words in `{text.key}` is hard to read."
                view.tell("hard-to-read", text.spot, message, "Make two of it.")
                break


def label_language(view: View) -> None:
    """label-language: labels spread from notes to corridors; a scene may show one only as a reply that harms."""
    harming = {answer.path for answer in view.answers if _harming(view, answer) is not None}
    for text in view.prose:
        if not isinstance(text.value, str) or any(text.path[:end] in harming for end in _REPLY_DEPTHS):
            continue
        found = _LABELS.search(" ".join(_ours(text)))
        if found is not None:
            message = f'"{found[0]}" is a label for a person.'
            hint = "Say what happened and what was needed."
            view.tell("label-language", text.spot, message, hint, inside=_at(text, found[0]))


def fixed_person(view: View) -> None:
    """fixed-person: the cast differ, so a name or a he/she in narration is wrong for one of them."""
    person = view.root.part("person")
    cast = [] if person is None else [member for _, member in person.parts("cast")]
    names = {name for member in cast if (name := member.get("name", str))}
    pronouns = {member.get("pronouns", str) or "they" for member in cast}
    words = set(names) if len(names) > 1 else set()
    if len(pronouns) > 1:
        words |= {word for each in pronouns for word in _HE_OR_SHE.get(each, ())}
    if not words:
        return
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words)))})\b")
    lower = (
        re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words - names)))})\b", re.IGNORECASE)
        if words - names
        else None
    )
    for text in view.prose:
        told = " ".join(_narration(text))
        found = pattern.search(told) or (lower.search(told) if lower else None)
        if found is not None:
            message = f'"{found[0]}" is fixed here, but the cast differ.'
            hint = "Write `<name>`, `<they>`, `<them>`, `<their>`, or name whoever else is meant."
            view.tell("fixed-person", text.spot, message, hint, inside=_at(text, found[0]))


def gives_itself_away(view: View) -> None:
    """gives-itself-away: if the best reply is always the longest or politest, people learn to spot it."""
    measures: tuple[tuple[str, Callable[[str], int]], ...] = (
        ("the longest", len),
        ("the politest", lambda text: len(POLITE.findall(text))),
    )
    for name, measure in measures:
        hits, chances = _guessed(view, measure)
        if len(chances) >= _FEWEST_MOMENTS and tail(hits, chances) < _SURE:
            share = f"{hits} of {len(chances)} moments; chance gives {sum(chances):.0f}"
            message = f"The most helpful reply is {name} in {share}."
            hint = "Let good replies be short and blunt at times, and poor ones long and polite."
            view.tell("gives-itself-away", view.root.at("moments"), message, hint, key=True)


def _guessed(view: View, measure: Callable[[str], int]) -> tuple[int, list[float]]:
    """In how many moments the one most helpful reply leads by a measure, and each such moment's chance of that."""
    hits, chances = 0, []
    for _, moment in view.moments:
        replies = [reply for _, reply in moment.parts("replies")]
        replies += [reply for listed, _ in moment.names("also") for reply in view.shared.get(listed, [])]
        best = _leader([_helpfulness(view, reply) for reply in replies])
        most = _leader([measure(reply.get("say", str) or reply.get("do", str) or "") for reply in replies])
        if best is not None and most is not None:
            hits += best == most
            chances.append(1 / len(replies))
    return hits, chances


def _helpfulness(view: View, reply: Part) -> int:
    known = view.vocabulary.techniques
    usual = [known[name].usual for name, _ in reply.names("techniques") if name in known]
    return sum(each.trust + each.safety - each.tension for each in usual)


def _leader(figures: Sequence[int]) -> int | None:
    """The place of the one largest figure; None where two share it or there is no choice."""
    if len(figures) < 2 or figures.count(max(figures)) != 1:
        return None
    return figures.index(max(figures))


def tail(hits: int, chances: Iterable[float]) -> float:
    """The chance of at least so many hits in independent tries of these chances (exact)."""
    spread = [1.0]
    for chance in chances:
        missed = [each * (1 - chance) for each in spread] + [0.0]
        for place, each in enumerate(spread):
            missed[place + 1] += each * chance
        spread = missed
    return sum(spread[hits:])


def _lacks(part: Part, key: str) -> bool:
    """Whether a key has nothing, and no mistyped key says that it was meant to."""
    return not part.data.get(key) and not any(
        isinstance(other, str) and other not in KEYS and nearest(other, [key]) for other in part.data
    )


def _harming(view: View, answer: Part) -> str | None:
    known = view.vocabulary.techniques
    return next(
        (name for name, _ in answer.names("techniques") if name in known and not known[name].helps), None
    )


def _at(text: Prose, words: str) -> tuple[str, int]:
    """Where words stand in a text, for `tell`; its beginning where they run over two of its parts."""
    return text.value, max(text.value.find(words), 0)


def _narration(text: Prose) -> Iterator[str]:
    """What a text tells rather than lets someone say."""
    if not isinstance(text.value, str):
        return
    if text.key in _NARRATION or (text.path[0] == "facts" and text.key == "says"):
        yield text.value
    elif text.key in ("person", "says", "say"):
        yield from (words for seen, words in parts(text.value) if seen)


def _ours(text: Prose) -> Iterator[str]:
    """The words of a text that are the file's own voice or staff's: not the person's speech, nor `felt`."""
    if not isinstance(text.value, str) or text.key == "felt":
        return
    if text.key in ("person", "says") and text.path[0] != "facts":
        yield from (words for seen, words in parts(text.value) if seen)
    else:
        yield text.value


RULES: Final[tuple[Callable[[View], None], ...]] = (
    crowded,
    no_felt,
    no_instead,
    no_wordings,
    no_content_notes,
    no_lived_experience_review,
    hard_to_read,
    label_language,
    fixed_person,
    gives_itself_away,
)


def advised(reading: Reading) -> Iterator[Problem]:
    """Warnings of one reading, where no error was told of the same place."""
    if not reading.document.whole:
        return
    view, before = reading.view, len(reading.view.problems)
    for rule in RULES:
        rule(view)
    given = view.problems[before:]
    del view.problems[before:]
    told = {(problem.line, problem.column) for problem in reading.problems}
    for problem in reading.document.placed(given):
        if (problem.line, problem.column) not in told:
            yield replace(problem, severity="warning")
