"""The facilitator's room on a real PostgreSQL: lists and searches, reviews by two at once, upkeep, hand-over."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from facilitator import handover, passphrases
from facilitator.errors import Moved, WrongPassphrase
from facilitator.handover import opened, sealed
from facilitator.receiving import receive
from facilitator.room import Room, open_room
from facilitator.rows import SORTS, CohortFilter, Filter
from facilitator.verifying import Verdict, verify
from simulator.erasing import erase_learner
from simulator.events import Keep
from simulator.retention import DAY_MS, due, expire
from simulator.session import Session
from tests.postgres.served import at, database, sql
from tests.simulator.service import GOOD_ROAD, FakeClock, begin

WORDS = "three little words"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (passphrases, handover):
        monkeypatch.setattr(module, "ROUNDS", 1)
        monkeypatch.setattr(module, "MEMORY", 8192)


@contextmanager
def room_at(url: str, clock: FakeClock | None = None) -> Iterator[Room]:
    """A room with its facilitator in it."""
    room = open_room(url, clock)
    try:
        if room.empty:
            room.make_first("Bea", WORDS)
        else:
            room.enter(WORDS, "Bea")
        yield room
    finally:
        room.close()


def played(url: str, trainee: str = "Sam", keep: Keep = "shared", word: str = "tired") -> Session:
    """A session on the good road with the trainee's own say."""
    practice = at(url, trainee)
    session = begin(practice, keep)
    for reply in GOOD_ROAD:
        session.answer(reply)
    session.say_word(word)
    session.say_account("It was the time I gave.")
    session.rate_self("C5", 3)
    session.close_self_rating()
    return session


def verdict(url: str) -> Verdict:
    """What looking over comes to."""
    with database(url) as records:
        return verify(records, lambda _: None)


def test_every_sort_and_filter_pages_through_what_is_shared(url: str) -> None:
    sessions = [
        played(url, name, word=word) for name, word in (("Sam", "weary"), ("Alex", "élan"), ("Jo", "calm"))
    ]
    played(url, "Robin", "mine")
    with room_at(url) as room:
        for sort in SORTS:
            pages, last = [], None
            while page := room.page(Filter(), sort, 2, last):  # type: ignore[arg-type]
                pages += page
                last = page[-1]
            assert sorted(row.session for row in pages) == sorted(session.id for session in sessions)
        assert room.count(Filter()) == 3
        for which, names in (
            (Filter(trainee="al"), {"Alex"}),
            (Filter(words="weary"), {"Sam"}),
            (Filter(words="elan"), {"Alex"}),
            (Filter(words="ELA"), {"Alex"}),
            (Filter(words="weary the"), {"Sam"}),
            (Filter(words="it's \\ ' & | ! :*"), set()),
            (Filter(words="élan"), {"Alex"}),
            (Filter(words="the time I gave"), {"Sam", "Alex", "Jo"}),
            (Filter(words="' OR 1=1; --"), set()),
            (
                Filter(outcome="settled", scenario="tea", review="waiting", contested=False),
                {"Sam", "Alex", "Jo"},
            ),
            (Filter(outcome="rupture"), set()),
        ):
            assert {row.trainee for row in room.page(which)} == names, which
        assert room.choices("a") == ["Alex"] and room.scenarios() == ["tea"]
        assert len(list(room.pictures(CohortFilter(scenario="tea")))) == 3
        assert len(list(room.exported(Filter()))) == 3


def test_a_review_is_written_and_two_at_once_overwrite_nothing(url: str) -> None:
    session = played(url)
    with room_at(url) as room:
        room.add("Cy", WORDS)
        review = room.open(session.id)
        review.note(1, "You gave a time.", True)
        others = open_room(url)
        others.enter(WORDS, "Cy")
        theirs = others.open(session.id)
        review.note(2, "Well heard.", False)
        with pytest.raises(Moved):
            theirs.note(1, "Mine as well.", True)
        theirs.refresh()
        theirs.note(1, "Mine as well.", True)
        others.close()
        review.refresh()
        review.rate("C5", 4)
        review.sign()
        assert review.state == "signed" and room.page(Filter(review="signed"))[0].session == session.id
        assert room.page(Filter(words="heard"))[0].session == session.id
        assert room.audit_lines(session.id)[0].act == "signed off"
    assert verdict(url).right


