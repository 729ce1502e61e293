"""The questions that the texts leave open, each a setting with its default, its clause and how that is known.

What rests on a clause that nobody read is printed in the annex of the minutes as unconfirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daihoi.rules.clauses import Edition
from daihoi.rules.errors import SettingOutOfRange, UnknownSetting
from daihoi.rules.setting_terms import CONGRESS_DECIDES, HIGH_TO_LOW, SETTINGS, SettingTerm, SettingValue

__all__ = ["SETTINGS", "SettingTerm", "SettingValue", "Settings", "settings_from"]


@dataclass(frozen=True)
class Settings:
    """Every setting with its default; SETTINGS tells what each means. Made by `settings_from`."""

    surplus_limit_percent: int = 30
    surplus_floor_one: bool = True
    prepared_low_percent: int = 10
    prepared_high_percent: int = 15
    support_percent: int = 30
    branch_minimum: int = 3
    name_order: str = "given_family_middle"
    delegates_list: str = "common"
    strike_instruction: str = ""
    agree_instruction: str = ""
    over_vote_limit: str = "official"
    blank_single_ballot: str = "invalid"
    no_agree_ballot: str = "propose_by_disagree"
    delegates_deduct_absent_throughout: bool = True
    meeting_deducts_suspended: bool = True
    meeting_deducts_on_leave: bool = True
    temporary_transfer_counted_when_present: bool = True
    show_of_hands_deducts: str = "elsewhere_and_exempt"
    ranking: str = HIGH_TO_LOW
    tie_reballot_plurality: bool = True
    second_tie: str = CONGRESS_DECIDES
    alternates_order: str = HIGH_TO_LOW
    alternates_need_majority: bool = True
    alternates_short: str = CONGRESS_DECIDES
    shortfall: str = CONGRESS_DECIDES
    complaint_working_days: int = 15
    archive_months: int = 6
    minutes_copies: int = 3
    layout_profile_from: str = "2026-05-27"

    @property
    def layout_profile_day(self) -> date:
        """The first day of the layout profile HD05-2026."""
        return date.fromisoformat(self.layout_profile_from)

    def unconfirmed(self, edition: Edition | None = None) -> tuple[tuple[SettingTerm, SettingValue], ...]:
        """Settings that rest on a clause nobody read, each with its value here, for the annex of the minutes.

        Without an edition, those that are unconfirmed under any of them.
        """
        return tuple((term, getattr(self, term.name)) for term in SETTINGS if term.unconfirmed_under(edition))


def settings_from(values: Mapping[str, SettingValue]) -> Settings:
    """The settings with the values of [rules] put in. Raises UnknownSetting or SettingOutOfRange by name."""
    terms = {term.name: term for term in SETTINGS}
    for name, value in values.items():
        if name not in terms:
            raise UnknownSetting(name=name, known=sorted(terms))
        _check_value(terms[name], value)
    return Settings(**dict(values))  # type: ignore[arg-type]  # kinds were checked against the registry


def _check_value(term: SettingTerm, value: SettingValue) -> None:
    # bool is an int in Python: a true for a number of days must not pass.
    if type(value) is not type(term.default):
        raise SettingOutOfRange(name=term.name, value=value, allowed=type(term.default).__name__)
    if term.allowed and value not in term.allowed:
        raise SettingOutOfRange(name=term.name, value=value, allowed=" | ".join(term.allowed))
    if term.high and isinstance(value, int) and not term.low <= value <= term.high:
        raise SettingOutOfRange(name=term.name, value=value, allowed=f"{term.low}..{term.high}")
    if term.name == "layout_profile_from":
        _check_day(term, str(value))


def _check_day(term: SettingTerm, value: str) -> None:
    try:
        date.fromisoformat(value)
    except ValueError:
        raise SettingOutOfRange(name=term.name, value=value, allowed="YYYY-MM-DD") from None
