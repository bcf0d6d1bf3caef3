"""What pydantic finds wrong with the shape of a file, in an author's words and at the author's line.

The only reader of pydantic's errors. One slip gives one message: a mistyped key is not also missing.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenarios.compose import Place, Spot
from scenarios.nearest import nearest
from scenarios.problems import Problem, listed
from scenarios.prose import prose
from scenarios.source import Document

Model = TypeVar("Model", bound=BaseModel)

_BOUNDS: Final = frozenset(["greater_than_equal", "less_than_equal", "too_short", "too_long"])
_KINDS: Final[dict[str, str]] = {
    "string_type": "words",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "model_attributes_type": "keys with values",
}
_UNION: Final = "true, false or a whole number"
_TAGS: Final = ("bool", "int", "constrained-int", "[key]")
_NUMBER = re.compile(r"\+?([0-9][0-9_]{0,6}|0x[0-9A-Fa-f]{1,5})(?:\.0+)?")
_TRUTHS: Final = {
    "yes": "true",
    "no": "false",
    "on": "true",
    "off": "false",
    "true": "true",
    "false": "false",
}
_SHOWN: Final = 40


def check_shape(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Validate a document against a model: the model, or every problem with its place."""
    if not isinstance(document.data, dict):
        message, spot = "The file does not begin with keys such as `title:`.", document.spot
        if document.data is None:
            message, spot = "The file is empty.", Spot(1, 1, 1, 1)
        return None, [_problem(document, "wrong-type", spot, message, "`words-first new` makes a starter.")]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, list(_Teller(model, document).tell(error.errors(include_url=False, include_input=True)))


def _problem(
    document: Document, code: str, spot: Spot, message: str, hint: str, *, key: bool = False
) -> Problem:
    line, column = (spot.key_line, spot.key_column) if key else (spot.line, spot.column)
    return Problem(code, document.path, line, column, message, hint)


