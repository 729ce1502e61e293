"""Pages through readers, in this process or in others: the same answers whatever happens to the others."""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import cv2
import pytest

from daihoi.counts.errors import CountsError, ImageChanged, ReaderDied
from daihoi.counts.pool import TOO_FEW, LocalReaders, PageResult, PageTask, Work
from daihoi.reading.terms import PrintedForm, Refusal, RefusalReason
from daihoi.sheet.terms import Identity, Rect, SheetForm, SheetPlan

FORM = PrintedForm(SheetPlan(SheetForm.STRIKE_OUT, Rect(0, 0, 0, 0), ()), (), 200)


class Echo:
    """Says what it was given; dies, or runs out of memory, when told so."""

    def __init__(self, _form: PrintedForm, _expected: tuple[Identity, ...]) -> None:
        self.made_in = os.getpid()

    def __call__(self, data: bytes, task: PageTask) -> PageResult:
        """`found`: the bytes; `expected`: the process."""
        match data:
            case b"die":
                os._exit(9)
            case b"abort":
                os.abort()
            case b"memory":
                raise MemoryError
            case b"cv2 memory":
                error = cv2.error("no memory")
                error.code = cv2.Error.StsNoMem
                raise error
        if data.startswith(b"die once "):
            mark = Path(data[9:].decode())
            if mark.exists():
                mark.unlink()
                os._exit(9)
        if data == b"hang":
            time.sleep(60)
        if data.startswith(b"slow"):
            time.sleep(0.05)
        assert self.made_in == os.getpid()
        return PageResult(Refusal(RefusalReason.BLANK_PAGE, f"{data!r}#{task.index}", str(os.getpid())))


class Unmakeable(Echo):
    """A reader that cannot be made."""

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        super().__init__(form, expected)
        raise CountsError(why="test")


class Stillborn(Echo):
    """A reader whose process ends before it is ready."""

    def __init__(self, form: PrintedForm, expected: tuple[Identity, ...]) -> None:
        super().__init__(form, expected)
        os._exit(3)


def _tasks(folder: Path, contents: Sequence[bytes]) -> list[PageTask]:
    tasks = []
    for number, data in enumerate(contents):
        path = folder / f"{number}.jpg"
        path.write_bytes(data)
        tasks.append(PageTask(str(path), hashlib.sha256(data).hexdigest(), path.name, number % 3))
    return tasks


@contextmanager
def _readers(workers: int, make: type[Echo] = Echo, *, at_once: bool = False) -> Iterator[LocalReaders]:
    readers = LocalReaders(lambda: Work(FORM, (), make), workers, at_once=at_once)
    try:
        yield readers
    finally:
        readers.close()


def _read(tasks: Sequence[PageTask], workers: int = 1, make: type[Echo] = Echo) -> list[Refusal]:
    with _readers(workers, make) as readers:
        answers = [readers.submit(task) for task in tasks]
        outcomes = [answer.result().outcome for answer in answers]
    assert all(isinstance(outcome, Refusal) for outcome in outcomes)
    return [outcome for outcome in outcomes if isinstance(outcome, Refusal)]


def _expected(contents: Sequence[bytes]) -> list[str]:
    return [f"{data!r}#{number % 3}" for number, data in enumerate(contents)]


def test_answers_belong_to_their_pages_and_come_from_other_processes(tmp_path: Path) -> None:
    contents = [b"%d" % number for number in range(3 * TOO_FEW)]

    outcomes = _read(_tasks(tmp_path, contents), 2)

    assert [outcome.found for outcome in outcomes] == _expected(contents)
    # Those that came before the processes were worth while are read by them too.
    assert str(os.getpid()) not in {outcome.expected for outcome in outcomes}


def test_few_pages_start_no_process(tmp_path: Path) -> None:
    outcomes = _read(_tasks(tmp_path, [b"1"] * (TOO_FEW - 1)), 8)

    assert {outcome.expected for outcome in outcomes} == {str(os.getpid())}


def test_no_page_makes_no_work() -> None:
    def none() -> Work:
        raise AssertionError

    LocalReaders(none, 2).close()


