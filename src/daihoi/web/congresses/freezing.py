"""The base of the elections from the roll: who is summoned, who is deducted and why, what is still undecided.

A delegate who is absent at the vote alone stays in the base; one absent throughout whom nobody replaces leaves it, and
so does an absent member of the convening committee. [244-QĐ/TW art. 32.3; election-rules.md 2.1]
"""

from __future__ import annotations

from dataclasses import dataclass

from daihoi.rules.base import BaseWorksheet, worksheet
from daihoi.rules.settings import Settings
from daihoi.rules.terms import CongressForm, Deduction, DeductionGround, Roll
from daihoi.web.congresses import queries
from daihoi.web.congresses.attendance import present_at
from daihoi.web.congresses.choices import Category, Credentials, Leave
from daihoi.web.congresses.models import Congress, Delegate
from daihoi.web.congresses.naming import title_of


@dataclass(frozen=True)
class Deducted:
    """One delegate who is taken off the base."""

    delegate: Delegate
    ground: DeductionGround


@dataclass(frozen=True)
class Base:
    """The base as it would be frozen now, and what nobody has decided yet."""

    officials: tuple[Delegate, ...]
    present: int
    deducted: tuple[Deducted, ...]
    worksheet: BaseWorksheet | None
    open_credentials: tuple[Delegate, ...]
    silent: tuple[Delegate, ...]
    """Not seen at any session, and nobody said whether they come: they stay in the base."""
    refused: tuple[Delegate, ...]
    """Not recognised by the board; the congress decides about them."""
    idle: tuple[tuple[Delegate, Delegate], ...]
    """Absent delegates with the next alternate of their unit, who could step in."""

    @property
    def undecided(self) -> int:
        """How many questions are open."""
        return len(self.open_credentials) + len(self.silent) + len(self.refused) + len(self.idle)

    @property
    def by_ground(self) -> dict[DeductionGround, int]:
        """How many are deducted on each ground."""
        found: dict[DeductionGround, int] = {}
        for one in self.deducted:
            found[one.ground] = found.get(one.ground, 0) + 1
        return found


def base_of(congress: Congress) -> Base:
    """The base of a congress of delegates as things stand; `worksheet` is None while nobody is in it."""
    there = present_at(congress)
    # Neither groups nor who replaced whom: who was replaced is no official.
    read = queries.officials(congress).prefetch_related(None).select_related(None)
    officials = tuple(read.select_related("person", "unit", "replaces__person"))
    absent = [one for one in officials if one.pk not in there]
    deducted = tuple(Deducted(one, _ground(one)) for one in absent if one.leave != Leave.NONE)
    next_in = _next_alternates(congress)
    idle = tuple((one.delegate, next_in[one.delegate.unit_id]) for one in deducted if one.delegate.unit_id in next_in)
    present = sum(one.pk in there for one in officials)
    lines = tuple(Deduction(one.ground, 1, one.delegate.person.full_name) for one in deducted)
    # More than half of nobody would be one vote of nobody: there is no base yet.
    sheet = None
    if len(officials) > len(deducted):
        sheet = worksheet(CongressForm.DELEGATES, Roll(len(officials), present, lines), settings=Settings())
    return Base(
        officials,
        present,
        deducted,
        sheet,
        tuple(one for one in officials if one.credentials == Credentials.OPEN),
        tuple(one for one in absent if one.leave == Leave.NONE),
        tuple(one for one in officials if one.credentials == Credentials.REFUSED),
        idle,
    )


def _next_alternates(congress: Congress) -> dict[int, Delegate]:
    """The alternate whom each unit would call up next, by the order in which they were elected. [190-QĐ/TW art. 18]"""
    alternates = queries.delegates(congress).filter(category=Category.ALTERNATE, replaces__isnull=True)
    found: dict[int, Delegate] = {}
    for one in alternates.order_by("unit_id", "alternate_number"):
        found.setdefault(one.unit_id, one)
    return found


def _ground(delegate: Delegate) -> DeductionGround:
    """Delegates ex officio are the members of the convening committee."""
    if delegate.category == Category.EX_OFFICIO:
        return DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT
    return DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED


def document_of(congress: Congress, base: Base) -> dict[str, object]:
    """The frozen roll as it is kept and signed: names, units and grounds, no personnel data."""
    assert base.worksheet is not None  # noqa: S101 -- a roll of nobody is not frozen
    # By the number: two delegates may share a name.
    grounds = {one.delegate.pk: str(one.ground) for one in base.deducted}
    return {
        "congress": congress.key,
        "title": title_of(congress),
        "summoned": base.worksheet.summoned,
        "present": base.present,
        "base": base.worksheet.base,
        "needed": base.worksheet.needed,
        "undecided": base.undecided,
        "delegates": [
            {
                "key": one.key,
                "name": one.person.full_name,
                "unit": one.unit.name,
                "category": one.category,
                "credentials": one.credentials,
                "replaces": one.replaces.person.full_name if one.replaces else "",
                "decision": one.replaced_on,
                "deducted": grounds.get(one.pk, ""),
                "reason": one.leave_reason if one.pk in grounds else "",
            }
            for one in base.officials
        ],
    }
