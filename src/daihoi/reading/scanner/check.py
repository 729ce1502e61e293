"""The judgement: which figures are those of a scanner that would cost ballots.

The limits are those within which the ballot reader is held to read, with something to spare. A fault that explains
another is told alone: what no threshold left cannot be missed a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from daihoi.reading.scanner.fill import straightened_by
from daihoi.reading.scanner.measure import MM_PER_INCH, Greys, Lengths, flat_of, greys_of, lengths_of, streaks_of
from daihoi.reading.scanner.place import SeenSide, find_side
from daihoi.reading.scanner.squeezed import quality_seen
from daihoi.reading.scanner.terms import Scanned, ScannerFault, ScannerFinding, ScannerReport
from daihoi.reading.terms import GrayImage
from daihoi.sheet import scanner_sheet as plan
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM

DPI = (145.0, 410.0)
"""The reader is held to 150 to 400 dpi; scanners keep that to one or two per cent."""
SCALE = (0.97, 1.03)
UNEVEN = 0.02
"""By how much the two directions may differ: a feeder that slips or drags."""
SKEW_DEGREES = 5.0
STRAIGHT_DEGREES = 0.25
"""Below this a sheet that was laid askew on purpose has been straightened."""
CUT_MM = 3.5
"""Scanners lose one or two millimetres at the rim; more was cut away."""
SIDES = ("left", "top", "right", "bottom")
CORNER_NAMES = ("top_left", "top_right", "bottom_left", "bottom_right")
OFFERED_DPI = (150, 200, 240, 250, 300, 400, 600)
A4_MM = 1.5
"""By how much an image of A4 may be off the paper's size for its resolution to be told from that."""
QUALITY = 50
COLOUR = 0.35
"""Contrast of an ink as a field and, in lines as a pen draws them, half of that."""
COLOUR_KEPT = 0.6
"""Share that must be left of the contrast that an eye sees: a lamp or a filter of the ink's own colour halves it."""
PAPER_DARK, PAPER_SPAN = 165.0, 110.0
LIGHT_STEP_SHARE = 0.35
"""Share of its contrast that the light grey step must keep: burnt-out paper swallows pencil and pale ink."""
BLACK_LIGHT = 110.0


def check_scanner(
    pages: Sequence[Scanned], *, askew: bool = False, both_sides: bool = True, ruler_mm: float | None = None
) -> ScannerReport:
    """Judge the pages of one scan of the sheet, in the order in which the scanner gave them.

    `askew`: the sheet was laid slantwise on purpose; `both_sides`: the scanner was to scan both; `ruler_mm`: what the
    printed ruler of 150 mm measures on the paper, by a real one.
    """
    seen = [find_side(page.image) for page in pages]
    front = next((place for place, side in enumerate(seen) if side and side.side == "front"), None)
    back_seen = any(side is not None and side.side == "back" for side in seen)
    if front is None:
        return ScannerReport((ScannerFinding(ScannerFault.NOT_THE_SHEET),), {}, back_seen)
    side = seen[front]
    assert side is not None  # noqa: S101 -- it was chosen for its side
    lengths = lengths_of(side)
    flat = flat_of(side)
    greys = greys_of(side, flat)
    findings = [
        *_order(seen, front, back_seen, both_sides),
        *_orientation(side),
        *_geometry(side, lengths, pages[front].file_dpi, ruler_mm),
        *_straight(side, lengths, askew),
        *_squeezed(pages[front].quality, pages[front].image),
        *_tones(greys),
        *_streaks(side),
    ]
    return ScannerReport(tuple(findings), _measured(lengths, greys, pages[front]), back_seen)


def _measured(lengths: Lengths, greys: Greys, page: Scanned) -> dict[str, int | float]:
    measured: dict[str, int | float] = {
        "dpi": round((lengths.across_dpi + lengths.down_dpi) / 2),
        "skew": round(lengths.skew, 1),
        "paper": round(greys.paper),
        "black": round(greys.black),
    }
    if page.quality is not None:
        measured["quality"] = page.quality
    return measured


def _order(seen: Sequence[SeenSide | None], front: int, back_seen: bool, both_sides: bool) -> Iterator[ScannerFinding]:
    sides = [side.side if side else "" for side in seen[:2]]
    if back_seen and front > sides.index("back"):
        yield ScannerFinding(ScannerFault.SIDES_SWAPPED)
    elif sides == ["front", "front"]:
        yield ScannerFinding(ScannerFault.SAME_SIDE_TWICE)
    elif not back_seen and (both_sides or len(seen) > 1):
        yield ScannerFinding(ScannerFault.BACK_MISSING)


def _orientation(side: SeenSide) -> Iterator[ScannerFinding]:
    if side.mirrored:
        yield ScannerFinding(ScannerFault.MIRRORED)
    if side.negative:
        yield ScannerFinding(ScannerFault.NEGATIVE)


