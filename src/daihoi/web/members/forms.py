"""What people type about people."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from daihoi.interchange import dates
from daihoi.web.lists.fields import TextField
from daihoi.web.lists.meanwhile import WatchedForm
from daihoi.web.members.choices import FIELDS, PERSONNEL
from daihoi.web.members.models import Person, partial_text, shown_date
from daihoi.web.members.order import DATES
from daihoi.web.organisations.models import Organisation

_HOW = _("dd/mm/yyyy, mm/yyyy or yyyy")
_LINES = ("full_name", "post", "other_name", "ethnicity", "religion", "native_place", "major", "languages", "computing")


class PartialDateInput(TextField):
    """A date of which the day, or day and month, may be missing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"required": False, "max_length": 10, "help_text": _HOW})

    def prepare_value(self, value: object) -> object:
        """As it is read: 30/04/1975."""
        return shown_date(value) if isinstance(value, str) and "/" not in value else value

    def clean(self, value: object) -> str:
        """As it is kept: 1975-04-30."""
        text = str(super().clean(value))
        found = dates.partial(text) if text else None
        if text and found is None:
            raise ValidationError(_("This is no date; write dd/mm/yyyy, mm/yyyy or yyyy."))
        return partial_text(found)


class PersonForm(WatchedForm, forms.ModelForm):  # type: ignore[type-arg]
    """A person. `editable` are the organisations that may be chosen; without `personnel` only names and posts."""

    organisation = TextField(label=_("Code of the organisation"), max_length=40)

    class Meta:
        """All that people enter; the organisation by its code."""

        model = Person
        fields: ClassVar = [name for name in FIELDS if name != "organisation"]
        field_classes: ClassVar = {
            **dict.fromkeys(_LINES, TextField),
            **dict.fromkeys(DATES, PartialDateInput),
            "code": TextField,
        }

    field_order = ("full_name", "organisation", "post", "code", *PERSONNEL)

    def __init__(self, *args: Any, editable: QuerySet[Organisation], personnel: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.editable = editable
        if self.instance.pk is None:
            # Left empty, a code is given.
            self.fields["code"].required = False
            self.initial.pop("code", None)
        # Gone and not hidden: a field that is not sent is not changed.
        for name in () if personnel else PERSONNEL:
            del self.fields[name]

    def clean_organisation(self) -> Organisation:
        """The organisation of this code, among those that the person may change."""
        # One elsewhere in the tree is as if it were not there.
        found = self.editable.filter(code=self.cleaned_data["organisation"]).first()
        if found is None:
            raise ValidationError(_("No organisation of yours has this code."))
        return found

    def clean_code(self) -> str:
        """The code; the one that was given already where it is left empty."""
        return str(self.cleaned_data["code"]) or str(self.instance.code)
