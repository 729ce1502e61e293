"""Pages of a presentation as plain shapes in millimetres, free of any file format: PDF and PPTX draw the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from daihoi.papers.congress.fitting import Fitted
from daihoi.papers.congress.pen import BLACK, Rgb
from daihoi.sheet.terms import Rect

WIDTH_MM, HEIGHT_MM = 338.67, 190.5
"""16:9 as presentation programs make it: 13.33 x 7.5 inches."""


class Side(StrEnum):
    """Where the lines of a text stand in their box."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class Words:
    """Lines in the middle of the height of a box; `heading` names the page in the outline of a presentation."""

    box: Rect
    fitted: Fitted
    rgb: Rgb = BLACK
    side: Side = Side.LEFT
    heading: bool = False


@dataclass(frozen=True)
class Bar:
    """A filled rectangle."""

    box: Rect
    rgb: Rgb


@dataclass(frozen=True)
class Mark:
    """An upright line of 0.5 mm."""

    x: float
    top: float
    bottom: float
    rgb: Rgb


@dataclass(frozen=True)
class Photo:
    """A portrait as JPEG, already cut to the shape of its box; `name` is said where nobody sees it."""

    box: Rect
    jpeg: bytes
    name: str


Shape = Words | Bar | Mark | Photo


@dataclass(frozen=True)
class Slide:
    """One page, drawn in order."""

    shapes: tuple[Shape, ...]
