"""Every check of a list: what refuses, what warns, with which clause and figures, and what may be set aside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from daihoi.rules.lists import (
    FIXED_CHECKS,
    OFFICES,
    OVERRIDABLE_CHECKS,
    WARNINGS,
    ListFinding,
    Severity,
    check_list,
    refusals,
    support_is_enough,
    surplus_limit,
)
from daihoi.rules.reconciliation import RECONCILIATION_CHECKS
from daihoi.rules.settings import Settings
from daihoi.rules.terms import (
    Candidate,
    CandidateId,
    CongressForm,
    Contest,
    Office,
    Override,
    PartialDate,
    RoundKind,
    Source,
)
from tests.rules.builders import EDITION_190, SETTINGS, contest, findings, people, roll

OTHER_OFFICES = [office for office in Office if office not in (Office.COMMITTEE, Office.STANDING_COMMITTEE)]


def outsider(number: int, support: int | None, source: Source = Source.FLOOR) -> Candidate:
    return Candidate(CandidateId(f"c{number:02d}"), f"Nguyễn Văn A{number:02d}", source=source, support=support)


# --- a good list ---


def test_list_that_keeps_every_rule_has_no_findings() -> None:
    assert findings(contest(39, 44), on=roll(190, 185)) == {}


def test_every_check_has_one_place_of_the_three() -> None:
    everything = (*OVERRIDABLE_CHECKS, *FIXED_CHECKS, *WARNINGS)
    assert len(everything) == len(set(everything))
    assert not set(everything) & set(RECONCILIATION_CHECKS)


# --- surplus ---


@pytest.mark.parametrize(
    ("seats", "limit"), [(1, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 2), (10, 3), (15, 4), (27, 8), (39, 11)]
)
def test_surplus_limit_is_thirty_percent_rounded_down_and_at_least_one(seats: int, limit: int) -> None:
    assert surplus_limit(seats, SETTINGS) == limit


def test_surplus_limit_without_the_floor_of_one() -> None:
    settings = Settings(surplus_floor_one=False)
    assert [surplus_limit(seats, settings) for seats in (1, 3, 4, 7)] == [0, 0, 1, 2]
    assert "surplus_within_limit" in findings(contest(3, 4), settings=settings)


def test_congress_may_fix_a_smaller_surplus() -> None:
    found = findings(contest(20, 24), settings=Settings(surplus_limit_percent=15))
    assert found["surplus_within_limit"].fields["limit"] == 3


@pytest.mark.parametrize("office", [Office.COMMITTEE, Office.STANDING_COMMITTEE])
@pytest.mark.parametrize("listed", [14, 15])
def test_committee_needs_more_candidates_than_seats(office: Office, listed: int) -> None:
    finding = findings(contest(15, listed, office=office), form=CongressForm.MEETING)["candidates_exceed_seats"]
    assert finding.severity is Severity.REFUSE
    assert finding.clause == "190-QĐ/TW Đ14 k1"
    assert finding.fields == {"candidates": listed, "seats": 15, "surplus": listed - 15}


def test_surplus_beyond_the_limit_is_refused_with_its_figures() -> None:
    finding = findings(contest(15, 20))["surplus_within_limit"]
    assert finding.severity is Severity.REFUSE
    assert finding.fields == {"candidates": 20, "seats": 15, "surplus": 5, "limit": 4}


@pytest.mark.parametrize("office", OTHER_OFFICES)
@pytest.mark.parametrize("listed", [1, 2, 9])
def test_surplus_of_other_offices_is_never_refused(office: Office, listed: int) -> None:
    found = findings(contest(2, listed, office=office), form=CongressForm.MEETING)
    assert all(finding.severity is Severity.WARN for finding in found.values())
    assert ("surplus_other_office" in found) == (listed == 9)
    assert ("candidates_fewer_than_seats" in found) == (listed == 1)


def test_delegates_may_outnumber_their_seats_by_the_alternates() -> None:
    assert "surplus_other_office" not in findings(contest(10, 15, office=Office.DELEGATES, alternates=2))
    assert "surplus_other_office" in findings(contest(10, 16, office=Office.DELEGATES, alternates=2))


def test_too_few_for_the_alternates_is_told() -> None:
    found = findings(contest(10, 11, office=Office.DELEGATES, alternates=2))
    assert found["too_few_for_alternates"].fields["alternates"] == 2


def test_older_edition_is_cited_for_an_older_congress() -> None:
    assert findings(contest(15, 20), edition_244=True)["surplus_within_limit"].clause == "244-QĐ/TW Đ16"


# --- the prepared list ---


@pytest.mark.parametrize(("prepared", "warned"), [(29, True), (30, False), (31, False), (32, True), (27, True)])
def test_prepared_surplus_outside_ten_to_fifteen_percent_is_told(prepared: int, warned: bool) -> None:
    found = findings(contest(27, 28, prepared=prepared))
    assert ("prepared_surplus_band" in found) is warned
    if warned:
        assert found["prepared_surplus_band"].severity is Severity.WARN
        assert found["prepared_surplus_band"].fields["prepared"] == prepared


@pytest.mark.parametrize(("prepared", "warned"), [(43, True), (44, False), (46, False), (47, True)])
def test_band_counts_both_of_its_ends(prepared: int, warned: bool) -> None:
    # 10 % and 15 % of 40 seats are exactly 4 and 6.
    assert ("prepared_surplus_band" in findings(contest(40, 41, prepared=prepared))) is warned


def test_prepared_list_is_counted_by_source_where_its_number_is_not_given() -> None:
    listed = contest(27, (*people(30), outsider(31, 200)), attending=248)
    assert "prepared_surplus_band" not in findings(listed)
    assert "prepared_surplus_band" in findings(contest(27, 28))


def test_fewer_prepared_than_marked_so_is_told() -> None:
    assert findings(contest(27, 30, prepared=29))["prepared_count"].fields == {"prepared": 29, "on_list": 30}


def test_band_is_of_committees_and_of_the_first_round_alone() -> None:
    assert "prepared_surplus_band" not in findings(contest(2, 3, kind=RoundKind.FURTHER))
    assert "prepared_surplus_band" not in findings(contest(2, 3, office=Office.DELEGATES))
    assert "prepared_surplus_band" in findings(contest(2, 3))


# --- support ---


@pytest.mark.parametrize(
    ("support", "attending", "enough"),
    [(75, 248, True), (74, 248, False), (3, 10, False), (4, 10, True), (0, 0, False)],
)
def test_support_must_exceed_thirty_percent(support: int, attending: int, enough: bool) -> None:
    assert support_is_enough(support, attending, SETTINGS) is enough


@pytest.mark.parametrize("source", [Source.SELF, Source.FLOOR])
def test_too_little_support_is_refused(source: Source) -> None:
    listed = contest(27, (*people(30), outsider(31, 74, source)), attending=248)
    finding = findings(listed)["support_over_30_percent"]
    assert (finding.severity, finding.clause) == (Severity.REFUSE, "190-QĐ/TW Đ14 k3")
    assert finding.fields["source"] == source
    assert (finding.fields["support"], finding.fields["attending"], finding.fields["needed"]) == (74, 248, 75)


def test_support_that_is_not_given_is_told() -> None:
    found = findings(contest(27, (*people(30), outsider(31, None)), attending=248))
    assert found["support_not_given"].severity is Severity.WARN
    assert "attending_not_given" not in found


def test_prepared_candidates_need_no_support() -> None:
    listed = contest(27, (*people(29), replace(people(30)[-1], support=0)), attending=248)
    assert findings(listed) == {}


@pytest.mark.parametrize(("support", "refused"), [(56, False), (55, True)])
def test_those_present_stand_for_those_attending_and_it_is_told(support: int, refused: bool) -> None:
    found = findings(contest(27, (*people(30), outsider(31, support))), on=roll(190, 185))
    assert found["attending_not_given"].fields == {"present": 185}
    assert ("support_over_30_percent" in found) is refused


def test_support_without_any_number_attending_cannot_be_judged() -> None:
    found = findings(contest(27, (*people(30), outsider(31, 1))))
    assert set(found) == {"attending_not_given"}


def test_more_support_than_attended_is_refused() -> None:
    found = findings(contest(27, (*people(30), outsider(31, 249)), attending=248))
    assert found["support_within_attending"].severity is Severity.REFUSE


def test_older_edition_has_no_share_of_support() -> None:
    listed = contest(27, (*people(30), outsider(31, 1)), attending=248)
    assert findings(listed, edition_244=True) == {}


# --- people ---


@pytest.mark.parametrize("name", ["Nguyễn Văn A02", "nguyễn  văn a02", "NGUYỄN VĂN A02", "Nguyê\u0303n Văn A02"])
def test_board_member_on_the_list_is_refused_however_written(name: str) -> None:
    finding = findings(contest(39, 44), board=("Trần Thị B", name))["board_member_on_list"]
    assert (finding.severity, finding.clause) == (Severity.REFUSE, "190-QĐ/TW Đ8")
    assert finding.fields == {"candidate": "c02", "name": "Nguyễn Văn A02"}


def test_board_of_others_is_no_finding() -> None:
    assert findings(contest(39, 44), board=("Trần Thị B", "Nguyen Van A02")) == {}


def test_candidate_id_twice_is_refused() -> None:
    finding = findings(contest(2, (*people(2), replace(people(3)[2], id=CandidateId("c01")))))["candidate_twice"]
    assert finding.severity is Severity.REFUSE
    assert finding.fields == {"candidate": "c01", "times": 2}


@pytest.mark.parametrize(
    ("years", "told"),
    [((None, None), True), ((1970, 1970), True), ((1970, None), True), ((1970, 1981), False)],
)
def test_equal_names_that_no_year_tells_apart_are_told(years: tuple[int | None, int | None], told: bool) -> None:
    pair = tuple(
        Candidate(CandidateId(f"c{number}"), "Nguyễn Văn An", born=None if year is None else PartialDate(year))
        for number, year in enumerate(years, 1)
    )
    found = findings(contest(1, pair, office=Office.SECRETARY))
    assert ("names_not_told_apart" in found) is told
    if told:
        assert found["names_not_told_apart"].fields["candidates"] == "c1, c2"


def test_list_out_of_the_order_of_names_is_told_at_its_first_place() -> None:
    given = people(44)
    mixed = (given[0], given[2], given[1], *given[3:])
    finding = findings(contest(39, mixed))["order_of_names"]
    assert finding.severity is Severity.WARN
    assert finding.fields == {"place": 2, "name": "Nguyễn Văn A03", "expected": "Nguyễn Văn A02"}


# --- the body ---


@pytest.mark.parametrize(("summoned", "refused"), [(2, True), (3, False), (11, False)])
def test_branch_below_three_members_is_refused(summoned: int, refused: bool) -> None:
    found = findings(contest(1, 2), form=CongressForm.MEMBERS, on=roll(summoned, 1))
    assert ("branch_minimum_three" in found) is refused
    if refused:
        assert found["branch_minimum_three"].fields == {"summoned": 2, "minimum": 3}


@pytest.mark.parametrize("form", [CongressForm.DELEGATES, CongressForm.MEETING])
def test_branch_minimum_is_of_members_congresses_alone(form: CongressForm) -> None:
    assert "branch_minimum_three" not in findings(contest(1, 2), form=form, on=roll(2, 2))


@pytest.mark.parametrize("form", CongressForm)
@pytest.mark.parametrize("office", Office)
def test_office_that_the_form_does_not_usually_elect_is_told(form: CongressForm, office: Office) -> None:
    finding = findings(contest(1, 2, office=office), form=form).get("office_of_form")
    assert (finding is None) == (office in OFFICES[form])
    assert finding is None or finding.severity is Severity.WARN


@pytest.mark.parametrize(("office", "told"), [(Office.SECRETARY, True), (Office.DEPUTY_SECRETARY, False)])
def test_two_seats_for_an_office_of_one_are_told(office: Office, told: bool) -> None:
    assert ("single_seat_office" in findings(contest(2, 2, office=office), form=CongressForm.MEETING)) is told


def test_alternates_of_another_office_are_refused() -> None:
    finding = findings(contest(10, 12, alternates=2))["alternates_only_for_delegates"]
    assert finding.severity is Severity.REFUSE
    assert finding.fields == {"office": "committee", "alternates": 2}


@pytest.mark.parametrize(
    ("seats", "listed", "check"), [(0, 2, "seats_positive"), (-1, 2, "seats_positive"), (1, 0, "no_candidates")]
)
def test_list_of_nothing_is_refused(seats: int, listed: int, check: str) -> None:
    assert findings(contest(seats, listed, office=Office.SECRETARY))[check].severity is Severity.REFUSE


# --- rounds ---


@pytest.mark.parametrize("office", [Office.COMMITTEE, Office.DELEGATES])
def test_reballot_of_the_tied_has_no_limit_of_surplus(office: Office) -> None:
    assert findings(contest(1, 5, office=office, kind=RoundKind.TIE_REBALLOT)) == {}


@pytest.mark.parametrize("office", [Office.COMMITTEE, Office.SECRETARY])
def test_reballot_without_more_candidates_than_seats_is_refused(office: Office) -> None:
    found = findings(contest(2, 2, office=office, kind=RoundKind.TIE_REBALLOT))
    assert found["reballot_of_the_tied"].severity is Severity.REFUSE
    assert [finding.check for finding in refusals(tuple(found.values()))] == ["reballot_of_the_tied"]


def test_reballot_does_not_ask_for_support_again() -> None:
    listed = contest(1, (*people(1), outsider(2, 1)), kind=RoundKind.TIE_REBALLOT, attending=248)
    assert findings(listed) == {}


def test_further_round_keeps_the_limit_of_surplus() -> None:
    found = findings(contest(1, 3, kind=RoundKind.FURTHER))
    assert found["surplus_within_limit"].fields["limit"] == 1


@pytest.mark.parametrize("kind", [RoundKind.FURTHER, RoundKind.TIE_REBALLOT])
def test_later_round_should_say_which_contest_it_follows(kind: RoundKind) -> None:
    found = findings(replace(contest(1, 2, kind=kind), follows=None))
    assert found["follows_not_given"].severity is Severity.WARN


# --- overrides ---


def breach(check: str) -> tuple[Contest, CongressForm, tuple[str, ...]]:
    """A list that breaks exactly that check."""
    plain = contest(39, 44)
    match check:
        case "candidates_exceed_seats":
            return contest(15, 15), CongressForm.DELEGATES, ()
        case "surplus_within_limit":
            return contest(15, 20), CongressForm.DELEGATES, ()
        case "support_over_30_percent":
            return contest(27, (*people(30), outsider(31, 9)), attending=248), CongressForm.DELEGATES, ()
        case "board_member_on_list":
            return plain, CongressForm.DELEGATES, ("Nguyễn Văn A01",)
        case _:
            return contest(1, 2), CongressForm.MEMBERS, ()


def check_breach(check: str, *overrides: Override) -> tuple[ListFinding, ...]:
    listed, form, board = breach(check)
    return check_list(
        listed,
        form=form,
        edition=EDITION_190,
        settings=SETTINGS,
        overrides=overrides,
        board_names=board,
        roll=roll(2, 2) if check == "branch_minimum_three" else None,
    )


@pytest.mark.parametrize("check", OVERRIDABLE_CHECKS)
def test_override_sets_exactly_its_check_aside_and_is_kept(check: str) -> None:
    override = Override(check, "Ban Thường vụ Huyện ủy", "trùng tên", "CV 12-CV/HU")
    before, after = check_breach(check), check_breach(check, override)
    assert {finding.check for finding in refusals(before)} == {check}
    assert refusals(after) == ()
    [finding] = [finding for finding in after if finding.check == check]
    assert (finding.severity, finding.override) == (Severity.OVERRIDDEN, override)
    [same] = [finding for finding in before if finding.check == check]
    assert (finding.clause, finding.fields) == (same.clause, same.fields)


@pytest.mark.parametrize("check", RECONCILIATION_CHECKS)
def test_reconciliation_can_never_be_overridden(check: str) -> None:
    found = findings(contest(39, 44), overrides=(Override(check, "Đoàn chủ tịch", "gấp"),))
    assert found["override_not_possible"].severity is Severity.REFUSE
    assert found["override_not_possible"].fields["named"] == check


@pytest.mark.parametrize("check", FIXED_CHECKS)
def test_contradictions_cannot_be_overridden(check: str) -> None:
    assert "override_not_possible" in findings(contest(39, 44), overrides=(Override(check, "A", "b"),))


@pytest.mark.parametrize("check", ["", "surplus", "Surplus_within_limit"])
def test_override_of_an_unknown_check_is_refused_with_the_known(check: str) -> None:
    finding = findings(contest(39, 44), overrides=(Override(check, "A", "b"),))["override_unknown_check"]
    assert finding.severity is Severity.REFUSE
    assert "surplus_within_limit" in str(finding.fields["known"])


@pytest.mark.parametrize(("by", "reason"), [("", "gấp"), ("Đoàn chủ tịch", " "), ("  ", "")])
def test_override_without_body_or_reason_sets_nothing_aside(by: str, reason: str) -> None:
    found = {
        finding.check: finding
        for finding in check_breach("surplus_within_limit", Override("surplus_within_limit", by, reason))
    }
    assert found["surplus_within_limit"].severity is Severity.REFUSE
    assert found["override_incomplete"].severity is Severity.REFUSE


@pytest.mark.parametrize("check", WARNINGS)
def test_override_of_a_warning_leaves_it_a_warning(check: str) -> None:
    given = contest(15, 20, office=Office.SECRETARY)
    before = findings(given)
    assert findings(given, overrides=(Override(check, "A", "b"),)) == before
    assert {finding.severity for finding in before.values()} == {Severity.WARN}


def test_override_that_is_not_needed_here_changes_nothing() -> None:
    assert findings(contest(39, 44), overrides=(Override("surplus_within_limit", "A", "b"),)) == {}


def test_refusals_stand_first() -> None:
    found = check_list(
        contest(15, 20),
        form=CongressForm.MEETING,
        edition=EDITION_190,
        settings=SETTINGS,
        overrides=(),
        board_names=(),
        roll=None,
    )
    severities = [finding.severity for finding in found]
    assert severities == sorted(severities, key=lambda severity: severity is not Severity.REFUSE)
    assert severities[0] is Severity.REFUSE
    assert Severity.WARN in severities
