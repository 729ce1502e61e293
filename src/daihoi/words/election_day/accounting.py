"""The accounting of ballot papers and the sheet that says whether everything adds up."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_

ACCOUNT = N_("ACCOUNT OF BALLOT PAPERS")
ABOUT = N_("election of {title}")
ROUND = N_("(round {round})")
COLUMNS = (N_("No."), N_("Ballot papers"), N_("Number"), N_("Checked against"))
PAPER = N_("Colour or paper of the ballots: {colour}.")
COUNTED = N_("Each figure was counted on the paper by two people, each without the other: {people}.")
LINES: Mapping[str, str] = {
    "printed": N_("Printed"),
    "issued": N_("Issued to voters"),
    "spoiled": N_("Spoiled, handed back and exchanged"),
    "unused": N_("Unused, counted and sealed"),
    "accounted": N_("Issued + spoiled + unused"),
    "collected": N_("Collected from the box"),
    "not_returned": N_("Issued and not collected"),
    "voided": N_("Of a voided form, all withdrawn"),
    "rehearsal": N_("Rehearsal ballots, destroyed before the vote"),
}
HOLDS = N_("agrees")
DIFFERS = N_("differs by {difference}")
OPEN = N_("not filled in yet")
ACCOUNTED = N_("The papers are accounted for: what was printed was issued, spoiled or left unused.")
NOT_ACCOUNTED = N_(
    "The papers are NOT accounted for. Count issued, spoiled and unused papers once more before the box is opened."
)
NOT_FILLED = N_("Figures are still missing; the places with dots are to be filled in by hand.")

RECONCILIATION = N_("RECONCILIATION SHEET")
FIGURES: Mapping[str, str] = {
    "present": N_("Present at the vote"),
    "printed": N_("Ballots printed"),
    "issued": N_("Ballots issued"),
    "spoiled": N_("Spoiled and exchanged"),
    "unused": N_("Unused"),
    "collected": N_("Ballots collected"),
    "scanned": N_("Ballots read by the machine"),
    "keyed": N_("Ballots keyed by two people"),
    "valid": N_("Valid ballots"),
    "invalid": N_("Ballots not valid"),
    "undecided": N_("Still to be decided"),
}
CHECKS_INTRO = N_("What must hold before anything is announced:")
CHECK_COLUMNS = (N_("No."), N_("Check"), N_("Figures"), N_("Result"))
COUNT = N_("Independent count, valid / not valid: {count}")
AGREES = N_("Agrees")
FAILS = N_("DIFFERS")
MISSING = N_("Missing")
TO_DO = N_("What to do:")
DO: Mapping[str, str] = {
    "printed_accounted": N_(
        "Count the issued, spoiled and unused papers once more; look on the tables and in the waste. Record in the "
        "minutes what remains unexplained."
    ),
    "issued_within_present": N_(
        "More ballots were issued than voters are present: stop the vote, count those present and the papers again, "
        "report to the presidium."
    ),
    "collected_within_issued": N_(
        "More ballots were collected than issued: stop, open no result, report to the presidium. Unless a single "
        "foreign ballot explains it, the presidium proposes to set the ballot aside and vote again."
    ),
    "valid_and_invalid_are_collected": N_(
        "Valid and invalid ballots do not add up to those collected: count the piles by hand, find the ballot that was "
        "read twice or not at all, let the board decide what is undecided."
    ),
    "votes_within_valid": N_("Somebody has more votes than there are valid ballots: count that contest again."),
    "sum_of_votes_within_valid_times_seats": N_(
        "Together there are more votes than the valid ballots allow: count that contest again."
    ),
    "scanned_is_collected": N_(
        "The machine has read another number than was counted by hand: compare batch by batch, scan the batch that "
        "differs again."
    ),
    "counts": N_("The independent counts differ: find the ballot in which they differ and look at the paper."),
}
MAY_ANNOUNCE = N_("Every line agrees. The result may be announced once the counting board has signed its minutes.")
MUST_STOP = N_("A line does not agree. Nothing is announced until it does.")
MUST_WAIT = N_("Figures are still missing. Nothing is announced until every line agrees.")

FIRST_COUNTER = N_("COUNTED BY (1)")
SECOND_COUNTER = N_("COUNTED BY (2)")
HEAD = N_("HEAD OF THE COUNTING BOARD")
OPERATOR = N_("OPERATOR")
PRESIDIUM = N_("FOR THE PRESIDIUM")
