"""Scans that arrive while we watch: nothing half, nothing twice, the bytes of a count of the same files."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from daihoi.counts import outputs, settling
from daihoi.counts import session as sessions
from daihoi.counts.count import Counted, count
from daihoi.counts.count_folder import CountFolder
from daihoi.counts.outputs import Derived
from daihoi.counts.pool import Desk, PageResult, PageTask, Work
from daihoi.counts.session import Far
from daihoi.counts.watching import Watch
from daihoi.rules.terms import ResultStatus
from tests.counts.believer import END, HEAD
from tests.counts.stand_in import (
    CONTEST,
    FRAMED,
    election_text,
    events_of,
    framed,
    lines_of,
    outputs_of,
    scan,
    write_election,
)
from tests.counts.to_be_killed import kill, started, watching


@dataclass
class Ready:
    """A page that was read."""

    page: PageResult

    def done(self) -> bool:
        """It is."""
        return True

    def wait(self, _seconds: float) -> bool:
        """No need to."""
        return True

    def result(self) -> PageResult:
        """The page."""
        return self.page


class HereReaders:
    """Reads each page as it comes."""

    width = 1

    def __init__(self, work: Callable[[], Work]) -> None:
        self._desk = Desk(work())

    def submit(self, task: PageTask) -> Ready:
        """Read it."""
        return Ready(self._desk(task))

    def close(self) -> None:
        """Nothing to end."""


@dataclass
class Teller:
    """Hears the watch; `stop_when` presses Ctrl-C."""

    stop_when: Callable[[Far], bool] = lambda _watched: False
    heard: list[Far] = field(default_factory=list)

    def __call__(self, watched: Far) -> None:
        """Keep it."""
        self.heard.append(watched)
        if self.stop_when(watched):
            raise KeyboardInterrupt


@dataclass
class Place:
    """An election, a folder of scans, a count."""

    root: Path
    election: Path

    @property
    def scans(self) -> Path:
        return self.root / "scans"

    @property
    def out(self) -> Path:
        return self.root / "COUNT"

    def watch(self, watch: Watch, *, processes: bool = False) -> Counted:
        """Watch and read in this process, or in one that lies ready."""
        readers = None if processes else HereReaders
        return count(
            self.election,
            CONTEST,
            scans=self.scans,
            out=self.out,
            workers=1,
            scanner=FRAMED,
            watch=watch,
            readers=readers,
        )

    def counted(self) -> dict[str, bytes]:
        """The files of a plain count of the same folder."""
        count(self.election, CONTEST, scans=self.scans, out=self.root / "plain", workers=1, scanner=FRAMED)
        return outputs_of(self.root / "plain")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    (tmp_path / "scans").mkdir()
    return Place(tmp_path, write_election(tmp_path, election_text(collected=6)))


def _written_later(scans: Path, files: Mapping[str, bytes], pause: float = 0.1) -> threading.Thread:
    """A slow scanner: every file in three pieces."""

    def write() -> None:
        for name, data in files.items():
            path = scans / name
            path.parent.mkdir(exist_ok=True)
            for third in range(3):
                with path.open("ab") as file:
                    file.write(data[third * len(data) // 3 : (third + 1) * len(data) // 3])
                time.sleep(pause)

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_slow_scanner_gives_the_bytes_of_a_count_of_the_same_files(place: Place) -> None:
    files = {f"{n}.jpg": framed(n, **({"doubt": {"c01": "kept"}} if n == 3 else {})) for n in range(1, 7)}
    teller = Teller()
    writer = _written_later(place.scans, files)

    # One ballot is doubtful as a whole and counts as read all the same.
    counted = place.watch(Watch(tell=teller), processes=True)
    writer.join()

    assert counted.result.status is ResultStatus.AWAITING_DECISIONS
    assert teller.heard[-1].ballots == 6
    assert any(watched.waiting for watched in teller.heard)
    assert outputs_of(place.out) == place.counted()


def test_files_that_come_in_another_order_are_numbered_as_they_came(place: Place) -> None:
    (place.scans / "9.jpg").write_bytes(framed(9))
    late = threading.Timer(0.8, lambda: (place.scans / "1.jpg").write_bytes(framed(1)))
    late.start()

    place.watch(Watch(until=2))
    late.join()

    pages = [line["pages"] for line in lines_of(place.out / "ballots.jsonl")]
    assert [[page["file"] for page in held] for held in pages if isinstance(held, list)] == [["9.jpg"], ["1.jpg"]]


def test_back_that_is_written_slowly_is_not_joined_to_the_front_of_the_next_sheet(tmp_path: Path) -> None:
    text = election_text(candidates=100, seats=97, collected=2)
    (tmp_path / "scans").mkdir()
    place = Place(tmp_path, write_election(tmp_path, text))
    struck = {"c98": "struck", "c99": "struck", "c100": "struck"}
    back = HEAD + scan(page=2, marks=struck, salt=2) + END
    pages = [HEAD + scan(page=1, salt=1) + END, back[:-1], HEAD + scan(page=1, salt=3) + END]
    pages.append(HEAD + scan(page=2, marks=struck, salt=4) + END)
    for number, data in enumerate(pages, 1):
        (place.scans / f"{number}.jpg").write_bytes(data)
    late = threading.Timer(1.5, lambda: (place.scans / "2.jpg").write_bytes(back))
    late.start()

    end = time.monotonic() + 20
    place.watch(Watch(tell=Teller(lambda _watched: time.monotonic() > end)))
    late.join()

    pages_of = [line["pages"] for line in lines_of(place.out / "ballots.jsonl")]
    assert [[page["file"] for page in held] for held in pages_of if isinstance(held, list)] == [
        ["1.jpg", "2.jpg"],
        ["3.jpg", "4.jpg"],
    ]


def test_result_stands_while_the_watch_goes_on(place: Place) -> None:
    for number in (1, 2):
        (place.scans / f"{number}.jpg").write_bytes(framed(number))
    seen: list[int] = []

    def stop(watched: Far) -> bool:
        if watched.settled and watched.ballots == 2:
            seen.append(json.loads((place.out / "result.json").read_bytes())["valid"])
        return bool(seen)

    counted = place.watch(Watch(tell=Teller(stop)))

    assert seen == [2]
    # Stopped by hand: the result is of what came, and says that ballots are missing.
    assert counted.result.status is ResultStatus.STOPPED


def test_stop_by_hand_leaves_half_a_file_for_another_time(place: Place) -> None:
    (place.scans / "1.jpg").write_bytes(framed(1))
    (place.scans / "2.jpg").write_bytes(framed(2)[:-1])

    place.watch(Watch(tell=Teller(lambda watched: watched.ballots == 1 and watched.waiting == ("2.jpg",))))
    taken = [entry.facts["file"] for entry in events_of(place.out) if entry.kind == "image.taken"]
    assert taken == ["1.jpg"]

    (place.scans / "2.jpg").write_bytes(framed(2))
    place.watch(Watch(until=2))
    assert outputs_of(place.out) == place.counted()


def test_ballot_beyond_those_collected_is_seen_while_it_is_written(place: Place) -> None:
    for number in range(1, 7):
        (place.scans / f"{number}.jpg").write_bytes(framed(number))
    (place.scans / "7.jpg").write_bytes(framed(7)[:-1])
    late = threading.Timer(1.5, lambda: (place.scans / "7.jpg").write_bytes(framed(7)))
    late.start()

    counted = place.watch(Watch())
    late.join()

    assert len(lines_of(place.out / "ballots.jsonl")) == 7
    assert counted.result.status is ResultStatus.STOPPED


def test_number_that_was_asked_for_ends_the_watch_whatever_is_still_written(place: Place) -> None:
    (place.scans / "1.jpg").write_bytes(framed(1))
    (place.scans / "2.jpg").write_bytes(framed(2)[:-1])

    end = time.monotonic() + 5
    teller = Teller(lambda _watched: time.monotonic() > end)
    place.watch(Watch(until=1, tell=teller))

    assert time.monotonic() < end
    assert teller.heard[-1].waiting == ("2.jpg",)


def test_stop_before_anything_came_leaves_a_count_that_goes_on(place: Place) -> None:
    counted = place.watch(Watch(tell=Teller(lambda _watched: True)))
    assert counted.result.valid == 0

    for number in range(1, 7):
        (place.scans / f"{number}.jpg").write_bytes(framed(number))
    assert place.watch(Watch()).result.status is ResultStatus.FINAL


def test_stop_in_a_large_pile_keeps_what_was_read(place: Place) -> None:
    for number in range(60):
        (place.scans / f"{number}.jpg").write_bytes(framed(number, slow=0.01))

    place.watch(Watch(tell=Teller(lambda watched: watched.pages >= 5)))

    read = [entry.kind for entry in events_of(place.out)].count("page.read")
    assert 5 <= read < 60
    assert len(lines_of(place.out / "ballots.jsonl")) == read


def test_deleted_renamed_and_duplicate_files_are_what_they_are_to_count(place: Place) -> None:
    (place.scans / "1.jpg").write_bytes(framed(1))

    def disturb(watched: Far) -> bool:
        if watched.ballots == 1 and (place.scans / "1.jpg").exists():
            (place.scans / "1.jpg").rename(place.scans / "5.jpg")
            (place.scans / "2.jpg.tmp").write_bytes(framed(2))
            (place.scans / "2.jpg.tmp").rename(place.scans / "2.jpg")
        return watched.settled and watched.ballots == 2 and watched.refused == 1

    place.watch(Watch(tell=Teller(disturb)))

    assert [line["reason"] for line in lines_of(place.out / "refused.jsonl")] == ["duplicate_file"]


def test_what_is_no_scan_is_taken_and_refused_after_a_while(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daihoi.counts.arrivals.STALE_SECONDS", 0.5)
    (place.scans / "1.jpg").write_bytes(json.dumps({"refuse": "not_an_image"}).encode())

    place.watch(Watch(tell=Teller(lambda watched: watched.refused == 1 and watched.settled)))

    assert [line["reason"] for line in lines_of(place.out / "refused.jsonl")] == ["not_an_image"]


def test_result_is_written_now_and_then_while_more_comes_than_can_be_read(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "SETTLE_SECONDS", 0.2)
    for number in range(30):
        (place.scans / f"{number}.jpg").write_bytes(framed(number, slow=0.05))
    teller = Teller()

    place.watch(Watch(until=30, tell=teller), processes=True)

    assert {watched.ballots for watched in teller.heard if watched.unread} - {None}


def test_result_that_takes_long_is_not_written_after_every_page(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[float] = []
    write_outputs = sessions.write_outputs

    def slowly(folder: CountFolder, derived: Derived, *, adopted: Collection[outputs.Place] = ()) -> bytes:
        began = time.monotonic()
        time.sleep(0.1)
        record = write_outputs(folder, derived, adopted=adopted)
        written.append(time.monotonic() - began)
        return record

    monkeypatch.setattr(sessions, "write_outputs", slowly)
    monkeypatch.setattr(settling, "STILL_SECONDS", 60.0)
    began = time.monotonic()
    writer = _written_later(place.scans, {f"{n}.jpg": framed(n) for n in range(1, 13)}, pause=0.05)
    teller = Teller()
    counted = place.watch(Watch(until=12, tell=teller))
    spent = time.monotonic() - began
    writer.join()

    # The last one at once, and one more when the watch has ended.
    assert sum(written[:-2]) < 0.5 * spent
    assert counted.result.valid + counted.result.invalid == 12
    assert teller.heard[-1].ballots == 12


def test_batch_is_the_folder_of_the_last_file(place: Place) -> None:
    (place.scans / "tệp 1").mkdir()
    (place.scans / "tệp 1" / "1.jpg").write_bytes(framed(1))
    teller = Teller()

    place.watch(Watch(until=1, tell=teller))

    assert teller.heard[-1].batch == "tệp 1"


def test_watch_killed_in_the_middle_goes_on_and_ends_with_the_same_bytes(place: Place) -> None:
    for number in (1, 2, 3):
        (place.scans / f"{number}.jpg").write_bytes(framed(number))
    (place.scans / "4.jpg").write_bytes(framed(4)[:-20])
    process = started(watching, place.election, place.scans, place.out)
    try:
        end = time.monotonic() + 60
        while not (place.out / "record.json").exists() and process.is_alive() and time.monotonic() < end:
            time.sleep(0.01)
    finally:
        kill(process)

    for number in (4, 5, 6):
        (place.scans / f"{number}.jpg").write_bytes(framed(number))
    assert place.watch(Watch()).result.status is ResultStatus.FINAL

    assert outputs_of(place.out) == place.counted()
