"""Deadlines in working days, with the holidays of Vietnam from the kept library."""

from __future__ import annotations

from datetime import date

import pytest

from daihoi.counts.days_off import days_off_from, last_day_for_complaints, last_day_under_seal
from daihoi.counts.grounds import Grounds, grounds_of
from daihoi.interchange.election_file import load_election
from tests.counts.stand_in import CONTEST, election_text


def _grounds(opens: str, closes: str, tail: str = "") -> Grounds:
    text = election_text(tail=tail).replace("2025-06-10", opens).replace("2025-06-11", closes)
    return grounds_of(load_election(text.encode(), "e.toml"), CONTEST)


@pytest.mark.parametrize(
    "day", [date(2025, 1, 1), date(2025, 4, 30), date(2025, 5, 1), date(2025, 9, 2), date(2026, 1, 1)]
)
def test_holidays_are_days_off(day: date) -> None:
    assert day in days_off_from(date(2025, 1, 1))


def test_lunar_new_year_is_off() -> None:
    # Tết Ất Tỵ: 29 January 2025.
    assert {date(2025, 1, 28), date(2025, 1, 29), date(2025, 1, 30)} <= days_off_from(date(2025, 1, 1))


@pytest.mark.parametrize(
    ("closes", "last"),
    [
        # Worked example 25: no holiday between.
        ("2025-10-10", date(2025, 10, 31)),
        # 30 April, 1 May and the 2 May given in exchange lie between.
        ("2025-04-25", date(2025, 5, 21)),
    ],
)
def test_last_day_for_complaints_counts_working_days(closes: str, last: date) -> None:
    assert last_day_for_complaints(_grounds(closes, closes)) == last


def test_last_day_for_complaints_passes_the_new_year() -> None:
    assert last_day_for_complaints(_grounds("2025-12-26", "2025-12-26")) > date(2026, 1, 16)


def test_last_day_for_complaints_follows_the_setting() -> None:
    grounds = _grounds("2025-10-10", "2025-10-10", "[rules]\ncomplaint_working_days = 5")

    assert last_day_for_complaints(grounds) == date(2025, 10, 17)


def test_ballots_stay_sealed_for_six_months() -> None:
    assert last_day_under_seal(date(2025, 10, 10), _grounds("2025-10-10", "2025-10-10")) == date(2026, 4, 10)
