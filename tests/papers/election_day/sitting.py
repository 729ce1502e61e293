"""The congress of Nà Lương on the day of its election, and what its papers say when they are read back."""

from __future__ import annotations

import pypdfium2

from daihoi.papers.election_day.terms import Occasion
from daihoi.rules.terms import CongressForm
from tests.papers.ballot_samples import CONGRESS

OCCASION = Occasion(
    CongressForm.DELEGATES,
    CONGRESS.title,
    CONGRESS.organisation,
    CONGRESS.superior,
    CONGRESS.place,
    CONGRESS.opens,
)
LANGUAGES = ("vi", "en")


def pages(pdf: bytes) -> list[str]:
    """The words of each page, with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()
