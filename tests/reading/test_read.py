"""Whole pages: both forms, both sides, every resolution and lay; what cannot be read is refused with figures."""

from __future__ import annotations

import numpy as np
import pytest

from daihoi.reading.load import load_page
from daihoi.reading.read import Reader, read_page
from daihoi.reading.terms import DoubtReason, PrintedForm, ReadPage, Refusal, RefusalReason
from daihoi.reading.thresholds import CANONICAL_DPI, DEFAULT
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect

from .hand import (
    AGREE,
    DISAGREE,
    Ballot,
    Page,
    Scan,
    agree_ballot,
    ballot,
    g4_of,
    jpeg_of,
    marks_of,
    printed,
    refusal_of,
    strike_ballot,
    verdicts,
)

PAPER = strike_ballot()
SQUARES = agree_ballot()
STRUCK = {"c02", "c05", "c09"}
SAID = {
    "c01": Mark.AGREE,
    "c02": Mark.DISAGREE,
    "c03": Mark.BOTH,
    "c04": Mark.NONE,
    "c05": Mark.AGREE,
    "c06": Mark.DISAGREE,
}


def voted(dpi: int = 300) -> Page:
    """A strike-out ballot of an ordinary voter, stamped."""
    page = PAPER.page(dpi=dpi)
    return page.strike(1).strike(4, rise=3).strike(8, wave=0.5, width=0.3, grey=80).stamp(2, -1)


def ticked(dpi: int = 300) -> Page:
    """An agree ballot of an ordinary voter, stamped."""
    page = SQUARES.page(dpi=dpi).cross(0, AGREE).tick(1, DISAGREE).cross(2, AGREE).cross(2, DISAGREE)
    return page.slash(4, AGREE).fill(5, DISAGREE).stamp(-2, 1)


HOWS = {
    "150 dpi": Scan(dpi=150),
    "200 dpi": Scan(),
    "300 dpi": Scan(dpi=300),
    "400 dpi": Scan(dpi=400),
    "upside down": Scan(turn=2),
    "landscape": Scan(turn=1),
    "landscape the other way": Scan(turn=3),
    "skew 5": Scan(skew=5),
    "skew -5 upside down": Scan(skew=-5, turn=2),
    "skew 5 landscape 150": Scan(skew=5, turn=1, dpi=150),
    "dark": Scan(white=150, black=20),
    "flat": Scan(white=230, black=110),
    "noisy": Scan(noise=9),
    "soft": Scan(blur=0.2),
    "jpeg 30": Scan(jpeg=30),
    "one bit": Scan(bilevel=True),
    "one bit 300": Scan(bilevel=True, dpi=300),
    "fit to page": Scan(size=0.96),
    "stretched": Scan(stretch=1.012),
    "shifted": Scan(shift=(4, -3)),
}


@pytest.mark.parametrize("how", sorted(HOWS))
def test_strike_ballot_reads_the_same_on_every_scanner(how: str) -> None:
    marks = voted().marks(HOWS[how])
    assert {candidate for candidate, mark in marks.items() if mark.mark is Mark.STRUCK} == STRUCK
    doubtful = [mark for mark in marks.values() if mark.mark is Mark.DOUBTFUL]
    assert len(doubtful) <= (1 if how in {"soft", "flat"} else 0), doubtful


@pytest.mark.parametrize("how", sorted(HOWS))
def test_agree_ballot_reads_the_same_on_every_scanner(how: str) -> None:
    assert verdicts(ticked().read(HOWS[how])) == SAID


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_page_says_how_it_lay_and_at_what_resolution(turn: int) -> None:
    read = voted(200).read(Scan(turn=turn, dpi=240))
    assert isinstance(read, ReadPage)
    assert (read.page, read.turn) == (1, turn)
    assert read.dpi == pytest.approx(240, rel=0.003)


def test_marks_come_in_the_order_of_the_list() -> None:
    for paper in (PAPER, SQUARES):
        read = paper.page().read()
        assert isinstance(read, ReadPage)
        assert tuple(mark.candidate for mark in read.marks) == paper.candidates


@pytest.mark.parametrize("number", [1, 2])
def test_both_sides_of_a_large_sheet_are_read(number: int) -> None:
    paper = ballot(70)
    page = paper.page(number)
    page.strike(0).strike(3, rise=2)
    read = page.read(Scan(turn=2 * (number - 1)))
    assert isinstance(read, ReadPage)
    assert read.page == number
    struck = {mark.candidate for mark in read.marks if mark.mark is Mark.STRUCK}
    assert struck == {page.target(0).candidate, page.target(3).candidate}
    assert {mark.mark for mark in read.marks} == {Mark.KEPT, Mark.STRUCK}


def test_two_sides_hold_all_candidates_between_them() -> None:
    paper = ballot(70)
    sides = [marks_of(paper.page(number).read()) for number in (1, 2)]
    assert not set(sides[0]) & set(sides[1])
    assert (*sides[0], *sides[1]) == paper.candidates


