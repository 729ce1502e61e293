"""The test deck of a rehearsal and its report of one page."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_

DECK = N_("TEST DECK AND EXPECTED RESULT")
DECK_ABOUT = N_("rehearsal of the election of {title}")
DECK_INTRO = N_(
    "The deck has {ballots} ballots in this order. Scan it, decide as the last column says, then compare the result "
    "with the table of votes: every figure must be the same."
)
CASES = N_("1. The ballots")
CASE_COLUMNS = (
    N_("No."),
    N_("What it tries"),
    N_("How it is marked"),
    N_("What must come out"),
    N_("The board answers"),
)
KINDS: Mapping[str, str] = {
    "counted": N_("A clear ballot"),
    "untouched": N_("Nothing marked at all"),
    "all_struck": N_("Every name struck"),
    "one_too_many": N_("One name too many left"),
    "part": N_("Half a name struck"),
    "tick": N_("A tick on a name"),
    "circle": N_("A ring around a name"),
    "both": N_("Both squares marked"),
    "none": N_("Neither square marked"),
    "all_disagree": N_("Disagree to everybody"),
    "spot": N_("A spot of ink in a square"),
    "through": N_("One line through both squares"),
}
KEEPS = N_("Numbers left standing: {numbers}")
AGREES = N_("Agree to numbers: {numbers}")
DOUBT_ON = N_("{said}; look at number {number}")
NUMBERS_NONE = N_("none")
VALID = N_("valid, {count} votes")
INVALID = N_("not valid: {ground}")
NOT_ASKED = N_("is not asked")
VOTES = N_("2. The votes that must come out")
VOTE_COLUMNS = (N_("No."), N_("Family and given name"), N_("Votes"))
TOTALS = N_("{valid} ballots are valid, {invalid} are not; {asked} were for the board to decide.")
DESTROY = N_("After the rehearsal all these ballots are destroyed before two witnesses.")

REPORT = N_("REPORT OF THE REHEARSAL")
REPORT_LINE = N_("{contests} contests · {ballots} ballots")
CHECK_COLUMNS = (N_("No."), N_("What was checked"), N_("Result"), N_("What to mend"))
TIME_COLUMNS = (N_("Step"), N_("Taken"), N_("Target"), N_("Result"))
PASSED = N_("PASSED")
FAILED = N_("FAILED")
NOT_DONE = N_("not done")
CHECKS: Mapping[str, str] = {
    "printed_scale": N_("Ballots printed at 100 %, codes and corners whole"),
    "all_read": N_("Every ballot of the deck was read"),
    "marks_right": N_("Every mark was read as it was made"),
    "doubtful_asked": N_("Every doubtful mark was put before a person"),
    "invalid_found": N_("Every invalid ballot was found with its ground"),
    "foreign_refused": N_("A foreign ballot and a ballot of another contest were refused"),
    "votes_right": N_("The votes are those of the list"),
    "counts_agree": N_("The independent counts agree"),
    "figures_agree": N_("The reconciliation sheet holds"),
    "takeover": N_("The second laptop took over from the stick"),
    "power_cut": N_("After the power cut nothing was lost and nothing counted twice"),
    "minutes": N_("Minutes and result were printed"),
    "package": N_("The sealed package was verified"),
    "destroyed": N_("The rehearsal ballots were destroyed before two witnesses"),
}
MEND: Mapping[str, str] = {
    "printed_scale": N_("Switch “fit to page” off, change the drum or the paper, print again."),
    "all_read": N_("Look at the refused pages: scanner settings by the scanner test sheet, then scan again."),
    "marks_right": N_("Do not use this scanner: compare the images, clean the glass, try the other one."),
    "doubtful_asked": N_("Raise the resolution to 200 dpi or more, switch blank-page removal and despeckling off."),
    "invalid_found": N_("Compare the list of the deck with the ballots shown and call the technician."),
    "foreign_refused": N_(
        "Stop: the form is not recognised by its codes. Print the real form anew and rehearse again."
    ),
    "votes_right": N_("Find the ballot that differs with “compare counts” and look at the paper."),
    "counts_agree": N_("Find the ballot that differs; if the paper is right, teach the one who keyed it."),
    "figures_agree": N_("Do what the reconciliation sheet says under its line."),
    "takeover": N_("Try the stick and the board's passphrase again; who holds the key must be in the hall."),
    "power_cut": N_("Use another disk; do not work from the stick."),
    "minutes": N_("Install the printer on both laptops and print a page on each."),
    "package": N_("Seal again; keep the package and its digest and call the technician."),
    "destroyed": N_("Destroy them tonight: none may lie in the hall tomorrow."),
}
STEPS: Mapping[str, str] = {
    "print": N_("Printing the ballots"),
    "scan": N_("Scanning all ballots"),
    "decide": N_("Deciding what was doubtful"),
    "key": N_("Keying one batch of 50 by two people"),
    "result": N_("From the last sheet to the result"),
    "minutes": N_("From the result to signed minutes"),
    "takeover": N_("Take-over by the second laptop"),
}
ALL_PASSED = N_("PASSED. The hall is ready for the election.")
NOT_PASSED = N_("NOT PASSED: {count} point(s) to mend, then rehearse these again.")
INCOMPLETE = N_("INCOMPLETE: {count} point(s) were not tried.")
OPERATOR = N_("OPERATOR")
HEAD = N_("HEAD OF THE COUNTING BOARD")
