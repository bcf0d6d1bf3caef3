"""The arrows of a scenario as a networkx graph: openings, moments, endings, and what leads from each to each.

Nodes are keyed by kind and place in the file (`o0`, `m3`, `e1`), so that no name can collide or do harm.
Every text in the graph is filled for the first cast member and made harmless.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

import networkx as nx

from scenarios.drawing_text import first_words, plain
from scenarios.scene import Option
from scenarios.speech import fill

if TYPE_CHECKING:
    from scenarios.explore import Explored, Witness
    from scenarios.load import Loaded
    from scenarios.model import Lines

Kind = Literal["opening", "moment", "ending"]
Graph: TypeAlias = "nx.MultiDiGraph[str]"
"""Of node keys; the attribute `spot` of a node is its Spot, `way` of an edge its Way."""

UNREACHED: Final = "no play comes here"
HARD: Final = "only hard endings from here"
STUCK: Final = "a play can get stuck here"
NO_WAY_OUT: Final = "no ending can be reached from here"
HARD_OUTCOMES: Final = frozenset(["stopped", "rupture"])


@dataclass(frozen=True, slots=True)
class Way:
    """One reply or silence: `after` is in seconds; `offered` is False where no play is offered it.

    `told` is how many took it, where real plays are laid over the map.
    """

    id: str
    kind: str
    text: str
    when: str | None
    harms: bool
    after: int | None
    offered: bool
    told: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """An opening, a moment or an ending.

    `says` holds every line with its condition, `words` the first words heard. `rules` are the numbers, from
    1, of the `whenever` rules that lead here. `marks` are what the plays come to here, `notes` the same in
    whole sentences with the play that shows it.
    """

    key: str
    kind: Kind
    name: str
    words: str = ""
    says: tuple[tuple[str | None, str], ...] = ()
    outcome: str | None = None
    rules: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A `whenever` rule, numbered from 1 in the order in which they are looked at."""

    number: int
    when: str
    to: str
    again: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """All that leads from one spot to another in the same manner: a reply, staying quiet, or an opening.

    `share` is that of the people who took it, 0..100, where real plays are laid over the map and it may be told.
    """

    source: str
    target: str
    manner: Literal["opening", "reply", "quiet"]
    ways: tuple[Way, ...]
    share: int | None = None


class Plays(Protocol):
    """Real plays to lay over a map: what may be told of them, by the names of moments, endings and replies."""

    @property
    def said(self) -> str:
        """What they are, in a sentence."""

    def share(self, moment: str, replies: Sequence[str]) -> int | None:
        """How many of a hundred people who came to a moment gave one of these replies; None: not to be told."""

    def told(self, moment: str, reply: str) -> str:
        """The same of one reply, in words; none where it is not to be told."""

    def notes(self, kind: Kind, name: str) -> tuple[str, ...]:
        """What else there is to say of a moment or an ending, in sentences."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The keys of what leads to a spot and of where it leads, each once, in file order."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A scenario as a graph, with what a drawing says of the whole. `proved`: every play was tried."""

    title: str
    summary: str
    person: str
    graph: Graph
    rules: tuple[Rule, ...]
    states: int
    proved: bool
    plays: Plays | None = None

    def spot(self, key: str) -> Spot:
        """The opening, moment or ending of a key."""
        return _spot(self.graph, key)

    def spots(self, kind: Kind) -> list[Spot]:
        """All of a kind, in file order."""
        return [spot for key in self.graph if (spot := self.spot(key)).kind == kind]

    def ways(self, key: str) -> list[tuple[Way, str]]:
        """Every reply and silence of a moment with the key of where it leads, in the author's order."""
        found = sorted(self.graph.out_edges(key, keys=True, data=True), key=lambda edge: edge[2])
        return [(data["way"], target) for _, target, _, data in found if data["way"] is not None]

    def neighbours(self, key: str) -> Neighbours:
        """What leads here and where it leads, by arrows alone."""
        place = {name: at for at, name in enumerate(self.graph)}
        before = sorted(self.graph.predecessors(key), key=place.__getitem__)
        after = sorted(self.graph.successors(key), key=place.__getitem__)
        return Neighbours(tuple(before), tuple(after))

    def arrows(self) -> list[Arrow]:
        """The arrows to draw: replies between the same two spots are one, silence is one of its own."""
        ways: dict[tuple[str, str, Literal["opening", "reply", "quiet"]], list[Way]] = {}
        for source, target, data in self.graph.edges(data=True):
            way: Way | None = data["way"]
            manner: Literal["opening", "reply", "quiet"] = "opening"
            if way is not None:
                manner = "quiet" if way.kind == "silence" else "reply"
            ways.setdefault((source, target, manner), []).extend([] if way is None else [way])
        return [Arrow(*ends, tuple(held), self._share(ends[0], held)) for ends, held in ways.items()]

    def _share(self, source: str, ways: Sequence[Way]) -> int | None:
        if self.plays is None or not ways:
            return None
        return self.plays.share(self.spot(source).name, [way.id for way in ways])


