"""The fixed Vietnamese wording of the minutes: complete for every code, figures as official papers write them."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from string import Formatter

import pytest

from daihoi.reading.terms import DoubtReason, RefusalReason
from daihoi.rules import lists
from daihoi.rules.settings import SETTINGS, SettingTerm
from daihoi.rules.terms import (
    CandidateOutcome,
    CongressForm,
    DeductionGround,
    InvalidGround,
    Mark,
    Office,
    RoundKind,
    Source,
    Standing,
)
from daihoi.words.minutes import answers, basis, checks, sentences, voters
from daihoi.words.minutes.figures import (
    clause_vi,
    date_vi,
    moment_vi,
    number_vi,
    percent_vi,
    short_date_vi,
    stamp_vi,
    value_day_vi,
    years_kept,
)

FIGURES_OF_WARNINGS = {
    "prepared_surplus_band": {"prepared": 41, "seats": 39, "surplus": 2, "low": 10, "high": 15},
    "prepared_count": {"prepared": 3, "on_list": 4},
    "support_not_given": {"candidate": "c01", "name": "Lò Văn A", "source": Source.FLOOR},
    "attending_not_given": {"present": 185},
    "office_of_form": {"office": Office.DELEGATES, "form": CongressForm.DELEGATES},
    "surplus_other_office": {"limit": 1, "candidates": 5, "seats": 1, "surplus": 4},
    "candidates_fewer_than_seats": {"candidates": 1, "seats": 2, "surplus": -1},
    "too_few_for_alternates": {"alternates": 2, "candidates": 11, "seats": 10, "surplus": 1},
    "single_seat_office": {"office": Office.SECRETARY, "seats": 2},
    "names_not_told_apart": {"name": "Lò Văn A", "candidates": "c01, c02"},
    "order_of_names": {"place": 2, "name": "Lò Văn B", "expected": "Lò Văn A"},
    "follows_not_given": {"round_kind": RoundKind.FURTHER},
}


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (186, "186"), (1200, "1.200"), (54000, "54.000")]
)
def test_numbers_below_ten_bear_a_nought_and_thousands_a_point(number: int, said: str) -> None:
    assert number_vi(number) == said


@pytest.mark.parametrize(("given", "said"), [("50.40", "50,40%"), ("100.00", "100,00%"), ("0.00", "0,00%")])
def test_percent_has_a_comma_and_the_digits_given(given: str, said: str) -> None:
    assert percent_vi(given) == said


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2020, 2, 5), "ngày 05 tháng 02 năm 2020", "05/02/2020"),
        (date(2020, 6, 17), "ngày 17 tháng 6 năm 2020", "17/6/2020"),
        (date(2014, 1, 31), "ngày 31 tháng 01 năm 2014", "31/01/2014"),
        (date(2024, 10, 10), "ngày 10 tháng 10 năm 2024", "10/10/2024"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024", "09/3/2024"),
    ],
)
def test_days_below_ten_and_months_below_three_bear_a_nought(day: date, long: str, short: str) -> None:
    assert date_vi(day) == long
    assert short_date_vi(day) == short


DAY = date(2025, 6, 12)


def test_moments_are_spelled_or_stamped() -> None:
    moment = datetime(2025, 6, 17, 7, 5, 59)  # noqa: DTZ001 -- the hour on paper is the hour of the hall
    assert moment_vi(moment, DAY) == "07 giờ 05 phút, ngày 17 tháng 6 năm 2025"
    assert moment_vi("2025-06-17 07:05", DAY) == moment_vi(moment, DAY)
    assert stamp_vi(moment) == "07:05 17/6/2025"
    assert stamp_vi("2025-06-17T07:05:59+07:00") == "07:05 17/6/2025"


@pytest.mark.parametrize("given", ["sáng 17/6", "8 giờ 00, ngày 17 tháng 6", "8 giờ cùng ngày", "17-6-2025"])
def test_a_moment_in_words_that_names_its_day_stands_as_it_is(given: str) -> None:
    assert moment_vi(given, DAY) == given


@pytest.mark.parametrize("given", ["8 giờ 00", "08:00", "8h30 - 9h", "buổi sáng"])
def test_a_moment_in_words_without_a_day_is_given_the_day_of_the_paper(given: str) -> None:
    assert moment_vi(given, DAY) == f"{given}, ngày 12 tháng 6 năm 2025"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("nhiệm kỳ 2020 - 2025", "nhiệm kỳ 2020\u00a0-\u00a02025"),
        ("2020 – 2025 và 2025 - 2030", "2020\u00a0–\u00a02025 và 2025\u00a0-\u00a02030"),
        ("2020-2025", "2020-2025"),
        ("số 12020 - 2025", "số 12020 - 2025"),
        ("Phan Rang - Tháp Chàm", "Phan Rang - Tháp Chàm"),
    ],
)
def test_a_term_of_years_is_kept_on_one_line(given: str, kept: str) -> None:
    assert years_kept(given) == kept


def test_a_stamp_in_words_stands_as_it_is() -> None:
    assert stamp_vi("sáng 17/6") == "sáng 17/6"


def test_no_moment_is_dotted_in_the_text_and_empty_in_a_table() -> None:
    assert moment_vi(None, DAY).count("………") >= 5
    assert stamp_vi(None) == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("190-QĐ/TW Đ14 k1", "khoản 1 Điều 14, 190-QĐ/TW"),
        ("190-QĐ/TW Đ30", "Điều 30, 190-QĐ/TW"),
        ("[190-QĐ/TW art. 14.1]", "khoản 1 Điều 14, 190-QĐ/TW"),
        ("244-QĐ/TW art. 32.2-32", "khoản 2-32 Điều 32, 244-QĐ/TW"),
        ("294-QĐ/TW Đ9 điểm 9.3.2", "điểm 9.3.2, Điều 9, 294-QĐ/TW"),
        ("Điều lệ Đ24 k1", "khoản 1 Điều 24, Điều lệ"),
        ("HD 01-HD/TW 2016 mục 13.2", "Hướng dẫn 01-HD/TW 2016 mục 13.2"),
        ("190-QĐ/TW", "190-QĐ/TW"),
        ("", ""),
    ],
)
def test_clauses_are_spelled(given: str, said: str) -> None:
    assert clause_vi(given) == said


@pytest.mark.parametrize(
    ("given", "said"), [("2026-05-27", "27/5/2026"), ("2026-99-99", "2026-99-99"), ("30", "30"), ("", "")]
)
def test_a_setting_that_is_a_day_is_written_as_a_day(given: str, said: str) -> None:
    assert value_day_vi(given) == said


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (voters.VOTERS, CongressForm),
        (voters.DEDUCTIONS, DeductionGround),
        (answers.GROUNDS, InvalidGround),
        (answers.OUTCOMES, CandidateOutcome),
        (answers.ROUNDS, RoundKind),
    ],
)
def test_every_member_has_its_words(table: dict[object, object], codes: type) -> None:
    assert set(table) == set(codes)  # type: ignore[call-overload]
    assert len({str(words) for words in table.values()}) == len(table)


def test_every_word_of_review_has_words() -> None:
    words = [*Mark, *Standing, *InvalidGround, "rescanned", "not_a_ballot"]
    assert [word for word in words if answers.answer_vi(str(word)) == str(word) and word != "invalid"] == []


def test_every_reason_has_words() -> None:
    reasons = [*DoubtReason, *RefusalReason, *InvalidGround, "no_agree"]
    assert [reason for reason in reasons if answers.reason_vi(str(reason)) == str(reason)] == []


def test_reasons_may_be_several_and_unknown() -> None:
    assert answers.reason_vi("underline+erased") == "gạch dưới tên, có vết tẩy xóa"
    assert answers.reason_vi("underline+something_new") == "gạch dưới tên, something_new"
    assert answers.reason_vi("") == ""


def test_an_unknown_answer_stands_as_it_is() -> None:
    assert answers.answer_vi("something_new") == "something_new"


@pytest.mark.parametrize(
    ("keyed", "said"),
    [
        ('{"c01":"kept","c02":"struck","c03":"kept"}', "2 để lại, 1 gạch"),
        ('{"c01":"agree"}', "1 đồng ý"),
        ("{broken", "{broken"),
        ("[1]", "[1]"),
    ],
)
def test_keyed_marks_are_counted_not_listed(keyed: str, said: str) -> None:
    assert answers.answer_vi(f"keyed:{keyed}") == f"nhập tay: {said}"


@pytest.mark.parametrize("term", SETTINGS, ids=lambda term: term.name)
def test_every_setting_has_words_for_itself_and_its_values(term: SettingTerm) -> None:
    assert checks.setting_vi(term.name) != term.name
    for value in (*term.allowed, *([term.default] if isinstance(term.default, bool) else [])):
        assert checks.value_vi(str(value)) != str(value)


def test_an_empty_setting_is_said_to_be_empty() -> None:
    assert checks.value_vi("") == "(để trống)"
    assert checks.value_vi("30") == "30"


@pytest.mark.parametrize("check", [*lists.OVERRIDABLE_CHECKS, *lists.WARNINGS])
def test_every_check_that_may_be_set_aside_has_words(check: str) -> None:
    assert checks.check_vi(check) != check


def test_every_warning_of_a_list_has_a_sentence_for_its_figures() -> None:
    assert set(checks.WARNINGS) == set(lists.WARNINGS) == set(FIGURES_OF_WARNINGS)


@pytest.mark.parametrize("check", lists.WARNINGS)
def test_a_warning_prints_its_figures(check: str) -> None:
    figures = FIGURES_OF_WARNINGS[check]
    said = checks.warning_vi(check, figures)
    wanted = {name for _, name, _, _ in Formatter().parse(checks.WARNINGS[check]) if name}
    assert wanted <= set(figures)
    assert "{" not in said
    assert "_" not in said
    assert all(str(figures[name]) in said for name in wanted if isinstance(figures[name], int))


def test_a_form_and_an_office_of_one_code_are_told_apart() -> None:
    said = checks.warning_vi("office_of_form", FIGURES_OF_WARNINGS["office_of_form"])
    assert said == "Hình thức này (đại hội đại biểu) thường không bầu đại biểu."


def test_a_warning_without_its_figures_prints_what_there_is() -> None:
    assert checks.warning_vi("order_of_names", {"place": 2}) == "Thứ tự tên trong danh sách (place: 2)"
    assert checks.warning_vi("order_of_names", {}) == "Thứ tự tên trong danh sách"


def test_basis_of_an_unknown_edition_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        basis.basis("77-QD-TW-2000", date(2005, 1, 1))


def test_unconfirmed_articles_never_name_the_centre() -> None:
    said = basis.unconfirmed_articles("190-QD-TW-2024").split(", ")
    assert said
    assert not {"Điều 26", "Điều 27"} & set(said)
    assert basis.regulation_of("190-QD-TW-2024") == "Quyết định 190-QĐ/TW"


def test_all_wording_is_composed_and_without_double_spaces() -> None:
    texts: list[str] = []
    for name, value in vars(sentences).items():
        if name.isupper():
            texts += [value] if isinstance(value, str) else list(value)
    for table in (answers.ANSWERS, answers.REASONS, checks.SETTINGS, checks.CHECKS, checks.WARNINGS):
        texts += table.values()
    assert len(texts) > 200
    for text in texts:
        assert text == unicodedata.normalize("NFC", text)
        assert "  " not in text
        assert text == text.strip()
