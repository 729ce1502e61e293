"""A page of a paper as a picture for a screen."""

from __future__ import annotations

import io

import pypdfium2 as pdfium


def png(pdf: bytes, *, width_px: int, page: int = 0) -> bytes:
    """The page as PNG, so many pixels wide. IndexError where the paper has no such page."""
    document = pdfium.PdfDocument(pdf)
    try:
        if not 0 <= page < len(document):
            raise IndexError(page)
        shown = document[page]
        image = shown.render(scale=width_px / shown.get_width()).to_pil()
        shown.close()
    finally:
        document.close()
    out = io.BytesIO()
    # Made anew for every screen that asks: time counts more than bytes here.
    image.save(out, "PNG", optimize=False)
    return out.getvalue()
