"""A form that two people have open at once: each changes what they meant to change, and nobody's change is undone.

The page carries what it showed. What a person left as it was is left as it is now, whatever somebody else made of it
meanwhile; where both changed the same field, the second is told, and decides.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHOWN = "shown"


def _text(value: object) -> str:
    """A value as it was shown: an object by its code where it has one, else by its number."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if hasattr(value, "_meta"):
        return str(getattr(value, "code", getattr(value, "pk", "")))
    return str(value)


class WatchedForm(forms.Form):
    """A form of something that is there already; of something new it watches nothing."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_change():
            del self.fields[SHOWN]

    def is_change(self) -> bool:
        """Whether what it changes is there already."""
        instance = getattr(self, "instance", None)
        return instance is not None and instance.pk is not None

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        """What the page shows; for the hidden field, all of it."""
        if field_name == SHOWN:
            # When it is asked for and not before: fields that this person may not see are gone by then.
            return json.dumps({name: self._now(name) for name in self.fields if name != SHOWN}, ensure_ascii=False)
        return super().get_initial_for_field(field, field_name)

    def _now(self, name: str) -> str:
        return _text(self.get_initial_for_field(self.fields[name], name))

    def clean(self) -> dict[str, Any] | None:
        """Leave out what was not touched; say what somebody else changed meanwhile."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        shown = _told(given.pop(SHOWN, ""))
        lost = False
        for name in [name for name in given if name in shown]:
            meant, now = _text(given[name]), self._now(name)
            if shown[name] == meant:
                del given[name]
            elif shown[name] != now and now != meant:
                lost = True
                words = _("Somebody else changed this meanwhile, to “%(now)s”. Save again to put yours in its place.")
                self.add_error(name, ValidationError(words % {"now": self._words(name, now)}))
        if lost:
            # Told once: who saves again has seen it.
            sent: Any = self.data
            self.data = sent = sent.copy()
            sent[self.add_prefix(SHOWN)] = self.get_initial_for_field(self.fields[SHOWN], SHOWN)
        return given

    def _words(self, name: str, now: str) -> object:
        choices = getattr(self.fields[name], "choices", ())
        return next((words for value, words in choices if str(value) == now), now)


def _told(text: str) -> dict[str, str]:
    """What the page said that it showed; nothing where it said nothing that can be read."""
    try:
        told = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {name: value for name, value in told.items() if isinstance(value, str)} if isinstance(told, dict) else {}
