"""Congresses, their sessions and bodies, delegates and guests, passages through the door, and frozen rolls."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from daihoi.web.congresses.choices import (
    Answer,
    BodyKind,
    BodyPost,
    Category,
    Credentials,
    Form,
    Ground,
    Leave,
    Paper,
    SessionKind,
    State,
    Way,
)
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation, Term, new_key

# No 0/O, 1/I/L: a code is typed from a badge when the camera cannot read it.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10
NONCE_LENGTH = 40


def new_code() -> str:
    """What a badge carries: random, so that nobody makes a badge for somebody else by counting on."""
    return "".join(secrets.choice(CODE_LETTERS) for _place in range(CODE_LENGTH))


class Congress(models.Model):
    """A congress of one organisation in one term."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    # Protected: an organisation that held a congress is merged or ended, never taken away.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="congresses")
    term = models.ForeignKey(Term, models.PROTECT, related_name="congresses")
    form = models.CharField(_("form"), max_length=10, choices=Form.choices, default=Form.DELEGATES)
    ordinal = models.CharField(_("ordinal (XXII)"), max_length=20, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLANNED)
    opens = models.DateField(_("opens"), null=True, blank=True)
    closes = models.DateField(_("closes"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=300, blank=True)
    theme = models.CharField(_("theme"), max_length=500, blank=True)
    is_pilot = models.BooleanField(_("pilot congress"), default=False)
    pilot_reason = models.CharField(_("why it is a pilot"), max_length=300, blank=True)
    elects_secretary = models.BooleanField(_("elects its secretary directly"), default=False)
    # Of the superior, as its document says; what units send adds up apart from it. [process.md D18]
    delegates_allocated = models.PositiveIntegerField(_("delegates allocated"), null=True, blank=True)
    # R05 and R06 let the superior allow another number or form: its document is named in the finding.
    consent = models.CharField(_("document of the superior that allows an exception"), max_length=300, blank=True)
    committee = models.CharField(_("committee that convenes it"), max_length=300, blank=True)
    signatory_authority = models.CharField(_("signed in the name of"), max_length=120, blank=True)
    signatory_post = models.CharField(_("post of who signs"), max_length=120, blank=True)
    signatory_name = models.CharField(_("who signs"), max_length=120, blank=True)
    hall_rows = models.PositiveSmallIntegerField(_("rows of the hall"), null=True, blank=True)
    hall_blocks = models.CharField(_("seats of a row in each block"), max_length=60, blank=True)

    class Meta:
        """One congress of an organisation in a term."""

        constraints: ClassVar = [
            # Two that plan it at once: the database keeps one.
            models.UniqueConstraint(fields=["organisation", "term"], name="one_congress_of_a_term"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | Q(closes__isnull=True) | Q(closes__gte=F("opens")),
                name="congress_closes_after_it_opens",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "opens"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.term_id}"


class Measures(models.Model):
    """What the house, or one congress, sets for what the texts leave open, by names of `rules.credentials.settings`.

    `of` is the key of a congress, empty for the house: one column, so that a page reads both in one query.
    """

    of = models.CharField(max_length=16, unique=True, blank=True)
    values = models.JSONField(default=dict)
    source = models.CharField(_("on whose word"), max_length=300, blank=True)
    set_by = models.CharField(max_length=200)
    set_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.of or '*'} {self.values}"


class Session(models.Model):
    """One sitting at whose door people are checked in."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=12, choices=SessionKind.choices)
    name = models.CharField(_("name"), max_length=120)
    starts_at = models.DateTimeField(_("starts"))

    class Meta:
        """In their order."""

        ordering: ClassVar = ["starts_at", "pk"]

    def __str__(self) -> str:
        return self.name


class BodyMember(models.Model):
    """Somebody in a body of the congress."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="body_members")
    body = models.CharField(max_length=12, choices=BodyKind.choices)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=8, choices=BodyPost.choices, default=BodyPost.MEMBER)

    class Meta:
        """Once in a body, and one head of each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["congress", "body", "person"], name="once_in_a_body"),
            models.UniqueConstraint(
                # The head signs; two would leave open whose name stands on the paper.
                fields=["congress", "body"],
                condition=Q(post=BodyPost.HEAD),
                name="one_head_of_a_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.post} {self.person_id}"


class Allocation(models.Model):
    """How many delegates a unit sends. [D18]"""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="allocations")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ex_officio = models.PositiveIntegerField(_("ex officio"), default=0)
    elected = models.PositiveIntegerField(_("elected"), default=0)
    designated = models.PositiveIntegerField(_("designated"), default=0)
    alternates = models.PositiveIntegerField(_("alternates"), default=0)

    class Meta:
        """Once for a unit."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["congress", "unit"], name="one_allocation_of_a_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.ex_officio}+{self.elected}"

    @property
    def official(self) -> int:
        """All with a vote."""
        return self.ex_officio + self.elected + self.designated


