"""The result to carry: both files show the same pages, nothing is lost, nobody is called elected who is not."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest
from PIL import Image
from pptx import Presentation

from daihoi.papers.election_day.portraits import portrait
from daihoi.papers.election_day.result_files import carried
from daihoi.papers.election_day.result_slides import result_slides
from daihoi.papers.election_day.slides import HEIGHT_MM, WIDTH_MM, Bar, Mark, Photo, Words
from daihoi.papers.election_day.terms import Result, ResultLine
from daihoi.rules.outcome import outcome, percent_of_base
from daihoi.rules.terms import CandidateOutcome
from tests.papers.ballot_samples import TITLE, contest_of
from tests.papers.congress.reading import page_sizes
from tests.papers.election_day.sitting import LANGUAGES, OCCASION, pages

BASE = 248


def photograph(wide: int = 300, high: int = 500, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (wide, high), (90, 120, 150)).save(out, kind)
    return out.getvalue()


def result(names: int, seats: int, *, votes: tuple[int, ...] = (), photos: bool = False) -> Result:
    """A result as the rules make it; without `votes` everybody has more than the one before."""
    contest = contest_of(names, seats=seats)
    ids = [candidate.id for candidate in contest.candidates]
    told = dict(zip(ids, votes or range(100, 100 + 2 * names, 2), strict=True))
    found = outcome(contest, told, BASE)
    lines = tuple(
        ResultLine(
            candidate.name,
            told[candidate.id],
            percent_of_base(told[candidate.id], BASE),
            found.by_candidate[candidate.id],
            photo=photograph() if photos and place % 2 else None,
        )
        for place, candidate in enumerate(contest.candidates)
    )
    return Result(
        TITLE, seats, BASE, BASE // 2 + 1, 248, 247, 245, 2, lines,
        tuple(ids.index(one) for one in found.elected),
        shortfall=found.shortfall,
        ties=tuple(tuple(ids.index(one) for one in tie.candidates) for tie in found.ties),
    )  # fmt: skip


def texts_of(pptx: bytes) -> list[str]:
    """The words of each page in the order in which they are drawn."""
    show = Presentation(io.BytesIO(pptx))
    return [
        " ".join(" ".join(shape.text_frame.text.split()) for shape in slide.shapes if shape.has_text_frame)
        for slide in show.slides
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("names", "seats"), [(1, 1), (3, 2), (30, 27), (70, 61)])
def test_both_files_have_the_same_pages_and_every_name(names: int, seats: int, language: str) -> None:
    made = carried(result(names, seats), OCCASION, language=language)
    shown, drawn = texts_of(made.pptx), pages(made.pdf)
    assert len(shown) == len(drawn)
    whole = " ".join(shown)
    for line in result(names, seats).lines:
        assert line.name in whole
        assert line.percent.replace(".", "," if language == "vi" else ".") in whole


def test_pages_are_as_wide_as_a_screen_in_both_files() -> None:
    made = carried(result(3, 2), OCCASION, language="vi")
    show = Presentation(io.BytesIO(made.pptx))
    assert (round(show.slide_width.mm, 2), round(show.slide_height.mm, 2)) == (WIDTH_MM, HEIGHT_MM)
    assert set(page_sizes(made.pdf)) == {(338.7, 190.5)}


def test_every_page_of_the_presentation_has_a_title() -> None:
    show = Presentation(io.BytesIO(carried(result(12, 9), OCCASION, language="vi").pptx))
    titles = [slide.shapes.title.text_frame.text for slide in show.slides]
    assert titles[0] == "KẾT QUẢ BẦU CỬ"
    assert all(titles)


@pytest.mark.parametrize(("names", "seats"), [(1, 1), (7, 3), (30, 27), (70, 61)])
@pytest.mark.parametrize("photos", [False, True])
def test_nothing_stands_outside_the_page(names: int, seats: int, photos: bool) -> None:
    for slide in result_slides(result(names, seats, photos=photos), OCCASION, "vi"):
        for shape in slide.shapes:
            if isinstance(shape, Mark):
                assert 0 < shape.top < shape.bottom < HEIGHT_MM
            else:
                assert shape.box.x >= 0
                assert shape.box.right <= WIDTH_MM + 0.01
                assert shape.box.bottom <= HEIGHT_MM + 0.01


def test_bar_is_as_long_as_the_share_of_the_base() -> None:
    shapes = result_slides(result(2, 1, votes=(124, 62)), OCCASION, "vi")[2].shapes
    mark = next(shape for shape in shapes if isinstance(shape, Mark))
    long, short = (shape.box for shape in shapes if isinstance(shape, Bar) and shape.box.x > 100)
    assert long.right == pytest.approx(mark.x)
    assert short.w == pytest.approx(long.w / 2)


def test_half_of_the_base_is_not_marked_elected() -> None:
    text = pages(carried(result(2, 1, votes=(124, 62)), OCCASION, language="en").pdf)
    assert "ELECTED" not in text[2]
    assert "50.00%" in text[2]
    assert "Nobody is elected in this round." in text[3]
    assert "1 of 1 seats are not filled yet." in text[-1]


def test_tie_is_told_as_open_and_seats_nobody_of_the_tied() -> None:
    tied = result(4, 2, votes=(200, 130, 130, 20))
    text = pages(carried(tied, OCCASION, language="vi").pdf)
    first, second = (tied.lines[place].name for place in (1, 2))
    assert f"{first} và {second}" in text[-1]
    assert first not in text[3]


def test_elected_are_listed_in_the_order_that_is_announced() -> None:
    given = replace(result(3, 2, votes=(130, 200, 20)))
    text = pages(carried(given, OCCASION, language="vi").pdf)[3]
    assert text.index(given.lines[1].name) < text.index(given.lines[0].name)


def test_photographs_are_shown_and_a_missing_one_leaves_a_field() -> None:
    given = result(4, 3, votes=(200, 190, 180, 20), photos=True)
    slides = result_slides(given, OCCASION, "vi")
    assert [sum(isinstance(shape, Photo) for shape in slide.shapes) for slide in slides] == [0, 0, 2, 1]
    show = Presentation(io.BytesIO(carried(given, OCCASION, language="vi").pptx))
    described = [shape._element.nvPicPr.cNvPr.get("descr") for shape in show.slides[2].shapes if shape.shape_type == 13]
    assert described == [result(4, 3).lines[place].name for place in (1, 3)]


@pytest.mark.parametrize("broken", [b"", b"not an image", photograph()[:100], None])
def test_broken_photograph_does_not_keep_the_result_from_being_shown(broken: bytes | None) -> None:
    assert portrait(broken) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("size", [(20, 30), (900, 300), (300, 900)])
def test_photographs_become_one_shape(kind: str, size: tuple[int, int]) -> None:
    cut = portrait(photograph(*size, kind))
    assert cut is not None
    assert Image.open(io.BytesIO(cut)).size == (360, 480)


def test_equal_results_give_equal_bytes() -> None:
    first, second = (carried(result(3, 2, photos=True), OCCASION, language="vi") for _ in range(2))
    assert first == second


def test_presentation_brings_no_picture_of_another() -> None:
    with zipfile.ZipFile(io.BytesIO(carried(result(3, 2), OCCASION, language="vi").pptx)) as members:
        assert not [name for name in members.namelist() if "thumbnail" in name]
        assert {member.date_time for member in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_presentation_names_one_font_for_every_script() -> None:
    with zipfile.ZipFile(io.BytesIO(carried(result(3, 2), OCCASION, language="vi").pptx)) as members:
        page = members.read("ppt/slides/slide3.xml").decode()
    assert set(re.findall(r'typeface="([^"]+)"', page)) == {"Times New Roman"}
    assert page.count("<a:ea ") == page.count("<a:cs ") == page.count("<a:latin ") == page.count("<a:r>")


def test_rehearsal_says_so_on_every_page() -> None:
    slides = result_slides(result(12, 9), replace(OCCASION, rehearsal=True), "vi")
    for slide in slides:
        said = [" ".join(shape.fitted.lines) for shape in slide.shapes if isinstance(shape, Words)]
        assert "DIỄN TẬP - KHÔNG CÓ GIÁ TRỊ" in said


def test_every_outcome_but_the_plain_ones_is_marked() -> None:
    lines = tuple(ResultLine(f"Người {each.value}", 130, "52.42", each) for each in CandidateOutcome)
    text = pages(carried(Result(TITLE, 1, BASE, 125, 248, 247, 245, 2, lines), OCCASION, language="en").pdf)[2]
    assert [text.count(word) for word in ("ELECTED", "ALTERNATE", "TIED")] == [1, 1, 1]
