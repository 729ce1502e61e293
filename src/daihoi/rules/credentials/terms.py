"""The words of the credentials board: a delegate with what the report counts of the person. [election-rules 10]

None and the empty text mean that nobody recorded it; such a person stands under "not recorded" and is never dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

from daihoi.rules.terms import PartialDate

DelegateId = NewType("DelegateId", str)
UnitId = NewType("UnitId", str)

UNRECORDED: Final = "unrecorded"
"""The key of the line for those of whom nothing was recorded."""


class Sex(StrEnum):
    """As the party card says."""

    FEMALE = "female"
    MALE = "male"


class Category(StrEnum):
    """By what right a delegate comes; an alternate has a vote only once called up. [190-QĐ/TW art. 18]"""

    EX_OFFICIO = "ex_officio"
    ELECTED = "elected"
    DESIGNATED = "designated"
    ALTERNATE = "alternate"


class Attendance(StrEnum):
    """Whether a delegate came to the congress; UNRECORDED until somebody says so."""

    PRESENT = "present"
    ABSENT_WITH_LEAVE = "absent_with_leave"
    ABSENT_WITHOUT_LEAVE = "absent_without_leave"
    UNRECORDED = "unrecorded"


class Education(StrEnum):
    """General education (giáo dục phổ thông)."""

    UPPER_SECONDARY = "upper_secondary"
    LOWER_SECONDARY = "lower_secondary"
    PRIMARY = "primary"


class Degree(StrEnum):
    """The highest professional degree."""

    DOCTOR = "doctor"
    MASTER = "master"
    BACHELOR = "bachelor"
    COLLEGE = "college"
    VOCATIONAL = "vocational"
    ELEMENTARY = "elementary"
    NONE = "none"


class Theory(StrEnum):
    """Political theory."""

    BACHELOR = "bachelor"
    ADVANCED = "advanced"
    INTERMEDIATE = "intermediate"
    ELEMENTARY = "elementary"
    NONE = "none"


@dataclass(frozen=True)
class Person:
    """What papers and figures need of a person. `religion` is "Không" for somebody who has none.

    `badge`: years of the party badge (huy hiệu) held, 0 for none. `awards`, `disciplines`: of this term, () for none.
    `joined` is the day of admission on probation, `official` that of full membership.
    """

    name: str
    born: PartialDate | None = None
    sex: Sex | None = None
    ethnicity: str = ""
    religion: str = ""
    joined: PartialDate | None = None
    official: PartialDate | None = None
    education: Education | None = None
    degree: Degree | None = None
    theory: Theory | None = None
    badge: int | None = None
    awards: tuple[str, ...] | None = None
    disciplines: tuple[str, ...] | None = None
    post: str = ""


@dataclass(frozen=True)
class Delegate:
    """One summoned person, or an alternate. `unit`: whom he comes from; `code`: what the QR of the badge says.

    `replaces` is the official delegate in whose place an alternate was called up, on `decision`.
    `number` is an alternate's place in the order of calling up, from 1.
    """

    id: DelegateId
    person: Person
    unit: UnitId
    category: Category
    attendance: Attendance = Attendance.UNRECORDED
    number: int = 0
    group: str = ""
    seat: str = ""
    code: str = ""
    replaces: DelegateId | None = None
    decision: str = ""
    reason: str = ""
    """Why absent, in the words of the organiser."""


@dataclass(frozen=True)
class Unit:
    """A subordinate organisation that was to send delegates."""

    id: UnitId
    name: str
    members: int = 0


@dataclass(frozen=True)
class Complaints:
    """Complaints about the credentials of delegates; `received` = `settled` + those still open."""

    received: int = 0
    settled: int = 0
    upheld: int = 0


@dataclass(frozen=True)
class Refusal:
    """A delegate whom the board proposes not to recognise, and why. [190-QĐ/TW art. 7]"""

    delegate: DelegateId
    reason: str
