"""The rules about words themselves: text that was lost or became something else, placeholders, hands."""

from __future__ import annotations

import re
from typing import Final

from scenarios.compose import Spot
from scenarios.nearest import did_you_mean
from scenarios.physical import physical_intervention
from scenarios.prose import KEYS, Prose
from scenarios.speech import PLACEHOLDERS, bracket_fault, unknown_placeholders
from scenarios.view import View

_STAFF: Final = frozenset(["say", "do", "wordings", "instead"])
_SPEECH_LISTS: Final = frozenset(["wordings", "questions", "aims"])
_NAME_LIKE: Final = frozenset(["role"])


def cut_by_comma(view: View) -> None:
    """text-cut-short: a comma inside `{…}` that cut a sentence in two leaves a key that nobody wrote."""
    waiting = [view.root.spot]
    while waiting:
        spot = waiting.pop()
        if spot.broken:
            continue
        before: Spot | None = None
        for key, inner in (spot.inside or {}).items():
            if inner.inside is not None:
                waiting.append(inner)
            elif spot.flow and before is not None and _is_stray(key, inner) and key not in view.facts:
                message = f"A comma inside `{{…}}` has cut a text in two before `{key}`."
                view.tell("text-cut-short", inner, message, "Put the whole text in double quotes.", key=True)
                inner.broken = before.broken = True
                continue
            before = inner


def _is_stray(key: object, spot: Spot) -> bool:
    """A key without a value that no part of the format has."""
    return spot.style == "plain" and spot.empty and isinstance(key, str) and key not in KEYS


def empty(view: View) -> None:
    """text-cut-short: a key that was meant to hold words, often lost to the next line's indentation."""
    for text in view.prose:
        if text.value is None:
            hint = "Write the words behind the colon, or in the next line with two more spaces."
            if text.spot.cut:
                hint = "A `#` starts a comment: put the whole text in double quotes."
            view.tell("text-cut-short", text.spot, f"`{text.key}` is left empty.", hint, key=True)
            text.spot.broken = True


def cut_short(view: View) -> None:
    """text-cut-short: a # or a comma that ends speech in the middle, which YAML passes over in silence."""
    told: Spot | None = None
    for text in view.prose:
        if text.spot.cut and isinstance(text.value, str | int) and text.key not in _NAME_LIKE:
            message = "A `#` after a space starts a comment, so the words behind it are lost."
            hint = "Put the whole text in quotes, or move the comment to a line of its own."
            view.tell("text-cut-short", _at_the_comment(view, text), message, hint)
            text.spot.broken = text.spot.broken or not isinstance(text.value, str)
        elif _is_cut_entry(text) and text.listed is not told:
            told = text.listed
            message = (
                "This entry begins with a small letter, as if a comma inside `[…]` had cut a sentence in two."
            )
            view.tell(
                "text-cut-short",
                text.spot,
                message,
                "Write each text as a line of its own that begins with `- `.",
            )


def _at_the_comment(view: View, text: Prose) -> Spot:
    """Where the comment begins, which is what the author has to look at."""
    line, column = text.spot.line, text.spot.column
    if isinstance(text.value, str):
        line, column = view.document.place_in(text.spot, text.value, len(text.value) - 1)
    sign = view.document.lines[line - 1].find(" #", column - 1) + 2
    return Spot(line, sign, line, sign) if sign > 1 else text.spot


def _is_cut_entry(text: Prose) -> bool:
    place = text.path[-1]
    if text.listed is None or not text.listed.flow or not isinstance(place, int) or place == 0:
        return False
    if text.spot.style != "plain" or not isinstance(text.value, str) or not text.value[:1].islower():
        return False
    return text.key in _SPEECH_LISTS


def became_something_else(view: View) -> None:
    """text-cut-short: speech that a colon or a dash turned into a list or a mapping."""
    for text in view.prose:
        if isinstance(text.value, dict | list) and not (
            text.key == "person" and isinstance(text.value, list)
        ):
            kind = "a key with a value" if isinstance(text.value, dict) else "a list"
            sign = "a colon" if isinstance(text.value, dict) else "a dash"
            if text.spot.flow:
                sign = "the curly brackets" if isinstance(text.value, dict) else "the square brackets"
            message = f"YAML took these words for {kind}, because of {sign}."
            view.tell("text-cut-short", text.spot, message, "Put the whole text in double quotes.")
            text.spot.broken = True


def placeholders(view: View) -> None:
    """unknown-placeholder: a mistyped placeholder would be read out as it stands."""
    for text in view.prose:
        if isinstance(text.value, str) and "<" in text.value:
            for word, place in unknown_placeholders(text.value):
                message = f"`<{word}>` is not a placeholder{did_you_mean(word, PLACEHOLDERS) or '.'}"
                hint = "Write `<<` for a plain `<`."
                view.tell("unknown-placeholder", text.spot, message, hint, inside=(text.value, place))


def brackets(view: View) -> None:
    """text-cut-short: round brackets tell what is seen from what is heard, so each needs its partner."""
    for text in view.prose:
        if not isinstance(text.value, str) or not re.search(r"[()]", text.value):
            continue
        if text.key == "do":
            if re.search(r"[()]", unbracketed(text.value)):
                place = re.search(r"[()]", text.value)
                message = "`do` is all seen and takes no round brackets."
                inside = (text.value, place.start() if place else 0)
                view.tell("text-cut-short", text.spot, message, "Delete them.", inside=inside)
            continue
        fault = bracket_fault(text.value)
        if fault is not None:
            message = f"A round bracket `{text.value[fault]}` has no partner here, or stands inside another."
            hint = "Close it, delete it, or use a dash."
            view.tell("text-cut-short", text.spot, message, hint, inside=(text.value, fault))


def unbracketed(text: str) -> str:
    """A `do` without the round brackets that stand round the whole of it."""
    if text.startswith("(") and text.endswith(")") and not re.search(r"[()]", text[1:-1]):
        return text[1:-1].strip()
    return text


def physical(view: View) -> None:
    """physical-intervention: the heart of the format. Words, presence, space and time are practised."""
    for text in view.prose:
        if text.key in _STAFF and isinstance(text.value, str):
            found = physical_intervention(text.value)
            if found is not None:
                message = f'Staff use hands or force here ("{found}"), which has no form in a scenario.'
                hint = "Say or do something else; if others act, let it happen off-stage through an ending."
                view.tell(
                    "physical-intervention",
                    text.spot,
                    message,
                    hint,
                    inside=(text.value, text.value.find(found)),
                )
