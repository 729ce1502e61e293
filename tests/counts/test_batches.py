"""Batches by their slips: counted by hand and by scanner, found again on paper."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from daihoi.counts.errors import WrongAnswer
from daihoi.interchange import spreadsheet
from daihoi.interchange.election_file import load_election
from daihoi.interchange.form_secret import read_or_make_secret
from daihoi.papers.ballots.prepare import prepare
from daihoi.papers.separators import Batches, slips_of
from daihoi.rules.terms import ResultStatus
from daihoi.sheet.slip import encode, slip_key
from tests.counts.stand_in import (
    CONTEST,
    answer,
    ballot,
    election_text,
    events_of,
    outputs_of,
    refused,
    rows_of,
    run,
    scan,
    write_election,
    write_scans,
)

SLIP = ("page:a0.jpg#0", "")


class Table:
    """A table with an election, and the slips that belong to it."""

    def __init__(self, folder: Path, collected: int, *, rehearsal: bool = False, text: str = "") -> None:
        self.folder = folder
        self.election = write_election(folder, text or election_text(collected=collected))
        loaded = load_election(self.election.read_bytes(), "e.toml")
        self.secret = read_or_make_secret(self.election)
        self.prepared = prepare(loaded, loaded.contest(CONTEST), secret=self.secret, rehearsal=rehearsal)

    def slips(self, sizes: Iterable[int], *, secret: bytes = b"") -> list[bytes]:
        """A page for the slip of each batch."""
        listed = list(sizes)
        slips = [slips_of(self.prepared.identities[0], Batches(len(listed), size))[k] for k, size in enumerate(listed)]
        return [scan(slip=encode(slip, slip_key(secret or self.secret))) for slip in slips]

    def count(self, pages: dict[str, bytes]) -> Path:
        """A COUNT of these pages."""
        run(self.election, write_scans(self.folder / "scans", pages), self.folder / "COUNT")
        return self.folder / "COUNT"


def table_of(path: Path) -> list[list[str]]:
    """The lines of a table, without its header."""
    return spreadsheet.parse(path.read_bytes())[1:]


def pages_of(table: Table, sizes: Iterable[int], scanned: Iterable[int]) -> dict[str, bytes]:
    """Batches a, b, ...: a slip and so many ballots each."""
    pages, number = {}, 0
    for batch, (slip, ballots) in enumerate(zip(table.slips(sizes), scanned, strict=True)):
        pages[f"{'abcdef'[batch]}0.jpg"] = slip
        for place in range(1, ballots + 1):
            number += 1
            pages[f"{'abcdef'[batch]}{place}.jpg"] = ballot(number)
    return pages


def test_batches_as_counted_by_hand_are_final_and_told(tmp_path: Path) -> None:
    table = Table(tmp_path, 5)
    folder = table.count(pages_of(table, (3, 2), (3, 2)))

    assert json.loads((folder / "result.json").read_bytes())["status"] == "final"
    assert table_of(folder / "batches.csv") == [
        ["1", "2", "3", "3", "a0.jpg", "1"],
        ["2", "2", "2", "2", "b0.jpg", "1"],
    ]
    assert [entry.facts["batch"] for entry in events_of(folder) if entry.kind == "batch.begun"] == [1, 2]


def test_batch_with_one_sheet_less_is_asked_by_its_number(tmp_path: Path) -> None:
    table = Table(tmp_path, 4)
    folder = table.count(pages_of(table, (3, 2), (2, 2)))

    row = rows_of(folder)[SLIP]
    assert (row.reason, row.proposal, row.crop) == ("batch_count", "recounted", "images/00001.jpg")
    assert table_of(folder / "positions.csv") == [["page:a0.jpg#0", "", "batch_count", "a0.jpg", "1", "1", "2", ""]]
    assert json.loads((folder / "result.json").read_bytes())["status"] == "awaiting_decisions"


@pytest.mark.parametrize("word", ["recounted", "đã đếm lại"])
def test_hand_count_that_was_wrong_is_answered(tmp_path: Path, word: str) -> None:
    table = Table(tmp_path, 4)
    folder = table.count(pages_of(table, (3, 2), (2, 2)))

    counted = answer(folder, {SLIP: word})

    assert counted.result.status is ResultStatus.FINAL
    assert counted.open_rows == 0
    assert rows_of(folder)[SLIP].decision == "recounted"


def test_word_on_a_batch_ends_when_a_sheet_comes_to_it(tmp_path: Path) -> None:
    table = Table(tmp_path, 5)
    pages = pages_of(table, (4, 2), (2, 2))
    answer(table.count(pages), {SLIP: "recounted"})
    again = pages["a0.jpg"].replace(b"{", b'{"again": 1, ', 1)

    folder = table.count({"z0.jpg": again, "z1.jpg": ballot(99)})

    # Three scanned and four by hand are not what the board spoke of; its old word must not lie there as a new one.
    assert json.loads((folder / "result.json").read_bytes())["status"] == "awaiting_decisions"
    assert rows_of(folder)[SLIP].decision == ""
    assert table.count({"z1.jpg": ballot(99)}) == folder
    assert rows_of(folder)[SLIP].decision == ""

    counted = answer(folder, {SLIP: "recounted"})

    assert counted.result.status is ResultStatus.FINAL
    said = [entry.facts["scanned"] for entry in events_of(folder) if entry.kind == "decision.made"]
    assert said == [2, 3]


def test_word_on_a_batch_ends_when_a_sheet_of_it_goes_out(tmp_path: Path) -> None:
    table = Table(tmp_path, 4)
    folder = table.count(pages_of(table, (2,), (4,)) | {"a5.jpg": refused()})
    answer(folder, {SLIP: "recounted"})

    counted = answer(folder, {("page:a5.jpg#0", ""): "not_a_ballot"})

    assert counted.result.status is ResultStatus.AWAITING_DECISIONS
    assert counted.open_rows == 1
    assert answer(folder, {SLIP: "recounted"}).result.status is ResultStatus.FINAL


def test_word_on_a_batch_holds_for_the_number_that_the_same_answers_make(tmp_path: Path) -> None:
    table = Table(tmp_path, 4)
    folder = table.count(pages_of(table, (2,), (4,)) | {"a5.jpg": refused()})

    counted = answer(folder, {SLIP: "recounted", ("page:a5.jpg#0", ""): "not_a_ballot"})

    assert counted.result.status is ResultStatus.FINAL


@pytest.mark.parametrize("word", ["not_a_ballot", "rescanned", "NOT_ISSUED", "a_ballot", 'keyed:{"c01":"kept"}'])
def test_slip_is_no_ballot_whatever_is_answered(tmp_path: Path, word: str) -> None:
    table = Table(tmp_path, 4)
    folder = table.count(pages_of(table, (3, 2), (2, 2)))
    with pytest.raises(WrongAnswer) as caught:
        answer(folder, {SLIP: word})
    assert caught.value.fields["expected"] == ["recounted"]


def test_sheet_that_is_found_later_lies_after_the_same_slip(tmp_path: Path) -> None:
    table = Table(tmp_path, 5)
    pages = pages_of(table, (3, 2), (2, 2))
    table.count(pages)

    folder = table.count({"z0.jpg": pages["a0.jpg"].replace(b"{", b'{"again": 1, ', 1), "z1.jpg": ballot(99)})

    assert [line[2:4] for line in table_of(folder / "batches.csv")] == [["3", "3"], ["2", "2"]]
    assert json.loads((folder / "result.json").read_bytes())["status"] == "final"


def test_surplus_sheet_is_asked_about_and_a_dropped_one_is_not_counted(tmp_path: Path) -> None:
    table = Table(tmp_path, 2)
    pages = pages_of(table, (2,), (2,)) | {"a3.jpg": refused()}
    folder = table.count(pages)
    assert table_of(folder / "batches.csv")[0][2:4] == ["2", "3"]
    assert rows_of(folder)[SLIP].reason == "batch_count"

    counted = answer(folder, {("page:a3.jpg#0", ""): "not_a_ballot"})

    assert counted.result.status is ResultStatus.FINAL
    assert table_of(folder / "batches.csv")[0][2:4] == ["2", "2"]


def test_every_question_says_where_its_paper_lies(tmp_path: Path) -> None:
    table = Table(tmp_path, 6)
    pages = pages_of(table, (3, 3), (2, 2))
    pages |= {
        "a3.jpg": refused(),
        "b3.jpg": scan(doubt={"c02": "struck"}, marks={"c04": "struck"}, foreign=["SIGNED_OR_EXTRA_TEXT"]),
    }
    folder = table.count(pages)

    assert table_of(folder / "positions.csv") == [
        ["page:a3.jpg#0", "", "corners_not_found", "a3.jpg", "1", "1", "2", "3"],
        ["b0006", "c02", "faint+underline", "b3.jpg", "1", "2", "2", "3"],
        ["b0006", "", "SIGNED_OR_EXTRA_TEXT", "b3.jpg", "1", "2", "2", "3"],
    ]


def test_without_slips_a_sheet_is_counted_within_its_folder(tmp_path: Path) -> None:
    table = Table(tmp_path, 4)
    pages = {"x/1.jpg": ballot(1), "x/2.jpg": refused(), "y/1.jpg": ballot(2), "y/2.jpg": refused(salt=1)}
    folder = table.count(pages)

    assert [line[3:] for line in table_of(folder / "positions.csv")] == [
        ["x/2.jpg", "1", "", "", "2"],
        ["y/2.jpg", "1", "", "", "2"],
    ]
    assert table_of(folder / "batches.csv") == []


def test_slip_speaks_for_its_own_folder_alone(tmp_path: Path) -> None:
    table = Table(tmp_path, 3)
    (slip,) = table.slips((2,))
    folder = table.count({"x/0.jpg": slip, "x/1.jpg": ballot(1), "x/2.jpg": ballot(2), "y/1.jpg": ballot(3)})

    assert table_of(folder / "batches.csv")[0][2:4] == ["2", "2"]


def test_slip_of_another_secret_is_refused(tmp_path: Path) -> None:
    table = Table(tmp_path, 1)
    (slip,) = table.slips((1,), secret=b"\x01" * 32)
    folder = table.count({"0.jpg": slip, "1.jpg": ballot(1)})

    assert rows_of(folder)["page:0.jpg#0", ""].reason == "not_our_code"
    assert table_of(folder / "batches.csv") == []


def test_slip_of_a_rehearsal_is_refused(tmp_path: Path) -> None:
    real, other = tmp_path / "real", tmp_path / "other"
    for folder in (real, other):
        folder.mkdir()
    table = Table(real, 1)
    rehearsal = Table(other, 1, rehearsal=True)
    (slip,) = rehearsal.slips((1,), secret=table.secret)

    assert rows_of(table.count({"0.jpg": slip, "1.jpg": ballot(1)}))["page:0.jpg#0", ""].reason == "rehearsal"


def test_text_that_is_no_slip_is_shown_without_its_tricks(tmp_path: Path) -> None:
    table = Table(tmp_path, 1)
    folder = table.count({"0.jpg": scan(slip="DHS1:\u202e\n<b>" + "x" * 200), "1.jpg": ballot(1)})

    found = [entry.facts["found"] for entry in events_of(folder) if entry.kind == "page.refused"]
    assert found == ["DHS1:??<b>" + "x" * 50]


def test_both_sides_of_a_slip_are_one_and_close_the_sheet_before_it(tmp_path: Path) -> None:
    table = Table(tmp_path, 2, text=election_text(candidates=100, seats=97, collected=2))
    first, second = table.slips((1, 1))
    sides = [first, first.replace(b"{", b'{"back": 1, ', 1)]
    pages = [*sides, scan(page=1, salt=1), second, scan(page=1, salt=2), scan(page=2, salt=2)]
    folder = table.count({f"{k}.jpg": page for k, page in enumerate(pages)})

    assert rows_of(folder)["page:2.jpg#0", ""].reason == "missing_back"
    assert [line[:5] for line in table_of(folder / "batches.csv")] == [
        ["1", "2", "1", "1", "0.jpg"],
        ["2", "2", "1", "1", "3.jpg"],
    ]


def test_count_with_slips_ends_with_the_same_bytes_in_two_runs(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    table = Table(one, 5)
    pages = pages_of(table, (3, 2), (3, 2))
    folder = table.count(pages)
    other.mkdir()
    (other / "e.toml").write_bytes(table.election.read_bytes())
    (other / "e.form-secret").write_bytes((one / "e.form-secret").read_bytes())
    names = sorted(pages)
    for upto in (2, len(names)):
        run(
            other / "e.toml",
            write_scans(other / "scans", {name: pages[name] for name in names[:upto]}),
            other / "COUNT",
        )

    assert outputs_of(folder) == outputs_of(other / "COUNT")
