"""Ink outside the table and the stamp field: proposed to the board, never judged by the machine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daihoi.reading.ink import HALF_PX_PER_MM, Ink, Stroke
from daihoi.reading.reference import PageReference, half
from daihoi.reading.thresholds import Thresholds
from daihoi.rules.terms import InvalidGround
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect

STAMP_REACH_MM = 5.0
"""A stamp is set by hand: its ring may lie this far outside its field, and its pieces this far apart."""
GROUP_MM = 9.0
"""Pieces nearer than this are one piece of writing."""
EDGE_MM = 1.5
"""Ink that begins this near to the page's edge hangs on it; writing keeps at least 2 mm away."""
RIM_DEPTH_MM = 14.0
"""Ink that hangs on the page's rim and reaches no further in is a border, a torn edge or the shadow of a lid."""


@dataclass(frozen=True)
class _Box:
    x0: float
    y0: float
    x1: float
    y1: float

    def near(self, other: _Box, reach: float) -> bool:
        """Whether the boxes come within `reach` mm of each other, in both directions."""
        return (
            self.x0 - reach <= other.x1
            and other.x0 - reach <= self.x1
            and self.y0 - reach <= other.y1
            and other.y0 - reach <= self.y1
        )

    def joined(self, other: _Box) -> _Box:
        """The box around both."""
        return _Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


def foreign_ink(ink: Ink, reference: PageReference, limits: Thresholds) -> tuple[tuple[InvalidGround, Rect], ...]:
    """Each piece of ink elsewhere on the page: what it may be, and where (mm)."""
    boxes = [
        _box_of(stroke)
        for stroke in ink.strokes.values()
        if stroke.extent_mm >= 0.5 * limits.foreign_mm
        and not _in_table(ink, reference, stroke)
        and not _on_rim(_box_of(stroke))
    ]
    boxes = _without_stamp(boxes, reference)
    groups = [box for box in _grouped(boxes) if max(box.x1 - box.x0, box.y1 - box.y0) >= limits.foreign_mm]
    groups.sort(key=lambda box: (box.y0, box.x0))
    return tuple((_proposal(box, limits), Rect(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0)) for box in groups)


def _box_of(stroke: Stroke) -> _Box:
    return _Box(
        stroke.x / HALF_PX_PER_MM,
        stroke.y / HALF_PX_PER_MM,
        (stroke.x + stroke.w) / HALF_PX_PER_MM,
        (stroke.y + stroke.h) / HALF_PX_PER_MM,
    )


def _in_table(ink: Ink, reference: PageReference, stroke: Stroke) -> bool:
    """A stroke with a third of its ink in the rows belongs to them: strikes run out into the margin."""
    area = (slice(stroke.y, stroke.y + stroke.h), slice(stroke.x, stroke.x + stroke.w))
    own = ink.labels[area] == stroke.label
    table = reference.table[: ink.labels.shape[0], : ink.labels.shape[1]][area]
    return int((own & table).sum()) * 3 >= int(own.sum())


def _on_rim(box: _Box) -> bool:
    return (
        (box.x0 < EDGE_MM and box.x1 < RIM_DEPTH_MM)
        or (box.y0 < EDGE_MM and box.y1 < RIM_DEPTH_MM)
        or (box.x1 > PAGE_W_MM - EDGE_MM and box.x0 > PAGE_W_MM - RIM_DEPTH_MM)
        or (box.y1 > PAGE_H_MM - EDGE_MM and box.y0 > PAGE_H_MM - RIM_DEPTH_MM)
    )


def _without_stamp(boxes: list[_Box], reference: PageReference) -> list[_Box]:
    """Leave out what hangs together with the stamp field."""
    if reference.stamp is None:
        return boxes
    rows, columns = half(reference.stamp)
    field = _Box(
        columns.start / HALF_PX_PER_MM,
        rows.start / HALF_PX_PER_MM,
        columns.stop / HALF_PX_PER_MM,
        rows.stop / HALF_PX_PER_MM,
    )
    stamp = [box for box in boxes if box.near(field, STAMP_REACH_MM)]
    return [box for box in boxes if not box.near(field, STAMP_REACH_MM) and not any(box.near(s, 1.0) for s in stamp)]


def _grouped(boxes: list[_Box]) -> list[_Box]:
    groups: list[_Box] = []
    for box in sorted(boxes, key=lambda b: (b.x0, b.y0)):
        merged = box
        rest = []
        for group in groups:
            if group.near(merged, GROUP_MM / 2):
                merged = merged.joined(group)
            else:
                rest.append(group)
        groups = [*rest, merged]
    return groups


def _proposal(box: _Box, limits: Thresholds) -> InvalidGround:
    wide = box.x1 - box.x0 >= limits.text_mm
    return InvalidGround.SIGNED_OR_EXTRA_TEXT if wide else InvalidGround.DISTINGUISHING_MARK


def share_of_page(ink: Ink) -> float:
    """Share of the page that carries added ink: a page of 20 % is no ballot that a voter marked."""
    return float(np.count_nonzero(ink.labels)) / ink.labels.size
