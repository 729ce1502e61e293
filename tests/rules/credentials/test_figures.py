"""Figures that can be checked on one's fingers, and those of a real report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from daihoi.rules.base import worksheet
from daihoi.rules.credentials.figures import Topic, figures, percent
from daihoi.rules.credentials.settings import CREDENTIALS_SETTINGS, CredentialsSettings, credentials_settings_from
from daihoi.rules.credentials.terms import Attendance, Category, Complaints, Degree, Delegate, DelegateId, Sex, UnitId
from daihoi.rules.errors import SettingOutOfRange, UnknownSetting
from daihoi.rules.settings import Settings
from daihoi.rules.terms import CongressForm, Deduction, DeductionGround, PartialDate, Roll
from tests.rules.credentials.people import UNITS, delegate

ON = date(2025, 6, 17)


def counts(people: list[Delegate], topic: Topic, **settings: str) -> dict[str, int]:
    told = figures(people, UNITS, on=ON, settings=CredentialsSettings(**settings))  # type: ignore[arg-type]
    return {str(line.key): line.count for line in told.group(topic).lines}


@pytest.mark.parametrize(
    ("part", "shown"), [(53, "15.14"), (150, "42.86"), (144, "41.14"), (2, "0.57"), (1, "0.29"), (51, "14.57")]
)
def test_shares_of_a_published_report_come_out_to_the_digit(part: int, shown: str) -> None:
    # Long An 2020: 350 delegates present.
    assert percent(Fraction(part, 350)) == shown


def test_a_share_is_of_those_present_unless_the_setting_says_summoned() -> None:
    people = [delegate(1, sex=Sex.FEMALE), delegate(2), delegate(3, attendance=Attendance.ABSENT_WITH_LEAVE)]

    assert figures(people, UNITS, on=ON).group(Topic.SEX).lines[0].share == Fraction(1, 2)
    of_all = figures(people, UNITS, on=ON, settings=CredentialsSettings(share_of="summoned"))
    assert of_all.group(Topic.SEX).lines[0].share == Fraction(1, 3)


def test_an_alternate_takes_the_place_of_whom_it_replaces() -> None:
    left = delegate(1, attendance=Attendance.ABSENT_WITH_LEAVE)
    entered = delegate(2, category=Category.ALTERNATE, number=1, replaces=left.id, decision="QĐ 1")
    spare = delegate(3, category=Category.ALTERNATE, number=2, attendance=Attendance.UNRECORDED)

    told = figures([left, entered, spare], UNITS, on=ON)

    assert (told.called.summoned, told.called.present, told.called.absent) == (1, 1, 0)
    assert told.roll.replaced == (left,)
    assert told.roll.spare == (spare,)
    assert [(one.entered, one.left) for one in told.roll.replacements] == [(entered, left)]
    assert told.group(Topic.CATEGORY).count("alternate") == 1


@pytest.mark.parametrize(
    ("born", "full", "calendar"),
    [
        (PartialDate(1985, 6, 17), 40, 40),
        (PartialDate(1985, 6, 18), 39, 40),
        (PartialDate(1985, 7), 39, 40),
        (PartialDate(1985, 6), 40, 40),
        (PartialDate(1985), 40, 40),
    ],
)
def test_ages_are_full_years_on_the_day_or_calendar_years(born: PartialDate, full: int, calendar: int) -> None:
    people = [delegate(1, born=born)]

    assert figures(people, UNITS, on=ON).age(people[0].person) == full
    counted = figures(people, UNITS, on=ON, settings=CredentialsSettings(age_counting="calendar_years"))
    assert counted.age(people[0].person) == calendar


def test_bands_follow_the_setting() -> None:
    people = [delegate(n, born=PartialDate(2025 - age)) for n, age in enumerate((32, 40, 41, 50, 60, 61, 72))]

    assert counts(people, Topic.AGE) == {"-39": 1, "40-50": 3, "51-60": 1, "61-": 2}
    assert counts(people, Topic.AGE, age_bands="41,51,61,71") == {
        "-40": 2,
        "41-50": 2,
        "51-60": 1,
        "61-70": 1,
        "71-": 1,
    }


def test_the_unrecorded_have_a_line_of_their_own_and_only_where_there_are_any() -> None:
    known = [delegate(1, degree=Degree.MASTER)]

    assert "unrecorded" not in counts(known, Topic.DEGREE)
    assert counts([*known, delegate(2)], Topic.DEGREE)["unrecorded"] == 1


def test_ethnicities_are_told_apart_whatever_their_capitals() -> None:
    people = [delegate(n, ethnicity=said) for n, said in enumerate(("Tày", "TÀY ", "Dao", "kinh", ""))]
    group = figures(people, UNITS, on=ON).group(Topic.ETHNICITY)

    assert {line.key: line.count for line in group.lines} == {"majority": 1, "minority": 3, "unrecorded": 1}
    assert [(line.key, line.count) for line in group.details] == [("Tày", 2), ("Dao", 1)]


def test_no_religion_is_recorded_and_is_not_a_gap() -> None:
    people = [delegate(n, religion=said) for n, said in enumerate(("Không", "không", "Phật giáo", ""))]

    assert counts(people, Topic.RELIGION) == {"with": 1, "without": 2, "unrecorded": 1}


def test_a_person_with_two_awards_is_one_person() -> None:
    people = [delegate(1, awards=("Bằng khen", "Huân chương", "bằng khen")), delegate(2, awards=())]
    group = figures(people, UNITS, on=ON).group(Topic.AWARD)

    assert {line.key: line.count for line in group.lines} == {"with": 1, "without": 1}
    assert {line.key: line.count for line in group.details} == {"Bằng khen": 1, "Huân chương": 1}


def test_badges_stand_from_the_highest_down() -> None:
    people = [delegate(n, badge=years) for n, years in enumerate((30, 50, 0, 30, None))]
    lines = figures(people, UNITS, on=ON).group(Topic.BADGE).lines

    assert [(line.key, line.count) for line in lines] == [("50", 1), ("30", 2), ("without", 1), ("unrecorded", 1)]


def test_party_age_runs_from_admission_or_from_full_membership() -> None:
    people = [delegate(1, joined=PartialDate(2014, 6, 18), official=PartialDate(2015, 6, 18))]

    assert counts(people, Topic.PARTY_AGE)["10-19"] == 1
    assert counts(people, Topic.PARTY_AGE, party_age_from="official")["-9"] == 1


def test_of_two_with_only_a_year_neither_is_left_out_as_the_oldest() -> None:
    births = (PartialDate(1960), PartialDate(1960, 5, 3), PartialDate(1961))
    people = [delegate(n, born=born) for n, born in enumerate(births, start=1)]
    span = figures(people, UNITS, on=ON).ages

    assert [one.id for one in span.oldest] == ["d1", "d2"]
    assert [one.id for one in span.youngest] == ["d3"]
    assert span.average == Fraction(65 + 65 + 64, 3)


def test_nobody_gives_no_average_and_no_division_by_nought() -> None:
    told = figures([], UNITS, on=ON)

    assert told.ages.average is None
    assert told.called.summoned == 0
    assert not told.quorum.holds


def test_quorum_needs_two_thirds_of_delegates_and_of_units() -> None:
    absent = Attendance.ABSENT_WITH_LEAVE
    people = [delegate(n, unit=UNITS[n % 3].id, attendance=absent if n >= 6 else Attendance.PRESENT) for n in range(9)]
    told = figures(people, UNITS[:4], on=ON).quorum

    assert (told.delegates.part, told.delegates.whole, told.delegates.needed) == (6, 9, 6)
    assert (told.units.part, told.units.whole, told.units.needed) == (3, 4, 3)
    assert told.holds
    assert not told.confirmed


def test_the_convening_committee_is_no_subordinate_unit() -> None:
    people = [delegate(1, unit=UnitId("committee")), delegate(2, unit=UNITS[0].id)]

    assert figures(people, UNITS[:1], on=ON).quorum.units.whole == 1


def test_a_unit_whose_name_is_not_known_stands_under_its_id() -> None:
    told = figures([delegate(1, unit=UnitId("u99"))], (), on=ON)

    assert [(line.name, line.called.summoned) for line in told.units] == [("u99", 1)]


def test_complaints_and_day_are_kept_as_given() -> None:
    told = figures([delegate(1)], UNITS, on=ON, complaints=Complaints(3, 2, 1))

    assert told.complaints == Complaints(3, 2, 1)
    assert figures([delegate(1)], UNITS, on=ON).complaints is None
    assert told.on == ON


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("age_bands", "40,40"),
        ("age_bands", "60,40"),
        ("age_bands", "forty"),
        ("age_bands", ""),
        ("age_bands", "0,40"),
        ("party_age_bands", "10,200"),
        ("quorum_delegates", "4/3"),
        ("quorum_units", "0"),
        ("quorum_units", "two"),
        ("quorum_units", "1/0"),
        ("age_counting", "months"),
        ("designated_percent", 101),
        ("members_for_delegates", True),
        ("share_of", 1),
    ],
)
def test_a_setting_out_of_range_is_refused_by_name(name: str, value: str | int) -> None:
    with pytest.raises(SettingOutOfRange) as caught:
        credentials_settings_from({name: value})

    assert caught.value.fields["name"] == name


def test_settings_are_what_the_registry_says() -> None:
    defaults = CredentialsSettings()

    assert {term.name: term.default for term in CREDENTIALS_SETTINGS} == vars(defaults)
    assert credentials_settings_from({}) == defaults
    assert credentials_settings_from({"quorum_units": "1/2"}) == replace(defaults, quorum_units="1/2")
    with pytest.raises(UnknownSetting):
        credentials_settings_from({"age_band": "40"})


def test_what_nobody_read_is_told_as_unconfirmed() -> None:
    names = {term.name for term, _ in CredentialsSettings().unconfirmed()}

    assert {"quorum_delegates", "quorum_units", "designated_percent"} <= names
    assert "party_age_from" not in names


def test_ids_may_be_any_text() -> None:
    assert figures([delegate(1, id=DelegateId("Đ/1"))], UNITS, on=ON).called.summoned == 1


def test_the_roll_gives_the_base_of_the_rehearsed_congress() -> None:
    # 190 summoned: 2 of the convening committee and 3 others absent throughout, 1 of the 3 replaced.
    away = Attendance.ABSENT_WITH_LEAVE
    people = [delegate(n, category=Category.EX_OFFICIO if n <= 36 else Category.ELECTED) for n in range(1, 191)]
    for place in (3, 4, 50, 60, 70):
        people[place] = replace(people[place], attendance=away)
    people.append(delegate(191, category=Category.ALTERNATE, number=1, replaces=people[70].id, decision="QĐ 5"))

    told = figures(people, UNITS, on=ON)
    absent = [one for one in told.roll.official if one.attendance is away]
    convening = sum(one.category is Category.EX_OFFICIO for one in absent)
    deductions = (
        Deduction(DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT, convening),
        Deduction(DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED, len(absent) - convening),
    )
    base = worksheet(
        CongressForm.DELEGATES, Roll(told.called.summoned, told.called.present, deductions), settings=Settings()
    )

    assert (told.called.summoned, told.called.present, told.called.absent) == (190, 186, 4)
    assert (base.base, base.needed) == (186, 94)
