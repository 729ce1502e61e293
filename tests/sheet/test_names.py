"""Printed names: one size, condensed where needed, two lines where nobody strikes, refused when hopeless."""

from __future__ import annotations

import pytest

from daihoi.sheet.errors import NameTooLongError
from daihoi.sheet.names import NARROWEST, SMALLEST_PT, largest_size, page_size, print_name, two_line_size
from daihoi.sheet.terms import Listed, Rect, Style
from daihoi.sheet.typeset import ASCENT_EM, DESCENT_EM, MM_PER_PT

ROW = Rect(20.0, 100.0, 80.0, 10.0)


def ruler(text: str, size_pt: float, style: Style) -> float:
    """A millimetre a letter at 10 points."""
    return len(text) * size_pt / 10


def name(label: str, note: str = "") -> Listed:
    return Listed("c01", label, note)


def test_name_that_fits_is_set_as_it_is() -> None:
    printed = print_name(name("Lê An"), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler)
    (text,) = printed.texts
    assert (text.text, text.size_pt, text.stretch, text.x) == ("Lê An", 10.0, 1.0, 30.0)


def test_box_is_as_wide_as_the_name_and_as_high_as_its_letters_can_be() -> None:
    printed = print_name(name("Lê An"), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler)
    em = 10 * MM_PER_PT
    assert (printed.box.x, printed.box.w) == (30.0, 5.0)
    assert printed.box.h == pytest.approx((ASCENT_EM + DESCENT_EM) * em)
    assert printed.box.y + printed.box.h / 2 == pytest.approx(105.0)


def test_words_are_measured_one_by_one() -> None:
    printed = print_name(name("Lê Văn An"), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler)
    assert printed.words == ((30.0, 32.0), (33.0, 36.0), (37.0, 39.0))


def test_long_name_is_condensed_into_its_room() -> None:
    printed = print_name(name("a" * 25), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler)
    assert printed.texts[0].stretch == pytest.approx(0.8)
    assert printed.box.w == pytest.approx(20.0)


def test_words_of_a_condensed_name_are_condensed_too() -> None:
    printed = print_name(name("aaaa bbbbb"), left=0.0, room=8.0, row=ROW, size=10.0, measure=ruler)
    assert printed.words[-1] == (pytest.approx(4.0), pytest.approx(8.0))


def test_longer_name_is_set_smaller_too() -> None:
    (text,) = print_name(name("a" * 31), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler).texts
    assert text.size_pt < 10.0
    assert text.stretch >= NARROWEST


def test_hopeless_name_is_refused_by_name_and_figures() -> None:
    with pytest.raises(NameTooLongError) as refused:
        print_name(name("a" * 60), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler)
    fields = refused.value.fields
    assert (fields["candidate"], fields["name"], fields["room_mm"]) == ("c01", "a" * 60, 20.0)
    assert fields["needed_mm"] == pytest.approx(60 * SMALLEST_PT / 10 * NARROWEST, abs=0.05)


def test_note_takes_its_room_from_the_name() -> None:
    printed = print_name(name("a" * 18, "(1975)"), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler)
    label, note = printed.texts
    assert note.text == "(1975)"
    assert note.x - printed.box.right == pytest.approx(2.5)
    assert note.x + ruler(note.text, note.size_pt, note.style) == pytest.approx(50.0)
    assert label.stretch < 1.0


def test_struck_name_never_stands_in_two_lines() -> None:
    printed = print_name(name("aaaaaaaaaaaaa bbbbbbbbbbbb"), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler)
    assert len(printed.texts) == 1


def test_name_that_is_no_target_may_stand_in_two_lines() -> None:
    printed = print_name(
        name("aaaa bbbbbbbb cccccccc dddd", "(1975)"),
        left=30.0,
        room=20.0,
        row=ROW,
        size=10.0,
        measure=ruler,
        most_lines=2,
    )
    assert [text.text for text in printed.texts] == ["aaaa bbbbbbbb", "cccccccc dddd", "(1975)"] or printed.texts[
        1
    ].text
    assert ROW.y < printed.box.y
    assert printed.box.bottom < ROW.bottom
    assert all(text.x + ruler(text.text, text.size_pt, text.style) * text.stretch <= 50.001 for text in printed.texts)


def test_two_lines_are_cut_where_both_are_short() -> None:
    printed = print_name(
        name("aaaa bbbbbbbb cccccccc dddd"), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler, most_lines=2
    )
    assert [text.text for text in printed.texts] == ["aaaa bbbbbbbb", "cccccccc dddd"]


def test_single_word_cannot_stand_in_two_lines() -> None:
    printed = print_name(name("a" * 25), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler, most_lines=2)
    assert len(printed.texts) == 1


@pytest.mark.parametrize("pitch", [8.0, 9.0, 10.25, 13.0])
def test_largest_size_leaves_white_to_the_rulings(pitch: float) -> None:
    em = largest_size(pitch, 99.0) * MM_PER_PT
    assert 1.2 <= (pitch - (ASCENT_EM + DESCENT_EM) * em) / 2 < 1.6


def test_largest_size_keeps_to_its_limit() -> None:
    assert largest_size(13.0, 15.0) == 15.0


@pytest.mark.parametrize("pitch", [10.0, 11.5, 13.0])
def test_two_lines_fit_their_row(pitch: float) -> None:
    em = two_line_size(pitch) * MM_PER_PT
    assert (ASCENT_EM + DESCENT_EM + 1.12) * em <= pitch - 1.8


def test_page_size_is_the_largest_when_all_names_are_short() -> None:
    assert page_size([name("a")] * 5, 20.0, 12.0, 1.0, ruler) == 12.0


def test_page_size_gives_way_to_a_long_name() -> None:
    names = [name("a" * 20)] + [name("a")] * 9
    assert page_size(names, 20.0, 12.0, 1.0, ruler) == 11.0


def test_page_size_ignores_the_share_that_may_be_split() -> None:
    names = [name("a" * 20)] + [name("a")] * 9
    assert page_size(names, 20.0, 12.0, 0.8, ruler) == 12.0


def test_page_size_never_falls_below_four_fifths() -> None:
    assert page_size([name("a" * 90)], 20.0, 15.0, 1.0, ruler) == 12.0


def test_name_refused_in_two_lines_is_named_whole() -> None:
    with pytest.raises(NameTooLongError) as refused:
        print_name(
            name("a" * 20 + " " + "b" * 60), left=30.0, room=20.0, row=ROW, size=10.0, measure=ruler, most_lines=2
        )
    assert refused.value.fields["name"] == "a" * 20 + " " + "b" * 60


def test_two_lines_leave_room_for_the_note() -> None:
    printed = print_name(
        name("aaaaaaaa bbbbbbbb cccccccc", "(1975)"),
        left=30.0,
        room=20.0,
        row=ROW,
        size=10.0,
        measure=ruler,
        most_lines=2,
    )
    upper, lower, note = printed.texts
    assert (upper.text, lower.text) == ("aaaaaaaa bbbbbbbb", "cccccccc")
    assert note.baseline == lower.baseline
    assert note.x + ruler(note.text, note.size_pt, note.style) <= 50.001
