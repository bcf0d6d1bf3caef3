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
