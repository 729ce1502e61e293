"""Drawn marks and the word each must come to: a clear mark, an empty one, or a doubt with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from daihoi.reading.classify import classify_page
from daihoi.reading.score import NameScore, RowScore
from daihoi.reading.score_squares import SquareScore
from daihoi.reading.terms import DoubtReason, ReadMark
from daihoi.reading.thresholds import DEFAULT
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect

from .hand import AGREE, DISAGREE, Page, Scan, agree_ballot, strike_ballot

PAPER = strike_ballot()
SQUARES = agree_ballot()
ROW = 4


def name_mark(draw: Callable[[Page], Page], how: Scan | None = None) -> ReadMark:
    """The mark of the fifth name; all others must stay kept unless they are doubtful too."""
    marks = draw(PAPER.page(dpi=300)).marks(how)
    assert all(m.mark in {Mark.KEPT, Mark.DOUBTFUL} for c, m in marks.items() if c != "c05")
    return marks["c05"]


def square_mark(draw: Callable[[Page], Page], how: Scan | None = None) -> ReadMark:
    """The mark of the third person; all others must stay empty unless they are doubtful too."""
    marks = draw(SQUARES.page(dpi=300)).marks(how)
    assert all(m.mark in {Mark.NONE, Mark.DOUBTFUL} for c, m in marks.items() if c != "c03")
    return marks["c03"]


# --- strikes ----------------------------------------------------------------------------------------------------------

STRIKES: dict[str, Callable[[Page], Page]] = {
    "straight": lambda p: p.strike(ROW),
    "thin": lambda p: p.strike(ROW, width=0.25, grey=60),
    "felt pen": lambda p: p.strike(ROW, width=1.3),
    "pencil": lambda p: p.strike(ROW, width=0.6, grey=130),
    "rising": lambda p: p.strike(ROW, rise=4),
    "falling": lambda p: p.strike(ROW, rise=-4),
    "wavy": lambda p: p.strike(ROW, wave=0.6),
    "high in the letters": lambda p: p.strike(ROW, at=0.45),
    "low in the letters": lambda p: p.strike(ROW, at=0.68),
    "dry with small gaps": lambda p: p.strike(ROW, gaps=[(0.2, 0.24), (0.5, 0.55), (0.8, 0.83)]),
    "long on both sides": lambda p: p.strike(ROW, over=8),
    "short of the ends": lambda p: p.strike(ROW, over=-1),
    "twice": lambda p: p.strike(ROW, at=0.5).strike(ROW, at=0.65),
    "crossed out": lambda p: p.strike(ROW, rise=3).strike(ROW, rise=-3),
}


@pytest.mark.parametrize("kind", sorted(STRIKES))
def test_clear_strike_is_struck(kind: str) -> None:
    mark = name_mark(STRIKES[kind])
    assert (mark.mark, mark.proposal, mark.reasons, mark.crop) == (Mark.STRUCK, Mark.STRUCK, (), b"")


NO_STRIKES: dict[str, tuple[Callable[[Page], Page], set[DoubtReason]]] = {
    "family name alone": (lambda p: p.strike(ROW, end=0.35), {DoubtReason.PARTIAL_STRIKE}),
    "given name alone": (lambda p: p.strike(ROW, start=0.65), {DoubtReason.PARTIAL_STRIKE}),
    "middle alone": (lambda p: p.strike(ROW, start=0.35, end=0.65), {DoubtReason.PARTIAL_STRIKE}),
    "underline": (lambda p: p.underline(ROW, 0.4), {DoubtReason.UNDERLINE, DoubtReason.BESIDE}),
    "low underline": (lambda p: p.underline(ROW, 1.2), {DoubtReason.UNDERLINE, DoubtReason.BESIDE}),
    "circle": (lambda p: p.circle(ROW, 0.9), {DoubtReason.CIRCLE, DoubtReason.TWO_ROWS, DoubtReason.UNDERLINE}),
    "tick on the name": (
        lambda p: p.pen([(x := p.target(ROW).box.x + 6, y := p.target(ROW).box.y + 2), (x + 2, y + 3), (x + 7, y - 2)]),
        {DoubtReason.PARTIAL_STRIKE, DoubtReason.SMALL_INK, DoubtReason.TICK_ON_NAME},
    ),
    "cross before the name": (
        lambda p: p.pen([(x := p.target(ROW).box.x - 6, y := p.target(ROW).box.y), (x + 3, y + 4)]).pen(
            [(x, y + 4), (x + 3, y)]
        ),
        {DoubtReason.BESIDE},
    ),
    "dot on the name": (
        lambda p: p.blot(Rect(p.target(ROW).box.x + 10, p.target(ROW).box.bottom - 1, 2.2, 1.4)),
        {DoubtReason.SMALL_INK, DoubtReason.PARTIAL_STRIKE, DoubtReason.UNDERLINE},
    ),
    "broken in the middle": (
        lambda p: p.strike(ROW, gaps=[(0.3, 0.7)]),
        {DoubtReason.BROKEN_LINE, DoubtReason.PARTIAL_STRIKE},
    ),
    "erased": (lambda p: p.strike(ROW, grey=215, width=0.8), {DoubtReason.ERASED, DoubtReason.FAINT}),
    "line over two names": (
        lambda p: p.pen(
            [(p.target(ROW).box.x, p.target(ROW).box.y), (p.target(ROW + 1).box.right, p.target(ROW + 1).box.bottom)]
        ),
        {DoubtReason.TWO_ROWS, DoubtReason.PARTIAL_STRIKE, DoubtReason.BROKEN_LINE},
    ),
}


@pytest.mark.parametrize("kind", sorted(NO_STRIKES))
def test_anything_short_of_a_strike_is_doubtful_with_its_reason(kind: str) -> None:
    draw, reasons = NO_STRIKES[kind]
    mark = name_mark(draw)
    assert mark.mark is Mark.DOUBTFUL
    assert mark.reasons
    assert set(mark.reasons) & reasons, mark.reasons
    assert mark.crop.startswith(b"\x89PNG")


def test_line_over_two_names_makes_both_doubtful() -> None:
    page = PAPER.page()
    upper, lower = page.target(3).box, page.target(4).box
    marks = page.pen([(upper.x + 4, upper.y + 2), (upper.x + 9, lower.bottom - 1)], 0.6).marks()
    assert marks["c04"].mark is marks["c05"].mark is Mark.DOUBTFUL
    assert DoubtReason.TWO_ROWS in marks["c04"].reasons + marks["c05"].reasons


def test_block_of_rows_struck_by_one_zigzag_is_doubtful() -> None:
    page = PAPER.page()
    boxes = [page.target(row).box for row in (2, 3, 4)]
    path = [(x, box.y + 0.6 * box.h) for box in boxes for x in (box.x, box.right)]
    marks = page.pen(path, 0.5).marks()
    touched = [marks[f"c0{row + 1}"] for row in (2, 3, 4)]
    assert all(mark.mark is Mark.DOUBTFUL for mark in touched)


def test_neighbouring_strikes_stay_clear() -> None:
    page = PAPER.page()
    for row in range(10):
        page.strike(row, rise=(-1) ** row * 2)
    assert {mark.mark for mark in page.marks().values()} == {Mark.STRUCK}


def test_dust_is_nothing() -> None:
    page = PAPER.page()
    for row in range(10):
        box = page.target(row).box
        page.blot(Rect(box.right + 4, box.y + 1, 0.4, 0.4)).blot(Rect(box.x - 3, box.y + 2, 0.3, 0.3))
    assert {mark.mark for mark in page.marks().values()} == {Mark.KEPT}


@pytest.mark.parametrize("proposal", [(0.15, Mark.KEPT), (0.95, Mark.STRUCK)])
def test_proposal_is_the_likelier_mark(proposal: tuple[float, Mark]) -> None:
    share, likely = proposal
    page = PAPER.page()
    mark = page.strike(ROW, end=share, grey=40).marks()["c05"]
    assert mark.proposal is likely


# --- squares ----------------------------------------------------------------------------------------------------------

MARKS: dict[str, Callable[[Page], Page]] = {
    "cross": lambda p: p.cross(2, AGREE),
    "small cross": lambda p: p.cross(2, AGREE, 2.6),
    "large cross": lambda p: p.cross(2, AGREE, 8),
    "tick": lambda p: p.tick(2, AGREE),
    "slash": lambda p: p.slash(2, AGREE),
    "filled": lambda p: p.fill(2, AGREE),
    "pencil cross": lambda p: p.cross(2, AGREE, grey=150),
    "flying tick": lambda p: p.pen(
        [((s := p.square(2, AGREE)).x + 1, s.y + 3), (s.x + 2.5, s.y + 5), (s.right + 2, s.y - 1)]
    ),
    "scribble": lambda p: p.pen(
        [((s := p.square(2, AGREE)).x + 1 + k * 0.5, s.y + (1 if k % 2 else 5)) for k in range(9)]
    ),
}


@pytest.mark.parametrize("kind", sorted(MARKS))
def test_cross_tick_slash_and_fill_are_marks(kind: str) -> None:
    mark = square_mark(MARKS[kind])
    assert (mark.mark, mark.reasons, mark.crop) == (Mark.AGREE, (), b"")


@pytest.mark.parametrize("kind", ["cross", "tick", "slash", "filled"])
def test_marks_in_the_other_square_say_the_other(kind: str) -> None:
    draw = {
        "cross": lambda p: p.cross(2, DISAGREE),
        "tick": lambda p: p.tick(2, DISAGREE),
        "slash": lambda p: p.slash(2, DISAGREE),
        "filled": lambda p: p.fill(2, DISAGREE),
    }[kind]
    assert square_mark(draw).mark is Mark.DISAGREE


@pytest.mark.parametrize("size", [0.2, 0.3, 0.4, 0.5])
@pytest.mark.parametrize("how", [Scan(), Scan(blur=0.06), Scan(dpi=300), Scan(dpi=400)])
def test_dot_below_six_tenths_of_a_millimetre_is_empty(size: float, how: Scan) -> None:
    assert square_mark(lambda p: p.dot(2, AGREE, size), how).mark is Mark.NONE


@pytest.mark.parametrize("size", [0.9, 1.2, 1.5])
def test_ink_between_a_speck_and_a_mark_is_doubtful(size: float) -> None:
    mark = square_mark(lambda p: p.dot(2, AGREE, size))
    assert mark.mark is Mark.DOUBTFUL
    assert DoubtReason.SMALL_INK in mark.reasons


def test_both_squares_and_none_are_words_of_their_own() -> None:
    page = SQUARES.page().cross(2, AGREE).tick(2, DISAGREE)
    marks = page.marks()
    assert marks["c03"].mark is Mark.BOTH
    assert {mark.mark for candidate, mark in marks.items() if candidate != "c03"} == {Mark.NONE}


DOUBTS: dict[str, tuple[Callable[[Page], Page], set[DoubtReason]]] = {
    "beside": (
        lambda p: p.pen([((s := p.square(2, AGREE)).x - 9, s.y + 1), (s.x - 5, s.y + 5)]),
        {DoubtReason.BESIDE},
    ),
    "ring around": (
        lambda p: p.ring(Rect((s := p.square(2, AGREE)).x - 1.6, s.y - 1.6, s.w + 3.2, s.h + 3.2)),
        {DoubtReason.BESIDE, DoubtReason.TWO_ROWS, DoubtReason.LEAVES_BOX},
    ),
    "line through both": (
        lambda p: p.pen([((s := p.square(2, AGREE)).x + 1, s.y + 3), (p.square(2, DISAGREE).right - 1, s.y + 3)], 0.6),
        {DoubtReason.UNCLEAR},
    ),
    "line through two rows": (
        lambda p: p.pen([((s := p.square(2, AGREE)).x + 3, s.y + 1), (s.x + 3, p.square(3, AGREE).bottom - 1)], 0.6),
        {DoubtReason.TWO_ROWS},
    ),
    "corrected": (
        lambda p: p.cross(2, AGREE).fill(2, AGREE).cross(2, DISAGREE),
        {DoubtReason.SCRIBBLE},
    ),
    "erased": (lambda p: p.cross(2, AGREE, grey=228), {DoubtReason.ERASED, DoubtReason.FAINT, DoubtReason.SMALL_INK}),
}


@pytest.mark.parametrize("kind", sorted(DOUBTS))
def test_ink_that_could_mean_two_things_is_doubtful(kind: str) -> None:
    draw, reasons = DOUBTS[kind]
    mark = square_mark(draw)
    assert mark.mark is Mark.DOUBTFUL
    assert set(mark.reasons) & reasons, mark.reasons
    assert mark.crop


def test_name_struck_on_an_agree_form_is_for_a_person() -> None:
    page = SQUARES.page(dpi=300)
    square = page.square(2, AGREE)
    row = next(t.row for t in SQUARES.prepared.plan.pages[0].targets if t.candidate == "c03")
    mark = page.pen([(row.x + 12, square.y + 3), (row.x + 60, square.y + 3)], 0.5).marks()["c03"]
    assert mark.mark is Mark.DOUBTFUL
    assert mark.proposal is Mark.NONE


# --- scores alone -----------------------------------------------------------------------------------------------------

WHOLE = NameScore(
    cover=0.95,
    word_cover=(0.9, 0.9),
    word_span=(0.9, 0.9),
    evidence=0.5,
    core_share=0.9,
    low_mm=20.0,
    gap_mm=1.0,
    largest_mm=30.0,
    area_mm2=15.0,
    strokes=frozenset({1}),
)


def mark_of(score: NameScore, **limits: float) -> ReadMark:
    """The verdict on one name by its score."""
    row = RowScore("c01", score, (), score.beside_mm)
    return classify_page((row,), frozenset(), replace(DEFAULT, **limits))[0]


def test_whole_score_is_struck_and_no_score_is_kept() -> None:
    assert mark_of(WHOLE).mark is Mark.STRUCK
    assert mark_of(NameScore()).mark is Mark.KEPT


@pytest.mark.parametrize(
    "weaker",
    [
        {"cover": 0.5},
        {"word_cover": (0.9, 0.1)},
        {"word_cover": (0.1, 0.9)},
        {"core_share": 0.1},
        {"gap_mm": 9.0},
        {"evidence": 0.1},
        {"beside_mm": 4.0},
    ],
)
def test_every_measure_alone_can_make_a_strike_doubtful(weaker: dict[str, object]) -> None:
    mark = mark_of(replace(WHOLE, **weaker))  # type: ignore[arg-type]
    assert mark.mark is Mark.DOUBTFUL
    assert mark.reasons


@pytest.mark.parametrize(("low", "below", "struck"), [(4.3, 0.2, True), (12.0, 0.2, False), (4.3, 0.6, False)])
def test_a_coil_that_comes_up_again_and_again_is_a_strike(low: float, below: float, struck: bool) -> None:
    coil = replace(WHOLE, core_share=0.3, low_mm=low, below=below)
    assert (mark_of(coil).mark is Mark.STRUCK) is struck
    assert mark_of(replace(coil, core_share=0.2)).mark is Mark.DOUBTFUL


@pytest.mark.parametrize(("at", "wave"), [(0.78, 0.7), (0.78, 1.0), (0.85, 1.0), (0.92, 1.5), (1.0, 1.5)])
def test_a_wave_drawn_too_low_is_no_coil(at: float, wave: float) -> None:
    assert name_mark(lambda page: page.strike(ROW, at=at, wave=wave)).mark is Mark.DOUBTFUL


def test_a_dash_along_a_name_is_no_speck() -> None:
    dash = NameScore(cover=0.14, evidence=0.033, core_share=1.0, gap_mm=4.4, largest_mm=1.5, area_mm2=0.45)
    assert (mark_of(dash).mark, mark_of(dash).proposal) == (Mark.DOUBTFUL, Mark.KEPT)
    assert mark_of(replace(dash, evidence=0.014)).mark is Mark.KEPT


@pytest.mark.parametrize(
    "stronger", [{"largest_mm": 2.5}, {"area_mm2": 1.5}, {"faint_mm": 8.0}, {"evidence": 0.2}, {"beside_mm": 3.0}]
)
def test_every_measure_alone_can_make_a_clean_name_doubtful(stronger: dict[str, float]) -> None:
    mark = mark_of(replace(NameScore(), **stronger))  # type: ignore[arg-type]
    assert mark.mark is Mark.DOUBTFUL
    assert mark.proposal is Mark.KEPT


def test_thresholds_are_settings_of_the_verdict_alone() -> None:
    half = replace(WHOLE, cover=0.5)
    assert mark_of(half).mark is Mark.DOUBTFUL
    assert mark_of(half, strike_cover=0.45).mark is Mark.STRUCK


def test_row_that_lies_astray_is_doubtful() -> None:
    rows = (RowScore("c01", NameScore(), (), 0.0), RowScore("c02", NameScore(), (), 0.0))
    marks = classify_page(rows, frozenset({1}), DEFAULT)
    assert marks[0].mark is Mark.KEPT
    assert (marks[1].mark, marks[1].reasons) == (Mark.DOUBTFUL, (DoubtReason.LOCAL_SHIFT,))


def test_stroke_on_two_names_makes_both_doubtful() -> None:
    rows = tuple(RowScore(candidate, WHOLE, (), 0.0) for candidate in ("c01", "c02"))
    assert {mark.mark for mark in classify_page(rows, frozenset(), DEFAULT)} == {Mark.DOUBTFUL}


def test_hidden_name_is_doubtful_unless_struck() -> None:
    assert mark_of(replace(WHOLE, hidden=0.9)).mark is Mark.STRUCK
    hidden = mark_of(NameScore(hidden=0.9))
    assert (hidden.mark, hidden.reasons) == (Mark.DOUBTFUL, (DoubtReason.STREAK,))


def test_hidden_square_is_doubtful() -> None:
    squares = (SquareScore(AGREE, hidden=0.8), SquareScore(DISAGREE))
    mark = classify_page((RowScore("c01", None, squares, 0.0),), frozenset(), DEFAULT)[0]
    assert (mark.mark, mark.reasons) == (Mark.DOUBTFUL, (DoubtReason.STREAK,))


def test_a_speck_that_goes_on_under_a_fold_is_doubtful() -> None:
    for meets, word in ((True, Mark.DOUBTFUL), (False, Mark.NONE)):
        speck = SquareScore(AGREE, 0.44, 0.5, 0.18, total_mm2=0.24, tone=0.5, hidden=0.5, meets_hidden=meets)
        mark = classify_page((RowScore("c01", None, (speck, NOTHING), 0.0),), frozenset(), DEFAULT)[0]
        assert mark.mark is word


@pytest.mark.parametrize(
    ("cover", "covers", "spans", "struck"),
    [
        # family and half of the given name, of three words and of two
        (0.83, (1.0, 0.5), (1.0, 0.5), False),
        (0.75, (1.0, 0.5), (1.0, 0.5), False),
        # begins in the middle of a short family name and runs on to the end
        (0.93, (0.33, 1.0), (0.43, 1.0), True),
        # a dry pen from end to end
        (0.65, (0.4, 0.4), (0.95, 0.95), True),
        # one telling column of a word is no crossing
        (0.8, (1.0, 1.0), (1.0, 0.05), False),
        # ends before the given name
        (0.9, (1.0, 0.0), (1.0, 0.0), False),
    ],
)
def test_a_strike_runs_through_both_outer_words(
    cover: float, covers: tuple[float, float], spans: tuple[float, float], struck: bool
) -> None:
    mark = mark_of(replace(WHOLE, cover=cover, word_cover=covers, word_span=spans))
    assert (mark.mark is Mark.STRUCK) is struck
    assert struck or mark.mark is Mark.DOUBTFUL


@pytest.mark.parametrize(
    ("covers", "spans", "reaches", "struck"),
    [
        # both ends hidden by letters, three quarters of each word at the most
        ((0.5, 0.5), (0.5, 0.5), (0.78, 0.78), True),
        # half of a word, and clean paper beyond it
        ((0.5, 1.0), (0.5, 1.0), (0.6, 1.0), False),
        # a long way that is hidden is no stroke
        ((0.5, 1.0), (0.2, 1.0), (1.0, 1.0), False),
    ],
)
def test_a_strike_may_end_behind_letters(
    covers: tuple[float, float], spans: tuple[float, float], reaches: tuple[float, float], struck: bool
) -> None:
    mark = mark_of(replace(WHOLE, cover=0.8, word_cover=covers, word_span=spans, word_reach=reaches))
    assert (mark.mark is Mark.STRUCK) is struck


@pytest.mark.parametrize(
    ("cover", "span", "gap", "struck"),
    [(0.57, 0.7, 1.5, True), (0.57, 0.7, 2.0, False), (0.57, 0.5, 1.5, False), (0.5, 0.7, 1.5, False)],
)
def test_a_line_of_short_dashes_is_a_strike(cover: float, span: float, gap: float, struck: bool) -> None:
    dashes = replace(WHOLE, cover=cover, word_cover=(0.5, 0.5), word_span=(span, span), gap_mm=gap)
    assert (mark_of(dashes).mark is Mark.STRUCK) is struck


def test_pieces_of_a_dry_cross_are_a_mark_and_dots_are_none() -> None:
    pieces = SquareScore(AGREE, 1.7, 1.0, 1.1, total_mm2=4.0, spread_mm=4.3, tone=0.8, inside_share=1.0)
    dots = SquareScore(AGREE, extent_mm=0.5, breadth_mm=0.5, area_mm2=0.3, total_mm2=0.9, spread_mm=3.5, tone=0.8)
    none = SquareScore(DISAGREE)
    few = replace(DEFAULT, marks_that_show_a_pen=0)
    assert classify_page((RowScore("c01", None, (pieces, none), 0.0),), frozenset(), few)[0].mark is Mark.AGREE
    assert classify_page((RowScore("c01", None, (dots, none), 0.0),), frozenset(), few)[0].mark is not Mark.AGREE
    small = replace(pieces, total_mm2=2.0, spread_mm=2.6)
    assert words_of(boxed("c01", small)) == [Mark.AGREE]
    for weaker in (replace(small, extent_mm=1.2), replace(small, total_mm2=1.6), replace(small, spread_mm=2.2)):
        assert words_of(boxed("c01", weaker)) == [Mark.DOUBTFUL]


@pytest.mark.parametrize("lines", [1, 2])
def test_line_over_rows_of_squares_is_no_mark_at_its_ends(lines: int) -> None:
    page = SQUARES.page(dpi=300)
    start, end = page.square(1, AGREE), page.square(4, DISAGREE)
    arms = [
        [(start.x, start.y), (end.right, end.bottom)],
        [(end.right, start.y), (start.x, end.bottom)],
    ]
    for arm in arms[:lines]:
        page.pen(arm)
    marks = page.marks()
    assert all(marks[name].mark is Mark.DOUBTFUL for name in ("c02", "c03", "c04", "c05"))
    assert DoubtReason.TWO_ROWS in marks["c02"].reasons
    assert DoubtReason.TWO_ROWS in marks["c05"].reasons
    assert marks["c01"].mark is marks["c06"].mark is Mark.NONE


def test_crosses_in_rows_that_follow_each_other_stay_marks() -> None:
    page = SQUARES.page(dpi=300)
    for row in range(5):
        page.cross(row, AGREE, 8)
    assert [mark.mark for mark in page.marks().values()] == [Mark.AGREE] * 5 + [Mark.NONE]


CROSS = SquareScore(AGREE, 5.0, 4.5, 5.0, total_mm2=5.0, spread_mm=5.0, tone=0.8, inside_share=1.0)
TICK = replace(CROSS, breadth_mm=1.5)
NOTHING = SquareScore(DISAGREE)


def boxed(candidate: str, square: SquareScore, **more: bool) -> RowScore:
    """A row of which the first square carries a mark."""
    return RowScore(candidate, None, (square, NOTHING), 0.0, **more)


def words_of(*rows: RowScore) -> list[Mark]:
    """The marks of rows by their scores."""
    return [mark.mark for mark in classify_page(rows, frozenset(), DEFAULT)]


def test_whole_crosses_that_meet_on_the_rulings_are_marks_of_their_own() -> None:
    rows = [boxed("c01", CROSS, runs_on=True), boxed("c02", CROSS, runs_on=True), boxed("c03", CROSS)]
    assert words_of(*rows) == [Mark.AGREE] * 3


def test_what_is_broader_than_a_pen_joins_even_whole_crosses() -> None:
    rows = [boxed("c01", CROSS, runs_on=True, broadly=True), boxed("c02", CROSS)]
    assert words_of(*rows) == [Mark.DOUBTFUL] * 2


def test_a_cross_that_runs_into_a_mark_that_is_not_whole_makes_both_doubtful() -> None:
    assert words_of(boxed("c01", CROSS, runs_on=True), boxed("c02", TICK)) == [Mark.DOUBTFUL] * 2
    dry = replace(TICK, across_mm=4.0, total_mm2=4.2)
    assert words_of(boxed("c01", CROSS, runs_on=True), boxed("c02", dry)) == [Mark.AGREE] * 2
    tail = replace(dry, total_mm2=2.0)
    assert words_of(boxed("c01", CROSS, runs_on=True), boxed("c02", tail)) == [Mark.DOUBTFUL] * 2
    partly = RowScore("c01", None, (CROSS, replace(TICK, kind=DISAGREE)), 0.0, runs_on=True)
    assert words_of(partly, boxed("c02", CROSS)) == [Mark.DOUBTFUL] * 2


def test_one_pale_mark_among_dark_ones_is_doubtful_and_four_pale_ones_are_the_pen() -> None:
    pale = 0.9 * DEFAULT.pale
    marks = words_of(*(boxed(f"c{k}", replace(CROSS, tone=tone)) for k, tone in enumerate((0.8, 0.8, pale, 0.8))))
    assert marks == [Mark.AGREE, Mark.AGREE, Mark.DOUBTFUL, Mark.AGREE]
    assert words_of(*(boxed(f"c{k}", replace(CROSS, tone=pale)) for k in range(4))) == [Mark.AGREE] * 4
    assert words_of(boxed("c0", replace(CROSS, tone=pale))) == [Mark.DOUBTFUL]


def test_a_dash_at_another_height_is_no_end_of_the_strike() -> None:
    page = PAPER.page(dpi=300).strike(ROW, at=0.6)
    target = page.target(ROW)
    height, end = target.row.y + 1.3, target.box.right
    mark = page.pen([(end + 6, height), (end + 12, height)]).marks()["c05"]
    assert (mark.mark, mark.proposal) == (Mark.DOUBTFUL, Mark.STRUCK)
    assert DoubtReason.BESIDE in mark.reasons
