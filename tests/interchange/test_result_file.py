"""result.json: exactly the contract, nobody named before it is final."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from daihoi.interchange import result_file
from daihoi.interchange.result_file import percent_of
from daihoi.rules.terms import ResultStatus
from tests.interchange.samples import result


def test_document_has_the_keys_of_the_contract() -> None:
    written = json.loads(result_file.dump(result()))
    assert written == {
        "contest": "bch",
        "status": "final",
        "base": 188,
        "issued": 185,
        "collected": 184,
        "valid": 182,
        "invalid": 2,
        "invalid_by_ground": {"OVER_VOTE": 2},
        "tally": [
            {"candidate": "c01", "votes": 150, "percent_of_base": "79.79", "outcome": "elected"},
            {"candidate": "c02", "votes": 96, "percent_of_base": "51.06", "outcome": "tied"},
            {"candidate": "c03", "votes": 96, "percent_of_base": "51.06", "outcome": "tied"},
        ],
        "elected": ["c01"],
        "alternates": [],
        "ties": [{"candidates": ["c02", "c03"], "seats": 1}],
        "shortfall": 0,
        "reconciliation": [
            {"check": "issued_within_present", "holds": True, "detail": "issued 185; present 185"},
            {"check": "printed_accounted", "holds": None, "detail": "printed ?"},
        ],
    }


@pytest.mark.parametrize("status", [ResultStatus.AWAITING_DECISIONS, ResultStatus.STOPPED])
def test_nobody_is_named_before_the_result_is_final(status: ResultStatus) -> None:
    written = result_file.document(replace(result(status), alternates=("c02",)))
    assert (written["elected"], written["alternates"], written["ties"]) == ([], [], [])
    tally = written["tally"]
    assert isinstance(tally, list)
    assert [line["outcome"] for line in tally] == [None, None, None]
    assert [line["votes"] for line in tally] == [150, 96, 96]


def test_same_result_gives_the_same_bytes_and_one_line() -> None:
    written = result_file.dump(result())
    assert written == result_file.dump(result())
    assert written.count(b"\n") == 1
    assert written.endswith(b"}\n")


@pytest.mark.parametrize(
    ("votes", "base", "shown"),
    [
        (125, 248, "50.40"),
        (124, 248, "50.00"),
        (116, 231, "50.22"),
        (0, 10, "0.00"),
        (10, 10, "100.00"),
        (1, 3, "33.33"),
        (2, 3, "66.67"),
        (1, 20_000, "0.01"),
        (1, 20_001, "0.00"),
        (1, 8, "12.50"),
        (12, 10, "120.00"),
    ],
)
def test_percent_has_two_decimals_half_up(votes: int, base: int, shown: str) -> None:
    assert percent_of(votes, base) == shown


@pytest.mark.parametrize("base", [None, 0])
def test_percent_without_a_base_is_nought(base: int | None) -> None:
    assert percent_of(5, base) == "0.00"
