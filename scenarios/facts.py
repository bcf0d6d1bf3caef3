"""The rules about facts: what kind each is, and that whatever changes one fits that kind."""

from __future__ import annotations

from typing import Final

from scenarios.compose import Spot
from scenarios.nearest import did_you_mean
from scenarios.view import Part, View

MOST: Final = 20


def are_read(view: View) -> bool:
    """Whether `facts` has the shape that names can be looked up in; else that alone is told."""
    return "facts" not in view.root.data or view.root.get("facts", dict) is not None


def kinds(view: View) -> None:
    """wrong-type, out-of-range: a fact is true/false, or with `max` a number that starts within it."""
    for name, fact in view.root.parts("facts"):
        start, most = fact.data.get("start"), fact.get("max", int)
        if most is None and isinstance(start, int) and not isinstance(start, bool):
            hint = "Add `max`, or write true or false."
            view.tell(
                "wrong-type", fact.at("start"), f"`{name}` starts with a number but has no `max`.", hint
            )
        elif most is not None and isinstance(start, bool):
            view.tell("wrong-type", fact.at("start"), f"`{name}` is a number.", f"Write 0 to {most}.")
        elif most is not None and isinstance(start, int) and most < start <= MOST:
            view.tell(
                "out-of-range", fact.at("start"), f"`{name}` starts above its `max`.", f"Write 0 to {most}."
            )
        if fact.get("hidden", bool) and ("start" in fact.data or "max" in fact.data):
            hint = "Delete `start` and `max`, or `hidden`."
            view.tell(
                "wrong-type",
                fact.at("hidden"),
                f"`{name}` is hidden, so it is true/false and starts false.",
                hint,
            )


def changes(view: View) -> None:
    """unknown-fact, wrong-type, out-of-range: what is changed must be declared and of that kind."""
    for _, opening in view.openings:
        _sets(view, opening, hidden_too=True)
    for answer in view.answers:
        _sets(view, answer, hidden_too=False)
        _adds(view, answer)
        for name, spot in answer.names("reveals"):
            if _known(view, name, spot) and not view.facts[name].hidden:
                hint = f"Add `hidden: true` to the fact, or write `set: {{{name}: true}}`."
                view.tell(
                    "wrong-type", spot, f"`{name}` is not a hidden fact, so it cannot come to light.", hint
                )


def _known(view: View, name: str, spot: Spot, *, key: bool = False) -> bool:
    if name in view.facts:
        return True
    if name not in (view.root.get("facts", dict) or {}) and are_read(view):
        message = f"There is no fact `{name}`{did_you_mean(name, view.facts) or '.'}"
        view.tell("unknown-fact", spot, message, "Declare it under `facts`.", key=key)
    return False


def _sets(view: View, part: Part, *, hidden_too: bool) -> None:
    for name, value in (part.get("set", dict) or {}).items():
        spot = part.at("set", name)
        if (
            not isinstance(name, str)
            or not isinstance(value, bool | int)
            or not _known(view, name, spot, key=True)
        ):
            continue
        fact = view.facts[name]
        if fact.hidden and not hidden_too:
            hint = f"Write `reveals: [{name}]`."
            view.tell(
                "wrong-type", spot, f"`{name}` is hidden; a reply can only bring it to light.", hint, key=True
            )
        elif isinstance(value, bool) != (fact.max is None):
            kind = "true/false" if fact.max is None else f"a number from 0 to {fact.max}"
            view.tell(
                "wrong-type",
                spot,
                f"`{name}` is {kind}.",
                f"Write {'true or false' if fact.max is None else 'a number'}.",
            )
        elif fact.max is not None and not 0 <= value <= fact.max:
            view.tell(
                "out-of-range", spot, f"`{name}` goes from 0 to {fact.max}.", "Write a number within that."
            )


def _adds(view: View, part: Part) -> None:
    for name in part.get("add", dict) or {}:
        spot = part.at("add", name)
        if isinstance(name, str) and _known(view, name, spot, key=True) and view.facts[name].max is None:
            hint = "Use `set`, or give the fact a `max`."
            view.tell(
                "wrong-type", spot, f"`{name}` is true/false, so nothing can be added to it.", hint, key=True
            )
