"""What is chosen on the control page of the screens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daihoi.web.elections.models import Contest
from daihoi.web.hall.choices import Language, Order, Shows
from daihoi.web.hall.pictures.asked import Asked
from daihoi.web.lists.fields import TextField


class ScreenForm(forms.Form):
    """A screen that is put up."""

    name = TextField(label=_("Name"), max_length=60, help_text=_("Where it hangs: main screen, left, foyer."))
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)


class ShowForm(forms.Form):
    """What a screen shall show."""

    shows = forms.ChoiceField(label=_("Picture"), choices=Shows.choices)
    contest = forms.ChoiceField(label=_("Contest"), required=False)
    order = forms.ChoiceField(label=_("Order of names"), choices=Order.choices, required=False)
    page = forms.IntegerField(label=_("Page"), min_value=1, max_value=999, required=False, initial=1)
    minutes = forms.IntegerField(label=_("Minutes of the countdown"), min_value=1, max_value=600, required=False)
    words = TextField(label=_("Words"), max_length=200, required=False)

    def __init__(self, *args: object, contests: Iterable[Contest], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(one.key, _named(one)) for one in contests]
        self.fields["contest"].choices = [("", "–"), *named]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What was chosen; a countdown runs from now."""
        given = self.cleaned_data
        until = ""
        if given["minutes"]:
            until = (timezone.localtime() + timedelta(minutes=given["minutes"])).isoformat(timespec="seconds")
        return Asked(
            Shows(given["shows"]),
            given["contest"],
            given["page"] or 1,
            Order(given["order"] or Order.BALLOT),
            until,
            given["words"],
        )


def _named(contest: Contest) -> str:
    return f"{contest.title} ({contest.round})" if contest.round > 1 else contest.title


class PassphraseForm(forms.Form):
    """The board's passphrase, by one or two people, each part typed twice."""

    first = forms.CharField(label=_("Passphrase"), max_length=200, widget=forms.PasswordInput, strip=False)
    first_again = forms.CharField(label=_("The same again"), max_length=200, widget=forms.PasswordInput, strip=False)
    second = forms.CharField(
        label=_("Part of a second person"),
        max_length=200,
        widget=forms.PasswordInput,
        strip=False,
        required=False,
        help_text=_("Left empty where one person holds the whole."),
    )
    second_again = forms.CharField(
        label=_("That part again"), max_length=200, widget=forms.PasswordInput, strip=False, required=False
    )
    holders = TextField(label=_("Who holds it"), max_length=300, help_text=_("Names alone, never the words."))

    def clean(self) -> dict[str, object]:
        """Typed twice alike."""
        given = super().clean() or {}
        for name in ("first", "second"):
            if given.get(name, "") != given.get(f"{name}_again", ""):
                self.add_error(f"{name}_again", _("The two are not the same."))
        return given


class FolderForm(forms.Form):
    """Where packages go."""

    folder = forms.CharField(
        label=_("Folder of the stick"),
        max_length=300,
        required=False,
        help_text=_("A full path on the machine that serves the house. Empty: no packages are written."),
    )
    minutes = forms.IntegerField(label=_("Every so many minutes"), min_value=1, max_value=120, initial=5)
