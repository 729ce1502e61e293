"""Fields of forms that keep text as the house keeps it, and what a service refused put beside them."""

from __future__ import annotations

import unicodedata

from django import forms
from django.core.exceptions import ValidationError


def nfc(text: str) -> str:
    """Text as the house keeps it: one form of each letter, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class TextField(forms.CharField):
    """A line of text in NFC, without spaces at its ends or doubled ones within."""

    def to_python(self, value: object) -> str:
        """The text as the house keeps it."""
        # Keyboards of telephones send accents apart: two names that look alike would be two people.
        return nfc(super().to_python(value) or "")


def refuse(form: forms.Form, refused: ValidationError) -> None:
    """Put what a service refused beside the fields that the form has, the rest above them."""
    if hasattr(refused, "error_dict"):
        for name, said in refused.message_dict.items():
            form.add_error(name if name in form.fields else None, said)
    else:
        form.add_error(None, refused.messages)
