"""The rules of one reading: what is right must stay silent, and one slip is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.load import load_bytes
from tests.scenarios.makers import VALID, changed, read_once

Pairs = list[tuple[str, str]]

FINE: dict[str, Pairs] = {
    "comment after a name": [("to: tea\n", "to: tea   # the end\n")],
    "comment after a number": [("minutes: 3", "minutes: 3  # or four")],
    "comment after the role": [
        ("role: healthcare assistant", "role: healthcare assistant   # peer support worker too")
    ],
    "comment after an id": [("id: calm", "id: calm # the usual slip")],
    "comment after a list": [("techniques: [own-error]", "techniques: [own-error]  # two at most")],
    "comment after quoted speech": [("says: They said four.", 'says: "They said four."  # quietly')],
    "comment on its own line": [("        felt: Only", "        # they mean it\n        felt: Only")],
    "a comment after a condition": [("when: trust >= 6", "when: trust >= 6  # rarely")],
    "small letters in a list of notes": [
        ("content_notes:\n  - raised voices", "content_notes: [cancelled leave, raised voices]")
    ],
    "a hash inside a word": [("says: They said four.", "says: Room#4, they said.")],
    "when: true": [("when: trust >= 6", "when: true")],
    "chained comparison": [("when: trust >= 6", "when: 3 <= trust < 7")],
    "not before a comparison": [("when: trust >= 6", "when: not trust >= 6 and not waited")],
    "a number in brackets": [("when: trust >= 6", 'when: "(trust) >= (6)"')],
    "No as speech": [("says: They said four.", "says: No")],
    "yes as speech": [("person: Thank you.", "person: yes")],
    "a time as speech": [("says: They said four.", "says: 12:30")],
    "a date as speech": [("says: They said four.", "says: 2026-11-22")],
    "round brackets first": [("says: They said four.", "says: (Nods.) Four. (Sits.)")],
    "do in brackets": [("do: You take a step back.", "do: (You take a step back.)")],
    "square brackets inside": [("says: They said four.", "says: They said [four] \\ * <<b>.")],
    "folded speech": [
        ("says: They said four.", "says: >-\n          They said\n          four.\n\n          Didn't they?")
    ],
    "speech in the next line": [("says: They said four.", "says:\n          They said four.")],
    "a moment of silence alone": [
        ("endings:\n", "  by-the-kettle:\n    person: Well?\n    silence: {to: tea, felt: Fine.}\nendings:\n")
    ],
    "a moment of shared replies alone": [
        ("endings:\n", "  by-the-kettle:\n    person: Well?\n    also: [always-there]\nendings:\n")
    ],
    "nine replies": [
        (
            "    also: [always-there]",
            "".join(
                f"      - id: step-{n}\n        do: You wait.\n        techniques: [space]\n        felt:"
                " Room.\n        to: tea\n"
                for n in range(3)
            )
            + "    also: [always-there]",
        )
    ],
    "the same id in two moments": [
        (
            "endings:\n",
            (
                "  by-the-kettle:\n    person: Well?\n    replies:\n      - {id: calm, do: You sit.,"
                " techniques: [space], felt: Fine., to: tea}\nendings:\n"
            ),
        )
    ],
    "a legal note": [
        ("person:\n  cast", "legal_note: {text: To be checked., checked: 2026-11-25}\nperson:\n  cast")
    ],
    "a language": [("minutes: 3", "minutes: 3\nlanguage: cy-GB")],
    "a number set and added": [("set: {promised: true}", "set: {asks: 3, promised: false}")],
    "an opening that sets a hidden fact": [("safety: 4}", "safety: 4, set: {waited: true, asks: 2}}")],
    "a fact that starts true": [
        ("promised: {says: You promised tea}", "promised: {says: You promised tea, start: true}")
    ],
    "a number that starts": [("max: 3}", "start: 3, max: 3}")],
    "a fact without words": [("promised: {says: You promised tea}", "promised: {}")],
    "emoji": [
        ("says: They said four.", "says: They said \U0001f468\u200d\U0001f373 four \U0001f44d\U0001f3fd.")
    ],
    "Welsh, Urdu and Arabic": [("says: They said four.", "says: Mae'n ŵyl; چار بجے; \u200eأربعة\u200f.")],
    "three dashes at the top": [("format: 1", "---\nformat: 1")],
    "a tab inside a line": [("says: They said four.", "says: They said\tfour.")],
    "one document end": [("then: waited}\n", "then: waited}\n...\n")],
    "a quoted key": [("    felt: You found", '    "felt": You found')],
}


@pytest.mark.parametrize("name", FINE)
def test_what_is_right_stays_silent(tmp_path: Path, name: str) -> None:
    problems = read_once(tmp_path, changed(*FINE[name]))
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


@pytest.mark.parametrize(
    "fact", ["says", "person", "text", "say", "felt", "title", "moments", "int", "bool", "is"]
)
def test_a_fact_may_be_called_like_a_key(tmp_path: Path, fact: str) -> None:
    text = changed(
        ("promised: {says: You promised tea}", f"{fact}: {{says: You promised tea}}"),
        ("set: {promised: true}", f"set: {{{fact}: true}}"),
        ("when: trust >= 6", f"when: {fact} and trust >= 6"),
    )
    assert read_once(tmp_path, text) == []
    loaded = load_bytes(text.encode())
    assert loaded.scenario.moments["at-the-hatch"].replies[0].set == {fact: True}


@pytest.mark.parametrize("fact", ["int", "bool", "says"])
def test_a_wrong_value_of_such_a_fact_is_told_once(tmp_path: Path, fact: str) -> None:
    text = changed(
        ("promised: {says: You promised tea}", f"{fact}: {{says: You promised tea}}"),
        ("set: {promised: true}", f"set: {{{fact}: maybe}}"),
    )
    assert [(one.code, one.line) for one in read_once(tmp_path, text)] == [("wrong-type", 47)]


@pytest.mark.parametrize("name", ["int", "bool", "replies", "silence", "person", "says"])
def test_a_moment_may_be_called_like_a_key(tmp_path: Path, name: str) -> None:
    text = VALID.replace("at-the-hatch", name)
    assert read_once(tmp_path, text) == []
    problems = read_once(tmp_path, text.replace("    person:\n      - when", "    persn:\n      - when"))
    assert [problem.code for problem in problems] == ["unknown-key"]


ONCE: dict[str, tuple[Pairs, list[tuple[str, int]]]] = {
    "a mistyped section": ([("openings:\n", "opening:\n")], [("unknown-key", 27)]),
    "facts that are text": (
        [
            (
                (
                    "facts:\n  waited: {says: <They> waited an hour, hidden: true}\n  promised: {says: You"
                    " promised tea}\n  asks: {says: Times you asked, max: 3}\n"
                ),
                "facts: none\n",
            )
        ],
        [("wrong-type", 23)],
    ),
    "endings missing": ([(VALID[VALID.index("endings:") : VALID.index("walks:")], "")], [("missing-key", 1)]),
    "a moment without anything": ([("endings:\n", "  by-the-kettle: {}\nendings:\n")], [("missing-key", 70)]),
    "a moment left empty": ([("endings:\n", "  by-the-kettle:\nendings:\n")], [("missing-key", 70)]),
    "a reply left empty": ([("      - id: calm\n", "      -\n      - id: calm\n")], [("missing-key", 58)]),
    "a fact left empty": ([("  promised: {says: You promised tea}", "  promised:")], [("missing-key", 25)]),
    "a technique that is a number": (
        [("techniques: [own-error]", "techniques: [own-error, 3]")],
        [("wrong-type", 46)],
    ),
    "to that is true": ([("        to: tea\n", "        to: true\n")], [("wrong-type", 57)]),
    "to left empty": ([("        to: tea\n", "        to:\n")], [("missing-key", 57)]),
    "id left empty": ([("id: calm", "id:")], [("missing-key", 58)]),
    "id in quotes left empty": ([("id: calm", 'id: ""')], [("missing-key", 58)]),
    "silence left empty": (
        [("    silence: {after: 12, felt: Quiet suits me., to: at-the-hatch}", "    silence:")],
        [("missing-key", 69)],
    ),
    "walks without replies": ([("replies: [own-it], ", "")], [("missing-key", 81)]),
    "openings that are a list": (
        [("  usual: {moment: at-the-hatch, tension: 5, trust: 3, safety: 4}", "  - usual")],
        [("wrong-type", 28)],
    ),
    "cues that are text": (
        [("  cues:\n    0: (<They> sit<s> back.)\n    7: (<They> pace<s>.)\n", "  cues: None\n")],
        [("wrong-type", 20)],
    ),
}


@pytest.mark.parametrize("name", ONCE)
def test_one_slip_is_told_once(tmp_path: Path, name: str) -> None:
    pairs, wanted = ONCE[name]
    problems = read_once(tmp_path, changed(*pairs))
    assert [(problem.code, problem.line) for problem in problems] == wanted, list(map(str, problems))


@pytest.mark.parametrize(
    "key", ["1", "true", "~", "null", '""', "-5", "1.5", "[a]", "{a: b}", "? a", "!x", "&x y", "*x"]
)
@pytest.mark.parametrize(
    "where", ["format: 1\n", "  cues:\n", "facts:\n", "openings:\n", "moments:\n", "endings:\n"]
)
def test_odd_keys_never_crash(tmp_path: Path, key: str, where: str) -> None:
    line = VALID.split("\n")[VALID[: VALID.index(where)].count("\n") + 1]
    indent = line[: len(line) - len(line.lstrip())]
    text = VALID.replace(where, f"{where}{indent}{key}: odd\n", 1).replace("    1: odd", "    11: odd")
    assert any(problem.severity == "error" for problem in read_once(tmp_path, text))


@pytest.mark.parametrize(
    "value", ["3", "true", "~", "[]", "{}", "[a, [b]]", "{a: {b: c}}", '""', "-1", "words", "[~]", "{1: 2}"]
)
def test_any_value_under_any_key_never_crashes(tmp_path: Path, value: str) -> None:
    lines = VALID.split("\n")
    for place, line in enumerate(lines):
        if ":" in line and not line.rstrip().endswith(":"):
            spoilt = [*lines[:place], f"{line[: line.index(':')]}: {value}", *lines[place + 1 :]]
            for problem in read_once(tmp_path, "\n".join(spoilt)):
                assert 1 <= problem.line <= len(lines)
