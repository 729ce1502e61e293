"""JPEG: the frame header says how large it unfolds, the end marker whether it is all there. [ITU-T T.81 annex B]"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from daihoi.reading.load.bounds import too_large
from daihoi.reading.load.decoders import decode
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason

TRAILING_BYTES = 4096
"""Some scanners pad a JPEG after its end marker; more than this is a file that was cut and joined."""
MAX_SCANS = 100
"""Passes of a progressive JPEG: encoders write about 10, each costs as much as the page, a bomb has thousands."""

_END = b"\xff\xd9"
_SCAN = b"\xff\xda"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})


@dataclass(frozen=True)
class JpegFrame:
    """What the header tells: size in pixels, components, and whether the picture comes in passes."""

    width: int
    height: int
    components: int
    progressive: bool


def frame_of(data: bytes) -> JpegFrame:
    """The frame header. Raises ValueError where there is none before the first scan."""
    place = 2
    while place + 10 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # fill byte
            place += 1
        elif marker in _ALONE:
            place += 2
        elif marker in _FRAMES:
            height, width, components = struct.unpack_from(">HHB", data, place + 5)
            return JpegFrame(width, height, components, marker in _PROGRESSIVE)
        elif marker in {0xD9, 0xDA}:
            break
        else:
            place += 2 + max(2, int.from_bytes(data[place + 2 : place + 4]))
    raise ValueError("no frame header")


def load_jpeg(data: bytes, _index: int = 0) -> GrayImage | Refusal:
    """The one page of a JPEG. Raises ValueError."""
    end = data.rfind(_END)
    # libjpeg fills what is missing with grey and only warns: a cut file must be caught by its missing end marker.
    if end < 0 or len(data) - end > TRAILING_BYTES:
        return Refusal(RefusalReason.TRUNCATED, found=f"{len(data)} B", expected="JPEG")
    frame = frame_of(data)
    # A progressive picture is kept as 16-bit coefficients until its last pass.
    held = 2 * frame.components if frame.progressive else 1
    if refused := too_large(frame.width, frame.height, held):
        return refused
    if frame.progressive and (scans := data.count(_SCAN)) > MAX_SCANS:
        return Refusal(RefusalReason.TOO_LARGE, found=f"{scans} scans", expected=str(MAX_SCANS))
    return decode(data)
