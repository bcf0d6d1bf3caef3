"""YAML parser events -> plain data with positions, on its own stack: no recursion, tags or aliases."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

import yaml

from scenarios.problems import Problem

MAX_DEPTH: Final = 32
MAX_VALUES: Final = 400_000
MAX_TEXT: Final = 20_000
MAX_DIGITS: Final = 6

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_COMMENT = re.compile(r"[ \t]+#")
BIDI: Final = "\u202a-\u202e\u2066-\u2069"
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff"
    + BIDI
    + "\U000e0000-\U000e007f]+"
)
"""What no text may hold: C0 but tab and newline, C1, DEL, what turns text round, what is invisible."""
_CURLY_KEY = re.compile("[\u201c\u201d\u2018\u2019](\\S.*?)[\u201c\u201d\u2018\u2019]")
_MOST_ALIASES: Final = 20
_MOST_OF_A_KIND: Final = 100
_BLANK_LINE = re.compile(r"[ \t]*\n[ \t]*(?:\n[ \t]*)+")
_SPACE = re.compile(r"[ \t]*\n[ \t]*")
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "": None, "~": None, "null": None}

Place = tuple[Any, ...]


class TooMuch(Exception):
    """A limit of the format was passed; reading stops."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Spot:
    """Where a key and its value stand (from 1), how it was written, and the same for what is inside it.

    `style` is plain, quoted, block, list, mapping; `flow` tells `[a, b]` from a list of lines; `cut` that a
    comment follows unquoted text; `empty` that nothing is written; `broken` that a problem was told already,
    so that no other speaks of the same slip.
    """

    __slots__ = (
        "broken",
        "column",
        "cut",
        "empty",
        "flow",
        "inside",
        "key_column",
        "key_line",
        "line",
        "style",
    )

    def __init__(self, line: int, column: int, key_line: int, key_column: int, style: str = "plain") -> None:
        self.line = line
        self.column = column
        self.key_line = key_line
        self.key_column = key_column
        self.style = style
        self.flow = False
        self.cut = False
        self.broken = False
        self.empty = False
        self.inside: dict[Any, Spot] | None = None


class _Frame:
    """A list or mapping that is still open."""

    __slots__ = ("data", "key", "key_broken", "key_mark", "spot", "waiting")

    def __init__(self, data: Any, spot: Spot) -> None:
        self.data = data
        self.spot = spot
        self.key: Any = None
        self.key_mark: Any = None
        self.key_broken = False
        self.waiting = False


