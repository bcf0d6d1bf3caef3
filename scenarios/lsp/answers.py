"""The answer to each question an editor asks about a scenario file, in the protocol's own types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from lsprotocol import types

from scenarios.lsp import wire
from scenarios.lsp.complete import complete
from scenarios.lsp.fixes import fixes
from scenarios.lsp.hover import hover
from scenarios.lsp.look import Draft, Look
from scenarios.lsp.navigate import definitions, references
from scenarios.lsp.outline import outline
from scenarios.lsp.positions import Positions
from scenarios.lsp.rename import renamable, rename

_TRIGGERS: Final = [" ", "<", "[", "{", ","]


@dataclass(frozen=True, slots=True)
class Asked:
    """The file a question is about. `versioned`: the editor takes edits with the version they are for."""

    uri: str
    draft: Draft
    positions: Positions
    versioned: bool = False

    def place(self, position: types.Position) -> tuple[int, int]:
        """Where the cursor stands, as we count."""
        return self.positions.from_client(position.line, position.character)

    @property
    def best(self) -> Look:
        """The look at the text as it is; while it cannot be read, the last one that could."""
        now = self.draft.look()
        return now if now.whole else self.draft.known()


Answer = Callable[[Asked, Any], Any]


def completing(asked: Asked, params: types.CompletionParams) -> types.CompletionList:
    """What can be written at the cursor. Waits for no reading where there was one."""
    place = asked.place(params.position)
    return wire.completion(asked.positions, complete(asked.positions, asked.draft.known(), *place))


def hovering(asked: Asked, params: types.HoverParams) -> types.Hover | None:
    """A card about what the pointer rests on."""
    found = hover(asked.positions, asked.best, *asked.place(params.position))
    return None if found is None else wire.hover(asked.positions, found)


def going(asked: Asked, params: types.DefinitionParams) -> list[types.Location]:
    """Where what is named at the cursor is declared."""
    found = definitions(asked.positions, asked.best, asked.draft.path, *asked.place(params.position))
    return [wire.location(asked.uri, asked.positions, target) for target in found]


def referring(asked: Asked, params: types.ReferenceParams) -> list[types.Location]:
    """Every place that means what is named at the cursor."""
    wanted = params.context.include_declaration
    found = references(asked.positions, asked.best, *asked.place(params.position), declarations=wanted)
    return [types.Location(asked.uri, wire.range_of(asked.positions, span)) for span in found]


def outlining(asked: Asked, _params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
    """The outline; empty while the file cannot be read, so that nothing points at the wrong line."""
    look = asked.draft.look()
    return [wire.symbol(asked.positions, found) for found in outline(look)] if look.whole else []


def preparing(asked: Asked, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
    """What would be renamed. Raises Refused."""
    found = renamable(asked.draft.look(), *asked.place(params.position))
    return types.PrepareRenamePlaceholder(wire.range_of(asked.positions, found.span), found.name.text)


def renaming(asked: Asked, params: types.RenameParams) -> types.WorkspaceEdit:
    """The edits that rename it everywhere. Raises Refused."""
    made = rename(asked.draft.look(), *asked.place(params.position), params.new_name)
    return wire.changes(asked.uri, asked.draft.version, asked.positions, made, asked.versioned)


def mending(asked: Asked, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be mended in a stretch of lines, of the kinds the editor wants."""
    look, draft = asked.draft.look(), asked.draft
    found = fixes(look, look.problems, wire.span_of(asked.positions, params.range))
    made = [wire.action(asked.uri, draft.version, asked.positions, fix, asked.versioned) for fix in found]
    only = params.context.only
    return [one for one in made if only is None or any(_within(one.kind, kind) for kind in only)]


def _within(kind: str | types.CodeActionKind | None, wanted: str | types.CodeActionKind) -> bool:
    """Whether a kind of action is the wanted one or a part of it: `refactor.rewrite` is of `refactor`."""
    have, want = (str(getattr(each, "value", each)) for each in (kind, wanted))
    return not want or have == want or have.startswith(f"{want}.")


ANSWERS: Final[dict[str, tuple[Answer, Any]]] = {
    types.TEXT_DOCUMENT_COMPLETION: (completing, types.CompletionOptions(trigger_characters=_TRIGGERS)),
    types.TEXT_DOCUMENT_HOVER: (hovering, None),
    types.TEXT_DOCUMENT_DEFINITION: (going, None),
    types.TEXT_DOCUMENT_REFERENCES: (referring, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (outlining, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (preparing, None),
    types.TEXT_DOCUMENT_RENAME: (renaming, types.RenameOptions(prepare_provider=True)),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        mending,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite]
        ),
    ),
}
"""By the protocol's name of the question: the answer, and what is told of it at the start."""
