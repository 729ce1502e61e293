"""Do the papers add up: printed, issued, collected, valid, invalid, votes. A failed check stops the result.

No check here can be overridden. [190-QĐ/TW art. 8.2 for issued and collected; question A8 for the stop]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from daihoi.rules.errors import CountOutOfRange
from daihoi.rules.terms import CandidateId

PRINTED_ACCOUNTED: Final = "printed_accounted"
ISSUED_WITHIN_PRESENT: Final = "issued_within_present"
COLLECTED_WITHIN_ISSUED: Final = "collected_within_issued"
VALID_AND_INVALID_ARE_COLLECTED: Final = "valid_and_invalid_are_collected"
VOTES_WITHIN_VALID: Final = "votes_within_valid"
SUM_OF_VOTES: Final = "sum_of_votes_within_valid_times_seats"
SCANNED_IS_COLLECTED: Final = "scanned_is_collected"

RECONCILIATION_CHECKS: Final = (
    PRINTED_ACCOUNTED,
    ISSUED_WITHIN_PRESENT,
    COLLECTED_WITHIN_ISSUED,
    VALID_AND_INVALID_ARE_COLLECTED,
    VOTES_WITHIN_VALID,
    SUM_OF_VOTES,
    SCANNED_IS_COLLECTED,
)


@dataclass(frozen=True)
class ReconciliationInput:
    """The figures of one contest. None: not filled in. `scanned` are the ballots that were read or keyed.

    `seats` is the most names a valid ballot may vote for (`ballot.most_names`). `undecided` ballots and
    `pending_pages` (refused pages that nobody has dealt with) are what a person must still decide.
    """

    present: int | None
    printed: int | None
    issued: int | None
    collected: int | None
    seats: int
    valid: int
    invalid: int
    votes: Mapping[CandidateId, int] = field(default_factory=dict)
    scanned: int | None = None
    spoiled: int = 0
    unused: int | None = None
    undecided: int = 0
    pending_pages: int = 0


@dataclass(frozen=True)
class Check:
    """One line. `holds` is None while a figure is missing or a decision that it hangs on is pending.

    `left` and `right` are the two figures compared; `detail` is the same as arithmetic in the words of
    ELECTION.toml and result.json, with the difference left - right where the check fails.
    """

    check: str
    holds: bool | None
    left: int | None
    right: int | None
    detail: str

    @property
    def difference(self) -> int | None:
        """left - right, or None while a figure is missing."""
        return None if self.left is None or self.right is None else self.left - self.right


def reconcile(figures: ReconciliationInput) -> tuple[Check, ...]:
    """Every check, always all of them and in the order of RECONCILIATION_CHECKS. Raises CountOutOfRange."""
    _check_counts(figures)
    return (
        _printed(figures),
        _at_most(ISSUED_WITHIN_PRESENT, "issued", figures.issued, "present", figures.present),
        _at_most(COLLECTED_WITHIN_ISSUED, "collected", figures.collected, "issued", figures.issued),
        _concluded(figures),
        _votes_each(figures),
        _votes_together(figures),
        _scanned(figures),
    )


def failed(checks: Iterable[Check]) -> tuple[Check, ...]:
    """The checks that stop the result."""
    return tuple(check for check in checks if check.holds is False)


def _printed(figures: ReconciliationInput) -> Check:
    used = _sum(figures.issued, figures.spoiled)
    total = _sum(used, figures.unused)
    text = (
        f"printed {_shown(figures.printed)}; issued {_shown(figures.issued)} + spoiled {figures.spoiled}"
        f" + unused {_shown(figures.unused)} = {_shown(total)}"
    )
    if total is None and used is not None and figures.printed is not None and used > figures.printed:
        # More went out than were printed: no number of unused papers can make that right.
        total = used
    holds = None if figures.printed is None or total is None else figures.printed == total
    return _check(PRINTED_ACCOUNTED, holds, figures.printed, total, text)


def _concluded(figures: ReconciliationInput) -> Check:
    total = figures.valid + figures.invalid
    text = f"valid {figures.valid} + invalid {figures.invalid} = {total}; collected {_shown(figures.collected)}"
    if figures.undecided:
        text += f"; undecided {figures.undecided}"
    # Each undecided ballot will be one or the other, so a total that is wrong with them stays wrong.
    known = total + figures.undecided
    holds: bool | None = None
    if figures.collected is not None:
        if known > figures.collected or (known < figures.collected and not figures.pending_pages):
            holds, total = False, known
        elif not figures.undecided and not figures.pending_pages:
            holds = True
    return _check(VALID_AND_INVALID_ARE_COLLECTED, holds, total, figures.collected, text)


def _votes_each(figures: ReconciliationInput) -> Check:
    # Undecided ballots can only add the same to both sides or to the valid alone: no need to wait for them.
    most = max(figures.votes.values(), default=0)
    who = next((one for one, votes in figures.votes.items() if votes == most), "")
    text = f"votes {who} {most}; valid {figures.valid}" if who else f"votes 0; valid {figures.valid}"
    return _check(VOTES_WITHIN_VALID, most <= figures.valid, most, figures.valid, text)


def _votes_together(figures: ReconciliationInput) -> Check:
    total = sum(figures.votes.values())
    limit = figures.valid * figures.seats
    text = f"votes {total}; valid {figures.valid} x {figures.seats} = {limit}"
    return _check(SUM_OF_VOTES, total <= limit, total, limit, text)


def _scanned(figures: ReconciliationInput) -> Check:
    text = f"scanned {_shown(figures.scanned)}; collected {_shown(figures.collected)}"
    holds: bool | None = None
    if figures.scanned is not None and figures.collected is not None:
        holds = figures.scanned == figures.collected
        if figures.pending_pages and figures.scanned <= figures.collected:
            # A page that waits for a person may yet be a ballot, or the one too many.
            holds = None
    if figures.pending_pages:
        text += f"; pages pending {figures.pending_pages}"
    return _check(SCANNED_IS_COLLECTED, holds, figures.scanned, figures.collected, text)


def _at_most(check: str, left_name: str, left: int | None, right_name: str, right: int | None) -> Check:
    holds = None if left is None or right is None else left <= right
    return _check(check, holds, left, right, f"{left_name} {_shown(left)}; {right_name} {_shown(right)}")


def _check(check: str, holds: bool | None, left: int | None, right: int | None, text: str) -> Check:
    if holds is False and left is not None and right is not None:
        text += f"; difference {left - right:+d}"
    return Check(check, holds, left, right, text)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def _shown(figure: int | None) -> str:
    return "?" if figure is None else str(figure)


def _check_counts(figures: ReconciliationInput) -> None:
    names = ("present", "printed", "issued", "collected", "scanned", "spoiled", "unused", "valid", "invalid")
    for name in (*names, "undecided", "pending_pages"):
        value = getattr(figures, name)
        if value is not None and value < 0:
            raise CountOutOfRange(field=name, value=value, lowest=0)
    if figures.seats < 1:
        raise CountOutOfRange(field="seats", value=figures.seats, lowest=1)
