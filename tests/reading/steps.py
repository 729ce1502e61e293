"""The steps of reading one after the other, for tests of a single step: each takes the page through all before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from daihoi.reading.corners import Frame, find_frame
from daihoi.reading.flat import FlatPage
from daihoi.reading.identify import Identified, identify
from daihoi.reading.ink import Ink, added_ink
from daihoi.reading.reference import PageReference
from daihoi.reading.register import Registered, align, scale_of
from daihoi.reading.score import RowScore, score_page
from daihoi.reading.terms import GrayImage
from daihoi.reading.thresholds import DEFAULT

from .hand import Ballot, Page, Scan


@dataclass(frozen=True)
class Seen:
    """A page half read: everything up to its added ink."""

    image: GrayImage
    frame: Frame
    known: Identified
    flat: GrayImage
    laid: GrayImage
    page: Registered
    ink: Ink
    reference: PageReference

    def mask(self) -> GrayImage:
        """255 where ink is seen, `(H, W) uint8` at 200 dpi: of every row closely, of the rest at half scale."""
        grown = (self.ink.labels > 0).astype(np.uint8).repeat(2, axis=0).repeat(2, axis=1) * np.uint8(255)
        whole = np.zeros_like(self.ink.mask)
        whole[: grown.shape[0], : grown.shape[1]] = grown
        for segment in self.reference.segments:
            whole[segment.close] = self.ink.mask[segment.close]
        return whole

    def scores(self) -> tuple[RowScore, ...]:
        """The scores of all rows."""
        return score_page(self.ink, self.reference)


def frame_in(image: GrayImage, ballot: Ballot) -> Frame:
    """The frame of a page that must have one."""
    frame = find_frame(image, ballot.prepared.plan.pages[0], DEFAULT)
    assert isinstance(frame, Frame), frame
    return frame


def known_in(image: GrayImage, ballot: Ballot) -> Identified:
    """The identity of a page that must have one."""
    known = identify(image, frame_in(image, ballot), ballot.prepared.plan.pages[0], ballot.prepared.identities)
    assert isinstance(known, Identified), known
    return known


def see(page: Page, how: Scan | None = None) -> Seen:
    """A page scanned and taken up to its added ink."""
    image = page.scan(how)
    known = known_in(image, page.ballot)
    reference = page.ballot.reference(known.identity.page)
    dpi = scale_of(known, reference.plan, image, DEFAULT)
    assert isinstance(dpi, float), dpi
    flat = FlatPage(image, known.points, reference.plan, dpi)
    registered = align(flat, reference, known.black, dpi)
    ink = added_ink(registered, reference, DEFAULT, all_rows=True)
    frame = frame_in(image, page.ballot)
    return Seen(image, frame, known, flat.whole(), laid_whole(registered, reference), registered, ink, reference)


def laid_whole(page: Registered, reference: PageReference) -> GrayImage:
    """The whole page at 200 dpi with every row where its neighbours lead it."""
    whole = page.flat.whole()
    for segment in reference.segments:
        whole[segment.area] = page.page_at(segment.area, page.steps[segment.number])
    return whole