class _Teller:
    def __init__(self, model: type[BaseModel], document: Document) -> None:
        self.model = model
        self.document = document
        self.words = {text.path for text in prose(document.data, document.spot)}

    def tell(self, errors: list[ErrorDetails]) -> Iterable[Problem]:
        yield from self._missing(errors)
        exact = {_place(error) for error in errors if error["type"] not in _KINDS}
        told: set[tuple[str, int, int]] = set()
        for error in errors:
            either_of_two = (
                _place(error) != error["loc"] and _place(error) in exact and error["type"] in _KINDS
            )
            problem = None if error["type"] == "missing" or either_of_two else self._one(error)
            if problem is not None and (problem.code, problem.line, problem.column) not in told:
                told.add((problem.code, problem.line, problem.column))
                yield problem

    def _missing(self, errors: list[ErrorDetails]) -> Iterable[Problem]:
        """What is missing, once for each part; a mistyped key explains a missing one that is like it."""
        missing: dict[Place, list[str]] = {}
        unknown: dict[Place, list[str]] = {}
        for error in errors:
            if error["type"] in ("missing", "extra_forbidden"):
                found = missing if error["type"] == "missing" else unknown
                found.setdefault(error["loc"][:-1], []).append(str(error["loc"][-1]))
        for path, keys in missing.items():
            left = [key for key in keys if not any(nearest(other, [key]) for other in unknown.get(path, []))]
            spot = self.document.spot_at(path)
            if left and not spot.broken:
                names = listed(left, 30)
                verb, it = ("is", f"`{left[0]}:`") if len(left) == 1 else ("are", "them")
                message = f"{names} {verb} missing{_where(path)}."
                yield self._say("missing-key", spot, message, f"Add {it}.", key=True)

    def _one(self, error: ErrorDetails) -> Problem | None:
        kind, path = error["type"], error["loc"]
        spot = self.document.spot_at(path)
        name = str(path[-1]) if path else ""
        told = spot.broken and (spot.empty or name == "<<" or "\ufffd" in name)
        if kind in ("extra_forbidden", "invalid_key") and not told:
            return self._unknown_key(path, spot)
        if spot.broken:
            return None
        if kind == "literal_error":
            return self._choice(error, spot)
        if kind in _BOUNDS or kind == "string_too_short":
            return self._bounds(error, spot)
        if kind == "string_too_long":
            return None  # told when it was read
        return self._kind(error, spot)

    def _say(self, code: str, spot: Spot, message: str, hint: str, *, key: bool = False) -> Problem:
        return _problem(self.document, code, spot, message, hint, key=key)

    def _unknown_key(self, path: Place, spot: Spot) -> Problem:
        name = str(path[-1])
        if path[-2:] == ("silence", "say"):
            message = "`say` cannot stand in `silence`: who stays quiet says nothing."
            return self._say(
                "unknown-key", spot, message, "Delete it, or make it a reply under `replies`.", key=True
            )
        known = keys_at(self.model, path[:-1])
        guess = nearest(name, known)
        hint = f"Did you mean `{guess}`?" if guess else f"Known here: {listed(sorted(known), 30)}."
        return self._say(
            "unknown-key", spot, f"`{name}` is not a key that is known{_where(path[:-1])}.", hint, key=True
        )

    def _choice(self, error: ErrorDetails, spot: Spot) -> Problem | None:
        name, given = str(error["loc"][-1]), error["input"]
        if given is None:
            return self._empty(f"`{name}`", spot)
        if name == "format":
            shown = f'"{given}"' if isinstance(given, str) else _given(given)
            message = f"`format` is {shown[:_SHOWN]}; this program reads format 1."
            return self._say("unknown-format", spot, message, "Write `format: 1`, without quotes.")
        expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
        code = "unknown-outcome" if name == "outcome" else "wrong-type"
        shown = f"`{given}`" if isinstance(given, str) else _given(given)
        message = f"{shown[0].upper()}{shown[1:]} is not one of {expected}."
        return self._say(code, spot, message, "Choose the one that fits.")

    def _empty(self, name: str, spot: Spot, wanted: str = "") -> Problem:
        takes = f"; it takes {wanted}" if wanted else ""
        return self._say(
            "missing-key", spot, f"{name[0].upper()}{name[1:]} is left empty{takes}.", "Fill it in.", key=True
        )

    def _bounds(self, error: ErrorDetails, spot: Spot) -> Problem | None:
        given, context, kind = error["input"], error.get("ctx", {}), error["type"]
        name = str(error["loc"][-1])
        if kind == "string_too_short":
            path = _place(error)
            if path in self.words or path[:-2] in self.words:  # a text stands for a list of one variant
                path = path if path in self.words else path[:-2]
                return self._say("text-cut-short", spot, f"{_name(path)} is left empty.", "Write the words.")
            return self._say("missing-key", spot, f"{_name(error['loc'])} is left empty.", "Write a name.")
        if kind == "too_short":
            if context.get("actual_length") == 0 and given:
                return None  # what is in it is told
            message, hint = f"`{name}` has nothing in it.", f"Write at least {context['min_length']}."
        elif kind == "too_long":
            message = f"`{name}` has {context['actual_length']} entries; the most is {context['max_length']}."
            hint = f"Keep {context['max_length']} or fewer."
        elif kind == "greater_than_equal":
            message, hint = (
                f"`{given}` is too small here; the least is {context['ge']}.",
                f"Write {context['ge']} or more.",
            )
        else:
            message, hint = (
                f"`{given}` is too large here; the most is {context['le']}.",
                f"Write {context['le']} or less.",
            )
        return self._say("out-of-range", spot, message, hint, key="[key]" in error["loc"])

    def _kind(self, error: ErrorDetails, spot: Spot) -> Problem | None:
        path, given = _place(error), error["input"]
        if path in self.words and (given is None or isinstance(given, dict | list)):
            return None  # told by the rules about words
        if error["loc"][-1] == "[key]":
            if error["type"] != "int_type":
                return None  # told by the rules about names
            message = f"`{given}` is no tension; the keys of `cues` are whole numbers."
            return self._say(
                "bad-name", spot, message, "Write a number from 0 to 10, without quotes.", key=True
            )
        wanted = _UNION if path != error["loc"] else _KINDS.get(error["type"], "something else")
        if given is None:
            name = f"an entry of {_name(path)}" if isinstance(path[-1], int) else _name(path)
            return self._empty(name, spot, wanted)
        name = f"an entry of {_name(path)}" if isinstance(path[-1], int) else _name(path)
        message = f"This is {_given(given)}, but {name} takes {wanted}."
        return self._say("wrong-type", spot, message, self._advice(path, wanted, given))

    def _advice(self, path: Place, wanted: str, given: object) -> str:
        text = given.strip() if isinstance(given, str) else ""
        if wanted == "words":
            return (
                f'Write it in quotes: "{_shown(given)}".'
                if isinstance(given, bool | int)
                else "Write the words alone."
            )
        if wanted == "true or false" or (wanted == _UNION and text.lower() in _TRUTHS):
            return f"Write {_TRUTHS.get(text.lower(), 'true or false')}."
        if wanted in ("a whole number", _UNION):
            number = _NUMBER.fullmatch(text)
            return f"Write {_whole(number[1])}." if number else "Write a whole number in figures, such as 3."
        if wanted == "a list":
            if text and " " not in text:
                return f"Write it in square brackets: [{text}]."
            return "Write each as a line of its own that begins with `- `."
        if len(path) > 1 and isinstance(path[-1], int) and path[-2] == "person":
            return f"Write it as: - says: {text[:_SHOWN]}" if text else "Write it as: - says: …"
        if len(path) > 1 and isinstance(path[-1], int) and "replies" in str(path) and text:
            return f"Write it as: - say: {text[:_SHOWN]}"
        if isinstance(given, list):
            return (
                "Write each as a name and a colon without a dash, and what belongs to it below, further in."
            )
        keys = keys_at(self.model, path)
        return (
            f"Write its keys, each with a value: {listed(keys, 6)}."
            if keys
            else "Write each as a name, a colon and a value."
        )


