"""Ballots of a fictional election, printed as the house prints them, for tests that draw on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from daihoi.interchange.terms import Congress, Election
from daihoi.papers.ballots import prepare
from daihoi.papers.render import rasters
from daihoi.rules.terms import Candidate, CandidateId, CongressForm, Contest, ContestId, Office
from daihoi.sheet.terms import Rect, SheetPlan, Target, TargetKind
from daihoi.simulation.pens import PENS
from daihoi.simulation.run import Order, job_of
from daihoi.simulation.sheets import Job
from daihoi.simulation.strikes import Place
from daihoi.simulation.terms import Pixels, SimulatedPage
from daihoi.simulation.voters import Habits

DPI = 200
FAMILY = ("Nguyễn", "Trần", "Vũ", "Đặng", "Lò", "Phạm", "Hồ")
MIDDLE = ("Văn", "Thị", "Hữu", "A", "Quang")
GIVEN = ("Anh", "Tú", "Xuyến", "Hương", "Ý", "Nghĩa", "Long", "Bình", "Mai", "Phúc", "Khánh")


@dataclass(frozen=True)
class Ballot:
    """A printed ballot: its plan, its pages as pixels at DPI, its seats."""

    plan: SheetPlan
    rasters: tuple[Pixels, ...]
    seats: int

    def job(self, scanner: str = "office", seed: int = 1, habits: Habits | None = None, dpi: float = DPI) -> Job:
        """A simulation of this ballot."""
        order = Order(self.seats, 1, seed, scanner, dpi, habits=habits or Habits())
        return job_of(self.plan, self.rasters, DPI, order)


@cache
def ballot(names: int, seats: int) -> Ballot:
    """The ballot of a committee with so many names and seats; agree/disagree when they are equal."""
    people = tuple(
        Candidate(
            CandidateId(f"c{k + 1:02d}"),
            f"{FAMILY[k % len(FAMILY)]} {MIDDLE[k % len(MIDDLE)]} {GIVEN[k % len(GIVEN)]}",
        )
        for k in range(names)
    )
    contest = Contest(ContestId("bch"), Office.COMMITTEE, "Ban Chấp hành Đảng bộ huyện", seats, people)
    congress = Congress(
        "Đại hội đại biểu Đảng bộ huyện Nà Lương",
        "Đảng bộ huyện Nà Lương",
        "Đảng bộ tỉnh Thanh Giang",
        "Nà Lương",
        date(2025, 7, 1),
        date(2025, 7, 2),
        CongressForm.DELEGATES,
    )
    election = Election(congress, None, (contest,))
    prepared = prepare(election, contest, secret=bytes(32), rehearsal=False)
    return Ballot(prepared.plan, rasters(prepared.pdf, DPI), seats)


def strike_ballot() -> Ballot:
    """Twenty names for twelve seats, one page."""
    return ballot(20, 12)


def agree_ballot() -> Ballot:
    """Twelve names for twelve seats, one page."""
    return ballot(12, 12)


def two_sided_ballot() -> Ballot:
    """Seventy names for fifty seats, front and back."""
    return ballot(70, 50)


def flattened(page: SimulatedPage) -> npt.NDArray[Any]:
    """The scan laid flat again: `(H, W)` grey at DPI, the paper's corner at the image's corner."""
    image = page.image if page.image.ndim == 2 else cv2.cvtColor(page.image, cv2.COLOR_BGR2GRAY)
    to_mm = np.diag([25.4 / DPI, 25.4 / DPI, 1.0])
    matrix = (np.vstack([page.matrix, [0, 0, 1]]) @ to_mm)[:2]
    size = (round(210 / 25.4 * DPI), round(297 / 25.4 * DPI))
    return cv2.warpAffine(image, matrix, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderValue=255)


def part(image: npt.NDArray[Any], rect: Rect, margin: float = 0.0) -> npt.NDArray[Any]:
    """A rectangle of the paper (mm) cut out of a page at DPI."""
    px = DPI / 25.4
    x0, y0 = int((rect.x - margin) * px), int((rect.y - margin) * px)
    return image[max(0, y0) : int((rect.bottom + margin) * px) + 1, max(0, x0) : int((rect.right + margin) * px) + 1]


def added_ink(scan: npt.NDArray[Any], print_: npt.NDArray[Any], rect: Rect) -> float:
    """How much darker a rectangle became, in mm² of full black, whatever lies a pixel or two off."""
    now, before = part(scan, rect), part(print_, rect)
    widest = cv2.erode(before, np.ones((5, 5), np.uint8))
    dark = np.clip(widest.astype(float) - now - 60, 0, None)
    return float(dark.sum() / 195 * (25.4 / DPI) ** 2)


def target_of(plan: SheetPlan, candidate: str, kind: TargetKind = TargetKind.NAME) -> Target:
    """The target of a candidate."""
    return next(t for page in plan.pages for t in page.targets if t.candidate == candidate and t.kind is kind)


def place_of(target: Target, below: Target | None = None) -> Place:
    """A place to mark with an ordinary pen."""
    return Place(target, below, PENS[0])


def page_of(plan: SheetPlan, candidate: str) -> int:
    """On which page, from 0, a candidate stands."""
    return next(k for k, page in enumerate(plan.pages) if any(t.candidate == candidate for t in page.targets))
