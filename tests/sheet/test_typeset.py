"""Lines that fit: wrapped at spaces, balanced, kept together by no-break spaces."""

from __future__ import annotations

import pytest

from daihoi.sheet.errors import HeadingTooLongError
from daihoi.sheet.terms import Anchor, Style
from daihoi.sheet.typeset import ASCENT_EM, MM_PER_PT, NO_BREAK, Say, fitted, stack, wrap


def ruler(text: str, size_pt: float, style: Style) -> float:
    """A millimetre a letter at 10 points."""
    return len(text) * size_pt / 10


def test_wrap_leaves_a_short_line_alone() -> None:
    assert wrap("một hai", 10, Style.REGULAR, 20, ruler) == ("một hai",)


def test_wrap_breaks_at_spaces_only() -> None:
    assert wrap("một hai ba", 10, Style.REGULAR, 7, ruler) == ("một", "hai ba")


def test_wrap_balances_its_lines() -> None:
    assert wrap("aaaa bbbb cccc dddd", 10, Style.REGULAR, 15, ruler) == ("aaaa bbbb", "cccc dddd")


def test_wrap_uses_as_few_lines_as_a_greedy_one() -> None:
    assert len(wrap("a " * 20, 10, Style.REGULAR, 10, ruler)) == 4


def test_wrap_keeps_no_break_spaces() -> None:
    assert wrap(f"xx Nà{NO_BREAK}Lương", 10, Style.REGULAR, 9, ruler) == ("xx", f"Nà{NO_BREAK}Lương")


def test_wrap_lets_a_long_word_stand_out_alone() -> None:
    assert wrap("aa bbbbbbbbbbbb", 10, Style.REGULAR, 5, ruler) == ("aa", "bbbbbbbbbbbb")


def test_fitted_takes_the_largest_size_that_fits() -> None:
    assert fitted(Say("aaaaaaaaaa", (20.0, 15.0, 10.0), lines=1), 16, ruler) == (15.0, ("aaaaaaaaaa",))


def test_fitted_prefers_a_smaller_size_to_a_third_line() -> None:
    say = Say("aaaa bbbb cccc", (20.0, 10.0), lines=3)
    assert fitted(say, 10, ruler) == (10.0, ("aaaa bbbb", "cccc"))


def test_fitted_takes_a_third_line_where_no_size_fits_in_two() -> None:
    assert fitted(Say("aaaaaaaa bbbbbbbb cccccccc", (10.0,), lines=3), 10, ruler)[1] == (
        "aaaaaaaa",
        "bbbbbbbb",
        "cccccccc",
    )


def test_fitted_gives_up_a_no_break_space_rather_than_refuse() -> None:
    assert fitted(Say(f"aaaa{NO_BREAK}bbbb", (10.0,)), 5, ruler) == (10.0, ("aaaa", "bbbb"))


def test_fitted_prints_ordinary_spaces() -> None:
    assert fitted(Say(f"aa{NO_BREAK}bb", (10.0,)), 50, ruler) == (10.0, ("aa bb",))


def test_fitted_refuses_by_the_text_itself() -> None:
    with pytest.raises(HeadingTooLongError) as refused:
        fitted(Say(f"aaaa{NO_BREAK}bbbb cccc", (10.0,), lines=2), 4, ruler)
    assert refused.value.fields == {"text": "aaaa bbbb cccc", "lines": 2}


def test_stack_sets_lines_under_one_another_around_the_axis() -> None:
    texts, bottom = stack([Say("aa bb", (10.0,), leading=1.2)], top=5.0, axis=50.0, width=3.0, measure=ruler)
    em = 10 * MM_PER_PT
    assert [(text.text, text.x, text.anchor) for text in texts] == [
        ("aa", 50.0, Anchor.MIDDLE),
        ("bb", 50.0, Anchor.MIDDLE),
    ]
    assert texts[0].baseline == pytest.approx(5.0 + ASCENT_EM * em)
    assert texts[1].baseline - texts[0].baseline == pytest.approx(1.2 * em)
    assert bottom == pytest.approx(5.0 + 2.4 * em)


def test_stack_skips_what_is_empty_with_its_white() -> None:
    says = [Say("", (10.0,), above=30.0), Say("aa", (10.0,))]
    assert stack(says, top=0.0, axis=0.0, width=9.0, measure=ruler) == stack(
        says[1:], top=0.0, axis=0.0, width=9.0, measure=ruler
    )


def test_stack_of_nothing_has_no_height() -> None:
    assert stack([], top=7.0, axis=0.0, width=9.0, measure=ruler) == ([], 7.0)
