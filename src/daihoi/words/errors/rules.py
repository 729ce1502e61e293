"""Sentences for what `rules` refuses, for its findings on lists and for its checks of the papers."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "rules.error": N_("The election regulation does not allow this: {fields}."),
    "rules.edition": N_("No edition of the election regulation can be chosen."),
    "rules.no_edition_in_force": N_(
        "The congress opens on {opens}, before the first election regulation that this program knows ({first}). "
        "Correct [congress] opens."
    ),
    "rules.unknown_edition": N_(
        "[congress] edition names {named}, which is not known. Write one of {known}, or leave the line out."
    ),
    "rules.setting": N_("A value in [rules] cannot be used."),
    "rules.unknown_setting": N_("[rules] has no setting {name}. The settings are: {known}."),
    "rules.setting_out_of_range": N_("[rules] {name} = {value} is not allowed; allowed is {allowed}."),
    "rules.roll": N_("The roll gives no base."),
    "rules.count_out_of_range": N_("{field} is {value}; it must be at least {lowest}."),
    "rules.ground_of_another_form": N_(
        "The deduction {ground} in [[roll.deductions]] does not belong to the form {form}. Allowed are {allowed}."
    ),
    "rules.ground_not_deducted": N_(
        "The deduction {ground} in [[roll.deductions]] is switched off by {setting} = false in [rules]. "
        "Take out the one or the other."
    ),
    "rules.deduction_exceeds_roll": N_(
        "The deduction {ground} takes off {count}, but of {summoned} summoned only {left} are left. "
        "Correct [[roll.deductions]]."
    ),
    "rules.present_exceeds_roll": N_(
        "{present} are present, but of {summoned} summoned {absent} are deducted as absent, which leaves {possible}. "
        "Correct [roll] present or the deductions."
    ),
    "rules.nobody_in_base": N_(
        "The deductions take off all {summoned} summoned, so nobody could elect. Correct [[roll.deductions]]."
    ),
    "rules.marks": N_("These marks are not those of a ballot of this contest."),
    "rules.unknown_candidate": N_("There is a mark for {candidate}, who is not on the list of contest {contest}."),
    "rules.missing_mark": N_("The mark for {candidate} is missing; a ballot of contest {contest} needs one for each."),
    "rules.mark_of_another_form": N_(
        "The mark {mark} for {candidate} does not exist on a ballot of the form {form}. Allowed are {allowed}."
    ),
    "rules.ground_not_in_marks": N_(
        "{ground} cannot be decided for this ballot of contest {contest}: its marks do not give that ground. "
        "Correct the decision on the marks, or name what else makes the ballot invalid."
    ),
    "rules.votes": N_("These votes do not belong to the list of the contest."),
    "rules.votes_of_unknown_candidate": N_("There are votes for {candidate}, who is not on the list of {contest}."),
    "rules.votes_missing": N_(
        "The votes of {candidate} in contest {contest} are missing; write 0 where there are none."
    ),
}

FINDINGS: dict[str, str] = {
    "candidates_exceed_seats": N_(
        "{candidates} candidates for {seats} seats: the list of a committee or a standing committee must hold more "
        "candidates than seats."
    ),
    "surplus_within_limit": N_(
        "{candidates} candidates for {seats} seats are a surplus of {surplus}; at most {limit} is allowed."
    ),
    "support_over_30_percent": N_(
        "{name} ({source}) has the support of {support} of {attending} attending; more than {percent} % is needed, "
        "that is {needed} or more."
    ),
    "board_member_on_list": N_(
        "{name} is on the list and on the counting board. Replace the member of the board; a namesake is told apart "
        "by an override."
    ),
    "branch_minimum_three": N_("{summoned} official members are summoned; a branch needs at least {minimum}."),
    "seats_positive": N_("The number of seats is {seats}; it must be at least 1."),
    "no_candidates": N_("The list for {seats} seats is empty."),
    "candidate_twice": N_("{candidate} stands {times} times on the list; give every candidate an id of its own."),
    "alternates_only_for_delegates": N_(
        "{alternates} alternates for {office}: alternates exist only where delegates are elected."
    ),
    "reballot_of_the_tied": N_(
        "A re-ballot of the tied with {candidates} candidates for {seats} seats leaves nothing to decide; list all the "
        "tied and the seats open between them."
    ),
    "support_within_attending": N_(
        "{name} has the support of {support}, but only {attending} attended. Correct support or attending."
    ),
    "override_unknown_check": N_("[[overrides]] names the check {named}, which does not exist. It may be: {known}."),
    "override_not_possible": N_("[[overrides]] names {named}, which nobody can set aside."),
    "override_incomplete": N_("The override of {named} needs the body that decided (by) and its reason."),
    "prepared_surplus_band": N_(
        "The prepared list holds {prepared} for {seats} seats, a surplus of {surplus}; usual is {low} to {high} %."
    ),
    "prepared_count": N_("prepared = {prepared}, but {on_list} candidates are marked as prepared."),
    "support_not_given": N_("{name} ({source}) is not on the prepared list and no figure of support is given."),
    "attending_not_given": N_(
        "Support is given but not how many attended when it was taken; those present at the vote ({present}) are used."
    ),
    "office_of_form": N_("A body of the form {form} does not usually elect {office}."),
    "surplus_other_office": N_(
        "{candidates} candidates for {seats} seats are a surplus of {surplus}; more than {limit} is unusual."
    ),
    "candidates_fewer_than_seats": N_("{candidates} candidates for {seats} seats: some seats will stay empty."),
    "too_few_for_alternates": N_(
        "{candidates} candidates for {seats} seats and {alternates} alternates: some places will stay empty."
    ),
    "single_seat_office": N_("{seats} seats for {office}, of which there is one as a rule."),
    "names_not_told_apart": N_(
        "{candidates} all bear the name {name} and no year of birth tells them apart on the ballot. Give born."
    ),
    "order_of_names": N_("Line {place} of the list is {name}; by the order of names it would be {expected}."),
    "follows_not_given": N_("A round of the kind {round_kind} should say which contest it follows (follows)."),
}

CHECKS: dict[str, str] = {
    "printed_accounted": N_("Printed = issued + spoiled + unused"),
    "issued_within_present": N_("Issued at most as many as are present"),
    "collected_within_issued": N_("Collected at most as many as were issued"),
    "valid_and_invalid_are_collected": N_("Valid + invalid = collected"),
    "votes_within_valid": N_("Nobody has more votes than there are valid ballots"),
    "sum_of_votes_within_valid_times_seats": N_("All votes together at most valid ballots x names on a ballot"),
    "scanned_is_collected": N_("Scanned = collected"),
}
