"""Badges (D19): a colour for each kind, the name as large as it fits, a QR for check-in.

What stands on a badge and how large is decided once; `badge_pdf` and `badge_docx` set the same lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from daihoi.papers.ballots.breaks import bound
from daihoi.papers.congress.fitting import Fitted, fit, fit_name
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import Rgb
from daihoi.papers.congress.people import born_vi
from daihoi.papers.congress.terms import Guest
from daihoi.papers.errors import NothingToPrintError
from daihoi.papers.official.blocks import literal
from daihoi.rules.credentials.terms import Category, Delegate, UnitId
from daihoi.rules.names import plain
from daihoi.sheet.terms import Rect, Style
from daihoi.words.congress import cards as s


class BadgeKind(StrEnum):
    """Who bears it; each kind has a colour of its own and says its name in words too."""

    OFFICIAL = "official"
    ALTERNATE = "alternate"
    GUEST = "guest"
    ORGANISER = "organiser"
    SERVICE = "service"
    PRESS = "press"


COLOURS: Final[Mapping[BadgeKind, Rgb]] = {
    BadgeKind.OFFICIAL: (176, 16, 32),
    BadgeKind.ALTERNATE: (166, 84, 0),
    BadgeKind.GUEST: (20, 88, 40),
    BadgeKind.ORGANISER: (16, 66, 140),
    BadgeKind.SERVICE: (80, 80, 88),
    BadgeKind.PRESS: (96, 32, 128),
}
"""Dark enough for white letters (contrast above 5 : 1), and told apart in grey by their words."""


@dataclass(frozen=True)
class Badge:
    """One badge. `note` tells two of one name apart; `code` is what the QR says, empty for a badge without."""

    kind: BadgeKind
    name: str
    post: str = ""
    unit: str = ""
    foot: str = ""
    code: str = ""
    note: str = ""


@dataclass(frozen=True)
class BadgeSize:
    """A card in mm and how many stand on a sheet of A4; the boxes of its parts from the card's top left."""

    id: str
    width: float
    height: float
    columns: int
    rows: int
    band: Rect
    title: Rect
    name: Rect
    about: Rect
    foot: Rect
    code: Rect
    letters_pt: tuple[float, float, float, float]
    """Largest letters of the band, the title, the name and the rest."""


SMALL = BadgeSize(
    "90x54", 90, 54, 2, 5,
    band=Rect(0, 0, 90, 8.5), title=Rect(4, 9.2, 82, 7.2), name=Rect(4, 17, 82, 12.5), about=Rect(4, 30, 57, 17),
    foot=Rect(4, 47.5, 57, 5), code=Rect(65.5, 30.5, 18.5, 18.5), letters_pt=(12, 7.5, 20, 9),
)  # fmt: skip
MEDIUM = BadgeSize(
    "90x65", 90, 65, 2, 4,
    band=Rect(0, 0, 90, 10), title=Rect(4, 11, 82, 8.5), name=Rect(4, 20.5, 82, 15), about=Rect(4, 36.5, 54, 20.5),
    foot=Rect(4, 57.5, 54, 5.5), code=Rect(62, 36.5, 23, 23), letters_pt=(13, 8.5, 23, 10),
)  # fmt: skip
HUNG = BadgeSize(
    "86x124", 86, 124, 2, 2,
    band=Rect(0, 0, 86, 16), title=Rect(5, 18, 76, 15), name=Rect(5, 35, 76, 22), about=Rect(5, 58, 76, 18),
    foot=Rect(5, 113.5, 76, 7), code=Rect(28, 78, 30, 30), letters_pt=(16, 11, 30, 12),
)  # fmt: skip
SIZES: Final[Mapping[str, BadgeSize]] = {size.id: size for size in (SMALL, MEDIUM, HUNG)}
_SMALLEST_PT = (7.0, 5.5, 9.0, 6.0)


@dataclass(frozen=True)
class Face:
    """What stands on one badge, every text with its lines and size."""

    badge: Badge
    band: Fitted
    title: Fitted
    name: Fitted
    about: tuple[Fitted, ...]
    foot: Fitted


def badges_of(delegates: Sequence[Delegate], units: Mapping[UnitId, str]) -> tuple[Badge, ...]:
    """A badge for each delegate in the order given; two of one name also bear their day of birth."""
    times = Counter(plain(one.person.name) for one in delegates)
    return tuple(_of_delegate(one, units, alike=times[plain(one.person.name)] > 1) for one in delegates)


def badges_of_guests(guests: Sequence[Guest]) -> tuple[Badge, ...]:
    """A badge for each guest with a name, in the order of rank."""
    return tuple(
        Badge(BadgeKind.GUEST, one.name, one.post, one.organisation, _foot("", one.seat), one.code)
        for one in sorted(guests, key=lambda guest: guest.rank)
        if one.name
    )


def _of_delegate(one: Delegate, units: Mapping[UnitId, str], *, alike: bool) -> Badge:
    waiting = one.category is Category.ALTERNATE and one.replaces is None
    born = born_vi(one.person.born)
    return Badge(
        BadgeKind.ALTERNATE if waiting else BadgeKind.OFFICIAL,
        one.person.name,
        one.person.post,
        units.get(one.unit, one.unit),
        _foot(one.group, one.seat),
        one.code,
        s.BORN.format(born=born) if alike and born else "",
    )


def _foot(group: str, seat: str) -> str:
    if group and seat:
        return s.GROUP_SEAT.format(group=group, seat=seat)
    return s.SEAT.format(seat=seat) if seat else group


def faces(badges: Sequence[Badge], congress_title: str, size: BadgeSize) -> tuple[Face, ...]:
    """Every badge laid out. NothingToPrintError, TextTooLongError, LetterMissingError."""
    if not badges:
        raise NothingToPrintError(paper=s.BADGES)
    tidy = tuple(literal(badge) for badge in badges)
    refuse_missing_letters((congress_title, *tidy))
    title = _fit(bound(congress_title), size.title, size, 1, Style.REGULAR)
    return tuple(_face(badge, title, size) for badge in tidy)


def _face(badge: Badge, title: Fitted, size: BadgeSize) -> Face:
    return Face(
        badge,
        _fit(s.KINDS[badge.kind], size.band, size, 0, Style.BOLD),
        title,
        fit_name(badge.name, (size.name.w, size.name.h), (size.letters_pt[2], _SMALLEST_PT[2]), Style.BOLD),
        _about(badge, size),
        _fit(badge.foot, size.foot, size, 3, Style.BOLD),
    )


def _about(badge: Badge, size: BadgeSize) -> tuple[Fitted, ...]:
    """Birth, post and unit under each other: all in one size, the largest at which they fit the box together."""
    told = [bound(text) for text in (badge.note, badge.post, badge.unit) if text]
    step, smallest = size.letters_pt[3], _SMALLEST_PT[3]
    while step > smallest:
        parts = tuple(fit(text, (size.about.w, 10 * size.about.h), (step, step)) for text in told)
        if sum(part.height_mm for part in parts) <= size.about.h:
            return parts
        step -= 0.5
    share = size.about.h / max(1, len(told))
    return tuple(fit(text, (size.about.w, share), (smallest, 5.0)) for text in told)


def _fit(text: str, box: Rect, size: BadgeSize, place: int, style: Style) -> Fitted:
    # Letters never touch the edge of the coloured band.
    width = box.w - 4 if place == 0 else box.w
    return fit(text, (width, box.h), (size.letters_pt[place], _SMALLEST_PT[place]), style)
