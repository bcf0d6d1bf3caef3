"""Where an arrow's label sits: on the arrow or touching it, so that nobody has to guess whose it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

Point = tuple[float, float]
Area = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

_CLEAR: Final = 2
_STEP: Final = 12
_MOST_STEPS: Final = 16
_ON_A_BOX: Final = 100
_ON_A_LABEL: Final = 30
_ASIDE: Final = 1.5
_FAR_FROM_MIDDLE: Final = 0.002


def place_labels(
    sizes: Sequence[Point | None], bends: Sequence[Sequence[Point]], boxes: Sequence[Area]
) -> list[Point | None]:
    """The middle of every label that has a size (width, height): the calmest spot on its own arrow."""
    spans = [(number, _span(piece)) for number, bend in enumerate(bends) for piece in pairwise(bend)]
    taken: list[Area] = []
    found: list[Point | None] = []
    for number, size in enumerate(sizes):
        if size is None or len(bends[number]) < 2:
            found.append(None)
            continue
        others = [span for owner, span in spans if owner != number]
        best = min(_rated(bends[number], size, others, boxes, taken))
        taken.append(_around(best[1], size))
        found.append(best[1])
    return found


def _rated(
    bends: Sequence[Point], size: Point, others: Sequence[Area], boxes: Sequence[Area], taken: Sequence[Area]
) -> Iterator[tuple[float, Point]]:
    """Points along an arrow, or so far aside that the label just touches it, each with what speaks against it."""
    pieces = list(pairwise(bends))
    lengths = [abs(x - u) + abs(y - v) for (x, y), (u, v) in pieces]
    gone, middle, aside = 0.0, sum(lengths) / 2, size[0] / 2
    for piece, length in zip(pieces, lengths, strict=True):
        (x, y), (u, v) = piece
        left, top, right, bottom = _span(piece)
        reach = left - size[0] - _CLEAR, top - size[1], right + size[0] + _CLEAR, bottom + size[1]
        near = [area for area in others if _meets(area, reach)]
        boxed = [area for area in boxes if _meets(area, reach)]
        steps = min(max(int(length // _STEP), 1), _MOST_STEPS)
        for part in ((step + 0.5) / steps for step in range(steps)):
            for shift in (0.0, aside, -aside):
                spot = round(x + (u - x) * part + shift, 2), round(y + (v - y) * part, 2)
                area = _around(spot, size)
                against = sum(_meets(area, one) for one in near) + (_ASIDE if shift else 0)
                against += _ON_A_BOX * sum(_meets(area, one) for one in boxed)
                against += _ON_A_LABEL * sum(_meets(area, one) for one in taken)
                yield against + abs(gone + length * part - middle) * _FAR_FROM_MIDDLE, spot
        gone += length


def _around(middle: Point, size: Point) -> Area:
    x, y = size[0] / 2 + _CLEAR, size[1] / 2 + _CLEAR
    return middle[0] - x, middle[1] - y, middle[0] + x, middle[1] + y


def _span(piece: tuple[Point, Point]) -> Area:
    (x, y), (u, v) = piece
    return min(x, u), min(y, v), max(x, u), max(y, v)


def _meets(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
