"""PNG: the header chunk says how large it unfolds; the decoder checks every chunk's sum and the last chunk."""

from __future__ import annotations

import io
import struct

from PIL import Image

from daihoi.reading.load.bounds import too_large
from daihoi.reading.load.decoders import decode, grey_of_picture
from daihoi.reading.terms import GrayImage, Refusal

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Channels by colour type. [W3C PNG, 11.2.1]"""
_PALETTE = 3
_WITH_ALPHA = frozenset({4, 6})


def load_png(data: bytes, _index: int = 0) -> GrayImage | Refusal:
    """The one page of a PNG. Raises ValueError, struct.error, KeyError and what Pillow raises on bad data."""
    width, height, depth, colour = struct.unpack_from(">IIBB", data, 16)
    if data[12:16] != b"IHDR":
        raise ValueError("no header chunk")
    bytes_a_pixel = _CHANNELS[colour] * max(1.0, depth / 8)
    if refused := too_large(width, height, bytes_a_pixel):
        return refused
    if colour in _WITH_ALPHA or depth == 1 or (colour == _PALETTE and b"tRNS" in data[:4096]):
        # Pillow takes half the time for 1-bit pictures, and lays clear ones on white; it checks sums only when asked.
        with Image.open(io.BytesIO(data)) as picture:
            picture.verify()
        with Image.open(io.BytesIO(data)) as picture:
            return grey_of_picture(picture)
    return decode(data)
