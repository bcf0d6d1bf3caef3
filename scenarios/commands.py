"""The authors' subcommands: list, check, run, schema. Thin: each imports what it needs when it is called."""

from __future__ import annotations

import contextlib
import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

if TYPE_CHECKING:
    from scenarios.load import Loaded
    from scenarios.problems import Problem
    from scenarios.shelf import Entry
    from scenarios.unfold import NotOffered, Play, Take

DONE: Final = 0
NOT_RIGHT: Final = 1
WRONG_USE: Final = 2
LARGEST_SEED: Final = 2**63 - 1
_WORTH_TELLING: Final = 100_000
_FEWEST: Final = 2  # opportunities below which there is no rating
SUFFIXES: Final = (".yaml", ".yml")
NOT_REVIEWED: Final = "not yet reviewed by people with lived experience"
REVIEWED: Final = "reviewed by people with lived experience"

Runner = Callable[[Namespace], int]
Folders = Callable[[Namespace], Sequence[Path]]
"""Where this computer keeps scenarios beside the library; asked only by those who need it."""


class Add(Protocol):
    """Adds one subcommand to the command line; gives back its parser, for the arguments."""

    def __call__(
        self, name: str, purpose: str, run: Runner, examples: str, not_right: str
    ) -> ArgumentParser: ...


class Stop(Exception):
    """Ends a command with this exit code, after a sentence on standard error (none: all has been said)."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


Rate = Callable[["Loaded", "Play", "Take"], dict[str, Any]]


@dataclass(frozen=True)
class Rating:
    """How a take is rated, and the sentence that stands beside every rating."""

    rate: Rate
    claim: str


By = Callable[["Path | None"], Rating]
"""Rating by a trust's own rubric, or by ours; the business of the room above, which hands it in. Raises Stop."""


def join(add: Add, folders: Folders, rating: By) -> None:
    """Add this room's subcommands to the command line."""
    listing = add(
        "list",
        "The scenarios there are to practise.",
        lambda arguments: list_scenarios(arguments, folders(arguments)),
        "  words-first list\n  words-first list --json",
        "never",
    )
    listing.add_argument("--json", action="store_true", help="for programs")
    checking = add(
        "check",
        "Look over scenario files: what is wrong, where, and what to do.",
        check,
        "  words-first check my-scenario.yaml\n  words-first check scenarios/ --format sarif --strict",
        "errors were found (with --strict: or warnings)",
    )
    checking.add_argument("paths", nargs="+", metavar="PATH", help="a scenario file")
    checking.add_argument(
        "--format", choices=("text", "json", "sarif"), default="text", help="for people, or for programs"
    )
    checking.add_argument("--strict", action="store_true", help="a warning is an error")
    checking.add_argument("--watch", action="store_true", help="check again at every save, until Ctrl+C")
    _join_run(add, folders, rating)
    add(
        "schema",
        "The JSON Schema of a scenario file, for editors.",
        schema,
        "  words-first schema > scenario.schema.json",
        "never",
    )


def _join_run(add: Add, folders: Folders, rating: By) -> None:
    running = add(
        "run",
        "Play a scenario without a screen, from a list of replies.",
        lambda arguments: run(arguments, folders(arguments), rating),
        "  words-first run my-scenario.yaml --replies own-it,silence,rewind:1,ask-what-for\n"
        "  words-first run my-scenario.yaml --replies own-it --opening usual --json --rate",
        "a reply was not offered, or the scenario has errors",
    )
    running.add_argument("scenario", metavar="SCENARIO", help="a scenario's id from `list`, or a path")
    running.add_argument(
        "--replies",
        required=True,
        metavar="A,B,C",
        help="reply ids, `silence`, `reach` (for physical intervention), `rewind:TURN` (a new take)",
    )
    draws(running)
    running.set_defaults(seed=0)
    running.add_argument("--json", action="store_true", help="for programs")
    running.add_argument("--rate", action="store_true", help="with the suggested ratings of each take")
    running.add_argument("--rubric", type=Path, metavar="FILE", help="rate by this rubric instead of ours")


def ending_in(*suffixes: str) -> Callable[[str], Path]:
    """An argument that names a file to write, whose ending says what: one of these, in small letters."""
    *most, last = suffixes
    either = f"{', '.join(most)} or {last}" if most else last

    def path_of(text: str) -> Path:
        path = Path(text)
        if path.suffix.lower() not in suffixes:
            raise ArgumentTypeError(f"`{shown(text)}` should end in {either}")
        return path

    return path_of


