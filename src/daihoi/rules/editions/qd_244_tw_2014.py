"""Quyết định 244-QĐ/TW of 9/6/2014: the election regulation until 10/10/2024, in 38 articles.

Article numbers that nobody read for us carry Tag.M and are printed as unconfirmed.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from daihoi.rules.clauses import Citation, Edition, Guidance, Tag, Topic

NUMBER = "244-QĐ/TW"

EDITION = Edition(
    id="244-QD-TW-2014",
    number=NUMBER,
    issued=date(2014, 6, 9),
    in_force_from=date(2014, 6, 9),
    guidance=(
        Guidance("04-HD/TW", date(2014, 10, 6)),
        Guidance("03-HD/TW", date(2020, 3, 20)),
    ),
    # Floor nominees went through an opinion ballot; no fixed share of support was found.
    support_percent=None,
    clauses=MappingProxyType(
        {
            Topic.RATIFICATION: Citation(NUMBER, 2, tag=Tag.M),
            Topic.VOTING_FORM: Citation(NUMBER, 3),
            # The credentials board stood in 29-QĐ/TW and 24-QĐ/TW, not in this regulation.
            Topic.COUNTING_BOARD: Citation(NUMBER, 7),
            Topic.NOMINATION_DISCIPLINE: Citation(NUMBER, 13),
            Topic.SURPLUS: Citation(NUMBER, 16, tag=Tag.M),
            Topic.PREPARED_LIST: Citation(NUMBER, 16, tag=Tag.M),
            Topic.NAME_ORDER: Citation(NUMBER, 0, tag=Tag.N),
            Topic.BALLOT_PAPER: Citation(NUMBER, 17, 1),
            Topic.BALLOT_VALIDITY: Citation(NUMBER, 17, 2, tag=Tag.P),
            Topic.COMMITTEE: Citation(NUMBER, 19, tag=Tag.N),
            Topic.DELEGATES: Citation(NUMBER, 20, tag=Tag.P),
            Topic.RESULT: Citation(NUMBER, 32),
            Topic.VOTES: Citation(NUMBER, 32, 1),
            Topic.BASE_MEMBERS: Citation(NUMBER, 32, 2),
            Topic.BASE_DELEGATES: Citation(NUMBER, 32, 3),
            Topic.BASE_MEETING: Citation(NUMBER, 32, 4, tag=Tag.M),
            # The paragraph is not known, only that the article on results holds it.
            Topic.RANKING: Citation(NUMBER, 32, tag=Tag.M),
            Topic.TIES: Citation(NUMBER, 32, tag=Tag.M),
            Topic.SHORTFALL: Citation(NUMBER, 20, 2, tag=Tag.N),
            Topic.COMPLAINTS: Citation(NUMBER, 35, tag=Tag.M),
            Topic.SANCTIONS: Citation(NUMBER, 36, tag=Tag.M),
            Topic.ARCHIVE: Citation(NUMBER, 37, tag=Tag.M),
        }
    ),
)
