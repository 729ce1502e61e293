"""What people type about organisations."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from daihoi.web.accounts.choices import OF_ONE_CONGRESS, Role
from daihoi.web.accounts.forms import TextField
from daihoi.web.organisations.models import Organisation


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg]
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


class AccessForm(forms.Form):
    """Whom to invite to see this part of the tree, in which role."""

    full_name = TextField(label=_("Full name"), max_length=120)
    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in Role if role not in OF_ONE_CONGRESS]
    )