def map_of(loaded: Loaded, explored: Explored | None = None) -> Map:
    """The map of a scenario; with `explored`, what plays come to is proved, else judged by arrows alone."""
    return _Mapper(loaded, explored).map()


def with_plays(plan: Map, plays: Plays) -> Map:
    """The same map with real plays laid over it."""
    graph = plan.graph.copy()
    for key, data in graph.nodes(data=True):
        spot = plan.spot(key)
        data["spot"] = replace(spot, notes=(*spot.notes, *plays.notes(spot.kind, spot.name)))
    for source, _, data in graph.edges(data=True):
        if data["way"] is not None:
            way: Way = data["way"]
            data["way"] = replace(way, told=plays.told(plan.spot(source).name, way.id))
    return replace(plan, graph=graph, plays=plays)


class _Mapper:
    def __init__(self, loaded: Loaded, explored: Explored | None) -> None:
        self.loaded = loaded
        self.explored = explored if explored is not None and explored.exhausted else None
        self.scenario = loaded.scenario
        first = self.scenario.person.cast[0]
        self.name, self.pronouns = first.name, first.pronouns
        self.keys = {name: f"m{place}" for place, name in enumerate(self.scenario.moments)}
        self.keys.update({name: f"e{place}" for place, name in enumerate(self.scenario.endings)})

    def map(self) -> Map:
        graph: Graph = nx.MultiDiGraph()
        for spot in self.spots():
            graph.add_node(spot.key, spot=spot)
        for place, opening in enumerate(self.scenario.openings.values()):
            graph.add_edge(f"o{place}", self.keys[opening.moment], key=0, way=None)
        for moment in self.loaded.scene.places.values():
            for number, option in enumerate(moment.options):
                way = self.way(moment.name, number, option)
                graph.add_edge(self.keys[moment.name], self.keys[option.to], key=number, way=way)
        self.mark(graph)
        rules = tuple(
            Rule(number, plain(rule.when), self.keys[rule.to], rule.again)
            for number, rule in enumerate(self.scenario.whenever, start=1)
        )
        states = self.explored.states if self.explored else 0
        title, summary = self.fill(self.scenario.title), self.fill(self.scenario.summary)
        return Map(title, summary, plain(self.name), graph, rules, states, self.explored is not None)

    def fill(self, text: str) -> str:
        return plain(fill(text, self.name, self.pronouns))

    def says(self, lines: Lines) -> tuple[tuple[str | None, str], ...]:
        return tuple((plain(line.when) if line.when else None, self.fill(line.says)) for line in lines)

    def spots(self) -> Iterator[Spot]:
        for place, (name, opening) in enumerate(self.scenario.openings.items()):
            brief = self.fill(opening.brief or "")
            yield Spot(f"o{place}", "opening", plain(name), brief, ((None, brief),) if brief else ())
        for name, moment in self.scenario.moments.items():
            says = self.says(moment.person)
            default = fill(moment.person[-1].says, self.name, self.pronouns)
            rules = self.rules_to(name)
            yield Spot(self.keys[name], "moment", plain(name), first_words(default), says, rules=rules)
        for name, ending in self.scenario.endings.items():
            text = self.fill(ending.text)
            rules = self.rules_to(name)
            outcome: str = ending.outcome
            yield Spot(self.keys[name], "ending", plain(name), text, ((None, text),), outcome, rules)

    def rules_to(self, name: str) -> tuple[int, ...]:
        return tuple(at for at, rule in enumerate(self.scenario.whenever, start=1) if rule.to == name)

    def way(self, moment: str, number: int, option: Option) -> Way:
        source = option.source
        offered = self.explored is None or (moment, number) in self.explored.seen.offered
        return Way(
            plain(option.id),
            option.kind,
            self.fill(option.text),
            plain(source.when) if source.when else None,
            self.loaded.vocabulary.harms(source.techniques),
            getattr(source, "after", None),
            offered,
        )

    def mark(self, graph: Graph) -> None:
        """Give every spot what plays come to there: proved where all were tried, else as arrows tell."""
        names = {key: name for name, key in self.keys.items()}
        reached = self._reached(graph)
        hard = self._hard(graph) if self.explored is None else set()
        for key in graph:
            spot = _spot(graph, key)
            if key not in reached:
                graph.nodes[key]["spot"] = replace(
                    spot, marks=(UNREACHED,), notes=(_unreached(self.explored),)
                )
            elif key in hard:
                note = "Every arrow from here leads on to an ending that is hard: stopped, or a break."
                graph.nodes[key]["spot"] = replace(spot, marks=(HARD,), notes=(note,))
            elif self.explored is not None and key in names:
                marks, notes = _told(self.explored, names[key])
                graph.nodes[key]["spot"] = replace(spot, marks=marks, notes=notes)

    def _reached(self, graph: Graph) -> set[str]:
        openings = {key for key in graph if key.startswith("o")}
        if self.explored is not None:
            return openings | {self.keys[name] for name in [*self.explored.moments, *self.explored.endings]}
        starts = openings | {self.keys[rule.to] for rule in self.scenario.whenever}
        return starts.union(*(nx.descendants(graph, start) for start in starts))

    def _hard(self, graph: Graph) -> set[str]:
        """Moments from which arrows, those of `whenever` included, lead to hard endings alone."""
        targets = {self.keys[rule.to] for rule in self.scenario.whenever}
        always = targets.union(*(nx.descendants(graph, target) for target in targets))
        outcomes = {key: outcome for key in graph if (outcome := _spot(graph, key).outcome)}
        found = set()
        for key in (key for key in graph if key.startswith("m")):
            ends = {outcomes[end] for end in nx.descendants(graph, key) | always if end in outcomes}
            if ends and ends <= HARD_OUTCOMES:
                found.add(key)
        return found


def _spot(graph: Graph, key: str) -> Spot:
    found: Spot = graph.nodes[key]["spot"]
    return found


def _unreached(explored: Explored | None) -> str:
    if explored is None:
        return "No arrow leads here from any opening, and no rule does."
    return f"All {explored.states:,} states were tried: no play comes here."


def _told(explored: Explored, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a proof says of a moment or ending, as marks and as sentences."""
    findings = (
        (STUCK, explored.stuck, "A play can come here and be offered no reply"),
        (NO_WAY_OUT, explored.no_way_out, "A play can come here and never reach an ending"),
        (HARD, explored.no_return, "A play can come here with nothing but hard endings left"),
    )
    held = [
        (mark, f"{sentence}: {shortest(found[name])}.") for mark, found, sentence in findings if name in found
    ]
    return tuple(mark for mark, _ in held), tuple(note for _, note in held)


def shortest(witness: Witness) -> str:
    """A shortest play, as in `usual: own-it → policy`."""
    return plain(f"{witness.opening}: {' → '.join(witness.play) or 'from the start'}")
