"""Lines from edge to edge are no marks; lines that end before an edge are none of these lines."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.reading.streaks import EdgeLine, broken_lines, edge_lines, hidden_by
from daihoi.reading.terms import ReadPage, RefusalReason
from daihoi.rules.terms import Mark

from .hand import AGREE, Page, Scan, agree_ballot, refusal_of, strike_ballot, verdicts
from .steps import see

PAPER = strike_ballot()
FREE_X = 118.0
"""A column of the page where no code and no mark stands."""


def lines_of(page: Page, how: Scan | None = None) -> list[EdgeLine]:
    """The lines that the step finds."""
    seen = see(page, how)
    return edge_lines(seen.page.darkness, seen.reference.expected_half, seen.page.contrast, seen.page.half_noise)


def name_height(row: int) -> float:
    """The height (mm) of the middle of a name."""
    box = PAPER.page().target(row).box
    return box.y + 0.55 * box.h


def test_clean_page_has_no_lines() -> None:
    assert lines_of(PAPER.page()) == []


@pytest.mark.parametrize("grey", [60, 200])
@pytest.mark.parametrize("width", [0.25, 1.5])
def test_streak_down_the_page_is_found_where_it_lies(grey: int, width: float) -> None:
    lines = lines_of(PAPER.page().upright_line(FREE_X, width=width, grey=grey))
    assert len(lines) >= 1
    assert lines[0].x0 == pytest.approx(FREE_X, abs=0.5)
    assert lines[0].x1 == pytest.approx(FREE_X, abs=0.5)


@pytest.mark.parametrize("slant", [-12.0, 4.0, 20.0])
def test_slanted_streak_is_found(slant: float) -> None:
    lines = lines_of(PAPER.page().upright_line(FREE_X, slant=slant, width=0.5))
    assert lines
    assert (lines[0].x1 - lines[0].x0) == pytest.approx(slant, abs=0.6)


@pytest.mark.parametrize("y", [120.0, 200.0, 250.0])
def test_fold_across_the_page_is_found(y: float) -> None:
    lines = lines_of(PAPER.page().lying_line(y, width=0.5))
    assert lines
    assert lines[-1].y0 == pytest.approx(y, abs=0.5)


def test_line_more_slanted_than_any_feeder_makes_is_a_pen() -> None:
    assert lines_of(PAPER.page().upright_line(FREE_X, slant=-45.0, width=0.5)) == []


def test_many_thin_lines_are_the_texture_of_a_cover() -> None:
    page = PAPER.page()
    for k in range(14):
        page.upright_line(30.0 + 11 * k, width=0.4)
    assert lines_of(page) == []


def test_tone_of_a_line_is_that_of_its_darkest_parts() -> None:
    page = PAPER.page().upright_line(FREE_X, width=0.5, grey=200).pen([(FREE_X, 0.0), (FREE_X, 100.0)], 0.5, 80)
    (line,) = lines_of(page)
    assert line.tone > 100


def test_dashes_that_cover_a_third_of_a_line_are_a_broken_streak() -> None:
    ends = [(50, 10, 1, 10), (50, 260, 1, 10)]
    assert broken_lines(ends, 1.0) == []
    (line,) = broken_lines([*ends, (50, 100, 1, 80)], 1.0)
    assert (line.x0, line.x1) == pytest.approx((50.5, 50.5))
    assert broken_lines([*ends, (60, 100, 1, 80)], 1.0) == []


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_lines_are_found_on_turned_pages(turn: int) -> None:
    assert len(lines_of(PAPER.page().upright_line(FREE_X, width=0.5), Scan(turn=turn))) == 1


def test_several_lines_are_all_found() -> None:
    page = PAPER.page().upright_line(75, width=0.5).upright_line(FREE_X, width=0.5).lying_line(240, width=0.5)
    assert len(lines_of(page)) == 3


@pytest.mark.parametrize(
    ("start", "end"),
    [((20.0, 230.0), (190.0, 230.0)), ((120.0, 80.0), (120.0, 280.0)), ((-1.0, 240.0), (120.0, 240.0))],
)
def test_line_that_ends_before_an_edge_is_a_pen(start: tuple[float, float], end: tuple[float, float]) -> None:
    assert lines_of(PAPER.page().pen([start, end], 0.5)) == []


def test_long_strikes_are_never_taken_for_folds() -> None:
    page = PAPER.page()
    for row in range(10):
        page.strike(row, over=12)
    assert lines_of(page) == []
    assert set(verdicts(page.read()).values()) == {Mark.STRUCK}


def test_hidden_mask_covers_the_line_and_little_else() -> None:
    assert not hidden_by([], (100, 100)).any()
    hidden = hidden_by([EdgeLine(6.4, 0, 6.4, 12.6, 0.25)], (100, 100))
    assert hidden[50, 50] == 255
    assert hidden[50, 38] == 0
    assert hidden[50, 62] == 0
    assert set(np.unique(hidden)) == {0, 255}


# --- what lines do to a reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("x", [40.0, 62.0, 90.0, 140.0])
def test_streak_down_through_the_list_changes_no_mark(x: float) -> None:
    page = PAPER.page().strike(1).strike(6).upright_line(x, width=0.5)
    marks = verdicts(page.read())
    assert {c for c, mark in marks.items() if mark is Mark.STRUCK} == {"c02", "c07"}
    assert Mark.DOUBTFUL not in marks.values()


def test_streak_in_an_empty_row_is_no_foreign_ink() -> None:
    read = PAPER.page().upright_line(FREE_X, width=0.6).lying_line(245, width=0.6).read()
    assert isinstance(read, ReadPage)
    assert read.foreign == ()


def test_fold_along_an_unmarked_name_is_never_a_strike() -> None:
    marks = verdicts(PAPER.page().lying_line(name_height(3)).read())
    assert marks["c04"] in {Mark.KEPT, Mark.DOUBTFUL}
    assert {mark for candidate, mark in marks.items() if candidate != "c04"} == {Mark.KEPT}


def test_fold_that_hides_a_strike_asks_a_person() -> None:
    marks = verdicts(PAPER.page().strike(3, at=0.55).lying_line(name_height(3), width=0.8).read())
    assert marks["c04"] in {Mark.STRUCK, Mark.DOUBTFUL}


def test_fold_between_rows_changes_nothing() -> None:
    target = PAPER.page().target(3)
    marks = verdicts(PAPER.page().strike(3).lying_line(target.row.y).read())
    assert marks["c04"] is Mark.STRUCK
    assert set(marks.values()) == {Mark.KEPT, Mark.STRUCK}


def test_slanted_strike_stays_a_strike_beside_a_fold() -> None:
    marks = verdicts(PAPER.page().strike(5, rise=4).lying_line(name_height(5)).read())
    assert marks["c06"] in {Mark.STRUCK, Mark.DOUBTFUL}


@pytest.mark.parametrize("aside", [-0.6, -0.3, 0.0, 0.3, 0.6])
@pytest.mark.parametrize("width", [0.3, 0.6, 1.0])
def test_thin_strike_under_a_fold_is_never_kept(aside: float, width: float) -> None:
    # Found by bench/accuracy.py: a fold that covered a third of the x-height hid a whole strike.
    page = PAPER.page().strike(3, at=0.55, width=0.3, grey=90).lying_line(name_height(3) + aside, width=width)
    assert verdicts(page.read())["c04"] is not Mark.KEPT


def test_streak_that_hides_a_whole_column_of_squares_refuses_the_page() -> None:
    paper = agree_ballot()
    box = paper.page().square(0, AGREE)
    refused = refusal_of(paper.page().upright_line(box.x + 3, width=2.5).read())
    assert (refused.reason, refused.found, refused.expected) == (RefusalReason.STREAKS, "6/6", "10%")


def test_thin_streak_through_squares_is_no_mark_and_hides_none() -> None:
    paper = agree_ballot()
    box = paper.page().square(0, AGREE)
    marks = verdicts(paper.page().cross(2, AGREE).upright_line(box.x + 3).read())
    assert marks["c03"] is Mark.AGREE
    assert all(mark in {Mark.NONE, Mark.DOUBTFUL} for candidate, mark in marks.items() if candidate != "c03")


def test_streak_over_marks_or_codes_reads_right_or_refuses() -> None:
    plan = PAPER.prepared.plan.pages[0]
    places = [mark.x + mark.w / 2 for mark in plan.corners[:2]] + [code.rect.x + 6 for code in plan.codes]
    for x in places:
        for width, grey in ((0.4, 120), (1.6, 20)):
            read = PAPER.page().strike(2).upright_line(x, width=width, grey=grey).read()
            if isinstance(read, ReadPage):
                assert {m.candidate for m in read.marks if m.mark is Mark.STRUCK} == {"c03"}
            else:
                assert refusal_of(read).reason in {RefusalReason.CORNERS_NOT_FOUND, RefusalReason.CODE_UNREADABLE}


@pytest.mark.parametrize("grey", [228, 220])
def test_pale_fold_along_a_name_hides_no_strike(grey: int) -> None:
    y = name_height(3)
    plain = PAPER.page().lying_line(y, width=0.8, grey=grey).strike(1)
    assert set(verdicts(plain.read()).values()) == {Mark.KEPT, Mark.STRUCK}
    both = PAPER.page().strike(3, at=0.55).strike(1).lying_line(y, width=0.8, grey=grey)
    assert list(verdicts(both.read()).values())[3] is not Mark.KEPT


def test_pale_fold_through_empty_squares_leaves_them_empty() -> None:
    paper = agree_ballot()
    box = paper.page().target(2, AGREE).box
    page = paper.page().lying_line(box.y + box.h / 2, width=1.0, grey=220)
    assert list(verdicts(page.read()).values())[2] is Mark.NONE
