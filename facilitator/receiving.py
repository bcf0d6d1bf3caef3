"""Taking in a session that was handed over: it is played through first, and nothing in it can act for anybody here.

Its trainee and the facilitators who wrote of it come under ids made from theirs, which nobody here has, so that
a file made with ill intent can add somebody and never speak as one who is here.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from types import MappingProxyType
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy import Connection

from facilitator.facts import POINTS, VERSION, chained, read_facts, said
from facilitator.handover import Handed, Saying, milliseconds, newer, not_whole
from facilitator.reading import why
from facilitator.rows import SECTORS, Fact
from simulator import sharing
from simulator.audit import RECEIVED, note
from simulator.clock import Clock
from simulator.database import Database
from simulator.errors import Damaged, SimulatorError
from simulator.kept import moment
from simulator.records import Records
from simulator.replay import Replayed, replay
from simulator.session import Head
from simulator.starting import title_of
from simulator.tables import account, event, facilitator, learner, review_fact, session, shared
from simulator.text import clean, clean_line, clean_name
from simulator.trainees import CLOSED

Outcome = Literal["new", "more", "known"]

_ELSEWHERE: Final = uuid.UUID("6c0f6a53-52f6-4f0b-9d2b-3c1f3a4f8e10")
_SEEDS: Final = range(2**63)
_LONGEST: Final = 5_000
_TEXT, _WHOLE, _TRUTH = (str,), (int,), (bool,)
_SHAPES: Final[Mapping[str, Mapping[str, tuple[type, ...]]]] = MappingProxyType(
    {
        "note": {"take": _WHOLE, "turn": (int, type(None)), "text": _TEXT, "for_trainee": _TRUTH},
        "rating": {
            "dimension": _TEXT, "value": _WHOLE, "reason": _TEXT, "suggested": (int, float, type(None)), "seen": _TRUTH,
        },
        "voice": {"key": _TEXT, "value": _WHOLE},
        "answer": {
            "what": _TEXT, "take": _WHOLE, "turn": _WHOLE, "name": _TEXT, "agree": _TRUTH, "text": _TEXT,
        },
        "second": {"sector": _TEXT},
        "unblinded": {},
        "signed": {"sector": _TEXT},
        "reopened": {"reason": _TEXT},
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """What came of it: a session that was not here, more of one that was, or nothing that was not known.

    `trainee` is what they are called here.
    """

    outcome: Outcome
    session: str
    trainee: str


def receive(database: Database, clock: Clock, handed: Handed, actor: str, group: str = "") -> Received:
    """Take in a session, all of it or nothing; a second time changes nothing. `group`: where it is seen here.

    Raises SimulatorError where it does not hold together, is not a shared one, or went on differently here.
    """
    replayed, sayings = _played(handed), [_checked(saying, handed) for saying in handed.said]
    key = uuid.UUID(handed.session)
    had = _had(database, key)
    outcome: Outcome = "known"
    records = Records(database, clock)
    summary = replayed.course.summary()
    if had is None:
        who = _trainee(database, clock, handed, group)
        records.begin(who, _head(handed, replayed), replayed.rows, summary, "shared")
        outcome = "new"
    else:
        fresh = _after(had.chains, replayed)
        # who practises here goes on here; a file adds only to what came as one
        if fresh and had.learner == _elsewhere(handed.learner):
            records.append(had.learner, key, replayed.rows[len(had.chains) :], summary, "shared")
            outcome = "more"
    if _add_sayings(database, clock, key, sayings) and outcome == "known":
        outcome = "more"
    with database.writing() as connection:
        if outcome != "known":
            note(connection, clock.now_ms(), actor, RECEIVED, key)
        named = sa.select(learner.c.pseudonym).join(session, session.c.learner_id == learner.c.id)
        name = connection.execute(named.where(session.c.id == key)).scalar_one()
    return Received(outcome, handed.session, name)


# is it what it says?


def _played(handed: Handed) -> Replayed:
    """The session played through. Raises SimulatorError."""
    if not all(_clean(each.body) for each in handed.events):
        raise not_whole()
    try:
        kept = handed.kept()
        replayed = replay(kept, None)
    except ValueError:
        raise not_whole() from None
    except Damaged:
        raise (newer() if why(kept) == "newer" else not_whole()) from None
    began = replayed.course.began
    if began.seed not in _SEEDS or len(began.engine) > 40:
        raise not_whole()
    if replayed.course.keep != "shared":
        raise SimulatorError(
            "Its trainee has not shared that session with anybody.", "Ask them; nothing was changed."
        )
    return replayed


def _checked(saying: Saying, handed: Handed) -> tuple[Saying, uuid.UUID, str]:
    """What was said, by whom under the id they have here, and their name. Raises SimulatorError."""
    shape = _SHAPES.get(saying.kind)
    if shape is None or saying.v != VERSION:
        raise newer()
    body = saying.body
    if saying.by >= len(handed.reviewers) or body.keys() != shape.keys():
        raise not_whole()
    # bool is an int to Python, and is none here
    if any(type(body[name]) not in types for name, types in shape.items()):
        raise not_whole()
    if not _clean(body) or any(isinstance(value, str) and len(value) > _LONGEST for value in body.values()):
        raise not_whole()
    if body.get("value", 1) not in POINTS or body.get("sector", "") not in SECTORS:
        raise not_whole()
    reviewer = handed.reviewers[saying.by]
    return saying, _elsewhere(reviewer.id), clean_line(reviewer.name, 40)


def _clean(body: Mapping[str, Any]) -> bool:
    """Whether its words are as they would have been kept: whoever typed them here had them cleaned."""
    return all(clean(value) == value for value in body.values() if isinstance(value, str))


@dataclass(frozen=True, slots=True)
class _Had:
    """What is here of the session already: whose it is, and the chain of every event."""

    learner: uuid.UUID
    chains: Sequence[str]


def _had(database: Database, key: uuid.UUID) -> _Had | None:
    with database.reading() as connection:
        who = connection.execute(
            sa.select(session.c.learner_id).where(session.c.id == key)
        ).scalar_one_or_none()
        if who is None:
            return None
        asked = sa.select(event.c.chain).where(event.c.session_id == key).order_by(event.c.seq)
        return _Had(who, connection.execute(asked).scalars().all())


def _after(chains: Sequence[str], replayed: Replayed) -> bool:
    """Whether the file goes on where what is here ends. Raises SimulatorError where they went on differently."""
    both = min(len(chains), len(replayed.rows))
    if list(chains[:both]) != [row.chain for row in replayed.rows[:both]]:
        raise SimulatorError(
            "That session is here already, and went on differently here.", "Nothing was changed."
        )
    return len(replayed.rows) > len(chains)


# taking in


def _elsewhere(their_id: str) -> uuid.UUID:
    """The id here of somebody from elsewhere: always the same, and never that of somebody here."""
    return uuid.uuid5(_ELSEWHERE, their_id)


def _head(handed: Handed, replayed: Replayed) -> Head:
    began, loaded = replayed.course.began, replayed.loaded
    title = clean_line(title_of(loaded, began), 300)
    return Head(handed.session, title, replayed.course.play.person, replayed.rows[0].at_ms, began, loaded)


def _trainee(database: Database, clock: Clock, handed: Handed, group: str) -> uuid.UUID:
    """The trainee as they are here, made at their first session: under their name or one beside it.

    Nobody can act as them here. Their account's names are kept to be veiled in what they wrote.
    """
    who = _elsewhere(handed.learner)
    try:
        name = clean_name(handed.trainee)
    except ValueError:
        raise not_whole() from None
    with database.writing() as connection:
        if connection.execute(sa.select(learner.c.id).where(learner.c.id == who)).first() is not None:
            return who
        name = _free(connection, learner.c.name_key, name)
        values: dict[str, Any] = {"id": who, "pseudonym": name, "name_key": name.casefold(), "pin": CLOSED}
        values |= {"pin_tries": 0, "pin_wait_until_ms": 0, "made_ms": clock.now_ms()}
        connection.execute(sa.insert(learner).values(values))
        for known in dict.fromkeys(clean_line(each.partition("@")[0], 60) for each in handed.accounts):
            # no computer account is called like this, so nobody's last choice is changed by it
            connection.execute(sa.insert(account).values(name=f"{known}@elsewhere {who.hex}", learner_id=who))
        if group:
            sharing.join_group(connection, who, clean_line(group, 100))
    return who


def _free(connection: Connection, column: sa.Column[Any], name: str) -> str:
    """The name, or one beside it where somebody here is called that."""
    for candidate in (name, *(f"{name[:50]} ({number})" for number in range(2, 10_000))):
        if connection.execute(sa.select(column).where(column == candidate.casefold())).first() is None:
            return candidate
    raise SimulatorError("Too many here are called that.", "Nothing was changed.")


def _add_sayings(
    database: Database, clock: Clock, key: uuid.UUID, sayings: Sequence[tuple[Saying, uuid.UUID, str]]
) -> bool:
    """Add what facilitators elsewhere said and is not here yet, in its order. True where there was something.

    What is said of a session that is not shared here any more is left out.
    """
    if not sayings:
        return False
    with database.writing() as connection:
        there = read_facts(connection, [key])[key]
        if there is None:
            raise SimulatorError("What was said of that session here is damaged.", "Nothing was added to it.")
        if (
            connection.execute(sa.select(shared.c.session_id).where(shared.c.session_id == key)).first()
            is None
        ):
            return False
        known = [(fact.who, milliseconds(fact.when), fact.kind, fact.body) for fact in there]
        facts = list(there)
        for saying, who, name in sayings:
            if (who, saying.at_ms, saying.kind, saying.body) not in known:
                _have_reviewer(connection, clock, who, name)
                facts.append(_added(connection, key, facts, saying, who, name))
        if len(facts) == len(there):
            return False
        theirs = shared.c.session_id == key
        state = said(facts).state(True)
        connection.execute(sa.update(shared).where(theirs).values(review_state=state))
        sharing.index(connection, key)
        return True


def _added(
    connection: Connection, key: uuid.UUID, facts: Sequence[Fact], saying: Saying, who: uuid.UUID, name: str
) -> Fact:
    seq = len(facts) + 1
    values: dict[str, Any] = {"session_id": key, "seq": seq, "facilitator_id": who, "at_ms": saying.at_ms}
    values |= {"kind": saying.kind, "v": saying.v, "body": saying.body}
    values["chain"] = chained(facts[-1].chain if facts else "", key, values)
    connection.execute(sa.insert(review_fact).values(values))
    when = moment(saying.at_ms).astimezone(UTC)
    return Fact(seq, who, name, when, saying.kind, saying.v, saying.body, values["chain"])


def _have_reviewer(connection: Connection, clock: Clock, who: uuid.UUID, name: str) -> None:
    """A facilitator from elsewhere has a name here and nothing else: no passphrase fits, no group is theirs."""
    if connection.execute(sa.select(facilitator.c.id).where(facilitator.c.id == who)).first() is not None:
        return
    called = _free(connection, facilitator.c.name_key, f"{name} (elsewhere)")
    now = clock.now_ms()
    values: dict[str, Any] = {"id": who, "name": called, "name_key": called.casefold(), "passphrase": "-"}
    values |= {"tries": 0, "wait_until_ms": 0, "sector": "", "all_groups": False, "made_ms": now}
    connection.execute(sa.insert(facilitator).values(**values, gone_ms=now))
