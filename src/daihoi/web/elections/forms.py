"""What people type about elections."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from daihoi.web.elections.choices import Absence, Office, Source
from daihoi.web.elections.models import Contest, Nomination, Sitting
from daihoi.web.lists.fields import TextField

FIGURE_MOST = 100_000
DAY = gettext_lazy("dd/mm/yyyy")


def figure(label: object, *, required: bool = True, least: int = 0, **more: object) -> forms.IntegerField:
    """A count of people or papers."""
    return forms.IntegerField(
        label=label,  # type: ignore[arg-type]  # lazy text
        min_value=least,
        max_value=FIGURE_MOST,
        required=required,
        **more,  # type: ignore[arg-type]
    )


class SittingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What papers say of a body that votes."""

    title = TextField(
        label=gettext_lazy("As papers call it"), max_length=300, required=False,
        help_text=gettext_lazy("Empty: as it is usually called."),
    )  # fmt: skip
    chair = TextField(label=gettext_lazy("Who signs for the presidium"), max_length=120, required=False)

    class Meta:
        """All that may be changed."""

        model = Sitting
        fields: ClassVar = ["title", "held_on", "chair", "reserve_percent"]
        help_texts: ClassVar = {"held_on": DAY}


class ContestForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is elected, and how many."""

    title = TextField(label=gettext_lazy("As the ballot calls it"), max_length=300)
    paper_colour = TextField(
        label=gettext_lazy("Colour of the paper"), max_length=60, required=False,
        help_text=gettext_lazy("Each ballot of a day has its own, so that none goes into the wrong box."),
    )  # fmt: skip

    class Meta:
        """All that is planned."""

        model = Contest
        fields: ClassVar = ["office", "title", "seats", "alternates", "paper_colour"]

    def clean(self) -> dict[str, object]:
        """Alternates are elected of delegates alone."""
        given = super().clean() or {}
        if given.get("alternates") and given.get("office") != Office.DELEGATES:
            self.add_error("alternates", gettext_lazy("Only delegates have alternates."))
        return given


class ColourForm(forms.Form):
    """The colour of the paper, which may be chosen until it is printed."""

    paper_colour = TextField(label=gettext_lazy("Colour of the paper"), max_length=60, required=False)


class ReasonForm(forms.Form):
    """Why something is done that is not done every day."""

    reason = TextField(label=gettext_lazy("Why"), max_length=300)


class CardsForm(forms.Form):
    """The figures of a vote by show of cards."""

    present = figure(gettext_lazy("Present"), least=1)
    agree = figure(gettext_lazy("In favour"))
    against = figure(gettext_lazy("Against"), initial=0)
    other = figure(gettext_lazy("Other opinion"), initial=0)


class WordedCardsForm(CardsForm):
    """A vote whose question is written down."""

    words = TextField(label=gettext_lazy("What is put to the vote"), max_length=300)
    field_order = ("words",)


class ProposeForm(forms.Form):
    """Who proposes those who were chosen."""

    source = forms.ChoiceField(label=gettext_lazy("Proposed by"), choices=Source.choices)
    proposer = TextField(
        label=gettext_lazy("Who nominated"), max_length=200, required=False,
        help_text=gettext_lazy("Of nominations from the floor."),
    )  # fmt: skip


class DescribeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What else is known of a nomination."""

    note = TextField(
        label=gettext_lazy("What tells people of one name apart"), max_length=60, required=False,
        help_text=gettext_lazy("Printed beside the name, for example the unit."),
    )  # fmt: skip
    proposer = TextField(label=gettext_lazy("Who nominated"), max_length=200, required=False)

    class Meta:
        """But for name and support, which have their own acts."""

        model = Nomination
        fields: ClassVar = ["note", "proposer", "planned"]


class NameForm(ReasonForm):
    """A name as it must be printed, and why."""

    name = TextField(label=gettext_lazy("Name on the ballot"), max_length=120)
    field_order = ("name", "reason")


class AttendingForm(forms.Form):
    """Of how many attending support was taken."""

    attending = figure(gettext_lazy("Attending when support was taken"), least=1)


class OpinionForm(forms.Form):
    """Opinion ballots: how many were given out and how many of them count."""

    issued = figure(gettext_lazy("Opinion ballots issued"))
    valid = figure(gettext_lazy("Valid ones"))


class SetAsideForm(forms.Form):
    """A body sets a check aside, and on which document."""

    body = TextField(label=gettext_lazy("Who sets it aside"), max_length=200)
    document = TextField(label=gettext_lazy("Document"), max_length=200, help_text=gettext_lazy("Number and day."))
    reason = TextField(label=gettext_lazy("Why"), max_length=300)


class PrintJobForm(forms.Form):
    """So many sheets."""

    copies = figure(gettext_lazy("Sheets to print"), least=1)
    reason = TextField(label=gettext_lazy("Why more are printed"), max_length=300, required=False)

    def __init__(self, *args: object, again: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if again:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


class TellersForm(forms.Form):
    """Papers are counted by two, whose names are kept."""

    first = TextField(label=gettext_lazy("First who counted the papers"), max_length=120)
    second = TextField(label=gettext_lazy("Second who counted the papers"), max_length=120)

    def clean(self) -> dict[str, object]:
        """Two people."""
        given = super().clean() or {}
        if given.get("first") and given.get("first") == given.get("second"):
            self.add_error("second", gettext_lazy("Two people count: name the other one."))
        return given


class IssueForm(TellersForm):
    """Ballots handed out."""

    present = figure(gettext_lazy("Present at the vote"), least=1)
    issued = figure(gettext_lazy("Number of ballots issued"), least=1)
    field_order = ("present", "issued", "first", "second")


class CollectForm(TellersForm):
    """The box was opened."""

    collected = figure(gettext_lazy("Papers in the box"))
    unused = figure(gettext_lazy("Ballots left over, never issued"))
    field_order = ("collected", "unused", "first", "second")


class AccountForm(TellersForm):
    """Papers counted again by hand."""

    printed = figure(gettext_lazy("Printed"), required=False)
    issued = figure(gettext_lazy("Issued"))
    spoiled = figure(gettext_lazy("Spoiled and exchanged"), required=False)
    unused = figure(gettext_lazy("Left over"), required=False)
    collected = figure(gettext_lazy("Collected"), required=False)
    reason = TextField(label=gettext_lazy("Why the figure is another"), max_length=300)
    field_order = ("printed", "issued", "spoiled", "unused", "collected", "first", "second", "reason")


class AbsenceForm(forms.Form):
    """Whether a member is taken off the base."""

    absence = forms.ChoiceField(label=gettext_lazy("Taken off the base"), choices=Absence.choices, required=False)
    reason = TextField(label=gettext_lazy("Reason and document"), max_length=300, required=False)


class RoundForm(forms.Form):
    """The ballot after this one."""

    seats = figure(gettext_lazy("Number to elect"), least=1)
    paper_colour = TextField(
        label=gettext_lazy("Colour of the paper"), max_length=60,
        help_text=gettext_lazy("Another than that of the ballot before."),
    )  # fmt: skip
