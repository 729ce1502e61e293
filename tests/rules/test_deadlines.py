"""Working days for complaints, months for the seal."""

from __future__ import annotations

from datetime import date

import pytest

from daihoi.rules.deadlines import complaints_last_day, sealed_until

FRIDAY = date(2025, 10, 10)


@pytest.mark.parametrize(
    "closes", [date(2025, 10, 10), date(2025, 10, 11), date(2025, 10, 12)], ids=["friday", "saturday", "sunday"]
)
def test_count_begins_on_the_next_working_day(closes: date) -> None:
    assert complaints_last_day(closes, ()) == date(2025, 10, 31)


def test_closing_on_a_monday_does_not_count_the_monday() -> None:
    assert complaints_last_day(date(2025, 10, 13), ()) == date(2025, 11, 3)


def test_days_off_push_the_last_day() -> None:
    assert complaints_last_day(FRIDAY, {date(2025, 10, 20)}) == date(2025, 11, 3)


def test_day_off_on_a_weekend_changes_nothing() -> None:
    assert complaints_last_day(FRIDAY, {date(2025, 10, 18), date(2025, 10, 19)}) == date(2025, 10, 31)


def test_days_off_over_tet_are_all_passed_over() -> None:
    tet = {date(2026, 2, day) for day in range(16, 21)}
    assert complaints_last_day(date(2026, 2, 6), tet) == date(2026, 3, 6)


def test_last_day_itself_is_never_a_day_off() -> None:
    assert complaints_last_day(FRIDAY, {date(2025, 10, 31)}) == date(2025, 11, 3)


@pytest.mark.parametrize(("days", "last"), [(1, date(2025, 10, 13)), (5, date(2025, 10, 17)), (6, date(2025, 10, 20))])
def test_number_of_working_days_is_given(days: int, last: date) -> None:
    assert complaints_last_day(FRIDAY, (), working_days=days) == last


@pytest.mark.parametrize(
    ("sealed", "until"),
    [
        (date(2025, 10, 10), date(2026, 4, 10)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2025, 12, 31), date(2026, 6, 30)),
        (date(2026, 6, 1), date(2026, 12, 1)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_seal_lasts_six_months_and_no_longer_than_the_month(sealed: date, until: date) -> None:
    assert sealed_until(sealed) == until


def test_months_of_the_seal_are_given() -> None:
    assert sealed_until(date(2025, 11, 30), months=3) == date(2026, 2, 28)
    assert sealed_until(date(2025, 11, 30), months=12) == date(2026, 11, 30)
