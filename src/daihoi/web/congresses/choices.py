"""What a congress, a body, a delegate and a passage through the door can be."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from daihoi.rules.terms import DeductionGround


class Form(models.TextChoices):
    """Who takes part. [process.md R06]"""

    DELEGATES = "delegates", _("Congress of delegates")
    MEMBERS = "members", _("Congress of all members")


class State(models.TextChoices):
    """Where a congress stands on its way, as far as this room leads it."""

    PLANNED = "planned", _("Planned")
    CONVENED = "convened", _("Convened")
    IN_SESSION = "in_session", _("In session")
    CLOSED = "closed", _("Closed")
    # Off the way, and still to be read: what was done before stays in the ledger.
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class SessionKind(models.TextChoices):
    """The two parts of a congress. [process.md G16, G17]"""

    PREPARATORY = "preparatory", _("Preparatory session")
    OFFICIAL = "official", _("Official session")


class BodyKind(models.TextChoices):
    """The bodies that a congress elects to run itself. [process.md A15]"""

    PRESIDIUM = "presidium", _("Presidium")
    SECRETARIAT = "secretariat", _("Secretariat")
    CREDENTIALS = "credentials", _("Credentials board")
    COUNTING = "counting", _("Counting board")


class BodyPost(models.TextChoices):
    """What somebody is in a body."""

    HEAD = "head", _("Head")
    DEPUTY = "deputy", _("Deputy head")
    MEMBER = "member", _("Member")


class Category(models.TextChoices):
    """How a delegate came to be one."""

    EX_OFFICIO = "ex_officio", _("Ex officio")
    ELECTED = "elected", _("Elected")
    DESIGNATED = "designated", _("Designated")
    ALTERNATE = "alternate", _("Alternate")


class Credentials(models.TextChoices):
    """What the credentials board says of a delegate."""

    OPEN = "open", _("Not looked at yet")
    RECOGNISED = "recognised", _("Recognised")
    REFUSED = "refused", _("Not recognised")


class Leave(models.TextChoices):
    """Whether a delegate who is not there told it."""

    NONE = "none", _("Nothing said")
    GIVEN = "given", _("Absent with leave")
    REFUSED = "refused", _("Absent without leave")


class Ground(models.TextChoices):
    """Why a member summoned to a congress of all members is off its base. [190-QĐ/TW art. 30.2; 244-QĐ/TW art. 32.2]"""

    NONE = "", _("Counts in the base")
    ELSEWHERE = DeductionGround.TEMPORARILY_ELSEWHERE.value, _("In temporary activity elsewhere")
    EXEMPT = DeductionGround.EXEMPT_NOT_PRESENT.value, _("Exempt from activity and not present")
    SUSPENDED = DeductionGround.SUSPENDED_CHARGED_OR_IN_CUSTODY.value, _("Suspended, charged or in custody")
    APPROVED = DeductionGround.ABSENT_THROUGHOUT_APPROVED.value, _("Absent for the whole congress, approved")


class Way(models.TextChoices):
    """Which way somebody went through the door."""

    IN = "in", _("Entered")
    OUT = "out", _("Left")


class Answer(models.TextChoices):
    """What the door said to a code."""

    WELCOME = "welcome", _("Welcome")
    GOODBYE = "goodbye", _("Left the hall")
    # Kept like any other: which of two scans was the copy, the board decides and not the door.
    AGAIN = "again", _("Checked in already")
    NOT_IN = "not_in", _("Was not inside")
    UNKNOWN = "unknown", _("No such code in this congress")
    REPLACED = "replaced", _("Replaced by an alternate")
    NOT_CALLED = "not_called", _("Alternate who replaces nobody")
    REFUSED = "refused", _("Not recognised by the credentials board")


class Paper(models.TextChoices):
    """The papers of the day. [process.md D18, D19]"""

    SUMMONS = "summons", _("Summons")
    INVITATION = "invitation", _("Invitation")
    BADGE_SHEET = "badge_sheet", _("Badges on A4 sheets")
    BADGE_CARD = "badge_card", _("Single badges")
    PLACE_CARD = "place_card", _("Place cards")
    SEAT_PLAN = "seat_plan", _("Seat plan")
    GROUP_LIST = "group_list", _("Group lists")
    ALLOCATION = "allocation", _("Allocation of delegates")
    CREDENTIALS = "credentials", _("Credentials report")
