"""The text of a scenario -> the same text tidied: ids written, keys in order, speech one line a key. Pure.

Lines are moved, not printed anew: what need not change keeps every character, and a comment goes with the key
it stands above. Brackets that hold speech are opened into lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from scenarios.arrangement import SCENARIO, Shape, opens
from scenarios.layout import LIST, MAPPING, TEXT, Entry, Mark, Node, layout
from scenarios.names import made_id

_COMMENT = re.compile(r"#[^\n]*")
_ONLY_SPACE: Final = " \t"
NOT_WORDS: Final = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])


@dataclass(slots=True)
class _Piece:
    """The lines of one entry. The first begins at the entry itself, not indented; `above` goes before it."""

    lines: list[str]
    above: list[str] = field(default_factory=list)


def tidied(text: str) -> str:
    """The text of a scenario that reads without errors, tidied. Line ends are newlines alone."""
    root = layout(text)
    return text if root is None else _Rewriter(text).whole(root)


def missing_id(node: Node) -> str | None:
    """The id that a reply would be given; None where it has one."""
    if node.kind != MAPPING or any(entry.name == "id" for entry in node.entries):
        return None
    words = {entry.name: entry.value.value for entry in node.entries}
    return made_id(words.get("say") or words.get("do") or "")


def _id_line(made: str) -> str:
    return f'id: "{made}"' if made in NOT_WORDS else f"id: {made}"


def _is_comment(line: str) -> bool:
    return line.lstrip(_ONLY_SPACE).startswith("#")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _split(gap: Sequence[str], column: int) -> int:
    """How many lines of a gap belong to what stands above: to the last comment further in than the column."""
    end = 0
    for place, line in enumerate(gap):
        if line.strip() and not _is_comment(line):
            break
        if _is_comment(line) and _indent(line) > column:
            end = place + 1
    return end


def _attached(gap: Sequence[str]) -> int:
    """Where in a gap the comment begins that stands directly above what follows."""
    start = len(gap)
    while start and _is_comment(gap[start - 1]):
        start -= 1
    return start


class _Rewriter:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.offsets = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def whole(self, root: Node) -> str:
        """The whole file: its head stays on top and what follows the last key at the foot."""
        gap, tail = self.lines[: root.start.line], self.lines[root.end.line + 1 :]
        prefix = self.lines[root.start.line][: root.start.column]
        if root.block:
            piece = self._block(root, SCENARIO, gap, tail, head=True)
            return "\n".join([*piece.above, prefix + piece.lines[0], *piece.lines[1:]])
        piece = self._opened(root, SCENARIO, 0)
        mark = [prefix.rstrip()] if prefix.strip() else []
        return "\n".join([*gap, *mark, *self._comments_behind(root.end), *piece.above, *piece.lines, *tail])

    # lines that stay lines

    def _block(
        self, node: Node, shape: Shape, gap: list[str], tail: list[str], *, head: bool = False
    ) -> _Piece:
        """A list or mapping of lines. `gap` stands above its first entry, `tail` follows its last."""
        column = node.start.column
        starts = self._starts(node)
        keep = _attached(gap)
        if head and keep == 0:
            keep = len(gap)  # the schema line, the licence: they are the file's, not the first key's
        leads, pieces = [gap[keep:]], []
        foot: list[str] = []
        for place, entry in enumerate(node.entries):
            last = place + 1 == len(node.entries)
            after = tail if last else self.lines[entry.value.end.line + 1 : starts[place + 1]]
            mine = _split(after, column)
            pieces.append(self._entry(node, entry, starts[place], shape.of(entry), after[:mine]))
            if last:
                foot = after[mine:]
            else:
                leads.append(after[mine:])
        order = list(range(len(pieces)))
        if node.kind == MAPPING:
            order = shape.order([entry.name for entry in node.entries])
            self._with_id(node, shape, pieces, leads, order)
        return self._joined(pieces, leads, order, column, gap[:keep], foot)

    def _with_id(
        self, node: Node, shape: Shape, pieces: list[_Piece], leads: list[list[str]], order: list[int]
    ) -> None:
        made = missing_id(node) if shape.reply else None
        if made is not None:
            order.insert(0, len(pieces))
            pieces.append(_Piece([_id_line(made)]))
            leads.append([])

    @staticmethod
    def _joined(
        pieces: list[_Piece],
        leads: list[list[str]],
        order: list[int],
        column: int,
        head: list[str],
        foot: list[str],
    ) -> _Piece:
        indent = " " * column
        whole = _Piece([])
        for place in order:
            piece = pieces[place]
            above = leads[place] + [indent + line for line in piece.above]
            if not whole.lines:
                whole.above = head + above
                whole.lines = list(piece.lines)
            else:
                whole.lines += [*above, indent + piece.lines[0], *piece.lines[1:]]
        whole.lines += foot
        return whole

    def _starts(self, node: Node) -> list[int]:
        """The line in which each entry begins: that of its key, or of its dash."""
        if node.kind == MAPPING:
            return [node.start.line, *(self._key_line(node, entry) for entry in node.entries[1:])]
        starts = [node.start.line]
        for before, entry in zip(node.entries, node.entries[1:], strict=False):
            line = before.value.end.line + 1
            while line < entry.start.line and (not self.lines[line].strip() or _is_comment(self.lines[line])):
                line += 1
            starts.append(line)
        return starts

    def _key_line(self, node: Node, entry: Entry) -> int:
        line = entry.start.line
        if entry.start.column == node.start.column:
            return line
        while self.lines[line][: node.start.column + 1].strip() != "?" and line > node.start.line:
            line -= 1  # `? key`, the long way to write a key
        return line

    def _entry(self, node: Node, entry: Entry, start: int, shape: Shape, tail: list[str]) -> _Piece:
        """One entry of a block from first line to last, with the comments below it that are further in."""
        column, value = node.start.column, entry.value
        if entry.key is not None and (entry.start.line, entry.start.column) != (start, column):
            return _Piece(self._from(start, column, value.end.line) + tail)
        if value.block:
            return self._nested(entry, start, column, shape, tail)
        if opens(value, shape):
            piece = self._lead_in(entry, start, column, shape)
        else:
            piece = _Piece(self._plain(entry, start, column, shape))
        piece.lines += tail
        return piece

    def _from(self, start: int, column: int, end: int) -> list[str]:
        return [self.lines[start][column:], *self.lines[start + 1 : end + 1]]

    def _nested(self, entry: Entry, start: int, column: int, shape: Shape, tail: list[str]) -> _Piece:
        value = entry.value
        line = self.lines[value.start.line]
        if value.start.line == start:  # `- key: …`: the first key stands behind the dash
            piece = self._block(value, shape, [], tail)
            above = [entry_line.lstrip(" ") for entry_line in piece.above]
            return _Piece([line[column : value.start.column] + piece.lines[0], *piece.lines[1:]], above)
        piece = self._block(value, shape, self.lines[start + 1 : value.start.line], tail)
        first = line[: value.start.column] + piece.lines[0]
        return _Piece([self.lines[start][column:], *piece.above, first, *piece.lines[1:]])

    def _plain(self, entry: Entry, start: int, column: int, shape: Shape) -> list[str]:
        """A text, or names in brackets: as written, but words that ran over several lines in one."""
        value = entry.value
        written = self._from(start, column, value.end.line)
        if value.flow:
            changed = self._in_order(value, shape)
        else:
            changed = self._one_line(value) if shape.words and len(written) > 1 else None
        before = self.text[self._index(start, column) : value.start.index]
        if changed is None or _COMMENT.search(before, len(self._key(entry))):
            return written
        behind = self.lines[value.end.line][value.end.column :]
        before = f"{before.rstrip()} " if "\n" in before else before
        return (before + changed + behind).split("\n")

    def _index(self, line: int, column: int) -> int:
        return self.offsets[line] + column

    # brackets that become lines

    def _lead_in(self, entry: Entry, start: int, column: int, shape: Shape) -> _Piece:
        """A key or dash in a block whose value in brackets holds speech."""
        value = entry.value
        above = self._comments(self._index(start, column) + len(self._key(entry)), value.start.index)
        above += self._comments_behind(value.end)
        if entry.key is not None:
            inner = self._opened(value, shape, column + 2)
            first = " " * (column + 2) + inner.lines[0]
            inner_above = [" " * (column + 2) + line for line in inner.above]
            return _Piece([f"{self._source(entry.key)}:", *inner_above, first, *inner.lines[1:]], above)
        lead = self.lines[start][column : value.start.column] if start == value.start.line else "- "
        inner = self._opened(value, shape, column + len(lead))
        return _Piece([lead + inner.lines[0], *inner.lines[1:]], above + inner.above)

    def _opened(self, node: Node, shape: Shape, column: int) -> _Piece:
        """A list or mapping in brackets as lines at a column; its comments on lines of their own."""
        entries = node.entries
        ends = [node.start.index + 1, *(entry.value.end.index for entry in entries)]
        leads: list[list[str]] = [[] for _ in range(len(entries) + 1)]
        for place, end in enumerate(ends):
            stop = entries[place].start.index if place < len(entries) else max(end, node.end.index - 1)
            same_line, _, rest = self.text[end:stop].partition("\n")
            leads[max(place - 1, 0)] += _COMMENT.findall(same_line)
            leads[place] += _COMMENT.findall(rest)
        pieces = [self._opened_entry(entry, shape.of(entry), column) for entry in entries]
        order = list(range(len(entries)))
        indented = [[" " * column + line for line in lead] for lead in leads[: len(entries)]]
        if node.kind == MAPPING:
            order = shape.order([entry.name for entry in entries])
            self._with_id(node, shape, pieces, indented, order)
        foot = [" " * column + line for line in leads[len(entries)]]
        whole = self._joined(pieces, indented, order, column, [], foot)
        whole.above = [line.lstrip(" ") for line in whole.above]
        return whole

    def _opened_entry(self, entry: Entry, shape: Shape, column: int) -> _Piece:
        value, inside = entry.value, column + 2
        above = [] if entry.key is None else self._comments(entry.key.end.index, value.start.index)
        lead = "- " if entry.key is None else f"{self._source(entry.key)}:"
        if not opens(value, shape):
            words = self._in_order(value, shape) or self._source(value) if value.flow else self._in_one(value)
            return _Piece(f"{lead.rstrip()} {words}".split("\n"), above)
        piece = self._opened(value, shape, inside)
        if entry.key is None:
            return _Piece([lead + piece.lines[0], *piece.lines[1:]], above + piece.above)
        indent = " " * inside
        return _Piece(
            [lead, *(indent + line for line in piece.above), indent + piece.lines[0], *piece.lines[1:]], above
        )

    def _in_order(self, node: Node, shape: Shape) -> str | None:
        """Names and numbers in brackets with their keys in order, on one line; None where they are so."""
        if self._in_place(node, shape) or self._has_comment(node):
            return None
        return self._bracketed(node, shape)

    def _in_place(self, node: Node, shape: Shape) -> bool:
        names = [entry.name for entry in node.entries]
        in_place = node.kind != MAPPING or shape.order(names) == list(range(len(names)))
        return in_place and all(self._in_place(entry.value, shape.of(entry)) for entry in node.entries)

    def _bracketed(self, node: Node, shape: Shape) -> str:
        if node.kind == TEXT:
            return self._in_one(node)
        parts = [self._bracketed(entry.value, shape.of(entry)) for entry in node.entries]
        if node.kind == LIST:
            return f"[{', '.join(parts)}]"
        order = shape.order([entry.name for entry in node.entries])
        keys = [self._source(entry.key) for entry in node.entries if entry.key is not None]
        return "{" + ", ".join(f"{keys[place]}: {parts[place]}".rstrip() for place in order) + "}"

    # pieces of the text

    def _source(self, node: Node) -> str:
        return self.text[node.start.index : node.end.index]

    def _key(self, entry: Entry) -> str:
        return "" if entry.key is None else self._source(entry.key)

    def _comments(self, start: int, end: int) -> list[str]:
        """The comments between two values; nothing but space and signs stands there besides."""
        return _COMMENT.findall(self.text[start:end])

    def _comments_behind(self, end: Mark) -> list[str]:
        return _COMMENT.findall(self.lines[end.line][end.column :])

    def _has_comment(self, node: Node) -> bool:
        """Whether a comment stands between the brackets."""
        place = node.start.index
        for leaf in _leaves(node):
            if self._comments(place, leaf.start.index):
                return True
            place = leaf.end.index
        return bool(self._comments(place, node.end.index))

    def _in_one(self, node: Node) -> str:
        """A text on one line, in other quotes only where it has paragraphs."""
        words = self._one_line(node)
        if words is not None:
            return words
        escaped = node.value.replace("\\", "\\\\").replace('"', '\\"')
        return '"' + "\\n\\n".join(part.strip() for part in escaped.split("\n") if part.strip()) + '"'

    def _one_line(self, node: Node) -> str | None:
        """A text as written, its line breaks as spaces; None for a block text and one with paragraphs."""
        first, *more = self._source(node).split("\n")
        if node.style in ("|", ">") or not all(line.strip() for line in more[:-1]):
            return None
        if more and not more[-1].strip():
            return None
        return _folded(first, more, node.style)


def _leaves(node: Node) -> list[Node]:
    """Every text in a value, keys included, in the order written."""
    if node.kind == TEXT:
        return [node]
    found: list[Node] = []
    for entry in node.entries:
        if entry.key is not None:
            found.append(entry.key)
        found += _leaves(entry.value)
    return found


def _folded(first: str, more: list[str], style: str) -> str:
    whole = first
    for line in more:
        line, bare = line.lstrip(_ONLY_SPACE), whole.rstrip(_ONLY_SPACE)
        escapes = style == '"' and (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
        # a backslash at the end of a line takes the line break away, or keeps the space that stood behind it
        gone = escapes and bare == whole
        whole = bare[:-1] + line if gone else f"{bare}{'  ' if escapes else ' '}{line}"
    return whole
