"""Acts on the screens of the hall."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from daihoi.web.audit.services import record
from daihoi.web.congresses.models import Congress
from daihoi.web.hall.models import Screen, Showing
from daihoi.web.hall.pictures.asked import Asked
from daihoi.web.hall.pictures.making import refusal, slide_of


def _subject(congress: Congress) -> str:
    return f"congress:{congress.key}"


@transaction.atomic
def add_screen(*, congress: Congress, name: str, language: str, by: str) -> Screen:
    """A screen of the hall; it welcomes until it is told otherwise. Raises ValidationError."""
    screen = Screen(congress=congress, name=name, language=language)
    screen.full_clean()
    screen.save()
    record("screen.added", by=by, subject=_subject(congress), facts={"screen": name})
    return screen


@transaction.atomic
def remove_screen(*, screen: Screen, by: str) -> None:
    """It is not used any more; what it showed stays in the ledger."""
    record("screen.removed", by=by, subject=_subject(screen.congress), facts={"screen": screen.name})
    screen.delete()


@transaction.atomic
def show(*, screen: Screen, asked: Asked, by: str) -> Screen:
    """Put a picture on a screen. Raises ValidationError where it may not or cannot be shown."""
    held: Screen = Screen.objects.select_for_update(of=("self",)).select_related("congress").get(pk=screen.pk)
    why = refusal(held.congress, asked)
    if why:
        raise ValidationError(why)
    Showing.objects.create(screen=held, what=asked.kept(), by=by)
    return _live(held, asked, by)


@transaction.atomic
def turn(*, screen: Screen, pages: int, by: str) -> Screen:
    """So many pages on (or back), within the first and the last; at the end nothing happens."""
    held: Screen = Screen.objects.select_for_update(of=("self",)).select_related("congress").get(pk=screen.pk)
    asked = Asked.of(held.live)
    slide = slide_of(held.congress, asked)
    page = min(max(1, slide.page + pages), slide.pages)
    return held if page == slide.page else _live(held, asked.on_page(page), by)


def _live(held: Screen, asked: Asked, by: str) -> Screen:
    held.live, held.revision = asked.kept(), held.revision + 1
    held.save(update_fields=["live", "revision"])
    facts = {"screen": held.name, "shows": str(asked.shows), "contest": asked.contest, "page": asked.page}
    record("screen.shown", by=by, subject=_subject(held.congress), facts=facts)
    return held
