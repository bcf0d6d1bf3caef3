"""Templates become text here: HTML with everything escaped that is put in, Markdown likewise. Loads nothing."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element, tostring

from simulator.text import clean

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

TEMPLATES: Final = Path(__file__).with_name("templates")
_LINES: Final = re.compile(r"\s+")
_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~&^$@])")
_BEGINS: Final = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")


class Plain(str):
    """Text of our own that is Markdown already."""


def html(template: str, style: Sequence[str], more_style: str = "", **values: Any) -> str:
    """A whole page from a template; `style` names the files whose rules it holds, and no others act."""
    sheets = [(TEMPLATES / name).read_text(encoding="utf-8") for name in ("page.css", *style)]
    sheet = "".join([more_style, *sheets])
    policy = f"default-src 'none'; style-src '{_digest(sheet)}'; base-uri 'none'; form-action 'none'"
    made = _environment(True).get_template(template)
    return made.render(policy=policy, style=_markup(sheet), **values)


def markdown(template: str, **values: Any) -> str:
    """A Markdown text from a template; whatever is put in stands as the letters it is."""
    text = _environment(False).get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def drawn(root: Element) -> Markup:
    """A drawing to put into a page: its texts were escaped by the serialiser."""
    return _markup(tostring(root, encoding="unicode", method="html"))


def escaped(value: object) -> str:
    """A value for a line of Markdown: no letter of it marks anything up, and it stays on its line."""
    if isinstance(value, Plain):
        return value
    text = _LINES.sub(" ", clean(str(value))).strip()
    text = _MARKS.sub(r"\\\1", text).replace("://", r":\//").replace("www.", r"www\.")
    begins = _BEGINS.match(text)
    if begins is None:
        return text
    place = begins.end() if begins.group().isdigit() else 0
    return f"{text[:place]}\\{text[place:]}"


def turns(numbers: Sequence[int]) -> str:
    """Turn numbers as in `turn 3` and `turns 1, 4 and 6`."""
    if len(numbers) == 1:
        return f"turn {numbers[0]}"
    return f"turns {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}" if numbers else "no turn"


@cache
def _environment(as_html: bool) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=as_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_cleaned if as_html else escaped,
    )
    filters: Mapping[str, Any] = {"turns": turns, "plain": Plain}
    made.filters.update(filters)
    return made


def _cleaned(value: object) -> object:
    """Text without the characters that turn lines round; numbers and markup as they are."""
    from markupsafe import Markup

    return clean(value) if type(value) is str and not isinstance(value, Markup) else value


def _markup(text: str) -> Markup:
    from markupsafe import Markup

    return Markup(text)


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
