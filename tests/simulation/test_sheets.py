"""Whole sheets: the truth that is told is what the pixels show."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect, Target, TargetKind
from daihoi.simulation.scanners import OFFICE, POOR, WORN
from daihoi.simulation.sheets import Job, draw_sheet
from daihoi.simulation.terms import Condition, Defect, Kind, SimulatedSheet
from daihoi.simulation.voters import Habits

from .ballots import Ballot, added_ink, flattened, part

CAREFUL = Habits(mistakes=0.0, defects=0.0, specks=0.0)


def with_chances(job: Job, chances: dict[Condition, float]) -> Job:
    return replace(job, scanner=replace(job.scanner, chances=chances))


def ink_by_target(ballot: Ballot, sheet: SimulatedSheet) -> dict[tuple[str, TargetKind], float]:
    """How much ink each target gained between print and scan, mm²."""
    out = {}
    for plan, raster, page in zip(ballot.plan.pages, ballot.rasters, sheet.pages, strict=True):
        scan = flattened(page)
        for target in plan.targets:
            out[target.candidate, target.kind] = added_ink(scan, raster, target.box)
    return out


@pytest.mark.parametrize("number", range(1, 5))
def test_struck_names_have_ink_and_kept_names_have_none(strike: Ballot, number: int) -> None:
    sheet = draw_sheet(strike.job(habits=CAREFUL), number)
    for (name, _), ink in ink_by_target(strike, sheet).items():
        if sheet.truth.marks[name] is Mark.STRUCK:
            assert ink > 0.6, (name, sheet.truth.kinds[name], sheet.truth.pen)
        else:
            assert ink < 0.25, name


@pytest.mark.parametrize("number", range(1, 4))
def test_both_sides_show_the_truth(two_sided: Ballot, number: int) -> None:
    sheet = draw_sheet(two_sided.job(habits=CAREFUL), number)
    assert len(sheet.pages) == 2
    for (name, _), ink in ink_by_target(two_sided, sheet).items():
        assert (ink > 0.45) == (sheet.truth.marks[name] is Mark.STRUCK), (name, ink)


@pytest.mark.parametrize("number", range(1, 4))
def test_marked_squares_have_ink_and_empty_ones_none(agree: Ballot, number: int) -> None:
    sheet = draw_sheet(agree.job(habits=CAREFUL), number)
    for (name, kind), ink in ink_by_target(agree, sheet).items():
        mark = sheet.truth.marks[name]
        meant = mark is Mark.BOTH or mark.value == kind.value
        assert (ink > 0.25) == meant, (name, kind, ink)


def test_sheet_is_the_same_whatever_was_drawn_before(strike: Ballot) -> None:
    job = strike.job("worn", habits=Habits(mistakes=1.0))
    alone = draw_sheet(job, 7)
    for number in (3, 1):
        draw_sheet(job, number)
    again = draw_sheet(job, 7)
    assert alone.truth == again.truth
    assert np.array_equal(alone.pages[0].image, again.pages[0].image)


def test_sheets_of_one_hall_are_all_different(strike: Ballot) -> None:
    job = strike.job(habits=CAREFUL)
    first, second = (draw_sheet(job, number).pages[0].image for number in (1, 2))
    assert not np.array_equal(first, second)


def test_votes_and_pens_are_the_same_on_every_scanner(strike: Ballot) -> None:
    told = [draw_sheet(strike.job(name), 5).truth for name in ("office", "worn")]
    assert told[0].marks == told[1].marks
    assert told[0].kinds == told[1].kinds
    assert told[0].pen == told[1].pen


@pytest.mark.parametrize(
    ("condition", "shape"),
    [
        (None, (2339, 1654)),
        (Condition.UPSIDE_DOWN, (2339, 1654)),
        (Condition.SIDEWAYS, (1654, 2339)),
        (Condition.COLOUR, (2339, 1654, 3)),
        (Condition.BILEVEL, (2339, 1654)),
    ],
)
def test_page_has_the_shape_of_its_condition_and_its_matrix_finds_the_corners(
    strike: Ballot, condition: Condition | None, shape: tuple[int, ...]
) -> None:
    job = with_chances(strike.job(habits=CAREFUL), {condition: 1.0} if condition else {})
    page = draw_sheet(job, 2).pages[0]
    assert page.image.shape == shape
    assert page.image.dtype == np.uint8
    flat = flattened(page)
    for corner in strike.plan.pages[0].corners:
        inner = Rect(corner.x + 0.8, corner.y + 0.8, corner.w - 1.6, corner.h - 1.6)
        assert part(flat, inner).mean() < 70


def test_bilevel_page_has_two_levels_and_says_so(strike: Ballot) -> None:
    job = with_chances(strike.job("worn"), {Condition.BILEVEL: 1.0})
    page = draw_sheet(job, 1).pages[0]
    assert page.bilevel
    assert set(np.unique(page.image)) == {0, 255}


@pytest.mark.parametrize("condition", [c for c in Condition if c is not Condition.STAMP_OUTSIDE])
def test_each_condition_can_befall_a_page_and_is_told(two_sided: Ballot, condition: Condition) -> None:
    job = with_chances(two_sided.job("poor"), {condition: 1.0})
    plain = with_chances(two_sided.job("poor"), {})
    sheet, other = draw_sheet(job, 3), draw_sheet(plain, 3)
    assert all(condition in page for page in sheet.truth.conditions)
    assert not any(condition in page for page in other.truth.conditions)
    assert not np.array_equal(sheet.pages[0].image, other.pages[0].image)


def test_what_cannot_befall_a_page_is_not_told(strike: Ballot) -> None:
    job = with_chances(
        strike.job("poor"), {Condition.SHOW_THROUGH: 1.0, Condition.SIDEWAYS: 1.0, Condition.UPSIDE_DOWN: 1.0}
    )
    (told,) = draw_sheet(job, 1).truth.conditions
    assert Condition.SHOW_THROUGH not in told
    assert Condition.SIDEWAYS in told
    assert Condition.UPSIDE_DOWN not in told


def test_torn_and_cropped_targets_are_destroyed_and_doubtful(strike: Ballot) -> None:
    plan = strike.plan
    edge = Target("c01", TargetKind.NAME, Rect(1.0, 40.0, 30.0, 5.0), Rect(0.0, 38.0, 90.0, 9.0), ((1.0, 31.0),))
    page = replace(plan.pages[0], targets=(edge, *plan.pages[0].targets[1:]))
    job = replace(strike.job("poor", habits=CAREFUL), plan=replace(plan, pages=(page,)))
    lost = [draw_sheet(with_chances(job, {Condition.CROPPED: 1.0}), number).truth for number in range(1, 13)]
    assert any("c01" in one.doubt and one.kinds["c01"] is Kind.DESTROYED for one in lost)
    assert all((one.kinds[name] is Kind.DESTROYED) == (name in one.doubt) for one in lost for name in one.marks)


def test_defect_is_told_only_where_there_was_room(strike: Ballot) -> None:
    habits = Habits(mistakes=0.0, defects=1.0, specks=0.0)
    assert draw_sheet(strike.job(habits=habits), 1).truth.defect in set(Defect)
    page = strike.plan.pages[0]
    wide = replace(page.targets[0], row=Rect(0, 0, 210, 297))
    crowded = replace(strike.plan, pages=(replace(page, targets=(wide, *page.targets[1:])),))
    sheet = draw_sheet(replace(strike.job(habits=habits), plan=crowded), 1)
    assert sheet.truth.defect is None


def test_unissued_ballot_bears_no_stamp(strike: Ballot) -> None:
    stamped = draw_sheet(with_chances(strike.job(habits=CAREFUL), {}), 1)
    bare = draw_sheet(with_chances(strike.job(habits=replace(CAREFUL, unissued=1.0)), {}), 1)
    field = strike.plan.stamp
    assert stamped.truth.issued
    assert not bare.truth.issued
    assert (part(flattened(stamped.pages[0]), field) < 180).mean() > 0.04
    inner = Rect(field.x + 4, field.y + 4, field.w - 8, field.h - 8)
    assert (part(flattened(bare.pages[0]), inner) < 150).mean() < 0.03


def test_other_resolutions_scale_the_page(strike: Ballot) -> None:
    for dpi, shape in ((150.0, (1754, 1240)), (300.0, (3508, 2480))):
        page = draw_sheet(with_chances(strike.job(dpi=dpi), {}), 1).pages[0]
        assert page.image.shape == shape
        assert page.dpi == dpi


def test_office_pages_are_light_and_readable(strike: Ballot) -> None:
    for number in range(1, 6):
        image = draw_sheet(strike.job(), number).pages[0].image
        grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        assert np.percentile(grey, 50) > 230
        assert np.percentile(grey, 0.5) < 80


@pytest.mark.parametrize("scanner", [OFFICE, WORN, POOR], ids=lambda scanner: scanner.name)
def test_quality_is_the_scanners(strike: Ballot, scanner: object) -> None:
    name = scanner.name  # type: ignore[attr-defined]
    low, high = scanner.quality  # type: ignore[attr-defined]
    assert all(low <= draw_sheet(strike.job(name), number).pages[0].quality <= high for number in range(1, 4))


def test_marks_that_a_one_bit_scan_swallows_are_destroyed(strike: Ballot) -> None:
    job = with_chances(strike.job("poor", habits=CAREFUL), {Condition.BILEVEL: 1.0})
    pale = replace(job, scanner=replace(job.scanner, white=(230.0, 230.0), black=(200.0, 200.0)))
    for number in (1, 2):
        truth = draw_sheet(pale, number).truth
        struck = [name for name, mark in truth.marks.items() if mark is Mark.STRUCK]
        assert struck
        assert list(truth.doubt) == struck
        assert all(truth.kinds[name] is Kind.DESTROYED for name in struck)


def test_marks_that_a_one_bit_scan_shows_are_not_destroyed(strike: Ballot) -> None:
    job = with_chances(strike.job("office", habits=CAREFUL), {Condition.BILEVEL: 1.0})
    for number in (1, 2, 3):
        assert draw_sheet(job, number).truth.doubt == ()


@pytest.mark.parametrize("turned", [None, Condition.UPSIDE_DOWN, Condition.SIDEWAYS])
def test_truth_does_not_depend_on_how_the_page_was_fed(strike: Ballot, turned: Condition | None) -> None:
    chances = {turned: 1.0} if turned else {}
    fed = draw_sheet(with_chances(strike.job("worn"), chances), 4)
    plain = draw_sheet(with_chances(strike.job("worn"), {}), 4)
    assert (fed.truth.marks, fed.truth.kinds, fed.truth.doubt) == (
        plain.truth.marks,
        plain.truth.kinds,
        plain.truth.doubt,
    )
