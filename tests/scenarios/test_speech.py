"""Placeholders and stage directions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.speech import PLACEHOLDERS, PRONOUNS, bracket_fault, fill, parts, unknown_placeholders

WORDS = st.lists(
    st.one_of(
        st.sampled_from([f"<{word}>" for word in sorted(PLACEHOLDERS)]),
        st.text(max_size=6).filter(lambda text: "<" not in text),
    ),
    max_size=12,
).map("".join)
"""Texts in which `<` stands before placeholders alone."""


@pytest.mark.parametrize(
    ("pronouns", "filled"),
    [
        ("he", "He shifts his weight. He is late, he has gone; he was his. He watches himself: him."),
        ("she", "She shifts her weight. She is late, she has gone; she was hers. She watches herself: her."),
        (
            "they",
            (
                "They shift their weight. They are late, they have gone; they were theirs. They watch"
                " themself: them."
            ),
        ),
    ],
)
def test_each_set_of_pronouns(pronouns: str, filled: str) -> None:
    text = "<They> shift<s> <their> weight. <They> <is> late, <they> <has> gone; <they> <was> <theirs>. "
    text += "<They> watch<es> <themself>: <them>."
    assert fill(text, "Sam", pronouns) == filled


def test_sentence_starts() -> None:
    assert (
        fill("<Their> tea. <Is> it? <Has> it? <Was> it? <Theirs>. <Themself>. <Them>", "Sam", "they")
        == "Their tea. Are it? Have it? Were it? Theirs. Themself. Them"
    )


def test_the_trainee_is_left_until_known() -> None:
    assert fill("I'm <trainee>.", "Sam", "she") == "I'm <trainee>."
    assert fill("I'm <trainee>.", "Sam", "she", "Jo") == "I'm Jo."


def test_a_name_that_looks_like_a_placeholder_is_not_filled_again() -> None:
    assert fill("<name> and <they>", "<they>", "he") == "<they> and he"
    assert fill("I'm <trainee>", "Sam", "he", "<name>") == "I'm <name>"


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("a << b", "a < b"),
        ("<<name>", "<name>"),
        ("<<<name>", "<Sam"),
        ("<<<<", "<<"),
        ("1 < 2", "1 < 2"),
        ("<3", "<3"),
        ("<", "<"),
    ],
)
def test_the_plain_sign(text: str, filled: str) -> None:
    assert fill(text, "Sam", "he") == filled


@given(WORDS, st.sampled_from(sorted(PRONOUNS)))
def test_filling_leaves_no_placeholder_and_doing_it_twice_changes_nothing(text: str, pronouns: str) -> None:
    once = fill(text, "Sam", pronouns, "Jo")
    assert "<" not in once
    assert fill(once, "Sam", pronouns, "Jo") == once
    assert list(unknown_placeholders(text)) == []


@given(st.text(max_size=30))
def test_doubled_signs_show_any_text_as_it_is(text: str) -> None:
    assert fill(text.replace("<", "<<"), "Sam", "he") == text
    assert list(unknown_placeholders(text.replace("<", "<<"))) == []


def test_unknown_placeholders_have_their_places() -> None:
    assert list(unknown_placeholders("<name> <nme> <<b> <B> <S> <They>")) == [
        ("nme", 7),
        ("B", 18),
        ("S", 22),
    ]
    assert list(unknown_placeholders("a < b > c <3> <not one> <they're>")) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", None),
        ("(a) b (c)", None),
        ("(a", 0),
        ("a)", 1),
        ("(a (b) c)", 3),
        ("(a) b)", 5),
        ("()", None),
        (")(", 0),
        ("a (b", 2),
    ],
)
def test_bracket_faults(text: str, fault: int | None) -> None:
    assert bracket_fault(text) == fault


def test_what_is_seen_and_what_is_heard() -> None:
    text = "(<They> turn<s>.) Half two, you said. (Quieter.) I believed you."
    assert parts(text) == [
        (True, "<They> turn<s>."),
        (False, "Half two, you said."),
        (True, "Quieter."),
        (False, "I believed you."),
    ]
    assert parts("Only heard") == [(False, "Only heard")]
    assert parts("(Only seen)") == [(True, "Only seen")]
    assert parts("()") == []


@given(st.text(alphabet="ab ()\n", max_size=30))
def test_no_word_is_lost_between_seen_and_heard(text: str) -> None:
    if bracket_fault(text) is None:
        kept = "".join(words for _, words in parts(text))
        assert "".join(kept.split()) == "".join(text.replace("(", " ").replace(")", " ").split())
