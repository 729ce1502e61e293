"""The voting base (mẫu số): a worksheet fixed before the count, of which more than half elects.

The base is never the ballots issued, collected or valid. [244-QĐ/TW art. 32.2-32.4; 190-QĐ/TW art. 30.2]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from daihoi.rules.errors import (
    CountOutOfRange,
    DeductionExceedsRoll,
    GroundNotDeducted,
    GroundOfAnotherForm,
    NobodyInBase,
    PresentExceedsRoll,
)
from daihoi.rules.settings import Settings
from daihoi.rules.terms import CongressForm, Deduction, DeductionGround, Roll

GROUNDS: Final[Mapping[CongressForm, tuple[DeductionGround, ...]]] = MappingProxyType(
    {
        # [244-QĐ/TW art. 32.3]; 190-QĐ/TW art. 30.3 is said to keep it.
        CongressForm.DELEGATES: (
            DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT,
            DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED,
        ),
        # [244-QĐ/TW art. 32.2; 190-QĐ/TW art. 30.2]
        CongressForm.MEMBERS: (
            DeductionGround.TEMPORARILY_ELSEWHERE,
            DeductionGround.EXEMPT_NOT_PRESENT,
            DeductionGround.SUSPENDED_CHARGED_OR_IN_CUSTODY,
            DeductionGround.ABSENT_THROUGHOUT_APPROVED,
        ),
        # [244-QĐ/TW art. 32.4; 190-QĐ/TW art. 30.4], remembered and not read.
        CongressForm.MEETING: (
            DeductionGround.SUSPENDED_CHARGED_OR_IN_CUSTODY,
            DeductionGround.ON_LEAVE_THROUGHOUT,
        ),
    }
)

_SWITCHES: Final[Mapping[tuple[CongressForm, DeductionGround], str]] = MappingProxyType(
    {
        (CongressForm.DELEGATES, ground): "delegates_deduct_absent_throughout"
        for ground in GROUNDS[CongressForm.DELEGATES]
    }
    | {
        (CongressForm.MEETING, DeductionGround.SUSPENDED_CHARGED_OR_IN_CUSTODY): "meeting_deducts_suspended",
        (CongressForm.MEETING, DeductionGround.ON_LEAVE_THROUGHOUT): "meeting_deducts_on_leave",
    }
)


@dataclass(frozen=True)
class BaseWorksheet:
    """The base with every line that led to it, in the order of the roll; `present` is the number at the vote."""

    form: CongressForm
    summoned: int
    deductions: tuple[Deduction, ...]
    base: int
    present: int

    @property
    def needed(self) -> int:
        """The smallest number of votes that is more than half of the base."""
        return self.base // 2 + 1

    @property
    def present_beyond_base(self) -> int:
        """How many more are present than the base holds; above zero the board should look at the worksheet again."""
        return max(0, self.present - self.base)


@dataclass(frozen=True)
class ShowOfHandsBase:
    """The second base, for votes by show of hands. A type of its own so that no ballot is measured by it."""

    form: CongressForm
    summoned: int
    deductions: tuple[Deduction, ...]
    members: int

    @property
    def needed(self) -> int:
        """The smallest number of hands that is more than half."""
        return self.members // 2 + 1


def is_elected(votes: int, base: int) -> bool:
    """Whether the votes are MORE than half of the base; exactly half is not enough. [Điều lệ Đảng art. 12.3]"""
    return 2 * votes > base


def worksheet(form: CongressForm, roll: Roll, *, settings: Settings) -> BaseWorksheet:
    """The base of a congress or meeting from its roll. Lines with the same ground are kept apart and all count.

    Raises GroundOfAnotherForm, GroundNotDeducted, CountOutOfRange, DeductionExceedsRoll, NobodyInBase and
    PresentExceedsRoll. Whoever is absent only at the vote has no ground here and stays in the base.
    """
    _check_counts(roll)
    left = roll.summoned
    # Line by line, so that the error names the line that goes too far and not only a sum.
    for line in roll.deductions:
        _check_ground(form, line.ground, settings)
        if line.count > left:
            raise DeductionExceedsRoll(ground=line.ground, count=line.count, left=left, summoned=roll.summoned)
        left -= line.count
    # More than half of nobody would be one vote of nobody.
    if left == 0:
        raise NobodyInBase(summoned=roll.summoned)
    # Someone deducted as absent who sits in the hall would make every majority of this congress wrong.
    absent = sum(line.count for line in roll.deductions if _means_absent(line.ground, settings))
    if roll.present > roll.summoned - absent:
        raise PresentExceedsRoll(
            present=roll.present, possible=roll.summoned - absent, summoned=roll.summoned, absent=absent
        )
    return BaseWorksheet(form, roll.summoned, roll.deductions, left, roll.present)


def show_of_hands_base(form: CongressForm, roll: Roll, *, settings: Settings) -> ShowOfHandsBase:
    """The base of votes by show of hands (on resolutions, numbers, lists): approved absence does NOT reduce it.

    Members' congress: summoned less those temporarily elsewhere and exempt members not present. Delegates and
    meetings: everybody summoned. [294-QĐ/TW art. 9.3.2 as a training quiz explains it; Điều lệ Đảng art. 9.5]
    """
    _check_counts(roll)
    deducted: tuple[Deduction, ...] = ()
    if form is CongressForm.MEMBERS and settings.show_of_hands_deducts == "elsewhere_and_exempt":
        grounds = (DeductionGround.TEMPORARILY_ELSEWHERE, DeductionGround.EXEMPT_NOT_PRESENT)
        deducted = tuple(line for line in roll.deductions if line.ground in grounds)
    members = roll.summoned - sum(line.count for line in deducted)
    if members <= 0:
        raise NobodyInBase(summoned=roll.summoned)
    return ShowOfHandsBase(form, roll.summoned, deducted, members)


def _check_counts(roll: Roll) -> None:
    if roll.summoned < 1:
        raise CountOutOfRange(field="roll.summoned", value=roll.summoned, lowest=1)
    if roll.present < 0:
        raise CountOutOfRange(field="roll.present", value=roll.present, lowest=0)
    for line in roll.deductions:
        if line.count < 0:
            raise CountOutOfRange(field=f"roll.deductions.{line.ground}", value=line.count, lowest=0)


def _check_ground(form: CongressForm, ground: DeductionGround, settings: Settings) -> None:
    if ground not in GROUNDS[form]:
        raise GroundOfAnotherForm(ground=ground, form=form, allowed=GROUNDS[form])
    switch = _SWITCHES.get((form, ground))
    if switch is not None and not getattr(settings, switch):
        raise GroundNotDeducted(ground=ground, setting=switch)


def _means_absent(ground: DeductionGround, settings: Settings) -> bool:
    """Whether a person deducted on this ground cannot be among those present at the vote."""
    if ground is DeductionGround.TEMPORARILY_ELSEWHERE:
        # Only where presence puts such a member back into the base does being deducted mean being absent.
        return settings.temporary_transfer_counted_when_present
    # A suspended person may sit in the hall; the figure of those present may or may not hold him.
    return ground is not DeductionGround.SUSPENDED_CHARGED_OR_IN_CUSTODY
