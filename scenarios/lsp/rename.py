"""Rename something everywhere in a file, to the letter or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from scenarios.lsp.look import Look
from scenarios.lsp.mentions import Name, mentions
from scenarios.lsp.positions import Edit, Span, on_line
from scenarios.names import LONGEST, RESERVED_FACTS, is_fact_name, is_kebab, is_reserved_id
from scenarios.view import Part

_TAKES_A_NAME: Final = frozenset(["true", "false", "null"])
_SECTIONS: Final = {"opening": "openings", "fact": "facts", "list": "shared_replies"}
_CALLED: Final = {
    "moment": "a moment", "ending": "an ending", "opening": "an opening", "fact": "a fact",
    "list": "a shared list", "reply": "a reply",
}  # fmt: skip


class Refused(Exception):
    """Why something cannot be renamed, in a sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """What stands to be renamed at a cursor."""

    name: Name
    span: Span


def renamable(look: Look, line: int, column: int) -> Renaming:
    """What would be renamed at a cursor. Raises Refused."""
    if not look.whole:
        raise Refused(
            "The file cannot be read to its end just now. Mend what is underlined first, then rename."
        )
    if not look.as_written:
        raise Refused(
            "A line of this file can only be guessed at. Mend what is underlined first, then rename."
        )
    mention = mentions(look).at(line, column)
    if mention is None:
        raise Refused("Only moments, endings, openings, facts, shared lists and reply ids can be renamed.")
    if mention.name.kind == "technique":
        raise Refused("Techniques are the same in every scenario, so they cannot be renamed here.")
    return Renaming(mention.name, mention.span)


def rename(look: Look, line: int, column: int, new: str) -> list[Edit]:
    """The edits that rename what stands at a cursor. Raises Refused where the new name is bad or taken."""
    name = renamable(look, line, column).name
    found = mentions(look)
    if new == name.text:
        return []
    _allowed(name, new)
    _free(look, name, new)
    if name in found.lost:
        raise Refused(
            f"`{name.text}` is also written where it cannot be changed safely: with an escape in it, or in a walk that "
            "goes astray before. Mend that first."
        )
    declared = name.kind == "reply" or any(each.declares for each in found.of(name))
    if not declared:
        raise Refused(
            f"`{name.text}` is declared nowhere in this file. Declare it first, or correct its name here."
        )
    edits = [Edit(each.span, new) for each in found.of(name)]
    reply = found.replies.get(name)
    if reply is not None and not any(each.declares for each in found.of(name)):
        edits.append(id_edit(look, reply, new))
    return sorted(edits, key=lambda edit: edit.span)


def id_edit(look: Look, reply: Part, text: str) -> Edit:
    """The edit that gives a reply an id which it has not written."""
    spot = reply.spot
    if spot.flow:
        return Edit(on_line(spot.line, spot.column + 1, 0), f"id: {text}, ")
    return Edit(on_line(spot.line, spot.column, 0), f"id: {text}\n{' ' * (spot.column - 1)}")


def _allowed(name: Name, new: str) -> None:
    if name.kind == "fact":
        if new in RESERVED_FACTS:
            raise Refused(f"`{new}` means something else in conditions. Choose another name for the fact.")
        if not is_fact_name(new):
            raise Refused(
                f"`{new}` cannot be a fact's name. Write small letters, figures and underscores, at most {LONGEST}, "
                "beginning with a letter: promised_tablet."
            )
        return
    if name.kind == "reply" and is_reserved_id(new):
        raise Refused(f"`{new}` is a command when playing. Choose another id.")
    if not is_kebab(new) or new in _TAKES_A_NAME:
        raise Refused(
            f"`{new}` cannot be a name here. Write small letters a-z, figures and single hyphens, at most {LONGEST}, "
            "beginning with a letter: at-the-door."
        )


def _free(look: Look, name: Name, new: str) -> None:
    """Raises Refused where the name is taken by something it could be taken for."""
    if name.kind == "reply":
        _free_id(look, name, new)
        return
    root = look.view.root
    sections = ("moments", "endings") if name.kind in ("moment", "ending") else (_SECTIONS[name.kind],)
    kinds = {"moments": "moment", "endings": "ending"}
    for section in sections:
        if new in (root.get(section, dict) or {}):
            called = _CALLED[kinds.get(section, name.kind)]
            raise Refused(f"There is already {called} called `{new}` in this file. Choose another name.")


def _free_id(look: Look, name: Name, new: str) -> None:
    """An id must be free in every moment that shows the reply, whether it is its own or comes by a shared list."""
    view = look.view
    for moment_name, moment in view.moments:
        shown = [reply for _, reply in moment.parts("replies")]
        shown += [reply for listed, _ in moment.names("also") for reply in view.shared.get(listed, [])]
        paths = {reply.path: reply.id for reply in shown}
        if name.owner in paths and new in (other for path, other in paths.items() if path != name.owner):
            raise Refused(f"`{moment_name}` already has a reply called `{new}`. Choose another id.")
    listed_beside = name.owner[:2]
    for other in look.view.replies:
        if other.path[:2] == listed_beside and other.path != name.owner and other.id == new:
            raise Refused(f"`{listed_beside[1]}` already has a reply called `{new}`. Choose another id.")
