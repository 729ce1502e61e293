"""Names by the white that a strike closes: what the ways of light are, and what strokes of all kinds do to them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from daihoi.reading.second.names import (
    BOX_EM,
    STEPS,
    NamePlan,
    NameSigns,
    level_lines,
    lightest_ways,
    plan_name,
    plan_names,
)
from daihoi.reading.second.rows import plan_rows
from daihoi.sheet.terms import Rect, Target, TargetKind

from ..hand import Page, Scan, ballot, strike_ballot
from .sight import sight_of

PAPER = strike_ballot()
ROW = "c05"
ROW_AT = 4
CLOSED, OPEN = 0.25, 0.14
ON_NAMES = {
    "straight": lambda p: p.strike(ROW_AT),
    "rising": lambda p: p.strike(ROW_AT, rise=1.2),
    "falling": lambda p: p.strike(ROW_AT, rise=-1.2),
    "wavy": lambda p: p.strike(ROW_AT, wave=0.6),
    "thin": lambda p: p.strike(ROW_AT, width=0.3),
    "felt": lambda p: p.strike(ROW_AT, width=1.1),
    "pale": lambda p: p.strike(ROW_AT, grey=120),
    "zigzag": lambda p: zigzag(p, 2.0),
    "scribbled": lambda p: zigzag(p, 0.9),
    "looped": lambda p: looped(p),  # noqa: PLW0108 - drawn below
}


def zigzag(page: Page, pitch: float) -> Page:
    """From foot to head of the letters and back, all along a name."""
    box = page.target(ROW_AT).box
    xs = np.arange(box.x - 0.5, box.right + 0.5, pitch)
    return page.pen([(float(x), box.y + box.h * (0.4 if k % 2 else 0.78)) for k, x in enumerate(xs)])


def looped(page: Page) -> Page:
    """A coil over a whole name."""
    box = page.target(ROW_AT).box
    angle = np.linspace(0, 2 * np.pi * box.w / 3, 400)
    xs = np.linspace(box.x, box.right, angle.size) + 1.2 * np.cos(angle)
    return page.pen([(float(x), float(box.y + 0.59 * box.h + 1.2 * np.sin(a))) for x, a in zip(xs, angle, strict=True)])


# --- the measure -----------------------------------------------------------------------------------------------------


def flooded(band: np.ndarray, level: int) -> np.ndarray:
    """Columns of the last row that a way of at least this light reaches: a plain search, for comparison."""
    high, wide = band.shape
    reached = band[0] >= level
    for row in range(1, high):
        reached = np.array([
            band[row, x] >= level and reached[max(0, x - 1) : min(wide, x + 2)].any() for x in range(wide)
        ])  # fmt: skip
    return reached


bands = arrays(np.uint8, st.tuples(st.integers(1, 3), st.integers(2, 7), st.integers(2, 12)))


@settings(max_examples=60, deadline=None)
@given(band=bands, level=st.integers(1, 255))
def test_a_way_is_as_light_as_a_search_finds(band: np.ndarray, level: int) -> None:
    ways = lightest_ways(band, np.full((band.shape[0], band.shape[2]), 255, np.uint8))
    for name, way in zip(band, ways, strict=True):
        assert ((way >= level) == flooded(name, level)).all()


@settings(max_examples=40, deadline=None)
@given(band=bands, data=st.data())
def test_more_ink_never_opens_a_way(band: np.ndarray, data: st.DataObject) -> None:
    mask = np.full((band.shape[0], band.shape[2]), 255, np.uint8)
    darker = np.minimum(band, data.draw(arrays(np.uint8, band.shape)))
    assert (lightest_ways(darker, mask) <= lightest_ways(band, mask)).all()


@settings(max_examples=40, deadline=None)
@given(heights=st.lists(st.integers(0, 9), min_size=6, max_size=30))
def test_a_line_from_side_to_side_closes_every_way_however_it_runs(heights: list[int]) -> None:
    band = np.full((1, 10, len(heights)), 255, np.uint8)
    for x, (a, b) in enumerate(zip(heights, [*heights[1:], heights[-1]], strict=True)):
        band[0, min(a, b) : max(a, b) + 1, x] = 40
    ways = lightest_ways(band, np.full((1, len(heights)), 255, np.uint8))
    assert ways.max() == 40


def test_ways_never_leave_their_span() -> None:
    band = np.full((1, 6, 9), 255, np.uint8)
    band[0, 3, 3:6] = 10
    mask = np.zeros((1, 9), np.uint8)
    mask[0, 3:6] = 255
    assert lightest_ways(band, mask)[0].tolist() == [0, 0, 0, 10, 10, 10, 0, 0, 0]


@pytest.mark.parametrize(("slope", "least"), [(0.0, 1.0), (0.4, 0.95), (-0.4, 0.95)])
def test_a_level_line_is_followed_up_and_down(slope: float, least: float) -> None:
    band = np.full((15, 60), 250, np.uint8)
    for x in range(10, 50):
        y = round(7 + slope * (x - 30) / 5)
        band[y, x] = 60
    assert level_lines(band, 250.0, 220.0, [(10, 50)])[0] >= least


def test_stems_alone_are_no_level_line() -> None:
    band = np.full((15, 60), 250, np.uint8)
    band[:, 10:50:6] = 20
    band[:, 11:50:6] = 20
    assert level_lines(band, 250.0, 220.0, [(10, 50)])[0] < 0.5


def test_blank_paper_has_no_level_line() -> None:
    assert level_lines(np.full((15, 30), 250, np.uint8), 250.0, 220.0, [(2, 12), (15, 28)]) == (0.0, 0.0)


# --- the plan --------------------------------------------------------------------------------------------------------


def test_spaces_lie_between_words_and_spans_never_touch() -> None:
    for names in (15, 44, 70, 100):
        for page in ballot(names).prepared.plan.pages:
            for target in page.targets:
                plan = plan_name(target)
                assert len(plan.gaps) == len(plan.words) - 1 == len(target.words) - 1
                for (_, end), (low, high), (start, _) in zip(plan.words, plan.gaps, plan.words[1:], strict=False):
                    assert end < low < high < start
                assert plan.words[-1][1] < plan.size[0]
                assert plan.size[1] == plan_name(page.targets[0]).size[1]


def test_a_name_without_words_is_taken_in_pieces() -> None:
    target = Target("c01", TargetKind.NAME, Rect(40, 100, 30, 4.9), Rect(20, 98, 80, 9))
    plan = plan_name(target)
    assert plan.gaps == ()
    assert len(plan.words) == round(30 / (2.4 * 4.9 / BOX_EM))
    assert all(low < high for low, high in plan.words)


def test_a_narrow_space_still_has_a_way() -> None:
    target = Target("c01", TargetKind.NAME, Rect(40, 100, 20, 4.9), Rect(20, 98, 80, 9), ((40, 49.9), (50.3, 60)))
    ((low, high),) = plan_name(target).gaps
    assert high > low


def test_no_names_make_an_empty_plan() -> None:
    rows = plan_rows([])
    assert plan_names([], rows).plans == ()


def test_names_are_in_the_order_of_their_rows() -> None:
    page = ballot(70).prepared.plan.pages[0]
    rows = plan_rows(target.row for target in page.targets)
    names = plan_names(list(reversed(page.targets)), rows)
    assert names.rows.tolist() == sorted(names.rows.tolist())
    plans: tuple[NamePlan, ...] = names.plans
    assert {plan.candidate for plan in plans} == {target.candidate for target in page.targets}
    assert all(plan.step == pytest.approx(plan.box.h / BOX_EM / STEPS) for plan in plans)


# --- on paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [Scan(), Scan(dpi=150), Scan(dpi=300), Scan(bilevel=True), Scan(noise=6)], ids=str)
def test_print_alone_leaves_every_space_open(how: Scan) -> None:
    for candidate, signs in sight_of(PAPER.page(dpi=300), how).names().items():
        assert max(signs.gaps) <= OPEN, candidate
        assert signs.inked < 0.3, candidate


@pytest.mark.parametrize("name", ON_NAMES)
def test_strokes_through_a_name_close_every_space(name: str) -> None:
    signs = sight_of(ON_NAMES[name](PAPER.page(dpi=300))).names()
    assert min(signs[ROW].gaps) >= CLOSED
    assert max(max(other.gaps) for candidate, other in signs.items() if candidate != ROW) <= OPEN


def test_a_line_under_or_over_a_name_closes_nothing() -> None:
    page = PAPER.page().underline(ROW_AT)
    box = page.target(2).box
    page.pen([(box.x, box.y - 0.3), (box.right, box.y - 0.3)])
    signs = sight_of(page).names()
    assert max(signs[ROW].gaps) <= OPEN
    assert max(signs["c03"].gaps) <= OPEN


def test_half_a_strike_closes_half_of_the_spaces() -> None:
    page = PAPER.page()
    words = page.target(ROW_AT).words
    box = page.target(ROW_AT).box
    page.strike(ROW_AT, end=(words[1][0] + 1 - box.x) / box.w)
    signs = sight_of(page).names()[ROW]
    assert signs.gaps[0] >= CLOSED
    assert max(signs.gaps[1:]) <= OPEN


def test_a_dead_column_of_the_sensor_opens_no_space() -> None:
    page = PAPER.page()
    words = page.target(ROW_AT).words
    x = (words[0][1] + words[1][0]) / 2
    page.strike(ROW_AT).rub(Rect(x, 0, 0.13, 297))
    assert min(sight_of(page).names()[ROW].gaps) >= CLOSED


def test_darkness_is_of_this_paper_and_this_black() -> None:
    clear = sight_of(PAPER.page().strike(ROW_AT), Scan(noise=0)).names()[ROW]
    dim = sight_of(PAPER.page().strike(ROW_AT), Scan(noise=0, white=190, black=80)).names()[ROW]
    assert dim.gaps == pytest.approx(clear.gaps, abs=0.06)


def test_level_is_measured_only_when_it_is_asked_for() -> None:
    asked: list[int] = []
    signs = NameSigns((0.5,), (), 0.0, (True,), lambda: (asked.append(1), (0.9,))[1])
    assert asked == []
    assert signs.level() == (0.9,)
    assert asked == [1]
