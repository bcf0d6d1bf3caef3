"""The author's own tests: a list of replies, the ending they come to, and what must be true there."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.conditions import Variable, parse
from scenarios.model import Walk
from scenarios.nearest import nearest
from scenarios.problems import listed
from scenarios.scene import Scene
from scenarios.unfold import NotOffered, Play, begin, enter


@dataclass(frozen=True, slots=True)
class Strayed:
    """A walk that went another way: `at` names what in it was not met, with the place in its replies."""

    message: str
    hint: str
    opening: str
    play: tuple[str, ...]
    at: tuple[str | int, ...]

    @property
    def entry(self) -> int | None:
        """The place of the reply that could not be given; None where the walk strayed at its end."""
        return int(self.at[1]) if len(self.at) > 1 else None


def walk(scene: Scene, test: Walk) -> Strayed | None:
    """Play a walk; None where it goes as its author wrote. Walks look at no seed: ids name replies."""
    opening = test.opening or next(iter(scene.openings))
    play = begin(scene, seed=0, opening=opening, cast=0)
    for place, entry in enumerate(test.replies):
        try:
            enter(play, entry)
        except NotOffered as missed:
            return Strayed(*_not_offered(play, missed), opening, test.replies[:place], ("replies", place))
    return _at_the_end(scene, play, test, opening)


def _not_offered(play: Play, missed: NotOffered) -> tuple[str, str]:
    if missed.reply.startswith("rewind:"):
        message = (
            f"At turn {missed.turn} this walk goes back by `{missed.reply}`, which names no turn that was"
            " answered."
        )
        return message, f"Write `rewind:` and a number below {missed.turn}."
    if play.take.ending is not None:
        message = (
            f"At turn {missed.turn} this walk names `{missed.reply}`, but it ended at `{play.take.ending}`"
            " before."
        )
        return message, "Delete what follows, or change a reply before it."
    message = f"At turn {missed.turn}, in `{play.state.place}`, `{missed.reply}` is not offered."
    guess = nearest(missed.reply, missed.offered)
    offered = (
        f"Offered there: {listed(missed.offered, 12)}." if missed.offered else "Nothing is offered there."
    )
    return message, f"Did you mean `{guess}`? {offered}" if guess else offered


def _at_the_end(scene: Scene, play: Play, test: Walk, opening: str) -> Strayed | None:
    if test.ends is not None and play.take.ending != test.ends:
        where = f"ends at `{play.take.ending}`" if play.take.ending else f"is still in `{play.state.place}`"
        turns = play.turn - 1
        message = (
            f"After {turns} {'turn' if turns == 1 else 'turns'} this walk {where}, not at `{test.ends}`."
        )
        return Strayed(message, "Change `ends`, or the replies.", opening, test.replies, ("ends",))
    if test.then is None or parse(test.then, scene.variables).holds(play.state.values):
        return None
    held = ", ".join(
        f"{name} is {_word(play.state.values[variable.index])}" for name, variable in _read(scene, test.then)
    )
    message = f"The walk comes to its end, but `{test.then}` does not hold there: {held}."
    return Strayed(message, "Change `then`, or the replies.", opening, test.replies, ("then",))


def _read(scene: Scene, text: str) -> list[tuple[str, Variable]]:
    names = parse(text, scene.variables).names
    return [(name, scene.variables[name]) for name in scene.variables if name in names]


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
