"""Writes what is generated: the JSON Schema, the library's index, docs/techniques.md, the codes of docs/authoring.md.

`python -m scenarios.index` writes all four.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from scenarios.load import library_ids, load_techniques
from scenarios.reference import AUTHORING_PAGE, authoring_page
from scenarios.schema import COMMITTED, schema_text
from scenarios.shelf import LIBRARY, SHIPPED_INDEX, Entry, summarise, write_index
from scenarios.techniques import OURS, Technique

TECHNIQUES_PAGE: Final = Path(__file__).parent.parent / "docs" / "techniques.md"
_INTRODUCTION: Final = """# Techniques

<!-- Made from scenarios/techniques.yaml by `python -m scenarios.index`; change that file, not this one. -->

What a reply shows, in a closed list: one to four of these stand under `techniques` of every reply.
The three numbers are the usual effect on tension, trust and safety; a reply that writes its own numbers keeps them.
They belong to format 1 and do not change.
"""


def library_entries() -> list[Entry]:
    """Every scenario of the library as an entry. Raises ValueError naming one that cannot be read."""
    entries = []
    for name in library_ids():
        entry = summarise(LIBRARY / f"{name}.yaml")
        if not isinstance(entry, Entry):
            raise ValueError(f"{name}: {entry}")
        entries.append(entry)
    return entries


def techniques_page() -> str:
    """docs/techniques.md: every technique with its definition, neighbour, roles and source."""
    known = load_techniques(OURS.read_bytes()).techniques
    sections = [_INTRODUCTION]
    for helps, title in ((True, "Helping"), (False, "Harming")):
        sections.append(f"## {title}\n")
        sections += [_entry(name, each, known) for name, each in known.items() if each.helps is helps]
    return "\n".join(sections)


def _entry(name: str, technique: Technique, known: Mapping[str, Technique]) -> str:
    usual = technique.usual
    lines = [
        f"### `{name}` {usual.tension:+d} {usual.trust:+d} {usual.safety:+d}",
        "",
        f"**{technique.words}.** {technique.definition}",
        "",
    ]
    if technique.neighbour is not None:
        words = known[technique.neighbour.technique].words
        lines.append(f"- Not `{technique.neighbour.technique}` ({words}): {technique.neighbour.difference}")
    if technique.fits and technique.fits != ("everyone",):
        lines.append(f"- Fits: {', '.join(technique.fits)}")
    if technique.not_for and technique.not_for != ("everyone",):
        lines.append(f"- Not for: {', '.join(technique.not_for)}")
    lines.append(f"- Source: {technique.source}")
    return "\n".join([*lines, ""])


def main() -> None:
    """Write all four."""
    COMMITTED.write_text(schema_text(), encoding="utf-8")
    write_index(SHIPPED_INDEX, library_entries())
    TECHNIQUES_PAGE.write_text(techniques_page(), encoding="utf-8")
    AUTHORING_PAGE.write_text(authoring_page(AUTHORING_PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
