"""Two readers for one page: what both say stands, where they differ a person looks, and no difference is lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.reading.both import SAYS, BothReaders, agreed, has_corner_squares
from daihoi.reading.load import load_page
from daihoi.reading.read import Look
from daihoi.reading.second.page import Pose
from daihoi.reading.second.read import SecondPage
from daihoi.reading.terms import DoubtReason, ReadMark, ReadPage, Refusal, RefusalReason
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import Rect

from .hand import AGREE, DISAGREE, Ballot, Page, Scan, agree_ballot, ballot, strike_ballot, verdicts

PAPER = strike_ballot()
SQUARES = agree_ballot()
GOLDEN = Path(__file__).resolve().parents[1] / "golden"
FORMS = {
    "strike-12": lambda: ballot(12),
    "agree-8": lambda: ballot(8, agree=True),
    "strike-70-back": lambda: ballot(70),
}
WHITE = np.full((2339, 1654), 255, np.uint8)
POSE = Pose(WHITE, 1, 0, np.diag([200 / 25.4, 200 / 25.4, 1.0]), 200 / 25.4, 20.0, WHITE[:297, :210], 200 / 25.4)
NAMES = {Mark.KEPT, Mark.STRUCK, Mark.DOUBTFUL}


def both_of(paper: Ballot) -> BothReaders:
    """The two readers of a ballot, without making the first one anew."""
    return BothReaders(paper.form, paper.prepared.identities, paper.reader)


def first_says(*marks: ReadMark) -> Look:
    """A page as the first reader gives it."""
    return Look(ReadPage(1, 0, 200.0, marks), lambda candidate: f"row of {candidate}".encode())


def together(one: ReadMark, other: ReadMark | None) -> ReadMark:
    """What both say of one candidate."""
    second = SecondPage(POSE, () if other is None else (other,))
    (mark,) = agreed(first_says(one), second).marks
    return mark


def clear(mark: Mark) -> ReadMark:
    """A mark without doubt."""
    return ReadMark("c01", mark, mark)


def doubt(*reasons: DoubtReason, proposal: Mark = Mark.KEPT) -> ReadMark:
    """A doubt."""
    return ReadMark("c01", Mark.DOUBTFUL, proposal, reasons, b"crop")


# --- the rule --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [mark for mark in Mark if mark is not Mark.DOUBTFUL])
def test_what_both_say_alike_stands(mark: Mark) -> None:
    assert together(clear(mark), clear(mark)) == clear(mark)


def test_clear_against_clear_is_a_doubt_with_both_words() -> None:
    mark = together(clear(Mark.KEPT), clear(Mark.STRUCK))
    assert (mark.mark, mark.proposal) == (Mark.DOUBTFUL, Mark.KEPT)
    assert mark.reasons == (DoubtReason.READERS_DIFFER, DoubtReason.SECOND_STRUCK)
    assert mark.crop == b"row of c01"


def test_clear_against_doubtful_is_a_doubt_with_the_second_readers_reason() -> None:
    mark = together(clear(Mark.STRUCK), doubt(DoubtReason.SECOND_PARTIAL))
    assert (mark.mark, mark.proposal) == (Mark.DOUBTFUL, Mark.STRUCK)
    assert mark.reasons == (DoubtReason.READERS_DIFFER, DoubtReason.SECOND_PARTIAL)


def test_doubtful_against_clear_keeps_the_first_readers_reasons_and_crop() -> None:
    mark = together(doubt(DoubtReason.FAINT, proposal=Mark.STRUCK), clear(Mark.KEPT))
    assert (mark.mark, mark.proposal, mark.crop) == (Mark.DOUBTFUL, Mark.STRUCK, b"crop")
    assert mark.reasons == (DoubtReason.FAINT, DoubtReason.SECOND_KEPT)


def test_two_doubts_show_both_reasons() -> None:
    mark = together(doubt(DoubtReason.ERASED), doubt(DoubtReason.SECOND_FAINT))
    assert mark.reasons == (DoubtReason.ERASED, DoubtReason.SECOND_FAINT)


def test_a_row_of_which_the_second_says_nothing_is_doubtful() -> None:
    assert together(clear(Mark.KEPT), None).reasons == (DoubtReason.READERS_DIFFER, DoubtReason.SECOND_LOST)


def test_a_mirrored_picture_has_no_way_up_to_agree_on() -> None:
    turned = SecondPage(replace(POSE, turn=2, mirrored=True), (clear(Mark.KEPT),))
    assert agreed(first_says(clear(Mark.KEPT)), turned).marks == (clear(Mark.KEPT),)


@pytest.mark.parametrize("pose", [replace(POSE, page=2), replace(POSE, turn=2)], ids=["other page", "other way up"])
def test_a_page_that_the_second_takes_for_another_is_doubtful_as_a_whole(pose: Pose) -> None:
    marks = agreed(first_says(clear(Mark.KEPT)), SecondPage(pose, (clear(Mark.KEPT),))).marks
    assert marks[0].mark is Mark.DOUBTFUL
    assert marks[0].reasons == (DoubtReason.READERS_DIFFER, DoubtReason.SECOND_LOST)


def test_a_page_that_the_second_loses_is_doubtful_with_a_picture_of_the_row() -> None:
    (mark,) = agreed(first_says(clear(Mark.KEPT)), None).marks
    assert mark.mark is Mark.DOUBTFUL
    assert mark.crop == b"row of c01"


marks = st.one_of(
    st.sampled_from([clear(mark) for mark in Mark if mark is not Mark.DOUBTFUL]),
    st.lists(st.sampled_from(list(DoubtReason)), min_size=1, max_size=3, unique=True).map(lambda some: doubt(*some)),
)


@given(one=marks, other=st.none() | marks)
def test_a_mark_is_clear_only_where_both_are_clear_and_alike(one: ReadMark, other: ReadMark | None) -> None:
    mark = together(one, other)
    alike = other is not None and one.mark is other.mark is not Mark.DOUBTFUL
    assert (mark.mark is not Mark.DOUBTFUL) == alike
    assert mark.proposal is one.proposal
    if not alike:
        assert mark.reasons
        assert mark.crop
        assert set(one.reasons) <= set(mark.reasons)
        assert other is None or set(other.reasons) <= set(mark.reasons)


def test_every_clear_word_of_the_second_has_its_reason() -> None:
    assert set(SAYS) == set(Mark) - {Mark.DOUBTFUL}
    assert len(set(SAYS.values())) == len(SAYS)


# --- on paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [Scan(), Scan(dpi=150, skew=2), Scan(dpi=300, turn=2), Scan(bilevel=True)], ids=str)
def test_clear_pages_are_clear_to_both(how: Scan) -> None:
    page = PAPER.page(dpi=300).strike(0).strike(3, rise=0.8).strike(7, wave=0.4).stamp()
    read = both_of(PAPER).read(page.scan(how))
    words = verdicts(read)
    assert {name for name, mark in words.items() if mark is Mark.STRUCK} == {"c01", "c04", "c08"}
    assert set(words.values()) == {Mark.STRUCK, Mark.KEPT}


def test_clear_squares_are_clear_to_both() -> None:
    page = SQUARES.page(dpi=300).cross(0, AGREE).tick(1, DISAGREE).fill(2, AGREE).cross(3, AGREE).cross(3, DISAGREE)
    words = verdicts(both_of(SQUARES).read(page.scan()))
    assert [words[name] for name in SQUARES.candidates[:5]] == [
        Mark.AGREE,
        Mark.DISAGREE,
        Mark.AGREE,
        Mark.BOTH,
        Mark.NONE,
    ]


def test_a_refusal_of_the_first_stands() -> None:
    refused = both_of(PAPER).read(WHITE)
    assert isinstance(refused, Refusal)
    assert refused.reason is RefusalReason.BLANK_PAGE


def test_what_the_first_misreads_by_itself_is_caught_by_the_second() -> None:
    paper = both_of(PAPER)
    image = PAPER.page(dpi=300).strike(2).scan()
    look = paper.first.look(image)
    assert isinstance(look, Look)
    # As if the first reader were broken: it calls every name kept.
    kept = tuple(ReadMark(mark.candidate, Mark.KEPT, Mark.KEPT) for mark in look.page.marks)
    blind = replace(look, page=replace(look.page, marks=kept))
    assert paper.second is not None
    caught = {m.candidate: m for m in agreed(blind, paper.second.read(image)).marks}
    assert caught["c03"].mark is Mark.DOUBTFUL
    assert DoubtReason.SECOND_STRUCK in caught["c03"].reasons
    assert all(mark.mark is Mark.KEPT for name, mark in caught.items() if name != "c03")


@pytest.mark.parametrize("how", [Scan(), Scan(skew=3), Scan(turn=2, dpi=150), Scan(turn=1)], ids=str)
def test_the_crop_shows_the_row_level_and_upright(how: Scan) -> None:
    paper = both_of(PAPER)
    page: Page = PAPER.page(dpi=300)
    row = page.target(4).row
    image = page.blot(Rect(row.x + 2, row.y + 2, 3, 3), 0).scan(how)
    look = paper.first.look(image)
    assert isinstance(look, Look)
    crop = cv2.imdecode(np.frombuffer(look.crop("c05"), np.uint8), cv2.IMREAD_GRAYSCALE)
    px = 200 / 25.4
    assert crop.shape == pytest.approx(((row.h + 6) * px, (row.w + 6) * px), abs=1.5)
    blot = crop[round(5.5 * px) : round(7.5 * px), round(5.5 * px) : round(7.5 * px)]
    assert blot.max() < 100


def test_a_form_without_corner_squares_is_read_by_the_first_alone() -> None:
    nowhere = (Rect(0, 0, 0, 0), Rect(210, 0, 0, 0), Rect(0, 297, 0, 0), Rect(210, 297, 0, 0))
    pages = tuple(replace(page, corners=nowhere, codes=()) for page in PAPER.form.plan.pages)
    learned = replace(PAPER.form, plan=replace(PAPER.form.plan, pages=pages))
    assert has_corner_squares(PAPER.form)
    assert not has_corner_squares(learned)
    assert BothReaders(learned, PAPER.prepared.identities, PAPER.reader).second is None


def test_the_same_page_gives_the_same_bytes_again() -> None:
    paper = both_of(PAPER)
    image = PAPER.page().strike(1).circle(4).strike(6, end=0.5).scan(Scan(jpeg=60))
    assert (
        paper.read(image) == paper.read(image.copy()) == BothReaders(PAPER.form, PAPER.prepared.identities).read(image)
    )


# --- golden sheets ---------------------------------------------------------------------------------------------------

ANSWERS = {
    sheet: json.loads((GOLDEN / sheet / "expected.json").read_text(encoding="utf-8"))["sheets"] for sheet in FORMS
}
READ = [(s, n) for s in FORMS for n, answer in sorted(ANSWERS[s].items()) if "refused" not in answer]


ALONE = {("agree-8", "tick-ends-in-next-row.png", "c04"), ("agree-8", "words-instead-of-marks.png", "c06")}
"""What the second reader by itself reads otherwise than a person, known: it sees one square at a time."""


def allowed(answer: str | list[str]) -> set[str]:
    """What a person lets stand, as golden sheets write it: a word or several; a doubt is never wrong."""
    return {answer, "doubtful"} if isinstance(answer, str) else {*answer, "doubtful"}


@pytest.mark.parametrize(("sheet", "name"), READ)
def test_the_second_reader_alone_never_goes_against_a_golden_sheet(sheet: str, name: str) -> None:
    paper, expected = FORMS[sheet](), ANSWERS[sheet][name]
    image = load_page((GOLDEN / sheet / name).read_bytes(), name, 0)
    assert not isinstance(image, Refusal)
    found = both_of(paper).second
    assert found is not None
    second = found.read(image)
    assert second is not None
    assert second.pose.page == expected["page"]
    said = {mark.candidate: mark.mark.value for mark in second.marks}
    clear = {c: word for c, word in expected["marks"].items() if word != "doubtful" and (sheet, name, c) not in ALONE}
    assert {c: said[c] for c, word in clear.items() if said[c] not in allowed(word)} == {}


@pytest.mark.parametrize(
    ("sheet", "name"), [("strike-12", "clean.png"), ("strike-70-back", "skewed.png"), ("agree-8", "crosses.png")]
)
def test_golden_sheets_without_a_defect_are_clear_to_both(sheet: str, name: str) -> None:
    image = load_page((GOLDEN / sheet / name).read_bytes(), name, 0)
    assert not isinstance(image, Refusal)
    read = both_of(FORMS[sheet]()).read(image)
    assert {c: mark.value for c, mark in verdicts(read).items()} == ANSWERS[sheet][name]["marks"]
