"""The result from marks alone is the result of a count, by the same rules."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from daihoi.counts import errors
from daihoi.counts.tally import tally, tally_result
from daihoi.interchange import ballot_lines
from daihoi.interchange.election_file import load_election
from daihoi.interchange.terms import BallotLine, Election
from daihoi.rules.errors import RulesError
from daihoi.rules.terms import BallotForm, InvalidGround, Mark, ResultStatus, Standing
from tests.counts.stand_in import CONTEST, answer, ballot, counted_folder, election_text, refused, scan


def _election(text: str) -> Election:
    return load_election(text.encode(), "e.toml")


def _strike(number: int, *struck: str) -> BallotLine:
    marks = {f"c{k:02d}": Mark.STRUCK if f"c{k:02d}" in struck else Mark.KEPT for k in range(1, 5)}
    return BallotLine(f"b{number:04d}", marks)


def test_tally_counts_marks_keyed_by_hand() -> None:
    election = _election(election_text(collected=3))
    lines = [_strike(1, "c04"), _strike(2, "c01"), _strike(3)]

    result = tally_result(election, election.contest(CONTEST), lines)

    assert result.status is ResultStatus.FINAL
    assert [line.votes for line in result.tally] == [1, 2, 2, 1]
    assert dict(result.invalid_by_ground) == {InvalidGround.OVER_VOTE: 1}


def test_tally_of_fewer_ballots_than_collected_is_stopped() -> None:
    election = _election(election_text(collected=3))

    result = tally_result(election, election.contest(CONTEST), [_strike(1, "c04")])

    failed = {check.check for check in result.reconciliation if check.holds is False}
    assert result.status is ResultStatus.STOPPED
    assert failed == {"scanned_is_collected", "valid_and_invalid_are_collected"}


def test_tally_with_a_doubtful_mark_awaits_the_board() -> None:
    election = _election(election_text(collected=1))
    line = BallotLine("1", {**_strike(1, "c04").marks, "c01": Mark.DOUBTFUL})

    assert tally_result(election, election.contest(CONTEST), [line]).status is ResultStatus.AWAITING_DECISIONS


@pytest.mark.parametrize(
    ("standing", "grounds", "valid", "invalid"),
    [
        (None, (), 0, 0),
        (Standing.VALID, (), 1, 0),
        (Standing.INVALID, (InvalidGround.VOTES_NOBODY,), 0, 1),
        (Standing.INVALID, (InvalidGround.OUTSIDE_NAME,), 0, 1),
        (Standing.UNDECIDED, (InvalidGround.OUTSIDE_NAME,), 0, 0),
    ],
)
def test_tally_takes_the_boards_conclusion_where_marks_do_not_show_it(
    standing: Standing | None, grounds: tuple[InvalidGround, ...], valid: int, invalid: int
) -> None:
    election = _election(election_text(candidates=3, seats=3, office="delegates", collected=1))
    marks = dict.fromkeys(("c01", "c02", "c03"), Mark.DISAGREE)
    line = BallotLine("1", marks, standing=standing, grounds=grounds)

    result = tally_result(election, election.contest(CONTEST), [line])

    assert (result.valid, result.invalid) == (valid, invalid)


def test_tally_lets_the_marks_speak_against_a_ground_they_do_not_give() -> None:
    election = _election(election_text(collected=1))
    line = BallotLine("1", _strike(1, "c04").marks, standing=Standing.INVALID, grounds=(InvalidGround.VOTES_NOBODY,))

    assert tally_result(election, election.contest(CONTEST), [line]).valid == 1


def test_tally_of_a_counts_own_ballots_is_the_counts_own_result(tmp_path: Path) -> None:
    pages = [ballot(1), scan(), ballot(3, doubt={"c01": "kept"}), ballot(4, foreign=["OUTSIDE_NAME"]), refused()]
    folder = counted_folder(tmp_path, pages)
    answer(
        folder, {("b0003", "c01"): "struck", ("b0004", ""): "DISTINGUISHING_MARK", ("page:5.jpg#0", ""): "NOT_ISSUED"}
    )
    election = _election((folder / "election.toml").read_text(encoding="utf-8"))
    contest = election.contest(CONTEST)
    data = (folder / "ballots.jsonl").read_bytes()

    result = tally(election, contest, ballot_lines.parse(data, "b", contest=contest, form=BallotForm.STRIKE_OUT))

    assert json.loads(json.dumps(result)) == json.loads((folder / "result.json").read_bytes())
    assert result["status"] == "final"
    assert result["invalid_by_ground"] == {"OVER_VOTE": 1, "DISTINGUISHING_MARK": 1, "NOT_ISSUED": 1}


def test_tally_refuses_a_list_that_breaks_the_regulation() -> None:
    election = _election(election_text(candidates=3, seats=3))

    with pytest.raises(errors.ListRefused):
        tally(election, election.contest(CONTEST), [])


def test_tally_refuses_an_election_without_figures() -> None:
    election = _election(election_text(figures=""))

    with pytest.raises(errors.FiguresMissing):
        tally(election, election.contest(CONTEST), [])


@pytest.mark.parametrize("marks", [{"c01": Mark.KEPT}, {**_strike(1).marks, "c09": Mark.KEPT}])
def test_tally_refuses_marks_that_are_not_of_the_list(marks: dict[str, Mark]) -> None:
    election = _election(election_text())

    with pytest.raises(RulesError):
        tally(election, election.contest(CONTEST), [BallotLine("1", marks)])