class Group(models.Model):
    """A group of delegates that sits and discusses together."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    room = models.CharField(_("room"), max_length=120, blank=True)

    class Meta:
        """Numbered."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["congress", "number"], name="one_group_of_a_number")]

    def __str__(self) -> str:
        return self.name or f"Tổ {self.number}"


class Delegate(models.Model):
    """A person's part in a congress."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="delegates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="delegations")
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    code = models.CharField(_("code of the badge"), max_length=CODE_LENGTH, default=new_code)
    category = models.CharField(_("category"), max_length=10, choices=Category.choices)
    alternate_number = models.PositiveSmallIntegerField(_("number of the alternate"), null=True, blank=True)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, blank=True, related_name="delegates")
    seat = models.CharField(_("seat"), max_length=20, blank=True)
    credentials = models.CharField(
        _("credentials"), max_length=10, choices=Credentials.choices, default=Credentials.OPEN
    )
    # One to one: nobody is replaced twice, nobody stands in for two.
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    replaced_on = models.CharField(_("on whose decision"), max_length=300, blank=True)
    refusal_reason = models.CharField(_("why not recognised"), max_length=300, blank=True)
    leave = models.CharField(_("absence"), max_length=8, choices=Leave.choices, default=Leave.NONE)
    leave_reason = models.CharField(_("why absent"), max_length=300, blank=True)

    class Meta:
        """Once a person, once a code, once a seat; alternates are numbered within their unit."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["congress", "person"], name="once_a_delegate"),
            models.UniqueConstraint(fields=["congress", "code"], name="one_delegate_of_a_code"),
            # Of those who have one: a delegate without a seat is no collision.
            models.UniqueConstraint(fields=["congress", "seat"], condition=~Q(seat=""), name="one_delegate_of_a_seat"),
            models.UniqueConstraint(
                fields=["congress", "unit", "alternate_number"],
                condition=Q(alternate_number__isnull=False),
                name="one_alternate_of_a_number",
            ),
            models.CheckConstraint(
                # Whoever votes in the place of another does so on a decision that can be shown. [190-QĐ/TW art. 18]
                condition=Q(replaces__isnull=True) | (Q(category=Category.ALTERNATE) & ~Q(replaced_on="")),
                name="only_alternates_replace_on_a_decision",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["congress", "category"])]

    def __str__(self) -> str:
        return f"{self.code} {self.person_id}"


