"""Where a page stands: one congress, who looks at it, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer, viewer_of
from daihoi.web.congresses import queries
from daihoi.web.congresses.choices import Form
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.naming import title_of

TABS = (
    ("congress", _("Overview"), Right.SEE_CONGRESS),
    ("delegates", _("Delegates"), Right.SEE_PEOPLE),
    ("guests", _("Guests"), Right.SEE_PEOPLE),
    ("congress_papers", _("Papers"), Right.PRINT_PAPERS),
    ("check_in", _("Check-in"), Right.CHECK_IN),
    ("attendance", _("Attendance"), Right.SEE_ATTENDANCE),
    ("rolls", _("Roll"), Right.SEE_ATTENDANCE),
    ("credentials", _("Credentials report"), Right.SEE_PERSONNEL),
    ("elections", _("Elections"), Right.SEE_ELECTIONS),
    ("counting_room", _("Counting room"), Right.COUNT),
    ("hall_screens", _("Screens"), Right.RUN_SCREENS),
    ("guides", _("Guides"), Right.SEE_ATTENDANCE),
    ("rehearsal", _("Rehearsal"), Right.COUNT),
    ("second_laptop", _("Second laptop"), Right.HAND_OVER),
)
"""Address, words, and the right that opens it."""
OF_DELEGATES = frozenset({"delegates", "attendance", "credentials"})
"""Those that show delegates alone."""


@dataclass(frozen=True)
class Place:
    """One congress as one person sees it."""

    viewer: Viewer
    congress: Congress
    rights: frozenset[Right]

    @property
    def by(self) -> str:
        """As the ledger names who acts."""
        return self.viewer.name

    def may(self, right: Right) -> bool:
        """Whether the person holds the right here, not only somewhere."""
        return right in self.rights

    def held(self, tab: str, **more: object) -> dict[str, object]:
        """What every page of a congress shows, and what this one adds."""
        key = self.congress.key
        # A congress of all members has no delegates, and no board that reports on them. [29-QĐ/TW s. 12.2]
        shut = OF_DELEGATES if self.congress.form == Form.MEMBERS else frozenset()
        open_to = [(name, words) for name, words, right in TABS if right in self.rights and name not in shut]
        tabs = [(name, words, reverse(name, args=[key])) for name, words in open_to]
        may = {right.value: True for right in self.rights}
        return {
            "congress": self.congress,
            "title": title_of(self.congress),
            "may": may,
            "tab": tab,
            "tabs": tabs,
            **more,
        }


def place_of(request: HttpRequest, key: str, right: Right = Right.SEE_CONGRESS) -> Place:
    """One congress behind an address; where the viewer lacks the right it is as if not there (404)."""
    viewer = viewer_of(request)
    # By the key alone: the rights that follow say whether it is there for this person.
    found = Congress.objects.select_related("organisation", "term").filter(key=key).first()
    if found is None:
        raise Http404
    rights = queries.rights_at(viewer, found)
    if right not in rights:
        raise Http404
    return Place(viewer, found, rights)
