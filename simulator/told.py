"""What a trainee has said of a session so far, and what is still to be asked: from the events alone."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from simulator.events import (
    Account,
    Confidence,
    Contested,
    Event,
    Inquired,
    Kept,
    Reflection,
    SelfRated,
    SelfRating,
    ToTry,
    Word,
)

BeforeReveal = Literal["word", "account", "self-rating"]
Part = Literal[
    "word", "account", "self-rating", "felt", "timeline", "moments", "side", "feedback", "fork", "keep"
]
ON_TO: Final[Mapping[Part, str]] = MappingProxyType(
    {
        "word": "a breath and a word",
        "account": "what happened, as you tell it",
        "self-rating": "how you see it yourself",
        "felt": "how it was for {person}",
        "timeline": "what went on in {person}, turn by turn",
        "moments": "two moments to think about",
        "side": "{person}'s side",
        "feedback": "what stood out, and the suggested ratings",
        "fork": "taking a moment again",
        "keep": "what to keep and what to try",
    }
)
"""Where going on leads, as the end of a sentence that begins so."""


@dataclass(slots=True)
class Told:
    """What the trainee said: a text is None until it is given, "" where it was left out.

    `contests` has one for each thing contested, the latest words for it.
    """

    word: str | None = None
    account: str | None = None
    reflection: str | None = None
    question: str | None = None
    confidence: dict[str, int] = field(default_factory=dict)
    ratings: dict[str, int] = field(default_factory=dict)
    blind: bool | None = None
    inquiries: dict[int, Inquired] = field(default_factory=dict)
    contests: dict[tuple[str, int, int, str], Contested] = field(default_factory=dict)
    to_keep: str | None = None
    to_try: str | None = None
    when: str | None = None

    @property
    def waiting(self) -> BeforeReveal | None:
        """What comes before anything that judges is shown, and has neither been given nor left out."""
        if self.word is None:
            return "word"
        if self.account is None:
            return "account"
        return "self-rating" if self.blind is None else None

    @property
    def complete(self) -> bool:
        """Whether the trainee has had their own say, so that the debrief may open."""
        return self.waiting is None

    def part(self, moments: int) -> Part | None:
        """The first part that waits for the trainee; None once everything was given or left out.

        Parts that are only read leave no trace: with nothing said since the reveal they begin again.
        `moments` is how many are asked about.
        """
        if self.waiting is not None:
            return self.waiting
        if self.to_keep is not None:
            return "keep" if self.to_try is None else None
        if not self.inquiries:
            return "felt"
        return "moments" if len(self.inquiries) < moments else "side"

    def twin(self) -> Told:
        """The same, to go on with apart."""
        return deepcopy(self)

    def take_in(self, event: Event) -> None:
        """Take in one event; one that is none of the trainee's words changes nothing."""
        match event:
            case Confidence(when, value):
                self.confidence[when] = value
            case Word(text):
                self.word = text or ""
            case Reflection(question, text):
                self.question, self.reflection = question, text or ""
            case Account(text):
                self.account = text or ""
            case SelfRating(dimension, value):
                self.ratings[dimension] = value
            case SelfRated(blind):
                self.blind = blind
            case Inquired(turn):
                self.inquiries[turn] = event
            case Contested(what, take, turn, name):
                self.contests[what, take, turn, name] = event
            case Kept(text):
                self.to_keep = text or ""
            case ToTry(text, when):
                self.to_try, self.when = text or "", when or ""
