"""Hand-outs: what is in them, what never is, and that nobody's text does anything there but stand."""

from __future__ import annotations

import argparse
import os
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from facilitator import report_command
from facilitator.cuecard import cue, cue_card
from facilitator.page import escaped
from facilitator.report import report
from facilitator.report_data import handed
from facilitator.reviews import Review
from facilitator.room import Room
from scenarios.commands import DONE, NOT_RIGHT, Stop
from scoring.claims import CLAIM
from simulator.errors import SimulatorError
from tests.facilitator.rooms import WORDS, played, room_at
from tests.simulator.service import at, begin, records_file

MARKER = "quince-between-ourselves"
HOSTILE = (
    "<script>alert(1)</script> **bold** [a](http://x.y) # `c` | <img src=x onerror=y> &amp; 1. - _z_ ](x"
)
BOTH = (".html", ".md")


def reviewed(room: Room) -> Review:
    """The newest session, with something of everything said of it."""
    review = room.open(room.page()[0].session)
    review.note(1, "That apology landed.", for_trainee=True)
    review.note(2, f"{MARKER} on a turn", for_trainee=False)
    review.note(None, f"{MARKER} on the whole", for_trainee=False)
    review.note(None, "Come and see me about the ring.", for_trainee=True)
    review.rate("C5", 4, "A real time was given.")
    review.state_voice("safe", 2)
    return review


@pytest.fixture
def room(tmp_path: Path) -> Room:
    played(tmp_path)
    return room_at(tmp_path)


@pytest.mark.parametrize("suffix", BOTH)
def test_a_note_for_facilitators_is_in_no_byte_of_it(room: Room, suffix: str) -> None:
    review = reviewed(room)
    review.ask_second()
    review.sign()
    review.reopen(f"{MARKER} as the reason to reopen")
    text = report([handed(review)], suffix)
    assert MARKER not in text
    assert "quince" not in text
    assert "That apology landed." in text and "Come and see me about the ring." in text


@pytest.mark.parametrize("suffix", BOTH)
def test_it_holds_the_trainees_side(room: Room, suffix: str) -> None:
    review = reviewed(room)
    review.unblind()
    text = report([handed(review)], suffix).replace("&#39;", "'")
    for words in (
        "You were told three and nobody came",
        "First one who said sorry",
        "You said a time and you kept it",
        "It was the time I gave.",
        "tired",
        "waited an hour yesterday too",
        "A real time was given.",
        "I felt listened to.",
        "What changed when you gave a time",
    ):
        assert words in text, words
    assert CLAIM in text
    lower = text.lower()
    assert "not a certificate" in lower and lower.count("certificate") == 1
    assert "total" not in lower and "score" not in lower


def test_what_is_hidden_from_who_rates_blind_does_not_get_out_by_the_hand_out(room: Room) -> None:
    blind = handed(reviewed(room))
    by_name = {rating.name: rating for rating in blind.ratings}
    assert by_name["Agreements, choice and autonomy"].suggested == "4 of 5, suggested from 2 turns"
    assert by_name["Limits without threat, and honesty"].suggested is None
    assert blind.held_back == len(blind.ratings) - 1
    assert "5 of 5" not in report([blind], ".html")
    assert "5 of 5" not in report([blind], ".md")


def test_a_contest_stands_beside_its_answer(tmp_path: Path) -> None:
    session = played(tmp_path)
    session.contest("rating", 0, "C5", "I gave no choice there.")
    session.contest("tag", 1, "introduce", "I never said my name.")
    room = room_at(tmp_path)
    review = room.open(session.id)
    review.answer("rating", 0, "C5", False, "You gave a time, and that is one.")
    for suffix in BOTH:
        text = report([handed(review)], suffix)
        assert "I gave no choice there." in text and "I never said my name." in text
        assert "Bea sees it differently from you: You gave a time, and that is one." in text