def test_readers_that_lie_ready_read_the_first_page_elsewhere(tmp_path: Path) -> None:
    with _readers(1, at_once=True) as readers:
        outcome = readers.submit(_tasks(tmp_path, [b"1"])[0]).result().outcome

    assert isinstance(outcome, Refusal)
    assert outcome.expected != str(os.getpid())


def test_page_that_ends_two_processes_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    contents = [b"%d" % number for number in range(TOO_FEW)]
    contents[2], contents[6] = b"die", b"abort"

    outcomes = _read(_tasks(tmp_path, contents))

    refused = [number for number, outcome in enumerate(outcomes) if outcome.reason is RefusalReason.ENDS_READER]
    assert refused == [2, 6]
    assert [o.found for n, o in enumerate(outcomes) if n not in refused] == [
        found for n, found in enumerate(_expected(contents)) if n not in refused
    ]


def test_page_that_ends_one_process_is_read_by_the_next(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    mark.touch()
    contents = [b"1"] * TOO_FEW
    contents[3] = b"die once " + str(mark).encode()

    outcomes = _read(_tasks(tmp_path, contents))

    assert [outcome.found for outcome in outcomes] == _expected(contents)
    assert not mark.exists()


def test_processes_killed_in_the_middle_change_no_answer(tmp_path: Path) -> None:
    contents = [b"slow%d" % number for number in range(30)]
    with _readers(2) as readers:
        answers = [readers.submit(task) for task in _tasks(tmp_path, contents)]
        answers[3].result()
        for pid in readers.pids():
            os.kill(pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        outcomes = [answer.result().outcome for answer in answers]

    assert [outcome.found for outcome in outcomes if isinstance(outcome, Refusal)] == _expected(contents)


def test_silent_process_is_ended_and_its_page_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daihoi.counts.pool_processes.SECONDS", 1.0)
    contents = [b"1"] * TOO_FEW
    contents[1] = b"hang"

    outcomes = _read(_tasks(tmp_path, contents))

    assert [outcome.reason for outcome in outcomes].count(RefusalReason.ENDS_READER) == 1
    assert outcomes[1].reason is RefusalReason.ENDS_READER


@pytest.mark.parametrize(("data", "pages"), [(b"memory", 1), (b"cv2 memory", 1), (b"cv2 memory", TOO_FEW)])
def test_want_of_memory_stops_and_refuses_no_page(tmp_path: Path, data: bytes, pages: int) -> None:
    with pytest.raises(ReaderDied) as refusal:
        _read(_tasks(tmp_path, [data] * pages))

    assert refusal.value.fields == {"file": "0.jpg"}


def test_machine_that_starts_no_process_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReaderDied):
        _read(_tasks(tmp_path, [b"1"] * TOO_FEW), 1, Stillborn)


def test_reader_that_cannot_be_made_is_told_by_its_own_error(tmp_path: Path) -> None:
    with pytest.raises(CountsError) as refusal:
        _read(_tasks(tmp_path, [b"1"] * TOO_FEW), 1, Unmakeable)

    assert refusal.value.fields == {"why": "test"}


@pytest.mark.parametrize("pages", [2, TOO_FEW])
def test_changed_or_lost_copy_is_refused(tmp_path: Path, pages: int) -> None:
    tasks = _tasks(tmp_path, [b"1"] * pages)
    Path(tasks[0].path).write_bytes(b"other")
    Path(tasks[1].path).unlink()

    with _readers(1) as readers:
        answers = [readers.submit(task) for task in tasks]
        for answer in answers[:2]:
            with pytest.raises(ImageChanged):
                answer.result()


def test_closing_ends_every_process_at_once(tmp_path: Path) -> None:
    with _readers(1) as readers:
        answers = [readers.submit(task) for task in _tasks(tmp_path, [b"slow"] * 40)]
        answers[0].result()
        began = time.monotonic()

    assert readers.pids() == ()
    assert time.monotonic() - began < 1.0
    assert not answers[-1].done()


def test_errors_travel_between_processes_with_their_fields() -> None:
    error = pickle.loads(pickle.dumps(ImageChanged(path="x")))

    assert isinstance(error, CountsError)
    assert (error.code, error.fields) == ("counts.image_changed", {"path": "x"})
