"""Codes: which page of which ballot, which way up; anything else is refused by its plainest reason."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
import segno
from PIL import Image

from daihoi.reading.identify import TURNED, Identified, identify, of_another, page_to_image
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason
from daihoi.sheet.identity import decode, encode
from daihoi.sheet.slip import Slip
from daihoi.sheet.terms import Rect

from .hand import Ballot, Page, Scan, ballot, refusal_of, strike_ballot
from .steps import frame_in, known_in

PAPER = strike_ballot()
PLAN = PAPER.prepared.plan.pages[0]
IDENTITY = PAPER.prepared.identities[0]


def answer(image: GrayImage, paper: Ballot = PAPER) -> Identified | Refusal:
    """What the step says."""
    return identify(image, frame_in(image, paper), paper.prepared.plan.pages[0], paper.prepared.identities)


def covered(*codes: int, corner: int | None = None) -> Page:
    """A page with codes, and perhaps a corner mark, covered by paper."""
    page = PAPER.page()
    for code in codes:
        rect = PLAN.codes[code].rect
        page.rub(Rect(rect.x - 0.8, rect.y - 0.8, rect.w + 1.6, rect.h + 1.6))
    if corner is not None:
        page.rub(PLAN.corners[corner])
    return page


@cache
def code_pixels(text: str, side: int) -> GrayImage:
    """A code with another text, `side` px wide without its quiet zone."""
    out = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(out, kind="png", border=0, scale=8)
    image = Image.open(out).convert("L").resize((side, side), Image.Resampling.BOX)
    return np.asarray(image, np.uint8)


def recoded(*texts: str | None) -> Page:
    """A page whose codes say something else; None leaves a code as it was printed."""
    page = covered(*(place for place, text in enumerate(texts) if text is not None))
    px = page.dpi / 25.4
    for code, text in zip(PLAN.codes, texts, strict=True):
        if text is not None:
            drawn = code_pixels(text, round(code.rect.w * px))
            y, x = round(code.rect.y * px), round(code.rect.x * px)
            page.pixels[y : y + drawn.shape[0], x : x + drawn.shape[1]] = drawn
    return page


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
@pytest.mark.parametrize("skew", [-5.0, 5.0])
def test_page_is_known_however_it_lies(turn: int, skew: float) -> None:
    known = known_in(PAPER.page().scan(Scan(turn=turn, skew=skew)), PAPER)
    assert known.identity == IDENTITY
    assert known.turn == turn
    assert known.missing is None


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_points_come_in_the_order_of_the_page(turn: int) -> None:
    image = PAPER.page().scan(Scan(turn=turn))
    known = known_in(image, PAPER)
    middle = page_to_image(known.points, PLAN) @ np.array([105.0, 148.5, 1.0])
    height, width = image.shape
    assert middle[:2] / middle[2] == pytest.approx([width / 2, height / 2], abs=2)
    # The top left of the page lies in another corner of the image after every turn.
    quarter = [(0, 0), (width, 0), (width, height), (0, height)][turn]
    assert np.hypot(*(known.points[0] - quarter)) < 0.2 * height


def test_quarter_turns_name_every_corner_once() -> None:
    for order in TURNED.values():
        assert sorted(order) == [0, 1, 2, 3]
    assert len(set(TURNED.values())) == 4


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("bilevel", [False, True])
def test_codes_are_read_at_every_resolution(dpi: int, bilevel: bool) -> None:
    assert known_in(PAPER.page(dpi=300).scan(Scan(dpi=dpi, bilevel=bilevel)), PAPER).identity == IDENTITY


@pytest.mark.parametrize("gone", [0, 1])
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_one_readable_code_is_enough_with_four_marks(gone: int, turn: int) -> None:
    known = known_in(covered(gone).scan(Scan(turn=turn)), PAPER)
    assert (known.identity, known.turn) == (IDENTITY, turn)


def test_no_readable_code_is_refused() -> None:
    refused = refusal_of(answer(covered(0, 1).scan()))
    assert (refused.reason, refused.found, refused.expected) == (RefusalReason.CODE_UNREADABLE, "0", "2")


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_mark_under_the_stamp_may_be_missing_when_both_codes_agree(turn: int) -> None:
    known = known_in(covered(corner=0).scan(Scan(turn=turn)), PAPER)
    assert (known.missing, known.turn) == (0, turn)


@pytest.mark.parametrize("gone", [0, 1])
def test_mark_missing_and_one_code_alone_is_refused(gone: int) -> None:
    refused = refusal_of(answer(covered(gone, corner=0).scan()))
    assert (refused.reason, refused.found, refused.expected) == (RefusalReason.CORNERS_NOT_FOUND, "3", "4")


@pytest.mark.parametrize("corner", [1, 2, 3])
@pytest.mark.parametrize("turn", [0, 2])
def test_any_other_missing_mark_is_refused(corner: int, turn: int) -> None:
    refused = refusal_of(answer(covered(corner=corner).scan(Scan(turn=turn))))
    assert refused.reason is RefusalReason.CORNERS_NOT_FOUND


def test_codes_that_disagree_are_refused_and_both_shown() -> None:
    other = encode(replace(IDENTITY, round=2))
    refused = refusal_of(answer(recoded(None, other).scan()))
    assert refused.reason is RefusalReason.CODES_DISAGREE
    assert other in refused.found
    assert encode(IDENTITY) in refused.found


@pytest.mark.parametrize("text", ["https://example.org/menu", "DH1:TOO:SHORT", "DH2:" + encode(IDENTITY)[4:]])
def test_code_of_somebody_else_is_refused(text: str) -> None:
    refused = refusal_of(answer(recoded(text, text).scan()))
    assert refused.reason is RefusalReason.NOT_OUR_CODE
    assert refused.found == text[:60]


def test_text_of_a_strange_code_is_shown_without_control_letters() -> None:
    text = "line\nđổi\x1b[31m" + "x" * 100
    refused = refusal_of(answer(recoded(text, text).scan(Scan(dpi=300))))
    assert refused.reason in {RefusalReason.NOT_OUR_CODE, RefusalReason.CODE_UNREADABLE}
    assert all(letter.isascii() and letter.isprintable() for letter in refused.found)
    assert len(refused.found) <= 60


OTHERS = {
    RefusalReason.OTHER_CONGRESS: (lambda: ballot(10, title="Đại hội Đảng bộ xã khác"), None, "congress"),
    RefusalReason.OTHER_CONTEST: (lambda: ballot(10, contest="btv"), None, "contest"),
    RefusalReason.OTHER_ROUND: (lambda: ballot(10, round_=2), None, "round"),
    RefusalReason.OTHER_FORM: (lambda: ballot(9), None, "check"),
    RefusalReason.REHEARSAL: (lambda: ballot(10, rehearsal=True), None, "rehearsal"),
    RefusalReason.NOT_REHEARSAL: (strike_ballot, lambda: ballot(10, rehearsal=True), "rehearsal"),
}


@pytest.mark.parametrize("reason", sorted(OTHERS))
def test_ballot_of_another_count_is_refused_with_its_own_reason(reason: RefusalReason) -> None:
    foreign, counted, field = OTHERS[reason]
    paper = counted() if counted else PAPER
    image = foreign().page().scan()
    refused = refusal_of(answer(image, paper))
    assert refused.reason is reason
    assert refused.expected
    assert refused.found != refused.expected
    ours, theirs = paper.prepared.identities[0], foreign().prepared.identities[0]
    assert getattr(ours, field) != getattr(theirs, field)


def test_same_form_under_another_secret_is_refused() -> None:
    forged = ballot(10, secret=b"another secret of 32 bytes .....")
    refused = refusal_of(answer(forged.page().scan()))
    assert refused.reason is RefusalReason.OTHER_FORM
    assert IDENTITY.check in refused.expected
    assert forged.prepared.identities[0].check in refused.found


@pytest.mark.parametrize("number", [1, 2])
def test_both_sides_of_a_sheet_are_told_apart(number: int) -> None:
    paper = ballot(70)
    known = known_in(paper.page(number).scan(), paper)
    assert (known.identity.page, known.identity.pages) == (number, 2)


def test_every_printed_code_says_what_its_page_is() -> None:
    for paper in (PAPER, ballot(70), ballot(10, rehearsal=True)):
        for plan, identity in zip(paper.prepared.plan.pages, paper.prepared.identities, strict=True):
            assert len(plan.codes) == 2
            assert {code.payload for code in plan.codes} == {encode(identity)}
            assert decode(plan.codes[0].payload) == identity


def test_codes_damaged_by_a_pen_are_mended_by_their_error_correction() -> None:
    page = PAPER.page()
    for code in PLAN.codes:
        rect = code.rect
        page.pen([(rect.x + 5, rect.y + 7), (rect.right - 5, rect.y + 9)], 0.4)
    assert known_in(page.scan(), PAPER).identity == IDENTITY


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"congress": "ABCDEG"}, RefusalReason.OTHER_CONGRESS),
        ({"contest": "UBKT"}, RefusalReason.OTHER_CONTEST),
        ({"round": 2}, RefusalReason.OTHER_ROUND),
        ({"rehearsal": True}, RefusalReason.REHEARSAL),
        ({"batch": 5, "ballots": 49}, None),
    ],
)
def test_slip_of_another_ballot_is_refused_by_what_differs(
    change: dict[str, Any], reason: RefusalReason | None
) -> None:
    ours = IDENTITY
    slip = Slip(ours.congress, ours.contest, ours.round, 4, 7, 50, rehearsal=ours.rehearsal)
    refused = of_another(replace(slip, **change), ours)
    assert (refused.reason if refused else None) is reason
