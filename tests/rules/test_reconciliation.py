"""The papers must add up; what cannot be said yet is not said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daihoi.rules.errors import CountOutOfRange
from daihoi.rules.reconciliation import (
    RECONCILIATION_CHECKS,
    Check,
    ReconciliationInput,
    failed,
    reconcile,
)
from tests.rules.builders import votes_of

GOOD = ReconciliationInput(
    present=185,
    printed=200,
    issued=185,
    collected=184,
    seats=2,
    valid=180,
    invalid=4,
    votes=votes_of(180, 100, 80),
    scanned=184,
    spoiled=3,
    unused=12,
)


def check_of(figures: ReconciliationInput, name: str) -> Check:
    return next(check for check in reconcile(figures) if check.check == name)


def test_every_check_is_made_in_its_order() -> None:
    checks = reconcile(GOOD)
    assert tuple(check.check for check in checks) == RECONCILIATION_CHECKS
    assert [check.holds for check in checks] == [True] * 7
    assert failed(checks) == ()


@pytest.mark.parametrize(
    ("change", "check", "left", "right"),
    [
        ({"printed": 201}, "printed_accounted", 201, 200),
        ({"spoiled": 4}, "printed_accounted", 200, 201),
        ({"present": 184}, "issued_within_present", 185, 184),
        ({"collected": 186, "scanned": 186, "invalid": 6}, "collected_within_issued", 186, 185),
        ({"invalid": 3}, "valid_and_invalid_are_collected", 183, 184),
        ({"votes": votes_of(181, 0, 0)}, "votes_within_valid", 181, 180),
        ({"votes": votes_of(180, 180, 1)}, "sum_of_votes_within_valid_times_seats", 361, 360),
        ({"scanned": 183}, "scanned_is_collected", 183, 184),
    ],
)
def test_failed_check_says_which_and_by_how_much(change: dict[str, object], check: str, left: int, right: int) -> None:
    [found] = failed(reconcile(replace(GOOD, **change)))  # type: ignore[arg-type]
    assert (found.check, found.left, found.right) == (check, left, right)
    assert found.difference == left - right
    assert f"difference {left - right:+d}" in found.detail


def test_detail_is_arithmetic_in_the_words_of_the_file() -> None:
    details = {check.check: check.detail for check in reconcile(GOOD)}
    assert details == {
        "printed_accounted": "printed 200; issued 185 + spoiled 3 + unused 12 = 200",
        "issued_within_present": "issued 185; present 185",
        "collected_within_issued": "collected 184; issued 185",
        "valid_and_invalid_are_collected": "valid 180 + invalid 4 = 184; collected 184",
        "votes_within_valid": "votes c01 180; valid 180",
        "sum_of_votes_within_valid_times_seats": "votes 360; valid 180 x 2 = 360",
        "scanned_is_collected": "scanned 184; collected 184",
    }


@pytest.mark.parametrize(
    ("missing", "silent"),
    [
        ("printed", {"printed_accounted"}),
        ("unused", {"printed_accounted"}),
        ("present", {"issued_within_present"}),
        ("issued", {"printed_accounted", "issued_within_present", "collected_within_issued"}),
        ("collected", {"collected_within_issued", "valid_and_invalid_are_collected", "scanned_is_collected"}),
        ("scanned", {"scanned_is_collected"}),
    ],
)
def test_missing_figure_leaves_its_checks_unsaid(missing: str, silent: set[str]) -> None:
    checks = reconcile(replace(GOOD, **{missing: None}))  # type: ignore[arg-type]
    assert {check.check for check in checks if check.holds is None} == silent
    assert failed(checks) == ()
    assert all("?" in check.detail for check in checks if check.check in silent)


def test_more_papers_out_than_printed_fails_without_the_unused() -> None:
    found = check_of(replace(GOOD, printed=180, unused=None), "printed_accounted")
    assert (found.holds, found.difference) == (False, -8)


def test_difference_is_unknown_where_a_figure_is() -> None:
    assert check_of(replace(GOOD, present=None), "issued_within_present").difference is None


def test_undecided_ballots_leave_valid_and_invalid_unsaid() -> None:
    found = check_of(replace(GOOD, invalid=1, undecided=3), "valid_and_invalid_are_collected")
    assert (found.holds, found.left, found.right) == (None, 181, 184)
    assert "undecided 3" in found.detail


@pytest.mark.parametrize("undecided", [2, 4])
def test_undecided_ballots_cannot_mend_a_wrong_total(undecided: int) -> None:
    found = check_of(replace(GOOD, invalid=1, undecided=undecided), "valid_and_invalid_are_collected")
    assert (found.holds, found.difference) == (False, 181 + undecided - 184)


def test_pages_that_wait_may_still_be_ballots() -> None:
    waiting = replace(GOOD, scanned=183, invalid=3, pending_pages=1)
    assert check_of(waiting, "scanned_is_collected").holds is None
    assert check_of(waiting, "valid_and_invalid_are_collected").holds is None
    assert "pages pending 1" in check_of(waiting, "scanned_is_collected").detail


@pytest.mark.parametrize("check", ["valid_and_invalid_are_collected", "scanned_is_collected"])
def test_pages_that_wait_leave_the_sum_unsaid_even_when_it_fits(check: str) -> None:
    assert check_of(replace(GOOD, pending_pages=1), check).holds is None


def test_pages_that_wait_never_explain_too_many_ballots() -> None:
    too_many = replace(GOOD, scanned=186, invalid=6, pending_pages=1)
    assert check_of(too_many, "scanned_is_collected").holds is False
    assert check_of(too_many, "valid_and_invalid_are_collected").holds is False


def test_nobody_voted_for_reconciles() -> None:
    nothing = replace(GOOD, valid=0, invalid=184, votes={})
    assert check_of(nothing, "votes_within_valid").detail == "votes 0; valid 0"
    assert failed(reconcile(nothing)) == ()


@pytest.mark.parametrize(
    "field",
    ["present", "printed", "issued", "collected", "scanned", "spoiled", "unused", "valid", "invalid", "undecided"],
)
def test_negative_figure_is_refused_by_name(field: str) -> None:
    with pytest.raises(CountOutOfRange) as refused:
        reconcile(replace(GOOD, **{field: -1}))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_no_seats_are_refused() -> None:
    with pytest.raises(CountOutOfRange):
        reconcile(replace(GOOD, seats=0))
