#!/usr/bin/env python3
"""Draw what docs/dev/reading.md shows, from real steps of the reader: `python tools/draw_reading.py`.

Writes docs/dev/reading/*.png and the table of thresholds between its two markers in docs/dev/reading.md.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.reading.hand import AGREE, DISAGREE, Page, Scan, agree_ballot, strike_ballot  # noqa: E402
from tests.reading.steps import Seen, see  # noqa: E402

from daihoi.reading.corners import WINDOWS_MM  # noqa: E402
from daihoi.reading.identify import CODE_MARGIN_MM, page_to_image  # noqa: E402
from daihoi.reading.ink import inside  # noqa: E402
from daihoi.reading.reference import PX_PER_MM, Area, area_of  # noqa: E402
from daihoi.reading.terms import ReadPage  # noqa: E402
from daihoi.sheet.terms import Rect  # noqa: E402

DOC = ROOT / "docs" / "dev" / "reading.md"
OUT = ROOT / "docs" / "dev" / "reading"
SOURCE = ROOT / "src" / "daihoi" / "reading" / "thresholds.py"
BEGIN, END = "<!-- thresholds: made by tools/draw_reading.py -->", "<!-- end of thresholds -->"

Picture = npt.NDArray[np.uint8]
RED, BLUE, GREEN, ORANGE = (210, 30, 30), (30, 80, 210), (20, 150, 60), (235, 140, 20)


def threshold_table(source: str) -> str:
    """The thresholds as Markdown: name, value, and the sentence that stands under it in the source."""
    lines = source.splitlines()
    table = ["| threshold | value | why |", "|---|---|---|"]
    body = next(n for n in ast.parse(source).body if isinstance(n, ast.ClassDef) and n.name == "Thresholds").body
    reasons = [
        node.value.value if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else "" for node in body
    ]
    for place, node in enumerate(body):
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        above = lines[node.lineno - 2].strip()
        if above.startswith("# ---"):
            table.append(f"| **{above.strip('#- ')}** | | |")
        why = " ".join(str(reasons[place + 1] if place + 1 < len(body) else "").split())
        table.append(f"| `{node.target.id}` | {ast.unparse(node.value) if node.value else ''} | {why} |")
    return "\n".join(table)


def with_table(text: str, table: str) -> str:
    """The document with the table put between its markers."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + "\n" + table + "\n" + END + rest.split(END)[1]


def colour(grey: Picture) -> Picture:
    """Grey as RGB."""
    return np.ascontiguousarray(np.dstack([grey] * 3))


def smaller(image: Picture, width: int) -> Picture:
    """Shrunk to a width."""
    return np.asarray(
        cv2.resize(image, (width, round(image.shape[0] * width / image.shape[1])), interpolation=cv2.INTER_AREA),
        np.uint8,
    )


def larger(image: Picture, times: int) -> Picture:
    """Each pixel as a block."""
    return np.asarray(cv2.resize(image, None, fx=times, fy=times, interpolation=cv2.INTER_NEAREST), np.uint8)


