"""How much a file of scans may ask for. What is beyond is refused by its header, before anything is unfolded.

A scanner makes far less than each of these; who makes more wants to hurt. The decoders hold at most twice
`MAX_UNFOLDED` at one moment, beside the file itself; docs/dev/reading.md gives what was measured.
"""

from __future__ import annotations

from daihoi.reading.terms import Refusal, RefusalReason

MAX_FILE_BYTES = 400_000_000
"""Bytes a file: a pile of 1,000 pages in one file is about 350 MB."""
MAX_PIXELS = 40_000_000
"""Pixels a page: A4 at 600 dpi is 35 million."""
MAX_UNFOLDED = 120_000_000
"""Bytes of one picture as its decoder holds it: A4 at 600 dpi in 24-bit colour is 105 million."""
MAX_PAGES = 2000
"""Pages a file; a pile of 500 two-sided ballots in one file is 1,000."""


def too_large_file(size: int) -> Refusal | None:
    """The refusal of a file of `size` bytes, to be asked before it is read into memory."""
    if size <= MAX_FILE_BYTES:
        return None
    return Refusal(RefusalReason.TOO_LARGE, found=f"{size} B", expected=f"{MAX_FILE_BYTES} B")


def too_large(width: int, height: int, bytes_a_pixel: float = 1.0) -> Refusal | None:
    """The refusal of a picture of this size; `bytes_a_pixel` as the decoder will hold it (1-bit pictures: 1)."""
    pixels = width * height
    if pixels > MAX_PIXELS:
        return Refusal(RefusalReason.TOO_LARGE, found=f"{width}x{height}", expected=str(MAX_PIXELS))
    if pixels * bytes_a_pixel > MAX_UNFOLDED:
        return Refusal(RefusalReason.TOO_LARGE, found=f"{int(pixels * bytes_a_pixel)} B", expected=f"{MAX_UNFOLDED} B")
    return None
