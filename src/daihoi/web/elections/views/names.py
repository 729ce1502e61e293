"""The list of a contest: who is on it, choosing people, support and opinions of several at once, and the file."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.papers.election_day.introduction import introduction_ballot
from daihoi.papers.errors import PapersError
from daihoi.rules.lists import OVERRIDABLE_CHECKS, ListFinding, Severity, support_is_enough
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses.choices import Category
from daihoi.web.congresses.models import Delegate
from daihoi.web.elections import making, queries
from daihoi.web.elections.choices import ContestState, Source
from daihoi.web.elections.forms import FIGURE_MOST, AttendingForm, OpinionForm, ProposeForm
from daihoi.web.elections.imports import ListImport
from daihoi.web.elections.models import Nomination
from daihoi.web.elections.place import At, attempt, contest_at
from daihoi.web.elections.present import present_now
from daihoi.web.elections.services import lists
from daihoi.web.lists.fields import refuse
from daihoi.web.lists.imports.pages import import_page
from daihoi.web.members import queries as members
from daihoi.web.members.models import Person
from daihoi.words.errors import sentence_of
from daihoi.words.errors.findings import list_finding

SHOWN = 60
"""How many of the people who could be proposed stand on one page; the search finds the others."""


def told_of(findings: tuple[ListFinding, ...]) -> list[dict[str, object]]:
    """Findings in words, and whether a body can set the check aside."""
    return [
        {
            "severity": str(one.severity),
            "sentence": list_finding(one),
            "check": one.check,
            "asidable": one.severity is Severity.REFUSE and one.check in OVERRIDABLE_CHECKS,
        }
        for one in findings
    ]


@require_http_methods(["GET"])
@gate(Right.SEE_ELECTIONS)
def contest_names(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Everybody who was proposed, how each stands, and whether the list keeps the regulation."""
    at = contest_at(request, congress, contest)
    off = [one for one in queries.nominations(at.contest) if one.state not in making.ON_LIST]
    names = at.path.names
    alike = _alike(at, names)
    held = at.held(
        "contest_names",
        names=[(one, _support(at, one), alike.get(one.person_id, "")) for one in names],
        supported=any(one.support is not None for one in names),
        asked=any(one.opinion is not None for one in names),
        off=off,
        findings=told_of(at.path.findings),
        outsiders=_disciplined(at),
        open=at.contest.state == ContestState.PREPARING,
        read=at.path.speech.say("list_closed") if at.contest.state != ContestState.PREPARING else None,
    )
    return render(request, "elections/names.html", held)


def _alike(at: At, names: list[Nomination]) -> dict[int, str]:
    """What tells people of one name apart, beside the organisation that stands there already."""
    people = Person.objects.filter(pk__in=[one.person_id for one in names]).select_related("organisation")
    return members.apart(people, people, members.Personnel(at.place.viewer), places=False)


def _support(at: At, one: Nomination) -> str:
    """Whether the support of a nominee is enough; empty where none is asked."""
    if one.source == Source.PREPARED or one.support is None or at.path.speech.attending is None:
        return ""
    enough = support_is_enough(one.support, at.path.speech.attending, at.body.settings)
    return _("enough") if enough else _("not enough")


