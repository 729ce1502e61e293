"""The result as the hall sees it, page by page."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_

RESULT = N_("RESULT OF THE ELECTION")
ROUND = N_("Round {round}")
FIGURES = N_("The figures of the ballot")
LABELS: Mapping[str, str] = {
    "base": N_("Base of the result"),
    "needed": N_("Votes needed to be elected"),
    "issued": N_("Ballots issued"),
    "collected": N_("Ballots collected"),
    "valid": N_("Valid ballots"),
    "invalid": N_("Ballots not valid"),
}
VOTES = N_("Votes in the order of the ballot")
ELECTED = N_("Elected")
ELECTED_OF = N_("{count} of {seats} elected, from the highest vote down")
NOBODY = N_("Nobody is elected in this round.")
LINE = N_("{votes} votes · {percent}")
HALF = N_("more than half: {needed}")
SHARE_OF = N_("Share of the base ({base})")
PAGE = N_("{page} of {pages}")
MARKS: Mapping[str, str] = {
    "elected": N_("ELECTED"),
    "alternate": N_("ALTERNATE"),
    "tied": N_("TIED"),
}
OPEN = N_("What is still to be decided")
TIE = N_("Equal votes at the last seat: {names}.")
SHORTFALL = N_("{missing} of {seats} seats are not filled yet.")
