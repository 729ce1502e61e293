"""Ballots as chosen voters leave them: the contest's own form with lines through chosen names, scanned to JPEG."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_secret
from daihoi.papers.ballots import Prepared, prepare
from daihoi.papers.canvas import a4
from daihoi.papers.election_day import ink
from daihoi.papers.election_day.cuttings import keep_pages, rows_of, whole
from daihoi.papers.render import rasters

DPI = 200
WHOLE, HALF = 1.0, 0.45
"""Shares of a name that are struck: the second is what a board must look at."""

Strikes = Mapping[str, float]
"""Share of the name that is struck, by candidate; who is not named is kept."""


def form_of(election: Path) -> Prepared:
    """The ballot that this election file and the secret beside it print."""
    told = load_election(election.read_bytes(), election.name)
    secret = read_secret(election)
    assert secret is not None
    return prepare(told, told.contests[0], secret=secret, rehearsal=False)


def scanned(prepared: Prepared, papers: Sequence[Strikes], folder: Path) -> list[Path]:
    """A file for each page of each paper, numbered as a scanner numbers them."""
    out = io.BytesIO()
    canvas = a4(out, "papers", two_sided=len(prepared.plan.pages) > 1)
    keep_pages(canvas, prepared.plan)
    for number, strikes in enumerate(papers):
        for page in prepared.plan.pages:
            lines = [
                line
                for row in rows_of(page)
                if row.name is not None and row.candidate in strikes
                for line in ink.by_hand(ink.struck(row.name, share=strikes[row.candidate]), f"{number}/{row.candidate}")
            ]
            whole(canvas, page.number, lines)
            canvas.showPage()
    canvas.save()
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, page_drawn in enumerate(rasters(out.getvalue(), DPI), start=1):
        path = folder / f"{number:04d}.jpg"
        Image.fromarray(page_drawn).save(path, quality=85, dpi=(DPI, DPI))
        files.append(path)
    return files
