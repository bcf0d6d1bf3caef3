"""Conditions: the small language of `when` and `then`, parsed into data; nobody's code is run to evaluate it.

Grammar (format 1, section 4): names of facts and gauges, whole numbers, `true`, `false`, `== != < <= > >=`
(also chained), `and`, `or`, `not`, parentheses. `not` binds weaker than comparisons, then `and`, then `or`.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from scenarios.nearest import did_you_mean

MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 20
_MOST_COMBINATIONS: Final = 20_000

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[A-Za-z_][A-Za-z0-9_]*)|(?P<number>[0-9]+)|(?P<op>==|!=|<=|>=|<|>)|(?P<paren>[()]))"
)
_COMPARE: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}

_SMALL: Final = frozenset(["true", "false", "and", "or", "not"])

Values = Sequence[Any]
"""Gauges then facts, by index: whole numbers and true/false, or arrays of them (one element a state)."""
Test = Callable[[Values], Any]


class ConditionError(ValueError):
    """A condition that does not hold together. `at` counts characters from the start of its text."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


@dataclass(frozen=True, slots=True)
class Variable:
    """What a name stands for: its place among the values, and 0..high it can be (0..1 where true/false)."""

    index: int
    high: int
    truth: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One part of a condition: `kind` is name, number, truth, compare, not, and, or."""

    kind: str
    at: int
    truth: bool
    name: str = ""
    value: int = 0
    operators: tuple[str, ...] = ()
    parts: tuple[Term, ...] = ()

    def walk(self) -> Iterator[Term]:
        """This part and every part inside it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Condition:
    """A parsed condition. `names` are the facts and gauges it reads; `holds` takes values by index."""

    text: str
    term: Term
    names: frozenset[str]
    holds: Test


def parse(text: str, variables: Mapping[str, Variable]) -> Condition:
    """Read one condition against the declared facts and gauges.

    Raises ConditionError, in words for an author, for grammar, unknown names (`.message` names the nearest),
    mixed types, a bare number, more than 500 characters or 20 levels.
    """
    if len(text) > MAX_LENGTH:
        raise ConditionError(f"it is {len(text)} characters long; the most is {MAX_LENGTH}")
    parser = _Parser(text, variables)
    term = parser.whole()
    names = frozenset(part.name for part in term.walk() if part.kind == "name")
    return Condition(text, term, names, _compile(term, variables))


def impossible(condition: Condition, variables: Mapping[str, Variable]) -> Term | None:
    """The first single comparison (chains included) that no declared value can ever meet, or None."""
    for term in condition.term.walk():
        if term.kind == "compare" and _never(term, variables):
            return term
    return None


def _never(term: Term, variables: Mapping[str, Variable]) -> bool:
    names = sorted({part.name for part in term.walk() if part.kind == "name"})
    ranges = [range(variables[name].high + 1) for name in names]
    if reduce(operator.mul, map(len, ranges), 1) > _MOST_COMBINATIONS:
        return False
    local = {
        name: Variable(place, variables[name].high, variables[name].truth) for place, name in enumerate(names)
    }
    holds = _compile(term, local)
    return not any(holds(values) for values in itertools.product(*ranges))


class UnknownName(ConditionError):
    """A name in a condition that is neither a gauge nor a declared fact."""

    def __init__(self, name: str, known: Mapping[str, Variable], at: int) -> None:
        super().__init__(
            f"`{name}` is neither a gauge nor a fact of this file{did_you_mean(name, known)}", at
        )
        self.name = name


