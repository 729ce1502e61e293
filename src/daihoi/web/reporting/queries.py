"""Reads of packages and results. Every list begins at the part of the tree where the viewer holds the right."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404

from daihoi.web.accounts.choices import Right
from daihoi.web.accounts.permissions import Viewer
from daihoi.web.congresses.models import Congress
from daihoi.web.elections.choices import RoundKind
from daihoi.web.organisations import queries as organisations
from daihoi.web.organisations.choices import Tier
from daihoi.web.organisations.models import Organisation, Term
from daihoi.web.reporting.choices import Standing
from daihoi.web.reporting.models import Parcel, Received

EVERY = Q()
FIRST = Q(round_kind=RoundKind.FIRST)
AGAIN = Q(round_kind=RoundKind.TIE_REBALLOT)


def _sum(field: str, condition: Q) -> Coalesce:
    return Coalesce(Sum(field, filter=condition) if condition else Sum(field), 0)


def within(viewer: Viewer) -> QuerySet[Organisation]:
    """The organisations whose results the viewer takes in."""
    return organisations.visible(viewer, Right.RECEIVE_RESULTS)


def waiting(viewer: Viewer) -> QuerySet[Parcel]:
    """Packages that are not taken in: those that the viewer sent, and those of the viewer's organisations."""
    mine = Q(owner=viewer.owner) | organisations.below(viewer, Right.RECEIVE_RESULTS, "organisation__")
    return Parcel.objects.filter(mine, results=None).select_related("organisation")


def of_use(parcels: QuerySet[Parcel]) -> QuerySet[Parcel]:
    """Those of packages that wait from which something could be taken in: sound, and not here already."""
    here = Received.objects.filter(digest=OuterRef("digest"), ended_at=None)
    return parcels.filter(~Exists(here), results=None).exclude(digest="")


def visible(viewer: Viewer, right: Right = Right.SEE_ELECTIONS) -> QuerySet[Received]:
    """The results of the viewer's part of the tree, also those that stand no longer."""
    mine = organisations.below(viewer, right, "organisation__")
    return Received.objects.filter(mine).select_related("organisation", "parcel", "term", "replaced_by")


def received_of(viewer: Viewer, key: str, right: Right = Right.SEE_ELECTIONS) -> Received:
    """One result by its key; one that is not the viewer's is as if it were not there (404)."""
    found = visible(viewer, right).filter(key=key).first()
    if found is None:
        raise Http404
    return found


def history(one: Received) -> QuerySet[Received]:
    """Other results of the same vote, newest first: what it replaced, and what replaced it."""
    vote = Q(contest=one.contest, office=one.office, round=one.round, round_kind=one.round_kind)
    same = Received.objects.filter(organisation=one.organisation_id).filter(Q(slot=one.slot) | vote)
    return same.exclude(pk=one.pk).order_by("-pk")


def in_tree(viewer: Viewer, term: Term | None) -> QuerySet[Organisation]:
    """The organisations that stand, each with what came of its congress of this term; one query whatever their number.

    `n_results`, `n_open` (seats that nobody won), `n_ties`, `last_taken`, `n_waiting`, `opens` and `state` of its
    congress (None where none was entered).
    """
    here = Received.objects.filter(organisation=OuterRef("pk"), term=term, ended_at=None).order_by()
    each = here.values("organisation")
    waits = of_use(Parcel.objects.filter(organisation=OuterRef("pk"))).order_by().values("organisation")
    congress = Congress.objects.filter(organisation=OuterRef("pk"), term=term).order_by("pk")
    rows: QuerySet[Organisation] = organisations.standing(organisations.visible(viewer, Right.SEE_ELECTIONS)).annotate(
        n_results=Coalesce(Subquery(each.annotate(n=Count("pk")).values("n")), 0),
        # What a further ballot filled is open no longer, and what it settled is tied no longer.
        n_open=Subquery(each.annotate(n=_sum("open_seats", FIRST) - _sum("elected", ~FIRST)).values("n")),
        n_ties=Subquery(each.annotate(n=_sum("ties", EVERY) - Count("pk", filter=AGAIN)).values("n")),
        last_taken=Subquery(each.annotate(n=Max("taken_at")).values("n")),
        n_waiting=Coalesce(Subquery(waits.annotate(n=Count("pk")).values("n")), 0),
        opens=Subquery(congress.values("opens")[:1]),
        state=Subquery(congress.values("state")[:1]),
    )
    return rows


def standing(rows: QuerySet[Organisation], asked: str, term: Term | None) -> QuerySet[Organisation]:
    """Those that are so far as was asked."""
    here = Exists(Received.objects.filter(organisation=OuterRef("pk"), term=term, ended_at=None))
    waits = Exists(of_use(Parcel.objects.filter(organisation=OuterRef("pk"))))
    conditions = {Standing.HERE.value: Q(here), Standing.MISSING.value: ~Q(here), Standing.WAITS.value: Q(waits)}
    return rows.filter(conditions[asked]) if asked in conditions else rows


@dataclass(frozen=True)
class Progress:
    """How many congresses of a tier have results here."""

    tier: str
    held: int
    of: int

    @property
    def percent(self) -> str:
        """Of all, with two decimals, half up: "99.38"."""
        # Integers: 319 of 321 must be the same figure on every paper.
        hundredths = (self.held * 20_000 + self.of) // (2 * self.of)
        return f"{hundredths // 100}.{hundredths % 100:02d}"


def progress(viewer: Viewer, term: Term | None) -> list[Progress]:
    """By tier, the lowest first; every standing organisation of the viewer's part of the tree is one congress."""
    # One walk through the tree for all tiers: of a country it is the slowest thing on the page.
    here = Exists(Received.objects.filter(organisation=OuterRef("pk"), term=term, ended_at=None))
    rows = organisations.standing(organisations.visible(viewer, Right.SEE_ELECTIONS)).order_by().values("tier")
    counted = {row["tier"]: row for row in rows.annotate(n=Count("pk"), held=Count("pk", filter=Q(here)))}
    return [Progress(tier.value, counted[tier]["held"], counted[tier]["n"]) for tier in Tier if tier.value in counted]


def results_of(organisation: Organisation) -> QuerySet[Received]:
    """All results of one organisation, those that stand first, the newest congress first."""
    found = Received.objects.filter(organisation=organisation).select_related("parcel", "term")
    return found.order_by(F("ended_at").asc(nulls_first=True), "-opens", "round", "pk")
