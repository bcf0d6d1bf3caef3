"""Known names leave no text, and the code in their place leads back to nobody."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.pseudonyms import facilitator_code, redacted, trainee_code

WHO = uuid.UUID("6f1b2f2e-9d0c-4a53-8a53-3a5f5f0f9a11")


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
def test_a_name_is_taken_out_however_it_is_written(name: str, text: str, wanted: str) -> None:
    assert redacted(text, [name], "T") == wanted


def test_what_is_between_names_stays_letter_for_letter() -> None:
    text = "İıß ﬁ\n\tSam\u200d… ✓ café"
    assert redacted(text, ["Sam"], "T") == text.replace("Sam", "T")


@given(
    st.text(max_size=30),
    st.text(max_size=30),
    st.sampled_from(("Priya", "PRIYA SHARMA", "sharma", "priya.sharma")),
)
def test_no_neighbour_but_a_letter_saves_a_name(before: str, after: str, name: str) -> None:
    made = redacted(f"{before} {name}, {after}", ["Priya Sharma"], "T")
    assert " T," in made and name not in made


def test_a_code_is_the_same_every_time_and_shows_nothing_of_the_id() -> None:
    assert trainee_code(WHO) == trainee_code(uuid.UUID(str(WHO)))
    assert trainee_code(WHO) != trainee_code(uuid.uuid4())
    assert trainee_code(WHO).split("-")[1] != facilitator_code(WHO).split("-")[1]
    assert not any(part in trainee_code(WHO) for part in str(WHO).split("-"))
