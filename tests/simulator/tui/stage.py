"""What the tests of the trainee app share: a clock that stands still, a store that can fail, frames."""

from __future__ import annotations

import asyncio
import re
import time
import uuid
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from textual.app import App
from textual.pilot import Pilot

from scenarios.load import Loaded, load_bytes
from scenarios.shelf import Entry, Shelf
from scoring.claims import CLAIM
from simulator.errors import StoreTrouble
from simulator.events import Happened, Keep
from simulator.kept import Unfinished
from simulator.practice import Practice
from simulator.session import Session
from simulator.sharing import Looked
from simulator.shown_own import (
    OwnPage,
)
from simulator.shown_review import ReviewShown
from simulator.start import Start
from simulator.told import Part
from simulator.trainees import Trainee
from simulator.tui.app import TraineeApp
from simulator.tui.screens.scene import ScenePage
from simulator.tui.screens.word import WordPage
from simulator.tui.widgets.blocks import Blocks
from simulator.tui.widgets.replies import Replies

TEA = Path(__file__).parent.parent / "tea.yaml"
TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)
CEILING_S = 15.0


class Ticking:
    """A clock of seconds that moves only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


class FakeRecords:
    """Keeps in memory; while `broken` nothing can be kept."""

    def __init__(self) -> None:
        self.broken = False
        self.rows: list[Happened] = []
        self.erased = False

    def _try(self) -> None:
        if self.broken:
            raise StoreTrouble("The records are full.", "Make room on the disk.", retry=True)

    def begin(self, me: Any, head: Any, rows: Sequence[Happened], summary: Any, keep: Keep) -> None:
        self._try()
        self.rows = list(rows)

    def append(self, me: Any, session: Any, rows: Sequence[Happened], summary: Any, keep: Keep) -> None:
        self._try()
        self.rows += rows

    def last(self, me: Any, session: Any) -> tuple[int, str]:
        return (self.rows[-1].seq, self.rows[-1].chain) if self.rows else (0, "")

    def erase(self, me: Any, session: Any) -> None:
        self.erased = True

    @property
    def kinds(self) -> list[str]:
        """The names of the events kept, in order."""
        return [type(row.event).__name__ for row in self.rows]


class FakePractice(Practice):
    """The real service over a store in memory, with whatever unfinished sessions a test wants to see."""

    def __init__(self, folder: Path, waiting: Sequence[Unfinished] = ()) -> None:
        super().__init__(f"sqlite:///{folder / 'records.sqlite3'}", "Sam", "none", Standing())
        _ = self.settings
        self.keep = "mine"
        self.records = FakeRecords()
        self.waiting = list(waiting)
        self.people = [Trainee("1", "Sam", False), Trainee("2", "Robin", True)]
        self.broken_start = False
        self.own = OwnPage((), (), (), (), None, CLAIM)
        self.review = ReviewShown()
        self.joined: list[str | None] = []
        self._me = self.people[0]

    def trainees(self) -> list[Trainee]:
        return self.people

    def choose(self, name: str, pin: str | None = None) -> Trainee:
        self._me = next(person for person in self.people if person.name == name)
        self._unlocked = True
        return self._me

    def make(self, name: str, pin: str | None = None) -> Trainee:
        self._me = Trainee(name, name, pin is not None)
        self.people.append(self._me)
        return self._me

    def own_page(self) -> OwnPage:
        return self.own

    def lookers(self, session: str) -> tuple[Looked, ...]:
        return (Looked("Asha", "opened", TODAY),)

    def said_to(self, session: str) -> ReviewShown:
        return self.review

    def group(self) -> str | None:
        return None

    def join_group(self, group: str | None) -> None:
        self.joined.append(group)
        self._group_asked = True

    def unfinished(self) -> list[Unfinished]:
        return self.waiting

    def start(self, loaded: Loaded, keep: Keep | None = None, **more: Any) -> Session:
        keep = keep or self.keep
        if keep != "none" and self.broken_start:
            raise StoreTrouble("The records are read-only.", "Ask whoever looks after this computer.")
        return super().start(loaded, keep, **more)

    def _records(self) -> Any:
        return self.records

    def _mine(self) -> uuid.UUID:
        return uuid.UUID(int=1)


@dataclass
class Standing:
    """The session's own clocks, standing still."""

    wall: int = 1_700_000_000_000

    def now_ms(self) -> int:
        return self.wall

    def mono_ms(self) -> int:
        return self.wall


