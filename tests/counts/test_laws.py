"""Laws that hold for every pile of pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from daihoi.counts.pairing import pair, refused_on
from daihoi.counts.scan_order import natural_key
from daihoi.counts.terms import Closed, SeenPage
from tests.counts.test_pairing import seen

PILES = st.text(alphabet="FBX", max_size=24)
SIDES = st.sampled_from([1, 2])


@given(PILES, SIDES)
def test_every_page_ends_on_exactly_one_sheet_in_its_order(word: str, sides: int) -> None:
    pages = seen(word.replace("B", "F") if sides == 1 else word)

    placed = [page for sheet in pair(pages, sides) for page in sheet.pages]

    assert placed == pages


@given(PILES, PILES, SIDES)
def test_later_scans_never_renumber_a_page(word: str, more: str, sides: int) -> None:
    pages = seen(word + more)
    before = {page.ref: sheet.number for sheet in pair(pages[: len(word)], sides) for page in sheet.pages}

    after = {page.ref: sheet.number for sheet in pair(pages, sides) for page in sheet.pages}

    assert before.items() <= after.items()


@given(PILES, PILES, st.integers(0, 30), SIDES)
def test_an_answer_never_renumbers_what_came_before_it(word: str, more: str, pick: int, sides: int) -> None:
    pages = seen(word + more)
    early: list[SeenPage | Closed] = list(pages[: len(word)])
    before = {page.ref: sheet.number for sheet in pair(early, sides) for page in sheet.pages}
    answered = [Closed(pages[pick % len(word)].ref)] if word else []

    after = {
        page.ref: sheet.number
        for sheet in pair([*early, *answered, *pages[len(word) :]], sides)
        for page in sheet.pages
    }

    assert before.items() <= after.items()


@given(PILES)
def test_a_sheet_is_whole_or_has_a_page_for_the_board(word: str) -> None:
    for sheet in pair(seen(word), 2):
        sides = [page.page for page in sheet.pages]
        assert bool(refused_on(sheet)) == (sides != [1, 2])


@given(PILES)
def test_a_front_never_lies_on_the_back_of_a_sheet(word: str) -> None:
    for sheet in pair(seen(word), 2):
        front, back = sheet.sides
        assert front is None or front.page != 2
        assert back is None or back.page != 1


@given(st.lists(st.integers(0, 10_000), unique=True))
def test_numbered_scans_sort_by_their_number(numbers: list[int]) -> None:
    names = [f"Quét {number}.jpg" for number in numbers]

    assert sorted(names, key=natural_key) == [f"Quét {number}.jpg" for number in sorted(numbers)]


@given(st.lists(st.text(alphabet="aA01 /.b-", min_size=1, max_size=8), unique=True))
def test_order_of_scans_is_total(names: list[str]) -> None:
    assert sorted(names, key=natural_key) == sorted(sorted(names), key=natural_key)
