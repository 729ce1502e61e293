"""Does a list of candidates keep the regulation: findings with clause and figures, never a sentence.

[190-QĐ/TW art. 14; art. 8.1 for the counting board; art. 18.1 for delegates]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from daihoi.rules.clauses import Edition, Topic
from daihoi.rules.names import in_order, plain
from daihoi.rules.reconciliation import RECONCILIATION_CHECKS
from daihoi.rules.settings import Settings
from daihoi.rules.terms import Candidate, CongressForm, Contest, Office, Override, Roll, RoundKind, Source


class Severity(StrEnum):
    """Whether a finding stops the ballot, is told, or was set aside by a named body."""

    REFUSE = "refuse"
    WARN = "warn"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True)
class ListFinding:
    """One breach or warning. `fields` hold the figures of its sentence; `override` who set it aside and why."""

    check: str
    severity: Severity
    clause: str
    fields: Mapping[str, object]
    override: Override | None = None


SURPLUS_OFFICES: Final = (Office.COMMITTEE, Office.STANDING_COMMITTEE)
SINGLE_SEAT_OFFICES: Final = (Office.SECRETARY, Office.INSPECTION_CHAIR)

# What each form usually elects; secretaries may be elected directly by a congress. [190-QĐ/TW art. 17-25]
OFFICES: Final[Mapping[CongressForm, tuple[Office, ...]]] = MappingProxyType(
    {
        CongressForm.DELEGATES: (Office.COMMITTEE, Office.SECRETARY, Office.DELEGATES),
        CongressForm.MEMBERS: (Office.COMMITTEE, Office.SECRETARY, Office.DEPUTY_SECRETARY, Office.DELEGATES),
        CongressForm.MEETING: (
            Office.STANDING_COMMITTEE,
            Office.SECRETARY,
            Office.DEPUTY_SECRETARY,
            Office.INSPECTION_COMMITTEE,
            Office.INSPECTION_CHAIR,
        ),
    }
)

# Rules of the regulation, which a named body may set aside on a document.
OVERRIDABLE_CHECKS: Final = (
    "candidates_exceed_seats",
    "surplus_within_limit",
    "support_over_30_percent",
    "board_member_on_list",
    "branch_minimum_three",
)
# Contradictions: without these no ballot can be counted, whoever signs.
FIXED_CHECKS: Final = (
    "seats_positive",
    "no_candidates",
    "candidate_twice",
    "alternates_only_for_delegates",
    "reballot_of_the_tied",
    "support_within_attending",
    "override_unknown_check",
    "override_not_possible",
    "override_incomplete",
)
WARNINGS: Final = (
    "prepared_surplus_band",
    "prepared_count",
    "support_not_given",
    "attending_not_given",
    "office_of_form",
    "surplus_other_office",
    "candidates_fewer_than_seats",
    "too_few_for_alternates",
    "single_seat_office",
    "names_not_told_apart",
    "order_of_names",
    "follows_not_given",
)


def check_list(
    contest: Contest,
    *,
    form: CongressForm,
    edition: Edition,
    settings: Settings,
    overrides: Sequence[Override],
    board_names: Sequence[str],
    roll: Roll | None,
) -> tuple[ListFinding, ...]:
    """Every finding on one list, refusals first; the list stands when none is a refusal.

    An override turns the refusal of its check into `overridden`. One that names no check, a check that cannot be
    overridden, or gives no body or no reason is itself a refusal. `roll` is None where it is not filled in yet.
    """
    findings = [
        *_override_findings(overrides, edition),
        *_form_findings(contest, edition),
        *_surplus_findings(contest, edition, settings),
        *_support_findings(contest, edition, settings, roll),
        *_people_findings(contest, edition, settings, board_names),
        *_body_findings(contest, form, edition, settings, roll),
    ]
    # Every check that can be overridden is a refusal; a warning stays a warning.
    usable = {one.check: one for one in overrides if one.check in OVERRIDABLE_CHECKS and _complete(one)}
    settled = [
        replace(finding, severity=Severity.OVERRIDDEN, override=usable[finding.check])
        if finding.check in usable
        else finding
        for finding in findings
    ]
    # sorted() is stable: within a severity the findings keep the order of the checks.
    return tuple(sorted(settled, key=lambda finding: finding.severity is not Severity.REFUSE))


def refusals(findings: Collection[ListFinding]) -> tuple[ListFinding, ...]:
    """The findings that stop the ballot."""
    return tuple(finding for finding in findings if finding.severity is Severity.REFUSE)


def surplus_limit(seats: int, settings: Settings) -> int:
    """The largest surplus allowed for that number of seats, rounded down, one at least if so set (question A13)."""
    limit = settings.surplus_limit_percent * seats // 100
    return max(1, limit) if settings.surplus_floor_one else limit


def support_is_enough(support: int, attending: int, settings: Settings) -> bool:
    """Whether the support EXCEEDS the share of those attending. [190-QĐ/TW art. 14.3]"""
    return 100 * support > settings.support_percent * attending


def _refuse(check: str, clause: str, **fields: object) -> ListFinding:
    return ListFinding(check, Severity.REFUSE, clause, fields)


def _warn(check: str, clause: str, **fields: object) -> ListFinding:
    return ListFinding(check, Severity.WARN, clause, fields)


def _override_findings(overrides: Sequence[Override], edition: Edition) -> Iterator[ListFinding]:
    for one in overrides:
        if one.check in RECONCILIATION_CHECKS or one.check in FIXED_CHECKS:
            yield _refuse("override_not_possible", edition.clause(Topic.COUNTING_BOARD), named=one.check)
        elif one.check not in OVERRIDABLE_CHECKS and one.check not in WARNINGS:
            known = ", ".join(OVERRIDABLE_CHECKS)
            yield _refuse("override_unknown_check", edition.clause(Topic.SURPLUS), named=one.check, known=known)
        elif not _complete(one):
            yield _refuse("override_incomplete", edition.clause(Topic.SURPLUS), named=one.check)


def _complete(override: Override) -> bool:
    return bool(override.by.strip() and override.reason.strip())


def _form_findings(contest: Contest, edition: Edition) -> Iterator[ListFinding]:
    """What no ballot could be made of."""
    clause = edition.clause(Topic.BALLOT_PAPER)
    if contest.seats < 1:
        yield _refuse("seats_positive", clause, seats=contest.seats)
    if not contest.candidates:
        yield _refuse("no_candidates", clause, seats=contest.seats)
    listed = Counter(candidate.id for candidate in contest.candidates)
    # Marks and votes are told by id: two people under one id would share their votes.
    for one in sorted(one for one in listed if listed[one] > 1):
        yield _refuse("candidate_twice", clause, candidate=one, times=listed[one])
    if contest.alternates and contest.office is not Office.DELEGATES:
        yield _refuse(
            "alternates_only_for_delegates",
            edition.clause(Topic.DELEGATES),
            office=contest.office,
            alternates=contest.alternates,
        )
    if contest.round_kind is not RoundKind.FIRST and contest.follows is None:
        yield _warn("follows_not_given", edition.clause(Topic.TIES), round_kind=contest.round_kind)


def _surplus_findings(contest: Contest, edition: Edition, settings: Settings) -> Iterator[ListFinding]:
    clause = edition.clause(Topic.SURPLUS)
    listed, seats = len(contest.candidates), contest.seats
    figures: dict[str, object] = {"candidates": listed, "seats": seats, "surplus": listed - seats}
    if contest.round_kind is RoundKind.TIE_REBALLOT:
        # The list is the tied and nobody else, two for one seat as a rule: no limit of surplus fits it.
        if listed <= seats:
            yield _refuse("reballot_of_the_tied", edition.clause(Topic.TIES), **figures)
        return
    limit = surplus_limit(seats, settings)
    if contest.office in SURPLUS_OFFICES:
        if listed <= seats:
            yield _refuse("candidates_exceed_seats", clause, **figures)
        if listed - seats > limit:
            yield _refuse("surplus_within_limit", clause, limit=limit, **figures)
        yield from _prepared_findings(contest, clause, settings)
        return
    # Official delegates and alternates stand on one list, so both count as places. [190-QĐ/TW art. 18.1]
    wanted = seats + contest.alternates
    if listed - wanted > surplus_limit(wanted, settings):
        yield _warn("surplus_other_office", clause, limit=surplus_limit(wanted, settings), **figures)
    if listed < seats:
        yield _warn("candidates_fewer_than_seats", clause, **figures)
    elif listed < wanted:
        yield _warn("too_few_for_alternates", edition.clause(Topic.DELEGATES), alternates=contest.alternates, **figures)


def _prepared_findings(contest: Contest, clause: str, settings: Settings) -> Iterator[ListFinding]:
    on_list = sum(candidate.source is Source.PREPARED for candidate in contest.candidates)
    prepared = on_list if contest.prepared is None else contest.prepared
    if prepared < on_list:
        yield _warn("prepared_count", clause, prepared=prepared, on_list=on_list)
    if contest.round_kind is not RoundKind.FIRST:
        # Nobody prepares a list for a further round; the congress makes it.
        return
    # For some sizes no whole number lies in the band (11 seats: 1.1 to 1.65), hence never more than a warning.
    surplus = 100 * (prepared - contest.seats)
    low, high = settings.prepared_low_percent, settings.prepared_high_percent
    if not low * contest.seats <= surplus <= high * contest.seats:
        yield _warn(
            "prepared_surplus_band",
            clause,
            prepared=prepared,
            seats=contest.seats,
            surplus=prepared - contest.seats,
            low=low,
            high=high,
        )


def _support_findings(
    contest: Contest, edition: Edition, settings: Settings, roll: Roll | None
) -> Iterator[ListFinding]:
    """More than 30 % support for those not on the prepared list, new in 190-QĐ/TW; not asked again in a re-ballot."""
    if edition.support_percent is None or contest.round_kind is RoundKind.TIE_REBALLOT:
        return
    clause = edition.clause(Topic.SUPPORT)
    outsiders = [candidate for candidate in contest.candidates if candidate.source is not Source.PREPARED]
    # Question A12: those present when support was taken; the roll at the vote is the nearest figure.
    present = roll.present if roll else None
    attending = present if contest.attending is None else contest.attending
    if contest.attending is None and {candidate.support for candidate in outsiders} - {None}:
        yield _warn("attending_not_given", clause, present=present)
    for candidate in outsiders:
        yield from _support_of(candidate, attending, clause, settings)


def _support_of(candidate: Candidate, attending: int | None, clause: str, settings: Settings) -> Iterator[ListFinding]:
    who: dict[str, object] = {"candidate": candidate.id, "name": candidate.name, "source": candidate.source}
    if candidate.support is None:
        yield _warn("support_not_given", clause, **who)
    elif attending is not None and candidate.support > attending:
        yield _refuse("support_within_attending", clause, support=candidate.support, attending=attending, **who)
    elif attending is not None and not support_is_enough(candidate.support, attending, settings):
        yield _refuse(
            "support_over_30_percent",
            clause,
            support=candidate.support,
            attending=attending,
            percent=settings.support_percent,
            needed=settings.support_percent * attending // 100 + 1,
            **who,
        )


def _people_findings(
    contest: Contest, edition: Edition, settings: Settings, board_names: Sequence[str]
) -> Iterator[ListFinding]:
    board = {plain(name) for name in board_names}
    for candidate in contest.candidates:
        if plain(candidate.name) in board:
            # A namesake is possible: then the presidium says so in an override.
            yield _refuse(
                "board_member_on_list",
                edition.clause(Topic.COUNTING_BOARD),
                candidate=candidate.id,
                name=candidate.name,
            )
    for group in _namesakes(contest.candidates):
        yield _warn(
            "names_not_told_apart",
            edition.clause(Topic.BALLOT_PAPER),
            name=group[0].name,
            candidates=", ".join(candidate.id for candidate in group),
        )
    ordered = in_order(contest.candidates, settings)
    if ordered != contest.candidates:
        first = next(
            place for place, pair in enumerate(zip(ordered, contest.candidates, strict=True)) if pair[0] != pair[1]
        )
        yield _warn(
            "order_of_names",
            edition.clause(Topic.NAME_ORDER),
            place=first + 1,
            name=contest.candidates[first].name,
            expected=ordered[first].name,
        )


def _namesakes(candidates: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    """Groups whose names are alike and whom no year of birth tells apart."""
    by_name: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        by_name.setdefault(plain(candidate.name), []).append(candidate)
    for group in by_name.values():
        years = [candidate.born.year for candidate in group if candidate.born is not None]
        if len(group) > 1 and (len(years) < len(group) or len(set(years)) < len(years)):
            yield tuple(group)


def _body_findings(
    contest: Contest, form: CongressForm, edition: Edition, settings: Settings, roll: Roll | None
) -> Iterator[ListFinding]:
    # Only a congress of all members can be that of a branch; a smaller one cannot meet to decide.
    if form is CongressForm.MEMBERS and roll is not None and roll.summoned < settings.branch_minimum:
        yield _refuse("branch_minimum_three", "Điều lệ Đ24 k1", summoned=roll.summoned, minimum=settings.branch_minimum)
    # Never refused: branches with few members and merged bodies have arrangements of their own.
    if contest.office not in OFFICES[form]:
        yield _warn("office_of_form", edition.clause(Topic.COMMITTEE), office=contest.office, form=form)
    if contest.office in SINGLE_SEAT_OFFICES and contest.seats > 1:
        yield _warn("single_seat_office", edition.clause(Topic.RESULT), office=contest.office, seats=contest.seats)
