"""Tidying: it says the same, keeps every comment, and is done after once."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios import tidy as tidying
from scenarios.load import LIBRARY, load_bytes
from scenarios.rewrite import tidied
from scenarios.tidy import ChangedMeanwhile, NotTheSame, said, tidy, tidy_bytes, write
from tests.scenarios.makers import VALID, changed
from tests.scenarios.messy import Messy
from tests.scenarios.strategies import Story, stories

_COMMENTS = re.compile(r"# c\d+: don't \[lose\] me, \{please\}")


def without_made_ids(whole: dict[str, Any]) -> dict[str, Any]:
    """The same data without the id of a reply whose words make one no other reply of its moment has."""
    for moment in whole["moments"].values():
        if len(moment["replies"]) == 1:
            moment["replies"][0].pop("id", None)
    return whole


@settings(deadline=None, max_examples=60)
@given(story=stories(), seed=st.integers(0, 2**32))
def test_tidying_keeps_the_meaning_and_every_comment_and_is_done_after_once(story: Story, seed: int) -> None:
    text = Messy(Random(seed)).whole(without_made_ids(story.whole))
    before = load_bytes(text.encode())
    after = tidied(text)
    assert said(load_bytes(after.encode()).scenario) == said(before.scenario)
    assert sorted(_COMMENTS.findall(after)) == sorted(_COMMENTS.findall(text))
    assert tidied(after) == after
    for moment in load_bytes(after.encode()).scenario.moments.values():
        assert all(reply.id for reply in moment.replies)


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("*.yaml")), ids=lambda path: str(path.stem))
def test_the_library_says_the_same_after_tidying(path: Path) -> None:
    made = tidy(path)
    assert not made.problems
    before, after = made.before.decode(), made.after.decode()
    assert said(load_bytes(made.after).scenario) == said(load_bytes(made.before).scenario)
    assert comment_lines(before) == comment_lines(after)
    assert sorted(before.split("\n")) == sorted(after.split("\n")) or made.ids
    assert tidy_bytes(made.after) == made.after


def comment_lines(text: str) -> list[str]:
    return sorted(line.strip() for line in text.split("\n") if line.lstrip().startswith("#"))


REPLY: Final = """\
      - id: calm
        say: Calm down, it's only tea.
        techniques: [calm-down]
        felt: Only tea. To you.
        instead: You have been waiting. I will find out.
        wordings:
          - It's only tea, calm down
          - please calm down
          - Calm yourself, it is only a cup of tea
        to: at-the-hatch
