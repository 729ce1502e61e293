"""A count that is killed at any moment goes on where it stopped and ends with the same bytes."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from daihoi.counts import disk, errors
from daihoi.counts.count import count
from daihoi.counts.lock import only_process
from tests.counts.stand_in import (
    CONTEST,
    STAND_IN,
    ballot,
    election_text,
    events_of,
    outputs_of,
    refused,
    run,
    write_election,
    write_scans,
)
from tests.counts.to_be_killed import counting, kill, started

PAGES = 30


@pytest.fixture
def pile(tmp_path: Path) -> tuple[Path, Path]:
    """An election and its scans, slow enough to be killed among them."""
    pages = [
        ballot(
            number, slow=0.01, **({"doubt": {"c01": "kept"}, "foreign": ["OUTSIDE_NAME"]} if number % 5 == 0 else {})
        )
        for number in range(PAGES - 2)
    ]
    election = write_election(tmp_path, election_text(collected=PAGES))
    return election, write_scans(tmp_path / "scans", [*pages, refused(), pages[3]])


def _events(out: Path) -> int:
    ledger = out / "ledger.jsonl"
    return ledger.read_bytes().count(b"\n") if ledger.exists() else 0


# When, and with how many workers.
MOMENTS: tuple[tuple[Callable[[Path], bool], int], ...] = (
    (lambda out: len(list((out / "images").glob("*"))) >= 3, 1),
    (lambda out: _events(out) >= PAGES + 2, 2),
    (lambda out: (out / "ballots.jsonl").exists(), 1),
)


def _killed_at(moment: Callable[[Path], bool], pile: tuple[Path, Path], out: Path, workers: int) -> None:
    process = started(counting, *pile, out, workers)
    try:
        end = time.monotonic() + 30
        while process.is_alive() and not moment(out) and time.monotonic() < end:
            time.sleep(0.001)
    finally:
        kill(process)


def test_count_killed_again_and_again_ends_with_the_same_bytes(tmp_path: Path, pile: tuple[Path, Path]) -> None:
    election, scans = pile
    out = tmp_path / "killed"
    for moment, workers in MOMENTS:
        _killed_at(moment, pile, out, workers)

    run(election, scans, out)

    run(election, scans, tmp_path / "whole")
    assert outputs_of(out) == outputs_of(tmp_path / "whole")


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A small finished count: election, scans, folder."""
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", [ballot(1, doubt={"c02": "kept"}), refused(), ballot(3)])
    run(election, scans, tmp_path / "whole")
    return election, scans, tmp_path / "whole"


@pytest.mark.parametrize("share", [0, 3, 11, 26, 38, 51, 64, 77, 89, 99])
def test_count_goes_on_from_a_ledger_cut_anywhere(whole: tuple[Path, Path, Path], share: int) -> None:
    election, scans, folder = whole
    expected = outputs_of(folder)
    ledger = folder / "ledger.jsonl"
    data = ledger.read_bytes()
    ledger.write_bytes(data[: len(data) * share // 100])

    run(election, scans, folder)

    assert outputs_of(folder) == expected


@pytest.mark.parametrize(
    "lost",
    ["images", "crops", "result.json", "record.json", "review.csv", "ballots.jsonl", "refused.jsonl", "cvr.json"],
)
def test_count_makes_again_what_was_not_written_before_the_ledger(whole: tuple[Path, Path, Path], lost: str) -> None:
    election, scans, folder = whole
    expected = outputs_of(folder)
    ledger = folder / "ledger.jsonl"
    # Killed before the first group was recorded: what the ledger does not name may lie there or not.
    ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])
    path = folder / lost
    shutil.rmtree(path) if path.is_dir() else path.unlink()

    run(election, scans, folder)

    assert outputs_of(folder) == expected


def test_count_removes_copies_whose_scan_is_gone_and_was_never_recorded(whole: tuple[Path, Path, Path]) -> None:
    election, scans, folder = whole
    ledger = folder / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().splitlines(keepends=True)[0])
    (scans / "3.jpg").unlink()

    run(election, scans, folder)

    assert [path.name for path in sorted((folder / "images").iterdir())] == ["00001.jpg", "00002.jpg"]


def test_count_removes_half_written_files(whole: tuple[Path, Path, Path]) -> None:
    election, scans, folder = whole
    expected = outputs_of(folder)
    (folder / ".result.json.part").write_bytes(b'{"half')

    run(election, scans, folder)

    assert outputs_of(folder) == expected


def test_count_is_refused_while_another_process_counts(whole: tuple[Path, Path, Path]) -> None:
    election, scans, folder = whole

    with only_process(folder), pytest.raises(errors.CountIsOpen):
        run(election, scans, folder)


@pytest.mark.parametrize("full_at", [1, 2, 3, 4, 6, 9, 13])
def test_count_on_a_full_disk_says_so_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, full_at: int
) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", [ballot(1, doubt={"c02": "kept"}), refused(), ballot(3)])
    run(election, scans, tmp_path / "whole")
    synced = 0

    def full(handle: int) -> None:
        nonlocal synced
        synced += 1
        if synced >= full_at:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(disk.os, "fsync", full)
        with pytest.raises(errors.DiskFull) as refusal:
            run(election, scans, tmp_path / "COUNT")

    assert refusal.value.fields["path"]
    run(election, scans, tmp_path / "COUNT")
    assert outputs_of(tmp_path / "COUNT") == outputs_of(tmp_path / "whole")


def test_stop_by_hand_keeps_what_was_read(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2), ballot(3)])
    out = tmp_path / "COUNT"

    def stop(done: int, _total: int, phase: str) -> None:
        if (done, phase) == (2, "read"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        count(election, CONTEST, scans=scans, out=out, workers=1, scanner=STAND_IN, progress=stop)

    assert [entry.kind for entry in events_of(out)].count("page.read") == 2
