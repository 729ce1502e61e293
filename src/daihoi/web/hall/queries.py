"""Reads of the hall. A screen is found within a congress that the viewer may see (`congresses.place`)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from daihoi.web.congresses.models import Congress
from daihoi.web.hall.models import Screen, Showing


def screens(congress: Congress) -> QuerySet[Screen]:
    """The screens of a congress, as they were entered."""
    return Screen.objects.filter(congress=congress)


def screen_of(congress: Congress, key: str) -> Screen:
    """One screen, or 404."""
    found = screens(congress).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def history(congress: Congress, most: int = 20) -> list[Showing]:
    """What the screens were told to show, newest first."""
    return list(Showing.objects.filter(screen__congress=congress).select_related("screen")[:most])
