"""What is typed about a congress and its parts: fields, sessions, bodies, groups, allocation."""

from __future__ import annotations

import re
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.web.congresses import queries
from daihoi.web.congresses.choices import BodyKind, BodyPost, Form, SessionKind
from daihoi.web.congresses.forms.choosing import DelegateChoice, MemberChoice
from daihoi.web.congresses.models import Congress, Delegate
from daihoi.web.lists.fields import TextField
from daihoi.web.members.models import Person
from daihoi.web.organisations.models import Organisation, Term

DAY = gettext_lazy("dd/mm/yyyy")
SEATS_MOST = 60


class CongressForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is known of a congress."""

    class Meta:
        """All but organisation and term."""

        model = Congress
        fields: ClassVar = [
            *("form", "ordinal", "state", "opens", "closes", "venue", "theme", "delegates_allocated"),
            *("elects_secretary", "is_pilot", "pilot_reason", "consent", "committee", "signatory_authority"),
            *("signatory_post", "signatory_name", "hall_rows", "hall_blocks"),
        ]
        help_texts: ClassVar = {
            "opens": DAY,
            "closes": DAY,
            "consent": gettext_lazy("Number and day, where the form or the number of delegates is an exception."),
            "committee": gettext_lazy("As the heads of papers name it, for example “Huyện ủy Nà Lương”."),
            "signatory_authority": gettext_lazy("For example “T/M BAN THƯỜNG VỤ”."),
            "signatory_post": gettext_lazy("For example “BÍ THƯ”."),
            "hall_blocks": gettext_lazy("From left to right, facing the stage, by comma: 6,10,6"),
        }

    def clean_hall_blocks(self) -> str:
        """Whole numbers by comma."""
        text = "".join(str(self.cleaned_data["hall_blocks"]).split())
        if text and not re.fullmatch(r"[1-9]\d?(,[1-9]\d?)*", text):
            raise ValidationError(_("Write whole numbers by comma, as 6,10,6."))
        if text and sum(int(part) for part in text.split(",")) > SEATS_MOST:
            raise ValidationError(_("A row of more than %(most)d seats does not fit a sheet.") % {"most": SEATS_MOST})
        return text

    def clean_hall_rows(self) -> int | None:
        """At most as many rows as there are letters."""
        rows: int | None = self.cleaned_data["hall_rows"]
        if rows is not None and rows > len(queries.ROW_LETTERS):
            raise ValidationError(_("At most %(most)d rows.") % {"most": len(queries.ROW_LETTERS)})
        return rows


class NewCongressForm(CongressForm):
    """A new congress: of which organisation, in which term."""

    organisation = TextField(
        label=gettext_lazy("Code of the organisation"), max_length=40, help_text=gettext_lazy("It holds the congress.")
    )
    term = forms.ModelChoiceField(label=gettext_lazy("Term"), queryset=Term.objects.all(), empty_label=None)
    field_order = ("organisation", "term")

    class Meta(CongressForm.Meta):
        """What is known from the first day on."""

        fields: ClassVar = ["form", "ordinal", "opens", "closes", "venue", "theme", "delegates_allocated"]

    # The hall is not known on the first day, and its fields are not on this form.
    clean_hall_blocks = None  # type: ignore[assignment]
    clean_hall_rows = None  # type: ignore[assignment]

    def __init__(self, *args: object, editable: QuerySet[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.editable = editable

    def clean_organisation(self) -> Organisation:
        """By its code, of those where the person may enter congresses."""
        found = self.editable.filter(code=self.cleaned_data["organisation"]).first()
        if found is None:
            raise ValidationError(_("No organisation of yours has this code."))
        return found


class SessionForm(forms.Form):
    """A sitting."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SessionKind.choices)
    name = TextField(label=gettext_lazy("Name"), max_length=120)
    starts_at = forms.DateTimeField(label=gettext_lazy("Begins"), help_text=gettext_lazy("dd/mm/yyyy hh:mm"))


class GroupForm(forms.Form):
    """A group of delegates."""

    number = forms.IntegerField(label=gettext_lazy("Number"), min_value=1, max_value=200)
    name = TextField(label=gettext_lazy("Name"), max_length=120, required=False)
    room = TextField(label=gettext_lazy("Room"), max_length=120, required=False)


class AllocationForm(forms.Form):
    """How many delegates a unit sends."""

    code = TextField(label=gettext_lazy("Code of the unit"), max_length=40)
    ex_officio = forms.IntegerField(label=gettext_lazy("Ex officio"), min_value=0, initial=0)
    elected = forms.IntegerField(label=gettext_lazy("To be elected"), min_value=0, initial=0)
    designated = forms.IntegerField(label=gettext_lazy("Designated"), min_value=0, initial=0)
    alternates = forms.IntegerField(label=gettext_lazy("Alternates"), min_value=0, initial=0)


class BodyForm(forms.Form):
    """Somebody for a body of the congress: of the official delegates, or of the members of a members' congress."""

    delegate = DelegateChoice(label=gettext_lazy("Official delegate"), queryset=Delegate.objects.none())
    body = forms.ChoiceField(label=gettext_lazy("Body"), choices=BodyKind.choices)
    post = forms.ChoiceField(label=gettext_lazy("Post in it"), choices=BodyPost.choices, initial=BodyPost.MEMBER)

    def __init__(self, *args: object, congress: Congress, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        # Who votes, and nobody else, sits in a body. [190-QĐ/TW art. 8.1]
        # What the label says, and nothing else of the tables behind a delegate.
        found = queries.officials(congress).prefetch_related(None).select_related(None).select_related("person", "unit")
        self.fields["delegate"].queryset = found  # type: ignore[attr-defined]
        if congress.form == Form.MEMBERS:
            summoned = queries.summoned_members(congress)
            self.fields["delegate"] = MemberChoice(label=_("Official member"), queryset=summoned)
            kinds = [kind for kind in BodyKind if kind is not BodyKind.CREDENTIALS]
            self.fields["body"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    @property
    def person(self) -> Person:
        """Who was chosen."""
        chosen: Delegate | Person = self.cleaned_data["delegate"]
        return chosen.person if isinstance(chosen, Delegate) else chosen
