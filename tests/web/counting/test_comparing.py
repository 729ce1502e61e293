"""What a person reads where independent counts do not agree: the paper by its pile, figures in words."""

from __future__ import annotations

from django.utils import translation

from daihoi.web.counting import comparing
from daihoi.words.language import speaking

FOUND = comparing.Standing(
    False,
    "",
    {
        "differences": [
            {
                "number": 1,
                "candidate": "c02",
                "values": {"A": "struck", "C": "kept"},
                "sheets": {
                    "A": {"ballot": "b0007", "batch": "002", "in_batch": 7, "crop": ""},
                    "C": {"ballot": "002-007", "batch": "keyed.csv", "in_batch": 58, "crop": ""},
                },
                "majority": "",
            }
        ],
        "votes": [{"name": "c02", "figures": {"A": 11, "C": 12}}],
        "figures": [
            {"name": "valid", "figures": {"A": 12, "C": 11}},
            {"name": "base", "figures": {"A": 12, "C": None}},
        ],
    },
)
NAMES = {"c02": "Hoàng Văn Sơn"}


def test_a_keyed_paper_is_found_by_its_pile_and_not_by_a_row_of_a_file() -> None:
    [one] = comparing.rows(FOUND, NAMES, str)
    assert one.what == "Hoàng Văn Sơn"
    assert [side.where for side in one.sides] == ["b0007, pile 002, sheet 7", "pile 002, sheet 7"]


def test_figures_that_differ_are_told_in_the_language_of_the_page() -> None:
    with translation.override("vi"), speaking("vi"):
        told = comparing.figures(FOUND, NAMES)
    assert [what for what, _figures in told] == ["Hoàng Văn Sơn", "số phiếu hợp lệ"]
