"""A file is taken when it is whole, and not a moment before."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from daihoi.counts import arrivals
from daihoi.counts.arrivals import GROWING_SECONDS, QUIET_SECONDS, STALE_SECONDS, Arrivals, being_written, has_end
from daihoi.reading.load import load_page
from tests.counts.stand_in import write_scans
from tests.reading.load.hostile import tiff

JPEG = b"\xff\xd8\xff\xe0 a small picture \xff\xd9 and the large one \xff\xd9"


def picture(kind: str, pages: int = 1) -> bytes:
    """Bytes of a small scan."""
    sheets = [Image.new("L", (40, 60), shade) for shade in range(10, 10 + pages)]
    held = io.BytesIO()
    more = {"save_all": True, "append_images": sheets[1:]} if pages > 1 else {}
    sheets[0].save(held, kind, **more)
    return held.getvalue()


KINDS = {"a.jpg": picture("JPEG"), "a.png": picture("PNG"), "a.tif": picture("TIFF", 3), "a.pdf": picture("PDF", 2)}


class Folder:
    """A watched folder and a clock that goes when it is told."""

    def __init__(self, path: Path) -> None:
        path.mkdir()
        self.path = path
        self.now = 100.0
        self.arrivals = Arrivals(path, lambda: self.now)

    def write(self, name: str, data: bytes) -> None:
        write_scans(self.path, {name: data})

    def look(self, after: float = 0.0) -> list[str]:
        """The names that became whole `after` seconds."""
        self.now += after
        return [name for name, _data in self.arrivals.whole()]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "scans")


@pytest.mark.parametrize("data", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_half_a_file_has_no_end(data: bytes, share: float) -> None:
    assert has_end(data, "x")
    assert not has_end(data[: int(len(data) * share)], "x")


def test_small_picture_inside_a_jpeg_is_not_its_end() -> None:
    assert has_end(JPEG, "1.jpg")
    assert has_end(JPEG + b"\0\0", "1.jpg")
    assert not has_end(JPEG[: JPEG.index(b" and")] + b" and", "1.jpg")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\0" * 500])
def test_what_is_no_scan_has_no_end(data: bytes) -> None:
    assert not has_end(data, "x.docx")


@given(cut=st.integers(0, len(KINDS["a.tif"]) - 1))
@settings(max_examples=60, deadline=None)
def test_beginning_of_a_tiff_is_whole_only_where_nothing_but_padding_is_cut(cut: int) -> None:
    whole, beginning = KINDS["a.tif"], KINDS["a.tif"][:cut]

    if has_end(beginning, "a.tif"):
        for page in range(3):
            assert np.array_equal(load_page(beginning, "a.tif", page), load_page(whole, "a.tif", page))
    assert not has_end(whole[: min(cut, len(whole) - 100)], "a.tif")


def test_file_is_taken_once_it_lies_still(folder: Folder) -> None:
    folder.write("1.jpg", KINDS["a.jpg"])

    assert folder.look() == []
    assert folder.look(QUIET_SECONDS / 2) == []
    assert folder.look(QUIET_SECONDS) == ["1.jpg"]
    assert folder.look(60) == []


def test_files_that_are_whole_together_come_in_the_order_of_names(folder: Folder) -> None:
    for name in ("10.jpg", "2.jpg", "b/1.jpg", "1.jpg"):
        folder.write(name, KINDS["a.jpg"])
    folder.look()

    assert folder.look(1) == ["1.jpg", "2.jpg", "10.jpg", "b/1.jpg"]


@pytest.mark.parametrize("name", KINDS)
def test_half_written_file_waits_and_is_then_taken_whole(folder: Folder, name: str) -> None:
    data = KINDS[name]
    for share in (0.2, 0.5, 0.8):
        folder.write(name, data[: int(len(data) * share)])
        folder.look()
        assert folder.look(GROWING_SECONDS) == []
    assert folder.arrivals.waiting == (name,)

    folder.write(name, data)
    folder.look()
    folder.now += GROWING_SECONDS
    assert list(folder.arrivals.whole()) == [(name, data)]
    assert folder.arrivals.waiting == ()


def test_file_without_end_is_taken_as_it_is_after_a_while(folder: Folder) -> None:
    folder.write("1.jpg", KINDS["a.jpg"][:50])
    folder.look()

    assert folder.look(STALE_SECONDS - 1) == []
    assert folder.look(2) == ["1.jpg"]


def test_file_waits_for_those_before_it_in_its_folder_until_they_lie_still(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "scans")
    folder.arrivals = Arrivals(folder.path, lambda: folder.now, in_order=True)
    folder.write("a/1.jpg.part", KINDS["a.jpg"])
    for name in ("a/2.jpg", "b/1.jpg"):
        folder.write(name, KINDS["a.jpg"])
    folder.look()

    assert folder.look(1) == ["b/1.jpg"]
    assert folder.look(1) == []
    assert folder.look(STALE_SECONDS) == ["a/2.jpg"]


@pytest.mark.skipif(sys.platform not in {"linux", "win32"}, reason="nobody can say there who writes")
def test_where_no_order_is_asked_no_file_waits_for_another(folder: Folder) -> None:
    folder.write("1.jpg.part", KINDS["a.jpg"])
    folder.write("2.jpg", KINDS["a.jpg"])
    folder.look()

    assert folder.look(1) == ["2.jpg"]


def test_file_that_grew_since_it_was_looked_at_waits(tmp_path: Path) -> None:
    folder, again = Folder(tmp_path / "scans"), KINDS["a.jpg"] + KINDS["a.jpg"]
    folder.write("1.jpg", KINDS["a.jpg"])
    folder.look()
    asked: list[int] = []

    def clock() -> float:
        asked.append(1)
        if len(asked) == 2:
            # Between the look at the folder and the reading of the file.
            folder.write("1.jpg", again)
        return folder.now

    folder.now += 1
    folder.arrivals.clock = clock
    assert folder.look() == []
    assert folder.look(1) == []
    assert folder.look(1) == ["1.jpg"]


def test_tiff_whose_tiles_are_cut_off_has_no_end() -> None:
    fields = {256: (4, 1, 16), 257: (4, 1, 16), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1), 277: (3, 1, 1)}
    head = len(tiff(fields | dict.fromkeys((322, 323, 324, 325), (4, 1, 0))))
    whole = tiff(
        fields | {322: (4, 1, 16), 323: (4, 1, 16), 324: (4, 1, head), 325: (4, 1, 256)}, tail=bytes(range(256))
    )
    assert has_end(whole, "1.tif")
    assert not has_end(whole[:-1], "1.tif")


def test_tiff_that_grows_page_by_page_waits_for_its_writer(folder: Folder) -> None:
    path = folder.path / "pile.tif"
    with path.open("wb") as writer:
        writer.write(picture("TIFF"))
        writer.flush()
        folder.look()
        assert being_written(path) is True
        assert folder.look(GROWING_SECONDS * 3) == []
        writer.seek(0)
        writer.write(KINDS["a.tif"])
        writer.flush()
        folder.look()
        assert folder.look(STALE_SECONDS * 2) == []
    # Nothing is written any more: it need not lie still for long.
    assert being_written(path) is False

    assert folder.look(0) == ["pile.tif"]


@pytest.mark.parametrize(("known", "after"), [(None, GROWING_SECONDS), (False, QUIET_SECONDS)])
def test_pdf_lies_still_for_longer_where_nobody_says_who_writes(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, known: bool | None, after: float
) -> None:
    monkeypatch.setattr(arrivals, "being_written", lambda _path: known)
    folder.write("1.pdf", KINDS["a.pdf"])
    folder.look()

    assert folder.look(after - 0.05) == []
    assert folder.look(0.1) == ["1.pdf"]


@pytest.mark.parametrize("suffix", sorted(arrivals.UNFINISHED))
def test_name_of_a_file_that_is_being_copied_waits_for_the_rename(folder: Folder, suffix: str) -> None:
    folder.write("1.jpg" + suffix, KINDS["a.jpg"])
    folder.look()
    assert folder.look(STALE_SECONDS * 2) == []

    (folder.path / f"1.jpg{suffix}").rename(folder.path / "1.jpg")
    folder.look()
    assert folder.look(1) == ["1.jpg"]


def test_hidden_file_and_text_are_never_taken(folder: Folder) -> None:
    for name in (".1.jpg.part", "~1.jpg", "read.txt"):
        folder.write(name, KINDS["a.jpg"])
    folder.look()

    assert folder.look(60) == []
    assert "read.txt" in folder.arrivals.listing.ignored


def test_deleted_file_is_forgotten_and_comes_again_when_it_comes_again(folder: Folder) -> None:
    folder.write("1.jpg", KINDS["a.jpg"])
    folder.look()
    (folder.path / "1.jpg").unlink()
    assert folder.look(1) == []
    folder.write("1.jpg", KINDS["a.jpg"])
    folder.look()

    assert folder.look(1) == ["1.jpg"]


def test_file_that_changes_after_it_was_taken_comes_again(folder: Folder) -> None:
    folder.write("1.jpg", KINDS["a.jpg"])
    folder.look()
    assert folder.look(1) == ["1.jpg"]
    folder.write("1.jpg", KINDS["a.jpg"] + b"\xff\xd9")
    folder.look()

    assert folder.look(1) == ["1.jpg"]


@pytest.mark.parametrize("gone", [lambda path: path.rename(path.with_name("away")), lambda path: path.rmdir()])
def test_folder_that_is_gone_for_a_moment_comes_back(folder: Folder, gone: Callable[[Path], object]) -> None:
    gone(folder.path)
    assert folder.look() == []

    folder.path.mkdir()
    folder.write("1.jpg", KINDS["a.jpg"])
    folder.look()
    assert folder.look(1) == ["1.jpg"]


def test_file_that_nobody_may_read_now_waits(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.write("1.jpg", KINDS["a.jpg"])
    folder.look()
    with monkeypatch.context() as held:
        held.setattr(Path, "read_bytes", lambda _path: (_ for _ in ()).throw(PermissionError(13, "in use")))
        assert folder.look(1) == []

    assert folder.look(1) == ["1.jpg"]


def test_slow_share_is_looked_at_less_often(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder.arrivals.pause == arrivals.POLL_SECONDS
    times = iter((0.0, 0.4))
    monkeypatch.setattr("daihoi.counts.arrivals.time.monotonic", lambda: next(times))
    folder.look()

    assert folder.arrivals.pause == pytest.approx(2.0)


@pytest.mark.skipif(sys.platform != "linux", reason="leases are Linux's")
def test_asking_who_writes_leaves_signals_as_they_were(folder: Folder) -> None:
    import signal

    before = signal.getsignal(signal.SIGIO)
    folder.write("1.tif", KINDS["a.tif"])

    assert being_written(folder.path / "1.tif") is False
    assert being_written(folder.path / "none.tif") is None
    assert signal.getsignal(signal.SIGIO) is before
    assert os.access(folder.path / "1.tif", os.R_OK)
