"""The scanner test sheet: what stands where, for the printer that draws it and for the check that measures it.

Corner marks and codes stand where a ballot has them, so the sheet is found as a ballot is. All in mm from the top left
of the page; colours are sRGB.
"""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.sheet.paper import CODE_BOTTOM_LEFT, CODE_TOP_RIGHT, CORNERS
from daihoi.sheet.terms import Rect

__all__ = ["CODE_BOTTOM_LEFT", "CODE_TOP_RIGHT", "CORNERS"]

FRONT_CODE = "DHSCAN1:FRONT"
BACK_CODE = "DHSCAN1:BACK"
LEFT, RIGHT = 21.0, 189.0

BLANK_BANDS = (Rect(3.0, 29.5, 204.0, 4.0), Rect(3.0, 136.0, 204.0, 4.0), Rect(3.0, 262.0, 204.0, 4.0))
"""Nothing is printed here from one edge of the paper to the other: what is dark in two of them, a streak drew."""
BLANK_STRIPS = (Rect(5.0, 20.0, 5.0, 247.0), Rect(200.0, 30.0, 5.0, 247.0))
"""As the bands, from top to bottom, for scanners that move along the short side."""


@dataclass(frozen=True)
class Ink:
    """One colour: a filled field and, under it, two lines as a pen draws them."""

    key: str
    field: Rect
    lines: tuple[Rect, Rect]
    rgb: tuple[int, int, int]

    @property
    def contrast(self) -> float:
        """How dark it is to an eye: 0 as paper, 1 as black. [ITU-R BT.601 luma]"""
        red, green, blue = self.rgb
        return 1 - (0.299 * red + 0.587 * green + 0.114 * blue) / 255


@dataclass(frozen=True)
class Step:
    """One field of the grey scale; `black` is the share of black, 0 to 1."""

    field: Rect
    black: float


_INK_TOP, _INK_PITCH, _INK_WIDTH = 80.0, 24.0, 20.0
_COLOURS = (
    ("black", (20, 20, 22)),
    ("blue", (24, 52, 150)),
    ("red", (206, 28, 36)),
    ("stamp", (214, 40, 52)),
    ("violet", (110, 44, 150)),
    ("green", (20, 122, 62)),
    ("pencil", (105, 105, 108)),
)
PEN_MM = 0.4
"""Width of the printed pen lines; a ballpoint draws 0.3 to 0.5 mm."""


def _ink(place: int, key: str, rgb: tuple[int, int, int]) -> Ink:
    left = LEFT + place * _INK_PITCH
    lines = (
        Rect(left, _INK_TOP + 12.0, _INK_WIDTH, PEN_MM),
        Rect(left, _INK_TOP + 14.6, _INK_WIDTH, PEN_MM),
    )
    return Ink(key, Rect(left, _INK_TOP, _INK_WIDTH, 9.0), lines, rgb)


INKS = tuple(_ink(place, key, rgb) for place, (key, rgb) in enumerate(_COLOURS))

_SHARES = (0.06, 0.12, 0.25, 0.40, 0.55, 0.70, 0.85, 1.0)
_STEP_TOP, _STEP_WIDTH = 114.0, 21.0
STEPS = tuple(
    Step(Rect(LEFT + place * _STEP_WIDTH, _STEP_TOP, _STEP_WIDTH, 9.0), share) for place, share in enumerate(_SHARES)
)
LIGHT_STEP, DARK_STEP = STEPS[1], STEPS[5]
"""What must stay paper in a scan of two tones, and what must become ink."""

PEN_BOXES = tuple(Rect(LEFT + place * 34.5, 157.0, 30.0, 13.0) for place in range(5))
"""Left free for real pens."""

RULER_LEFT, RULER_TOP, RULER_LENGTH = 30.0, 191.0, 150.0
