"""Shared sessions as xAPI statements (1.0.3 shapes) for a learning record store: plain dicts, made from what was kept.

A statement's id follows from its session and the event it tells of, so that sending it twice changes nothing. No
word that anybody typed is in one, no score, neither `passed` nor `failed`. docs/xapi-profile.jsonld defines what is
ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha1
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from facilitator.exported import Exported, Happening
from facilitator.forms import encoded
from facilitator.wording import Wording
from simulator.kept import iso

BASE: Final = "https://words-first.example/xapi/"
"""Where our own IRIs begin: a reserved name, which nobody else can ever have."""
PROFILE: Final = f"{BASE}profile/v1"
HOME_PAGE: Final = "https://words-first.example/"
"""Whose accounts the pseudonyms are, where a trust names no address of its own."""
VERSION: Final = "1.0.3"
LANGUAGE: Final = "en-GB"
_MOST_WRITTEN: Final = 10_000

VERBS: Final[Mapping[str, str]] = MappingProxyType(
    {
        name: f"http://adlnet.gov/expapi/verbs/{name}"
        for name in (
            "initialized",
            "responded",
            "progressed",
            "completed",
            "suspended",
            "resumed",
            "terminated",
        )
    }
)
SIMULATION: Final = "http://adlnet.gov/expapi/activities/simulation"
INTERACTION: Final = "http://adlnet.gov/expapi/activities/cmi.interaction"
_PROFILE_TYPE: Final = "http://adlnet.gov/expapi/activities/profile"

_SAID: Final = MappingProxyType({"suspended": "suspended", "resumed": "resumed", "stepped-out": "terminated"})
_OWN_SAY: Final = frozenset({"word", "account", "self-rated"})
_VERBS: Final = {
    name: {"id": iri, "display": {LANGUAGE: name.replace("z", "s")}} for name, iri in VERBS.items()
}
_CATEGORY: Final = [{"id": PROFILE, "definition": {"type": _PROFILE_TYPE}}]
_ALONE: Final = {"category": _CATEGORY}


def extension(name: str) -> str:
    """The IRI of an extension of ours."""
    return f"{BASE}extensions/{name}"


def statements(one: Exported, home_page: str = HOME_PAGE) -> Iterator[dict[str, Any]]:
    """What happened in a session, in order; nothing of one that cannot be shown. Times are UTC."""
    return _Telling(one, home_page).all() if one.why is None else iter(())


class Lines:
    """The same as JSON, a statement a line: activities and verbs, which come again and again, are written out once."""

    def __init__(self, home_page: str = HOME_PAGE) -> None:
        self._home_page = home_page
        self._written: dict[int, tuple[Any, str]] = {}

    def __call__(self, one: Exported) -> Iterator[str]:
        if len(self._written) > _MOST_WRITTEN:
            self._written.clear()
        written = self._part
        for each in statements(one, self._home_page):
            context, result = each["context"], each.get("result")
            of_all = {name: context[name] for name in ("registration", "revision", "platform", "language")}
            head = f'"id":"{each["id"]}","actor":{written(each["actor"])},"verb":{written(each["verb"])}'
            body = f'"object":{written(each["object"])}' + (f',"result":{encoded(result)}' if result else "")
            where = f'{encoded(of_all)[:-1]},"contextActivities":{written(context["contextActivities"])}'
            more = f'"extensions":{encoded(context["extensions"])}}}'
            when = f'"timestamp":"{each["timestamp"]}","version":"{each["version"]}"'
            yield f'{{{head},{body},"context":{where},{more},{when}}}\n'

    def _part(self, value: Any) -> str:
        found = self._written.get(id(value))
        if found is None:
            # the value is kept beside its text, so that no other can have its id meanwhile
            found = self._written[id(value)] = value, encoded(value)
        return found[1]


class _Telling:
    """One session, told event by event."""

    def __init__(self, one: Exported, home_page: str) -> None:
        self._one = one
        self._namespace = UUID(one.session).bytes
        self._actor = {"account": {"homePage": home_page, "name": one.trainee}}
        self._scenario = _scenario(one.scenario, one.wording)
        self._within = _within(one.scenario)
        self._of_all = {
            _OPENING: one.opening,
            _PERSON: one.wording.person(one.cast) or str(one.cast),
        }
        self._turns = [(take, turn) for take in one.takes for turn in take["turns"]]
        self._told: set[str] = set()
        self._ended: Mapping[str, Any] | None = None
        self._completed = False

    def all(self) -> Iterator[dict[str, Any]]:
        answered = 0
        for happening in self._one.events:
            kind = happening[3]
            if kind == "answered":
                take, turn = self._turns[answered]
                answered += 1
                yield self._responded(happening, take, turn)
                if take["ending"] is not None and turn is take["turns"][-1]:
                    yield self._progressed(happening, take)
                    self._ended = self._ended or take
            elif kind == "began":
                yield self._plain("initialized", happening)
            elif kind in _SAID:
                yield self._plain(_SAID[kind], happening)
            elif kind in _OWN_SAY:
                self._told.add(kind)
            if self._ended and not self._completed and self._told == _OWN_SAY:
                self._completed = True
                yield self._complete(happening, self._ended)

    def _responded(self, happening: Happening, take: Mapping[str, Any], turn: Any) -> dict[str, Any]:
        number, moment, reply, _, before, after, trust, safety, seconds = turn
        one = self._one
        worded = one.wording.reply(one.cast, moment, reply)
        told: dict[str, Any] = {_KIND: worded.kind or "unknown", _TECHNIQUES: worded.techniques}
        if before is not None:
            told[_TENSION_BEFORE], told[_TENSION_AFTER] = before, after
            told[_TRUST_AFTER], told[_SAFETY_AFTER] = trust, safety
        if take["reaches"]:
            reached = sum(each[0] == number for each in take["reaches"])
            if reached:
                told[_REACHES] = reached
        if happening[4]["timed"]:
            told[_TIMED] = True
        made = self._statement(
            "responded", happening, _moment(one.scenario, one.version, moment, one.wording)
        )
        made["result"] = {"response": reply, "duration": _duration(seconds), "extensions": told}
        context = made["context"]
        context["contextActivities"] = self._within
        context["extensions"] = {_TAKE: take["take"], _TURN: number}
        return made

    def _progressed(self, happening: Happening, take: Mapping[str, Any]) -> dict[str, Any]:
        """A take has come to an ending."""
        made = self._statement("progressed", happening, self._scenario, "/progressed")
        if self._one.judged:
            made["result"] = {"extensions": {_ENDING: take["ending"], _OUTCOME: take["outcome"]}}
        made["context"]["extensions"] = {**self._of_all, _TAKE: take["take"]}
        return made

    def _complete(self, happening: Happening, ended: Mapping[str, Any]) -> dict[str, Any]:
        """The scene has ended and its trainee has had their own say: nothing waits for them."""
        made = self._statement("completed", happening, self._scenario, "/completed")
        came_to = {_ENDING: ended["ending"], _OUTCOME: ended["outcome"]}
        made["result"] = {
            "completion": True,
            "duration": _duration(happening[2] / 1000),
            "extensions": came_to,
        }
        return made

    def _plain(self, verb: str, happening: Happening) -> dict[str, Any]:
        return self._statement(verb, happening, self._scenario)

    def _statement(
        self, verb: str, happening: Happening, of: Mapping[str, Any], also: str = ""
    ) -> dict[str, Any]:
        return {
            "id": self._id(f"{happening[0]}{also}"),
            "actor": self._actor,
            "verb": _VERBS[verb],
            "object": of,
            "context": {
                "registration": self._one.session,
                "revision": self._one.version,
                "platform": "Words First",
                "language": LANGUAGE,
                "contextActivities": _ALONE,
                "extensions": self._of_all,
            },
            "timestamp": iso(happening[1]),
            "version": VERSION,
        }

    def _id(self, name: str) -> str:
        """uuid5 in the session's namespace, written out: making an object of each costs more than all else."""
        digest = sha1(self._namespace + name.encode(), usedforsecurity=False).hexdigest()
        variant = "89ab"[int(digest[16], 16) & 3]
        return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


