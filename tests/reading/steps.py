"""The steps of reading one after the other, for tests of a single step: each takes the page through all before it."""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.reading.corners import Frame, find_frame
from daihoi.reading.identify import Identified, identify
from daihoi.reading.ink import Ink, added_ink
from daihoi.reading.reference import PageReference
from daihoi.reading.register import Registered, align, flatten, scale_of
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
    page: Registered
    ink: Ink
    reference: PageReference

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
    flat = flatten(image, known, reference.plan, dpi)
    registered = align(flat, reference, known.black, dpi)
    ink = added_ink(registered, reference, DEFAULT)
    return Seen(image, frame_in(image, page.ballot), known, flat, registered, ink, reference)
