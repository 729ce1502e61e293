"""The QR of the digest as a bitmap that both writers place: the same dark squares in both files."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

QR_MM = 24.0
_PIXELS_PER_MODULE = 12


@lru_cache(maxsize=1024)
def qr_png(payload: str, border: int = 4) -> bytes:
    """A black and white PNG with its quiet zone of four modules; level M survives a fold and a stamp's edge.

    A narrower `border` is for a place that is white around it anyway.
    """
    # The digest as it is printed, lower case: what a telephone reads can be pasted into `verify --digest`.
    drawn = io.BytesIO()
    segno.make_qr(payload, error="m").save(drawn, kind="png", scale=_PIXELS_PER_MODULE, border=border)
    return drawn.getvalue()