def draws(to: ArgumentParser) -> None:
    """The options that name what is otherwise drawn."""
    to.add_argument("--opening", metavar="NAME", help="begin with this opening instead of a drawn one")
    to.add_argument("--cast", metavar="NAME", help="meet this person instead of a drawn one")
    to.add_argument("--seed", type=_seed, metavar="N", help="the number that draws come from (run: 0)")


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= LARGEST_SEED):
        raise ArgumentTypeError(f"a seed is a whole number from 0 to {LARGEST_SEED}")
    return int(text)


def list_scenarios(arguments: Namespace, folders: Sequence[Path]) -> int:
    """`list`: what there is, then what could not be read, with the reason."""
    from scenarios.shelf import shelf

    found = shelf(folders)
    if arguments.json:
        _print_json(
            {
                "scenarios": [_entry_json(entry) for entry in found.entries],
                "unreadable": [{"path": str(path), "reason": reason} for path, reason in found.unreadable],
            }
        )
        return DONE
    for entry in found.entries:
        print("\n".join(entry_lines(entry)) + "\n")
    if not found.entries:
        print("No scenario was found.")
    for path, reason in found.unreadable:
        print(f"Not readable: {shown(path)}: {shown(reason)}")
    return DONE


def entry_lines(entry: Entry) -> list[str]:
    """A scenario on the shelf in a few lines, each of which makes sense alone."""
    minutes = "1 minute" if entry.minutes == 1 else f"{entry.minutes} minutes"
    notes = f"May touch on: {', '.join(entry.content_notes)}." if entry.content_notes else "No content notes."
    lines = [
        f"{entry.id}: {entry.title}",
        entry.summary,
        f"You are a {entry.role}. About {minutes}.",
        notes,
        f"{(REVIEWED if entry.reviewed else NOT_REVIEWED).capitalize()}.",
    ]
    return [shown(line) for line in lines]


def _entry_json(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "role": entry.role,
        "minutes": entry.minutes,
        "content_notes": list(entry.content_notes),
        "reviewed": entry.reviewed,
        "path": str(entry.path),
    }


def check(arguments: Namespace) -> int:
    """`check`: every problem of every file; 1 where there is an error."""
    from dataclasses import replace

    if arguments.watch:
        from scenarios.author_commands import watch

        if arguments.format != "text":
            raise Stop("--watch speaks to people; leave --format out.", WRONG_USE)
        return watch(arguments.paths, arguments.strict)
    from scenarios import problems
    from scenarios.check import check_paths

    with progress() as tell:
        report = check_paths([Path(path) for path in arguments.paths], tell=tell)
    if arguments.strict:
        strict = tuple(replace(problem, severity="error") for problem in report.problems)
        report = replace(report, problems=strict)
    printers = {"text": problems.as_text, "json": problems.as_json, "sarif": problems.as_sarif}
    printed = printers[arguments.format](report)
    if arguments.format == "text":
        printed = "".join(f"{shown(line)}\n" for line in printed.split("\n") if line)
    sys.stdout.write(printed)
    return NOT_RIGHT if report.errors else DONE


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int], None] | None]:
    """A line on a terminal's standard error that says how many states were tried, gone at the end."""
    if not sys.stderr.isatty():
        yield None
        return
    wrote = False

    def tell(states: int) -> None:
        nonlocal wrote
        if states >= _WORTH_TELLING:
            print(f"\rTrying every play: {states:,} states so far …", end="", file=sys.stderr, flush=True)
            wrote = True

    try:
        yield tell
    finally:
        if wrote:
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr, flush=True)


def schema(_arguments: Namespace) -> int:
    """`schema`: what an editor reads to help while writing."""
    from scenarios.schema import schema_text

    print(schema_text().rstrip("\n"))
    return DONE


def run(arguments: Namespace, folders: Sequence[Path], rating: By) -> int:
    """`run`: a play from a list of entries, as a script to read or as JSON."""
    from scenarios.script import play_lines
    from scenarios.transcript import play_json
    from scenarios.unfold import NotOffered, begin, enter

    if arguments.rubric and not arguments.rate:
        raise Stop("--rubric says how to rate; add --rate.", WRONG_USE)
    by = rating(arguments.rubric) if arguments.rate else None
    loaded = opened(arguments.scenario, folders)
    opening = opening_named(loaded, arguments.opening)
    play = begin(loaded.scene, arguments.seed, opening, cast_named(loaded, arguments.cast))
    entries = [entry for piece in arguments.replies.split(",") if (entry := piece.strip())]
    refused: NotOffered | None = None
    for entry in entries:
        try:
            enter(play, entry)
        except NotOffered as wrong:
            refused = wrong
            break
    whole = play_json(loaded, play)
    if by is not None:
        for told, take in zip(whole["takes"], play.takes, strict=True):
            told["ratings"] = by.rate(loaded, play, take)
    if arguments.json:
        _print_json(whole if refused is None else _refusal_json(refused, whole))
    else:
        print("\n".join(map(shown, [play.fill(loaded.scenario.title), *play_lines(whole)])))
        if by is not None:
            print(
                "\n".join(["", *(line for told in whole["takes"] for line in rating_lines(told)), by.claim])
            )
        if refused is not None:
            print(f"words-first: {shown(_not_offered(refused))}", file=sys.stderr)
    return DONE if refused is None else NOT_RIGHT


