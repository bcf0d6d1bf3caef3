"""Text that is not ours is harmless once cleaned, and nothing that people write is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.text import clean, clean_line, clean_name, unaccented


@pytest.mark.parametrize(
    "hostile",
    ["\x1b]52;c;aGk=\x07", "\x1b[2J", "\x9b31m", "a\x00b", "\x7f", "\r", "\u202eabc", "\u2066x", "\ufeffx",
     "\ud800", "\U000e0041", "\u200e"],
)  # fmt: skip
def test_what_could_move_a_terminal_is_replaced(hostile: str) -> None:
    cleaned = clean(hostile)
    assert "\ufffd" in cleaned
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in cleaned)


@pytest.mark.parametrize(
    "kind",
    [
        "Llanfair y môr",
        "\u0645\u0631\u062d\u0628\u0627",
        "\U0001f469\u200d\U0001f33e",
        "a\n\tb",
        "[looks away] [/b]",
    ],
)
def test_what_people_write_stays(kind: str) -> None:
    assert clean(kind) == unicodedata.normalize("NFC", kind)


def test_line_ends_become_newlines_and_length_is_cut() -> None:
    assert clean("a\r\nb") == "a\nb"
    assert len(clean("x" * 30_000)) == 20_000
    assert clean_line(" a \n b ") == "a b"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text, 50)
    assert clean(once, 50) == once
    once.encode("utf-8")


@pytest.mark.parametrize("nothing", ["", "  ", "\n\t"])
def test_a_name_needs_a_letter(nothing: str) -> None:
    with pytest.raises(ValueError, match="letter"):
        clean_name(nothing)


def test_a_name_is_one_line_of_at_most_sixty() -> None:
    assert clean_name("  Sam\n Owl ") == "Sam Owl"
    assert len(clean_name("x" * 100)) == 60


def test_letters_can_be_had_without_their_accents() -> None:
    assert unaccented("Zoë’s élan, naïve") == "Zoe’s elan, naive"
    assert unaccented("ﬁne") == "fine" and unaccented("Ж") == "Ж"
