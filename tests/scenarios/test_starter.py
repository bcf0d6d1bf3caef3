"""What `new` makes: a starter that checks clean, and scenes laid out from accounts, whatever these say."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios.check import check_file
from scenarios.incident import MOST_TRIED, TEMPLATE, NotAnAccount, account, hints, read_account
from scenarios.incident_scene import hands_on, scalar, words
from scenarios.load import load_bytes
from scenarios.rewrite import tidied
from scenarios.source import parse
from scenarios.starter import (
    AlreadyThere,
    BadName,
    NoFolder,
    incident_text,
    make,
    name_from,
    starter_text,
)
from scenarios.unfold import begin

TODAY: Final = date(2026, 11, 23)
ACCOUNTS: Final = Path(__file__).with_name("accounts")
SCHEMA_LINE: Final = "# yaml-language-server: $schema=scenario-1.json\n"


def test_the_starter_checks_clean(tmp_path: Path) -> None:
    made = make("my-scene", starter_text("my-scene", TODAY), tmp_path)
    _, problems = check_file(made.path)
    assert [problem.code for problem in problems] == ["no-lived-experience-review"]


def test_the_starter_shows_every_part_and_explains_it() -> None:
    text = starter_text("my-scene", TODAY)
    scenario = load_bytes(text.encode()).scenario
    assert text.startswith(SCHEMA_LINE)
    assert scenario.title == "My scene"
    assert [(credit.role, credit.on) for credit in scenario.credits.written_by] == [
        ("drafted by you", "2026-11-23")
    ]
    assert 5 <= len(scenario.moments) <= 6
    assert len(scenario.endings) >= 2
    assert len(scenario.walks) == 1
    assert any(fact.hidden for fact in scenario.facts.values())
    assert any(moment.silence for moment in scenario.moments.values())
    assert "words-first play my-scene.yaml" in text
    for key in (
        "summary",
        "role",
        "content_notes",
        "credits",
        "cast",
        "cues",
        "facts",
        "openings",
        "moments",
        "endings",
    ):
        found = re.search(rf"^ *{key}:", text, re.M)
        assert found is not None
        above = text[: found.start()].rstrip(" ").split("\n")[-2]
        assert above.lstrip().startswith(("#", "title:", "role:", "person:")), key
    assert tidied(text) == text


@pytest.mark.parametrize("name", ["true", "null", "no", "a", "x" * 60])
def test_any_name_makes_a_scenario(name: str) -> None:
    assert load_bytes(starter_text(name, TODAY).encode()).scenario.title == name.capitalize()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("My Scene", "`my-scene` would do"),
        ("caf\u00e9 talk", "`cafe-talk` would do"),
        ("3 o'clock", "`oclock` would do"),
        ("", "small letters"),
        ("---", "small letters"),
        ("../up", "not a path"),
        ("a\\b", "not a path"),
        ("techniques", "another name"),
        ("con", "another name"),
        ("the-walk-that-was-promised", "another name"),
        ("x" * 61, "at most 60"),
        ("a\nb", "`a-b` would do"),
    ],
)
def test_a_bad_name_is_told(name: str, told: str) -> None:
    with pytest.raises(BadName, match=re.escape(told)):
        name_from(name)


def test_a_name_may_be_written_with_its_ending() -> None:
    assert name_from("my-scene.yaml") == name_from("my-scene.yml") == name_from(" my-scene") == "my-scene"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    make("my-scene", "first", tmp_path)
    with pytest.raises(AlreadyThere):
        make("my-scene", "second", tmp_path)
    assert (tmp_path / "my-scene.yaml").read_text() == "first"
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(AlreadyThere):
        make("dangling", "second", tmp_path)


def test_another_schema_is_left_alone_and_said(tmp_path: Path) -> None:
    assert not make("first", "x", tmp_path).kept
    assert not make("second", "x", tmp_path).kept
    (tmp_path / "scenario-1.json").write_text("{}")
    assert make("third", "x", tmp_path).kept
    assert (tmp_path / "scenario-1.json").read_text() == "{}"


def test_a_folder_is_made_where_its_parent_is(tmp_path: Path) -> None:
    assert make("scene", "x", tmp_path / "scenes").path.is_file()
    with pytest.raises(NoFolder):
        make("scene", "x", tmp_path / "no" / "such")
    (tmp_path / "file").write_text("")
    with pytest.raises(NoFolder):
        make("scene", "x", tmp_path / "file")


# from an incident


@pytest.mark.parametrize("path", sorted(ACCOUNTS.glob("*.txt")), ids=lambda path: str(path.stem))
def test_an_account_is_laid_out(path: Path, tmp_path: Path) -> None:
    told = read_account(path)
    assert hints(told) == []
    parts = account(told)
    text = incident_text("my-scene", TODAY, told)
    made = make("my-scene", text, tmp_path)
    _, problems = check_file(made.path)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    loaded = load_bytes(text.encode())
    assert text.startswith(SCHEMA_LINE)
    kept = [item for item in parts.tried if not hands_on(item.text)]
    assert len(loaded.scenario.moments) == len(kept) + 1
    for moment in loaded.scenario.moments.values():
        assert [reply.id for reply in moment.replies] == ["as-it-went", "to-write-better", "to-write-worse"]
    assert len(loaded.scenario.person.cues) >= 2
    assert tidied(text) == text
    play = begin(loaded.scene, 0)
    while play.take.ending is None:
        play.answer("as-it-went")
    assert play.take.ending == loaded.scenario.walks[0].ends


def test_the_accounts_are_many() -> None:
    assert len(list(ACCOUNTS.glob("*.txt"))) >= 15


BASE: Final = "Trigger: {}\nWhat was seen:\n- {}\nWhat was tried:\n- {}\nHow it ended: {}\n"


def laid_out(*parts: str) -> str:
    return incident_text("scene", TODAY, BASE.format(*parts))


@pytest.mark.parametrize(
    "tried",
    [
        "He was restrained by three staff.",
        "Staff restrained her on the floor",
        "She was held by both arms.",
        "safe holds were used to move him to his room",
        "IM lorazepam was given under restraint",
        "He was escorted to seclusion",
        "She was taken to the floor",
        "They grabbed his arm",
        "PMVA team attended",
        "Staff carried him back to bed",
        "Staff nurse took hold of her wrist and led her away",
        "You pin him down.",
        'Said "we will hold you down"',
        "She could not be calmed and was restrained",
        "He did not stop so was held",
    ],
)
def test_hands_become_an_ending_off_stage(tried: str) -> None:
    text = incident_text(
        "scene", TODAY, BASE.format("Leave was off.", "Pacing", f"Offered tea.\n- {tried}", "He slept.")
    )
    scenario = load_bytes(text.encode()).scenario
    assert list(scenario.moments) == ["it-starts", "tried-1"]
    assert scenario.endings["stopped"].outcome == "stopped"
    assert tried.rstrip(".") not in text
    assert "(line 6)" in text
    assert scenario.endings["stopped"].text.endswith("He slept.")


@pytest.mark.parametrize(
    "tried",
    [
        "No restraint was used",
        "She never needed to be held",
        "The door was held open",
        "Held the door open for her",
        "They asked him to hold on",
        "March was mentioned",
    ],
)
def test_what_is_not_hands_stays(tried: str) -> None:
    assert "stopped" not in load_bytes(laid_out("x", "y", tried, "She settled.").encode()).scenario.endings


def test_words_that_were_said_become_words_to_say() -> None:
    text = laid_out("x", "y", "Nurse said \u201cCalm down, love\u201d twice", "It went quiet.")
    reply = load_bytes(text.encode()).scenario.moments["tried-1"].replies[0]
    assert (reply.say, reply.techniques) == ("Calm down, love", ("calm-down",))
    assert "# What was tried (line 5 of the account: Nurse said \u201cCalm down, love\u201d twice)." in text


@pytest.mark.parametrize(
    ("told", "pronouns"),
    [
        ("He shouted at her.", "they"),
        ("He shouted, his face red.", "he"),
        ("She left.", "she"),
        ("Left.", "they"),
    ],
)
def test_the_pronouns_are_those_of_the_account(told: str, pronouns: str) -> None:
    cast = load_bytes(laid_out(told, "y", "z", "w").encode()).scenario.person.cast
    assert [member.pronouns for member in cast] == [pronouns]


HOSTILE: Final = [
    '"', "'", ": ", "x: y", "# x", "a #b", "- - -", "[", "{", "}", "]", "((", "))", ")(", "(a (b) c)",
    "<", "<<", "<nane>", "<name>", "<<name>", "&a", "*a", "!x", "|", ">", "%x", "@x", "`x`", "\\",
    "\\x41", "\t", "\x1b[2J", "\u202e", "\u2028", "\ufeff", "\x00", "null", "true", "No", "~", "1",
    "2026-11-23", "---", "...", "? x", "{{to_write}}", "{to_write}", "%s", "x" * 700, "\U0001f600",
    "e\u0301", "...:", "-", "TITLE", "<they>",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_make_a_scene_all_the_same(text: str) -> None:
    told = f"a {text} b"
    load_bytes(laid_out(told, told, told, told).encode())
    load_bytes(laid_out(f"{text}x", f"{text}x", f"{text}x", f"{text}x").encode())


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text(max_size=60), min_size=4, max_size=4))
@example([": x", "he (", "hold you down", "restrained (and secluded"])
@example(["a", "b", '"hold you down"', "c"])
def test_whatever_an_account_says_it_reads(parts: list[str]) -> None:
    try:
        text = laid_out(*parts)
    except NotAnAccount:
        return
    load_bytes(text.encode())


@given(st.text())
def test_a_text_is_written_so_that_it_reads_back(text: str) -> None:
    shown = words(re.sub(r"[^\w\s(){}\[\]<>:#'\"\\,.;!?&*|>%@`~-]", "", text))
    document = parse(f"says: {scalar(shown)}\nnext: x\n".encode(), "x.yaml")
    assert not document.problems
    assert document.data == {"says": shown, "next": "x"}


# the account


def test_the_template_has_what_it_asks_for() -> None:
    parts = account(TEMPLATE)
    assert len(parts.seen) == 2
    assert len(parts.tried) == 2
    load_bytes(incident_text("scene", TODAY, TEMPLATE).encode())
    assert hints(TEMPLATE) == []


@pytest.mark.parametrize(
    "text",
    [
        "TRIGGER: a\nWHAT WAS SEEN: b\nWHAT WAS TRIED: c\nHOW IT ENDED: d",
        "## Trigger\na\n## What was seen\n- b\n## What was tried\n1. c\n## How it ended\nd",
        "**Trigger:** a\n**What was seen:** b\n**What was tried:** c\n**How it ended:** d",
        "1. Trigger: a\n2. What was seen: b\n3. What was tried: c\n4. How it ended: d",
        "trigger - a\nwhat we saw: b\nWhat staff did: c\nOutcome: d",
        "On: no\nTrigger:\n\n  a\n\nWhat was seen:\n\u2022 b\nWhat was tried:\n\u2022 c\nHow it ended:\nd\n",
    ],
)
def test_headings_are_found_however_they_are_written(text: str) -> None:
    parts = account(text)
    told = [[item.text for item in part] for part in (parts.trigger, parts.seen, parts.tried, parts.ended)]
    assert told == [["a"], ["b"], ["c"], ["d"]]


def test_bullets_lines_and_sentences_are_things() -> None:
    parts = account(
        "Trigger: One. Two.\nWhat was seen: Paced. Shouted\nat 2.20 pm.\n"
        "What was tried:\n- a thing\n  that goes on\n\n- another\nHow it ended: x"
    )
    assert [item.text for item in parts.trigger] == ["One. Two."]
    assert [item.text for item in parts.seen] == ["Paced.", "Shouted at 2.20 pm."]
    assert [(item.text, item.line) for item in parts.tried] == [("a thing that goes on", 5), ("another", 8)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "`Trigger:`, `What was seen:`, `What was tried:` and `How it ended:`"),
        (
            "Trigger: a\nWhat was seen: b\nWhat was tried:\n\nHow it ended: d",
            "nothing under `What was tried:`",
        ),
        (
            "Trigger: a\nWhat was seen: b\nWhat was tried:\n"
            + "- x\n" * (MOST_TRIED + 1)
            + "How it ended: d",
            "at the most",
        ),
    ],
)
def test_what_is_missing_is_told(text: str, told: str) -> None:
    with pytest.raises(NotAnAccount, match=re.escape(told)):
        account(text)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04", "plain text"),
        (b"x" * 70_000, "far longer"),
    ],
)
def test_a_file_that_is_no_account_is_told(data: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "account.txt"
    path.write_bytes(data)
    with pytest.raises(NotAnAccount, match=told):
        read_account(path)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_notepad_saves_is_read(coding: str, tmp_path: Path) -> None:
    path = tmp_path / "account.txt"
    path.write_bytes("Trigger: \u2018no\u2019 was said\r\nWhat".encode(coding))
    assert read_account(path) == "Trigger: \u2018no\u2019 was said\nWhat"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Sarah Jones was pacing", "a full name"),
        ("he told Mary-Ann O'Neill to stop", "a full name"),
        ("DOB 12/3/84", "a date of birth"),
        ("born on the third of May", "a date of birth"),
        ("Patient name: S", "a name"),
        ("NHS number 943 476 5919", "an NHS number"),
        ("943 476 5919", "an NHS number"),
        ("9434765919", "an NHS number"),
        ("call 07700 900123", "a telephone number"),
        ("call 0113 496 0000", "a telephone number"),
        ("+44 7700 900123", "a telephone number"),
        ("on 14/03/2026 at 14:30", "a date"),
        ("on 14.3.26", "a date"),
        ("2026-03-14", "a date"),
        ("on the 14th of March at 9", "a date"),
        ("March 14th", "a date"),
        ("on Ward 12", "a ward, room or bed number"),
        ("bed 4", "a ward, room or bed number"),
        ("on Maple Ward", "a named ward or hospital"),
        ("Mr Smith", "a name with a title"),
        ("Dr. Patel came", "a name with a title"),
        ("RiO 1234567", "a record number"),
        ("LS1 4AP", "a postcode"),
        ("a.b@nhs.uk", "an email address"),
        ("QQ 12 34 56 C", "a long number"),
    ],
)
def test_what_tells_who_somebody_is_is_pointed_out(line: str, kind: str) -> None:
    if kind == "a long number":
        line = "ref 20261234"
    found = hints(f"Trigger:\nall well\n{line}\n")
    assert (3, kind) in [(hint.line, hint.kind) for hint in found]


@pytest.mark.parametrize(
    "line",
    [
        "Section 17 leave was cancelled at 2.20 pm.",
        "Staff Nurse asked her to come to the Quiet Room.",
        "He was on a Section 3. The Responsible Clinician was away.",
        "Two staff, 1:1 observations, 15 minute checks, 10 mg.",
        "It was Monday. The Mental Health Act office rang.",
        "Community Treatment Order, Occupational Therapy, Safe Wards.",
        "She said she may come back. They waited 3 to 4 minutes.",
        "I told him that Christmas Day was off.",
    ],
)
def test_what_tells_nobody_is_left_alone(line: str) -> None:
    assert hints(line) == []
