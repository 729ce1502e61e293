"""The words of a comparison: kinds of passes, how piles lie, figures, and how passes differ about a paper."""

from __future__ import annotations

from collections.abc import Mapping

from daihoi.words.language import N_

PASS_KINDS: Mapping[str, str] = {
    "count": N_("scanned and counted"),
    "keyed_ballots": N_("keyed, every ballot"),
    "keyed_totals": N_("keyed, the totals alone"),
}

PILE_ORDERS: Mapping[str, str] = {
    "same": N_("in the same order"),
    "reversed": N_("in reversed order"),
    "mixed": N_("in another order"),
}

FIGURES: Mapping[str, str] = {
    "ballots": N_("ballots in the pile"),
    "issued": N_("ballots issued"),
    "collected": N_("ballots collected"),
    "valid": N_("valid ballots"),
    "invalid": N_("invalid ballots"),
    "base": N_("base of the percentages"),
}

NOT_READ = N_("not read")
ABSENT = N_("no such ballot")
