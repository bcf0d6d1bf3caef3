"""The language of `when` against a reference of a dozen lines, over single states and over many at once."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.conditions import Condition, ConditionError, UnknownName, Variable, impossible, parse

VARIABLES = {
    "tension": Variable(0, 10),
    "trust": Variable(1, 10),
    "asks": Variable(2, 3),
    "birthday": Variable(3, 1, truth=True),
    "says": Variable(4, 1, truth=True),
    "android": Variable(5, 1, truth=True),
}
NUMBERS = ["tension", "trust", "asks"]
TRUTHS = ["birthday", "says", "android"]
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
Tree = tuple[Any, ...]


def number() -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.sampled_from(NUMBERS).map(lambda n: ("name", n)), st.integers(0, 12).map(lambda n: ("value", n))
    )


def chains() -> st.SearchStrategy[Tree]:
    signs = st.lists(st.sampled_from(list(COMPARE)), min_size=1, max_size=3)
    return signs.flatmap(
        lambda found: st.lists(number(), min_size=len(found) + 1, max_size=len(found) + 1).map(
            lambda parts: ("compare", tuple(found), tuple(parts))
        )
    )


def leaf() -> st.SearchStrategy[Tree]:
    truth = st.one_of(
        st.sampled_from(TRUTHS).map(lambda n: ("name", n)), st.booleans().map(lambda b: ("value", b))
    )
    equal = st.tuples(st.sampled_from(["==", "!="]), truth, truth).map(lambda t: ("compare", (t[0],), t[1:]))
    return st.one_of(truth, chains(), equal)


def trees() -> st.SearchStrategy[Tree]:
    return st.recursive(
        leaf(),
        lambda inner: st.one_of(
            inner.map(lambda t: ("not", t)),
            st.tuples(st.sampled_from(["and", "or"]), inner, inner),
            st.tuples(inner, inner).map(lambda t: ("compare", ("==",), t)),
        ),
        max_leaves=6,
    )


RANK = {"or": 0, "and": 1, "not": 2, "compare": 3, "name": 4, "value": 4}


def written(tree: Tree, least: int = 0) -> str:
    """A tree as text with no bracket more than its meaning needs."""
    kind = tree[0]
    if kind == "name":
        return str(tree[1])
    if kind == "value":
        return str(tree[1]).lower()
    if kind == "not":
        text = f"not {written(tree[1], 2)}"
    elif kind == "compare":
        parts = [written(part, 4) for part in tree[2]]
        text = parts[0] + "".join(f" {sign} {part}" for sign, part in zip(tree[1], parts[1:], strict=True))
    else:
        text = f"{written(tree[1], RANK[kind])} {kind} {written(tree[2], RANK[kind] + 1)}"
    return f"({text})" if RANK[kind] < least else text


def meaning(tree: Tree, state: dict[str, Any]) -> Any:
    """What a tree means, told by Python's own operators."""
    kind = tree[0]
    if kind == "name":
        return state[tree[1]]
    if kind == "value":
        return tree[1]
    if kind == "not":
        return not meaning(tree[1], state)
    if kind == "and":
        return meaning(tree[1], state) and meaning(tree[2], state)
    if kind == "or":
        return meaning(tree[1], state) or meaning(tree[2], state)
    values = [meaning(part, state) for part in tree[2]]
    return all(
        COMPARE[sign](left, right) for sign, left, right in zip(tree[1], values, values[1:], strict=False)
    )


STATES = st.fixed_dictionaries(
    {name: st.integers(0, VARIABLES[name].high) for name in NUMBERS}
    | {name: st.booleans() for name in TRUTHS}
)


@dataclass(frozen=True, eq=False)
class Row:
    """Many values of one variable, that answer operators one by one as an array does."""

    values: tuple[Any, ...]

    def _each(self, other: Any, apply: Callable[[Any, Any], Any]) -> Row:
        others = other.values if isinstance(other, Row) else (other,) * len(self.values)
        return Row(tuple(map(apply, self.values, others)))

    def __and__(self, other: Any) -> Row:
        return self._each(other, operator.and_)

    def __or__(self, other: Any) -> Row:
        return self._each(other, operator.or_)

    def __xor__(self, other: Any) -> Row:
        return self._each(other, operator.xor)

    __rand__, __ror__ = __and__, __or__

    def __lt__(self, other: Any) -> Row:
        return self._each(other, operator.lt)

    def __le__(self, other: Any) -> Row:
        return self._each(other, operator.le)

    def __gt__(self, other: Any) -> Row:
        return self._each(other, operator.gt)

    def __ge__(self, other: Any) -> Row:
        return self._each(other, operator.ge)

    def __eq__(self, other: object) -> Any:
        return self._each(other, operator.eq)

    def __ne__(self, other: object) -> Any:
        return self._each(other, operator.ne)


@settings(max_examples=300)
@given(tree=trees(), states=st.lists(STATES, min_size=1, max_size=4))
def test_a_condition_means_what_the_reference_says(tree: Tree, states: list[dict[str, Any]]) -> None:
    condition = parse(written(tree), VARIABLES)
    wanted = [meaning(tree, state) for state in states]
    rows = [[state[name] for name in VARIABLES] for state in states]
    assert [condition.holds(row) for row in rows] == wanted
    many = condition.holds([Row(column) for column in zip(*rows, strict=True)])
    assert (list(many.values) if isinstance(many, Row) else [many] * len(states)) == wanted


