"""What a hand and a table do to paper that `hand.Page` has no word for: patches, smears, transparent ink, shadows."""

from __future__ import annotations

import cv2
import numpy as np

from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import Rect

from ..hand import NAME, Page, Points


def area(page: Page, rect: Rect) -> tuple[slice, slice]:
    """A rectangle in mm as pixels of a page."""
    k = page.dpi / 25.4
    return slice(round(rect.y * k), round(rect.bottom * k)), slice(round(rect.x * k), round(rect.right * k))


def around(rect: Rect, x: float, y: float) -> Rect:
    """The rectangle widened by so many mm to each side."""
    return Rect(rect.x - x, rect.y - y, rect.w + 2 * x, rect.h + 2 * y)


def name_of(page: Page, row: int) -> Rect:
    """The box of a name."""
    return page.target(row, NAME).box


def patch(page: Page, rect: Rect, grey: int = 255, shadow: int = 205) -> Page:
    """Opaque paper laid over the page, with the shadow of its lower and right edge."""
    rows, columns = area(page, rect)
    page.pixels[rows, columns] = grey
    if shadow < 255:
        page.pixels[rows.stop : rows.stop + 2, columns] = np.minimum(
            page.pixels[rows.stop : rows.stop + 2, columns], shadow
        )
        page.pixels[rows, columns.stop : columns.stop + 2] = np.minimum(
            page.pixels[rows, columns.stop : columns.stop + 2], shadow
        )
    return page


def strip(page: Page, source: GrayImage, taken: Rect, dx: float, dy: float, shadow: int = 205) -> Page:
    """A strip of another sheet over this one, moved by so many mm."""
    k = page.dpi / 25.4
    rows, columns = area(page, taken)
    cut = source[rows, columns].copy()
    top, left = rows.start + round(dy * k), columns.start + round(dx * k)
    page.pixels[top : top + cut.shape[0], left : left + cut.shape[1]] = cut
    if shadow < 255:
        edge = page.pixels[top + cut.shape[0] : top + cut.shape[0] + 2, left : left + cut.shape[1]]
        np.minimum(edge, shadow, out=edge)
    return page


def tint(page: Page, rect: Rect, share: float, soft: float = 0.0) -> Page:
    """Transparent ink: every grey times `share` (a highlighter, a shadow, a stain), its edge softened by mm."""
    layer = np.ones(page.pixels.shape, np.float32)
    layer[area(page, rect)] = share
    return through(page, layer, soft)


def through(page: Page, layer: np.ndarray, soft: float = 0.0) -> Page:
    """The page seen through a layer of transmission 0 to 1."""
    if soft:
        layer = cv2.GaussianBlur(layer, (0, 0), soft * page.dpi / 25.4)
    page.pixels[:] = np.clip(np.rint(page.pixels * layer), 0, 255).astype(np.uint8)
    return page


def ghost(page: Page, other: GrayImage, strength: float, blur: float = 0.25) -> Page:
    """Another sheet seen through thin paper, or its ink left on this one."""
    seen = cv2.GaussianBlur(255 - other, (0, 0), blur * page.dpi / 25.4).astype(np.float32)
    return through(page, 1.0 - strength * seen / 255)


def lift(page: Page, points: Points, width: float, grey: int = 250) -> Page:
    """A line of white over what is there: a white pen, toner that cracked off in a fold."""
    px = page.dpi / 25.4
    path = np.rint((np.array(points) * px - 0.5) * 16).astype(np.int32).reshape(-1, 1, 2)
    cv2.polylines(page.pixels, [path], False, (grey,), max(1, round(width * px)), cv2.LINE_AA, shift=4)
    return page


def smeared(page: Page, rect: Rect, dx: float, dy: float, strength: float) -> Page:
    """Toner or ink dragged by a wet finger: what is dark leaves a tail of so many mm."""
    k = page.dpi / 25.4
    dark = (255 - page.pixels[area(page, rect)]).astype(np.float32)
    steps = max(2, round(max(abs(dx), abs(dy)) * k))
    tail = np.zeros_like(dark)
    for step in range(1, steps + 1):
        move = np.array([[1, 0, dx * k * step / steps], [0, 1, dy * k * step / steps]], np.float32)
        moved = cv2.warpAffine(dark, move, (dark.shape[1], dark.shape[0]))
        np.maximum(tail, moved * strength * (1 - step / (steps + 1)), out=tail)
    page.pixels[area(page, rect)] = (255 - np.maximum(dark, tail)).astype(np.uint8)
    return page


def swapped(page: Page, one: Rect, other: Rect) -> Page:
    """Two places of the print exchanged; the second rectangle gives place, the first gives size to both."""
    a = area(page, one)
    k = page.dpi / 25.4
    top, left = round(other.y * k), round(other.x * k)
    b = (slice(top, top + a[0].stop - a[0].start), slice(left, left + a[1].stop - a[1].start))
    first = page.pixels[a].copy()
    page.pixels[a] = page.pixels[b]
    page.pixels[b] = first
    return page
