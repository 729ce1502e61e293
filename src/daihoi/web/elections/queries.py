"""Reads of elections. Every list begins at the congresses that the viewer may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.http import Http404

from daihoi.rules.terms import CandidateOutcome
from daihoi.web.congresses.choices import Category, Form
from daihoi.web.congresses.models import Congress, Delegate
from daihoi.web.elections.choices import OPEN_FIGURES, NominationState, Office, SittingKind
from daihoi.web.elections.models import BallotForm, Contest, Nomination, Seat, Sitting
from daihoi.web.members.models import Person
from daihoi.web.organisations.queries import beneath


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


def with_lists(found: Iterable[Sitting]) -> list[tuple[Sitting, list[Contest]]]:
    """Bodies with their contests and all that their paths rest on, by a count of queries that hangs on neither."""
    held = list(found)
    by_sitting: dict[int, list[Contest]] = {one.pk: [] for one in held}
    rows = Contest.objects.filter(sitting__in=held).select_related("follows").order_by("place", "round", "pk")
    listed = Prefetch("nominations", Nomination.objects.select_related("person"))
    for contest in rows.prefetch_related(listed, "hand_votes", "overrides", "forms"):
        by_sitting[contest.sitting_id].append(contest)
    for sitting in held:
        for contest in by_sitting[sitting.pk]:
            contest.sitting = sitting
    return [(one, by_sitting[one.pk]) for one in held]


def sitting_of(congress: Congress, kind: str) -> Sitting:
    """The body of one kind, or 404 where it has not been opened."""
    found = sittings(congress).filter(kind=kind).first()
    if found is None:
        raise Http404
    return found


def seats(sitting: Sitting) -> QuerySet[Seat]:
    """The members of a meeting in the order of names."""
    return sitting.members.select_related("person__organisation").order_by("person__sort_text", "pk")


def seat_of(sitting: Sitting, person: str) -> Seat:
    """One member of a meeting by the key of the person, or 404."""
    found = seats(sitting).filter(person__key=person).first()
    if found is None:
        raise Http404
    return found


def elected(congress: Congress, *offices: Office) -> QuerySet[Person]:
    """Who was elected to these offices, of all rounds, as far as it is announced."""
    won = Nomination.objects.filter(
        contest__sitting__congress=congress, contest__office__in=offices, contest__state__in=OPEN_FIGURES,
        outcome=CandidateOutcome.ELECTED.value,
    )  # fmt: skip
    return Person.objects.filter(pk__in=won.values("person")).select_related("organisation").order_by("sort_text", "pk")


def future_members(congress: Congress, kind: SittingKind) -> QuerySet[Person]:
    """Whom a body is made of: the elected committee, the elected inspection committee. A congress has its roll."""
    if kind == SittingKind.PLENUM:
        return elected(congress, Office.COMMITTEE)
    if kind == SittingKind.INSPECTION:
        return elected(congress, Office.INSPECTION_COMMITTEE)
    return Person.objects.none()


_FROM_THE_BODY = frozenset({Office.STANDING_COMMITTEE, Office.SECRETARY, Office.DEPUTY_SECRETARY})


def pool(contest: Contest) -> QuerySet[Person]:
    """Who can be proposed and is not yet, `near` first: delegates, the elected committee, members of the meeting.

    At the first meeting the committee elects its standing committee, secretary and deputies from its own members.
    """
    sitting = contest.sitting
    congress = sitting.congress
    seated = Exists(Seat.objects.filter(sitting=sitting, person=OuterRef("pk")))
    people = Person.objects.filter(beneath(congress.organisation.path, "organisation__"))
    if sitting.kind == SittingKind.CONGRESS and contest.office in _FROM_THE_BODY:
        committee = elected(congress, Office.COMMITTEE).order_by().values("pk")
        people = people.annotate(near=Q(pk__in=committee))
    elif sitting.kind == SittingKind.CONGRESS and congress.form == Form.DELEGATES:
        voters = Delegate.objects.filter(congress=congress, person=OuterRef("pk")).exclude(category=Category.ALTERNATE)
        people = people.annotate(near=Exists(voters))
    else:
        people = people.annotate(near=seated)
    if sitting.kind == SittingKind.PLENUM and contest.office in _FROM_THE_BODY:
        people = people.filter(seated)
    there = contest.nominations.order_by().values("person")
    return people.exclude(pk__in=there).select_related("organisation").order_by("-near", "sort_text", "pk")


def contest_of(congress: Congress, key: str) -> Contest:
    """One contest of a congress, or 404."""
    mine = Contest.objects.filter(sitting__congress=congress, key=key)
    found: Contest | None = mine.select_related("sitting", "follows").first()
    if found is None:
        raise Http404
    # As it was read already, with its organisation and term.
    found.sitting.congress = congress
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


def introduced(contest: Contest) -> list[Nomination]:
    """Who may be introduced as secretary: the committee that this body has elected and announced, in ballot order."""
    elected = Nomination.objects.filter(
        contest__sitting=contest.sitting, contest__office=Office.COMMITTEE, contest__state__in=OPEN_FIGURES,
        outcome=CandidateOutcome.ELECTED.value,
    )  # fmt: skip
    return list(elected.order_by("person__sort_text", "pk"))


def form_that_holds(contest: Contest, *, rehearsal: bool = False) -> BallotForm | None:
    """The form whose ballots count now."""
    return contest.forms.filter(rehearsal=rehearsal, voided_at__isnull=True).first()


def figures_are_open(contest: Contest) -> bool:
    """Whether those outside the counting room may see what came out."""
    return contest.state in OPEN_FIGURES
