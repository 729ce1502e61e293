"""What the texts leave open about delegates and their figures, each with its default and how its clause is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from daihoi.rules.clauses import Tag
from daihoi.rules.errors import SettingOutOfRange, UnknownSetting
from daihoi.rules.setting_terms import SettingTerm, SettingValue

PRESENT: Final = "present"
SUMMONED: Final = "summoned"
FULL_YEARS: Final = "full_years"
CALENDAR_YEARS: Final = "calendar_years"
_HIGHEST_AGE = 120

CREDENTIALS_SETTINGS: Final[tuple[SettingTerm, ...]] = (
    SettingTerm(
        "age_bands",
        "40,51,61",
        "",
        Tag.K,
        "First ages of the bands after the lowest: 40,51,61 makes under 40, 40 to 50, 51 to 60, 61 and over.",
    ),
    SettingTerm(
        "party_age_bands",
        "10,20,30",
        "",
        Tag.K,
        "First party ages of the bands after the lowest: 10,20,30 makes under 10, 10 to 19, 20 to 29, 30 and over.",
    ),
    SettingTerm(
        "age_counting",
        FULL_YEARS,
        "",
        Tag.I,
        "Age in full years on the day of the report, or the difference of the calendar years.",
        allowed=(FULL_YEARS, CALENDAR_YEARS),
    ),
    SettingTerm(
        "party_age_from",
        "joined",
        "Điều lệ Đ5 k4",
        Tag.F,
        "Party age runs from the decision of admission (on probation), or from full membership.",
        allowed=("joined", "official"),
    ),
    SettingTerm(
        "share_of",
        PRESENT,
        "",
        Tag.N,
        "Shares and the figures about persons are of those present, or of those summoned.",
        allowed=(PRESENT, SUMMONED),
    ),
    SettingTerm("majority_ethnicity", "Kinh", "", Tag.K, "Everybody of another ethnicity counts as a minority."),
    SettingTerm(
        "quorum_delegates", "2/3", "", Tag.K, "Share of the summoned delegates who must at least be present (R10)."
    ),
    SettingTerm(
        "quorum_units", "2/3", "", Tag.K, "Share of the subordinate units that must at least be represented (R10)."
    ),
    SettingTerm(
        "members_for_delegates",
        200,
        "35-CT/TW 2019",
        Tag.N,
        "With fewer members than this the congress is one of all members, else of delegates (R06).",
        low=1,
        high=100_000,
    ),
    SettingTerm(
        "designated_percent",
        5,
        "",
        Tag.K,
        "Designated delegates in percent of the summoned: at most this share (R11).",
        high=100,
    ),
)


@dataclass(frozen=True)
class CredentialsSettings:
    """Every setting with its default, as CREDENTIALS_SETTINGS explains it. Made by `credentials_settings_from`."""

    age_bands: str = "40,51,61"
    party_age_bands: str = "10,20,30"
    age_counting: str = FULL_YEARS
    party_age_from: str = "joined"
    share_of: str = PRESENT
    majority_ethnicity: str = "Kinh"
    quorum_delegates: str = "2/3"
    quorum_units: str = "2/3"
    members_for_delegates: int = 200
    designated_percent: int = 5

    def unconfirmed(self) -> tuple[tuple[SettingTerm, SettingValue], ...]:
        """Settings that rest on a text nobody read, each with its value here, for the annex of the report."""
        return tuple((term, getattr(self, term.name)) for term in CREDENTIALS_SETTINGS if term.unconfirmed)


def credentials_settings_from(values: Mapping[str, SettingValue]) -> CredentialsSettings:
    """The settings with these values put in. Raises UnknownSetting or SettingOutOfRange by name."""
    terms = {term.name: term for term in CREDENTIALS_SETTINGS}
    for name, value in values.items():
        if name not in terms:
            raise UnknownSetting(name=name, known=sorted(terms))
        _check(terms[name], value)
    return CredentialsSettings(**dict(values))  # type: ignore[arg-type]  # kinds were checked against the registry


def _check(term: SettingTerm, value: SettingValue) -> None:
    # bool is an int in Python: a true for a number must not pass.
    if type(value) is not type(term.default):
        raise SettingOutOfRange(name=term.name, value=value, allowed=type(term.default).__name__)
    if term.allowed and value not in term.allowed:
        raise SettingOutOfRange(name=term.name, value=value, allowed=" | ".join(term.allowed))
    if isinstance(value, int) and not term.low <= value <= term.high:
        raise SettingOutOfRange(name=term.name, value=value, allowed=f"{term.low}..{term.high}")
    if term.name.endswith("_bands"):
        edges_of(term.name, str(value))
    if term.name.startswith("quorum_"):
        share_from(term.name, str(value))


def edges_of(name: str, value: str) -> tuple[int, ...]:
    """`40,51,61` as (40, 51, 61): whole, rising, from 1 to 120. SettingOutOfRange with the setting's name."""
    wrong = SettingOutOfRange(name=name, value=value, allowed="1 < 2 < … < 120: 40,51,61")
    try:
        edges = tuple(int(part) for part in value.split(","))
    except ValueError:
        raise wrong from None
    if not all(0 < edge <= _HIGHEST_AGE for edge in edges) or any(low >= high for low, high in pairwise(edges)):
        raise wrong
    return edges


def share_from(name: str, value: str) -> Fraction:
    """`2/3` as a fraction above 0, at most 1. SettingOutOfRange with the setting's name."""
    wrong = SettingOutOfRange(name=name, value=value, allowed="2/3")
    try:
        share = Fraction(value)
    except (ValueError, ZeroDivisionError):
        raise wrong from None
    if not 0 < share <= 1:
        raise wrong
    return share
