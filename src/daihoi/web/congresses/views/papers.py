"""The papers of the day: what each is, making one for all or for single people, and both of its files."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from daihoi.papers.errors import PapersError
from daihoi.rules.errors import RulesError
from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import gate
from daihoi.web.congresses import making, printed, queries, services
from daihoi.web.congresses.choices import Paper
from daihoi.web.congresses.forms.printing import PrintForm
from daihoi.web.congresses.models import Congress, Printing
from daihoi.web.congresses.place import Place, place_of
from daihoi.web.lists.fields import refuse
from daihoi.words.errors import sentence_of

ABOUT = {
    Paper.SUMMONS: gettext_lazy("A page for each delegate and alternate, with the code for the check-in."),
    Paper.INVITATION: gettext_lazy("A page for each guest, by precedence."),
    Paper.BADGE_SHEET: gettext_lazy("Badges of delegates and guests to be cut; print at 100 %."),
    Paper.BADGE_CARD: gettext_lazy("A page of the size of the card for each badge, for a badge printer."),
    Paper.PLACE_CARD: gettext_lazy("Cards to be folded, two on a sheet."),
    Paper.SEAT_PLAN: gettext_lazy("The hall as seen facing the stage, with who sits where."),
    Paper.GROUP_LIST: gettext_lazy("A list for each group; who has no group stands on a list of their own."),
    Paper.ALLOCATION: gettext_lazy("The notice of convening with how many delegates each unit sends."),
    Paper.CREDENTIALS: gettext_lazy("Every figure of the credentials board, from the data."),
}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NAMED = 60
"""People of a paper who are named on its page at most; more are counted."""


def _right(paper: Paper) -> Right:
    """The report tells personnel data; everything else is a paper of the day."""
    return Right.SEE_PERSONNEL if paper is Paper.CREDENTIALS else Right.PRINT_PAPERS


def _stock(place: Place, asked: making.Asked) -> making.Stock:
    """What papers are made of, as far as this person sees it."""
    return making.stock(place.congress, asked, personnel=place.may(Right.SEE_PERSONNEL))


def _paper(name: str) -> Paper:
    if name not in Paper.values:
        raise Http404
    return Paper(name)


@require_http_methods(["GET", "POST"])
@gate(Right.PRINT_PAPERS)
def congress_papers(request: HttpRequest, congress: str) -> HttpResponse:
    """All papers, how often each was made, and giving out the seats."""
    place = place_of(request, congress, Right.PRINT_PAPERS)
    if request.method == "POST":
        seats = queries.seats(place.congress)
        if not seats:
            messages.error(request, _("Enter the rows and blocks of the hall first."))
        else:
            given = services.give_seats(congress=place.congress, seats=seats, by=place.by)
            messages.success(request, _("%(n)d seats were given out, group by group.") % {"n": given})
        return redirect("congress_papers", place.congress.key)
    made = list(place.congress.printings.all()[:40])
    times = queries.printings_by_paper(place.congress)
    papers = [
        (
            paper,
            ABOUT[paper],
            times.get(paper.value, 0),
            reverse("congress_paper", args=[place.congress.key, paper.value]),
        )
        for paper in Paper
        if place.may(_right(paper))
    ]
    counted = queries.with_numbers(Congress.objects.filter(pk=place.congress.pk), "n_unseated").get()
    held = place.held(
        "congress_papers", papers=papers, made=made, numbers=counted, seats=len(queries.seats(place.congress))
    )
    return render(request, "congresses/papers.html", held)


@require_http_methods(["GET", "POST"])
@gate(Right.SEE_CONGRESS)
def congress_paper(request: HttpRequest, congress: str, paper: str) -> HttpResponse:
    """One paper: what it bears, and making it; one that was made before asks for a reason."""
    kind = _paper(paper)
    place = place_of(request, congress, _right(kind))
    people = tuple(one for one in request.GET.get("one", "").split(",") if one)
    on_it = printed.whom(place.congress, kind, people)
    again = printed.is_again(place.congress, kind, on_it)
    given = request.POST if request.method == "POST" else None
    form = PrintForm(given, paper=kind, again=again, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = _make(place, kind, form, people)
        if made is not None:
            return redirect(f"{reverse('congress_paper', args=[place.congress.key, paper])}?made={made.pk}")
    number = request.GET.get("made", "")
    fresh = place.congress.printings.filter(paper=kind, pk=int(number) if number.isdecimal() else 0).first()
    held = place.held(
        "credentials" if kind is Paper.CREDENTIALS else "congress_papers",
        paper=kind,
        about=ABOUT[kind],
        form=form,
        fresh=fresh,
        again=again,
        **_of_whom(place, kind, people, on_it),
    )
    return render(request, "congresses/paper.html", held)


def _of_whom(place: Place, paper: Paper, people: tuple[str, ...], on_it: tuple[str, ...]) -> dict[str, object]:
    """For whom the page makes the paper, who has it already and who has none yet; names for those who may see them."""
    before = printed.have_it(place.congress, paper, on_it)
    names = place.may(Right.SEE_PEOPLE)
    return {
        "chosen": queries.names_of(place.congress, people) if names else [],
        "before": queries.names_of(place.congress, before) if names and len(before) <= NAMED else [],
        "n_before": len(before),
        "missing": [one for one in on_it if one not in before][:NAMED] if before else [],
    }


def _make(place: Place, paper: Paper, form: PrintForm, people: tuple[str, ...]) -> Printing | None:
    """Make a paper, keep that it was made and for a while its files; the form says why where it cannot be."""
    given = form.cleaned_data
    asked = making.Asked(
        given.get("on") or timezone.localdate(), given.get("number", ""), given.get("size", "90x54"), people
    )
    try:
        held = _stock(place, asked)
        files = making.make(paper, held)
        made = services.note_printing(
            congress=place.congress, paper=paper, copies=making.copies(paper, held), by=place.by,
            reason=given.get("reason", ""), asked=asked.kept(), people=printed.whom(place.congress, paper, people),
        )  # fmt: skip
        printed.keep(made, files, personnel=held.personnel)
        return made
    except ValidationError as refused:
        refuse(form, refused)
    except (PapersError, RulesError) as refused:
        form.add_error(None, sentence_of(refused.code, refused.fields))
    return None


@never_cache
@require_http_methods(["GET"])
@gate(Right.SEE_CONGRESS)
def congress_paper_file(request: HttpRequest, congress: str, number: int, kind: str) -> HttpResponse:
    """One of the two files of a paper that was made lately."""
    printing = get_object_or_404(Printing, pk=number, congress__key=congress)
    paper = Paper(printing.paper)
    place = place_of(request, congress, _right(paper))
    if kind not in TYPES or printing.made_at < timezone.now() - printed.KEPT:
        raise Http404
    content = printed.kept(printing, kind, personnel=place.may(Right.SEE_PERSONNEL))
    if content is None:
        try:
            files = making.make(paper, _stock(place, making.Asked.of(printing.asked)))
        except (PapersError, RulesError) as refused:
            messages.error(request, sentence_of(refused.code, refused.fields))
            return redirect("congress_paper", congress, paper.value)
        content = files.pdf if kind == "pdf" else files.docx
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{paper.value}-{printing.pk}.{kind}"'
    return answer
