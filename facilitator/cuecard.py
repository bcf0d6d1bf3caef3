"""A cue card for whoever leads the debrief of a group: the steps, with this scene's moments and questions in them.

The order opens out and narrows again, from what happened to what to try; it follows PEARLS (Eppich and Cheng 2015) and
the debrief diamond (Jaye et al. 2015) in words of our own. For the facilitator alone: it holds what the person felt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from facilitator.page import html, markdown

if TYPE_CHECKING:
    from facilitator.reviews import Review
    from scoring.feedback import Inquiry


@dataclass(frozen=True, slots=True)
class Step:
    """One step: about how long, what it is for, and words that may be said."""

    name: str
    minutes: str
    purpose: str
    says: tuple[str, ...]
    of_scene: str = ""
    """Which of the scene's own things belong here: chart, moments, voices, questions or again."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What a card holds of one session. Nobody is named in it."""

    session: str
    title: str
    person: str
    matters: str
    ending: str
    felt: str | None
    moments: tuple[Inquiry, ...]
    voices: tuple[str, ...]
    questions: tuple[str, ...]


STEPS: Final = (
    Step(
        "Breathe out",
        "3",
        "Out of the scene before anything is said about it.",
        (
            "The scene is over. You are yourself again, and nobody here was that person or that member of staff.",
            "One word each for how you are now. Passing is fine, and so is stepping out for a minute.",
        ),
    ),
    Step(
        "What happened",
        "5",
        "The story before the views. Whoever played it tells it first.",
        ("Take us through it as you saw it.", "What did somebody else see there?"),
    ),
    Step(
        "What went on in the person",
        "5",
        "Only now show how tension, trust and felt safety went. Leave it a moment without a word.",
        ("What surprises you here?", "Where would you have guessed otherwise?"),
        "chart",
    ),
    Step(
        "Two moments",
        "10",
        "Say what you saw and how you look at it, then ask what only they can answer. The line, never the person.",
        ("What were you hoping it would do?", "What was in your mind just before?"),
        "moments",
    ),
    Step(
        "The person's side",
        "5",
        "Somebody answers as the person might. Would it have gone the same for somebody else in their place?",
        ("In their voice: was I listened to? Did I have a say?",),
        "voices",
    ),
    Step(
        "Once more",
        "8",
        "Go back to one moment and play it again. Anybody may offer a line; then see what it does.",
        ("Stop there. Who would say something else?", "What changed this time?"),
        "again",
    ),
    Step(
        "What it comes down to",
        "4",
        "From this scene to your own place of work.",
        ("When have you met this before?", "What would make it hard where you work?"),
        "questions",
    ),
    Step(
        "Keep one, try one",
        "3",
        "Each says one thing to keep, one to try, and when. Written down in their words.",
        ("What will you keep?", "What will you try, and on which shift?"),
    ),
    Step(
        "Before you go",
        "2",
        "Nobody leaves alone with it.",
        (
            "Who would like a word afterwards?",
            "Somebody will ask how you are tomorrow, if you would like that.",
        ),
    ),
)
BEARING: Final = (
    "Three things well are more than ten things said.",
    "What somebody did, never what they are. No marks, no comparing.",
    "Whoever played may overrule you about what they meant.",
    "If it comes too close for somebody, the scene can wait; they cannot.",
)


def cue(review: Review) -> Cue:
    """What there is to talk about in one session: its first take, as it was rated. For the facilitator alone."""
    from scoring.feedback import feedback
    from scoring.rubric import our_rubric

    course = review.course
    play = course.play
    if course.state == "stepped-out" or play.takes[0].ending is None:
        from facilitator.errors import NotOpen

        raise NotOpen("This scene was not played to an ending.", "Choose a session that was.")
    ending = play.scene.scenario.endings[play.takes[0].ending]
    said = feedback(play, our_rubric(), course.loaded.vocabulary)
    name = re.compile(rf"\b{re.escape(review.whole['trainee'])}\b")

    def unnamed(text: str) -> str:
        return name.sub("[name]", text)

    return Cue(
        session=review.session,
        title=review.whole["title"],
        person=play.person,
        matters=play.fill(play.scene.scenario.person.matters),
        ending=play.fill(ending.text),
        felt=play.fill(ending.felt) if ending.felt else None,
        moments=tuple(replace(each, observation=unnamed(each.observation)) for each in said.inquiries),
        voices=tuple(statement.text for statement in review.statements),
        questions=tuple(unnamed(play.fill(question)) for question in ending.questions),
    )


def cue_card(card: Cue, suffix: str) -> str:
    """The card as the text of a file with this suffix."""
    if suffix == ".html":
        return html("cue.html", ["report.css", "cue.css"], card=card, steps=STEPS, bearing=BEARING)
    return markdown("cue.md", card=card, steps=STEPS, bearing=BEARING)
