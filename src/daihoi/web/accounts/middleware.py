"""Puts the person behind a request, and their language, where every view finds them."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from daihoi.web.accounts.models import User
from daihoi.web.accounts.permissions import Viewer
from daihoi.words.language import speaking

LANGUAGE_COOKIE = "daihoi_language"


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
        # Unless a view said another of its own.
        response.headers.setdefault("Content-Language", language)
        return response


def _has_second_factor(user: User) -> bool:
    from django_otp import user_has_device  # noqa: PLC0415 -- its models need the apps to be ready

    return bool(user_has_device(user))
