"""Which pages are one ballot, by docs/dev/ledger.md section 3, and what a sheet comes to, by section 4."""

from __future__ import annotations

import pytest

from daihoi.verify.sheets import History, Page, papers_of, sheets_of


def pages_of(text: str) -> History:
    """F front, B back, X refused; a small letter lies in another folder; ! answers the page before it."""
    history = History()
    last: Page | None = None
    for number, letter in enumerate(text):
        if letter == "!":
            assert last is not None
            history.order.append(last.name)
            history.decisions[last.name, ""] = "rescanned"
            continue
        folder = "pile" if letter.isupper() else "other"
        side = {"F": 1, "B": 2, "X": 0}[letter.upper()]
        marks = {"c01": "kept"} if side == 1 else {"c02": "struck"} if side == 2 else {}
        last = Page((f"{folder}/{number}.jpg", 0), "0" * 64, side, marks)
        history.pages[last.place] = last
        history.order.append(last)
    return history


def paired(text: str, sides: int = 2) -> list[str]:
    """Each sheet as the places of its pages in the text, - for a side that never came."""
    return [
        "".join("-" if page is None else page.place[0].rpartition("/")[2][0] for page in sheet)
        for sheet in sheets_of(pages_of(text), sides)
    ]


@pytest.mark.parametrize(
    ("text", "sheets"),
    [
        ("", []),
        ("FB", ["01"]),
        ("FBFB", ["01", "23"]),
        ("FFB", ["0-", "12"]),
        ("BFB", ["-0", "12"]),
        ("FX", ["01"]),
        ("XB", ["01"]),
        ("XX", ["01"]),
        ("XF", ["0-", "1-"]),
        ("XFB", ["0-", "12"]),
        ("FBB", ["01", "-2"]),
        ("FBXFB", ["01", "2-", "34"]),
        ("Fb", ["0-", "-1"]),
        ("Ffb", ["0-", "12"]),
        ("Xx", ["0-", "1-"]),
        ("F!B", ["0-", "-2"]),
        ("FB!B", ["01", "-3"]),
        ("X!X", ["0-", "2-"]),
        ("F", ["0-"]),
    ],
)
def test_pages_are_paired_in_scan_order(text: str, sheets: list[str]) -> None:
    assert paired(text) == sheets


@pytest.mark.parametrize("text", ["FF", "XF", "F!X", "Ff"])
def test_one_sided_pages_are_each_a_sheet(text: str) -> None:
    assert len(paired(text, 1)) == sum(letter != "!" for letter in text)


def came(text: str, **answers: str) -> tuple[list[str], int]:
    """Ballots, and how many pages wait; answers by the place of a page in the text."""
    history = pages_of(text)
    for page in history.pages.values():
        place = page.place[0].rpartition("/")[2][0]
        if f"p{place}" in answers:
            history.decisions[page.name, ""] = answers[f"p{place}"]
    papers, waiting = papers_of(history, 2, ("c01", "c02"))
    return [paper.ballot for paper in papers], len(waiting)


def test_ballots_are_numbered_by_their_first_page() -> None:
    assert came("FBFB") == (["b0001", "b0002"], 0)


def test_sheet_without_answer_waits_and_keeps_its_number() -> None:
    assert came("FXFB") == (["b0002"], 1)
    assert came("XXFB") == (["b0002"], 2)
    assert came("FFB") == (["b0002"], 1)


@pytest.mark.parametrize("answer", ["rescanned", "not_a_ballot"])
def test_sheet_that_was_answered_away_is_no_ballot(answer: str) -> None:
    assert came("FXFB", p1=answer) == (["b0002"], 0)


def test_one_of_two_pages_not_a_ballot_is_not_enough() -> None:
    assert came("XXFB", p0="not_a_ballot") == (["b0002"], 2)


def test_keyed_marks_make_a_ballot_only_when_they_are_whole() -> None:
    assert came("FX", p1='keyed:{"c02":"kept"}') == (["b0001"], 0)
    assert came("XX", p0='keyed:{"c01":"kept"}', p1='keyed:{"c02":"kept"}') == (["b0001"], 0)
    assert came("XX", p0='keyed:{"c01":"kept"}', p1="not_a_ballot") == ([], 2)


def test_paper_of_another_make_is_a_ballot_without_marks() -> None:
    history = pages_of("FX")
    history.decisions["page:pile/1.jpg#0", ""] = "NOT_ISSUED"
    (paper,), waiting = papers_of(history, 2, ("c01", "c02"))
    assert (paper.foreign, paper.marks, waiting) == (True, {}, [])


def test_keyed_marks_go_before_marks_read() -> None:
    history = pages_of("FX")
    history.decisions["page:pile/1.jpg#0", ""] = 'keyed:{"c01":"struck","c02":"kept"}'
    (paper,), _ = papers_of(history, 2, ("c01", "c02"))
    assert paper.marks == {"c01": "struck", "c02": "kept"}
