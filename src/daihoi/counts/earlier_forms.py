"""Ballots of an earlier form of the same contest, printed and then voided: which of them a refused page is.

A form is voided when a name was misspelt or somebody withdrew after printing; the ballots of the next form bear other
checks. The reader refuses a page of an earlier form and tells the check that it found, and that check names the form.
Only a page refused as `other_form` tells one: of another congress, contest or round the reader tells no check, and a
separator slip keyed by the secret of an earlier form cannot be told from a stranger's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from daihoi.counts.forms import OwnForm
from daihoi.counts.grounds import grounds_of
from daihoi.interchange.election_file import load_election
from daihoi.reading.terms import Refusal, RefusalReason


@dataclass(frozen=True)
class EarlierForm:
    """A voided form: how people call it, and the checks of its pages."""

    name: str
    checks: frozenset[str]


def earlier_form(name: str, election: Path, contest: str, *, rehearsal: bool = False) -> EarlierForm:
    """The form that this election file printed, its secret beside it.

    Raises SecretMissing, UnknownContest, and the errors of interchange, rules, sheet and papers.
    """
    grounds = grounds_of(load_election(election.read_bytes(), election.name), contest)
    identities = OwnForm(election, grounds, rehearsal=rehearsal).identities
    return EarlierForm(name, frozenset(identity.check for identity in identities))


def form_of(refusal: Refusal | None, forms: Iterable[EarlierForm]) -> str:
    """The name of the earlier form that a refused page is of; empty for none of them."""
    if refusal is None or refusal.reason is not RefusalReason.OTHER_FORM:
        return ""
    # What the reader found is the edition, the page and, last, the check: 80 bits that no two forms share.
    said = refusal.found.split()
    return next((form.name for form in forms if said and said[-1] in form.checks), "")
