"""What people type in the counting room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from daihoi.web.counting.choices import SigningPlace, Way
from daihoi.web.lists.fields import TextField


class BeginForm(forms.Form):
    """How a count is begun."""

    way = forms.ChoiceField(label=_("How"), choices=Way.choices, initial=Way.SCANNED)
    every = forms.BooleanField(label=_("A person confirms every ballot"), required=False)
    rehearsal = forms.BooleanField(label=_("Rehearsal, with rehearsal ballots"), required=False)
    papers = forms.IntegerField(
        label=_("Rehearsal ballots in hand"), min_value=1, max_value=100_000, required=False,
        help_text=_("For a rehearsal alone; a real count goes by the papers that were counted by hand."),
    )  # fmt: skip


class BatchForm(forms.Form):
    """A pile as it was counted by hand."""

    papers = forms.IntegerField(label=_("Papers counted by hand"), min_value=1, max_value=10_000, initial=50)


class WhyForm(forms.Form):
    """A reason."""

    why = TextField(label=_("Why"), max_length=300)


class SampleForm(forms.Form):
    """The seed of a hand sample and its size."""

    seed = TextField(
        label=_("Seed"), max_length=200,
        help_text=_("Throw dice before everybody, read each throw aloud, and type them in that order."),
    )  # fmt: skip
    size = forms.IntegerField(label=_("Ballots to draw"), min_value=1, max_value=10_000, initial=30)


class KeyForm(forms.Form):
    """The passphrase of the board's key; for a new key twice."""

    passphrase = forms.CharField(
        label=_("Passphrase of the board"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )


class NewKeyForm(KeyForm):
    """A passphrase that was not typed wrongly once."""

    again = forms.CharField(
        label=_("The same again"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )

    def clean(self) -> dict[str, object]:
        """Both are the same."""
        given = super().clean() or {}
        if given.get("passphrase") != given.get("again"):
            self.add_error("again", _("The two are not the same."))
        return given


class SignForm(forms.Form):
    """A person's own key: read, used once, and never kept."""

    key = forms.FileField(label=_("Key file (.p12 or .pfx)"), max_length=200, allow_empty_file=False)
    key_passphrase = forms.CharField(
        label=_("Passphrase of this key"), max_length=200, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    signs_as = forms.ChoiceField(label=_("Who signs"), choices=SigningPlace.choices)
