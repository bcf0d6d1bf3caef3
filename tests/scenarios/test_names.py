"""Names and the ids that first words make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.names import LONGEST, RESERVED_IDS, allowed, is_fact_name, is_kebab, is_reserved_id, made_id


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("You were told half two, and it isn't happening.", "you-were-told-half"),
        ("I'm sorry.", "im-sorry"),
        ("I\u2019m sorry, <name>. I'm <trainee>.", "im-sorry-im"),
        ("<name>, come and sit here.", "come-and-sit-here"),
        ("<They> say<s> so", "say-so"),
        ("Café? Déjà vu, naïve Zoë", "cafe-deja-vu-naive"),
        ("Ŵyr a tŷ", "wyr-a-ty"),
        ("Half-past two o'clock", "half-past-two-oclock"),
        ("(Sits down.) No hurry.", "sits-down-no-hurry"),
        ("Wait… what?", "wait-what"),
        ("I ❤ tea", "i-tea"),
        ("One\n\ntwo", "one-two"),
        ("a1 b2", "a1-b2"),
        ("ﬁne", "fine"),
        ("3 o'clock, then.", None),
        ("<name>!", None),
        ("…", None),
        ("", None),
        ("مرحبا", None),
        ("<nobody> home", "home"),
        ("< name > home", "name-home"),
    ],
)
def test_made_ids(text: str, made: str | None) -> None:
    assert made_id(text) == made


@given(st.text(max_size=60))
def test_a_made_id_is_a_name_but_for_its_length(text: str) -> None:
    made = made_id(text)
    if made is not None:
        assert is_kebab(made[:LONGEST].rstrip("-"))
        assert made.count("-") <= 3
        assert made_id(text) == made


@given(st.text(max_size=40), st.text(max_size=40))
def test_only_the_first_four_words_count(text: str, more: str) -> None:
    first = "one two three four"
    assert made_id(f"{first} {text}") == made_id(f"{first}. {more}") == "one-two-three-four"


@pytest.mark.parametrize("name", ["a", "own-it", "a1-b2", "x" * 60, "at-3-pm"])
def test_allowed_names(name: str) -> None:
    assert is_kebab(name)


@pytest.mark.parametrize(
    "name",
    ["", "A", "1a", "a--b", "-a", "a-", "a_b", "a b", "é", "x" * 61, "a-\n", "own-it\n", "a\u0301", "\u0430"],
)
def test_names_that_are_refused(name: str) -> None:
    assert not is_kebab(name)


@pytest.mark.parametrize(
    "name", ["says", "person", "text", "promised_tablet", "x" * 60, "a1", "android", "is"]
)
def test_allowed_facts(name: str) -> None:
    assert is_fact_name(name)


@pytest.mark.parametrize(
    "name", ["tension", "trust", "safety", "true", "false", "and", "or", "not", "a-b", "A", "_a", "a__b"]
)
def test_facts_that_are_refused(name: str) -> None:
    assert not is_fact_name(name)


def test_reserved_ids() -> None:
    assert all(map(is_reserved_id, RESERVED_IDS))
    assert is_reserved_id("rewind") and is_reserved_id("rewind-it") and is_reserved_id("rewinding")
    assert not is_reserved_id("silent") and not is_reserved_id("go-back")


@pytest.mark.parametrize(
    ("written", "joint", "meant"),
    [
        ("Own It", "-", "own-it"),
        ("Tea_Time!", "-", "tea-time"),
        ("lamp promised", "_", "lamp_promised"),
        ("Caf\u00e9", "_", "cafe"),
        ("2nd", "-", None),
        ("Help", "-", None),
        ("Trust", "_", None),
        ("a " * 40, "-", None),
        ("\u2026", "-", None),
    ],
)
def test_a_name_is_made_good_where_it_can_be(written: str, joint: str, meant: str | None) -> None:
    assert allowed(written, joint) == meant
