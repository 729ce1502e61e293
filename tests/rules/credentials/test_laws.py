"""Laws of the roll and of the figures: nobody lost, groups add up, bands leave no age out, shares are exact."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from daihoi.rules.credentials.ages import bands, foremost, hindmost, years_between
from daihoi.rules.credentials.checks import ROLL_CHECKS, check_delegates
from daihoi.rules.credentials.figures import Topic, figures, percent
from daihoi.rules.credentials.quorum import Share
from daihoi.rules.credentials.roll import by_unit, called, roll_of
from daihoi.rules.credentials.settings import CredentialsSettings
from daihoi.rules.credentials.terms import Attendance, Category, Delegate
from daihoi.rules.terms import PartialDate
from tests.rules.credentials.people import UNITS, lists_of_delegates

ON = date(2025, 6, 17)
edges = st.lists(st.integers(1, 120), min_size=1, max_size=6, unique=True).map(sorted)


@given(lists_of_delegates())
def test_law_everybody_stands_in_exactly_one_place_of_the_roll(people: tuple[Delegate, ...]) -> None:
    roll = roll_of(people)

    assert Counter(map(id, (*roll.official, *roll.replaced, *roll.spare))) == Counter(map(id, people))


@given(lists_of_delegates())
def test_law_attendance_adds_up_to_the_summoned_in_all_and_unit_by_unit(people: tuple[Delegate, ...]) -> None:
    roll = roll_of(people)
    lines = [called(roll.official), *(line.called for line in by_unit(roll.official, UNITS))]

    assert all(line.present + line.absent + line.unrecorded == line.summoned for line in lines)
    assert sum(line.summoned for line in lines[1:]) == lines[0].summoned
    assert sum(line.present for line in lines[1:]) == len(roll.present)


@given(lists_of_delegates(), st.sampled_from(["present", "summoned"]))
def test_law_every_group_counts_each_person_once(people: tuple[Delegate, ...], of: str) -> None:
    told = figures(people, UNITS, on=ON, settings=CredentialsSettings(share_of=of))
    expected = told.called.present if of == "present" else told.called.summoned

    assert {group.topic for group in told.groups} == set(Topic)
    for group in told.groups:
        assert group.total == sum(line.count for line in group.lines) == expected
        assert all(line.count >= 0 for line in group.lines)
        assert len({line.key for line in group.lines}) == len(group.lines)
        assert sum((line.share for line in group.lines), Fraction(0)) == (1 if expected else 0)
        assert all(line.count <= group.total for line in group.details)


@given(lists_of_delegates())
def test_law_details_tell_the_line_of_which_they_are_part(people: tuple[Delegate, ...]) -> None:
    told = figures(people, UNITS, on=ON)

    for topic, key in ((Topic.ETHNICITY, "minority"), (Topic.RELIGION, "with")):
        group = told.group(topic)
        assert sum(line.count for line in group.details) == group.count(key)
    awarded = told.group(Topic.AWARD)
    assert max((line.count for line in awarded.details), default=0) <= awarded.count("with")


@given(edges, st.integers(0, 130))
def test_law_every_age_stands_in_exactly_one_band(edges: list[int], age: int) -> None:
    assert [band.holds(age) for band in bands(edges)].count(True) == 1


@given(edges)
def test_law_bands_join_without_gap(edges: list[int]) -> None:
    made = bands(edges)

    assert made[0].low is None
    assert made[-1].high is None
    assert [left.high for left in made[:-1]] == [right.low - 1 for right in made[1:] if right.low is not None]


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_law_a_percentage_is_the_nearest_hundredth_half_up(part: int, whole: int) -> None:
    exact = Fraction(100 * part, whole)
    shown = Fraction(percent(Fraction(part, whole)))

    assert -Fraction(1, 200) < shown - exact <= Fraction(1, 200)
    assert len(percent(Fraction(part, whole)).split(".")[1]) == 2


partial = st.builds(PartialDate, st.integers(1940, 2004), st.integers(0, 12), st.just(0)) | st.builds(
    PartialDate, st.integers(1940, 2004), st.integers(1, 12), st.integers(1, 28)
)


@given(st.lists(partial, min_size=1, max_size=12))
def test_law_oldest_and_youngest_are_never_empty_and_nobody_outside_may_be_older(days: list[PartialDate]) -> None:
    first, last = foremost(days), hindmost(days)

    assert first
    assert last
    youngest_of_first = max(days[place].year for place in first)
    assert all(days[place].year >= youngest_of_first for place in set(range(len(days))) - set(first))


@given(partial, st.dates(date(2005, 1, 1), date(2040, 12, 31)))
def test_law_full_years_are_the_calendar_difference_or_one_less(born: PartialDate, on: date) -> None:
    calendar = years_between(born, on, "calendar_years")

    assert calendar == on.year - born.year
    assert calendar - 1 <= years_between(born, on, "full_years") <= calendar


@given(st.integers(0, 600), st.integers(0, 600), st.fractions(Fraction(1, 100), 1))
def test_law_the_needed_number_is_the_least_that_reaches_the_share(part: int, whole: int, wanted: Fraction) -> None:
    share = Share(part, whole, wanted)

    assert share.needed >= whole * wanted > share.needed - 1
    assert share.holds == (whole > 0 and part >= whole * wanted)


@given(lists_of_delegates())
def test_law_a_replacement_leaves_the_number_summoned_unless_the_list_contradicts_itself(
    people: tuple[Delegate, ...],
) -> None:
    contradictions = {"delegate_twice", "replaced_not_on_list", "replaced_twice"}
    found = {finding.check for finding in check_delegates(people, on=ON)}
    summoned = sum(1 for one in people if one.category is not Category.ALTERNATE)

    assert found <= set(ROLL_CHECKS)
    if not found & contradictions:
        assert len(roll_of(people).official) == summoned


@given(lists_of_delegates())
def test_law_the_order_of_the_list_changes_no_figure(people: tuple[Delegate, ...]) -> None:
    one, other = (figures(order, UNITS, on=ON) for order in (people, people[::-1]))

    assert one.called == other.called
    assert [group.lines for group in one.groups] == [group.lines for group in other.groups]
    assert one.ages.average == other.ages.average
    assert one.quorum == other.quorum


@given(lists_of_delegates())
def test_law_the_average_lies_between_youngest_and_oldest(people: tuple[Delegate, ...]) -> None:
    told = figures(people, UNITS, on=ON)
    ages = [told.age(one.person) for one in told.people if one.person.born]

    assert told.ages.counted == len(ages) == len(told.people) - told.group(Topic.AGE).unrecorded
    if told.ages.average is not None:
        assert min(age for age in ages if age is not None) <= told.ages.average
        assert told.ages.average <= max(age for age in ages if age is not None)


@given(lists_of_delegates())
def test_law_nobody_who_is_not_present_is_counted_among_the_present(people: tuple[Delegate, ...]) -> None:
    told = figures(people, UNITS, on=ON)

    assert all(one.attendance is Attendance.PRESENT for one in told.people)
