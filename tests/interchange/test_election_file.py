"""ELECTION.toml: every value finds its place, every fault is named by its dotted path."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from daihoi.interchange.election_file import load_election
from daihoi.interchange.errors import (
    BadDateError,
    BadIdError,
    BadTextError,
    ClosesBeforeOpensError,
    ElectionFileError,
    MissingKeyError,
    NotAChoiceError,
    NotUtf8Error,
    OutOfRangeError,
    RepeatedIdError,
    TomlSyntaxError,
    UnknownKeyError,
    WrongTypeError,
)
from daihoi.interchange.terms import BoardMember, Election, MinutesFacts
from daihoi.rules.terms import (
    BallotFigures,
    CongressForm,
    Deduction,
    DeductionGround,
    Office,
    Override,
    PartialDate,
    Roll,
    RoundKind,
    Source,
)
from daihoi.words.errors.phrases import PHRASES
from tests.interchange.elections import RIGHT, bent


def load(data: bytes) -> Election:
    return load_election(data, "ELECTION.toml")


def test_congress_is_read_whole() -> None:
    congress = load(RIGHT.encode()).congress
    assert (congress.title, congress.place) == ("Đại hội đại biểu lần thứ XXIII", "Nà Lương")
    assert (congress.organisation, congress.superior) == ("Đảng bộ huyện Nà Lương", "Đảng bộ tỉnh Thanh Giang")
    assert (congress.opens, congress.closes) == (date(2025, 5, 19), date(2025, 5, 20))
    assert (congress.form, congress.edition) == (CongressForm.DELEGATES, "190-QD-TW-2024")


def test_roll_and_its_deductions_are_read() -> None:
    ground = DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT
    assert load(RIGHT.encode()).roll == Roll(190, 185, (Deduction(ground, 2, "ốm"),))


def test_contest_is_read_whole() -> None:
    contest = load(RIGHT.encode()).contest("bch")
    assert (contest.office, contest.title, contest.seats) == (Office.COMMITTEE, "Bầu Ban Chấp hành", 2)
    assert (contest.alternates, contest.prepared, contest.attending) == (0, 3, 185)
    assert contest.figures == BallotFigures(190, 185, 184, 1, 4)
    assert [candidate.name for candidate in contest.candidates] == ["Lò Thị An", "Vàng A Páo", "Nguyễn Văn Bình"]


def test_candidates_are_read_with_dates_and_source() -> None:
    first, second, third = load(RIGHT.encode()).contests[0].candidates
    assert (first.born, first.party_since) == (PartialDate(1975), PartialDate(1998, 2, 3))
    assert (second.born, second.note, second.source) == (PartialDate(1980, 2, 29), "Giàng Chu", Source.PREPARED)
    assert (third.source, third.support) == (Source.FLOOR, 60)


def test_round_kind_follows_from_the_round() -> None:
    first, second = load(RIGHT.encode()).contests
    assert (first.round, first.round_kind, first.follows) == (1, RoundKind.FIRST, None)
    assert (second.round, second.round_kind, second.follows) == (2, RoundKind.FURTHER, "bch")


def test_round_kind_that_is_named_holds() -> None:
    data = bent("round = 2", 'round = 2\nround_kind = "tie_reballot"')
    assert load(data).contests[1].round_kind is RoundKind.TIE_REBALLOT


def test_board_minutes_rules_and_overrides_are_read() -> None:
    election = load(RIGHT.encode())
    assert election.board == (BoardMember("Hà Thị Chiên", "Trưởng ban", "Mường Chà"),)
    assert election.minutes == MinutesFacts("Mùa A Dơ", datetime(2025, 5, 20, 8), "11 giờ 30", 4)  # noqa: DTZ001
    assert election.settings == {
        "support_percent": 30,
        "surplus_floor_one": True,
        "name_order": "given_family_middle",
    }
    override = Override("surplus_within_limit", "Đoàn Chủ tịch", "Đại hội quyết định", "Biên bản số 02")
    assert election.overrides == (override,)


def test_true_stays_true_and_is_no_number() -> None:
    assert load(RIGHT.encode()).settings["surplus_floor_one"] is True


SMALLEST = """
[congress]
title = "T"
organisation = "O"
superior = "S"
place = "P"
opens = 2025-05-19
closes = 2025-05-19
form = "members"
[[contests]]
id = "a"
office = "secretary"
title = "T"
seats = 1
[[contests.candidates]]
id = "x"
name = "N"
"""


def test_all_that_is_optional_may_be_absent() -> None:
    election = load(SMALLEST.encode())
    assert election.roll is None
    assert election.contests[0].figures is None
    assert (election.board, election.overrides, election.settings) == ((), (), {})
    assert election.minutes == MinutesFacts(None, None, None, 3)


def test_unknown_contest_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load(SMALLEST.encode()).contest("b")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + SMALLEST.encode(), SMALLEST.replace("\n", "\r\n").encode()])
def test_byte_order_mark_and_windows_line_ends_are_borne(data: bytes) -> None:
    assert load(data) == load(SMALLEST.encode())


def test_text_becomes_nfc_and_names_lose_double_spaces() -> None:
    data = SMALLEST.replace('name = "N"', 'name = " Lo\u0300   Thi\u0323\u00a0An "').encode()
    assert load(data).contests[0].candidates[0].name == "Lò Thị An"


@pytest.mark.parametrize("text", ["", "  "])
def test_empty_optional_text_is_as_good_as_none(text: str) -> None:
    data = bent('presidium_head = "Mùa A Dơ"', f'presidium_head = "{text}"')
    assert load(data).minutes.presidium_head is None


@pytest.mark.parametrize(
    "written",
    ["2025-05-19", '"19/05/2025"', '"19/5/2025"', '"19-5-2025"', '"19.5.2025"', '"2025-5-19"', "2025-05-19T07:30:00"],
)
def test_day_may_be_written_in_many_ways(written: str) -> None:
    assert load(bent("opens = 2025-05-19", f"opens = {written}")).congress.opens == date(2025, 5, 19)


@pytest.mark.parametrize("written", ['"19/05/25"', '"31/02/2025"', '"2025"', '"hôm qua"', '""', "2025", "true"])
def test_what_is_no_day_is_refused_with_its_path(written: str) -> None:
    with pytest.raises(BadDateError) as caught:
        load(bent("opens = 2025-05-19", f"opens = {written}"))
    assert caught.value.path == "congress.opens"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"1975"', PartialDate(1975)),
        ("1975", PartialDate(1975)),
        ('"05/1975"', PartialDate(1975, 5)),
        ('"5/1975"', PartialDate(1975, 5)),
        ('"01/05/1975"', PartialDate(1975, 5, 1)),
        ("1975-05-01", PartialDate(1975, 5, 1)),
    ],
)
def test_date_of_birth_may_be_a_year_or_a_month(written: str, read: PartialDate) -> None:
    assert load(bent("born = 1975", f"born = {written}")).contests[0].candidates[0].born == read


@pytest.mark.parametrize("written", ['"13/1975"', "75", '"29/02/1975"', "true", "1975.5", "[1975]"])
def test_what_is_no_date_of_birth_is_refused_with_its_path(written: str) -> None:
    with pytest.raises(BadDateError) as caught:
        load(bent("born = 1975", f"born = {written}"))
    assert caught.value.path == "contests[0].candidates[0].born"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("08:00:00", "08:00"),
        ("2025-05-20", "20/05/2025"),
        ('"2025-05-20"', "2025-05-20"),
        ('"8 giờ"', "8 giờ"),
        ('""', None),
    ],
)
def test_times_of_the_minutes_may_be_words(written: str, read: str | None) -> None:
    assert load(bent("opened = 2025-05-20T08:00:00", f"opened = {written}")).minutes.opened == read


def test_time_of_the_minutes_written_as_text_is_a_time() -> None:
    data = bent("opened = 2025-05-20T08:00:00", 'opened = "2025-05-20 08:30"')
    assert load(data).minutes.opened == datetime(2025, 5, 20, 8, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("[congress]", "[other]\n[congress]", "other"),
        ("place =", "palce = 1\nplace =", "congress.palce"),
        ("summoned = 190", "summoned = 190\ninvited = 1", "roll.invited"),
        ("count = 2", "count = 2\nwho = 1", "roll.deductions[0].who"),
        ("seats = 2", "seats = 2\nseat = 1", "contests[0].seat"),
        ("seats = 1", "seats = 1\nseat = 1", "contests[1].seat"),
        ("support = 60", "support = 60\nvotes = 1", "contests[0].candidates[2].votes"),
        ("spoiled = 1", "spoilt = 1", "contests[0].ballots.spoilt"),
        ('unit = "Mường Chà"', 'place = "x"', "board[0].place"),
        ("copies = 4", "copy = 4", "minutes.copy"),
        ('reason = "Đại hội quyết định"', 'why = "x"', "overrides[0].why"),
    ],
)
def test_unknown_key_is_refused_by_its_path(old: str, new: str, path: str) -> None:
    with pytest.raises(UnknownKeyError) as caught:
        load(bent(old, new))
    assert caught.value.path == path
    assert caught.value.known


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ('title = "Đại hội đại biểu lần thứ XXIII"', "congress.title"),
        ('superior = "Đảng bộ tỉnh Thanh Giang"', "congress.superior"),
        ("opens = 2025-05-19", "congress.opens"),
        ('form = "delegates"', "congress.form"),
        ("summoned = 190", "roll.summoned"),
        ("present = 185", "roll.present"),
        ('id = "bch"', "contests[0].id"),
        ("seats = 2", "contests[0].seats"),
        ('name = "Vàng A Páo"', "contests[0].candidates[1].name"),
        ('role = "Trưởng ban"', "board[0].role"),
        ('document = "Biên bản số 02"', "overrides[0].document"),
    ],
)
def test_missing_key_is_named_by_its_path(line: str, path: str) -> None:
    with pytest.raises(MissingKeyError) as caught:
        load(bent(line, ""))
    assert caught.value.path == path


@pytest.mark.parametrize("data", [b"", b"[congress]", SMALLEST.split("[[contests]]", maxsplit=1)[0].encode()])
def test_file_without_its_tables_is_refused(data: bytes) -> None:
    with pytest.raises(MissingKeyError):
        load(data)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("seats = 2", "seats = true", "contests[0].seats"),
        ("seats = 2", 'seats = "2"', "contests[0].seats"),
        ("seats = 2", "seats = 2.0", "contests[0].seats"),
        ("issued = 185", "issued = 185.5", "contests[0].ballots.issued"),
        ('title = "Bầu Ban Chấp hành"', "title = 5", "contests[0].title"),
        ('id = "c02"', "id = 2", "contests[0].candidates[1].id"),
        ('form = "delegates"', "form = 1", "congress.form"),
        ("support_percent = 30", "support_percent = 30.5", "rules.support_percent"),
        ("support_percent = 30", "support_percent = [30]", "rules.support_percent"),
        ("support_percent = 30", "support_percent = 2025-01-01", "rules.support_percent"),
        ("[[board]]", "[board]", "board"),
        ("[roll]\nsummoned = 190\npresent = 185\n[[roll.deductions]]", "[[roll]]", "roll"),
    ],
)
def test_value_of_another_type_is_refused_by_its_path(old: str, new: str, path: str) -> None:
    with pytest.raises(WrongTypeError) as caught:
        load(bent(old, new))
    assert caught.value.path == path


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("seats = 2", "seats = 0", "contests[0].seats"),
        ("seats = 2", "seats = -1", "contests[0].seats"),
        ("round = 2", "round = 0", "contests[1].round"),
        ("summoned = 190", "summoned = -190", "roll.summoned"),
        ("issued = 185", "issued = -1", "contests[0].ballots.issued"),
        ("count = 2", "count = -2", "roll.deductions[0].count"),
        ("copies = 4", "copies = 0", "minutes.copies"),
        ("issued = 185", "issued = 999999999999", "contests[0].ballots.issued"),
    ],
)
def test_figure_out_of_range_is_refused_by_its_path(old: str, new: str, path: str) -> None:
    with pytest.raises(OutOfRangeError) as caught:
        load(bent(old, new))
    assert caught.value.path == path
    assert not caught.value.least <= caught.value.found <= caught.value.most


@pytest.mark.parametrize(("number", "right"), [(1, True), (100, True), (101, False)])
def test_list_has_up_to_a_hundred_names(number: int, right: bool) -> None:
    people = "".join(f'[[contests.candidates]]\nid = "c{one}"\nname = "N"\n' for one in range(number))
    data = (SMALLEST.split("[[contests.candidates]]", maxsplit=1)[0] + people).encode()
    if right:
        assert len(load(data).contests[0].candidates) == number
        return
    with pytest.raises(OutOfRangeError) as caught:
        load(data)
    assert (caught.value.path, caught.value.found) == ("contests[0].candidates", 101)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('form = "delegates"', 'form = "Delegates"', "congress.form"),
        ('office = "committee"', 'office = "council"', "contests[0].office"),
        ('source = "floor"', 'source = "hall"', "contests[0].candidates[2].source"),
        ("round = 2", 'round = 2\nround_kind = "second"', "contests[1].round_kind"),
        ('ground = "convening_member_absent_throughout"', 'ground = "late"', "roll.deductions[0].ground"),
        ('follows = "bch"', 'follows = "bch-2"', "contests[1].follows"),
    ],
)
def test_word_that_is_not_allowed_is_refused_with_those_that_are(old: str, new: str, path: str) -> None:
    with pytest.raises(NotAChoiceError) as caught:
        load(bent(old, new))
    assert caught.value.path == path
    assert caught.value.allowed


@pytest.mark.parametrize("text", ["", " ", "a\\nb", "a\\tb", "a\\u200bb", "a\\u202eb", "a\\u0000b", "x" * 501])
def test_text_that_cannot_be_printed_is_refused(text: str) -> None:
    with pytest.raises(BadTextError) as caught:
        load(bent('name = "Vàng A Páo"', f'name = "{text}"'))
    assert caught.value.path == "contests[0].candidates[1].name"


@pytest.mark.parametrize("wrong", ["", "c 1", "ứng-viên", "a/b", "..", ".a", "-a", "x" * 41, "c01\\n"])
def test_id_that_is_not_safe_is_refused(wrong: str) -> None:
    with pytest.raises(BadIdError) as caught:
        load(bent('id = "c02"', f'id = "{wrong}"'))
    assert caught.value.path == "contests[0].candidates[1].id"


@pytest.mark.parametrize("right", ["1", "C02", "a.b_c-d", "x" * 40])
def test_id_that_is_safe_is_taken(right: str) -> None:
    assert load(bent('id = "c02"', f'id = "{right}"')).contests[0].candidates[1].id == right


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('id = "c02"', 'id = "c01"', "contests[0].candidates[1].id"),
        ('id = "c02"', 'id = "C01"', "contests[0].candidates[1].id"),
        ('id = "bch-2"', 'id = "BCH"', "contests[1].id"),
    ],
)
def test_id_that_stands_twice_is_refused_whatever_its_case(old: str, new: str, path: str) -> None:
    with pytest.raises(RepeatedIdError) as caught:
        load(bent(old, new))
    assert caught.value.path == path


def test_congress_may_not_close_before_it_opens() -> None:
    with pytest.raises(ClosesBeforeOpensError) as caught:
        load(bent('closes = "20/05/2025"', 'closes = "18/05/2025"'))
    assert (caught.value.opens, caught.value.closes) == ("19/05/2025", "18/05/2025")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'[congress]\ntitle = "a', 2),
        (b"[congress]\n\ntitle == 1", 3),
        (b"[congress]\ntitle = 1\ntitle = 2\n", 3),
        (b"a = 1979-02-31\n", 1),
        (b"no toml", 1),
    ],
)
def test_what_is_no_toml_is_refused_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(TomlSyntaxError) as caught:
        load(data)
    assert caught.value.line in (line, line - 1)
    assert caught.value.detail


def test_nesting_without_end_is_refused() -> None:
    with pytest.raises(TomlSyntaxError):
        load(b"a = " + b"[" * 100_000)


@pytest.mark.parametrize("data", [b'[congress]\ntitle = "\xff"', "tên = 'á'".encode("utf-16")])
def test_what_is_no_utf8_is_refused_with_its_line(data: bytes) -> None:
    with pytest.raises(NotUtf8Error) as caught:
        load(data)
    assert caught.value.line == data[: data.index(b"\xff")].count(b"\n") + 1


def test_every_error_names_the_file() -> None:
    for data in (b"", b"x", b"\xff", bent("seats = 2", "seats = 0"), bent("place =", "palce =")):
        with pytest.raises((ElectionFileError, NotUtf8Error)) as caught:
            load(data)
        assert caught.value.fields["file"] == "ELECTION.toml"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("a b = 1", "an equals sign is missing, or a key that needs quotes"),
        ("a = ", "a text without quotes, or no value"),
        ("a = Hà Nội", "a text without quotes, or no value"),
        ("a = [1, 2", "a bracket that is not closed"),
        ('a = "x', "a text whose closing quote is missing"),
        ('a = "x\ny"', "a text whose closing quote is missing"),
        ('a = "c:\\dir"', "a backslash in a text: write it twice"),
        ("a = 1\na = 2", "a key that stands twice"),
        ("[a]\n[a]", "a key that stands twice"),
        ("a = 1 b", "more stands after the value"),
        ("= 1", "a line that is not understood"),
    ],
)
def test_what_is_odd_in_toml_is_one_of_our_phrases(text: str, phrase: str) -> None:
    with pytest.raises(TomlSyntaxError) as caught:
        load_election(text.encode(), "e.toml")
    assert caught.value.fields["detail"] == phrase
    assert phrase in PHRASES
