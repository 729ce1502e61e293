"""One simulated sheet: print, stamp, marks, paper, scanner, and the truth about all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.sheet.terms import PagePlan, Rect, SheetPlan
from daihoi.simulation import mishaps, paper, scanners, stamp
from daihoi.simulation.marking import mark_page, overlap, paper_of, room_for, write_beside
from daihoi.simulation.pens import pick_pen
from daihoi.simulation.scanners import Pose, Scanner
from daihoi.simulation.terms import Condition, Kind, Pixels, SheetTruth, SimulatedPage, SimulatedSheet
from daihoi.simulation.voters import Habits, Paper, grounds, vote

Floats = npt.NDArray[np.float64]
VISIBLE_INK = 45
"""Grey levels by which ink must darken white paper to be missed when it is gone."""
SPECK_PX = 25
SEEN = 0.55
"""Where a 1-bit scan shows less of a mark's ink than this share, nobody can tell from the image what was drawn."""
LID = (28, 245)
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
    capture: Callable[..., tuple[SimulatedPage, set[str]]] | None = None
    """What takes the picture of a marked page: `scan_page` where none is given, `phone.photograph`."""
    place: Callable[..., Pixels] = scanners.place
    """How a page is laid into its image; `proof.place_in_strips` is quicker and good to a fiftieth of a pixel."""
    quick: bool = False
    """Drawn for a proof: ink with plain edges at 600 dpi, and a blur that ends where it is less than half a level."""

    @cached_property
    def desk(self) -> Paper:
        """What every voter has before him."""
        return paper_of(self.plan, self.seats)


def draw_sheet(job: Job, number: int) -> SimulatedSheet:
    """Ballot `number` (from 1) as its scanner sees it; the same for the same job, whatever was drawn before."""
    desk = job.desk
    one = vote(desk, job.seed, number, job.habits)
    rng = np.random.default_rng([job.seed, number, 2])
    pen = replace(pick_pen(rng), plain=job.quick)
    spots = room_for(job.plan, one.defect, rng)
    # A voter who finds no room writes nothing; the truth must not claim that he did.
    if spots is None:
        one = replace(one, defect=None)
    pages, befell, gone = [], [], set()
    for side, plan in enumerate(job.plan.pages):
        # Paper and scanner have random numbers of their own: another scanner gets the same votes and the same pen.
        own = np.random.default_rng([job.seed, number, 3, side])
        found = set(scanners.conditions(job.scanner, own))
        canvas = job.rasters[side].copy()
        if Condition.COLOUR in found:
            canvas = cv2.cvtColor(canvas, cv2.COLOR_GRAY2BGR)
        _print_and_stamp(job, side, canvas, one.issued, found, own)
        bare = canvas.copy() if Condition.BILEVEL in found else None
        mark_page(canvas, job.raster_dpi, plan, job.plan.form, one, pen, rng)
        ink = None if bare is None else cv2.subtract(bare, canvas)
        if spots is not None and side == 0:
            write_beside(canvas, job.raster_dpi, one.defect, spots, pen, rng)
        page, lost = (job.capture or scan_page)(job, plan, canvas, found, own, ink=ink)
        pages.append(page)
        befell.append(tuple(sorted(found)))
        gone |= lost
    # What cannot be seen any more is nobody's to read right or wrong.
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


def scan_page(
    job: Job,
    plan: PagePlan,
    canvas: Pixels,
    found: set[Condition],
    rng: np.random.Generator,
    *,
    ink: Pixels | None = None,
) -> tuple[SimulatedPage, set[str]]:
    """Send one marked page (in mm of `job.raster_dpi`; changed in place) through the scanner.

    `found` says what befalls it and loses what cannot; also the candidates whose marks can no longer be seen. `ink` is
    by how much the marks darkened the page, so that ink which a 1-bit scan swallows is found.
    """
    scanner, poor = job.scanner, job.scanner.name == "poor"
    behind = LID[Condition.DARK_BORDER not in found]
    torn = _spoil(job, plan, canvas, found, behind, rng)
    how = scanners.pose(scanner, job.dpi, rng)
    image = job.place(canvas, job.raster_dpi, how, behind=behind)
    image = _expose(job, image, found, rng)
    for condition in (Condition.DARK_STREAK, Condition.LIGHT_STREAK):
        for _ in range(int(rng.integers(1, 4 if poor else 2)) if condition in found else 0):
            dark = condition is Condition.DARK_STREAK
            scanners.streak(image, job.dpi, rng, dark=dark, heavy=poor, anywhere=scanner.name != "office")
    # Dust and streaks sit on the glass, so they come after paper, print and ink.
    if Condition.DUST in found:
        scanners.dust(image, job.dpi, rng, most=90 if poor else 25)
    lost = (0, 0)
    if Condition.CROPPED in found:
        image, lost = scanners.crop(image, job.dpi, rng)
    gone = _unseen(plan, how, lost, image.shape[:2], torn)
    if Condition.BILEVEL in found:
        image = _cut(image, rng)
        if ink is not None:
            # Whether ink was there needs no half pixels.
            kind = cv2.INTER_NEAREST if job.quick else cv2.INTER_LINEAR
            wanted = job.place(ink, job.raster_dpi, how, behind=0, kind=kind)[lost[1] :, lost[0] :]
            gone |= _swallowed(plan, image, wanted, how, lost)
    matrix = how.backwards - np.array([[0, 0, lost[0]], [0, 0, lost[1]]])
    image, matrix = _turned(image, matrix, found, rng)
    quality = int(rng.integers(scanner.quality[0], scanner.quality[1] + 1))
    return SimulatedPage(image, job.dpi, quality, Condition.BILEVEL in found, matrix), gone


