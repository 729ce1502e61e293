"""Refuses addresses that no browser makes, before any view looks at them."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponseBase


class AddressMiddleware:
    """Answers an address that holds a zero byte with 400.

    Stands behind `ViewerMiddleware`: the page that says so speaks the language of who looks.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """One request."""
        # PostgreSQL takes no text that holds it: a search would end as a page of error 500.
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("a zero byte in an address")
        return self.get_response(request)
