"""Photographs of people, cut to one shape and size, so that a page of them is even and a file stays small."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

WIDE, HIGH = 3, 4
_PIXELS = 120
_MOST_PIXELS = 60_000_000


def portrait(photo: bytes | None) -> bytes | None:
    """The photograph as JPEG of 3:4, its middle kept and its head rather than its feet; None where it is no image."""
    if not photo:
        return None
    try:
        with Image.open(io.BytesIO(photo)) as opened:
            # The size is known before a pixel is unpacked: a small file can hold a picture that fills the memory.
            if opened.width * opened.height > _MOST_PIXELS:
                return None
            # Telephones store portraits lying down and say so in the file; RGB, for JPEG holds no transparency.
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # A broken picture must not keep a result from being shown.
        return None
    even = ImageOps.fit(upright, (WIDE * _PIXELS, HIGH * _PIXELS), centering=(0.5, 0.2))
    out = io.BytesIO()
    even.save(out, "JPEG", quality=86)
    return out.getvalue()
