"""Fictional elections whose ballots are printed in these tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

from daihoi.interchange.terms import Congress, Election
from daihoi.papers.ballots import Prepared, prepare
from daihoi.rules.terms import Candidate, CandidateId, CongressForm, Contest, ContestId, Office, PartialDate
from tests.sheet.samples import FAMILIES, GIVEN, LONGEST, MIDDLES

SECRET = bytes(range(32))
CONGRESS = Congress(
    title="Đại hội đại biểu Đảng bộ huyện Nà Lương lần thứ XXIII, nhiệm kỳ 2025 - 2030",
    organisation="Đảng bộ huyện Nà Lương",
    superior="Đảng bộ tỉnh Thanh Giang",
    place="Nà Lương",
    opens=date(2025, 6, 17),
    closes=date(2025, 6, 18),
    form=CongressForm.DELEGATES,
)
TITLE = "Bầu Ban Chấp hành Đảng bộ huyện Nà Lương khóa XXIII, nhiệm kỳ 2025 - 2030"


def people(names: int) -> tuple[Candidate, ...]:
    """Common and very long names, all born in different years so that equal names can be told apart."""
    told = [
        LONGEST[place // 12]
        if place % 12 == 4 and place < 84
        else f"{FAMILIES[place % 11]} {MIDDLES[place * 7 % 10]} {GIVEN[place * 5 % 13]}"
        for place in range(names)
    ]
    return tuple(
        Candidate(CandidateId(f"c{place + 1:03d}"), name, PartialDate(1900 + place)) for place, name in enumerate(told)
    )


def contest_of(names: int, *, seats: int) -> Contest:
    """A committee of so many seats."""
    return Contest(ContestId("bch"), Office.COMMITTEE, TITLE, seats, people(names))


def election_of(contest: Contest, congress: Congress = CONGRESS) -> Election:
    """An election of one contest, without figures."""
    return Election(congress, None, (contest,))


@cache
def ballot(names: int, *, agree: bool = False, rehearsal: bool = False) -> Prepared:
    """A prepared ballot: with surplus, or with as many names as seats."""
    contest = contest_of(names, seats=names if agree else max(1, names - 1))
    if names == 1 and not agree:
        # Nobody can be struck from a list of one by arithmetic; the geometry is still asked of that size.
        contest = replace(contest, seats=0)
    return prepare(election_of(contest), contest, secret=SECRET, rehearsal=rehearsal)
