"""What holds for every scene we ship: checked clean, large enough to practise on, and not to be won by guessing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

import pytest

from scenarios.advice import POLITE
from scenarios.check import check_file
from scenarios.load import LIBRARY, Loaded, library_ids, load
from scenarios.scene import SILENCE
from scenarios.unfold import Offer, Play, begin

PLAYS = 500
MOST_TURNS = 60
FOLLOWS = 0.7
GOOD = {"settled", "paused", "withdrew"}
Measure = Callable[[str], float]
GUESSERS: dict[str, Measure] = {
    "longest": len,
    "shortest": lambda text: -len(text),
    "politest": lambda text: len(POLITE.findall(text)),
    "most commas": lambda text: text.count(","),
}


@pytest.mark.parametrize("name", library_ids())
def test_the_check_has_nothing_to_say_but_that_a_review_is_missing(name: str) -> None:
    report, problems = check_file(LIBRARY / f"{name}.yaml")
    assert {problem.code for problem in problems} <= {"no-lived-experience-review"}, "\n".join(
        map(str, problems)
    )
    assert report.exhausted


@pytest.mark.parametrize("name", library_ids())
def test_a_scene_is_large_enough_and_whole(name: str) -> None:
    scenario = load(name).scenario
    replies = [reply for moment in scenario.moments.values() for reply in moment.replies]
    replies += [reply for listed in scenario.shared_replies.values() for reply in listed]
    silences = [moment.silence for moment in scenario.moments.values() if moment.silence is not None]
    assert len(scenario.moments) >= 24
    assert len(replies) >= 80
    assert len(scenario.endings) >= 5
    assert len({ending.outcome for ending in scenario.endings.values()}) >= 4
    assert len(scenario.person.cast) >= 2
    assert len(scenario.openings) >= 2
    assert sum(fact.hidden for fact in scenario.facts.values()) >= 3
    assert len(scenario.walks) >= 5
    assert silences
    assert all(answer.felt for answer in [*replies, *silences])
    assert all(len(reply.wordings) == 3 for reply in replies if reply.say)
    assert scenario.content_notes
    assert any("published guidance" in credit.role for credit in scenario.credits.written_by)


@cache
def share_of_good_endings(name: str, guesser: str | None) -> float:
    """How often so many seeded plays end well when replies are guessed by a rule (None: at random)."""
    loaded, rng = load(name), random.Random(f"{name}/{guesser}")
    good = 0
    for seed in range(PLAYS):
        play = begin(loaded.scene, seed)
        for _ in range(MOST_TURNS):
            offered = [offer for offer in play.offered if offer.id != SILENCE]
            if not offered:
                break
            play.answer(_guess(offered, guesser, rng).id)
        good += _outcome(loaded, play) in GOOD
    return 100 * good / PLAYS


def _guess(offered: Sequence[Offer], guesser: str | None, rng: random.Random) -> Offer:
    if guesser is None or rng.random() >= FOLLOWS:
        return rng.choice(offered)
    sizes = [_measured(guesser, offer.text) for offer in offered]
    most = max(sizes)
    return rng.choice([offer for offer, size in zip(offered, sizes, strict=True) if size == most])


@cache
def _measured(guesser: str, text: str) -> float:
    return GUESSERS[guesser](text)


def _outcome(loaded: Loaded, play: Play) -> str | None:
    ending = play.take.ending
    return None if ending is None else loaded.scenario.endings[ending].outcome


@pytest.mark.parametrize("guesser", GUESSERS)
@pytest.mark.parametrize("name", library_ids())
def test_no_rule_of_thumb_wins_a_scene(name: str, guesser: str) -> None:
    by_chance = share_of_good_endings(name, None)
    guessed = share_of_good_endings(name, guesser)
    assert guessed <= by_chance + 10, (
        f"{guesser} reaches a good ending in {guessed:.0f} %, chance in {by_chance:.0f} %"
    )


@pytest.mark.parametrize("guesser", GUESSERS)
@pytest.mark.parametrize("name", library_ids())
def test_a_rule_of_thumb_picks_no_better_reply_than_chance(name: str, guesser: str) -> None:
    """The mean rank of the pick, 0 (least helpful) to 1 (most), against one half; two standard errors are let pass."""
    ranks = [rank for rank in _ranks(load(name), guesser) if rank is not None]
    mean = sum(ranks) / len(ranks)
    error = (sum((rank - mean) ** 2 for rank in ranks) / len(ranks) ** 2) ** 0.5
    assert mean - 2 * error <= 0.5, f"{guesser} picks replies of mean rank {mean:.2f} where chance picks 0.50"


def _ranks(loaded: Loaded, guesser: str) -> list[float | None]:
    found: list[float | None] = []
    for place in loaded.scene.places.values():
        options = [option for option in place.options if option.id != SILENCE]
        if len(options) < 2:
            continue
        usual = [[loaded.vocabulary.techniques[name].usual for name in o.source.techniques] for o in options]
        helps = [sum(each.trust + each.safety - each.tension for each in effects) for effects in usual]
        sizes = [GUESSERS[guesser](option.text) for option in options]
        picks = [at for at, size in enumerate(sizes) if size == max(sizes)]
        below = [sum(other < helps[at] for other in helps) for at in picks]
        same = [helps.count(helps[at]) - 1 for at in picks]
        rank = sum(less + ties / 2 for less, ties in zip(below, same, strict=True)) / len(picks)
        found.append(rank / (len(options) - 1))
    return found


def test_staff_and_people_in_distress_are_cast_in_every_pronoun() -> None:
    counted = Counter(member.pronouns for name in library_ids() for member in load(name).scenario.person.cast)
    assert counted["he"] and counted["she"]
