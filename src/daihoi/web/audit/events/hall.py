"""The acts in the hall: its screens, the second laptop, the rehearsal."""

from __future__ import annotations

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
)
