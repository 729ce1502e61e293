"""What is handed to one person: a one-time link as text and as a drawing that a telephone reads from the screen."""

from __future__ import annotations

import segno
from django.http import HttpRequest
from django.urls import reverse


def one_time_link(request: HttpRequest, token: str) -> dict[str, object]:
    """`link` and `picture` for the page that shows them this once: the database keeps the digest of the token alone."""
    link = request.build_absolute_uri(reverse("join", args=[token]))
    return {"link": link, "picture": drawn(link)}


def drawn(text: str) -> str:
    """A QR code as an image that stands in the page itself: the policy loads none from elsewhere."""
    # Black on white in the dark dress too: many telephones read no other way round.
    drawing: str = segno.make(text).svg_data_uri(scale=4, dark="#000", light="#fff")
    return drawing
