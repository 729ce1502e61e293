"""What every page knows: who looks at it and what they may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from daihoi import __version__
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer


@dataclass(frozen=True)
class Door:
    """A line of the menu: the name of its address, its words, its drawing, and the right it asks for.

    `whole`: the page behind it is only for who holds the right for the whole tree; `tree`: only for who holds it for a
    part of the tree, and not for one congress alone.
    """

    address: str
    words: str | Promise
    icon: str
    right: Right | None = None
    whole: bool = False
    tree: bool = False

    def opens_to(self, viewer: Viewer) -> bool:
        """Whether the page behind it would not refuse this person."""
        if self.right is None:
            return True
        if self.tree:
            return any(not scope.congress for scope in viewer.scopes(self.right))
        return viewer.everywhere(self.right) if self.whole else viewer.may(self.right)


DOORS = (
    Door("front", _("Front page"), "home"),
    Door("organisations", _("Organisations"), "sitemap", Right.SEE_ORGANISATIONS),
    Door("congresses", _("Congresses"), "calendar", Right.SEE_CONGRESS),
    Door("results_received", _("Results received"), "check", Right.SEE_ELECTIONS, tree=True),
    Door("people", _("People"), "user", Right.SEE_PEOPLE),
    Door("people_accounts", _("Accounts"), "users", Right.MANAGE_ACCOUNTS, whole=True),
    Door("ledger", _("Ledger"), "book", Right.READ_LEDGER),
)


def page(request: HttpRequest) -> dict[str, object]:
    """`viewer`, the doors that are open to them, and the version."""
    # Pages of errors before the middleware ran have none.
    viewer = getattr(request, "viewer", None) or Viewer(None)
    doors = [door for door in DOORS if door.opens_to(viewer)] if viewer.user else []
    return {"viewer": viewer, "doors": doors, "version": __version__}
