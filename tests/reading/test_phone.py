"""Photographs: made level and evenly lit they are read as scans are; what hides anything is refused."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.reading.phone import PAPER, PX_PER_MM, evenly_lit, rectified, unseen
from daihoi.reading.terms import GrayImage, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, TargetKind

from .hand import Page, agree_ballot, refusal_of, strike_ballot, verdicts
from .photo import ASKEW, FROM_BELOW, FROM_LEFT, PAPER_DPI, STRAIGHT, Camera, read_photo, readers_of, shade

PLAN = strike_ballot().prepared.plan.pages[0]
SIZE = (round(PAGE_H_MM * PX_PER_MM), round(PAGE_W_MM * PX_PER_MM))
STRUCK = (1, 4, 7)


def voted() -> Page:
    page = strike_ballot().page(1, PAPER_DPI)
    for place in STRUCK:
        page.strike(place, rise=0.4)
    return page


def expected(count: int) -> list[Mark]:
    return [Mark.STRUCK if place in STRUCK else Mark.KEPT for place in range(count)]


def level(picture: GrayImage) -> GrayImage:
    page = rectified(picture, PLAN)
    assert not isinstance(page, Refusal), page
    return page


def never_wrong(answer: object) -> list[Mark]:
    """The marks of a page that was read; each is as drawn or doubtful."""
    assert isinstance(answer, ReadPage), answer
    marks = list(verdicts(answer).values())
    assert all(mark in (meant, Mark.DOUBTFUL) for mark, meant in zip(marks, expected(len(marks)), strict=True)), marks
    return marks


VIEWS = {
    "from above": Camera(),
    "from below": Camera(FROM_BELOW),
    "from the left": Camera(FROM_LEFT),
    "askew": Camera(ASKEW),
    "on a dark table": Camera(ASKEW, table=20),
    "on a bright table": Camera(FROM_LEFT, table=215),
    "in light from the right": Camera(light=(0.45, 1.0)),
    "on its side": Camera(FROM_BELOW, quarters=1),
    "on its head": Camera(FROM_LEFT, quarters=2),
    "on its other side": Camera(quarters=3),
}


@pytest.mark.parametrize("view", VIEWS)
def test_photograph_is_read_as_it_was_marked(view: str) -> None:
    marks = never_wrong(read_photo(strike_ballot(), VIEWS[view].of(voted())))
    assert marks.count(Mark.DOUBTFUL) <= 1


@pytest.mark.parametrize("view", ["from below", "askew", "on its side"])
def test_squares_in_a_photograph_are_read_as_they_were_marked(view: str) -> None:
    paper = agree_ballot()
    page = paper.page(1, PAPER_DPI)
    kinds = [TargetKind.AGREE if k % 3 else TargetKind.DISAGREE for k in range(len(paper.candidates))]
    for k, kind in enumerate(kinds):
        page.cross(k, kind)
    read = read_photo(paper, VIEWS[view].of(page))
    assert isinstance(read, ReadPage), read
    meant = [Mark.AGREE if kind is TargetKind.AGREE else Mark.DISAGREE for kind in kinds]
    assert list(verdicts(read).values()) == meant


@pytest.mark.parametrize("view", VIEWS)
def test_level_page_has_its_marks_where_they_are_printed(view: str) -> None:
    page = level(VIEWS[view].of(voted()))
    assert page.shape == SIZE
    for mark in PLAN.corners:
        left, top, right, bottom = (round(v * PX_PER_MM) for v in (mark.x, mark.y, mark.right, mark.bottom))
        assert page[top + 3 : bottom - 3, left + 3 : right - 3].max() < 110
        rim = page[top - 8 : bottom + 8, left - 8 : right + 8].copy()
        rim[5:-5, 5:-5] = 255
        assert rim.min() > 170


def test_photograph_is_refused_where_no_photographs_are_expected() -> None:
    # The reader of scans finds no frame in a picture that lies so: as ever, without --source phone.
    assert refusal_of(readers_of(strike_ballot()).read(Camera(ASKEW).of(voted()))).reason in {
        RefusalReason.CORNERS_NOT_FOUND,
        RefusalReason.DISTORTED,
    }


def test_same_picture_gives_the_same_page() -> None:
    picture = Camera(ASKEW).of(voted())
    assert (level(picture) == level(picture)).all()


# --- light ------------------------------------------------------------------------------------------------------------


def test_light_that_falls_off_is_evened() -> None:
    page = level(Camera(light=(0.4, 1.0)).of(strike_ballot().page(1, PAPER_DPI)))
    margin = page[100:-100, [40, 400, 800, 1250, 1610]]
    paper = np.median(margin, axis=0)
    assert np.abs(paper - PAPER).max() < 6


def test_ink_keeps_its_contrast_in_the_dark() -> None:
    bare, inked = np.full(SIZE, 200, np.uint8), np.full(SIZE, 200, np.uint8)
    inked[1000:1004, 300:700] = 90
    fall = np.linspace(0.4, 1.0, SIZE[1])
    dark = evenly_lit((inked * fall).astype(np.uint8))
    assert np.abs(dark[1000:1004, 300:700].astype(int) - PAPER * 90 / 200).max() < 12
    assert np.abs(evenly_lit((bare * fall).astype(np.uint8)).astype(int) - PAPER).max() < 8


@pytest.mark.parametrize("soft", [2.0, 12.0, 50.0])
@pytest.mark.parametrize("share", [0.45, 0.7])
def test_shadow_across_the_list_is_no_strike(soft: float, share: float) -> None:
    picture = Camera().of(voted())
    shadow = shade(picture, [(0, 1270), (2064, 1320), (2064, 2752), (0, 2752)], share, soft)
    never_wrong(read_photo(strike_ballot(), shadow))


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("corner", range(4))
def test_thumb_over_a_mark_is_refused(corner: int) -> None:
    page = voted()
    mark = PLAN.corners[corner]
    page.rub(Rect(mark.x - 2, mark.y - 2, 10, 10), grey=150)
    refused = refusal_of(read_photo(strike_ballot(), Camera(FROM_BELOW).of(page)))
    assert refused == Refusal(RefusalReason.CORNERS_NOT_FOUND, "3", "4")


def test_mark_outside_of_the_picture_is_refused() -> None:
    picture = Camera(STRAIGHT).of(voted())
    refused = refusal_of(read_photo(strike_ballot(), np.ascontiguousarray(picture[:, 360:])))
    assert refused.reason is RefusalReason.CORNERS_NOT_FOUND


def test_table_without_a_sheet_is_refused() -> None:
    empty = Camera().finish(np.full((2752, 2064), 120, np.uint8))
    assert refusal_of(rectified(empty, PLAN)) == Refusal(RefusalReason.CORNERS_NOT_FOUND, "0", "4")


def test_two_sheets_in_one_picture_are_refused() -> None:
    camera = Camera(size=(2000, 2828))
    table = np.full((2828, 4000), 60, np.uint8)
    both = camera.laid(voted(), camera.laid(voted(), table), aside=1.0)
    refused = refusal_of(rectified(camera.finish(both), PLAN))
    assert refused.reason is RefusalReason.CORNERS_NOT_FOUND
    assert int(refused.found) > 4


def test_coarse_photograph_is_refused_with_its_figure() -> None:
    refused = refusal_of(rectified(Camera(size=(1200, 1600)).of(voted()), PLAN))
    assert refused.reason is RefusalReason.PHOTO_TOO_COARSE
    assert 90 < int(refused.found.removesuffix(" dpi")) < 150
    assert refused.expected == "150 dpi"


@pytest.mark.parametrize("way", [(1, 17), (17, 1), (13, 13)])
def test_blurred_photograph_is_refused(way: tuple[int, int]) -> None:
    refused = refusal_of(rectified(np.asarray(cv2.blur(Camera().of(voted()), way), np.uint8), PLAN))
    assert refused.reason is RefusalReason.PHOTO_BLURRED


def test_oblique_photograph_is_refused() -> None:
    slope = Camera(((0.20, 0.10), (0.80, 0.10), (0.96, 0.97), (0.04, 0.97)), size=(3000, 3600))
    assert refusal_of(rectified(slope.of(voted()), PLAN)).reason is RefusalReason.PHOTO_OBLIQUE


def test_other_dark_squares_on_the_table_mislead_nobody() -> None:
    camera = Camera(((0.15, 0.10), (0.85, 0.10), (0.85, 0.88), (0.15, 0.88)), table=200, size=(3000, 4000))
    picture = camera.of(voted())
    for x, y in ((150, 200), (2800, 300), (2750, 3800), (200, 3700), (1500, 3850)):
        picture[y : y + 62, x : x + 62] = 30
    never_wrong(read_photo(strike_ballot(), picture))


def test_mirrored_photograph_is_never_read_as_it_lies() -> None:
    answer = read_photo(strike_ballot(), np.ascontiguousarray(Camera().of(voted())[:, ::-1]))
    assert not isinstance(answer, ReadPage) or set(verdicts(answer).values()) == {Mark.DOUBTFUL}


@pytest.mark.parametrize("grey", [255, 235])
def test_paper_over_a_struck_name_is_told(grey: int) -> None:
    page = voted()
    box = page.target(STRUCK[1]).box
    page.rub(Rect(box.x - 5, box.y - 1, box.w + 10, box.h + 2), grey=grey)
    answer = read_photo(strike_ballot(), Camera().of(page))
    assert answer == (page.target(STRUCK[1]).candidate,)


def test_reflection_over_part_of_a_name_is_told() -> None:
    page = voted()
    target = page.target(2)
    left, right = target.words[-1]
    page.rub(Rect(left - 1, target.box.y - 1, right - left + 2, target.box.h + 2))
    assert read_photo(strike_ballot(), Camera().of(page)) == (target.candidate,)


def test_square_that_does_not_show_is_told() -> None:
    paper = agree_ballot()
    page = paper.page(1, PAPER_DPI)
    for k in range(len(paper.candidates)):
        page.cross(k, TargetKind.AGREE)
    target = page.target(3, TargetKind.DISAGREE)
    page.rub(Rect(target.box.x - 1, target.box.y - 1, target.box.w + 2, target.box.h / 2))
    assert read_photo(paper, Camera().of(page)) == (target.candidate,)


def test_whole_print_is_seen_whichever_way_the_page_lies() -> None:
    for quarters in (0, 2):
        page = level(replace(Camera(), quarters=quarters).of(voted()))
        assert unseen(page, PLAN, quarters) == ()


# --- laws -------------------------------------------------------------------------------------------------------------


@given(
    corners=st.tuples(*[st.tuples(st.floats(-0.035, 0.035), st.floats(-0.035, 0.035)) for _ in range(4)]),
    table=st.integers(10, 200),
    left=st.floats(0.5, 1.0),
    quarters=st.integers(0, 3),
)
@settings(max_examples=8, deadline=None)
def test_law_no_view_turns_a_mark_into_its_opposite(
    corners: tuple[tuple[float, float], ...], table: int, left: float, quarters: int
) -> None:
    moved = tuple((x + dx, y + dy) for (x, y), (dx, dy) in zip(STRAIGHT, corners, strict=True))
    camera = Camera(moved, table=table, light=(left, 1.0), quarters=quarters)
    answer = read_photo(strike_ballot(), camera.of(voted()))
    if isinstance(answer, ReadPage):
        never_wrong(answer)
