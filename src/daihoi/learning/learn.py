"""`sheet learn`: a blank ballot to a sheet with its places, the kept pages, and a picture of what was found."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

import cv2

from daihoi.learning.agreement import PrintCheck
from daihoi.learning.blank import blank_pages
from daihoi.learning.document import dump
from daihoi.learning.errors import NamesDifferError, NamesUnreadableError, SidesAlikeError
from daihoi.learning.find import places_of
from daihoi.learning.overlay import overlay
from daihoi.learning.terms import BlankPage, LearnedPage, LearnedSheet, LearnedTarget, Place, Sought
from daihoi.reading.terms import GrayImage
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, TargetKind

ALIKE = 0.8
"""Share of the words of one side that stand at the same place of the other."""
STAMP_TOP, STAMP_LEFT, STAMP_W, STAMP_MOST_H = 3.0, 3.0, 90.0, 55.0
"""The committee's stamp hangs over the name of the organisation at the top left; mm."""


@dataclass(frozen=True)
class Learned:
    """What `learn` made: the sheet, its file, the files beside it by name, and the picture for a person."""

    sheet: LearnedSheet
    document: bytes
    rasters: dict[str, bytes] = field(repr=False)
    picture: bytes = field(repr=False)
    names_given: int = 0


def learn(data: bytes, path: Path, *, stem: str, sought: Sought = Sought.AUTO, names: tuple[str, ...] = ()) -> Learned:
    """Learn the blank ballot in `data`; `stem` begins the names of the kept pages. Raises BlankError.

    `names` are put to the places in order as far as they go: `check_names` refuses another number of them, after the
    picture has been written that shows why.
    """
    blanks, paper = blank_pages(data, path)
    places = places_of(blanks, sought, path)
    _check_sides(blanks, path)
    files: dict[str, bytes] = {}
    pages: list[LearnedPage] = []
    count = 0
    # A side that bears no name is not read: a ballot of one side, perhaps with instructions on its back.
    sides = [(blank, found) for blank, found in zip(blanks, places, strict=True) if found]
    for blank, found in sides:
        name, png = f"{stem}.page-{blank.number}.png", png_of(blank.raster)
        files[name] = png
        targets: list[LearnedTarget] = []
        for place in found:
            count += 1
            targets += _targets(place, f"t{count:02d}", names[count - 1] if count <= len(names) else "")
        pages.append(LearnedPage(tuple(targets), name, hashlib.sha256(png).hexdigest()))
    sheet = LearnedSheet((round(paper[0], 2), round(paper[1], 2)), _stamp(pages[0]), tuple(pages))
    return Learned(
        sheet,
        dump(sheet),
        files,
        overlay(sheet, tuple(blank.raster for blank, _found in sides)),
        names_given=len(names),
    )


def _check_sides(blanks: tuple[BlankPage, ...], path: Path) -> None:
    """Raises SidesAlikeError when each page would pass for the other."""
    if len(blanks) == 2:
        front, back = blanks
        if all(
            PrintCheck(one.raster, ()).of(other.raster).share > ALIKE for one, other in ((front, back), (back, front))
        ):
            raise SidesAlikeError(path=str(path))


def check_names(learned: Learned, path: Path, picture: Path) -> None:
    """Raises NamesDifferError when names were given and are not as many as the places."""
    places = len(learned.sheet.people)
    if learned.names_given and learned.names_given != places:
        raise NamesDifferError(path=str(path), names=learned.names_given, places=places, picture=str(picture))


def names_in(data: bytes, path: Path) -> tuple[str, ...]:
    """The names of a text file, one a line, empty lines left out. Raises NamesUnreadableError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NamesUnreadableError(path=str(path)) from None
    names = tuple(plain(line) for line in text.splitlines() if line.strip())
    if not names or "\0" in text:
        raise NamesUnreadableError(path=str(path))
    return names


def plain(name: str) -> str:
    """A name in NFC with single spaces."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def png_of(raster: GrayImage) -> bytes:
    """A kept page as a file."""
    _done, data = cv2.imencode(".png", raster, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return bytes(data)


def _targets(place: Place, candidate: str, name: str) -> list[LearnedTarget]:
    words = tuple((round(left, 2), round(right, 2)) for left, right in place.words)
    row, at = _kept_in(place.row), None if place.name is None else _kept_in(place.name)
    if not place.boxes:
        assert at is not None  # noqa: S101 -- a place without boxes was found by its name
        return [LearnedTarget(candidate, TargetKind.NAME, at, row, words, at, name)]
    kinds = (TargetKind.AGREE, TargetKind.DISAGREE)
    return [
        LearnedTarget(candidate, kind, _kept_in(box), row, words, at, name)
        for kind, box in zip(kinds, place.boxes, strict=False)
    ]


def _kept_in(rect: Rect) -> Rect:
    """A rectangle within the page, to 0.01 mm."""
    x, y = max(0.0, rect.x), max(0.0, rect.y)
    right, bottom = min(rect.right, PAGE_W_MM), min(rect.bottom, PAGE_H_MM)
    return Rect(round(x, 2), round(y, 2), round(right - x, 2), round(bottom - y, 2))


def _stamp(front: LearnedPage) -> Rect:
    top = min((target.row.y for target in front.targets), default=STAMP_MOST_H)
    return Rect(STAMP_LEFT, STAMP_TOP, STAMP_W, max(1.0, min(STAMP_MOST_H, top - 2 - STAMP_TOP)))
