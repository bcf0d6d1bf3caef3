"""Format 1 as frozen, strict models: the shape of a scenario file. What names point at is checked in reading.py."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Item = TypeVar("Item")
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Items = Annotated[tuple[Item, ...], Field(strict=False)]
Gauge = Annotated[int, Field(ge=0, le=10)]
Change = Annotated[int, Field(ge=-3, le=3)]
Outcome = Literal["settled", "complied", "paused", "withdrew", "rupture", "stopped"]
Pronouns = Literal["he", "she", "they"]


def _as_condition(value: Any) -> Any:
    """`when: true` reaches us as true/false and a bare number as a number; both are conditions, right or wrong."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else value


def _as_variants(value: Any) -> Any:
    return [{"says": value}] if isinstance(value, str) else value


ConditionText = Annotated[Text, BeforeValidator(_as_condition)]


class Part(BaseModel):
    """What every part of a scenario shares: unknown keys refused, nothing converted, nothing changed afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Variant(Part):
    """One thing the person may say; the first whose `when` holds is said, the last of a list has none."""

    when: ConditionText | None = None
    says: Text


Lines = Annotated[Items[Variant], BeforeValidator(_as_variants), Field(min_length=1)]


class Credit(Part):
    """Who wrote or reviewed, by role and date; never by name unless they asked for it."""

    role: Text
    on: Text
    changed: Text | None = None


class Credits(Part):
    """Where the scenario comes from and who with lived experience has reviewed it."""

    written_by: Items[Credit] = ()
    lived_experience_review: Items[Credit] = ()


class LegalNote(Part):
    """What the law had to say, and the day that was checked."""

    text: Text
    checked: Text


class CastMember(Part):
    """One of the people who may be met; nothing but name, pronouns and `about` depends on which."""

    name: Text
    pronouns: Pronouns = "they"
    about: Text | None = None


class Person(Part):
    """The person met in the scene."""

    cast: Annotated[Items[CastMember], Field(min_length=1)]
    matters: Text
    cues: Annotated[dict[Gauge, Text], Field(min_length=1)]


class Fact(Part):
    """Something that has happened or may come to light: true/false, or with `max` a small whole number."""

    says: Text | None = None
    hidden: bool = False
    start: bool | Annotated[int, Field(ge=0, le=20)] | None = None
    max: Annotated[int, Field(ge=1, le=20)] | None = None


class Opening(Part):
    """Where a scene may begin, and how the person is by then (gauges 0..10)."""

    moment: Text
    tension: Gauge
    trust: Gauge
    safety: Gauge
    weight: Annotated[int, Field(ge=1, le=100)] = 1
    set: dict[str, bool | int] = {}
    brief: Text | None = None


class Rule(Part):
    """A `whenever` rule: looked at after every reply, in order; the first that holds names the way."""

    when: ConditionText
    to: Text
    again: bool = False


class Answer(Part):
    """What a reply and a silence share: techniques, effects, what comes back, and where it leads."""

    do: Text | None = None
    techniques: Annotated[Items[Text], Field(min_length=1, max_length=4)]
    tension: Change | None = None
    trust: Change | None = None
    safety: Change | None = None
    set: dict[str, bool | int] = {}
    add: dict[str, Annotated[int, Field(ge=-20, le=20)]] = {}
    reveals: Items[Text] = ()
    when: ConditionText | None = None
    person: Lines | None = None
    felt: Text | None = None
    why: Text | None = None
    instead: Text | None = None
    wordings: Items[Text] = ()
    to: Text


class Reply(Answer):
    """Something the trainee may say or do."""

    id: Text | None = None
    say: Text | None = None


class Silence(Answer):
    """Waiting, which is a reply too; `after` is in seconds."""

    after: Annotated[int, Field(ge=3, le=120)] = 15
    techniques: Annotated[Items[Text], Field(min_length=1, max_length=4)] = ("silence",)


class Moment(Part):
    """A point in the conversation: what the person says, and what can be answered."""

    person: Lines
    replies: Items[Reply] = ()
    also: Items[Text] = ()
    silence: Silence | None = None


class Ending(Part):
    """How a take can end; none is a pass or a fail."""

    outcome: Outcome
    text: Text
    felt: Text | None = None
    questions: Items[Text] = ()


class Walk(Part):
    """An author's own test: these replies, from this opening, come to this ending."""

    name: Text | None = None
    opening: Text | None = None
    replies: Items[Text]
    ends: Text | None = None
    then: ConditionText | None = None


class Scenario(Part):
    """One scenario file, format 1."""

    format: Literal[1]
    title: Text
    summary: Text
    role: Text
    setting: Text
    minutes: Annotated[int, Field(ge=1, le=240)]
    language: Text = "en-GB"
    content_notes: Items[Text]
    aims: Items[Text] = ()
    credits: Credits
    legal_note: LegalNote | None = None
    person: Person
    facts: dict[str, Fact] = {}
    openings: Annotated[dict[str, Opening], Field(min_length=1)]
    whenever: Items[Rule] = ()
    shared_replies: dict[str, Items[Reply]] = {}
    moments: Annotated[dict[str, Moment], Field(min_length=1)]
    endings: Annotated[dict[str, Ending], Field(min_length=1)]
    walks: Items[Walk] = ()