@pytest.mark.parametrize(("names", "agree"), [(1, True), (2, True), (3, False), (30, False), (44, False), (15, True)])
def test_sheets_of_every_size_are_read(names: int, agree: bool) -> None:
    paper = ballot(names, agree=agree)
    page = paper.page()
    if agree:
        for row in range(names):
            page.cross(row, AGREE if row % 2 else DISAGREE)
        expected = {c: Mark.AGREE if row % 2 else Mark.DISAGREE for row, c in enumerate(paper.candidates)}
    else:
        for row in range(0, names, 3):
            page.strike(row)
        expected = {c: Mark.KEPT if row % 3 else Mark.STRUCK for row, c in enumerate(paper.candidates)}
    assert verdicts(page.stamp().read(Scan(skew=1))) == expected


def test_rehearsal_ballot_is_read_in_a_rehearsal() -> None:
    paper = ballot(10, rehearsal=True)
    marks = paper.page().strike(3).stamp().marks()
    assert {candidate for candidate, mark in marks.items() if mark.mark is Mark.STRUCK} == {"c04"}
    assert {mark.mark for mark in marks.values()} == {Mark.KEPT, Mark.STRUCK}


# --- refusals ---------------------------------------------------------------------------------------------------------


def white(height: int = 2339, width: int = 1654, grey: int = 244) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """An empty sheet."""
    return np.full((height, width), grey, np.uint8)


@pytest.mark.parametrize("grey", [255, 244, 180])
def test_blank_page_is_named_as_such(grey: int) -> None:
    refused = refusal_of(PAPER.read(white(grey=grey)))
    assert (refused.reason, refused.found, refused.expected) == (RefusalReason.BLANK_PAGE, "0", "4")


def test_page_of_text_is_not_blank() -> None:
    page = white()
    for line in range(200, 2000, 40):
        page[line : line + 12, 150:1400] = 40
    refused = refusal_of(PAPER.read(page))
    assert (refused.reason, refused.found) == (RefusalReason.CORNERS_NOT_FOUND, "0")


@pytest.mark.parametrize("shape", [(1, 1), (3, 3), (1, 3000), (3000, 1), (40, 60), (200, 140)])
@pytest.mark.parametrize("grey", [0, 255])
def test_images_of_any_shape_are_refused_and_never_raise(shape: tuple[int, int], grey: int) -> None:
    assert refusal_of(PAPER.read(np.full(shape, grey, np.uint8))).expected


def test_noise_is_refused() -> None:
    noise = np.random.default_rng(3).integers(0, 256, (2339, 1654)).astype(np.uint8)
    assert refusal_of(PAPER.read(noise)).reason in {RefusalReason.CORNERS_NOT_FOUND, RefusalReason.BLANK_PAGE}


def test_half_a_page_is_refused() -> None:
    image = voted(200).scan()
    for part in (image[:1200], image[1100:], image[:, :800], image[:, 800:]):
        refused = refusal_of(PAPER.read(np.ascontiguousarray(part)))
        assert refused.reason in {
            RefusalReason.CORNERS_NOT_FOUND,
            RefusalReason.CODE_UNREADABLE,
            RefusalReason.DISTORTED,
            RefusalReason.WRONG_SCALE,
        }


def test_mirrored_page_is_refused_or_read_right() -> None:
    answer = PAPER.read(np.ascontiguousarray(voted(200).scan()[:, ::-1]))
    if isinstance(answer, ReadPage):
        assert {mark.candidate for mark in answer.marks if mark.mark is Mark.STRUCK} == STRUCK
    else:
        assert refusal_of(answer).expected


def test_two_missing_corners_are_counted() -> None:
    page = PAPER.page()
    for corner in page.ballot.prepared.plan.pages[0].corners[:2]:
        page.rub(Rect(corner.x - 1, corner.y - 1, corner.w + 2, corner.h + 2))
    refused = refusal_of(page.read())
    assert (refused.reason, refused.found, refused.expected) == (RefusalReason.CORNERS_NOT_FOUND, "2", "4")


def test_corner_under_the_stamp_does_not_stop_the_reading() -> None:
    page = voted(200)
    corner = PAPER.prepared.plan.pages[0].corners[0]
    page.blot(Rect(corner.x - 3, corner.y - 3, corner.w + 7, corner.h + 5), 120)
    marks = page.marks()
    assert {candidate for candidate, mark in marks.items() if mark.mark is Mark.STRUCK} == STRUCK


OTHERS: dict[RefusalReason, tuple[Ballot, Ballot]] = {
    RefusalReason.OTHER_CONTEST: (ballot(10, contest="dbctren"), PAPER),
    RefusalReason.OTHER_ROUND: (ballot(10, round_=2), PAPER),
    RefusalReason.OTHER_FORM: (ballot(11), PAPER),
    RefusalReason.REHEARSAL: (ballot(10, rehearsal=True), PAPER),
    RefusalReason.NOT_REHEARSAL: (PAPER, ballot(10, rehearsal=True)),
    RefusalReason.OTHER_CONGRESS: (ballot(10, title="Đại hội khác"), PAPER),
}


