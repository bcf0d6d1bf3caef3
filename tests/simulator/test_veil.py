"""A trainee's known name gives way to their pseudonym in what was typed; nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.veil import veil, veiled

HERON = "Quiet Heron"


@pytest.mark.parametrize(
    ("account", "text", "seen"),
    [
        ("priya", "I am Priya. PRIYA's shift, priya!", "I am Quiet Heron. Quiet Heron's shift, Quiet Heron!"),
        ("priya.sharma", "Priya Sharma and Ms Sharma", "Quiet Heron and Ms Quiet Heron"),
        ("priya.sharma", "priya_sharma@trust", "Quiet Heron@trust"),
        ("psharma2@ward-7", "psharma2 on ward-7", "Quiet Heron on ward-7"),
        ("mark.young", "a young man; Mark was young", "a young man; Quiet Heron was young"),
        ("jo", "jo and John", "jo and John"),
        ("nurse", "the nurse said", "the nurse said"),
        ("ann", "Anne and Hannah", "Anne and Hannah"),
        ("...", "wait ... what", "wait ... what"),
        ("MASSEY\\bea", "bea said massey bea", "bea said Quiet Heron"),
        ("zoë", "ZOË was there", "Quiet Heron was there"),
        ("zoe.marsh", "Zoë, by the marsh", "Quiet Heron, by the marsh"),
        ("wang 王芳", "王芳。", "Quiet Heron。"),
    ],
)
def test_names_give_way(account: str, text: str, seen: str) -> None:
    assert veil(text, [account], HERON) == seen


@given(st.text(), st.text(min_size=3, max_size=20))
def test_any_account_leaves_its_name_nowhere_as_a_word(text: str, account: str) -> None:
    once = veil(f"{account} {text}", [account], "X")
    assert veil(once, [account], "X") == once or "x" in account.casefold()


def test_our_own_words_stand() -> None:
    typed = {
        "contests": [{"what": "tag", "name": "space", "text": "Space gave space", "turn": 3}],
        "inquiries": ["Space?", None, 4],
    }
    assert veiled(typed, ["space.walker"], HERON) == {
        "contests": [{"what": "tag", "name": "space", "text": "Quiet Heron gave space", "turn": 3}],
        "inquiries": ["Quiet Heron?", None, 4],
    }
    assert veiled(typed, [], HERON) is typed


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("Priya Sharma", "I'm Priya. PRIYA SHARMA; sharma's turn", "I'm T. T; T's turn"),
        ("Priya Sharma", "PriyaSharma, priya_sharma, priya.sharma", "T, T, T"),
        ("priya.sharma", "priya said: Sharma’s", "T said: T’s"),
        ("priya.sharma@ward-pc-7", "priya was on ward-pc-7", "T was on ward-pc-7"),
        ("Priya Sharma", "the priyas; Priyanka and misharma stay", "the Ts; Priyanka and misharma stay"),
        ("Zoë", "zoe, ZOË and Zoë", "T, T and T"),
        ("Zoe", "Zoë's", "T's"),
        ("Pat O'Brien", "o’brien", "T"),
        ("Ana-Maria Ruiz", "ana maria, Maria, ruiz", "T T, T, T"),
        ("Jo", "Jo's joy, jo", "T's joy, T"),
        ("My Li", "my friend li", "my friend T"),
        ("王芳", "我是王芳。", "我是T。"),
        ("Quiet Heron", "a quiet room; Quiet Heron was", "a quiet room; T was"),
        ("nurse", "a nurse came", "a nurse came"),
        ("X", "X marks it", "X marks it"),
        ("Sam", "", ""),
    ],
)
def test_what_leaves_the_building_has_no_name_however_it_is_written(
    name: str, text: str, wanted: str
) -> None:
    assert veil(text, [name], "T", strict=True) == wanted


def test_what_is_between_names_stays_letter_for_letter() -> None:
    text = "İıß ﬁ\n\tSam\u200d… ✓ café"
    assert veil(text, ["Sam"], "T", strict=True) == text.replace("Sam", "T")


@given(
    st.text(max_size=30),
    st.text(max_size=30),
    st.sampled_from(("Priya", "PRIYA SHARMA", "sharma", "priya.sharma")),
)
def test_no_neighbour_but_a_letter_saves_a_name(before: str, after: str, name: str) -> None:
    made = veil(f"{before} {name}, {after}", ["Priya Sharma"], "T", strict=True)
    assert " T," in made and name not in made
