"""Which edition of the election regulation applies to a congress."""

from __future__ import annotations

from datetime import date
from typing import Final

from daihoi.rules.clauses import Citation, Edition, Guidance, Tag, Topic
from daihoi.rules.editions import qd_190_tw_2024, qd_244_tw_2014
from daihoi.rules.errors import NoEditionInForce, UnknownEdition

__all__ = ["EDITIONS", "Citation", "Edition", "Guidance", "Tag", "Topic", "edition_for"]

# Oldest first: the last one that was in force on the opening day applies.
EDITIONS: Final = (qd_244_tw_2014.EDITION, qd_190_tw_2024.EDITION)


def edition_for(opens: date, named: str = "") -> Edition:
    """The edition for a congress that opens on that day, or the one that is named by its id.

    Raises NoEditionInForce for an opening before the first edition, named or not, and UnknownEdition.
    """
    if opens < EDITIONS[0].in_force_from:
        raise NoEditionInForce(opens=opens, first=EDITIONS[0].in_force_from)
    # A rehearsal or an old file may ask for another edition than its date gives.
    if named:
        for edition in EDITIONS:
            if edition.id == named:
                return edition
        raise UnknownEdition(named=named, known=[edition.id for edition in EDITIONS])
    return [edition for edition in EDITIONS if edition.in_force_from <= opens][-1]
