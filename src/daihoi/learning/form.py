"""A learned sheet to the printed form that the reader knows: ids of candidates, kept pages, rows, virtual corners."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import cv2
import numpy as np

from daihoi.learning.document import load
from daihoi.learning.errors import (
    CandidatesDifferError,
    OtherNameError,
    OtherWayOfVotingError,
    RasterChangedError,
    RasterMissingError,
)
from daihoi.learning.learn import plain
from daihoi.learning.terms import CANVAS_DPI, LearnedPage, LearnedSheet
from daihoi.reading.flat import PAGE_PX
from daihoi.reading.terms import GrayImage, PrintedForm
from daihoi.reading.thresholds import DEFAULT, Thresholds
from daihoi.rules.terms import BallotForm, Candidate, Contest
from daihoi.sheet.identity import contest_tag
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Identity, PagePlan, Rect, SheetForm, SheetPlan, Target, TargetKind

CORNER_MM = 6.0
"""Side of the virtual corners, which stand in for printed marks: the page is found by its print."""
SMALL_BOX_MM = 5.0
GROW, MOST_GROWN_MM = 0.2, 0.35
"""A box below SMALL_BOX_MM is read closer to its outline: by this share of what it lacks, and at most so far."""
USUAL_BOX_MM = 5.5
"""Side of the squares that the reader's thresholds were made for."""
KINDS = {
    BallotForm.STRIKE_OUT: ({TargetKind.NAME}, {TargetKind.AGREE}),
    BallotForm.AGREE_DISAGREE: ({TargetKind.AGREE}, {TargetKind.AGREE, TargetKind.DISAGREE}),
}
"""What kinds of targets a sheet may have for each way of voting."""


@dataclass(frozen=True)
class Opened:
    """A learned sheet with the bytes of its kept pages by name."""

    sheet: LearnedSheet
    rasters: dict[str, bytes] = field(repr=False)


def open_sheet(path: Path) -> Opened:
    """SHEET.json and the kept pages beside it. Raises SheetError, OSError."""
    sheet = load(path.read_bytes(), path)
    rasters: dict[str, bytes] = {}
    for page in sheet.pages:
        beside = path.with_name(page.raster)
        try:
            data = beside.read_bytes()
        except FileNotFoundError:
            raise RasterMissingError(path=str(beside), sheet=str(path)) from None
        if hashlib.sha256(data).hexdigest() != page.sha256 or picture_of(data) is None:
            raise RasterChangedError(path=str(beside), sheet=str(path))
        rasters[page.raster] = data
    return Opened(sheet, rasters)


def picture_of(data: bytes) -> GrayImage | None:
    """A kept page as `(2339, 1654) uint8`; None where the bytes are not one."""
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None or image.shape != PAGE_PX:
        return None
    return np.asarray(image, np.uint8)


def for_contest(sheet: LearnedSheet, contest: Contest, form: BallotForm, path: Path) -> LearnedSheet:
    """The sheet with the ids of the contest's candidates, in their order.

    Raises CandidatesDifferError, OtherNameError, OtherWayOfVotingError.
    """
    if len(sheet.people) != len(contest.candidates):
        raise CandidatesDifferError(
            path=str(path), places=len(sheet.people), contest=str(contest.id), candidates=len(contest.candidates)
        )
    candidates = dict(zip(sheet.people, contest.candidates, strict=True))
    _check_names(sheet, candidates, path)
    if set(sheet.kinds) not in KINDS[form]:
        raise OtherWayOfVotingError(
            path=str(path),
            contest=str(contest.id),
            found=sorted(kind.value for kind in sheet.kinds),
            expected=form.value,
        )
    pages = []
    for page in sheet.pages:
        named = ((target, candidates[target.candidate]) for target in page.targets)
        targets = tuple(replace(target, candidate=str(whose.id), name=whose.name) for target, whose in named)
        pages.append(replace(page, targets=targets))
    return replace(sheet, pages=tuple(pages))


