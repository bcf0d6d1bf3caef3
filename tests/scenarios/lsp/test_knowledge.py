"""Completion, hover, definition, references and the outline, without a server."""

from __future__ import annotations

from typing import get_args

import pytest

from scenarios.lsp import meanings
from scenarios.lsp.complete import Item, complete
from scenarios.lsp.hover import hover
from scenarios.lsp.look import is_empty, is_scenario
from scenarios.lsp.mentions import Name, mentions
from scenarios.lsp.navigate import definitions, references
from scenarios.lsp.outline import outline
from scenarios.lsp.slots import slot
from scenarios.model import Outcome
from scenarios.speech import PLACEHOLDERS
from scenarios.techniques import OURS
from tests.scenarios.lsp.cursor import CURSOR, PATH, placed, seen
from tests.scenarios.makers import VALID, changed

BROKEN = ("summary: <name>", 'summary: "<name>')


def items(old: str, new: str, *more: tuple[str, str]) -> list[Item]:
    """What is offered at the cursor, known from the whole file."""
    positions, line, column = placed((old, new), *more)
    return complete(positions, seen(), line, column)


def labels(old: str, new: str, *more: tuple[str, str]) -> list[str]:
    return [item.label for item in items(old, new, *more)]


@pytest.mark.parametrize("more", [(), (BROKEN,)], ids=["whole", "broken"])
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("to: tea", "to: te‸a", ["at-the-hatch", "tea", "stopped"]),
        ("moment: at-the-hatch", "moment: ‸", ["at-the-hatch"]),
        ("ends: tea", "ends: ‸", ["tea", "stopped"]),
        ("opening: usual", "opening: ‸", ["usual"]),
        ("also: [always-there]", "also: [‸", ["always-there"]),
        ("reveals: [waited]", "reveals: [‸]", ["waited"]),
        ("add: {asks: 1}", "add: {‸}", ["waited", "promised", "asks"]),
        (
            "outcome: settled",
            "outcome: ‸",
            ["settled", "complied", "paused", "withdrew", "rupture", "stopped"],
        ),
        ("pronouns: they", "pronouns: ‸", ["he", "she", "they"]),
        ("hidden: true", "hidden: ‸", ["true", "false"]),
        ("        why: An", "        ‸\n        why: An", ["tension", "trust", "safety", "when", "instead"]),
        ("- when: trust >= 6", "- ‸\n        when: trust >= 6", []),
    ],
)
def test_names_and_keys(old: str, new: str, expected: list[str], more: tuple[tuple[str, str], ...]) -> None:
    assert labels(old, new, *more) == expected


def test_conditions_offer_facts_gauges_and_words() -> None:
    found = labels("when: trust >= 6", "when: trust >= 6 and ‸")
    assert found == [
        "waited",
        "promised",
        "asks",
        "tension",
        "trust",
        "safety",
        "and",
        "or",
        "not",
        "true",
        "false",
    ]


def test_techniques_come_with_words_and_definition_helping_first() -> None:
    found = items("[own-error]", "[own-error, ‸]")
    assert "own-error" not in [item.label for item in found]
    first = next(item for item in found if item.label == "validate")
    assert first.detail and "Usually:" in first.about and first.rank == 0
    assert next(item for item in found if item.label == "order").rank == 1


def test_a_walk_offers_first_what_can_be_answered_there() -> None:
    found = items("replies: [own-it]", "replies: [calm, ‸]")
    assert {item.label for item in found if item.rank == 0} == {
        "own-it",
        "calm",
        "you-take-a-step",
        "silence",
    }
    assert all(item.rank == 1 for item in items("replies: [own-it]", "replies: [own-it, ‸]"))


def test_placeholders_after_a_sign_in_a_text_alone() -> None:
    found = items("says: They said four.", "says: They said <th‸ four.")
    assert {item.label for item in found} == {f"<{word}>" for word in PLACEHOLDERS}
    edit = found[0].edit
    assert edit.span.end_column - edit.span.column == len("<th")
    assert labels("says: They said four.", "says: They said <<‸") == []
    assert labels("says: They said four.", "says: They said‸") == []
    assert labels("to: tea", "to: <‸") != [f"<{word}>" for word in sorted(PLACEHOLDERS)]


