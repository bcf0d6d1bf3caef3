"""Statements as an LRS takes them: shapes, ids, order, and nothing that the published profile does not define."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from facilitator import xapi
from scenarios.load import library_ids, load
from tests.facilitator import plainly
from tests.facilitator.exporting import every_kind, rich, running, shows, statements, stepped_out
from tests.facilitator.rooms import room_at
from tests.simulator.service import at, begin, wandered

PROFILE = Path(__file__).parents[2] / "docs" / "xapi-profile.jsonld"
IRI = {"type": "string", "pattern": "^https?://[^ ]+$"}
NAMED = {"type": "object", "propertyNames": {"const": "en-GB"}, "minProperties": 1}
EXTENSIONS = {
    "type": "object",
    "propertyNames": {"pattern": "^https://words-first\\.example/xapi/extensions/"},
}
SHAPE: dict[str, Any] = {
    "type": "object",
    "required": ["id", "actor", "verb", "object", "context", "timestamp", "version"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"},
        "actor": {
            "type": "object",
            "required": ["account"],
            "additionalProperties": False,
            "properties": {
                "account": {
                    "type": "object",
                    "required": ["homePage", "name"],
                    "additionalProperties": False,
                    "properties": {"homePage": IRI, "name": {"pattern": "^trainee-[0-9a-f]{16}$"}},
                }
            },
        },
        "verb": {"required": ["id", "display"], "properties": {"id": IRI, "display": NAMED}},
        "object": {
            "required": ["id", "definition"],
            "properties": {"id": IRI, "definition": {"required": ["type", "name"], "properties": {"type": IRI}}},
        },
        "result": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "response": {"type": "string"},
                "completion": {"const": True},
                "duration": {"type": "string", "pattern": "^PT[0-9]+\\.[0-9]{2}S$"},
                "extensions": EXTENSIONS,
            },
        },
        "context": {
            "required": ["registration", "revision", "platform", "language", "contextActivities", "extensions"],
            "properties": {"registration": {"type": "string", "format": "uuid"}, "extensions": EXTENSIONS},
        },
        "timestamp": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z$"},
        "version": {"const": "1.0.3"},
    },
}  # fmt: skip


def verbs(made: list[dict[str, Any]]) -> list[str]:
    return [each["verb"]["id"].rsplit("/", 1)[1] for each in made]


def test_what_happened_in_the_order_in_which_it_did(tmp_path: Path) -> None:
    rich(tmp_path).close()
    made = statements(room_at(tmp_path))
    assert verbs(made) == [
        "initialized", "responded", "suspended", "resumed", "responded", "progressed", "completed", "responded",
        "progressed",
    ]  # fmt: skip
    times = [each["timestamp"] for each in made]
    assert times == sorted(times)
    completed = made[6]
    assert completed["result"]["completion"] is True and completed["result"]["duration"] == "PT63.75S"
    assert completed["result"]["extensions"][xapi.extension("outcome")] == "settled"
    takes = [each["context"]["extensions"].get(xapi.extension("take")) for each in made]
    assert takes == [None, 1, None, None, 1, 1, None, 2, 2]


def test_a_response_says_what_was_chosen_of_what(tmp_path: Path) -> None:
    rich(tmp_path).close()
    room = room_at(tmp_path)
    (shown,) = shows(room)
    first = statements(room)[1]
    turn = shown["takes"][0]["turns"][0]
    told = {key.rsplit("/", 1)[1]: value for key, value in first["result"]["extensions"].items()}
    assert first["result"]["response"] == turn["reply"] and first["result"]["duration"] == "PT2.50S"
    assert told == {
        "kind": "say", "techniques": turn["techniques"], "reaches": 1, "tension-before": turn["before"]["tension"],
        "tension-after": turn["after"]["tension"], "trust-after": turn["after"]["trust"],
        "felt-safety-after": turn["after"]["safety"],
    }  # fmt: skip
    choices = {choice["id"] for choice in first["object"]["definition"]["choices"]}
    assert {offer["id"] for offer in turn["offered"]} <= choices
    assert (
        first["context"]["registration"] == shown["session"]
        and first["context"]["revision"] == shown["version"]
    )


def test_ids_follow_from_session_and_event_and_never_change(tmp_path: Path) -> None:
    rich(tmp_path).close()
    one, again = statements(room_at(tmp_path)), statements(room_at(tmp_path))
    assert one == again and len({each["id"] for each in one}) == len(one)
    session = uuid.UUID(one[0]["context"]["registration"])
    assert one[0]["id"] == str(uuid.uuid5(session, "1"))
    ids = {
        str(uuid.uuid5(session, f"{seq}{also}"))
        for seq in range(40)
        for also in ("", "/progressed", "/completed")
    }
    assert {each["id"] for each in one} <= ids


def test_a_session_that_went_on_keeps_the_statements_it_had(tmp_path: Path) -> None:
    session = running(tmp_path)
    before = statements(room_at(tmp_path))
    session.answer("ring-now")
    session.close()
    after = statements(room_at(tmp_path))
    assert after[: len(before)] == before and len(after) > len(before)


def test_who_stepped_out_has_left_and_nothing_is_judged(tmp_path: Path) -> None:
    stepped_out(tmp_path).close()
    made = statements(room_at(tmp_path))
    assert verbs(made) == ["initialized", "responded", "terminated"]
    assert not any(
        word in json.dumps(made) for word in ("/tension", "trust-after", "felt-safety", "completion")
    )


def test_not_completed_until_nothing_waits_for_the_trainee(tmp_path: Path) -> None:
    session = begin(at(tmp_path, "Sam"), "shared")
    for reply in ("own-it", "ring-now"):
        session.answer(reply)
    assert verbs(statements(room_at(tmp_path)))[-1] == "progressed"
    session.say_word("tired")
    session.skip_account()
    assert "completed" not in verbs(statements(room_at(tmp_path)))
    session.close_self_rating()
    session.close()
    assert verbs(statements(room_at(tmp_path)))[-1] == "completed"


def test_every_statement_has_the_shape(tmp_path: Path) -> None:
    every_kind(tmp_path)
    judge = jsonschema.Draft202012Validator(SHAPE)
    made = statements(room_at(tmp_path))
    assert set(verbs(made)) == set(xapi.VERBS)
    for each in made:
        judge.validate(each)


def test_nothing_passes_fails_or_scores_and_nobody_is_named(tmp_path: Path) -> None:
    every_kind(tmp_path)
    text = json.dumps(statements(room_at(tmp_path))).casefold()
    for word in ("passed", "failed", "score", "success", "mbox", "tired", "it was the time", '"sam"'):
        assert word not in text


def test_lines_say_what_one_would_write_down(tmp_path: Path) -> None:
    every_kind(tmp_path)
    practice = at(tmp_path, "Sam")
    for seed, slug in enumerate(library_ids()[:3]):
        session = practice.start(load(slug), "shared", seed=seed)
        wandered(session, seed)
        session.close()
    home = 'https://trust.example/"ä"'
    lines, sessions = xapi.Lines(home), list(room_at(tmp_path).exported())
    assert len(sessions) == 7
    for one in sessions:
        assert [json.loads(line) for line in lines(one)] == list(plainly.statements(one, home))


def test_a_silence_that_came_of_itself_says_so(tmp_path: Path) -> None:
    running(tmp_path).close()
    (one,) = room_at(tmp_path).exported()
    events = [(*row[:4], {**row[4], "timed": True} if "timed" in row[4] else row[4]) for row in one.events]
    timed = one._replace(events=events)
    made = [json.loads(line) for line in xapi.Lines()(timed)]
    assert made == list(plainly.statements(timed, xapi.HOME_PAGE))
    assert made[-1]["result"]["extensions"][xapi.extension("timed")] is True


def test_what_was_written_before_changes_no_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every_kind(tmp_path)
    room, warm = room_at(tmp_path), xapi.Lines("https://trust.example/")
    first = [line for one in room.exported() for line in warm(one)]
    monkeypatch.setattr(xapi, "_MOST_WRITTEN", 0)  # what was kept for a scenario is let go again
    again = [line for one in room.exported() for line in warm(one)]
    alone = [line for one in room.exported() for line in xapi.Lines("https://trust.example/")(one)]
    assert first == again == alone and first
    assert len({json.loads(line)["id"] for line in first}) == len(first)


# the published profile


def profile() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(PROFILE.read_text(encoding="utf-8"))
    return read


def concepts(kind: str) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in profile()["concepts"] if each["type"] == kind}


def _ours(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.startswith(xapi.BASE):
                yield key, inner
            yield from _ours(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ours(inner)


def test_every_extension_is_in_the_profile_and_every_value_fits_it(tmp_path: Path) -> None:
    every_kind(tmp_path)
    defined = {**concepts("ResultExtension"), **concepts("ContextExtension")}
    seen = set()
    for key, value in _ours(statements(room_at(tmp_path))):
        jsonschema.validate(value, json.loads(defined[key]["inlineSchema"]))
        seen.add(key)
    # a silence that came of itself is in no session here
    assert seen | {xapi.extension("timed")} == set(defined)


def test_the_profile_says_which_verbs_and_activities_and_what_each_statement_is(tmp_path: Path) -> None:
    every_kind(tmp_path)
    whole = profile()
    assert [each["id"] for each in whole["versions"]] == [xapi.PROFILE]
    by_verb = {each["verb"]: each for each in whole["templates"]}
    assert set(by_verb) == set(xapi.VERBS.values())
    for each in statements(room_at(tmp_path)):
        template = by_verb[each["verb"]["id"]]
        assert template["objectActivityType"] == each["object"]["definition"]["type"]
        for rule in template["rules"]:
            assert (_at(each, rule["location"]) is not None) or rule["presence"] != "included", rule


def _at(statement: Any, location: str) -> Any:
    """A location as the profile has them: `$.a.b` and `$.a['iri']`."""
    rest = location.removeprefix("$")
    while rest and statement is not None:
        if rest.startswith("['"):
            name, _, rest = rest[2:].partition("']")
        else:
            name = rest[1:].split(".")[0].split("[")[0]
            rest = rest[1 + len(name) :]
        statement = statement.get(name)
    return statement


@pytest.mark.parametrize("name", ["profile", "concept", "template", "pattern"])
def test_ids_in_the_profile_are_ours_and_each_stands_once(name: str) -> None:
    whole = profile()
    ids = [
        whole["id"],
        *(each["id"] for part in ("concepts", "templates", "patterns") for each in whole[part]),
    ]
    assert len(ids) == len(set(ids)) and all(each.startswith(xapi.BASE) for each in ids)
    if name != "profile":
        known = set(ids)
        assert all(each["inScheme"] == xapi.PROFILE for each in whole[f"{name}s"])
        for pattern in whole["patterns"]:
            for kind in ("sequence", "alternates"):
                assert set(pattern.get(kind, ())) <= known
