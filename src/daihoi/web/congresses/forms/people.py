"""What is typed about delegates, guests, and the members of a members' congress."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.web.congresses import queries
from daihoi.web.congresses.choices import Category, Credentials, Ground, Leave
from daihoi.web.congresses.forms.choosing import DelegateChoice
from daihoi.web.congresses.models import Congress, Delegate, Group, Guest
from daihoi.web.lists.fields import TextField
from daihoi.web.lists.meanwhile import WatchedForm
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation


class DelegateForm(WatchedForm):
    """What is known of a delegate beside the person."""

    unit = TextField(
        label=gettext_lazy("Code of the unit"), max_length=40, help_text=gettext_lazy("Which sends the delegate.")
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=Category.choices, initial=Category.ELECTED)
    alternate_number = forms.IntegerField(
        label=gettext_lazy("Number of the alternate"), min_value=1, max_value=99, required=False,
        help_text=gettext_lazy("In the order of being called up, within the unit."),
    )  # fmt: skip
    group = forms.ModelChoiceField(label=gettext_lazy("Group"), queryset=Group.objects.none(), required=False)
    seat = TextField(label=gettext_lazy("Seat"), max_length=20, required=False)

    def __init__(self, *args: object, congress: Congress, units: QuerySet[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = congress.groups.all()  # type: ignore[attr-defined]
        self.units = units

    def is_change(self) -> bool:
        """Always but for a new delegate."""
        return True

    def clean_unit(self) -> Organisation:
        """By its code."""
        found = self.units.filter(code=self.cleaned_data["unit"]).first()
        if found is None:
            raise ValidationError(_("No organisation of yours has this code."))
        return found


class NewDelegateForm(DelegateForm):
    """A person who becomes a delegate."""

    person = TextField(
        label=gettext_lazy("Code of the person"), max_length=40, help_text=gettext_lazy("As in the list of people.")
    )
    field_order = ("person", "unit")

    def is_change(self) -> bool:
        """There is nothing yet that somebody else could change."""
        return False

    def __init__(self, *args: object, people: QuerySet[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.people = people
        self.fields["unit"].required = False
        self.fields["unit"].help_text = _("Empty: the organisation of the person.")

    def clean_person(self) -> Person:
        """By code, of those whom the person at the screen may see."""
        found = self.people.filter(code=self.cleaned_data["person"]).first()
        if found is None:
            raise ValidationError(_("Nobody of yours has this code."))
        return found

    def clean_unit(self) -> Organisation:
        """The organisation of the person where none is named."""
        person = self.cleaned_data.get("person")
        if not self.cleaned_data["unit"] and isinstance(person, Person):
            return person.organisation
        return super().clean_unit()


class ReplaceForm(forms.Form):
    """Which alternate steps in, and on whose decision."""

    alternate = DelegateChoice(label=gettext_lazy("Alternate"), queryset=Delegate.objects.none())
    decision = TextField(
        label=gettext_lazy("Decision"), max_length=300, help_text=gettext_lazy("Who decided, number and day.")
    )

    def __init__(self, *args: object, delegate: Delegate, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        waiting = queries.delegates(delegate.congress).filter(category=Category.ALTERNATE, replaces__isnull=True)
        self.fields["alternate"].queryset = waiting.order_by("unit__path", "alternate_number")  # type: ignore[attr-defined]
        # Proposed and not imposed: another unit's alternate needs a decision of its own.
        own = waiting.filter(unit=delegate.unit).order_by("alternate_number").first()
        self.fields["alternate"].initial = own.pk if own else None


class JudgeForm(forms.Form):
    """What the board says of a delegate."""

    credentials = forms.ChoiceField(label=gettext_lazy("Credentials"), choices=Credentials.choices)
    reason = TextField(
        label=gettext_lazy("Reason"), max_length=300, required=False,
        help_text=gettext_lazy("Needed where a delegate is not recognised; the report names it."),
    )  # fmt: skip


class LeaveForm(forms.Form):
    """Whether an absence was told."""

    leave = forms.ChoiceField(label=gettext_lazy("Absence"), choices=Leave.choices)
    reason = TextField(label=gettext_lazy("Why"), max_length=300, required=False)


class MemberForm(forms.Form):
    """How a member stands to the roll of a congress of all members."""

    present = forms.TypedChoiceField(
        label=gettext_lazy("At the congress"), required=False, empty_value=None, coerce=lambda value: value == "1",
        choices=[("", gettext_lazy("nobody said yet")), ("1", gettext_lazy("present")), ("0", gettext_lazy("absent"))],
    )  # fmt: skip
    ground = forms.ChoiceField(label=gettext_lazy("Base of the elections"), choices=Ground.choices, required=False)
    reason = TextField(
        label=gettext_lazy("Reason and document"), max_length=300, required=False,
        help_text=gettext_lazy("Needed where the member is taken off the base."),
    )  # fmt: skip
    approver = TextField(
        label=gettext_lazy("Who approved or decided"), max_length=200, required=False,
        help_text=gettext_lazy("For an absence the convening committee, with the day of its word."),
    )  # fmt: skip


class GuestForm(forms.ModelForm):  # type: ignore[type-arg]
    """A guest."""

    full_name = TextField(label=gettext_lazy("Full name"), max_length=120)

    class Meta:
        """What stands on invitation and badge."""

        model = Guest
        fields: ClassVar = ["full_name", "title", "organisation_name", "precedence", "seat"]
