"""Laws of the minutes: whatever is given is printed literally, in order, once in each place."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daihoi.papers.minutes import write
from daihoi.papers.minutes.description import describe
from daihoi.papers.minutes.terms import HD05_FROM
from daihoi.papers.official.blocks import Table, literal
from daihoi.papers.official.heading import heading_lines
from daihoi.papers.official.profiles import profile_for
from daihoi.words.minutes.figures import number_vi, percent_vi
from tests.papers.minutes_facts import facts, people
from tests.papers.minutes_reading import docx_paragraphs, flat, pdf_text

# Letters of Tinos: Latin with every Vietnamese letter, figures and all signs that mark up text anywhere.
LETTERS = st.characters(min_codepoint=0x21, max_codepoint=0x7E) | st.sampled_from(
    "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏỳỵỷỹĐƯƠẾ"
)
WORDS = st.text(LETTERS, min_size=1, max_size=7)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=NAMES, organisation=NAMES, reason=NAMES)
def test_any_text_is_printed_literally_in_both_files(name: str, organisation: str, reason: str) -> None:
    lines = (replace(people(3, 2)[0], name=name), *people(3, 2)[1:])
    told = facts(3, 2, candidates=lines, presidium_head=organisation, contest_title=reason, decisions=())
    written = write(told)
    in_docx = "".join(docx_paragraphs(written.docx))
    assert flat(pdf_text(written.pdf)) == flat(in_docx)
    assert flat(f"1. {name}") in flat(in_docx)
    assert flat(organisation) in flat(in_docx)


@settings(max_examples=30, deadline=None)
@given(count=st.integers(2, 100), order=st.randoms(use_true_random=False))
def test_result_keeps_ballot_order_and_the_elected_their_own(count: int, order: object) -> None:
    winners = count // 2
    ids = [line.id for line in people(count, winners)[:winners]]
    order.shuffle(ids)  # type: ignore[attr-defined]
    told = facts(count, winners, elected=tuple(ids))
    tables = [block for block in describe(told).blocks if isinstance(block, Table) and len(block.columns) in (4, 5)]
    result, ranked = tables[0], tables[1]
    by_id = {line.id: line for line in told.candidates}
    assert [row.cells[1] for row in result.rows] == [line.name for line in told.candidates]
    assert [row.cells[2] for row in result.rows] == [number_vi(line.votes) for line in told.candidates]
    assert [row.cells[3] for row in result.rows] == [percent_vi(line.percent_of_base) for line in told.candidates]
    assert [row.cells[1] for row in ranked.rows] == [by_id[one].name for one in ids]


@given(text=st.text(max_size=40))
def test_literal_text_is_composed_without_controls_and_stays_so(text: str) -> None:
    said = literal(text)
    assert literal(said) == said
    assert unicodedata.is_normalized("NFC", said)
    assert not any(unicodedata.category(letter).startswith("C") for letter in said)


@given(text=st.text(st.characters(categories=["L", "N", "P", "S"]), max_size=30))
def test_literal_loses_no_letter_figure_or_sign(text: str) -> None:
    assert literal(text) == unicodedata.normalize("NFC", text)


@given(
    words=st.lists(
        st.sampled_from(["ĐẠI HỘI", "ĐẢNG BỘ", "XÃ", "BẢN MỚI", "LẦN THỨ", "V", "KHÓA", "HUYỆN"]), max_size=9
    )
)
def test_heading_loses_no_word_and_makes_no_empty_line(words: list[str]) -> None:
    title = " ".join(["HỘI NGHỊ", *words])
    lines = heading_lines(title, "Hội nghị")
    assert " ".join(lines) == title
    assert all(line.strip() == line and line for line in lines)


@given(before=st.integers(0, 3000))
def test_profile_changes_on_one_day_alone(before: int) -> None:
    assert profile_for(HD05_FROM - timedelta(days=before + 1), HD05_FROM).id == "HD36-2018"
    assert profile_for(HD05_FROM + timedelta(days=before), HD05_FROM).id == "HD05-2026"


@given(number=st.integers(0, 10**7))
def test_numbers_keep_their_value(number: int) -> None:
    assert int(number_vi(number).replace(".", "")) == number


@given(day=st.dates(min_value=date(2018, 4, 3), max_value=date(2040, 12, 31)))
def test_minutes_bear_the_day_they_were_given(day: date) -> None:
    # 190-QĐ/TW may be named for any opening; the paper's day is its own.
    told = describe(facts(3, 2, on=day))
    assert told.profile.end_mark == ("./." if day < HD05_FROM else ".")
