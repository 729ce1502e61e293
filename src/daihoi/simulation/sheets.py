"""One simulated sheet: print, stamp, marks, paper, scanner, and the truth about all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import cv2
import numpy as np

from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, PagePlan, Rect, SheetForm, SheetPlan, Target, TargetKind, Text
from daihoi.simulation import paper, scanners, squares, stamp, strikes, strokes
from daihoi.simulation.pens import Pen, draw, pick_pen
from daihoi.simulation.scanners import Scanner
from daihoi.simulation.strikes import Place
from daihoi.simulation.terms import (
    Condition,
    Defect,
    Kind,
    Pixels,
    SheetTruth,
    SimulatedPage,
    SimulatedSheet,
    Stroke,
    Vote,
)
from daihoi.simulation.voters import Habits, Paper, grounds, vote

COLOURLESS_BEHIND = (28, 245)
"""What a scanner's lid shows where no paper lies: black in some, white in most."""


@dataclass(frozen=True)
class Job:
    """What all sheets of a simulation share. `rasters[k]` is page k+1, the whole A4 page, `(H, W)` at `raster_dpi`."""

    plan: SheetPlan
    rasters: tuple[Pixels, ...] = field(repr=False)
    raster_dpi: float
    seats: int
    seed: int
    scanner: Scanner
    habits: Habits
    dpi: float


def paper_of(plan: SheetPlan, seats: int) -> Paper:
    """The candidates in ballot order, and who stands right below whom in the same block."""
    names: dict[str, None] = {}
    below: dict[str, str] = {}
    for page in plan.pages:
        for target in page.targets:
            names[target.candidate] = None
            under = _below(page, target)
            if under is not None:
                below[target.candidate] = under.candidate
    return Paper(plan.form, tuple(names), below, seats)


def _below(page: PagePlan, target: Target) -> Target | None:
    """The target of the same kind in the next row of the same block, which starts where this row ends."""
    for other in page.targets:
        touching = abs(other.row.y - target.row.bottom) < 1.0 and abs(other.row.x - target.row.x) < 2.0
        if other.kind is target.kind and touching:
            return other
    return None


def draw_sheet(job: Job, number: int) -> SimulatedSheet:
    """Ballot `number` (from 1) as its scanner sees it; the same for the same job, whatever was drawn before."""
    desk = paper_of(job.plan, job.seats)
    one = vote(desk, job.seed, number, job.habits)
    rng = np.random.default_rng([job.seed, number, 2])
    pen = pick_pen(rng)
    spots = room_for(job.plan, one.defect, rng)
    if spots is None:
        one = replace(one, defect=None)
    pages, befell, gone = [], [], set()
    for side, plan in enumerate(job.plan.pages):
        own = np.random.default_rng([job.seed, number, 3, side])
        found = set(scanners.conditions(job.scanner, own))
        canvas = job.rasters[side].copy()
        if Condition.COLOUR in found and Condition.BILEVEL not in found:
            canvas = cv2.cvtColor(canvas, cv2.COLOR_GRAY2BGR)
        _print_and_stamp(job, side, canvas, one.issued, found, own)
        mark_page(canvas, job.raster_dpi, plan, job.plan.form, one, pen, rng)
        if spots is not None and side == 0:
            _write(canvas, job.raster_dpi, one.defect, spots, pen, rng)
        page, lost = _scan(job, plan, canvas, found, own)
        pages.append(page)
        befell.append(tuple(sorted(found)))
        gone |= lost
    kinds = {name: Kind.DESTROYED if name in gone else kind for name, kind in one.kinds.items()}
    doubt = tuple(name for name in desk.candidates if name in one.doubt or name in gone)
    told = SheetTruth(one.marks, kinds, doubt, one.defect, one.issued, grounds(desk, one), pen.name, tuple(befell))
    return SimulatedSheet(number, tuple(pages), told)


def _print_and_stamp(
    job: Job, side: int, canvas: Pixels, issued: bool, found: set[Condition], rng: np.random.Generator
) -> None:
    """Toner and stamp, and ink from the other side: all that is on the page before a voter has it."""
    if Condition.LOW_TONER in found:
        paper.weaken_toner(canvas, rng, least=0.35 if job.scanner.name == "poor" else 0.5)
    if Condition.SHOW_THROUGH in found and len(job.rasters) > 1:
        other = job.rasters[1 - side]
        paper.show_through(canvas, cv2.merge([other] * 3) if canvas.ndim == 3 else other, rng)
    else:
        found.discard(Condition.SHOW_THROUGH)
    if side == 0 and issued and stamp.press(canvas, job.raster_dpi, job.plan.stamp, rng, spread=job.scanner.stamp):
        found.add(Condition.STAMP_OUTSIDE)