def test_what_is_written_takes_the_place_of_the_name_under_the_cursor() -> None:
    positions, line, column = placed(("to: tea", "to: te‸a"))
    edit = complete(positions, seen(), line, column)[0].edit
    assert (edit.span.column, edit.span.end_column) == (column - 2, column + 1)
    assert items("        to: tea", "        to:‸")[0].edit.text == " at-the-hatch"
    texts = [item.edit.text for item in items("moments:", "‸\nmoments:")]
    assert "legal_note:" in texts and "language: " in texts


@pytest.mark.parametrize("more", [(), (BROKEN,)], ids=["whole", "broken"])
@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "[own-error]",
            "[own‸-error]",
            ["Owns what went wrong", "trust +2", "Not to be taken for `repair`", "Source:"],
        ),
        ("to: tea", "to: te‸a", ["Ending `tea`", "A shared plan", "Leads here: `at-the-hatch → own-it`"]),
        ("to: at-the-hatch\n", "to: at-the‸-hatch\n", ["They said four", "`opening usual`"]),
        ("  waited: {", "  wai‸ted: {", ["Fact `waited`", "waited an hour"]),
        ("then: waited", "then: wai‸ted", ["Fact `waited`"]),
        ("<They> sit", "<Th‸ey> sit", ["he, she or they", "Sam: They"]),
        ("add: {", "ad‸d: {", ["Whole numbers added"]),
        ("when: tension", "when: tens‸ion", ["How tense"]),
        ("[own-it]", "[own‸-it]", ["Reply `own-it`", "Leads to `tea`"]),
        ("outcome: settled", "outcome: set‸tled", ["A shared plan"]),
        ("also: [always-there]", "also: [always‸-there]", ["You take a step back"]),
    ],
)
def test_hover(old: str, new: str, words: list[str], more: tuple[tuple[str, str], ...]) -> None:
    positions, line, column = placed((old, new), *more)
    found = hover(positions, seen(), line, column)
    assert found is not None
    assert [word for word in words if word not in found.text] == []


def test_speech_has_nothing_to_say_about_itself() -> None:
    positions, line, column = placed(("says: They said four.", "says: They sa‸id four, tea: yes."))
    assert hover(positions, seen(), line, column) is None


def test_words_of_the_file_cannot_become_markup() -> None:
    look = seen(changed(("You promised tea", '"[x](http://evil) `<img>` *tea*"')))
    positions, line, column = placed(("{promised: true}", "{prom‸ised: true}"))
    found = hover(positions, look, line, column)
    assert found is not None
    assert r"\[x\](http://evil) \`\<img\>\` \*tea\*" in found.text


@pytest.mark.parametrize(
    ("old", "new", "declared", "count"),
    [
        ("to: tea", "to: te‸a", "\n  tea:", 3),
        ("moment: at-the-hatch", "moment: at‸-the-hatch", "\n  at-the-hatch:", 5),
        ("{promised: true}", "{prom‸ised: true}", "\n  promised:", 2),
        ("then: waited", "then: wai‸ted", "\n  waited:", 3),
        ("also: [always-there]", "also: [always‸-there]", "\n  always-there:", 2),
        ("opening: usual", "opening: usu‸al", "\n  usual:", 2),
        ("replies: [own-it]", "replies: [own‸-it]", "id: own-it", 2),
    ],
)
def test_definition_and_references(old: str, new: str, declared: str, count: int) -> None:
    positions, line, column = placed((old, new))
    (target,) = definitions(positions, seen(), PATH, line, column)
    expected = VALID.index(declared) + len(declared.rstrip(":")) - len(declared.strip("\n :").split(" ")[-1])
    assert target.span.line == VALID.count("\n", 0, expected) + 1
    found = references(positions, seen(), line, column, declarations=True)
    assert len(found) == count
    assert len(references(positions, seen(), line, column, declarations=False)) == count - 1
    name = positions.lines[target.span.line - 1][target.span.column - 1 : target.span.end_column - 1]
    assert {positions.lines[span.line - 1][span.column - 1 : span.end_column - 1] for span in found} == {name}


