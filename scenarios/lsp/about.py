"""What there is to say about a name, in a line or on a card (Markdown, every word of the file escaped)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from scenarios.lsp.look import Look
from scenarios.lsp.meanings import OUTCOMES, placeholder
from scenarios.lsp.mentions import Name, mentions
from scenarios.problems import listed
from scenarios.speech import PRONOUNS, fill
from scenarios.techniques import Technique
from scenarios.view import Part

_SPECIAL = re.compile(r"([\\`*_\[\]<>~&|]|^[#+\-])")
_SHORT: Final = 100
_MOST: Final = 8


def escaped(text: str) -> str:
    """A text that Markdown shows as it stands."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def first_line(text: str, most: int = _SHORT) -> str:
    """The beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def moment_line(part: Part) -> str:
    """What the person says at a moment, the line that has no condition where there are several."""
    said = part.get("person", str)
    if said is None:
        variants = [variant for _, variant in part.parts("person")]
        said = variants[-1].get("says", str) if variants else None
    return first_line(said) if said else "nothing is said yet"


def fact_line(part: Part) -> str:
    """What a fact means and of which kind it is."""
    most = part.get("max", int)
    kind = (
        f"0 to {most}" if most is not None else "hidden" if part.data.get("hidden") is True else "true/false"
    )
    says = part.get("says", str)
    return f"{kind}: {first_line(says)}" if says else kind


def technique_card(name: str, technique: Technique, *, neighbour: bool = True) -> str:
    """A technique: its words, usual effect, definition, what it is taken for, source."""
    usual = technique.usual
    side = "helps" if technique.helps else "harms"
    effect = f"tension {usual.tension:+d}, trust {usual.trust:+d}, safety {usual.safety:+d}".replace(
        "+0", "0"
    )
    lines = [
        f"**{escaped(technique.words)}** (`{name}`, {side})",
        f"Usually: {effect}.",
        escaped(technique.definition),
    ]
    near = technique.neighbour
    if neighbour and near is not None:
        lines.append(f"Not to be taken for `{near.technique}`: {escaped(near.difference)}")
    if technique.not_for:
        lines.append(f"Not for: {escaped(', '.join(technique.not_for))}.")
    lines.append(f"Source: {escaped(technique.source)}")
    return "\n\n".join(lines)


def placeholder_card(word: str, look: Look) -> str | None:
    """A placeholder: its meaning, and how it reads for each of the cast."""
    meaning = placeholder(word)
    if not meaning:
        return None
    person = look.view.root.part("person")
    reads = []
    for _, member in person.parts("cast") if person is not None else ():
        name, pronouns = member.get("name", str), member.get("pronouns", str) or "they"
        if name and pronouns in PRONOUNS and word != "trainee":
            read = fill(f"<{word}>", name, pronouns)
            reads.append(f"{escaped(name)}: {escaped(read)}" if read else f"{escaped(name)}: nothing")
    lines = [f"**`<{word}>`** {meaning}"]
    return "\n\n".join([*lines, ", ".join(reads[:_MOST])] if reads else lines)


def card(name: Name, look: Look) -> str | None:
    """What there is to say about a name; None where the file has no such thing."""
    if name.kind == "technique":
        technique = look.vocabulary.techniques.get(name.text)
        return None if technique is None else technique_card(name.text, technique)
    if name.kind == "reply":
        return _reply_card(name, look)
    lines = list(_lines(name, look))
    return "\n\n".join(lines) if lines else None


def _lines(name: Name, look: Look) -> Iterator[str]:
    root = look.view.root
    sections = {"moment": "moments", "ending": "endings", "opening": "openings", "fact": "facts"}
    if name.kind == "list":
        for reply in look.view.shared.get(name.text, [])[:_MOST]:
            yield f"`{reply.id}` {escaped(_words(reply))}"
        return
    section = root.part(sections[name.kind])
    part = section.part(name.text) if section is not None else None
    if part is None:
        return
    if name.kind == "moment":
        yield f"**Moment `{name.text}`** {escaped(moment_line(part))}"
        yield _leads_here(name, look)
    elif name.kind == "ending":
        outcome = part.get("outcome", str) or "no outcome yet"
        yield f"**Ending `{name.text}`** ({escaped(outcome)}) {OUTCOMES.get(outcome, '')}".rstrip()
        yield escaped(first_line(part.get("text", str) or "", 300))
        yield _leads_here(name, look)
    elif name.kind == "opening":
        yield f"**Opening `{name.text}`** begins at `{part.get('moment', str)}`."
    else:
        yield f"**Fact `{name.text}`** {escaped(fact_line(part))}"


def _leads_here(name: Name, look: Look) -> str:
    """Which openings, replies and rules lead to a moment or ending."""
    view = look.view
    ways = [f"opening {each}" for each, part in view.openings if part.get("moment", str) == name.text]
    for part in view.answers:
        if part.get("to", str) == name.text:
            where = part.path[1] if len(part.path) > 1 else ""
            ways.append(f"{where} → {part.id if part.path[-1] != 'silence' else 'silence'}")
    ways += [f"rule {place + 1}" for place, rule in enumerate(view.rules) if rule.get("to", str) == name.text]
    return f"Leads here: {listed(ways, _MOST)}." if ways else "Nothing leads here yet."


def _words(reply: Part) -> str:
    return first_line(reply.get("say", str) or reply.get("do", str) or "")


def _reply_card(name: Name, look: Look) -> str | None:
    found = mentions(look)
    part = found.replies.get(name)
    if part is None:
        return None
    target = part.get("to", str)
    lines = [f"**Reply `{name.text}`** in `{part.path[1]}`: {escaped(_words(part))}"]
    if target:
        lines.append(f"Leads to `{target}`.")
    return "\n\n".join(lines)
