"""The rubric: whole, in keeping with the vocabulary, and a trust's own checked to the line and column."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.load import load_techniques
from scenarios.source import position
from scenarios.techniques import OURS as TECHNIQUES
from scoring.rubric import OURS, RubricError, load_rubric, our_rubric, rubric_from
from scoring.rubric_model import DIMENSIONS
from tests.scoring.makers import TEXT, rubric, spoiled
from tests.scoring.small import PACK

VOCABULARY = load_techniques(TECHNIQUES.read_bytes()).techniques


def test_every_technique_of_the_vocabulary_says_something_and_nothing_else_does() -> None:
    assert list(our_rubric().file.techniques) == list(VOCABULARY)
    assert our_rubric().harming == {name for name, known in VOCABULARY.items() if not known.helps}


def test_what_helps_counts_for_something_and_what_harms_against() -> None:
    for name, says in our_rubric().file.techniques.items():
        assert says.shows
        assert all((value > 0) == VOCABULARY[name].helps for value in says.shows.values()), name


def test_every_dimension_can_be_shown_and_harmed() -> None:
    for place, dimension in enumerate(DIMENSIONS):
        shown = {our_rubric().shown((name,))[place] for name in VOCABULARY}
        assert {0, 1, 2} <= shown, dimension
        assert min(shown) < 0, dimension


def test_dimensions_stand_in_their_order_and_nothing_lacks_a_source() -> None:
    file = our_rubric().file
    assert tuple(file.dimensions) == DIMENSIONS
    sources = [dimension.source for dimension in file.dimensions.values()]
    sources += [says.source for says in file.techniques.values()]
    sources += [cap.source for cap in (*file.caps, file.any_strong_harm)]
    sources += [rule.source for rule in file.roles.values()]
    sources += [weight.source for _, weight in file.phases]
    sources += [file.steps.source, file.repair.source, file.repetition.source]
    assert all(len(source) > 5 for source in sources)


def test_a_technique_has_the_source_of_its_definition() -> None:
    sources = {name: says.source for name, says in our_rubric().file.techniques.items()}
    assert sources == {name: known.source for name, known in VOCABULARY.items()}


def test_threats_of_any_kind_hold_what_a_threat_holds() -> None:
    for name in ("threat", "sanction-hint", "show-of-force"):
        assert (our_rubric().says(name, "C2"), our_rubric().says(name, "C5")) == (-2, -2), name


def test_the_steps_and_what_is_never_halved() -> None:
    steps = "ask-need real-choice small-promise keep-promise flex-rule advocate their-idea fair-handover"
    assert our_rubric().steps == set(steps.split())
    assert our_rubric().never_halved == {"silence", "stay-present", "space", "slow-pace", "one-voice"}


def test_what_text_cannot_show_is_left_to_the_facilitator() -> None:
    left = {name for name, dimension in our_rubric().file.dimensions.items() if dimension.facilitator}
    assert left == {"C2", "C6", "C7"}


def test_a_reply_shows_the_worst_of_its_techniques_where_any_harms_and_else_the_best() -> None:
    c1, c2 = DIMENSIONS.index("C1"), DIMENSIONS.index("C2")
    shown = our_rubric().shown(("known-preference", "calm-down"))
    assert (shown[c1], shown[c2]) == (-1, -1)
    shown = our_rubric().shown(("introduce", "known-preference"))
    assert (shown[c1], shown[c2]) == (1, 2)
    assert our_rubric().shown(("of-a-pack",)) == (0,) * 12


def test_phases_weigh_the_same_until_a_source_says_otherwise() -> None:
    assert our_rubric().phase_weights == {"escalation": 1, "crisis": 1, "recovery": 1, "after": 1}


def test_a_role_can_weigh_and_leave_out() -> None:
    assert our_rubric().weighs("peer support worker", "X3") == 2
    assert our_rubric().weighs("nurse", "X3") == our_rubric().weighs("peer support worker", "C1") == 1
    assert our_rubric().leaves_out("peer support worker") == frozenset()
    assert rubric(("leaves_out: []", "leaves_out: [X4]")).leaves_out("peer support worker") == {"X4"}


@pytest.mark.parametrize(
    ("old", "new", "marker", "code", "words"),
    [
        ("format: 1", "format: 2", "2\n", "unknown-format", "reads format 1"),
        ("  C4:\n", "  C8:\n", "C8:", "unknown-key", "`C8` is not a dimension"),
        ("  C4:\n", "  C8:\n", "dimensions:", "missing-key", "`C4` is missing in `dimensions`. Add `C4:`."),
        ("    name: Valuing the person\n", "", "C1:", "missing-key", "`name` is missing in `C1`."),
        ("    name: Valuing", "    nmae: Valuing", "nmae", "unknown-key", "Did you mean `name`?"),
        ("      three: Polite", "      six: Polite", "six", "unknown-key", "`six` is not a key"),
        ("crisis: {weight: 1", "crisis: {weight: 0", "0, source", "out-of-range", "the least is 1"),
        ("crisis: {weight: 1", "crisis: {weight: 1.5", "1.5", "wrong-type", "a whole number"),
        ("{X3: 2}", "{X9: 2}", "X9", "unknown-key", "`X9` is not a dimension"),
        ("leaves_out: []", "leaves_out: [X3, C0]", "C0", "unknown-target", "`C0` is not a dimension"),
        ("  peer support worker:", "  peer suport worker:", "peer suport", "unknown-key", "did you mean"),
        ("[silence, stay-present", "[silence, ignore", "ignore", "bad-name", "`ignore` harms"),
        ("techniques: [ask-need,", "techniques: [ask-neef,", "ask-neef", "unknown-technique", "`ask-need`"),
        ("techniques: [repair]", "techniques: []", "[]\n  source: Rich", "out-of-range", "at least 1"),
        ("  repaired: 3", "  repaired: 1", "1\n  source", "out-of-range", "Repair never lowers"),
        ("[threat]", "[threats]", "threats", "unknown-technique", "did you mean `threat`?"),
        ("dimensions: [C2, C5]", "dimensions: [C2, C55]", "C55", "unknown-target", "Known here: `C1`"),
        ("  ask-permission:", "  ask-permissoin:", "ask-permissoin", "unknown-technique", "did you mean"),
        ("shows: {C1: 1, C2: 1}", "shows: {C1: 3, C2: 1}", "3, C2", "out-of-range", "the most is 2"),
        ("shows: {C1: 1, C2: 1}", "shows: {C1: 0, C2: 1}", "0, C2", "out-of-range", "is not written"),
        ("shows: {C1: 1, C2: 1}", "shows: {B1: 1, C2: 1}", "B1", "unknown-key", "`B1` is not a dimension"),
        ("shows: {C1: 1, C2: 1}", "shows: {}", "{}", "out-of-range", "Write at least 1"),
        ("C2: -2, C5: -2, X1: -2", "C2: 2, C5: -2, X1: -2", "2, C5: -2", "out-of-range", "harms"),
        ("name: Reducing fear", "name: Fear # and safety", "# and", "text-cut-short", "starts a comment"),
        ("name: Reducing fear", "name: 7", "7\n    definition: The person comes", "wrong-type", "words"),
        ("  C2:\n", "  C1:\n", "C1:\n    name: Reducing", "duplicate-key", "C1"),
    ],
)
def test_a_spoiled_rubric_says_what_where(old: str, new: str, marker: str, code: str, words: str) -> None:
    text = spoiled((old, new))
    with pytest.raises(RubricError) as caught:
        rubric_from(text.encode(), "ours.yaml")
    line, column = position(text, text.index(marker, text.index(new) if marker in new else 0))
    found = [problem for problem in caught.value.problems if problem.code == code]
    assert found, caught.value
    at = {(problem.line, problem.column) for problem in found}
    assert (line, column) in at, caught.value
    assert any(words in problem.sentence for problem in found), caught.value
    assert str(caught.value).startswith("ours.yaml:")


@pytest.mark.parametrize("data", [b"", b"- a\n", b"hello", b"\xff\xfea", b"a: [", b"a: &b 1\nc: *b\n"])
def test_what_is_no_rubric_is_told_as_a_problem(data: bytes) -> None:
    with pytest.raises(RubricError) as caught:
        rubric_from(data)
    assert caught.value.problems


@given(st.data())
def test_a_rubric_damaged_anywhere_gives_problems_or_a_rubric(data: st.DataObject) -> None:
    lines = TEXT.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        sign = data.draw(st.sampled_from([*":#,-[]{}'\"0 x", "null", "\t", "  "]))
        column = data.draw(st.integers(0, len(lines[place])))
        kept = data.draw(st.booleans())
        lines[place] = lines[place][:column] + sign + (lines[place][column:] if kept else "")
    try:
        rubric_from("\n".join(lines).encode())
    except RubricError as error:
        assert error.problems
        assert all(problem.line >= 1 and problem.message for problem in error.problems)


def test_a_technique_of_ours_must_be_spoken_of() -> None:
    with pytest.raises(RubricError, match="`introduce` is missing in `techniques`"):
        rubric_from(TEXT.replace("  introduce:\n", "  gone:\n").encode())


def test_a_rubric_is_read_with_the_vocabulary_beside_it(tmp_path: Path) -> None:
    text = f"{TEXT}  sing-along:\n    shows: {{C1: 1}}\n    source: our ward\n"
    path = tmp_path / "rubric.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RubricError, match="`sing-along` is not in the vocabulary"):
        load_rubric(path)
    (tmp_path / "techniques.yaml").write_text(PACK, encoding="utf-8")
    assert load_rubric(path).says("sing-along", "C1") == 1
    (tmp_path / "techniques.yaml").write_text(PACK.replace("helps: true", "helps: 1"), encoding="utf-8")
    with pytest.raises(RubricError, match="helps"):
        load_rubric(path)


def test_a_missing_file_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(RubricError, match="not-a-file"):
        load_rubric(tmp_path / "none.yaml")
    assert load_rubric(OURS) == our_rubric()