def test_a_technique_is_declared_in_the_vocabulary() -> None:
    positions, line, column = placed(("[own-error]", "[own‸-error]"))
    (target,) = definitions(positions, seen(), PATH, line, column)
    assert target.path == OURS
    assert OURS.read_text("utf-8").split("\n")[target.span.line - 1].strip() == "own-error:"


def test_a_reply_with_a_made_id_is_declared_where_it_begins() -> None:
    text = changed(("replies: [own-it]", f"replies: [you-take-a-st{CURSOR}ep, own-it]"))
    positions, line, column = placed(text=text)
    (target,) = definitions(positions, seen(text.replace(CURSOR, "")), PATH, line, column)
    assert positions.lines[target.span.line - 1].strip() == "- do: You take a step back."


def test_replies_of_one_id_are_told_apart_by_playing_the_walk() -> None:
    second = "  later:\n    person: And now?\n    replies:\n      - id: own-it\n        do: Wait.\n"
    second += "        techniques: [space]\n        felt: Good.\n        to: tea\n"
    text = changed(
        ("        to: tea", "        to: later"),
        ("endings:\n", f"{second}endings:\n"),
        ("replies: [own-it]", "replies: [own-it, own-it]"),
    )
    look = seen(text)
    assert look.reading.loaded is not None
    first = Name("reply", "own-it", ("moments", "at-the-hatch", "replies", 0))
    other = Name("reply", "own-it", ("moments", "later", "replies", 0))
    found = mentions(look)
    assert [len(found.of(name)) for name in (first, other)] == [2, 2]
    assert found.of(first)[1].span < found.of(other)[1].span


def test_the_outline() -> None:
    found = outline(seen())
    assert [symbol.name for symbol in found] == [
        "Facts",
        "Openings",
        "Rules",
        "Shared replies",
        "Moments",
        "Endings",
        "Walks",
    ]
    (moment,) = found[4].children
    assert (moment.name, moment.detail) == ("at-the-hatch", "They said four.")
    assert [reply.name for reply in moment.children] == ["own-it", "calm"]
    lines = VALID.split("\n")
    for symbol in [*found, *(child for each in found for child in each.children), *moment.children]:
        assert symbol.span.holds(symbol.name_span.line, symbol.name_span.column)
        assert symbol.span.end_column <= len(lines[symbol.span.end_line - 1]) + 1
        assert lines[symbol.span.end_line - 1].strip()


def test_every_key_placeholder_and_outcome_has_a_meaning() -> None:
    places = [
        (),
        ("person",),
        ("person", "cast", 0),
        ("facts", "x"),
        ("openings", "x"),
        ("whenever", 0),
        ("legal_note",),
    ]
    places += [
        ("moments", "x"),
        ("moments", "x", "person", 0),
        ("moments", "x", "replies", 0),
        ("moments", "x", "silence"),
    ]
    places += [("endings", "x"), ("walks", 0), ("credits",), ("credits", "written_by", 0)]
    assert {slot(place).part for place in places} == set(meanings.KEYS)
    for place in places:
        found = slot(place)
        assert set(found.keys) == set(meanings.KEYS[found.part])
    assert all(meanings.placeholder(word) for word in PLACEHOLDERS)
    assert meanings.placeholder("nobody") == ""
    assert set(meanings.OUTCOMES) == set(get_args(Outcome))


def test_which_files_are_ours() -> None:
    assert is_scenario(VALID)
    assert is_scenario("# yaml-language-server: $schema=../schema/scenario-1.json\n")
    assert not is_scenario("version: 3\nservices:\n  web:\n    format: 1\n")
    assert is_empty("# to come\n\n") and is_empty("")
    assert not is_empty("a: 1")
