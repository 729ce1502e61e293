"""The printed ballot that a count is held of: one that we printed, with its codes, or one that was learned."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from daihoi.counts.errors import SecretMissing
from daihoi.counts.grounds import Grounds
from daihoi.counts.learned_reader import LearnedScanReader
from daihoi.counts.pool import MakeReader
from daihoi.counts.scan_reader import ScanReader
from daihoi.counts.slips import NO_SLIPS, SlipCheck
from daihoi.interchange.form_secret import read_secret, secret_path
from daihoi.learning.document import dump
from daihoi.learning.form import for_contest, identities, in_count, open_sheet, picture_of, printed_form
from daihoi.papers.ballots.prepare import prepare
from daihoi.papers.render import rasters
from daihoi.reading.terms import GrayImage, PrintedForm
from daihoi.sheet.document import sheet_document
from daihoi.sheet.identity import encode
from daihoi.sheet.slip import slip_key
from daihoi.sheet.terms import Identity


class GivenForm(Protocol):
    """A printed ballot as a count needs it; `kept` are files that lie beside sheet.json, by name."""

    sheet: bytes
    kept: Mapping[str, bytes]
    identities: tuple[Identity, ...]
    make: MakeReader
    slips: SlipCheck

    def printed(self, dpi: float) -> PrintedForm:
        """Its pages drawn at `dpi`."""

    def says(self, grounds: Grounds) -> tuple[str, ...]:
        """What these grounds would print: equal for two election files that give the same ballot."""


class OwnForm:
    """A ballot of `daihoi ballots`. Raises SecretMissing, SheetError, PapersError."""

    kept: Mapping[str, bytes] = {}
    make: MakeReader = ScanReader

    def __init__(self, election: Path, grounds: Grounds, *, rehearsal: bool) -> None:
        # Never made here: a fresh secret would refuse every ballot that was printed with the lost one.
        secret = read_secret(election)
        if secret is None:
            raise SecretMissing(path=str(secret_path(election)))
        self._secret, self._rehearsal = secret, rehearsal
        self._prepared = prepare(grounds.election, grounds.contest, secret=secret, rehearsal=rehearsal)
        self.identities = self._prepared.identities
        self.slips = SlipCheck(slip_key(secret), self.identities[0])
        self.sheet = json.dumps(sheet_document(self._prepared.plan), ensure_ascii=False, indent=1).encode() + b"\n"

    def printed(self, dpi: float) -> PrintedForm:
        """As `GivenForm`."""
        return PrintedForm(self._prepared.plan, rasters(self._prepared.pdf, dpi), dpi)

    def says(self, grounds: Grounds) -> tuple[str, ...]:
        """What the codes say: they cover names, order, seats, title, round and geometry."""
        other = prepare(grounds.election, grounds.contest, secret=self._secret, rehearsal=self._rehearsal)
        return tuple(encode(identity) for identity in other.identities)


class LearnedForm:
    """A ballot of `daihoi sheet learn`: it bears no code, so nothing but its print tells it from others.

    Raises LearningError.
    """

    make: MakeReader = LearnedScanReader
    # What was not printed by us has no secret that a slip could be keyed by.
    slips = NO_SLIPS

    def __init__(self, path: Path, grounds: Grounds, *, rehearsal: bool) -> None:
        opened = open_sheet(path)
        sheet = for_contest(opened.sheet, grounds.contest, grounds.form, path)
        self._form = grounds.form
        self._pictures: tuple[GrayImage, ...] = tuple(
            picture for page in sheet.pages if (picture := picture_of(opened.rasters[page.raster])) is not None
        )
        self._sheet = in_count(sheet)
        self.identities = identities(sheet, grounds.contest, rehearsal=rehearsal)
        self.sheet = dump(self._sheet)
        self.kept: Mapping[str, bytes] = {
            here.raster: opened.rasters[there.raster]
            for here, there in zip(self._sheet.pages, sheet.pages, strict=True)
        }

    def printed(self, dpi: float) -> PrintedForm:  # noqa: ARG002 -- the kept pages have the reader's resolution
        """As `GivenForm`."""
        return printed_form(self._sheet, self._pictures, self._form)

    def says(self, grounds: Grounds) -> tuple[str, ...]:
        """The list and the seats: what of an election file stands on the ballot."""
        contest = grounds.contest
        people = (f"{candidate.id} {candidate.name}" for candidate in contest.candidates)
        return (contest.title, str(contest.seats), str(contest.round), *people)


def given_form(election: Path, grounds: Grounds, sheet: Path | None, *, rehearsal: bool) -> GivenForm:
    """The learned ballot when one is given, else our own."""
    if sheet is not None:
        return LearnedForm(sheet, grounds, rehearsal=rehearsal)
    return OwnForm(election, grounds, rehearsal=rehearsal)
