"""What we know -> what the protocol says of it. The only other module besides server.py that knows the protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.uris import from_fs_path

from scenarios.lsp.complete import Item
from scenarios.lsp.fixes import Fix
from scenarios.lsp.hover import Hover
from scenarios.lsp.navigate import Target
from scenarios.lsp.outline import Symbol
from scenarios.lsp.positions import Edit, Positions, Span
from scenarios.problems import Problem

SOURCE: Final = "words-first"
_NAME = re.compile(r"<[A-Za-z]*>?|[\w-]+|\S")
_OF_A_NAME: Final = frozenset(
    [
        "bad-name",
        "duplicate-name",
        "duplicate-key",
        "missing-key",
        "crowded",
        "no-content-notes",
        "no-lived-experience-review",
        "one-sided",
        "unreachable",
        "stuck",
        "no-way-out",
        "point-of-no-return",
        "undiscoverable",
        "always-ends-the-same",
    ]
)
"""Codes that speak of the name at their place; `unknown-…` do too."""
_ITEMS: Final[dict[str, types.CompletionItemKind]] = {
    "key": types.CompletionItemKind.Property,
    "moment": types.CompletionItemKind.Class,
    "ending": types.CompletionItemKind.Event,
    "opening": types.CompletionItemKind.Module,
    "fact": types.CompletionItemKind.Variable,
    "list": types.CompletionItemKind.Folder,
    "reply": types.CompletionItemKind.Method,
    "technique": types.CompletionItemKind.EnumMember,
    "placeholder": types.CompletionItemKind.Constant,
    "word": types.CompletionItemKind.Keyword,
}
_SYMBOLS: Final[dict[str, types.SymbolKind]] = {
    "section": types.SymbolKind.Namespace,
    "opening": types.SymbolKind.Module,
    "fact": types.SymbolKind.Variable,
    "list": types.SymbolKind.Array,
    "moment": types.SymbolKind.Class,
    "reply": types.SymbolKind.Method,
    "ending": types.SymbolKind.Event,
    "rule": types.SymbolKind.Operator,
    "walk": types.SymbolKind.Function,
}


def range_of(positions: Positions, span: Span) -> types.Range:
    """A stretch as the editor counts it."""
    start = types.Position(*positions.to_client(span.line, span.column))
    end = types.Position(*positions.to_client(span.end_line, span.end_column))
    return types.Range(start, max(start, end))


def span_of(positions: Positions, given: types.Range) -> Span:
    """A stretch as we count it."""
    start = positions.from_client(given.start.line, given.start.character)
    end = positions.from_client(given.end.line, given.end.character)
    return Span(*start, *max(start, end))


def diagnostic(positions: Positions, problem: Problem) -> types.Diagnostic:
    """A problem: the name it is about underlined, or the rest of its line."""
    row = min(max(problem.line, 1), len(positions.lines))
    line = positions.lines[row - 1]
    start = min(problem.column - 1, len(line))
    name = _NAME.match(line, start)
    short = problem.code.startswith("unknown-") or problem.code in _OF_A_NAME
    end = name.end() if short and name is not None else len(line.rstrip())
    severity = (
        types.DiagnosticSeverity.Error if problem.severity == "error" else types.DiagnosticSeverity.Warning
    )
    return types.Diagnostic(
        range_of(positions, Span(row, start + 1, row, max(end, start) + 1)),
        problem.sentence,
        severity=severity,
        code=problem.code,
        source=SOURCE,
    )


def diagnostics(positions: Positions, problems: Iterable[Problem], path: str) -> list[types.Diagnostic]:
    """The problems of one file; what is wrong with a vocabulary beside it is told in its first line."""
    found = []
    for problem in problems:
        if problem.path == path:
            found.append(diagnostic(positions, problem))
        else:
            name = Path(problem.path).name
            here = Problem(
                problem.code, path, 1, 1, f"In {name}, line {problem.line}: {problem.message}", problem.hint
            )
            found.append(diagnostic(positions, here))
    return found


def edits(positions: Positions, given: Iterable[Edit]) -> list[types.TextEdit]:
    """Edits with the file's own line ends."""
    ending = positions.ending
    return [types.TextEdit(range_of(positions, each.span), each.text.replace("\n", ending)) for each in given]


def changes(
    uri: str, version: int | None, positions: Positions, given: Iterable[Edit], versioned: bool
) -> types.WorkspaceEdit:
    """Edits of one file; with its version where the editor can take it, so that they never meet another text."""
    made = edits(positions, given)
    if versioned:
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri, version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, list(made))])
    return types.WorkspaceEdit(changes={uri: made})


def completion(positions: Positions, items: Sequence[Item]) -> types.CompletionList:
    """What can be written, in our order."""
    ranked = sorted(items, key=lambda item: (item.rank, item.label if item.sort != "key" else ""))
    found = [
        types.CompletionItem(
            item.label,
            kind=_ITEMS[item.sort],
            detail=item.detail or None,
            documentation=types.MarkupContent(types.MarkupKind.Markdown, item.about) if item.about else None,
            sort_text=f"{place:04}",
            filter_text=item.edit.text.strip().rstrip(":").rstrip(),
            text_edit=types.TextEdit(range_of(positions, item.edit.span), item.edit.text),
        )
        for place, item in enumerate(ranked)
    ]
    return types.CompletionList(is_incomplete=False, items=found)


def hover(positions: Positions, found: Hover) -> types.Hover:
    """A card."""
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, found.text), range_of(positions, found.span)
    )


def location(uri: str, positions: Positions, target: Target) -> types.Location:
    """A place in this file, or in another: that one's lines are plain ASCII where its names stand."""
    if target.path is None:
        return types.Location(uri, range_of(positions, target.span))
    span = target.span
    start = types.Position(span.line - 1, span.column - 1)
    end = types.Position(span.end_line - 1, span.end_column - 1)
    return types.Location(from_fs_path(str(target.path)) or uri, types.Range(start, end))


def symbol(positions: Positions, found: Symbol) -> types.DocumentSymbol:
    """One line of the outline, and those in it."""
    return types.DocumentSymbol(
        found.name,
        _SYMBOLS[found.sort],
        range_of(positions, found.span),
        range_of(positions, found.name_span),
        detail=found.detail or None,
        children=[symbol(positions, child) for child in found.children] or None,
    )


def action(
    uri: str, version: int | None, positions: Positions, fix: Fix, versioned: bool
) -> types.CodeAction:
    """A mend."""
    return types.CodeAction(
        fix.title,
        kind=types.CodeActionKind.QuickFix
        if fix.problem is not None
        else types.CodeActionKind.RefactorRewrite,
        diagnostics=[diagnostic(positions, fix.problem)] if fix.problem is not None else None,
        is_preferred=fix.sure or None,
        edit=changes(uri, version, positions, fix.edits, versioned),
    )
