"""Bytes of a scan to grey pages. What a file is follows from its bytes, not from its name; bad files are values.

JPEG and PNG hold one page, TIFF and PDF many: a module for each. `bounds` says how much a file may ask for, `watch`
stops what no header foretells.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable, Mapping

import cv2
from PIL import Image

from daihoi.reading.load.bounds import MAX_PAGES, too_large_file
from daihoi.reading.load.jpeg import load_jpeg
from daihoi.reading.load.png import load_png
from daihoi.reading.load.tiff import load_tiff, tiff_pages
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason

KINDS = "JPEG, PNG, TIFF, PDF"

_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"%PDF-", "pdf"),
)


def _load_pdf(data: bytes, index: int) -> GrayImage | Refusal:
    from daihoi.reading.load.pdf import load_pdf  # noqa: PLC0415 -- a tenth of a second and 8 MB a process, for few

    return load_pdf(data, index)


def _pdf_pages(data: bytes) -> int | Refusal:
    from daihoi.reading.load.pdf import pdf_pages  # noqa: PLC0415 -- as above

    return pdf_pages(data)


_LOADERS: Mapping[str, Callable[[bytes, int], GrayImage | Refusal]] = {
    "jpeg": load_jpeg,
    "png": load_png,
    "tiff": load_tiff,
    "pdf": _load_pdf,
}
_COUNTERS: Mapping[str, Callable[[bytes], int | Refusal]] = {"tiff": tiff_pages, "pdf": _pdf_pages}


def kind_of(data: bytes) -> str:
    """`jpeg`, `png`, `tiff`, `pdf`, or empty when the bytes are none of them."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    # A PDF may carry a few bytes before its header (ISO 32000-1 annex H).
    return "pdf" if b"%PDF-" in data[:1024] else ""


def pages_in(data: bytes, name: str) -> int | Refusal:
    """How many pages a file holds; a refusal when it is not a picture, is cut off, or holds too many."""
    kind = _kind_to_load(data, name)
    if isinstance(kind, Refusal):
        return kind
    try:
        count = _COUNTERS[kind](data) if kind in _COUNTERS else 1
    except Exception as error:  # every decoder has its own family of errors; all mean the same to the board
        return _refusal_of(error, kind)
    if isinstance(count, Refusal):
        return count
    if count < 1:
        return Refusal(RefusalReason.TRUNCATED, found="0", expected=kind.upper())
    if count > MAX_PAGES:
        return Refusal(RefusalReason.TOO_LARGE, found=str(count), expected=str(MAX_PAGES))
    return count


def load_page(data: bytes, name: str, index: int) -> GrayImage | Refusal:
    """Page `index` (from 0) as `(H, W) uint8`, perhaps not writable; a refusal when it cannot be decoded whole."""
    kind = _kind_to_load(data, name)
    if isinstance(kind, Refusal):
        return kind
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pages; the bound here is our own
            return _LOADERS[kind](data, index)
    except MemoryError:
        raise  # another time there may be enough: what is refused must not hang on that
    except Exception as error:  # as above: whatever a decoder says, the page could not be decoded whole
        return _refusal_of(error, kind)


def dpi_said(data: bytes, index: int) -> tuple[float, float]:
    """Dots per inch across and down as the file of a picture (no PDF) says of page `index`; 0 where it does not."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.seek(index)
        across, down = picture.info.get("dpi", (0, 0))
    return float(across), float(down)


def fingerprint(image: GrayImage) -> str:
    """SHA-256 over the shape and the sums of all rows and columns: equal pixels have equal fingerprints.

    A hash of every pixel costs as much as decoding; sums over rows and columns cost 0.4 ms. Two different scans with
    all 4,000 sums equal do not occur in nature; who must be sure compares the pixels of the two files.
    """
    rows = cv2.reduce(image, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    columns = cv2.reduce(image, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    return hashlib.sha256(repr(image.shape).encode() + rows.tobytes() + columns.tobytes()).hexdigest()


def _kind_to_load(data: bytes, name: str) -> str | Refusal:
    kind = kind_of(data)
    if not kind:
        return Refusal(RefusalReason.NOT_AN_IMAGE, found=_looks_like(data, name), expected=KINDS)
    return too_large_file(len(data)) or kind


def _refusal_of(error: Exception, kind: str) -> Refusal:
    return Refusal(RefusalReason.TRUNCATED, found=type(error).__name__, expected=kind.upper())


def _looks_like(data: bytes, name: str) -> str:
    if not data:
        return "empty"
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return suffix[:12] if suffix.isalnum() else data[:4].hex()
