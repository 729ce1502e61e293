"""The papers of the day, made from the database; whoever may not see personnel data prints without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from daihoi.papers.congress import badge_docx, badge_pdf, terms
from daihoi.papers.congress.badges import SIZES, Badge, badges_of, badges_of_guests
from daihoi.papers.congress.credentials import CredentialsReport, credentials_report
from daihoi.papers.congress.groups import group_lists
from daihoi.papers.congress.invitation import invitations
from daihoi.papers.congress.notice import notice
from daihoi.papers.congress.place_cards import PlaceCard, place_cards
from daihoi.papers.congress.seat_plan import seat_plan
from daihoi.papers.congress.summons import summonses
from daihoi.papers.congress.terms import Files
from daihoi.papers.errors import NothingToPrintError, TextTooLongError
from daihoi.rules.credentials.terms import Category, Delegate, UnitId
from daihoi.web.congresses import attendance, queries
from daihoi.web.congresses.choices import BodyKind, Paper
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.naming import committee_of, superior_of, title_of

OF_DELEGATES = (Paper.SUMMONS, Paper.BADGE_SHEET, Paper.BADGE_CARD, Paper.PLACE_CARD)
"""Papers that may be made of single people too; badges and invitations also of guests."""
OF_GUESTS = (Paper.INVITATION, Paper.BADGE_SHEET, Paper.BADGE_CARD, Paper.PLACE_CARD)
POST_ON_REPORT = "TRƯỞNG BAN"


@dataclass(frozen=True)
class Asked:
    """What a paper is made of: the day and number it bears, the size of a badge, single people by key (none: all)."""

    on: date
    number: str = ""
    size: str = "90x54"
    people: tuple[str, ...] = ()

    def kept(self) -> dict[str, object]:
        """As it is kept with the printing."""
        return {"on": self.on.isoformat(), "number": self.number, "size": self.size, "people": list(self.people)}

    @staticmethod
    def of(kept: Mapping[str, object]) -> Asked:
        """From what was kept."""
        people = kept.get("people")
        return Asked(
            date.fromisoformat(str(kept["on"])), str(kept["number"]), str(kept["size"]),
            tuple(str(one) for one in people) if isinstance(people, list) else (),
        )  # fmt: skip


@dataclass(frozen=True)
class Stock:
    """Everything a paper can be made of, read once."""

    congress: Congress
    asked: Asked
    delegates: list[Delegate]
    units: dict[UnitId, str]
    guests: list[terms.Guest]
    personnel: bool

    @property
    def head(self) -> terms.Congress:
        """The congress as papers know it."""
        congress = self.congress
        sessions = tuple(terms.Session(one.name, timezone.localtime(one.starts_at)) for one in congress.sessions.all())
        place = congress.organisation.place_name or congress.organisation.called
        return terms.Congress(
            superior=superior_of(congress), organisation=congress.organisation.name, committee=committee_of(congress),
            title=title_of(congress), place=place, venue=congress.venue, sessions=sessions,
        )  # fmt: skip

    @property
    def issue(self) -> terms.Issue:
        """Day, number and signature."""
        congress = self.congress
        signatory = terms.Signatory(
            congress.signatory_authority or f"T/M {committee_of(congress).upper()}",
            congress.signatory_post or "BÍ THƯ", congress.signatory_name,
        )  # fmt: skip
        return terms.Issue(self.asked.on, signatory, self.asked.number)


def stock(congress: Congress, asked: Asked, *, personnel: bool) -> Stock:
    """Read what papers are made of; where single people are asked for, those alone."""
    delegates, units = attendance.as_terms(congress, personnel=personnel)
    guests = list(queries.guests(congress))
    # By the keys on the paper that was asked for: one badge again must not print two hundred.
    if asked.people:
        delegates = [one for one in delegates if one.id in asked.people]
        guests = [one for one in guests if one.key in asked.people]
    return Stock(
        congress,
        asked,
        delegates,
        {unit.id: unit.name for unit in units},
        [
            terms.Guest(
                one.full_name, post=one.title, organisation=one.organisation_name, rank=one.precedence, code=one.code,
                seat=one.seat,
            )
            for one in guests
        ],
        personnel,
    )  # fmt: skip


def copies(paper: Paper, held: Stock) -> int:
    """Of how many people, units or groups the paper tells."""
    if paper is Paper.SUMMONS:
        return len(_summoned(held))
    if paper is Paper.INVITATION:
        return len(held.guests)
    if paper in OF_DELEGATES:
        return len(held.delegates) + len(held.guests)
    return 1


def make(paper: Paper, held: Stock) -> Files:
    """Both files of a paper. Raises the errors of `papers.errors`; NothingToPrintError where nobody is on it."""
    if not copies(paper, held):
        raise NothingToPrintError(paper=str(Paper(paper).label))
    return _MAKERS[paper](held)


def _summoned(held: Stock) -> Sequence[Delegate]:
    """Delegates and alternates in the order of names; who was replaced is summoned no more."""
    # The alternate who stepped in is summoned in their place.
    replaced = {one.replaces for one in held.delegates if one.replaces}
    return [one for one in held.delegates if one.id not in replaced]


def _summons(held: Stock) -> Files:
    return summonses(held.head, held.issue, _summoned(held), held.units)


def _invitation(held: Stock) -> Files:
    return invitations(held.head, held.issue, held.guests)


def _badges(held: Stock) -> tuple[Badge, ...]:
    return (*badges_of(_summoned(held), held.units), *badges_of_guests(held.guests))


def _badge_sheet(held: Stock) -> Files:
    badges, size = _badges(held), SIZES[held.asked.size]
    title = held.head.title
    return Files(badge_docx.badge_sheets_docx(badges, title, size), badge_pdf.badge_sheets(badges, title, size))


def _badge_card(held: Stock) -> Files:
    badges, size = _badges(held), SIZES[held.asked.size]
    title = held.head.title
    return Files(badge_docx.badge_cards_docx(badges, title, size), badge_pdf.badge_cards(badges, title, size))


def _place_card(held: Stock) -> Files:
    official = [one for one in _summoned(held) if one.category is not Category.ALTERNATE or one.replaces]
    cards = [PlaceCard(one.person.name, one.person.post or held.units.get(one.unit, "")) for one in official]
    return place_cards([*cards, *(PlaceCard(one.name, one.post or one.organisation) for one in held.guests)])


def _seat_plan(held: Stock) -> Files:
    blocks = queries.hall_rows(held.congress)
    hall = terms.Hall(
        held.congress.venue,
        tuple(
            terms.SeatBlock(tuple(terms.SeatRow(row[0].rstrip("0123456789"), tuple(row)) for row in block))
            for block in blocks
        ),
    )
    official = [one for one in _summoned(held) if one.category is not Category.ALTERNATE or one.replaces]
    sitters = [terms.Sitter(one.seat, one.person.name, one.group) for one in official]
    sitters += [terms.Sitter(one.seat, one.name, "Khách mời") for one in held.guests if one.seat]
    try:
        return seat_plan(hall, sitters, held.head.title)
    except TextTooLongError:
        # Names that fit no seat of A4 are given the larger sheet.
        return seat_plan(hall, sitters, held.head.title, "A3")


def _group_list(held: Stock) -> Files:
    groups = [terms.DelegateGroup(str(one), room=one.room) for one in held.congress.groups.all()]
    official = [one for one in _summoned(held) if one.category is not Category.ALTERNATE or one.replaces]
    return group_lists(held.head, held.issue, groups, official, held.units)


def _allocation(held: Stock) -> Files:
    lines = [
        terms.AllocationLine(
            one.unit.name, one.unit.official_members, one.ex_officio, one.elected, one.designated, one.alternates
        )
        for one in queries.allocation(held.congress)
    ]
    if not lines:
        raise NothingToPrintError(paper=str(Paper.ALLOCATION.label))
    return notice(held.head, held.issue, lines)


def _credentials(held: Stock) -> Files:
    board = queries.bodies(held.congress).filter(body=BodyKind.CREDENTIALS).first()
    # Without a head the line stays open for a pen.
    name = board.person.full_name if board and board.post == "head" else ""
    issue = terms.Issue(held.asked.on, terms.Signatory("", POST_ON_REPORT, name), held.asked.number)
    return credentials_report(
        CredentialsReport(held.head, issue, attendance.figures_of(held.congress, held.asked.on), held.units)
    )


_MAKERS: Mapping[Paper, Callable[[Stock], Files]] = {
    Paper.SUMMONS: _summons,
    Paper.INVITATION: _invitation,
    Paper.BADGE_SHEET: _badge_sheet,
    Paper.BADGE_CARD: _badge_card,
    Paper.PLACE_CARD: _place_card,
    Paper.SEAT_PLAN: _seat_plan,
    Paper.GROUP_LIST: _group_list,
    Paper.ALLOCATION: _allocation,
    Paper.CREDENTIALS: _credentials,
}
