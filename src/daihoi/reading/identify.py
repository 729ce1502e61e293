"""Which page of which ballot an image is, and which way up it lies: from its codes alone, checked.

Each of the two codes is looked for in its own corner. One readable code is enough where all four corner marks are
seen, since its check is keyed and cannot be hit by chance; where a mark is hidden under the stamp, both must be read
and say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
import zxingcpp

from daihoi.reading.corners import Frame, Points
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason
from daihoi.sheet.identity import decode
from daihoi.sheet.slip import Slip
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Identity, PagePlan, Rect

CODE_MARGIN_MM = 3.5
"""White around a code that is given to the decoder: the quiet zone and half a millimetre of error."""

TURNED = {0: (0, 1, 2, 3), 1: (1, 3, 0, 2), 2: (3, 2, 1, 0), 3: (2, 0, 3, 1)}
"""For each quarter turn clockwise of the image: which image corner holds the page's TL, TR, BL, BR."""


@dataclass(frozen=True)
class Identified:
    """A page that is known: its identity, how it lies, and its corner points in PAGE order (TL, TR, BL, BR), px."""

    identity: Identity
    turn: int
    points: Points
    missing: int | None
    black: float


@dataclass(frozen=True)
class _Seen:
    text: str
    upright: bool


def identify(image: GrayImage, frame: Frame, page: PagePlan, expected: tuple[Identity, ...]) -> Identified | Refusal:
    """The page as its codes tell; a refusal where they are unreadable, disagree, or belong to another ballot."""
    turn = 1 if frame.sideways else 0
    seen = _codes(image, frame.points[list(TURNED[turn])], page)
    if not seen:
        return Refusal(RefusalReason.CODE_UNREADABLE, found="0", expected=str(len(page.codes)))
    texts = {code.text for code in seen}
    if len(texts) > 1:
        return Refusal(RefusalReason.CODES_DISAGREE, found=" / ".join(sorted(shown(text) for text in texts)))
    if not seen[0].upright:
        turn += 2
    missing = None if frame.missing is None else TURNED[turn].index(frame.missing)
    if missing is not None and (missing != 0 or len(seen) < 2):
        return Refusal(RefusalReason.CORNERS_NOT_FOUND, found="3", expected="4")
    identity = decode(seen[0].text)
    if identity is None:
        return Refusal(RefusalReason.NOT_OUR_CODE, found=shown(seen[0].text), expected="DH1")
    refused = _differs(identity, expected)
    if refused is not None:
        return refused
    return Identified(identity, turn, frame.points[list(TURNED[turn])], missing, frame.black)


def shown(text: str) -> str:
    """Text of a code as it may be shown: a code can hold anything."""
    return "".join(letter if letter.isprintable() and letter.isascii() else "?" for letter in text[:60])


def page_to_image(points: Points, page: PagePlan) -> npt.NDArray[np.float64]:
    """The homography from mm of the page to px of the image, through the centres of the four marks."""
    centres = np.array([(mark.x + mark.w / 2, mark.y + mark.h / 2) for mark in page.corners], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(centres, points.astype(np.float32)), np.float64)


def _codes(image: GrayImage, points: Points, page: PagePlan) -> list[_Seen]:
    """What the decoder finds where the codes are printed; `upright` is meant for the turn that `points` assume."""
    transform = page_to_image(points, page)
    seen = [_code_at(image, transform, place) for place in _places(page)]
    return [code for code in seen if code is not None]


def _places(page: PagePlan) -> list[Rect]:
    """Where codes may lie, each place once: as printed, and as printed on a page that lies upside down.

    The two codes lie opposite each other about the page's centre, so mostly these are the same two places.
    """
    places: list[Rect] = []
    for rect in (code.rect for code in page.codes):
        opposite = Rect(PAGE_W_MM - rect.right, PAGE_H_MM - rect.bottom, rect.w, rect.h)
        for place in (rect, opposite):
            if not any(abs(place.x - known.x) < rect.w and abs(place.y - known.y) < rect.h for known in places):
                places.append(place)
    return places


def _code_at(image: GrayImage, transform: npt.NDArray[np.float64], rect: Rect) -> _Seen | None:
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    m = CODE_MARGIN_MM
    corners = np.array(
        [[[left - m, top - m], [right + m, top - m], [right + m, bottom + m], [left - m, bottom + m]]], np.float64
    )
    where = cv2.perspectiveTransform(corners, transform)[0]
    x0, y0 = np.maximum(np.floor(where.min(axis=0)), 0).astype(int)
    x1, y1 = np.ceil(where.max(axis=0)).astype(int)
    window = np.ascontiguousarray(image[y0:y1, x0:x1])
    if min(window.shape, default=0) < 20:
        return None
    along = cv2.perspectiveTransform(np.array([[[left, top], [right, top]]], np.float64), transform)[0]
    axis = along[1] - along[0]
    for attempt in _attempts(window):
        for result in zxingcpp.read_barcodes(attempt, formats=zxingcpp.BarcodeFormat.QRCode):
            corner = result.position
            edge = (corner.top_right.x - corner.top_left.x, corner.top_right.y - corner.top_left.y)
            return _Seen(result.text, upright=bool(edge[0] * axis[0] + edge[1] * axis[1] > 0))
    return None


def _attempts(window: GrayImage) -> Iterator[GrayImage]:
    """The window as it is, then enlarged and smoothed: coarse and 1-bit scans leave ragged modules."""
    yield window
    large = cv2.resize(window, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    smooth = cv2.GaussianBlur(large, (0, 0), 1.6)
    yield np.asarray(smooth, np.uint8)
    _level, split = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    yield np.asarray(split, np.uint8)


def _differs(found: Identity, expected: tuple[Identity, ...]) -> Refusal | None:
    """Why a well-formed code is not of this count, the plainest reason first; None where it is."""
    refused = of_another(found, expected[0])
    if refused is not None or found in expected:
        return refused
    return Refusal(
        RefusalReason.OTHER_FORM,
        found=f"{found.edition} {found.page}/{found.pages} {found.check}",
        expected=" | ".join(f"{i.edition} {i.page}/{i.pages} {i.check}" for i in expected),
    )


def of_another(found: Identity | Slip, wanted: Identity) -> Refusal | None:
    """Why a ballot or a slip is of another congress, contest, round, or rehearsal; None where it is ours."""
    for reason, ours, theirs in (
        (RefusalReason.OTHER_CONGRESS, wanted.congress, found.congress),
        (RefusalReason.OTHER_CONTEST, wanted.contest, found.contest),
        (RefusalReason.OTHER_ROUND, str(wanted.round), str(found.round)),
    ):
        if ours != theirs:
            return Refusal(reason, found=theirs, expected=ours)
    if found.rehearsal != wanted.rehearsal:
        reason = RefusalReason.REHEARSAL if found.rehearsal else RefusalReason.NOT_REHEARSAL
        return Refusal(reason, found="R" if found.rehearsal else "T", expected="R" if wanted.rehearsal else "T")
    return None
