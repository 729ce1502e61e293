"""Reads of elections. Every list begins at the congresses that the viewer may see."""

from __future__ import annotations

from django.db.models import Case, Count, Q, QuerySet, When
from django.http import Http404

from daihoi.web.congresses.models import Congress
from daihoi.web.elections.choices import OPEN_FIGURES, NominationState, SittingKind
from daihoi.web.elections.models import BallotForm, Contest, Nomination, Sitting


def sittings(congress: Congress) -> QuerySet[Sitting]:
    """The bodies that vote, the congress first."""
    place = Case(*(When(kind=kind, then=place) for place, kind in enumerate(SittingKind.values)))
    found = Sitting.objects.filter(congress=congress).select_related("congress__organisation", "congress__term")
    return found.order_by(place)


def contests(congress: Congress) -> QuerySet[Contest]:
    """All contests of a congress in their order, with how many names each list has."""
    found = Contest.objects.filter(sitting__congress=congress).select_related(
        "sitting__congress__organisation", "sitting__congress__term", "follows"
    )
    on_list = Q(nominations__state__in=(NominationState.PROPOSED, NominationState.LISTED, NominationState.ASKED))
    return found.annotate(names=Count("nominations", filter=on_list)).order_by("sitting", "place", "round", "pk")


def contest_of(congress: Congress, key: str) -> Contest:
    """One contest of a congress, or 404."""
    found = contests(congress).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def nominations(contest: Contest) -> QuerySet[Nomination]:
    """All who were proposed, in ballot order where the list is closed."""
    return contest.nominations.select_related("person__organisation").order_by("number", "person__sort_text", "pk")


def nomination_of(contest: Contest, key: str) -> Nomination:
    """One nomination, or 404."""
    found = nominations(contest).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def form_that_holds(contest: Contest, *, rehearsal: bool = False) -> BallotForm | None:
    """The form whose ballots count now."""
    return contest.forms.filter(rehearsal=rehearsal, voided_at__isnull=True).first()


def figures_are_open(contest: Contest) -> bool:
    """Whether those outside the counting room may see what came out."""
    return contest.state in OPEN_FIGURES
