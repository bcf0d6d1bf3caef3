"""Where a cursor stands, from the lines alone, whatever else is wrong with the file."""

from __future__ import annotations

import pytest

from scenarios.lsp.context import context
from scenarios.lsp.slots import NOWHERE, slot
from tests.scenarios.lsp.cursor import placed

REPLY = ("moments", "at-the-hatch", "replies", 0)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("to: tea", "to: ‸", (*REPLY, "to")),
        ("to: tea", "to:‸", (*REPLY, "to")),
        ("[own-error]", "[own-error, ‸]", (*REPLY, "techniques", 0)),
        ("[own-error]", "[\n          own-error,\n          ‸", (*REPLY, "techniques", 0)),
        ("techniques: [own-error]", "techniques:\n          - ‸", (*REPLY, "techniques", 0)),
        ("set: {promised: true}", "set: {‸", (*REPLY, "set")),
        ("set: {promised: true}", "set: {promised: ‸", (*REPLY, "set", "promised")),
        ("        why: An owned", "        ‸\n        why: An owned", REPLY),
        ("- when: trust >= 6", "- when: ‸", ("moments", "at-the-hatch", "person", 0, "when")),
        ("{when: tension >= 10, to: stopped}", "{when: ‸", ("whenever", 0, "when")),
        ("{when: tension >= 10, to: stopped}", '{when: "a, b", to: ‸', ("whenever", 0, "to")),
        ("silence: {after: 12", "silence: {‸", ("moments", "at-the-hatch", "silence")),
        ("also: [always-there]", "also: [‸", ("moments", "at-the-hatch", "also", 0)),
        ("ends: tea", "ends: ‸", ("walks", 0, "ends")),
        ("moments:", "‸\nmoments:", ()),
        ("moments:", "mom‸ents:", ()),
        ("    - do: You take", "    - ‸do: You take", ("shared_replies", "always-there", 0)),
        ("replies: [own-it]", "replies: [own-it, ‸", ("walks", 0, "replies", 0)),
    ],
)
def test_where_it_stands(old: str, new: str, path: tuple[str | int, ...]) -> None:
    positions, line, column = placed((old, new))
    found = context(positions.lines, line, column)
    assert found is not None
    assert found.path == path


def test_keys_beside_it_and_entries_before_it() -> None:
    positions, line, column = placed(("        why: An owned", "        ‸\n        why: An owned"))
    found = context(positions.lines, line, column)
    assert found is not None
    assert {"id", "say", "why", "to"} <= set(found.siblings)
    assert "after" not in found.siblings
    positions, line, column = placed(("replies: [own-it]", "replies: [own-it, calm, ‸"))
    found = context(positions.lines, line, column)
    assert found is not None
    assert found.entries == ("own-it", "calm")
    assert found.siblings["opening"] == "usual"


def test_nothing_stands_in_a_comment_or_outside() -> None:
    positions, line, column = placed(("moments:", "# a note ‸\nmoments:"))
    assert context(positions.lines, line, column) is None
    assert context(positions.lines, 10_000, 1) is None
    assert context(positions.lines, 0, 1) is None


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ((*REPLY, "to"), "place"),
        (("openings", "usual", "moment"), "moment"),
        (("walks", 0, "replies", 0), "reply"),
        ((*REPLY, "set"), "fact"),
        ((*REPLY, "person", 0, "when"), "condition"),
        (("endings", "tea", "outcome"), "choice"),
        (("role",), "role"),
    ],
)
def test_what_the_format_has_there(path: tuple[str | int, ...], names: str) -> None:
    assert slot(path).names == names


def test_the_format_has_nothing_at_other_places() -> None:
    assert slot(("moment",)) == NOWHERE
    assert slot((*REPLY, "say", "more")) == NOWHERE
    assert slot(("moments", "x", "replies", "first")) == NOWHERE
