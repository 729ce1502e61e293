"""What the file of a scan says of itself: its resolution, and how hard its JPEG was squeezed."""

from __future__ import annotations

import io
import statistics

from PIL import Image

from daihoi.reading.load import dpi_said, kind_of, load_page, pages_in
from daihoi.reading.load.pdf import picture_of
from daihoi.reading.scanner.squeezed import quality_at
from daihoi.reading.scanner.terms import Scanned
from daihoi.reading.terms import Refusal

UNKNOWING_DPI = frozenset({0, 1, 72, 96})
"""Resolutions that programs write when they know none."""
STANDARD_LUMINANCE = (
    *(16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40, 26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51),
    *(61, 60, 57, 51, 56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87, 95, 98, 103, 104, 103, 62, 77),
    *(113, 121, 112, 100, 120, 92, 101, 103, 99),
)
"""The table that most encoders scale, in zigzag order. [ITU-T T.81 table K.1]"""


def scanned_pages(data: bytes, name: str) -> tuple[Scanned, ...] | Refusal:
    """The first two pages of a file with their facts; the refusal of one of them that cannot be loaded."""
    pages = pages_in(data, name)
    if isinstance(pages, Refusal):
        return pages
    scanned: list[Scanned] = []
    for index in range(min(pages, 2)):
        image = load_page(data, name, index)
        if isinstance(image, Refusal):
            return image
        if kind_of(data) == "pdf":
            jpeg, dpi = picture_of(data, index)
        else:
            jpeg, dpi = (data if kind_of(data) == "jpeg" else b""), _dpi_of(data, index)
        scanned.append(Scanned(name, image, dpi, quality_of(jpeg) if jpeg else None))
    return tuple(scanned)


def quality_of(jpeg: bytes) -> int | None:
    """The JPEG quality, 1 to 100, as libjpeg counts it; None where the tables are not to be had."""
    try:
        with Image.open(io.BytesIO(jpeg)) as picture:
            tables: dict[int, list[int]] = getattr(picture, "quantization", {})
    except (OSError, ValueError):
        return None
    table = tables.get(0)
    if not table or len(table) != len(STANDARD_LUMINANCE):
        return None
    # Sums, because Pillow's order of the table has changed between versions.
    return 100 if max(table) <= 1 else quality_at(sum(table) / sum(STANDARD_LUMINANCE))


def _dpi_of(data: bytes, index: int) -> float:
    dpi = statistics.fmean(dpi_said(data, index))
    return 0.0 if round(dpi) in UNKNOWING_DPI else dpi
