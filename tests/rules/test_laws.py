"""Laws that hold for every contest, every pile of ballots and every roll."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from daihoi.rules.ballot import FORM_MARKS, OBSERVED_GROUNDS, Classified, ballot_form, classify, most_names
from daihoi.rules.base import GROUNDS, is_elected, show_of_hands_base, worksheet
from daihoi.rules.deadlines import complaints_last_day, sealed_until
from daihoi.rules.edition import EDITIONS, edition_for
from daihoi.rules.lists import Severity, check_list, surplus_limit
from daihoi.rules.names import fold_search, in_order, sort_key, sort_text
from daihoi.rules.outcome import outcome, percent_of_base
from daihoi.rules.reconciliation import RECONCILIATION_CHECKS, ReconciliationInput, failed, reconcile
from daihoi.rules.settings import Settings
from daihoi.rules.tally import tally
from daihoi.rules.terms import (
    BallotForm,
    Candidate,
    CandidateId,
    CandidateOutcome,
    CongressForm,
    Contest,
    Deduction,
    InvalidGround,
    Mark,
    Office,
    Override,
    Roll,
    RoundKind,
    Standing,
)
from tests.rules.builders import SETTINGS, contest
from tests.strategies.elections import (
    Marks,
    contests,
    contests_with_ballots,
    contests_with_ties,
    contests_with_votes,
    marks_for,
    names,
    partial_dates,
    rolls,
)

observations = st.sets(st.sampled_from(OBSERVED_GROUNDS), max_size=2)
answers = st.sampled_from((None, "valid", *OBSERVED_GROUNDS))
some_settings = st.builds(
    Settings,
    over_vote_limit=st.sampled_from(("official", "official_and_alternates")),
    blank_single_ballot=st.sampled_from(("invalid", "valid")),
    no_agree_ballot=st.sampled_from(("propose_by_disagree", "propose_invalid", "propose_valid")),
)


def resolutions(marks: Marks, given_contest: Contest) -> Iterator[Marks]:
    """Every way in which the board could answer the doubtful marks of a ballot."""
    doubtful = [one for one, mark in marks.items() if mark is Mark.DOUBTFUL]
    clear = [mark for mark in FORM_MARKS[ballot_form(given_contest)] if mark is not Mark.DOUBTFUL]
    for words in itertools.product(clear, repeat=len(doubtful)):
        yield {**marks, **dict(zip(doubtful, words, strict=True))}


def classify_all(piles: list[Marks], given_contest: Contest) -> list[Classified]:
    return [classify(marks, contest=given_contest, settings=SETTINGS) for marks in piles]


# --- ballots ---


@given(st.data(), contests(), observations, answers, some_settings)
def test_law_classification_is_total_and_of_one_kind(
    data: st.DataObject,
    given_contest: Contest,
    observed: set[InvalidGround],
    decision: InvalidGround | None,
    settings: Settings,
) -> None:
    marks = data.draw(marks_for(given_contest))
    found = classify(marks, contest=given_contest, observed=observed, decision=decision, settings=settings)
    assert (found.standing is Standing.INVALID) == bool(found.grounds)
    assert (found.standing is Standing.UNDECIDED) == bool(found.awaiting_marks or found.awaiting_ballot)
    assert found.awaiting_ballot == (found.proposal is not None)
    assert not found.votes or found.standing is Standing.VALID
    assert not found.by_marks or found.standing is Standing.INVALID


@given(st.data(), contests(), some_settings)
def test_law_valid_ballots_vote_for_the_marked_and_for_no_more_than_the_limit(
    data: st.DataObject, given_contest: Contest, settings: Settings
) -> None:
    marks = data.draw(marks_for(given_contest, doubtful=False))
    found = classify(marks, contest=given_contest, decision="valid", settings=settings)
    marked = {one for one, mark in marks.items() if mark in (Mark.KEPT, Mark.AGREE)}
    if found.standing is Standing.VALID:
        assert set(found.votes) == marked
        assert len(marked) <= most_names(given_contest, settings)
    else:
        assert found.by_marks


@given(st.data(), contests(candidates=(1, 5)), observations, answers)
def test_law_what_is_final_stays_final_however_the_doubts_are_resolved(
    data: st.DataObject, given_contest: Contest, observed: set[InvalidGround], decision: InvalidGround | None
) -> None:
    marks = data.draw(marks_for(given_contest))
    before = classify(marks, contest=given_contest, observed=observed, decision=decision, settings=SETTINGS)
    assume(before.standing is not Standing.UNDECIDED)
    for resolved in resolutions(marks, given_contest):
        after = classify(resolved, contest=given_contest, observed=observed, decision=decision, settings=SETTINGS)
        assert (after.standing, after.votes) == (before.standing, before.votes)
        assert set(before.grounds) <= set(after.grounds)


@given(st.data(), contests(candidates=(1, 5)))
def test_law_every_mark_that_is_waited_for_can_change_something(data: st.DataObject, given_contest: Contest) -> None:
    marks = data.draw(marks_for(given_contest))
    found = classify(marks, contest=given_contest, settings=SETTINGS)
    for one in found.awaiting_marks:
        assert marks[one] is Mark.DOUBTFUL
        # Of the other doubts some answer exists under which this one decides standing or votes.
        outcomes_by_rest: dict[tuple[Mark, ...], set[tuple[Standing, tuple[CandidateId, ...]]]] = {}
        for resolved in resolutions(marks, given_contest):
            after = classify(resolved, contest=given_contest, settings=SETTINGS)
            rest = tuple(mark for other, mark in resolved.items() if other != one)
            outcomes_by_rest.setdefault(rest, set()).add((after.standing, after.votes))
        assert any(len(outcomes) > 1 for outcomes in outcomes_by_rest.values())


@given(st.data(), contests(candidates=(1, 5), seats=(1, 2)), observations, answers)
def test_law_no_answer_of_the_board_saves_a_ballot_that_clear_marks_spoil(
    data: st.DataObject, given_contest: Contest, observed: set[InvalidGround], decision: InvalidGround | None
) -> None:
    marks = data.draw(marks_for(given_contest))
    alone = classify(marks, contest=given_contest, settings=SETTINGS)
    assume(alone.by_marks)
    found = classify(marks, contest=given_contest, observed=observed, decision=decision, settings=SETTINGS)
    assert found.standing is Standing.INVALID
    assert found.by_marks
    assert set(alone.grounds) <= set(found.grounds)


@given(st.data(), contests(), observations)
def test_law_what_a_reader_observed_makes_no_ballot_invalid(
    data: st.DataObject, given_contest: Contest, observed: set[InvalidGround]
) -> None:
    marks = data.draw(marks_for(given_contest))
    found = classify(marks, contest=given_contest, observed=observed, settings=SETTINGS)
    assert not set(found.grounds) & set(OBSERVED_GROUNDS)


@given(st.data(), contests(), observations, st.sampled_from(OBSERVED_GROUNDS))
def test_law_a_ground_that_the_board_names_is_final(
    data: st.DataObject, given_contest: Contest, observed: set[InvalidGround], ground: InvalidGround
) -> None:
    marks = data.draw(st.one_of(marks_for(given_contest), st.just({})))
    found = classify(marks, contest=given_contest, observed=observed, decision=ground, settings=SETTINGS)
    assert found.standing is Standing.INVALID
    assert ground in found.grounds
    assert list(found.grounds) == [one for one in InvalidGround if one in found.grounds]


@given(contests())
def test_law_the_form_follows_from_arithmetic(given_contest: Contest) -> None:
    strike = ballot_form(given_contest) is BallotForm.STRIKE_OUT
    assert strike == (len(given_contest.candidates) > given_contest.seats)


# --- tally ---


@given(st.data(), contests_with_ballots())
def test_law_the_order_of_ballots_does_not_matter(data: st.DataObject, pile: tuple[Contest, list[Marks]]) -> None:
    given_contest, ballots = pile
    mixed = data.draw(st.permutations(ballots))
    assert tally(classify_all(ballots, given_contest), given_contest) == tally(
        classify_all(mixed, given_contest), given_contest
    )


@given(st.data(), contests_with_ballots(doubtful=False))
def test_law_an_invalid_ballot_never_counts(data: st.DataObject, pile: tuple[Contest, list[Marks]]) -> None:
    given_contest, ballots = pile
    classified = classify_all(ballots, given_contest)
    spoiled = classify(
        data.draw(marks_for(given_contest)),
        contest=given_contest,
        decision=data.draw(st.sampled_from(OBSERVED_GROUNDS)),
        settings=SETTINGS,
    )
    before, after = tally(classified, given_contest), tally([*classified, spoiled], given_contest)
    assert after.votes == before.votes
    assert (after.valid, after.invalid) == (before.valid, before.invalid + 1)


@given(contests_with_ballots())
def test_law_every_ballot_is_counted_once_and_grounds_add_up(pile: tuple[Contest, list[Marks]]) -> None:
    given_contest, ballots = pile
    counted = tally(classify_all(ballots, given_contest), given_contest)
    assert counted.ballots == len(ballots)
    assert sum(counted.invalid_by_ground.values()) == counted.invalid


@given(contests_with_ballots(doubtful=False))
def test_law_a_true_pile_always_reconciles(pile: tuple[Contest, list[Marks]]) -> None:
    given_contest, ballots = pile
    # The board's answer to ballots that agree to nobody (question A3): all valid.
    classified = [classify(marks, contest=given_contest, decision="valid", settings=SETTINGS) for marks in ballots]
    counted = tally(classified, given_contest)
    number = len(ballots)
    checks = reconcile(
        ReconciliationInput(
            present=number,
            printed=number,
            issued=number,
            collected=number,
            seats=given_contest.seats,
            valid=counted.valid,
            invalid=counted.invalid,
            votes=counted.votes,
            scanned=number,
            unused=0,
        )
    )
    assert [check.holds for check in checks] == [True] * len(RECONCILIATION_CHECKS)


@given(contests_with_ballots(doubtful=False), st.sampled_from(("collected", "valid", "invalid", "scanned", "printed")))
def test_law_one_wrong_figure_is_always_seen(pile: tuple[Contest, list[Marks]], wrong: str) -> None:
    given_contest, ballots = pile
    counted = tally(
        [classify(marks, contest=given_contest, decision="valid", settings=SETTINGS) for marks in ballots],
        given_contest,
    )
    number = len(ballots)
    figures = ReconciliationInput(
        present=number + 5,
        printed=number + 5,
        issued=number,
        collected=number,
        seats=given_contest.seats,
        valid=counted.valid,
        invalid=counted.invalid,
        votes=counted.votes,
        scanned=number,
        unused=5,
    )
    assert failed(reconcile(figures)) == ()
    off_by_one = replace(figures, **{wrong: getattr(figures, wrong) + 1})
    assert failed(reconcile(off_by_one))


# --- outcome ---


@given(contests_with_votes())
def test_law_seats_are_never_overfilled_and_nobody_wins_twice(
    case: tuple[Contest, dict[CandidateId, int], int],
) -> None:
    given_contest, votes, base = case
    come = outcome(given_contest, votes, base)
    open_seats = sum(tie.seats for tie in come.ties if not tie.for_alternates)
    open_places = sum(tie.seats for tie in come.ties if tie.for_alternates)
    assert len(come.elected) + open_seats <= given_contest.seats
    assert len(come.alternates) + open_places <= given_contest.alternates
    tied = [one for tie in come.ties for one in tie.candidates]
    everybody = [*come.elected, *come.alternates, *tied]
    assert len(everybody) == len(set(everybody))
    for tie in come.ties:
        assert 0 < tie.seats < len(tie.candidates)
        assert len({votes[one] for one in tie.candidates}) == 1


@given(contests_with_votes())
def test_law_seats_elected_open_and_short_add_up(case: tuple[Contest, dict[CandidateId, int], int]) -> None:
    given_contest, votes, base = case
    come = outcome(replace(given_contest, alternates=0), votes, base)
    open_seats = sum(tie.seats for tie in come.ties)
    assert len(come.elected) + open_seats + come.shortfall == given_contest.seats


@given(contests_with_votes(), st.data())
def test_law_one_more_vote_never_unseats(
    case: tuple[Contest, dict[CandidateId, int], int], data: st.DataObject
) -> None:
    given_contest, votes, base = case
    before = outcome(given_contest, votes, base)
    assume(before.elected)
    lucky = data.draw(st.sampled_from(before.elected))
    after = outcome(given_contest, {**votes, lucky: votes[lucky] + 1}, base)
    assert lucky in after.elected


@given(contests_with_votes(), st.data())
def test_law_one_vote_less_for_a_rival_never_unseats(
    case: tuple[Contest, dict[CandidateId, int], int], data: st.DataObject
) -> None:
    given_contest, votes, base = case
    before = outcome(given_contest, votes, base)
    rivals = [one for one in votes if one not in before.elected and votes[one] > 0]
    assume(rivals)
    rival = data.draw(st.sampled_from(rivals))
    after = outcome(given_contest, {**votes, rival: votes[rival] - 1}, base)
    assert set(before.elected) <= set(after.elected)


@given(contests_with_votes(kinds=(RoundKind.FIRST, RoundKind.FURTHER)))
def test_law_outside_a_reballot_nobody_wins_without_more_than_half(
    case: tuple[Contest, dict[CandidateId, int], int],
) -> None:
    given_contest, votes, base = case
    come = outcome(given_contest, votes, base)
    for one in (*come.elected, *come.alternates, *(one for tie in come.ties for one in tie.candidates)):
        assert Fraction(votes[one], base) > Fraction(1, 2)
    assert not come.by_plurality


@given(contests_with_votes())
def test_law_nobody_is_passed_over_for_fewer_votes(case: tuple[Contest, dict[CandidateId, int], int]) -> None:
    given_contest, votes, base = case
    come = outcome(given_contest, votes, base)
    for winner in come.elected:
        assert all(votes[winner] >= votes[other] for other in votes if other not in come.elected)
    assert [votes[one] for one in come.elected] == sorted((votes[one] for one in come.elected), reverse=True)
    assert [votes[one] for one in come.alternates] == sorted((votes[one] for one in come.alternates), reverse=True)


@given(contests_with_votes(), st.data())
def test_law_place_on_the_list_decides_nothing(
    case: tuple[Contest, dict[CandidateId, int], int], data: st.DataObject
) -> None:
    given_contest, votes, base = case
    mixed = replace(given_contest, candidates=tuple(data.draw(st.permutations(given_contest.candidates))))
    one, other = outcome(given_contest, votes, base), outcome(mixed, votes, base)
    assert one.by_candidate == other.by_candidate
    assert set(one.elected) == set(other.elected)
    assert one.shortfall == other.shortfall


@given(contests_with_votes())
def test_law_equal_votes_are_treated_alike(case: tuple[Contest, dict[CandidateId, int], int]) -> None:
    given_contest, votes, base = case
    come = outcome(given_contest, votes, base)
    for one, other in itertools.combinations(votes, 2):
        if votes[one] == votes[other]:
            assert come.by_candidate[one] is come.by_candidate[other]
            together = [group for group in come.equal_alternates if one in group]
            if come.by_candidate[one] is CandidateOutcome.ALTERNATE:
                assert other in together[0]


@given(contests_with_votes(), st.integers(0, 6))
def test_law_more_seats_never_unseat(case: tuple[Contest, dict[CandidateId, int], int], more: int) -> None:
    given_contest, votes, base = case
    before = outcome(given_contest, votes, base)
    after = outcome(replace(given_contest, seats=given_contest.seats + more), votes, base)
    assert set(before.elected) <= set(after.elected)


@given(contests_with_ties(), st.data())
def test_law_a_reballot_of_the_tied_fills_exactly_the_open_seats_or_ties_again(
    case: tuple[Contest, dict[CandidateId, int], int], data: st.DataObject
) -> None:
    given_contest, votes, base = case
    come = outcome(replace(given_contest, alternates=0), votes, base)
    tie = come.ties[0]
    listed = tuple(one for one in given_contest.candidates if one.id in tie.candidates)
    again = replace(given_contest, candidates=listed, seats=tie.seats, round_kind=RoundKind.TIE_REBALLOT, alternates=0)
    assert ballot_form(again) is BallotForm.STRIKE_OUT
    second = {one: data.draw(st.integers(1, base)) for one in tie.candidates}
    settled = outcome(again, second, base)
    assert len(settled.elected) + sum(one.seats for one in settled.ties) == tie.seats
    assert len(come.elected) + len(settled.elected) <= given_contest.seats
    assert settled.by_plurality == any(2 * second[one] <= base for one in settled.elected)


# --- base and percent ---


@given(st.integers(0, 2000), st.integers(1, 2000))
def test_law_elected_is_strictly_more_than_half_and_never_a_float(votes: int, base: int) -> None:
    assert is_elected(votes, base) == (Fraction(votes, base) > Fraction(1, 2))
    assert is_elected(votes, base) == (votes >= base // 2 + 1)


@given(st.sampled_from(CongressForm).flatmap(lambda form: st.tuples(st.just(form), rolls(form))))
def test_law_a_worksheet_adds_up_line_by_line(case: tuple[CongressForm, Roll]) -> None:
    form, on = case
    sheet = worksheet(form, on, settings=SETTINGS)
    assert sheet.base + sum(line.count for line in sheet.deductions) == sheet.summoned
    assert sheet.deductions == on.deductions
    assert sheet.present <= sheet.base
    assert is_elected(sheet.needed, sheet.base)
    assert not is_elected(sheet.needed - 1, sheet.base)


@given(st.sampled_from(CongressForm).flatmap(lambda form: st.tuples(st.just(form), rolls(form))))
def test_law_the_base_of_hands_is_never_smaller_than_the_base_of_ballots(case: tuple[CongressForm, Roll]) -> None:
    form, on = case
    hands = show_of_hands_base(form, on, settings=SETTINGS)
    assert hands.members >= worksheet(form, on, settings=SETTINGS).base


@given(st.sampled_from(CongressForm).flatmap(lambda form: st.tuples(st.just(form), rolls(form))), st.data())
def test_law_one_deduction_more_lowers_the_base_by_one(case: tuple[CongressForm, Roll], data: st.DataObject) -> None:
    form, on = case
    sheet = worksheet(form, on, settings=SETTINGS)
    assume(sheet.base > 1 and sheet.present < sheet.base)
    more = replace(on, deductions=(*on.deductions, Deduction(data.draw(st.sampled_from(GROUNDS[form])), 1)))
    assert worksheet(form, more, settings=SETTINGS).base == sheet.base - 1


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_law_percent_is_the_nearest_hundredth_half_up(votes: int, base: int) -> None:
    exact = Fraction(100 * votes, base)
    shown = Fraction(percent_of_base(votes, base))
    assert Fraction(-1, 200) < shown - exact <= Fraction(1, 200)


# --- lists ---


@given(st.integers(1, 60), st.integers(1, 85))
def test_law_a_committee_list_stands_exactly_within_the_limit(seats: int, candidates: int) -> None:
    allowed = seats < candidates <= seats + max(1, (3 * seats) // 10)
    listed = contest(seats, 1)
    numbered = tuple(Candidate(CandidateId(f"c{place}"), f"Người {place:03d}") for place in range(candidates))
    found = check_list(
        replace(listed, candidates=numbered),
        form=CongressForm.DELEGATES,
        edition=EDITIONS[1],
        settings=SETTINGS,
        overrides=(),
        board_names=(),
        roll=None,
    )
    assert allowed != any(finding.severity is Severity.REFUSE for finding in found)


@given(st.integers(1, 400), st.integers(1, 30), st.booleans())
def test_law_the_surplus_limit_grows_with_the_seats(seats: int, percent: int, floor: bool) -> None:
    settings = Settings(surplus_limit_percent=percent, surplus_floor_one=floor)
    assert surplus_limit(seats, settings) <= surplus_limit(seats + 1, settings)
    assert floor or Fraction(surplus_limit(seats, settings), seats) <= Fraction(percent, 100)


@given(contests(), st.sampled_from(CongressForm), st.sampled_from(EDITIONS))
def test_law_overrides_hide_nothing(given_contest: Contest, form: CongressForm, edition: object) -> None:
    overrides = tuple(
        Override(check, "Đoàn chủ tịch", "đã xin ý kiến")
        for check in ("candidates_exceed_seats", "surplus_within_limit", "branch_minimum_three")
    )

    def found(given_overrides: tuple[Override, ...]) -> list[tuple[str, Severity]]:
        listed = check_list(
            given_contest,
            form=form,
            edition=edition,  # type: ignore[arg-type]
            settings=SETTINGS,
            overrides=given_overrides,
            board_names=(),
            roll=Roll(2, 2),
        )
        return [(finding.check, finding.severity) for finding in listed]

    before, after = found(()), found(overrides)
    assert sorted(check for check, _ in before) == sorted(check for check, _ in after)
    assert {check for check, severity in after if severity is Severity.OVERRIDDEN} == {
        check for check, severity in before if severity is Severity.REFUSE and check != "reballot_of_the_tied"
    }


# --- dates and names ---


@given(
    st.dates(date(2014, 6, 9), date(2100, 1, 1)),
    st.sets(st.dates(date(2025, 1, 1), date(2025, 12, 31))),
    st.integers(1, 40),
)
def test_law_the_complaint_days_are_all_working_days(closes: date, days_off: set[date], working: int) -> None:
    last = complaints_last_day(closes, days_off, working_days=working)
    days = [closes + timedelta(days=step) for step in range(1, (last - closes).days + 1)]
    open_days = [day for day in days if day.weekday() < 5 and day not in days_off]
    assert len(open_days) == working
    assert open_days[-1] == last


@given(st.dates(date(2014, 6, 9), date(2090, 1, 1)), st.integers(1, 36))
def test_law_the_seal_lasts_the_months_to_the_day_or_the_end_of_the_month(sealed: date, months: int) -> None:
    until = sealed_until(sealed, months=months)
    assert 12 * (until.year - sealed.year) + until.month - sealed.month == months
    assert until.day == sealed.day or (until.day < sealed.day and (until + timedelta(days=1)).day == 1)


@given(st.dates(date(2014, 6, 9), date(2100, 1, 1)))
def test_law_an_edition_applies_from_its_day_until_the_next(opens: date) -> None:
    assert edition_for(opens).id == ("190-QD-TW-2024" if opens >= date(2024, 10, 10) else "244-QD-TW-2014")


@given(names(), names(), st.sampled_from(("given_family_middle", "given_middle_family")))
def test_law_the_stored_text_sorts_as_the_key_does(one: str, other: str, order: str) -> None:
    by_key = (sort_key(one, order) > sort_key(other, order)) - (sort_key(one, order) < sort_key(other, order))
    by_text = (sort_text(one, order) > sort_text(other, order)) - (sort_text(one, order) < sort_text(other, order))
    assert by_key == by_text


@given(st.text(max_size=20), st.text(max_size=20))
def test_law_any_text_has_a_key_and_a_text_in_digits(one: str, other: str) -> None:
    assert sort_text(one).isdecimal()
    assert (sort_key(one) < sort_key(other)) == (sort_text(one) < sort_text(other))


@given(names())
def test_law_capitals_and_the_way_accents_are_stored_do_not_matter(name: str) -> None:
    decomposed = unicodedata.normalize("NFD", name)
    assert sort_key(decomposed) == sort_key(name) == sort_key(name.upper())
    assert fold_search(decomposed) == fold_search(name) == fold_search(name.upper())


@given(st.text(max_size=30))
def test_law_folding_twice_is_folding_once(text: str) -> None:
    assert fold_search(fold_search(text)) == fold_search(text)


@given(st.lists(st.builds(Candidate, st.just(CandidateId("c")), names(), partial_dates, partial_dates), max_size=8))
def test_law_list_order_keeps_everybody_and_is_stable(candidates: list[Candidate]) -> None:
    ordered = in_order(candidates, SETTINGS)
    assert sorted(map(repr, ordered)) == sorted(map(repr, candidates))
    assert in_order(ordered, SETTINGS) == ordered


@given(contests(offices=(Office.DELEGATES,), kinds=(RoundKind.FIRST,)), st.data())
def test_law_dropping_the_alternates_changes_no_official_seat(given_contest: Contest, data: st.DataObject) -> None:
    base = data.draw(st.integers(1, 12))
    votes = {one.id: data.draw(st.integers(0, base)) for one in given_contest.candidates}
    with_them, without = outcome(given_contest, votes, base), outcome(replace(given_contest, alternates=0), votes, base)
    assert with_them.elected == without.elected
    assert with_them.shortfall == without.shortfall
