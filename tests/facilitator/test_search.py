"""Lists: every filter and sort gives what counting by hand gives, page by page, and walks an index to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from facilitator import search
from facilitator.room import Room
from facilitator.rows import SORTS, CohortFilter, Filter, Row, Sort
from tests.facilitator.bulk import NAMES, OUTCOMES, START, fill
from tests.facilitator.rooms import colleague, room_at
from tests.simulator.service import records_file

DAY = 86_400_000


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Room, Room, list[dict[str, Any]]]]:
    """A room for all groups, one for two of three, and the rows that are there."""
    from facilitator import passphrases

    folder = tmp_path_factory.mktemp("many")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passphrases, "ROUNDS", 1)
        patched.setattr(passphrases, "MEMORY", 8192)
        everything = room_at(folder)
        some = colleague(folder, "Cy", ("North", "South"))
    rows = fill(records_file(folder), 150)
    yield everything, some, rows
    everything.close()
    some.close()


def at_day(place: int) -> datetime:
    """The beginning of a day that some of the rows began on."""
    return datetime.fromtimestamp((START + place * DAY) / 1000, UTC)


ORDERS: dict[Sort, tuple[Callable[[dict[str, Any]], Any], bool]] = {
    "newest": (lambda row: (row["started_ms"], row["session_id"].hex), True),
    "oldest": (lambda row: (row["started_ms"], row["session_id"].hex), False),
    # SQLite puts names in order by their bytes in UTF-8, which is the order of their letters' numbers
    "trainee": (lambda row: (row["name_key"], row["started_ms"], row["session_id"].hex), False),
    "scenario": (lambda row: (row["scenario_id"], row["started_ms"], row["session_id"].hex), False),
    "waiting": (lambda row: (row["review_state"], row["started_ms"], row["session_id"].hex), True),
}

filters = st.builds(
    Filter,
    scenario=st.sampled_from([None, "desk", "nowhere"]),
    trainee=st.sampled_from([None, "", "a", "AMBER f", "amber  fox", "Æ", "É", "zoë_", "zoë%", "x"]),
    since=st.sampled_from([None, at_day(0), at_day(2)]),
    until=st.sampled_from([None, at_day(4), at_day(1)]),
    outcome=st.sampled_from([None, *OUTCOMES[:3]]),
    state=st.sampled_from([None, "ended"]),
    review=st.sampled_from([None, "waiting", "begun"]),
    contested=st.sampled_from([None, True, False]),
    group=st.sampled_from([None, "", "North"]),
    words=st.sampled_from(
        ["", "marmalade", "MARMA", "naive", "can't goose", "OR", "tea-trolley", "!", "ber", '"']
    ),
)


def wanted(row: dict[str, Any], which: Filter) -> bool:
    """The same filter by hand."""
    equal = {
        "scenario_id": which.scenario, "outcome": which.outcome, "state": which.state,
        "review_state": which.review, "contested": which.contested, "group_name": which.group,
    }  # fmt: skip
    if any(value is not None and row[name] != value for name, value in equal.items()):
        return False
    if which.trainee and not row["name_key"].startswith(" ".join(which.trainee.split()).casefold()):
        return False
    if which.since and row["started_ms"] < which.since.timestamp() * 1000:
        return False
    if which.until and row["started_ms"] >= which.until.timestamp() * 1000:
        return False
    # the last word may be a beginning; accents and capitals do not matter
    said = [word.casefold().replace("ï", "i") for word in row["words"]]
    asked = [word.casefold() for word in which.words.split() if any(map(str.isalnum, word))]
    fits = [word in said for word in asked[:-1]] + [
        any(each.startswith(word) for each in said) for word in asked[-1:]
    ]
    return all(fits)


@given(which=filters, sort=st.sampled_from(SORTS), limit=st.integers(1, 40), all_groups=st.booleans())
def test_pages_and_counts_are_what_counting_by_hand_gives(
    filled: tuple[Room, Room, list[dict[str, Any]]],
    which: Filter,
    sort: Sort,
    limit: int,
    all_groups: bool,
) -> None:
    room = filled[0] if all_groups else filled[1]
    theirs = [row for row in filled[2] if all_groups or row["group_name"]]
    key, down = ORDERS[sort]
    by_hand = sorted((row for row in theirs if wanted(row, which)), key=key, reverse=down)
    found: list[Row] = []
    while page := room.page(which, sort, limit, found[-1] if found else None):
        assert len(page) <= limit
        found += page
    assert [row.session for row in found] == [str(row["session_id"]) for row in by_hand]
    assert [row.trainee for row in found] == [row["name"] for row in by_hand]
    assert room.count(which) == len(by_hand)


def test_names_for_typing_ahead(filled: tuple[Room, Room, list[dict[str, Any]]]) -> None:
    room = filled[0]
    assert room.choices() == sorted(NAMES, key=str.casefold)
    assert room.choices("am") == room.choices(" AM") == ["Amber Finch", "Amber Fox"]
    assert room.choices("amber", limit=1) == ["Amber Finch"]
    assert room.choices("æ") == ["Ægir"] and room.choices("zoë_") == ["Zoë_100%"]
    assert room.choices("%") == room.choices("x") == []


SIGNS = (
    '"', "''", "a AND", "NOT", "body:tea", "tea*", "(", "tea NEAR(x)", "^tea", "{", "\\", "; DROP TABLE search",
)  # fmt: skip


@pytest.mark.parametrize("words", SIGNS)
def test_signs_of_the_index_are_words_like_any(
    filled: tuple[Room, Room, list[dict[str, Any]]], words: str
) -> None:
    assert filled[0].count(Filter(words=words)) >= 0
    assert len(filled[0].page(Filter(words=words), limit=200)) == filled[0].count(Filter(words=words))


# what the database does for it


@contextmanager
def plans(room: Room) -> Iterator[list[str]]:
    """How SQLite goes about each statement that reads `shared` meanwhile: one line a step."""
    engine = room._store._database.engine
    steps: list[str] = []

    def explain(
        connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool
    ) -> None:
        if statement.startswith("SELECT") and "FROM shared" in statement:
            raw = connection.connection.driver_connection
            steps.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", values))

    sa.event.listen(engine, "before_cursor_execute", explain)
    try:
        yield steps
    finally:
        sa.event.remove(engine, "before_cursor_execute", explain)


def bare_scans(steps: list[str]) -> list[str]:
    """Steps that go through the table itself."""
    return [step for step in steps if step.startswith("SCAN shared") and "INDEX" not in step]


def sorted_apart(steps: list[str]) -> list[str]:
    """Steps that put rows in order after finding them."""
    return [step for step in steps if "TEMP B-TREE" in step]


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_walks_an_index_from_any_page(
    filled: tuple[Room, Room, list[dict[str, Any]]], sort: Sort
) -> None:
    room = filled[0]
    last = room.page(sort=sort, limit=7)[-1]
    with plans(room) as first:
        room.page(sort=sort)
    with plans(room) as later:
        room.page(sort=sort, after=last)
    assert first and not bare_scans(first) and not sorted_apart(first)
    assert all(step.startswith("SEARCH shared USING INDEX") for step in later), later


@pytest.mark.parametrize(
    "which",
    [
        Filter(scenario="desk"), Filter(outcome="settled"), Filter(review="waiting"), Filter(contested=True),
        Filter(group="North"), Filter(since=at_day(1)), Filter(until=at_day(3)),
        Filter(scenario="desk", review="waiting"), Filter(state="ended"), Filter(second=True),
    ],
    ids=lambda which: ",".join(name for name, value in asdict(which).items() if value),
)  # fmt: skip
def test_a_filtered_list_comes_in_order_out_of_an_index(
    filled: tuple[Room, Room, list[dict[str, Any]]], which: Filter
) -> None:
    room = filled[0]
    last = room.page(limit=7)[-1]
    for after in (None, last):
        with plans(room) as steps:
            room.page(which, after=after)
        assert steps and not bare_scans(steps) and not sorted_apart(steps), steps


@pytest.mark.parametrize("which", [Filter(trainee="am"), Filter(words="marmalade")], ids=["trainee", "words"])
def test_names_and_words_are_found_by_an_index_too(
    filled: tuple[Room, Room, list[dict[str, Any]]], which: Filter
) -> None:
    for room in filled[:2]:
        with plans(room) as steps:
            room.page(which)
        assert steps and not bare_scans(steps), steps


@pytest.mark.parametrize("few", [0, 500], ids=["many", "few"])
def test_few_and_many_that_say_a_word_are_the_same(
    filled: tuple[Room, Room, list[dict[str, Any]]], few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_FEW", few)
    room = filled[0]
    wanted = {str(row["session_id"]) for row in filled[2] if "marmalade" in row["words"]}
    with plans(room) as steps:
        rows = room.page(Filter(words="marmalade"), limit=200)
    assert {row.session for row in rows} == wanted and room.count(Filter(words="marmalade")) == len(wanted)
    assert not bare_scans(steps)
    assert any("VIRTUAL TABLE" in step for step in steps) == (few == 0)


def test_counting_choosing_and_a_few_groups_need_no_table(
    filled: tuple[Room, Room, list[dict[str, Any]]],
) -> None:
    everything, some, _ = filled
    for room in (everything, some):
        with plans(room) as steps:
            room.count()
            room.choices("am")
            room.scenarios()
            room.groups()
            room.page()
        assert steps and not bare_scans(steps), steps


def test_pictures_come_in_order_out_of_an_index(filled: tuple[Room, Room, list[dict[str, Any]]]) -> None:
    for which in (CohortFilter(), CohortFilter(scenario="desk"), replace(CohortFilter(), group="North")):
        with plans(filled[0]) as steps:
            list(filled[0].pictures(which))
        assert steps and not bare_scans(steps), steps
