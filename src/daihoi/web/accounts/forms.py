"""What people type about accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from daihoi.web.lists.fields import TextField


class SignInForm(forms.Form):
    """Name and password."""

    username = TextField(
        label=_("Sign-in name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        """Small letters: a name that is locked out is not let in again by writing it with a capital."""
        return str(self.cleaned_data["username"]).lower()


class CodeForm(forms.Form):
    """The six figures of the second factor."""

    code = forms.RegexField(
        # TOTP as every app shows it; Django OTP makes six digits. [RFC 6238]
        r"^\d{6}$",
        label=_("Six-digit code"),
        error_messages={"invalid": _("The code has six digits.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True, "maxlength": 6}
        ),
    )


class RenewForm(forms.Form):
    """A password that is chosen now, typed twice: nobody sees what they type."""

    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least ten characters; not only digits, not a common one, not like your name."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        """Both must be the same."""
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("The two passwords differ."))
        return again


class JoinForm(RenewForm):
    """What an invited person chooses."""

    full_name = TextField(label=_("Full name"), max_length=120)
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,59}$",
        label=_("Sign-in name"),
        help_text=_("Small letters without accents, digits, dots and dashes; at least three."),
        error_messages={"invalid": _("Use small letters without accents, digits, dots and dashes; at least three.")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    field_order = ("full_name", "username", "password", "again")


class PasswordForm(forms.Form):
    """A new password, with the present one."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("New password"),
        max_length=200,
        strip=False,
        help_text=_("At least ten characters; not only digits, not a common one, not like your name."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
