"""Papers of the day to take along: guides, role cards, tally sheets, and the result as a presentation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.papers.election_day.guides import guide
from daihoi.papers.election_day.how_to_mark import how_to_mark, sample_ballot
from daihoi.papers.election_day.result_files import carried
from daihoi.papers.election_day.role_cards import role_cards
from daihoi.papers.election_day.tally_sheets import tally_sheets
from daihoi.papers.election_day.terms import Carried, Guide, Occasion, Result, ResultLine
from daihoi.papers.errors import PapersError
from daihoi.rules.terms import CandidateId, CongressForm
from daihoi.sheet.errors import SheetError
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.naming import superior_of, title_of
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.elections import making, queries
from daihoi.web.elections.models import Contest
from daihoi.web.hall.choices import Order
from daihoi.web.hall.pictures import results
from daihoi.web.members import portraits
from daihoi.words.errors import sentence_of

PDF, PPTX = "application/pdf", "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True)
class Paper:
    """A paper that is downloaded: its words, how it is made, the name and kind of its file."""

    words: str | Promise
    make: Callable[[Place, Contest, str], bytes]
    name: str
    kind: str = PDF

    @property
    def ending(self) -> str:
        """Of the file."""
        return "pptx" if self.kind == PPTX else "pdf"


def _marking(_place: Place, contest: Contest, language: str) -> bytes:
    election = making.election_of(contest)
    one = election.contest(contest.key)
    settings = making.settings_of(contest.sitting)
    sample, occasion = sample_ballot(election, one), making.occasion_of(contest)
    return how_to_mark(sample, one, occasion, language=language, settings=settings)


def _tally(_place: Place, contest: Contest, language: str) -> bytes:
    ballots = contest.collected or contest.issued or contest.printed or 50
    return tally_sheets(making.contest_of(contest), making.occasion_of(contest), ballots=ballots, language=language)


def _result(contest: Contest, *, photos: bool) -> Result:
    """Of an announced contest alone; for all others there is no such file."""
    told = results.told(contest, Order.BALLOT)
    if told is None:
        raise Http404
    result, papers = told.result, told.papers
    names = [one.nomination for one in result.lines]
    places = {CandidateId(one.candidate): place for place, one in enumerate(names)}
    lines = tuple(
        ResultLine(
            one.nomination.name,
            one.votes,
            one.share,
            one.outcome,
            one.nomination.note,
            portraits.jpeg_of(kept) if photos and (kept := told.photos.get(one.nomination.person_id)) else None,
        )
        for one in result.lines
    )
    return Result(
        contest_title=contest.title, seats=contest.seats, base=result.base, needed=result.needed,
        issued=contest.issued or 0, collected=contest.collected or 0, valid=papers.valid if papers else 0,
        invalid=papers.invalid if papers else 0, lines=lines,
        elected=tuple(places[one] for one in result.outcome.elected), round=contest.round,
        ties=tuple(tuple(places[one] for one in tie.candidates) for tie in result.outcome.ties),
        shortfall=result.outcome.shortfall,
    )  # fmt: skip


def _carried(place: Place, contest: Contest, language: str) -> Carried:
    # Photographs are personal data: in the hall they stand on its screens, and who may open these carries them.
    photos = place.may(Right.SEE_SCREENS)
    return carried(_result(contest, photos=photos), making.occasion_of(contest), language=language)


def _pptx(place: Place, contest: Contest, language: str) -> bytes:
    return _carried(place, contest, language).pptx


def _pdf(place: Place, contest: Contest, language: str) -> bytes:
    return _carried(place, contest, language).pdf


OF_A_CONTEST = {
    "how-to-mark": Paper(_("How to mark the ballot (delegate)"), _marking, "cach-ghi-phieu"),
    "tally": Paper(_("Tally sheets for a count by hand"), _tally, "phieu-ghi-diem"),
    "result-pptx": Paper(_("Result as a presentation"), _pptx, "ket-qua", PPTX),
    "result-pdf": Paper(_("Result as PDF"), _pdf, "ket-qua"),
}
OF_A_RESULT = frozenset({"result-pptx", "result-pdf"})
OF_THE_CONGRESS = {
    "guide-teller": _("Guide of the teller"),
    "guide-operator": _("Guide of the operator"),
    "guide-head": _("Guide of the head of the board"),
    "role-cards": _("Role cards, four on a sheet"),
}


@require_http_methods(["GET"])
@gate(Right.SEE_CONGRESS)
def guides(request: HttpRequest, congress: str) -> HttpResponse:
    """Everything that can be taken along; a result only once it is announced."""
    place = place_of(request, congress)
    rows = []
    for one in queries.contests(place.congress):
        if not making.listed(one):
            continue
        open_ = queries.figures_are_open(one)
        shown = [name for name in OF_A_CONTEST if _may(place, name) and (open_ or name not in OF_A_RESULT)]
        key = place.congress.key
        rows.append(
            (one, [(OF_A_CONTEST[name], reverse("contest_paper", args=[key, one.key, name])) for name in shown])
        )
    general = [
        (words, reverse("day_paper", args=[place.congress.key, name])) for name, words in OF_THE_CONGRESS.items()
    ]
    return render(request, "hall/guides.html", place.held("guides", rows=rows, general=general))


def _may(place: Place, paper: str) -> bool:
    """A tally sheet names the candidates; a list is for those who see elections."""
    return paper != "tally" or place.may(Right.SEE_ELECTIONS)


@never_cache
@require_http_methods(["GET"])
@gate(Right.SEE_CONGRESS)
def contest_paper(request: HttpRequest, congress: str, contest: str, paper: str) -> HttpResponse:
    """One paper of a contest."""
    place = place_of(request, congress)
    found = queries.contest_of(place.congress, contest)
    if paper not in OF_A_CONTEST or not making.listed(found) or not _may(place, paper):
        raise Http404
    one = OF_A_CONTEST[paper]
    return _file(request, lambda language: one.make(place, found, language), one.name, one.kind, one.ending)


@never_cache
@require_http_methods(["GET"])
@gate(Right.SEE_CONGRESS)
def day_paper(request: HttpRequest, congress: str, paper: str) -> HttpResponse:
    """A guide of one page, or the role cards."""
    place = place_of(request, congress)
    if paper not in OF_THE_CONGRESS:
        raise Http404
    occasion = _occasion(place.congress)
    which, _dash, who = paper.partition("-")

    def make(language: str) -> bytes:
        if which == "guide":
            return guide(Guide(who), occasion, language=language)
        return role_cards(occasion, language=language)

    return _file(request, make, paper, PDF, "pdf")


def _occasion(congress: Congress) -> Occasion:
    sitting = queries.sittings(congress).first()
    return Occasion(
        form=making.form_of(sitting) if sitting else CongressForm(congress.form),
        congress=title_of(congress),
        organisation=congress.organisation.name,
        superior=superior_of(congress),
        place=congress.organisation.place_name or congress.organisation.called,
        on=congress.opens or timezone.localdate(),
    )


def _file(request: HttpRequest, make: Callable[[str], bytes], name: str, kind: str, ending: str) -> HttpResponse:
    language = get_language() or "vi"
    try:
        data = make(language)
    except (PapersError, SheetError) as refused:
        said = {"title": _("This paper cannot be made"), "text": sentence_of(refused.code, refused.fields)}
        return render(request, "site/says.html", said, status=409)
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{language}.{ending}"'
    return answer
