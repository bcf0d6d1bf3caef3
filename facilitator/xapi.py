"""Shared sessions as xAPI statements (1.0.3 shapes) for a learning record store, a line of JSON each.

A statement's id follows from its session and the event it tells of, so that sending it twice changes nothing. No
word that anybody typed is in one, no score, neither `passed` nor `failed`. docs/xapi-profile.jsonld defines what is
ours. Millions of them are much alike: what comes again is written out once, and a line is put together of such
pieces; tests/facilitator/plainly.py has the same statements as one would write them down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha1
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from facilitator.exported import Exported
from facilitator.forms import encoded, stamp
from facilitator.pictures import Take, Turn
from facilitator.wording import Wording

BASE: Final = "https://words-first.example/xapi/"
"""Where our own IRIs begin: a reserved name, which nobody else can ever have."""
PROFILE: Final = f"{BASE}profile/v1"
HOME_PAGE: Final = "https://words-first.example/"
"""Whose accounts the pseudonyms are, where a trust names no address of its own."""
VERSION: Final = "1.0.3"
LANGUAGE: Final = "en-GB"
PLATFORM: Final = "Words First"
SIMULATION: Final = "http://adlnet.gov/expapi/activities/simulation"
INTERACTION: Final = "http://adlnet.gov/expapi/activities/cmi.interaction"
PROFILE_TYPE: Final = "http://adlnet.gov/expapi/activities/profile"
_NAMES: Final = (
    "initialized", "responded", "progressed", "completed", "suspended", "resumed", "terminated",
)  # fmt: skip
VERBS: Final[Mapping[str, str]] = MappingProxyType(
    {name: f"http://adlnet.gov/expapi/verbs/{name}" for name in _NAMES}
)
SAID: Final = MappingProxyType({"suspended": "suspended", "resumed": "resumed", "stepped-out": "terminated"})
"""Kinds of events that are statements of their own, and their verbs."""
OWN_SAY: Final = frozenset({"word", "account", "self-rated"})
"""What a trainee is asked for afterwards, given or left out."""
_MOST_WRITTEN: Final = 10_000


def extension(name: str) -> str:
    """The IRI of an extension of ours."""
    return f"{BASE}extensions/{name}"


def scenario_iri(scenario: str) -> str:
    """The activity that a scenario is."""
    return f"{BASE}scenarios/{quote(scenario, safe='')}"


def moment_iri(scenario: str, version: str, moment: str) -> str:
    """The activity that a moment of one version of a scenario is."""
    return f"{scenario_iri(scenario)}/{version[:16]}/moments/{quote(moment, safe='')}"


# pieces that are the same in all

_VERBS: Final = {
    name: encoded({"id": iri, "display": {LANGUAGE: name.replace("z", "s")}}) for name, iri in VERBS.items()
}
_CATEGORY: Final = encoded([{"id": PROFILE, "definition": {"type": PROFILE_TYPE}}])
_ALONE: Final = f'{{"category":{_CATEGORY}}}'
_KIND, _TECHNIQUES, _REACHES, _TIMED, _ENDING, _OUTCOME, _OPENING, _PERSON, _TAKE, _TURN = (
    encoded(extension(name))
    for name in (
        "kind",
        "techniques",
        "reaches",
        "timed",
        "ending",
        "outcome",
        "opening",
        "person",
        "take",
        "turn",
    )
)
_BEFORE, _AFTER, _TRUST, _SAFETY = (
    f",{encoded(extension(name))}:"
    for name in ("tension-before", "tension-after", "trust-after", "felt-safety-after")
)
_WHICH_TURN: Final = f",{_TURN}:"
_WHEN: Final = '}},"timestamp":"'
_LAST: Final = f'","version":"{VERSION}"}}\n'
_VARIANT: Final = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


class Lines:
    """Writes sessions; of one that cannot be shown nothing. Times are UTC."""

    def __init__(self, home_page: str = HOME_PAGE) -> None:
        self._home_page = home_page
        self._scenes: dict[tuple[str, str, Wording], _Scene] = {}

    def __call__(self, one: Exported) -> Sequence[str]:
        if one.why is not None:
            return ()
        return list(_Telling(one, self._home_page, self._scene(one)).all())

    def _scene(self, one: Exported) -> _Scene:
        key = one.scenario, one.version, one.wording
        found = self._scenes.get(key)
        if found is None:
            if sum(len(each) for each in self._scenes.values()) > _MOST_WRITTEN:
                self._scenes.clear()
            found = self._scenes[key] = _Scene(*key)
        return found


class _Scene(dict[tuple[str, str], tuple[str, str, str]]):
    """The activities of one version of a scenario. By moment and reply: the moment, and what stands before and
    behind the seconds that the reply took.

    An activity says the same whoever is met, so the words, which name them, are not in it.
    """

    def __init__(self, scenario: str, version: str, wording: Wording) -> None:
        super().__init__()
        self._named = scenario, version
        self._wording = wording
        self._moments: dict[str, str] = {}
        iri = scenario_iri(scenario)
        name = {LANGUAGE: wording.title or scenario}
        self.activity = encoded({"id": iri, "definition": {"type": SIMULATION, "name": name}})
        self.within = f'{{"parent":{encoded([{"id": iri}])},"category":{_CATEGORY}}}'

    def __missing__(self, key: tuple[str, str]) -> tuple[str, str, str]:
        moment, reply = key
        worded = self._wording.reply(0, moment, reply)
        activity = self._moments.get(moment) or self._moments.setdefault(moment, self._moment(moment))
        found = self[key] = (
            activity,
            f',"result":{{"response":{encoded(reply)},"duration":"PT',
            f'S","extensions":{{{_KIND}:{encoded(worded.kind or "unknown")},'
            f"{_TECHNIQUES}:{encoded(worded.techniques)}",
        )
        return found

    def _moment(self, moment: str) -> str:
        """With every reply that it may ever offer, by name."""
        definition: dict[str, Any] = {
            "type": INTERACTION,
            "name": {LANGUAGE: moment},
            "interactionType": "choice",
        }
        choices = [{"id": reply} for reply, _ in self._wording.replies(0, moment)]
        if choices:
            definition["choices"] = choices
        return encoded({"id": moment_iri(*self._named, moment), "definition": definition})


class _Telling:
    """One session, told event by event."""

    def __init__(self, one: Exported, home_page: str, scene: _Scene) -> None:
        self._one, self._scene, self._judged = one, scene, one.judged
        self._namespace = sha1(UUID(one.session).bytes, usedforsecurity=False)
        actor = encoded({"account": {"homePage": home_page, "name": one.trainee}})
        self._who = f'","actor":{actor},"verb":'
        self._responded = f'{self._who}{_VERBS["responded"]},"object":'
        self._context = (
            f',"context":{{"registration":"{one.session}","revision":{encoded(one.version)},'
            f'"platform":"{PLATFORM}","language":"{LANGUAGE}","contextActivities":'
        )
        self._where = f'}}}}{self._context}{scene.within},"extensions":{{{_TAKE}:'
        person = one.wording.person(one.cast) or str(one.cast)
        self._of_all = f"{_OPENING}:{encoded(one.opening)},{_PERSON}:{encoded(person)}"
        self._told: set[str] = set()
        self._ended: Take | None = None
        self._completed = False

    def all(self) -> Iterator[str]:
        turns = iter([(take, turn) for take in self._one.takes for turn in take.turns])
        for seq, at_ms, mono_ms, kind, body in self._one.events:
            if kind == "answered":
                take, turn = next(turns)
                yield self._respond(seq, at_ms, body["timed"], take, turn)
                if take.ending is not None and turn is take.turns[-1]:
                    yield self._progressed(seq, at_ms, take)
                    self._ended = self._ended or take
            elif kind == "began":
                yield self._other("initialized", b"%d" % seq, at_ms)
            elif kind in SAID:
                yield self._other(SAID[kind], b"%d" % seq, at_ms)
            elif kind in OWN_SAY:
                self._told.add(kind)
            if self._ended and not self._completed and self._told == OWN_SAY:
                self._completed = True
                yield self._complete(seq, at_ms, mono_ms, self._ended)

    def _respond(self, seq: int, at_ms: int, timed: bool, take: Take, turn: Turn) -> str:
        number = turn[0]
        activity, chosen, shown = self._scene[turn[1:3]]
        more = _held(*turn[4:8]) if self._judged else ""
        if take.reaches:
            reached = sum(each == number for each, _ in take.reaches)
            if reached:
                more += f",{_REACHES}:{reached}"
        if timed:
            more += f",{_TIMED}:true"
        return (
            f"{self._id(b'%d' % seq)}{self._responded}{activity}{chosen}{turn[8]:.2f}{shown}{more}"
            f"{self._where}{take.take}{_WHICH_TURN}{number}{_WHEN}{stamp(at_ms)}{_LAST}"
        )

    def _progressed(self, seq: int, at_ms: int, take: Take) -> str:
        """A take has come to an ending."""
        result = f'{{"extensions":{_came_to(take)}}}' if self._judged else ""
        return self._other("progressed", b"%d/progressed" % seq, at_ms, result, f",{_TAKE}:{take.take}")

    def _complete(self, seq: int, at_ms: int, mono_ms: int, ended: Take) -> str:
        """The scene has ended and its trainee has had their own say: nothing waits for them."""
        lasted = mono_ms / 1000
        result = f'{{"completion":true,"duration":"PT{lasted:.2f}S","extensions":{_came_to(ended)}}}'
        return self._other("completed", b"%d/completed" % seq, at_ms, result)

    def _other(self, verb: str, name: bytes, at_ms: int, result: str = "", of_take: str = "") -> str:
        """A statement about the whole session or a take of it."""
        also = f',"result":{result}' if result else ""
        return (
            f'{self._id(name)}{self._who}{_VERBS[verb]},"object":{self._scene.activity}{also}'
            f'{self._context}{_ALONE},"extensions":{{{self._of_all}{of_take}{_WHEN}{stamp(at_ms)}{_LAST}'
        )

    def _id(self, name: bytes) -> str:
        """The beginning of a line. uuid5 in the session's namespace: making an object of each costs more than all."""
        made = self._namespace.copy()
        made.update(name)
        hexed = made.hexdigest()
        last = f"{_VARIANT[hexed[16]]}{hexed[17:20]}-{hexed[20:32]}"
        return f'{{"id":"{hexed[:8]}-{hexed[8:12]}-5{hexed[13:16]}-{last}'


def _came_to(take: Take) -> str:
    return f"{{{_ENDING}:{encoded(take.ending)},{_OUTCOME}:{encoded(take.outcome)}}}"


@lru_cache(maxsize=20_000)
def _held(before: int, after: int, trust: int, safety: int) -> str:
    """Where the person was, and is now; there are not so many places."""
    return f"{_BEFORE}{before}{_AFTER}{after}{_TRUST}{trust}{_SAFETY}{safety}"
