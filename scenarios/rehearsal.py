"""Coming back to the same place of a scene after its file was changed, by the replies that led there.

Pure: no files, no clock, no screen. A play is a function of its scene and a `Way`; so a changed scene and the old way
give the new place, or the last place on that way that still holds.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from scenarios.explore import Witness
from scenarios.scene import GAUGES, Scene
from scenarios.unfold import NotOffered, Play, Turn, begin, enter

REWIND: Final = "rewind:"
_WALK_WIDTH: Final = 56


@dataclass(frozen=True, slots=True)
class Way:
    """What leads to a place: the seed, the opening and the person met (by name), and every entry in order.

    Entries are reply ids, `silence`, `reach` and `rewind:TURN`, as `run` and walks know them.
    """

    seed: int
    opening: str
    cast: str
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """Where an old way leads in a changed scene. `said` tells what is different, in a line; empty: nothing is."""

    way: Way
    play: Play
    said: str


def beginning(scene: Scene, seed: int = 0, opening: str | None = None, cast: int = 0) -> Way:
    """The way to where a scene begins: with its first opening and the first person of its cast unless named."""
    return Way(seed, opening or next(iter(scene.openings)), scene.cast[cast].name)


def follow(scene: Scene, way: Way, trainee: str | None = None) -> Play:
    """The play that a way leads to. Raises NotOffered where it does not hold, KeyError for an unknown opening."""
    play = start(scene, way, trainee)
    for entry in way.entries:
        enter(play, entry)
    return play


def start(scene: Scene, way: Way, trainee: str | None = None) -> Play:
    """The play of a way before its first entry."""
    return begin(scene, way.seed, way.opening, cast_place(scene, way.cast), trainee)


def cast_place(scene: Scene, name: str) -> int:
    """The place of a person in the cast; the first where nobody is called so."""
    return next((place for place, member in enumerate(scene.cast) if member.name == name), 0)


def straight(entries: Iterable[str]) -> tuple[str, ...]:
    """The answers that still stand, without what was taken back: what a walk with the same end would name."""
    path: list[str] = []
    for entry in entries:
        if entry.startswith(REWIND) and entry[len(REWIND) :].isdecimal():
            del path[max(int(entry[len(REWIND) :]) - 1, 0) :]
        elif entry != "reach":
            path.append(entry)
    return tuple(path)


def come_back(scene: Scene, way: Way, before: Play | None = None) -> Return:
    """Follow an old way in a changed scene, as far as it still holds.

    What was taken back need not hold any more: where it does not, the answers that still stand are followed alone.
    `before` is the play as it stood: it tells what has changed, and which reply was only given another id.
    """
    here, said = _same_start(scene, way, before)
    renamed = {} if before is None else _renamed(before.scene, scene)
    gone, play, missed = _as_far_as_it_holds(scene, here, renamed)
    if missed is not None and straight(way.entries) != way.entries:
        here = replace(here, entries=straight(way.entries))
        gone, play, missed = _as_far_as_it_holds(scene, here, renamed)
    new_ids = dict.fromkeys(
        pair for pair in zip(here.entries, gone.entries, strict=False) if pair[0] != pair[1]
    )
    said += [f"`{old}` is now `{new}`." for old, new in new_ids]
    if missed is not None:
        said.append(_stopped(scene, play, missed))
    elif before is not None:
        said += _moved(before, play)
    return Return(gone, play, " ".join(said))


def _same_start(scene: Scene, way: Way, before: Play | None) -> tuple[Way, list[str]]:
    """The way with an opening and a person that the scene has; one that was renamed is known by its place."""
    said = []
    openings, names = list(scene.openings), [member.name for member in scene.cast]
    if way.opening not in scene.openings:
        old = [] if before is None else list(before.scene.openings)
        opening = _instead(way.opening, old, openings)
        said.append(f"There is no opening `{way.opening}` any more; this is `{opening}`.")
        way = replace(way, opening=opening)
    if way.cast not in names:
        old = [] if before is None else [member.name for member in before.scene.cast]
        name = _instead(way.cast, old, names)
        said.append(f"{way.cast} is no longer in the cast; this is {name}.")
        way = replace(way, cast=name)
    return way, said


def _instead(gone: str, old: Sequence[str], new: Sequence[str]) -> str:
    """What stands in the place of a name that is gone, where as many are there as before; else the first."""
    return new[old.index(gone)] if gone in old and len(old) == len(new) else new[0]


def _as_far_as_it_holds(
    scene: Scene, way: Way, renamed: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> tuple[Way, Play, NotOffered | None]:
    play = start(scene, way)
    entries: list[str] = []
    for old in way.entries:
        entry = renamed.get((play.state.place, old), old)
        try:
            enter(play, entry)
        except NotOffered as missed:
            return replace(way, entries=tuple(entries)), play, missed
        entries.append(entry)
    return replace(way, entries=tuple(entries)), play, None


def _renamed(old: Scene, new: Scene) -> dict[tuple[str, str], str]:
    """Replies that were only given another id, by moment and old id.

    A reply without an `id` is called by its first words, so rewording it renames it. It is the same one where its
    text is the same, or where it stands in the same place with the same techniques and the same way on.
    """
    found: dict[tuple[str, str], str] = {}
    for name in old.places.keys() & new.places.keys():
        before, after = old.places[name].options, new.places[name].options
        gone = {option.id for option in before} - {option.id for option in after}
        fresh = [option for option in after if option.id not in {each.id for each in before}]
        for place, option in enumerate(before):
            if option.id not in gone:
                continue
            like = [each for each in fresh if each.text == option.text]
            if not like and place < len(after) and after[place] in fresh and len(before) == len(after):
                there = after[place].source
                same = (there.techniques, there.to) == (option.source.techniques, option.source.to)
                like = [after[place]] if same else []
            if like:
                found[name, option.id] = like[0].id
                fresh.remove(like[0])
    return found


def _stopped(scene: Scene, play: Play, missed: NotOffered) -> str:
    if play.take.ending is not None:
        return f"The play now ends at `{play.take.ending}`; `{missed.reply}` at turn {missed.turn} no longer follows."
    if any(option.id == missed.reply for place in scene.places.values() for option in place.options):
        return f"`{missed.reply}` is no longer offered at turn {missed.turn}; stopped before it."
    return f"There is no reply `{missed.reply}` any more; stopped before it, at turn {missed.turn}."


def _moved(before: Play, play: Play) -> list[str]:
    """The same replies, and another place or other gauges."""
    if play.state.place != before.state.place:
        return [f"The same replies now lead to `{play.state.place}`, no longer to `{before.state.place}`."]
    pairs = zip(GAUGES, before.state.values, play.state.values, strict=False)
    changed = [f"{name} {old} → {new}" for name, old, new in pairs if old != new]
    return [f"The same place, with {', '.join(changed)}."] if changed else []


def witnessed(scene: Scene, way: Way, witness: Witness) -> Way | None:
    """The way of a play that was found, for the person of an old way; None where it does not hold in this scene."""
    if witness.opening not in scene.openings:
        return None
    there = Way(way.seed, witness.opening, way.cast, witness.play)
    return there if _as_far_as_it_holds(scene, there)[2] is None else None


def leads_to(scene: Scene, way: Way | None, place: str) -> bool:
    """Whether a way holds in this scene and comes to this moment or ending."""
    if way is None or way.opening not in scene.openings:
        return False
    _, play, missed = _as_far_as_it_holds(scene, way)
    return missed is None and play.state.place == place


def as_walk(play: Play) -> list[str]:
    """The play so far as lines to paste under `walks:`; what was taken back is left out."""
    ids = ", ".join(turn.option.id for turn in play.path())
    lines = textwrap.wrap(
        f"replies: [{ids}]",
        _WALK_WIDTH,
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    end = play.take.ending
    lines = [f"name: to {end or play.state.place}", f"opening: {play.opening}", *lines]
    if end is not None:
        lines.append(f"ends: {end}")
    return [f"  {'- ' if place == 0 else '  '}{line}" for place, line in enumerate(lines)]


def effect(scene: Scene, turn: Turn) -> str:
    """What an answer did, for its author: `own-it · trust 3 → 4 · waited`."""
    values = zip(scene.variables.items(), turn.before.values, turn.after.values, strict=True)
    told = [turn.option.id]
    for (name, variable), old, new in values:
        if old != new:
            told.append((name if new else f"not {name}") if variable.truth else f"{name} {old} → {new}")
    if turn.diverted_by is not None:
        told.append(f"whenever rule {turn.diverted_by + 1} took over")
    return " · ".join(told)


def held_back(play: Play) -> list[str]:
    """The replies of this moment that are not offered now, each with its condition: `wait (trust >= 9)`."""
    place = play.scene.places.get(play.state.place)
    offered = {offer.id for offer in play.offered}
    options = () if place is None else place.options
    return [f"{option.id} ({option.source.when})" for option in options if option.id not in offered]


def standing(play: Play) -> list[str]:
    """Gauges as they stand, then the facts that hold and the counters that are not nought."""
    told = []
    for (name, variable), value in zip(play.scene.variables.items(), play.state.values, strict=True):
        if name in GAUGES or not variable.truth:
            told += [f"{name} {value}"] if value or name in GAUGES else []
        elif value:
            told.append(name)
    return told
