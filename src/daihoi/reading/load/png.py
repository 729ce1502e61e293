"""PNG: the header chunk says how large it unfolds; the decoder checks every chunk's sum and the last chunk."""

from __future__ import annotations

import io
import struct

from PIL import Image

from daihoi.reading.load.bounds import too_large
from daihoi.reading.load.decoders import decode, grey_of_picture
from daihoi.reading.terms import GrayImage, Refusal

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Channels by colour type. [W3C PNG, 11.2.1]"""
_PALETTE = 3
SPARE_BYTES = 65_536
_ANIMATION = frozenset({b"acTL", b"fcTL", b"fdAT"})
_WITH_ALPHA = frozenset({4, 6})


def load_png(data: bytes, _index: int = 0) -> GrayImage | Refusal:
    """The one page of a PNG. Raises ValueError, struct.error, KeyError and what Pillow raises on bad data."""
    chunks = _chunks(data)
    width, height, depth, colour = struct.unpack_from(">IIBB", data, 16)
    bytes_a_pixel = _CHANNELS[colour] * max(1.0, depth / 8)
    if refused := too_large(width, height, bytes_a_pixel):
        return refused
    # Packing never makes more of it than a thousandth; what stands behind the picture would be unfolded for nothing.
    if chunks[b"IDAT"] > 1.01 * height * (1 + (width * _CHANNELS[colour] * depth + 7) // 8) + SPARE_BYTES:
        raise ValueError("more data than picture")
    if colour in _WITH_ALPHA or depth == 1 or (colour == _PALETTE and b"tRNS" in chunks):
        # Pillow takes half the time for 1-bit pictures, and lays clear ones on white; it checks sums only when asked.
        with Image.open(io.BytesIO(data)) as picture:
            picture.verify()
        with Image.open(io.BytesIO(data)) as picture:
            return grey_of_picture(picture)
    return decode(data)


def _chunks(data: bytes) -> dict[bytes, int]:
    """Bytes of data by the names of all chunks. Raises ValueError, struct.error unless one header, first, and an end.

    A second header or the frames of an animation would unfold to another size than the one that was looked at: 252
    bytes that the fuzzer made took 4 GB in this way.
    """
    held: dict[bytes, int] = {b"IDAT": 0}
    place, name = len(SIGNATURE), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, place)
        if (name == b"IHDR") != (place == len(SIGNATURE)) or name in _ANIMATION:
            raise ValueError("not one picture")
        held[name] = held.get(name, 0) + length
        place += 12 + length
    return held
