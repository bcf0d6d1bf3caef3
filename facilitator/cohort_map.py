"""Real plays laid over the map of a scene, as far as the rule of five lets them be told."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from facilitator import asking
from scenarios.commands import NOT_RIGHT, Stop

if TYPE_CHECKING:
    from facilitator.cohort import Look, Scene
    from scenarios.graph import Kind
    from scenarios.load import Loaded

NONE_SHARED: Final = "nobody has shared a play of this scene with you yet, or fewer than five people have."


class ScenePlays:
    """What may be told of one scene's plays through one filter (scenarios.graph.Plays)."""

    def __init__(self, scene: Scene, place: tuple[int, ...], look: Look) -> None:
        self._scene = scene
        self._place = place
        self._look = look

    @property
    def said(self) -> str:
        """What they are, in a sentence."""
        return (
            f"Laid over it are the first plays of about {self._look.people} people: on an arrow, the share of those "
            "who came to its moment and took it when they first came. What would tell of fewer than five is left out."
        )

    def share(self, moment: str, replies: Sequence[str]) -> int | None:
        """See scenarios.graph.Plays."""
        return self._scene.share(self._place, moment, replies) if moment in self._look.moments else None

    def told(self, moment: str, reply: str) -> str:
        """See scenarios.graph.Plays."""
        from facilitator.cohort_view import share_words

        spread = self._look.moments.get(moment)
        if spread is None or reply not in spread.shares:
            return ""
        value = spread.shares[reply]
        return "nobody took it" if value == 0 else f"taken by {share_words(value)}"

    def notes(self, kind: Kind, name: str) -> tuple[str, ...]:
        """See scenarios.graph.Plays."""
        from facilitator.cohort_view import share_words

        notes = []
        if kind == "moment" and name in self._look.moments:
            notes.append(f"About {self._look.moments[name].of} people came here.")
            reach = self._look.reaches.get(name)
            if reach is not None:
                notes.append(f"Here {share_words(reach.share)} reached for hands-on.")
        if kind == "ending" and self._look.endings and name in self._look.endings.shares:
            value = self._look.endings.shares[name]
            notes.append("Nobody came to it." if value == 0 else f"Come to by {share_words(value)}.")
        return tuple(notes)


def options(to: ArgumentParser) -> None:
    """Add `--sessions` to `map`."""
    to.add_argument(
        "--sessions",
        action="store_true",
        help="lay the plays that were shared with you over it; asks for the facilitator's passphrase",
    )
    asking.option(to)


def plays(arguments: Namespace, loaded: Loaded) -> ScenePlays | None:
    """The plays of this scene shared with whoever gives the passphrase. Raises Stop where there are too few."""
    if not arguments.sessions:
        return None
    from contextlib import closing

    from facilitator.cohort import gather
    from facilitator.rows import CohortFilter
    from simulator.commands import told

    with told(), closing(asking.entered(arguments, "map")) as room:
        scenes = gather(room.first_pictures(loaded.id))
    scene = scenes.get(loaded.id)
    look = None if scene is None else scene.look()
    place = None if scene is None else scene.place(CohortFilter())
    if scene is None or look is None or place is None:
        raise Stop(NONE_SHARED, NOT_RIGHT)
    return ScenePlays(scene, place, look)
