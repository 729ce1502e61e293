"""The one gate at the top of every view, and what the person behind a request may see.

A view says what it asks for with `@gate(Right....)`, `@gate(SIGNED_IN)` or `@gate(OPEN)`; a test walks every address
and fails for a view without. What part of the tree is seen is answered by the queries of the rooms above, from the
scopes that stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import cached_property

from daihoi.web.accounts.choices import RIGHTS, Right, Role
from daihoi.web.accounts.models import Grant, User

OPEN: Final = "open"
SIGNED_IN: Final = "signed_in"

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True)
class Scope:
    """How far a right goes: below one organisation (empty: the whole tree), within one congress (empty: all)."""

    organisation: str = ""
    congress: str = ""


class Viewer:
    """The person behind a request, with the rights of all their roles; nobody has none."""

    def __init__(self, user: User | None) -> None:
        self.user = user
        self.remembered: dict[str, str] = {}
        """Paths of the organisations of the scopes by their keys, once the room of the tree looked them up."""

    @cached_property
    def grants(self) -> tuple[Grant, ...]:
        """The roles that hold now."""
        # A session of somebody whose account was closed a moment ago is nobody's.
        if self.user is None or not self.user.is_active:
            return ()
        return tuple(Grant.objects.filter(user=self.user, ended_at__isnull=True).order_by("pk"))

    @cached_property
    def _scopes(self) -> Mapping[Right, tuple[Scope, ...]]:
        # Several roles may give one right for several parts of the tree.
        held: dict[Right, list[Scope]] = {}
        for grant in self.grants:
            for right in RIGHTS[Role(grant.role)]:
                held.setdefault(right, []).append(Scope(grant.organisation, grant.congress))
        return {right: tuple(scopes) for right, scopes in held.items()}

    @property
    def name(self) -> str:
        """As the ledger names who acts."""
        return str(self.user) if self.user else ""

    @property
    def owner(self) -> str:
        """What is bound to this person alone, as the files that they send, is bound to this."""
        return str(self.user.pk) if self.user else ""

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles, each once, in the order in which they were given."""
        return tuple(dict.fromkeys(Role(grant.role) for grant in self.grants))

    def may(self, right: Right) -> bool:
        """Whether the right is held anywhere at all."""
        return right in self._scopes

    def everywhere(self, right: Right) -> bool:
        """Whether the right is held for the whole tree and all congresses."""
        return Scope() in self.scopes(right)

    def scopes(self, right: Right) -> tuple[Scope, ...]:
        """Where the right is held."""
        return self._scopes.get(right, ())


def viewer_of(request: HttpRequest) -> Viewer:
    """The person behind this request; set by `middleware.ViewerMiddleware`."""
    viewer = request.viewer  # type: ignore[attr-defined]
    assert isinstance(viewer, Viewer)  # noqa: S101 -- set for every request
    return viewer


def gate(needed: Right | str) -> Callable[[View[P]], View[P]]:
    """Let a request through to the view, send it to sign in, or refuse it (403)."""

    def guarded(view: View[P]) -> View[P]:
        @wraps(view)
        def through(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            viewer = viewer_of(request)
            # Before the right: who is nobody is asked to sign in, not told that others may see this.
            if needed != OPEN and viewer.user is None:
                return _to_sign_in(request)
            if isinstance(needed, Right) and not viewer.may(needed):
                # Held anywhere is enough here; of which part of the tree, the queries of the view answer.
                raise PermissionDenied(needed)
            return view(request, *args, **kwargs)

        # Read by the test that walks every address: a view without a gate fails there.
        through.gate = needed  # type: ignore[attr-defined]
        return through

    return guarded


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page of signing in; a part of a page that asked for itself is told to go there as a whole."""
    if request.headers.get("HX-Request"):
        # htmx would put the page of signing in into the middle of the list.
        answer = HttpResponse(status=401)
        answer["HX-Refresh"] = "true"
        return answer
    return redirect_to_login(request.get_full_path())
