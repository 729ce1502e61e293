"""Pages read on other machines: the same bytes, whoever dies."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from daihoi.counts import count, errors, pool_cluster, pool_remote
from daihoi.counts.cluster_address import ClusterAddress
from daihoi.counts.pool import PageResult, PageTask, Work
from daihoi.counts.pool_remote import ClusterReaders, SentPage, answered, remote_readers
from daihoi.reading.terms import PrintedForm, Refusal, RefusalReason
from daihoi.sheet.terms import Rect, SheetForm, SheetPlan
from tests.counts.cluster_machines import Machines, machines
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
from tests.counts.test_pool import Echo

PAGES = 40
FORM = PrintedForm(SheetPlan(SheetForm.STRIKE_OUT, Rect(0, 0, 0, 0), ()), (), 200)


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_cluster, "EMPTY_SECONDS", 3.0)
    # Workers start while the test begins.
    monkeypatch.setattr(pool_cluster, "CONNECT_SECONDS", 60.0)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Two workers; who kills one starts another."""
    with machines(tmp_path_factory.mktemp("cluster"), 2) as started:
        yield started


@pytest.fixture
def pile(tmp_path: Path) -> tuple[Path, Path]:
    """An election and its scans."""
    pages = [ballot(n, slow=0.02, **({"doubt": {"c01": "kept"}} if n % 7 == 0 else {})) for n in range(PAGES - 2)]
    election = write_election(tmp_path, election_text(collected=PAGES))
    return election, write_scans(tmp_path / "scans", [*pages, refused(), pages[3]])


def _count(pile: tuple[Path, Path], out: Path, address: str) -> None:
    readers = remote_readers(ClusterAddress(address))
    count.count(pile[0], CONTEST, scans=pile[1], out=out, scanner=STAND_IN, readers=readers)


def _whole(pile: tuple[Path, Path], folder: Path) -> dict[str, bytes]:
    run(*pile, folder / "whole")
    return outputs_of(folder / "whole")


def test_cluster_gives_the_bytes_of_this_machine(cluster: Machines, pile: tuple[Path, Path], tmp_path: Path) -> None:
    _count(pile, tmp_path / "COUNT", cluster.address)

    assert outputs_of(tmp_path / "COUNT") == _whole(pile, tmp_path)


