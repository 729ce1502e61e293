#!/usr/bin/env python3
"""Draw the README's picture from what `make demo` wrote: a scan, the doubt that a person decides, the minutes.

.venv/bin/python tools/readme_picture.py demo-out docs/pictures/from-paper-to-minutes.png
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2

Picture = npt.NDArray[np.uint8]
HEIGHT = 900
PAPER = 236


def page_of(pdf: Path, index: int) -> Picture:
    """One page of a PDF, grey, HEIGHT px high."""
    page = pypdfium2.PdfDocument(pdf)[index]
    pixels = page.render(scale=HEIGHT / page.get_height(), grayscale=True).to_numpy()
    return np.asarray(pixels.reshape(pixels.shape[0], -1), np.uint8)


def framed(picture: Picture) -> Picture:
    """A picture with a thin edge, so that white paper stands off the background."""
    edged = cv2.copyMakeBorder(picture, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(170,))
    return np.asarray(edged, np.uint8)


def shelf(pictures: list[Picture]) -> Picture:
    """Pictures side by side on the background, centred upright."""
    tall = max(p.shape[0] for p in pictures) + 60
    columns = []
    for picture in pictures:
        room = np.full((tall, picture.shape[1] + 44), PAPER, np.uint8)
        top = (tall - picture.shape[0]) // 2
        room[top : top + picture.shape[0], 22 : 22 + picture.shape[1]] = picture
        columns.append(room)
    return np.hstack(columns)


def crops_of(count: Path, most: int) -> Picture:
    """The first crops that the board was shown, one below the other, each of another reason."""
    reasons: dict[str, Path] = {}
    with (count / "review.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["candidate"]:
                reasons.setdefault(row["reason"], count / row["crop"])
    pictures = [cv2.imread(str(path), cv2.IMREAD_GRAYSCALE) for path in list(reasons.values())[:most]]
    width = 560
    scaled = [cv2.resize(p, (width, round(p.shape[0] * width / p.shape[1]))) for p in pictures if p is not None]
    gap = np.full((14, width), PAPER, np.uint8)
    return np.vstack([part for picture in scaled for part in (np.asarray(picture, np.uint8), gap)])


def main() -> None:
    """Scan, crops, minutes: left to right, as the work goes."""
    demo, out = Path(sys.argv[1]), Path(sys.argv[2])
    scan = cv2.imread(str(sorted((demo / "bch" / "scans").glob("*.jpg"))[1]), cv2.IMREAD_GRAYSCALE)
    ballot = np.asarray(cv2.resize(scan, (round(scan.shape[1] * HEIGHT / scan.shape[0]), HEIGHT)), np.uint8)
    minutes = page_of(demo / "bch" / "count" / "bien-ban-kiem-phieu.pdf", 0)
    picture = shelf([framed(ballot), crops_of(demo / "bch" / "count", 8), framed(minutes)])
    out.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(out), picture, [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main()
