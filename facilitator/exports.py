"""Shared sessions as rows for a spreadsheet and for programs: one a turn, one a session, or one a rating.

Free text that somebody typed is in none of them unless it is asked for, and then with the known names taken out;
docs/exports.md says what every column means. Pure but for what it is given to write to.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from types import MappingProxyType
from typing import IO, Any, Final

from facilitator.exported import Exported
from facilitator.forms import Form, stamp
from facilitator.wording import Wording
from simulator.events import read
from simulator.text import clean
from simulator.told import Told
from simulator.veil import veil

Row = tuple[Any, ...]
Lines = Callable[[Exported, bool, Form], Iterable[str]]

_TELLING: Final = frozenset({
    "confidence", "word", "reflection", "account", "self-rating", "self-rated", "inquired", "contested", "to-keep",
    "to-try",
})  # fmt: skip
_RATED_BY_SELF: Final = frozenset({"self-rating", "self-rated"})
_OF_TURNS: Final = frozenset({"inquired", "contested"})
_TOLD_EVERY: Final = 500
_SEARCHED_EVERY: Final = 5_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows: its columns, those that `with words` adds, and how a session's lines are made."""

    columns: tuple[str, ...]
    words: tuple[str, ...]
    lines: Lines

    def named(self, with_words: bool) -> tuple[str, ...]:
        """The columns of a file, in order."""
        return (*self.columns, *self.words) if with_words else self.columns


# rows


def _turns(one: Exported, with_words: bool, form: Form) -> list[str]:
    """Put together of pieces, most of which come again: it is these lines that there are millions of."""
    person, nowhere = one.wording.person(one.cast), (form.nothing,) * 4
    begun = (one.session, one.trainee, _group(one), one.scenario, person, one.opening, stamp(one.started_ms))
    head, said = form.piece(_HEAD, begun), _Said(one, _OF_TURNS) if with_words else None
    replies = _replies(form, one.wording, one.cast)
    line = form.template(_PIECES if said is None else (*_PIECES, TURNS.words))
    not_ended = form.piece(_END, (None, None))
    made: list[str] = []
    for take in one.takes:
        turns = take.turns
        reached = [turn for turn, _ in take.reaches]
        whence = f"{head},{form.piece(_WHENCE, (take.take, take.from_take, take.from_turn))}"
        ended = not_ended if take.ending is None else form.piece(_END, (take.ending, take.outcome))
        last = turns[-1] if turns else None
        for each in turns:
            number = each[0]
            values: Row = (
                whence, number, replies[each[1:4]], *(each[4:8] if one.judged else nowhere),
                reached.count(number) if reached else 0, each[8], ended if each is last else not_ended,
            )  # fmt: skip
            if said:
                values = (*values, said.about(take.take, number, form))
            made.append(line % values)
    return made


class _Replies(dict[tuple[str, str, str], str]):
    """By moment, reply and where it led: the piece that says so."""

    def __init__(self, form: Form, wording: Wording, cast: int) -> None:
        super().__init__()
        self._of = form, wording, cast

    def __missing__(self, key: tuple[str, str, str]) -> str:
        form, wording, cast = self._of
        moment, reply, to = key
        text, kind, techniques = wording.reply(cast, moment, reply)
        piece = self[key] = form.piece(_REPLY, (moment, reply, kind, text, techniques, to))
        return piece


_replies = lru_cache(maxsize=256)(_Replies)


def _sessions(one: Exported, with_words: bool, form: Form) -> Iterator[str]:
    yield form.line(SESSIONS.named(with_words), _session(one, with_words))


def _session(one: Exported, with_words: bool) -> Row:
    if one.why is not None:
        known = {"session": one.session, "state": one.state}
        return tuple(known.get(name) for name in SESSIONS.named(with_words))
    told, drawn = told_of(one), one.picture
    hidden = (len(drawn.found), len(drawn.not_found)) if drawn else (None, None)
    outcome = next((take.outcome for take in one.takes if take.outcome), None)
    row = (
        one.session, one.trainee, _group(one), one.scenario, one.wording.title, one.version,
        one.wording.person(one.cast), one.opening, stamp(one.started_ms),
        None if one.ended_ms is None else stamp(one.ended_ms), one.state, outcome if one.judged else None,
        len(one.takes), sum(len(take.turns) for take in one.takes), one.events[-1][2] / 1000,
        sum(len(take.reaches) for take in one.takes), *hidden, told.complete, told.confidence.get("before"),
        told.confidence.get("after"), len(told.contests), one.review_state,
    )  # fmt: skip
    return (*row, *_Said(one).of_all()) if with_words else row


def _ratings(one: Exported, with_words: bool, form: Form) -> Iterator[str]:
    if not one.judged or one.why is not None:
        return
    line = form.template(_RATING)
    head = form.piece(
        _RATED, (one.session, one.trainee, _group(one), one.scenario, one.version, stamp(one.started_ms))
    )
    if one.picture is not None:
        for dimension, rating in one.picture.ratings.items():
            yield line % (head, _rated(form, dimension, "suggested", None, *rating, None, one.picture.rubric))
    told = told_of(one, _RATED_BY_SELF)
    for dimension, own in told.ratings.items():
        said = _rated(form, dimension, "trainee", one.trainee, own, None, None, told.blind, None)
        yield line % (head, said)
    for dimension, by in one.given.items():
        for who, given in by.items():
            said = _rated(form, dimension, "facilitator", who, given, None, None, None, None)
            yield line % (head, said)


