"""What an editor can mend by itself: the nearest name, a missing moment, quotes round a text, a missing id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scenarios.lsp.look import Look
from scenarios.lsp.positions import Edit, Span, on_line
from scenarios.lsp.rename import id_edit
from scenarios.names import is_kebab, is_reserved_id, made_id
from scenarios.problems import Problem
from scenarios.speech import PLACEHOLDERS
from scenarios.view import Part

_MEANT = re.compile(r"[Dd]id you mean `([^`]+)`\?")
_NAMED = re.compile(r"`(<?[^`]+>?)`")
_MENDED = re.compile(r"Write it as: (.+)")
_QUOTES_HINT = re.compile(r"[Pp]ut (?:the whole text|the text|it) in (?:double )?quotes")
_VALUE = re.compile(r"(?P<lead>[ ]*(?:- +)*(?:[A-Za-z0-9_][\w-]*[ ]*:[ ]+)?)(?P<value>\S.*?)[ ]*")
_KEY_AND_COLON = re.compile(r"[A-Za-z0-9_][\w-]*[ ]*:(?: |$)")
_UNSURE: Final = ("\ufffd", "…`")
_PLAIN: Final = frozenset(["yaml-syntax", "tab", "text-cut-short", "alias", "tag"])
_LONG: Final = 3_000

_STUB: Final = """\
{one}{name}:
{two}# Write what the person says here, and what can be answered.
{two}person: (<They> look<s> at you.)
{two}replies:
{three}- id: stay-here
{three}  do: You stay where you are, and wait.
{three}  techniques: [stay-present]
{three}  felt: Somebody stayed.
{three}  to: {to}
"""


@dataclass(frozen=True, slots=True)
class Fix:
    """One mend: what it does in a few words, the edits, and the problem it mends (None: offered without one)."""

    title: str
    edits: tuple[Edit, ...]
    problem: Problem | None = None
    sure: bool = False
    """Whether there is hardly another way to mean it."""


def fixes(look: Look, problems: Sequence[Problem], span: Span) -> list[Fix]:
    """Every mend for problems whose place lies within a stretch of lines, and an id for a reply that begins there."""
    found: list[Fix] = []
    for problem in problems:
        if span.line <= problem.line <= span.end_line:
            found += _mends(look, problem)
    if look.as_written and not any("`id`" in fix.title for fix in found):
        for reply in look.view.replies:
            if span.line <= reply.spot.line <= span.end_line and "id" not in reply.data:
                found += _with_id(look, reply, None)
    return list(dict.fromkeys(found))


def _mends(look: Look, problem: Problem) -> Iterator[Fix]:
    if problem.code.startswith("unknown-"):
        yield from _nearest(look, problem)
    if problem.code == "unknown-target":
        yield from _moment(look, problem)
    if problem.code in _PLAIN:
        yield from _mended_line(look, problem)
    if problem.code in ("bad-name", "duplicate-name") and "`id`" in problem.hint and look.as_written:
        for reply in look.view.replies:
            if (reply.spot.line, reply.spot.column) == (
                problem.line,
                problem.column,
            ) and "id" not in reply.data:
                yield from _with_id(look, reply, problem)


def _line(look: Look, number: int) -> str:
    """A line as the author has it, whatever was mended to read on."""
    written = look.text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return written[number - 1] if 0 < number <= len(written) else ""


def _nearest(look: Look, problem: Problem) -> Iterator[Fix]:
    """The nearest name in the place of one that is not known."""
    meant, wrong = _MEANT.search(problem.sentence), _wrong(problem)
    if meant is None or wrong is None:
        return
    new = meant[1]
    if wrong.startswith("<"):
        capital = new.capitalize()
        new = f"<{capital if wrong[1:2].isupper() and capital in PLACEHOLDERS else new}>"
    line = _line(look, problem.line)
    column = problem.column + (line[problem.column - 1 : problem.column] in ("'", '"'))
    if line.startswith(wrong, column - 1):
        edit = Edit(on_line(problem.line, column, len(wrong)), new)
        yield Fix(f"Replace by `{new}`", (edit,), problem, sure=True)


def _wrong(problem: Problem) -> str | None:
    """The name that is not known: the first in backticks, after the key that a condition stands in."""
    names: list[str] = _NAMED.findall(problem.message)
    if problem.code == "unknown-fact" and problem.message.startswith("In `"):
        names = names[1:]
    return names[0] if names else None


def _moment(look: Look, problem: Problem) -> Iterator[Fix]:
    """A moment of the name that an arrow leads to, at the foot of `moments`, which reads without errors."""
    name = _wrong(problem)
    moments = look.view.root.part("moments")
    if name is None or moments is None or not is_kebab(name) or "moment" not in problem.message.split("`")[0]:
        return
    if not moments.data or moments.spot.flow or not moments.spot.inside or not look.as_written:
        return
    one = " " * (moments.spot.column - 1)
    endings = [each for each, _ in look.view.endings]
    stub = _STUB.format(one=one, two=one * 2, three=one * 3, name=name, to=endings[0] if endings else name)
    line = _foot(look, moments)
    lines = look.document.lines
    if line > len(lines):  # the last line of the file has no end of its own
        last = lines[-1]
        edit = Edit(on_line(len(lines), len(last) + 1, 0), "\n" + stub.rstrip("\n"))
    else:
        edit = Edit(on_line(line, 1, 0), stub)
    yield Fix(f"Make the moment `{name}`", (edit,), problem)


def _foot(look: Look, part: Part) -> int:
    """The line behind the last words of a section."""
    lines = look.document.lines
    inside = look.view.root.spot.inside or {}
    following = [spot.key_line for spot in inside.values() if spot.key_line > part.spot.line]
    row = min(following, default=len(lines) + 1) - 1
    while row > 1 and (not lines[row - 1].strip() or lines[row - 1].startswith("#")):
        row -= 1
    return row + 1


def _mended_line(look: Look, problem: Problem) -> Iterator[Fix]:
    """The line as the message says to write it, or its text in quotes."""
    line = _line(look, problem.line)
    if len(line) > _LONG:
        return
    whole = Span(problem.line, 1, problem.line, len(line) + 1)
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    mended = _MENDED.search(problem.hint)
    if mended is not None:
        if not any(sign in mended[1] for sign in _UNSURE) and mended[1] != line.strip():
            quotes = _only_quoted(line.strip(), mended[1])
            title = "Put the text in quotes" if quotes else "Write the line as it should be"
            yield Fix(title, (Edit(whole, indent + mended[1]),), problem, sure=True)
    elif _QUOTES_HINT.search(problem.hint):
        written = _in_quotes(look, problem, line)
        if written is not None:
            yield Fix("Put the text in quotes", (Edit(whole, written),), problem, sure=True)


def _only_quoted(before: str, after: str) -> bool:
    return after.count('"') + after.count("'") > before.count('"') + before.count("'")


def _in_quotes(look: Look, problem: Problem, line: str) -> str | None:
    """The line with its text in quotes; None where the text stands in brackets or goes on below."""
    match = _VALUE.fullmatch(line)
    if (
        match is None
        or not match["lead"].strip()
        or match["value"][0] in "[{\"'"
        or match["value"] in ("|", ">")
    ):
        return None
    below = _line(look, problem.line + 1)
    indent = len(line) - len(line.lstrip(" "))
    deeper = below.strip() and len(below) - len(below.lstrip(" ")) > indent
    if deeper and not _KEY_AND_COLON.match(below.lstrip(" -")):
        return None
    return match["lead"] + quoted(match["value"])


def quoted(text: str) -> str:
    """A text in the quotes that need fewer changes to it."""
    if "'" not in text and ('"' in text or "\\" in text):
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _with_id(look: Look, reply: Part, problem: Problem | None) -> Iterator[Fix]:
    """An id for a reply: the one made of its words where that is allowed and free, else one that is."""
    new = _new_id(look, reply)
    if new is not None:
        yield Fix(f"Write the `id` {new}", (id_edit(look, reply, new),), problem)


def _new_id(look: Look, reply: Part) -> str | None:
    taken = {other.id for other in look.view.replies if other.path != reply.path}
    text = reply.get("say", str) or reply.get("do", str) or ""
    names = [name for name, _ in reply.names("techniques")]
    wished = [made_id(text), *(names[:1]), "reply"]
    for base in wished:
        if base is None or not is_kebab(base) or is_reserved_id(base):
            continue
        for tried in [base, *(f"{base}-{number}" for number in range(2, 100))]:
            if tried not in taken and is_kebab(tried):
                return tried
    return None