@pytest.mark.parametrize("reason", sorted(OTHERS))
@pytest.mark.parametrize("turn", [0, 3])
def test_ballot_of_another_count_is_refused(reason: RefusalReason, turn: int) -> None:
    strange, counted = OTHERS[reason]
    refused = refusal_of(counted.read(strange.page().scan(Scan(turn=turn))))
    assert refused.reason is reason
    assert refused.expected


def test_agree_ballot_in_a_strike_count_is_refused() -> None:
    assert isinstance(PAPER.read(SQUARES.page().scan()), Refusal)
    assert isinstance(SQUARES.read(PAPER.page().scan()), Refusal)


@pytest.mark.parametrize("dpi", [72, 100, 120])
def test_coarse_scan_is_refused(dpi: int) -> None:
    refused = refusal_of(voted(200).read(Scan(dpi=dpi)))
    assert refused.reason in {
        RefusalReason.WRONG_SCALE,
        RefusalReason.CODE_UNREADABLE,
        RefusalReason.CORNERS_NOT_FOUND,
        RefusalReason.BLANK_PAGE,
    }


# --- what comes with an answer ----------------------------------------------------------------------------------------


def test_doubtful_marks_carry_a_crop_and_clear_ones_none() -> None:
    marks = PAPER.page().strike(1).strike(4, end=0.5).marks()
    assert marks["c05"].crop.startswith(b"\x89PNG")
    assert marks["c05"].reasons
    assert all(not mark.crop and not mark.reasons for c, mark in marks.items() if c != "c05")


def test_crop_shows_the_row_and_its_neighbourhood() -> None:
    crop = load_page(PAPER.page().strike(4, end=0.5).marks()["c05"].crop, "crop.png", 0)
    assert not isinstance(crop, Refusal)
    row = PAPER.page().target(4).row
    assert crop.shape[0] == pytest.approx((row.h + 6) * 200 / 25.4, abs=3)
    assert crop.shape[1] == pytest.approx((row.w + 6) * 200 / 25.4, abs=40)


def test_same_image_reads_to_the_same_bytes() -> None:
    image = PAPER.page().strike(1).strike(4, end=0.5).writing(110, 230).scan()
    assert PAPER.read(image) == PAPER.read(image.copy()) == read_page(image, PAPER.form, PAPER.prepared.identities)


def test_reading_leaves_the_image_alone() -> None:
    image = voted(200).scan()
    image.flags.writeable = False
    before = image.copy()
    assert isinstance(PAPER.read(image), ReadPage)
    assert np.array_equal(image, before)


def test_order_of_pages_does_not_matter() -> None:
    one, two = voted(200).scan(), PAPER.page().strike(0).scan(Scan(white=180))
    first = (PAPER.read(one), PAPER.read(two))
    assert (PAPER.read(two), PAPER.read(one)) == first[::-1]


def test_form_drawn_at_another_resolution_is_a_programming_error() -> None:
    form = PrintedForm(PAPER.prepared.plan, printed(PAPER.prepared.pdf, 100), 100)
    with pytest.raises(ValueError, match=str(CANONICAL_DPI)):
        Reader(form, PAPER.prepared.identities, DEFAULT)


@pytest.mark.parametrize("encode", [lambda image: jpeg_of(image, 75), lambda image: g4_of([image])])
def test_files_as_scanners_write_them_are_read(encode: object) -> None:
    image = voted(200).scan(Scan(bilevel=encode.__code__.co_names[0] == "g4_of"))  # type: ignore[attr-defined]
    loaded = load_page(encode(image), "a", 0)  # type: ignore[operator]
    assert not isinstance(loaded, Refusal)
    read = verdicts(PAPER.read(loaded))
    assert {candidate for candidate, mark in read.items() if mark is Mark.STRUCK} == STRUCK


def test_every_doubt_reason_is_a_plain_word() -> None:
    assert all(reason.value.isidentifier() for reason in DoubtReason)
    assert all(reason.value.isidentifier() for reason in RefusalReason)


@pytest.mark.parametrize(
    ("skew", "left", "right", "top"), [(0.0, 13.3, 0.0, 0.0), (0.0, 0.0, 13.3, 0.0), (4.0, 0.0, 0.0, 9.5)]
)
def test_scan_that_ends_close_to_the_marks_is_read(skew: float, left: float, right: float, top: float) -> None:
    image = PAPER.page().strike(2).scan(Scan(skew=skew))
    px = 200 / 25.4
    cut = image[round(top * px) :, round(left * px) : image.shape[1] - round(right * px)]
    words = verdicts(PAPER.read(np.ascontiguousarray(cut)))
    assert [name for name, mark in words.items() if mark is not Mark.KEPT] == ["c03"]
    assert words["c03"] is Mark.STRUCK
