"""Addresses of static files that code names."""

from __future__ import annotations

from django.templatetags.static import static


def icons() -> str:
    """The file of drawings."""
    return static("site/icons.svg")
