"""What people type about congresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daihoi.papers.congress.badges import SIZES
from daihoi.rules.setting_terms import SettingTerm, SettingValue
from daihoi.web.congresses import measures, queries
from daihoi.web.congresses.choices import (
    BodyKind,
    BodyPost,
    Category,
    Credentials,
    Form,
    Ground,
    Leave,
    Paper,
    SessionKind,
)
from daihoi.web.congresses.models import Congress, Delegate, Group, Guest
from daihoi.web.lists.fields import TextField
from daihoi.web.lists.meanwhile import WatchedForm
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


class LongSelect(forms.Select):
    """A list of hundreds: Django renders a template for each answer, which took most of the page's time."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: Mapping[str, Any] | None = None,
        renderer: object = None,  # noqa: ARG002
    ) -> SafeString:
        """The same markup, joined at once; there are no groups of answers."""
        held = self.get_context(name, value, dict(attrs or {}))["widget"]
        answers = (one for _group, options, _index in held["optgroups"] for one in options)
        told = format_html_join(
            "", "<option{}>{}</option>",
            ((flatatt({"value": str(one["value"]), "selected": one["selected"]}), one["label"]) for one in answers),
        )  # fmt: skip
        return format_html("<select{}>{}</select>", flatatt({"name": held["name"], **held["attrs"]}), told)


class DelegateChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A delegate, told apart by unit where names are alike."""

    widget = LongSelect

    def label_from_instance(self, obj: Delegate) -> str:
        """Name and unit; of alternates their number."""
        number = f" ({_('alternate')} {obj.alternate_number})" if obj.alternate_number else ""
        return f"{obj.person.full_name}{number} – {obj.unit.called}"


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A member, told apart by organisation and code where names are alike."""

    def label_from_instance(self, obj: Person) -> str:
        """Name and organisation; the code tells two of one name apart."""
        return f"{obj.full_name} – {obj.organisation.called} ({obj.code})"


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