@lru_cache(maxsize=20_000, typed=True)
def _rated(form: Form, *values: Any) -> str:
    """The piece of one rating; the same come again and again."""
    return form.piece(_VALUE, values)


_WHOSE: Final = ("session", "trainee", "group", "scenario")
_HEAD: Final = (*_WHOSE, "person", "opening", "started")
_WHENCE: Final = ("take", "from_take", "from_turn")
_REPLY: Final = ("moment", "reply", "kind", "reply_text", "techniques", "to")
_GAUGES: Final = ("tension_before", "tension_after", "trust_after", "safety_after")
_END: Final = ("ending", "outcome")
_PIECES: Final = ((*_HEAD, *_WHENCE), "turn", _REPLY, *_GAUGES, "reaches", "seconds", _END)
_RATED: Final = (*_WHOSE, "version", "started")
_VALUE: Final = ("dimension", "by", "rater", "value", "opportunities", "capped_by", "blind", "rubric")
_RATING: Final = (_RATED, _VALUE)
TURNS: Final = Kind(
    (*_HEAD, *_WHENCE, "turn", *_REPLY, *_GAUGES, "reaches", "seconds", *_END),
    ("answered", "contested"),
    _turns,
)
SESSIONS: Final = Kind(
    (
        *_WHOSE, "title", "version", "person", "opening", "started", "ended", "state", "outcome", "takes", "turns",
        "seconds", "reaches", "found", "not_found", "looked_back", "confidence_before", "confidence_after", "contests",
        "review",
    ),
    ("word", "account", "reflection", "answered", "contested", "to_keep", "to_try", "when"),
    _sessions,
)  # fmt: skip
RATINGS: Final = Kind(
    (*_RATED, *_VALUE),
    (),
    _ratings,
)
KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {"turns": TURNS, "sessions": SESSIONS, "ratings": RATINGS}
)


def _group(one: Exported) -> str:
    return _veiled(one.group, one.names, one.trainee) if one.group else ""


_veiled = lru_cache(maxsize=4096)(partial(veil, strict=True))


def told_of(one: Exported, kinds: frozenset[str] = _TELLING) -> Told:
    """What the trainee said afterwards, as typed: nothing of its words may leave but through a strict `veil`.

    `kinds` are those wanted: reading an event costs more than passing it by.
    """
    told = Told()
    for _, _, _, kind, body in one.events:
        if kind in kinds:
            told.take_in(read(kind, 1, dict(body)))
    return told


class _Said:
    """What a trainee typed, with the names they are known by taken out."""

    def __init__(self, one: Exported, kinds: frozenset[str] = _TELLING) -> None:
        self._one = one
        self._told = told_of(one, kinds)
        asked = {(1, turn) for turn in self._told.inquiries}
        self._turns = asked | {(each.take, each.turn) for each in self._told.contests.values()}

    def of_all(self) -> Row:
        told = self._told
        answers = [each.text for _, each in sorted(told.inquiries.items()) if each.text]
        contests = [f"{each.name}: {each.text}" for each in told.contests.values()]
        texts = (
            told.word, told.account, told.reflection, "\n".join(answers), "\n".join(contests), told.to_keep,
            told.to_try, told.when,
        )  # fmt: skip
        return tuple(self._veiled(text) for text in texts)

    def about(self, take: int, turn: int, form: Form) -> str:
        """The piece of what was answered and contested about one turn; only the first take is asked about."""
        if (take, turn) not in self._turns:
            return _said_nothing(form)
        asked = self._told.inquiries.get(turn) if take == 1 else None
        contests = [
            f"{each.name}: {each.text}"
            for each in self._told.contests.values()
            if (each.take, each.turn) == (take, turn)
        ]
        answered = self._veiled(asked.text if asked else None)
        return form.piece(TURNS.words, (answered, self._veiled("\n".join(contests))))

    def _veiled(self, text: str | None) -> str | None:
        return veil(clean(text), self._one.names, self._one.trainee, strict=True) if text else None


@cache
def _said_nothing(form: Form) -> str:
    return form.piece(TURNS.words, (None, None))


# writing


def write_rows(
    sessions: Iterable[Exported],
    kind: Kind,
    form: Form,
    to: IO[str],
    with_words: bool = False,
    tell: Callable[[int], None] = lambda done: None,
) -> int:
    """Rows of one kind; gives back how many sessions could not be shown. `tell` hears how many are done."""
    to.write(form.begins(kind.named(with_words)))
    return _each(sessions, lambda one: to.write("".join(kind.lines(one, with_words, form))), tell)


def write_statements(
    sessions: Iterable[Exported],
    lines: Callable[[Exported], Iterable[str]],
    to: IO[str],
    tell: Callable[[int], None] = lambda done: None,
) -> int:
    """Statements as lines, those of a session in the order in which they happened."""
    return _each(sessions, lambda one: to.write("".join(lines(one))), tell)


def _each(
    sessions: Iterable[Exported], write: Callable[[Exported], object], tell: Callable[[int], None]
) -> int:
    not_shown = 0
    with _unsearched():
        for done, one in enumerate(sessions, start=1):
            not_shown += one.why is not None
            write(one)
            if not done % _TOLD_EVERY:
                tell(done)
            if not done % _SEARCHED_EVERY:
                # sessions that were played again do hold such; as seldom, as it looks at all that is at hand
                gc.collect(0)
    return not_shown


@contextmanager
def _unsearched() -> Iterator[None]:
    """Rows hold no rings of references, and looking for such costs as much again as reading them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
