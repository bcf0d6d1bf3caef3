"""Everything a check says of a file: the rules of one reading, those of its plays, and advice. One table each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from scenarios.load import Loaded, Reading, read_scenario
from scenarios.nearest import nearest
from scenarios.problems import FileReport, Problem, Report, ordered
from scenarios.prose import KEYS
from scenarios.source import Document
from scenarios.view import Part, View
from scenarios.walks import walk

COMFORTABLE: Final = 6
LONG_REPLY: Final = 200
WORDINGS: Final = 3


def walk_fails(loaded: Loaded, document: Document) -> Iterator[Problem]:
    """walk-fails: the walks are what the author meant; one that strays shows a change nobody intended."""
    for place, test in enumerate(loaded.scenario.walks):
        strayed = walk(loaded.scene, test)
        if strayed is None:
            continue
        path = ("walks", place) if strayed.entry is None else ("walks", place, "replies", strayed.entry)
        spot = document.spot_at(path)
        name = f"{test.name}: " if test.name else ""
        yield Problem(
            "walk-fails",
            document.path,
            spot.line,
            spot.column,
            name + strayed.message,
            strayed.hint,
            opening=strayed.opening,
            play=tuple(strayed.play),
        )


def crowded(view: View) -> None:
    """crowded: past six replies, or past 200 characters, people read instead of listening."""
    for name, moment in view.moments:
        count = len(moment.get("replies", list) or [])
        count += sum(len(view.shared.get(listed, [])) for listed, _ in moment.names("also"))
        if COMFORTABLE < count <= 9:
            spot = view.root.at("moments", name)
            view.tell("crowded", spot, f"`{name}` lists {count} replies.", "Six or fewer are easier to weigh.", key=True)
    for reply in view.replies:
        text = reply.get("say", str) or reply.get("do", str) or ""
        if len(text) > LONG_REPLY:
            message = f"This reply is {len(text)} characters long."
            view.tell("crowded", reply.at("say"), message, "People in distress hear the first sentence; shorten it.")


def _lacks(part: Part, key: str) -> bool:
    """Whether a key has nothing, and no mistyped key says that it was meant to."""
    return not part.data.get(key) and not any(
        isinstance(other, str) and other not in KEYS and nearest(other, [key]) for other in part.data
    )


def no_felt(view: View) -> None:
    """no-felt: how a reply felt for the person is what the debrief is for."""
    for answer in view.answers:
        if _lacks(answer, "felt"):
            view.tell("no-felt", answer.spot, "This reply does not say how it felt.", "Add `felt` in the person's words.")


def no_instead(view: View) -> None:
    """no-instead: being told what harmed, without what could have been said, teaches fear."""
    known = view.vocabulary.techniques
    for answer in view.answers:
        harms = [name for name, _ in answer.names("techniques") if name in known and not known[name].helps]
        if harms and _lacks(answer, "instead"):
            message = f"This reply carries `{harms[0]}`, which harms, but no `instead`."
            view.tell("no-instead", answer.spot, message, "Add what could have been said.")


def no_wordings(view: View) -> None:
    """no-wordings: people do not all speak alike; typed practice needs three other ways to say a thing."""
    for reply in view.replies:
        count = len(reply.get("wordings", list) or [])
        if "say" in reply.data and count < WORDINGS and (count or _lacks(reply, "wordings")):
            message = f"This spoken reply has {count} of {WORDINGS} `wordings`."
            view.tell("no-wordings", reply.spot, message, "Add other ways that people would say it.")


def no_content_notes(view: View) -> None:
    """no-content-notes: nobody should meet a hard subject unprepared."""
    if view.root.data.get("content_notes") == []:
        hint = "List what may be hard to meet, or leave it so if there is truly nothing."
        view.tell("no-content-notes", view.root.at("content_notes"), "The file warns of nothing.", hint, key=True)


def no_lived_experience_review(view: View) -> None:
    """no-lived-experience-review: people who were on the other side must have had their say."""
    credits_part = view.root.part("credits")
    if credits_part is not None and not credits_part.data.get("lived_experience_review"):
        message = "Nobody with lived experience has reviewed this scenario yet."
        hint = "Hold a review session and note it under `lived_experience_review`."
        view.tell("no-lived-experience-review", credits_part.spot, message, hint, key=True)


PLAY_RULES: Final[tuple[Callable[[Loaded, Document], Iterator[Problem]], ...]] = (walk_fails,)
ADVICE: Final[tuple[Callable[[View], None], ...]] = (
    crowded,
    no_felt,
    no_instead,
    no_wordings,
    no_content_notes,
    no_lived_experience_review,
)


def check_paths(paths: Sequence[str | Path]) -> Report:
    """Check every file named; a folder stands for the scenarios in it."""
    files: list[FileReport] = []
    problems: list[Problem] = []
    for path, shown in _files(paths):
        report, found = check_file(path, shown)
        files.append(report)
        problems += found
    return Report(tuple(files), tuple(problems))


def check_file(path: Path, shown: str | None = None) -> tuple[FileReport, list[Problem]]:
    """Everything there is to say of one file, most useful first."""
    reading = read_scenario(path, shown)
    problems = list(reading.problems)
    if reading.loaded is not None:
        for rule in PLAY_RULES:
            problems += rule(reading.loaded, reading.document)
    if reading.document.whole:
        problems += _advice(reading)
    return _report(reading), ordered(problems)


def _advice(reading: Reading) -> Iterator[Problem]:
    view = View(reading.document, reading.vocabulary)
    for rule in ADVICE:
        rule(view)
    told = {(problem.line, problem.column) for problem in reading.problems}
    for problem in view.problems:
        if (problem.line, problem.column) not in told:
            yield replace(problem, severity="warning")


def _report(reading: Reading) -> FileReport:
    view = View(reading.document, reading.vocabulary)
    replies = sum(len(moment.get("replies", list) or []) for _, moment in view.moments)
    replies += sum(len(listed) for listed in view.shared.values())
    return FileReport(reading.path, reading.id, len(view.moments), replies)


def _files(paths: Iterable[str | Path]) -> Iterator[tuple[Path, str]]:
    for named in paths:
        path = Path(named)
        if path.is_dir():
            for inner in sorted([*path.glob("*.yaml"), *path.glob("*.yml")]):
                if inner.name != "techniques.yaml":
                    yield inner, str(inner)
        else:
            yield path, str(named)
