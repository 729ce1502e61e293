"""The ballot of one contest: its plan, its PDF, and what the codes of each page say."""

from __future__ import annotations

from dataclasses import dataclass, field

from daihoi.interchange.terms import Election
from daihoi.papers.ballots.face import face_of
from daihoi.papers.ballots.paint import paint
from daihoi.papers.errors import NoCopiesError, RoundTooHighError
from daihoi.papers.typefaces import measure
from daihoi.rules.ballot import ballot_form
from daihoi.rules.edition import edition_for
from daihoi.rules.terms import Contest
from daihoi.sheet.identity import check_of, congress_tag, contest_tag, encode, printed_bytes
from daihoi.sheet.layout import plan_sheet
from daihoi.sheet.terms import Identity, SheetForm, SheetPlan
from daihoi.sheet.typeset import NO_BREAK

MOST_ROUNDS = 99


@dataclass(frozen=True)
class Prepared:
    """A ballot ready for printing and reading: `pdf` is one sheet, `identities[k]` what page k+1's codes say."""

    plan: SheetPlan
    pdf: bytes = field(repr=False)
    identities: tuple[Identity, ...]
    title: str = ""


def prepare(election: Election, contest: Contest, *, secret: bytes, rehearsal: bool) -> Prepared:
    """Lay out, key and draw the ballot. Figures, roll and board do not enter: they may be filled in later.

    Raises SheetError, PapersError, and RulesError when no edition is in force.
    """
    if contest.round > MOST_ROUNDS:
        raise RoundTooHighError(contest=contest.id, round=contest.round)
    congress = election.congress
    edition = edition_for(congress.opens, congress.edition).id.split("-")[0]
    form = SheetForm(ballot_form(contest).value)
    face = face_of(election, contest, form, rehearsal=rehearsal)
    facts: dict[str, str | int | bool] = {
        "contest": contest.id,
        "round": contest.round,
        "edition": edition,
        "rehearsal": rehearsal,
        "opens": congress.opens.isoformat(),
    }
    # Planned twice: the check covers where everything stands, so it is known only after a first plan without it.
    bare = plan_sheet(face, measure, payload=lambda _page, _pages: "")
    printed = printed_bytes(bare, face, facts)
    tag = congress_tag(congress.title, congress.organisation, congress.opens.isoformat())
    pages = len(bare.pages)
    identities = tuple(
        Identity(
            tag,
            contest_tag(contest.id),
            contest.round,
            edition,
            page,
            pages,
            rehearsal,
            check_of(secret, printed, page),
        )
        for page in range(1, pages + 1)
    )
    plan = plan_sheet(face, measure, payload=lambda page, _pages: encode(identities[page - 1]))
    title = f"{face.kind} - {face.title}".replace(NO_BREAK, " ")
    return Prepared(plan, paint(plan, 1, title), identities, title)


def copies(prepared: Prepared, n: int) -> bytes:
    """ballots.pdf: `n` equal sheets, each as many pages as the plan; NoCopiesError below one."""
    if n < 1:
        raise NoCopiesError(copies=n)
    return paint(prepared.plan, n, prepared.title)
