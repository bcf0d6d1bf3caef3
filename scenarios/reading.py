"""The rules that one reading of a file can judge: names, arrows, facts, techniques, conditions. One function a rule.

Each rule takes a View and tells what it finds; source of all: format 1, sections 2, 4 and 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from scenarios import wording
from scenarios.compose import Spot
from scenarios.conditions import ConditionError, UnknownName, Variable, impossible, parse
from scenarios.names import LONGEST, RESERVED_FACTS, is_fact_name, is_kebab, is_reserved_id
from scenarios.nearest import did_you_mean
from scenarios.problems import Problem, listed
from scenarios.view import Part, View

MOST_REPLIES: Final = 9
_KEBAB_HINT: Final = (
    f"Write small letters a-z, figures and single hyphens, at most {LONGEST}, beginning with a letter: `at-the-door`."
)
_SNAKE_HINT: Final = (
    f"Write small letters, figures and underscores, at most {LONGEST}, beginning with a letter: `promised_tablet`."
)
_NOT_NAMES: Final = frozenset(["true", "false", "null"])


def names(view: View) -> None:
    """bad-name: a name that later reads as a command or breaks a list of replies would mislead whoever plays it."""
    for kind in ("moments", "endings", "openings", "shared_replies"):
        held = view.root.get(kind, dict) or {}
        for name in held:
            if not isinstance(name, str) or not is_kebab(name) or name in _NOT_NAMES:
                view.tell("bad-name", view.root.at(kind, name), f"`{name}` cannot be a name here.", _KEBAB_HINT, key=True)
    for name in view.root.get("facts", dict) or {}:
        if not isinstance(name, str) or not is_fact_name(name):
            message, hint = f"`{name}` cannot be a fact's name.", _SNAKE_HINT
            if name in RESERVED_FACTS:
                message, hint = f"`{name}` means something else in conditions.", "Give the fact another name."
            view.tell("bad-name", view.root.at("facts", name), message, hint, key=True)


def reply_ids(view: View) -> None:
    """bad-name: a reply is recorded by its id, so every reply needs one that is not a command of plain mode."""
    for reply in view.replies:
        written = reply.get("id", str)
        if written is not None and is_reserved_id(written):
            view.tell("bad-name", reply.at("id"), f"`{written}` is a command when playing.", "Give another id.")
        elif written is not None and not is_kebab(written):
            view.tell("bad-name", reply.at("id"), f"`{written}` cannot be an id.", _KEBAB_HINT)
        elif written is None and (reply.get("say", str) or reply.get("do", str)):
            made = reply.id
            if made is None or is_reserved_id(made) or not is_kebab(made):
                view.tell("bad-name", reply.spot, _no_id(made), "Give it an `id`.")


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
            view.tell("duplicate-name", view.root.at("endings", name), message, "Rename one of the two.", key=True)


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
            hint = "Rename one of the two." if written else "Their first four words are the same: give one of them an `id`."
        else:
            hint = "Give one of the two another `id`, or leave the list out here."
        view.tell("duplicate-name", reply.at("id") if written and spot is reply.spot else spot, message, hint)
    else:
        seen[made] = reply.spot.line


def targets(view: View) -> None:
    """unknown-target: an arrow that leads nowhere would strand whoever follows it."""
    moments, endings, openings = (view.root.get(key, dict) or {} for key in ("moments", "endings", "openings"))
    if moments and endings:
        for part in [*view.answers, *view.rules]:
            _target(view, part, "to", "moment or ending", {**moments, **endings})
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
        message, hint = f"`{name}` is {article} {other}; here stands the name of a {kind}.", f"There are: {listed(names)}."
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
    """bad-condition, unknown-fact: a condition that cannot be read or can never hold hides what stands behind it."""
    for key, text, spot in view.conditions():
        try:
            condition = parse(text, view.variables)
        except UnknownName as error:
            hint = "Declare it under `facts`, or name a gauge: tension, trust, safety."
            message = f"In `{key}`, {error.message}"
            message += "" if message.endswith("?") else "."
            if _facts_are_read(view):
                view.tell("unknown-fact", spot, message, hint, inside=(text, error.at))
            continue
        except ConditionError as error:
            hint = "Write it as in `trust >= 6 and birthday`."
            view.tell("bad-condition", spot, f"`{key}` cannot be read: {error.message}.", hint, inside=(text, error.at))
            continue
        never = impossible(condition, view.variables)
        if never is not None:
            names = sorted({part.name for part in never.walk() if part.kind == "name"})
            ranges = ", ".join(_range(name, view.variables[name]) for name in names) or "it compares fixed values"
            message = f"`{key}` holds a comparison that can never be met: {ranges}."
            view.tell("bad-condition", spot, message, "Change it so that it can be.", inside=(text, never.at))


def _range(name: str, variable: Variable) -> str:
    return f"`{name}` is true or false" if variable.truth else f"`{name}` goes from 0 to {variable.high}"


def _facts_are_read(view: View) -> bool:
    """Whether `facts` has the shape that names can be looked up in; else that alone is told."""
    return "facts" not in view.root.data or view.root.get("facts", dict) is not None


def last_line(view: View) -> None:
    """no-default-line: the person must always have something to say, so the last variant has no `when`."""
    for part in [moment for _, moment in view.moments] + view.answers:
        variants = part.parts("person")
        if variants and "when" in variants[-1][1].data and variants[-1][0] == len(part.data["person"]) - 1:
            last = variants[-1][1]
            hint = "Delete its `when`, or add a last line without one."
            view.tell("no-default-line", last.at("when"), "The last of these lines has a `when`.", hint, key=True)


def crowded(view: View) -> None:
    """crowded: nobody in distress waits while ten answers are read; a moment lists nine at the most."""
    for name, moment in view.moments:
        count = len(moment.get("replies", list) or [])
        count += sum(len(view.shared.get(listed_name, [])) for listed_name, _ in moment.names("also"))
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


def fact_kinds(view: View) -> None:
    """wrong-type, out-of-range: a fact is true/false, or with `max` a number that starts within it."""
    for name, fact in view.root.parts("facts"):
        start, most = fact.data.get("start"), fact.get("max", int)
        if most is None and isinstance(start, int) and not isinstance(start, bool):
            hint = "Add `max`, or write true or false."
            view.tell("wrong-type", fact.at("start"), f"`{name}` starts with a number but has no `max`.", hint)
        elif most is not None and isinstance(start, bool):
            view.tell("wrong-type", fact.at("start"), f"`{name}` is a number.", f"Write 0 to {most}.")
        elif most is not None and isinstance(start, int) and start > most:
            view.tell("out-of-range", fact.at("start"), f"`{name}` starts above its `max`.", f"Write 0 to {most}.")
        if fact.get("hidden", bool) and ("start" in fact.data or "max" in fact.data):
            hint = "Delete `start` and `max`, or `hidden`."
            view.tell("wrong-type", fact.at("hidden"), f"`{name}` is hidden, so it is true/false and starts false.", hint)


def changes(view: View) -> None:
    """unknown-fact, wrong-type, out-of-range: what a reply or opening changes must be declared and of that kind."""
    for _, opening in view.openings:
        _sets(view, opening, hidden_too=True)
    for answer in view.answers:
        _sets(view, answer, hidden_too=False)
        _adds(view, answer)
        for name, spot in answer.names("reveals"):
            if _known(view, name, spot) and not view.facts[name].hidden:
                hint = f"Add `hidden: true` to the fact, or write `set: {{{name}: true}}`."
                view.tell("wrong-type", spot, f"`{name}` is not a hidden fact, so it cannot come to light.", hint)


def _known(view: View, name: str, spot: Spot, *, key: bool = False) -> bool:
    if name in view.facts:
        return True
    if name not in (view.root.get("facts", dict) or {}) and _facts_are_read(view):
        message = f"There is no fact `{name}`{did_you_mean(name, view.facts) or '.'}"
        view.tell("unknown-fact", spot, message, "Declare it under `facts`.", key=key)
    return False


def _sets(view: View, part: Part, *, hidden_too: bool) -> None:
    for name, value in (part.get("set", dict) or {}).items():
        spot = part.at("set", name)
        if not isinstance(name, str) or not isinstance(value, bool | int) or not _known(view, name, spot, key=True):
            continue
        fact = view.facts[name]
        if fact.hidden and not hidden_too:
            hint = f"Write `reveals: [{name}]`."
            view.tell("wrong-type", spot, f"`{name}` is hidden; a reply can only bring it to light.", hint, key=True)
        elif isinstance(value, bool) != (fact.max is None):
            kind = "true/false" if fact.max is None else f"a number from 0 to {fact.max}"
            view.tell("wrong-type", spot, f"`{name}` is {kind}.", f"Write {'true or false' if fact.max is None else 'a number'}.")
        elif fact.max is not None and not 0 <= value <= fact.max:
            view.tell("out-of-range", spot, f"`{name}` goes from 0 to {fact.max}.", "Write a number within that.")


def _adds(view: View, part: Part) -> None:
    for name in part.get("add", dict) or {}:
        spot = part.at("add", name)
        if isinstance(name, str) and _known(view, name, spot, key=True) and view.facts[name].max is None:
            hint = "Use `set`, or give the fact a `max`."
            view.tell("wrong-type", spot, f"`{name}` is true/false, so nothing can be added to it.", hint, key=True)


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
                view.tell("missing-key", part.at(key), f"`{key}` is left empty.", "Fill it in, or delete the line.", key=True)
            elif isinstance(value, dict):
                waiting.append(Part((*part.path, key), value, part.at(key)))
            elif isinstance(value, list):
                waiting += [inner for _, inner in part.parts(key)]


RULES: Final[tuple[Callable[[View], None], ...]] = (
    wording.cut_by_comma,
    wording.empty,
    wording.cut_short,
    wording.became_something_else,
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
    fact_kinds,
    changes,
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


