"""The authors' subcommands that write or wait: new, tidy, and the watching that `check --watch` asks for.

Thin: each imports what it needs when it is called.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scenarios.commands import DONE, NOT_RIGHT, WRONG_USE, Add, Stop, shown

if TYPE_CHECKING:
    from scenarios.starter import Made
    from scenarios.tidy import Tidied

OUR_BUG: Final = 70
_MOST_HINTS: Final = 30


def join(add: Add) -> None:
    """Add `new` and `tidy` to the command line."""
    making = add(
        "new",
        "Begin a scenario of your own: a whole scene with a note above each part.",
        new,
        "  words-first new my-scene\n"
        "  words-first new my-scene --folder scenes\n"
        "  words-first new --incident-template > account.txt\n"
        "  words-first new my-scene --from-incident account.txt",
        "the file is there already, or the account cannot be used as it is",
    )
    _new_arguments(making)
    tidying = add(
        "tidy",
        "Put a scenario file in order: missing ids written, keys sorted, comments kept.",
        tidy,
        "  words-first tidy my-scene.yaml\n"
        "  words-first tidy my-scene.yaml --diff\n"
        "  words-first tidy --check *.yaml",
        "a file has errors and was left alone (with --check: or is not tidy)",
    )
    tidying.add_argument("files", nargs="+", metavar="FILE", help="a scenario file")
    how = tidying.add_mutually_exclusive_group()
    how.add_argument(
        "--check", action="store_true", help="change nothing; show what would change, and exit with 1"
    )
    how.add_argument("--diff", action="store_true", help="change nothing; show what would change")


def _new_arguments(to: ArgumentParser) -> None:
    to.add_argument(
        "name", nargs="?", metavar="NAME", help="small letters and hyphens: my-scene makes my-scene.yaml"
    )
    to.add_argument("--folder", type=Path, default=Path(), metavar="DIR", help="where to put it (else: here)")
    to.add_argument(
        "--from-incident",
        type=Path,
        metavar="FILE",
        help="lay out the moments from an anonymised account in plain text",
    )
    to.add_argument(
        "--anonymised",
        action="store_true",
        help="say that you have looked at what seemed to be names, dates or numbers, and they are nobody's",
    )
    to.add_argument(
        "--incident-template", action="store_true", help="print the headings of an account, and stop"
    )


def new(arguments: Namespace, today: Callable[[], date] = date.today) -> int:
    """`new`: a starter, or a scene laid out from an incident account. Never writes over a file."""
    from scenarios import starter
    from scenarios.incident import TEMPLATE, NotAnAccount

    if arguments.incident_template:
        sys.stdout.write(TEMPLATE)
        return DONE
    if arguments.name is None:
        raise Stop("name the new scenario: words-first new my-scene", WRONG_USE)
    incident: Path | None = arguments.from_incident
    try:
        name = starter.name_from(arguments.name)
        if incident is None:
            text = starter.starter_text(name, today())
        else:
            text = starter.incident_text(name, today(), _account(incident, arguments.anonymised))
        made = starter.make(name, text, arguments.folder)
    except (starter.BadName, starter.NoFolder) as wrong:
        raise Stop(str(wrong), WRONG_USE) from wrong
    except starter.AlreadyThere as there:
        raise Stop(
            f"{shown(there)} is there already and was left as it is. Choose another name.", NOT_RIGHT
        ) from there
    except NotAnAccount as wrong:
        advice = "`words-first new --incident-template` prints them to fill in."
        raise Stop(f"{shown(incident)}: {shown(wrong)} {advice}", NOT_RIGHT) from wrong
    _tell_made(made, laid_out=incident is not None)
    return DONE


def _account(path: Path, anonymised: bool) -> str:
    """The text of an account in which nothing tells who somebody is, or its author says so. Raises Stop."""
    from scenarios.incident import hints, read_account

    if not path.is_file():
        advice = "`words-first new --incident-template` prints the headings that an account needs."
        raise Stop(f"there is no file {shown(path)}. {advice}", WRONG_USE)
    text = read_account(path)
    found = hints(text)
    for hint in found[:_MOST_HINTS]:
        print(f"{shown(path)}:{hint.line}: looks like {hint.kind}: {shown(hint.words)}", file=sys.stderr)
    if len(found) > _MOST_HINTS:
        print(f"{shown(path)}: and {len(found) - _MOST_HINTS} more", file=sys.stderr)
    if found and not anonymised:
        raise Stop(
            "people's records must not become scenarios, so nothing was made. Take these out, or, where they "
            "are nobody's, say so with `--anonymised`.",
            NOT_RIGHT,
        )
    return text


def _tell_made(made: Made, *, laid_out: bool) -> None:
    path = shown(made.path)
    quoted = f'"{path}"' if " " in path else path
    if laid_out:
        print(f'Made {path}: the incident laid out in moments. What says "Still to write" is for you.')
    else:
        print(f"Made {path}: a whole scene, to play and then to make your own.")
    if made.kept:
        print(f"{shown(made.schema)} was there already and is another one; it was left as it is.")
        print("It only matters to editors. `words-first schema` prints the one that fits.")
    else:
        print(f"Beside it {made.schema.name}, with which an editor can help as you type.")
    print(f"\nNext:\n  words-first check {quoted}\n  words-first play {quoted}")


def tidy(arguments: Namespace) -> int:
    """`tidy`: each file in order, or what that would change; files with errors are left alone."""
    worst = DONE
    for named in arguments.files:
        worst = max(worst, _tidy_one(Path(named), shown(named), check=arguments.check, diff=arguments.diff))
    return worst


def _tidy_one(path: Path, name: str, *, check: bool, diff: bool) -> int:
    from scenarios import tidy as tidying

    try:
        made = tidying.tidy(path, name)
        if made.problems:
            _tell_problems(made, name)
            return NOT_RIGHT
        if check or diff:
            sys.stdout.write(made.diff(name))
        elif made.changed:
            tidying.write(made)
    except tidying.NotTheSame:
        sentence = (
            "tidying would have changed what it says, so it was left as it is. That is our slip, not yours."
        )
        print(f"words-first: {name}: {sentence}", file=sys.stderr)
        return OUR_BUG
    except tidying.ChangedMeanwhile:
        print(f"words-first: {name} was saved meanwhile and was left as it is. Try again.", file=sys.stderr)
        return NOT_RIGHT
    if not check and not diff:
        print(f"{name}: {_done(made)}")
    return NOT_RIGHT if check and made.changed else DONE


def _tell_problems(made: Tidied, name: str) -> None:
    for problem in made.problems:
        print(shown(problem))
    print(f"words-first: {name} has errors and was left as it is. Mend them, then tidy.", file=sys.stderr)


def _done(made: Tidied) -> str:
    if not made.changed:
        return "tidy already."
    if not made.ids:
        return "tidied."
    return f"tidied; {len(made.ids)} id{'' if len(made.ids) == 1 else 's'} written: {', '.join(made.ids)}."


def watch(paths: Sequence[str | Path], strict: bool) -> int:
    """What `check --watch` does: tell everything, then after each save what has changed, until Ctrl+C.

    Gives the exit code of the last check: 0 without errors (strict: or warnings), else 1.
    """
    from scenarios.watch import watch as until_stopped

    def say(line: str) -> None:
        print(shown(line), flush=True)

    return until_stopped(paths, strict, say)
