"""The contests that a body of this form usually holds: their titles in Vietnamese, as ballots bear them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from daihoi.rules import terms
from daihoi.rules.lists import OFFICES
from daihoi.web.congresses.models import Congress
from daihoi.web.congresses.naming import committee_of, superior_of
from daihoi.web.elections import making
from daihoi.web.elections.choices import Office, SittingKind
from daihoi.web.elections.models import Sitting
from daihoi.web.organisations.choices import Kind, Tier

COMMITTEES = {Tier.PROVINCE: 53, Tier.ABOVE_GRASSROOTS: 39, Tier.GRASSROOTS: 15}
"""A number to begin with, by tier; the body decides its own."""
OF_BRANCH = 5
STANDING = 11
DEPUTIES = 2
INSPECTORS = 7
DELEGATES = 10


@dataclass(frozen=True)
class Usual:
    """One contest to be added: its title and a number to begin with."""

    office: Office
    title: str
    seats: int


def offices_of(sitting: Sitting) -> Iterator[Office]:
    """The offices in their order. A congress elects its secretary itself only where that was decided."""
    congress = sitting.congress
    if sitting.kind == SittingKind.INSPECTION:
        # The committee elects the chair; the inspection committee its vice-chairs. [244-QĐ/TW art. 27; ER 7]
        yield Office.INSPECTION_CHAIR
        return
    by_itself = {terms.Office.SECRETARY, terms.Office.DEPUTY_SECRETARY}
    branch = congress.organisation.kind == Kind.BRANCH
    for office in OFFICES[making.form_of(sitting)]:
        direct = sitting.kind == SittingKind.CONGRESS and office in by_itself
        if direct and not congress.elects_secretary and not branch:
            continue
        if sitting.kind == SittingKind.PLENUM and office is terms.Office.SECRETARY and congress.elects_secretary:
            continue
        yield Office(office.value)


def usual(sitting: Sitting) -> list[Usual]:
    """The contests that are not there yet."""
    there = set(sitting.contests.values_list("office", flat=True))
    return [Usual(one, *_of(sitting, one)) for one in offices_of(sitting) if one not in there]


def _of(sitting: Sitting, office: Office) -> tuple[str, int]:
    """Title on the ballot and number to begin with."""
    congress = sitting.congress
    committee, name = committee_of(congress), congress.organisation.name
    branch = congress.organisation.kind == Kind.BRANCH
    body = f"Chi ủy {name}" if branch else f"Ban Chấp hành {name}"
    if sitting.kind == SittingKind.INSPECTION:
        return f"Bầu Phó Chủ nhiệm Ủy ban Kiểm tra {committee}", DEPUTIES
    return {
        Office.COMMITTEE: (f"Bầu {body} nhiệm kỳ {_term(congress)}", _committee(congress, branch=branch)),
        Office.STANDING_COMMITTEE: (f"Bầu Ban Thường vụ {committee}", STANDING),
        Office.SECRETARY: (f"Bầu Bí thư {committee}", 1),
        Office.DEPUTY_SECRETARY: (f"Bầu Phó Bí thư {committee}", 1 if branch else DEPUTIES),
        Office.INSPECTION_COMMITTEE: (f"Bầu Ủy ban Kiểm tra {committee}", INSPECTORS),
        Office.INSPECTION_CHAIR: (f"Bầu Chủ nhiệm Ủy ban Kiểm tra {committee}", 1),
        Office.DELEGATES: (f"Bầu Đoàn đại biểu dự Đại hội {superior_of(congress)}", DELEGATES),
    }[office]


def _committee(congress: Congress, *, branch: bool) -> int:
    return OF_BRANCH if branch else COMMITTEES.get(Tier(congress.organisation.tier), COMMITTEES[Tier.PROVINCE])


def _term(congress: Congress) -> str:
    return " - ".join(part.strip() for part in congress.term.label.replace("–", "-").split("-"))
