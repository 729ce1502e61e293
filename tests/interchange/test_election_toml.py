"""What is written as ELECTION.toml is read again without a difference."""

from __future__ import annotations

import string
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from daihoi.interchange.election_file import load_election
from daihoi.interchange.election_toml import election_toml
from daihoi.interchange.terms import BoardMember, Congress, Election, MinutesFacts
from daihoi.rules.terms import (
    BallotFigures,
    Candidate,
    CandidateId,
    CongressForm,
    Contest,
    ContestId,
    Deduction,
    DeductionGround,
    Office,
    Override,
    PartialDate,
    Roll,
    RoundKind,
    Source,
)

_LETTERS = "aAđĐơƯ ệỡ\"'\\#=[]-.,0123456789" + string.ascii_letters
TEXTS = st.text(_LETTERS, min_size=1, max_size=30).map(lambda said: " ".join(said.split())).filter(bool)
OPTIONAL = st.one_of(st.just(""), TEXTS)
COUNTS = st.integers(0, 5000)
DAYS = st.dates(date(1930, 1, 1), date(2035, 12, 31))
BIRTHS = st.one_of(
    st.none(),
    st.integers(1930, 2010).map(PartialDate),
    st.builds(PartialDate, st.integers(1930, 2010), st.integers(1, 12)),
    DAYS.map(lambda day: PartialDate(day.year, day.month, day.day)),
)
FIGURES = st.none() | st.builds(BallotFigures, *[st.none() | COUNTS] * 5).filter(lambda one: one != BallotFigures())
ROLLS = st.none() | st.builds(
    Roll,
    COUNTS,
    COUNTS,
    st.lists(st.builds(Deduction, st.sampled_from(DeductionGround), COUNTS, OPTIONAL), max_size=3).map(tuple),
)


@st.composite
def contests(draw: st.DrawFn, number: int) -> Contest:
    people = draw(st.integers(1, 5))
    candidates = tuple(
        Candidate(
            CandidateId(f"c{one:02d}"), draw(TEXTS), draw(BIRTHS), draw(BIRTHS), draw(OPTIONAL),
            draw(st.sampled_from(Source)), draw(st.none() | COUNTS),
        )
        for one in range(people)
    )  # fmt: skip
    turn = draw(st.integers(1, 9))
    return Contest(
        id=ContestId(f"k{number}"),
        office=draw(st.sampled_from(Office)),
        title=draw(TEXTS),
        seats=draw(st.integers(1, 99)),
        candidates=candidates,
        round=turn,
        round_kind=draw(st.sampled_from(RoundKind)),
        follows=draw(st.none() | st.just(ContestId("earlier"))),
        alternates=draw(st.integers(0, 9)),
        prepared=draw(st.none() | COUNTS),
        attending=draw(st.none() | COUNTS),
        figures=draw(FIGURES),
    )


@st.composite
def elections(draw: st.DrawFn) -> Election:
    opens = draw(DAYS)
    congress = Congress(
        draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(TEXTS), opens, max(opens, draw(DAYS)),
        draw(st.sampled_from(CongressForm)), draw(OPTIONAL),
    )  # fmt: skip
    moments = st.none() | st.just(datetime(2026, 6, 10, 14, 5, tzinfo=UTC)) | TEXTS
    return Election(
        congress=congress,
        roll=draw(ROLLS),
        contests=tuple(draw(contests(number)) for number in range(draw(st.integers(1, 3)))),
        board=tuple(draw(st.lists(st.builds(BoardMember, TEXTS, TEXTS, OPTIONAL), max_size=3))),
        minutes=MinutesFacts(draw(st.none() | TEXTS), draw(moments), draw(moments), draw(st.integers(1, 9))),
        settings=draw(st.dictionaries(st.sampled_from(["support_percent", "surplus_floor_one"]), st.integers(1, 50))),
        overrides=tuple(draw(st.lists(st.builds(Override, TEXTS, TEXTS, TEXTS, TEXTS), max_size=2))),
    )


@given(elections())
def test_election_is_read_as_it_was_written(election: Election) -> None:
    assert load_election(election_toml(election), "election.toml") == election


def test_what_nobody_said_is_left_out() -> None:
    congress = Congress("Đại hội", "Đảng bộ", "Trên", "Nà Lương", date(2026, 6, 10), date(2026, 6, 11),
                        CongressForm.DELEGATES)  # fmt: skip
    contest = Contest(ContestId("bch"), Office.COMMITTEE, "Bầu", 1, (Candidate(CandidateId("c1"), "An"),))

    written = election_toml(Election(congress, None, (contest,))).decode()

    assert "roll" not in written
    assert "ballots" not in written
    assert "edition" not in written