def _check_names(sheet: LearnedSheet, candidates: Mapping[str, Candidate], path: Path) -> None:
    """Raises OtherNameError where a place of the sheet names, by id or by name, another than its candidate."""
    known = {str(candidate.id) for candidate in candidates.values()}
    for place, (person, candidate) in enumerate(candidates.items(), start=1):
        # A sheet that a person corrected, or one out of a count, may name candidates by their ids.
        if person in known and person != str(candidate.id):
            raise OtherNameError(path=str(path), place=place, found=person, expected=f"{candidate.id} {candidate.name}")
        found = sheet.names.get(person, "")
        if found and plain(found).casefold() != plain(candidate.name).casefold():
            raise OtherNameError(path=str(path), place=place, found=found, expected=candidate.name)


def in_count(sheet: LearnedSheet) -> LearnedSheet:
    """The sheet as it lies in a COUNT folder: its kept pages bear names of their own there."""
    pages = tuple(replace(page, raster=raster_name(number)) for number, page in enumerate(sheet.pages, start=1))
    return replace(sheet, pages=pages)


def raster_name(page: int) -> str:
    """Name of a kept page in a COUNT folder."""
    return f"sheet.page-{page}.png"


def identities(sheet: LearnedSheet, contest: Contest, *, rehearsal: bool) -> tuple[Identity, ...]:
    """What stands in for the codes of each page: the pages are told apart by their print."""
    pages = len(sheet.pages)
    return tuple(
        Identity("", contest_tag(contest.id), contest.round, "", page, pages, rehearsal, "")
        for page in range(1, pages + 1)
    )


def printed_form(sheet: LearnedSheet, rasters: tuple[GrayImage, ...], form: BallotForm) -> PrintedForm:
    """The form as the reader wants it."""
    pages = tuple(_page_plan(page, number, sheet.paper) for number, page in enumerate(sheet.pages, start=1))
    return PrintedForm(SheetPlan(SheetForm(form.value), sheet.stamp, pages), rasters, CANVAS_DPI)


def _page_plan(page: LearnedPage, number: int, paper: tuple[float, float]) -> PagePlan:
    width, height = min(paper[0], PAGE_W_MM), min(paper[1], PAGE_H_MM)
    far_x, far_y = width - 2 * CORNER_MM, height - 2 * CORNER_MM
    corners = tuple(Rect(x, y, CORNER_MM, CORNER_MM) for y in (CORNER_MM, far_y) for x in (CORNER_MM, far_x))
    targets = tuple(
        Target(
            target.candidate,
            target.kind,
            target.box if target.kind is TargetKind.NAME else _grown(target.box),
            target.row,
            target.words if target.kind is TargetKind.NAME else (),
        )
        for target in page.targets
    )
    return PagePlan(number, targets, (corners[0], corners[1], corners[2], corners[3]), (), ())


def _grown(box: Rect) -> Rect:
    by = min(MOST_GROWN_MM, max(0.0, GROW * (SMALL_BOX_MM - min(box.w, box.h))))
    return Rect(box.x - by, box.y - by, box.w + 2 * by, box.h + 2 * by)


def limits_for(plan: SheetPlan, limits: Thresholds = DEFAULT) -> Thresholds:
    """The thresholds for boxes of this sheet: in a small box a smaller mark is one, in a large cell no more is."""
    boxes = [target.box for page in plan.pages for target in page.targets if target.kind is not TargetKind.NAME]
    if not boxes:
        return limits
    side = min(min(box.w, box.h) for box in boxes)
    share = min(1.0, side / USUAL_BOX_MM)
    inner = min((box.w - 0.6) * (box.h - 0.6) for box in boxes)
    return replace(
        limits,
        mark_extent_mm=max(1.3, limits.mark_extent_mm * share),
        mark_area_mm2=max(0.3, limits.mark_area_mm2 * share),
        filled_mm2=max(2.0, 0.45 * inner),
    )
