"""The JSON Schema for editors: as committed, accepting what loads, refusing what has the wrong shape."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest

from benchmarks.stories import story
from scenarios.load import LIBRARY, library_ids
from scenarios.schema import COMMITTED, schema, schema_text
from scenarios.source import parse
from tests.scenarios.makers import VALID

BAD = Path(__file__).with_name("bad")
SHAPES = [
    "cue-key-too-large",
    "cue-key-word",
    "cues-without-0",
    "five-techniques",
    "no-techniques",
    "format-2",
    "format-quoted",
    "format-missing",
    "gauges-out-of-range",
    "numbers-out-of-range",
    "weight-out-of-range",
    "unknown-key",
    "unknown-key-in-reply",
    "unknown-key-far-off",
    "missing-keys",
    "mistyped-required-key",
    "no-moments-no-endings",
    "reply-without-words",
    "reply-without-techniques",
    "reply-without-to",
    "silence-without-to",
    "say-and-do",
    "silence-with-say",
    "silence-with-id",
    "moment-without-replies",
    "moment-without-person",
    "wrong-types",
    "text-is-number",
    "text-is-true",
    "moments-is-list",
    "person-is-text",
    "techniques-is-text",
    "unknown-outcome",
    "unknown-pronouns",
    "bad-names",
    "odd-keys",
    "set-yes",
    "credits-wrong",
    "credit-without-date",
    "person-without-says",
    "sections-left-empty",
    "keys-left-empty",
    "zero-first",
    "word-number",
    "quoted-number",
    "reply-is-text",
    "id-too-long",
    "speech-became-list",
    "speech-became-mapping",
    "text-left-empty",
    "also-not-a-list",
    "comma-in-cast",
]


def as_json(node: Any) -> Any:
    """Data as an editor hands it to a schema: every key is text."""
    if isinstance(node, dict):
        return {str(key): as_json(value) for key, value in node.items()}
    return [as_json(value) for value in node] if isinstance(node, list) else node


def faults(data: bytes) -> list[str]:
    validator = jsonschema.Draft7Validator(schema())
    return [error.message for error in validator.iter_errors(as_json(parse(data, "made").data))]


def test_the_committed_schema_is_the_generated_one() -> None:
    committed = COMMITTED.read_text(encoding="utf-8")
    assert committed == schema_text(), "out of date: run `python -m scenarios.index`"


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(schema())
    assert schema_text() == schema_text()


@pytest.mark.parametrize("name", library_ids())
def test_it_accepts_what_we_ship(name: str) -> None:
    assert faults((LIBRARY / f"{name}.yaml").read_bytes()) == []


@pytest.mark.parametrize("text", [VALID, story(12)], ids=["valid", "generated"])
def test_it_accepts_what_loads(text: str) -> None:
    assert faults(text.encode()) == []


def test_every_key_and_value_that_a_scenario_may_leave_out_is_accepted() -> None:
    extra = {
        "minutes: 3\n": (
            "minutes: 3\nlanguage: cy-GB\nlegal_note: {text: To be checked., checked: 2026-11-25}\n"
        ),
        "when: trust >= 6": "when: true",
        "safety: 4}": "safety: 4, weight: 3, set: {waited: true, asks: 1}, brief: Handover says so.}",
        "to: stopped}": "to: at-the-hatch, again: true}",
        "max: 3}": "max: 3, start: 1}",
    }
    text = VALID
    for old, new in extra.items():
        assert old in text
        text = text.replace(old, new, 1)
    assert faults(text.encode()) == []


@pytest.mark.parametrize("name", SHAPES)
def test_it_refuses_what_has_the_wrong_shape(name: str) -> None:
    assert faults((BAD / f"{name}.yaml").read_bytes())
