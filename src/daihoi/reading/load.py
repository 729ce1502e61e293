"""Bytes of a scan to grey pages. What a file is follows from its bytes, not from its name; bad files are values.

JPEG and PNG hold one page, TIFF and PDF many. The picture embedded in a PDF page is extracted as the scanner wrote it
(rendering would resample it); only a page made of several pictures is drawn. Bounds: `MAX_PIXELS` a page, `MAX_PAGES` a
file, so that no file can take more than about 4 bytes x MAX_PIXELS of memory.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from daihoi.reading.terms import GrayImage, Refusal, RefusalReason

MAX_PIXELS = 60_000_000
"""A4 at 600 dpi is 35 million; a decompression bomb is far more."""
MAX_PAGES = 2000
"""Pages a file; a pile of 500 two-sided ballots in one file is 1,000."""
TRAILING_BYTES = 4096
"""Some scanners pad a JPEG after its end marker; more than this is a file that was cut and joined."""
RENDER_DPI = 200
KINDS = "JPEG, PNG, TIFF, PDF"

_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"%PDF-", "pdf"),
)
_GREY = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION


def kind_of(data: bytes) -> str:
    """`jpeg`, `png`, `tiff`, `pdf`, or empty when the bytes are none of them."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    # A PDF may carry a few bytes before its header (ISO 32000-1 annex H).
    return "pdf" if b"%PDF-" in data[:1024] else ""


def pages_in(data: bytes, name: str) -> int | Refusal:
    """How many pages a file holds; a refusal when it is not a picture, is cut off, or holds too many."""
    kind = kind_of(data)
    if not kind:
        return Refusal(RefusalReason.NOT_AN_IMAGE, found=_looks_like(data, name), expected=KINDS)
    try:
        count = {"tiff": _tiff_pages, "pdf": _pdf_pages}.get(kind, lambda _data: 1)(data)
    except Exception as error:  # every decoder has its own family of errors; all mean the same to the board
        return Refusal(RefusalReason.TRUNCATED, found=type(error).__name__, expected=kind.upper())
    if count < 1:
        return Refusal(RefusalReason.TRUNCATED, found="0", expected=kind.upper())
    if count > MAX_PAGES:
        return Refusal(RefusalReason.TOO_LARGE, found=str(count), expected=str(MAX_PAGES))
    return count


def load_page(data: bytes, name: str, index: int) -> GrayImage | Refusal:
    """Page `index` (from 0) as `(H, W) uint8`; a refusal when it cannot be decoded whole."""
    kind = kind_of(data)
    loaders = {"jpeg": _load_jpeg, "png": _load_png, "tiff": _load_tiff, "pdf": _load_pdf}
    if kind not in loaders:
        return Refusal(RefusalReason.NOT_AN_IMAGE, found=_looks_like(data, name), expected=KINDS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pages; the bound here is our own
            return loaders[kind](data, index)
    except Exception as error:  # as above: whatever a decoder says, the page could not be decoded whole
        return Refusal(RefusalReason.TRUNCATED, found=type(error).__name__, expected=kind.upper())


def fingerprint(image: GrayImage) -> str:
    """SHA-256 over the shape and the sums of all rows and columns: equal pixels have equal fingerprints.

    A hash of every pixel costs as much as decoding; sums over rows and columns cost 0.4 ms. Two different scans with
    all 4,000 sums equal do not occur in nature; who must be sure compares the pixels of the two files.
    """
    rows = cv2.reduce(image, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    columns = cv2.reduce(image, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32S)
    return hashlib.sha256(repr(image.shape).encode() + rows.tobytes() + columns.tobytes()).hexdigest()


def _looks_like(data: bytes, name: str) -> str:
    if not data:
        return "empty"
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return suffix[:12] if suffix.isalnum() else data[:4].hex()


def _too_large(width: int, height: int) -> Refusal | None:
    if width * height <= MAX_PIXELS:
        return None
    return Refusal(RefusalReason.TOO_LARGE, found=f"{width}x{height}", expected=str(MAX_PIXELS))


def _decode(data: bytes) -> GrayImage:
    image = cv2.imdecode(np.frombuffer(data, np.uint8), _GREY)
    if image is None:
        raise ValueError("not decoded")
    return np.asarray(image, np.uint8)


def _load_jpeg(data: bytes, _index: int) -> GrayImage | Refusal:
    end = data.rfind(b"\xff\xd9")
    # libjpeg fills what is missing with grey and only warns: a cut file must be caught by its missing end marker.
    if end < 0 or len(data) - end > TRAILING_BYTES:
        return Refusal(RefusalReason.TRUNCATED, found=f"{len(data)} B", expected="JPEG")
    with Image.open(io.BytesIO(data)) as header:
        return _too_large(*header.size) or _decode(data)


def _load_png(data: bytes, _index: int) -> GrayImage | Refusal:
    with Image.open(io.BytesIO(data)) as picture:
        if refused := _too_large(*picture.size):
            return refused
        picture.verify()
        transparent = picture.mode in {"LA", "PA", "RGBA"} or "transparency" in picture.info
    if not transparent:
        return _decode(data)
    with Image.open(io.BytesIO(data)) as picture:
        flat = Image.new("RGBA", picture.size, "white")
        flat.alpha_composite(picture.convert("RGBA"))
        return np.asarray(flat.convert("L"), np.uint8)


def _tiff_pages(data: bytes) -> int:
    with Image.open(io.BytesIO(data)) as picture:
        return int(getattr(picture, "n_frames", 1))


def _load_tiff(data: bytes, index: int) -> GrayImage | Refusal:
    with Image.open(io.BytesIO(data)) as picture:
        picture.seek(index)
        if refused := _too_large(*picture.size):
            return refused
        if picture.mode == "1":
            return np.asarray(picture, np.uint8) * np.uint8(255)
        if picture.mode.startswith("I;16"):
            return (np.asarray(picture) >> 8).astype(np.uint8)
        return np.asarray(picture.convert("L"), np.uint8)


def _pdf_pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def _load_pdf(data: bytes, index: int) -> GrayImage | Refusal:
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[index]
        pictures = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4))
        if not pictures:
            return Refusal(RefusalReason.NO_SCAN_IN_PDF, found="0", expected="1")
        if len(pictures) == 1:
            return _extract(pictures[0])
        width, height = (int(points * RENDER_DPI / 72) for points in page.get_size())
        if refused := _too_large(width, height):
            return refused
        return _grey_of(page.render(scale=RENDER_DPI / 72, grayscale=True).to_numpy())
    finally:
        document.close()


def _extract(picture: Any) -> GrayImage | Refusal:
    """The picture of a PDF page as the scanner wrote it, turned over where the page draws it mirrored."""
    if refused := _too_large(*picture.get_px_size()):
        return refused
    if picture.get_filters() == ["DCTDecode"]:
        image = _decode(bytes(picture.get_data()))
    else:
        pixels = picture.get_bitmap().to_numpy()
        image = _grey_of(pixels)
    matrix = picture.get_matrix()
    mirrored = matrix.a * matrix.d - matrix.b * matrix.c < 0
    return np.ascontiguousarray(image[:, ::-1]) if mirrored else image


def _grey_of(pixels: Any) -> GrayImage:
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    if channels == 1:
        return np.array(pixels.reshape(pixels.shape[:2]), np.uint8)
    code = cv2.COLOR_BGRA2GRAY if channels == 4 else cv2.COLOR_BGR2GRAY
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), code), np.uint8)
