"""The acts in the hall: its screens, the second laptop, the rehearsal."""

from __future__ import annotations

from daihoi.ledger.events import Fact, FactKind
from daihoi.web.audit.events.declaring import act, number, text

DECLARED = (
    act("screen.added", "A screen of the hall was put up.", screen=text("its name")),
    act("screen.removed", "A screen of the hall was taken away.", screen=text("its name")),
    act(
        "screen.shown",
        "A screen was told what to show.",
        screen=text("its name"),
        shows=text("picture"),
        contest=text("key of the contest; empty: none"),
        page=number("page"),
    ),
    act(
        "handover.passphrase_set",
        "A passphrase was set for packages of a second laptop.",
        holders=text("who holds it"),
    ),
    act(
        "handover.folder_set",
        "It was said where packages of a second laptop are written.",
        folder=text("folder; empty: nowhere"),
        minutes=number("every so many minutes"),
    ),
    act("rehearsal.begun", "A contest is rehearsed with a test deck.", ballots=number("ballots of the deck")),
    act("rehearsal.fed", "The test deck was fed as drawn scans.", ballots=number("ballots of the deck")),
    act(
        "rehearsal.noted",
        "It was noted what people saw in a rehearsal.",
        checks=Fact(FactKind.LIST, "codes of the checks that were made"),
    ),
    act("handover.asked", "A package for a second laptop was asked for."),
    act(
        "handover.taken_over",
        "A second laptop took over; the house goes on from a package.",
        package=text("name of the package"),
        entries=number("entries in the ledger until then"),
    ),
)
