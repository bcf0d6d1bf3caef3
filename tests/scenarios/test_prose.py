"""Where words stand: every text of the format is found, whatever else is wrong."""

from __future__ import annotations

from typing import Any

from scenarios.model import Part, Scenario
from scenarios.prose import KEYS, prose
from scenarios.source import parse
from tests.scenarios.makers import VALID, changed


def found(text: str) -> list[tuple[Any, ...]]:
    document = parse(text.encode(), "made")
    return [text.path for text in prose(document.data, document.spot)]


def test_every_text_of_the_valid_file_is_found_once() -> None:
    paths = found(VALID)
    assert len(paths) == len(set(paths))
    reply = ("moments", "at-the-hatch", "replies", 0)
    for path in [
        *(("title",), ("summary",), ("setting",), ("content_notes", 0), ("aims", 0), ("person", "matters")),
        *(
            ("credits", "lived_experience_review", 0, "role"),
            ("person", "cast", 0, "about"),
            ("person", "cues", 7),
        ),
        *(("facts", "asks", "says"), ("moments", "at-the-hatch", "person", 1, "says"), (*reply, "say")),
        *((*reply, "person"), (*reply, "felt"), (*reply, "why"), (*reply, "wordings", 2)),
        *(("shared_replies", "always-there", 0, "do"), ("moments", "at-the-hatch", "silence", "felt")),
        *(("endings", "tea", "text"), ("endings", "tea", "questions", 0), ("walks", 0, "name")),
    ]:
        assert path in paths, path


def test_names_and_numbers_are_not_words() -> None:
    paths = found(VALID)
    for path in [
        ("role",),
        ("minutes",),
        ("openings", "usual", "moment"),
        ("moments", "at-the-hatch", "replies", 0, "to"),
    ]:
        assert path not in paths


def test_texts_are_found_beside_what_is_broken() -> None:
    text = changed(("facts:\n", "facts: 3\nodd:\n"), ("openings:\n", "opening:\n"))
    assert ("endings", "tea", "text") in found(text)


def test_keys_are_those_of_the_models() -> None:
    known: set[str] = set()
    waiting: list[type[Part]] = [Scenario]
    seen: set[type[Part]] = set()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            known |= set(model.model_fields) if model is not Scenario else set()
            waiting += [part for field in model.model_fields.values() for part in _models(field.annotation)]
    inside = {"written_by", "lived_experience_review", "cast", "matters", "cues"}
    assert known - inside <= KEYS <= known


def _models(annotation: Any) -> list[type[Part]]:
    import typing

    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in _models(part)]
