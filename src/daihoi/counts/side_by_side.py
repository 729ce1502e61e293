"""Two scans in one picture, so that a person sees whether they are one sheet."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from daihoi.counts.pool import PageTask
from daihoi.reading.load import load_page
from daihoi.reading.terms import GrayImage, Refusal

HEIGHT_PX = 1100
"""94 dpi of an A4 page: strokes and stamp are seen, and the picture stays below half a megabyte or so."""
GAP_PX = 24


def side_by_side(earlier: tuple[PageTask, int], later: tuple[PageTask, int]) -> bytes:
    """PNG of both pages, the earlier one on the left, each turned upright; with its quarter turns clockwise."""
    left, right = (_upright(task, turn) for task, turn in (earlier, later))
    gap = np.zeros((HEIGHT_PX, GAP_PX), np.uint8)
    done, data = cv2.imencode(".png", np.hstack((left, gap, right)), [cv2.IMWRITE_PNG_COMPRESSION, 6])
    return bytes(data) if done else b""


def _upright(task: PageTask, turn: int) -> GrayImage:
    image = load_page(Path(task.path).read_bytes(), task.file, task.index)
    if isinstance(image, Refusal):
        # What was read once can be read again, unless the copy was changed since: that is told elsewhere.
        return np.full((HEIGHT_PX, HEIGHT_PX * 210 // 297), 255, np.uint8)
    upright = np.ascontiguousarray(np.rot90(image, turn))
    width = max(1, round(upright.shape[1] * HEIGHT_PX / upright.shape[0]))
    return np.asarray(cv2.resize(upright, (width, HEIGHT_PX), interpolation=cv2.INTER_AREA), np.uint8)