@given(tree=trees())
def test_names_are_those_that_are_read(tree: Tree) -> None:
    text = written(tree)
    assert parse(text, VARIABLES).names == {
        name for name in VARIABLES if name in text.replace("(", " ").replace(")", " ").split()
    }


@given(st.text(alphabet="tru e<>=()!and or not123_&.'[]", max_size=40))
def test_anything_else_is_refused_with_a_place(text: str) -> None:
    try:
        parse(text, VARIABLES)
    except ConditionError as error:
        assert 0 <= error.at <= len(text)
        assert error.message


@pytest.mark.parametrize(
    ("text", "state", "holds"),
    [
        ("true", {}, True),
        ("false", {}, False),
        ("not tension == 3", {"tension": 3}, False),
        ("not birthday and says", {"says": True}, True),
        ("not (birthday and says)", {"says": True}, True),
        ("birthday or says and android", {"birthday": True}, True),
        ("(birthday or says) and android", {"birthday": True}, False),
        ("3 <= trust < 7", {"trust": 7}, False),
        ("3 <= trust < 7", {"trust": 3}, True),
        ("tension < trust < asks", {"tension": 1, "trust": 2, "asks": 3}, True),
        ("tension == trust == asks", {"tension": 1, "trust": 1, "asks": 2}, False),
        ("not not birthday", {"birthday": True}, True),
        ("birthday == says == true", {"birthday": True, "says": True}, True),
        ("(tension>=1)==birthday", {"tension": 1, "birthday": True}, True),
        ("android", {"android": True}, True),
        ("\ttension\n>=  1 ", {"tension": 1}, True),
        ("007 <= tension", {"tension": 7}, True),
    ],
)
def test_grammar(text: str, state: dict[str, Any], holds: bool) -> None:
    zero = {name: False if name in TRUTHS else 0 for name in VARIABLES} | state
    assert parse(text, VARIABLES).holds(list(zero.values())) is holds


@pytest.mark.parametrize(
    ("text", "at", "part"),
    [
        ("", 0, "empty"),
        ("   ", 0, "empty"),
        ("9**9**9", 1, "`*` cannot stand"),
        ("trust.real >= 1", 5, "`.` cannot stand"),
        ("trust == 'a'", 9, "`'` cannot stand"),
        ("tension >= -1", 11, "no sign"),
        ("trust + asks > 3", 6, "nothing is added"),
        ("trust = 3", 6, "write `==`"),
        ("birthday && says", 9, "write `and`"),
        ("birthday | says", 9, "write `or`"),
        ("!birthday", 0, "write `not`"),
        ("trust", 0, "needs a comparison"),
        ("3", 0, "needs a comparison"),
        ("birthday and trust", 13, "needs a comparison"),
        ("not asks", 4, "needs a comparison"),
        ("birthday == 1", 12, "cannot be compared"),
        ("birthday < says", 11, "compares by"),
        ("trust >= 6 asks", 11, "cannot stand here"),
        ("trust >= 6)", 10, "cannot stand here"),
        ("(trust >= 6", 0, "never closed"),
        ("trust >=", 8, "stops in the middle"),
        ("and birthday", 0, "cannot stand here"),
        ("trust >= 1234567", 9, "six digits"),
        ("Not birthday", 0, "small letters"),
        ("birthday == TRUE", 12, "small letters"),
        ("trust not in asks", 6, "cannot stand here"),
        ("\u0661 <= trust", 0, "cannot stand in a condition"),
        ("trust \u2265 3", 6, "cannot stand in a condition"),
    ],
)
def test_refusals_have_their_place(text: str, at: int, part: str) -> None:
    with pytest.raises(ConditionError, match=r".") as caught:
        parse(text, VARIABLES)
    assert part in caught.value.message
    assert caught.value.at == at


def test_an_unknown_name_names_the_nearest() -> None:
    with pytest.raises(UnknownName, match=r"did you mean `birthday`") as caught:
        parse("trust >= 1 and birthdy", VARIABLES)
    assert (caught.value.name, caught.value.at) == ("birthdy", 15)


@pytest.mark.parametrize("brackets", [20, 21, 5000])
def test_depth_is_held(brackets: int) -> None:
    text = "(" * brackets + "birthday" + ")" * brackets
    if brackets <= 20:
        assert parse(text, VARIABLES).holds([0, 0, 0, True, False, False]) is True
    else:
        with pytest.raises(ConditionError, match=r"deep|characters"):
            parse(text, VARIABLES)
    with pytest.raises(ConditionError, match="deep"):
        parse("not " * 25 + "birthday", VARIABLES)


def test_length_is_held() -> None:
    assert parse("birthday" + " " * 492, VARIABLES)
    with pytest.raises(ConditionError, match="501 characters"):
        parse("birthday" + " " * 493, VARIABLES)
    long = " and ".join(["says"] * 55)
    assert len(long) < 500
    assert parse(long, VARIABLES).holds([0, 0, 0, False, True, False]) is True


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("trust >= 11", True),
        ("trust >= 10", False),
        ("asks > 3", True),
        ("6 <= trust < 6", True),
        ("trust < 0", True),
        ("birthday and asks == 4", True),
        ("not trust >= 11", True),
        ("tension > trust", False),
        ("tension < trust < tension", True),
        ("trust >= 3 and trust < 3", False),
        ("true == false", True),
        ("birthday == true", False),
        ("true", False),
        ("false", False),
    ],
)
def test_a_comparison_that_no_value_meets_is_found(text: str, never: bool) -> None:
    condition: Condition = parse(text, VARIABLES)
    assert (impossible(condition, VARIABLES) is not None) is never