def test_of_many_notes_at_the_same_moment_each_is_kept_or_refused(url: str) -> None:
    session = played(url)
    with room_at(url) as room:
        reviews = [room.open(session.id) for _ in range(6)]

        def note(number: int) -> bool:
            try:
                reviews[number].note(1, f"Note {number}.", True)
            except Moved:
                return False
            return True

        with ThreadPoolExecutor(len(reviews)) as people:
            kept = list(people.map(note, range(len(reviews))))
        assert kept.count(True) == 1 == len(room.open(session.id).facts)
    assert verdict(url).right


def test_guesses_at_the_same_time_wait_for_each_other(url: str) -> None:
    with room_at(url):
        pass

    def guess(_: int) -> int:
        room = open_room(url)
        try:
            room.enter("not the right words")
        except WrongPassphrase as wrong:
            return wrong.wait
        finally:
            room.close()
        raise AssertionError("let in")

    with ThreadPoolExecutor(6) as people:
        waits = list(people.map(guess, range(6)))
    assert sum(wait == 0 for wait in waits) <= 2, "after three wrong ones somebody has to wait"


def test_damage_is_found_and_named_only_where_it_is_shared(url: str) -> None:
    shared, private = played(url), played(url, "Alex", "mine")
    assert verdict(url).right
    sql(url, "UPDATE event SET chain = '' WHERE seq = 2")
    assert verdict(url) == Verdict(damaged=[shared.id], unnamed={"damaged"}) and private.id
    sql(url, "UPDATE picture SET body = '[]'")
    assert not verdict(url).right


def test_lists_are_mended(url: str) -> None:
    session = played(url)
    before = sql(url, "SELECT * FROM session"), sql(url, "SELECT body FROM picture")
    sql(url, "UPDATE session SET turns = 9, outcome = 'rupture'")
    sql(url, "DELETE FROM picture")
    sql(url, "DELETE FROM search")
    assert verdict(url).behind == [session.id]
    with database(url) as records:
        verify(records, lambda _: None, mend_at_ms=1)
    assert verdict(url).right
    assert (sql(url, "SELECT * FROM session"), sql(url, "SELECT body FROM picture")) == before
    assert len(sql(url, "SELECT * FROM search")) == 1


def test_an_erased_trainee_is_in_no_table(url: str) -> None:
    played(url, "Zebedee", word="heliotrope")
    played(url, "Zebedee", "mine", word="wisteria")
    other = played(url, "Alex")
    with room_at(url) as room:
        session = room.page(Filter(trainee="zeb"))[0].session
        room.open(session).note(1, "She said heliotrope.", True)
    with database(url) as records, records.writing() as connection:
        who = connection.exec_driver_sql("SELECT id FROM learner WHERE name_key = 'zebedee'").scalar_one()
        erase_learner(connection, who)
        assert records.wipe()
    names = sql(url, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
    dump = "".join(str(sql(url, f'SELECT * FROM "{name}"')) for (name,) in names)
    for word in ("Zebedee", "zebedee", "heliotrope", "wisteria", session):
        assert word not in dump
    assert [row.session for row in at(url, "Alex").sessions()] == [other.id]


def test_what_has_had_its_time_goes(url: str) -> None:
    clock = FakeClock()
    practice = at(url, clock=clock)
    shared = begin(practice, "shared")
    begin(practice, "mine")
    now = clock.now_ms() + 30 * DAY_MS + 1
    with database(url) as records, records.writing() as connection:
        assert [each.session for each in due(connection, 30, now)] == [shared.id]
        assert due(connection, 31, now) == ()
        assert expire(connection, 30, now)
    assert sql(url, "SELECT count(*) FROM session") == [(0,)]


def test_a_session_is_carried_from_one_server_to_another(url: str, elsewhere: str) -> None:
    session = played(url)
    with room_at(url) as room:
        room.open(session.id).rate("C5", 4)
        data = sealed(*room.hand_over(session.id), WORDS)
    with database(elsewhere) as records:
        handed = opened(data, WORDS)
        outcomes = [receive(records, FakeClock(), handed, "Bea", "Spring").outcome for _ in range(2)]
    assert outcomes == ["new", "known"] and verdict(elsewhere).right
    assert sql(elsewhere, "SELECT group_name, review_state FROM shared") == [("Spring", "begun")]
    dump = "SELECT seq, at_ms, kind, body, chain FROM event ORDER BY seq"
    assert sql(elsewhere, dump) == sql(url, dump)