class _Parser:
    def __init__(self, text: str, variables: Mapping[str, Variable]) -> None:
        self.variables = variables
        self.tokens = list(_tokens(text))
        self.place = 0
        self.end = len(text)

    def whole(self) -> Term:
        if not self.tokens:
            raise ConditionError("it is empty")
        term = self._or(0)
        kind, word, at = self._peek()
        if kind != "end":
            raise ConditionError(f"`{word}` cannot stand here", at)
        return _truth(term)

    def _peek(self) -> tuple[str, str, int]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("end", "", self.end)

    def _takes(self, word: str) -> bool:
        if self._peek()[0] != "end" and self._peek()[1] == word:
            self.place += 1
            return True
        return False

    def _or(self, depth: int) -> Term:
        return self._joined("or", self._and, depth)

    def _and(self, depth: int) -> Term:
        return self._joined("and", self._not, depth)

    def _joined(self, word: str, inner: Callable[[int], Term], depth: int) -> Term:
        at = self._peek()[2]
        parts = [inner(depth)]
        while self._takes(word):
            parts.append(inner(depth))
        if len(parts) == 1:
            return parts[0]
        return Term(word, at, True, parts=tuple(_truth(part) for part in parts))

    def _not(self, depth: int) -> Term:
        at = self._peek()[2]
        if depth > MAX_DEPTH:
            raise ConditionError(f"it is nested more than {MAX_DEPTH} deep", at)
        if self._takes("not"):
            return Term("not", at, True, parts=(_truth(self._not(depth + 1)),))
        return self._comparison(depth)

    def _comparison(self, depth: int) -> Term:
        at = self._peek()[2]
        parts = [self._operand(depth)]
        operators: list[str] = []
        while self._peek()[0] == "op":
            operators.append(self._peek()[1])
            self.place += 1
            parts.append(self._operand(depth))
        if not operators:
            return parts[0]
        for sign, (left, right) in zip(operators, itertools.pairwise(parts), strict=True):
            _comparable(sign, left, right)
        return Term("compare", at, True, operators=tuple(operators), parts=tuple(parts))

    def _operand(self, depth: int) -> Term:
        kind, word, at = self._peek()
        self.place += 1
        if kind == "number":
            if len(word) > 6:
                raise ConditionError("a whole number here has at most six digits", at)
            return Term("number", at, False, value=int(word))
        if kind == "paren" and word == "(":
            term = self._or(depth + 1)
            if not self._takes(")"):
                raise ConditionError("a bracket `(` is never closed", at)
            return term
        if kind == "name" and word in ("true", "false"):
            return Term("truth", at, True, value=int(word == "true"))
        if kind == "name" and word not in _SMALL:
            if word not in self.variables and word.lower() in _SMALL:
                raise ConditionError(f"`{word}` is written in small letters: `{word.lower()}`", at)
            if word not in self.variables:
                raise UnknownName(word, self.variables, at)
            return Term("name", at, self.variables[word].truth, name=word)
        if kind == "end":
            raise ConditionError("it stops in the middle", at)
        raise ConditionError(
            f"`{word}` cannot stand here; a fact, a gauge or a whole number is missing before it", at
        )


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    place = 0
    end = len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None:
            at = place + len(text[place:]) - len(text[place:].lstrip())
            raise ConditionError(_advice(text[at]), at)
        kind = str(match.lastgroup)
        yield kind, match[kind], match.start(kind)
        place = match.end()


def _advice(character: str) -> str:
    advice = {
        "=": "`=` alone does not compare; write `==`",
        "&": "`&` is not used here; write `and`",
        "|": "`|` is not used here; write `or`",
        "!": "`!` is not used here; write `not` or `!=`",
        "-": "numbers carry no sign and nothing is subtracted here",
        "+": "numbers carry no sign and nothing is added here",
    }
    return advice.get(
        character,
        f"`{character}` cannot stand in a condition; it takes facts, gauges, whole numbers, "
        "`== != < <= > >=`, `and`, `or`, `not` and brackets",
    )


def _truth(term: Term) -> Term:
    if not term.truth:
        what = f"`{term.name}` is a number" if term.kind == "name" else f"{term.value} stands alone"
        raise ConditionError(
            f"{what} and needs a comparison, such as `{term.name or 'trust'} >= {term.value or 1}`", term.at
        )
    return term


def _comparable(sign: str, left: Term, right: Term) -> None:
    if left.truth != right.truth:
        raise ConditionError("a true/false fact cannot be compared with a number", right.at)
    if left.truth and sign not in {"==", "!="}:
        raise ConditionError(f"true/false compares by `==` and `!=` alone, not by `{sign}`", right.at)


def _compile(term: Term, variables: Mapping[str, Variable]) -> Test:
    """A function of the values. `&`, `|` and `^ True` mean the same for true/false and for arrays of them."""
    if term.kind == "name":
        return operator.itemgetter(variables[term.name].index)
    if term.kind in {"number", "truth"}:
        value: int | bool = bool(term.value) if term.kind == "truth" else term.value
        return lambda values: value
    tests = [_compile(part, variables) for part in term.parts]
    if term.kind == "not":
        inner = tests[0]
        return lambda values: inner(values) ^ True
    if term.kind == "compare":
        pairs = zip(term.operators, itertools.pairwise(tests), strict=True)
        tests = [_pair(_COMPARE[sign], left, right) for sign, (left, right) in pairs]
    return reduce(_either if term.kind == "or" else _both, tests)


def _pair(compare: Callable[[Any, Any], Any], left: Test, right: Test) -> Test:
    return lambda values: compare(left(values), right(values))


def _both(left: Test, right: Test) -> Test:
    return lambda values: left(values) & right(values)


def _either(left: Test, right: Test) -> Test:
    return lambda values: left(values) | right(values)
