"""The drawing of right and wrong marks: made from the ballot itself, complete, the same bytes every time."""

from __future__ import annotations

import io
import unicodedata

import numpy as np
import pytest
from PIL import Image

from daihoi.papers.canvas import a4
from daihoi.papers.election_day.cuttings import keep_pages, place, rows_of, whole
from daihoi.papers.election_day.how_to_mark import how_to_mark, how_to_mark_screen, sample_ballot
from daihoi.papers.election_day.ink import BLUE, struck
from daihoi.papers.election_day.picture import png
from daihoi.papers.election_day.samples import right_samples, wrong_samples
from daihoi.papers.render import rasters
from daihoi.sheet.terms import Rect
from tests.papers.ballot_samples import ballot, contest_of, election_of
from tests.papers.congress.reading import page_sizes
from tests.papers.election_day.sitting import LANGUAGES, OCCASION, pages

FORMS = [(names, agree) for agree in (False, True) for names in (1, 2, 3, 30, 70)]
SOME = [form for form in FORMS if form != (1, False)]


def guide(names: int, agree: bool, language: str = "vi") -> bytes:
    contest = contest_of(names, seats=names if agree else names - 1)
    return how_to_mark(ballot(names, agree=agree), contest, OCCASION, language=language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("names", "agree"), SOME)
def test_guide_is_one_page_for_every_ballot(names: int, agree: bool, language: str) -> None:
    assert page_sizes(guide(names, agree, language)) == [(210.0, 297.0)]


def test_guide_says_how_many_to_leave() -> None:
    (text,) = pages(guide(30, False))
    assert "không quá 29 người" in text
    assert "Danh sách trên phiếu: 30 người" in text


def test_single_name_shows_both_valid_answers_and_says_what_is_not_valid() -> None:
    (text,) = pages(guide(1, True, "en"))
    assert len(right_samples(ballot(1, agree=True).plan)) == 2
    assert "X in both squares: the ballot is not valid." in text
    assert "the rest of the ballot counts" not in text


@pytest.mark.parametrize(("names", "agree"), SOME)
def test_every_wrong_example_lies_within_its_page(names: int, agree: bool) -> None:
    for sample in (*right_samples(ballot(names, agree=agree).plan), *wrong_samples(ballot(names, agree=agree).plan)):
        for cut in sample.cuts:
            assert 0 < cut.x < cut.right < 210
            assert 0 < cut.y < cut.bottom < 297


@pytest.mark.parametrize("names", [3, 30, 70])
def test_cut_of_a_strike_example_holds_the_whole_name_and_mark(names: int) -> None:
    plan = ballot(names).plan
    (right,) = right_samples(plan)
    for stroke in right.strokes:
        assert max(x for x, _ in stroke.points) < right.cuts[0].right


@pytest.mark.parametrize("names", [1, 3, 30, 70])
def test_name_is_not_cut_where_the_middle_of_a_row_is_left_out(names: int) -> None:
    plan = ballot(names, agree=True).plan
    (*_, right) = right_samples(plan)
    assert right.cuts[0].right > max(row.text_right for row in rows_of(plan.pages[0])[:1])


def test_neutral_ballot_has_the_form_and_no_name_of_the_list() -> None:
    contest = contest_of(30, seats=27)
    sample = sample_ballot(election_of(contest), contest)
    assert sample.plan.form is ballot(30).plan.form
    (text,) = pages(sample.pdf)
    assert "Nguyễn Văn A" in text
    assert not any(candidate.name in text for candidate in contest.candidates)


@pytest.mark.parametrize("names", [1, 23, 100])
def test_neutral_names_are_all_told_apart(names: int) -> None:
    contest = contest_of(names, seats=names)
    sample = sample_ballot(election_of(contest), contest)
    assert sum(len(rows_of(page)) for page in sample.plan.pages) == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_screen_has_a_page_for_right_and_a_page_for_wrong(language: str) -> None:
    shown = how_to_mark_screen(ballot(30), contest_of(30, seats=29), OCCASION, language=language)
    right, wrong = pages(shown)
    assert ("ĐÚNG" if language == "vi" else "RIGHT") in right
    assert ("SAI" if language == "vi" else "WRONG") in wrong
    assert [round(width / height, 2) for width, height in page_sizes(shown)] == [1.78, 1.78]


def test_equal_facts_give_equal_bytes() -> None:
    assert guide(30, False) == guide(30, False)


def test_vietnamese_text_is_nfc() -> None:
    (text,) = pages(guide(30, False))
    assert unicodedata.is_normalized("NFC", text)


def test_picture_is_as_wide_as_asked() -> None:
    picture = Image.open(io.BytesIO(png(guide(3, False), width_px=600)))
    assert picture.size[0] == 600
    assert picture.format == "PNG"


def test_picture_of_a_page_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        png(guide(3, False), width_px=100, page=1)


def test_whole_page_without_marks_is_the_printed_ballot() -> None:
    plan = ballot(30).plan
    out = io.BytesIO()
    canvas = a4(out, "", two_sided=False)
    keep_pages(canvas, plan)
    whole(canvas, 1)
    canvas.showPage()
    canvas.save()
    assert (rasters(out.getvalue(), 150)[0] == rasters(ballot(30).pdf, 150)[0]).all()


def test_piece_is_the_same_print_enlarged_whatever_was_drawn_before() -> None:
    plan = ballot(30).plan
    out = io.BytesIO()
    canvas = a4(out, "", two_sided=False)
    keep_pages(canvas, plan)
    canvas.setStrokeColorRGB(1, 0, 0)
    place(canvas, 1, Rect(14, 110, 80, 40), (10, 20), 2.0)
    canvas.showPage()
    canvas.save()
    enlarged = rasters(out.getvalue(), 127)[0][100:300, 50:850]
    printed = rasters(ballot(30).pdf, 254)[0][1100:1300, 140:940]
    assert np.abs(enlarged.astype(int) - printed.astype(int)).mean() < 6


def test_strike_runs_through_the_middle_of_the_whole_name() -> None:
    name = Rect(30, 100, 40, 5)
    (stroke,) = struck(name)
    xs, ys = zip(*stroke.points, strict=True)
    assert min(xs) < name.x
    assert max(xs) > name.right
    assert all(name.y + 1 < y < name.bottom - 1 for y in ys)
    assert stroke.ink == BLUE
