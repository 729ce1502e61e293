"""cvr.json holds to the schema of NIST SP 1500-103 and says what the ballots say."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft4Validator

from daihoi.interchange import cvr
from daihoi.interchange.terms import BallotLine
from daihoi.rules.terms import BallotForm, InvalidGround, Standing
from tests.interchange.samples import BALLOTS, CONTEST, ELECTION, marks

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "NIST_V0_cast_vote_records.json").read_text(encoding="utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)

AGREE = (
    BallotLine("b0001", marks("ada"), (), Standing.VALID, (), ("c01", "c03")),
    BallotLine("b0002", marks("bnd"), (), Standing.INVALID, (InvalidGround.VOTES_NOBODY,), ()),
    BallotLine("b0003", marks("?aa"), (), Standing.UNDECIDED, (InvalidGround.DISTINGUISHING_MARK,), ()),
)


def build(ballots: tuple[BallotLine, ...], form: BallotForm = BallotForm.STRIKE_OUT) -> dict[str, object]:
    report = json.loads(cvr.build(ELECTION, CONTEST, ballots, form=form, software="daihoi 0.1.0"))
    VALIDATOR.validate(report)
    return report  # type: ignore[no-any-return]


def snapshot(report: dict[str, object], place: int) -> dict[str, object]:
    return report["CVR"][place]["CVRSnapshot"][0]  # type: ignore[index, no-any-return]


def contest_of(report: dict[str, object], place: int) -> dict[str, object]:
    return snapshot(report, place)["CVRContest"][0]  # type: ignore[index, no-any-return]


def positions(report: dict[str, object], place: int) -> list[list[tuple[str, int, str]]]:
    """Indication, votes and allocation of each position of each candidate on one ballot."""
    return [
        [(one["HasIndication"], one["NumberVotes"], one["IsAllocable"]) for one in selection["SelectionPosition"]]
        for selection in contest_of(report, place)["CVRContestSelection"]  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize("form", BallotForm)
@pytest.mark.parametrize("ballots", [(), BALLOTS, AGREE])
def test_report_is_valid_against_the_schema_of_nist(form: BallotForm, ballots: tuple[BallotLine, ...]) -> None:
    assert len(build(ballots, form)["CVR"]) == len(ballots)  # type: ignore[arg-type]


def test_schema_refuses_what_is_no_report() -> None:
    report = build(BALLOTS)
    del report["Version"]
    assert not VALIDATOR.is_valid(report)


def test_date_is_the_day_of_closing_and_no_clock() -> None:
    assert build(BALLOTS)["GeneratedDate"] == "2025-05-20T00:00:00+07:00"
    assert cvr.build(ELECTION, CONTEST, BALLOTS, form=BallotForm.STRIKE_OUT, software="x") == cvr.build(
        ELECTION, CONTEST, BALLOTS, form=BallotForm.STRIKE_OUT, software="x"
    )


def test_name_left_standing_is_the_indication() -> None:
    assert positions(build(BALLOTS), 0) == [[("yes", 1, "yes")], [("yes", 1, "yes")], [("no", 0, "no")]]


def test_invalid_ballot_gives_no_votes() -> None:
    report = build(BALLOTS)
    assert positions(report, 2) == [[("yes", 0, "no")]] * 3
    assert contest_of(report, 2)["Status"] == ["overvoted", "invalidated-rules"]
    assert contest_of(report, 2)["Overvotes"] == 1
    assert snapshot(report, 2)["OtherStatus"] == "OVER_VOTE"


def test_ballot_for_nobody_is_not_indicated() -> None:
    assert contest_of(build(BALLOTS), 3)["Status"] == ["not-indicated", "invalidated-rules"]


def test_ballot_without_marks_has_no_selections() -> None:
    assert contest_of(build(BALLOTS), 4)["CVRContestSelection"] == []


def test_undecided_ballot_needs_adjudication() -> None:
    report = build(BALLOTS)
    assert snapshot(report, 5)["Status"] == ["needs-adjudication"]
    assert positions(report, 5)[1] == [("unknown", 0, "unknown")]


def test_valid_ballot_for_fewer_is_undervoted() -> None:
    report = build(BALLOTS)
    assert contest_of(report, 1)["Status"] == ["undervoted"]
    assert contest_of(report, 1)["Undervotes"] == 1
    assert "Status" not in contest_of(report, 0)


def test_agree_form_has_two_squares_a_candidate() -> None:
    report = build(AGREE, BallotForm.AGREE_DISAGREE)
    assert positions(report, 0) == [
        [("yes", 1, "yes"), ("no", 0, "no")],
        [("no", 0, "no"), ("yes", 0, "no")],
        [("yes", 1, "yes"), ("no", 0, "no")],
    ]
    assert positions(report, 1)[0] == [("yes", 0, "no"), ("yes", 0, "no")]


def test_sum_of_votes_is_that_of_the_ballots() -> None:
    report = build(BALLOTS)
    votes = sum(number for place in range(len(BALLOTS)) for one in positions(report, place) for _, number, _ in one)
    assert votes == sum(len(ballot.votes) for ballot in BALLOTS)


def test_scans_are_named_by_their_digest() -> None:
    image = build(BALLOTS)["CVR"][0]["BallotImage"][0]  # type: ignore[index]
    assert image["Hash"] == {"@type": "CVR.Hash", "Type": "sha-256", "Value": BALLOTS[0].pages[0].sha256}


def test_every_id_that_is_referred_to_is_there() -> None:
    report = build(BALLOTS)
    election = report["Election"][0]  # type: ignore[index]
    contest = election["Contest"][0]
    people = {person["@id"] for person in election["Candidate"]}
    selections = {one["@id"]: one["CandidateIds"] for one in contest["ContestSelection"]}
    assert {person for named in selections.values() for person in named} == people
    for place in range(len(BALLOTS)):
        assert contest_of(report, place)["ContestId"] == contest["@id"]
        chosen = contest_of(report, place)["CVRContestSelection"]
        assert {one["ContestSelectionId"] for one in chosen} <= selections.keys()  # type: ignore[attr-defined]


def test_candidates_of_equal_name_stay_apart() -> None:
    twins = tuple(replace(candidate, name="Lò Thị An") for candidate in CONTEST.candidates)
    report = json.loads(
        cvr.build(ELECTION, replace(CONTEST, candidates=twins), BALLOTS, form=BallotForm.STRIKE_OUT, software="x")
    )
    assert len({person["@id"] for person in report["Election"][0]["Candidate"]}) == 3
