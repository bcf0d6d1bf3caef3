"""Elements for SVG and HTML. Text becomes markup in one place, the serialiser, which escapes all of it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from xml.etree.ElementTree import Element

Child = Element | str | None


def element(tag: str, *children: Child, **attributes: str | float | None) -> Element:
    """An element. `class_` is `class`, other underscores become hyphens; None leaves something out.

    Numbers are written with at most two decimals.
    """
    made = Element(tag)
    for name, value in attributes.items():
        if value is not None:
            written = value if isinstance(value, str) else figure(value)
            made.set(name.rstrip("_").replace("_", "-"), written)
    last: Element | None = None
    for child in children:
        if child is None:
            continue
        if isinstance(child, Element):
            made.append(child)
            last = child
        elif last is None:
            made.text = (made.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return made


def figure(value: float) -> str:
    """A number as short as it goes: `12`, `12.5`, never `-0`."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def as_svg(root: Element) -> str:
    """A whole SVG file."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def as_html(root: Element) -> str:
    """A whole HTML file. The text of `script` and `style` stays as it is, so it must be ours alone."""
    return "<!DOCTYPE html>\n" + ET.tostring(root, encoding="unicode", method="html") + "\n"
