"""Contests, ballots, rolls and names as hypothesis draws them."""

from __future__ import annotations

from hypothesis import strategies as st

from daihoi.rules.ballot import FORM_MARKS, ballot_form
from daihoi.rules.base import GROUNDS
from daihoi.rules.terms import (
    Candidate,
    CandidateId,
    CongressForm,
    Contest,
    ContestId,
    Deduction,
    Mark,
    Office,
    PartialDate,
    Roll,
    RoundKind,
)

Marks = dict[CandidateId, Mark]

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Đỗ", "Hoàng", "Vũ", "Ksor", "H'Bơ", "Y", "Lò", "Ă")
MIDDLE = ("Văn", "Thị", "Hữu", "Đình", "Thanh Thủy", "H’", "", "Niê", "Bơ")
GIVEN = ("An", "Án", "Ân", "Ấn", "Bình", "Bính", "Dũng", "Đức", "Đạt", "Hòa", "Hoà", "Ươm", "Ý", "Kđăm", "Khăp", "Y")


@st.composite
def names(draw: st.DrawFn) -> str:
    """Names with one to five words, Vietnamese and of the Central Highlands."""
    parts = (draw(st.sampled_from(FAMILY)), draw(st.sampled_from(MIDDLE)), draw(st.sampled_from(GIVEN)))
    return " ".join(part for part in draw(st.sampled_from((parts, parts[:1], (parts[0], parts[2])))) if part)


partial_dates = st.builds(PartialDate, st.integers(1940, 2005), st.integers(0, 12), st.integers(0, 28))


@st.composite
def contests(
    draw: st.DrawFn,
    *,
    candidates: tuple[int, int] = (1, 9),
    seats: tuple[int, int] = (1, 9),
    offices: tuple[Office, ...] = (Office.COMMITTEE, Office.SECRETARY, Office.DELEGATES),
    kinds: tuple[RoundKind, ...] = tuple(RoundKind),
) -> Contest:
    """Contests with any relation of list and seats; alternates only where delegates are elected."""
    office = draw(st.sampled_from(offices))
    number = draw(st.integers(*candidates))
    return Contest(
        id=ContestId("c"),
        office=office,
        title="Bầu cử",
        seats=draw(st.integers(*seats)),
        candidates=tuple(Candidate(CandidateId(f"c{place:02d}"), f"Người {place}") for place in range(1, number + 1)),
        round_kind=draw(st.sampled_from(kinds)),
        alternates=draw(st.integers(0, 4)) if office is Office.DELEGATES else 0,
    )


def marks_for(contest: Contest, *, doubtful: bool = True) -> st.SearchStrategy[Marks]:
    """One ballot of a contest: every candidate with a word of its form, doubtful ones only if asked for."""
    words = [mark for mark in FORM_MARKS[ballot_form(contest)] if doubtful or mark is not Mark.DOUBTFUL]
    return st.fixed_dictionaries({candidate.id: st.sampled_from(words) for candidate in contest.candidates})


@st.composite
def contests_with_ballots(draw: st.DrawFn, *, doubtful: bool = True, most: int = 10) -> tuple[Contest, list[Marks]]:
    """A contest and a pile of its ballots."""
    contest = draw(contests())
    return contest, draw(st.lists(marks_for(contest, doubtful=doubtful), max_size=most))


@st.composite
def contests_with_votes(
    draw: st.DrawFn, *, kinds: tuple[RoundKind, ...] = tuple(RoundKind)
) -> tuple[Contest, dict[CandidateId, int], int]:
    """A contest, a base, and votes that do not pass it; few different figures, so that ties are common."""
    contest = draw(contests(kinds=kinds))
    base = draw(st.integers(1, 24))
    votes = draw(st.fixed_dictionaries({one.id: st.integers(0, base) for one in contest.candidates}))
    return contest, votes, base


@st.composite
def contests_with_ties(draw: st.DrawFn) -> tuple[Contest, dict[CandidateId, int], int]:
    """A first round whose last seats are tied: so many above the tied, and those above and tied past half."""
    above, seats, extra = draw(st.integers(0, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    below, base = draw(st.integers(0, 3)), draw(st.integers(4, 24))
    level = draw(st.integers(base // 2 + 1, base - 1))
    figures = [draw(st.integers(level + 1, base)) for _ in range(above)]
    figures += [level] * (seats + extra) + [draw(st.integers(0, level - 1)) for _ in range(below)]
    number = len(figures)
    contest = draw(
        contests(candidates=(number, number), seats=(above + seats, above + seats), kinds=(RoundKind.FIRST,))
    )
    mixed = draw(st.permutations(figures))
    return contest, {one.id: votes for one, votes in zip(contest.candidates, mixed, strict=True)}, base


@st.composite
def rolls(draw: st.DrawFn, form: CongressForm) -> Roll:
    """Rolls that give a base: the deductions leave somebody, and those present can have been there."""
    summoned = draw(st.integers(1, 400))
    left = summoned - 1
    lines: list[Deduction] = []
    for ground in draw(st.lists(st.sampled_from(GROUNDS[form]), max_size=5)):
        count = draw(st.integers(0, left))
        left -= count
        lines.append(Deduction(ground, count))
    return Roll(summoned, draw(st.integers(0, left + 1)), tuple(lines))
