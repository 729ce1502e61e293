"""A blank ballot as it was given (PDF, PNG, JPEG, TIFF) to clean pages on an A4 canvas at 200 dpi.

A PDF is drawn; a picture was perhaps scanned: it is laid straight, its paper made white and its print black.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

from daihoi.learning.errors import (
    BlankEmptyError,
    BlankTooManyPagesError,
    BlankUnreadableError,
    BlankWrongPaperError,
)
from daihoi.learning.terms import CANVAS_DPI, PX_PER_MM, BlankPage
from daihoi.papers.render import rasters
from daihoi.reading.flat import PAGE_PX
from daihoi.reading.load import dpi_said, kind_of, load_page, pages_in
from daihoi.reading.terms import GrayImage, Refusal
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM

MOST_PAGES = 2
BLEED_MM = 7.0
"""US Letter is 6 mm wider than the canvas; so much of empty margin may be cut."""
LEAST_MM = 90.0
LEAST_PRINT = 0.0004
"""Share of the page that print covers at least: some twenty words."""
MOST_SKEW = 5.0
PAPERS = ((PAGE_W_MM, PAGE_H_MM), (148.0, 210.0), (210.0, 148.0), (215.9, 279.4))
"""Papers that a picture without dots per inch may be of: A4 first."""


def blank_pages(data: bytes, path: Path) -> tuple[tuple[BlankPage, ...], tuple[float, float]]:
    """The pages of a blank ballot that bear print, and the size of its paper, mm. Raises BlankError.

    Word is fond of an empty second page: it is left out.
    """
    found = _drawn(data, path) if kind_of(data) == "pdf" else _scanned(data, path)
    pages = []
    for number, (raster, _paper) in enumerate(found, start=1):
        if raster is not None and float((raster < 128).mean()) >= LEAST_PRINT:
            pages.append(BlankPage(number, raster))
        elif number == 1:
            raise BlankEmptyError(path=str(path), page=number)
    return tuple(pages), found[0][1]


Found = list[tuple[GrayImage | None, tuple[float, float]]]


def _drawn(data: bytes, path: Path) -> Found:
    try:
        document = pypdfium2.PdfDocument(data)
        sizes = [document.get_page_size(index) for index in range(min(len(document), MOST_PAGES + 1))]
        count = len(document)
        document.close()
    except pypdfium2.PdfiumError as error:
        raise BlankUnreadableError(path=str(path)) from error
    _check_count(count, path)
    papers = [(width * 25.4 / 72, height * 25.4 / 72) for width, height in sizes]
    for number, paper in enumerate(papers, start=1):
        _check_paper(paper, path, number)
    return [(_on_canvas(page), paper) for page, paper in zip(rasters(data, CANVAS_DPI), papers, strict=True)]


def _scanned(data: bytes, path: Path) -> Found:
    count = pages_in(data, path.name)
    if isinstance(count, Refusal):
        raise BlankUnreadableError(path=str(path))
    _check_count(count, path)
    found: Found = []
    for index in range(count):
        image = load_page(data, path.name, index)
        if isinstance(image, Refusal):
            raise BlankUnreadableError(path=str(path))
        paper = _paper_of(data, index, image)
        _check_paper(paper, path, index + 1)
        size = (round(paper[0] * PX_PER_MM), round(paper[1] * PX_PER_MM))
        shrinking = size[0] < image.shape[1]
        flat = cv2.resize(image, size, interpolation=cv2.INTER_AREA if shrinking else cv2.INTER_CUBIC)
        clean = cleaned(np.asarray(flat, np.uint8))
        found.append((None if clean is None else _on_canvas(_straight(clean)), paper))
    return found


def _check_count(count: int, path: Path) -> None:
    if count < 1:
        raise BlankUnreadableError(path=str(path))
    if count > MOST_PAGES:
        raise BlankTooManyPagesError(path=str(path), found=count, most=MOST_PAGES)


def _check_paper(paper: tuple[float, float], path: Path, page: int) -> None:
    width, height = paper
    fits = LEAST_MM <= width <= PAGE_W_MM + BLEED_MM and LEAST_MM <= height <= PAGE_H_MM + 1
    if not fits:
        raise BlankWrongPaperError(path=str(path), page=page, found=f"{width:.0f} x {height:.0f}")


def _paper_of(data: bytes, index: int, image: GrayImage) -> tuple[float, float]:
    """Width and height in mm: by the dots per inch that the file names when these give a paper, else by shape."""
    height, width = image.shape
    across, down = dpi_said(data, index)
    if across > 1 and down > 1:
        named = (width / across * 25.4, height / down * 25.4)
        for paper in PAPERS:
            if all(abs(a / b - 1) < 0.04 for a, b in zip(named, paper, strict=True)):
                return paper
    best = min(PAPERS, key=lambda paper: (abs(width / height - paper[0] / paper[1]) > 0.02, PAPERS.index(paper)))
    if abs(width / height - best[0] / best[1]) > 0.08:
        # No paper has this shape: its height is held to be that of A4, and its width refused where it is too wide.
        return width / height * PAGE_H_MM, PAGE_H_MM
    return best


def _on_canvas(page: GrayImage) -> GrayImage:
    """The page at the top left of an A4 canvas; what is wider loses as much left as right."""
    canvas = np.full(PAGE_PX, 255, np.uint8)
    over = max(0, page.shape[1] - PAGE_PX[1]) // 2
    part = page[: PAGE_PX[0], over : over + PAGE_PX[1]]
    canvas[: part.shape[0], : part.shape[1]] = part
    return canvas


def cleaned(image: GrayImage) -> GrayImage | None:
    """A scanned page with white paper and black print; None where no print stands out."""
    darkness = darkness_of(image)
    black = float(np.percentile(darkness[::2, ::2], 99.7))
    if black < 40:
        return None
    shown = np.clip((darkness.astype(np.float32) - 0.15 * black) / (0.45 * black), 0, 1)
    return np.asarray(255 - 255 * shown, np.uint8)


def darkness_of(image: GrayImage) -> GrayImage:
    """How much darker than its own paper each pixel is, `(H, W) uint8`."""
    shape = image.shape[::-1]
    tiles = cv2.resize(image, (max(8, shape[0] // 16), max(8, shape[1] // 16)), interpolation=cv2.INTER_AREA)
    light = cv2.morphologyEx(tiles, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    paper = cv2.resize(cv2.GaussianBlur(light, (0, 0), 1.5), shape, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.subtract(paper, image), np.uint8)


def _straight(page: GrayImage) -> GrayImage:
    """The page turned so that its lines of text lie level: the turn at which rows of pixels differ most."""
    small = cv2.resize(255 - page, None, fx=0.35, fy=0.35, interpolation=cv2.INTER_AREA)
    centre = (small.shape[1] / 2, small.shape[0] / 2)

    def contrast(angle: float) -> float:
        turned = cv2.warpAffine(small, cv2.getRotationMatrix2D(centre, angle, 1.0), small.shape[::-1])
        rows: npt.NDArray[np.float64] = turned.sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for reach, step in ((MOST_SKEW, 0.5), (0.5, 0.1), (0.1, 0.02)):
        around = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(around, key=contrast))
    if abs(best) < 0.03:
        return page
    middle = (page.shape[1] / 2, page.shape[0] / 2)
    turned = cv2.warpAffine(
        page,
        cv2.getRotationMatrix2D(middle, best, 1.0),
        page.shape[::-1],
        flags=cv2.INTER_CUBIC,
        borderValue=(255,),
    )
    return np.asarray(turned, np.uint8)
