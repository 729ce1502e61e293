"""Puts the person behind a request, and their language, where every view finds them."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import Viewer
from daihoi.words.language import speaking

LANGUAGE_COOKIE = "daihoi_language"
PROLONGED = "prolonged"
"""Where a session keeps the second at which it was prolonged last."""


class ViewerMiddleware:
    """`request.viewer`, and the language: the person's own, else the one this browser chose, else Vietnamese.

    A browser's Accept-Language does not decide: halls lend laptops whose systems speak English to people who do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """One request."""
        user = request.user if isinstance(request.user, User) else None
        # Who gave a password but not yet the code of the second factor is nobody yet.
        if user is not None and not bool(getattr(user, "is_verified", bool)()) and _has_second_factor(user):
            user = None
        request.viewer = Viewer(user)  # type: ignore[attr-defined]
        language = user.language if user else request.COOKIES.get(LANGUAGE_COOKIE, "vi")
        language = language if language in {"vi", "en"} else "vi"
        # For this request alone: threads are used again, and the next one speaks another language.
        with translation.override(language), speaking(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        if user is not None and _asked_by_a_person(request):
            _prolong(request, user)
        # Unless a view said another of its own.
        response.headers.setdefault("Content-Language", language)
        return response


def _asked_by_a_person(request: HttpRequest) -> bool:
    """Whether a whole page was opened or something sent; parts of pages ask for themselves, also with nobody there."""
    return request.method != "GET" or not ("part" in request.GET or "HX-Request" in request.headers)


def _prolong(request: HttpRequest, user: User) -> None:
    """Let the session last its whole time anew, once a twelfth of it is over: not every request writes."""
    session = request.session
    # Who signed in in another browser since is prolonged a little later.
    since = session.get(PROLONGED) or (user.last_login.timestamp() if user.last_login else 0)
    if time.time() - since < settings.SESSION_COOKIE_AGE / 12:
        return
    # One that this request ended must stay ended.
    if session.session_key and session.exists(session.session_key):
        session[PROLONGED] = int(time.time())


def _has_second_factor(user: User) -> bool:
    from django_otp import user_has_device  # noqa: PLC0415 -- its models need the apps to be ready

    return bool(user_has_device(user))