"""


def tidied_reply(reply: str) -> str:
    """What becomes of one reply of a scenario."""
    text = tidied(changed((REPLY, reply)))
    load_bytes(text.encode())
    return text[
        text.index("        to: tea\n") + len("        to: tea\n") : text.index("    also: [always-there]")
    ]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (
            "      - to: tea\n        say: Calm down, it's only tea.\n        techniques: [calm-down]\n",
            "      - id: calm-down-its-only\n        say: Calm down, it's only tea.\n"
            "        techniques: [calm-down]\n        to: tea\n",
        ),
        (
            "      - techniques: [calm-down]  # two?\n        # the words\n        say: Calm down.\n"
            "        to: tea\n        # said often\n",
            "      - id: calm-down\n        # the words\n        say: Calm down.\n"
            "        techniques: [calm-down]  # two?\n        to: tea\n        # said often\n",
        ),
        (
            "      - say: Calm down.\n        # short\n        id: calm\n"
            "        techniques: [calm-down]\n        to: tea\n",
            "      # short\n      - id: calm\n        say: Calm down.\n"
            "        techniques: [calm-down]\n        to: tea\n",
        ),
        (
            '      - {say: "Calm down.", techniques: [calm-down], to: tea, '
            'wordings: [Be calm, "Calm, now"]}  # hm\n',
            '      # hm\n      - id: calm-down\n        say: "Calm down."\n        techniques: [calm-down]\n'
            '        wordings:\n          - Be calm\n          - "Calm, now"\n        to: tea\n',
        ),
        (
            "      - id: calm\n        say:\n          Calm down,\n          it's only tea.\n"
            "        techniques: [calm-down]\n        to: tea\n",
            "      - id: calm\n        say: Calm down, it's only tea.\n"
            "        techniques: [calm-down]\n        to: tea\n",
        ),
        (
            "      - id: calm\n        say: >-\n          Calm down,\n          it's only tea.\n"
            "        techniques:\n          - calm-down\n        to: tea\n",
            "      - id: calm\n        say: >-\n          Calm down,\n          it's only tea.\n"
            "        techniques:\n          - calm-down\n        to: tea\n",
        ),
        (
            "      - say: 'True.'\n        techniques: [calm-down]\n        to: tea\n",
            "      - id: \"true\"\n        say: 'True.'\n        techniques: [calm-down]\n        to: tea\n",
        ),
        (
            '      - say: "a \\u2019 b \\\n           c"\n        techniques: [calm-down]\n        to: tea\n',
            '      - id: a-b-c\n        say: "a \\u2019 b c"\n'
            "        techniques: [calm-down]\n        to: tea\n",
        ),
    ],
    ids=["order", "comments", "dash", "brackets", "lines", "block", "word", "escapes"],
)
def test_what_becomes_of_a_reply(reply: str, expected: str) -> None:
    assert tidied_reply(reply) == expected


def test_names_stay_in_brackets_and_speech_does_not() -> None:
    text = tidied(changed(("content_notes:\n  - raised voices\n", "content_notes: [raised voices, loss]\n")))
    assert "content_notes:\n  - raised voices\n  - loss\n" in text
    assert "techniques: [own-error]" in text
    assert "    says: <They> waited an hour\n    hidden: true\n" in text
    assert "  usual: {moment: at-the-hatch, tension: 5, trust: 3, safety: 4}" in text


def test_keys_in_brackets_get_into_order_too() -> None:
    text = tidied(changed(("{moment: at-the-hatch, tension: 5,", "{tension: 5, moment: at-the-hatch,")))
    assert "usual: {moment: at-the-hatch, tension: 5, trust: 3, safety: 4}" in text


def test_the_head_of_the_file_stays_on_top() -> None:
    head = "# yaml-language-server: $schema=scenario-1.json\n# CC BY 4.0\n"
    assert tidied(head + "title: The kettle\n" + VALID.replace("title: The kettle\n", "")).startswith(
        head + "format: 1\ntitle: The kettle\n"
    )
    apart = head + "\n# What it is called\ntitle: The kettle\n" + VALID.replace("title: The kettle\n", "")
    assert tidied(apart).startswith(head + "\nformat: 1\n# What it is called\ntitle: The kettle\n")


def test_json_is_a_scenario_too() -> None:
    import json

    whole = load_bytes(VALID.encode()).scenario.model_dump(exclude_none=True, exclude_defaults=True)
    whole["format"] = 1
    whole["person"]["cues"] = {"0": "(Still.)"}
    text = json.dumps(whole, indent=2).replace('"0": "', '0: "')
    made = tidied(text)
    assert said(load_bytes(made.encode()).scenario) == said(load_bytes(text.encode()).scenario)
    assert made.startswith('"format": 1\n"title": "The kettle"\n')
    assert tidied("--- " + text).startswith('---\n"format": 1\n')


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n"])
def test_byte_order_mark_and_line_ends_stay(mark: bytes, ends: bytes) -> None:
    data = mark + VALID.encode().replace(b"\n", ends)
    made = tidy_bytes(data)
    assert made.startswith(mark + b"format")
    assert made.count(b"\n") == made.count(ends)
    assert tidy_bytes(made) == made != data


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    path, link = tmp_path / "scene.yaml", tmp_path / "link.yaml"
    path.write_text(VALID)
    path.chmod(0o640)
    link.symlink_to(path)
    made = tidy(link)
    assert made.changed
    assert made.ids == ("you-take-a-step",)
    assert "+    - id: you-take-a-step" in made.diff("scene.yaml")
    write(made)
    assert path.read_bytes() == made.after
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(os.listdir(tmp_path)) == ["link.yaml", "scene.yaml"]
    assert not tidy(path).changed


def test_a_file_saved_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "scene.yaml"
    path.write_text(VALID)
    made = tidy(path)
    path.write_text(VALID + "# more\n")
    with pytest.raises(ChangedMeanwhile):
        write(made)
    assert path.read_text() == VALID + "# more\n"
    assert os.listdir(tmp_path) == ["scene.yaml"]


def test_a_file_with_errors_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "scene.yaml"
    path.write_text(changed(("to: tea", "to: tee")))
    made = tidy(path)
    assert [problem.code for problem in made.problems] == ["unknown-target"]
    assert not made.changed


@pytest.mark.parametrize("slip", ["title: Another", "not: yaml: at all", ""])
def test_nothing_is_made_where_it_would_not_say_the_same(
    slip: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "scene.yaml"
    path.write_text(VALID)
    monkeypatch.setattr(tidying, "tidied", lambda text: text.replace("title: The kettle", slip))
    with pytest.raises(NotTheSame):
        tidy(path)
    assert path.read_text() == VALID


def test_the_order_of_openings_moments_and_replies_is_the_authors() -> None:
    first, second = load_bytes(VALID.encode()).scenario, None
    swapped = VALID.replace(
        "  tea:\n    outcome: settled\n",
        "  zzz:\n    outcome: settled\n    text: x\n  tea:\n    outcome: settled\n",
    )
    second = load_bytes(swapped.encode()).scenario
    assert said(first) != said(second)
    assert said(first) == said(load_bytes(tidied(VALID).encode()).scenario)
