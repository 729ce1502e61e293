"""What the minutes refuse to print, and what they leave open."""

from __future__ import annotations

from daihoi.words.language import N_

SENTENCES: dict[str, str] = {
    "minutes.edition_without_basis": N_(
        "The minutes cite the regulation with its number and date, and none is known for the edition {edition}; "
        "name a known edition under [congress] edition."
    ),
    "minutes.candidate_not_listed": N_(
        "The result names {candidate}, who is not on the list of {contest}; count again from the same election file."
    ),
    "minutes.digest_malformed": N_(
        "The digest of the count is not 64 hexadecimal digits ({digest}); make the record again with count."
    ),
    "minutes.fact_missing": N_("{key} is not given in the election file: the minutes have a dotted line in its place."),
}
