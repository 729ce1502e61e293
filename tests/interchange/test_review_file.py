"""review.csv comes back from any spreadsheet as it was meant, or is refused by row."""

from __future__ import annotations

import csv
import io
import unicodedata

import pytest

from daihoi.interchange import decisions, review_file
from daihoi.interchange.decisions import Place, Refused
from daihoi.interchange.errors import (
    BadDecisionError,
    ConflictingDecisionsError,
    ReviewColumnsError,
    ReviewUnreadableError,
)
from daihoi.interchange.review_file import dump, parse
from daihoi.interchange.terms import ReviewRow
from daihoi.rules.terms import BallotForm, InvalidGround, Mark
from daihoi.words.language import in_language
from daihoi.words.reasons import MARKS, PAGE_ANSWERS, STANDINGS

MARK = ReviewRow("b0001", "c01", "faint", "kept", "", "crops/00001-000-001.png")
BALLOT = ReviewRow("b0002", "", "SIGNED_OR_EXTRA_TEXT", "SIGNED_OR_EXTRA_TEXT", "valid", "crops/2.png")
PAGE = ReviewRow("page:tập 1/0003.jpg#0", "", "streaks", "rescanned", 'keyed:{"c01":"kept","c02":"struck"}', "")
ROWS = (MARK, BALLOT, PAGE)


def as_text() -> str:
    return dump(ROWS).decode("utf-8-sig")


def again(separator: str) -> str:
    """The file as a spreadsheet with another separator saves it."""
    held = io.StringIO(newline="")
    csv.writer(held, delimiter=separator).writerows(csv.reader(io.StringIO(as_text(), newline="")))
    return held.getvalue()


def test_file_is_written_for_spreadsheets() -> None:
    data = dump(ROWS)
    assert data.startswith(b"\xef\xbb\xbfballot,candidate,reason,proposal,decision,crop\r\n")
    assert data.endswith(b"\r\n")
    assert data == dump(ROWS)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_file_comes_back_with_any_separator_and_encoding(separator: str, encoding: str) -> None:
    assert parse(again(separator).encode(encoding), "r") == ROWS


def test_unix_line_ends_blank_rows_and_a_hint_for_excel_are_borne() -> None:
    text = "sep=;\n" + again(";").replace("\r\n", "\n").replace("\nb0002", "\n;;;;;\n\nb0002")
    assert parse(text.encode(), "r") == ROWS


def test_columns_may_be_moved_and_added() -> None:
    text = "who, DECISION ,candidate,ballot\nLan,Kept,c01,b0001\n"
    assert parse(text.encode(), "r") == (ReviewRow("b0001", "c01", "", "", "kept", ""),)


def test_row_may_be_shorter_than_the_header() -> None:
    assert parse(b"ballot,candidate,decision\nb0001,c01\n", "r") == (ReviewRow("b0001", "c01", "", ""),)


@pytest.mark.parametrize(
    "name", ["=1+1", "+a", "-a", "@a", "\ta", "\ra", "'=a", "''=a", "'a", 'a"b', "a,b", "a;b", "a\nb", "a\r\nb", "đ é"]
)
def test_hostile_name_comes_back_unharmed(name: str) -> None:
    row = ReviewRow(f"{name}", "", name, "valid", "", name)
    assert parse(dump([row]), "r") == (row,)


@pytest.mark.parametrize("name", ["=1+1", "+a", "-a", "@a", "\ta", "\ra", "'=a"])
def test_cell_that_would_be_a_formula_is_guarded(name: str) -> None:
    text = dump([ReviewRow(name, "", "", "")]).decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert (header[0], row[0]) == ("ballot", "'" + name)


@pytest.mark.parametrize(
    ("text", "read"), [(" KEPT ", "kept"), ("Struck", "struck"), ("", ""), ("   ", ""), ("kept\u00a0", "kept")]
)
def test_answer_is_read_whatever_its_case_and_blanks(text: str, read: str) -> None:
    data = f"ballot,candidate,decision\nb0001,c01,{text}\n".encode()
    assert parse(data, "r")[0].decision == read


@pytest.mark.parametrize(
    ("ballot", "candidate", "text", "read"),
    [
        ("b0001", "c01", "gạch", "struck"),
        ("b0001", "c01", "GACH", "struck"),
        ("b0001", "c01", "Để  lại", "kept"),
        ("b0001", "c01", unicodedata.normalize("NFD", "để lại"), "kept"),
        ("b0001", "c01", "de lai", "kept"),
        ("b0001", "c01", "ĐỒNG Ý", "agree"),
        ("b0001", "c01", "khong dong y", "disagree"),
        ("b0001", "c01", "cả hai", "both"),
        ("b0001", "c01", "không đánh dấu", "none"),
        ("b0001", "c01", "không ô nào", "none"),
        ("b0001", "", "Hợp lệ", "valid"),
        ("page:a.jpg#0", "", "quét lại", "rescanned"),
        ("page:a.jpg#0", "", "không phải phiếu", "not_a_ballot"),
    ],
)
def test_answer_in_the_words_of_the_screen_is_read_as_its_code(
    ballot: str, candidate: str, text: str, read: str
) -> None:
    assert parse(dump([ReviewRow(ballot, candidate, "", "", text)]), "r")[0].decision == read


@pytest.mark.parametrize(
    "code", ["kept", "struck", "agree", "disagree", "both", "none", "valid", "rescanned", "not_a_ballot"]
)
def test_answer_may_be_copied_from_the_vietnamese_screen(code: str) -> None:
    place = Place.MARK if code in set(Mark) else Place.BALLOT if code == "valid" else Place.PAGE
    words = {**MARKS, **STANDINGS, **PAGE_ANSWERS}
    assert decisions.answer(place, in_language("vi", words[code])) == code


