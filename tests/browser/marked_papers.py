"""Ballots as chosen voters leave them: the contest's own form with their marks and other ink on it, scanned to JPEG."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_secret
from daihoi.papers.ballots import Prepared, prepare
from daihoi.papers.canvas import a4
from daihoi.papers.election_day import ink
from daihoi.papers.election_day.cuttings import Row, keep_pages, rows_of, whole
from daihoi.papers.render import rasters
from daihoi.sheet.terms import PAGE_H_MM, PagePlan, Rect

WHOLE, HALF = 1.0, 0.45
"""Shares of a name that are struck: the second is what a board must look at."""
FOOT_MM = PAGE_H_MM - 62.0
"""Blank paper below a list of few names."""
INK: Mapping[str, tuple[ink.Stroke, ...]] = {
    "signed": ink.written((120.0, FOOT_MM), 38.0),
    "named": ink.written((32.0, FOOT_MM), 55.0),
    "marked": ink.crossed(Rect(160.0, FOOT_MM - 20.0, 12.0, 12.0)),
}
"""What a voter may leave on a ballot beside marks, by what the board says of it."""


@dataclass(frozen=True)
class Paper:
    """One ballot in the box: the share of each struck name, the squares that are crossed, other ink.

    Who is not named has no mark. `foreign`: of a form that this board never issued.
    """

    struck: Mapping[str, float] = field(default_factory=dict)
    crossed: Mapping[str, str] = field(default_factory=dict)
    other: str = ""
    foreign: bool = False


def form_of(election: Path, *, foreign: bool = False) -> Prepared:
    """The ballot that this election file and the secret beside it print; a foreign one is of another secret."""
    told = load_election(election.read_bytes(), election.name)
    secret = bytes(32) if foreign else read_secret(election)
    assert secret is not None
    return prepare(told, told.contests[0], secret=secret, rehearsal=False)


def scanned(election: Path, papers: Sequence[Paper], folder: Path, *, dpi: int = 200, first: int = 1) -> list[Path]:
    """A file for each page of each paper, numbered from `first` as a scanner numbers them."""
    files: dict[int, Path] = {}
    folder.mkdir(parents=True, exist_ok=True)
    for foreign in {one.foreign for one in papers}:
        places = [place for place, one in enumerate(papers) if one.foreign is foreign]
        drawn = _drawn(form_of(election, foreign=foreign), {place: papers[place] for place in places})
        for place, page in zip(places, rasters(drawn, dpi), strict=True):
            files[place] = folder / f"{place + first:04d}.jpg"
            Image.fromarray(page).save(files[place], quality=85, dpi=(dpi, dpi))
    return [files[place] for place in sorted(files)]


def _drawn(prepared: Prepared, papers: Mapping[int, Paper]) -> bytes:
    [page] = prepared.plan.pages
    out = io.BytesIO()
    canvas = a4(out, "papers", two_sided=False)
    keep_pages(canvas, prepared.plan)
    for place, paper in papers.items():
        whole(canvas, page.number, list(_strokes(page, paper, str(place))))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _strokes(page: PagePlan, paper: Paper, hand: str) -> Iterator[ink.Stroke]:
    for row in rows_of(page):
        yield from ink.by_hand(_marks(row, paper), f"{hand}/{row.candidate}")
    yield from ink.by_hand(INK.get(paper.other, ()), hand)


def _marks(row: Row, paper: Paper) -> Iterable[ink.Stroke]:
    if row.name is not None and row.candidate in paper.struck:
        yield from ink.struck(row.name, share=paper.struck[row.candidate])
    said = paper.crossed.get(row.candidate, "")
    for square, words in ((row.agree, {"agree", "both"}), (row.disagree, {"disagree", "both"})):
        if square is not None and said in words:
            yield from ink.crossed(square)
