"""What the format has at a place of a file: which keys, or names of what. Taken from the very models that read it."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import BaseModel

from scenarios.model import Scenario
from scenarios.techniques import Role

Path = tuple[str | int, ...]
Kind = Literal[
    "place", "moment", "ending", "opening", "fact", "hidden", "list", "reply", "technique", "condition", "choice",
    "role", "",
]  # fmt: skip

_OF_AN_ANSWER: Final[dict[str, Kind]] = {
    "to": "place",
    "when": "condition",
    "techniques": "technique",
    "reveals": "hidden",
    "set": "fact",
    "add": "fact",
}
_NAMES: Final[dict[str, dict[str, Kind]]] = {
    "Scenario": {"role": "role"},
    "Opening": {"moment": "moment", "set": "fact"},
    "Rule": {"to": "place", "when": "condition"},
    "Variant": {"when": "condition"},
    "Moment": {"also": "list"},
    "Reply": _OF_AN_ANSWER,
    "Silence": _OF_AN_ANSWER,
    "Walk": {"opening": "opening", "ends": "ending", "replies": "reply", "then": "condition"},
}
ROLES: Final[tuple[str, ...]] = tuple(role for role in typing.get_args(Role) if role != "everyone")


@dataclass(frozen=True, slots=True)
class Slot:
    """What belongs at a place. `keys` where it is a part with keys; `names` says names of what belong there."""

    part: str = ""
    """The part of the format it is in, or is: `Reply`, `Moment` …"""
    key: str = ""
    """The key of that part that leads here; empty where the place is the part itself."""
    keys: tuple[str, ...] = ()
    names: Kind = ""
    choices: tuple[str, ...] = ()
    free: bool = False
    """Whether it is a mapping whose keys are names, such as `moments`, or `set`."""
    listed: bool = False
    """Whether it is a list, each entry of which stands behind a dash or in brackets."""
    words: bool = False
    """Whether it may hold plain text."""
    inside: str = ""
    """For a list or mapping of parts: which part."""


NOWHERE: Final = Slot()


def slot(path: Path) -> Slot:
    """What the format has at a path; NOWHERE where it has nothing."""
    current: Any = Scenario
    part, key = "", ""
    for step in path:
        kind = _structure(current)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            field = kind.model_fields.get(str(step))
            if field is None:
                return NOWHERE
            part, key, current = kind.__name__, str(step), field.annotation
        elif typing.get_origin(kind) is dict:
            current = typing.get_args(kind)[1]
        elif typing.get_origin(kind) is tuple and isinstance(step, int):
            current = typing.get_args(kind)[0]
        else:
            return NOWHERE
    return _slot(current, part, key)


def _slot(annotation: Any, part: str, key: str) -> Slot:
    kind = _structure(annotation)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Slot(kind.__name__, "", tuple(kind.model_fields), inside=kind.__name__)
    names: Kind = _NAMES.get(part, {}).get(key, "")
    free, listed = typing.get_origin(kind) is dict, typing.get_origin(kind) is tuple
    held = _structure(typing.get_args(kind)[-1 if free else 0]) if free or listed else None
    inside = held.__name__ if isinstance(held, type) and issubclass(held, BaseModel) else ""
    choices = _choices(annotation)
    if choices:
        names = "choice"
    words = not free and (not listed or _is_lines(kind)) and not choices
    return Slot(part, key, (), names, choices, free, listed, words, inside)


def _is_lines(kind: Any) -> bool:
    """What the person says may be one text in place of a list of variants."""
    return "Variant" in str(kind)


def _structure(annotation: Any) -> Any:
    """An annotation without what is put round it: the model, dict or tuple that it comes to, or the plain type."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _structure(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        inner = [_structure(each) for each in typing.get_args(annotation) if each is not type(None)]
        structured = [each for each in inner if typing.get_origin(each) or isinstance(each, type)]
        return structured[0] if structured else str
    return annotation


def _choices(annotation: Any) -> tuple[str, ...]:
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return tuple(str(each) for each in typing.get_args(annotation))
    if annotation is bool:
        return ("true", "false")
    if origin in (typing.Annotated, typing.Union, types.UnionType):
        parts = typing.get_args(annotation)[: 1 if origin is typing.Annotated else None]
        return tuple(choice for each in parts for choice in _choices(each))
    return ()
