"""The order of names by Vietnamese letters and tones, stored keys, and search without accents."""

from __future__ import annotations

import random
import unicodedata

import pytest

from daihoi.rules.names import fold_search, in_order, plain, sort_key, sort_text
from daihoi.rules.settings import Settings
from daihoi.rules.terms import Candidate, CandidateId, PartialDate
from tests.rules.builders import SETTINGS

ALPHABET = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]
LETTERS_BEFORE_TONES = ["An", "Án", "Anh", "Ảnh", "Ạnh", "Ăn", "Ân", "Ấn", "Ba", "Bà", "Bách"]
LIST_ORDER = [
    "Đinh Văn An",
    "Lê Thị An",
    "Lê Văn An",
    "Nguyễn Án",
    "Nguyễn Thị Ánh",
    "Trần Thị Ánh",
    "Nguyễn Văn Ân",
    "Hoàng Bình",
    "Hoàng Thanh Bình",
    "Phạm Dũng",
    "Phạm Đức",
    "H'Hen Niê Kđăm",
    "Ksor H'Bơ Khăp",
    "Lò Thị Ươm",
    "Y",
    "Lò Ý",
]


@pytest.mark.parametrize("key", [sort_key, sort_text])
@pytest.mark.parametrize("ordered", [ALPHABET, TONES, LETTERS_BEFORE_TONES, LIST_ORDER])
def test_names_stand_in_vietnamese_order(key: object, ordered: list[str]) -> None:
    mixed = ordered[:]
    random.Random(20).shuffle(mixed)
    assert sorted(mixed, key=key) == ordered  # type: ignore[arg-type, type-var]


def test_given_name_comes_before_family_and_family_before_middle() -> None:
    given, family, middle = sort_key("Nguyễn Thị Thanh Bình")
    assert (given, family, middle) == (sort_key("Bình")[0], sort_key("Nguyễn")[0], sort_key("x Thị Thanh y")[2])


def test_middle_may_be_compared_before_the_family() -> None:
    names = ["Trần Anh Bình", "Lê Văn Bình"]
    assert sorted(names, key=sort_key) == ["Lê Văn Bình", "Trần Anh Bình"]
    assert sorted(names, key=lambda name: sort_key(name, "given_middle_family")) == ["Trần Anh Bình", "Lê Văn Bình"]


def test_shorter_name_comes_first() -> None:
    assert sort_text("Hoàng Bình") < sort_text("Hoàng An Bình")
    assert sort_text("Lê Văn Thi") < sort_text("Lê Văn Thiên")


def test_name_of_one_word_is_a_given_name() -> None:
    assert sort_key("Y") == (sort_key("Lê Y")[0], ((), ()), ((), ()))


def test_no_name_has_a_key() -> None:
    assert sort_key("") == (((), ()),) * 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H'Hen Niê Kđăm", "H’Hen Niê Kđăm"),
        ("NGUYỄN VĂN ĐỨC", "nguyễn văn đức"),
        ("Nguyễn  Văn\tAn", "Nguyễn Văn An"),
        ("Nguyễn Văn An", unicodedata.normalize("NFD", "Nguyễn Văn An")),
    ],
)
def test_ways_of_writing_one_name(one: str, other: str) -> None:
    assert plain(one) == plain(other)
    assert sort_key(one) == sort_key(other)
    assert fold_search(one) == fold_search(other)


def test_apostrophe_takes_no_part_in_the_order() -> None:
    assert sort_key("H'Bơ") == sort_key("HBơ")
    assert plain("H'Bơ") != plain("HBơ")


@pytest.mark.parametrize(
    ("before", "letter", "after"), [("e", "ĕ", "ê"), ("o", "ŏ", "ô"), ("b", "ƀ", "c"), ("c", "č", "d")]
)
def test_letters_of_other_peoples_stand_behind_their_base(before: str, letter: str, after: str) -> None:
    assert sort_key(before) < sort_key(letter) < sort_key(after)
    assert sort_text(before) < sort_text(letter) < sort_text(after)


def test_digits_come_before_letters_in_their_own_order() -> None:
    assert sorted(["Ca", "C10", "C2", "C1"], key=sort_text) == ["C1", "C10", "C2", "Ca"]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Nguyễn Thị Ánh Tuyết", "nguyen thi anh tuyet"),
        ("ĐẶNG VĂN ĐƯỢC", "dang van duoc"),
        ("H'Hen Niê Kđăm", "hhen nie kdam"),
        ("Ksor H’Bơ Khăp", "ksor hbo khap"),
        ("  Lò   Ý ", "lo y"),
        ("Nguyễn-Ánh", "nguyen anh"),
        ("", ""),
    ],
)
def test_search_ignores_accents_capitals_and_apostrophes(name: str, folded: str) -> None:
    assert fold_search(name) == folded


def person(number: int, name: str, party: PartialDate | None = None, born: PartialDate | None = None) -> Candidate:
    return Candidate(CandidateId(f"c{number}"), name, born=born, party_since=party)


def test_equal_names_stand_by_older_party_age_then_by_birth_then_the_unknown() -> None:
    given = [
        person(1, "Lê Văn An"),
        person(2, "Lê Văn An", PartialDate(2001), PartialDate(1980)),
        person(3, "Lê Văn An", PartialDate(2001), PartialDate(1975, 6)),
        person(4, "Lê Văn An", PartialDate(1999, 2, 3)),
        person(5, "Lê Văn An", PartialDate(1999, 2), PartialDate(1990)),
        person(6, "Lê Văn An", None, PartialDate(1950)),
    ]
    assert [one.id for one in in_order(given, SETTINGS)] == ["c5", "c4", "c3", "c2", "c6", "c1"]


def test_list_order_follows_the_setting() -> None:
    given = [person(1, "Lê Văn Bình"), person(2, "Trần Anh Bình")]
    settings = Settings(name_order="given_middle_family")
    assert [one.id for one in in_order(given, SETTINGS)] == ["c1", "c2"]
    assert [one.id for one in in_order(given, settings)] == ["c2", "c1"]


def test_people_alike_in_everything_stay_where_they_stood() -> None:
    given = [person(2, "Lê Văn An"), person(1, "Lê Văn An")]
    assert [one.id for one in in_order(given, SETTINGS)] == ["c2", "c1"]
