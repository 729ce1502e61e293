"""What people type about organisations."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from daihoi.web.lists.fields import TextField
from daihoi.web.lists.meanwhile import WatchedForm
from daihoi.web.organisations.choices import Profile, Tier
from daihoi.web.organisations.models import Organisation


class OrganisationForm(WatchedForm, forms.ModelForm):  # type: ignore[type-arg]
    """The fields of an organisation that may be changed as they are."""

    class Meta:
        """All but name and place in the tree."""

        model = Organisation
        fields: ClassVar = [
            *("code", "short_name", "abbreviation", "tier", "kind", "place_name", "official_members"),
            *("probationary_members", "has_seal", "email", "phone", "valid_from", "valid_to"),
        ]


class FoundForm(OrganisationForm):
    """A new organisation."""

    name = TextField(label=_("Name"), max_length=300)
    field_order = ("name", "code")


class RenameForm(forms.Form):
    """Another name, and from when."""

    name = TextField(label=_("New name"), max_length=300)
    since = forms.DateField(label=_("Since"), help_text=_("dd/mm/yyyy"))


class PlaceForm(forms.Form):
    """Another organisation, by its code."""

    code = TextField(label=_("Code of the organisation"), max_length=40)
    since = forms.DateField(label=_("Since"), required=False, help_text=_("dd/mm/yyyy"))


class TermForm(forms.Form):
    """The term whose round is on, and what it calls its tiers."""

    label = forms.RegexField(
        r"^\d{4}-\d{4}$",
        label=_("Term"),
        help_text=_("For example 2025-2030."),
        error_messages={"invalid": _("Write the two years, as 2025-2030.")},
    )
    profile = forms.ChoiceField(label=_("How many tiers"), choices=Profile.choices)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # Of every tier: a round of two tiers leaves the words of the third empty.
        for tier in Tier:
            self.fields[tier.value] = TextField(label=tier.label, max_length=120, required=False)

    @property
    def labels(self) -> dict[str, str]:
        """What the term calls each tier for which something was typed."""
        return {tier.value: said for tier in Tier if (said := self.cleaned_data[tier.value])}
