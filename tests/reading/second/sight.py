"""What the second reader sees of a page that a hand of these tests drew, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from daihoi.reading.second.names import NameSigns
from daihoi.reading.second.names import signs_of as name_signs
from daihoi.reading.second.page import Pose, locate
from daihoi.reading.second.read import SecondPage, SecondReader, _paper
from daihoi.reading.second.rows import Placed, place_rows
from daihoi.reading.second.squares import SquareSigns
from daihoi.reading.second.squares import signs_of as square_signs
from daihoi.reading.second.thresholds import DEFAULT
from daihoi.reading.terms import DoubtReason, GrayImage, ReadMark
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import SheetPlan, TargetKind

from ..hand import Ballot, Page, Scan


@cache
def second_of(plan: SheetPlan) -> SecondReader:
    """The second reader of a form; it takes nothing but its plan."""
    return SecondReader(plan)


@dataclass(frozen=True)
class Sight:
    """A page as the second reader sees it."""

    reader: SecondReader
    image: GrayImage
    pose: Pose
    placed: Placed

    def names(self) -> dict[str, NameSigns]:
        """Signs of all names by candidate."""
        face = self.reader._faces[self.pose.page - 1]
        paper = _paper(self.pose, face.names, self.placed)
        signs = name_signs(self.pose, face.names, self.placed, paper)
        return {plan.candidate: one for plan, one in zip(face.names.plans, signs, strict=True)}

    def squares(self) -> dict[tuple[str, TargetKind], SquareSigns]:
        """Signs of all squares by candidate and kind."""
        face = self.reader._faces[self.pose.page - 1]
        paper = self.pose.paper_at(face.squares.middles)
        signs = square_signs(self.pose, face.squares, self.placed, paper, DEFAULT)
        return {(t.candidate, t.kind): one for t, one in zip(face.squares.targets, signs, strict=True)}


def sight_of(page: Page, how: Scan | None = None) -> Sight:
    """A page of which at least the corner squares and one code can be seen."""
    reader, image = second_of(page.ballot.prepared.plan), page.scan(how)
    pose = locate(image, reader.plan.pages, DEFAULT)
    assert pose is not None
    return Sight(reader, image, pose, place_rows(pose, reader._faces[pose.page - 1].rows, DEFAULT))


def read_of(page: Page, how: Scan | None = None) -> SecondPage:
    """The whole way."""
    found = second_of(page.ballot.prepared.plan).read(page.scan(how))
    assert found is not None
    return found


def marks_of(page: Page, how: Scan | None = None) -> dict[str, ReadMark]:
    """Marks by candidate."""
    return {mark.candidate: mark for mark in read_of(page, how).marks}


def words_of(page: Page, how: Scan | None = None) -> dict[str, Mark]:
    """Only the words."""
    return {candidate: mark.mark for candidate, mark in marks_of(page, how).items()}


def reasons_of(page: Page, candidate: str, how: Scan | None = None) -> tuple[DoubtReason, ...]:
    """Why a candidate is doubtful."""
    mark = marks_of(page, how)[candidate]
    assert mark.mark is Mark.DOUBTFUL, mark
    return mark.reasons


def located(ballot: Ballot, image: GrayImage) -> Pose | None:
    """Where a page lies, if it is found."""
    return locate(image, ballot.prepared.plan.pages, DEFAULT)
