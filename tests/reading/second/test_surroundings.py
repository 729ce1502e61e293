"""What lies about a name, and folds across the page."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.reading.second.surroundings import MARGINS_MM, Fold, along, folds
from daihoi.reading.second.thresholds import DEFAULT

from ..hand import Page, Scan, ballot, strike_ballot
from .sight import sight_of

PAPER = strike_ballot()
ROW = 4


def lined(page: Page, how: Scan | None = None) -> dict[str, tuple[float, float]]:
    """Shares of ink above and below every name."""
    sight = sight_of(page, how)
    face = sight.reader._faces[sight.pose.page - 1]
    paper = sight.pose.paper_at(face.names.middles)
    shares = along(sight.pose, face.names, face.rows, sight.placed, paper, DEFAULT)
    return {plan.candidate: (above, below) for plan, (above, below) in zip(face.names.plans, shares, strict=True)}


def folds_of(page: Page, how: Scan | None = None) -> tuple[Fold, ...]:
    """The folds of a page."""
    return folds(sight_of(page, how).pose, DEFAULT)


@pytest.mark.parametrize("how", [Scan(), Scan(skew=4, dpi=150), Scan(dpi=300, noise=6), Scan(bilevel=True)], ids=str)
def test_print_alone_is_not_lined(how: Scan) -> None:
    assert max(max(shares) for shares in lined(PAPER.page(dpi=300), how).values()) < DEFAULT.lined


@pytest.mark.parametrize("names", [44, 70, 100])
def test_close_rows_are_not_lined_either(names: int) -> None:
    paper = ballot(names)
    assert max(max(shares) for shares in lined(paper.page(len(paper.prepared.plan.pages))).values()) < DEFAULT.lined


def test_an_underline_is_below_and_a_line_over_the_name_above() -> None:
    page = PAPER.page().underline(ROW)
    box = page.target(7).box
    page.pen([(box.x, box.y - 0.7), (box.right, box.y - 0.7)])
    seen = lined(page)
    assert seen["c05"][1] > 0.8
    assert seen["c05"][0] < DEFAULT.lined
    assert seen["c08"][0] > 0.8
    assert seen["c08"][1] < DEFAULT.lined


def test_a_ring_is_above_and_below() -> None:
    above, below = lined(PAPER.page().circle(ROW, 1.0))["c05"]
    assert above >= DEFAULT.lined
    assert below >= DEFAULT.lined


def test_a_strike_within_the_letters_lines_nothing() -> None:
    assert max(lined(PAPER.page().strike(ROW))["c05"]) < DEFAULT.lined


@pytest.mark.parametrize(("slant", "grey"), [(0.0, 140), (2.5, 140), (-2.5, 200), (0.0, 90)])
def test_a_fold_is_found_where_it_runs(slant: float, grey: int) -> None:
    page = PAPER.page(dpi=300).lying_line(150.0, slant, 0.6, grey)
    (fold,) = folds_of(page, Scan(blur=0.25))
    assert fold.at(sum(MARGINS_MM[0]) / 2) == pytest.approx(fold.left)
    assert fold.at(105.0) == pytest.approx(150.0 + slant / 2, abs=0.5)
    assert fold.dark > DEFAULT.fold_dark


@pytest.mark.parametrize("how", [Scan(), Scan(noise=7), Scan(jpeg=40), Scan(skew=3, dpi=150)], ids=str)
def test_a_flat_page_has_no_fold(how: Scan) -> None:
    page = PAPER.page(dpi=300).strike(1).strike(4)
    assert folds_of(page, how) == ()


def test_a_strike_that_leaves_the_list_on_one_side_is_no_fold() -> None:
    page = PAPER.page()
    box = page.target(ROW).box
    page.pen([(box.x, box.y + 3), (206.0, box.y + 3)], 0.6)
    assert folds_of(page) == ()


def test_lines_in_both_margins_far_apart_are_no_fold() -> None:
    page = PAPER.page().pen([(2, 100), (13, 100)], 0.8).pen([(197, 120), (208, 120)], 0.8)
    assert folds_of(page) == ()


def test_a_fold_leans_as_its_ends_say() -> None:
    fold = Fold(100.0, 102.0, 0.2)
    xs = [sum(margin) / 2 for margin in MARGINS_MM]
    assert [fold.at(x) for x in xs] == pytest.approx([100.0, 102.0])
    assert fold.at(float(np.mean(xs))) == pytest.approx(101.0)