def test_worker_killed_in_the_middle_changes_no_byte(
    cluster: Machines, pile: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []

    def kill(done: int, _total: int, _phase: str) -> None:
        if done >= 5 and not killed:
            worker = cluster.workers.pop(0)
            worker.kill()
            killed.append(worker.wait())

    readers = remote_readers(ClusterAddress(cluster.address))
    out = tmp_path / "COUNT"
    count.count(pile[0], CONTEST, scans=pile[1], out=out, scanner=STAND_IN, readers=readers, progress=kill)
    cluster.add(1)

    assert killed
    assert outputs_of(out) == _whole(pile, tmp_path)


def _tasks(folder: Path, contents: list[bytes]) -> list[PageTask]:
    """The pages of files, three a file."""
    tasks = []
    for number, data in enumerate(contents):
        path = folder / f"{number}.tif"
        path.write_bytes(data)
        tasks += [PageTask(str(path), hashlib.sha256(data).hexdigest(), path.name, index) for index in range(3)]
    return tasks


def _read(tasks: list[PageTask], address: str) -> list[Refusal]:
    readers = ClusterReaders(lambda: Work(FORM, (), Echo), ClusterAddress(address))
    try:
        answers = [readers.submit(task) for task in tasks]
        outcomes = [answer.result().outcome for answer in answers]
    finally:
        readers.close()
    return [outcome for outcome in outcomes if isinstance(outcome, Refusal)]


def test_pages_of_one_file_are_read_from_the_bytes_that_travelled_once(cluster: Machines, tmp_path: Path) -> None:
    contents = [b"a", b"b" * 3_000_000, b"c"]

    outcomes = _read(_tasks(tmp_path, contents), cluster.address)

    assert [outcome.found for outcome in outcomes] == [f"{data!r}#{n}" for data in contents for n in range(3)]
    assert str(os.getpid()) not in {outcome.expected for outcome in outcomes}


def test_page_that_ends_workers_is_refused_and_the_rest_is_read(cluster: Machines, tmp_path: Path) -> None:
    tasks = [task for task in _tasks(tmp_path, [b"1", b"2", b"die", b"4", b"5"]) if not task.index]
    outcomes = _read(tasks, cluster.address)
    cluster.add(2 - cluster.alive())

    assert [outcome.reason is RefusalReason.ENDS_READER for outcome in outcomes] == [False, False, True, False, False]


def test_want_of_memory_there_is_tried_here(cluster: Machines, tmp_path: Path) -> None:
    with pytest.raises(errors.ReaderDied):
        _read(_tasks(tmp_path, [b"memory"]), cluster.address)


def test_another_program_on_a_worker_is_refused(
    cluster: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = pool_cluster.software_here()

    def newer() -> str:
        return "daihoi 99"

    # By another name the workers would not find it; so it is asked of them by the old one.
    monkeypatch.setattr(pool_cluster, "software_here", newer)
    newer.__module__, newer.__qualname__ = "daihoi.counts.pool_cluster", "software_here"
    with pytest.raises(errors.ClusterDiffers) as refusal:
        _read(_tasks(tmp_path, [b"1"]), cluster.address)

    assert refusal.value.fields == {"address": cluster.address, "here": "daihoi 99", "there": there}


def test_worker_that_joins_with_another_program_answers_nothing() -> None:
    answer = pool_cluster.answer_batch(b"", "token", "daihoi 99", b"")

    assert answer == pool_cluster.software_here()


def test_software_names_version_code_and_libraries() -> None:
    assert pool_cluster.software_here().startswith("daihoi ")
    assert "numpy" in pool_cluster.software_here()
    assert "OpenCV" in pool_cluster.software_here()


def test_nobody_at_the_address_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pool_cluster, "CONNECT_SECONDS", 1.0)

    with pytest.raises(errors.ClusterUnreachable) as refusal:
        _read(_tasks(tmp_path, [b"1"]), "tcp://127.0.0.1:9")

    assert refusal.value.fields["address"] == "tcp://127.0.0.1:9"


@pytest.mark.parametrize("lost", ["scheduler", "workers"])
def test_lost_cluster_is_told_and_the_count_goes_on_here(
    pile: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    out = tmp_path / "COUNT"
    with machines(tmp_path / "cluster", 0) as started:
        monkeypatch.setattr(pool_cluster, "CONNECT_SECONDS", 1.0)
        if lost == "workers":
            with pytest.raises(errors.ClusterEmpty):
                _read(_tasks(tmp_path, [b"1"]), started.address)
        monkeypatch.setattr(pool_cluster, "CONNECT_SECONDS", 60.0)
        started.add(1)

        def kill(done: int, _total: int, _phase: str) -> None:
            if done == 6:
                for process in (started.scheduler,) if lost == "scheduler" else started.workers:
                    process.kill()
                    process.wait()

        readers = remote_readers(ClusterAddress(started.address))
        with pytest.raises((errors.ClusterLost, errors.ClusterEmpty)) as refusal:
            count.count(pile[0], CONTEST, scans=pile[1], out=out, scanner=STAND_IN, readers=readers, progress=kill)
    assert isinstance(refusal.value, errors.ClusterLost if lost == "scheduler" else errors.ClusterEmpty)
    assert 6 <= [entry.kind for entry in events_of(out)].count("page.read") < PAGES - 2

    run(*pile, out)

    assert outputs_of(out) == _whole(pile, tmp_path)


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delitem(sys.modules, "daihoi.counts.pool_cluster")
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(errors.ClusterMissing):
        _read(_tasks(tmp_path, [b"1"]), "tcp://127.0.0.1:9")


class Square:
    """Squares numbers, and dies of seven."""

    def __init__(self, shared: int) -> None:
        self._shared = shared

    def __call__(self, number: int) -> int:
        """The square and what all share."""
        if number == 7:
            os._exit(1)
        time.sleep(0.001)
        return number * number + self._shared


def _minus(number: int, _code: int) -> int:
    return -number


def test_work_of_any_kind_is_answered_in_order_here_and_there(cluster: Machines) -> None:
    expected = [number * number + 5 for number in range(20) if number != 7]
    numbers = [number for number in range(20) if number != 7]

    here = list(answered(Square, 5, numbers, lost=_minus, workers=2))
    there = list(answered(Square, 5, numbers, lost=_minus, cluster=ClusterAddress(cluster.address)))

    assert here == there == expected


def test_item_that_no_process_survives_is_answered_by_lost() -> None:
    assert list(answered(Square, 0, [3, 7, 2], lost=_minus)) == [9, -7, 4]


def test_sent_page_is_made_whole_and_refused_when_its_bytes_are_others() -> None:
    task = PageTask("images/1.jpg", hashlib.sha256(b"x").hexdigest(), "1.jpg", 0)
    desk = pool_remote.RemoteDesk(Work(FORM, (), Echo))

    assert isinstance(desk(SentPage(task).whole(b"x")), PageResult)
    with pytest.raises(errors.ImageChanged):
        desk(SentPage(task, b"y"))
