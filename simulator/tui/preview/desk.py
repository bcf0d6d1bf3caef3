"""The author's desk without a screen: the play, the file's problems, and which moments can be jumped to.

What trainees would see is made by the very course that makes it for them; nothing is kept of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from scenarios.drawing_text import OUTCOMES
from scenarios.explore import Explored, Witness
from scenarios.findings import place_of, play_of
from scenarios.load import Loaded, Reading
from scenarios.problems import Problem, ordered
from scenarios.rehearsal import (
    REWIND,
    Way,
    as_walk,
    beginning,
    come_back,
    effect,
    follow,
    held_back,
    leads_to,
    standing,
    witnessed,
)
from scenarios.unfold import Play
from simulator.course import ENGINE, Course
from simulator.events import Answered, Began, Event, Happened, Rewound
from simulator.shown import Line, Now

TRAINEE: Final = "Alex"
"""How `<trainee>` reads at the desk."""
BROKEN: Final = "The file cannot be played as it is now; you play on in what it was before."
NOT_YET: Final = "This file cannot be played yet. Mend what is listed, save, and it begins here."
UNCHANGED: Final = "Saved; nothing in it has changed."
SAME: Final = "Saved and read again: the same place."
READS_AGAIN: Final = "The file can be played again: the same place."
Proof = Literal["none", "running", "done", "broken-off"]


@dataclass(frozen=True, slots=True)
class Stop:
    """A moment or ending as the outline shows it. `outcome` is None for a moment; `note` is for authors."""

    name: str
    outcome: str | None
    here: bool
    visited: bool
    note: str


class Desk:
    """One file being written and played. `take_reading`, `take_problems` and `take_proof` bring what is new."""

    def __init__(self, seed: int = 0, opening: str | None = None, cast: str | None = None) -> None:
        self.loaded: Loaded | None = None
        self.reading: Reading | None = None
        self.problems: list[Problem] = []
        self.proof: Proof = "none"
        self.explored: Explored | None = None
        self._asked = (seed, opening, cast)
        self._way = Way(seed, "", "")
        self._course: Course | None = None
        self._been: dict[str, Way] = {}
        self._ways: dict[str, Witness] = {}
        self._judged: list[Problem] = []
        self._of_plays: list[Problem] = []

    # what a save brings

    def take_reading(self, reading: Reading) -> str:
        """A new reading of the file. Gives a sentence on what became of the play; empty at the first."""
        before, broken = self.loaded, self.broken
        self.reading = reading
        new = reading.loaded
        if new is None:
            return BROKEN if before else NOT_YET
        if before is not None and (before.version, before.vocabulary_version) == (
            new.version,
            new.vocabulary_version,
        ):
            return READS_AGAIN if broken else UNCHANGED
        self.loaded = new
        self.proof, self.explored, self._of_plays = "running", None, []
        if before is None:
            self._sit_down(new)
            return ""
        back = come_back(new.scene, self._way, self.play)
        self._go(back.way)
        return back.said or (READS_AGAIN if broken else SAME)

    def _sit_down(self, loaded: Loaded) -> None:
        seed, opening, cast = self._asked
        known = opening if opening in loaded.scene.openings else None
        names = [member.name for member in loaded.scene.cast]
        self._go(beginning(loaded.scene, seed, known, names.index(cast) if cast in names else 0))

    def take_problems(self, reading: Reading, problems: Sequence[Problem]) -> None:
        """What one reading tells; forgotten where a newer reading has come."""
        if reading is self.reading:
            self._judged = list(problems)
            self._put_together()

    def take_proof(self, reading: Reading, explored: Explored | None, problems: Sequence[Problem]) -> None:
        """What every play shows; `explored` None: it was broken off. Of another scene: forgotten."""
        if reading.loaded is not self.loaded or self.proof != "running":
            return
        self.explored = explored
        self.proof = "done" if explored is not None else "broken-off"
        if explored is not None:
            self._ways = {**explored.ways, **explored.endings}
        self._of_plays = list(problems)
        self._put_together()

    def _put_together(self) -> None:
        """Of a file that cannot be played now, what the plays of the one before showed has no place any more."""
        self.problems = ordered([*self._judged, *([] if self.broken else self._of_plays)])

    @property
    def broken(self) -> bool:
        """Whether the file as it is now cannot be played."""
        return self.reading is not None and self.reading.loaded is None

    # playing

    @property
    def ready(self) -> bool:
        """Whether there is anything to play."""
        return self._course is not None

    @property
    def course(self) -> Course:
        assert self._course is not None, "nothing is played before a file could be read"
        return self._course

    @property
    def play(self) -> Play:
        return self.course.play

    @property
    def now(self) -> Now:
        """What waits, as trainees are given it."""
        return self.course.now()

    @property
    def place(self) -> str:
        """The moment or ending where the play stands."""
        return self.play.state.place

    @property
    def way(self) -> Way:
        """What leads to where the play stands."""
        return self._way

    def answer(self, reply: str) -> None:
        """A reply, or `silence`. Raises NotOffered; nothing changes then."""
        self._take_in(Answered(self.play.turn, reply, False))
        self._way = replace(self._way, entries=(*self._way.entries, reply))
        self._note_place()

    def again_from(self, turn: int) -> None:
        """Take it again from before the reply of an answered turn."""
        self._take_in(Rewound(turn))
        self._way = replace(self._way, entries=(*self._way.entries, f"{REWIND}{turn}"))

    def undo(self) -> bool:
        """Take the last turn back. False where there is none."""
        if self.play.turn == 1:
            return False
        self.again_from(self.play.turn - 1)
        return True

    def restart(self) -> None:
        """Begin again: the same opening, person and order of replies."""
        self._go(replace(self._way, entries=()))

    def next_opening(self) -> str:
        """Begin with the next opening; gives its name."""
        names = list(self.course.loaded.scene.openings)
        opening = names[(names.index(self._way.opening) + 1) % len(names)]
        self._go(replace(self._way, opening=opening, entries=()))
        return opening

    def next_person(self) -> str:
        """Meet the next of the cast at the same place; gives their name. Only words depend on who it is."""
        names = [member.name for member in self.course.loaded.scene.cast]
        name = names[(names.index(self._way.cast) + 1) % len(names)]
        self._go(replace(self._way, cast=name))
        return name

    def walk(self) -> list[str]:
        """The play so far as lines to paste under `walks:`."""
        return as_walk(self.play)

    def _go(self, way: Way) -> None:
        """Play a way that holds from its beginning."""
        loaded = self.loaded
        assert loaded is not None
        play = follow(loaded.scene, replace(way, entries=()))
        began = Began("", "", ENGINE, way.seed, way.opening, play.cast, "none", False)
        self._way = replace(way, entries=())
        self._course = Course(loaded, began, TRAINEE)
        self._note_place()
        for entry in way.entries:
            if entry.startswith(REWIND):
                self.again_from(int(entry[len(REWIND) :]))
            else:
                self.answer(entry)

    def _take_in(self, event: Event) -> None:
        self.course.take_in([Happened(1, 0, 0, event, "")])

    def _note_place(self) -> None:
        self._been.setdefault(self.place, self._way)

    # jumping

    def way_to(self, name: str) -> Way | None:
        """A way that a play really takes to a moment or ending: the shortest found, else one that was played."""
        scene = self.course.loaded.scene
        found = self._ways.get(name)
        shortest = None if found is None else witnessed(scene, self._way, found)
        for way in (shortest, self._been.get(name)):
            if leads_to(scene, way, name):
                return way
        return None

    def jump(self, name: str) -> str:
        """Go to a moment or ending by a real play; gives a sentence on how, or on why not."""
        if not self.ready:
            return NOT_YET
        way = self.way_to(name)
        if way is not None:
            return self._jumped(way)
        if name not in self.course.loaded.scene.places and name not in self.course.loaded.scenario.endings:
            return f"`{name}` is not in the scene that is being played."
        if self.proof == "running":
            return f"Jumping to `{name}` comes in a moment: every play is still being tried."
        if self.explored is not None and self.explored.exhausted:
            return f"No play comes to `{name}`, so there is no way to jump there."
        return f"No play that comes to `{name}` has been found."

    def jump_by(self, witness: Witness) -> str:
        """Go where a play that shows a problem leads; it may have changed since."""
        way = witnessed(self.course.loaded.scene, self._way, witness) if self.ready else None
        if way is None:
            return "The play that showed this does not go that way in what is being played."
        return self._jumped(way)

    def _jumped(self, way: Way) -> str:
        self._go(way)
        count = len(way.entries)
        return f"`{self.place}`, {count} {'reply' if count == 1 else 'replies'} in, from `{way.opening}`."

    def target(self, problem: Problem) -> str | Witness | None:
        """Where a problem can be seen in play: the play that shows it, or the moment or ending it stands in."""
        if self.reading is None or not self.ready:
            return None
        shown = play_of(problem)
        return shown if shown is not None else place_of(problem, self.reading.document)

    # what is shown

    def lines(self, author: bool) -> list[Line]:
        """The conversation as trainees see it; for the author also what every answer did."""
        course = self.course
        member = course.loaded.scene.cast[course.play.cast]
        about = course.play.fill(member.about or "")
        setting = course.play.fill(course.loaded.scenario.setting)
        shown = [Line("note", " ".join(f"{member.name}. {about} {setting}.".split()), 0, 1)]
        shown += [line for line in course.lines if line.kind != "take"]
        if not author:
            return shown
        scene, told = course.loaded.scene, {turn.number: turn for turn in course.play.path()}
        return [
            each
            for line in shown
            for each in (
                [line, Line("note", effect(scene, told[line.turn]), line.turn, line.take)]
                if line.kind in ("trainee", "deed", "quiet")
                else [line]
            )
        ]

    def standing(self) -> str:
        """Where the play stands, in the author's terms, and which of its replies are not offered now."""
        back = held_back(self.play)
        line = " · ".join([self.place, *standing(self.play)])
        return f"{line}\nnot offered: {', '.join(back)}" if back else line

    def outline(self) -> list[Stop]:
        """Every moment, then every ending, in file order."""
        scenario = self.course.loaded.scenario
        endings = {name: OUTCOMES[ending.outcome] for name, ending in scenario.endings.items()}
        return [self._stop(name, None) for name in scenario.moments] + [
            self._stop(name, outcome) for name, outcome in endings.items()
        ]

    def _stop(self, name: str, outcome: str | None) -> Stop:
        explored = self.explored
        unreachable = (
            explored is not None
            and explored.exhausted
            and name not in explored.moments
            and name not in explored.endings
        )
        note = "no play comes here" if unreachable else ""
        return Stop(name, outcome, name == self.place, name in self._been, note)

    def tried(self) -> str:
        """How far the check of every play has come."""
        if self.broken or self.loaded is None:
            return "plays are checked once the file reads"
        if self.proof == "running":
            return "checking every play …"
        if self.explored is None:
            return "the check of every play broke off" if self.proof == "broken-off" else ""
        states = f"{self.explored.states:,} {'state' if self.explored.states == 1 else 'states'}"
        return f"all {states} tried" if self.explored.exhausted else f"{states} tried, and there are more"

    def counted(self) -> str:
        """How many errors and warnings there are, in words."""
        errors = sum(problem.severity == "error" for problem in self.problems)
        warnings = len(self.problems) - errors
        told = [f"{errors} error{'' if errors == 1 else 's'}"] if errors else []
        told += [f"{warnings} warning{'' if warnings == 1 else 's'}"] if warnings else []
        return ", ".join(told) or ("all clear" if self.proof == "done" and not self.broken else "none so far")
