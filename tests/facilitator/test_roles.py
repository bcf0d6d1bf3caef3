"""Random people, sessions, groups and wishes: whatever a facilitator asks, nothing that is not theirs shows.

Not by a row, an id, a word, a name or a number: each session says a word of its own, each trainee has a name of
their own, and every answer of the room is looked through for those that are not to be seen.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.room import Room
from facilitator.rows import SORTS, CohortFilter, Filter
from simulator.errors import NotFound, SimulatorError
from simulator.events import Keep
from simulator.session import Session
from tests.facilitator.rooms import colleague, room_at
from tests.facilitator.test_room import OPEN_TO_ALL, QUESTIONS
from tests.simulator.service import GOOD_ROAD, FakeClock, at, begin, records_file, sql

GROUPS = ("", "North", "South")
TRAINEES = {"Aspen Sam": "", "Birch Alex": "North", "Cedar Jo": "South", "Dill Kim": "North"}
FACILITATORS: dict[str, tuple[str, ...] | None] = {
    "Bea": None,
    "Cy": ("North",),
    "Dee": ("North", "South"),
    "Eve": ("Nowhere",),
    "Flo": (),
}
Wish = Literal["mine", "shared", "none", "erase", "open", "note", "move"]


@dataclass
class Kept:
    """What the matrix says of one session: whether it is shared, and with which group."""

    session: Session
    trainee: str
    word: str
    ended: bool
    shared: bool = False
    group: str = ""
    begun: bool = False
    there: bool = True


@dataclass
class World:
    """The records, and beside them what ought to be true of them."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    kept: list[Kept] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=lambda: dict(TRAINEES))

    def play(self, trainee: str, keep: Keep, ended: bool) -> None:
        practice = at(self.folder, trainee, clock=self.clock)
        if self.groups[trainee] and practice.group() is None:
            practice.join_group(self.groups[trainee])
        session = begin(practice, keep)
        word = f"zw{chr(ord('a') + len(self.kept))}rf"
        for reply in GOOD_ROAD if ended else GOOD_ROAD[:1]:
            session.answer(reply)
        session.say_word(word)
        kept = Kept(session, trainee, word, ended, there=keep != "none")
        self.kept.append(kept)
        self._share(kept, keep)
        self.clock.pass_ms(1000)

    def _share(self, kept: Kept, keep: Keep) -> None:
        kept.shared = keep == "shared"
        kept.group = self.groups[kept.trainee] if kept.shared else ""

    def wish(self, kept: Kept, wish: Wish, group: str) -> None:
        if not kept.there:
            return
        if wish in ("mine", "shared", "none"):
            keep: Keep = wish
            if keep == kept.session.keep:
                return
            with suppress(SimulatorError):
                kept.session.set_keep(keep)
            assert (kept.session.keep == keep) == (not kept.begun)
            if not kept.begun:
                self._share(kept, keep)
                kept.there = keep != "none"
        elif wish == "erase" and not kept.begun:
            at(self.folder, kept.trainee).erase(kept.session.id)
            kept.shared, kept.there = False, False
        elif wish == "move":
            self._move(kept.trainee, group)
        elif wish in ("open", "note") and kept.shared:
            review = room_at(self.folder, self.clock).open(kept.session.id)
            if wish == "note":
                review.note(None, f"noted {kept.word}", False)
                kept.begun = True

    def _move(self, trainee: str, group: str) -> None:
        at(self.folder, trainee).join_group(group or None)
        self.groups[trainee] = group
        for each in self.kept:
            if group and each.trainee == trainee and each.shared and not (each.group or each.begun):
                each.group = group

    def seen_by(self, groups: tuple[str, ...] | None) -> list[Kept]:
        return [each for each in self.kept if each.shared and (groups is None or each.group in groups)]


steps = st.lists(
    st.tuples(
        st.integers(0, 7),
        st.sampled_from(["mine", "shared", "none", "erase", "open", "note", "move"]),
        st.sampled_from(GROUPS),
    ),
    max_size=8,
)
plays = st.lists(
    st.tuples(st.sampled_from(list(TRAINEES)), st.sampled_from(["mine", "shared", "none"]), st.booleans()),
    min_size=1,
    max_size=6,
)


