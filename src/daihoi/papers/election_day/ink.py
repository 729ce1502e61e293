"""Marks of a pen as strokes in millimetres: clear ones as the rules want them, and every way to go wrong.

A hand is never straight, so strokes waver a little, always in the same way: equal marks are equal bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from daihoi.papers.canvas import up
from daihoi.papers.congress.pen import Rgb
from daihoi.sheet.terms import Rect

BLUE: Rgb = (20, 45, 150)
RED: Rgb = (190, 20, 30)
PEN_MM = 0.55
"""A ball pen pressed as people do on paper that lies on a hard table."""
_WAVER_MM = 0.18


@dataclass(frozen=True)
class Stroke:
    """One line of a pen through points in mm from the top left of the page."""

    points: tuple[tuple[float, float], ...]
    ink: Rgb = BLUE
    width_mm: float = PEN_MM


def struck(name: Rect, *, share: float = 1.0, ink: Rgb = BLUE) -> tuple[Stroke, ...]:
    """A line through the middle of a name; `share` below one ends it inside the name."""
    left = name.x - 1.6
    # A strike that counts runs beyond both ends; one that is in doubt ends inside the name.
    right = name.right + 1.8 if share >= 1.0 else name.x + name.w * share
    middle = name.y + name.h * 0.52
    return (Stroke(_line((left, middle + 0.35), (right, middle - 0.25)), ink),)


def crossed(square: Rect, *, reach: float = 0.0, ink: Rgb = BLUE) -> tuple[Stroke, ...]:
    """An X inside a square, `reach` mm beyond its edges."""
    inset = 0.16 * square.w - reach
    left, right = square.x + inset, square.right - inset
    top, bottom = square.y + inset, square.bottom - inset
    return (
        Stroke(_line((left, top), (right, bottom)), ink),
        Stroke(_line((right - 0.1, top + 0.15), (left + 0.1, bottom)), ink),
    )


def ticked(place: Rect, *, ink: Rgb = BLUE) -> tuple[Stroke, ...]:
    """A tick over a place."""
    x, y, h = place.x + place.w / 2, place.y + place.h / 2, max(place.h, 5.0)
    return (Stroke((*_line((x - 0.45 * h, y), (x, y + 0.5 * h)), *_line((x, y + 0.5 * h), (x + h, y - 0.7 * h))), ink),)


def circled(place: Rect, *, ink: Rgb = BLUE) -> tuple[Stroke, ...]:
    """A ring around a place, closed beyond its beginning as a hand closes it."""
    x, y = place.x + place.w / 2, place.y + place.h / 2
    across, high = place.w / 2 + 2.2, place.h / 2 + 1.3
    turns = [math.radians(-100 + step * 5) for step in range(77)]
    return (Stroke(tuple((x + (across + 0.4 * a / 6) * math.cos(a), y + high * math.sin(a)) for a in turns), ink),)


def spot(square: Rect, *, ink: Rgb = BLUE) -> tuple[Stroke, ...]:
    """A pen set down in a square and lifted again."""
    x, y = square.x + square.w / 2, square.y + square.h / 2
    return (Stroke(((x, y), (x + 0.6, y + 0.2)), ink),)


def written(start: tuple[float, float], width: float, *, high: float = 1.0, ink: Rgb = BLUE) -> tuple[Stroke, ...]:
    """Joined letters that nobody can read: writing, without a word of it; `high` stretches them upwards."""
    x, y = start
    loops = max(3, round(width / 3.2))
    points = []
    for step in range(loops * 14 + 1):
        turn = 2 * math.pi * step / 14
        # Every third loop is taller, as letters are; loops of one height look like a wave.
        tall = 1.7 if (step // 14) % 3 == 0 else 1.0
        points.append(
            (x + width * step / (loops * 14) - 0.9 * math.sin(turn), y - 1.1 * high * tall * (1 - math.cos(turn)))
        )
    return (Stroke(tuple(points), ink),)


def by_hand(strokes: Iterable[Stroke], unsteady: str) -> tuple[Stroke, ...]:
    """The strokes as another hand draws them: shifted, leaning and wavering within a millimetre, the same for one text.

    No two ballots of a real pile bear one stroke twice, and the count asks about those that do.
    """
    drawn = []
    for place, stroke in enumerate(strokes):
        part = [byte / 127.5 - 1 for byte in sha256(f"{unsteady}/{place}".encode()).digest()[:6]]
        middle = (stroke.points[0][0] + stroke.points[-1][0]) / 2
        points = tuple(
            (
                x + 0.7 * part[0] + (x - middle) * 0.03 * part[1],
                y + 0.45 * part[2] + (x - middle) * 0.012 * part[3] + 0.22 * math.sin(x / 6 + 9 * part[4]) * part[5],
            )
            for x, y in stroke.points
        )
        drawn.append(replace(stroke, points=points))
    return tuple(drawn)


def draw(canvas: Canvas, strokes: Iterable[Stroke]) -> None:
    """The strokes in the coordinates of `papers.canvas.up`, with round ends as a pen leaves them."""
    canvas.saveState()
    # A pen leaves no corners.
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for stroke in strokes:
        canvas.setStrokeColorRGB(*(part / 255 for part in stroke.ink))
        canvas.setLineWidth(stroke.width_mm * mm)
        path = canvas.beginPath()
        (x, y), *rest = stroke.points
        path.moveTo(x * mm, up(y))
        for x, y in rest:
            path.lineTo(x * mm, up(y))
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.restoreState()


def around(rects: Sequence[Rect]) -> Rect:
    """The smallest rectangle that holds them all."""
    left, top = min(one.x for one in rects), min(one.y for one in rects)
    return Rect(left, top, max(one.right for one in rects) - left, max(one.bottom for one in rects) - top)


def _line(start: tuple[float, float], end: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    steps = max(2, round(math.dist(start, end) / 2))
    (x0, y0), (x1, y1) = start, end
    return tuple(
        (
            x0 + (x1 - x0) * step / steps,
            y0 + (y1 - y0) * step / steps + _WAVER_MM * math.sin(2.4 * step) * min(1, step, steps - step),
        )
        for step in range(steps + 1)
    )
