"""What pydantic finds wrong with the shape of a file, in an author's words and at the author's line.

The only reader of pydantic's errors. One slip gives one message: a missing key beside a mistyped one is told once.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenarios import slips
from scenarios.compose import Spot
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


def check_shape(model: type[Model], document: Document) -> tuple[Model | None, list[Problem]]:
    """Validate a document against a model: the model, or every problem with its place."""
    if not isinstance(document.data, dict):
        what = "The file is empty" if document.data is None else "The file does not begin with keys such as `title:`"
        return None, [_problem(document, "wrong-type", document.spot, f"{what}.", "`words-first new` makes a starter.")]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        return None, list(_Teller(model, document).tell(error.errors(include_url=False, include_input=True)))


def _problem(document: Document, code: str, spot: Spot, message: str, hint: str, *, key: bool = False) -> Problem:
    line, column = (spot.key_line, spot.key_column) if key else (spot.line, spot.column)
    return Problem(code, document.path, line, column, message, hint)


class _Teller:
    def __init__(self, model: type[BaseModel], document: Document) -> None:
        self.model = model
        self.document = document
        self.words = {text.path for text in prose(document.data, document.spot)}
        self.lines = document.text.split("\n")

    def tell(self, errors: list[ErrorDetails]) -> Iterable[Problem]:
        excused = self._mistyped(errors)
        told: set[tuple[str, int, int]] = set()
        for error in errors:
            problem = None if id(error) in excused else self._one(error)
            if problem is not None and (problem.code, problem.line, problem.column) not in told:
                told.add((problem.code, problem.line, problem.column))
                yield problem

    def _mistyped(self, errors: list[ErrorDetails]) -> set[int]:
        """Missing keys that a mistyped key in the same place explains."""
        unknown: dict[tuple[Any, ...], list[str]] = {}
        for error in errors:
            if error["type"] == "extra_forbidden":
                unknown.setdefault(error["loc"][:-1], []).append(str(error["loc"][-1]))
        return {
            id(error)
            for error in errors
            if error["type"] == "missing"
            and any(nearest(key, [str(error["loc"][-1])]) for key in unknown.get(error["loc"][:-1], []))
        }

    def _one(self, error: ErrorDetails) -> Problem | None:
        kind, path = error["type"], error["loc"]
        spot = self.document.spot_at(path)
        if spot.broken:
            return None
        if kind == "extra_forbidden":
            return self._unknown_key(path, spot)
        if kind == "missing":
            parent = self.document.spot_at(path[:-1])
            hint = f"Add `{path[-1]}:`."
            return self._say("missing-key", parent, f"`{path[-1]}` is missing{_where(path[:-1])}.", hint, key=True)
        if kind == "literal_error":
            return self._choice(error, spot)
        if kind in _BOUNDS or kind == "string_too_short":
            return self._bounds(error, spot)
        return self._kind(error, spot)

    def _say(self, code: str, spot: Spot, message: str, hint: str, *, key: bool = False) -> Problem:
        return _problem(self.document, code, spot, message, hint, key=key)

    def _unknown_key(self, path: tuple[Any, ...], spot: Spot) -> Problem:
        name = str(path[-1])
        parent = self.document.spot_at(path[:-1])
        found = slips.curly_key(self.lines[spot.key_line - 1])
        if found is not None:
            return self._say("yaml-syntax", spot, found[1], f"Write it as: {found[2]}", key=True)
        if parent.flow and " " in name.strip():
            message = f"A comma inside `{{…}}` has cut a sentence in two before `{name[:40]}`."
            return self._say("text-cut-short", spot, message, "Put the whole text in double quotes.", key=True)
        known = keys_at(self.model, path[:-1])
        guess = nearest(name, known)
        hint = f"Did you mean `{guess}`?" if guess else f"Known here: {listed(sorted(known), 30)}."
        return self._say("unknown-key", spot, f"`{name[:60]}` is not a key that is known{_where(path[:-1])}.", hint, key=True)

    def _choice(self, error: ErrorDetails, spot: Spot) -> Problem:
        name = str(error["loc"][-1])
        given = error["input"]
        expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
        if name == "format":
            return self._say("unknown-format", spot, f"This is format `{given}`; this program reads format 1.", "Write `format: 1`.")
        code = "unknown-outcome" if name == "outcome" else "wrong-type"
        return self._say(code, spot, f"`{str(given)[:60]}` is not one of {expected}.", "Choose the one that fits.")

    def _bounds(self, error: ErrorDetails, spot: Spot) -> Problem | None:
        context = error.get("ctx", {})
        if error["type"] == "string_too_short":
            if error["loc"] in self.words:
                return self._say("text-cut-short", spot, f"`{error['loc'][-1]}` is left empty.", "Write the words.")
            return self._say("missing-key", spot, f"`{error['loc'][-1]}` is left empty.", "Write a name.")
        sentence = {
            "greater_than_equal": "`{input}` is too small; the least is {ge}.",
            "less_than_equal": "`{input}` is too large; the most is {le}.",
            "too_short": "There is nothing in this list; at least {min_length} is needed.",
            "too_long": "There are {actual_length} here; the most is {max_length}.",
        }[error["type"]]
        message = sentence.format(input=error["input"], **context)
        return self._say("out-of-range", spot, message, "Change it.", key="[key]" in error["loc"])

    def _kind(self, error: ErrorDetails, spot: Spot) -> Problem | None:
        path = tuple(key for key in error["loc"] if key not in ("bool", "int", "[key]"))
        given = error["input"]
        if path in self.words and (given is None or isinstance(given, dict | list)):
            return None  # told by the rules about words
        if "[key]" in error["loc"]:
            return self._say("bad-name", spot, f"`{given}` cannot be a key here.", "Write a name in letters.", key=True)
        wanted = _KINDS.get(error["type"], "something else")
        if given is None:
            return self._say("missing-key", spot, f"`{path[-1]}` is left empty; it takes {wanted}.", "Fill it in.", key=True)
        hint = f'Write it in quotes: "{_shown(given)}".' if wanted == "words" and isinstance(given, bool | int) else "Write it so."
        return self._say("wrong-type", spot, f"This is {_given(given)}, but {_name(path)} takes {wanted}.", hint)


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _given(value: object) -> str:
    if isinstance(value, bool):
        return f"`{_shown(value)}`"
    if isinstance(value, int):
        return f"the number {value}"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "keys with values"


def _name(path: tuple[Any, ...]) -> str:
    names = [key for key in path if isinstance(key, str)]
    return f"`{names[-1]}`" if names else "it"


def _where(path: tuple[Any, ...]) -> str:
    return f" in {_name(path)}" if any(isinstance(key, str) for key in path) else " in this file"


def keys_at(model: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
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
    return list(current.model_fields)


def _is_mapping(annotation: Any) -> bool:
    origin = typing.get_origin(annotation)
    return origin is dict or any(_is_mapping(part) for part in typing.get_args(annotation) if typing.get_origin(part) is dict)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in typing.get_args(annotation):
        found = _model_in(part)
        if found is not None:
            return found
    return None
