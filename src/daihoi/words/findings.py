"""Sentences for what `rules` finds: a list that breaks the regulation, papers that do not add up.

tests/words/test_findings.py holds every check of `rules.lists` and `rules.reconciliation` to an entry here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from daihoi.rules.lists import ListFinding, Severity
from daihoi.words.language import N_, _

LIST_CHECKS: Mapping[str, str] = {
    "candidates_exceed_seats": N_(
        "{candidates} candidates for {seats} seats: the list must have more candidates than seats"
    ),
    "surplus_within_limit": N_(
        "{candidates} candidates for {seats} seats are a surplus of {surplus}; at most {limit} are allowed"
    ),
    "support_over_30_percent": N_(
        "{name} ({candidate}) has the support of {support} of {attending}; more than {percent} % are needed, that is "
        "{needed}"
    ),
    "board_member_on_list": N_("{name} ({candidate}) stands on the list and sits on the counting board"),
    "branch_minimum_three": N_("{summoned} official members; a branch needs at least {minimum}"),
    "seats_positive": N_("{seats} seats: there is nobody to elect"),
    "no_candidates": N_("{seats} seats and no candidate"),
    "candidate_twice": N_("the id {candidate} stands {times} times"),
    "alternates_only_for_delegates": N_(
        "{alternates} alternates for the office {office}; only delegates have alternates"
    ),
    "reballot_of_the_tied": N_("a re-ballot of {candidates} for {seats} seats: more candidates than seats are needed"),
    "support_within_attending": N_("{name} ({candidate}) has the support of {support}, but only {attending} attended"),
    "override_unknown_check": N_("an override names {named}, which is no check; the checks are: {known}"),
    "override_not_possible": N_("an override names {named}, which nobody can set aside"),
    "override_incomplete": N_("the override of {named} does not say who decided it (by) and why (reason)"),
    "prepared_surplus_band": N_(
        "{prepared} prepared for {seats} seats are a surplus of {surplus}; {low} to {high} % of the seats is usual"
    ),
    "prepared_count": N_("prepared = {prepared}, but {on_list} of the list have the source prepared"),
    "support_not_given": N_("{name} ({candidate}) was not prepared, and support is not given"),
    "attending_not_given": N_("attending is not given; support is measured by the {present} present at the vote"),
    "office_of_form": N_("a congress or meeting of the form {form} does not usually elect the office {office}"),
    "surplus_other_office": N_("{candidates} candidates for {seats} seats; a surplus of at most {limit} is usual"),
    "candidates_fewer_than_seats": N_("{candidates} candidates for {seats} seats: not every seat can be filled"),
    "too_few_for_alternates": N_("{candidates} candidates for {seats} seats and {alternates} alternates"),
    "single_seat_office": N_("{seats} seats for the office {office}, which one person holds"),
    "names_not_told_apart": N_("{candidates} are all called {name}, and no year of birth tells them apart"),
    "order_of_names": N_("in place {place} stands {name}; in the order of names it would be {expected}"),
    "follows_not_given": N_("a ballot of the kind {round_kind} does not say which contest it follows (follows)"),
}

RECONCILIATION: Mapping[str, str] = {
    "printed_accounted": N_("printed = issued + spoiled + unused"),
    "issued_within_present": N_("not more issued than present"),
    "collected_within_issued": N_("not more collected than issued"),
    "valid_and_invalid_are_collected": N_("valid + invalid = collected"),
    "votes_within_valid": N_("nobody has more votes than there are valid ballots"),
    "sum_of_votes_within_valid_times_seats": N_("all votes together at most valid x seats"),
    "scanned_is_collected": N_("scanned = collected"),
}

# The words of a check's arithmetic, which result.json spells in English for every reader alike.
FIGURES: Mapping[str, str] = {
    "printed": N_("printed"),
    "issued": N_("issued"),
    "spoiled": N_("spoiled"),
    "unused": N_("unused"),
    "present": N_("present"),
    "collected": N_("collected"),
    "scanned": N_("scanned"),
    "valid": N_("valid"),
    "invalid": N_("invalid"),
    "undecided": N_("undecided"),
    "votes": N_("votes"),
    "pages pending": N_("pages pending"),
    "difference": N_("difference"),
}

_WORDS = re.compile("|".join(rf"\b{word}\b" for word in sorted(FIGURES, key=len, reverse=True)))

OVERRIDDEN = N_("{finding} [{clause}]. Set aside by {by}: {reason}")
FOUND = N_("{finding} [{clause}]")


def list_finding(finding: ListFinding) -> str:
    """What is wrong with the list, with the clause and the figures; who set it aside, where somebody did."""
    words = _(LIST_CHECKS[finding.check]).format(**finding.fields)
    override = finding.override
    if finding.severity is Severity.OVERRIDDEN and override is not None:
        return _(OVERRIDDEN).format(finding=words, clause=finding.clause, by=override.by, reason=override.reason)
    return _(FOUND).format(finding=words, clause=finding.clause)


def reconciliation_check(check: str, detail: str) -> str:
    """A check of result.json's `reconciliation` with its arithmetic: "scanned = collected: scanned 3; collected 4"."""
    name = _(RECONCILIATION[check]) if check in RECONCILIATION else check
    return f"{name}: {_WORDS.sub(lambda found: _(FIGURES[found[0]]), detail)}"
