"""Print that should be there and is not: fluid, a slip of paper or a tear hides a name, or another name lies over it.

A reader of added ink sees nothing where print is missing, and would call a name that was painted over untouched.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.reading.ink import HALF_PX_PER_MM, inside
from daihoi.reading.reference import PX_PER_MM, Area, PageReference, RowReference, half
from daihoi.reading.register import Registered
from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import Thresholds

PIECE_MM = 5.0
"""A name is looked at in pieces of about this length: three letters, the least that anybody covers."""
CORE = 90
"""Darkness at half scale from which print is more than the rim of a letter."""
LEAST_PX = 6
"""Every second such px is taken; a piece with fewer (a dot, the end of a letter) tells nothing."""
RULING_MM = 1.1
BESIDE_MM = 10.0
FADED = 0.6
"""Pieces that all are paler than this share of the page's print were covered together, not printed with less toner."""
NEAR = np.ones((3, 3), np.uint8)


@dataclass(frozen=True)
class PrintedText:
    """The print of all names of a page at half scale, in pieces.

    `rows` and `columns` of its px on the page, their darkness `dark`, the first px of each piece `starts`, the row of
    the page (from 0) that each piece belongs to `owners`.
    """

    rows: npt.NDArray[np.intp]
    columns: npt.NDArray[np.intp]
    dark: npt.NDArray[np.float32]
    starts: npt.NDArray[np.intp]
    owners: npt.NDArray[np.intp]


def printed_text(reference: PageReference, raster: GrayImage) -> PrintedText:
    """Where the names of a page are printed; `raster` the page as drawn at 200 dpi."""
    size = (raster.shape[1] // 2, raster.shape[0] // 2)
    dark = 255 - cv2.resize(raster[: 2 * size[1], : 2 * size[0]], size, interpolation=cv2.INTER_AREA)
    found, owners = [], []
    for owner, row in enumerate(reference.rows):
        rows, columns = half(_text_of(row))
        count = 1 + max(1, round((columns.stop - columns.start) / HALF_PX_PER_MM / PIECE_MM))
        edges = np.linspace(columns.start, columns.stop, count).astype(int).tolist()
        for left, right in itertools.pairwise(edges):
            ys, xs = (place[::2] for place in np.nonzero(dark[rows, left:right] >= CORE))
            if len(ys) >= LEAST_PX:
                found.append((ys + rows.start, xs + left))
                owners.append(owner)
    none = np.zeros(0, np.intp)
    ys = np.concatenate([none, *(ys for ys, _ in found)])
    xs = np.concatenate([none, *(xs for _, xs in found)])
    starts = np.cumsum([0, *(len(ys) for ys, _ in found)])[:-1]
    return PrintedText(ys, xs, dark[ys, xs].astype(np.float32), starts, np.array(owners, np.intp))


def missing_print(page: Registered, text: PrintedText, limits: Thresholds) -> frozenset[int]:
    """Rows of a page (from 0) in whose text a piece of print is missing; empty for a page without text."""
    shares = seen_shares(page, text)
    if not len(shares):
        return frozenset()
    usual = float(np.median(shares))
    lefts = text.columns[text.starts]
    missing = set()
    for piece in np.flatnonzero(shares < limits.missing_print * usual).tolist():
        # Toner fades from one side of a page to the other: what is pale is held against what stands above and below.
        near = shares[np.abs(lefts - lefts[piece]) < BESIDE_MM * HALF_PX_PER_MM]
        if shares[piece] < limits.missing_print * np.clip(np.median(near), FADED * usual, usual):
            missing.add(int(text.owners[piece]))
    rows = frozenset(text.owners.tolist())
    # Where most names are others the page is not what its codes say, and the rest of it is no better.
    return rows if len(missing) > len(rows) / 2 else frozenset(missing)


def seen_shares(page: Registered, text: PrintedText) -> npt.NDArray[np.float32]:
    """Which share of the darkness of each piece is on the page, within 0.25 mm of its place."""
    if not len(text.starts):
        return np.zeros(0, np.float32)
    top, left = int(text.rows.min()), int(text.columns.min())
    part = page.darkness[top : int(text.rows.max()) + 1, left : int(text.columns.max()) + 1]
    near = cv2.dilate(part, NEAR)[text.rows - top, text.columns - left]
    seen = np.minimum(near * np.float32(255 / page.contrast), text.dark)
    return np.asarray(np.add.reduceat(seen, text.starts) / np.add.reduceat(text.dark, text.starts), np.float32)


def _text_of(row: RowReference) -> Area:
    """Where the name stands: its box, or on a form with squares the row beside these, without its rulings."""
    if row.name is not None:
        return inside(row.cell, row.name.box)
    rows, columns = row.segments[0].area
    inset = round(RULING_MM * PX_PER_MM)
    return slice(rows.start + inset, rows.stop - inset), columns
