"""Codes of a ballot: what they say, what they refuse to say, and the check over all that is printed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from daihoi.sheet.identity import check_of, congress_tag, contest_tag, decode, encode, printed_bytes
from daihoi.sheet.terms import Face, Identity, Listed
from tests.sheet.samples import AGREE, STRIKE, face, ordinary, planned

SECRET = bytes(range(32))
IDENTITY = Identity("ABCDEF", "BCH", 1, "190", 1, 2, False, "ABCDEFGHIJKLMNOP")
SAID = "DH1:ABCDEF:BCH:1:190:1/2:T:ABCDEFGHIJKLMNOP"
FACTS: dict[str, str | int | bool] = {"contest": "bch", "round": 1, "edition": "190", "rehearsal": False}


def _check(sheet: Face, page: int = 1, **facts: str | int | bool) -> str:
    return check_of(SECRET, printed_bytes(planned(sheet), sheet, FACTS | facts), page)


def test_encode_says_every_part() -> None:
    assert encode(IDENTITY) == SAID


def test_rehearsal_is_said() -> None:
    assert encode(replace(IDENTITY, rehearsal=True)) == SAID.replace(":T:", ":R:")


def test_decode_gives_back_what_was_encoded() -> None:
    assert decode(SAID) == IDENTITY


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        SAID + "\n",
        " " + SAID,
        SAID + "A",
        SAID[:-1],
        SAID.lower(),
        SAID.replace("DH1", "DH2"),
        SAID.replace("1/2", "2/1"),
        SAID.replace("1/2", "3/3"),
        SAID.replace("1/2", "0/2"),
        SAID.replace("1/2", "1"),
        SAID.replace(":1:190", ":0:190"),
        SAID.replace(":1:190", ":-1:190"),
        SAID.replace(":1:190", ":01:190"),
        SAID.replace(":1:190", ":100:190"),
        SAID.replace(":1:190", ":\u0661:190"),
        SAID.replace(":190:", ":19O:"),
        SAID.replace(":T:", ":X:"),
        SAID.replace("BCH", ""),
        SAID.replace("BCH", "B" * 13),
        SAID.replace("BCH", "B CH"),
        SAID.replace("ABCDEF:", "ABCDE1:"),
        SAID.replace("ABCDEF:", "ABCDE:"),
        SAID.replace("OP", "O8"),
        SAID.replace(":", "::"),
        "https://example.org/" + SAID,
        "\x00" * 50,
        "9" * 10000,
        "DH1:" * 1000,
        "\ud800",
    ],
)
def test_decode_refuses_any_other_text(text: str) -> None:
    assert decode(text) is None


@pytest.mark.parametrize(
    ("contest", "tag"),
    [("bch", "BCH"), ("bch.2-b", "BCH.2-B"), ("đại biểu", "--I-BI-U"), ("a:b/c", "A-B-C"), ("x" * 40, "X" * 12)],
)
def test_contest_tag_keeps_to_the_alphabet_of_the_codes(contest: str, tag: str) -> None:
    assert contest_tag(contest) == tag


def test_congress_tag_is_six_letters_of_base32() -> None:
    assert re.fullmatch("[A-Z2-7]{6}", congress_tag("Đại hội", "Đảng bộ", "2025-06-17"))


def test_congress_tag_does_not_depend_on_the_spelling_of_accents() -> None:
    assert congress_tag("Đại hội", "Đảng bộ", "2025-06-17") == congress_tag(
        "Đa\u0323i hô\u0323i", "Đa\u0309ng bô\u0323", "2025-06-17"
    )


def test_congress_tag_tells_its_parts_apart() -> None:
    tags = {
        congress_tag("A", "B", "2025-06-17"),
        congress_tag("AB", "", "2025-06-17"),
        congress_tag("B", "A", "2025-06-17"),
        congress_tag("A", "B", "2025-06-18"),
    }
    assert len(tags) == 4


def test_check_is_sixteen_letters_of_base32() -> None:
    assert re.fullmatch("[A-Z2-7]{16}", check_of(SECRET, b"printed", 1))


def test_check_is_known_for_a_known_page() -> None:
    # Pinned: a program of another hand must come to the same letters.
    assert check_of(b"\x00" * 32, b"printed", 1) == "57TA25F6GD3SVPSB"


def test_check_depends_on_secret_page_and_print() -> None:
    checks = {
        check_of(SECRET, b"printed", 1),
        check_of(SECRET[::-1], b"printed", 1),
        check_of(SECRET, b"printed", 2),
        check_of(SECRET, b"Printed", 1),
    }
    assert len(checks) == 4


@pytest.mark.parametrize("form", [STRIKE, AGREE])
def test_same_print_has_the_same_check(form: object) -> None:
    sheet = face(STRIKE if form is STRIKE else AGREE, ordinary(30))
    assert _check(sheet) == _check(replace(sheet))


@pytest.mark.parametrize(
    "change",
    [
        {"superior": "ĐẢNG BỘ TỈNH KHÁC"},
        {"organisation": "ĐẢNG BỘ HUYỆN KHÁC"},
        {"congress": "ĐẠI HỘI KHÁC"},
        {"title": "Bầu Ban Thường vụ"},
        {"round_line": "Bầu lần thứ 2"},
        {"seats_line": "Số lượng cần bầu: 40"},
        {"instruction": ("Gạch tên.",)},
        {"rehearsal_line": "DIỄN TẬP"},
        {"names": ordinary(29)},
        {"names": tuple(reversed(ordinary(30)))},
        {"names": (*ordinary(29), Listed("c030", "Người Khác"))},
        {"names": (*ordinary(29), replace(ordinary(30)[29], note="(1950)"))},
        {"names": (*ordinary(29), replace(ordinary(30)[29], candidate="x"))},
        {"ruler_line": "100"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_check_changes_with_anything_printed(change: dict[str, object]) -> None:
    assert _check(face(STRIKE, ordinary(30))) != _check(replace(face(STRIKE, ordinary(30)), **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("fact", [{"contest": "x"}, {"round": 2}, {"edition": "244"}, {"rehearsal": True}])
def test_check_changes_with_every_fact(fact: dict[str, str | int | bool]) -> None:
    assert _check(face(STRIKE, ordinary(3))) != _check(face(STRIKE, ordinary(3)), **fact)


def test_check_changes_with_geometry_alone() -> None:
    sheet = face(STRIKE, ordinary(3))
    plan = planned(sheet)
    target = plan.pages[0].targets[0]
    moved = replace(target, box=replace(target.box, x=target.box.x + 0.01))
    page = replace(plan.pages[0], targets=(moved, *plan.pages[0].targets[1:]))
    assert printed_bytes(plan, sheet, FACTS) != printed_bytes(replace(plan, pages=(page,)), sheet, FACTS)


def test_printed_bytes_leave_out_what_the_codes_say() -> None:
    sheet = face(STRIKE, ordinary(3))
    plan = planned(sheet)
    page = plan.pages[0]
    coded = tuple(replace(item, payload="other") if item in page.codes else item for item in page.drawn)
    other = replace(plan, pages=(replace(page, drawn=coded),))  # type: ignore[type-var]
    assert printed_bytes(plan, sheet, FACTS) == printed_bytes(other, sheet, FACTS)


def test_printed_bytes_hold_no_float() -> None:
    sheet = face(AGREE, ordinary(3), title="Bầu", congress="ĐẠI HỘI")
    assert not re.search(rb"[0-9]\.[0-9]", printed_bytes(planned(sheet), sheet, FACTS))


@pytest.mark.parametrize("contest", ["bch", "a" * 40, "bầu cử"])
def test_longest_code_fits_version_three(contest: str) -> None:
    longest = Identity("ABCDEF", contest_tag(contest), 99, "190", 2, 2, True, "A" * 16)
    # QR version 3 at level M holds 61 alphanumeric characters (ISO/IEC 18004, table 7).
    assert len(encode(longest)) <= 61
    assert re.fullmatch(r"[0-9A-Z $%*+\-./:]*", encode(longest))
