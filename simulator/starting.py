"""How a session begins: what is named is looked up, what is not is drawn from the seed."""

from __future__ import annotations

import secrets
from typing import Final

from scenarios.load import Loaded
from scenarios.speech import fill
from scenarios.unfold import begin
from simulator.course import ENGINE
from simulator.errors import NotFound, SimulatorError
from simulator.events import Began, Keep
from simulator.text import clean_line

_SEEDS: Final = range(2**63)


def begin_with(
    loaded: Loaded, keep: Keep, opening: str | None, cast: str | int | None, seed: int, timed: bool
) -> Began:
    """The first event of a session. Raises NotFound where the opening or the cast member is not there."""
    openings = list(loaded.scene.openings)
    if opening is not None and opening not in openings:
        raise NotFound("There is no such opening in this scenario.", f"There is: {', '.join(openings)}.")
    play = begin(loaded.scene, seed, opening, _cast(loaded, cast))
    return Began(
        scenario=loaded.version,
        vocabulary=loaded.vocabulary_version,
        engine=ENGINE,
        seed=seed,
        opening=play.opening,
        cast=play.cast,
        keep=keep,
        timed=timed,
    )


def title_of(loaded: Loaded, began: Began) -> str:
    """The title as it reads for the person met; `<trainee>` stays as it is."""
    member = loaded.scene.cast[began.cast]
    return clean_line(fill(loaded.scenario.title, member.name, member.pronouns), 300)


def _cast(loaded: Loaded, cast: str | int | None) -> int | None:
    """The place of a cast member given by name or by place."""
    names = [member.name for member in loaded.scene.cast]
    if cast is None:
        return None
    if isinstance(cast, int):
        if cast in range(len(names)):
            return cast
    else:
        for place, name in enumerate(names):
            if name.casefold() == cast.strip().casefold():
                return place
    raise NotFound("Nobody of that name can be met in this scenario.", f"There is: {', '.join(names)}.")


def drawn_seed(seed: int | None) -> int:
    """The seed that was named, 0..2**63-1, or one drawn. Raises SimulatorError outside these."""
    if seed is None:
        return secrets.randbits(32)
    if seed not in _SEEDS:
        raise SimulatorError(
            "A seed is a whole number from 0 to 9223372036854775807.", "Leave it out to draw one."
        )
    return seed
