"""People, and their photographs. Dates of which only the month or the year is known are kept as they are known."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daihoi.rules.names import fold_search, sort_text
from daihoi.rules.terms import PartialDate
from daihoi.web.members.choices import Degree, Education, Sex, Theory
from daihoi.web.members.order import DATES, wrong_order
from daihoi.web.organisations.models import Organisation

SORT_LENGTH = 500
# Letters and digits that nobody takes for one another on paper.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

_IS_PARTIAL = RegexValidator(r"^(1[89]|2[01])\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$", _("This is no date."))


def new_key() -> str:
    """A public key of a row: it says nothing, is never used again, and stays when codes and names change."""
    return secrets.token_hex(8)


def new_code() -> str:
    """A code for a person whose list has none, so that a list taken out can be read in again."""
    return "N-" + "".join(secrets.choice(_ALPHABET) for _place in range(8))


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A date as 1975, 1975-04 or 1975-04-30: what is not known is left off, and the text sorts by time."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        # Before the rest: it makes its list of validators once and for all.
        self.default_validators = [_IS_PARTIAL]
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


@lru_cache(20_000)
def partial_of(text: str) -> PartialDate | None:
    """The date that a `PartialDateField` holds; None where it is empty."""
    return PartialDate(*(int(part) for part in text.split("-"))) if text else None


def partial_text(day: PartialDate | None) -> str:
    """A date as a `PartialDateField` holds it."""
    if day is None:
        return ""
    return "-".join([f"{day.year:04d}", *(f"{part:02d}" for part in (day.month, day.day) if part)])


def shown_date(text: str) -> str:
    """A date of a `PartialDateField` as it is read: 30/04/1975, 04/1975, 1975."""
    return "/".join(reversed(text.split("-"))) if text else ""


# Hundreds of thousands of people bear some ten thousand names.
@lru_cache(20_000)
def _sorted_as(name: str) -> str:
    return sort_text(name)[:SORT_LENGTH]


@lru_cache(20_000)
def folded_as(name: str) -> str:
    """The name as `Person.folded` holds it."""
    return fold_search(name)[:180]


def alike_as(folded: str, born: str) -> str:
    """What two people share whose names and births are the same."""
    return f"{folded} {born}"


class Person(models.Model):
    """One person. Fields beyond name, code, post and organisation are personnel data (`choices.PERSONNEL`)."""

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    code = models.CharField(_("code"), max_length=40, unique=True, default=new_code)
    # As the birth certificate has it; papers print this one and no other.
    full_name = models.CharField(_("full name"), max_length=120)
    organisation = models.ForeignKey(
        # The composite index below begins with it: another would only cost room.
        Organisation,
        models.PROTECT,
        related_name="people",
        verbose_name=_("organisation"),
        db_index=False,
    )
    post = models.CharField(_("post"), max_length=200, blank=True)
    other_name = models.CharField(_("other name"), max_length=120, blank=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True)
    born = PartialDateField(_("date of birth"))
    ethnicity = models.CharField(_("ethnicity"), max_length=40, blank=True)
    religion = models.CharField(_("religion"), max_length=60, blank=True)
    native_place = models.CharField(_("native place"), max_length=200, blank=True)
    joined = PartialDateField(_("admitted on probation"))
    official = PartialDateField(_("official member since"))
    education = models.CharField(_("general education"), max_length=16, choices=Education.choices, blank=True)
    degree = models.CharField(_("professional degree"), max_length=12, choices=Degree.choices, blank=True)
    major = models.CharField(_("major"), max_length=160, blank=True)
    theory = models.CharField(_("political theory"), max_length=12, choices=Theory.choices, blank=True)
    languages = models.CharField(_("foreign languages"), max_length=120, blank=True)
    computing = models.CharField(_("computing"), max_length=120, blank=True)
    is_sitting_member = models.BooleanField(_("sits on the committee"), default=False)
    is_local = models.BooleanField(_("comes from here"), default=False)
    sort_text = models.CharField(max_length=SORT_LENGTH, editable=False)
    folded = models.CharField(max_length=180, editable=False)
    # One column, so that one look at one index finds who shares both.
    alike = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        """Lists run through one of the orders below; people alike are looked for by `folded`."""

        indexes: ClassVar = [
            # With what search looks in: the first people of a search are found in the index alone.
            models.Index(fields=["sort_text", "id", "folded"], name="person_by_name"),
            # With all that lists of a part of the tree are sorted by: its people are gathered in the index alone.
            models.Index(
                fields=["organisation", "sort_text", "id", "folded", "post", "born", "joined"],
                name="person_of_organisation",
            ),
            models.Index(fields=["folded"], name="person_by_folded"),
            models.Index(fields=["post", "sort_text", "id"], name="person_by_post"),
            models.Index(fields=["born", "sort_text", "id"], name="person_by_birth"),
            models.Index(fields=["joined", "sort_text", "id"], name="person_by_admission"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(full_name=""), name="person_has_a_name"),
            models.CheckConstraint(condition=~models.Q(code=""), name="person_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def birth_year(self) -> str:
        """The year of birth, empty where it is not known; personnel data."""
        return str(self.born)[:4]

    @property
    def born_on(self) -> PartialDate | None:
        """The date of birth as the rules take it."""
        return partial_of(self.born)

    @property
    def joined_on(self) -> PartialDate | None:
        """The day of admission on probation as the rules take it."""
        return partial_of(self.joined)

    @property
    def official_on(self) -> PartialDate | None:
        """The day of full membership as the rules take it."""
        return partial_of(self.official)

    def clean(self) -> None:
        """Raises ValidationError where the dates of this life cannot follow each other."""
        if wrong := wrong_order({name: getattr(self, name) for name in DATES}, timezone.localdate()):
            raise ValidationError({wrong[0]: wrong[1]})

    def refold(self) -> None:
        """Set what lists are sorted by, search looks in, and people of one name and birth share."""
        self.sort_text, self.folded = _sorted_as(self.full_name), folded_as(self.full_name)
        self.alike = alike_as(self.folded, self.born)


class Portrait(models.Model):
    """The photograph of a person; `name` is the SHA-256 of the file that `portraits.path_of` finds. Personnel data."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="portrait")
    name = models.CharField(max_length=64)
    kept_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.person_id} {self.name}"


class WaitingPhoto(models.Model):
    """A photograph that somebody sent and has not confirmed: theirs alone, and gone after a day.

    In the database and not beside it: several processes serve, and a sweep finds all of them.
    """

    key = models.CharField(max_length=16, unique=True, default=new_key, editable=False)
    owner = models.CharField(max_length=40)
    file = models.CharField(max_length=200)
    code = models.CharField(max_length=200)
    name = models.CharField(max_length=64, blank=True)
    jpeg = models.BinaryField(default=b"")
    fault = models.CharField(max_length=10, blank=True)
    sent_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        """One picture of a code at a time: who sends it again has mended the first."""

        ordering: ClassVar = ["code", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "file"], name="photo_waits_once")]

    def __str__(self) -> str:
        return f"{self.owner} {self.file}"
