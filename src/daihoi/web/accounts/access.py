"""Who has a role for one part of the house, and giving another: to an account that there is, or by an invitation.

Pages of rooms above include `accounts/access.html` with what `access` answers; they alone know of which part.
"""

from __future__ import annotations

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from daihoi.web.accounts import queries, services
from daihoi.web.accounts.choices import Role
from daihoi.web.accounts.links import one_time_link
from daihoi.web.accounts.permissions import Scope, viewer_of
from daihoi.web.lists.fields import TextField


class AccessForm(forms.Form):
    """Whom to give which role: somebody by the sign-in name, or somebody new by name."""

    role = forms.ChoiceField(label=_("Role"))
    full_name = TextField(label=_("Full name"), max_length=120, required=False)
    username = TextField(
        label=_("Sign-in name"),
        max_length=60,
        required=False,
        help_text=_("Of somebody who has an account already; they get the role at once, without an invitation."),
    )

    def __init__(self, *args: object, roles: Collection[Role], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in roles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        """A person is named one way or the other."""
        given = super().clean() or {}
        # An invitation names whom it is for: of two open ones somebody must know which to end.
        if not given.get("full_name") and not given.get("username"):
            self.add_error("full_name", _("Say who: the full name of somebody new, or a sign-in name."))
        return given


def access(request: HttpRequest, scope: Scope, scope_name: str, roles: Collection[Role]) -> dict[str, object]:
    """What the page shows: the roles of this scope, the form, and the one-time link where one was just made."""
    form = AccessForm(request.POST or None, roles=roles)
    held: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        try:
            token = services.give_role(
                role=Role(form.cleaned_data["role"]),
                by=viewer_of(request).name,
                username=form.cleaned_data["username"],
                full_name=form.cleaned_data["full_name"],
                organisation=scope.organisation,
                congress=scope.congress,
                scope_name=scope_name,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            # Empty again, or the button pressed twice would invite twice.
            form = AccessForm(roles=roles)
            if token:
                # Nobody can look the link up again: this page is the one that shows it.
                held |= one_time_link(request, token)
    return {**held, "form": form, "grants": queries.grants_of(scope.organisation, scope.congress)}