@cache
def tea() -> Loaded:
    """The tests' scenario."""
    return load_bytes(TEA.read_bytes(), None, str(TEA), "tea")


class _Words(yaml.SafeLoader):
    """`on` and `no` are words here, as in the format."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}


_Words.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
_Words.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^-?[0-9]+$"), list("-0123456789"))


def scenario(**changes: Any) -> Loaded:
    """The tests' scenario with some of its keys changed."""
    data = yaml.load(TEA.read_text(encoding="utf-8"), _Words)
    data.update(changes)
    return load_bytes(
        yaml.safe_dump(data, allow_unicode=True, sort_keys=False).encode(), None, "changed.yaml", "changed"
    )


def entry(title: str = "The tea trolley", path: str = str(TEA), **more: Any) -> Entry:
    """A row of the shelf."""
    given = {
        "id": "tea",
        "summary": "Marcus was told tea was at three and it is ten past.",
        "role": "healthcare assistant",
        "minutes": 3,
        "content_notes": ("raised voices",),
        "reviewed": False,
        "version": "0" * 64,
    }
    return Entry(title=title, path=path, **{**given, **more})


def a_shelf() -> Shelf:
    """Two scenarios and one that cannot be read."""
    night = entry(
        "The light at night",
        "/nowhere/night.yaml",
        id="night",
        summary="Sam cannot sleep with the light on.",
        role="peer support worker",
        minutes=1,
        content_notes=(),
        reviewed=True,
    )
    return Shelf((entry(), night), (), (("/shelf/broken.yaml", "line 3: there is no `title`."),))


ROUGH = ("calm", "step-back", "wait", "own-it", "ring-now")
"""A road that begins badly and is put right."""


FIXED = Start(opening="usual", cast="Marcus", seed=1)


