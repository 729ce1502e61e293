"""The introduction ballot: the names that may be introduced, a line for another, and nothing that tells a voter."""

from __future__ import annotations

import pytest

from daihoi.papers.election_day.introduction import introduction_ballot
from daihoi.papers.errors import LetterMissingError
from tests.papers.election_day.sitting import LANGUAGES, OCCASION, pages
from tests.papers.minutes_facts import LONG_NAME, people

TITLE = "Bầu Bí thư Huyện ủy Nà Lương"


def paper(names: int, language: str = "vi") -> str:
    """The words of its one page."""
    (page,) = pages(introduction_ballot(TITLE, [one.name for one in people(names, 0)], OCCASION, language=language))
    return page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("names", "copies"), [(0, 2), (5, 2), (24, 1), (75, 1)])
def test_every_name_stands_once_on_each_ballot(names: int, copies: int, language: str) -> None:
    told = paper(names, language)
    assert told.count("ĐẢNG CỘNG SẢN VIỆT NAM") == copies
    for place in range(1, names + 1):
        assert told.count(f" {place}. ") == copies
    assert LONG_NAME.split()[-1] in told or names < 4
    for said in ("PHIẾU GIỚI THIỆU", "nhân sự để bầu Bí thư Huyện ủy Nà Lương", "Không ký tên"):
        assert (told.count(said) == copies) == (language == "vi")


def test_a_list_that_no_page_holds_is_written() -> None:
    told = paper(300)
    assert "1. " not in told.replace("21. ", "")
    assert "Đánh dấu" not in told
    assert told.count("Viết họ và tên") == 2


def test_same_facts_give_the_same_bytes_and_a_strange_letter_is_refused() -> None:
    one, other = (introduction_ballot(TITLE, ["Lò Văn An"], OCCASION, language="vi") for _ in range(2))
    assert one == other
    with pytest.raises(LetterMissingError):
        introduction_ballot(TITLE, ["\u4e00"], OCCASION, language="vi")
