"""One whole session with a scripted editor over real pipes, and the ways in which editors leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.lsp_command import NOT_INSTALLED
from tests.scenarios.lsp.client import Editor, spot
from tests.scenarios.makers import VALID, changed

pytest.importorskip("pygls")

EDITS = {
    "workspace": {"workspaceEdit": {"documentChanges": True}},
    "textDocument": {"rename": {"prepareSupport": True}},
}


@pytest.fixture
def editor() -> Iterator[Editor]:
    """An editor that has said hello."""
    one = Editor(EDITS)
    yield one
    one.close()


def test_what_is_offered(editor: Editor) -> None:
    offered = editor.server["capabilities"]
    assert offered["textDocumentSync"]["change"] == 1
    for what in ("hoverProvider", "definitionProvider", "referencesProvider", "documentSymbolProvider"):
        assert offered[what]
    assert offered["renameProvider"] == {"prepareProvider": True}
    assert "<" in offered["completionProvider"]["triggerCharacters"]
    assert editor.server["serverInfo"]["name"] == "words-first"


def test_a_whole_session(editor: Editor, tmp_path: Path) -> None:
    path = tmp_path / "kettle.yaml"
    path.write_text(VALID, encoding="utf-8")
    uri = editor.open(path, VALID)
    assert editor.diagnostics(uri, 1) == []

    line, character = spot(VALID, "techniques: [own-error]", len("techniques: ["))
    items = editor.at("completion", uri, line, character)["items"]
    validate = next(item for item in items if item["label"] == "validate")
    assert validate["detail"] and "Usually:" in validate["documentation"]["value"]

    card = editor.at("hover", uri, line, character + 2)
    assert "Owns what went wrong" in card["contents"]["value"]

    arrow = spot(VALID, "        to: tea", len("        to: "))
    declared = spot(VALID, "\n  tea:", 3)
    (place,) = editor.at("definition", uri, *arrow)
    assert (place["range"]["start"]["line"], place["range"]["start"]["character"]) == declared
    found = editor.at("references", uri, *arrow, context={"includeDeclaration": True})
    assert len(found) == 3

    edit = editor.at("rename", uri, *arrow, newName="cup")
    (document,) = edit["documentChanges"]
    assert document["textDocument"]["version"] == 1
    assert [each["newText"] for each in document["edits"]] == ["cup"] * 3

    outline = editor.ask("textDocument/documentSymbol", textDocument={"uri": uri})
    assert [each["name"] for each in outline][3:] == ["Shared replies", "Moments", "Endings", "Walks"]
    _mend(editor, uri)
    _save(editor, uri)
    assert editor.goodbye() == 0
    assert editor.complaints() == ""


def _mend(editor: Editor, uri: str) -> None:
    """An arrow that leads nowhere is underlined, and two mends are offered."""
    broken = changed(("        to: tea", "        to: teaa"))
    editor.change(uri, 2, broken)
    (problem,) = editor.diagnostics(uri, 2)
    assert (problem["code"], problem["severity"], problem["source"]) == ("unknown-target", 1, "words-first")
    assert "did you mean `tea`?" in problem["message"]
    line, character = spot(broken, "teaa")
    assert problem["range"]["start"] == {"line": line, "character": character}
    actions = editor.ask(
        "textDocument/codeAction",
        textDocument={"uri": uri},
        range=problem["range"],
        context={"diagnostics": [problem], "only": ["quickfix"]},
    )
    assert [action["title"] for action in actions] == ["Replace by `tea`", "Make the moment `teaa`"]
    assert actions[0]["diagnostics"] == [problem]


def _save(editor: Editor, uri: str) -> None:
    """Saving is followed by the proof of all plays, which says how much was tried and adds what it found."""
    lost = changed(
        ("endings:\n", "endings:\n  nowhere:\n    outcome: paused\n    text: Never.\n"),
    )
    editor.change(uri, 3, lost)
    editor.save(uri)
    assert "tried all 109 states" in editor.said("tried all")
    found = editor.wait(
        lambda message: (
            message.get("method") == "textDocument/publishDiagnostics"
            and any(one["code"] == "unreachable" for one in message["params"]["diagnostics"])
        )
    )
    assert found["params"]["version"] == 3


def test_a_broken_file_still_completes_and_refuses_to_rename(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "kettle.yaml", VALID)
    editor.diagnostics(uri, 1)
    broken = changed(("        to: tea", "        to: \n      - {{{ ["))
    editor.change(uri, 2, broken)
    line, character = spot(broken, "        to: \n", len("        to: "))
    items = editor.at("completion", uri, line, character)["items"]
    assert [item["label"] for item in items] == ["at-the-hatch", "stopped", "tea"]
    assert "settled" in next(item["detail"] for item in items if item["label"] == "tea")
    refused = editor.answer(
        "textDocument/rename",
        textDocument={"uri": uri},
        position=dict(zip(("line", "character"), spot(broken, "at-the-hatch"), strict=True)),
        newName="elsewhere",
    )
    assert "Mend what is underlined first" in refused["error"]["message"]


@pytest.mark.parametrize("name", ["Not a name", "stopped"])
def test_a_bad_or_taken_name_is_refused_with_a_sentence(editor: Editor, tmp_path: Path, name: str) -> None:
    uri = editor.open(tmp_path / "kettle.yaml", VALID)
    line, character = spot(VALID, "\n  tea:", 3)
    refused = editor.answer(
        "textDocument/rename",
        textDocument={"uri": uri},
        position={"line": line, "character": character},
        newName=name,
    )
    assert refused["error"]["code"] == -32803
    assert refused["error"]["message"].endswith((".", "at-the-door."))


def test_other_yaml_is_left_alone(editor: Editor, tmp_path: Path) -> None:
    text = "services:\n  web:\n    image: nginx\n    to: nowhere\n"
    uri = editor.open(tmp_path / "compose.yaml", text)
    assert editor.diagnostics(uri, 1) == []
    assert editor.at("completion", uri, 1, 3) is None
    assert editor.at("hover", uri, 3, 5) is None


def test_a_closed_file_is_no_longer_underlined(editor: Editor, tmp_path: Path) -> None:
    uri = editor.open(tmp_path / "kettle.yaml", changed(("        to: tea", "        to: teaa")))
    assert len(editor.diagnostics(uri, 1)) == 1
    editor.tell("textDocument/didClose", textDocument={"uri": uri})
    editor.wait(
        lambda message: (
            message.get("method") == "textDocument/publishDiagnostics"
            and message["params"]["diagnostics"] == []
        )
    )
    assert editor.at("hover", uri, 0, 0) is None


def test_a_vocabulary_that_is_saved_changes_what_is_right_beside_it(editor: Editor, tmp_path: Path) -> None:
    sings = changed(("techniques: [own-error]", "techniques: [sing-along]"))
    uri = editor.open(tmp_path / "kettle.yaml", sings)
    assert [one["code"] for one in editor.diagnostics(uri, 1)] == ["unknown-technique"]
    vocabulary = tmp_path / "techniques.yaml"
    vocabulary.write_text(
        "format: 1\ntechniques:\n  sing-along:\n    words: Sings\n    helps: true\n"
        "    usual: {tension: 0, trust: 1, safety: 0}\n    definition: Sings along.\n    source: Ours\n",
        encoding="utf-8",
    )
    other = editor.open(vocabulary, vocabulary.read_text("utf-8"))
    editor.save(other)
    editor.wait(
        lambda message: (
            message.get("method") == "textDocument/publishDiagnostics"
            and message["params"]["uri"] == uri
            and message["params"]["diagnostics"] == []
        )
    )
    (place,) = editor.at("definition", uri, *spot(sings, "sing-along"))
    assert place["uri"] == other
    assert place["range"]["start"] == {"line": 2, "character": 2}


def test_nothing_of_the_file_reaches_standard_error(editor: Editor, tmp_path: Path) -> None:
    secret = "Zanzibar"
    text = changed(("The kettle", secret), ("        to: tea", f"        to: {secret}"))
    uri = editor.open(tmp_path / "kettle.yaml", text)
    editor.diagnostics(uri, 1)
    editor.tell("textDocument/didChange", textDocument={"uri": uri}, contentChanges=secret)
    assert secret not in editor.said("could not be used")
    editor.at("hover", uri, 10**6, 10**6)
    assert editor.goodbye() == 0
    assert secret not in editor.complaints()


def test_an_editor_that_goes_away_ends_the_server(tmp_path: Path) -> None:
    editor = Editor()
    assert editor.process.stdin is not None
    editor.process.stdin.close()
    assert editor.process.wait(60) == 1
    assert editor.complaints() == ""
    editor.close()


def test_the_sentence_that_says_how_to_install() -> None:
    assert "words-first[editor]" in NOT_INSTALLED