@dataclass
class Stage:
    """A running app, and what moves it."""

    app: TraineeApp
    pilot: Pilot[int]
    clock: Ticking
    practice: FakePractice

    async def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait for a condition, never for a time; fails where it does not come to be."""
        await wait_for(self.pilot, true, what)

    async def page(self, kind: type[Any]) -> Any:
        """Wait until a page of this kind is in front and laid out; returns it."""
        await self.until(
            lambda: isinstance(self.app.screen, kind) and self.app.screen.is_mounted, kind.__name__
        )
        await self.pilot.pause()
        return self.app.screen

    async def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        await self.pilot.press(*keys)

    async def scene(self, loaded: Loaded | None = None, keep: Keep = "mine", timed: bool = True) -> ScenePage:
        """Straight into a scene, its replies open to keys."""
        session = self.practice.start(
            loaded or tea(), keep, opening="usual", cast="Marcus", seed=1, timed=timed
        )
        self.app.play(session)
        page: ScenePage = await self.page(ScenePage)
        await self.ready()
        return page

    async def ready(self) -> None:
        """Let the grace period of the page in front pass."""
        page: Any = self.app.screen
        await self.until(lambda: page.grace._from is not None, "what can be answered is on the screen")
        self.clock.pass_s(1.0)

    async def ready_again(self, page: Any) -> None:
        """The page below is in front once more, and its keys count."""
        await self.until(lambda: self.app.screen is page, "the page below")
        await self.pilot.pause()
        await self.ready()

    async def reply(self, reply_id: str) -> None:
        """Choose a reply by its number, as the trainee would, and wait for what comes."""
        page = await self.page(ScenePage)
        replies = page.query_one(Replies)
        turn = page.session.now().turn
        await self.press(str(replies._ids.index(reply_id) + 1))
        await self.until(lambda: page.session.now().turn != turn, f"{reply_id} is answered")
        await self.ready()

    async def to_the_end(self) -> None:
        """The good road."""
        await self.scene()
        await self.reply("own-it")
        await self.reply("ring-now")

    async def to_own_say(self, *, there: bool = False) -> WordPage:
        """The good road, and on to the word that comes first; `there`: the scene has ended already."""
        if not there:
            await self.to_the_end()
        await self.press("enter")
        page: WordPage = await self.page(WordPage)
        await self.ready()
        return page

    async def to_part(self, part: Part, session: Session | None = None) -> Any:
        """Straight to a part of the debrief after the good road, the trainee's own say given."""
        session = session or self.looked_back()
        self.app.session = session
        self.app.look_on(session, part)
        return await self.part(part)

    async def part(self, part: Part) -> Any:
        """Wait until this part is in front and its keys count; returns its page."""
        await self.until(
            lambda: getattr(self.app.screen, "PART", None) == part and self.app.screen.is_mounted, part
        )
        await self.ready()
        await self.pilot.pause()
        return self.app.screen

    async def to_row(self, place: int) -> None:
        """The cursor on a row of the list in front."""
        told = self.app.screen.query_one("#told", Blocks)
        told.highlighted = place
        await self.until(lambda: told.highlighted == place)
        await self.pilot.pause()

    def looked_back(
        self,
        replies: Sequence[str] = ("own-it", "ring-now"),
        loaded: Loaded | None = None,
        keep: Keep = "mine",
    ) -> Session:
        """A session that has ended, with an own say: a word, an account, and one rating of three."""
        session = self.practice.start(loaded or tea(), keep, opening="usual", cast="Marcus", seed=1)
        for reply in replies:
            session.answer(reply)
        session.say_word("tired")
        session.say_account("He had waited for his tea.")
        session.rate_self(session.scales()[0].dimension, 4)
        session.close_self_rating()
        return session

    def text(self) -> str:
        """The whole screen as lines of text."""
        return frame(self.app)


@asynccontextmanager
async def staged(
    folder: Path,
    size: tuple[int, int] = (80, 24),
    *,
    shelf: Shelf | None = None,
    start: Any = FIXED,
    waiting: Sequence[Unfinished] = (),
    practice: FakePractice | None = None,
    theme: str = "ward-dark",
) -> AsyncIterator[Stage]:
    """The app on a stage of this size (columns, rows), its chooser filled."""
    clock = Ticking()
    practice = practice or FakePractice(folder, waiting)
    app = TraineeApp(
        practice,
        shelf=shelf or a_shelf(),
        start=start,
        clock=clock,
        today=lambda: TODAY,
        theme=theme,
        crash_folder=folder / "crashes",
    )
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.pause()
        yield Stage(app, pilot, clock, practice)


async def wait_for(pilot: Pilot[Any], true: Callable[[], object], what: str = "") -> None:
    """Wait until a condition holds; a wall-clock ceiling turns never into a failure."""
    deadline = time.monotonic() + CEILING_S
    while not true():
        if time.monotonic() > deadline:
            raise AssertionError(f"never came to be: {what or true}\n{frame(pilot.app)}")
        await pilot.pause()
        await asyncio.sleep(0.005)


def frame(app: App[Any]) -> str:
    """What the terminal shows, as text: one line a row, right edges stripped."""
    update: Any = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    rows = ("".join(segment.text for strip in row for segment in strip) for row in update.strips)
    return "\n".join(row.rstrip() for row in rows)


def blocks(stage: Stage, selector: str) -> str:
    """The text of a list on the page in front."""
    return stage.app.screen.query_one(selector, Blocks).text()
