"""What was found, drawn over the page: for a person to see at a glance whether every name and box is where it is."""

from __future__ import annotations

import cv2
import numpy as np

from daihoi.learning.terms import PX_PER_MM, LearnedSheet
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Rect, TargetKind

ROW, NAME = (60, 160, 60), (200, 120, 0)
COLOURS = {TargetKind.NAME: (0, 0, 220), TargetKind.AGREE: (0, 140, 0), TargetKind.DISAGREE: (0, 0, 220)}
STAMP = (180, 0, 180)
"""Blue, green, red, as OpenCV wants them."""


def overlay(sheet: LearnedSheet, rasters: tuple[GrayImage, ...]) -> bytes:
    """PNG of all pages side by side: rows green, names blue, what is marked red (agree green), numbers in order."""
    order = {candidate: number for number, candidate in enumerate(sheet.people, start=1)}
    drawn = []
    for number, (page, raster) in enumerate(zip(sheet.pages, rasters, strict=True)):
        picture = cv2.cvtColor(raster, cv2.COLOR_GRAY2BGR)
        if number == 0:
            _box(picture, sheet.stamp, STAMP, 2)
        for target in page.targets:
            _box(picture, target.row, ROW, 1)
            if target.name_at is not None:
                _box(picture, target.name_at, NAME, 1)
            for left, right in target.words:
                inner = target.name_at or target.box
                _box(picture, Rect(left, inner.bottom, right - left, 0.3), NAME, 1)
            _box(picture, target.box, COLOURS[target.kind], 2)
            at = (max(0, _px(target.row.x) - 44), _px(target.row.y + target.row.h / 2) + 10)
            cv2.putText(
                picture, str(order[target.candidate]), at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, COLOURS[target.kind], 2
            )
        drawn.append(picture)
    _done, data = cv2.imencode(".png", np.hstack(drawn))
    return bytes(data)


def _px(length: float) -> int:
    return round(length * PX_PER_MM)


def _box(picture: cv2.typing.MatLike, rect: Rect, colour: tuple[int, int, int], width: int) -> None:
    cv2.rectangle(picture, (_px(rect.x), _px(rect.y)), (_px(rect.right), _px(rect.bottom)), colour, width)
