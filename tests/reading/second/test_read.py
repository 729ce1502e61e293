"""The second reader's whole way: marks by hand on both forms, what it loses, and that it asks for a plan alone."""

from __future__ import annotations

import ast
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from daihoi.reading import second
from daihoi.reading.second.read import SecondReader
from daihoi.reading.second.thresholds import DEFAULT, Limits
from daihoi.reading.terms import DoubtReason, ReadMark
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect

from ..hand import AGREE, DISAGREE, Page, Scan, agree_ballot, ballot, strike_ballot
from .sight import marks_of, read_of, reasons_of, words_of

PAPER = strike_ballot()
SQUARES = agree_ballot()
ROW, NAME = 4, "c05"
ROOM = Path(second.__file__).parent
DOC = Path(__file__).resolve().parents[3] / "docs" / "dev" / "second-reader.md"


# --- what it may know ------------------------------------------------------------------------------------------------


def imported(path: Path) -> set[str]:
    """The modules that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_nothing_of_the_first_reader_is_imported() -> None:
    ours = {"daihoi.reading.terms", "daihoi.rules.terms", "daihoi.sheet.terms", "daihoi.sheet.identity"}
    for path in sorted(ROOM.glob("*.py")):
        known = {name for name in imported(path) if name.startswith("daihoi") and ".second" not in name}
        assert known <= ours, path.name


def test_nothing_of_the_second_reader_is_imported_by_the_first() -> None:
    for path in sorted(ROOM.parent.glob("*.py")):
        if path.name != "both.py":
            assert not any("reading.second" in name or "reading.both" in name for name in imported(path)), path.name


def test_it_reads_by_the_plan_without_any_drawing_of_the_page() -> None:
    plan = PAPER.prepared.plan
    bare = replace(plan, pages=tuple(replace(page, drawn=()) for page in plan.pages))
    image = PAPER.page().strike(ROW).scan()
    found, known = SecondReader(bare).read(image), SecondReader(plan).read(image)
    assert found is not None
    assert known is not None
    assert found.marks == known.marks


def line_through_rows(page: Page, first: int, last: int) -> Page:
    """A pen's line down through the squares of some rows, and no further."""
    one, other = page.square(first, AGREE), page.square(last, AGREE)
    return page.pen([(one.x + 3, one.y - 1.0), (other.x + 3, other.bottom + 1.0)], 0.5, 60)


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [Scan(), Scan(dpi=150), Scan(dpi=400), Scan(skew=5), Scan(turn=2, skew=-3), Scan(bilevel=True), Scan(jpeg=30)],
    ids=str,
)
def test_strikes_are_read_in_every_scan(how: Scan) -> None:
    page = PAPER.page(dpi=300).strike(0).strike(3, rise=1.0).strike(7, wave=0.4, width=0.35)
    words = words_of(page, how)
    assert {name for name, mark in words.items() if mark is Mark.STRUCK} == {"c01", "c04", "c08"}
    assert set(words.values()) == {Mark.STRUCK, Mark.KEPT}


@pytest.mark.parametrize("names", [15, 44, 70, 100])
def test_unmarked_lists_of_all_lengths_are_kept(names: int) -> None:
    paper = ballot(names)
    for number in range(1, 1 + len(paper.prepared.plan.pages)):
        assert set(words_of(paper.page(number)).values()) == {Mark.KEPT}


def half(page: Page) -> Page:
    """The family name and the space behind it."""
    target = page.target(ROW)
    return page.strike(ROW, end=(target.words[1][0] + 0.8 - target.box.x) / target.box.w)


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (half, DoubtReason.SECOND_PARTIAL),
        (lambda p: p.underline(ROW), DoubtReason.UNDERLINE),
        (lambda p: p.circle(ROW, 1.0), DoubtReason.CIRCLE),
        (lambda p: p.strike(ROW, grey=205), DoubtReason.SECOND_FAINT),
    ],
    ids=["half", "underline", "ring", "erased"],
)
def test_what_is_no_clear_strike_is_a_doubt(draw: object, reason: DoubtReason) -> None:
    assert callable(draw)
    assert reason in reasons_of(draw(PAPER.page(dpi=300)), NAME)


def test_a_fold_through_a_name_is_a_doubt_and_never_a_strike() -> None:
    box = PAPER.page().target(ROW).box
    page = PAPER.page(dpi=300).lying_line(box.y + 0.6 * box.h, 0.0, 0.6, 160)
    mark = marks_of(page)[NAME]
    assert mark.mark in {Mark.DOUBTFUL, Mark.KEPT}
    assert mark.proposal is Mark.KEPT
    assert mark.mark is Mark.KEPT or DoubtReason.STREAK in mark.reasons


def test_a_strike_where_a_fold_lies_elsewhere_is_still_clear() -> None:
    page = PAPER.page(dpi=300).strike(ROW).lying_line(60.0, 0.0, 0.6, 160)
    assert words_of(page)[NAME] is Mark.STRUCK


def test_rows_that_cannot_be_found_say_so_and_the_others_are_read() -> None:
    page = PAPER.page().strike(0)
    rows = [target.row for target in PAPER.prepared.plan.pages[0].targets]
    for row in rows[-3:]:
        page.rub(Rect(row.x - 1, row.y - 0.4, row.w + 2, 0.8)).rub(Rect(row.x - 1, row.bottom - 0.4, row.w + 2, 0.8))
    marks = marks_of(page)
    lost = [name for name, mark in marks.items() if mark.reasons == (DoubtReason.SECOND_LOST,)]
    assert lost == list(PAPER.candidates[-3:])
    assert marks["c01"].mark is Mark.STRUCK


