"""The questions to the board: one row each, in the order of the sheets, and never fewer than were asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from daihoi.counts.review import page_proposal
from daihoi.interchange.decisions import PageWord
from daihoi.reading.terms import RefusalReason
from tests.counts.stand_in import answer, ballot, counted_folder, election_text, refused, rows_of, scan


def test_rows_come_in_the_order_of_the_sheets(tmp_path: Path) -> None:
    pages = [
        ballot(1, doubt={"c03": "kept", "c01": "struck"}),
        refused(),
        ballot(3, doubt={"c02": "kept"}, foreign=["OUTSIDE_NAME"]),
    ]

    folder = counted_folder(tmp_path, pages)

    assert list(rows_of(folder)) == [
        ("b0001", "c01"),
        ("b0001", "c03"),
        ("page:2.jpg#0", ""),
        ("b0003", "c02"),
        ("b0003", ""),
    ]


def test_every_row_has_something_to_look_at_in_the_folder(tmp_path: Path) -> None:
    pages = [ballot(1, doubt={"c01": "struck"}, foreign=["OUTSIDE_NAME"]), refused()]

    folder = counted_folder(tmp_path, pages)

    crops = {row.crop: (folder / row.crop).read_bytes() for row in rows_of(folder).values()}
    assert crops == {
        "crops/00001-000-001.png": b"crop c01",
        "crops/00001-000-ink1.png": b"ink",
        "images/00002.jpg": refused(),
    }


def test_mark_row_tells_reasons_and_proposal(tmp_path: Path) -> None:
    row = rows_of(counted_folder(tmp_path, [ballot(1, doubt={"c01": "struck"})]))["b0001", "c01"]

    assert (row.reason, row.proposal, row.decision) == ("faint+underline", "struck", "")


@pytest.mark.parametrize(
    ("marks", "proposal"),
    [
        ({"c01": "disagree", "c02": "none", "c03": "none"}, "valid"),
        ({"c01": "none", "c02": "none", "c03": "none"}, "VOTES_NOBODY"),
        ({"c01": "both", "c02": "both", "c03": "both"}, "VOTES_NOBODY"),
    ],
)
def test_ballot_that_agrees_to_nobody_comes_before_the_board(
    tmp_path: Path, marks: dict[str, str], proposal: str
) -> None:
    text = election_text(candidates=3, seats=3, office="delegates", collected=1)

    row = rows_of(counted_folder(tmp_path, [scan(marks=marks)], text))["b0001", ""]

    assert (row.reason, row.proposal, row.crop) == ("no_agree", proposal, "images/00001.jpg")


def test_rows_that_were_asked_stay_when_nothing_hangs_on_them_any_more(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [refused(), ballot(2, doubt={"c01": "struck"}, foreign=["OUTSIDE_NAME"])])
    before = list(rows_of(folder))

    answer(folder, {("page:1.jpg#0", ""): "rescanned", ("b0002", ""): "OUTSIDE_NAME"})

    assert list(rows_of(folder)) == before


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_every_refusal_has_a_proposal_of_the_vocabulary(reason: RefusalReason) -> None:
    assert page_proposal(reason) in PageWord


def test_proposals_by_kind_of_refusal() -> None:
    assert page_proposal(RefusalReason.NOT_OUR_CODE) is PageWord.NOT_ISSUED
    assert page_proposal(RefusalReason.DUPLICATE_FILE) is PageWord.NOT_A_BALLOT
    assert page_proposal(RefusalReason.CORNERS_NOT_FOUND) is PageWord.RESCANNED
    assert page_proposal(RefusalReason.MISSING_BACK) is PageWord.RESCANNED


def test_proposal_stays_as_it_was_when_the_board_has_answered(tmp_path: Path) -> None:
    text = election_text(candidates=3, seats=3, office="delegates", collected=2)
    pages = [scan(marks=dict.fromkeys(("c01", "c02", "c03"), "none")), scan(foreign=["DISTINGUISHING_MARK"])]
    folder = counted_folder(tmp_path, pages, text)
    before = {place: row.proposal for place, row in rows_of(folder).items()}

    answer(folder, {("b0001", ""): "VOTES_NOBODY", ("b0002", ""): "valid"})

    assert {place: row.proposal for place, row in rows_of(folder).items()} == before
    assert before["b0001", ""] == "VOTES_NOBODY"


def test_ballot_row_proposes_the_first_ground_in_order_and_shows_its_ink(tmp_path: Path) -> None:
    foreign = ["DISTINGUISHING_MARK", "SIGNED_OR_EXTRA_TEXT"]

    row = rows_of(counted_folder(tmp_path, [ballot(1, foreign=foreign)]))["b0001", ""]

    assert (row.reason, row.proposal) == ("SIGNED_OR_EXTRA_TEXT+DISTINGUISHING_MARK", "SIGNED_OR_EXTRA_TEXT")
    assert row.crop == "crops/00001-000-ink2.png"


def test_record_holds_the_crops_of_all_ink(tmp_path: Path) -> None:
    foreign = ["DISTINGUISHING_MARK", "SIGNED_OR_EXTRA_TEXT"]

    record = json.loads((counted_folder(tmp_path, [ballot(1, foreign=foreign)]) / "record.json").read_bytes())

    crops = [name for name in record["files"] if name.startswith("crops/")]
    assert crops == ["crops/00001-000-ink1.png", "crops/00001-000-ink2.png"]