class Composer:
    """Composes one document. After `run`: `data`, `spot` and `problems`."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        self.data: Any = None
        self.spot = Spot(1, 1, 1, 1)
        self.problems: list[Problem] = []
        self._stack: list[_Frame] = []
        self._count = 0
        self._documents = 0
        self._told: dict[str, int] = {}
        self._aliases: set[str] = set()
        self.second: int | None = None
        """The line, from 0, where a second document starts."""

    def run(self, loader: Any) -> None:
        """Compose the text. Raises yaml.YAMLError where it is not YAML, TooMuch past a limit."""
        parser = loader(self.text)
        try:
            while parser.check_event():
                if not self._event(parser.get_event()):
                    return
        finally:
            parser.dispose()

    def _event(self, event: Any) -> bool:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, kind is yaml.MappingStartEvent)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._stack.pop()
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent:
            return self._document(event)
        return True

    def _document(self, event: Any) -> bool:
        self._documents += 1
        if event.tags:
            self._problem("tag", event.start_mark, "`%TAG` is not used in scenarios.", "Delete the line.")
        if self._documents == 1:
            return True
        self.second = event.start_mark.line
        self._problem(
            "several-documents",
            event.start_mark,
            "A second document starts here; a file holds one scenario.",
            "Delete the line `---`, or move what follows into a file of its own.",
        )
        return False

    def _problem(self, code: str, mark: Any, message: str, hint: str) -> None:
        self._told[code] = self._told.get(code, 0) + 1
        if self._told[code] >= _MOST_OF_A_KIND:
            if self._told[code] > _MOST_OF_A_KIND:
                return
            hint += " More of the kind follow."
        self.problems.append(Problem(code, self.path, mark.line + 1, mark.column + 1, message, hint))

    def _stop(self, code: str, mark: Any, message: str, hint: str) -> TooMuch:
        return TooMuch(Problem(code, self.path, mark.line + 1, mark.column + 1, message, hint))

    def _counted(self, mark: Any) -> None:
        self._count += 1
        if self._count > MAX_VALUES:
            raise self._stop(
                "too-big",
                mark,
                f"The file holds more than {MAX_VALUES:,} values.",
                "Split it into several scenarios.",
            )

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        self._counted(mark)
        frame = self._stack[-1] if self._stack else None
        told = len(self.problems)
        self._decorated(event, empty=event.value == "")
        value = self._value(event)
        lost = event.value == "" if event.anchor is not None else len(self.problems) > told
        if frame is not None and type(frame.data) is dict and not frame.waiting:
            self._key(frame, value, event, lost)
            return
        style = event.style
        spot = self._place(mark, "plain" if not style else "quoted" if style in "\"'" else "block")
        spot.broken = lost
        spot.empty = event.value == ""
        if not style and _COMMENT.match(self.text, event.end_mark.index):
            spot.cut = True
        self._put(value, spot)

    def _value(self, event: Any) -> Any:
        value = event.value
        style = event.style
        if not style:
            if value in _WORDS:
                return _WORDS[value]
            if value[0] in "-0123456789" and _INTEGER.fullmatch(value):
                return self._integer(value, event.start_mark)
            if value[0] in ".+-" and _NOT_FINITE.fullmatch(value):
                self._problem(
                    "wrong-type",
                    event.start_mark,
                    f"`{value}` is not a number that can be used.",
                    "Write a whole number.",
                )
                return None
        elif style == '"' and HIDDEN.search(value):
            self._problem(
                "not-text",
                event.start_mark,
                "This text holds an escaped control character.",
                "Delete the backslash and what belongs to it; nothing but words can be shown.",
            )
            value = HIDDEN.sub("\ufffd", value)
        if len(value) > MAX_TEXT:
            self._problem(
                "too-big",
                event.start_mark,
                f"This text is {len(value):,} characters long; the most is {MAX_TEXT:,}.",
                "Shorten it.",
            )
            return value[:MAX_TEXT]
        return self._words(value, style, event)

    def _integer(self, value: str, mark: Any) -> int:
        if len(value.lstrip("-")) > MAX_DIGITS:
            self._problem(
                "too-big",
                mark,
                f"This number has more than {MAX_DIGITS} digits.",
                "Write a smaller number, or put it in quotes if it is meant to be read as words.",
            )
            return 0
        return int(value)

    def _words(self, value: str, style: str, event: Any) -> str:
        """Trim both ends; one line break becomes a space and a blank line a paragraph, in every style."""
        if "\n" not in value:
            return str(value.strip())
        if style == ">":
            value = "\n".join(self.text[event.start_mark.index : event.end_mark.index].split("\n")[1:])
        elif style != "|" and event.start_mark.line != event.end_mark.line:
            return "\n\n".join(part.strip() for part in value.split("\n") if part.strip())
        paragraphs = _BLANK_LINE.split(value.strip())
        return "\n\n".join(_SPACE.sub(" ", part.strip()) for part in paragraphs if part.strip())

    def _decorated(self, event: Any, empty: bool) -> None:
        """Note a tag or an anchor, or that a text was lost to it."""
        tag, anchor = event.tag, event.anchor
        if anchor is None and tag is None:
            return
        sign = "&" if anchor is not None else "!"
        if empty and (anchor is not None or not str(tag).startswith("tag:")):
            self._problem(
                "text-cut-short",
                event.start_mark,
                f"This text began with `{sign}`, which YAML takes for a mark of its own, so nothing is left"
                " of it.",
                "Put the whole text in double quotes.",
            )
        elif anchor is not None:
            hint = (
                "Put replies that several moments share under `shared_replies`; if it is speech, put it in"
                " quotes."
            )
            self._named(f"&{anchor}", "anchor", event.start_mark, hint)
        else:
            self._problem(
                "tag",
                event.start_mark,
                "A word that begins with `!` is a YAML tag, which scenarios do not use.",
                "Delete it; if it is speech, put the whole text in double quotes.",
            )

    def _named(self, name: str, kind: str, mark: Any, hint: str) -> None:
        """Tell an anchor or alias where it first stands; a hostile file has thousands of them."""
        if name not in self._aliases and len(self._aliases) < _MOST_ALIASES:
            self._aliases.add(name)
            self._problem("alias", mark, f"`{name}` is an {kind}, which scenarios do not use.", hint)

    def _alias(self, event: Any) -> None:
        self._counted(event.start_mark)
        hint = "Use `shared_replies` and `also`; if it is speech, put the whole text in double quotes."
        self._named(f"*{event.anchor}", "alias", event.start_mark, hint)
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.waiting and frame.key == "<<":
            frame.spot.broken = True
        if frame is not None and type(frame.data) is dict and not frame.waiting:
            frame.key, frame.key_mark, frame.waiting = object(), event.start_mark, True
            return
        spot = self._place(event.start_mark, "plain")
        spot.broken = True
        self._put(None, spot)

    def _key(self, frame: _Frame, key: Any, event: Any, broken: bool) -> None:
        if key is None or type(key) is bool or (broken and type(key) is int):
            key = event.value
        if isinstance(key, str) and not key.isascii():
            key = self._uncurled(unicodedata.normalize("NFC", key), event)
        frame.key, frame.key_mark, frame.waiting, frame.key_broken = key, event.start_mark, True, broken
        first = frame.spot.inside.get(key) if frame.spot.inside is not None else None
        if first is not None:
            self._problem(
                "duplicate-key",
                event.start_mark,
                f"`{key}` stands here a second time; the first is in line {first.key_line}.",
                "Delete one of them, or rename it.",
            )
            frame.key = object()

    def _uncurled(self, key: str, event: Any) -> str:
        """A key without the curly quotes that a word processor put round it; they are told with the mend."""
        found = _CURLY_KEY.fullmatch(key)
        if found is None or event.style:
            return key
        start, end = event.start_mark.index, event.end_mark.index
        line_end = self.text.find("\n", end)
        line = self.text[self.text.rfind("\n", 0, start) + 1 : start] + found[1]
        line += self.text[end : line_end if line_end >= 0 else None]
        message = f"Curly quotes stand round the key `{found[1]}`; keys take none."
        self._problem("yaml-syntax", event.start_mark, message, f"Write it as: {line.strip()}")
        return found[1]

    def _open(self, event: Any, mapping: bool) -> None:
        mark = event.start_mark
        self._counted(mark)
        if len(self._stack) >= MAX_DEPTH:
            raise self._stop(
                "too-deep",
                mark,
                f"This is nested more than {MAX_DEPTH} deep.",
                "No scenario needs that; close brackets.",
            )
        told = len(self.problems)
        self._decorated(event, empty=False)
        frame = self._stack[-1] if self._stack else None
        data: Any = {} if mapping else []
        spot = self._place(mark, "mapping" if mapping else "list")
        spot.broken = len(self.problems) > told and event.anchor is None
        spot.flow = bool(event.flow_style)
        spot.inside = {}
        if frame is not None and type(frame.data) is dict and not frame.waiting:
            raise self._stop(
                "yaml-syntax",
                mark,
                "A list or mapping cannot be a key.",
                "Give this key a plain name before the colon.",
            )
        self._put(data, spot)
        self._stack.append(_Frame(data, spot))

    def _place(self, mark: Any, style: str) -> Spot:
        line, column = mark.line + 1, mark.column + 1
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.waiting:
            key = frame.key_mark
            return Spot(line, column, key.line + 1, key.column + 1, style)
        return Spot(line, column, line, column, style)

    def _put(self, value: Any, spot: Spot) -> None:
        if not self._stack:
            self.data, self.spot = value, spot
            return
        frame = self._stack[-1]
        inside = frame.spot.inside
        assert inside is not None
        if type(frame.data) is dict:
            frame.waiting = False
            spot.broken = spot.broken or frame.key_broken
            if type(frame.key) is not object:
                frame.data[frame.key] = value
                inside[frame.key] = spot
        else:
            inside[len(frame.data)] = spot
            frame.data.append(value)
