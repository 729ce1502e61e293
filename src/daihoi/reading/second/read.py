"""One page by the second reader: find the page, place the rows, measure, judge.

It is asked only of pages that the first reader read, so it refuses nothing: a page or a row that it cannot find is
doubtful with that reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.reading.second import names, squares
from daihoi.reading.second.page import Pose, locate
from daihoi.reading.second.rows import Placed, RowPlace, place_rows
from daihoi.reading.second.surroundings import Fold, along, folds
from daihoi.reading.second.thresholds import DEFAULT, Limits
from daihoi.reading.second.verdict import judge_name, judge_squares, lost
from daihoi.reading.terms import GrayImage, ReadMark
from daihoi.sheet.terms import PagePlan, Rect, SheetPlan, Target, TargetKind


@dataclass(frozen=True)
class SecondPage:
    """What the second reader says of one page, and where it found the page."""

    pose: Pose
    marks: tuple[ReadMark, ...]


@dataclass(frozen=True)
class _Face:
    """What is prepared for a page before the first scan."""

    plan: PagePlan
    names: names.Names
    squares: tuple[Target, ...]


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
        placed = place_rows(pose, face.plan, self.limits)
        marks = self._names(pose, face, placed) | self._squares(pose, face, placed.rows)
        ordered = dict.fromkeys(target.candidate for target in face.plan.targets)
        return SecondPage(pose, tuple(marks[candidate] for candidate in ordered))

    def _names(self, pose: Pose, face: _Face, placed: Placed) -> dict[str, ReadMark]:
        plans = face.names.plans
        if not plans:
            return {}
        creases = folds(pose, self.limits)
        marks = {}
        for plan, signs in zip(plans, names.signs_of(pose, face.names, placed.rows), strict=True):
            place = placed.rows[plan.row]
            if not place.seen:
                marks[plan.candidate] = lost(plan.candidate, squares=False)
                continue
            lined = along(pose, placed.strips[plan.row], plan.box, plan.row, place, self.limits)
            fold = max((crease.dark for crease in creases if self._through(crease, plan, place)), default=0.0)
            marks[plan.candidate] = judge_name(plan.candidate, signs, self.limits, lined=lined, fold=fold)
        return marks

    def _through(self, crease: Fold, plan: names.NamePlan, place: RowPlace) -> bool:
        """Whether a fold runs through the letters of a name."""
        height = crease.at(plan.box.x + plan.box.w / 2) - (place.upper + place.lower) / 2
        reach = self.limits.fold_mm
        return plan.top - reach <= height <= plan.top + plan.size[1] * plan.step + reach

    def _squares(self, pose: Pose, face: _Face, placed: dict[Rect, RowPlace]) -> dict[str, ReadMark]:
        if not face.squares:
            return {}
        rows: dict[str, dict[TargetKind, squares.SquareSigns]] = {}
        for target, signs in zip(face.squares, squares.signs_of(pose, face.squares, placed, self.limits), strict=True):
            if placed[target.row].seen:
                rows.setdefault(target.candidate, {})[target.kind] = signs
        return {
            target.candidate: judge_squares(target.candidate, rows[target.candidate], self.limits)
            if target.candidate in rows
            else lost(target.candidate, squares=True)
            for target in face.squares
        }


def _face(plan: PagePlan) -> _Face:
    named = tuple(target for target in plan.targets if target.kind is TargetKind.NAME)
    return _Face(plan, names.plan_names(named), tuple(t for t in plan.targets if t.kind is not TargetKind.NAME))
