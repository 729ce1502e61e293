"""From a folder of scans to a result, and on from where an earlier run stopped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from daihoi.counts import errors
from daihoi.counts.count import count
from daihoi.interchange.errors import BadDecisionError
from daihoi.reading.terms import RefusalReason
from daihoi.rules.terms import ResultStatus
from tests.counts.stand_in import (
    CONTEST,
    STAND_IN,
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
    write_election,
    write_scans,
)


def test_count_of_clear_ballots_is_final(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2), ballot(3)])

    counted = run(election, scans, tmp_path / "COUNT")

    assert counted.result.status is ResultStatus.FINAL
    assert counted.open_rows == 0
    assert (counted.result.valid, counted.result.invalid) == (3, 0)
    assert [line.votes for line in counted.result.tally] == [3, 3, 3, 0]


def test_count_writes_every_file_of_the_folder(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1)])

    assert set(outputs_of(folder)) == {
        ".lock",
        "ballots.jsonl",
        "batches.csv",
        "cvr.json",
        "election.toml",
        "images/00001.jpg",
        "ledger.jsonl",
        "positions.csv",
        "record.json",
        "refused.jsonl",
        "result.json",
        "review.csv",
        "sheet.json",
    }


def test_count_tells_pages_of_a_ballot_as_they_were_named(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=1))
    scans = write_scans(tmp_path / "scans", {"Tờ số 1/Quét 1.jpg": ballot(1)})

    run(election, scans, tmp_path / "COUNT")

    (line,) = lines_of(tmp_path / "COUNT" / "ballots.jsonl")
    (page,) = line["pages"]  # type: ignore[misc]
    assert page["file"] == "Tờ số 1/Quét 1.jpg"  # type: ignore[index]
    assert line["votes"] == ["c01", "c02", "c03"]


def test_count_reads_scans_in_natural_order(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    pages = {"s10.jpg": ballot(10), "s2.jpg": ballot(2), "s1.jpg": ballot(1)}

    run(election, write_scans(tmp_path / "scans", pages), tmp_path / "COUNT")

    taken = [entry.facts["file"] for entry in events_of(tmp_path / "COUNT") if entry.kind == "image.taken"]
    assert taken == ["s1.jpg", "s2.jpg", "s10.jpg"]


def test_count_twice_changes_no_byte(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", [ballot(1), refused(), ballot(3, doubt={"c01": "kept"})])
    run(election, scans, tmp_path / "COUNT")
    before = outputs_of(tmp_path / "COUNT")

    run(election, scans, tmp_path / "COUNT")

    assert outputs_of(tmp_path / "COUNT") == before


def test_count_in_two_folders_gives_the_same_bytes(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", [ballot(1), refused(), ballot(3, doubt={"c01": "kept"})])

    run(election, scans, tmp_path / "one")
    run(election, scans, tmp_path / "two")

    assert outputs_of(tmp_path / "one") == outputs_of(tmp_path / "two")


def test_count_adds_scans_that_come_later_at_the_end(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", {"5.jpg": ballot(5), "6.jpg": ballot(6)})
    first = run(election, scans, tmp_path / "COUNT")
    write_scans(scans, {"1.jpg": ballot(1)})

    second = run(election, scans, tmp_path / "COUNT")

    assert (first.result.status, second.result.status) == (ResultStatus.STOPPED, ResultStatus.FINAL)
    ballots = {line["ballot"]: line["pages"] for line in lines_of(tmp_path / "COUNT" / "ballots.jsonl")}
    assert [pages[0]["file"] for pages in ballots.values()] == ["5.jpg", "6.jpg", "1.jpg"]  # type: ignore[index]
    assert list(ballots) == ["b0001", "b0002", "b0003"]


def test_count_takes_a_changed_file_as_another_scan(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=2))
    scans = write_scans(tmp_path / "scans", {"1.jpg": ballot(1)})
    run(election, scans, tmp_path / "COUNT")
    write_scans(scans, {"1.jpg": ballot(2)})

    for _ in range(2):
        counted = run(election, scans, tmp_path / "COUNT")

    taken = [entry.facts["file"] for entry in events_of(tmp_path / "COUNT") if entry.kind == "image.taken"]
    assert taken == ["1.jpg", "1.jpg~2"]
    assert counted.result.valid == 2


def test_count_refuses_the_same_file_under_two_names_and_names_both(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1), ballot(2), ballot(1)])

    (line,) = lines_of(folder / "refused.jsonl")
    assert (line["file"], line["reason"], line["found"]) == ("3.jpg", "duplicate_file", "1.jpg")
    assert rows_of(folder)["page:3.jpg#0", ""].proposal == "not_a_ballot"


def test_count_refuses_equal_pixels_in_two_files_and_names_both(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, pixels="same"), ballot(2, pixels="same")])

    (line,) = lines_of(folder / "refused.jsonl")
    assert (line["file"], line["reason"], line["found"]) == ("2.jpg", "duplicate_image", "1.jpg#0")


def test_count_knows_equal_pixels_again_in_another_run(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, pixels="same")])
    run(tmp_path / "e.toml", write_scans(tmp_path / "scans", {"2.jpg": ballot(2, pixels="same")}), folder)

    assert [line["found"] for line in lines_of(folder / "refused.jsonl")] == ["1.jpg#0"]


def test_count_keeps_both_where_sums_agree_and_pixels_do_not(tmp_path: Path) -> None:
    files = {f"{n}.jpg": ballot(n, pixels="same sums") for n in (1, 2)}
    scanner = replace(STAND_IN, same_pixels=lambda _one, _other: False)

    count(
        write_election(tmp_path),
        CONTEST,
        scans=write_scans(tmp_path / "scans", files),
        out=tmp_path / "COUNT",
        workers=1,
        scanner=scanner,
    )

    assert lines_of(tmp_path / "COUNT" / "refused.jsonl") == []


def test_count_lets_blank_pages_look_alike(tmp_path: Path) -> None:
    pages = [scan(refuse="blank_page", pixels="white", salt=number) for number in range(2)]
    folder = counted_folder(tmp_path, pages)

    assert [line["reason"] for line in lines_of(folder / "refused.jsonl")] == ["blank_page", "blank_page"]


def test_count_refuses_a_file_that_is_no_image_and_never_skips_it(tmp_path: Path, real_reader: None) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", {"letter.docx": b"PK", "1.jpg": b"no picture"})

    counted = count(election, CONTEST, scans=scans, out=tmp_path / "COUNT", workers=1)

    lines = lines_of(tmp_path / "COUNT" / "refused.jsonl")
    assert [(line["file"], line["reason"]) for line in lines] == [
        ("1.jpg", RefusalReason.NOT_AN_IMAGE),
        ("letter.docx", RefusalReason.NOT_AN_IMAGE),
    ]
    assert counted.open_rows == 2


def test_count_tells_the_files_that_it_ignores(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=1))
    scans = write_scans(tmp_path / "scans", {"1.jpg": ballot(1), "truth.json": b"{}", "Thumbs.db": b"", ".x.jpg": b""})

    counted = run(election, scans, tmp_path / "COUNT")

    assert counted.ignored == (".x.jpg", "truth.json")
    assert counted.result.valid == 1


def test_count_survives_a_page_that_breaks_the_reader(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1), scan(crash=True)])

    (line,) = lines_of(folder / "refused.jsonl")
    assert (line["file"], line["found"]) == ("2.jpg", "ZeroDivisionError")


def test_count_with_a_refused_page_awaits_the_board(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", [ballot(1), refused(), ballot(3)])

    counted = run(election, scans, tmp_path / "COUNT")

    assert counted.result.status is ResultStatus.AWAITING_DECISIONS
    assert counted.open_rows == 1
    assert [line["ballot"] for line in lines_of(tmp_path / "COUNT" / "ballots.jsonl")] == ["b0001", "b0003"]


def test_count_that_cannot_reconcile_is_stopped_even_while_answers_are_open(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=2, issued=2))
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2), ballot(3), refused()])

    assert run(election, scans, tmp_path / "COUNT").result.status is ResultStatus.STOPPED


def test_count_keeps_a_doubt_open_only_where_it_decides(tmp_path: Path) -> None:
    over_vote = scan(marks={}, salt=1, doubt={})
    doubt_on_over_vote = election_text(candidates=5, seats=4, collected=2)
    pages = [over_vote, scan(marks={"c05": "struck"}, doubt={"c04": "struck"})]

    folder = counted_folder(tmp_path, pages, doubt_on_over_vote)

    first, second = lines_of(folder / "ballots.jsonl")
    assert (first["standing"], first["grounds"]) == ("invalid", ["OVER_VOTE"])
    assert (second["standing"], second["votes"]) == ("undecided", [])


def test_count_lets_a_doubt_on_a_ballot_that_is_final_anyway_stand(tmp_path: Path) -> None:
    text = election_text(candidates=9, seats=7, collected=1)
    folder = counted_folder(tmp_path, [scan(doubt={"c08": "struck"})], text)

    assert json.loads((folder / "result.json").read_bytes())["status"] == "final"
    assert rows_of(folder)["b0001", "c08"].decision == ""


def test_count_with_other_workers_gives_the_same_bytes(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=12))
    pages = [ballot(number, doubt={"c01": "kept"} if number % 4 == 0 else {}) for number in range(11)]
    scans = write_scans(tmp_path / "scans", [*pages, refused()])
    run(election, scans, tmp_path / "one")

    run(election, scans, tmp_path / "many", workers=2)

    assert outputs_of(tmp_path / "one") == outputs_of(tmp_path / "many")


def test_count_reports_progress_page_by_page(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=2))
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2)])
    seen: list[tuple[int, int, str]] = []

    count(
        election,
        CONTEST,
        scans=scans,
        out=tmp_path / "COUNT",
        workers=1,
        scanner=STAND_IN,
        progress=lambda done, total, phase: seen.append((done, total, phase)),
    )

    assert seen == [(0, 2, "read"), (0, 2, "read"), (1, 2, "read"), (2, 2, "read")]


def test_count_goes_on_when_figures_are_filled_in(tmp_path: Path) -> None:
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2)])
    election = write_election(tmp_path, election_text(collected=3))
    run(election, scans, tmp_path / "COUNT")
    election.write_text(election_text(collected=2), encoding="utf-8")

    counted = run(election, scans, tmp_path / "COUNT")

    assert counted.result.status is ResultStatus.FINAL
    kinds = [entry.kind for entry in events_of(tmp_path / "COUNT")]
    assert kinds.count("election.replaced") == 1
    assert kinds.count("image.taken") == 2


def test_count_keeps_a_decision_that_was_adopted(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    answer(folder, {("b0001", "c01"): "struck"})
    write_scans(tmp_path / "scans", {"2.jpg": ballot(2)})

    run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert rows_of(folder)["b0001", "c01"].decision == "struck"


def test_count_keeps_a_decision_that_was_typed_and_not_adopted(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    review = folder / "review.csv"
    review.write_bytes(review.read_bytes().replace(b"kept,,", b"kept,struck,"))
    write_scans(tmp_path / "scans", {"2.jpg": ballot(2, doubt={"c02": "kept"})})

    counted = run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert rows_of(folder)["b0001", "c01"].decision == "struck"
    assert rows_of(folder)["b0002", "c02"].decision == ""
    assert counted.open_rows == 2


def test_count_refuses_a_review_file_that_it_cannot_read_and_leaves_it(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1, doubt={"c01": "kept"})])
    review = folder / "review.csv"
    review.write_bytes(review.read_bytes().replace(b"kept,,", b"kept,perhaps,"))
    write_scans(tmp_path / "scans", {"2.jpg": ballot(2)})
    before = outputs_of(folder)

    with pytest.raises(BadDecisionError) as refusal:
        run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert refusal.value.row == 2
    assert outputs_of(folder) == before


def test_count_refuses_a_list_that_breaks_the_regulation(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(candidates=8, seats=4))

    with pytest.raises(errors.ListRefused) as refusal:
        run(election, write_scans(tmp_path / "scans", [ballot(1)]), tmp_path / "COUNT")

    assert [finding.check for finding in refusal.value.fields["findings"]] == ["surplus_within_limit"]  # type: ignore[attr-defined]
    assert not (tmp_path / "COUNT").exists()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (election_text(figures=""), ["[contests.ballots] issued", "[contests.ballots] collected"]),
        (election_text(roll=""), ["[roll]"]),
    ],
)
def test_count_refuses_an_election_without_figures_and_names_them(
    tmp_path: Path, text: str, missing: list[str]
) -> None:
    election = write_election(tmp_path, text)

    with pytest.raises(errors.FiguresMissing) as refusal:
        run(election, write_scans(tmp_path / "scans", [ballot(1)]), tmp_path / "COUNT")

    assert refusal.value.fields["keys"] == missing


def test_count_refuses_without_the_form_secret(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    (tmp_path / "e.form-secret").unlink()

    with pytest.raises(errors.SecretMissing):
        run(election, write_scans(tmp_path / "scans", [ballot(1)]), tmp_path / "COUNT")

    assert not (tmp_path / "e.form-secret").exists()


def test_count_refuses_an_unknown_contest(tmp_path: Path) -> None:
    with pytest.raises(errors.UnknownContest) as refusal:
        count(write_election(tmp_path), "bt", scans=tmp_path, out=tmp_path / "COUNT")

    assert refusal.value.fields == {"contest": "bt", "known": CONTEST}


def test_count_refuses_scans_that_are_no_folder(tmp_path: Path) -> None:
    with pytest.raises(errors.NoScans):
        run(write_election(tmp_path), tmp_path / "none", tmp_path / "COUNT")


def test_count_refuses_scans_that_hold_no_scan_before_it_makes_a_folder(tmp_path: Path) -> None:
    scans = write_scans(tmp_path / "scans", {"note.txt": b"", "Thumbs.db": b""})

    with pytest.raises(errors.NoScanFound):
        run(write_election(tmp_path), scans, tmp_path / "COUNT")

    assert not (tmp_path / "COUNT").exists()


def test_count_that_has_scans_goes_on_when_their_folder_was_emptied(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=1))
    scans = write_scans(tmp_path / "scans", [ballot(1)])
    first = run(election, scans, tmp_path / "COUNT")
    for file in scans.iterdir():
        file.unlink()

    assert run(election, scans, tmp_path / "COUNT").digest == first.digest


@pytest.mark.parametrize("out", [".", "COUNT", "../"])
def test_count_refuses_to_lie_within_the_scans_or_around_them(tmp_path: Path, out: str) -> None:
    scans = write_scans(tmp_path / "all" / "scans", [ballot(1)])

    with pytest.raises(errors.ScansInCount):
        run(write_election(tmp_path), scans, scans / out)


def test_count_refuses_a_folder_with_other_things(tmp_path: Path) -> None:
    scans = write_scans(tmp_path / "scans", [ballot(1)])
    (tmp_path / "COUNT").mkdir()
    (tmp_path / "COUNT" / "holiday.jpg").write_bytes(b"")

    with pytest.raises(errors.FolderNotEmpty) as refusal:
        run(write_election(tmp_path), scans, tmp_path / "COUNT")

    assert refusal.value.fields["found"] == ["holiday.jpg"]


@pytest.mark.parametrize(
    "change",
    [
        {"seats": 2, "candidates": 3},
        {"contest": "round = 2"},
        {"candidates": 10, "seats": 8},
    ],
)
def test_count_refuses_to_go_on_with_another_printed_form(tmp_path: Path, change: dict[str, object]) -> None:
    folder = counted_folder(tmp_path, [ballot(1)])
    election = write_election(tmp_path, election_text(**change))  # type: ignore[arg-type]
    before = outputs_of(folder)

    with pytest.raises(errors.AnotherForm):
        run(election, tmp_path / "scans", folder)

    assert outputs_of(folder) == before


def test_count_refuses_to_turn_into_a_rehearsal(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1)])

    with pytest.raises(errors.AnotherForm) as refusal:
        run(tmp_path / "e.toml", tmp_path / "scans", folder, rehearsal=True)

    assert refusal.value.fields["given"] == "bch (rehearsal)"


def test_count_refuses_another_name_on_the_list(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1)], election_text(collected=1))
    text = election_text(collected=1).replace("Vàng A Bình", "Vàng A Páo")

    with pytest.raises(errors.AnotherForm):
        run(write_election(tmp_path, text), tmp_path / "scans", folder)


def test_count_refuses_a_ledger_that_was_changed(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1)])
    ledger = folder / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b'"c01":"kept"', b'"c01":"struck"'))

    with pytest.raises(errors.LedgerBroken) as refusal:
        run(tmp_path / "e.toml", tmp_path / "scans", folder)

    assert refusal.value.fields["line"] == 3


def test_count_refuses_an_unread_copy_that_was_changed(tmp_path: Path) -> None:
    folder = counted_folder(tmp_path, [ballot(1), ballot(2)])
    ledger = folder / "ledger.jsonl"
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join(lines[:-1]))
    (folder / "images" / "00002.jpg").write_bytes(ballot(3))

    with pytest.raises(errors.ImageChanged):
        run(tmp_path / "e.toml", tmp_path / "scans", folder)
