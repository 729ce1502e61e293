"""The test deck: what it says comes out is what the rules make of it, and what our own reader reads off its paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from daihoi.papers.ballots import Prepared, prepare
from daihoi.papers.election_day.deck_files import deck_list, printed_deck
from daihoi.papers.election_day.ink import by_hand, struck
from daihoi.papers.election_day.rehearsal_deck import CaseKind, Deck, compared, rehearsal_deck
from daihoi.papers.errors import NotARehearsalError
from daihoi.papers.render import rasters
from daihoi.reading.pile import Pile
from daihoi.reading.read import Reader
from daihoi.reading.terms import PrintedForm, ReadPage
from daihoi.rules.terms import CandidateId, InvalidGround, Mark, Standing
from daihoi.sheet.terms import Rect
from tests.papers.ballot_samples import SECRET, contest_of, election_of
from tests.papers.congress.reading import page_sizes
from tests.papers.election_day.sitting import LANGUAGES, OCCASION, pages

DPI = 200.0
SIZES = [(1, 1), (2, 1), (3, 1), (3, 3), (5, 3), (30, 27), (70, 61), (70, 70)]


def prepared(names: int, seats: int, *, rehearsal: bool = True) -> Prepared:
    contest = contest_of(names, seats=seats)
    return prepare(election_of(contest), contest, secret=SECRET, rehearsal=rehearsal)


def deck(names: int, seats: int) -> Deck:
    return rehearsal_deck(contest_of(names, seats=seats))


@pytest.mark.parametrize(("names", "seats"), SIZES)
def test_no_two_names_have_the_same_number_of_votes(names: int, seats: int) -> None:
    votes = deck(names, seats).votes
    assert len(set(votes.values())) == names
    assert min(votes.values()) > 0


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 100), st.data())
def test_every_list_has_a_deck_that_tells_all_names_apart(names: int, data: st.DataObject) -> None:
    seats = data.draw(st.integers(max(1, names // 2), names))
    made = deck(names, seats)
    assert len(set(made.votes.values())) == names
    assert made.valid + sum(case.standing is Standing.INVALID for case in made.cases) == len(made.cases)
    assert [case.number for case in made.cases] == list(range(1, len(made.cases) + 1))


@pytest.mark.parametrize(("names", "seats"), SIZES)
def test_every_name_is_marked_both_ways_on_clear_ballots(names: int, seats: int) -> None:
    made = deck(names, seats)
    for candidate in made.contest.candidates:
        seen = {case.marks[candidate.id] for case in made.cases}
        assert seen >= ({Mark.AGREE, Mark.DISAGREE} if names == seats else {Mark.KEPT, Mark.STRUCK})


def test_strike_deck_tries_every_way_to_go_wrong() -> None:
    found = {case.kind: case for case in deck(5, 3).cases}
    assert found[CaseKind.UNTOUCHED].grounds == (InvalidGround.OVER_VOTE,)
    assert found[CaseKind.ONE_TOO_MANY].grounds == (InvalidGround.OVER_VOTE,)
    assert found[CaseKind.ALL_STRUCK].grounds == (InvalidGround.VOTES_NOBODY,)
    assert {CaseKind.PART, CaseKind.TICK, CaseKind.CIRCLE} <= set(found)
    assert all(found[kind].answer for kind in (CaseKind.PART, CaseKind.TICK, CaseKind.CIRCLE))


def test_single_name_deck_has_both_invalid_grounds() -> None:
    found = {case.kind: case for case in deck(1, 1).cases}
    assert found[CaseKind.BOTH].grounds == (InvalidGround.SINGLE_BOTH,)
    assert found[CaseKind.NONE].grounds == (InvalidGround.SINGLE_NONE,)
    assert found[CaseKind.ALL_DISAGREE].standing is Standing.VALID


def test_list_of_several_loses_one_vote_by_both_and_stays_valid() -> None:
    found = {case.kind: case for case in deck(3, 3).cases}
    assert found[CaseKind.BOTH].standing is Standing.VALID
    assert found[CaseKind.BOTH].votes == (CandidateId("c002"), CandidateId("c003"))
    assert found[CaseKind.UNTOUCHED].grounds == (InvalidGround.VOTES_NOBODY,)


def read(names: int, seats: int) -> tuple[Deck, list[dict[CandidateId, Mark]], list[int]]:
    """What our reader makes of the printed deck, and which pages it takes for ones that it saw before."""
    form, made = prepared(names, seats), deck(names, seats)
    reader = Reader(PrintedForm(form.plan, rasters(form.pdf, DPI), DPI), form.identities)
    sides = len(form.plan.pages)
    shown = rasters(printed_deck(form, made), DPI)
    assert len(shown) == sides * len(made.cases)
    found: list[dict[CandidateId, Mark]] = [{} for _ in made.cases]
    pile = Pile()
    again: list[int] = []
    for place, image in enumerate(shown):
        page = reader.read(image)
        assert isinstance(page, ReadPage)
        assert not page.foreign
        found[place // sides] |= {CandidateId(mark.candidate): mark.mark for mark in page.marks}
        if place % sides == 0:
            if pile.alike(page.trace):
                again.append(place)
            pile.add(str(place), page.trace)
    return made, found, again


@pytest.mark.parametrize(("names", "seats"), [(1, 1), (3, 3), (5, 3), (12, 10)])
def test_our_reader_reads_the_printed_deck_as_the_list_says(names: int, seats: int) -> None:
    made, found, again = read(names, seats)
    assert found == [dict(case.marks) for case in made.cases]
    assert again == []


def test_reading_is_compared_in_whatever_order_it_was_scanned() -> None:
    made = deck(5, 3)
    marks = [case.marks for case in made.cases]
    assert compared(made, marks[::-1]) == compared(made, marks)
    assert not compared(made, marks).missing


def test_reading_that_the_board_has_answered_is_compared_with_the_answers() -> None:
    made = deck(5, 3)
    answered = [case.answered for case in made.cases]
    assert Mark.DOUBTFUL not in {mark for marks in answered for mark in marks.values()}
    assert not compared(made, answered, answered=True).missing
    assert {case.kind for case in compared(made, answered).missing} == {
        CaseKind.PART,
        CaseKind.TICK,
        CaseKind.CIRCLE,
    }


def test_wrong_mark_is_found_as_missing_and_unexpected() -> None:
    made = deck(5, 3)
    marks = [dict(case.marks) for case in made.cases]
    marks[0] = {**marks[0], CandidateId("c001"): Mark.STRUCK, CandidateId("c005"): Mark.KEPT}
    # A ballot read twice is too many, though the one beside it was read right.
    found = compared(made, [*marks[1:], marks[0], marks[1]])
    assert [case.number for case in found.missing] == [1]
    assert len(found.unexpected) == 2


def test_real_ballots_are_never_printed_with_marks() -> None:
    with pytest.raises(NotARehearsalError):
        printed_deck(prepared(5, 3, rehearsal=False), deck(5, 3))


def test_two_sided_ballots_are_printed_front_and_back() -> None:
    form = prepared(70, 61)
    short = deck(70, 61)
    shown = printed_deck(form, replace(short, cases=short.cases[:3]))
    assert page_sizes(shown) == [(210.0, 297.0)] * 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_says_how_each_ballot_is_marked_and_every_figure(language: str) -> None:
    made = deck(5, 3)
    text = " ".join(pages(deck_list(made, OCCASION, language=language)))
    for candidate in made.contest.candidates:
        assert candidate.name in text
    assert ("Để lại các số: 1-3" if language == "vi" else "Numbers left standing: 1-3") in text
    assert ("phải do Ban kiểm phiếu kết luận" if language == "vi" else "were for the board to decide") in text


def test_hand_moves_a_stroke_a_little_and_always_alike() -> None:
    (plain,) = struck(Rect(30, 100, 40, 5))
    (one,) = by_hand([plain], "1/c001")
    (other,) = by_hand([plain], "2/c001")
    assert one == by_hand([plain], "1/c001")[0]
    assert one != other
    for moved in (one, other):
        for (x0, y0), (x1, y1) in zip(plain.points, moved.points, strict=True):
            assert abs(x0 - x1) < 1.6
            assert abs(y0 - y1) < 1.2
