"""Renaming and mending: the file afterwards says what it should and reads clean."""

from __future__ import annotations

import pytest

from scenarios.lsp.fixes import Fix, fixes, quoted
from scenarios.lsp.positions import Span
from scenarios.lsp.rename import Refused, rename
from tests.scenarios.lsp.cursor import CURSOR, applied, placed, seen
from tests.scenarios.makers import VALID, changed

EVERYWHERE = Span(1, 1, 10_000, 1)


def renamed(old: str, new: str, name: str, text: str = VALID) -> str:
    """The file after renaming what the cursor stands on."""
    positions, line, column = placed((old, new), text=text)
    return applied(positions.text, rename(seen(positions.text), line, column, name))


@pytest.mark.parametrize(
    ("old", "new", "name", "count"),
    [
        ("to: tea", "to: te‸a", "a-cup-of-tea", 3),
        ("  at-the-hatch:", "  at-the-‸hatch:", "at-the-counter", 5),
        ("  waited:", "  wai‸ted:", "kept_waiting", 3),
        ("  usual:", "  usu‸al:", "plain", 2),
        ("  always-there:", "  always‸-there:", "at-hand", 2),
        ("id: own-it", "id: own‸-it", "own-up", 2),
        ("replies: [own-it]", "replies: [own‸-it]", "own-up", 2),
    ],
)
def test_renamed_everywhere_and_still_right(old: str, new: str, name: str, count: int) -> None:
    after = renamed(old, new, name)
    look = seen(after)
    assert look.problems == ()
    assert after.count(name) == count
    before, now = VALID.split("\n"), after.split("\n")
    assert len(before) == len(now)


def test_words_in_speech_and_comments_stay() -> None:
    text = changed(
        ("moments:", "# tea is an ending\nmoments:"), ("They said four.", "They said tea at four, <name>.")
    )
    after = renamed("to: tea", "to: te‸a", "cup", text=text)
    assert "# tea is an ending" in after
    assert "They said tea at four, <name>." in after


def test_a_fact_in_conditions_is_changed_to_the_letter() -> None:
    text = changed(
        ("when: trust >= 6", 'when: "asks >= 1 and (not promised or asks < 3)"'),
        ("{when: tension >= 10", "{when: asks >= 2 and tension >= asks"),
        ("then: waited", "then: waited and asks <= 3"),
    )
    after = renamed("  asks:", "  ask‸s:", "times_asked", text=text)
    assert 'when: "times_asked >= 1 and (not promised or times_asked < 3)"' in after
    assert "{when: times_asked >= 2 and tension >= times_asked" in after
    assert "says: Times you asked" in after
    assert seen(after).problems == ()


def test_a_reply_with_a_made_id_is_given_one() -> None:
    text = changed(("replies: [own-it]", "replies: [you-take-a-step, own-it]"))
    after = renamed("[you-take-a-step", "[you-take‸-a-step", "step-back", text=text)
    assert "    - id: step-back\n      do: You take a step back." in after
    assert "[step-back, own-it]" in after
    assert seen(after).problems == ()


