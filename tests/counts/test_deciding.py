"""The board's answers: checked all together, adopted once, never lost."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daihoi.counts import errors
from daihoi.counts.deciding import decide
from daihoi.counts.facts import minutes_facts
from daihoi.interchange.errors import BadDecisionError, ConflictingDecisionsError
from daihoi.reading.terms import RefusalReason
from daihoi.rules.terms import ResultStatus
from tests.counts.stand_in import (
    NOW,
    answer,
    ballot,
    counted_folder,
    election_text,
    events_of,
    lines_of,
    outputs_of,
    refused,
    rows_of,
    run,
    scan,
    write_scans,
)

AGREE = election_text(candidates=3, seats=3, office="delegates", collected=1)
KEYED = 'keyed:{"c01":"kept","c02":"kept","c03":"struck","c04":"struck"}'


def test_decide_puts_the_answer_into_the_ballot_and_leaves_the_reading_alone(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])

    decided = answer(folder, {("b0001", "c01"): "struck"})

    (line,) = lines_of(folder / "ballots.jsonl")
    assert line["marks"] == {"c01": "struck", "c02": "kept", "c03": "kept", "c04": "struck"}
    assert line["votes"] == ["c02", "c03"]
    assert decided.result.status is ResultStatus.FINAL
    (read,) = [entry for entry in events_of(folder) if entry.kind == "page.read"]
    assert dict(read.facts["marks"])["c01"] == "doubtful"  # type: ignore[arg-type, call-overload]


def test_decide_records_who_when_what_was_asked_and_proposed(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])

    answer(folder, {("b0001", "c01"): "struck"}, by="  Lò  Văn An ")

    (made,) = [entry for entry in events_of(folder) if entry.kind == "decision.made"]
    assert (made.by, made.at) == ("Lò Văn An", "2025-06-11T08:30:00+00:00")
    assert made.facts == {
        "ballot": "b0001",
        "candidate": "c01",
        "reason": "faint+underline",
        "proposal": "kept",
        "decision": "struck",
    }


def test_decide_leaves_empty_answers_open(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept", "c02": "struck"})])

    decided = answer(folder, {("b0001", "c01"): "kept", ("b0001", "c02"): ""})

    assert decided.result.status is ResultStatus.AWAITING_DECISIONS
    assert decided.open_rows == 1


def test_decide_again_with_the_same_answers_adds_nothing(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    answer(folder, {("b0001", "c01"): "struck"})
    before = outputs_of(folder)

    decide(folder, folder / "review.csv", by="Vàng A Bình", now=datetime(2030, 1, 1, tzinfo=UTC))

    assert outputs_of(folder) == before


def test_decide_otherwise_adds_an_event_and_the_last_holds(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    answer(folder, {("b0001", "c01"): "struck"})

    answer(folder, {("b0001", "c01"): "KEPT "})

    words = [entry.facts["decision"] for entry in events_of(folder) if entry.kind == "decision.made"]
    assert words == ["struck", "kept"]
    assert rows_of(folder)["b0001", "c01"].decision == "kept"


def test_decide_shows_the_adopted_answer_and_keeps_what_is_typed_elsewhere(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept", "c02": "kept"})])
    review = folder / "review.csv"
    review.write_bytes(review.read_bytes().replace(b"underline,kept,,", b"underline,kept,struck,"))

    answer(folder, {("b0001", "c01"): "kept"})

    rows = rows_of(folder)
    assert (rows["b0001", "c01"].decision, rows["b0001", "c02"].decision) == ("kept", "struck")


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_decide_reads_the_file_as_spreadsheets_save_it(tmp_path: Path, separator: str) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    path = tmp_path / "saved.csv"
    cells = [["ballot", "candidate", "decision"], ["b0001", "c01", "Struck"]]
    path.write_text("\r\n".join(separator.join(row) for row in cells), encoding="utf-8")

    assert decide(folder, path, by="An", now=NOW).result.status is ResultStatus.FINAL


@pytest.mark.parametrize("by", ["", "   ", "\t\n"])
def test_decide_refuses_an_answer_without_a_name(tmp_path: Path, by: str) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])

    with pytest.raises(errors.NameMissing):
        answer(folder, {("b0001", "c01"): "struck"}, by=by)


@pytest.mark.parametrize(
    ("place", "word"),
    [
        (("b0002", "c01"), "kept"),
        (("b0001", "c09"), "kept"),
        (("b0002", ""), "valid"),
        (("page:2.jpg#0", ""), "rescanned"),
        (("page:1.jpg#1", ""), "rescanned"),
        (("b1", "c01"), "kept"),
    ],
)
def test_decide_refuses_a_row_that_this_count_does_not_have(tmp_path: Path, place: tuple[str, str], word: str) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    before = outputs_of(folder)

    with pytest.raises(errors.UnknownRow) as refusal:
        answer(folder, {("b0001", "c01"): "struck", place: word})

    assert (refusal.value.fields["ballot"], refusal.value.fields["candidate"]) == place
    assert outputs_of(folder) == before


@pytest.mark.parametrize(
    ("place", "word"),
    [
        (("b0001", "c01"), "agree"),
        (("b0001", "c01"), "doubtful"),
        (("b0001", "c01"), "valid"),
        (("b0001", ""), "kept"),
        (("page:2.jpg#0", ""), "valid"),
        (("page:2.jpg#0", ""), "keyed:"),
        (("page:2.jpg#0", ""), 'keyed:{"c01":"agree"}'),
        (("page:2.jpg#0", ""), 'keyed:{"c01":"kept","c01":"struck"}'),
    ],
)
def test_decide_refuses_a_word_that_is_no_answer_there(tmp_path: Path, place: tuple[str, str], word: str) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"}), refused()])
    before = outputs_of(folder)

    with pytest.raises(BadDecisionError) as refusal:
        answer(folder, {place: word})

    assert refusal.value.row == 2
    assert outputs_of(folder) == before


def test_decide_refuses_two_answers_on_one_place(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    path = tmp_path / "twice.csv"
    path.write_text("ballot,candidate,decision\nb0001,c01,kept\nb0001,c01,struck\n", encoding="utf-8")

    with pytest.raises(ConflictingDecisionsError):
        decide(folder, path, by="An", now=NOW)


def test_decide_passes_over_answers_that_nothing_hangs_on(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1), ballot(2, doubt={"c01": "kept"})])

    decided = answer(folder, {("b0001", "c01"): "struck", ("b0001", ""): "valid", ("b0002", "c01"): "kept"})

    assert decided.unneeded == ("b0001 c01", "b0001")
    assert [entry.kind for entry in events_of(folder)].count("decision.made") == 1
    assert lines_of(folder / "ballots.jsonl")[0]["votes"] == ["c01", "c02", "c03"]


@pytest.mark.parametrize("ground", ["NOT_ISSUED", "SIGNED_OR_EXTRA_TEXT", "OUTSIDE_NAME", "DISTINGUISHING_MARK"])
def test_decide_takes_what_the_board_saw_and_the_reader_did_not(tmp_path: Path, ground: str) -> None:
    folder = counted_folder(tmp_path, [ballot(1), ballot(2)], election_text(collected=2))

    decided = answer(folder, {("b0001", ""): ground})

    assert (decided.unneeded, decided.result.status) == ((), ResultStatus.FINAL)
    assert dict(decided.result.invalid_by_ground) == {ground: 1}
    assert lines_of(folder / "ballots.jsonl")[0]["votes"] == []
    row = rows_of(folder)["b0001", ""]
    assert (row.reason, row.proposal, row.decision) == ("seen_by_board", "valid", ground)
    (made,) = [entry.facts for entry in events_of(folder) if entry.kind == "decision.made"]
    assert (made["reason"], made["proposal"]) == ("seen_by_board", "valid")


def test_row_that_the_board_added_is_kept_by_a_later_count_and_waited_for(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1), ballot(2)], election_text(collected=2))
    review = folder / "review.csv"
    review.write_bytes(review.read_bytes() + b"b0002,,,,NOT_ISSUED,\r\n")

    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert rows_of(folder)["b0002", ""].decision == "NOT_ISSUED"
    with pytest.raises(errors.AnswersNotAdopted):
        minutes_facts(folder)
    decide(folder, review, by="An", now=NOW)
    (line,) = minutes_facts(folder).decisions
    assert (line.ballot, line.reason, line.decision) == ("b0002", "seen_by_board", "NOT_ISSUED")


def test_decide_takes_back_what_the_board_had_seen(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1)], election_text(collected=1))
    answer(folder, {("b0001", ""): "NOT_ISSUED"})

    assert answer(folder, {("b0001", ""): "valid"}).result.valid == 1


def test_decide_needs_no_second_ground_for_a_ballot_that_its_marks_make_invalid(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [scan()], election_text(collected=1))

    decided = answer(folder, {("b0001", ""): "DISTINGUISHING_MARK"})

    assert decided.unneeded == ("b0001",)
    assert dict(decided.result.invalid_by_ground) == {"OVER_VOTE": 1}


def test_decide_on_ink_elsewhere_makes_the_ballot_valid_or_invalid(tmp_path: Path) -> None:
    pages = [ballot(1, foreign=["SIGNED_OR_EXTRA_TEXT"]), ballot(2, foreign=["DISTINGUISHING_MARK"])]
    folder = counted_folder(tmp_path, pages)
    row = rows_of(folder)["b0001", ""]
    assert (row.reason, row.proposal) == ("SIGNED_OR_EXTRA_TEXT", "SIGNED_OR_EXTRA_TEXT")

    decided = answer(folder, {("b0001", ""): "valid", ("b0002", ""): "outside_name"})

    assert (decided.result.valid, decided.result.invalid) == (1, 1)
    assert lines_of(folder / "ballots.jsonl")[1]["grounds"] == ["OUTSIDE_NAME"]


def test_decide_refuses_a_ground_that_the_marks_do_not_give(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, foreign=["DISTINGUISHING_MARK"])])

    with pytest.raises(errors.WrongAnswer) as refusal:
        answer(folder, {("b0001", ""): "OVER_VOTE"})

    assert refusal.value.fields["ballot"] == "b0001"
    assert refusal.value.fields["expected"] == ["DISTINGUISHING_MARK", "valid"]


def test_decide_on_marks_may_bring_the_ballot_itself_before_the_board(tmp_path: Path) -> None:
    page = scan(marks={"c01": "disagree", "c02": "none"}, doubt={"c03": "agree"})
    folder = counted_folder(tmp_path, [page], AGREE)
    assert ("b0001", "") not in rows_of(folder)

    decided = answer(folder, {("b0001", "c03"): "disagree"})

    assert decided.result.status is ResultStatus.AWAITING_DECISIONS
    row = rows_of(folder)["b0001", ""]
    assert (row.reason, row.proposal, row.decision) == ("no_agree", "valid", "")


def test_decide_takes_marks_and_the_ballot_they_bring_up_in_one_file(tmp_path: Path) -> None:
    page = scan(marks={"c01": "disagree", "c02": "none"}, doubt={"c03": "agree"})
    folder = counted_folder(tmp_path, [page], AGREE)

    decided = answer(folder, {("b0001", ""): "VOTES_NOBODY", ("b0001", "c03"): "none"})

    assert decided.result.status is ResultStatus.FINAL
    assert dict(decided.result.invalid_by_ground) == {"VOTES_NOBODY": 1}


def test_decide_changes_a_mark_and_the_answer_on_the_ballot_falls_away(tmp_path: Path) -> None:
    page = scan(marks={"c01": "disagree", "c02": "none"}, doubt={"c03": "agree"})
    folder = counted_folder(tmp_path, [page], AGREE)
    answer(folder, {("b0001", ""): "VOTES_NOBODY", ("b0001", "c03"): "none"})

    decided = answer(folder, {("b0001", "c03"): "agree"})

    assert (decided.result.valid, decided.result.invalid) == (1, 0)
    assert decided.result.status is ResultStatus.FINAL


@pytest.mark.parametrize(("word", "standing"), [("rescanned", None), ("not_a_ballot", None), ("NOT_ISSUED", "invalid")])
def test_decide_on_a_refused_page(tmp_path: Path, word: str, standing: str | None) -> None:
    collected = 1 if standing is None else 2
    folder = counted_folder(tmp_path, [refused(), ballot(2)], election_text(collected=collected))

    decided = answer(folder, {("page:1.jpg#0", ""): word})

    lines = lines_of(folder / "ballots.jsonl")
    assert [line["standing"] for line in lines] == ([standing, "valid"] if standing else ["valid"])
    assert lines[-1]["ballot"] == "b0002"
    assert decided.result.status is ResultStatus.FINAL
    assert len(lines_of(folder / "refused.jsonl")) == 1


def test_decide_not_issued_has_no_marks(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [refused()])

    answer(folder, {("page:1.jpg#0", ""): "not_issued"})

    (line,) = lines_of(folder / "ballots.jsonl")
    assert (line["marks"], line["grounds"], line["votes"]) == ({}, ["NOT_ISSUED"], [])


def test_decide_keyed_marks_make_a_ballot_that_keeps_its_place(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1), refused(), ballot(3)])

    decided = answer(folder, {("page:2.jpg#0", ""): KEYED.replace("keyed", "Keyed")})

    line = lines_of(folder / "ballots.jsonl")[1]
    assert (line["ballot"], line["votes"]) == ("b0002", ["c01", "c02"])
    assert rows_of(folder)["page:2.jpg#0", ""].decision == KEYED
    assert decided.result.status is ResultStatus.FINAL


def test_decide_refuses_keyed_marks_that_leave_somebody_out(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [refused()])

    with pytest.raises(errors.KeyedIncomplete) as refusal:
        answer(folder, {("page:1.jpg#0", ""): 'keyed:{"c01":"kept","c03":"struck"}'})

    assert refusal.value.fields == {
        "ballot": "page:1.jpg#0",
        "missing": ("c02", "c04"),
        "path": refusal.value.fields["path"],
    }


def test_decide_refuses_keyed_marks_of_somebody_not_on_the_list(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [refused()])

    with pytest.raises(errors.UnknownRow) as refusal:
        answer(folder, {("page:1.jpg#0", ""): KEYED.replace("c04", "c05")})

    assert refusal.value.fields["candidate"] == "c05"


@pytest.mark.parametrize("reason", [RefusalReason.REHEARSAL, RefusalReason.NOT_REHEARSAL])
def test_decide_keys_no_rehearsal_ballot_into_a_real_count(tmp_path: Path, reason: RefusalReason) -> None:
    folder = counted_folder(tmp_path, [refused(reason), ballot(2)], election_text(collected=2))
    before = (folder / "ledger.jsonl").read_bytes()

    with pytest.raises(errors.KeyedRehearsal) as refusal:
        answer(folder, {("page:1.jpg#0", ""): KEYED})

    assert refusal.value.fields["reason"] == reason.value
    assert (folder / "ledger.jsonl").read_bytes() == before
    assert answer(folder, {("page:1.jpg#0", ""): "NOT_ISSUED"}).result.invalid == 1


def test_decide_refuses_a_folder_without_a_count(tmp_path: Path) -> None:
    with pytest.raises(errors.NotACount):
        answer(tmp_path / "COUNT", {})


def test_decide_refuses_an_election_file_that_was_changed_in_the_folder(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    with (folder / "election.toml").open("ab") as file:
        file.write(b"# a note\n")

    with pytest.raises(errors.ElectionChanged):
        answer(folder, {("b0001", "c01"): "kept"})


def test_digest_changes_with_every_answer_and_with_nothing_else(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    first = json.loads((folder / "record.json").read_bytes())
    decided = answer(folder, {("b0001", "c01"): "kept"})

    again = run(tmp_path / "e.toml", tmp_path / "scans", folder)

    second = json.loads((folder / "record.json").read_bytes())
    assert decided.digest == again.digest
    assert first["ledger"] != second["ledger"]


def test_later_scans_and_answers_never_renumber_a_ballot(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [refused(), ballot(2), refused(salt=1)], election_text(collected=3))
    answer(folder, {("page:1.jpg#0", ""): "rescanned"})
    write_scans(tmp_path / "scans", {"0.jpg": ballot(0), "4.jpg": ballot(4)})
    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    answer(folder, {("page:3.jpg#0", ""): "not_a_ballot"})

    lines = lines_of(folder / "ballots.jsonl")
    numbered = {line["pages"][0]["file"]: line["ballot"] for line in lines}  # type: ignore[index]
    assert numbered == {"2.jpg": "b0002", "0.jpg": "b0004", "4.jpg": "b0005"}
