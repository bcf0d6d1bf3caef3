"""The `cohort` subcommand: how a scene went for many people, or a group over time; never how one person did."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from facilitator import asking
from facilitator.errors import Unreadable
from facilitator.files import force_option, free, write
from scenarios.commands import DONE, NOT_RIGHT, WRONG_USE, Add, Folders, Stop, ending_in, shown
from simulator.commands import told
from simulator.errors import SimulatorError
from simulator.text import clean

if TYPE_CHECKING:
    from facilitator.cohort import Scene
    from facilitator.cohort_view import View
    from facilitator.cohort_words import Words
    from facilitator.reviews import Review
    from facilitator.room import Room
    from facilitator.rows import CohortFilter, Filter
    from scenarios.graph import Map

SUFFIXES: Final = (".html",)
BYS: Final = ("opening", "cast", "group", "quarter")
LOOKED: Final = "looked at a group picture"
COMPARED: Final = "compared the ratings of"
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


def join(add: Add, folders: Folders) -> None:
    """Add `cohort` to the command line."""
    looking = add(
        "cohort",
        "See how a scene went for many people, or a group over time.",
        lambda arguments: run(arguments, folders),
        "  words-first cohort                                    the scenes played, and everybody over time\n"
        "  words-first cohort --group 'Ash ward'                 a group over time\n"
        "  words-first cohort --scenario ID                      one scene\n"
        "  words-first cohort --scenario ID --by cast -o FILE    did it go otherwise with somebody else in it?",
        "fewer than five people, so there is nothing to be told",
    )
    looking.add_argument("--scenario", metavar="SCENARIO", help="a scenario's id")
    looking.add_argument("--opening", metavar="NAME", help="only from this opening")
    looking.add_argument("--cast", metavar="NAME", help="only with this person in it")
    looking.add_argument("--group", metavar="NAME", help="only this group")
    looking.add_argument("--quarter", metavar="YYYY-Qn", help="only this calendar quarter")
    looking.add_argument("--by", choices=BYS, help="a column for each, side by side")
    looking.add_argument(
        "-o",
        "--output",
        type=ending_in(*SUFFIXES),
        metavar="FILE",
        help="write a page (.html) instead of printing",
    )
    force_option(looking)
    looking.add_argument(
        "--agreement",
        action="store_true",
        help="instead: how far those who review agree, with each other and with what is suggested",
    )
    asking.option(looking)


def run(arguments: Namespace, folders: Folders) -> int:
    """Print the picture, or write the page."""
    if arguments.agreement:
        return _agreement(arguments)
    scene_only = [
        name for name in ("opening", "cast", "quarter", "by") if getattr(arguments, name) is not None
    ]
    if arguments.scenario is None and scene_only:
        raise Stop(f"--{scene_only[0]} needs --scenario: it divides the people of one scene.", WRONG_USE)
    if arguments.output is not None:
        with told():
            free(arguments.output, arguments.force)
    view, plan = _view(arguments, folders)
    if arguments.output is None:
        from facilitator.cohort_text import lines

        for line in lines(view):
            print(clean(line))
    else:
        from facilitator.cohort_page import page

        with told():
            write(arguments.output, page(view, plan), arguments.force)
        print(f"The group picture is in {shown(arguments.output)}")
    return DONE if view.tables else NOT_RIGHT


def _agreement(arguments: Namespace) -> int:
    """Print how far raters agree on the sessions that whoever asks may see."""
    from facilitator.rows import Filter
    from scoring.agreement import NEEDS_EXTRA, NotInstalled, agreements, lines

    others = [
        name
        for name in ("opening", "cast", "quarter", "by", "output")
        if getattr(arguments, name) is not None
    ]
    if others:
        raise Stop("--agreement goes with --scenario and --group alone.", WRONG_USE)
    which = Filter(scenario=arguments.scenario, group=arguments.group)
    with told(), closing(asking.entered(arguments, "cohort")) as room:
        try:
            found = agreements(map(_ratings_of, _reviewed(room, which)))
        except NotInstalled as missing:
            raise SimulatorError(*NEEDS_EXTRA) from missing
    for line in lines(found):
        print(clean(line))
    return DONE if found else NOT_RIGHT


def _ratings_of(review: Review) -> tuple[str, dict[str, dict[str, float | None]]]:
    """Whose session it is, and its ratings by whom, with what was suggested then; hidden ones too: for sums alone."""
    from scoring.agreement import SUGGESTED

    found: dict[str, dict[str, float | None]] = {}
    for dimension, given in review.said.ratings.items():
        for fact in given.values():
            by = found.setdefault(dimension, {SUGGESTED: fact.body["suggested"]})
            by[fact.name] = float(fact.body["value"])
    return review.row.name_key, found


def _reviewed(room: Room, which: Filter) -> Iterator[Review]:
    """Every session that anything was said of; one that cannot be read is passed over."""
    for state in ("begun", "signed"):
        for row in room.rows(replace(which, review=state)):
            with suppress(Unreadable):
                yield room.open(row.session, COMPARED)


def _view(arguments: Namespace, folders: Folders) -> tuple[View, Map | None]:
    from facilitator.cohort import Scene, gather

    with told(), closing(asking.entered(arguments, "cohort")) as room:
        scenes = gather(room.first_pictures(arguments.scenario))
        room.noted(LOOKED)
    if arguments.scenario is None:
        return _over_time(scenes, arguments.group, folders(arguments)), None
    # a scene that nobody shared is told as one that too few did
    scene = scenes.get(arguments.scenario) or Scene(arguments.scenario, ())
    return _one_scene(scene, arguments, folders)


def _over_time(scenes: dict[str, Scene], group: str | None, folders: Sequence[Path]) -> View:
    from facilitator.cohort_group import over_time
    from facilitator.cohort_view import group_view

    words = {name: scene_words(name, folders) for name in scenes}
    return group_view(scenes, over_time(scenes, group), group, words)


def _one_scene(scene: Scene, arguments: Namespace, folders: Folders) -> tuple[View, Map | None]:
    from facilitator.cohort_map import ScenePlays
    from facilitator.cohort_view import scene_view
    from scenarios.graph import with_plays

    words = scene_words(scene.scenario, folders(arguments))
    which = _filter(scene, words, arguments)
    view = scene_view(scene, which, arguments.by, words)
    place, look = scene.place(which), scene.look(which)
    if words.plan is None or place is None or look is None:
        return view, None
    return view, with_plays(words.plan, ScenePlays(scene, place, look))


def _filter(scene: Scene, words: Words, arguments: Namespace) -> CohortFilter:
    """The filter asked for. A value that nobody stands under is told as one that too few do."""
    from facilitator.rows import CohortFilter

    cast = None
    if arguments.cast is not None:
        names = {words.cast(int(place)).casefold(): int(place) for place in scene.values["cast"]}
        cast = names.get(arguments.cast.casefold(), -1)
    return CohortFilter(scene.scenario, arguments.opening, cast, arguments.group, arguments.quarter)


def scene_words(scenario: str, folders: Sequence[Path]) -> Words:
    """The scene's own words, where it is on this computer and can be read."""
    from facilitator.cohort_words import Words
    from scenarios.commands import found
    from scenarios.graph import map_of
    from scenarios.load import ScenarioError, load

    if not _ID.fullmatch(scenario):  # it comes out of records, and must not lead to any other file
        return Words()
    try:
        loaded = load(found(scenario, folders))
    except (Stop, ScenarioError):
        return Words()
    return Words(loaded, map_of(loaded))
