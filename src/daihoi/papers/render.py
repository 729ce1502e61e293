"""A PDF as pixels: the printed page that the reader compares with, and what the simulator writes on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

PT_PER_INCH = 72


def rasters(pdf: bytes, dpi: float) -> tuple[npt.NDArray[np.uint8], ...]:
    """Each page as `(H, W) uint8`, 0 black: H = round(height in inches * dpi), one pixel exactly 1/dpi inch."""
    document = pdfium.PdfDocument(pdf)
    try:
        return tuple(_raster(document[place], dpi) for place in range(len(document)))
    finally:
        document.close()


def _raster(page: pdfium.PdfPage, dpi: float) -> npt.NDArray[np.uint8]:
    width, height = page.get_size()
    columns, rows = (round(length / PT_PER_INCH * dpi) for length in (width, height))
    # PDFium fits the page into whole pixels and would stretch it by up to half a pixel: instead the page is given the
    # size of its pixels, keeping its top left corner. The hundredth guards against rounding up to one pixel more.
    box_w, box_h = ((count - 0.01) * PT_PER_INCH / dpi for count in (columns, rows))
    page.set_mediabox(0, height - box_h, box_w, height)
    bitmap = page.render(scale=dpi / PT_PER_INCH, grayscale=True)
    pixels = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width, -1)[:, :, 0]
    page.close()
    return np.ascontiguousarray(pixels)
