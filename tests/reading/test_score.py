"""Scores are numbers about ink, and no verdict: each says what it names, on drawings whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.reading.ink import Stroke, half, inside
from daihoi.reading.score import NameScore, RowScore, _going_on
from daihoi.reading.score_squares import SquareScore
from daihoi.reading.strike_line import StrikeLine, word_reach
from daihoi.sheet.terms import Rect, TargetKind

from .hand import AGREE, DISAGREE, Page, Scan, agree_ballot, ballot, strike_ballot
from .steps import see

PAPER = strike_ballot()
SQUARES = agree_ballot()


def name_score(page: Page, row: int = 4, how: Scan | None = None) -> NameScore:
    """The score of one name."""
    score = see(page, how).scores()[row].name
    assert score is not None
    return score


def square_score(page: Page, row: int = 0, kind: TargetKind = AGREE, how: Scan | None = None) -> SquareScore:
    """The score of one square."""
    return next(score for score in see(page, how).scores()[row].squares if score.kind is kind)


def test_every_row_has_its_score_in_the_order_of_the_list() -> None:
    for paper in (PAPER, SQUARES):
        scores = see(paper.page()).scores()
        assert tuple(score.candidate for score in scores) == paper.candidates
    assert all(score.name is not None and not score.squares for score in see(PAPER.page()).scores())
    both = (AGREE, DISAGREE)
    assert all(
        score.name is None and tuple(s.kind for s in score.squares) == both for score in see(SQUARES.page()).scores()
    )


def test_back_of_a_sheet_scores_its_own_names() -> None:
    paper = ballot(70)
    front, back = (see(paper.page(number)).scores() for number in (1, 2))
    assert tuple(s.candidate for s in front + back) == paper.candidates
    assert front
    assert back


# --- names ------------------------------------------------------------------------------------------------------------


def test_clean_name_scores_nothing() -> None:
    score = name_score(PAPER.page())
    assert score.evidence < 0.08
    assert score.area_mm2 < 0.7
    assert score.faint_mm < 4
    assert score.strokes == frozenset()
    assert score.hidden == 0.0


@pytest.mark.parametrize("rise", [-4.0, 0.0, 4.0])
@pytest.mark.parametrize("width", [0.3, 0.7])
def test_whole_strike_covers_both_names(rise: float, width: float) -> None:
    score = name_score(PAPER.page(dpi=300).strike(4, rise=rise, width=width))
    assert score.cover > 0.8
    assert min(score.word_cover) > 0.5
    assert score.core_share > 0.5
    assert score.gap_mm < 4
    assert score.strokes


def test_strike_of_half_a_name_covers_one_word_alone() -> None:
    left, right = (name_score(PAPER.page().strike(4, start=start, end=end)) for start, end in ((0.0, 0.4), (0.6, 1.0)))
    assert left.word_cover[0] > 0.6 > 0.3 > left.word_cover[1]
    assert right.word_cover[1] > 0.6 > 0.3 > right.word_cover[0]
    assert max(left.gap_mm, right.gap_mm) > 5
    assert max(left.cover, right.cover) < 0.72


def test_cover_grows_with_the_length_of_the_strike() -> None:
    covers = [name_score(PAPER.page().strike(4, end=end)).cover for end in (0.2, 0.5, 0.8, 1.0)]
    assert covers == sorted(covers)
    assert covers[0] < 0.4 < 0.8 < covers[-1]


def test_gap_is_the_length_of_the_hole() -> None:
    page = PAPER.page()
    width = page.target(4).box.w
    score = name_score(page.strike(4, gaps=[(0.3, 0.7)]))
    assert score.gap_mm == pytest.approx(0.4 * width * 0.75, rel=0.5)


def test_underline_stays_out_of_the_letters() -> None:
    score = name_score(PAPER.page().underline(4, below=0.3))
    assert score.core_share < 0.42


def test_circle_runs_above_and_below() -> None:
    score = name_score(PAPER.page().circle(4, margin=0.8))
    assert score.above > 0.3
    assert score.below > 0.3
    assert score.core_share < 0.42


def test_pale_line_is_faint_and_not_ink() -> None:
    score = name_score(PAPER.page().strike(4, grey=232, width=0.8))
    assert score.faint_mm > 0
    assert score.evidence < 0.15


def test_ink_beside_a_name_is_measured_apart() -> None:
    page = PAPER.page()
    box = page.target(4).box
    score = name_score(page.pen([(box.right + 6, box.y + 1), (box.right + 12, box.y + 4)]))
    assert score.beside_mm == pytest.approx(6, abs=1.5)
    assert score.evidence < 0.08


def test_strike_that_runs_on_beyond_the_name_is_not_beside_it() -> None:
    score = name_score(PAPER.page().strike(4, over=9))
    assert score.beside_mm < 2


def test_long_strike_shows_the_same_at_every_resolution() -> None:
    scores = [name_score(PAPER.page(dpi=400).strike(4, rise=2), how=Scan(dpi=dpi)) for dpi in (150, 200, 300)]
    assert max(s.cover for s in scores) - min(s.cover for s in scores) < 0.2
    assert all(min(s.word_cover) > 0.5 for s in scores)


def test_streak_over_a_name_is_hidden_and_not_ink() -> None:
    page = PAPER.page()
    box = page.target(4).box
    score = name_score(page.lying_line(box.y + 0.6 * box.h, width=1.0))
    assert score.hidden > 0.3
    assert score.cover < 0.72


def test_row_that_runs_into_the_next_says_so() -> None:
    page = PAPER.page()
    upper, lower = page.target(4).box, page.target(5).box
    rows = see(page.pen([(upper.x + 5, upper.y + 2), (lower.x + 7, lower.bottom - 1)], 0.6)).scores()
    assert rows[4].runs_on
    assert not rows[5].runs_on
    assert not rows[0].runs_on


def test_clean_rows_never_run_on() -> None:
    for paper in (PAPER, SQUARES):
        assert not any(row.runs_on for row in see(paper.page(), Scan(skew=2)).scores())


# --- squares ----------------------------------------------------------------------------------------------------------


def test_clean_square_scores_nothing() -> None:
    for how in (Scan(), Scan(dpi=150), Scan(dpi=300), Scan(bilevel=True), Scan(skew=-4)):
        for row in see(SQUARES.page(dpi=300), how).scores():
            for score in row.squares:
                assert score.extent_mm < 0.6
                assert score.total_mm2 < 0.2
                assert score.faint < 0.1
            assert row.beside_mm < 2.0


@pytest.mark.parametrize("size", [2.5, 3.0, 4.0])
def test_cross_has_its_size(size: float) -> None:
    score = square_score(SQUARES.page(dpi=300).cross(0, AGREE, size))
    assert score.extent_mm == pytest.approx(size + 0.4, abs=0.6)
    assert score.breadth_mm == pytest.approx(size + 0.4, abs=0.6)
    assert score.area_mm2 > 1.5


def test_large_cross_is_seen_within_the_square_only() -> None:
    score = square_score(SQUARES.page(dpi=300).cross(0, AGREE, 8))
    assert 4.0 <= score.extent_mm <= 5.0


def test_single_line_is_long_and_thin() -> None:
    page = SQUARES.page(dpi=300)
    box = page.square(0, AGREE)
    score = square_score(page.pen([(box.x + 1, box.y + 3), (box.right - 1, box.y + 3)]))
    assert score.extent_mm > 3
    assert score.breadth_mm < 1.2


def test_blackened_square_is_full() -> None:
    assert square_score(SQUARES.page().fill(0, AGREE)).total_mm2 > 13
    assert square_score(SQUARES.page().cross(0, AGREE)).total_mm2 < 13


def test_marks_change_no_other_square() -> None:
    rows = see(SQUARES.page().cross(2, DISAGREE)).scores()
    for place, row in enumerate(rows):
        for score in row.squares:
            marked = place == 2 and score.kind is DISAGREE
            assert (score.extent_mm > 2) is marked
            assert bool(score.strokes) is marked


def test_line_through_both_squares_is_one_stroke_in_both() -> None:
    page = SQUARES.page()
    left, right = page.square(1, AGREE), page.square(1, DISAGREE)
    row = see(page.pen([(left.x + 1, left.y + 3), (right.right - 1, right.y + 3)], 0.6)).scores()[1]
    assert row.squares[0].strokes & row.squares[1].strokes


def test_ink_between_the_squares_is_beside() -> None:
    page = SQUARES.page()
    left, right = page.square(1, AGREE), page.square(1, DISAGREE)
    middle = (left.right + right.x) / 2
    row = see(page.pen([(middle - 2, left.y + 1), (middle + 2, left.y + 5)])).scores()[1]
    assert row.beside_mm > 2
    assert max(score.extent_mm for score in row.squares) < 0.6


def test_ends_of_a_cross_outside_its_square_are_not_beside() -> None:
    row = see(SQUARES.page().cross(1, AGREE, 7.5)).scores()[1]
    assert row.beside_mm < 2


def test_pale_cross_is_faint() -> None:
    score = square_score(SQUARES.page().cross(0, AGREE, grey=225))
    assert score.faint > 0.05


# --- crumbs ---


@pytest.mark.parametrize(
    ("crumbs", "found"),
    [
        ([(110, 50)], {1}),
        ([(110, 50), (130, 51)], {1, 2}),
        # off the line
        ([(110, 60)], set()),
        # over clean paper, and what comes after it
        ([(150, 50)], set()),
        ([(150, 50), (160, 50)], set()),
        # before the stroke
        ([(10, 50), (30, 50)], {2}),
    ],
)
def test_crumbs_go_on_with_a_stroke_along_its_line_and_never_over_clean_paper(
    crumbs: list[tuple[int, int]], found: set[int]
) -> None:
    inked, clean = np.zeros(200, bool), np.zeros(200, bool)
    inked[40:100], clean[140:150], clean[15:25] = True, True, True
    line = StrikeLine(inked, clean, np.full(200, 50.0))
    strokes = [Stroke(label, x // 2, y // 2, 1, 1) for label, (x, y) in enumerate(crumbs, start=1)]
    assert _going_on(line, strokes, (slice(0, 100), slice(0, 200))) == found


@pytest.mark.parametrize(("clean", "reach"), [((0, 20), 0.8), ((0, 40), 0.6), ((0, 5), 0.95), ((60, 80), 0.6)])
def test_a_stroke_may_reach_as_far_as_clean_paper(clean: tuple[int, int], reach: float) -> None:
    inked, seen = np.zeros(100, bool), np.zeros(100, bool)
    inked[40:60] = True
    seen[slice(*clean)] = True
    line = StrikeLine(inked, seen, np.zeros(100))
    assert word_reach(line, slice(100, 200), slice(100, 200)) == pytest.approx(reach)


# --- grids ------------------------------------------------------------------------------------------------------------


def test_areas_of_a_cell_go_back_to_the_page() -> None:
    cell = (slice(100, 200), slice(50, 90))
    assert inside(cell, (slice(0, 10), slice(5, 7))) == (slice(100, 110), slice(55, 57))
    assert half(cell) == (slice(50, 100), slice(25, 45))


def test_scores_hold_no_verdict() -> None:
    fields = (
        set(NameScore.__dataclass_fields__) | set(SquareScore.__dataclass_fields__) | set(RowScore.__dataclass_fields__)
    )
    assert not fields & {"mark", "verdict", "struck", "doubtful", "reason", "reasons"}


def test_ink_outside_of_the_table_is_in_no_row() -> None:
    plain, written = (
        see(page).scores() for page in (PAPER.page(), PAPER.page().writing(110, 240).ring(Rect(150, 220, 9, 9)))
    )
    assert [row.beside_mm for row in plain] == [row.beside_mm for row in written]
