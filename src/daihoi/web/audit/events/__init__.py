"""Every act in the browser, declared once: what it means and what it holds. docs/dev/web-ledger.md carries the table.

The counts of ballots have events of their own (`daihoi.ledger.events`); these are the acts of people at the house.
"""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.ledger.events import EventTerm
from daihoi.web.audit.events import counting, elections, hall, house, reporting

_ROOMS = (house, elections, counting, hall, reporting)
EVENTS: Mapping[str, EventTerm] = {term.kind: term for room in _ROOMS for term in room.DECLARED}