def _unseen(plan: PagePlan, how: Pose, lost: tuple[int, int], shape: tuple[int, int], torn: Rect | None) -> set[str]:
    """The candidates whose targets lie outside of the image or where the paper is torn."""
    boxes = [target.box for target in plan.targets]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    around = Rect(left, top, max(box.right for box in boxes) - left, max(box.bottom for box in boxes) - top)
    # Nearly every page shows all its targets; asking for the rectangle about them all is a hundred times as quick.
    if torn is None and scanners.visible(around, how, lost, shape):
        return set()
    return {
        target.candidate
        for target in plan.targets
        if not scanners.visible(target.box, how, lost, shape) or (torn is not None and overlap(target.box, torn, 0))
    }


def _spoil(
    job: Job, plan: PagePlan, canvas: Pixels, found: set[Condition], behind: int, rng: np.random.Generator
) -> Rect | None:
    """What befalls the paper between the box and the scanner; where it is torn, if it is."""
    poor = job.scanner.name == "poor"
    mishaps.befall(canvas, job.raster_dpi, plan, found, rng)
    if Condition.CODE_MARKED in found:
        paper.mark_code(canvas, job.raster_dpi, plan, rng)
    if Condition.COFFEE in found:
        paper.coffee(canvas, job.raster_dpi, rng)
    for _ in range(int(rng.integers(1, 3)) if Condition.FOLD in found else 0):
        paper.fold(canvas, job.raster_dpi, rng, depth=rng.uniform(0.15, 0.8 if poor else 0.5))
    return paper.tear(canvas, job.raster_dpi, rng, behind=behind) if Condition.TORN_CORNER in found else None


def _expose(job: Job, image: Pixels, found: set[Condition], rng: np.random.Generator) -> Pixels:
    """Blur, contrast, light and noise of the sensor."""
    scanner, sigma = job.scanner, rng.uniform(*job.scanner.blur)
    image = cv2.GaussianBlur(image, scanners.near(sigma) if job.quick else (0, 0), sigma)
    white, black = rng.uniform(*scanner.white), rng.uniform(*scanner.black)
    if Condition.GREY_PAPER in found:
        white -= rng.uniform(15, 45)
    if Condition.LOW_CONTRAST in found:
        black += rng.uniform(20, 50)
    if Condition.UNEVEN_LIGHT in found:
        image = scanners.shade(image, rng, depth=rng.uniform(0.06, 0.2))
    image = scanners.tone(image, white, black, rng.uniform(0.85, 1.15))
    return scanners.add_noise(image, rng.uniform(*scanner.noise), rng)


def _swallowed(plan: PagePlan, image: Pixels, wanted: Pixels, how: Pose, lost: tuple[int, int]) -> set[str]:
    """The candidates of whose ink, as it lay on white paper, a 1-bit scan shows less than SEEN."""
    inked = wanted[: image.shape[0], : image.shape[1]] > VISIBLE_INK
    gone = set()
    for target in plan.targets:
        box = target.box
        across = [how.to_image(x, y) for x in (box.x - 1, box.right + 1) for y in (box.y - 1, box.bottom + 1)]
        (x0, y0), (x1, y1) = np.min(across, axis=0) - lost, np.max(across, axis=0) - lost
        window = np.s_[max(0, int(y0)) : max(0, int(y1)), max(0, int(x0)) : max(0, int(x1))]
        marks = inked[window]
        # Fewer pixels are a speck, which may vanish and changes nothing.
        if marks.sum() > SPECK_PX and (image[window] == 0)[marks].mean() < SEEN:
            gone.add(target.candidate)
    return gone


def _cut(image: Pixels, rng: np.random.Generator) -> Pixels:
    """1-bit as a scanner's text mode makes it: against the brightness around, since a fixed level would lose pencil."""
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=1 / 16, fy=1 / 16, interpolation=cv2.INTER_AREA)
    around = cv2.blur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (9, 9))
    level = cv2.resize(cv2.convertScaleAbs(around, alpha=rng.uniform(0.70, 0.82)), grey.shape[::-1])
    return cv2.compare(grey, level, cv2.CMP_GE)


def _turned(image: Pixels, matrix: Floats, found: set[Condition], rng: np.random.Generator) -> tuple[Pixels, Floats]:
    """The image as it was fed, and the matrix from paper to image with that turn in it."""
    height, width = image.shape[:2]
    x, y = matrix
    if Condition.SIDEWAYS in found:
        found.discard(Condition.UPSIDE_DOWN)
        if rng.random() < 0.5:
            return cv2.rotate(image, cv2.ROTATE_90_CLOCKWISE), np.array([[0, 0, height] - y, x])
        return cv2.rotate(image, cv2.ROTATE_90_COUNTERCLOCKWISE), np.array([y, [0, 0, width] - x])
    if Condition.UPSIDE_DOWN in found:
        return cv2.rotate(image, cv2.ROTATE_180), np.array([[0, 0, width] - x, [0, 0, height] - y])
    return image, matrix
