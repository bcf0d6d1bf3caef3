"""Of what facilitators wrote about a session, what is meant for its trainee; read here and never written."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Connection

from scoring.rubric_model import DIMENSIONS
from simulator.kept import moment
from simulator.shown_review import AnswerShown, GivenShown, NoteShown, ReviewShown
from simulator.tables import facilitator, review_fact, shared

_VERSION: Final = 1


def said_to(connection: Connection, key: uuid.UUID) -> ReviewShown:
    """Of a kind or shape not known here, a fact is passed over: the facilitators' room says what is damaged."""
    found = _Said()
    asked = (
        sa.select(
            review_fact.c.kind,
            review_fact.c.facilitator_id.label("by"),
            review_fact.c.at_ms,
            sa.cast(review_fact.c.body, sa.Text()).label("body"),
            facilitator.c.name,
        )
        .join(facilitator, facilitator.c.id == review_fact.c.facilitator_id)
        .where(review_fact.c.session_id == key, review_fact.c.v == _VERSION)
        .order_by(review_fact.c.seq)
    )
    for row in connection.execute(asked).mappings():
        with suppress(KeyError, TypeError, ValueError, OverflowError):
            found.take_in(row, json.loads(row["body"]))
    state = sa.select(shared.c.review_state).where(shared.c.session_id == key)
    return found.shown(connection.execute(state).scalar_one_or_none() == "signed")


class _Said:
    """The facts taken in one after the other."""

    def __init__(self) -> None:
        self._notes: list[NoteShown] = []
        self._answers: dict[tuple[str, int, int, str], AnswerShown] = {}
        self._ratings: dict[tuple[str, uuid.UUID], GivenShown] = {}
        self._signed: set[uuid.UUID] = set()

    def take_in(self, row: Mapping[Any, Any], body: Mapping[str, Any]) -> None:
        """Raises KeyError, TypeError or ValueError where it is not of the shape it should be."""
        who, when = str(row["name"]), moment(row["at_ms"])
        match row["kind"]:
            case "note":
                if body["for_trainee"] is True:
                    turn = None if body["turn"] is None else _whole(body["turn"])
                    self._notes.append(NoteShown(who, when, _whole(body["take"]), turn, _text(body["text"])))
            case "answer":
                what, take, turn, name = body["what"], body["take"], body["turn"], body["name"]
                if what not in ("tag", "rating") or type(body["agree"]) is not bool:
                    raise ValueError("an answer answers a tag or a rating")
                answer = AnswerShown(
                    *(who, when, what, _whole(take), _whole(turn), _text(name), body["agree"]),
                    _text(body["text"]),
                )
                self._answers[what, take, turn, name] = answer
            case "rating":
                name, value = body["dimension"], _whole(body["value"])
                if name in DIMENSIONS:
                    given = GivenShown(who, when, name, value, _text(body["reason"]))
                    self._ratings[name, row["by"]] = given
            case "signed":
                self._signed.add(row["by"])
            case "reopened":
                self._signed.clear()

    def shown(self, signed_off: bool) -> ReviewShown:
        """What may be read: a rating once the review is signed off, by whoever gave it too."""
        given = [self._ratings[name, by] for name, by in self._ratings if signed_off and by in self._signed]
        given.sort(key=lambda each: DIMENSIONS.index(each.dimension))
        return ReviewShown(tuple(self._notes), tuple(self._answers.values()), tuple(given))


def _whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError("a whole number is wanted")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value
