#!/usr/bin/env python3
"""Draw the golden photographs: `python tools/golden_photos.py`. Writes tests/golden/phone/*.jpg and expected.json.

Each is a picture of one ballot of 12 names with one defect, taken by the camera of tests/reading, never by the
simulator. What must come out is written here by a person, never taken from the reader. Run it again when the printed
ballot changes: then the codes on the old pictures no longer fit, and tests/reading/test_golden_photos.py says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.reading.hand import Ballot, Page, ballot, jpeg_of  # noqa: E402
from tests.reading.photo import ASKEW, FROM_BELOW, FROM_LEFT, PAPER_DPI, Camera, shade  # noqa: E402

from daihoi.reading.terms import GrayImage  # noqa: E402
from daihoi.sheet.identity import encode  # noqa: E402
from daihoi.sheet.terms import Rect  # noqa: E402

OUT = ROOT / "tests" / "golden" / "phone"
SIZE = (2064, 2752)
"""Of a picture, px: five and a half megapixels, about 210 dpi on the paper."""
QUALITY = 70
"""A kept picture then stays under 300 KB."""
STRUCK = ("c02", "c05", "c09")

Take = Callable[[Ballot], GrayImage]


def voted(paper: Ballot) -> Page:
    """Three names struck, nothing else."""
    page = paper.page(1, PAPER_DPI)
    for candidate in STRUCK:
        page.strike(candidate, rise=0.3)
    return page


def camera(corners: tuple[tuple[float, float], ...], **how: object) -> Camera:
    """The camera of the tests at the size of a golden picture."""
    return Camera(corners, size=SIZE, **how)  # type: ignore[arg-type]


def above(paper: Ballot) -> GrayImage:
    """From above, in light that falls off to the left."""
    return camera(FROM_LEFT, light=(0.6, 1.0)).of(voted(paper))


def tilted_on_its_side(paper: Ballot) -> GrayImage:
    """From below the sheet, the telephone on its side, on a dark table."""
    return camera(FROM_BELOW, table=25, quarters=1).of(voted(paper))


def hand_shadow(paper: Ballot) -> GrayImage:
    """A hand's shadow over the right half of the list."""
    area = [(1060, 2752), (1120, 1530), (1300, 1060), (1530, 1000), (2064, 1470), (2064, 2752)]
    return shade(camera(ASKEW).of(voted(paper)), area, 0.55, 14)


def shadow_edge_on_a_name(paper: Ballot) -> GrayImage:
    """The straight edge of a shadow lies along one name."""
    row = voted(paper).target("c06").box
    y = int((0.05 + (row.y + row.h * 0.6) / 297 * 0.9) * SIZE[1])
    picture = camera(((0.07, 0.05), (0.93, 0.05), (0.93, 0.95), (0.07, 0.95))).of(voted(paper))
    return shade(picture, [(0, y), (2064, y), (2064, 2752), (0, 2752)], 0.55, 4)


def thumb_on_a_corner(paper: Ballot) -> GrayImage:
    """A thumb holds the sheet and lies on a mark."""
    page = voted(paper)
    page.rub(Rect(8, 276, 14, 16), grey=140)
    return camera(ASKEW).of(page)


def paper_over_a_name(paper: Ballot) -> GrayImage:
    """A strip of paper lies over a struck name."""
    page = voted(paper)
    box = page.target("c05").box
    page.rub(Rect(box.x - 8, box.y - 1, box.w + 20, box.h + 2), grey=250)
    return camera(FROM_LEFT).of(page)


def shaken(paper: Ballot) -> GrayImage:
    """The hand shook: a blur of 1.3 mm along the lines."""
    return np.asarray(cv2.blur(camera(FROM_LEFT).of(voted(paper)), (11, 1)), np.uint8)


def two_sheets(paper: Ballot) -> GrayImage:
    """Two ballots side by side."""
    both = Camera(((0.04, 0.04), (0.96, 0.04), (0.96, 0.96), (0.04, 0.96)), size=(1200, 1650))
    table = np.full((1650, 2400), 60, np.uint8)
    return both.finish(both.laid(voted(paper), both.laid(voted(paper), table), aside=1.0))


def doubtful_names(*names: str) -> dict[str, object]:
    """The marks as drawn, with doubts."""
    marks = {f"c{k:02d}": "struck" if f"c{k:02d}" in STRUCK else "kept" for k in range(1, 13)}
    return {"marks": {name: "doubtful" if name in names else mark for name, mark in marks.items()}}


PHOTOS: dict[str, tuple[Take, dict[str, object]]] = {
    "above": (above, doubtful_names()),
    "tilted-on-its-side": (tilted_on_its_side, doubtful_names()),
    "hand-shadow": (hand_shadow, doubtful_names()),
    "shadow-edge-on-a-name": (shadow_edge_on_a_name, doubtful_names()),
    "thumb-on-a-corner": (thumb_on_a_corner, {"refused": "corners_not_found"}),
    "paper-over-a-name": (paper_over_a_name, {"refused": "photo_covered"}),
    "shaken": (shaken, {"refused": "photo_blurred"}),
    "two-sheets": (two_sheets, {"refused": "corners_not_found"}),
}


def main() -> None:
    """Draw all, and write what must come out."""
    paper = ballot(12)
    OUT.mkdir(parents=True, exist_ok=True)
    for name, (take, _) in PHOTOS.items():
        (OUT / f"{name}.jpg").write_bytes(jpeg_of(take(paper), QUALITY))
    told = {
        "codes": [encode(identity) for identity in paper.prepared.identities],
        "photos": {f"{name}.jpg": expected for name, (_, expected) in PHOTOS.items()},
    }
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (OUT / "expected.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