class Guest(models.Model):
    """Somebody invited who is no delegate."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="guests")
    code = models.CharField(_("code of the badge"), max_length=CODE_LENGTH, default=new_code)
    full_name = models.CharField(_("full name"), max_length=120)
    title = models.CharField(_("post"), max_length=300, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    precedence = models.PositiveSmallIntegerField(_("order of precedence"), default=100)
    seat = models.CharField(_("seat"), max_length=20, blank=True)

    class Meta:
        """By precedence."""

        ordering: ClassVar = ["precedence", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["congress", "code"], name="one_guest_of_a_code")]

    def __str__(self) -> str:
        return self.full_name


class Passage(models.Model):
    """One passage through the door, as a station saw it.

    `nonce` is made by the station for each scan: one that is sent twice, because the answer was lost, is one passage.
    `at` is the time of the scan by the station's clock; `received_at` by ours.
    """

    # Protected: who passed is evidence for the roll.
    session = models.ForeignKey(Session, models.PROTECT, related_name="passages")
    delegate = models.ForeignKey(Delegate, models.PROTECT, null=True, blank=True, related_name="passages")
    guest = models.ForeignKey(Guest, models.PROTECT, null=True, blank=True, related_name="passages")
    way = models.CharField(max_length=3, choices=Way.choices)
    answer = models.CharField(max_length=10, choices=Answer.choices)
    at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    station = models.CharField(max_length=60)
    by = models.CharField(max_length=200)
    # In the database: two processes that get one scan twice cannot both write it.
    nonce = models.CharField(max_length=NONCE_LENGTH, unique=True)

    class Meta:
        """In their order; of a delegate or of a guest."""

        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(delegate__isnull=True) ^ Q(guest__isnull=True), name="passage_of_one_person"
            )
        ]
        indexes: ClassVar = [
            # The door asks for the last passage of one person, a thousand times in ten minutes.
            models.Index(fields=["session", "delegate", "at"]),
            models.Index(fields=["session", "guest", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.way} {self.delegate_id or self.guest_id}"


class Presence(models.Model):
    """Where a delegate or guest is now, of one session: kept with each passage, so that live pages read few rows."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="presences")
    delegate = models.ForeignKey(Delegate, models.CASCADE, null=True, blank=True, related_name="presences")
    guest = models.ForeignKey(Guest, models.CASCADE, null=True, blank=True, related_name="presences")
    inside = models.BooleanField()
    first_in = models.DateTimeField()
    last = models.DateTimeField()
    station = models.CharField(max_length=60)

    class Meta:
        """One of each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "delegate"], name="one_presence_of_a_delegate"),
            models.UniqueConstraint(fields=["session", "guest"], name="one_presence_of_a_guest"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.delegate_id or self.guest_id} {self.inside}"


class MemberMark(models.Model):
    """What is known of a member summoned to a congress of all members; nobody's row stands for nothing known yet.

    `present` is None while nobody said; a ground is kept with its reason and who approved it, for the worksheet is
    signed with them.
    """

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="member_marks")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    present = models.BooleanField(_("present"), null=True, blank=True)
    ground = models.CharField(_("taken off the base"), max_length=40, choices=Ground.choices, blank=True)
    reason = models.CharField(_("reason and document"), max_length=300, blank=True)
    approver = models.CharField(_("who approved or decided"), max_length=200, blank=True)

    class Meta:
        """Once a member; nobody is taken off without a reason and a name that answers for it."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["congress", "person"], name="one_mark_of_a_member"),
            models.CheckConstraint(
                condition=Q(ground="") | (~Q(reason="") & ~Q(approver="")), name="deduction_says_why_and_by_whom"
            ),
            # Who is there cannot have been away for the whole of it.
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(present=False) | ~Q(ground=Ground.APPROVED),
                name="nobody_present_is_absent_throughout",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.person_id} {self.present}"


class Roll(models.Model):
    """The roll as it was frozen: the base of the elections, signed on paper by the board."""

    # Protected: results rest on it.
    congress = models.ForeignKey(Congress, models.PROTECT, related_name="rolls")
    number = models.PositiveSmallIntegerField()
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=200)
    # As text: the digest that was signed is of these bytes.
    document = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        """The newest holds."""

        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["congress", "number"], name="one_roll_of_a_number")]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.number}"


class Printing(models.Model):
    """That a paper was made, of whom, and whether it was not the first time.

    `asked` is what it was made from: day, number, size, and the keys of single people (none: all).
    """

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="printings")
    paper = models.CharField(max_length=12, choices=Paper.choices)
    copies = models.PositiveIntegerField()
    again = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    asked = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.CharField(max_length=200)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.paper} {self.copies}"