def mark_page(
    canvas: Pixels, dpi: float, plan: PagePlan, form: SheetForm, one: Vote, pen: Pen, rng: np.random.Generator
) -> None:
    """Draw every mark of a vote that falls on this page, in place."""
    by_candidate: dict[str, dict[TargetKind, Target]] = {}
    for target in plan.targets:
        by_candidate.setdefault(target.candidate, {})[target.kind] = target
    for name, targets in by_candidate.items():
        places = {kind: Place(target, _below(plan, target), pen) for kind, target in targets.items()}
        marks = (
            _on_name(places, one, name, rng)
            if form is SheetForm.STRIKE_OUT
            else _in_squares(places, one, name, plan, rng)
        )
        for ink in marks:
            draw(canvas, dpi, ink.strokes, pen, rng, ink.hand)
    for line in _through_rows(plan, one, rng):
        draw(canvas, dpi, [line], pen, rng)


def _on_name(
    places: Mapping[TargetKind, Place], one: Vote, name: str, rng: np.random.Generator
) -> Sequence[strikes.Ink]:
    kind = one.kinds[name]
    makers = {**strikes.CLEAN, **strikes.MISTAKES, Kind.SPECK: strikes.speck}
    return makers[kind](places[TargetKind.NAME], rng) if kind in makers else []


def _in_squares(
    places: Mapping[TargetKind, Place], one: Vote, name: str, plan: PagePlan, rng: np.random.Generator
) -> Sequence[strikes.Ink]:
    kind, mark = one.kinds[name], one.marks[name]
    agree, disagree = places[TargetKind.AGREE], places[TargetKind.DISAGREE]
    chosen, other = (disagree, agree) if mark.value == "disagree" else (agree, disagree)
    if kind is Kind.BOTH_BOXES:
        return [*squares.cross(agree, rng), *squares.cross(disagree, rng)]
    if kind is Kind.SPECK:
        return strikes.speck(chosen if rng.random() < 0.5 else other, rng)
    if kind is Kind.SCRIBBLED_OUT:
        return [*squares.cross(other, rng), *squares.filled(other, rng), *squares.cross(chosen, rng)]
    if kind is Kind.NAME_STRUCK:
        box = name_beside(plan, agree.target)
        return strikes.straight(Place(replace(agree.target, box=box, words=()), None, agree.pen), rng)
    makers = {**squares.CLEAN, **squares.MISTAKES}
    return makers[kind](chosen, rng) if kind in makers else []


def name_beside(plan: PagePlan, target: Target) -> Rect:
    """Where the name belonging to a square is printed: the longest text of its row; its width is a good guess."""
    row = target.box
    texts = [one for one in plan.drawn if isinstance(one, Text) and row.y - 3 < one.baseline < row.bottom + 3]
    before = [one for one in texts if one.x < row.x]
    longest = max(before, key=lambda one: len(one.text), default=None)
    if longest is None:
        return Rect(max(20.0, row.x - 70), row.y + 1, 40, 4)
    height = longest.size_pt * 0.3528
    return Rect(longest.x, longest.baseline - 0.8 * height, 0.48 * height * len(longest.text), height)


def _through_rows(plan: PagePlan, one: Vote, rng: np.random.Generator) -> Iterator[Stroke]:
    """One line down through each run of names that are marked as struck together."""
    run: list[Target] = []
    for target in [*plan.targets, None]:
        joined = target is not None and one.kinds[target.candidate] is Kind.SEVERAL_ROWS
        follows = joined and target is not None and (not run or _below(plan, run[-1]) == target)
        if run and not follows:
            box = run[0].box
            x = box.x + box.w * rng.uniform(0.25, 0.6)
            lean = rng.uniform(-12, 12)
            end = (x + lean, run[-1].box.bottom - rng.uniform(0, 1.5))
            yield strokes.line((x - lean, box.y + rng.uniform(0, 1)), end, rng, bow=rng.normal(0, 1.0))
            run = []
        if joined and target is not None:
            run.append(target)


