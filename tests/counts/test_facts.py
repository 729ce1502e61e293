"""What the minutes say follows from the folder; nothing unfinished is minuted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from daihoi.counts import errors
from daihoi.counts.facts import minutes_facts
from daihoi.counts.opening import SOFTWARE
from daihoi.papers.minutes.terms import (
    BaseLines,
    ClearInvalid,
    DecisionLine,
    DeductionLine,
    MinutesInput,
    RefusedLine,
    TieLine,
)
from daihoi.rules.terms import (
    BallotForm,
    CandidateOutcome,
    CongressForm,
    DeductionGround,
    InvalidGround,
    RoundKind,
)
from daihoi.words.errors import sentence
from tests.counts.stand_in import (
    answer,
    ballot,
    counted_folder,
    election_text,
    refused,
    run,
    scan,
    write_election,
    write_scans,
)

BOARD = """
[[board]]
name = "Bế Xuân Trường"
role = "Trưởng ban"
[minutes]
presidium_head = "Nông Thị Hà"
opened = "08:00"
copies = 4
"""
ROLL = """
[roll]
summoned = 10
present = 7
[[roll.deductions]]
ground = "convening_member_absent_throughout"
count = 2
note = "ốm"
"""
FIGURES = "[contests.ballots]\nprinted = 8\nissued = 6\ncollected = 5\nspoiled = 1\nunused = 1"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> MinutesInput:
    """Five ballots: two valid, an over-vote, one with writing, one that the board did not issue."""
    pages = [ballot(1), ballot(2, doubt={"c01": "kept"}), scan(), ballot(4, foreign=["OUTSIDE_NAME"]), refused()]
    folder = counted_folder(
        tmp_path_factory.mktemp("facts"), pages, election_text(tail=BOARD, roll=ROLL, figures=FIGURES)
    )
    answer(folder, {("b0002", "c01"): "struck", ("b0004", ""): "SIGNED_OR_EXTRA_TEXT"})
    answer(folder, {("page:5.jpg#0", ""): "NOT_ISSUED"}, by="Vàng A Bình")
    return minutes_facts(folder)


def test_facts_name_the_congress_and_the_contest(facts: MinutesInput) -> None:
    assert (facts.form, facts.on, facts.edition) == (CongressForm.DELEGATES, date(2025, 6, 11), "190-QD-TW-2024")
    assert (facts.contest, facts.contest_title, facts.seats) == ("bch", "Ban Chấp hành", 3)
    assert (facts.ballot_form, facts.round_kind) == (BallotForm.STRIKE_OUT, RoundKind.FIRST)
    assert f"daihoi {facts.version}" == SOFTWARE


def test_facts_give_the_base_line_by_line(facts: MinutesInput) -> None:
    line = DeductionLine(DeductionGround.CONVENING_MEMBER_ABSENT_THROUGHOUT, 2, "ốm")

    assert facts.base == BaseLines(10, (line,), 8, 5, "190-QĐ/TW Đ30 k3")
    assert (facts.present, facts.absent) == (7, 1)


def test_facts_give_the_papers_with_grounds_in_their_order(facts: MinutesInput) -> None:
    papers = facts.ballots

    assert (papers.printed, papers.issued, papers.collected, papers.not_returned) == (8, 6, 5, 1)
    assert (papers.spoiled, papers.unused, papers.valid, papers.invalid) == (1, 1, 2, 3)
    assert papers.invalid_by_ground == (
        (InvalidGround.NOT_ISSUED, 1),
        (InvalidGround.SIGNED_OR_EXTRA_TEXT, 1),
        (InvalidGround.OVER_VOTE, 1),
    )


def test_facts_leave_open_what_nobody_filled_in(tmp_path: Path) -> None:
    figures = "[contests.ballots]\nissued = 1\ncollected = 1"

    papers = minutes_facts(counted_folder(tmp_path, [ballot(1)], election_text(figures=figures))).ballots

    assert (papers.printed, papers.spoiled, papers.unused) == (None, None, None)


def test_facts_give_votes_in_ballot_order_with_percent_of_the_base(facts: MinutesInput) -> None:
    lines = [(line.id, line.name, line.votes, line.percent_of_base) for line in facts.candidates]

    assert lines == [
        ("c01", "Lò Văn An", 1, "12.50"),
        ("c02", "Vàng A Bình", 2, "25.00"),
        ("c03", "Nguyễn Thị Cúc", 2, "25.00"),
        ("c04", "Lường Văn Dũng", 0, "0.00"),
    ]
    assert {line.outcome for line in facts.candidates} == {CandidateOutcome.NOT_QUALIFIED}
    assert (facts.elected, facts.shortfall) == ((), 3)


def test_facts_list_what_is_invalid_by_its_marks_for_the_board_to_confirm(facts: MinutesInput) -> None:
    assert facts.clear_invalid == (ClearInvalid("b0003", (InvalidGround.OVER_VOTE,)),)


def test_facts_list_every_decision_with_who_and_when(facts: MinutesInput) -> None:
    at = "2025-06-11T08:30:00+00:00"

    assert facts.decisions == (
        DecisionLine("b0002", "struck", "Lò Văn An", "c01", "faint+underline", "kept", at),
        DecisionLine("b0004", "SIGNED_OR_EXTRA_TEXT", "Lò Văn An", "", "OUTSIDE_NAME", "OUTSIDE_NAME", at),
    )


def test_facts_list_every_refused_page_with_its_answer(facts: MinutesInput) -> None:
    (line,) = facts.refused

    assert line == RefusedLine(
        "5.jpg",
        0,
        "corners_not_found",
        "found",
        "expected",
        "NOT_ISSUED",
        "Vàng A Bình",
        "2025-06-11T08:30:00+00:00",
    )


def test_facts_take_board_and_sitting_from_the_election_file(facts: MinutesInput) -> None:
    assert [(line.name, line.role) for line in facts.board] == [("Bế Xuân Trường", "Trưởng ban")]
    assert (facts.presidium_head, facts.closed, facts.copies) == ("Nông Thị Hà", None, 4)


@pytest.mark.parametrize(
    ("minutes", "day"),
    [
        ("opened = 2025-06-09T22:00:00\nclosed = 2025-06-10T01:15:00", date(2025, 6, 10)),
        ('opened = 2025-06-09T22:00:00\nclosed = "1 giờ 15"', date(2025, 6, 9)),
        ('opened = "8 giờ 00"\nclosed = "10 giờ"', date(2025, 6, 11)),
        ("", date(2025, 6, 11)),
    ],
)
def test_facts_bear_the_day_of_the_count_and_else_that_of_the_congress(tmp_path: Path, minutes: str, day: date) -> None:
    text = election_text(collected=1, tail=f"[minutes]\n{minutes}")

    assert minutes_facts(counted_folder(tmp_path, [ballot(1)], text)).on == day


def test_facts_list_unconfirmed_settings_with_value_and_clause(facts: MinutesInput) -> None:
    settings = {line.name: (line.value, line.clause) for line in facts.settings}

    assert settings["tie_reballot_plurality"][0] == "True"
    assert "surplus_limit_percent" not in settings


def test_facts_of_an_older_edition_cite_no_later_regulation(tmp_path: Path) -> None:
    text = election_text(collected=1).replace("2025-06", "2020-06")

    facts = minutes_facts(counted_folder(tmp_path, [ballot(1)], text))

    assert facts.edition == "244-QD-TW-2014"
    assert {line.clause for line in facts.settings} >= {"244-QĐ/TW Đ32", "244-QĐ/TW Đ17 k2"}
    assert not [line for line in facts.settings if "190" in line.clause]


@pytest.mark.parametrize(
    ("tail", "copies"),
    [
        ("", 3),
        ("[rules]\nminutes_copies = 5", 5),
        ("[minutes]\ncopies = 4", 4),
        ("[rules]\nminutes_copies = 5\n[minutes]\ncopies = 4", 4),
        ('[rules]\nminutes_copies = 5\n[minutes]\npresidium_head = "Nông Thị Hà"', 5),
    ],
)
def test_facts_say_one_number_of_copies_at_the_end_and_in_the_annex(tmp_path: Path, tail: str, copies: int) -> None:
    facts = minutes_facts(counted_folder(tmp_path, [ballot(1)], election_text(collected=1, tail=tail)))

    assert facts.copies == copies
    assert [line.value for line in facts.settings if line.name == "minutes_copies"] == [str(copies)]


def test_facts_carry_the_digest_of_the_count(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1)])

    facts = minutes_facts(folder)

    assert facts.digest == run(tmp_path / "e.toml", tmp_path / "scans", folder).digest


def test_facts_of_a_tie_name_the_tied_and_the_seats(tmp_path: Path) -> None:
    pages = [scan(marks={f"c{number:02d}": "struck"}) for number in range(1, 5)]
    text = election_text(collected=4, roll="[roll]\nsummoned = 4\npresent = 4")

    facts = minutes_facts(counted_folder(tmp_path, pages, text))

    assert facts.ties == (TieLine(("c01", "c02", "c03", "c04"), 3),)
    assert (facts.elected, facts.shortfall) == ((), 0)


def test_facts_of_a_tie_for_the_last_alternate_say_that_it_is_for_alternates(tmp_path: Path) -> None:
    kept = ["c01", "c01", "c01", "c02", "c03"]
    pages = [
        scan(marks={one: "struck" for one in ("c01", "c02", "c03") if one != name}, salt=number)
        for number, name in enumerate(kept)
    ]
    text = election_text(
        candidates=3,
        seats=1,
        office="delegates",
        contest="alternates = 1",
        collected=5,
        tail="[rules]\nalternates_need_majority = false",
        roll="[roll]\nsummoned = 5\npresent = 5",
    )

    facts = minutes_facts(counted_folder(tmp_path, pages, text))

    assert facts.elected == ("c01",)
    assert facts.ties == (TieLine(("c02", "c03"), 1, for_alternates=True),)


@pytest.mark.parametrize(
    ("pages", "collected", "status"),
    [
        ([refused()], 1, "awaiting_decisions"),
        ([ballot(1, doubt={"c01": "kept"})], 1, "awaiting_decisions"),
        ([ballot(1, foreign=["OUTSIDE_NAME"])], 1, "awaiting_decisions"),
        ([ballot(1)], 2, "stopped"),
    ],
)
def test_facts_are_refused_while_anything_is_open(
    tmp_path: Path, pages: list[bytes], collected: int, status: str
) -> None:
    folder = counted_folder(tmp_path, pages, election_text(collected=collected))

    with pytest.raises(errors.NotFinal) as refusal:
        minutes_facts(folder)

    assert refusal.value.fields["status"] == status
    assert isinstance(refusal.value, errors.CountStopped) == (status == "stopped")
    assert ("`daihoi count`" if status == "stopped" else f"daihoi decide {folder}") in sentence(refusal.value)
    assert refusal.value.fields["open"] == (0 if status == "stopped" else 1)


def test_facts_are_refused_while_typed_answers_are_not_adopted(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    answer(folder, {("b0001", "c01"): "kept"})
    review = folder / "review.csv"
    review.write_bytes(review.read_bytes().replace(b"kept,kept,", b"kept,struck,"))

    with pytest.raises(errors.AnswersNotAdopted) as refusal:
        minutes_facts(folder)

    assert refusal.value.fields["rows"] == ["b0001 c01"]


REBALLOT = 'round = 2\nround_kind = "tie_reballot"\nfollows = "bch1"'
CONFIRMED = (
    '[[overrides]]\ncheck = "tie_reballot_plurality"\nby = "Đoàn Chủ tịch"\nreason = "Bầu lại"\ndocument = "Biên bản"\n'
)


def _reballot(folder: Path, tail: str) -> Path:
    text = election_text(candidates=2, seats=1, collected=3, contest=REBALLOT, tail=tail)
    pages = [
        scan(marks={"c02": "struck"}, salt=1),
        scan(marks={"c02": "struck"}, salt=2),
        scan(marks={"c01": "struck"}),
    ]
    return counted_folder(folder, pages, text)


def test_facts_of_a_plurality_wait_for_the_presidium(tmp_path: Path) -> None:
    folder = _reballot(tmp_path, "")

    with pytest.raises(errors.ConfirmationMissing) as refusal:
        minutes_facts(folder)

    assert refusal.value.fields["check"] == "tie_reballot_plurality"


def test_facts_of_a_plurality_print_the_presidiums_confirmation(tmp_path: Path) -> None:
    facts = minutes_facts(_reballot(tmp_path, CONFIRMED))

    assert facts.by_plurality
    assert facts.elected == ("c01",)
    assert [override.by for override in facts.overrides] == ["Đoàn Chủ tịch"]


def test_facts_warn_of_what_the_list_check_warns_of(tmp_path: Path) -> None:
    facts = minutes_facts(counted_folder(tmp_path, [ballot(1)]))

    assert {line.check for line in facts.warnings} >= {"prepared_surplus_band"}


def test_facts_of_a_rehearsal_say_so(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=1))
    run(election, write_scans(tmp_path / "scans", [ballot(1)]), tmp_path / "COUNT", rehearsal=True)

    assert minutes_facts(tmp_path / "COUNT").rehearsal
