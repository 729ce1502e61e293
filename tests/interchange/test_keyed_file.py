"""A keyed count: every spelling that is surely one word is read, every other is refused with its row."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.interchange.errors import (
    InterchangeError,
    KeyedAnswerError,
    KeyedColumnsError,
    KeyedFigureError,
    KeyedMissingError,
    KeyedTwiceError,
    KeyedUnreadableError,
)
from daihoi.interchange.keyed_file import Figure, KeyedBallots, KeyedTotals, parse
from daihoi.rules.terms import (
    BallotForm,
    Candidate,
    CandidateId,
    Contest,
    ContestId,
    InvalidGround,
    Mark,
    Office,
    Standing,
)

STRIKE, AGREE = BallotForm.STRIKE_OUT, BallotForm.AGREE_DISAGREE
NAMES = ("Lò Thị An", "Vàng A Páo", "Nguyễn Văn Bình")


def contest(*names: str) -> Contest:
    people = tuple(Candidate(CandidateId(f"c{k:02d}"), name) for k, name in enumerate(names or NAMES, 1))
    return Contest(ContestId("bch"), Office.COMMITTEE, "Bầu", len(people) - 1, people)


def ballots(text: str | bytes, form: BallotForm = STRIKE, of: Contest | None = None) -> KeyedBallots:
    data = text if isinstance(text, bytes) else text.encode()
    held = parse(data, "keyed.csv", contest=of or contest(), form=form)
    assert isinstance(held, KeyedBallots)
    return held


def totals(text: str) -> KeyedTotals:
    held = parse(text.encode(), "keyed.csv", contest=contest(), form=STRIKE)
    assert isinstance(held, KeyedTotals)
    return held


def words(text: str | bytes, form: BallotForm = STRIKE, of: Contest | None = None) -> list[list[str]]:
    """The marks of every ballot, in ballot order."""
    return [[mark.value for mark in line.marks.values()] for line in ballots(text, form, of).lines]


def refusal(kind: type[InterchangeError], text: str | bytes, form: BallotForm = STRIKE) -> dict[str, object]:
    with pytest.raises(kind) as refused:
        parse(text if isinstance(text, bytes) else text.encode(), "keyed.csv", contest=contest(), form=form)
    assert refused.value.fields["file"] == "keyed.csv"
    return refused.value.fields


def test_x_and_blank_are_a_strike_and_a_name_left() -> None:
    assert words("c01,c02,c03\nx,,X\n,x,\n") == [["struck", "kept", "struck"], ["kept", "struck", "kept"]]


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("struck", "struck"),
        ("STRUCK", "struck"),
        ("s", "struck"),
        ("g", "struck"),
        ("gạch", "struck"),
        ("Gach", "struck"),
        ("gạch tên", "struck"),
        ("kept", "kept"),
        ("k", "kept"),
        ("để lại", "kept"),
        ("de lai", "kept"),
        ("giữ", "kept"),
        (" giữ  lại ", "kept"),
        ("?", "doubtful"),
        ("nghi ngờ", "doubtful"),
        ("doubtful", "doubtful"),
    ],
)
def test_words_of_a_ballot_with_struck_names(word: str, mark: str) -> None:
    assert words(f"c01,c02,c03\n{word},k,s\n") == [[mark, "kept", "struck"]]


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("agree", "agree"),
        ("a", "agree"),
        ("đồng ý", "agree"),
        ("ĐY", "agree"),
        ("disagree", "disagree"),
        ("d", "disagree"),
        ("không đồng ý", "disagree"),
        ("kđy", "disagree"),
        ("both", "both"),
        ("cả hai", "both"),
        ("none", "none"),
        ("không đánh dấu", "none"),
        ("?", "doubtful"),
    ],
)
def test_words_of_a_ballot_with_squares(word: str, mark: str) -> None:
    assert words(f"c01,c02,c03\n{word},a,d\n", AGREE) == [[mark, "agree", "disagree"]]


def test_blank_on_squares_is_no_cross() -> None:
    assert words("c01,c02,c03\na,,d\n", AGREE) == [["agree", "none", "disagree"]]


@pytest.mark.parametrize(
    ("form", "word"), [(STRIKE, "agree"), (STRIKE, "1"), (STRIKE, "0"), (AGREE, "x"), (AGREE, "k"), (AGREE, "đ")]
)
def test_what_may_mean_two_things_is_refused(form: BallotForm, word: str) -> None:
    fields = refusal(KeyedAnswerError, f"stt,c01,c02,c03\n1,,{word},\n", form)
    assert (fields["row"], fields["column"], fields["found"]) == (2, "c02", word)
    assert "struck" in str(fields["allowed"]) or "agree" in str(fields["allowed"])


@pytest.mark.parametrize(("form", "blank"), [(STRIKE, "kept"), (STRIKE, "k"), (AGREE, "none")])
def test_where_the_word_for_nothing_is_used_an_empty_cell_is_a_slip(form: BallotForm, blank: str) -> None:
    fields = refusal(KeyedAnswerError, f"c01,c02,c03\n{blank},{blank},{blank}\n{blank},,{blank}\n", form)
    assert (fields["row"], fields["column"], fields["found"]) == (3, "c02", "")


@pytest.mark.parametrize(
    "header",
    [
        "c01,c02,c03",
        "C01,C02,C03",
        "1,2,3",
        "Lò Thị An,Vàng A Páo,Nguyễn Văn Bình",
        "lo thi an,vang a pao,nguyen van binh",
        "1. Lò Thị An,2) Vàng A Páo,3.Nguyễn Văn Bình",
        "LÒ THỊ AN,VÀNG A PÁO,NGUYỄN VĂN BÌNH",
    ],
)
def test_candidates_are_called_by_id_place_or_name(header: str) -> None:
    assert words(f"{header}\n,,x\n") == [["kept", "kept", "struck"]]


def test_names_that_came_decomposed_are_known() -> None:
    header = unicodedata.normalize("NFD", ",".join(NAMES))
    assert words(f"{header}\nx,,\n") == [["struck", "kept", "kept"]]


def test_columns_may_stand_in_any_order_with_others_between() -> None:
    held = ballots("ghi chú,c03,STT,c01,c02\nrách,x,17,,\n")
    assert held.lines[0].ballot == "17"
    assert list(held.lines[0].marks.items()) == [("c01", Mark.KEPT), ("c02", Mark.KEPT), ("c03", Mark.STRUCK)]


def test_two_of_one_name_are_told_apart_by_place_alone() -> None:
    twins = contest("Lò Văn An", "Lò Văn An", "Vàng A Páo")
    assert words("1,2,Vàng A Páo\nx,,\n", of=twins) == [["struck", "kept", "kept"]]
    with pytest.raises(KeyedMissingError):
        ballots("Lò Văn An,Lò Văn An,Vàng A Páo\nx,,\n", of=twins)


def test_names_alike_without_accents_need_their_accents() -> None:
    alike = contest("Lò Văn An", "Lò Văn Ân", "Vàng A Páo")
    assert words("Lò Văn Ân,Lò Văn An,3\nx,,\n", of=alike) == [["kept", "struck", "kept"]]
    with pytest.raises(KeyedMissingError):
        ballots("lo van an,Lò Văn Ân,3\nx,,\n", of=alike)


def test_a_number_with_the_name_of_another_is_nobody() -> None:
    assert "c02" in str(refusal(KeyedMissingError, "c01,2. Lò Thị An,c03\n,,x\n")["missing"])


def test_an_id_goes_before_a_place() -> None:
    people = tuple(Candidate(CandidateId(one), name) for one, name in zip(("3", "2", "1"), NAMES, strict=True))
    turned = Contest(ContestId("bch"), Office.COMMITTEE, "Bầu", 2, people)
    assert words("1,2,3\nx,,\n", of=turned) == [["kept", "kept", "struck"]]


def test_rows_without_content_are_no_ballots_and_rows_keep_their_number() -> None:
    held = ballots("c01,c02,c03\n,,\nx,,\n,,\n,x,\n")
    assert [line.ballot for line in held.lines] == ["r0003", "r0005"]
    assert held.rows == (3, 5)


def test_a_ballot_with_nothing_struck_needs_its_number() -> None:
    assert words("ballot,c01,c02,c03\n1,,,\n") == [["kept", "kept", "kept"]]


def test_a_number_that_stands_twice_is_refused_with_both_rows() -> None:
    fields = refusal(KeyedTwiceError, "ballot,c01,c02,c03\n7,,,x\n8,,,x\n7,,,x\n")
    assert (fields["row"], fields["other"], fields["found"]) == (4, 2, "7")


def test_a_candidate_with_two_columns_is_refused() -> None:
    assert refusal(KeyedTwiceError, "c01,c02,c03,1\n,,x,\n")["found"] == "1"


def test_a_candidate_without_a_column_is_named() -> None:
    assert refusal(KeyedMissingError, "c01,c03\n,x\n")["missing"] == "c02"


@pytest.mark.parametrize("data", [b"", b"\n", "số,gì\n1,2\n".encode()])
def test_a_file_about_nobody_names_everybody(data: bytes) -> None:
    assert refusal(KeyedMissingError, data)["missing"] == "c01, c02, c03"


def test_the_standing_of_a_ballot_is_read() -> None:
    text = "c01,c02,c03,kết luận\nx,,,hợp lệ\nx,,,signed_or_extra_text\n,,,NOT_ISSUED\nx,,,\n"
    lines = ballots(text).lines
    assert [line.standing for line in lines] == [Standing.VALID, Standing.INVALID, Standing.INVALID, None]
    assert [line.grounds for line in lines[1:3]] == [
        (InvalidGround.SIGNED_OR_EXTRA_TEXT,),
        (InvalidGround.NOT_ISSUED,),
    ]
    assert lines[2].marks == {}
    assert lines[1].marks["c01"] is Mark.STRUCK


def test_invalid_without_its_ground_is_refused() -> None:
    fields = refusal(KeyedAnswerError, "c01,c02,c03,standing\nx,,,invalid\n")
    assert (fields["column"], fields["found"]) == ("standing", "invalid")
    assert "NOT_ISSUED" in str(fields["allowed"])


def test_totals_are_read_with_their_figures() -> None:
    held = totals(
        "candidate,votes\nc02,12\nLò Thị An,1.234\n3, 7 \nphát ra,1300\nThu về,1 290\nhợp lệ,1289\ninvalid,1\n"
    )
    assert list(held.votes.items()) == [("c01", 1234), ("c02", 12), ("c03", 7)]
    assert held.figures == {Figure.ISSUED: 1300, Figure.COLLECTED: 1290, Figure.VALID: 1289, Figure.INVALID: 1}


@pytest.mark.parametrize("header", ["candidate,votes", "Họ và tên;Số phiếu", "STT\tỨng cử viên\tSố phiếu đồng ý"])
def test_totals_are_known_by_their_header(header: str) -> None:
    separator = next(one for one in ",;\t" if one in header)
    first = ["1"] if "STT" in header else []
    rows = "\n".join(separator.join([*first, one, "5"]) for one in ("c01", "c02", "c03"))
    assert totals(f"{header}\n{rows}\n").votes == {"c01": 5, "c02": 5, "c03": 5}


@pytest.mark.parametrize("figure", ["", "-1", "1,5", "12 phiếu", "1.23", "٣", "1e3", "9" * 20, "=1+1"])
def test_a_figure_that_is_no_whole_number_is_refused(figure: str) -> None:
    fields = refusal(KeyedFigureError, f"candidate;votes\nc01;4\nc02;{figure}\nc03;4\n")
    assert fields["row"] == 3


def test_totals_of_a_stranger_are_refused() -> None:
    fields = refusal(KeyedColumnsError, "candidate,votes\nc01,4\nc02,4\nc03,4\nTrần Văn Lạ,4\n")
    assert (fields["row"], fields["found"]) == (5, "Trần Văn Lạ")


def test_totals_that_leave_somebody_out_name_him() -> None:
    assert refusal(KeyedMissingError, "candidate,votes\nc01,4\nc03,4\n")["missing"] == "c02"


def test_totals_of_one_candidate_twice_are_refused() -> None:
    assert refusal(KeyedTwiceError, "candidate,votes\nc01,4\nLò Thị An,4\n")["other"] == 2
    assert refusal(KeyedTwiceError, "candidate,votes\nissued,4\nphát ra,4\n")["row"] == 3


@pytest.mark.parametrize(
    "data",
    [b"c01,c02\n\xff\xfe,x\n", b'c01,c02,c03\n"x,,\n', b"\xff\xfea", "c01,c02,c03\nx,,\n".encode("utf-16")[:-1]],
)
def test_bytes_that_are_no_table_are_refused(data: bytes) -> None:
    assert refusal(KeyedUnreadableError, data)["found"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_spreadsheets_may_write_it_as_they_like(separator: str, encoding: str, end: str) -> None:
    rows = [[*NAMES, "phiếu"], ["x", "", "", "1"], ["", "gạch", "", "2"]]
    text = "".join(separator.join(row) + end for row in rows)
    assert words(text.encode(encoding)) == [["struck", "kept", "kept"], ["kept", "struck", "kept"]]


def test_the_line_that_excel_writes_for_itself_is_passed_over() -> None:
    assert words(codecs.BOM_UTF8 + b"sep=;\r\nc01;c02;c03\r\nx;;\r\n") == [["struck", "kept", "kept"]]


SPELT = {"kept": ["", "K", "k"], "struck": ["x", "S", "struck", "gạch"], "doubtful": ["?", "nghi ngờ"]}
MARKS = st.lists(st.sampled_from(sorted(SPELT)), min_size=3, max_size=3)


@given(st.lists(MARKS, min_size=1, max_size=12), st.booleans(), st.data())
def test_what_is_keyed_is_what_is_read(rows: list[list[str]], blank: bool, data: st.DataObject) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["ballot", "c01", "c02", "c03"])
    for number, row in enumerate(rows, 1):
        kept = [""] if blank else ["K", "k", "để lại"]
        cells = [data.draw(st.sampled_from(kept if word == "kept" else SPELT[word])) for word in row]
        writer.writerow([number, *cells])
    assert words(text.getvalue()) == rows


def refused_of(data: bytes, form: BallotForm) -> object:
    """The file that a refusal names; the file itself where nothing is refused."""
    try:
        parse(data, "keyed.csv", contest=contest(), form=form)
    except InterchangeError as refused:
        return refused.fields["file"]
    return "keyed.csv"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes) -> None:
    assert refused_of(data, STRIKE) == "keyed.csv"


@given(st.text(max_size=120), st.sampled_from(["c01,c02,c03", "candidate,votes"]))
def test_any_rows_below_a_header_are_read_or_refused(body: str, header: str) -> None:
    assert refused_of(f"{header}\n{body}".encode(errors="replace"), AGREE) == "keyed.csv"
