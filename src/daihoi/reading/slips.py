"""Separator slips among the scans: a page that is no ballot, with a code that begins DHS1 in each corner."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp

from daihoi.reading.terms import GrayImage, RefusalReason
from daihoi.sheet.slip import SLIP

MAY_BE_SLIP = frozenset(
    {
        RefusalReason.CORNERS_NOT_FOUND,
        RefusalReason.CODE_UNREADABLE,
        RefusalReason.NOT_OUR_CODE,
        RefusalReason.WRONG_SCALE,
        RefusalReason.DISTORTED,
        RefusalReason.STREAKS,
    }
)
"""What the reader of ballots says of a slip, and of pages that are neither: only these are looked at again."""
LONGEST_PX = 1700
"""145 dpi of an A4 page: a module of the codes is five pixels and more there, and the search takes a tenth."""


def slip_text(image: GrayImage) -> str:
    """The text of a slip's code; empty where the page bears none. What it says is the caller's to check."""
    scale = LONGEST_PX / max(image.shape)
    if scale < 1:
        image = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    found = zxingcpp.read_barcodes(np.ascontiguousarray(image), formats=zxingcpp.BarcodeFormat.QRCode)
    texts = sorted({str(code.text) for code in found if code.text.startswith(SLIP)})
    # Two slips on one page say nothing surely: neither does.
    return texts[0] if len(texts) == 1 else ""
