"""Quyết định 190-QĐ/TW of 10/10/2024: the election regulation in force since that day, in 36 articles.

Articles 26 and 27 are about the Central Inspection Committee and its chair: no paper below the centre cites them.
"""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from daihoi.rules.clauses import Citation, Edition, Guidance, Tag, Topic

NUMBER = "190-QĐ/TW"

EDITION = Edition(
    id="190-QD-TW-2024",
    number=NUMBER,
    issued=date(2024, 10, 10),
    in_force_from=date(2024, 10, 10),
    guidance=(Guidance("04-HD/TW", date(2024, 12, 31)),),
    support_percent=30,
    clauses=MappingProxyType(
        {
            Topic.RATIFICATION: Citation(NUMBER, 2),
            Topic.VOTING_FORM: Citation(NUMBER, 3, tag=Tag.P),
            # New in this edition; only its title was read.
            Topic.CREDENTIALS_BOARD: Citation(NUMBER, 7, tag=Tag.N),
            Topic.COUNTING_BOARD: Citation(NUMBER, 8),
            # Read in 244-QĐ/TW; the number in this edition is not known.
            Topic.NOMINATION_DISCIPLINE: Citation(NUMBER, 13, tag=Tag.M),
            Topic.SURPLUS: Citation(NUMBER, 14, 1),
            Topic.PREPARED_LIST: Citation(NUMBER, 14, 2),
            Topic.SUPPORT: Citation(NUMBER, 14, 3),
            Topic.NAME_ORDER: Citation(NUMBER, 14, tag=Tag.N),
            Topic.BALLOT_PAPER: Citation(NUMBER, 15, 1, tag=Tag.P),
            # The list of invalid ballots in this edition could not be read; believed as in 244-QĐ/TW art. 17.2.
            Topic.BALLOT_VALIDITY: Citation(NUMBER, 15, 2, tag=Tag.M),
            Topic.COMMITTEE: Citation(NUMBER, 17, tag=Tag.N),
            Topic.DELEGATES: Citation(NUMBER, 18, 1, tag=Tag.P),
            Topic.RESULT: Citation(NUMBER, 30),
            Topic.VOTES: Citation(NUMBER, 30, 1),
            Topic.BASE_MEMBERS: Citation(NUMBER, 30, 2),
            # Paragraphs 3 and 4 are said to be kept from 244-QĐ/TW art. 32; they were not read.
            Topic.BASE_DELEGATES: Citation(NUMBER, 30, 3, tag=Tag.M),
            Topic.BASE_MEETING: Citation(NUMBER, 30, 4, tag=Tag.M),
            Topic.RANKING: Citation(NUMBER, 30, tag=Tag.M),
            Topic.TIES: Citation(NUMBER, 30, tag=Tag.M),
            # For delegates article 18 may say more; its end was not read.
            Topic.SHORTFALL: Citation(NUMBER, 30, tag=Tag.M),
            Topic.COMPLAINTS: Citation(NUMBER, 33, 1),
            Topic.SANCTIONS: Citation(NUMBER, 34),
            Topic.ARCHIVE: Citation(NUMBER, 35),
        }
    ),
)
