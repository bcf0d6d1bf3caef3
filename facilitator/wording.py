"""What a scenario calls its replies, for exports: looked up by moment and reply, without playing it again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from scenarios.load import Loaded
from scenarios.speech import fill
from simulator.text import clean


class Worded(NamedTuple):
    """A reply in words. `kind` is say, do or silence."""

    text: str
    kind: str
    techniques: Sequence[str]


_UNKNOWN = Worded("", "", ())


class Wording:
    """The words of one scenario; with None nothing is known and every text is empty. `<trainee>` stays unfilled."""

    def __init__(self, loaded: Loaded | None) -> None:
        self._loaded = loaded
        self._replies: dict[tuple[int, str, str], Worded] = {}

    @property
    def title(self) -> str:
        """The scenario's title."""
        return clean(self._loaded.scene.scenario.title) if self._loaded else ""

    def person(self, cast: int) -> str:
        """Who is met."""
        return clean(self._loaded.scene.cast[cast].name) if self._loaded else ""

    def reply(self, cast: int, moment: str, reply: str) -> Worded:
        """A reply of a moment as it reads with this person."""
        key = cast, moment, reply
        if key not in self._replies:
            for each, worded in self.replies(cast, moment):
                self._replies[cast, moment, each] = worded
        return self._replies.setdefault(key, _UNKNOWN)

    @cached_property
    def there(self) -> frozenset[tuple[str, str]]:
        """Every moment with each reply that it may ever offer."""
        places = self._loaded.scene.places.items() if self._loaded else ()
        return frozenset((moment, option.id) for moment, place in places for option in place.options)

    def replies(self, cast: int, moment: str) -> list[tuple[str, Worded]]:
        """Every reply that a moment may ever offer, in the author's order."""
        if self._loaded is None:
            return []
        member, place = self._loaded.scene.cast[cast], self._loaded.scene.places[moment]
        return [
            (
                option.id,
                Worded(
                    clean(fill(option.text, member.name, member.pronouns)),
                    option.kind,
                    tuple(option.source.techniques),
                ),
            )
            for option in place.options
        ]
