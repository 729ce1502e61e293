"""Scans on their way into the ledger: in the order of taking, whoever reads and whoever dies."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from daihoi.counts import page_reading
from daihoi.counts.count import count
from daihoi.counts.journal import Journal
from daihoi.counts.pool import LocalReaders, PageResult, PageTask, Readers, Work
from daihoi.counts.scan_reader import Scanner
from tests.counts.believer import Believer
from tests.counts.stand_in import (
    CONTEST,
    STAND_IN,
    always_same,
    ballot,
    election_text,
    events_of,
    lines_of,
    outputs_of,
    run,
    scan,
    write_election,
    write_scans,
)
from tests.counts.test_watching import HereReaders


class Fragile(Believer):
    """Ends its process at a page that says so."""

    def __call__(self, data: bytes, task: PageTask) -> PageResult:
        """One page."""
        if b'"poison"' in data:
            os.abort()
        return super().__call__(data, task)


def _kinds(out: Path) -> list[str]:
    return [f"{entry.kind} {entry.facts['file']}" for entry in events_of(out)[1:]]


def test_file_stands_in_the_ledger_right_before_its_page(tmp_path: Path) -> None:
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2), ballot(1)])

    run(write_election(tmp_path), scans, tmp_path / "COUNT")

    assert _kinds(tmp_path / "COUNT") == [
        *("image.taken 1.jpg", "page.read 1.jpg", "image.taken 2.jpg", "page.read 2.jpg"),
        *("image.taken 3.jpg", "page.refused 3.jpg"),
    ]


def test_several_workers_give_the_bytes_of_one(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=24))
    # The first pages take longest, so that the later ones are ready before them.
    pages = [ballot(number, slow=0.1 if number < 3 else 0.0) for number in range(24)]
    scans = write_scans(tmp_path / "scans", pages)

    run(election, scans, tmp_path / "two", workers=2)
    count(election, CONTEST, scans=scans, out=tmp_path / "here", scanner=STAND_IN, readers=HereReaders)

    assert outputs_of(tmp_path / "two") == outputs_of(tmp_path / "here")


def test_readers_killed_in_the_middle_change_no_byte(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=30))
    scans = write_scans(tmp_path / "scans", [ballot(number, slow=0.02) for number in range(30)])
    held: list[LocalReaders] = []
    moments = {4, 15}

    def open_readers(work: Callable[[], Work]) -> Readers:
        held.append(LocalReaders(work, 2))
        return held[0]

    def kill(done: int, _total: int, _phase: str) -> None:
        if done in moments:
            moments.remove(done)
            for pid in held[0].pids():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    out = tmp_path / "COUNT"
    count(election, CONTEST, scans=scans, out=out, scanner=STAND_IN, readers=open_readers, progress=kill)

    assert not moments
    run(election, scans, tmp_path / "whole")
    assert outputs_of(out) == outputs_of(tmp_path / "whole")


def test_page_that_ends_its_readers_is_refused_and_the_count_goes_on(tmp_path: Path) -> None:
    election = write_election(tmp_path, election_text(collected=10))
    pages = [ballot(number) for number in range(9)]
    scans = write_scans(tmp_path / "scans", [*pages[:4], scan(poison=True), *pages[4:]])

    out = tmp_path / "COUNT"
    count(election, CONTEST, scans=scans, out=out, workers=2, scanner=Scanner(Fragile, always_same))

    (refusal,) = lines_of(out / "refused.jsonl")
    assert (refusal["file"], refusal["reason"]) == ("5.jpg", "ends_reader")
    assert len(lines_of(out / "ballots.jsonl")) == 9


def test_images_and_crops_are_synced_before_the_events_that_name_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    sync_file, sync = page_reading.sync_file, Journal.sync
    monkeypatch.setattr(page_reading, "GROUP", 4)
    monkeypatch.setattr(page_reading, "GROUP_SECONDS", 60)
    monkeypatch.setattr(page_reading, "sync_file", lambda path: (seen.append(path.name), sync_file(path)))
    monkeypatch.setattr(Journal, "sync", lambda journal: (seen.append("ledger"), sync(journal)))
    scans = write_scans(tmp_path / "scans", [ballot(1, doubt={"c01": "kept"}), ballot(2), ballot(3)])

    run(write_election(tmp_path), scans, tmp_path / "COUNT")

    # The opening of the count; two files with their pages; the rest.
    assert seen[:7] == ["ledger", "00001.jpg", "00001-000-001.png", "00002.jpg", "ledger", "00003.jpg", "ledger"]


def test_group_closes_after_half_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []
    sync = Journal.sync
    monkeypatch.setattr(page_reading, "GROUP_SECONDS", 0)
    monkeypatch.setattr(Journal, "sync", lambda journal: (lengths.append(len(journal.entries)), sync(journal)))
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2)])

    run(write_election(tmp_path, election_text(collected=2)), scans, tmp_path / "COUNT")

    assert lengths[:5] == [1, 2, 3, 4, 5]


def test_what_was_read_before_a_failure_is_kept(tmp_path: Path) -> None:
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2), ballot(3)])
    out = tmp_path / "COUNT"

    def fail(done: int, _total: int, _phase: str) -> None:
        if done == 2:
            raise OSError(5, "the cable")

    with pytest.raises(OSError, match="the cable"):
        count(write_election(tmp_path), CONTEST, scans=scans, out=out, workers=1, scanner=STAND_IN, progress=fail)

    assert [entry.kind for entry in events_of(out)].count("page.read") == 2


def test_work_is_made_only_when_a_page_comes(tmp_path: Path) -> None:
    election = write_election(tmp_path)
    scans = write_scans(tmp_path / "scans", [ballot(1), ballot(2), ballot(3)])
    run(election, scans, tmp_path / "COUNT")

    def never() -> Work:
        raise AssertionError

    readers = LocalReaders(never, 1)
    count(election, CONTEST, scans=scans, out=tmp_path / "COUNT", scanner=STAND_IN, readers=lambda _work: readers)

    assert readers.pids() == ()
