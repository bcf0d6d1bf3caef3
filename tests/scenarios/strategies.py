"""Generated scenarios for property tests: small, valid, with guards, rules, counters, hidden facts and silence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import yaml
from hypothesis import strategies as st

from scenarios.load import Loaded, load_bytes
from scenarios.scene import Scene


class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes a value anew wherever it stands: files have no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


TECHNIQUES = ["introduce", "space", "validate", "order", "threat", "vague-wait", "small-promise", "silence"]
CONDITIONS = [
    "tension >= 7",
    "trust < 4 or safety > 6",
    "not done and asks < 2",
    "3 <= trust < 8",
    "light",
    "done == true and asks != 1",
    "tension <= trust",
    "true",
]
WORDS = [
    "I am here.",
    "(<They> look<s> up.) What now?",
    "You said three, <trainee>.",
    "<name> wait<s>.",
    "No.",
]


@dataclass(frozen=True)
class Story:
    """A generated scenario as data, bytes and a scene."""

    whole: dict[str, Any]

    @cached_property
    def data(self) -> bytes:
        text: str = yaml.dump(self.whole, Dumper=Dumper, allow_unicode=True, sort_keys=False)
        return text.encode()

    @cached_property
    def loaded(self) -> Loaded:
        return load_bytes(self.data)

    @property
    def scene(self) -> Scene:
        return self.loaded.scene


# a strategy is looked over anew whenever it is made, which costs more than drawing from it: so each is made once


@cache
def lines() -> st.SearchStrategy[Any]:
    """One text, or variants of which the last has no condition."""
    words = st.sampled_from(WORDS)
    variant = st.fixed_dictionaries({"when": st.sampled_from(CONDITIONS), "says": words})
    many = st.tuples(st.lists(variant, max_size=2), words).map(lambda pair: [*pair[0], {"says": pair[1]}])
    return st.one_of(words, many)


@cache
def effects() -> st.SearchStrategy[dict[str, Any]]:
    """What any answer may change."""
    gauge = st.integers(-3, 3)
    changes = {
        "tension": gauge,
        "trust": gauge,
        "safety": gauge,
        "set": st.sampled_from([{"done": True}, {"done": False}, {"asks": 0}, {"asks": 3}]),
        "add": st.sampled_from([{"asks": 1}, {"asks": -2}, {"asks": 20}]),
        "reveals": st.just(["light"]),
        "person": lines(),
    }
    return st.fixed_dictionaries({}, optional=changes)


@cache
def one_of(*values: str) -> st.SearchStrategy[str]:
    """One of these texts."""
    return st.sampled_from(values)


@cache
def numbers(least: int, most: int) -> st.SearchStrategy[int]:
    """A whole number from least to most."""
    return st.integers(least, most)


TAGS = st.lists(st.sampled_from(TECHNIQUES), min_size=1, max_size=4, unique=True)
EITHER = st.booleans()


@st.composite
def answers(draw: st.DrawFn, targets: list[str], guarded: bool) -> dict[str, Any]:
    """A reply without its id and words."""
    body: dict[str, Any] = draw(effects())
    body["techniques"] = draw(TAGS)
    body["to"] = draw(one_of(*targets))
    if guarded:
        body["when"] = draw(one_of(*CONDITIONS))
    return body


@st.composite
def moments(draw: st.DrawFn, targets: list[str]) -> dict[str, Any]:
    """A moment with one reply that is always there, some that are guarded, and perhaps silence."""
    replies = []
    for place in range(draw(numbers(1, 4))):
        reply = draw(answers(targets, guarded=place > 0 and draw(EITHER)))
        kind = draw(one_of("say", "do"))
        replies.append({"id": f"reply-{place}", kind: f"You wait, turn {place}.", **reply})
    moment: dict[str, Any] = {"person": draw(lines()), "replies": replies}
    if draw(EITHER):
        moment["silence"] = {"after": 10, **draw(answers(targets, guarded=draw(EITHER)))}
    if draw(EITHER):
        moment["also"] = ["shared"]
    return moment


@cache
def rules(*targets: str) -> st.SearchStrategy[list[dict[str, Any]]]:
    """What may divert the story."""
    rule = st.fixed_dictionaries(
        {"when": one_of(*CONDITIONS[:7]), "to": one_of(*targets)}, optional={"again": EITHER}
    )
    return st.lists(rule, max_size=3)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """A whole scenario that loads."""
    names = [f"moment-{place}" for place in range(draw(numbers(1, 5)))]
    endings = ["well", "badly"]
    targets = names + endings
    gauge = numbers(0, 10)
    openings = {
        name: {
            "moment": draw(one_of(*names)),
            "tension": draw(gauge),
            "trust": draw(gauge),
            "safety": draw(gauge),
        }
        for name in ["usual", "late"][: draw(numbers(1, 2))]
    }
    shared = {"id": "shared-step", "do": "You take a step back.", **draw(answers(targets, guarded=True))}
    return Story(
        {
            "format": 1,
            "title": "Generated",
            "summary": "<name> wait<s>.",
            "role": "nurse",
            "setting": "A ward",
            "minutes": 5,
            "content_notes": [],
            "credits": {"written_by": [{"role": "a test", "on": "2026-11-22"}]},
            "person": {
                "cast": [{"name": "Ada", "pronouns": "she"}, {"name": "Bo", "pronouns": "they"}],
                "matters": "To be heard.",
                "cues": {0: "(Still.)", 6: "(<They> pace<s>.)"},
            },
            "facts": {
                "done": {"says": "It was done"},
                "light": {"says": "Seen", "hidden": True},
                "asks": {"max": 3},
            },
            "openings": openings,
            "whenever": draw(rules(*targets)),
            "shared_replies": {"shared": [shared]},
            "moments": {name: draw(moments(targets)) for name in names},
            "endings": {
                "well": {"outcome": "settled", "text": "It ends well."},
                "badly": {"outcome": "rupture", "text": "It ends."},
            },
        }
    )
