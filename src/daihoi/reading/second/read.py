"""One page by the second reader: find the page, place the rows, measure, judge.

It is asked only of pages that the first reader read, so it refuses nothing: a page or a row that it cannot find is
doubtful with that reason.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daihoi.reading.second import names, squares
from daihoi.reading.second.page import Pose, locate, mended
from daihoi.reading.second.rows import Floats, Placed, Rows, place_rows, plan_rows
from daihoi.reading.second.streaks import without_streaks
from daihoi.reading.second.surroundings import Fold, along, folds
from daihoi.reading.second.thresholds import DEFAULT, Limits
from daihoi.reading.second.verdict import judge_name, judge_squares, lost, might_be_fold
from daihoi.reading.terms import DoubtReason, GrayImage, ReadMark
from daihoi.sheet.terms import PagePlan, SheetPlan, TargetKind

STREAKED = frozenset(
    (
        DoubtReason.STREAK,
        DoubtReason.SECOND_SMALL,
        DoubtReason.SECOND_BOTH,
        DoubtReason.SECOND_FAINT,
        DoubtReason.SECOND_LOST,
    )
)
"""Doubts of squares that a streak down the page may be the cause of."""
PAPER_BELOW = 0.25
"""How much darker than the lightest around the paper of a row may be, as a share of what is between it and black."""


@dataclass(frozen=True)
class SecondPage:
    """What the second reader says of one page, and where it found the page."""

    pose: Pose
    marks: tuple[ReadMark, ...]


@dataclass(frozen=True)
class _Face:
    """What is prepared for a page before the first scan."""

    rows: Rows
    names: names.Names
    squares: squares.Squares
    candidates: tuple[str, ...]


class SecondReader:
    """Reads pages of one form by its geometry alone; the drawn pages are never asked for."""

    def __init__(self, plan: SheetPlan, limits: Limits = DEFAULT) -> None:
        self.plan = plan
        self.limits = limits
        self._faces = tuple(_face(page) for page in plan.pages)

    def read(self, image: GrayImage) -> SecondPage | None:
        """One page; None where the page is not found in the image or its number is not known."""
        pose = locate(image, self.plan.pages, self.limits)
        if pose is None:
            return None
        face = self._faces[pose.page - 1]
        placed = place_rows(pose, face.rows, self.limits)
        marks = self._names(pose, face, placed) | self._squares(pose, face, placed)
        return SecondPage(pose, tuple(marks[candidate] for candidate in face.candidates))

    def _names(self, pose: Pose, face: _Face, placed: Placed) -> dict[str, ReadMark]:
        known = face.names
        if not known.plans:
            return {}
        paper = _paper(pose, known, placed)
        lined = along(pose, known, face.rows, placed, paper, self.limits).tolist()
        marks = {}
        creases: tuple[Fold, ...] | None = None
        for k, signs in enumerate(names.signs_of(pose, known, placed, paper)):
            plan, row = known.plans[k], known.rows[k]
            if not placed.seen[row]:
                marks[plan.candidate] = lost(plan.candidate)
                continue
            fold = 0.0
            if might_be_fold(signs, self.limits):
                off = float(placed.upper[row] + placed.lower[row]) / 2
                creases = folds(pose, self.limits) if creases is None else creases
                fold = max((crease.dark for crease in creases if self._through(crease, plan, off)), default=0.0)
            marks[plan.candidate] = judge_name(plan.candidate, signs, self.limits, lined=lined[k], fold=fold)
        return marks

    def _through(self, crease: Fold, plan: names.NamePlan, off: float) -> bool:
        """Whether a fold runs through the letters of a name that lies `off` mm lower than the corner squares say."""
        height, reach = crease.at(plan.box.x + plan.box.w / 2) - off, self.limits.fold_mm
        return plan.top - reach <= height <= plan.top + plan.size[1] * plan.step + reach

    def _squares(self, pose: Pose, face: _Face, placed: Placed) -> dict[str, ReadMark]:
        known = face.squares
        if not known.targets:
            return {}
        marks = self._judged(pose, known, placed)
        if any(STREAKED.intersection(mark.reasons) for mark in marks.values()):
            image = without_streaks(pose.image, pose.px_per_mm, self.limits)
            if image is not None:
                again = self._judged(mended(pose, image), known, placed)
                marks = {
                    who: again[who] if STREAKED.intersection(mark.reasons) else mark for who, mark in marks.items()
                }
        return marks

    def _judged(self, pose: Pose, known: squares.Squares, placed: Placed) -> dict[str, ReadMark]:
        rows: dict[str, dict[TargetKind, squares.SquareSigns]] = {}
        signs = squares.signs_of(pose, known, placed, pose.paper_at(known.middles), self.limits)
        # A square is found by its own outline, so it may be read where the rulings of its row are not seen.
        for target, sign in zip(known.targets, signs, strict=True):
            rows.setdefault(target.candidate, {})[target.kind] = sign
        return {candidate: judge_squares(candidate, some, self.limits) for candidate, some in rows.items()}


def _paper(pose: Pose, known: names.Names, placed: Placed) -> Floats:
    """The level of bare paper at each name: of its row, where the lightest paper about it does not say otherwise.

    The lightest is too light where there is noise or a streak of light; a row that is all scribble is no paper.
    """
    around = pose.paper_at(known.middles)
    least = around - PAPER_BELOW * (around - pose.black)
    return np.clip(placed.paper[known.rows], least, around)


def _face(plan: PagePlan) -> _Face:
    rows = plan_rows(target.row for target in plan.targets)
    named = [target for target in plan.targets if target.kind is TargetKind.NAME]
    boxed = [target for target in plan.targets if target.kind is not TargetKind.NAME]
    candidates = tuple(dict.fromkeys(target.candidate for target in plan.targets))
    return _Face(rows, names.plan_names(named, rows), squares.plan_squares(boxed, rows), candidates)
