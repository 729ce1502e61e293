"""ballots.jsonl: what is written is read back, and every fault is named by its line."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from daihoi.interchange import ballot_lines
from daihoi.interchange.ballot_lines import parse
from daihoi.interchange.errors import BadLineError, NotUtf8Error, RepeatedBallotError
from daihoi.interchange.terms import BallotLine, PageRef
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

PEOPLE = tuple(Candidate(CandidateId(f"c0{number}"), "Lò Thị An") for number in (1, 2))
CONTEST = Contest(ContestId("bch"), Office.SECRETARY, "Bầu", 1, PEOPLE)
MARKS = {"c01": Mark.KEPT, "c02": Mark.STRUCK}
WHOLE = BallotLine("b0001", MARKS, (PageRef("a/1.jpg", 0, "0" * 64),), Standing.VALID, (), ("c01",))
KEYED = b'{"ballot":"7","marks":{"c01":"kept","c02":"struck"}}'


def test_line_has_the_keys_of_the_contract() -> None:
    assert json.loads(ballot_lines.dump([WHOLE])) == {
        "ballot": "b0001",
        "pages": [{"file": "a/1.jpg", "index": 0, "sha256": "0" * 64}],
        "marks": {"c01": "kept", "c02": "struck"},
        "standing": "valid",
        "grounds": [],
        "votes": ["c01"],
    }


def test_what_is_written_is_read_back() -> None:
    invalid = replace(WHOLE, ballot="b2", standing=Standing.INVALID, grounds=(InvalidGround.OVER_VOTE,), votes=())
    assert parse(ballot_lines.dump([WHOLE, invalid]), "f", contest=CONTEST) == (WHOLE, invalid)


def test_ballot_keyed_by_hand_has_ballot_and_marks_alone() -> None:
    line = BallotLine("7", MARKS)
    assert ballot_lines.dump([line]) == KEYED + b"\n"
    assert parse(KEYED, "f", contest=CONTEST, form=BallotForm.STRIKE_OUT) == (line,)


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf\n \r\n"])
def test_file_without_ballots_is_empty(data: bytes) -> None:
    assert parse(data, "f") == ()


def test_mark_of_order_blank_lines_and_windows_ends_are_borne() -> None:
    data = b"\xef\xbb\xbf" + KEYED + b"\r\n\r\n  \n" + KEYED.replace(b'"7"', b'"8"')
    assert [line.ballot for line in parse(data, "f")] == ["7", "8"]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b"nonsense", "the line"),
        (b"[]", "the line"),
        (b"7", "the line"),
        (b'{"ballot":"7","ballot":"8","marks":{}}', "the line"),
        (b"[" * 50_000, "the line"),
        (b'{"marks":{}}', "ballot"),
        (b'{"ballot":"","marks":{}}', "ballot"),
        (b'{"ballot":7,"marks":{}}', "ballot"),
        (b'{"ballot":"7"}', "marks"),
        (b'{"ballot":"7","marks":[]}', "marks"),
        (b'{"ballot":"7","marks":{"c01":"yes"}}', "marks.c01"),
        (b'{"ballot":"7","marks":{"c01":1}}', "marks.c01"),
        (b'{"ballot":"7","marks":{},"mark":{}}', "mark"),
        (b'{"ballot":"7","marks":{},"standing":"good"}', "standing"),
        (b'{"ballot":"7","marks":{"c01":"kept"},"grounds":["DISTINGUISHING_MARK"]}', "standing"),
        (b'{"ballot":"7","marks":{"c01":"kept"},"standing":"invalid"}', "grounds"),
        (b'{"ballot":"7","marks":{"c01":"kept"},"standing":"invalid","grounds":[]}', "grounds"),
        (b'{"ballot":"7","marks":{},"grounds":["BAD"]}', "grounds"),
        (b'{"ballot":"7","marks":{},"grounds":"OVER_VOTE"}', "grounds"),
        (b'{"ballot":"7","marks":{},"votes":[1]}', "votes"),
        (b'{"ballot":"7","marks":{},"pages":[1]}', "pages[0]"),
        (b'{"ballot":"7","marks":{},"pages":[{"file":"a","index":-1,"sha256":"' + b"0" * 64 + b'"}]}', "index"),
        (b'{"ballot":"7","marks":{},"pages":[{"file":"a","index":0,"sha256":"0"}]}', "pages[0].sha256"),
        (b'{"ballot":"7","marks":{},"pages":[{"file":"a","index":0,"sha256":"0","x":1}]}', "x"),
    ],
)
def test_line_that_is_wrong_is_named_by_number_and_field(line: bytes, field: str) -> None:
    with pytest.raises(BadLineError) as caught:
        parse(KEYED.replace(b'"7"', b'"1"') + b"\n\n" + line, "phieu.jsonl")
    assert (caught.value.file, caught.value.line, caught.value.field) == ("phieu.jsonl", 3, field)
    assert caught.value.expected


def test_long_values_are_cut_in_the_error() -> None:
    with pytest.raises(BadLineError) as caught:
        parse(b'{"ballot":"7","marks":{"c01":"' + b"x" * 500 + b'"}}', "f")
    assert len(caught.value.found) == 80


def test_bytes_that_are_no_text_are_named_by_their_line() -> None:
    with pytest.raises(NotUtf8Error) as caught:
        parse(KEYED + b"\n\xff\n", "f")
    assert caught.value.line == 2


def test_ballot_that_stands_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(RepeatedBallotError) as caught:
        parse(KEYED + b"\n\n" + KEYED, "f")
    assert (caught.value.ballot, caught.value.first, caught.value.line) == ("7", 1, 3)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b'{"ballot":"7","marks":{"c01":"kept"}}', "marks.c02"),
        (b'{"ballot":"7","marks":{}}', "marks.c01"),
        (b'{"ballot":"7","marks":{"c01":"kept","c02":"kept","c03":"kept"}}', "marks.c03"),
        (b'{"ballot":"7","marks":{"c01":"kept","c02":"kept"},"votes":["c09"]}', "votes"),
        (b'{"ballot":"7","marks":{"c01":"agree","c02":"kept"}}', "marks.c01"),
        (b'{"ballot":"7","marks":{},"standing":"invalid","grounds":["OVER_VOTE"]}', "marks.c01"),
    ],
)
def test_marks_must_be_those_of_the_contest(line: bytes, field: str) -> None:
    with pytest.raises(BadLineError) as caught:
        parse(line, "f", contest=CONTEST, form=BallotForm.STRIKE_OUT)
    assert caught.value.field == field


def test_mark_of_the_strike_form_is_refused_on_the_agree_form() -> None:
    with pytest.raises(BadLineError) as caught:
        parse(KEYED, "f", contest=CONTEST, form=BallotForm.AGREE_DISAGREE)
    assert caught.value.found == "kept"


def test_ballot_that_was_not_issued_may_have_no_marks() -> None:
    data = b'{"ballot":"7","marks":{},"standing":"invalid","grounds":["NOT_ISSUED"]}'
    (line,) = parse(data, "f", contest=CONTEST, form=BallotForm.STRIKE_OUT)
    assert line.grounds == (InvalidGround.NOT_ISSUED,)
