"""What a person types of a package that waits, and why a result is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from daihoi.web.lists.fields import TextField
from daihoi.web.organisations.models import Organisation


class ParcelForm(forms.Form):
    """The digest on paper; whose result it is where the name does not say; why it replaces another."""

    typed = forms.CharField(
        label=_("Digest at the foot of the paper minutes"),
        max_length=200,
        required=False,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "class": "hash"}
        ),
        help_text=_("16 groups of four, with or without spaces, capitals or not."),
    )
    organisation = forms.ChoiceField(label=_("Which of them"), required=False)
    code = TextField(label=_("Code of the organisation"), max_length=40, required=False)
    reason = TextField(label=_("Why it takes the place of the other"), max_length=300, required=False)

    def __init__(self, *args: object, candidates: Sequence[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(one.key, f"{one.name} ({one.code})") for one in candidates]
        self.fields["organisation"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        if not named:
            del self.fields["organisation"]


class WithdrawForm(forms.Form):
    """Why a result stands no longer."""

    reason = TextField(label=_("Why it is withdrawn"), max_length=300)
