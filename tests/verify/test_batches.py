"""Batches by docs/dev/ledger.md: a number that nobody has settled waits, and the board's word settles it."""

from __future__ import annotations

import pytest

from daihoi.verify.batches import batches_waiting
from daihoi.verify.sheets import History, Page, Slip, papers_of


def piled(text: str, sizes: dict[str, int], sides: int = 1) -> History:
    """Digits are slips of that batch, F front, B back, X refused, A alike; a small letter lies in another folder."""
    history = History()
    for number, letter in enumerate(text):
        place = (f"{'other' if letter.islower() else 'pile'}/{number}.jpg", 0)
        if letter.isdigit():
            slip = Slip(place, (int(letter), 2, sizes[letter]))
            history.slips[place] = slip
            history.order.append(slip)
            continue
        side = {"F": 1, "A": 1, "B": 2, "X": 0}[letter.upper()]
        page = Page(place, "0" * 64, side, {"c01": "kept"} if side else {}, alike="0.jpg#0" if letter == "A" else "")
        history.pages[place] = page
        history.order.append(page)
    return history


def waiting(text: str, sizes: dict[str, int], sides: int = 1, **answers: str) -> list[int]:
    """The batches that wait; answers by p and the place of the page in the text."""
    history = piled(text, sizes, sides)
    for place, word in answers.items():
        history.decisions[f"page:pile/{place[1:]}.jpg#0", ""] = word
    return [slip.key[0] for slip in batches_waiting(history, sides)]


@pytest.mark.parametrize(
    ("text", "open_batches"),
    [
        ("", []),
        ("FFF", []),
        ("1FF2F", []),
        ("1F2F", [1]),
        ("1FFF2F", [1]),
        ("1F2FF", [1, 2]),
        ("12FFF", [1, 2]),
        ("1F2F1F", []),
        ("1FFf2F", []),
        ("1F12F", [1]),
        ("11FF22F", []),
        ("1FX2F", []),
        ("F1FF2F", []),
    ],
)
def test_batch_waits_when_scanner_and_hand_differ(text: str, open_batches: list[int]) -> None:
    assert waiting(text, {"1": 2, "2": 1}) == open_batches


def test_word_of_the_board_settles_a_batch_and_nothing_else_does() -> None:
    assert waiting("1F2F", {"1": 2, "2": 1}, p0="recounted") == []
    assert waiting("1F2F", {"1": 2, "2": 1}, p0="not_a_ballot") == [1]
    assert waiting("1F2FF", {"1": 2, "2": 1}, p0="recounted") == [2]


@pytest.mark.parametrize(("scanned", "open_batches"), [(1, []), (2, [1]), (0, [1])])
def test_word_of_the_board_settles_the_number_that_it_names(scanned: int, open_batches: list[int]) -> None:
    history = piled("1F2F", {"1": 2, "2": 1})
    history.decisions["page:pile/0.jpg#0", ""] = "recounted"
    history.recounted["page:pile/0.jpg#0"] = scanned
    assert [slip.key[0] for slip in batches_waiting(history, 1)] == open_batches


def test_word_on_a_later_slip_of_the_batch_settles_nothing() -> None:
    assert waiting("1F2F1FF", {"1": 2, "2": 1}, p4="recounted") == [1]


def test_sheet_that_is_out_of_the_count_is_out_of_its_batch() -> None:
    assert waiting("1FFX2F", {"1": 2, "2": 1}) == [1]
    assert waiting("1FFX2F", {"1": 2, "2": 1}, p3="not_a_ballot") == []
    assert waiting("1FX2F", {"1": 2, "2": 1}, p2="rescanned") == [1]


def test_sheet_that_looks_like_another_counts_until_it_is_put_out() -> None:
    assert waiting("1FFA2F", {"1": 2, "2": 1}) == [1]
    assert waiting("1FFA2F", {"1": 2, "2": 1}, p3="not_a_ballot") == []


def test_slip_closes_a_sheet_of_two_sides() -> None:
    assert waiting("1FBF2BFB", {"1": 2, "2": 2}, 2) == []
    assert waiting("1FBF2B", {"1": 2, "2": 0}, 2) == [2]


def test_page_alike_waits_for_the_board_and_then_does_what_it_says() -> None:
    history = piled("FA", {})
    assert [paper.ballot for paper in papers_of(history, 1, ["c01"])[0]] == ["b0001"]
    assert len(papers_of(history, 1, ["c01"])[1]) == 1
    history.decisions["page:pile/1.jpg#0", ""] = "a_ballot"
    assert [paper.ballot for paper in papers_of(history, 1, ["c01"])[0]] == ["b0001", "b0002"]
    history.decisions["page:pile/1.jpg#0", ""] = "not_a_ballot"
    assert [paper.ballot for paper in papers_of(history, 1, ["c01"])[0]] == ["b0001"]
    assert papers_of(history, 1, ["c01"])[1] == []
