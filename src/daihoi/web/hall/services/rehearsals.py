"""Acts on rehearsals: begun for all closed lists at once, fed by drawn scans, checks and times entered by hand."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

import pypdfium2 as pdfium
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from daihoi.papers.election_day.deck_files import printed_deck
from daihoi.papers.render import PT_PER_INCH
from daihoi.web.audit.services import record
from daihoi.web.congresses.models import Congress
from daihoi.web.counting.choices import Way
from daihoi.web.counting.models import Count
from daihoi.web.counting.services import opening, scans
from daihoi.web.elections import queries as elections
from daihoi.web.elections.choices import ContestState
from daihoi.web.elections.models import BallotForm, Contest
from daihoi.web.elections.services import ballots
from daihoi.web.hall.models import Rehearsal
from daihoi.web.hall.rehearsing import BY_HAND, BY_WATCH, SECONDS_A_SHEET, prepared_of

READY = (ContestState.LIST_CLOSED, ContestState.VOTING)
DPI = 200.0
SILENT = timedelta(seconds=20)
"""A page is drawn within a second or two."""


def ready(congress: Congress) -> list[Contest]:
    """The contests whose ballots can be made: their lists are closed and nothing was counted yet."""
    return [one for one in elections.contests(congress) if one.state in READY]


def begin_all(*, congress: Congress, by: str) -> list[Rehearsal]:
    """One button: rehearsal ballots, test deck and count for every closed list. Raises ValidationError, OSError."""
    contests = ready(congress)
    if not contests:
        raise ValidationError(_("No list is closed yet: there is no ballot to rehearse with."))
    return [begin(contest=one, by=by) for one in contests]


@transaction.atomic
def begin(*, contest: Contest, by: str) -> Rehearsal:
    """The rehearsal of one contest; the counts of an earlier one are set aside. Raises ValidationError, OSError."""
    for count in Count.objects.filter(contest=contest, rehearsal=True).exclude(state="set_aside"):
        opening.set_aside(count=count, reason=_("Rehearsed again."), by=by)
    form = ballots.make_form(contest=contest, by=by, rehearsal=True)
    prepared, deck = prepared_of(form)
    sheets, sides = len(deck.cases), len(prepared.plan.pages)
    count = opening.begin(contest=contest, way=Way.SCANNED, by=by, rehearsal=True, papers=sheets)
    made = Rehearsal.objects.create(contest=contest, form=form, count=count, sheets=sheets, sides=sides, begun_by=by)
    record("rehearsal.begun", by=by, subject=f"contest:{contest.key}", facts={"ballots": sheets}, place=_place(contest))
    return made


def _place(contest: Contest) -> str:
    return str(contest.sitting.congress.key)


@transaction.atomic
def note(
    *,
    rehearsal: Rehearsal,
    seen: Mapping[str, bool | None],
    times: Mapping[str, int | None],
    operator: str,
    head: str,
    by: str,
) -> None:
    """What people saw and took by the watch; None: not tried. Raises ValidationError."""  # fmt: skip
    if not set(seen) <= set(BY_HAND) or not set(times) <= set(BY_WATCH):
        raise ValidationError(_("That is no check of a rehearsal."))
    rehearsal.seen = {code: passed for code, passed in seen.items() if passed is not None}
    rehearsal.times = {step: seconds for step, seconds in times.items() if seconds is not None}
    rehearsal.operator, rehearsal.head = operator, head
    rehearsal.save(update_fields=["seen", "times", "operator", "head"])
    facts = {"checks": sorted(rehearsal.seen)}
    record("rehearsal.noted", by=by, subject=f"contest:{rehearsal.contest.key}", facts=facts,
           place=_place(rehearsal.contest))  # fmt: skip


def is_feeding(rehearsal: Rehearsal) -> bool:
    """Whether drawn scans are being laid into the folder of the scanner now."""
    done = rehearsal.fed >= rehearsal.sheets * rehearsal.sides
    return not done and rehearsal.fed_at is not None and timezone.now() - rehearsal.fed_at < SILENT


def start_feeding(*, rehearsal: Rehearsal, by: str) -> None:
    """Lay the deck into the scanner's folder as drawn scans, 60 sheets a minute, while the house goes on.

    Raises ValidationError where somebody began a moment ago.
    """
    with transaction.atomic():
        held = Rehearsal.objects.select_for_update(of=("self",)).get(pk=rehearsal.pk)
        if is_feeding(held):
            raise ValidationError(_("The deck is being fed already."))
        opening.require_open(held.count)
        held.fed, held.fed_at = 0, timezone.now()
        held.save(update_fields=["fed", "fed_at"])
        subject = f"contest:{held.contest.key}"
        record("rehearsal.fed", by=by, subject=subject, facts={"ballots": held.sheets}, place=_place(held.contest))
    threading.Thread(target=_feed_alone, args=(held.pk,), name="rehearsal deck", daemon=True).start()


def _feed_alone(pk: int) -> None:
    try:
        feed(Rehearsal.objects.select_related("form__contest", "count__contest").get(pk=pk), pause=time.sleep)
    finally:
        connection.close()


def feed(rehearsal: Rehearsal, *, pause: Callable[[float], None] = lambda _seconds: None) -> int:
    """Draw each page of the printed deck and keep it as a scan; gives how many. A page that lies there is kept once.

    Drawn, not scanned: this tries the program, the people and the laptop, not the scanner or the paper.
    """
    sides, begun, kept = rehearsal.sides, time.monotonic(), 0
    for number, data in enumerate(drawn_pages(rehearsal.form)):
        sheet, side = divmod(number, sides)
        ahead = sheet * SECONDS_A_SHEET - (time.monotonic() - begun)
        if ahead > 0:
            pause(ahead)
        scans.keep_scan(count=rehearsal.count, folder="", name=f"{sheet + 1:04d}-{side + 1}.jpg", chunks=[data])
        Rehearsal.objects.filter(pk=rehearsal.pk).update(fed=number + 1, fed_at=timezone.now())
        kept = number + 1
    return kept


def drawn_pages(form: BallotForm) -> Iterator[bytes]:
    """The printed deck as JPEG, a page each, grey, 200 dpi; one page in memory at a time."""
    prepared, deck = prepared_of(form)
    document = pdfium.PdfDocument(printed_deck(prepared, deck))
    try:
        for place in range(len(document)):
            page = document[place]
            image = page.render(scale=DPI / PT_PER_INCH, grayscale=True).to_pil()
            page.close()
            out = io.BytesIO()
            image.convert("L").save(out, "JPEG", quality=85, dpi=(DPI, DPI))
            yield out.getvalue()
    finally:
        document.close()
