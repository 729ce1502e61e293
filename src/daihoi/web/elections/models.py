"""Bodies that vote, contests with their lists, votes by show of cards, printed forms and who changed them.

A further ballot is a contest of its own: its list, its ballots, its minutes. [190-QĐ/TW art. 30; election-rules.md 6.7]
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from daihoi.web.congresses.choices import BodyPost
from daihoi.web.congresses.models import Congress, Roll
from daihoi.web.elections.choices import (
    Absence,
    ContestState,
    HandSubject,
    NominationState,
    Office,
    RoundKind,
    SittingKind,
    Source,
)
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import new_key


class Sitting(models.Model):
    """A body that votes: the congress itself, or a meeting of those whom it elected."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="sittings")
    kind = models.CharField(_("kind"), max_length=10, choices=SittingKind.choices)
    title = models.CharField(_("as papers call it"), max_length=300, blank=True)
    held_on = models.DateField(_("day"), null=True, blank=True)
    chair = models.CharField(_("who signs for the presidium"), max_length=120, blank=True)
    edition = models.CharField(_("edition of the regulation; empty: by the day"), max_length=40, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    """Settings of the rules (`daihoi.rules.settings`) that differ from their defaults."""
    reserve_percent = models.PositiveSmallIntegerField(_("ballots in reserve, in percent of those present"), default=5)

    class Meta:
        """One of each kind."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["congress", "kind"], name="one_sitting_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.kind}"


class Seat(models.Model):
    """A member of a meeting: the elected committee is its roll. A congress has its own roll of delegates or members."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    present = models.BooleanField(_("present"), default=True)
    absence = models.CharField(_("taken off the base"), max_length=40, choices=Absence.choices, blank=True)
    reason = models.CharField(_("reason and document"), max_length=300, blank=True)
    board_post = models.CharField(_("on its counting board"), max_length=8, choices=BodyPost.choices, blank=True)

    class Meta:
        """Once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["sitting", "person"], name="once_a_member")]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.person_id}"


class Contest(models.Model):
    """One ballot paper: an office, its seats, its list, its figures.

    `roll` is the worksheet as it stood when the ballots were issued: {summoned, present, deductions: [{ground, count,
    note}], number}; the base of the contest never changes afterwards. `present` of it is the number at the vote.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="contests")
    place = models.PositiveSmallIntegerField(_("order"), default=1)
    office = models.CharField(_("what is elected"), max_length=24, choices=Office.choices)
    title = models.CharField(_("as the ballot calls it"), max_length=300)
    seats = models.PositiveSmallIntegerField(_("number to elect"))
    alternates = models.PositiveSmallIntegerField(_("alternates to elect"), default=0)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    round_kind = models.CharField(max_length=12, choices=RoundKind.choices, default=RoundKind.FIRST)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    state = models.CharField(max_length=12, choices=ContestState.choices, default=ContestState.PREPARING)
    pause_reason = models.CharField(_("why it is paused or annulled"), max_length=300, blank=True)
    prepared = models.PositiveSmallIntegerField(_("names on the prepared list"), null=True, blank=True)
    attending = models.PositiveIntegerField(_("attending when support was taken"), null=True, blank=True)
    paper_colour = models.CharField(_("colour of the paper"), max_length=60, blank=True)
    roll = models.JSONField(null=True, blank=True)
    frozen_roll = models.ForeignKey(Roll, models.PROTECT, null=True, blank=True, related_name="+")
    opinion_issued = models.PositiveIntegerField(_("opinion ballots issued"), null=True, blank=True)
    opinion_valid = models.PositiveIntegerField(_("valid opinion ballots"), null=True, blank=True)
    printed = models.PositiveIntegerField(_("printed"), null=True, blank=True)
    issued = models.PositiveIntegerField(_("issued"), null=True, blank=True)
    collected = models.PositiveIntegerField(_("collected"), null=True, blank=True)
    spoiled = models.PositiveIntegerField(_("spoiled and exchanged"), null=True, blank=True)
    unused = models.PositiveIntegerField(_("left over"), null=True, blank=True)
    counted_by_first = models.CharField(_("first who counted the papers"), max_length=120, blank=True)
    counted_by_second = models.CharField(_("second who counted the papers"), max_length=120, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In their order; a round of an office once, however often two people press the button."""

        ordering: ClassVar = ["sitting", "place", "round", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["follows", "round_kind"], condition=Q(follows__isnull=False), name="one_further_round_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="contest_elects_somebody"),
            models.CheckConstraint(
                condition=Q(alternates=0) | Q(office=Office.DELEGATES), name="alternates_of_delegates_alone"
            ),
            models.CheckConstraint(
                condition=Q(collected__isnull=True) | Q(issued__isnull=False), name="collected_after_issued"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"{self.office} {self.round}"


class Nomination(models.Model):
    """Somebody proposed for a contest. Once the list is closed, `number` is the place on the ballot.

    Name and dates are kept as they are printed: a later change of the person does not change a printed ballot.
    `votes` and `outcome` (of `rules.terms.CandidateOutcome`) come with the confirmed result.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    contest = models.ForeignKey(Contest, models.CASCADE, related_name="nominations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(_("name on the ballot"), max_length=120)
    note = models.CharField(_("what tells people of one name apart"), max_length=60, blank=True)
    source = models.CharField(_("proposed by"), max_length=8, choices=Source.choices, default=Source.PREPARED)
    proposer = models.CharField(_("who nominated"), max_length=200, blank=True)
    support = models.PositiveIntegerField(_("supported by"), null=True, blank=True)
    opinion = models.PositiveIntegerField(_("agreed on opinion ballots"), null=True, blank=True)
    planned = models.BooleanField(_("planned for a further office"), default=False)
    state = models.CharField(max_length=10, choices=NominationState.choices, default=NominationState.PROPOSED)
    reason = models.CharField(_("reason of the request or decision"), max_length=300, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    votes = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=24, blank=True)

    class Meta:
        """A person once in a contest, a number once on its ballot."""

        ordering: ClassVar = ["number", "person__sort_text", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "person"], name="once_nominated"),
            models.UniqueConstraint(
                fields=["contest", "number"], condition=Q(number__isnull=False), name="one_name_of_a_number"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(state=NominationState.LISTED), name="only_the_listed_are_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.name}"

    @property
    def candidate(self) -> str:
        """As election files and counts call a candidate: the place on the ballot."""
        return f"c{self.number:02d}" if self.number else ""


class HandVote(models.Model):
    """A vote by show of cards, with its figures. `members` is the base of such votes, not that of elections.

    `put` is what was put to the vote, as `making.put_of` tells it: a list that has changed since was not adopted.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="hand_votes")
    subject = models.CharField(_("subject"), max_length=14, choices=HandSubject.choices)
    nomination = models.ForeignKey(Nomination, models.CASCADE, null=True, blank=True, related_name="hand_votes")
    words = models.CharField(_("what was put to the vote"), max_length=300, blank=True)
    put = models.JSONField(default=dict, blank=True)
    members = models.PositiveIntegerField(_("members of the body"))
    present = models.PositiveIntegerField(_("present"))
    agree = models.PositiveIntegerField(_("for"))
    against = models.PositiveIntegerField(_("against"), default=0)
    other = models.PositiveIntegerField(_("no opinion"), default=0)
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)

    class Meta:
        """In their order; nobody raises two cards."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(present__gte=F("agree") + F("against") + F("other")), name="no_more_cards_than_present"
            ),
            models.CheckConstraint(condition=Q(members__gte=F("present")), name="no_more_present_than_members"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.agree}/{self.members}"

    @property
    def adopted(self) -> bool:
        """MORE than half of the members of the body. [Điều lệ Đảng art. 9.5; 294-QĐ/TW art. 9.3.2]"""
        return 2 * self.agree > self.members


class Override(models.Model):
    """A check of the list that a named body set aside on a document. [rules.lists.OVERRIDABLE_CHECKS]"""

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="overrides")
    check_code = models.CharField(_("check"), max_length=40)
    body = models.CharField(_("who set it aside"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    document = models.CharField(_("document"), max_length=200, blank=True)

    class Meta:
        """A check once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "check_code"], name="one_override_of_a_check")
        ]

    def __str__(self) -> str:
        return self.check_code


class BallotForm(models.Model):
    """A form that was made for printing; one that is voided keeps its number and its secret, and is known again.

    Its election file and secret lie under `files.folder_of`. `digest` is the SHA-256 of one sheet as PDF.
    """

    contest = models.ForeignKey(Contest, models.CASCADE, related_name="forms")
    number = models.PositiveSmallIntegerField()
    rehearsal = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(_("why it is void"), max_length=300, blank=True)

    class Meta:
        """Numbered; one of each kind holds."""

        ordering: ClassVar = ["contest", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contest", "number"], name="one_form_of_a_number"),
            models.UniqueConstraint(
                fields=["contest", "rehearsal"], condition=Q(voided_at__isnull=True), name="one_form_that_holds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contest_id} {self.number}"

    @property
    def page_numbers(self) -> range:
        """The pages of a sheet, from 1."""
        return range(1, self.pages + 1)


class PrintJob(models.Model):
    """So many sheets of a form sent to the printer, and why there were more."""

    form = models.ForeignKey(BallotForm, models.CASCADE, related_name="jobs")
    copies = models.PositiveIntegerField(_("sheets"))
    reason = models.CharField(_("why more"), max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=200)

    class Meta:
        """In their order."""

        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.form_id}: {self.copies}"