def _disciplined(at: At) -> list[str]:
    """Members of the convening committee who stand beyond its list. [244-QĐ/TW art. 13; ER 3.6]"""
    people = [one.person_id for one in at.path.names if one.source != Source.PREPARED]
    if not people or at.contest.follows_id is not None:
        return []
    found = Delegate.objects.filter(
        congress=at.place.congress, person__in=people, category=Category.EX_OFFICIO
    ).values_list("person__full_name", flat=True)
    return list(found)


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_names_add(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """Choose people of the organisations of the congress: those who are near first, or by a search without accents."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    pool = queries.pool(at.contest)
    form = ProposeForm(request.POST or None, initial={"source": request.GET.get("source", Source.PREPARED)})
    if request.method == "POST" and form.is_valid():
        people = list(pool.filter(key__in=request.POST.getlist("person")))
        source = Source(form.cleaned_data["source"])
        done = _("%(n)d were put on the list.") % {"n": len(people)}
        if attempt(
            request,
            lambda: lists.nominate_many(
                contest=at.contest, people=people, source=source, proposer=form.cleaned_data["proposer"], by=at.by
            ),
            done,
        ):
            return redirect("contest_names", *at.keys)
    text = request.GET.get("q", "")
    found = members.searched(pool, text)
    people = list(found[:SHOWN])
    told = members.apart(people, pool, members.Personnel(at.place.viewer))
    shown = [(one, told.get(one.pk) or ", ".join(filter(None, (one.post, one.organisation.called)))) for one in people]
    more = found.count() > SHOWN
    held = at.held("contest_names", form=form, people=shown, q=text, more=more, shown=SHOWN)
    return render(request, "elections/names_add.html", held)


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def import_names(request: HttpRequest, congress: str, contest: str, upload: str = "") -> HttpResponse:
    """The list from a spreadsheet."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    return import_page(request, ListImport(at), upload)


def _figures(request: HttpRequest, names: list[Nomination], form: Form) -> dict[str, int]:
    """A figure for each person, typed into a field of its own; empty fields say nothing."""
    found: dict[str, int] = {}
    for one in names:
        text = request.POST.get(f"of-{one.key}", "").strip()
        if not text:
            continue
        if not text.isascii() or not text.isdecimal() or int(text) > FIGURE_MOST:
            form.add_error(None, _("The figure of %(name)s is no whole number.") % {"name": one.name})
            continue
        found[one.key] = int(text)
    return found


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_support(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """How many of those attending support each who is not on the prepared list."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    names = [one for one in at.path.names if one.source != Source.PREPARED]
    attending = at.contest.attending or present_now(at.contest.sitting)
    form = AttendingForm(request.POST or None, initial={"attending": attending})
    if request.method == "POST" and form.is_valid():
        supports = _figures(request, names, form)
        if form.is_valid() and _kept_supports(at, form, supports):
            return redirect("contest_names", *at.keys)
    typed = {one.key: request.POST.get(f"of-{one.key}", one.support) for one in names}
    speech = at.path.speech
    said = [speech.say("nominations_open")]
    for one in names:
        code = "support_asked" if one.support is None else "support_reached"
        if one.support is not None and _support(at, one) != _("enough"):
            code = "support_not_reached"
        said.append(speech.say(code, name=one.name, support=one.support))
    held = at.held("contest_names", form=form, rows=[(one, typed[one.key]) for one in names], spoken=said,
                   percent=at.body.settings.support_percent)  # fmt: skip
    return render(request, "elections/support.html", held)


def _kept_supports(at: At, form: AttendingForm, supports: Mapping[str, int]) -> bool:
    try:
        lists.note_supports(
            contest=at.contest, supports=supports, attending=form.cleaned_data["attending"], by=at.by
        )  # fmt: skip
    except ValidationError as refused:
        refuse(form, refused)
        return False
    return True


def _is_introduced(at: At) -> bool:
    """Whether this contest is opened by an introduction ballot."""
    return any(one.stage.code == "introduction" for one in at.path.steps)


@never_cache
@require_http_methods(["GET"])
@gate(Right.RUN_ELECTIONS)
def introduction_paper(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The introduction ballot as PDF, with the names of the committee that was elected a moment ago."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    if not _is_introduced(at):
        raise Http404
    language = "en" if get_language() == "en" else "vi"
    names = [f"{one.name} {one.note}".strip() for one in queries.introduced(at.contest)]
    try:
        paper = introduction_ballot(at.contest.title, names, making.occasion_of(at.contest), language=language)
    except PapersError as refused:
        messages.error(request, sentence_of(refused.code, refused.fields))
        return redirect("contest_opinions", *at.keys)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="phieu-gioi-thieu-{language}.pdf"'
    return answer


@require_http_methods(["GET", "POST"])
@gate(Right.RUN_ELECTIONS)
def contest_opinions(request: HttpRequest, congress: str, contest: str) -> HttpResponse:
    """The figures of opinion ballots, or of the introduction ballot for a secretary who is elected directly."""
    at = contest_at(request, congress, contest, Right.RUN_ELECTIONS)
    given = at.contest
    initial = {"issued": given.opinion_issued or present_now(given.sitting), "valid": given.opinion_valid}
    form = OpinionForm(request.POST or None, initial=initial)
    names = at.path.names
    if request.method == "POST" and form.is_valid():
        agreed = _figures(request, names, form)
        if form.is_valid():
            try:
                lists.note_opinions(contest=at.contest, agreed=agreed, by=at.by, **form.cleaned_data)
            except ValidationError as refused:
                refuse(form, refused)
            else:
                return redirect("contest_names", *at.keys)
    introduction = _is_introduced(at)
    rows = [(one, request.POST.get(f"of-{one.key}", one.opinion)) for one in names]
    said = [at.path.speech.say("introduction_ballot")] if introduction else []
    held = at.held("contest_names", form=form, rows=rows, introduction=introduction, spoken=said)
    return render(request, "elections/opinions.html", held)
