"""Status, outcome and reconciliation of classified ballots; the grounds that every command shares."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daihoi.counts import errors
from daihoi.counts.grounds import Grounds, grounds_of, require_figures
from daihoi.counts.listing import require_list, require_list_of
from daihoi.counts.results import result_of
from daihoi.interchange.election_file import load_election
from daihoi.rules.ballot import Classified, classify
from daihoi.rules.errors import RulesError
from daihoi.rules.lists import Severity
from daihoi.rules.terms import BallotForm, CandidateId, Mark, ResultStatus
from tests.counts.stand_in import CONTEST, election_text


def _grounds(**text: object) -> Grounds:
    return grounds_of(load_election(election_text(**text).encode(), "e.toml"), CONTEST)  # type: ignore[arg-type]


def _ballot(grounds: Grounds, *struck: str, doubtful: str = "") -> Classified:
    marks = {one: Mark.STRUCK if one in struck else Mark.KEPT for one in grounds.candidates}
    if doubtful:
        marks[doubtful] = Mark.DOUBTFUL
    typed = {CandidateId(one): mark for one, mark in marks.items()}
    return classify(typed, contest=grounds.contest, settings=grounds.settings)


@pytest.mark.parametrize(
    ("struck", "pending", "status"),
    [
        (["c04"] * 3, 0, ResultStatus.FINAL),
        (["c04"] * 2, 1, ResultStatus.AWAITING_DECISIONS),
        (["c04"] * 2, 0, ResultStatus.STOPPED),
        (["c04"] * 4, 0, ResultStatus.STOPPED),
        (["c04"] * 4, 1, ResultStatus.STOPPED),
        (["c04"] * 3, 1, ResultStatus.AWAITING_DECISIONS),
    ],
)
def test_status_of_three_collected(struck: list[str], pending: int, status: ResultStatus) -> None:
    grounds = _grounds()

    result = result_of(grounds, [_ballot(grounds, one) for one in struck], pending_pages=pending)

    assert result.status is status


def test_status_waits_for_an_undecided_ballot() -> None:
    grounds = _grounds(collected=1)

    assert result_of(grounds, [_ballot(grounds, doubtful="c04")]).status is ResultStatus.AWAITING_DECISIONS


def test_status_of_a_shortfall_is_final() -> None:
    grounds = _grounds()

    result = result_of(grounds, [_ballot(grounds, "c04")] * 3)

    assert (result.status, result.shortfall, result.elected) == (ResultStatus.FINAL, 3, ())


def test_status_stops_when_more_were_issued_than_are_present() -> None:
    grounds = _grounds(collected=3, roll="[roll]\nsummoned = 2\npresent = 2")

    result = result_of(grounds, [_ballot(grounds, "c04")] * 3)

    failed = [check.check for check in result.reconciliation if check.holds is False]
    assert (result.status, failed) == (ResultStatus.STOPPED, ["issued_within_present"])


@given(st.lists(st.sampled_from(["c01", "c02", "c03", "c04"]), min_size=1, max_size=8), st.randoms())
def test_order_of_ballots_does_not_matter(struck: list[str], shuffler: random.Random) -> None:
    grounds = _grounds(collected=len(struck), roll=f"[roll]\nsummoned = {len(struck)}\npresent = {len(struck)}")
    ballots = [_ballot(grounds, one) for one in struck]
    shuffled = list(ballots)
    shuffler.shuffle(shuffled)

    assert result_of(grounds, ballots) == result_of(grounds, shuffled)


def test_grounds_say_form_edition_and_candidates() -> None:
    grounds = _grounds()

    assert (grounds.form, grounds.edition.id) == (BallotForm.STRIKE_OUT, "190-QD-TW-2024")
    assert grounds.candidates == ("c01", "c02", "c03", "c04")
    assert require_figures(grounds).base == 60


def test_grounds_of_an_unknown_contest_name_the_known() -> None:
    election = load_election(election_text().encode(), "e.toml")

    with pytest.raises(errors.UnknownContest) as refusal:
        grounds_of(election, "bt")

    assert refusal.value.fields["known"] == CONTEST


def test_grounds_refuse_a_deduction_of_another_form() -> None:
    roll = '[roll]\nsummoned = 60\npresent = 50\n[[roll.deductions]]\nground = "exempt_not_present"\ncount = 1'

    with pytest.raises(RulesError):
        _grounds(roll=roll)


def test_missing_figures_are_named_all_at_once() -> None:
    with pytest.raises(errors.FiguresMissing) as refusal:
        require_figures(_grounds(roll="", figures="[contests.ballots]\nprinted = 60\nissued = 3"))

    assert refusal.value.fields["keys"] == ["[roll]", "[contests.ballots] collected"]


def test_list_that_stands_answers_with_its_warnings() -> None:
    findings = require_list_of(_grounds())

    assert findings
    assert {finding.severity for finding in findings} == {Severity.WARN}


def test_list_that_breaks_the_regulation_is_refused_with_clause_and_figures() -> None:
    election = load_election(election_text(candidates=8, seats=4).encode(), "e.toml")

    with pytest.raises(errors.ListRefused) as refusal:
        require_list(election, election.contest(CONTEST))

    (finding,) = refusal.value.fields["findings"]  # type: ignore[misc]
    assert finding.clause == "190-QĐ/TW Đ14 k1"  # type: ignore[has-type]
    assert finding.fields["surplus"] == 4  # type: ignore[has-type]


def test_list_check_that_a_body_set_aside_does_not_refuse() -> None:
    override = '[[overrides]]\ncheck = "surplus_within_limit"\nby = "Đại hội"\nreason = "Quyết định"\ndocument = "NQ 1"'

    findings = require_list_of(_grounds(candidates=6, seats=4, tail=override))

    assert Severity.OVERRIDDEN in {finding.severity for finding in findings}
