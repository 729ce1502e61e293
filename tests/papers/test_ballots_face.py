"""The words of a ballot, and equal names told apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daihoi.papers.ballots.face import face_of, listed
from daihoi.papers.errors import LetterMissingError, SameNamesError
from daihoi.rules.terms import Candidate, CandidateId, CongressForm, PartialDate
from daihoi.sheet.terms import SheetForm
from tests.papers.ballot_samples import CONGRESS, contest_of, election_of

STRIKE, AGREE = SheetForm.STRIKE_OUT, SheetForm.AGREE_DISAGREE


def person(place: str, name: str, *born: int) -> Candidate:
    return Candidate(CandidateId(place), name, PartialDate(*born) if born else None)


def notes(*people: Candidate) -> list[str]:
    return [name.note for name in listed(people)]


def test_strike_form_says_how_to_vote_in_the_words_of_the_issue() -> None:
    contest = contest_of(44, seats=39)
    (how,) = face_of(election_of(contest), contest, STRIKE, rehearsal=False).instruction
    assert how == "Đại biểu gạch giữa cả chữ họ và tên những người mình không bầu; số người để lại không quá 39."


def test_agree_form_says_how_to_vote_in_the_words_of_the_issue() -> None:
    contest = contest_of(1, seats=1)
    (how,) = face_of(election_of(contest), contest, AGREE, rehearsal=False).instruction
    assert how == "Đánh dấu X vào một trong hai ô của mỗi người."


@pytest.mark.parametrize(
    ("form", "voter"),
    [(CongressForm.DELEGATES, "Đại biểu"), (CongressForm.MEMBERS, "Đảng viên"), (CongressForm.MEETING, "Đồng chí")],
)
def test_voter_is_named_by_the_form_of_the_congress(form: CongressForm, voter: str) -> None:
    contest = contest_of(5, seats=4)
    election = election_of(contest, replace(CONGRESS, form=form))
    assert face_of(election, contest, STRIKE, rehearsal=False).instruction[0].startswith(f"{voter} gạch")


def test_own_words_replace_the_instruction_and_may_hold_braces() -> None:
    contest = contest_of(5, seats=4)
    own = "{voter} để lại không quá {seats} người {x} {"
    election = replace(election_of(contest), settings={"strike_instruction": own})
    said = face_of(election, contest, STRIKE, rehearsal=False).instruction
    assert said == ("Đại biểu để lại không quá 4 người {x} {",)


def test_own_words_of_the_agree_form_leave_the_strike_form_alone() -> None:
    contest = contest_of(5, seats=4)
    election = replace(election_of(contest), settings={"agree_instruction": "Chọn một ô."})
    assert face_of(election, contest, AGREE, rehearsal=False).instruction == ("Chọn một ô.",)
    assert "gạch giữa" in face_of(election, contest, STRIKE, rehearsal=False).instruction[0]


@pytest.mark.parametrize(("seats", "said"), [(1, "01"), (9, "09"), (10, "10"), (39, "39"), (100, "100")])
def test_seats_are_said_in_two_digits(seats: int, said: str) -> None:
    contest = contest_of(3, seats=seats)
    assert face_of(election_of(contest), contest, STRIKE, rehearsal=False).seats_line == f"Số lượng cần bầu: {said}"


@pytest.mark.parametrize(("number", "said"), [(1, ""), (2, "Bầu lần thứ 2"), (3, "Bầu lần thứ 3")])
def test_round_is_said_from_the_second_on(number: int, said: str) -> None:
    contest = replace(contest_of(3, seats=2), round=number)
    assert face_of(election_of(contest), contest, STRIKE, rehearsal=False).round_line == said


def test_headings_are_in_capitals_and_the_title_as_written() -> None:
    contest = contest_of(3, seats=2)
    face = face_of(election_of(contest), contest, STRIKE, rehearsal=False)
    assert _plain(face.superior) == "ĐẢNG BỘ TỈNH THANH GIANG"
    assert _plain(face.organisation) == "ĐẢNG BỘ HUYỆN NÀ LƯƠNG"
    assert _plain(face.congress).startswith("ĐẠI HỘI ĐẠI BIỂU")
    assert _plain(face.title) == contest.title
    assert face.kind == "PHIẾU BẦU CỬ"


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_agree_form_has_its_four_columns() -> None:
    contest = contest_of(3, seats=3)
    columns = face_of(election_of(contest), contest, AGREE, rehearsal=False).columns
    assert [column.lower() for column in columns] == ["số thứ tự", "họ và tên", "đồng ý", "không đồng ý"]


@pytest.mark.parametrize(("rehearsal", "said"), [(True, "DIỄN TẬP"), (False, "")])
def test_rehearsal_is_said_only_at_a_rehearsal(rehearsal: bool, said: str) -> None:
    contest = contest_of(3, seats=2)
    assert face_of(election_of(contest), contest, STRIKE, rehearsal=rehearsal).rehearsal_line == said


def test_names_stand_in_the_order_of_the_file_without_notes() -> None:
    assert notes(person("a", "Vũ An", 1970), person("b", "Lê Bình", 1970)) == ["", ""]


def test_names_are_printed_in_nfc_on_one_line() -> None:
    (name,) = listed([person("a", "  Nguye\u0302\u0303n \n Văn\tAn ")])
    assert name.label == "Nguyễn Văn An"


def test_equal_names_are_told_apart_by_year_of_birth() -> None:
    people = [person("a", "Trần Văn Hùng", 1975), person("b", "Lê An", 1975), person("c", "Trần Văn Hùng", 1981)]
    assert notes(*people) == ["(1975)", "", "(1981)"]


def test_names_equal_but_for_capitals_and_spelling_of_accents_are_equal() -> None:
    people = [person("a", "Trần Văn Hùng", 1975), person("b", "TRẦN VĂN  Hu\u0300ng", 1981)]
    assert notes(*people) == ["(1975)", "(1981)"]


def test_names_that_differ_in_a_tone_are_not_equal() -> None:
    assert notes(person("a", "Lê Hoa", 1975), person("b", "Lê Hòa", 1975)) == ["", ""]


def test_equal_names_of_one_year_are_told_apart_by_the_date() -> None:
    people = [person("a", "Lê An", 1975, 3, 12), person("b", "Lê An", 1975, 11, 2), person("c", "Lê An", 1980)]
    assert notes(*people) == ["(12/03/1975)", "(02/11/1975)", "(1980)"]


@pytest.mark.parametrize(
    ("one", "other"),
    [((), ()), ((1975,), (1975,)), ((1975, 3, 1), (1975, 3, 1)), ((1975,), ()), ((), (1975,))],
)
def test_names_that_birth_does_not_tell_apart_are_refused_by_both_ids(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    with pytest.raises(SameNamesError) as refused:
        listed([person("a", "Lê An", *one), person("x", "Vũ Bình"), person("b", "Lê An", *other)])
    assert {refused.value.fields["first"], refused.value.fields["second"]} == {"a", "b"}
    assert refused.value.fields["name"] == "Lê An"


@pytest.mark.parametrize("letter", ["漢", "😀", "ก"])
def test_letter_that_cannot_be_printed_is_refused_by_name(letter: str) -> None:
    contest = contest_of(2, seats=1)
    contest = replace(contest, candidates=(*contest.candidates, person("z", f"Lê {letter}")))
    with pytest.raises(LetterMissingError) as refused:
        face_of(election_of(contest), contest, STRIKE, rehearsal=False)
    assert refused.value.fields == {"letter": letter, "codepoint": f"U+{ord(letter):04X}", "text": f"Lê {letter}"}


def test_letters_of_headings_are_checked_too() -> None:
    contest = replace(contest_of(2, seats=1), title="Bầu 漢")
    with pytest.raises(LetterMissingError):
        face_of(election_of(contest), contest, STRIKE, rehearsal=False)