# --- squares ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [Scan(), Scan(dpi=150, skew=2), Scan(dpi=300), Scan(bilevel=True, turn=2)], ids=str)
def test_squares_are_read_in_every_scan(how: Scan) -> None:
    page = SQUARES.page(dpi=300).cross(0, AGREE).tick(1, DISAGREE).fill(2, AGREE).slash(3, DISAGREE)
    page.cross(4, AGREE).cross(4, DISAGREE)
    words = words_of(page, how)
    assert [words[name] for name in SQUARES.candidates] == [
        Mark.AGREE,
        Mark.DISAGREE,
        Mark.AGREE,
        Mark.DISAGREE,
        Mark.BOTH,
        *[Mark.NONE] * (len(SQUARES.candidates) - 5),
    ]


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (lambda p: p.dot(2, AGREE, 1.5), DoubtReason.SECOND_SMALL),
        (lambda p: p.cross(2, AGREE, grey=205), DoubtReason.SECOND_FAINT),
        (lambda p: p.fill(2, AGREE).cross(2, DISAGREE), DoubtReason.SECOND_BOTH),
        (lambda p: line_through_rows(p, 2, 4), DoubtReason.STREAK),
        (lambda p: p.ring(Rect(p.square(2, AGREE).x - 1.2, p.square(2, AGREE).y - 1.2, 8.4, 8.4)), None),
    ],
    ids=["dot", "pale", "correction", "line", "ring"],
)
def test_what_is_no_clear_mark_is_a_doubt(draw: object, reason: DoubtReason | None) -> None:
    assert callable(draw)
    reasons = reasons_of(draw(SQUARES.page(dpi=300)), "c03")
    assert reason is None or reason in reasons


@pytest.mark.parametrize("grey", [60, 255], ids=["dirt", "dead pixel"])
def test_a_line_down_the_whole_image_is_no_ink(grey: int) -> None:
    page = SQUARES.page(dpi=300).cross(1, AGREE)
    for row in (2, 3):
        page = page.cross(row, DISAGREE)
    page = page.upright_line(page.square(2, AGREE).x + 3, width=0.5, grey=grey)
    words = words_of(page, Scan(white=225))
    assert {who for who, mark in words.items() if mark is Mark.DISAGREE} == {"c03", "c04"}
    assert {who for who, mark in words.items() if mark is Mark.AGREE} == {"c02"}
    assert set(words.values()) == {Mark.DISAGREE, Mark.AGREE, Mark.NONE}


@pytest.mark.parametrize("how", [Scan(noise=5, white=200, black=70), Scan(noise=4, white=190, black=70)], ids=str)
def test_names_on_pale_and_noisy_pages_are_read(how: Scan) -> None:
    words = words_of(PAPER.page(dpi=300).strike(2).upright_line(70.0, width=0.5, grey=255), how)
    assert {who for who, mark in words.items() if mark is not Mark.KEPT} == {"c03"}


def test_specks_in_squares_are_nothing() -> None:
    page = SQUARES.page(dpi=300).dot(1, AGREE, 0.4).dot(2, DISAGREE, 0.35)
    assert set(words_of(page).values()) == {Mark.NONE}


# --- laws ------------------------------------------------------------------------------------------------------------

FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(
    how=st.builds(
        Scan,
        dpi=st.floats(150, 400),
        skew=st.floats(-5, 5),
        turn=st.integers(0, 3),
        noise=st.floats(0, 6),
        white=st.floats(200, 255),
        black=st.floats(0, 60),
    )
)
def test_no_scan_turns_a_clear_mark_into_its_opposite(how: Scan) -> None:
    marks = read_of(PAPER.page(dpi=300).strike(0).strike(5), how).marks
    wanted = {"c01": Mark.STRUCK, "c06": Mark.STRUCK}
    assert all(mark.mark in {wanted.get(mark.candidate, Mark.KEPT), Mark.DOUBTFUL} for mark in marks)


@FEW
@given(seed=st.integers(0, 2**31), high=st.integers(20, 1500), wide=st.integers(20, 1500))
def test_no_image_raises(seed: int, high: int, wide: int) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (high, wide), np.uint8)
    assert SecondReader(PAPER.prepared.plan).read(image) is None


def test_the_same_image_gives_the_same_marks() -> None:
    image = PAPER.page().strike(2).circle(6).scan(Scan(skew=1))
    reader = SecondReader(PAPER.prepared.plan)
    first = reader.read(image)
    reader.read(PAPER.page().scan(Scan(turn=2)))
    again = reader.read(image.copy())
    assert first is not None
    assert again is not None
    assert first.marks == again.marks
    assert all(isinstance(mark, ReadMark) and not mark.crop for mark in first.marks)


# --- the document ----------------------------------------------------------------------------------------------------


def test_every_threshold_stands_in_the_document_with_its_value_and_reason() -> None:
    text = DOC.read_text(encoding="utf-8")
    for field in fields(Limits):
        value, why = getattr(DEFAULT, field.name), field.metadata["why"]
        assert f"| `{field.name}` | {value} | {why} |" in text
        assert len(why) > 30


def test_every_file_of_the_room_is_explained() -> None:
    text = DOC.read_text(encoding="utf-8")
    for path in ROOM.glob("*.py"):
        if path.name != "__init__.py":
            assert f"`{path.name}`" in text, path.name
    picture = DOC.parent / "second-reader.png"
    assert f"]({picture.name})" in text
    assert picture.stat().st_size < 200_000
