"""What is typed where the texts leave something open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.rules.setting_terms import SettingTerm, SettingValue
from daihoi.web.congresses import measures
from daihoi.web.lists.fields import TextField


class MeasuresForm(forms.Form):
    """What the texts leave open: an empty field is as the house, or the default, has it."""

    source = TextField(
        label=gettext_lazy("On whose word"), max_length=300, required=False,
        help_text=gettext_lazy("Who decided it, number and day; it stands wherever a value is used."),
    )  # fmt: skip

    def __init__(self, *args: object, above: measures.InForce, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # Last on the form: first what, then on whose word.
        source = self.fields.pop("source")
        for name, term in measures.TERMS.items():
            self.fields[name] = _field_of(term, above.told[name])
        self.fields["source"] = source

    def clean(self) -> dict[str, object]:
        """Each value on its own, so that each field says what is wrong with it."""
        given = super().clean() or {}
        for name, value in self.values.items():
            try:
                measures.check(name, value)
            except ValidationError as refused:
                self.add_error(None, refused)
        return given

    @property
    def values(self) -> dict[str, SettingValue]:
        """What was typed, by name."""
        typed = self.cleaned_data
        return {name: typed[name] for name in measures.TERMS if typed.get(name) not in ("", None)}


def _field_of(term: SettingTerm, above: measures.Told) -> forms.Field:
    """One line of the form, which says what holds while it is empty."""
    held: dict[str, Any] = {
        "label": measures.WORDS[term.name],
        "required": False,
        "help_text": _("Left empty: %(value)s.") % {"value": above.said},
    }
    if term.allowed:
        return forms.ChoiceField(choices=[("", "–"), *((one, measures.ANSWERS[one]) for one in term.allowed)], **held)
    if isinstance(term.default, int):
        return forms.IntegerField(min_value=term.low, max_value=term.high, **held)
    return TextField(max_length=60, **held)
