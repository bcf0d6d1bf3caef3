"""Fair casting over the library: no group is over-cast as the one in distress, staff come from all of them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from scenarios.load import LIBRARY, library_ids, load

CASTING: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("casting.yaml").read_text("utf-8")
)
MOST_IN_DISTRESS = 0.5
"""No group may be more than this share of those in distress. Two scenes make racism visible on purpose."""


@pytest.mark.parametrize("name", library_ids())
def test_everybody_in_a_scene_is_in_the_table(name: str) -> None:
    listed = {person["name"] for person in CASTING[name]}
    text = (LIBRARY / f"{name}.yaml").read_text("utf-8")
    assert {member.name for member in load(name).scenario.person.cast} <= listed
    assert [person for person in sorted(listed) if person not in text] == []


def test_no_group_is_over_cast_in_distress(capsys: pytest.CaptureFixture[str]) -> None:
    parts = {(person["part"], person["group"]) for people in CASTING.values() for person in people}
    counts = Counter((person["part"], person["group"]) for people in CASTING.values() for person in people)
    groups = sorted({group for _, group in parts})
    with capsys.disabled():
        print(
            "\ncasting        " + "".join(f"{part:>10}" for part in ("distress", "staff", "family", "other"))
        )
        for group in groups:
            row = [counts[part, group] for part in ("distress", "staff", "family", "other")]
            print(f"{group:<15}" + "".join(f"{count:>10}" for count in row))
    in_distress = sum(count for (part, _), count in counts.items() if part == "distress")
    for group in groups:
        assert counts["distress", group] <= MOST_IN_DISTRESS * in_distress, group


def test_staff_come_from_every_group_that_is_cast_in_distress() -> None:
    people = [person for each in CASTING.values() for person in each]
    staff_or_family = {person["group"] for person in people if person["part"] in ("staff", "family")}
    others = {person["group"] for person in people if person["part"] == "other"}
    distress = {person["group"] for person in people if person["part"] == "distress"}
    assert distress <= staff_or_family | others
    assert len(staff_or_family) >= 4
