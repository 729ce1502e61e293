"""Kept ballots learned once, with readers of contests that fit them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from daihoi.learning.document import load
from daihoi.learning.form import for_contest, identities, picture_of, printed_form
from daihoi.learning.learn import Learned, learn
from daihoi.learning.read import LearnedReader
from daihoi.learning.terms import LearnedSheet
from daihoi.reading.terms import GrayImage, PrintedForm, ReadPage, Refusal
from daihoi.rules.terms import BallotForm, Candidate, CandidateId, Contest, ContestId, Mark, Office
from tests.learning.drawn import KEPT
from tests.learning.people import NAMES

AGREE = {"agree", "cells"}


@cache
def learned(name: str) -> Learned:
    """What is learned of a kept ballot."""
    path = KEPT / f"{name}.pdf"
    return learn(path.read_bytes(), path, stem=name, names=tuple(NAMES[name]))


def contest_of(name: str, *, seats: int = 0, people: list[str] | None = None) -> Contest:
    """A contest that is voted on with a kept ballot."""
    people = people or NAMES[name]
    listed = tuple(Candidate(CandidateId(f"c{k:02d}"), person) for k, person in enumerate(people, 1))
    return Contest(
        ContestId("bch"), Office.COMMITTEE, "Bầu", seats or len(people) - (0 if name in AGREE else 2), listed
    )


@dataclass(frozen=True)
class Form:
    """A learned ballot with its reader."""

    sheet: LearnedSheet
    printed: PrintedForm
    reader: LearnedReader

    def read(self, image: GrayImage) -> ReadPage | Refusal:
        """What the reader says of an image."""
        return self.reader.read(image)


@cache
def form_of(name: str) -> Form:
    """The learned ballot as a count reads it."""
    made, contest = learned(name), contest_of(name)
    kind = BallotForm.AGREE_DISAGREE if name in AGREE else BallotForm.STRIKE_OUT
    sheet = for_contest(load(made.document, Path("sheet.json")), contest, kind, Path("sheet.json"))
    pictures = tuple(picture_of(made.rasters[page.raster]) for page in sheet.pages)
    printed = printed_form(sheet, tuple(one for one in pictures if one is not None), kind)
    return Form(sheet, printed, LearnedReader(printed, identities(sheet, contest, rehearsal=False)))


def marks_of(read: ReadPage | Refusal) -> dict[str, Mark]:
    """The marks of a page that must be read."""
    assert isinstance(read, ReadPage), read
    return {mark.candidate: mark.mark for mark in read.marks}
