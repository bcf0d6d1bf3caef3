"""Whatever is typed, nothing that answers an editor raises, and every place it names is inside the file."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types

from scenarios.lsp.answers import Asked, completing, going, hovering, mending, outlining, referring, renaming
from scenarios.lsp.look import Draft
from scenarios.lsp.positions import Positions
from scenarios.lsp.rename import Refused
from scenarios.lsp.wire import diagnostics
from tests.scenarios.lsp.cursor import PATH
from tests.scenarios.makers import VALID

SIGNS = """{ [ ] } : - ' # < <They> &a *a | > 😋 茶 moments: techniques: ? --- null 1 \\ \" """
PIECES = st.one_of(
    st.sampled_from([*SIGNS.split(), ": ", "- ", "to: "]),
    st.sampled_from(["\n", "\r\n", "\r", "\t", "\ufeff", "\x00", "\ud83d", "techniques: ["]),
    st.text(max_size=3),
)
CUTS = st.integers(0, len(VALID))


@st.composite
def edited(draw: st.DrawFn) -> str:
    """The valid scenario with stretches of it taken out, moved or typed over."""
    text = VALID
    for _ in range(draw(st.integers(1, 4))):
        start = min(draw(CUTS), len(text))
        length = draw(st.sampled_from([0, 0, 1, 2, 5, 40, 400]))
        text = text[:start] + draw(PIECES) + text[start + length :]
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


def ask_everything(asked: Asked, line: int, unit: int) -> None:
    document = types.TextDocumentIdentifier("file:///nowhere/kettle.yaml")
    place = types.Position(line, unit)
    completing(asked, types.CompletionParams(document, place))
    hovering(asked, types.HoverParams(document, place))
    going(asked, types.DefinitionParams(document, place))
    context = types.ReferenceContext(include_declaration=True)
    referring(asked, types.ReferenceParams(context, document, place))
    outlining(asked, types.DocumentSymbolParams(document))
    whole = types.Range(types.Position(0, 0), types.Position(10_000, 0))
    mending(asked, types.CodeActionParams(document, whole, types.CodeActionContext([])))
    try:
        renaming(asked, types.RenameParams(document, place, "a-new-name"))
    except Refused as refused:
        assert str(refused)


@settings(deadline=None, max_examples=150)
@given(text=edited(), line=st.integers(0, 90), unit=st.integers(0, 90))
def test_random_edits_never_raise(text: str, line: int, unit: int) -> None:
    draft = Draft(PATH, VALID, 1)
    draft.look()
    draft.change(text, 2)
    asked = Asked("file:///nowhere/kettle.yaml", draft, Positions(text))
    ask_everything(asked, line, unit)
    count = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    for found in diagnostics(asked.positions, draft.look().problems, str(PATH)):
        assert 0 <= found.range.start.line <= found.range.end.line <= count
        assert found.range.start <= found.range.end


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=200), line=st.integers(0, 20), unit=st.integers(0, 90))
def test_any_text_at_all(text: str, line: int, unit: int) -> None:
    asked = Asked("file:///nowhere/kettle.yaml", Draft(PATH, text, 1), Positions(text))
    ask_everything(asked, line, unit)


@settings(deadline=None, max_examples=80)
@given(place=st.integers(0, len(VALID)))
def test_every_place_of_a_whole_file(place: int) -> None:
    asked = Asked("file:///nowhere/kettle.yaml", Draft(PATH, VALID, 1), Positions(VALID))
    line = VALID.count("\n", 0, place)
    ask_everything(asked, line, place - VALID.rfind("\n", 0, place) - 1)
