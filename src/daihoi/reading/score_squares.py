"""Numbers about the two squares of a row, no verdict: how large a mark is, how dark, how much of it is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from daihoi.reading.ink import Ink, inside, strokes_in, tone_of
from daihoi.reading.reference import PX_PER_MM, Area, RowReference, SquareReference
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import TargetKind

SOFT_PX = 1.5
"""A dot touches this many px more than its own width: pixels that it covers in part, and blur."""
SMEAR_TONE = 0.6
"""Darker ink was not rubbed off: what an eraser left kept 0.43 to 0.55, a pen's mark is darker but for pencils."""
SMEAR_PX = 7
"""Broader than any pale line of a pencil, which an opening of this size takes away."""
MEETING_PX = 4
"""Ink, px, that lies against a streak before it goes on under it: noise and a streak's own rim are less."""
ARM_MM = 5.0
"""The end of a cross that stands out of its square is shorter; a ring around a square is longer."""


@dataclass(frozen=True)
class SquareScore:
    """Measures of one square: longer and shorter side and area of its largest ink, all ink, faint and hidden shares."""

    kind: TargetKind
    extent_mm: float = 0.0
    breadth_mm: float = 0.0
    area_mm2: float = 0.0
    total_mm2: float = 0.0
    spread_mm: float = 0.0
    """Longer side of all ink together: a dry pen's cross is in pieces."""
    across_mm: float = 0.0
    """Shorter side of all ink together."""
    tone: float = 0.0
    """Darkness of the ink as a share of the print's: what an eraser leaves is paler than what the same pen wrote."""
    smear_mm2: float = 0.0
    """Broad grey that is no line, off the dark of the ink: an eraser spreads what it rubs off, a pencil does not."""
    rim_mm2: float = 0.0
    """Ink close to the outline, where the outline itself may lie in a stretched scan."""
    faint: float = 0.0
    hidden: float = 0.0
    meets_hidden: bool = False
    """Whether ink goes on under a streak or a fold: no one sees how far."""
    inside_share: float = 0.0
    strokes: frozenset[int] = frozenset()


def score_square(ink: Ink, row: RowReference, square: SquareReference) -> SquareScore:
    area = inside(row.cell, square.clear)
    mask = ink.mask[area]
    under = None if ink.hidden is None else ink.hidden[area]
    hidden = 0.0 if under is None else float((under > 0).mean())
    smooth = cv2.blur(ink.extra[area], (5, 5))
    faint = float((smooth > ink.faint).mean())
    total = cv2.countNonZero(mask)
    rim = (cv2.countNonZero(ink.mask[inside(row.cell, square.inside)]) - total) / PX_PER_MM**2
    if not total:
        return SquareScore(square.kind, rim_mm2=rim, faint=faint, hidden=hidden)
    tone = tone_of(ink, area)
    # A blurred dot is larger than the dot: its size is taken at half its own darkness.
    dark = np.where(ink.extra[area] > 0.5 * tone * ink.contrast, mask, 0).astype(np.uint8)
    width, height, pixels = _largest_piece(dark, under)
    strokes = strokes_in(ink, area, 3)
    around = strokes_in(ink, _grown(inside(row.cell, square.box), 1.5))
    whole = sum(ink.pixels_of(label) for label in strokes)
    return SquareScore(
        kind=square.kind,
        extent_mm=max(0.0, max(width, height) - SOFT_PX) / PX_PER_MM,
        breadth_mm=min(width, height) / PX_PER_MM,
        area_mm2=pixels / PX_PER_MM**2,
        total_mm2=total / PX_PER_MM**2,
        spread_mm=max(cv2.boundingRect(dark)[2:]) / PX_PER_MM,
        across_mm=min(cv2.boundingRect(dark)[2:]) / PX_PER_MM,
        tone=tone,
        smear_mm2=_smear(ink, area, dark) if tone < SMEAR_TONE else 0.0,
        rim_mm2=rim,
        faint=faint,
        hidden=hidden,
        meets_hidden=under is not None and _meets(mask, under),
        inside_share=sum(around[label] for label in strokes if label in around) / whole if whole else 0.0,
        strokes=frozenset(strokes),
    )


def _meets(mask: GrayImage, hidden: GrayImage) -> bool:
    """Whether ink lies against what is hidden, over half a millimetre's length of a thin line."""
    near = cv2.dilate(hidden, np.ones((5, 5), np.uint8))
    return cv2.countNonZero(cv2.bitwise_and(near, mask)) >= MEETING_PX


def _smear(ink: Ink, area: Area, dark: GrayImage) -> float:
    """Paper about the dark of the ink that is grey and no line, mm2."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (SMEAR_PX, SMEAR_PX))
    broad = cv2.morphologyEx(ink.extra[area], cv2.MORPH_OPEN, disc) > ink.faint
    near = cv2.dilate(dark, np.ones((5, 5), np.uint8)) > 0
    return float(np.count_nonzero(broad & ~near)) / PX_PER_MM**2


def _largest_piece(dark: GrayImage, hidden: GrayImage | None) -> tuple[int, int, int]:
    """Width, height and ink (px) of the piece with most ink; a streak that cuts through a mark joins what it cuts."""
    joined = cv2.dilate(dark, np.ones((3, 3), np.uint8))
    if hidden is not None:
        joined = cv2.bitwise_or(joined, hidden)
    _count, labels = cv2.connectedComponents(joined, connectivity=8)
    rows, columns = np.nonzero(dark)
    biggest = np.bincount(labels[rows, columns]).argmax()
    own = labels[rows, columns] == biggest
    return int(np.ptp(columns[own])) + 1, int(np.ptp(rows[own])) + 1, int(own.sum())


def arms_of(ink: Ink, row: RowReference, square: SquareReference, score: SquareScore) -> frozenset[int]:
    """Strokes that belong to a square's mark: those inside, and the ends of a cross that its outline cuts off."""
    if score.extent_mm < 2.0:
        return score.strokes
    around = strokes_in(ink, _grown(inside(row.cell, square.box), 1.0))
    return score.strokes | {label for label in around if ink.strokes[label].extent_mm <= ARM_MM}


def _grown(area: Area, margin_mm: float) -> Area:
    reach = round(margin_mm * PX_PER_MM)
    return (
        slice(max(0, area[0].start - reach), area[0].stop + reach),
        slice(max(0, area[1].start - reach), area[1].stop + reach),
    )
