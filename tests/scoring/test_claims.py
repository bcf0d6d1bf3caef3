"""What is claimed of the scores: the same sentence on the page, in the program and nowhere more."""

from __future__ import annotations

from pathlib import Path

from scoring.claims import CLAIM

PAGE = Path(__file__).parents[2] / "docs" / "claims.md"


def test_the_page_holds_the_sentence_word_for_word() -> None:
    page = " ".join(PAGE.read_text(encoding="utf-8").replace("\n> ", "\n").split())
    assert CLAIM in page


def test_it_is_one_sentence_and_says_what_is_not_claimed() -> None:
    assert CLAIM.count(".") == 1
    assert "EMDABS-aligned, not EMDABS" in CLAIM
    for word in ("suggestions", "validated by nobody", "certify nothing", "restraint"):
        assert word in CLAIM
