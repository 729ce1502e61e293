"""Sheets for a count by hand, and the entry log."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_

SHEET = N_("TALLY SHEET FOR A COUNT BY HAND")
TOTALS = N_("TOTALS OF ALL BATCHES")
BATCH = N_("Batch {batch} of {batches} · ballots {first} to {last}")
PAGE = N_("page {page}/{pages}")
FACTS = N_("To elect: {seats} · names: {candidates} · ballots to count: {ballots}")
HOW_STRIKE = N_(
    "One reads each ballot aloud, the other marks; a third checks. One stroke for each name LEFT STANDING. An invalid "
    "ballot gets one stroke in its row and none beside the names."
)
HOW_AGREE = N_(
    "One reads each ballot aloud, the other marks; a third checks. One stroke for each name with an X under AGREE "
    "alone. An invalid ballot gets one stroke in its row and none beside the names."
)
STROKES = N_("Five strokes fill a box:")
NAME = N_("Family and given name")
TOTAL = N_("Total")
CARRIED = N_("Sum")
NUMBER = N_("No.")
VALID = N_("Ballots VALID")
INVALID = N_("Ballots NOT VALID")
COLLECTED = N_("Ballots in the batch")
READER = N_("WHO READS")
WRITER = N_("WHO MARKS")
HEAD = N_("HEAD OF THE COUNTING BOARD")
CONTROL = N_("Valid + not valid must be the ballots of the batch; nobody's total may exceed the valid ballots.")

LOG = N_("ENTRY LOG OF BALLOTS")
LOG_ABOUT = N_("{title} · {rows} entries")
LOG_COLUMNS = (N_("No."), N_("Ballot"), N_("Entered by way of"), N_("Votes for numbers"), N_("By"), N_("Time"))
SOURCES: Mapping[str, str] = {
    "scanner_a": N_("Scanner A"),
    "scanner_b": N_("Scanner B"),
    "scanner_c": N_("Scanner C"),
    "keyed": N_("Keyed"),
    "decided": N_("Decision of the board"),
    "tally": N_("Tally sheet"),
    "hand": N_("Hand sample"),
    "outcome": N_("What counts"),
}
GROUND = N_("NOT VALID: {ground}")
NOBODY = N_("nobody")
LOG_END = N_("The log has {rows} entries. Printed and filed with the minutes.")
LOG_EMPTY = N_("Nothing has been entered.")