class Elements(HTMLParser):
    """The elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_text_of_others_is_only_text(tmp_path: Path) -> None:
    session = played(tmp_path, word=HOSTILE)
    session.contest("rating", 0, "C5", HOSTILE)
    session.keep_one(HOSTILE)
    review = room_at(tmp_path).open(session.id)
    review.note(1, HOSTILE, for_trainee=True)
    page = Elements()
    page.feed(report([handed(review)], ".html"))
    assert not {tag for tag, _ in page.found} & {"script", "img", "iframe", "link", "object"}
    for tag, attributes in page.found:
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src")], tag
        assert (attributes.get("href") or "#").startswith("#")
    made = MarkdownIt("gfm-like", {"linkify": False}).render(report([handed(review)], ".md"))
    rendered = Elements()
    rendered.feed(made)
    assert not {tag for tag, _ in rendered.found} & {"script", "img", "a", "code"}
    assert "<strong>bold" not in made and "<em>" not in made
    assert made.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 3


@pytest.mark.parametrize(
    "text",
    [
        "1. one",
        "- two",
        "> three",
        "# four",
        "a_b_c *d* `e` ~~f~~",
        "| g |",
        "www.h.i https://j.k",
        "l\n\nm",
        "<n>",
        "+o",
        "=p",
        "&lt;",
        "\\*",
    ],
)
def test_what_is_put_into_markdown_comes_out_as_its_letters(text: str) -> None:
    made = MarkdownIt("gfm-like", {"linkify": False}).renderInline(escaped(text))
    plain = made.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == " ".join(text.split())
    assert MarkdownIt("commonmark").render(escaped(text)).startswith("<p>")


def test_a_page_loads_nothing_and_its_parts_are_named(room: Room) -> None:
    page = Elements()
    page.feed(report([handed(reviewed(room))], ".html"))
    tags = [tag for tag, _ in page.found]
    assert page.found[0] == ("html", {"lang": "en-GB"})
    assert tags.count("main") == tags.count("h1") == tags.count("header") == tags.count("footer") == 1
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.found:
        for name in ("aria-labelledby", "aria-describedby"):
            assert attributes.get(name) is None or attributes[name] in ids
        if (attributes.get("href") or "").startswith("#"):
            assert (attributes["href"] or "")[1:] in ids
    policy = [each for tag, each in page.found if tag == "meta" and "http-equiv" in each]
    assert "default-src 'none'" in (policy[0]["content"] or "")
    assert tags.count("svg") == 1 and tags.count("table") == 2


def test_both_roads_are_there_where_a_moment_was_tried_again(tmp_path: Path) -> None:
    session = played(tmp_path)
    session.rewind(2)
    session.answer("wait")
    session.answer("step-back")
    session.answer("ring-now")
    made = handed(room_at(tmp_path).open(session.id))
    assert [(take.take, take.from_turn, len(take.turns)) for take in made.takes] == [(1, 1, 2), (2, 2, 3)]
    assert len(made.takes[1].points) == 5
    for suffix in BOTH:
        assert "Tried again, from turn 2" in report([made], suffix)


def parsed(folder: Path, *words: str) -> argparse.Namespace:
    top = argparse.ArgumentParser()
    top.add_argument("--records", default=str(records_file(folder)))
    verbs = top.add_subparsers()

    def add(name: str, purpose: str, run: Any, examples: str, not_right: str) -> argparse.ArgumentParser:
        verb = verbs.add_parser(name, description=purpose)
        verb.set_defaults(run=run)
        return verb

    report_command.join(add)
    return top.parse_args(["report", *words])


def reported(folder: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("WORDS_FIRST_PASSPHRASE", WORDS)
    arguments = parsed(folder, *words)
    return int(arguments.run(arguments))


@pytest.mark.parametrize("suffix", BOTH)
def test_the_command_writes_it_and_says_what_it_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    first, second = played(tmp_path), played(tmp_path, "Alex")
    room_at(tmp_path).close()
    out = tmp_path / f"back{suffix}"
    assert reported(tmp_path, monkeypatch, first.id, second.id, first.id, "-o", str(out)) == DONE
    text = out.read_text(encoding="utf-8")
    assert text.count("What was practised") == 1 and "For a portfolio" in text
    assert first.id in text and second.id in text
    told = capsys.readouterr()
    assert told.out == f"The hand-out is in {out}\n"
    assert "suggested ratings are not in it" in told.err
    acts = [line.act for line in room_at(tmp_path).audit_lines()]
    assert acts.count("made a hand-out of") == 2


def test_before_the_trainees_own_say_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = played(tmp_path)
    early = begin(at(tmp_path, "Alex"), "shared")
    for reply in ("own-it", "ring-now"):
        early.answer(reply)
    review = room_at(tmp_path).open(early.id)
    with pytest.raises(SimulatorError):
        handed(review)
    out = tmp_path / "back.html"
    with pytest.raises(Stop):
        reported(tmp_path, monkeypatch, early.id, "-o", str(out))
    assert not out.exists()
    assert reported(tmp_path, monkeypatch, early.id, done.id, "-o", str(out)) == NOT_RIGHT
    assert f"{early.id} is not in it" in capsys.readouterr().err


def test_another_file_keeps_its_place_unless_that_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done, out = played(tmp_path), tmp_path / "back.html"
    room_at(tmp_path).close()
    out.write_text("somebody's own", encoding="utf-8")
    with pytest.raises(Stop, match="a file of that name already"):
        reported(tmp_path, monkeypatch, done.id, "-o", str(out))
    assert out.read_text(encoding="utf-8") == "somebody's own"
    assert reported(tmp_path, monkeypatch, done.id, "-o", str(out), "--force") == DONE
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert os.name == "nt" or out.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("back*")) == [out]


def test_a_file_of_another_kind_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parsed(tmp_path, "1234", "-o", "report.pdf")
    assert "should end in .html or .md" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", BOTH)
def test_the_cue_card_has_the_scenes_moments_and_questions_and_names_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    session = played(tmp_path, "Octavia")
    out = tmp_path / f"card{suffix}"
    room = room_at(tmp_path)
    text = cue_card(cue(room.open(session.id)), suffix).replace("&#39;", "'").replace("\\", "")
    assert "What changed when you gave a time" in text
    assert "At turn 1 your line was" in text and "At turn 2 your line was" in text
    assert "I felt listened to." in text
    assert CLAIM not in text and "Octavia" not in text and "I'm [name]" in text
    room.close()
    assert reported(tmp_path, monkeypatch, session.id, "--cue-card", "-o", str(out)) == DONE
    assert "Breathe out" in out.read_text(encoding="utf-8")
