"""Two lists of ward speech, one refused and one allowed: physical intervention has no form."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.physical import physical_intervention

LISTS = Path(__file__).parent / "physical"


def _lines(name: str) -> list[str]:
    """The lines of a list, without headings; a written \\n is a line break."""
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if line.strip() and not line.startswith("#")]


REFUSED = _lines("refused.txt")
ALLOWED = _lines("allowed.txt")

# Whole sentences with no denial, no hands, no things that "them" could be, and nothing asked for.
HARMLESS = (
    "I'm on till eight.",
    "The kettle is on.",
    "It is twenty past two.",
    "My sister lives in Leeds.",
    "That sounds like a long morning.",
    "You breathe out slowly.",
    "(<They> look<s> at the clock.)",
)
harmless = st.lists(st.sampled_from(HARMLESS), max_size=4).map(" ".join)


@pytest.mark.parametrize("line", REFUSED)
def test_refused(line: str) -> None:
    found = physical_intervention(line)
    assert found, "this should be refused"
    assert found in line


@pytest.mark.parametrize("line", ALLOWED)
def test_allowed(line: str) -> None:
    assert physical_intervention(line) is None


def test_error_rate(capsys: pytest.CaptureFixture[str]) -> None:
    missed = [line for line in REFUSED if physical_intervention(line) is None]
    alarms = [line for line in ALLOWED if physical_intervention(line) is not None]
    wrong, lines = len(missed) + len(alarms), len(REFUSED) + len(ALLOWED)
    with capsys.disabled():
        print(
            f"\nphysical-intervention: {len(missed)} of {len(REFUSED)} missed, {len(alarms)} of "
            f"{len(ALLOWED)} false alarms, {wrong / lines:.1%} wrong of {lines} listed lines",
            file=sys.stderr,  # a parallel worker has no other way to the screen
        )
    assert len(REFUSED) >= 110
    assert len(ALLOWED) >= 130
    assert not missed
    assert not alarms


def test_no_line_is_in_both_lists() -> None:
    assert not set(REFUSED) & set(ALLOWED)
    assert len(set(REFUSED)) == len(REFUSED)
    assert len(set(ALLOWED)) == len(ALLOWED)


def _ended(line: str) -> str:
    """A line that ends as a sentence does, so that the next one is a sentence of its own."""
    return line if line.rstrip("\"'").endswith((".", "!", "?")) else line + "."


@given(harmless, st.sampled_from(REFUSED), harmless)
def test_harmless_sentences_do_not_hide_a_refused_line(before: str, line: str, after: str) -> None:
    text = f"{before} {_ended(line)} {after}".strip()
    found = physical_intervention(text)
    assert found
    assert found in text


@given(harmless, st.sampled_from(ALLOWED), harmless)
def test_harmless_sentences_do_not_turn_an_allowed_line(before: str, line: str, after: str) -> None:
    assert physical_intervention(f"{before} {_ended(line)} {after}".strip()) is None


@given(st.sampled_from(REFUSED))
def test_curly_apostrophes_and_line_breaks_change_nothing(line: str) -> None:
    assert physical_intervention(line.replace("'", "\u2019").replace(" ", "\n"))


@given(st.text(max_size=300))
def test_any_text_is_answered_with_its_own_words(text: str) -> None:
    found = physical_intervention(text)
    assert found is None or found in text


def test_words_are_returned_as_written() -> None:
    assert physical_intervention("\u0130t is time. We\u2019ll  have to HOLD\nyou.") == "HOLD\nyou"
    assert physical_intervention("") is None
