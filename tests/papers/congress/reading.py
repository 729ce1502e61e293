"""Reads badges and cards back: pages in mm, every code on a page, the words of a page in any direction."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2
import zxingcpp

MM = 25.4 / 72


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height in mm of each page, to a tenth."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [(round(w * MM, 1), round(h * MM, 1)) for w, h in (page.get_size() for page in document)]
    finally:
        document.close()


def codes_on(pdf: bytes, dpi: float = 200) -> list[list[tuple[str, float, float]]]:
    """Of each page the codes with their centres in mm from the top left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_codes(page, dpi) for page in document]
    finally:
        document.close()


def _codes(page: Any, dpi: float) -> list[tuple[str, float, float]]:
    pixels = page.render(scale=dpi / 72).to_numpy()
    found = zxingcpp.read_barcodes(np.ascontiguousarray(pixels[:, :, :3]))
    page.close()
    return [(code.text, *_centre(code.position, dpi)) for code in found]


def _centre(place: Any, dpi: float) -> tuple[float, float]:
    corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
    return sum(c.x for c in corners) / 4 / dpi * 25.4, sum(c.y for c in corners) / 4 / dpi * 25.4


def ink_inside(pdf: bytes, page: int, box_mm: tuple[float, float, float, float], dpi: float = 100) -> bool:
    """Whether anything is printed in that box (left, top, right, bottom)."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pixels = document[page].render(scale=dpi / 72, grayscale=True).to_numpy()
    finally:
        document.close()
    left, top, right, bottom = (round(edge / 25.4 * dpi) for edge in box_mm)
    return bool((pixels[top:bottom, left:right] < 200).any())


def words(text: str) -> str:
    """Text with single spaces."""
    return " ".join(text.split())