@settings(max_examples=8, deadline=None)
@given(plays=plays, steps=steps, asking=st.sets(st.sampled_from(list(FACILITATORS)), min_size=1, max_size=2))
def test_no_answer_gives_away_what_the_matrix_forbids(
    plays: list[tuple[str, Keep, bool]], steps: Sequence[tuple[int, Wish, str]], asking: set[str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        for trainee, keep, ended in plays:
            world.play(trainee, keep, ended)
        for place, wish, group in steps:
            world.wish(world.kept[place % len(world.kept)], wish, group)
        for name in sorted(asking):
            groups = FACILITATORS[name]
            room = room_at(world.folder, world.clock)
            if name != "Bea":
                room.close()
                room = colleague(world.folder, name, groups, world.clock)
            asked(room, world, world.seen_by(groups))
            room.close()


def asked(room: Room, world: World, seen: list[Kept]) -> None:
    """Everything there is to ask, and that the answers are about these sessions alone."""
    ids = {each.session.id for each in seen}
    answers: list[Any] = [counted(room, seen, ids), listed(room, seen)]
    answers += opened(room, world, ids)
    assert {drawn.session for drawn, _ in room.pictures()} == {each.session.id for each in seen if each.ended}
    answers += room.pictures()
    first = list(room.first_pictures())
    assert {drawn.session for drawn, _ in first} <= {each.session.id for each in seen if each.ended}
    answers += first
    lines = room.audit_lines()
    assert {line.session for line in lines if line.session} <= ids
    exports = list(room.exported())
    assert {exported.session for exported in exports} == ids
    answers += [lines, exports]
    told = repr(answers)
    names = {each.trainee for each in seen}
    for each in world.kept:
        if each not in seen:
            assert each.session.id not in told and each.word not in told
        if each.trainee not in names:
            assert each.trainee not in told


def counted(room: Room, seen: list[Kept], ids: set[str]) -> list[Any]:
    """Every filter, alone and in pairs, counts and lists the same sessions."""
    day = datetime(2000, 1, 1, tzinfo=UTC)
    about = {
        Filter(): seen,
        Filter(scenario="tea"): seen,
        Filter(scenario="other"): [],
        Filter(since=day): seen,
        Filter(until=day): [],
        Filter(contested=False): seen,
        Filter(second=False): seen,
        Filter(second=True): [],
        Filter(outcome="settled"): [each for each in seen if each.ended],
        Filter(state="running"): [each for each in seen if not each.ended],
        Filter(review="begun"): [each for each in seen if each.begun],
        Filter(review="waiting", outcome="settled"): [each for each in seen if each.ended and not each.begun],
        **{Filter(group=group): [each for each in seen if each.group == group] for group in GROUPS},
        **{
            Filter(trainee=name[:4].upper()): [each for each in seen if each.trainee == name]
            for name in TRAINEES
        },
        **{Filter(words=each.word): [each] for each in seen},
    }
    for which, wanted in about.items():
        assert room.count(which) == len(wanted), which
        assert {row.session for row in room.rows(which)} == {each.session.id for each in wanted}, which
    return []


def listed(room: Room, seen: list[Kept]) -> list[Any]:
    """Every sort has the same sessions, page after page; what can be chosen from is what there is."""
    answers: list[Any] = []
    for sort in SORTS:
        pages, last = [], None
        while found := room.page(sort=sort, limit=2, after=last):  # type: ignore[arg-type]
            pages += found
            last = found[-1]
        assert sorted(row.session for row in pages) == sorted(each.session.id for each in seen)
        answers += pages
    assert room.choices() == sorted({each.trainee for each in seen})
    assert room.scenarios() == (["tea"] if seen else [])
    assert room.groups() == sorted({each.group for each in seen} - {""})
    assert room.quarters() == (["2023-Q4"] if seen else [])
    return [*answers, room.choices("a"), room.choices("b"), room.facilitators()]


def opened(room: Room, world: World, ids: set[str]) -> list[Any]:
    """What is theirs opens; of everything else they are told what they are told of an id that was never given."""
    answers: list[Any] = []
    absent = said(room, "f" * 32)
    for each in world.kept:
        if each.session.id in ids:
            review = room.open(each.session.id[:8])
            assert review.whole["debrief"]["word"] == each.word
            answers += [
                review.whole,
                review.facts,
                review.ratings,
                review.row,
                room.audit_lines(each.session.id),
            ]
        else:
            assert said(room, each.session.id) == said(room, each.session.id[:8]) == absent
    return answers


def said(room: Room, session: str) -> set[str]:
    """What each question about one session is answered with; each must be a refusal."""
    told = set()
    for question in (room.open, room.named, room.audit_lines, room.hand_over):
        with pytest.raises(NotFound) as refused:
            question(session)
        told.add(str(refused.value))
    return told


def test_every_question_is_asked_here() -> None:
    """A door that is added to the room has to be added to the property above too."""
    here = set(asked.__code__.co_names) | set(counted.__code__.co_names) | set(listed.__code__.co_names)
    here |= set(opened.__code__.co_names) | set(said.__code__.co_names)
    acts = {"add", "remove", "change_passphrase", "put_in_group", "entered"}
    assert QUESTIONS.keys() - acts <= here, QUESTIONS.keys() - acts - here
    assert not OPEN_TO_ALL & QUESTIONS.keys()


def test_a_cohort_is_narrowed_in_a_closed_list_of_ways() -> None:
    assert set(CohortFilter.__dataclass_fields__) == {"scenario", "opening", "cast", "group", "quarter"}


def test_what_is_gone_from_shared_is_gone_whatever_else_stands(tmp_path: Path) -> None:
    session = begin(at(tmp_path), "shared")
    session.answer("own-it")
    session.say_word("zwarf")
    room = room_at(tmp_path)
    assert room.count(Filter(words="zwarf")) == 1
    sql(records_file(tmp_path), "DELETE FROM shared")
    assert room.count() == room.count(Filter(words="zwarf")) == 0 and list(room.pictures()) == []
    assert said(room, session.id) == said(room, "f" * 32)