def room_for(plan: SheetPlan, defect: Defect | None, rng: np.random.Generator) -> Rect | None:
    """A free place on the first page for what is written there; None without a defect or without a place."""
    if defect is None:
        return None
    page = plan.pages[0]
    width, height = {Defect.SIGNED: (32.0, 12.0), Defect.EXTRA_TEXT: (45.0, 8.0), Defect.OUTSIDE_NAME: (50.0, 7.0)}[
        defect
    ]
    taken = [target.row for target in page.targets] + [target.box for target in page.targets]
    taken += [*page.corners, *(code.rect for code in page.codes), plan.stamp]
    free = []
    for y in np.arange(14, PAGE_H_MM - 14 - height, 4.0):
        for x in np.arange(14, PAGE_W_MM - 14 - width, 6.0):
            spot = Rect(float(x), float(y), width, height)
            if not any(_overlap(spot, each, 2.5) for each in taken):
                free.append(spot)
    # People write below the list where they can.
    free.sort(key=lambda spot: -spot.y)
    return free[int(rng.integers(0, max(1, len(free) // 2)))] if free else None


def _overlap(a: Rect, b: Rect, gap: float) -> bool:
    return a.x < b.right + gap and b.x < a.right + gap and a.y < b.bottom + gap and b.y < a.bottom + gap


def _write(canvas: Pixels, dpi: float, defect: Defect | None, spot: Rect, pen: Pen, rng: np.random.Generator) -> None:
    if defect is Defect.SIGNED:
        lines = strokes.signature(spot.x + 3, spot.y + spot.h * 0.5, spot.w - 6, rng)
    else:
        lines = strokes.writing(spot.x + 1, spot.y + spot.h * 0.65, spot.w - 6, rng.uniform(1.8, 2.4), rng)
    draw(canvas, dpi, lines, pen, rng)


def _scan(
    job: Job, plan: PagePlan, canvas: Pixels, found: set[Condition], rng: np.random.Generator
) -> tuple[SimulatedPage, set[str]]:
    """The page as its image, and the candidates whose rows can no longer be seen."""
    scanner, poor = job.scanner, job.scanner.name == "poor"
    behind = COLOURLESS_BEHIND[Condition.DARK_BORDER not in found]
    torn = _spoil(job, plan, canvas, found, behind, rng)
    how = scanners.pose(scanner, job.dpi, rng)
    image = scanners.place(canvas, job.raster_dpi, how, behind=behind)
    image = _expose(scanner, image, found, rng)
    for condition in (Condition.DARK_STREAK, Condition.LIGHT_STREAK):
        for _ in range(int(rng.integers(1, 4 if poor else 2)) if condition in found else 0):
            scanners.streak(image, job.dpi, rng, dark=condition is Condition.DARK_STREAK, heavy=poor)
    if Condition.DUST in found:
        scanners.dust(image, job.dpi, rng, most=90 if poor else 25)
    lost = (0, 0)
    if Condition.CROPPED in found:
        image, lost = scanners.crop(image, job.dpi, rng)
    gone = {
        target.candidate
        for target in plan.targets
        if not scanners.visible(target.box, how, lost, image.shape[:2])
        or (torn is not None and _overlap(target.box, torn, 0))
    }
    if Condition.BILEVEL in found:
        image = _cut(image, rng)
    return SimulatedPage(_turned(image, found, rng), job.dpi, _quality(scanner, rng), Condition.BILEVEL in found), gone


def _spoil(
    job: Job, plan: PagePlan, canvas: Pixels, found: set[Condition], behind: int, rng: np.random.Generator
) -> Rect | None:
    """What befalls the paper between the box and the scanner; where it is torn, if it is."""
    poor = job.scanner.name == "poor"
    if Condition.CODE_MARKED in found:
        paper.mark_code(canvas, job.raster_dpi, plan, rng)
    if Condition.COFFEE in found:
        paper.coffee(canvas, job.raster_dpi, rng)
    for _ in range(int(rng.integers(1, 3)) if Condition.FOLD in found else 0):
        paper.fold(canvas, job.raster_dpi, rng, depth=rng.uniform(0.15, 0.8 if poor else 0.5))
    return paper.tear(canvas, job.raster_dpi, rng, behind=behind) if Condition.TORN_CORNER in found else None


def _expose(scanner: Scanner, image: Pixels, found: set[Condition], rng: np.random.Generator) -> Pixels:
    """Blur, contrast, light and noise of the sensor."""
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(*scanner.blur))
    white, black = rng.uniform(*scanner.white), rng.uniform(*scanner.black)
    if Condition.GREY_PAPER in found:
        white -= rng.uniform(15, 45)
    if Condition.LOW_CONTRAST in found:
        black += rng.uniform(20, 50)
    if Condition.UNEVEN_LIGHT in found:
        image = scanners.shade(image, rng, depth=rng.uniform(0.06, 0.2))
    image = scanners.tone(image, white, black, rng.uniform(0.85, 1.15))
    return scanners.add_noise(image, rng.uniform(*scanner.noise), rng)


def _cut(image: Pixels, rng: np.random.Generator) -> Pixels:
    """1-bit as a scanner's text mode makes it: against the brightness around, since a fixed level would lose pencil."""
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=1 / 16, fy=1 / 16, interpolation=cv2.INTER_AREA)
    around = cv2.blur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (9, 9))
    level = cv2.resize(cv2.convertScaleAbs(around, alpha=rng.uniform(0.70, 0.82)), grey.shape[::-1])
    return cv2.compare(grey, level, cv2.CMP_GE)


def _turned(image: Pixels, found: set[Condition], rng: np.random.Generator) -> Pixels:
    if Condition.SIDEWAYS in found:
        found.discard(Condition.UPSIDE_DOWN)
        way = cv2.ROTATE_90_CLOCKWISE if rng.random() < 0.5 else cv2.ROTATE_90_COUNTERCLOCKWISE
        return cv2.rotate(image, way)
    return cv2.rotate(image, cv2.ROTATE_180) if Condition.UPSIDE_DOWN in found else image


def _quality(scanner: Scanner, rng: np.random.Generator) -> int:
    return int(rng.integers(scanner.quality[0], scanner.quality[1] + 1))