def titled(image: Picture, text: str) -> Picture:
    """A line of text over a picture."""
    head = np.full((22, image.shape[1], 3), 255, np.uint8)
    cv2.putText(head, text, (3, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (60, 60, 60), 1, cv2.LINE_AA)
    return np.vstack([head, image])


def stacked(*pictures: Picture) -> Picture:
    """One under the other on white, left aligned."""
    width = max(p.shape[1] for p in pictures)
    gap = np.full((6, width, 3), 255, np.uint8)
    rows = []
    for picture in pictures:
        sheet = np.full((picture.shape[0], width, 3), 255, np.uint8)
        sheet[:, : picture.shape[1]] = picture
        rows += [sheet, gap]
    return np.vstack(rows)


def save(name: str, picture: Picture) -> None:
    """Write a picture in few colours."""
    OUT.mkdir(parents=True, exist_ok=True)
    Image.fromarray(picture).quantize(24, dither=Image.Dither.NONE).save(OUT / f"{name}.png", "PNG", optimize=True)


def sample() -> Page:
    """A ballot with a strike, half a strike, a stamp, a streak, and a signature."""
    page = strike_ballot().page(dpi=300)
    page.strike(1, rise=3).strike(3, end=0.45).circle(5, 0.8).underline(7, 0.4).stamp(2, -1)
    return page.upright_line(120, width=0.5, grey=150).writing(110, 240, 38, 7)


def draw_load(seen: Seen) -> None:
    """The scan as it came."""
    save("load", titled(colour(smaller(seen.image, 300)), "the scan: upside down, skewed"))


def draw_corners(seen: Seen) -> None:
    """Windows and marks."""
    picture = colour(seen.image)
    side = round(WINDOWS_MM[0] * PX_PER_MM)
    height, width = seen.image.shape
    for x, y in ((0, 0), (width - side, 0), (0, height - side), (width - side, height - side)):
        cv2.rectangle(picture, (x, y), (x + side - 1, y + side - 1), BLUE, 6)
    for x, y in seen.frame.points:
        cv2.circle(picture, (round(float(x)), round(float(y))), 34, RED, 8)
    cv2.polylines(picture, [np.rint(seen.frame.points[[0, 1, 3, 2]]).astype(np.int32)], True, RED, 3)
    save("corners", titled(smaller(picture, 300), "windows, marks, frame"))


def draw_identify(seen: Seen) -> None:
    """Where the codes are looked for, in the image."""
    picture = colour(seen.image)
    to_image = page_to_image(seen.known.points, seen.reference.plan)
    for code in seen.reference.plan.codes:
        r, m = code.rect, CODE_MARGIN_MM
        corners = [[r.x - m, r.y - m], [r.right + m, r.y - m], [r.right + m, r.bottom + m], [r.x - m, r.bottom + m]]
        path = cv2.perspectiveTransform(np.array([corners], np.float64), to_image)
        cv2.polylines(picture, [np.rint(path[0]).astype(np.int32)], True, GREEN, 7)
    top = cv2.perspectiveTransform(np.array([[[105.0, 148.0], [105.0, 60.0]]]), to_image)[0]
    cv2.arrowedLine(picture, tuple(map(round, top[0].tolist())), tuple(map(round, top[1].tolist())), ORANGE, 14)
    save("identify", titled(smaller(picture, 300), "codes; the arrow points to the top"))


def rows_area(seen: Seen, first: int, last: int) -> Area:
    """The page from one row to another."""
    rows = seen.reference.rows
    return slice(rows[first].cell[0].start, rows[last].cell[0].stop), slice(
        rows[first].cell[1].start, rows[first].cell[1].start + 560
    )


def draw_register(seen: Seen) -> None:
    """The flat page over the printed one."""
    area = rows_area(seen, 0, 2)
    drawn = strike_ballot().form.rasters[0][area]
    laid = np.dstack([drawn, seen.laid[area], seen.laid[area]]).astype(np.uint8)
    save(
        "register",
        stacked(
            titled(colour(smaller(seen.flat, 300)), "the page at 200 dpi"),
            titled(np.ascontiguousarray(laid), "red: ink that is not printed; black: print and page agree"),
        ),
    )


def draw_streaks(seen: Seen) -> None:
    """The streak as it is hidden."""
    area = rows_area(seen, 0, 3)
    wide = (area[0], slice(area[1].start, area[1].start + 900))
    picture = colour(seen.laid[wide])
    if seen.ink.hidden is not None:
        picture[seen.ink.hidden[wide] > 0] = ORANGE
    save("streaks", titled(picture, "orange: hidden under a line from edge to edge, neither ink nor paper"))


def draw_ink(seen: Seen) -> None:
    """From page to ink."""
    area = rows_area(seen, 1, 1)
    ink = colour(np.asarray(255 - seen.mask()[area], np.uint8))
    save(
        "ink",
        stacked(
            titled(colour(seen.laid[area]), "1 the page"),
            titled(colour(np.asarray(255 - seen.reference.expected[area], np.uint8)), "2 how dark print may make it"),
            titled(
                colour(np.asarray(255 - cv2.multiply(seen.ink.extra[area], 1.0), np.uint8)), "3 darkness beyond print"
            ),
            titled(ink, "4 added ink"),
        ),
    )


def draw_score(seen: Seen) -> None:
    """Bands and words of a name."""
    row = seen.reference.rows[1]
    name = row.name
    assert name is not None
    area = rows_area(seen, 1, 1)
    picture = colour(seen.laid[area])
    picture[seen.mask()[area] > 0] = RED
    left, right = name.box[1].start, name.box[1].stop
    for band, tone in ((name.core, GREEN), (name.wide, BLUE)):
        cv2.rectangle(picture, (left, band.start), (right, band.stop), tone, 1)
    for word in (name.words[0], name.words[-1]):
        cv2.line(picture, (word.start, name.wide.stop + 6), (word.stop, name.wide.stop + 6), ORANGE, 2)
    save(
        "score-name",
        titled(larger(picture[:, :420], 2), "green: x-height, blue: whole band, orange: first and last name, red: ink"),
    )


def draw_squares() -> None:
    """The inside and the clear part of squares."""
    paper = agree_ballot()
    page = paper.page(dpi=300).cross(0, AGREE).tick(1, DISAGREE).dot(2, AGREE, 1.2).slash(3, DISAGREE)
    seen = see(page, Scan(noise=0))
    first, last = seen.reference.rows[0], seen.reference.rows[3]
    left = min(s.box[1].start for s in first.squares) + first.cell[1].start - 40
    area = (slice(first.cell[0].start, last.cell[0].stop), slice(left, first.cell[1].stop))
    picture = colour(seen.laid)
    picture[seen.mask() > 0] = RED
    for row in seen.reference.rows[:4]:
        for square in row.squares:
            for part, tone in ((square.inside, BLUE), (square.clear, GREEN)):
                ys, xs = inside(row.cell, part)
                cv2.rectangle(picture, (xs.start, ys.start), (xs.stop, ys.stop), tone, 1)
    save(
        "score-square",
        titled(larger(np.ascontiguousarray(picture[area]), 2), "green: where ink counts; blue: to the outline"),
    )


def draw_classify(seen: Seen) -> None:
    """Verdicts beside their rows."""
    read = strike_ballot().read(seen.image)
    assert isinstance(read, ReadPage)
    pictures = []
    for row, mark in list(zip(seen.reference.rows, read.marks, strict=True))[:8]:
        reasons = ", ".join(reason.value for reason in mark.reasons)
        crop = seen.laid[row.cell[0], row.cell[1].start : row.cell[1].start + 520]
        pictures.append(titled(colour(np.ascontiguousarray(crop)), f"{mark.mark.value}  {reasons}"))
    save("classify", stacked(*pictures))


def draw_foreign(seen: Seen) -> None:
    """Ink elsewhere, the field of the stamp, the list."""
    picture = colour(seen.laid)
    read = strike_ballot().read(seen.image)
    assert isinstance(read, ReadPage)
    boxes: list[tuple[Rect, tuple[int, int, int]]] = [(strike_ballot().prepared.plan.stamp, BLUE)]
    boxes += [(item.box, RED) for item in read.foreign]
    boxes += [(target.row, GREEN) for target in seen.reference.plan.targets]
    for rect, tone in boxes:
        ys, xs = area_of(rect)
        cv2.rectangle(picture, (xs.start, ys.start), (xs.stop, ys.stop), tone, 5)
    save("foreign", titled(smaller(picture, 360), "green: the list, blue: stamp, red: to the board"))


def main() -> None:
    """Draw all, and put the table into the document."""
    seen = see(sample(), Scan(turn=2, skew=3, noise=0))
    for draw in (draw_load, draw_corners, draw_identify, draw_register, draw_streaks, draw_ink, draw_score):
        draw(seen)
    draw_squares()
    draw_classify(seen)
    draw_foreign(seen)
    text = with_table(DOC.read_text(encoding="utf-8"), threshold_table(SOURCE.read_text(encoding="utf-8")))
    DOC.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
