"""What stands on a page: rulings, boxes, words; drawn here stroke by stroke."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from daihoi.learning.printed import (
    MOST_PIECES,
    Piece,
    Word,
    around,
    figures_in,
    mm,
    printed_on,
    text_lines,
    words_of,
)
from daihoi.reading.flat import PAGE_PX
from daihoi.reading.terms import GrayImage


def page() -> GrayImage:
    return np.full(PAGE_PX, 255, np.uint8)


def ruled(rows: int = 4, height: int = 80) -> GrayImage:
    image = page()
    for k in range(rows + 1):
        cv2.line(image, (200, 300 + k * height), (1400, 300 + k * height), (0,), 3)
    for x in (200, 320, 1400):
        cv2.line(image, (x, 300), (x, 300 + rows * height), (0,), 3)
    return image


def test_table_is_found_with_its_rulings() -> None:
    (table,) = printed_on(ruled()).tables
    assert table.ys == pytest.approx((300, 380, 460, 540, 620), abs=2)
    assert table.xs == pytest.approx((200, 320, 1400), abs=2)


def test_frame_around_the_page_is_no_table() -> None:
    image = page()
    cv2.rectangle(image, (60, 60), (1590, 2270), (0,), 4)
    assert printed_on(image).tables == ()


def test_rulings_broken_into_dashes_are_still_rulings() -> None:
    image = ruled()
    image[:, 260:1400:40] = 255
    (table,) = printed_on(image).tables
    assert len(table.ys) == 5


@pytest.mark.parametrize("kind", ["square", "oval", "ring"])
def test_boxes_of_every_shape_are_found(kind: str) -> None:
    image = page()
    for k in range(5):
        at = (400, 400 + 100 * k)
        if kind == "square":
            cv2.rectangle(image, (at[0] - 18, at[1] - 18), (at[0] + 18, at[1] + 18), (0,), 3)
        else:
            cv2.ellipse(image, at, (28, 16) if kind == "oval" else (18, 18), 0, 0, 360, (0,), 3)
    assert len(printed_on(image).boxes) == 5


def test_letters_o_of_a_word_are_no_boxes() -> None:
    image = page()
    for k in range(6):
        cv2.ellipse(image, (400 + 44 * k, 500), (18, 18), 0, 0, 360, (0,), 3)
    assert printed_on(image).boxes == ()


def test_filled_shapes_and_rulings_are_no_boxes() -> None:
    image = ruled()
    cv2.rectangle(image, (700, 900), (740, 940), (0,), cv2.FILLED)
    assert printed_on(image).boxes == ()


def test_lone_ring_beside_squares_is_no_box() -> None:
    image = page()
    for k in range(4):
        cv2.rectangle(image, (400, 400 + 100 * k), (436, 436 + 100 * k), (0,), 3)
    cv2.ellipse(image, (900, 200), (30, 30), 0, 0, 360, (0,), 3)
    assert len(printed_on(image).boxes) == 4


def test_noise_has_no_print() -> None:
    noise = np.where(np.random.default_rng(4).random(PAGE_PX) < 0.02, 0, 255).astype(np.uint8)
    found = printed_on(noise)
    assert (found.letters, found.tables, found.boxes) == ((), (), ())
    assert MOST_PIECES > 3000


def pieces(*xs: tuple[int, int], y: int = 100, h: int = 26) -> list[Piece]:
    return [Piece(x, y, w, h, w * h) for x, w in xs]


def test_words_part_where_the_paper_is_as_wide_as_a_space() -> None:
    words = words_of(pieces((0, 14), (17, 14), (34, 14), (60, 14), (77, 14)))
    assert [(word.box.x, word.box.right) for word in words] == [(0, 48), (60, 91)]


def test_no_words_without_letters() -> None:
    assert words_of([]) == []


def test_lines_take_the_tone_marks_nearest_to_them() -> None:
    upper, lower = pieces((0, 14), (20, 14), y=100), pieces((0, 14), (20, 14), y=160)
    mark = Piece(2, 150, 8, 6, 40)
    lines = text_lines([*upper, *lower, mark])
    assert [len(line) for line in lines] == [2, 3]
    assert mark in lines[1]


@pytest.mark.parametrize(
    ("word", "figures"),
    [
        (pieces((0, 14)), 1),
        ([*pieces((0, 14), (18, 14)), Piece(36, 121, 4, 4, 16)], 2),
        ([*pieces((0, 14)), Piece(2, 88, 8, 6, 30)], 0),
        ([*pieces((0, 30)), Piece(33, 108, 14, 18, 100)], 0),
        (pieces((0, 12), h=8), 0),
        (pieces((0, 14), (18, 14), (36, 14), (54, 14), (72, 14)), 0),
    ],
    ids=["7", "12.", "letter_with_tone", "capital_and_small", "dash", "five_figures"],
)
def test_figures_are_told_from_letters(word: list[Piece], figures: int) -> None:
    assert figures_in(Word(around(word), tuple(word))) == figures


def test_mm_are_px_of_the_canvas() -> None:
    assert mm(25.4) == 200
