"""What kind of pictures a pile holds, by the headers of a few of them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from daihoi.counts import scan_kinds
from daihoi.counts.count import count
from daihoi.counts.count_folder import read_folder
from daihoi.counts.scan_kinds import Kinds, kinds_of
from daihoi.counts.scan_reader import Scanner
from tests.counts.stand_in import CONTEST, always_same, election_text, write_election, write_scans
from tests.counts.test_reader_names import Named

EXPOSURE, MAKE = 0x829A, 0x010F


class Whatever(Named):
    """Believes every picture to be refused: nothing hangs on what is read."""

    source = "scanner"


class Telephone(Whatever):
    """The same for photographs."""

    source = "phone"


def picture(kind: str, mode: str = "L", size: tuple[int, int] = (1654, 2339), **exif: int) -> bytes:
    """A picture with nothing on it."""
    file, tags = io.BytesIO(), Image.Exif()
    if "exposure" in exif:
        tags.get_ifd(0x8769)[EXPOSURE] = 0.01
    if "make" in exif:
        tags[MAKE] = "Scanner"
    options = {"compression": "group4"} if kind == "TIFF" and mode == "1" else {}
    Image.new(mode, size, 1 if mode == "1" else 255).save(file, kind, exif=tags, **options)
    return file.getvalue()


def kinds(folder: Path, pages: list[bytes], make: type[Whatever] = Whatever) -> Kinds:
    """What a count of these pages says of them."""
    election = write_election(folder, election_text(collected=len(pages)))
    scans = write_scans(folder / "scans", {f"{number:03d}.jpg": page for number, page in enumerate(pages)})
    scanner = Scanner(make, always_same)
    count(election, CONTEST, scans=scans, out=folder / "COUNT", workers=1, scanner=scanner)
    return kinds_of(read_folder(folder / "COUNT"))


GREY, ONE_BIT = picture("JPEG"), picture("TIFF", "1")


@pytest.mark.parametrize("page", [ONE_BIT, picture("PNG", "1"), b"%PDF-1.4 /Filter /CCITTFaxDecode %%EOF"])
def test_scans_of_one_bit_are_known(tmp_path: Path, page: bytes) -> None:
    assert kinds(tmp_path, [page, page + b" ", GREY]) == Kinds(one_bit=True)


@pytest.mark.parametrize(
    "page", [GREY, picture("PNG"), picture("JPEG", make=1), picture("JPEG", size=(400, 300)), b"?"]
)
def test_grey_scans_are_nothing_to_speak_of(tmp_path: Path, page: bytes) -> None:
    assert kinds(tmp_path, [page, page + b" "]) == Kinds()


@pytest.mark.parametrize("page", [picture("JPEG", exposure=1), picture("JPEG", size=(3264, 2448))])
def test_photographs_are_known_unless_they_were_read_as_such(tmp_path: Path, page: bytes) -> None:
    assert kinds(tmp_path, [page, page + b" ", GREY]) == Kinds(photographs=True)
    (tmp_path / "phone").mkdir()
    assert kinds(tmp_path / "phone", [page, page + b" "], Telephone) == Kinds()


def test_a_few_files_of_a_large_pile_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []
    real = scan_kinds._headers
    monkeypatch.setattr(scan_kinds, "_headers", lambda paths: looked.extend(paths) or real(paths))
    kinds(tmp_path, [GREY + b" " * number for number in range(60)])
    assert 12 <= len(looked) <= scan_kinds.LOOKED_AT
