"""The accounting of ballot papers and the reconciliation sheet: figures as given, sums shown, verdicts of the rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daihoi.papers.election_day.accounting import (
    BallotAccount,
    CountLine,
    Reconciled,
    ballot_account,
    reconciliation_sheet,
)
from daihoi.papers.errors import LetterMissingError
from daihoi.rules.reconciliation import RECONCILIATION_CHECKS, Check, ReconciliationInput, reconcile
from daihoi.rules.terms import BallotFigures, CandidateId
from daihoi.words.election_day import accounting as words
from tests.papers.ballot_samples import TITLE
from tests.papers.election_day.sitting import LANGUAGES, OCCASION, pages
from tests.papers.minutes_reading import docx_text

FULL = BallotFigures(printed=260, issued=248, collected=247, spoiled=3, unused=9)
ACCOUNT = BallotAccount(TITLE, FULL, ("Nông Văn Hùng", "Lương Thị Hạnh"), "Hoàng Đức Thắng", "vàng nhạt")
NAMES = ("present", "printed", "issued", "spoiled", "unused", "collected", "scanned", "keyed", "valid", "invalid")
FIGURES = tuple(zip(NAMES, (248, 260, 248, 3, 9, 247, 247, 247, 245, 2), strict=True))


def checks(*, collected: int = 247) -> tuple[Check, ...]:
    votes = {CandidateId("a"): 200}
    return reconcile(ReconciliationInput(248, 260, 248, collected, 15, 245, 2, votes, 247, 3, 9))


def counts(*keyed: int) -> tuple[CountLine, ...]:
    return (CountLine("Máy quét A", 245, 2, True), CountLine("Nhập tay", *keyed, keyed == (245, 2)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_account_is_one_page_and_both_files_say_the_same_figures(language: str) -> None:
    made = ballot_account(ACCOUNT, OCCASION, language=language)
    (text,) = pages(made.pdf)
    for figure in ("260", "248", "247", "Nông Văn Hùng", "Lương Thị Hạnh", "Hoàng Đức Thắng", "vàng nhạt"):
        assert figure in text
        assert figure in docx_text(made.docx)


def test_account_shows_the_sum_and_that_it_agrees() -> None:
    (text,) = pages(ballot_account(ACCOUNT, OCCASION, language="vi").pdf)
    assert "Phát ra + hỏng + không dùng 260 khớp" in text
    assert "Phiếu được sử dụng đủ và khớp" in text


def test_account_that_does_not_add_up_says_by_how_much() -> None:
    wrong = replace(ACCOUNT, figures=replace(FULL, unused=8))
    (text,) = pages(ballot_account(wrong, OCCASION, language="vi").pdf)
    assert "lệch -1" in text
    assert "KHÔNG khớp" in text


def test_missing_figures_stay_open_for_the_pen() -> None:
    (text,) = pages(ballot_account(replace(ACCOUNT, figures=BallotFigures()), OCCASION, language="en").pdf)
    assert "not filled in yet" in text
    assert "None" not in text


def test_voided_and_rehearsal_papers_have_lines_only_where_there_are_any() -> None:
    (plain,) = pages(ballot_account(ACCOUNT, OCCASION, language="en").pdf)
    (more,) = pages(ballot_account(replace(ACCOUNT, voided=260, rehearsal=0), OCCASION, language="en").pdf)
    assert "voided" not in plain
    assert "Of a voided form, all withdrawn 260" in more
    assert "Rehearsal ballots, destroyed before the vote 0" in more


def test_paper_of_a_rehearsal_says_so() -> None:
    (text,) = pages(ballot_account(ACCOUNT, replace(OCCASION, rehearsal=True), language="vi").pdf)
    assert "DIỄN TẬP - KHÔNG CÓ GIÁ TRỊ" in text


def test_letter_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(LetterMissingError):
        ballot_account(replace(ACCOUNT, head="張"), OCCASION, language="vi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheet_whose_lines_hold_is_one_page(language: str) -> None:
    facts = Reconciled(TITLE, FIGURES, checks(), counts(245, 2))
    text = " ".join(pages(reconciliation_sheet(facts, OCCASION, language=language).pdf))
    assert len(pages(reconciliation_sheet(facts, OCCASION, language=language).pdf)) == 1
    assert words.MAY_ANNOUNCE in text or "Được công bố kết quả" in text


def test_check_that_fails_stops_the_announcement_and_says_what_to_do() -> None:
    facts = Reconciled(TITLE, FIGURES, checks(collected=249))
    text = " ".join(pages(reconciliation_sheet(facts, OCCASION, language="en").pdf))
    assert "Nothing is announced until it does." in text
    assert "open no result, report to the presidium" in text
    assert "Every line agrees" not in text


def test_missing_figure_is_not_called_agreement() -> None:
    waiting = tuple(replace(check, holds=None) for check in checks())
    text = " ".join(pages(reconciliation_sheet(Reconciled(TITLE, FIGURES, waiting), OCCASION, language="en").pdf))
    assert "Nothing is announced until every line agrees." in text
    assert "What to do" not in text


def test_count_that_differs_is_named() -> None:
    facts = Reconciled(TITLE, FIGURES, checks(), counts(244, 3))
    text = " ".join(pages(reconciliation_sheet(facts, OCCASION, language="vi").pdf))
    assert "Nhập tay 244 / 03" in text
    assert "tìm phiếu có khác biệt" in text


def test_every_check_of_the_rules_has_what_to_do() -> None:
    assert set(RECONCILIATION_CHECKS) <= set(words.DO)