@pytest.mark.parametrize(
    ("old", "new", "name", "why"),
    [
        ("to: tea", "to: te‸a", "stopped", "already an ending"),
        ("to: tea", "to: te‸a", "at-the-hatch", "already a moment"),
        ("to: tea", "to: te‸a", "A cup", "cannot be a name"),
        ("to: tea", "to: te‸a", "true", "cannot be a name"),
        ("  waited:", "  wai‸ted:", "promised", "already a fact"),
        ("  waited:", "  wai‸ted:", "trust", "something else in conditions"),
        ("  waited:", "  wai‸ted:", "kept-waiting", "cannot be a fact's name"),
        ("id: own-it", "id: own‸-it", "calm", "already has a reply"),
        ("id: own-it", "id: own‸-it", "you-take-a-step", "already has a reply"),
        ("id: own-it", "id: own‸-it", "silence", "command when playing"),
        ("[own-error]", "[own‸-error]", "mine", "same in every scenario"),
        ("title: The", "title: T‸he", "x", "can be renamed"),
        ("to: tea", "to: te‸aa", "cup", "declared nowhere"),
        ("title: The kettle", 'title: "The kettle‸', "cup", "Mend what is underlined"),
    ],
)
def test_refused_with_a_reason(old: str, new: str, name: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        renamed(old, new, name)


def test_the_same_name_changes_nothing() -> None:
    assert renamed("to: tea", "to: te‸a", "tea") == VALID


def mends(text: str, title: str = "") -> list[Fix]:
    """The mends for everything that is told of a text, whose titles hold some words."""
    look = seen(text)
    return [
        fix
        for fix in fixes(look, look.problems, EVERYWHERE)
        if fix.problem is not None and title in fix.title
    ]


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        ("to: tea", "to: teaa", "Replace by `tea`"),
        ("to: tea", "to: teaa", "Make the moment `teaa`"),
        ("moment: at-the-hatch", "moment: elsewhere", "Make the moment `elsewhere`"),
        ("[own-error]", "[own-eror]", "Replace by `own-error`"),
        ("felt: The first", "fellt: The first", "Replace by `felt`"),
        ("<They> sit", "<Thay> sit", "Replace by `<They>`"),
        ("when: trust >= 6", 'when: "trist >= 6"', "Replace by `trust`"),
        ("also: [always-there]", "also: ['always-ther']", "Replace by `always-there`"),
        ("{promised: true}", "{promisd: true}", "Replace by `promised`"),
        ("person: Thank you.", "person: Thank you: again.", "Put the text in quotes"),
        ("person: Thank you.", "person: *Thank you", "Put the text in quotes"),
        ("person: Thank you.", "person: Thank you #1 time", "Put the text in quotes"),
        ("person: Thank you.", 'person: "Thank" you.', "Put the text in quotes"),
        ("person: Thank you.", "person:Thank you.", "Write the line as it should be"),
        ("do: You take a step back.", "do: 4 steps back.", "Write the `id` space"),
        ("id: calm\n        say: Calm down", "say: You were told four and nobody", "Write the `id`"),
    ],
)
def test_a_mend_leaves_nothing_to_tell(old: str, new: str, title: str) -> None:
    text = changed((old, new))
    if title.startswith("Write the `id`") and "You were" in new:
        text = text.replace("      - id: own-it\n        say:", "      - say:").replace(
            "[own-it]", "[you-were-told-four]"
        )
    (fix, *_) = mends(text, title)
    after = seen(applied(text, fix.edits))
    assert [str(problem) for problem in after.problems] == []


def test_a_made_moment_keeps_the_indent_of_its_file() -> None:
    wide = "\n".join(f"  {line}" if line.startswith(" ") else line for line in VALID.split("\n"))
    text = wide.replace("to: tea", "to: new-place", 1)
    (fix,) = mends(text, "Make the moment")
    assert fix.edits[0].text.startswith("    new-place:\n        # ")
    assert seen(applied(text, fix.edits)).problems == ()


def test_a_made_moment_at_the_very_end_of_a_file() -> None:
    head, moments = VALID.split("moments:\n")
    moments, rest = moments.split("endings:\n")
    text = f"{head}endings:\n{rest}moments:\n{moments}".rstrip("\n").replace("to: tea", "to: new-place", 1)
    (fix,) = mends(text, "Make the moment")
    assert seen(applied(text, fix.edits)).problems == ()


def test_no_mend_is_offered_where_none_is_certain() -> None:
    assert mends(changed(("to: tea", "to: Not A Name"))) == []
    assert mends(changed(("to: tea", "to: [tea"))) != []
    assert mends(changed(("person: Thank you.", "person: [Thank you]"))) == []


def test_a_reply_without_an_id_can_be_given_one() -> None:
    look = seen()
    line = VALID[: VALID.index("do: You take")].count("\n") + 1
    (fix,) = fixes(look, (), Span(line, 1, line, 1))
    assert (fix.title, fix.problem) == ("Write the `id` you-take-a-step", None)
    assert seen(applied(VALID, fix.edits)).problems == ()
    assert fixes(look, (), Span(1, 1, 1, 1)) == []


@pytest.mark.parametrize("text", ['say "no"', "it's", 'it\'s "so"', "a \\ b", "a: b # c"])
def test_quoted_texts_read_as_they_were(text: str) -> None:
    look = seen(changed(("title: The kettle", f"title: {quoted(text)}")))
    assert look.document.data["title"] == text


def test_the_cursor_mark_is_no_part_of_a_scenario() -> None:
    assert CURSOR not in VALID
