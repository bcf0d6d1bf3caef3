"""A scenario's data written in every untidy way YAML allows: for tests of what must survive tidying."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

_PLAIN_SAFE = re.compile(r"[A-Za-z(<][A-Za-z0-9 .?!'()<>_=-]*[A-Za-z0-9.?!')>]")
_WORDS = {"true", "false", "null"}


class Messy:
    """Writes data as YAML with styles, comments, blank lines and key orders drawn from a random source."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.comments = 0

    def whole(self, data: dict[str, Any]) -> str:
        """The file, with a head and a foot."""
        lines = [self.comment(0), *self.maybe_trivia(0), *self.block(data, 0), *self.maybe_trivia(0)]
        return "\n".join(lines) + self.random.choice(["", "\n", "\n\n"])

    def comment(self, indent: int) -> str:
        self.comments += 1
        return f"{' ' * indent}# c{self.comments}: don't [lose] me, {{please}}"

    def maybe_trivia(self, indent: int) -> list[str]:
        if self.random.random() > 0.2:
            return []
        places = [indent, indent, 0, indent + 2]
        return [
            self.comment(self.random.choice(places)) if self.random.random() < 0.6 else ""
            for _ in range(self.random.randint(1, 3))
        ]

    def block(self, value: Any, indent: int) -> list[str]:
        """A non-empty list or mapping as lines at an indent."""
        pad = " " * indent
        lines: list[str] = []
        if isinstance(value, list):
            for item in value:
                lines += self.maybe_trivia(indent) + self.item(item, indent)
            return lines
        pairs = list(value.items())
        if self.random.random() < 0.5:
            self.random.shuffle(pairs)
        for key, inner in pairs:
            lines += self.maybe_trivia(indent)
            lines += self.entry(f"{pad}{self.key(key)}:", inner, indent)
        return lines

    def item(self, item: Any, indent: int) -> list[str]:
        dash = " " * indent + "-"
        if isinstance(item, dict | list) and item and self.random.random() < 0.7:
            if self.random.random() < 0.15:
                return [f"{dash} {self.comment(0)}", *self.block(item, indent + 2)]
            wide = self.random.choice([2, 2, 4])
            inner = self.block(item, indent + wide)
            while inner and (not inner[0].strip() or inner[0].lstrip().startswith("#")):
                del inner[0]  # a comment cannot stand behind a dash; those dropped are not counted
            return [dash + " " * (wide - 1) + inner[0][indent + wide :], *inner[1:]]
        return self.entry(dash, item, indent)

    def entry(self, lead: str, value: Any, indent: int) -> list[str]:
        if isinstance(value, dict | list):
            if value and self.random.random() < 0.6:
                if lead.endswith("-"):
                    return [lead, *self.block(value, indent + 2)]
                behind = f" {self.comment(0)}" if self.random.random() < 0.1 else ""
                outward = isinstance(value, list) and self.random.random() < 0.3
                inner = self.block(value, indent if outward else indent + self.random.choice([2, 4]))
                return [lead + behind, *inner]
            return f"{lead} {self.flow(value, indent + 3)}{self.behind()}".split("\n")
        style = self.random.random()
        if isinstance(value, str) and style < 0.1:
            sign = self.random.choice(["|", ">", ">-", "|+"])
            return [f"{lead} {sign}", *(" " * (indent + 3) + part for part in value.split("\n"))]
        if isinstance(value, str) and style < 0.2 and _PLAIN_SAFE.fullmatch(value) and value not in _WORDS:
            return [lead, " " * (indent + 3) + value]
        words = self.text(value, indent + 3)
        behind = "" if isinstance(value, str) else self.behind()  # behind speech it would be `text-cut-short`
        return f"{lead} {words}{behind}".split("\n")

    def behind(self) -> str:
        return f"  {self.comment(0)}" if self.random.random() < 0.1 else ""

    def key(self, key: Any) -> str:
        return json.dumps(key) if isinstance(key, str) and self.random.random() < 0.1 else str(key)

    def flow(self, value: Any, indent: int) -> str:
        """A list or mapping in brackets, perhaps over several lines."""
        if isinstance(value, list):
            return self.bracketed("[]", [self.inner(item, indent) for item in value], indent)
        pairs = list(value.items())
        if self.random.random() < 0.5:
            self.random.shuffle(pairs)
        made = [f"{self.key(key)}: {self.inner(inner, indent)}" for key, inner in pairs]
        return self.bracketed("{}", made, indent)

    def inner(self, value: Any, indent: int) -> str:
        return (
            self.flow(value, indent)
            if isinstance(value, dict | list)
            else self.text(value, indent, flow=True)
        )

    def bracketed(self, signs: str, parts: list[str], indent: int) -> str:
        pad = "\n" + " " * indent
        made = signs[0]
        for place, part in enumerate(parts):
            if self.random.random() < 0.1:
                made += f"  {self.comment(0)}{pad}"  # behind a bracket or a comma
            elif self.random.random() < 0.2:
                made += pad
            made += part + ("," if place + 1 < len(parts) else "")
            if place + 1 < len(parts):
                made += " "
        if made[-1] in "'\"]}" and self.random.random() < 0.1:
            made += f" {self.comment(0)}{pad}"
        return made + signs[1]

    def text(self, value: Any, indent: int, *, flow: bool = False) -> str:
        """A text in some quotes or none, perhaps over several lines."""
        if not isinstance(value, str):
            return str(value).lower() if isinstance(value, bool) else str(value)
        styles = ["'", '"']
        if _PLAIN_SAFE.fullmatch(value) and value not in _WORDS:
            styles += ["", "", ""]
        style = self.random.choice(styles)
        words = {"": value, "'": "'" + value.replace("'", "''") + "'", '"': json.dumps(value)}[style]
        if self.random.random() < 0.2 and words.count(" ") and "  " not in words:
            pieces = words.split(" ")
            place = self.random.randint(1, len(pieces) - 1)
            breaks = "\n" + " " * indent
            if style == '"' and self.random.random() < 0.3:
                breaks = " \\" + breaks
            words = " ".join(pieces[:place]) + breaks + " ".join(pieces[place:])
        return words
