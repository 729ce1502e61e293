"""The roll of a congress of all members: who is summoned, who is taken off the base on which ground, who is there.

The base is the official members summoned, less those in temporary activity elsewhere, those exempt from activity, those
suspended, charged or in custody, and those absent throughout whose reason the convening committee approved. Who belongs
to the first two and comes is counted. Absence that nobody approved stays in the base; probationary members are never in
it. [190-QĐ/TW art. 30.2; 244-QĐ/TW art. 32.2; HD 01-HD/TW 2016 mục 13.2; Điều lệ Đảng art. 3]
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from daihoi.rules.base import BaseWorksheet, worksheet
from daihoi.rules.settings import Settings
from daihoi.rules.terms import CongressForm, Deduction, DeductionGround, Roll
from daihoi.web.audit.services import record
from daihoi.web.congresses import queries
from daihoi.web.congresses.choices import Ground
from daihoi.web.congresses.models import Congress, MemberMark
from daihoi.web.congresses.naming import title_of
from daihoi.web.congresses.services import subject_of
from daihoi.web.members.models import Person


@dataclass(frozen=True)
class Member:
    """One official member summoned, and what is known of them."""

    person: Person
    present: bool | None = None
    ground: Ground = Ground.NONE
    reason: str = ""
    approver: str = ""

    @property
    def is_deducted(self) -> bool:
        """Whether the ground takes them off the base: who comes is counted, but for the suspended."""
        if not self.ground:
            return False
        # A suspended member has no vote, in the hall or not.
        return self.ground is Ground.SUSPENDED or not self.present

    @property
    def is_silent(self) -> bool:
        """Whether nobody said if they are there, and no ground makes it plain."""
        return self.present is None and not self.ground


@dataclass(frozen=True)
class MembersBase:
    """The base of a congress of all members as it would be frozen now."""

    members: tuple[Member, ...]
    undated: int
    """People of the organisation without a day of full membership: probationary, or nobody entered the day."""
    told: int
    """Official members as the list of organisations counts them; 0 where it says nothing."""

    @property
    def present(self) -> int:
        """Those with a vote who are there."""
        return sum(bool(one.present) and not one.is_deducted for one in self.members)

    @property
    def deducted(self) -> tuple[Member, ...]:
        """Those off the base."""
        return tuple(one for one in self.members if one.is_deducted)

    @property
    def silent(self) -> tuple[Member, ...]:
        """Those of whom nobody said anything: they stay in the base."""
        return tuple(one for one in self.members if one.is_silent)

    @property
    def by_ground(self) -> dict[Ground, int]:
        """How many are off on each ground, all grounds in the order of the regulation."""
        grounds = [one.ground for one in self.deducted]
        return {ground: grounds.count(ground) for ground in Ground if ground}

    @property
    def is_too_small(self) -> bool:
        """Whether a branch of so few cannot hold a congress at all. [Điều lệ Đảng art. 24.1, second-hand]"""
        return len(self.members) < Settings().branch_minimum

    @property
    def is_another_number(self) -> bool:
        """Whether the list of people and the figure of the organisation differ."""
        return bool(self.told) and self.told != len(self.members)

    @property
    def undecided(self) -> int:
        """How many questions are open."""
        return len(self.silent) + self.is_another_number

    @cached_property
    def worksheet(self) -> BaseWorksheet | None:
        """The base with its lines; None while nobody is left in it, or too few for a congress."""
        if self.is_too_small or len(self.members) == len(self.deducted):
            return None
        lines = tuple(Deduction(DeductionGround(one.ground), 1, one.person.full_name) for one in self.deducted)
        roll = Roll(len(self.members), self.present, lines)
        return worksheet(CongressForm.MEMBERS, roll, settings=Settings())


def base_of_members(congress: Congress) -> MembersBase:
    """The base of a congress of all members as things stand, by a constant number of queries."""
    # Two queries for any number of members.
    marks = {one.person_id: one for one in MemberMark.objects.filter(congress=congress)}
    members = tuple(_member(one, marks.get(one.pk)) for one in queries.summoned_members(congress))
    undated = queries.belonging(congress).filter(official="").count()
    return MembersBase(members, undated, congress.organisation.official_members)


def _member(person: Person, mark: MemberMark | None) -> Member:
    if mark is None:
        return Member(person)
    return Member(person, mark.present, Ground(mark.ground), mark.reason, mark.approver)


def member_of(congress: Congress, key: str) -> Member | None:
    """One who is summoned, by the key of the person."""
    person = queries.summoned_members(congress).filter(key=key).first()
    if person is None:
        return None
    return _member(person, MemberMark.objects.filter(congress=congress, person=person).first())


def document_of_members(congress: Congress) -> dict[str, object]:
    """The frozen roll as it is kept and signed, in the shape of that of delegates: `deducted` is the ground.

    Raises ValidationError where there is no base to be frozen.
    """
    base = base_of_members(congress)
    if base.worksheet is None:
        raise ValidationError(_("There is no base yet: nobody is left in it, or too few are summoned."))
    return {
        "congress": congress.key,
        "title": title_of(congress),
        "form": CongressForm.MEMBERS.value,
        "summoned": base.worksheet.summoned,
        "present": base.present,
        "base": base.worksheet.base,
        "needed": base.worksheet.needed,
        "undecided": base.undecided,
        "delegates": [
            {
                "key": one.person.key,
                "name": one.person.full_name,
                "unit": one.person.organisation.name,
                "present": bool(one.present),
                "deducted": one.ground.value if one.is_deducted else "",
                "reason": one.reason if one.is_deducted else "",
                "decision": one.approver if one.is_deducted else "",
            }
            for one in base.members
        ],
    }


@transaction.atomic
def note_member(
    *, congress: Congress, person: Person, present: bool | None, ground: Ground, by: str, reason: str, approver: str
) -> None:
    """Say whether a member is there, and on which ground they are off the base. Raises ValidationError by field.

    The ledger names the person and the fields; why somebody is suspended stands on the roll alone.
    """
    why = {"reason": reason.strip(), "approver": approver.strip()} if ground else {"reason": "", "approver": ""}
    if missing := [name for name, said in why.items() if ground and not said]:
        words = _("A deduction is signed with its reason and with who approved or decided it.")
        raise ValidationError({missing[0]: words})
    if present and ground is Ground.APPROVED:
        raise ValidationError({"ground": _("Who is present was not absent for the whole congress.")})
    told = {"present": present, "ground": ground.value, **why}
    held, _new = MemberMark.objects.select_for_update().get_or_create(congress=congress, person=person)
    changed = [name for name, value in told.items() if getattr(held, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(held, name, told[name])
    held.save(update_fields=changed)
    record("member.noted", by=by, subject=subject_of(congress), facts={"person": person.key, "fields": sorted(changed)})


@transaction.atomic
def note_presence(*, congress: Congress, seen: Mapping[str, bool], by: str) -> int:
    """Say of many members at once whether they are there, by the keys of the people; gives how many changed.

    Whom the roll called absent throughout with approval is not called present here: their ground is taken back first.
    """
    people = {one.key: one for one in queries.summoned_members(congress).filter(key__in=seen)}
    marks = {
        one.person_id: one
        for one in MemberMark.objects.select_for_update().filter(congress=congress, person__in=people.values())
    }
    # All or nobody: half a list that was kept would be taken for the whole.
    _refuse_absent_throughout(people.values(), marks, seen)
    counts = {True: 0, False: 0}
    for key, person in people.items():
        held = marks.get(person.pk) or MemberMark(congress=congress, person=person)
        if held.present is not seen[key]:
            held.present = seen[key]
            held.save()
            counts[seen[key]] += 1
    if any(counts.values()):
        facts = {"present": counts[True], "absent": counts[False]}
        record("member.present", by=by, subject=subject_of(congress), facts=facts)
    return sum(counts.values())


def _refuse_absent_throughout(
    people: Collection[Person], marks: Mapping[int, MemberMark], seen: Mapping[str, bool]
) -> None:
    for one in people:
        mark = marks.get(one.pk)
        if seen[one.key] and mark is not None and mark.ground == Ground.APPROVED:
            words = _("%(name)s stands as absent for the whole congress; take that back first.")
            raise ValidationError(words % {"name": one.full_name})
