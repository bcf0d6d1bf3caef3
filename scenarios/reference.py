"""The reference of codes in docs/authoring.md, made from docs/codes.yaml, and its examples put into whole scenes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from scenarios.source import Document, parse

CODES_FILE: Final = Path(__file__).parent.parent / "docs" / "codes.yaml"
AUTHORING_PAGE: Final = CODES_FILE.with_name("authoring.md")
BEGIN: Final = (
    "<!-- codes: made from docs/codes.yaml by `python -m scenarios.index`; change that file, not this -->"
)
END: Final = "<!-- end of codes -->"
_SEVERITIES: Final = {"error": "error", "warning": "warning", "both": "error or warning"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a scene: in place of what stands `at` a path of the base, or `after` it."""

    text: str
    path: tuple[str, ...]
    after: bool = False


@dataclass(frozen=True)
class Code:
    """One code as its author needs it. `made` says that the test makes the file, and how."""

    name: str
    severity: str
    means: str
    why: str
    wrong: tuple[Piece, ...]
    right: tuple[Piece, ...]
    line: int = 1
    told_at: tuple[str, ...] = ()
    also: frozenset[str] = frozenset()
    signs: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    made: str = ""


@dataclass(frozen=True)
class Group:
    """Codes that belong together on the page."""

    title: str
    about: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """Everything in docs/codes.yaml."""

    base: str
    groups: tuple[Group, ...]
    codes: Mapping[str, Code]


def read_reference(path: Path = CODES_FILE) -> Reference:
    """docs/codes.yaml. Raises KeyError or TypeError where an entry lacks something or has a stray key."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    groups = tuple(Group(each["title"], each["about"], tuple(each["codes"])) for each in data["groups"])
    return Reference(
        data["base"], groups, {name: _code(name, dict(each)) for name, each in data["codes"].items()}
    )


def _code(name: str, data: dict[str, Any]) -> Code:
    place = _path(data.pop("at", ""))
    wrong, right = (_pieces(data.pop(key), place) for key in ("wrong", "right"))
    told_at, also = _path(data.pop("told_at", "")), frozenset(data.pop("also", ()))
    return Code(name=name, wrong=wrong, right=right, told_at=told_at, also=also, **data)


def _path(written: str) -> tuple[str, ...]:
    return tuple(written.split(".")) if written else ()


def _pieces(written: Any, place: tuple[str, ...]) -> tuple[Piece, ...]:
    if isinstance(written, str):
        return (Piece(written.rstrip("\n"), place),)
    return tuple(
        Piece(each["text"].rstrip("\n"), _path(each.get("at") or each["after"]), "after" in each)
        for each in written
    )


def placed(base: str, code: Code, pieces: tuple[Piece, ...]) -> tuple[str, list[int]]:
    """The base with an example in its place, and the line in it of every line of the example."""
    document = parse(base.encode(), "base")
    lines = base.rstrip("\n").split("\n")
    spans = [span_of(document, lines, piece.path) for piece in pieces]
    numbers: list[int] = []
    for piece, (first, end, column) in sorted(zip(pieces, spans, strict=True), key=lambda each: -each[1][0]):
        new = [f"{' ' * column}{line}".rstrip() for line in piece.text.split("\n")]
        start = end if piece.after else first
        if not piece.after:  # the first key of a list entry keeps its dash
            new[0] = lines[first][:column] + new[0][column:]
        lines[start:end] = new
        grown = len(new) - (end - start)
        numbers = [*range(start + 1, start + 1 + len(new)), *(number + grown for number in numbers)]
    order = sorted(range(len(pieces)), key=lambda at: spans[at][0])
    text = "\n".join(lines) + "\n"
    for sign, character in code.signs.items():
        text = text.replace(sign, character)
    return text, _as_shown(pieces, order, numbers)


def _as_shown(pieces: tuple[Piece, ...], order: list[int], numbers: list[int]) -> list[int]:
    """Line numbers in the order in which the page shows the pieces, which need not be that of the file."""
    by_piece: dict[int, list[int]] = {}
    for at in order:
        count = pieces[at].text.count("\n") + 1
        by_piece[at], numbers = numbers[:count], numbers[count:]
    return [number for at in range(len(pieces)) for number in by_piece[at]]


def span_of(document: Document, lines: list[str], path: tuple[str, ...]) -> tuple[int, int, int]:
    """The lines of what stands at a path, from 0: the first, the one behind the last, and the column."""
    spot, in_list = document.spot, False
    for key in path:
        found = None if spot.inside is None else spot.inside.get(int(key) if key.isdigit() else key)
        if found is None:
            raise KeyError(f"nothing stands at {'.'.join(path)} in the base")
        spot, in_list = found, key.isdigit()
    first = spot.key_line - 1
    column = lines[first].index("- ") if in_list else spot.key_column - 1
    end = first + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > column:
        end += 1
    return first, end, column


def authoring_page(before: str) -> str:
    """docs/authoring.md with its reference made anew between the two marks. Raises ValueError without them."""
    start, end = before.index(BEGIN), before.index(END)
    return f"{before[:start]}{BEGIN}\n\n{codes_part(read_reference())}\n{before[end:]}"


def codes_part(reference: Reference) -> str:
    """Every code, by group, as Markdown."""
    lines = []
    for group in reference.groups:
        links = " · ".join(f"[{name}](#{name})" for name in group.codes)
        lines += [f"**{group.title}**: {links}", ""]
    for group in reference.groups:
        lines += [f"### {group.title}", "", group.about, ""]
        for name in group.codes:
            lines += _entry(reference.codes[name])
    return "\n".join(lines)


def _entry(code: Code) -> Iterator[str]:
    """One code: what it means, why it matters, a wrong and a right example."""
    yield from (f"#### `{code.name}`", "")
    yield from (f"*{_SEVERITIES[code.severity]}* · {code.means}", "")
    yield from (f"*Why it matters:* {code.why}", "")
    kind = "sh" if code.wrong[0].text.startswith("words-first") else "yaml"
    for label, pieces in (("Wrong", code.wrong), ("Right", code.right)):
        note = f" ({code.note})" if code.note and label == "Wrong" else ""
        yield from (f"{label}{note}:", "", f"```{kind}", *_shown(pieces), "```", "")


def _shown(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """The lines of an example; where it has several pieces, each says which part of the file it is in."""
    for number, piece in enumerate(pieces):
        if len(pieces) > 1:
            parts = [part for part in (piece.path[:-1] if piece.after else piece.path) if not part.isdigit()]
            inside = parts if piece.after else parts[:-1]
            yield f"{'' if number == 0 else chr(10)}# {'in ' + ', '.join(inside) if inside else 'in the file'}"
        yield from piece.text.split("\n")
