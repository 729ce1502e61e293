"""What a screen is asked to show, as it is kept with the screen and in its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from daihoi.web.hall.choices import Order, Shows


@dataclass(frozen=True)
class Asked:
    """One picture: its kind, the key of the contest, the page (from 1), the order of names, the moment that a countdown
    runs to (ISO 8601 with its offset), and words of one's own.
    """

    shows: Shows = Shows.WELCOME
    contest: str = ""
    page: int = 1
    order: Order = Order.BALLOT
    until: str = ""
    words: str = ""

    def kept(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "shows": str(self.shows),
            "contest": self.contest,
            "page": self.page,
            "order": str(self.order),
            "until": self.until,
            "words": self.words,
        }

    @staticmethod
    def of(kept: Mapping[str, object]) -> Asked:
        """From what was kept; a screen that was told nothing yet welcomes."""
        if not kept:
            return Asked()
        page = kept["page"]
        return Asked(
            Shows(str(kept["shows"])),
            str(kept["contest"]),
            page if isinstance(page, int) else 1,
            Order(str(kept["order"])),
            str(kept["until"]),
            str(kept["words"]),
        )

    def on_page(self, page: int) -> Asked:
        """The same, another page."""
        return replace(self, page=max(1, page))
