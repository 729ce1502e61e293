"""What is typed before a paper is made."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from daihoi.papers.congress.badges import SIZES
from daihoi.web.congresses.choices import Paper
from daihoi.web.congresses.forms.setup import DAY
from daihoi.web.lists.fields import TextField


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
