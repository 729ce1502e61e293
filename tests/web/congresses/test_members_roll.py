"""The base of a congress of all members: who is summoned, who is off it and why, and the roll that is frozen."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from daihoi.web.accounts import services as accounts
from daihoi.web.accounts.choices import Role
from daihoi.web.audit.models import LedgerEntry
from daihoi.web.audit.queries import verify
from daihoi.web.congresses import members_roll, queries, services
from daihoi.web.congresses.choices import BodyKind, BodyPost, Form, Ground
from daihoi.web.congresses.models import Congress, MemberMark, Roll
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation, Term
from tests.web.conftest import Tree, person, signed_in

pytestmark = pytest.mark.django_db


def member(number: int, unit: Organisation, official: str = "2010-05-19") -> Person:
    """An official member of a unit."""
    made = Person(full_name=f"Lò Văn Số {number:02}", organisation=unit, code=f"M{number}", official=official)
    made.refold()
    made.save()
    return made


@pytest.fixture
def congress(tree: Tree) -> Congress:
    """All members of the commune of Khau Vai."""
    term = Term.objects.create(label="2025-2030", profile="3_cap", is_current=True)
    return services.plan(
        organisation=tree.sister, term=term, by="test", form=Form.MEMBERS, opens=date(2026, 5, 20), venue="Nhà văn hóa"
    )


@pytest.fixture
def people(congress: Congress, tree: Tree) -> list[Person]:
    """Forty-five official members, as in example 8 of the rules."""
    Organisation.objects.filter(pk=tree.sister.pk).update(official_members=45)
    congress.organisation.refresh_from_db()
    return [member(number, tree.sister) for number in range(45)]


def note(congress: Congress, who: Person, ground: Ground = Ground.NONE, *, present: bool | None = False) -> None:
    members_roll.note_member(
        congress=congress, person=who, present=present, ground=ground, by="test", reason="QĐ 5", approver="BTV"
    )


@pytest.fixture
def noted(congress: Congress, people: list[Person]) -> list[Person]:
    """Two elsewhere, four exempt of whom one came, one in custody, one absent with approval, one without; 36 others."""
    for who in people[:2]:
        note(congress, who, Ground.ELSEWHERE)
    for who in people[2:5]:
        note(congress, who, Ground.EXEMPT)
    note(congress, people[5], Ground.EXEMPT, present=True)
    note(congress, people[6], Ground.SUSPENDED)
    note(congress, people[7], Ground.APPROVED)
    note(congress, people[8])
    members_roll.note_presence(congress=congress, seen={one.key: True for one in people[9:]}, by="test")
    return people


@pytest.fixture
def committee(congress: Congress) -> Client:
    """Somebody of the convening committee of the commune."""
    user = person("tam", "Lò Thị Tâm")
    accounts.grant(user=user, role=Role.CONVENING, by="test", organisation=congress.organisation.key)
    return signed_in(user)


def roll_at(congress: Congress) -> str:
    return reverse("rolls", args=[congress.key])


def test_the_base_is_that_of_the_worked_example(congress: Congress, noted: list[Person]) -> None:
    base = members_roll.base_of_members(congress)
    assert base.worksheet is not None
    assert (base.worksheet.summoned, base.worksheet.base, base.worksheet.needed) == (45, 38, 20)
    assert (base.present, base.undecided) == (37, 0)
    assert base.by_ground == {Ground.ELSEWHERE: 2, Ground.EXEMPT: 3, Ground.SUSPENDED: 1, Ground.APPROVED: 1}


def test_absence_that_nobody_approved_stays_in_the_base(congress: Congress, people: list[Person]) -> None:
    note(congress, people[0])
    base = members_roll.base_of_members(congress)
    assert base.worksheet is not None
    assert base.worksheet.base == 45


def test_who_is_elsewhere_and_comes_is_counted(congress: Congress, people: list[Person]) -> None:
    note(congress, people[0], Ground.ELSEWHERE, present=True)
    base = members_roll.base_of_members(congress)
    assert (base.deducted, base.present) == ((), 1)


def test_a_suspended_member_in_the_hall_has_no_vote(congress: Congress, people: list[Person]) -> None:
    note(congress, people[0], Ground.SUSPENDED, present=True)
    base = members_roll.base_of_members(congress)
    assert (len(base.deducted), base.present) == (1, 0)


@pytest.mark.parametrize(
    ("official", "is_summoned"),
    [("2026-05-20", True), ("2026-05", True), ("2026", True), ("2026-05-21", False), ("2026-06", False), ("", False)],
)
def test_only_who_is_official_on_the_day_is_summoned(
    official: str, is_summoned: bool, congress: Congress, tree: Tree
) -> None:
    made = member(1, tree.sister, official)
    assert (made in queries.summoned_members(congress)) is is_summoned
    assert members_roll.base_of_members(congress).undated == (official == "")


def test_nobody_of_another_organisation_is_summoned(congress: Congress, tree: Tree) -> None:
    for number, unit in enumerate((tree.commune, tree.na_luong, tree.far)):
        member(number, unit)
    assert not queries.summoned_members(congress).exists()


@pytest.mark.parametrize(("reason", "approver", "field"), [("", "BTV", "reason"), ("QĐ 5", " ", "approver")])
def test_a_deduction_needs_a_reason_and_a_name(
    reason: str, approver: str, field: str, congress: Congress, people: list[Person]
) -> None:
    with pytest.raises(ValidationError) as refused:
        members_roll.note_member(
            congress=congress, person=people[0], present=False, ground=Ground.APPROVED, by="t", reason=reason,
            approver=approver,
        )  # fmt: skip
    assert list(refused.value.message_dict) == [field]
    with pytest.raises(IntegrityError), transaction.atomic():
        MemberMark.objects.create(congress=congress, person=people[0], ground=Ground.APPROVED)


def test_nobody_present_was_absent_throughout(congress: Congress, people: list[Person]) -> None:
    with pytest.raises(ValidationError):
        note(congress, people[0], Ground.APPROVED, present=True)
    note(congress, people[0], Ground.APPROVED)
    with pytest.raises(ValidationError, match="Lò Văn Số 00"):
        members_roll.note_presence(congress=congress, seen={one.key: True for one in people}, by="test")
    assert MemberMark.objects.count() == 1


def test_a_branch_of_two_cannot_hold_a_congress(congress: Congress, tree: Tree, committee: Client) -> None:
    for number in range(2):
        member(number, tree.sister)
    base = members_roll.base_of_members(congress)
    assert (base.is_too_small, base.worksheet) == (True, None)
    page = committee.get(roll_at(congress)).content.decode()
    assert "Fewer than three" in page
    committee.post(roll_at(congress), {"act": "freeze", "known": "1"})
    assert not Roll.objects.exists()
    member(3, tree.sister)
    assert members_roll.base_of_members(congress).worksheet is not None


def test_the_ledger_says_who_was_noted_and_never_why(congress: Congress, noted: list[Person]) -> None:
    told = [row.facts for row in LedgerEntry.objects.filter(kind="member.noted")]
    assert len(told) == 9
    assert not [facts for facts in told if "QĐ 5" in facts or "suspended" in facts]
    assert verify().findings == ()


def test_a_day_of_the_committee(congress: Congress, people: list[Person], committee: Client) -> None:
    here = roll_at(congress)
    assert "Of 45 members nobody said" in committee.get(here).content.decode()
    committee.post(here, {"act": "present", "present": [one.key for one in people[:40]]})
    ticked = [one.key for one in people[:40]]
    committee.post(here, {"act": "present", "was": ticked, "present": ticked[:39]})
    address = reverse("roll_member", args=[congress.key, people[44].key])
    wrong = committee.post(address, {"present": "0", "ground": "absent_throughout_approved"}).content.decode()
    assert 'id="id_reason_error"' in wrong
    held = {"present": "0", "ground": "absent_throughout_approved", "reason": "Đi công tác", "approver": "BTV 18/5"}
    assert committee.post(address, held).headers["Location"] == here
    committee.post(here, {"act": "freeze"})
    assert not Roll.objects.exists()
    committee.post(here, {"act": "rest"})
    assert "Everything is decided." in committee.get(here).content.decode()
    committee.post(here, {"act": "freeze"})
    document = json.loads(Roll.objects.get().document)
    assert [document[name] for name in ("summoned", "present", "base", "needed", "undecided")] == [45, 39, 44, 23, 0]
    assert [one["name"] for one in document["delegates"] if one["deducted"]] == [people[44].full_name]
    kept = committee.get(reverse("roll", args=[congress.key, 1])).content.decode()
    assert all(text in kept for text in (people[44].full_name, "Đi công tác", "BTV 18/5", Roll.objects.get().digest))


def test_two_people_with_one_list_do_not_undo_each_other(
    congress: Congress, people: list[Person], committee: Client
) -> None:
    first, second = people[0].key, people[1].key
    committee.post(roll_at(congress), {"act": "present", "present": [first]})
    committee.post(roll_at(congress), {"act": "present", "present": [second]})
    assert members_roll.base_of_members(congress).present == 2


def test_why_somebody_is_off_the_base_is_personnel_data(
    congress: Congress, noted: list[Person], committee: Client
) -> None:
    committee.post(roll_at(congress), {"act": "freeze"})
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=Role.CLERK, by="test", organisation=congress.organisation.key)
    clerk = signed_in(user)
    for address in (roll_at(congress), reverse("roll", args=[congress.key, 1])):
        page = clerk.get(address).content.decode()
        assert noted[20].full_name in page
        assert not [text for text in ("QĐ 5", "BTV", "tạm giam") if text in page]
    assert clerk.get(reverse("roll_member", args=[congress.key, noted[6].key])).status_code == 404


@pytest.mark.parametrize("role", [Role.STANDING, Role.PRESIDIUM])
def test_who_only_looks_changes_nothing(role: Role, congress: Congress, people: list[Person]) -> None:
    user = person("minh", "Lê Minh")
    accounts.grant(user=user, role=role, by="test", organisation=congress.organisation.key, congress=congress.key)
    for held in ({"act": "present", "present": [people[0].key]}, {"act": "rest"}, {"act": "freeze", "known": "1"}):
        signed_in(user).post(roll_at(congress), held)
    assert (MemberMark.objects.count(), Roll.objects.count()) == (0, 0)


@pytest.mark.parametrize("number", [3, 9])
def test_the_roll_asks_as_much_for_nine_as_for_three(
    number: int, congress: Congress, tree: Tree, committee: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        note(congress, member(place, tree.sister))
    with django_assert_num_queries(11):
        page = committee.get(roll_at(congress)).content.decode()
    assert page.count("Lò Văn Số") == 2 * number


def test_a_members_congress_shows_no_tabs_of_delegates(congress: Congress, committee: Client) -> None:
    page = committee.get(reverse("congress", args=[congress.key])).content.decode()
    assert reverse("delegates", args=[congress.key]) not in page
    assert roll_at(congress) in page


def test_an_empty_roll_says_who_must_be_entered(congress: Congress, tree: Tree, committee: Client) -> None:
    member(1, tree.sister, "")
    page = committee.get(roll_at(congress)).content.decode()
    assert "Nobody is summoned yet" in page
    assert "1 person of the organisation has no such day." in page


def test_bodies_of_a_members_congress_are_of_its_members(
    congress: Congress, people: list[Person], tree: Tree, committee: Client
) -> None:
    probationer, stranger = member(90, tree.sister, ""), member(91, tree.far)
    for who in (probationer, stranger):
        with pytest.raises(ValidationError):
            services.seat_in_body(
                congress=congress, body=BodyKind.COUNTING, person=who, post=BodyPost.MEMBER, by="test"
            )
    address = reverse("congress_bodies", args=[congress.key])
    page = committee.get(address).content.decode()
    assert people[3].code in page
    assert "Credentials board" not in page
    committee.post(address, {"delegate": people[3].pk, "body": "counting", "post": "head"})
    assert congress.body_members.get().person == people[3]
    with pytest.raises(ValidationError):
        services.seat_in_body(
            congress=congress, body=BodyKind.CREDENTIALS, person=people[4], post=BodyPost.MEMBER, by="test"
        )
