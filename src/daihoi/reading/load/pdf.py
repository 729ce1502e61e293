"""PDF: the picture of each page as the scanner wrote it. Only a page of several pictures is drawn, at 200 dpi.

Scripts, forms to fill in, links and attachments are never looked at. A stream that is no picture and unfolds beyond
`MAX_CONTENT` is refused before PDFium sees it; what no header can tell (forms drawn within forms within forms) is
stopped by `daihoi.reading.load.watch`.
"""

from __future__ import annotations

import math
import re
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from daihoi.reading.load.bounds import too_large
from daihoi.reading.load.decoders import grey_of_pixels, listening
from daihoi.reading.load.jpeg import load_jpeg
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason

RENDER_DPI = 200
MAX_DEPTH = 4
"""Forms within forms in which a picture is looked for."""
MAX_OBJECTS = 100_000
"""Objects on a page; a page with its text recognised by the scanner has some thousands."""
MAX_CONTENT = 16_000_000
"""Bytes to which a stream that is no picture may unfold; the text of a page is some tens of thousands."""
LAYERS = 3
"""Compressions one over the other that are looked through."""

_LOCKED = 4
"""FPDF_ERR_PASSWORD."""
_STREAM = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY_BYTES = 4096


@dataclass
class _Open:
    """The document that was asked for last, because the pages of one file come in a row."""

    data: bytes = b""
    document: Any = None


_open = _Open()


def pdf_pages(data: bytes) -> int | Refusal:
    """How many pages the PDF says it has. Raises PdfiumError."""
    document = _document(data)
    return document if isinstance(document, Refusal) else len(document)


def load_pdf(data: bytes, index: int) -> GrayImage | Refusal:
    """The picture of page `index`. Raises ValueError, PdfiumError, IndexError."""
    document = _document(data)
    if isinstance(document, Refusal):
        return document
    page = document[index]
    try:
        pictures = _pictures(page)
        if isinstance(pictures, Refusal):
            return pictures
        if not pictures:
            return Refusal(RefusalReason.NO_SCAN_IN_PDF, found="0", expected="1")
        return _extract(pictures[0]) if len(pictures) == 1 else _draw(page)
    finally:
        page.close()


def picture_of(data: bytes, index: int) -> tuple[bytes, float]:
    """The JPEG of page `index` as it was written, and its dots per inch on the page; empty and 0 where there is none.

    Raises as `load_pdf` does.
    """
    document = _document(data)
    if isinstance(document, Refusal):
        return b"", 0.0
    page = document[index]
    try:
        pictures = _pictures(page)
        if isinstance(pictures, Refusal) or len(pictures) != 1:
            return b"", float(RENDER_DPI)
        width, height = pictures[0].get_px_size()
        matrix = pictures[0].get_matrix()
        inches = [math.hypot(matrix.a, matrix.b) / 72, math.hypot(matrix.c, matrix.d) / 72]
        dpi = (width / inches[0] + height / inches[1]) / 2 if min(inches) > 0 else 0.0
        jpeg = bytes(pictures[0].get_data()) if pictures[0].get_filters() == ["DCTDecode"] else b""
        return jpeg, dpi
    finally:
        page.close()


def close_pdf() -> None:
    """Let go of the document that is kept open."""
    if _open.document is not None:
        _open.document.close()
    _open.document, _open.data = None, b""


def _document(data: bytes) -> Any:
    """The document, opened once; a Refusal where it is locked or a stream of it is a bomb. Raises PdfiumError."""
    if _open.document is None or _open.data is not data:
        close_pdf()
        if refused := bomb_in(data):
            return refused
        try:
            _open.document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            if pdfium.FPDF_GetLastError() == _LOCKED:
                return Refusal(RefusalReason.LOCKED, found="password", expected="PDF")
            raise
        _open.data = data
    return _open.document


def bomb_in(data: bytes) -> Refusal | None:
    """The refusal of a PDF with a stream that is no picture and unfolds beyond `MAX_CONTENT`.

    Pictures are left out: PDFium unfolds them line by line, and their size is in their header.
    """
    for found in _STREAM.finditer(data):
        start = found.end()
        dictionary = data[max(0, found.start() - _DICTIONARY_BYTES) : found.start()]
        if not _PICTURE.search(dictionary.rpartition(b"obj")[2]) and _is_bomb(data, start):
            return Refusal(RefusalReason.TOO_LARGE, found=f"> {MAX_CONTENT} B", expected=f"{MAX_CONTENT} B")
    return None


def _is_bomb(data: bytes, start: int) -> bool:
    held: bytes | memoryview = memoryview(data)[start:]
    for _layer in range(LAYERS):
        # Method 8 and a header that is a multiple of 31. [RFC 1950, 2.2]
        if len(held) < 2 or held[0] & 0x0F != 8 or (held[0] << 8 | held[1]) % 31:
            return False
        try:
            held = zlib.decompressobj().decompress(held, MAX_CONTENT + 1)
        except zlib.error:
            return False
        if len(held) > MAX_CONTENT:
            return True
    return True


def _pictures(page: Any) -> list[Any] | Refusal:
    """The pictures on a page, in the order of drawing; the refusal of a page of too many objects."""
    pictures: list[Any] = []
    for seen, thing in enumerate(page.get_objects(max_depth=MAX_DEPTH)):
        if seen >= MAX_OBJECTS:
            return Refusal(RefusalReason.TOO_LARGE, found=f"> {MAX_OBJECTS}", expected=str(MAX_OBJECTS))
        if thing.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures.append(thing)
    return pictures


def _draw(page: Any) -> GrayImage | Refusal:
    width, height = (int(points * RENDER_DPI / 72) for points in page.get_size())
    if refused := too_large(width, height):
        return refused
    with listening():
        return grey_of_pixels(page.render(scale=RENDER_DPI / 72, grayscale=True).to_numpy())


def _extract(picture: Any) -> GrayImage | Refusal:
    """The picture of a PDF page as the scanner wrote it, turned over where the page draws it mirrored."""
    if refused := too_large(*picture.get_px_size()):
        return refused
    if picture.get_filters() == ["DCTDecode"]:
        image = load_jpeg(bytes(picture.get_data()))
        if isinstance(image, Refusal):
            return image
    else:
        with listening():
            image = grey_of_pixels(picture.get_bitmap().to_numpy())
    matrix = picture.get_matrix()
    mirrored = matrix.a * matrix.d - matrix.b * matrix.c < 0
    return np.ascontiguousarray(image[:, ::-1]) if mirrored else image
