"""An election as its file tells it: the congress, its roll, its contests, its board, its minutes, its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from daihoi.rules.terms import CongressForm, Contest, ContestId, Override, Roll

SettingValue = bool | int | str


@dataclass(frozen=True)
class Congress:
    """The congress or meeting; `opens` decides the edition of the regulation unless `edition` names it."""

    title: str
    organisation: str
    superior: str
    place: str
    opens: date
    closes: date
    form: CongressForm
    edition: str = ""


@dataclass(frozen=True)
class BoardMember:
    """A member of the counting board (ban kiểm phiếu)."""

    name: str
    role: str
    unit: str = ""


@dataclass(frozen=True)
class MinutesFacts:
    """What the minutes say of the sitting; None becomes a dotted line and a warning."""

    presidium_head: str | None = None
    opened: datetime | str | None = None
    closed: datetime | str | None = None
    copies: int = 3


@dataclass(frozen=True)
class Election:
    """ELECTION.toml, checked for form (types, ranges, unknown keys) and not yet for the regulation."""

    congress: Congress
    roll: Roll | None
    contests: tuple[Contest, ...]
    board: tuple[BoardMember, ...] = ()
    minutes: MinutesFacts = MinutesFacts()
    settings: Mapping[str, SettingValue] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()

    def contest(self, contest_id: str) -> Contest:
        """The contest of that id; KeyError when there is none."""
        for contest in self.contests:
            if contest.id == ContestId(contest_id):
                return contest
        raise KeyError(contest_id)
