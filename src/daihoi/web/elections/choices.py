"""What a sitting, a contest, a nomination, a vote by show of cards and a printed form can be.

Offices, rounds, sources and grounds bear the codes of `daihoi.rules.terms`: what is stored here goes into election
files without a translation.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from daihoi.rules import terms


class SittingKind(models.TextChoices):
    """Which body votes. [190-QĐ/TW art. 17-25; election-rules.md 7]"""

    CONGRESS = "congress", _("The congress")
    PLENUM = "plenum", _("First meeting of the new committee")
    INSPECTION = "inspection", _("First meeting of the inspection committee")


class Office(models.TextChoices):
    """What is elected."""

    COMMITTEE = terms.Office.COMMITTEE.value, _("Committee")
    STANDING_COMMITTEE = terms.Office.STANDING_COMMITTEE.value, _("Standing committee")
    SECRETARY = terms.Office.SECRETARY.value, _("Secretary")
    DEPUTY_SECRETARY = terms.Office.DEPUTY_SECRETARY.value, _("Deputy secretaries")
    INSPECTION_COMMITTEE = terms.Office.INSPECTION_COMMITTEE.value, _("Inspection committee")
    INSPECTION_CHAIR = terms.Office.INSPECTION_CHAIR.value, _("Chair of the inspection committee")
    DELEGATES = terms.Office.DELEGATES.value, _("Delegates to the higher congress")


class RoundKind(models.TextChoices):
    """Why it is voted."""

    FIRST = terms.RoundKind.FIRST.value, _("First ballot")
    FURTHER = terms.RoundKind.FURTHER.value, _("Further ballot for seats left open")
    TIE_REBALLOT = terms.RoundKind.TIE_REBALLOT.value, _("Ballot again among those with equal votes")


class Source(models.TextChoices):
    """How somebody came to be proposed. [190-QĐ/TW art. 14.2, 14.3]"""

    PREPARED = terms.Source.PREPARED.value, _("Prepared by the convening committee")
    SELF = terms.Source.SELF.value, _("Self-nominated")
    FLOOR = terms.Source.FLOOR.value, _("Nominated from the floor")


class Absence(models.TextChoices):
    """Why a member of a meeting is taken off its base. [190-QĐ/TW art. 30.4: unconfirmed]"""

    NONE = "", _("Summoned")
    SUSPENDED = terms.DeductionGround.SUSPENDED_CHARGED_OR_IN_CUSTODY.value, _("Suspended, charged or in custody")
    ON_LEAVE = terms.DeductionGround.ON_LEAVE_THROUGHOUT.value, _("Absent for the whole meeting with leave")


DEDUCTIONS = {
    terms.DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT: _("Members of the convening committee absent throughout"),
    terms.DeductionGround.DELEGATE_ABSENT_THROUGHOUT_UNREPLACED: _("Delegates absent throughout whom nobody replaces"),
    terms.DeductionGround.TEMPORARILY_ELSEWHERE: _("In temporary activity elsewhere"),
    terms.DeductionGround.EXEMPT_NOT_PRESENT: _("Exempt from activity and not present"),
    terms.DeductionGround.SUSPENDED_CHARGED_OR_IN_CUSTODY: _("Suspended, charged or in custody"),
    terms.DeductionGround.ABSENT_THROUGHOUT_APPROVED: _("Absent for the whole congress, approved"),
    terms.DeductionGround.ON_LEAVE_THROUGHOUT: _("Absent for the whole meeting with leave"),
}
"""Every ground on which somebody is taken off a base, as worksheets name it."""


class ContestState(models.TextChoices):
    """Where a contest stands on its way from names to a sealed package."""

    PREPARING = "preparing", _("List in the making")
    LIST_CLOSED = "list_closed", _("List closed")
    VOTING = "voting", _("Ballots issued")
    COUNTING = "counting", _("Being counted")
    COUNTED = "counted", _("Counted")
    CONFIRMED = "confirmed", _("Confirmed by the counting board")
    ANNOUNCED = "announced", _("Announced")
    SEALED = "sealed", _("Sealed")
    PAUSED = "paused", _("Paused: the superior is asked")
    ANNULLED = "annulled", _("Annulled: voted again")


OPEN_FIGURES = frozenset({ContestState.ANNOUNCED, ContestState.SEALED})
"""States in which everybody who may see the contest may see its figures; before, the counting room alone."""


class NominationState(models.TextChoices):
    """Where a nomination stands. Nobody is taken off a list without a decision. [HD 03-HD/TW 2020 s.6]"""

    PROPOSED = "proposed", _("Proposed")
    LISTED = "listed", _("On the list")
    ASKED = "asked", _("Asks to withdraw")
    WITHDRAWN = "withdrawn", _("Withdrawn by decision")
    LEFT_OFF = "left_off", _("Not taken onto the list")


class Outcome(models.TextChoices):
    """What came of a candidacy."""

    ELECTED = terms.CandidateOutcome.ELECTED.value, _("elected")
    ALTERNATE = terms.CandidateOutcome.ALTERNATE.value, _("alternate delegate")
    TIED = terms.CandidateOutcome.TIED.value, _("equal votes at the last seat")
    QUALIFIED = terms.CandidateOutcome.QUALIFIED_NOT_ELECTED.value, _("more than half, and not elected")
    NOT_QUALIFIED = terms.CandidateOutcome.NOT_QUALIFIED.value, _("not more than half")


class HandSubject(models.TextChoices):
    """What is voted by show of cards. [190-QĐ/TW art. 3.2]"""

    NUMBER = "number", _("Number to elect")
    LIST = "list", _("List of candidates")
    SURPLUS = "surplus", _("People beyond the limit of surplus")
    WITHDRAWAL = "withdrawal", _("A request to withdraw")
    NOMINATION = "nomination", _("Taking a nominee onto the list")
    BOARD = "board", _("Counting board")
    FURTHER_ROUND = "further_round", _("Whether to vote on")
    OTHER = "other", _("Another question")