def _geometry(side: SeenSide, lengths: Lengths, file_dpi: float, ruler_mm: float | None) -> Iterator[ScannerFinding]:
    dpi = (lengths.across_dpi + lengths.down_dpi) / 2
    said = file_dpi or _dpi_of_a4(side)
    scale = ruler_mm / plan.RULER_LENGTH if ruler_mm else (dpi / said if said else 1.0)
    # A print that is too small makes the marks lie closer: what the scanner did shows when that is taken out.
    scanned = dpi / scale
    if scanned < DPI[0]:
        yield ScannerFinding(ScannerFault.RESOLUTION_LOW, {"dpi": round(scanned)})
    elif scanned > DPI[1]:
        yield ScannerFinding(ScannerFault.RESOLUTION_HIGH, {"dpi": round(scanned)})
    if not SCALE[0] <= scale <= SCALE[1]:
        yield ScannerFinding(ScannerFault.PRINT_SCALE, {"percent": round(scale * 100, 1)})
    if abs(lengths.across_dpi / lengths.down_dpi - 1) > UNEVEN:
        across, down = round(lengths.across_dpi), round(lengths.down_dpi)
        yield ScannerFinding(ScannerFault.RESOLUTION_UNEVEN, {"across": across, "down": down})
    yield from _whole(side, lengths, scale)


def _dpi_of_a4(side: SeenSide) -> float:
    """The resolution at which the image is just A4, of those that scanners offer; 0 where there is none."""
    height, width = sorted(side.upright.shape, reverse=True)
    for dpi in OFFERED_DPI:
        off = max(abs(width / dpi * MM_PER_INCH - PAGE_W_MM), abs(height / dpi * MM_PER_INCH - PAGE_H_MM))
        if off < A4_MM:
            return float(dpi)
    return 0.0


def _whole(side: SeenSide, lengths: Lengths, scale: float) -> Iterator[ScannerFinding]:
    """What of the page is not in the image; a print that is larger than the paper is not the scanner's doing."""
    grown = max(0.0, scale - 1)
    cut = {
        name: mm - grown * length / 2
        for name, mm, length in zip(SIDES, lengths.cut, (PAGE_W_MM, PAGE_H_MM) * 2, strict=True)
    }
    cut = {name: mm for name, mm in cut.items() if mm > CUT_MM}
    if cut:
        yield ScannerFinding(ScannerFault.CROPPED, {"mm": round(max(cut.values()))}, tuple(cut))
    elif len(side.marks) < len(plan.CORNERS) and abs(lengths.skew) <= SKEW_DEGREES:
        missing = [name for place, name in enumerate(CORNER_NAMES) if place not in side.marks]
        yield ScannerFinding(ScannerFault.MARK_HIDDEN, {}, tuple(missing))


def _straight(side: SeenSide, lengths: Lengths, askew: bool) -> Iterator[ScannerFinding]:
    if abs(lengths.skew) > SKEW_DEGREES:
        yield ScannerFinding(ScannerFault.SKEWED, {"degrees": round(abs(lengths.skew), 1)})
    by = straightened_by(side, lengths)
    if (askew and abs(lengths.skew) < STRAIGHT_DEGREES) or by:
        yield ScannerFinding(ScannerFault.STRAIGHTENED, {"degrees": round(by, 1)} if by else {})


def _squeezed(quality: int | None, image: GrayImage) -> Iterator[ScannerFinding]:
    if quality is not None and quality < QUALITY:
        yield ScannerFinding(ScannerFault.JPEG_QUALITY, {"quality": quality})
    elif (seen := quality_seen(image)) is not None and seen < QUALITY - 2:
        yield ScannerFinding(ScannerFault.COMPRESSION_SEEN, {"quality": seen})


def _tones(greys: Greys) -> Iterator[ScannerFinding]:
    light, dark = plan.STEPS.index(plan.LIGHT_STEP), plan.STEPS.index(plan.DARK_STEP)
    share = [(greys.paper - step) / max(1.0, greys.paper - greys.black) for step in greys.steps]
    if greys.binary:
        if share[dark] < 0.5:
            yield ScannerFinding(ScannerFault.THRESHOLD_LIGHT)
        elif share[light] > 0.5:
            yield ScannerFinding(ScannerFault.THRESHOLD_DARK)
        else:
            yield from _colours(greys)
        return
    if greys.paper < PAPER_DARK:
        yield ScannerFinding(ScannerFault.TOO_DARK, {"paper": round(greys.paper)})
    elif greys.black > BLACK_LIGHT or share[light] < LIGHT_STEP_SHARE * plan.LIGHT_STEP.black:
        yield ScannerFinding(ScannerFault.TOO_BRIGHT, {"paper": round(greys.paper)})
    elif greys.paper - greys.black < PAPER_SPAN:
        yield ScannerFinding(ScannerFault.LOW_CONTRAST, {"greys": round(greys.paper - greys.black)})
    yield from _colours(greys)


def _colours(greys: Greys) -> Iterator[ScannerFinding]:
    lost = tuple(ink.key for ink in plan.INKS if _is_lost(ink, greys))
    if lost:
        yield ScannerFinding(ScannerFault.COLOUR_LOST, {}, lost)


def _is_lost(ink: plan.Ink, greys: Greys) -> bool:
    field, line = greys.inks[ink.key], greys.lines[ink.key]
    return field < max(COLOUR, COLOUR_KEPT * ink.contrast) or line < COLOUR / 2


def _streaks(side: SeenSide) -> Iterator[ScannerFinding]:
    down, across = streaks_of(side)
    if down or across:
        places = tuple(f"x{place:g}" for place in down) + tuple(f"y{place:g}" for place in across)
        yield ScannerFinding(ScannerFault.STREAKS, {"count": len(places)}, places)
