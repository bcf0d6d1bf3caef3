"""What each key and placeholder of the format means, in a sentence: for whoever points at it or chooses it."""

from __future__ import annotations

from typing import Final

_ANSWER: Final = {
    "do": "What the trainee does. All of it is seen, so it takes no round brackets.",
    "techniques": "One to four names for what this shows: `[own-error, validate]`. Ratings and effects come from them.",
    "tension": "How much tension changes, -3 to 3. Left out: the sum of the techniques' usual effects.",
    "trust": "How much trust changes, -3 to 3. Left out: the sum of the techniques' usual effects.",
    "safety": "How much felt safety changes, -3 to 3. Left out: the sum of the techniques' usual effects.",
    "set": "Facts that are now so: `{promised: true}`, or a number. Hidden facts take `reveals` instead.",
    "add": "Whole numbers added to facts that count: `{asks: 1}`. The result stays within 0 and the fact's `max`.",
    "reveals": "Hidden facts that come to light now: `[birthday]`.",
    "when": "Offered only while this condition holds, such as `asks < 3 and not promised`.",
    "person": "What comes back at once, before the next moment: one text, or lines with `when`.",
    "felt": "How this felt: the actor, out of role, in the debrief.",
    "why": "Why it works or does not, in plain words, for the debrief.",
    "instead": "For a reply that harms: what could have been said.",
    "wordings": "Other ways people would say the same, for typed practice; three or more.",
    "to": "The moment or ending this leads to. Its own moment may be named: it is entered again.",
}

KEYS: Final[dict[str, dict[str, str]]] = {
    "Scenario": {
        "format": "The version of the format. Always 1.",
        "title": "The name of the scenario, as the list shows it.",
        "summary": "One or two sentences that say what is at stake. Placeholders are filled for the first of the cast.",
        "role": "Who the trainee is. It decides which techniques fit.",
        "setting": "Where and when: ward, time of day, the very spot.",
        "minutes": "About how long a scene takes, 1 to 240.",
        "language": "The language it is written in, `en-GB` where nothing is said.",
        "content_notes": "What may be hard to meet, shown before the start. `[]` if truly nothing.",
        "aims": "What there is to practise here.",
        "credits": "Who wrote it and who with lived experience reviewed it, by role and date.",
        "legal_note": "What the law has to say here, and when that was checked.",
        "person": "The person met: a cast to draw from, what matters to them, what can be seen.",
        "facts": "What has happened or may come to light, true/false or a small whole number, each under a name.",
        "openings": "Where a scene may begin and how the person is by then. One is drawn.",
        "whenever": "Rules looked at after every reply, in order; the first that holds names the way.",
        "shared_replies": "Named lists of replies that a moment adds with `also`.",
        "moments": "The points of the conversation, each under a name: what is said and what can be answered.",
        "endings": "How a take can end, each under a name. None is a pass or a fail.",
        "walks": "Your own tests: these replies come to that ending. Every check plays them.",
    },
    "Credits": {
        "written_by": "Who wrote it, or what it was drafted from.",
        "lived_experience_review": "Who has been there and has had their say. While empty, every screen says so.",
    },
    "Credit": {
        "role": "A role, not a name, unless they asked for it.",
        "on": "The date, as 2027-01-15.",
        "changed": "What they changed.",
    },
    "LegalNote": {"text": "What the law has to say.", "checked": "The date on which it was last checked."},
    "Person": {
        "cast": "Who may be met; one is drawn. Nothing but name, pronouns and `about` may depend on which.",
        "matters": "What this was about for the person. Told in the debrief only.",
        "cues": "What can be seen, by tension: the highest number not above the tension applies. There must be a 0.",
    },
    "CastMember": {
        "name": "What `<name>` becomes.",
        "pronouns": "`he`, `she` or `they`: what `<they>`, `<them>`, `<their>` become.",
        "about": "Who they are beyond this moment: age, work, what they love.",
    },
    "Fact": {
        "says": "What it means, in a sentence for the debrief.",
        "hidden": "True for what a reply can bring to light with `reveals`.",
        "start": "What it is at the start, where not false or 0.",
        "max": "Makes it a whole number from 0 to this, at most 20.",
    },
    "Opening": {
        "moment": "The moment at which it begins.",
        "tension": "How tense the person is, 0 to 10.",
        "trust": "How much the person trusts, 0 to 10.",
        "safety": "How safe the person feels, 0 to 10.",
        "weight": "How often it is drawn against the others, 1 to 100.",
        "set": "Facts that are already so.",
        "brief": "What the trainee is told before this opening.",
    },
    "Rule": {
        "when": "The condition looked at after every reply.",
        "to": "The moment or ending it leads to.",
        "again": "True lets a rule that leads to a moment fire more than once a take.",
    },
    "Variant": {
        "when": "Said only if this condition holds; the first of the list that does is said. The last has none.",
        "says": "What the person says. (What is seen stands in round brackets.)",
    },
    "Reply": {
        "id": "The reply's name in walks and records. Left out, it is made of the first four words.",
        "say": "What the trainee says. (What they do meanwhile stands in round brackets.)",
        **_ANSWER,
    },
    "Silence": {
        "after": "Seconds of quiet until waiting counts as an answer, 3 to 120; 15 if left out.",
        **_ANSWER,
    },
    "Moment": {
        "person": "What the person says here: one text, or lines with `when`, of which the last has none.",
        "replies": "What the trainee can say or do, at most nine; six are easier to weigh.",
        "also": "Shared lists of replies offered here too.",
        "silence": "What happens when the trainee stays quiet. Without it there is no timer.",
    },
    "Ending": {
        "outcome": "Which of the six ways it ends.",
        "text": "What is told at the end.",
        "felt": "How the whole encounter felt for the person.",
        "questions": "Questions for the debrief.",
    },
    "Walk": {
        "name": "What this walk is there to show.",
        "opening": "The opening it begins with; the first if left out.",
        "replies": "The replies in order: ids, `silence`, `reach`, or `rewind:2` to go back.",
        "ends": "The ending it comes to.",
        "then": "A condition that must hold at its end.",
    },
}
"""By part of the format, then key."""

OUTCOMES: Final = {
    "settled": "A shared plan.",
    "complied": "Quiet, but not heard: trust is low.",
    "paused": "Safely paused, or handed over with consent.",
    "withdrew": "The trainee stepped away safely, which can be right.",
    "rupture": "No harm, but the relation broke.",
    "stopped": "Others stepped in off-stage, or tension boiled over: the scene ends.",
}

GAUGES: Final = {
    "tension": "How tense the person is, 0 to 10.",
    "trust": "How much the person trusts the trainee, 0 to 10.",
    "safety": "How safe the person feels, 0 to 10.",
}

PLACEHOLDERS: Final = {
    "name": "The person's name.",
    "trainee": "What the trainee asked to be called.",
    "they": "he, she or they.",
    "them": "him, her or them.",
    "their": "his, her or their.",
    "theirs": "his, hers or theirs.",
    "themself": "himself, herself or themself.",
    "is": "is, or are after they.",
    "has": "has, or have after they.",
    "was": "was, or were after they.",
    "s": "The ending of a verb that agrees: `<They> shift<s>`.",
    "es": "The ending of a verb that agrees: `<They> watch<es>`.",
}
"""A capital letter (`<They>`) is for the start of a sentence."""


def placeholder(word: str) -> str:
    """What a placeholder stands for; empty where there is none of the name."""
    meaning = PLACEHOLDERS.get(word.lower(), "")
    return f"{meaning} At the start of a sentence." if meaning and word != word.lower() else meaning
