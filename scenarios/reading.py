"""The rules that one reading can judge: names, arrows, facts, techniques, conditions. One function a rule.

Each rule takes a View and tells what it finds; source of all: format 1, sections 2, 4 and 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from scenarios import facts, wording
from scenarios.compose import Spot
from scenarios.conditions import ConditionError, UnknownName, Variable, impossible, parse
from scenarios.names import LONGEST, RESERVED_FACTS, allowed, is_fact_name, is_kebab, is_reserved_id
from scenarios.nearest import did_you_mean
from scenarios.problems import Problem, listed
from scenarios.view import Part, View

MOST_REPLIES: Final = 9
_KEBAB: Final = f"small letters a-z, figures and single hyphens, at most {LONGEST}, beginning with a letter"
_SNAKE: Final = f"small letters, figures and underscores, at most {LONGEST}, beginning with a letter"
_NOT_NAMES: Final = frozenset(["true", "false", "null"])


def names(view: View) -> None:
    """bad-name: a name that reads as a command or breaks a list of replies would mislead whoever plays it."""
    for kind in ("moments", "endings", "openings", "shared_replies"):
        held = view.root.get(kind, dict) or {}
        for name in held:
            if not isinstance(name, str) or not is_kebab(name) or name in _NOT_NAMES:
                view.tell(
                    "bad-name",
                    view.root.at(kind, name),
                    f"`{name}` cannot be a name here.",
                    _spelling(name, "-"),
                    key=True,
                )
    for name in view.root.get("facts", dict) or {}:
        if not isinstance(name, str) or not is_fact_name(name):
            message, hint = f"`{name}` cannot be a fact's name.", _spelling(name, "_")
            if name in RESERVED_FACTS:
                message, hint = f"`{name}` means something else in conditions.", "Give the fact another name."
            view.tell("bad-name", view.root.at("facts", name), message, hint, key=True)


def reply_ids(view: View) -> None:
    """bad-name: a reply is recorded by its id, so each needs one that is not a command of plain mode."""
    for reply in view.replies:
        written = reply.get("id", str)
        if written is not None and is_reserved_id(written):
            view.tell(
                "bad-name", reply.at("id"), f"`{written}` is a command when playing.", "Give another id."
            )
        elif written and not is_kebab(written):
            view.tell("bad-name", reply.at("id"), f"`{written}` cannot be an id.", _spelling(written, "-"))
        elif written is None and (reply.get("say", str) or reply.get("do", str)):
            made = reply.id
            if made is None or is_reserved_id(made) or not is_kebab(made):
                view.tell("bad-name", reply.spot, _no_id(made), "Give it an `id`.")


def _spelling(written: object, joint: str) -> str:
    """How a name is written: this one where it can be made good, else an example."""
    rule, example = (_SNAKE, "promised_tablet") if joint == "_" else (_KEBAB, "at-the-door")
    name = allowed(written, joint) if isinstance(written, str) else None
    return f"Write {rule}: `{example}`." if name is None or name in _NOT_NAMES else f"Write `{name}`: {rule}."


def _no_id(made: str | None) -> str:
    if made is None:
        return "No id can be made of this reply's first words."
    if is_reserved_id(made):
        return f"This reply's first words make the id `{made}`, which is a command when playing."
    return f"This reply's first words make an id of {len(made)} characters; the most is {LONGEST}."


def same_names(view: View) -> None:
    """duplicate-name: moments and endings share one namespace, so an arrow could lead to either."""
    endings = view.root.get("endings", dict) or {}
    for name in view.root.get("moments", dict) or {}:
        if isinstance(name, str) and name in endings:
            line = view.root.at("moments", name).key_line
            message = f"`{name}` is a moment too (line {line})."
            view.tell(
                "duplicate-name", view.root.at("endings", name), message, "Rename one of the two.", key=True
            )


def same_ids(view: View) -> None:
    """duplicate-name: two replies of one moment with one id could not be told apart in the record."""
    for name, moment in view.moments:
        seen: dict[str, int] = {}
        for _, reply in moment.parts("replies"):
            _meet(view, seen, reply, reply.spot, name)
        for listed_name, spot in moment.names("also"):
            for reply in view.shared.get(listed_name, []):
                _meet(view, seen, reply, spot, name)


def _meet(view: View, seen: dict[str, int], reply: Part, spot: Spot, moment: str) -> None:
    made = reply.id
    if made is None:
        return
    if made in seen:
        written = reply.get("id", str) is not None
        message = f"`{made}` is already a reply of `{moment}` (line {seen[made]})."
        if spot is reply.spot:
            hint = (
                "Rename one of the two."
                if written
                else "Their first four words are the same: give one of them an `id`."
            )
        else:
            hint = "Give one of the two another `id`, or leave the list out here."
        view.tell("duplicate-name", reply.at("id") if written and spot is reply.spot else spot, message, hint)
    else:
        seen[made] = reply.spot.line


def targets(view: View) -> None:
    """unknown-target: an arrow that leads nowhere would strand whoever follows it."""
    moments, endings, openings = (
        view.root.get(key, dict) or {} for key in ("moments", "endings", "openings")
    )
    both = {**moments, **endings} if moments and endings else {}
    for part in [*view.answers, *view.rules]:
        _target(view, part, "to", "moment or ending", both)
    for _, opening in view.openings:
        _target(view, opening, "moment", "moment", moments)
    for walk in view.walks:
        _target(view, walk, "ends", "ending", endings)
        _target(view, walk, "opening", "opening", openings)


def _target(view: View, part: Part, key: str, kind: str, known: Mapping[Any, Any]) -> None:
    """One arrow. Where a whole section is missing, that is told, and not every arrow into it."""
    name = part.get(key, str)
    if name is None or name in known or not known:
        return
    names = [each for each in known if isinstance(each, str)]
    guess = did_you_mean(name, names)
    article = "an" if kind[0] in "aeiou" else "a"
    hint = f"Write the name of {article} {kind} of this file." if guess else f"There are: {listed(names)}."
    other = next((one for one in ("moments", "endings") if name in (view.root.get(one, dict) or {})), None)
    if other is not None:
        article, other = ("an", "ending") if other == "endings" else ("a", "moment")
        message, hint = (
            f"`{name}` is {article} {other}; here stands the name of a {kind}.",
            f"There are: {listed(names)}.",
        )
    else:
        message = f"There is no {kind} `{name}` in this file{guess or '.'}"
    view.tell("unknown-target", part.at(key), message, hint)


def lists(view: View) -> None:
    """unknown-list: `also` must name a list under shared_replies, or its replies are silently missing."""
    known = view.root.get("shared_replies", dict) or {}
    for _, moment in view.moments:
        for name, spot in moment.names("also"):
            if name not in known:
                message = f"There is no shared list `{name}`{did_you_mean(name, known) or '.'}"
                view.tell("unknown-list", spot, message, "Name a list that stands under `shared_replies`.")


def techniques(view: View) -> None:
    """unknown-technique: a reply is judged by its techniques, so each must be one that has a definition."""
    known = view.vocabulary.techniques
    for answer in view.answers:
        for name, spot in answer.names("techniques"):
            if name not in known:
                message = f"`{name}` is not a technique{did_you_mean(name, known) or '.'}"
                view.tell("unknown-technique", spot, message, "The list is in docs/techniques.md.")


def conditions(view: View) -> None:
    """bad-condition, unknown-fact: a condition that cannot be read or met hides what stands behind it."""
    for key, text, spot in view.conditions():
        try:
            condition = parse(text, view.variables)
        except UnknownName as error:
            hint = "Declare it under `facts`, or name a gauge: tension, trust, safety."
            message = f"In `{key}`, {error.message}"
            message += "" if message.endswith("?") else "."
            if facts.are_read(view):
                view.tell("unknown-fact", spot, message, hint, inside=(text, error.at))
            continue
        except ConditionError as error:
            hint = "Write it as in `trust >= 6 and birthday`."
            view.tell(
                "bad-condition",
                spot,
                f"`{key}` cannot be read: {error.message}.",
                hint,
                inside=(text, error.at),
            )
            continue
        never = impossible(condition, view.variables)
        if never is not None:
            names = sorted({part.name for part in never.walk() if part.kind == "name"})
            ranges = (
                ", ".join(_range(name, view.variables[name]) for name in names) or "it compares fixed values"
            )
            message = f"`{key}` holds a comparison that can never be met: {ranges}."
            view.tell("bad-condition", spot, message, "Change it so that it can be.", inside=(text, never.at))


def _range(name: str, variable: Variable) -> str:
    return f"`{name}` is true or false" if variable.truth else f"`{name}` goes from 0 to {variable.high}"


def last_line(view: View) -> None:
    """no-default-line: the person must always have something to say, so the last variant has no `when`."""
    for part in [moment for _, moment in view.moments] + view.answers:
        variants = part.parts("person")
        if variants and "when" in variants[-1][1].data and variants[-1][0] == len(part.data["person"]) - 1:
            last = variants[-1][1]
            hint = "Delete its `when`, or add a last line without one."
            view.tell(
                "no-default-line", last.at("when"), "The last of these lines has a `when`.", hint, key=True
            )


def crowded(view: View) -> None:
    """crowded: nobody in distress waits while ten answers are read; a moment lists nine at the most."""
    for name, moment in view.moments:
        count = view.listed(moment)
        if count > MOST_REPLIES:
            message = f"`{name}` lists {count} replies; the most is {MOST_REPLIES}."
            hint = "Keep the ones that teach something and delete the others."
            view.tell("crowded", view.root.at("moments", name), message, hint, key=True)


def something_to_answer(view: View) -> None:
    """missing-key: a moment without any reply or silence would be a dead end."""
    for name, moment in view.moments:
        if not any(moment.data.get(key) for key in ("replies", "also", "silence")):
            hint = "Add `replies`, `also` or `silence`."
            view.tell("missing-key", view.root.at("moments", name), f"`{name}` has no reply.", hint, key=True)


def say_or_do(view: View) -> None:
    """missing-key, unknown-key: a reply is said or done, never both, or nobody knows what was chosen."""
    for reply in view.replies:
        if "say" in reply.data and "do" in reply.data:
            hint = "Put the action into round brackets inside `say`, or make two replies."
            view.tell("unknown-key", reply.at("do"), "`do` cannot stand beside `say`.", hint, key=True)
        elif "say" not in reply.data and "do" not in reply.data:
            hint = "Add `say` with the words, or `do` with what is done."
            view.tell("missing-key", reply.spot, "This reply has neither `say` nor `do`.", hint)


def calm_cue(view: View) -> None:
    """missing-key: without a cue for 0 there would be tensions at which nothing can be seen."""
    person = view.root.part("person")
    cues = None if person is None else person.get("cues", dict)
    if person is not None and cues and 0 not in cues:
        hint = "Add `0:` with what is seen when the person is calm."
        view.tell("missing-key", person.at("cues"), "`cues` has no line for 0.", hint, key=True)


def left_empty(view: View) -> None:
    """missing-key: a key without a value reads as nothing at all, which is seldom what was meant."""
    words = {text.path for text in view.prose}
    waiting: list[Part] = [view.root]
    while waiting:
        part = waiting.pop()
        for key, value in part.data.items():
            if (*part.path, key) in words and not (key == "person" and isinstance(value, list)):
                continue
            if value is None:
                view.tell(
                    "missing-key",
                    part.at(key),
                    f"`{key}` is left empty.",
                    "Fill it in, or delete the line.",
                    key=True,
                )
            elif isinstance(value, dict):
                waiting.append(Part((*part.path, key), value, part.at(key)))
            elif isinstance(value, list):
                waiting += [inner for _, inner in part.parts(key)]


RULES: Final[tuple[Callable[[View], None], ...]] = (
    wording.became_something_else,
    wording.cut_by_comma,
    wording.empty,
    wording.cut_short,
    names,
    reply_ids,
    same_names,
    same_ids,
    targets,
    lists,
    techniques,
    conditions,
    last_line,
    crowded,
    something_to_answer,
    say_or_do,
    calm_cue,
    facts.kinds,
    facts.changes,
    left_empty,
    wording.placeholders,
    wording.brackets,
    wording.physical,
)
"""In this order: what lost its words is told first, and no later rule speaks of the same slip."""


def judge(view: View) -> list[Problem]:
    """Every problem that one reading can find."""
    for rule in RULES:
        rule(view)
    return view.problems
