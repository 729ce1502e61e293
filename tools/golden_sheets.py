#!/usr/bin/env python3
"""Draw the golden sheets: `python tools/golden_sheets.py`. Writes tests/golden/<sheet>/<defect>.png and expected.json.

Each sheet is a scan of one ballot with one defect, drawn by the hand of tests/reading, never by the simulator. What
must come out is written here by a person, never taken from the reader. Run it again when the printed ballot changes:
then the codes on the old sheets no longer fit, and tests/reading/test_golden.py says so.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

from tests.reading.hand import AGREE, DISAGREE, Ballot, Page, Scan, ballot  # noqa: E402

from daihoi.sheet.identity import encode  # noqa: E402
from daihoi.sheet.terms import Rect  # noqa: E402
from golden.case import Case  # noqa: E402
from golden.leaf import Leaf  # noqa: E402
from golden.page_cases import BACKS, PAGES, SQUARE_PAGES  # noqa: E402
from golden.square_cases import SQUARES  # noqa: E402
from golden.strike_cases import STRIKES  # noqa: E402

OUT = ROOT / "tests" / "golden"
DPI = 150
GREYS = 16
"""Levels of grey that are kept, four bits a pixel: a sheet stays under 60 KB, and twelve levels gave doubts."""

Draw = Callable[[Page], Page]


@dataclass(frozen=True)
class Golden:
    """One defect: how it is drawn and scanned, and what must come out.

    `marks` names what differs from the clean answer, in the words of the marks; `refused` is the reason instead;
    `elsewhere` is what is proposed to the board about ink outside the list.
    """

    draw: Draw
    marks: dict[str, str] = field(default_factory=dict)
    refused: str = ""
    elsewhere: tuple[str, ...] = ()
    how: Scan = field(default_factory=lambda: Scan(dpi=DPI, noise=0))
    page: int = 1


def plain(**how: object) -> Scan:
    """A scanner at 150 dpi without noise, which PNG could not press."""
    return Scan(dpi=DPI, noise=0, **how)  # type: ignore[arg-type]


def grown(rect: Rect, by: float = 1.0) -> Rect:
    """A rectangle and a little around it."""
    return Rect(rect.x - by, rect.y - by, rect.w + 2 * by, rect.h + 2 * by)


def without_corners(*gone: int) -> Draw:
    """Cover corner marks with paper."""

    def draw(page: Page) -> Page:
        for corner in gone:
            page.rub(grown(page.ballot.prepared.plan.pages[0].corners[corner], 0.6))
        return page.strike(1)

    return draw


def without_codes(page: Page) -> Page:
    """Cover both codes."""
    for code in page.ballot.prepared.plan.pages[0].codes:
        page.rub(grown(code.rect))
    return page


def zigzag(page: Page) -> Page:
    """One stroke down through two rows."""
    upper, lower = page.target(3).box, page.target(4).box
    return page.pen([(upper.x + 4, upper.y + 1), (upper.x + 12, lower.bottom - 1)], 0.6)


def fold_on(row: int) -> Draw:
    """A fold along the letters of one name."""
    return lambda p: p.strike(1).lying_line(p.target(row).box.y + 0.6 * p.target(row).box.h, width=0.6)


def wide_streak(page: Page) -> Page:
    """A streak that hides a column of squares."""
    return page.upright_line(page.square(0, AGREE).x + 3, width=1.9)


def around(page: Page) -> Page:
    """A ring around a square."""
    return page.ring(grown(page.square(2, AGREE), 1.6))


def across(page: Page) -> Page:
    """A line through both squares of a row."""
    left, right = page.square(2, AGREE), page.square(2, DISAGREE)
    return page.pen([(left.x + 1, left.y + 3), (right.right - 1, right.y + 3)], 0.6)


def beside(page: Page) -> Page:
    """A slash left of a square."""
    box = page.square(2, AGREE)
    return page.pen([(box.x - 9, box.y + 1), (box.x - 5, box.y + 5)])


STRIKE: dict[str, Golden] = {
    "clean": Golden(lambda p: p),
    "straight": Golden(lambda p: p.strike(0).strike(1).strike(11), {"c01": "struck", "c02": "struck", "c12": "struck"}),
    "slanted": Golden(lambda p: p.strike(2, rise=4).strike(3, rise=-4), {"c03": "struck", "c04": "struck"}),
    "wavy": Golden(lambda p: p.strike(4, wave=0.6), {"c05": "struck"}),
    "dry": Golden(lambda p: p.strike(4, gaps=[(0.2, 0.25), (0.6, 0.65)], width=0.35, grey=90), {"c05": "struck"}),
    "felt-pen": Golden(lambda p: p.strike(6, width=1.3), {"c07": "struck"}),
    "stamped": Golden(lambda p: p.strike(1).stamp(3, -2), {"c02": "struck"}),
    "half-a-name": Golden(lambda p: p.strike(4, end=0.4).strike(6), {"c05": "doubtful", "c07": "struck"}),
    "given-name-only": Golden(lambda p: p.strike(4, start=0.66), {"c05": "doubtful"}),
    "underlined": Golden(lambda p: p.underline(5, 0.4), {"c06": "doubtful"}),
    "circled": Golden(lambda p: p.circle(5, 0.7), {"c06": "doubtful"}),
    "two-rows": Golden(zigzag, {"c04": "doubtful", "c05": "doubtful"}),
    "erased": Golden(lambda p: p.strike(5, grey=212, width=0.9), {"c06": "doubtful"}),
    "signed": Golden(lambda p: p.strike(1).writing(105, 250, 36, 6), {"c02": "struck"}, "", ("SIGNED_OR_EXTRA_TEXT",)),
    "ring-below": Golden(lambda p: p.ring(Rect(150, 250, 7, 7)), {}, "", ("DISTINGUISHING_MARK",)),
    "streak": Golden(lambda p: p.strike(1).upright_line(120, width=0.5), {"c02": "struck"}),
    "fold-between-names": Golden(lambda p: p.strike(1).lying_line(p.target(5).row.y, width=0.5), {"c02": "struck"}),
    "fold-on-a-name": Golden(fold_on(7), {"c02": "struck", "c08": "doubtful"}),
    "upside-down": Golden(lambda p: p.strike(1), {"c02": "struck"}, how=plain(turn=2)),
    "landscape": Golden(lambda p: p.strike(1), {"c02": "struck"}, how=plain(turn=1)),
    "skew-5": Golden(lambda p: p.strike(1), {"c02": "struck"}, how=plain(skew=5, bilevel=True)),
    "skew-minus-5": Golden(lambda p: p.strike(1), {"c02": "struck"}, how=plain(skew=-5, turn=3, bilevel=True)),
    "one-bit": Golden(lambda p: p.strike(1).strike(8), {"c02": "struck", "c09": "struck"}, how=plain(bilevel=True)),
    "pale-print": Golden(lambda p: p.strike(1, grey=70), {"c02": "struck"}, how=plain(white=225, black=105)),
    "corner-under-stamp": Golden(without_corners(0), {"c02": "struck"}),
    "corner-missing": Golden(without_corners(1), refused="corners_not_found"),
    "two-corners-missing": Golden(without_corners(0, 3), refused="corners_not_found"),
    "codes-missing": Golden(without_codes, refused="code_unreadable"),
    "too-small": Golden(lambda p: p.strike(1), refused="wrong_scale", how=plain(size=0.85)),
    "too-coarse": Golden(lambda p: p.strike(1), refused="wrong_scale", how=Scan(dpi=112, noise=0)),
    "blank": Golden(lambda p: p.rub(Rect(0, 0, 210, 297)), refused="blank_page"),
}
AGREED: dict[str, Golden] = {
    "clean": Golden(lambda p: p),
    "crosses": Golden(lambda p: p.cross(0, AGREE).cross(1, DISAGREE), {"c01": "agree", "c02": "disagree"}),
    "large-crosses": Golden(lambda p: p.cross(0, AGREE, 8).cross(3, AGREE, 8), {"c01": "agree", "c04": "agree"}),
    "ticks": Golden(lambda p: p.tick(2, AGREE).tick(3, DISAGREE), {"c03": "agree", "c04": "disagree"}),
    "slashes": Golden(lambda p: p.slash(2, AGREE).slash(3, DISAGREE), {"c03": "agree", "c04": "disagree"}),
    "filled": Golden(lambda p: p.fill(2, AGREE).fill(3, DISAGREE), {"c03": "agree", "c04": "disagree"}),
    "both": Golden(lambda p: p.cross(2, AGREE).cross(2, DISAGREE), {"c03": "both"}),
    "specks": Golden(lambda p: p.dot(2, AGREE, 0.3).dot(3, DISAGREE, 0.4)),
    "dot": Golden(lambda p: p.dot(2, AGREE, 1.2), {"c03": "doubtful"}),
    "erased": Golden(lambda p: p.cross(2, AGREE, grey=225), {"c03": "doubtful"}),
    "corrected": Golden(lambda p: p.fill(2, AGREE).cross(2, DISAGREE), {"c03": "doubtful"}),
    "ring-around": Golden(around, {"c03": "doubtful"}),
    "line-through-both": Golden(across, {"c03": "doubtful"}),
    "beside": Golden(beside, {"c03": "doubtful"}),
    "streak-over-squares": Golden(wide_streak, refused="streaks"),
    "stamped-and-turned": Golden(lambda p: p.cross(4, AGREE).stamp(-3, 2), {"c05": "agree"}, how=plain(turn=2)),
    "one-bit": Golden(lambda p: p.cross(5, DISAGREE), {"c06": "disagree"}, how=plain(bilevel=True)),
}
BACK: dict[str, Golden] = {
    "clean": Golden(lambda p: p, how=plain(bilevel=True), page=2),
    "upside-down": Golden(lambda p: p.strike("c70"), {"c70": "struck"}, how=plain(turn=2, bilevel=True), page=2),
    "skewed": Golden(
        lambda p: p.strike("c69").strike("c70"),
        {"c69": "struck", "c70": "struck"},
        how=plain(skew=3, bilevel=True),
        page=2,
    ),
}
SHEETS: dict[str, tuple[Callable[[], Ballot], dict[str, Golden]]] = {
    "strike-12": (lambda: ballot(12), STRIKE),
    "agree-8": (lambda: ballot(8, agree=True), AGREED),
    "strike-70-back": (lambda: ballot(70), BACK),
}
MORE: dict[str, dict[str, Case]] = {
    "strike-12": STRIKES | PAGES,
    "agree-8": SQUARES | SQUARE_PAGES,
    "strike-70-back": BACKS,
}
"""Pens and marks as people make them, paper and scanners as they are; see tools/golden/."""
STRANGERS: dict[str, tuple[Callable[[], Ballot], str]] = {
    "other-contest": (lambda: ballot(12, contest="ubkt"), "other_contest"),
    "other-round": (lambda: ballot(12, round_=2), "other_round"),
    "other-list": (lambda: ballot(13), "other_form"),
    "other-congress": (lambda: ballot(12, title="Đại hội Đảng bộ xã khác"), "other_congress"),
    "rehearsal": (lambda: ballot(12, rehearsal=True), "rehearsal"),
}


def pressed(image: np.ndarray[tuple[int, int], np.dtype[np.uint8]], bilevel: bool) -> bytes:
    """A small PNG: two levels, or a dozen."""
    out = io.BytesIO()
    if bilevel:
        Image.fromarray(image).convert("1", dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    else:
        step = 255 // (GREYS - 1)
        picture = Image.fromarray(np.rint(image / step).astype(np.uint8), "P")
        picture.putpalette([level * step for level in range(GREYS) for _colour in "rgb"])
        picture.save(out, "PNG", optimize=True, bits=4)
    return out.getvalue()


def answer(golden: Golden, paper: Ballot) -> dict[str, object]:
    """What must come out of one sheet, in full."""
    if golden.refused:
        return {"refused": [golden.refused]}
    targets = paper.prepared.plan.pages[golden.page - 1].targets
    empty = "kept" if paper.prepared.plan.form.value == "strike_out" else "none"
    marks = dict.fromkeys((target.candidate for target in targets), empty) | golden.marks
    return {"page": golden.page, "marks": marks, "elsewhere": list(golden.elsewhere)}


def answer_of(case: Case, paper: Ballot) -> dict[str, object]:
    """What must come out of one of `MORE`: a list of marks where a person would hesitate among them."""
    if case.refused and not case.marks:
        return {"refused": list(case.refused)}
    targets = paper.prepared.plan.pages[case.page - 1].targets
    empty = "kept" if paper.prepared.plan.form.value == "strike_out" else "none"
    marks: dict[str, object] = dict.fromkeys((target.candidate for target in targets), empty)
    marks |= {name: mark if isinstance(mark, str) else list(mark) for name, mark in case.marks.items()}
    out: dict[str, object] = {"page": case.page, "marks": marks}
    return out | ({"may_be_refused": list(case.refused)} if case.refused else {})


def write_more(sheet: str, paper: Ballot, folder: Path, expected: dict[str, object], only: str) -> int:
    """Write the sheets of `MORE` whose names hold `only`; how many bytes they have."""
    total = 0
    for name, case in MORE[sheet].items():
        file = f"{name}.{case.how.ending}"
        assert file not in expected, file
        expected[file] = answer_of(case, paper)
        if only not in f"{sheet}/{file}":
            continue
        leaf = Leaf(paper, case.page)
        case.draw(leaf)
        total += write(folder / file, case.how.write(leaf))
    return total


def main() -> None:
    """Write all sheets and what they must come to; with a word as argument, draw only the sheets named so."""
    total, only = 0, sys.argv[1] if len(sys.argv) > 1 else ""
    for sheet, (make, cases) in SHEETS.items():
        paper = make()
        folder = OUT / sheet
        folder.mkdir(parents=True, exist_ok=True)
        expected: dict[str, object] = {}
        for name, golden in cases.items():
            if only in f"{sheet}/{name}.png":
                image = golden.how.of(golden.draw(paper.page(golden.page, 300)).pixels, 300)
                total += write(folder / f"{name}.png", pressed(image, golden.how.bilevel))
            expected[f"{name}.png"] = answer(golden, paper)
        if sheet == "strike-12":
            for name, (other, reason) in STRANGERS.items():
                if only in f"{sheet}/{name}.png":
                    image = plain(bilevel=True).of(other().page(1, 300).strike(1).pixels, 300)
                    total += write(folder / f"{name}.png", pressed(image, bilevel=True))
                expected[f"{name}.png"] = {"refused": [reason]}
        total += write_more(sheet, paper, folder, expected, only)
        for old in folder.iterdir():
            if old.name not in {*expected, "expected.json"}:
                old.unlink()
        codes = [encode(identity) for identity in paper.prepared.identities]
        text = json.dumps({"codes": codes, "sheets": expected}, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
    print(f"{total / 1e6:.2f} MB in {OUT}")


def write(path: Path, data: bytes) -> int:
    """Write one sheet; how many bytes it has."""
    path.write_bytes(data)
    return len(data)


if __name__ == "__main__":
    main()
