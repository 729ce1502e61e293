"""Pages through readers, in order, in this process or in others."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

import cv2
import pytest

from daihoi.counts.errors import CountsError, ImageChanged, ReaderDied
from daihoi.counts.pool import TOO_FEW, PageResult, PageTask, Work, read_all
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
            case b"memory":
                raise MemoryError
            case b"cv2 memory":
                error = cv2.error("no memory")
                error.code = cv2.Error.StsNoMem
                raise error
        assert self.made_in == os.getpid()
        return PageResult(Refusal(RefusalReason.BLANK_PAGE, f"{data!r}#{task.index}", str(os.getpid())))


def _tasks(folder: Path, contents: list[bytes]) -> list[PageTask]:
    tasks = []
    for number, data in enumerate(contents):
        path = folder / f"{number}.jpg"
        path.write_bytes(data)
        tasks.append(PageTask(str(path), hashlib.sha256(data).hexdigest(), path.name, number % 3))
    return tasks


def _found(results: list[PageResult]) -> list[str]:
    return [result.outcome.found for result in results if isinstance(result.outcome, Refusal)]


def test_read_all_answers_in_order_from_several_processes(tmp_path: Path) -> None:
    contents = [b"%d" % number for number in range(3 * TOO_FEW)]

    results = list(read_all(_tasks(tmp_path, contents), Work(FORM, (), Echo), 2))

    assert _found(results) == [f"{data!r}#{number % 3}" for number, data in enumerate(contents)]
    processes = {result.outcome.expected for result in results if isinstance(result.outcome, Refusal)}
    assert str(os.getpid()) not in processes


def test_read_all_starts_no_process_for_few_pages(tmp_path: Path) -> None:
    results = list(read_all(_tasks(tmp_path, [b"1", b"2"]), Work(FORM, (), Echo), 8))

    assert {result.outcome.expected for result in results if isinstance(result.outcome, Refusal)} == {str(os.getpid())}


def test_read_all_of_nothing_makes_no_reader() -> None:
    def none(_form: PrintedForm, _expected: tuple[Identity, ...]) -> Echo:
        raise AssertionError

    assert list(read_all([], Work(FORM, (), none), 2)) == []


def test_dead_reader_is_told_by_the_file(tmp_path: Path) -> None:
    tasks = _tasks(tmp_path, [b"die"] * TOO_FEW)

    with pytest.raises(ReaderDied) as refusal:
        list(read_all(tasks, Work(FORM, (), Echo), 2))

    assert refusal.value.fields == {"file": "0.jpg"}


@pytest.mark.parametrize("data", [b"memory", b"cv2 memory"])
def test_want_of_memory_stops_and_refuses_no_page(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReaderDied):
        list(read_all(_tasks(tmp_path, [data]), Work(FORM, (), Echo), 1))


def test_changed_or_lost_copy_is_refused(tmp_path: Path) -> None:
    changed, lost = _tasks(tmp_path, [b"1", b"2"])
    Path(changed.path).write_bytes(b"other")
    Path(lost.path).unlink()

    for task in (changed, lost):
        with pytest.raises(ImageChanged):
            list(read_all([task], Work(FORM, (), Echo), 1))


def test_errors_travel_between_processes_with_their_fields() -> None:
    error = pickle.loads(pickle.dumps(ImageChanged(path="x")))

    assert isinstance(error, CountsError)
    assert (error.code, error.fields) == ("counts.image_changed", {"path": "x"})
