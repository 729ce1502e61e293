"""Pages in scan order become sheets of paper."""

from __future__ import annotations

import pytest

from daihoi.counts.pairing import pair, refused_on
from daihoi.counts.terms import Closed, SeenPage, SeenSlip, Sheet
from daihoi.reading.terms import Refusal, RefusalReason

X = Refusal(RefusalReason.CORNERS_NOT_FOUND)


def seen(word: str, folder: str = "") -> list[SeenPage]:
    """Pages from letters: F front, B back, X refused; page k lies in file k."""
    return [
        SeenPage(
            f"{folder}{k}.png",
            0,
            "0" * 64,
            "",
            page={"F": 1, "B": 2, "X": 0}[letter],
            refusal=X if letter == "X" else None,
        )
        for k, letter in enumerate(word, start=1)
    ]


def spelled(sheets: tuple[Sheet, ...]) -> str:
    """Sheets as letters, `-` where a side never came."""
    letters = {1: "F", 2: "B", 0: "X"}
    return " ".join("".join(letters[side.page] if side else "-" for side in sheet.sides) for sheet in sheets)


@pytest.mark.parametrize(
    ("pages", "sheets"),
    [
        ("", ""),
        ("FB", "FB"),
        ("FBFB", "FB FB"),
        ("FX", "FX"),
        ("XB", "XB"),
        ("XX", "XX"),
        ("FFB", "F- FB"),
        ("FBB", "FB -B"),
        ("BFB", "-B FB"),
        ("F", "F-"),
        ("X", "X-"),
        ("XFB", "X- FB"),
        ("FXB", "FX -B"),
        ("FBXFB", "FB X- FB"),
        ("FBXXFB", "FB XX FB"),
        ("FXXB", "FX XB"),
        ("XXX", "XX X-"),
    ],
)
def test_pair_two_sides_follows_the_table(pages: str, sheets: str) -> None:
    assert spelled(pair(seen(pages), 2)) == sheets


def test_pair_one_side_makes_every_page_a_sheet() -> None:
    assert spelled(pair(seen("FXF"), 1)) == "F X F"


def test_pair_never_joins_pages_of_two_folders() -> None:
    pages = [*seen("F", "a/"), *seen("B", "b/")]

    assert spelled(pair(pages, 2)) == "F- -B"


def test_pair_never_joins_pages_over_a_slip() -> None:
    front, back = seen("FB")

    assert spelled(pair([front, SeenSlip("slip.png", 0, "0" * 64, "", 1, 1, 1), back], 2)) == "F- -B"


def test_pair_joins_a_front_with_a_back_scanned_later() -> None:
    front, back = seen("FB")

    assert spelled(pair([front], 2)) == "F-"
    assert spelled(pair([front, back], 2)) == "FB"


def test_pair_never_adds_a_page_to_a_sheet_that_the_board_has_answered() -> None:
    front, back = seen("FB")

    assert spelled(pair([front, Closed(front.ref), back], 2)) == "F- -B"


def test_pair_leaves_the_open_sheet_when_another_page_is_answered() -> None:
    front, back = seen("FB")

    assert spelled(pair([front, Closed("page:other.png#0"), back], 2)) == "FB"


@pytest.mark.parametrize(
    ("pages", "reasons"),
    [
        ("F", [RefusalReason.MISSING_BACK]),
        ("B", [RefusalReason.MISSING_FRONT]),
        ("FB", []),
        ("FX", [RefusalReason.CORNERS_NOT_FOUND]),
        ("XX", [RefusalReason.CORNERS_NOT_FOUND] * 2),
        ("X", [RefusalReason.CORNERS_NOT_FOUND]),
    ],
)
def test_refused_on_names_every_page_that_a_person_must_see(pages: str, reasons: list[RefusalReason]) -> None:
    (sheet,) = pair(seen(pages), 2)

    assert [refusal.reason for _, refusal in refused_on(sheet)] == reasons


def test_sheet_is_numbered_with_at_least_four_digits() -> None:
    assert Sheet(7, ()).ballot == "b0007"
    assert Sheet(54321, ()).ballot == "b54321"
