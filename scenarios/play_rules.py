"""The rules that all plays of a scenario decide, each with the play that shows it or the states tried.

Source: format 1, section 6. Every rule takes a Proof and gives problems; docstrings say why a trainer should care.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from scenarios.explore import Explored, Witness
from scenarios.load import Loaded
from scenarios.problems import Problem, Severity
from scenarios.scene import SILENCE, Option
from scenarios.source import Document
from scenarios.walks import walk

_MOST_SHOWN: Final = 12


@dataclass(frozen=True)
class Proof:
    """A scenario with what all its plays come to (`explored` is None where nobody looked)."""

    loaded: Loaded
    document: Document
    explored: Explored | None

    @property
    def proved(self) -> Explored | None:
        """The exploration where it is complete: only then may anything be said never to happen."""
        return self.explored if self.explored is not None and self.explored.exhausted else None

    @cached_property
    def tried(self) -> str:
        """How much was tried, for sentences that end on it."""
        count = 0 if self.explored is None else self.explored.states
        return "its one state was tried" if count == 1 else f"all {count:,} states were tried"

    def tell(
        self,
        code: str,
        path: tuple[Any, ...],
        message: str,
        hint: str,
        witness: Witness | None = None,
        *,
        severity: Severity = "error",
        key: bool = True,
    ) -> Problem:
        """A problem at a place of the file, with the play that shows it."""
        spot = self.document.spot_at(path)
        line, column = (spot.key_line, spot.key_column) if key else (spot.line, spot.column)
        opening = None if witness is None else witness.opening
        play = None if witness is None else witness.play
        return Problem(code, self.document.path, line, column, message, hint, severity, opening, play)

    def answer_spot(self, moment: str, option: Option) -> tuple[Any, ...]:
        """The path of a reply in the file: in its moment, in a shared list, or its silence."""
        scenario = self.loaded.scenario
        if option.id == SILENCE:
            return ("moments", moment, "silence")
        for place, reply in enumerate(scenario.moments[moment].replies):
            if reply is option.source:
                return ("moments", moment, "replies", place)
        for name, listed in scenario.shared_replies.items():
            for place, reply in enumerate(listed):
                if reply is option.source:
                    return ("shared_replies", name, place)
        return ("moments", moment)


def shown(witness: Witness) -> str:
    """A play as a person reads it: `usual: own-it → policy → silence`; the middle of a long one is left out."""
    ids = list(witness.play)
    if len(ids) > _MOST_SHOWN:
        ids[_MOST_SHOWN // 2 : -_MOST_SHOWN // 2] = ["…"]
    return f"{witness.opening}: {' → '.join(ids) or 'at once'}"


def walk_fails(proof: Proof) -> Iterator[Problem]:
    """walk-fails: the walks are what the author meant; one that strays shows a change nobody intended."""
    for place, test in enumerate(proof.loaded.scenario.walks):
        strayed = walk(proof.loaded.scene, test)
        if strayed is not None:
            path = ("walks", place, *strayed.at)
            name = f"{test.name}: " if test.name else ""
            witness = Witness(strayed.opening, tuple(strayed.play))
            yield proof.tell("walk-fails", path, name + strayed.message, strayed.hint, witness, key=False)


def unreachable(proof: Proof) -> Iterator[Problem]:
    """unreachable: words that nobody can ever come to were written for nothing, or an arrow is missing."""
    if proof.proved is None:
        return
    hint = "Lead a `to` here, loosen the condition that guards the way, or delete it."
    for name in proof.loaded.scenario.moments:
        if name not in proof.proved.moments:
            message = f"No play can come to `{name}`: {proof.tried}."
            yield proof.tell("unreachable", ("moments", name), message, hint)
    for name in proof.loaded.scenario.endings:
        if name not in proof.proved.endings:
            message = f"No play can end at `{name}`: {proof.tried}."
            yield proof.tell("unreachable", ("endings", name), message, hint)


def stuck(proof: Proof) -> Iterator[Problem]:
    """stuck: somebody practising would sit before a person in distress with nothing to say and no way on."""
    for name, witness in (proof.proved.stuck if proof.proved else {}).items():
        message = f"In `{name}` a play can come to where no reply is offered ({shown(witness)})."
        hint = "Give it a reply or a silence without `when`."
        yield proof.tell("stuck", ("moments", name), message, hint, witness)


def no_way_out(proof: Proof) -> Iterator[Problem]:
    """no-way-out: a conversation that can only go round and round teaches nothing but giving up."""
    for name, witness in (proof.proved.no_way_out if proof.proved else {}).items():
        message = f"From `{name}` a play can no longer come to any ending ({shown(witness)})."
        hint = "Add a reply that leads towards an ending, or a `whenever` rule."
        yield proof.tell("no-way-out", ("moments", name), message, hint, witness)


def point_of_no_return(proof: Proof) -> Iterator[Problem]:
    """point-of-no-return: where only a rupture or a stop can follow, repair should perhaps still be possible."""
    for name, witness in (proof.proved.no_return if proof.proved else {}).items():
        message = (
            f"From `{name}` a play can come to where only `stopped` or `rupture` follows ({shown(witness)})."
        )
        hint = "If that is meant, leave it; else add a reply that repairs."
        yield proof.tell("point-of-no-return", ("moments", name), message, hint, witness, severity="warning")


def never_offered(proof: Proof) -> Iterator[Problem]:
    """never-offered: a reply that no play shows was written for nothing, or its `when` is not what was meant."""
    if proof.proved is None:
        return
    told: set[int] = set()
    offered = {id(_option(proof, *each).source) for each in proof.proved.seen.offered}
    for name in _reached(proof):
        for option in proof.loaded.scene.places[name].options:
            if id(option.source) not in offered | told:
                told.add(id(option.source))
                message = f"`{option.id}` is never offered in `{name}`: {proof.tried}."
                path = proof.answer_spot(name, option)
                yield proof.tell(
                    "never-offered", path, message, "Loosen its `when`.", severity="warning", key=False
                )


def never_said(proof: Proof) -> Iterator[Problem]:
    """never-said: a line that no play hears hides behind a condition, or behind a line before it that always holds."""
    if proof.proved is None:
        return
    said, offered = proof.proved.seen.said, proof.proved.seen.offered
    heard_back = {(id(_option(proof, m, o).source), n) for m, o, n in said if o is not None}
    told: set[tuple[int, int]] = set()
    for name in _reached(proof):
        place = proof.loaded.scene.places[name]
        for number in range(len(place.lines)):
            if (name, None, number) not in said:
                message = f"Line {number + 1} of `{name}` is never said: {proof.tried}."
                path = ("moments", name, "person", number)
                hint = _hint_for_a_line(number + 1 == len(place.lines))
                yield proof.tell("never-said", path, message, hint, severity="warning", key=False)
        for which, option in enumerate(place.options):
            for number in range(len(option.reaction)) if (name, which) in offered else ():
                line = (id(option.source), number)
                if line not in heard_back | told:
                    told.add(line)
                    message = (
                        f"Line {number + 1} of what comes back to `{option.id}` is never said: {proof.tried}."
                    )
                    path = (*proof.answer_spot(name, option), "person", number)
                    hint = _hint_for_a_line(number + 1 == len(option.reaction))
                    yield proof.tell("never-said", path, message, hint, severity="warning", key=False)


def _hint_for_a_line(last: bool) -> str:
    """What to do about a line that is never said; the last has no `when` of its own."""
    if last:
        return (
            "One of the lines before it holds each time: change a `when` there, or delete this line and the"
            " `when` of the one above it."
        )
    return "Loosen its `when`, or move it before the lines that hold instead."


def never_fires(proof: Proof) -> Iterator[Problem]:
    """never-fires: a rule meant to catch something catches nothing."""
    if proof.proved is None:
        return
    for place, rule in enumerate(proof.loaded.scenario.whenever):
        if place not in proof.proved.seen.fired:
            message = f"This rule (`{rule.when}`) never names the way: {proof.tried}."
            hint = "Loosen its `when`, or move it before the rules that take over instead."
            yield proof.tell("never-fires", ("whenever", place), message, hint, severity="warning", key=False)


def rule_holds_at_start(proof: Proof) -> Iterator[Problem]:
    """rule-holds-at-start: a rule that holds from the first takes over at the first reply, whatever that is."""
    scene = proof.loaded.scene
    for place, rule in enumerate(scene.rules):
        for name in scene.openings:
            if rule.when(scene.start(name)):
                message = f"This rule already holds when `{name}` begins."
                hint = "Change the opening's numbers, or the rule."
                yield proof.tell(
                    "rule-holds-at-start", ("whenever", place), message, hint, severity="warning", key=False
                )
                break


def rule_repeats(proof: Proof) -> Iterator[Problem]:
    """rule-repeats: an `again` rule that fires turn after turn keeps the trainee going round in one place."""
    for place, witness in (proof.proved.repeats if proof.proved else {}).items():
        message = f"This `again` rule can take over at two turns running ({shown(witness)})."
        hint = "Let what it leads to change what it looks at, or drop `again`."
        yield proof.tell(
            "rule-repeats", ("whenever", place), message, hint, witness, severity="warning", key=False
        )


def undiscoverable(proof: Proof) -> Iterator[Problem]:
    """undiscoverable: what matters to the person should be there to be found by somebody who asks."""
    if proof.proved is None:
        return
    for name, _ in proof.loaded.scene.hidden:
        if name not in proof.proved.discovered:
            message = f"No play brings `{name}` to light: {proof.tried}."
            hint = f"Add `reveals: [{name}]` to a reply that earns it."
            yield proof.tell("undiscoverable", ("facts", name), message, hint, severity="warning")


def always_ends_the_same(proof: Proof) -> Iterator[Problem]:
    """always-ends-the-same: if nothing said makes a difference, there is nothing to practise."""
    if proof.proved is None or len(proof.proved.endings) != 1:
        return
    name = next(iter(proof.proved.endings))
    message = f"Every play ends at `{name}`: {proof.tried}."
    hint = "Let what is said lead to different endings."
    yield proof.tell("always-ends-the-same", ("endings",), message, hint, severity="warning")


def one_sided(proof: Proof) -> Iterator[Problem]:
    """one-sided: where every reply helps, or every one harms, there is no choice to learn from."""
    if proof.proved is None:
        return
    harms = proof.loaded.vocabulary.harms
    for name in _reached(proof):
        place = proof.loaded.scene.places[name]
        offered = [o for number, o in enumerate(place.options) if (name, number) in proof.proved.seen.offered]
        sides = {harms(option.source.techniques) for option in offered}
        if len(sides) == 1:
            side = "harms" if sides.pop() else "helps"
            every = "Every reply" if len(offered) > 1 else "The one reply"
            message = f"{every} of `{name}` {side}."
            hint = "Add one that a good colleague might say and that does the opposite."
            yield proof.tell("one-sided", ("moments", name), message, hint, severity="warning")


def _reached(proof: Proof) -> list[str]:
    moments = proof.proved.moments if proof.proved else set()
    return [name for name in proof.loaded.scenario.moments if name in moments]


def _option(proof: Proof, moment: str, number: int) -> Option:
    return proof.loaded.scene.places[moment].options[number]


RULES: Final[tuple[Callable[[Proof], Iterator[Problem]], ...]] = (
    walk_fails,
    unreachable,
    stuck,
    no_way_out,
    point_of_no_return,
    never_offered,
    never_said,
    never_fires,
    rule_holds_at_start,
    rule_repeats,
    undiscoverable,
    always_ends_the_same,
    one_sided,
)
