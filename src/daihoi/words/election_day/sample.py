"""The list of the ballots that a hand sample drew."""

from __future__ import annotations

from daihoi.words.language import N_

TITLE = N_("BALLOTS DRAWN FOR A COUNT BY HAND")
ABOUT = N_("election of {title}")
DRAWN = N_("Seed thrown in the hall: {seed}. {size} of {ballots} ballots were drawn from count {label}.")
DIGEST = N_("Count as it stood at the draw (SHA-256): {digest}.")
METHOD = N_(
    "Anybody can draw them again: for draw k take SHA-256 of the text {seed},k, read its 64 digits as one number, and "
    "take the remainder of its division by {ballots}, plus 1; a place that came before is passed over."
)
USE = N_(
    "Take each paper out of its pile, read every name aloud, and key it without looking at what the machine read. Lay "
    "it back in its place."
)
COLUMNS = (N_("No."), N_("Pile"), N_("Sheet"), N_("Ballot"), N_("Draw"), N_("Place"), N_("SHA-256 begins"), N_("Read"))
SIGNERS = (N_("WHO READS"), N_("WHO MARKS"), N_("HEAD OF THE COUNTING BOARD"))
