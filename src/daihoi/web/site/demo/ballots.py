"""The contests of Nà Lương with their lists ready to print: the committee, its secretary directly, the delegates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from daihoi.web.congresses.choices import BodyKind
from daihoi.web.congresses.models import Congress
from daihoi.web.elections.choices import HandSubject, Office, SittingKind, Source
from daihoi.web.elections.models import Contest
from daihoi.web.elections.services import lists, sittings
from daihoi.web.members.models import Person
from daihoi.web.site.demo.accounts import BY
from daihoi.web.site.demo.people import EX_OFFICIO

_COLOURS = {Office.COMMITTEE: "trắng", Office.SECRETARY: "vàng", Office.DELEGATES: "xanh"}
_ADDED = 5
"""Names beyond the 39 seats of the committee: 12.8 % in surplus."""
_DELEGATES, _ALTERNATES = 20, 2
_CARDS = {"present": 189, "agree": 187, "against": 0, "other": 2}
_INTRODUCED = (189, 188, 181)
"""Introduction ballots issued, valid, and for the one who is planned."""


def prepare(congress: Congress) -> None:
    """Open the congress as a body that votes; make, adopt and close its lists."""
    head = congress.body_members.filter(body=BodyKind.PRESIDIUM).order_by("pk").first()
    sitting = sittings.open_sitting(
        congress=congress, kind=SittingKind.CONGRESS, by=BY, chair=head.person.full_name if head else ""
    )
    lists.add_usual(sitting=sitting, by=BY)
    people = list(_may_stand(congress))
    chosen = {
        Office.COMMITTEE: people[: EX_OFFICIO + _ADDED],
        Office.SECRETARY: people[:1],
        Office.DELEGATES: people[: _DELEGATES + _ALTERNATES + 2],
    }
    for contest in sitting.contests.all():
        office = Office(contest.office)
        fields: dict[str, object] = {"paper_colour": _COLOURS[office]}
        if office == Office.DELEGATES:
            fields |= {"seats": _DELEGATES, "alternates": _ALTERNATES}
        lists.change_contest(contest=contest, by=BY, fields=fields)
        _list(contest, chosen[office])


def _may_stand(congress: Congress) -> Iterator[Person]:
    """Delegates in the order of their codes, without the counting board and whoever bears a name of it."""
    board = congress.body_members.filter(body=BodyKind.COUNTING)
    names = set(board.values_list("person__full_name", flat=True))
    for one in congress.delegates.select_related("person").order_by("person__code"):
        if one.person.full_name not in names:
            yield one.person


def _list(contest: Contest, people: Sequence[Person]) -> None:
    contest.refresh_from_db()
    lists.nominate_many(contest=contest, people=people, source=Source.PREPARED, by=BY)
    first = contest.nominations.get(person=people[0])
    if contest.office == Office.COMMITTEE:
        lists.describe(nomination=first, note="", proposer="", planned=True, by=BY)
    if contest.office == Office.SECRETARY:
        issued, valid, agreed = _INTRODUCED
        lists.note_opinions(contest=contest, issued=issued, valid=valid, agreed={first.key: agreed}, by=BY)
    for subject in (HandSubject.NUMBER, HandSubject.LIST):
        lists.vote_by_cards(contest=contest, subject=subject, cards=_CARDS, by=BY)
    lists.close_list(contest=contest, by=BY)
