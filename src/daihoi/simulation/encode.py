"""From pixels to a file as a scanner writes it: JPEG, PNG, 1-bit TIFF G4, or a PDF that holds the JPEG."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence

import cv2
from PIL import Image

from daihoi.simulation.terms import Format, Pixels, SimulatedPage

BILEVEL_AT = 128
_PDF_DATE = time.gmtime(0)
"""Same sheet, same bytes: a PDF carries no time of its own."""


def jpeg(page: SimulatedPage) -> bytes:
    """The page as JPEG, with its resolution in the header as scanners write it."""
    stream = io.BytesIO()
    dpi = (round(page.dpi), round(page.dpi))
    _pillow(page.image).save(stream, "JPEG", quality=page.quality, dpi=dpi)
    return stream.getvalue()


def png(page: SimulatedPage) -> bytes:
    """The page as PNG, 1 bit deep where it has two levels only."""
    # Level 1: a scanner writes fast rather than small.
    options = [cv2.IMWRITE_PNG_COMPRESSION, 1] + ([cv2.IMWRITE_PNG_BILEVEL, 1] if page.bilevel else [])
    return bytes(cv2.imencode(".png", page.image, options)[1].tobytes())


def g4(pages: Sequence[SimulatedPage]) -> bytes:
    """Pages as one TIFF, fax group 4; grey pages are cut at half."""
    # Cut at half: what decides is how the scanner exposed the page, not the file.
    frames = [_pillow(_grey(page.image)).point(lambda v: 255 * (v >= BILEVEL_AT), mode="1") for page in pages]
    stream = io.BytesIO()
    dpi = (round(pages[0].dpi), round(pages[0].dpi))
    frames[0].save(stream, "TIFF", compression="group4", dpi=dpi, save_all=True, append_images=frames[1:])
    return stream.getvalue()


def pdf(pages: Sequence[SimulatedPage]) -> bytes:
    """Pages as one PDF, each an embedded JPEG, as a scanner's "scan to PDF" makes it."""
    frames = [Image.open(io.BytesIO(jpeg(page))) for page in pages]
    stream = io.BytesIO()
    frames[0].save(
        stream,
        "PDF",
        resolution=pages[0].dpi,
        quality=pages[0].quality,
        save_all=True,
        append_images=frames[1:],
        creationDate=_PDF_DATE,
        modDate=_PDF_DATE,
        producer="daihoi simulate",
    )
    return stream.getvalue()


def files_of(pages: Sequence[SimulatedPage], number: str, form: Format) -> list[tuple[str, bytes]]:
    """Names and bytes of one sheet: `0001.jpg`, or `0001-1.jpg` and `0001-2.jpg`; a PDF holds both sides."""
    if form is Format.PDF:
        return [(f"{number}.pdf", pdf(pages))]
    out = []
    for side, page in enumerate(pages, start=1):
        stem = number if len(pages) == 1 else f"{number}-{side}"
        if form is Format.PNG:
            out.append((f"{stem}.png", png(page)))
        elif form is Format.G4 or (form is Format.NATIVE and page.bilevel):
            out.append((f"{stem}.tif", g4([page])))
        else:
            out.append((f"{stem}.jpg", jpeg(page)))
    return out


def _grey(image: Pixels) -> Pixels:
    return image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def _pillow(image: Pixels) -> Image.Image:
    return Image.fromarray(image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
