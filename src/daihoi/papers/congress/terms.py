"""What papers for the day are made from: the congress, who issues and signs, guests, allocation, the hall.

Plain data; delegates and their figures are those of `rules.credentials`. Nothing here reads a clock or a database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from daihoi.rules.credentials.terms import DelegateId
from daihoi.rules.settings import Settings

HD05_FROM = Settings().layout_profile_day
"""First day of layout profile HD05-2026: the unconfirmed setting `layout_profile_from`."""


@dataclass(frozen=True)
class Session:
    """One part of the congress and when it begins: "Phiên trù bị", "Phiên chính thức"."""

    name: str
    begins: datetime
    ends: date | None = None


@dataclass(frozen=True)
class Congress:
    """`superior` and `committee` stand in the heading ("Đảng bộ tỉnh …", "Huyện ủy …"); `place` beside the day.

    `title` as it is spoken: "Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXII, nhiệm kỳ 2025 - 2030".
    """

    superior: str
    organisation: str
    committee: str
    title: str
    place: str
    venue: str
    sessions: tuple[Session, ...] = ()
    hd05_from: date = HD05_FROM


@dataclass(frozen=True)
class Signatory:
    """`authority` in its lines ("T/M BAN THƯỜNG VỤ"), `post` ("BÍ THƯ"), `name` without degrees or ranks."""

    authority: str
    post: str
    name: str = ""


@dataclass(frozen=True)
class Issue:
    """The day a paper bears (it decides the layout profile), its number ("125-TB/HU") and who receives it."""

    on: date
    signatory: Signatory
    number: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guest:
    """Somebody invited; `address` is how one speaks to the guest ("Đồng chí", "Ông", "Bà"), `rank` orders the list."""

    name: str
    address: str = "Đồng chí"
    post: str = ""
    organisation: str = ""
    rank: int = 0
    code: str = ""
    seat: str = ""


@dataclass(frozen=True)
class AllocationLine:
    """What one unit may send. Official delegates are those ex officio, elected and designated."""

    unit: str
    members: int
    ex_officio: int = 0
    elected: int = 0
    designated: int = 0
    alternates: int = 0

    @property
    def official(self) -> int:
        """All with a vote."""
        return self.ex_officio + self.elected + self.designated


@dataclass(frozen=True)
class DelegateGroup:
    """A group for discussion: head and secretary by id (two may share a name), the room, what it discusses."""

    name: str
    head: DelegateId | None = None
    secretary: DelegateId | None = None
    room: str = ""
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class SeatRow:
    """One row of a block, seats from left to right as seen facing the stage; "" is a gap in the row."""

    label: str
    seats: tuple[str, ...]


@dataclass(frozen=True)
class SeatBlock:
    """Seats between two aisles; rows from the stage backwards."""

    rows: tuple[SeatRow, ...]


@dataclass(frozen=True)
class Hall:
    """A hall as data; blocks from left to right as seen facing the stage."""

    name: str
    blocks: tuple[SeatBlock, ...]
    stage: str = "SÂN KHẤU"


@dataclass(frozen=True)
class Sitter:
    """Who sits on a seat; `group` gives the colour. One without a seat of the hall is listed under the plan."""

    seat: str
    name: str
    group: str = ""


@dataclass(frozen=True)
class Files:
    """The two files of a paper: equal input gives equal bytes."""

    docx: bytes
    pdf: bytes
