"""Generated stories and a way through each, to be played again with another cast, name or menu."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from scenarios.unfold import Play, begin
from tests.scenarios.strategies import Story, stories

MOST = 12


@st.composite
def plays(draw: st.DrawFn) -> tuple[Story, list[str]]:
    """A generated story and a way through it."""
    story = draw(stories())
    play = begin(story.scene, 0, None, 0)
    while play.offered and len(play.take.turns) < MOST:
        play.answer(draw(st.sampled_from(sorted(offer.id for offer in play.offered))))
    return story, [one.option.id for one in play.take.turns]


def replayed(
    story: Story, replies: Sequence[str], cast: int = 0, trainee: str | None = None, seed: int = 0
) -> Play:
    """The same replies from the same opening, whoever is met and whatever order they were offered in."""
    opening = begin(story.scene, 0).opening
    play = begin(story.scene, seed, opening, cast, trainee)
    for reply in replies:
        play.answer(reply)
    return play