def _place(error: ErrorDetails) -> Place:
    """The path of an error in the file, without the marks that pydantic puts behind it."""
    path = error["loc"]
    if path and path[-1] == "[key]":
        return path[:-1]
    tagged = len(path) > 1 and path[-1] in _TAGS and path[-1] != path[-2] and _may_be_either(path)
    return path[:-1] if tagged else path


def _may_be_either(path: Place) -> bool:
    """Whether a value may be true/false or a number: a fact's start, and what `set` puts a fact to."""
    return path[-2] == "start" or (len(path) > 2 and path[-3] == "set")


def _whole(number: str) -> str:
    return str(int(number, 16)) if number[:2] == "0x" else str(int(number.replace("_", "")))


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _given(value: object) -> str:
    if isinstance(value, bool):
        return f"`{_shown(value)}`"
    if isinstance(value, int):
        return f"the number {value}"
    if isinstance(value, str):
        return f"the text `{value[:_SHOWN]}{'…' if len(value) > _SHOWN else ''}`"
    return "a list" if isinstance(value, list) else "a part with keys"


def _name(path: Place) -> str:
    names = [key for key in path if isinstance(key, str) and key != "[key]"]
    return f"`{names[-1]}`" if names else "it"


def _where(path: Place) -> str:
    if not any(isinstance(key, str) for key in path):
        return " in this file"
    if isinstance(path[-1], int):
        return f" in this entry of {_name(path)}"
    return f" in {_name(path)}"


def keys_at(model: type[BaseModel], path: Place) -> list[str]:
    """The keys that a model knows at a path of a file."""
    current, free = model, False
    for key in path:
        if free or isinstance(key, int):
            free = False
            continue
        field = current.model_fields.get(str(key))
        if field is None:
            continue
        inner = _model_in(field.annotation)
        if inner is None:
            return []
        free = _is_mapping(field.annotation)
        current = inner
    return [] if free else list(current.model_fields)


def _is_mapping(annotation: Any) -> bool:
    return typing.get_origin(annotation) is dict or any(map(_is_mapping, typing.get_args(annotation)))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in typing.get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None