_OPENING: Final = extension("opening")
_PERSON: Final = extension("person")
_TAKE: Final = extension("take")
_TURN: Final = extension("turn")
_KIND: Final = extension("kind")
_TECHNIQUES: Final = extension("techniques")
_TENSION_BEFORE: Final = extension("tension-before")
_TENSION_AFTER: Final = extension("tension-after")
_TRUST_AFTER: Final = extension("trust-after")
_SAFETY_AFTER: Final = extension("felt-safety-after")
_REACHES: Final = extension("reaches")
_TIMED: Final = extension("timed")
_ENDING: Final = extension("ending")
_OUTCOME: Final = extension("outcome")


def _duration(seconds: float) -> str:
    return f"PT{seconds:.2f}S"


@lru_cache(maxsize=256)
def _scenario(scenario: str, wording: Wording) -> dict[str, Any]:
    return {
        "id": _scenario_iri(scenario),
        "definition": {"type": SIMULATION, "name": {LANGUAGE: wording.title or scenario}},
    }


@lru_cache(maxsize=256)
def _within(scenario: str) -> dict[str, Any]:
    return {"parent": [{"id": _scenario_iri(scenario)}], "category": _CATEGORY}


def _scenario_iri(scenario: str) -> str:
    return f"{BASE}scenarios/{quote(scenario, safe='')}"


@lru_cache(maxsize=4096)
def _moment(scenario: str, version: str, moment: str, wording: Wording) -> dict[str, Any]:
    """A moment of one version of a scenario, with every reply that it may ever offer, by name.

    An activity says the same whoever is met, so the words, which name them, are not in it.
    """
    definition: dict[str, Any] = {
        "type": INTERACTION,
        "name": {LANGUAGE: moment},
        "interactionType": "choice",
    }
    choices = [{"id": reply} for reply, _ in wording.replies(0, moment)]
    if choices:
        definition["choices"] = choices
    return {
        "id": f"{_scenario_iri(scenario)}/{version[:16]}/moments/{quote(moment, safe='')}",
        "definition": definition,
    }