def rating_lines(take: dict[str, Any]) -> list[str]:
    """The suggested ratings of a take, a line a dimension."""
    lines = [f"Take {take['take']}, suggested ratings:"]
    for name, rating in take["ratings"].items():
        count = rating["opportunities"]
        seen = "1 opportunity" if count == 1 else f"{count} opportunities"
        if rating["value"] is None:
            why = "not enough seen" if count < _FEWEST else "not for this role"
            lines.append(f"  {name}: {why} ({seen})")
            continue
        held = f", held by {rating['capped_by']}" if rating["capped_by"] else ""
        lines.append(f"  {name}: {rating['value']:.1f} of 5 ({seen}{held})")
    return lines


def _refusal_json(refused: NotOffered, whole: dict[str, Any]) -> dict[str, Any]:
    return {
        "error": "not-offered",
        "turn": refused.turn,
        "reply": refused.reply,
        "offered": list(refused.offered),
        "takes": whole["takes"],
    }


def _not_offered(refused: NotOffered) -> str:
    offered = ", ".join(refused.offered)
    instead = f"Offered there: {offered}." if offered else "The take has ended, so nothing is offered there."
    return f"at turn {refused.turn} `{refused.reply}` is not offered. {instead}"


def opened(name: str, folders: Sequence[Path]) -> Loaded:
    """The scenario of an id or a path. Raises Stop: 2 where nothing is called so, 1 where it has errors."""
    path = found(name, folders)
    from scenarios.load import ScenarioError, load

    try:
        return load(path)
    except ScenarioError as wrong:
        print_problems(wrong.problems, "this scenario cannot be played until these are mended.")
        raise Stop("", NOT_RIGHT) from wrong


def found(name: str, folders: Sequence[Path]) -> Path:
    """The file that an id from the library or a ward's own folders names, or a path. Raises Stop."""
    from scenarios.names import is_kebab
    from scenarios.nearest import nearest

    shelves = [Path(__file__).with_name("library"), *folders]
    if is_kebab(name):
        for on_shelf in (folder / f"{name}{suffix}" for folder in shelves for suffix in SUFFIXES):
            if on_shelf.is_file():
                return on_shelf
    path = Path(name)
    if "\0" not in name and path.exists():
        return path
    known = {file.stem for folder in shelves for suffix in SUFFIXES for file in folder.glob(f"*{suffix}")}
    like = nearest(path.stem.replace(" ", "-"), sorted(known - {"techniques"}))
    hint = f" Did you mean `{like}`?" if like else " `words-first list` shows what there is."
    raise Stop(f"there is no scenario called `{shown(name)}`, and no such file.{hint}", WRONG_USE)


def opening_named(loaded: Loaded, name: str | None) -> str | None:
    """The opening asked for, None where it is to be drawn. Raises Stop where there is no such opening."""
    if name is not None and name not in loaded.scenario.openings:
        raise Stop(_no_such("opening", name, list(loaded.scenario.openings)), WRONG_USE)
    return name


def cast_named(loaded: Loaded, name: str | None) -> int | None:
    """The place in the cast of the person asked for, None where it is drawn. Raises Stop for a stranger."""
    if name is None:
        return None
    names = [member.name for member in loaded.scenario.person.cast]
    for place, known in enumerate(names):
        if known.casefold() == name.strip().casefold():
            return place
    raise Stop(_no_such("person", name, names), WRONG_USE)


def _no_such(kind: str, name: str, known: Sequence[str]) -> str:
    choices = ", ".join(f"`{choice}`" for choice in known)
    return f"this scenario has no {kind} called `{shown(name)}`; it has {shown(choices)}."


def print_problems(found: Sequence[Problem], so: str) -> None:
    """Problems of a file on standard error, a line each, and what follows from them."""
    from scenarios.problems import Report, as_text

    report = Report((), tuple(found))
    print("\n".join(map(shown, as_text(report).splitlines()[: len(found)])), file=sys.stderr)
    print(f"words-first: {so}", file=sys.stderr)


def _print_json(whole: object) -> None:
    print(json.dumps(whole, ensure_ascii=False, indent=2))


def shown(text: object) -> str:
    """A text that is not ours on one line of a terminal: nothing in it can move a cursor or turn it round."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(str(text).split()))
