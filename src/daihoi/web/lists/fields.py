"""Fields of forms that keep text as the house keeps it; every room may use them."""

from __future__ import annotations

import unicodedata

from django import forms


def nfc(text: str) -> str:
    """Text as the house keeps it: one form of each letter, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class TextField(forms.CharField):
    """A line of text in NFC, without spaces at its ends or doubled ones within."""

    def to_python(self, value: object) -> str:
        """The text as the house keeps it."""
        # Keyboards of telephones send accents apart: two names that look alike would be two people.
        return nfc(super().to_python(value) or "")