@pytest.mark.parametrize(
    ("ballot", "candidate", "word"),
    [
        ("b0001", "c01", "doubtful"),
        ("b0001", "c01", "đồng ý"),
        ("b0001", "", "gạch"),
        ("b0001", "c01", "yes"),
        ("b0001", "c01", "valid"),
        ("b0001", "c01", "agree"),
        ("b0001", "", "kept"),
        ("b0001", "", "rescanned"),
        ("page:a.jpg#0", "", "valid"),
        ("page:a.jpg#0", "", "OVER_VOTE"),
        ("page:a.jpg#0", "", "keyed:"),
        ("page:a.jpg#0", "", "keyed:{}"),
        ("page:a.jpg#0", "", 'keyed:{"c01":"yes"}'),
        ("page:a.jpg#0", "", 'keyed:{"c01":"agree"}'),
        ("page:a.jpg#0", "", 'keyed:{"c01":"doubtful"}'),
        ("page:a.jpg#0", "", 'keyed:{"c01":"kept","c01":"struck"}'),
        ("page:a.jpg#0", "", "keyed:[1]"),
    ],
)
def test_word_that_is_no_answer_is_named_by_its_row(ballot: str, candidate: str, word: str) -> None:
    data = dump([MARK, ReviewRow(ballot, candidate, "", "", word)])
    with pytest.raises(BadDecisionError) as caught:
        parse(data, "r.csv", form=BallotForm.STRIKE_OUT)
    assert (caught.value.file, caught.value.row, caught.value.column) == ("r.csv", 3, "decision")
    assert caught.value.found == word
    assert caught.value.allowed


def test_marks_of_the_other_form_are_taken_when_the_form_is_not_known() -> None:
    row = ReviewRow("b0001", "c01", "", "", "agree")
    assert parse(dump([row]), "r") == (row,)


def test_two_rows_may_say_the_same_and_not_two_things() -> None:
    one, other = ReviewRow("b0001", "c01", "", "", "kept"), ReviewRow("b0001", "c01", "", "", "struck")
    assert len(parse(dump([one, one, ReviewRow("b0001", "c01", "", "")]), "r")) == 3
    with pytest.raises(ConflictingDecisionsError) as caught:
        parse(dump([one, MARK, other]), "r")
    assert (caught.value.other, caught.value.row) == (2, 4)


@pytest.mark.parametrize("data", [b"", b"\n", b"a,b,c\n1,2,3\n", b"ballot,candidate\n", b"\xef\xbb\xbf"])
def test_header_without_the_columns_is_refused(data: bytes) -> None:
    with pytest.raises(ReviewColumnsError) as caught:
        parse(data, "r.csv")
    assert "decision" in caught.value.expected


@pytest.mark.parametrize(
    "data", [b"ballot,candidate,decision\nb\xe1,c01,kept\n", b'ballot,candidate,decision\n"b0001,c01', b"\xff\xfea"]
)
def test_file_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(ReviewUnreadableError) as caught:
        parse(data, "r.csv")
    assert caught.value.found


def test_place_of_a_row_follows_from_its_cells() -> None:
    places = [decisions.place_of(row.ballot, row.candidate) for row in ROWS]
    assert places == [Place.MARK, Place.BALLOT, Place.PAGE]


@pytest.mark.parametrize(("file", "index"), [("a.jpg", 0), ("a#1.jpg", 3), ("tập/#", 10), ("page:x", 0)])
def test_page_is_found_again_from_its_name(file: str, index: int) -> None:
    assert decisions.page_of(decisions.page_name(file, index)) == (file, index)


@pytest.mark.parametrize("name", ["b0001", "page:a.jpg", "page:a.jpg#", "page:a.jpg#x", "page:a.jpg#-1", "page:a#٣"])
def test_what_names_no_page_is_none(name: str) -> None:
    assert decisions.page_of(name) is None


def test_keyed_marks_are_written_one_way() -> None:
    word = 'KEYED: { "c02" : " Struck", "c01":"KEPT" }'
    said = decisions.answer(Place.PAGE, word, BallotForm.STRIKE_OUT)
    assert said == 'keyed:{"c01":"kept","c02":"struck"}'
    assert decisions.keyed_marks(str(said)) == {"c01": Mark.KEPT, "c02": Mark.STRUCK}
    assert decisions.keyed({"c02": Mark.STRUCK, "c01": Mark.KEPT}) == said


@pytest.mark.parametrize("word", ["kept", "keyed:", "keyed:1", "keyed:{", 'keyed:{"c01":"?"}', "keyed:" + "[" * 50_000])
def test_what_keys_no_marks_is_none(word: str) -> None:
    assert decisions.keyed_marks(word) is None


@pytest.mark.parametrize("ground", InvalidGround)
def test_every_ground_is_an_answer_on_a_ballot(ground: InvalidGround) -> None:
    assert decisions.answer(Place.BALLOT, ground.lower()) == ground


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("form", [None, *BallotForm])
def test_every_answer_that_is_offered_is_taken(place: Place, form: BallotForm | None) -> None:
    for word in decisions.answers(place, form):
        if not word.startswith("keyed:"):
            assert decisions.answer(place, word, form) == word


def test_refused_word_comes_with_what_is_allowed() -> None:
    said = decisions.answer(Place.MARK, " maybe ", BallotForm.STRIKE_OUT)
    assert said == Refused("maybe", ("kept", "struck"))


def test_columns_are_those_of_the_contract() -> None:
    assert review_file.COLUMNS == ("ballot", "candidate", "reason", "proposal", "decision", "crop")