class DelegateForm(WatchedForm):
    """What is known of a delegate beside the person."""

    unit = TextField(
        label=gettext_lazy("Code of the unit"), max_length=40, help_text=gettext_lazy("Which sends the delegate.")
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=Category.choices, initial=Category.ELECTED)
    alternate_number = forms.IntegerField(
        label=gettext_lazy("Number of the alternate"), min_value=1, max_value=99, required=False,
        help_text=gettext_lazy("In the order of being called up, within the unit."),
    )  # fmt: skip
    group = forms.ModelChoiceField(label=gettext_lazy("Group"), queryset=Group.objects.none(), required=False)
    seat = TextField(label=gettext_lazy("Seat"), max_length=20, required=False)

    def __init__(self, *args: object, congress: Congress, units: QuerySet[Organisation], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = congress.groups.all()  # type: ignore[attr-defined]
        self.units = units

    def is_change(self) -> bool:
        """Always but for a new delegate."""
        return True

    def clean_unit(self) -> Organisation:
        """By its code."""
        found = self.units.filter(code=self.cleaned_data["unit"]).first()
        if found is None:
            raise ValidationError(_("No organisation of yours has this code."))
        return found


class NewDelegateForm(DelegateForm):
    """A person who becomes a delegate."""

    person = TextField(
        label=gettext_lazy("Code of the person"), max_length=40, help_text=gettext_lazy("As in the list of people.")
    )
    field_order = ("person", "unit")

    def is_change(self) -> bool:
        """There is nothing yet that somebody else could change."""
        return False

    def __init__(self, *args: object, people: QuerySet[Person], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.people = people
        self.fields["unit"].required = False
        self.fields["unit"].help_text = _("Empty: the organisation of the person.")

    def clean_person(self) -> Person:
        """By code, of those whom the person at the screen may see."""
        found = self.people.filter(code=self.cleaned_data["person"]).first()
        if found is None:
            raise ValidationError(_("Nobody of yours has this code."))
        return found

    def clean_unit(self) -> Organisation:
        """The organisation of the person where none is named."""
        person = self.cleaned_data.get("person")
        if not self.cleaned_data["unit"] and isinstance(person, Person):
            return person.organisation
        return super().clean_unit()


class ReplaceForm(forms.Form):
    """Which alternate steps in, and on whose decision."""

    alternate = DelegateChoice(label=gettext_lazy("Alternate"), queryset=Delegate.objects.none())
    decision = TextField(
        label=gettext_lazy("Decision"), max_length=300, help_text=gettext_lazy("Who decided, number and day.")
    )

    def __init__(self, *args: object, delegate: Delegate, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        waiting = queries.delegates(delegate.congress).filter(category=Category.ALTERNATE, replaces__isnull=True)
        self.fields["alternate"].queryset = waiting.order_by("unit__path", "alternate_number")  # type: ignore[attr-defined]
        # Proposed and not imposed: another unit's alternate needs a decision of its own.
        own = waiting.filter(unit=delegate.unit).order_by("alternate_number").first()
        self.fields["alternate"].initial = own.pk if own else None


class JudgeForm(forms.Form):
    """What the board says of a delegate."""

    credentials = forms.ChoiceField(label=gettext_lazy("Credentials"), choices=Credentials.choices)
    reason = TextField(
        label=gettext_lazy("Reason"), max_length=300, required=False,
        help_text=gettext_lazy("Needed where a delegate is not recognised; the report names it."),
    )  # fmt: skip


class LeaveForm(forms.Form):
    """Whether an absence was told."""

    leave = forms.ChoiceField(label=gettext_lazy("Absence"), choices=Leave.choices)
    reason = TextField(label=gettext_lazy("Why"), max_length=300, required=False)


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


class MemberForm(forms.Form):
    """How a member stands to the roll of a congress of all members."""

    present = forms.TypedChoiceField(
        label=gettext_lazy("At the congress"), required=False, empty_value=None, coerce=lambda value: value == "1",
        choices=[("", gettext_lazy("nobody said yet")), ("1", gettext_lazy("present")), ("0", gettext_lazy("absent"))],
    )  # fmt: skip
    ground = forms.ChoiceField(label=gettext_lazy("Base of the elections"), choices=Ground.choices, required=False)
    reason = TextField(
        label=gettext_lazy("Reason and document"), max_length=300, required=False,
        help_text=gettext_lazy("Needed where the member is taken off the base."),
    )  # fmt: skip
    approver = TextField(
        label=gettext_lazy("Who approved or decided"), max_length=200, required=False,
        help_text=gettext_lazy("For an absence the convening committee, with the day of its word."),
    )  # fmt: skip


class GuestForm(forms.ModelForm):  # type: ignore[type-arg]
    """A guest."""

    full_name = TextField(label=gettext_lazy("Full name"), max_length=120)

    class Meta:
        """What stands on invitation and badge."""

        model = Guest
        fields: ClassVar = ["full_name", "title", "organisation_name", "precedence", "seat"]


class PrintForm(forms.Form):
    """What a paper bears, and why it is made again."""

    on = forms.DateField(label=gettext_lazy("Day that the paper bears"), help_text=DAY)
    number = TextField(label=gettext_lazy("Number of the paper"), max_length=60, required=False)
    size = forms.ChoiceField(
        label=gettext_lazy("Size of the badge (mm)"), choices=[(size, size.replace("x", " × ")) for size in SIZES]
    )
    reason = TextField(label=gettext_lazy("Why it is made again"), max_length=300, required=False)

    def __init__(self, *args: object, paper: Paper, again: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if paper not in {Paper.BADGE_SHEET, Paper.BADGE_CARD}:
            del self.fields["size"]
        if paper in {Paper.BADGE_SHEET, Paper.BADGE_CARD, Paper.PLACE_CARD, Paper.SEAT_PLAN}:
            del self.fields["on"], self.fields["number"]
        if again:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]
