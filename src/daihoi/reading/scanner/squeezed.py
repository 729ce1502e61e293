"""How hard a picture was once squeezed as JPEG, told from its pixels: a file that was saved again hides its tables.

What JPEG keeps of each block of 8 x 8 pixels are whole multiples of a step; the first of them, one wave across the
block, still are when the pixels come from another file. [ITU-T T.81 A.3; Fan and de Queiroz 2003]
"""

from __future__ import annotations

import numpy as np

from daihoi.reading.terms import GrayImage

FIRST_STEP = 11.0
"""Step of that coefficient at quality 50. [ITU-T T.81 table K.1]"""
STEPS = range(8, 100)
"""From quality 63 down; finer steps are lost in the rounding of the pixels and cost no ballot."""
NEAR = 1.0
LEAST_BLOCKS = 150
"""Blocks that must hold more than half a step: letters and fields of the sheet give some thousands."""
SURE = 0.8
"""Share of them that must lie `NEAR` a multiple; of a picture that was never squeezed a quarter or less does."""


def quality_seen(image: GrayImage) -> int | None:
    """The quality that the pixels tell, at most 63; None where they tell none."""
    waves = np.abs(_waves(image))
    for step in reversed(STEPS):
        told = waves[waves > step / 2]
        if len(told) < LEAST_BLOCKS:
            continue
        off = np.abs(told - step * np.round(told / step))
        if float(np.mean(off < NEAR)) > SURE:
            return quality_at(step / FIRST_STEP)
    return None


def quality_at(times: float) -> int:
    """The quality at which steps are so many times those of quality 50, as libjpeg counts it."""
    return round(50 / times if times > 1 else 100 - 50 * times)


def _waves(image: GrayImage) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The coefficient of one wave across of every block, as JPEG scales it."""
    rows, columns = (length // 8 for length in image.shape)
    blocks = image[: rows * 8, : columns * 8].reshape(rows, 8, columns, 8)
    lines = blocks.sum(axis=1, dtype=np.float64)
    wave = np.cos((2 * np.arange(8) + 1) * np.pi / 16)
    # A block with pixels at the ends of the scale was clipped: its wave is no longer a multiple.
    clipped = ((blocks == 0) | (blocks == 255)).any(axis=(1, 3))
    return np.asarray((lines @ wave / 4 / np.sqrt(2))[~clipped], np.float64)
