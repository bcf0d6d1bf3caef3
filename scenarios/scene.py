"""A scenario compiled for play: names become places in a row of values, so that playing and proving share one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from scenarios.conditions import Test, Variable, parse
from scenarios.model import Answer, CastMember, Fact, Lines, Opening, Reply, Scenario
from scenarios.names import made_id
from scenarios.techniques import Vocabulary

GAUGES: Final = ("tension", "trust", "safety")
HIGHEST: Final = 10
SILENCE: Final = "silence"


@dataclass(frozen=True, slots=True)
class Effects:
    """What an answer changes: gauges by -3..3, then facts set, counted (held within 0..most) and brought to light."""

    gauges: tuple[int, int, int]
    sets: tuple[tuple[int, Any], ...]
    adds: tuple[tuple[int, int, int], ...]
    reveals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the person may say, offered while `when` holds (None: always)."""

    when: Test | None
    says: str


@dataclass(frozen=True, slots=True)
class Option:
    """A reply or silence, ready to take effect. `source` is the model it came from."""

    id: str
    kind: str
    text: str
    when: Test | None
    effects: Effects
    reaction: tuple[Line, ...]
    to: str
    ends: bool
    source: Answer
    id_bytes: bytes


@dataclass(frozen=True, slots=True)
class Place:
    """A moment: its lines and its options in the author's order, silence last."""

    name: str
    lines: tuple[Line, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """A `whenever` rule. `once` rules lead to a moment and fire once a take."""

    when: Test
    to: str
    ends: bool
    once: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that play and proof need, looked up once."""

    scenario: Scenario
    variables: Mapping[str, Variable]
    hidden: tuple[tuple[str, int], ...]
    places: Mapping[str, Place]
    rules: tuple[Watch, ...]
    cues: tuple[str, ...]
    cast: tuple[CastMember, ...]
    openings: Mapping[str, Opening]

    def start(self, opening: str) -> tuple[Any, ...]:
        """The values an opening begins with: gauges, then every fact in file order."""
        chosen = self.openings[opening]
        values: list[Any] = [chosen.tension, chosen.trust, chosen.safety]
        values += [_start(fact) for fact in self.scenario.facts.values()]
        for name, value in chosen.set.items():
            values[self.variables[name].index] = value
        return tuple(values)


def variables(facts: Mapping[str, Fact]) -> dict[str, Variable]:
    """Gauges (0..10), then facts in file order, as conditions know them."""
    known = {name: Variable(place, HIGHEST) for place, name in enumerate(GAUGES)}
    for place, (name, fact) in enumerate(facts.items(), start=len(GAUGES)):
        known[name] = Variable(place, fact.max or 1, fact.max is None)
    return known


def compile_scene(scenario: Scenario, vocabulary: Vocabulary) -> Scene:
    """Compile a scenario that has passed every check of one reading."""
    known = variables(scenario.facts)
    build = _Builder(scenario, vocabulary, known)
    shared = {name: tuple(map(build.reply, replies)) for name, replies in scenario.shared_replies.items()}
    places = {}
    for name, moment in scenario.moments.items():
        options = [build.reply(reply) for reply in moment.replies]
        options += [option for listed in moment.also for option in shared[listed]]
        if moment.silence is not None:
            options.append(build.option(SILENCE, "silence", moment.silence.do or "", moment.silence))
        places[name] = Place(name, build.lines(moment.person), tuple(options))
    rules = tuple(
        Watch(build.test(rule.when), rule.to, ends, once=not ends and not rule.again)
        for rule in scenario.whenever
        for ends in [rule.to in scenario.endings]
    )
    hidden = tuple((name, known[name].index) for name, fact in scenario.facts.items() if fact.hidden)
    cues = _cues(scenario.person.cues)
    return Scene(scenario, known, hidden, places, rules, cues, scenario.person.cast, scenario.openings)


def _start(fact: Fact) -> int | bool:
    return (fact.start or 0) if fact.max is not None else bool(fact.start)


def _cues(by_tension: Mapping[int, str]) -> tuple[str, ...]:
    """The cue for every tension 0..10: the highest number not above it."""
    return tuple(by_tension[max(n for n in by_tension if n <= tension)] for tension in range(HIGHEST + 1))


class _Builder:
    def __init__(self, scenario: Scenario, vocabulary: Vocabulary, known: Mapping[str, Variable]) -> None:
        self.scenario = scenario
        self.vocabulary = vocabulary
        self.known = known

    def test(self, text: str) -> Test:
        return parse(text, self.known).holds

    def lines(self, variants: Lines | None) -> tuple[Line, ...]:
        return tuple(Line(self.test(v.when) if v.when else None, v.says) for v in variants or ())

    def reply(self, reply: Reply) -> Option:
        kind = "say" if reply.say else "do"
        text = reply.say or reply.do or ""
        return self.option(reply.id or made_id(text) or "", kind, text, reply)

    def option(self, name: str, kind: str, text: str, answer: Answer) -> Option:
        when = self.test(answer.when) if answer.when else None
        ends = answer.to in self.scenario.endings
        reaction = self.lines(answer.person)
        return Option(
            name, kind, text, when, self.effects(answer), reaction, answer.to, ends, answer, name.encode()
        )

    def effects(self, answer: Answer) -> Effects:
        usual = self.vocabulary.usual(answer.techniques)
        written = (answer.tension, answer.trust, answer.safety)
        gauges = tuple(usual[i] if n is None else n for i, n in enumerate(written))
        sets = tuple((self.known[name].index, value) for name, value in answer.set.items())
        adds = tuple((self.known[name].index, n, self.known[name].high) for name, n in answer.add.items())
        reveals = tuple(self.known[name].index for name in answer.reveals)
        return Effects((gauges[0], gauges[1], gauges[2]), sets, adds, reveals)
