"""Verdicts of the second reader from its numbers alone: each rule, its edges, and that doubt is always a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.reading.second.names import NameSigns
from daihoi.reading.second.squares import SquareSigns
from daihoi.reading.second.thresholds import DEFAULT
from daihoi.reading.second.verdict import judge_name, judge_squares, lost, might_be_fold
from daihoi.reading.terms import DoubtReason, ReadMark
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import TargetKind

EMPTY = SquareSigns(outline=0.5, extent=0.0, ink=0.0, tone=0.0, grey=0.01, around=0.0)
CROSS = SquareSigns(outline=0.5, extent=5.5, ink=5.0, tone=0.5, grey=0.2, around=0.5, narrow=3.8, wide=4.0)


def signs(
    gaps: Sequence[float] = (0.02, 0.02),
    words: Sequence[float] = (0.03, 0.05, 0.04),
    level: Sequence[float] = (0.75, 0.7, 0.76),
    *,
    inked: float | None = None,
    long: bool = True,
) -> NameSigns:
    """Signs of a kept name but for what is given."""
    dark = max(gaps, default=0.0) if inked is None else inked
    return NameSigns(tuple(words), tuple(gaps), dark, (long,) * len(words), lambda: tuple(level))


def struck(level: Sequence[float] = (0.99, 0.98, 1.0)) -> NameSigns:
    """Signs of a struck name."""
    return signs((0.7, 0.68), (0.6, 0.62, 0.5), level)


def said(mark: ReadMark) -> tuple[Mark, Mark, tuple[DoubtReason, ...]]:
    """What is said without who."""
    return mark.mark, mark.proposal, mark.reasons


def judged(one: NameSigns, lined: Sequence[float] = (0.0, 0.0), fold: float = 0.0) -> ReadMark:
    """The verdict of a name."""
    return judge_name("c01", one, DEFAULT, lined=lined, fold=fold)


def test_open_spaces_are_kept_and_closed_ones_struck() -> None:
    assert said(judged(signs())) == (Mark.KEPT, Mark.KEPT, ())
    assert said(judged(struck())) == (Mark.STRUCK, Mark.STRUCK, ())


@pytest.mark.parametrize(
    ("lined", "reason"),
    [
        ((0.0, 1.0), DoubtReason.UNDERLINE),
        ((1.0, 0.0), DoubtReason.BESIDE),
        ((0.6, 0.6), DoubtReason.CIRCLE),
    ],
)
def test_lines_about_a_kept_name_are_doubts(lined: tuple[float, float], reason: DoubtReason) -> None:
    assert said(judged(signs(), lined)) == (Mark.DOUBTFUL, Mark.KEPT, (reason,))
    assert judged(struck(), lined).mark is Mark.STRUCK


def test_one_open_space_of_three_is_a_seam_or_a_dry_pen() -> None:
    one = signs((0.6, 0.05, 0.7), (0.5, 0.4, 0.5, 0.6), (0.95, 0.9, 0.9, 0.97))
    assert judged(one).mark is Mark.STRUCK
    two = signs((0.6, 0.05, 0.05), (0.5, 0.4, 0.03, 0.02), (0.95, 0.9, 0.7, 0.7))
    assert said(judged(two)) == (Mark.DOUBTFUL, Mark.KEPT, (DoubtReason.SECOND_PARTIAL,))


def test_dust_in_one_space_never_strikes_a_name() -> None:
    assert judged(signs((0.04, 0.26), (0.1, 0.08, 0.16), (0.88, 0.72, 0.8))).mark is Mark.DOUBTFUL
    assert judged(signs((0.6,), (0.03, 0.04), (0.75, 0.85))).mark is Mark.DOUBTFUL


def test_a_name_of_two_words_is_struck_by_both_words_and_its_space() -> None:
    assert judged(signs((0.6,), (0.5, 0.4), (0.95, 0.98))).mark is Mark.STRUCK
    assert judged(signs((0.6,), (0.5, 0.03), (0.95, 0.75))).mark is Mark.DOUBTFUL


@pytest.mark.parametrize("end", [0, 2])
def test_spaces_closed_about_the_middle_alone_are_no_strike(end: int) -> None:
    words, level = [0.5, 0.6, 0.5], [0.99, 1.0, 0.99]
    words[end], level[end] = 0.03, 0.7
    assert said(judged(signs((0.6, 0.6), words, level))) == (
        Mark.DOUBTFUL,
        Mark.STRUCK,
        (DoubtReason.SECOND_PARTIAL,),
    )


def test_a_long_word_struck_alone_is_a_doubt_and_a_capital_is_none() -> None:
    one = ((0.02, 0.02), (0.03, 0.8, 0.03), (0.7, 0.99, 0.7))
    assert said(judged(signs(*one))) == (Mark.DOUBTFUL, Mark.KEPT, (DoubtReason.SECOND_PARTIAL,))
    assert judged(signs(*one, long=False)).mark is Mark.KEPT


def test_a_dry_pen_that_skips_every_space_is_a_doubt() -> None:
    level = (0.94, 0.92, 0.88)
    assert judged(signs((0.0, 0.0), (0.0, 0.0, 0.0), level, inked=0.9)).mark is Mark.DOUBTFUL
    # Without any ink in the spaces the letters are followed by nobody.
    assert judged(signs((0.0, 0.0), (0.0, 0.0, 0.0), level, inked=0.1)).mark is Mark.KEPT


def test_a_pen_that_skips_all_white_is_a_doubt_by_the_words_alone() -> None:
    words, level = (0.45, 0.19, 0.33), (0.98, 0.95, 1.0)
    assert said(judged(signs(words=words, level=level))) == (Mark.DOUBTFUL, Mark.KEPT, (DoubtReason.SECOND_PARTIAL,))
    assert judged(signs(words=words, level=(0.9, 0.9, 0.92))).mark is Mark.KEPT
    assert judged(signs(words=(0.1, 0.1, 0.1), level=level)).mark is Mark.KEPT


def test_spaces_neither_open_nor_closed_are_faint() -> None:
    between = (DEFAULT.open_space + DEFAULT.closed_space) / 2
    assert said(judged(signs((between, between)))) == (Mark.DOUBTFUL, Mark.KEPT, (DoubtReason.SECOND_FAINT,))


def test_a_fold_as_dark_as_the_line_is_a_doubt_and_a_pen_on_a_fold_is_not() -> None:
    pale = signs((0.3, 0.32), (0.3, 0.3, 0.28), (0.97, 0.97, 0.97))
    assert said(judged(pale, fold=0.25)) == (Mark.DOUBTFUL, Mark.KEPT, (DoubtReason.STREAK,))
    assert judged(pale).mark is Mark.STRUCK
    assert judged(struck(), fold=0.25).mark is Mark.STRUCK
    assert judged(signs(), fold=0.25).mark is Mark.KEPT


def test_folds_are_asked_for_only_where_the_line_is_pale() -> None:
    assert not might_be_fold(signs(), DEFAULT)
    assert might_be_fold(signs((0.3, 0.8)), DEFAULT)
    assert not might_be_fold(struck(), DEFAULT)


def test_a_name_without_spaces_is_judged_by_its_pieces() -> None:
    def pieces(*dark: float, line: float) -> Mark:
        return judged(signs((), dark, [line] * len(dark))).mark

    assert pieces(0.03, 0.05, 0.02, line=0.7) is Mark.KEPT
    assert pieces(0.5, 0.6, 0.5, line=0.97) is Mark.STRUCK
    assert pieces(0.5, 0.03, 0.02, line=0.75) is Mark.KEPT


def test_half_of_a_name_without_spaces_is_a_doubt() -> None:
    one = signs((), (0.6, 0.6, 0.03), (0.98, 0.98, 0.7))
    assert said(judged(one))[0] is Mark.DOUBTFUL


def test_a_row_that_is_lost_says_so() -> None:
    assert said(lost("c07")) == (Mark.DOUBTFUL, Mark.KEPT, (DoubtReason.SECOND_LOST,))


shares = st.floats(0, 1.2)


@st.composite
def any_signs(draw: st.DrawFn) -> NameSigns:
    """Any numbers that may be measured."""
    count = draw(st.integers(1, 5))
    words = draw(st.lists(shares, min_size=count, max_size=count))
    gaps = draw(st.lists(shares, min_size=count - 1, max_size=count - 1))
    level = draw(st.lists(st.floats(0, 1), min_size=count, max_size=count))
    return signs(gaps, words, level, inked=draw(shares), long=draw(st.booleans()))


@given(one=any_signs(), lined=st.tuples(shares, shares), fold=st.floats(0, 0.6))
def test_every_name_gets_one_of_three_words_and_every_doubt_a_reason(
    one: NameSigns, lined: tuple[float, float], fold: float
) -> None:
    mark = judged(one, lined, fold)
    assert mark.mark in {Mark.KEPT, Mark.STRUCK, Mark.DOUBTFUL}
    assert mark.proposal in {Mark.KEPT, Mark.STRUCK}
    assert (mark.mark is Mark.DOUBTFUL) == bool(mark.reasons)
    assert mark.mark in {mark.proposal, Mark.DOUBTFUL}


@given(one=any_signs())
def test_a_strike_leaves_at_most_one_space_open_and_a_kept_name_has_none_closed(one: NameSigns) -> None:
    mark = judged(one).mark
    closed = [gap >= DEFAULT.closed_space for gap in one.gaps]
    if mark is Mark.STRUCK:
        assert closed.count(False) <= 1
        assert any(closed) or not closed
    if mark is Mark.KEPT:
        assert not any(closed)


# --- squares ---------------------------------------------------------------------------------------------------------


def row(agree: SquareSigns, disagree: SquareSigns) -> ReadMark:
    """The verdict of a row of squares."""
    return judge_squares("c01", {TargetKind.AGREE: agree, TargetKind.DISAGREE: disagree}, DEFAULT)


@pytest.mark.parametrize(
    ("agree", "disagree", "mark"),
    [
        (CROSS, EMPTY, Mark.AGREE),
        (EMPTY, CROSS, Mark.DISAGREE),
        (EMPTY, EMPTY, Mark.NONE),
        (CROSS, CROSS, Mark.BOTH),
    ],
)
def test_squares_say_what_is_marked(agree: SquareSigns, disagree: SquareSigns, mark: Mark) -> None:
    assert said(row(agree, disagree)) == (mark, mark, ())


@pytest.mark.parametrize(
    ("square", "reason", "proposal"),
    [
        (replace(EMPTY, outline=0.05), DoubtReason.SECOND_LOST, Mark.NONE),
        (replace(CROSS, outline=0.05), DoubtReason.SECOND_LOST, Mark.AGREE),
        (replace(EMPTY, extent=1.5, ink=0.5, tone=0.5), DoubtReason.SECOND_SMALL, Mark.NONE),
        (replace(EMPTY, around=3.0), DoubtReason.SECOND_SMALL, Mark.NONE),
        (replace(EMPTY, grey=0.1), DoubtReason.SECOND_FAINT, Mark.NONE),
        (replace(CROSS, tone=0.18), DoubtReason.SECOND_FAINT, Mark.AGREE),
    ],
)
def test_a_square_that_is_not_sure_makes_its_row_doubtful(
    square: SquareSigns, reason: DoubtReason, proposal: Mark
) -> None:
    assert said(row(square, EMPTY)) == (Mark.DOUBTFUL, proposal, (reason,))


def test_a_line_from_side_to_side_is_no_mark() -> None:
    line = replace(CROSS, extent=4.3, ink=1.0, narrow=0.8, wide=4.2)
    assert said(row(line, EMPTY)) == (Mark.DOUBTFUL, Mark.AGREE, (DoubtReason.STREAK,))


def test_a_line_as_pale_as_an_erased_one_is_faint() -> None:
    pale = signs((0.23, 0.23), (0.2, 0.16, 0.23), (0.89, 0.89, 0.88))
    assert said(judged(pale)) == (Mark.DOUBTFUL, Mark.STRUCK, (DoubtReason.SECOND_FAINT,))


def test_specks_are_nothing() -> None:
    assert row(replace(EMPTY, extent=DEFAULT.speck_mm, ink=0.3, tone=0.6), EMPTY).mark is Mark.NONE


def test_a_blackened_square_beside_a_crossed_one_is_a_correction() -> None:
    filled = replace(CROSS, ink=15.0)
    assert said(row(filled, CROSS)) == (Mark.DOUBTFUL, Mark.BOTH, (DoubtReason.SECOND_BOTH,))
    assert row(replace(CROSS, ink=5.5), CROSS).mark is Mark.BOTH


def test_one_reason_is_said_once() -> None:
    small = replace(EMPTY, extent=1.5)
    assert row(small, small).reasons == (DoubtReason.SECOND_SMALL,)


squares = st.builds(
    SquareSigns,
    outline=shares,
    extent=st.floats(0, 6),
    ink=st.floats(0, 18),
    tone=shares,
    grey=shares,
    around=st.floats(0, 10),
    narrow=st.floats(0, 4.2),
    wide=st.floats(0, 4.2),
)


@given(agree=squares, disagree=squares)
def test_every_row_of_squares_gets_a_word_and_every_doubt_a_reason(agree: SquareSigns, disagree: SquareSigns) -> None:
    mark = row(agree, disagree)
    assert (mark.mark is Mark.DOUBTFUL) == bool(mark.reasons)
    assert mark.proposal in {Mark.AGREE, Mark.DISAGREE, Mark.BOTH, Mark.NONE}
    assert mark.mark in {mark.proposal, Mark.DOUBTFUL}
