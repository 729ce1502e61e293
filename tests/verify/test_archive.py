"""A zip of unknown origin: every trick that a zip allows is a finding or a malformed member, never an error."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path

import pytest

from daihoi.verify import archive
from daihoi.verify.archive import Archive
from daihoi.verify.errors import MalformedError, PackageNotOpenedError
from tests.verify.packages import zip_of


def opened(folder: Path, data: bytes) -> Archive:
    path = folder / "p.zip"
    path.write_bytes(data)
    return Archive(path, path.name)


def codes(zipped: Archive) -> list[str]:
    return [finding.code for finding in zipped.findings]


def test_members_are_read_and_digested(tmp_path: Path) -> None:
    with opened(tmp_path, zip_of({"a": b"one", "crops/b.png": b"two"})) as zipped:
        assert zipped.names == {"a", "crops/b.png"}
        assert zipped.read("a") == b"one"
        assert zipped.digest("crops/b.png") == (hashlib.sha256(b"two").hexdigest(), 3)
        assert zipped.findings == ()


def test_digest_of_the_whole_is_that_of_the_file(tmp_path: Path) -> None:
    data = zip_of({"a": b"one"})
    with opened(tmp_path, data) as zipped:
        assert zipped.digest_of_whole() == (hashlib.sha256(data).hexdigest(), len(data))


def test_member_that_is_not_there_is_malformed(tmp_path: Path) -> None:
    with opened(tmp_path, zip_of({"a": b"one"})) as zipped, pytest.raises(MalformedError) as caught:
        zipped.read("b")
    assert (caught.value.member, caught.value.found) == ("b", "nothing")


@pytest.mark.parametrize("bound", ["LARGEST_PARSED", "LARGEST_HASHED"])
def test_member_over_its_bound_is_malformed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    monkeypatch.setattr(archive, bound, 2)
    with opened(tmp_path, zip_of({"a": b"one"})) as zipped, pytest.raises(MalformedError) as caught:
        (zipped.read if bound == "LARGEST_PARSED" else zipped.digest)("a")
    assert caught.value.found == "3"


def test_zip_that_unpacks_to_too_much_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_IN_ALL", 5)
    with opened(tmp_path, zip_of({"a": b"one", "b": b"two"})) as zipped:
        assert codes(zipped) == ["verify.too_large"]


@pytest.mark.parametrize("name", ["../a", "/a", "a/../b", "a//b", "./a", "a\\b", "c:a", "a/", 'a"', "a|b", "a?"])
def test_name_that_is_not_plain_is_found(tmp_path: Path, name: str) -> None:
    with opened(tmp_path, zip_of({name: b"x"})) as zipped:
        assert "verify.bad_name" in codes(zipped)


@pytest.mark.parametrize("name", ["a", "a.b", "crops/00001-000-001.png", "tập/một.jpg", "a b", "..a"])
def test_plain_name_is_borne(tmp_path: Path, name: str) -> None:
    with opened(tmp_path, zip_of({name: b"x"})) as zipped:
        assert zipped.findings == ()


def test_bytes_between_members_are_found(tmp_path: Path) -> None:
    data = zip_of({"a": b"one", "b": b"two"})
    second = data.index(b"PK\x03\x04", 4)
    with opened(tmp_path, data[:second] + b"hidden" + data[second:]) as zipped:
        assert "verify.hidden_bytes" in codes(zipped)


def test_bytes_before_the_directory_are_found(tmp_path: Path) -> None:
    data = zip_of({"a": b"one"})
    directory = data.index(b"PK\x01\x02")
    with opened(tmp_path, data[:directory] + b"hidden" + data[directory:]) as zipped:
        assert "verify.hidden_bytes" in codes(zipped)


def test_zip_that_was_written_to_a_pipe_hides_nothing(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: object) -> int:
            raise io.UnsupportedOperation

    held = Pipe()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a", b"one" * 100)
        zipped.writestr("b", b"two")
    with opened(tmp_path, held.getvalue()) as read:
        assert read.findings == ()
        assert read.read("a") == b"one" * 100


def test_locked_member_is_malformed(tmp_path: Path) -> None:
    data = bytearray(zip_of({"a": b"one"}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + place, 1)
    with opened(tmp_path, bytes(data)) as zipped, pytest.raises(MalformedError):
        zipped.read("a")


def test_unknown_way_of_packing_is_malformed(tmp_path: Path) -> None:
    data = bytearray(zip_of({"a": b"one"}))
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(mark) + place, 99)
    with opened(tmp_path, bytes(data)) as zipped, pytest.raises(MalformedError):
        zipped.digest("a")


def test_member_with_a_wrong_checksum_is_malformed(tmp_path: Path) -> None:
    data = zip_of({"a": b"one"}).replace(b"one", b"ono")
    with opened(tmp_path, data) as zipped, pytest.raises(MalformedError) as caught:
        zipped.digest("a")
    assert caught.value.member == "a"


def test_folder_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(PackageNotOpenedError):
        Archive(tmp_path, tmp_path.name)
