"""Tally sheets and the entry log: every name and every entry once, pages numbered, the ones who count sign."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.papers.election_day.entry_log import entry_log, numbers_in_runs
from daihoi.papers.election_day.tally_sheets import tally_sheets
from daihoi.papers.election_day.terms import LogRow, LogSource
from daihoi.papers.errors import LetterMissingError, NoCopiesError, TallyBatchError
from daihoi.rules.terms import InvalidGround
from tests.papers.ballot_samples import TITLE, contest_of
from tests.papers.election_day.sitting import LANGUAGES, OCCASION, pages

AT = datetime(2025, 6, 18, 9, 4, 5, tzinfo=UTC)


def sheets(names: int, ballots: int, *, language: str = "vi", seats: int = 0, batch: int = 50) -> list[str]:
    contest = contest_of(names, seats=seats or max(1, names - 2))
    return pages(tally_sheets(contest, OCCASION, ballots=ballots, language=language, batch=batch))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("names", [1, 30, 70])
def test_every_name_stands_once_in_each_batch_and_in_the_totals(names: int, language: str) -> None:
    text = sheets(names, 120, language=language, seats=1 if names == 1 else 0)
    whole = " ".join(text)
    for candidate in contest_of(names, seats=1).candidates:
        assert whole.count(candidate.name) >= 4
    assert len(text) % 4 == 0


def test_batches_name_their_ballots_and_the_last_is_shorter() -> None:
    text = sheets(10, 120)
    assert ["1 đến 50" in page for page in text] == [True, False, False, False]
    assert "Tập 3/3 · phiếu 101 đến 120" in text[2]
    assert "TỔNG HỢP CÁC TẬP" in text[3]


def test_seventy_names_have_their_signatures_on_the_last_page_of_a_batch() -> None:
    text = sheets(70, 50)
    assert ["NGƯỜI GHI PHIẾU" in page for page in text[:3]] == [False, False, True]
    assert [re.findall(r"trang (\d)/(\d)", page) for page in text[:3]] == [[("1", "3")], [("2", "3")], [("3", "3")]]


def test_totals_of_many_batches_end_with_a_sum_of_sums() -> None:
    text = sheets(5, 1200)
    assert len(text) == 24 + 3
    assert ["Cộng trang" in page for page in text[-3:]] == [True, True, True]
    assert "TRƯỞNG BAN KIỂM PHIẾU" in text[-1]
    assert "TRƯỞNG BAN KIỂM PHIẾU" not in text[-2]


def test_form_of_the_ballot_decides_what_a_stroke_means() -> None:
    assert "Mỗi tên ĐỂ LẠI ghi một nét" in sheets(5, 10)[0]
    assert "X ở riêng ô ĐỒNG Ý" in sheets(5, 10, seats=5)[0]


def test_no_ballots_and_impossible_batches_are_refused() -> None:
    with pytest.raises(NoCopiesError):
        sheets(5, 0)
    with pytest.raises(TallyBatchError):
        sheets(5, 10, batch=101)


def row(place: int, **changed: object) -> LogRow:
    facts: dict[str, object] = {
        "ballot": f"b{place:04d}",
        "source": LogSource.KEYED,
        "votes": (1, 2, 3, 7),
        "by": "Lương Thị Hạnh",
        "at": AT,
    }
    return LogRow(**{**facts, **changed})  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, 1, 3, 120])
def test_log_holds_every_entry_once_and_numbers_its_pages(count: int) -> None:
    text = pages(entry_log(TITLE, [row(place) for place in range(1, count + 1)], OCCASION, language="vi"))
    whole = " ".join(text)
    assert [whole.count(f"b{place:04d}") for place in range(1, count + 1)] == [1] * count
    assert [f"trang {place}/{len(text)}" in page for place, page in enumerate(text, start=1)] == [True] * len(text)
    assert ["TRƯỞNG BAN KIỂM PHIẾU" in page for page in text] == [False] * (len(text) - 1) + [True]


def test_log_says_marks_ground_source_person_and_second() -> None:
    ground = row(2, votes=(), ground=InvalidGround.OVER_VOTE, source=LogSource.DECIDED)
    (text,) = pages(entry_log(TITLE, [row(1), ground, row(3, votes=())], OCCASION, language="en"))
    assert "b0001 Keyed 1-3, 7 Lương Thị Hạnh 09:04:05" in text
    assert "NOT VALID: votes for more than the" in text
    assert "Decision of the board" in text
    assert "b0003 Keyed nobody" in text


@pytest.mark.parametrize("last", range(38, 60))
def test_signature_never_stands_on_the_entries(last: int) -> None:
    text = pages(entry_log(TITLE, [row(place) for place in range(1, last + 1)], OCCASION, language="vi"))
    assert "được in và lưu cùng biên bản kiểm phiếu" in text[-1]


def test_long_word_is_broken_and_not_cut() -> None:
    text = " ".join(pages(entry_log(TITLE, [row(1, by="x" * 60)], OCCASION, language="vi")))
    assert text.count("x") >= 60


def test_letter_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(LetterMissingError):
        entry_log(TITLE, [row(1, by="張")], OCCASION, language="vi")


def test_thousands_of_entries_take_seconds() -> None:
    many = [row(place, votes=tuple(range(1, 71, 1 + place % 3))) for place in range(1, 3001)]
    began = process_time()
    entry_log(TITLE, many, OCCASION, language="vi")
    assert process_time() - began < 20


@settings(max_examples=60, deadline=None)
@given(st.sets(st.integers(1, 120)))
def test_runs_say_exactly_the_numbers(votes: set[int]) -> None:
    said: set[int] = set()
    for part in filter(None, numbers_in_runs(tuple(votes)).split(", ")):
        first, _, last = part.partition("-")
        said |= set(range(int(first), int(last or first) + 1))
    assert said == votes
