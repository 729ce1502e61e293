"""What is chosen on the control page of the screens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daihoi.web.elections.models import Contest
from daihoi.web.hall.choices import Language, Order, Shows
from daihoi.web.hall.models import Rehearsal
from daihoi.web.hall.pictures.asked import Asked
from daihoi.web.hall.rehearsing import BY_HAND, BY_WATCH
from daihoi.web.lists.fields import TextField
from daihoi.words.election_day.rehearsal import CHECKS, STEPS
from daihoi.words.language import in_language


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


class RehearsalForm(forms.Form):
    """Checks that a person makes, and times by the watch."""

    operator = TextField(label=_("Operator"), max_length=120, required=False)
    head = TextField(label=_("Head of the counting board"), max_length=120, required=False)

    def __init__(self, *args: object, rehearsal: Rehearsal, language: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        said = [("", _("not tried")), ("1", _("passed")), ("0", _("failed"))]
        for code in BY_HAND:
            seen = {True: "1", False: "0"}.get(rehearsal.seen.get(code), "")
            self.fields[code] = forms.ChoiceField(
                label=in_language(language, CHECKS[code]), choices=said, required=False, initial=seen
            )
        for step in BY_WATCH:
            self.fields[f"time_{step}"] = forms.IntegerField(
                label=in_language(language, STEPS[step]), min_value=0, max_value=86_400, required=False,
                help_text=_("Seconds by the watch."), initial=rehearsal.times.get(step),
            )  # fmt: skip
        self.fields["operator"].initial, self.fields["head"].initial = rehearsal.operator, rehearsal.head

    def told(self) -> dict[str, Any]:
        """As the service takes it."""
        given = self.cleaned_data
        return {
            "seen": {code: {"1": True, "0": False}.get(given[code]) for code in BY_HAND},
            "times": {step: given[f"time_{step}"] for step in BY_WATCH},
            "operator": given["operator"],
            "head": given["head"],
        }
