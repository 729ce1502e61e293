"""What kind of pictures a count was given, by their headers: black and white without grey, photographs.

Either is read as well as it can be, and people should know that there is better. A few files spread over the pile are
looked at, for a pile comes from one machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from daihoi.counts.count_folder import CountFolder
from daihoi.counts.reader_names import NAMED
from daihoi.counts.taking import images_in
from daihoi.reading.load import kind_of

LOOKED_AT = 24
LARGEST = 60_000_000
"""Bytes beyond which a file is not looked into."""
_EXIF_TABLE = 0x8769
_CAMERA = frozenset({0x829A, 0x829D, 0x920A})
"""Exposure time, aperture, focal length: scanners write none of them. [Exif 2.3]"""
_SENSORS = (4 / 3, 16 / 9)
_LEAST_PHOTO_PX = 3_000_000
_ONE_BIT_IN_PDF = (b"/CCITTFaxDecode", b"/JBIG2Decode")


@dataclass(frozen=True)
class Kinds:
    """Whether most of the files looked at hold one bit a pixel, and whether most are photographs read as scans."""

    one_bit: bool = False
    photographs: bool = False


def kinds_of(folder: CountFolder) -> Kinds:
    """What the files of a count mostly are."""
    entries = folder.journal.entries
    images = [folder.path / image.stored for image in images_in(entries)]
    step = max(1, -(-len(images) // LOOKED_AT))
    looked = list(_headers(images[::step]))
    said = [entry.facts["source"] for entry in entries if entry.kind == NAMED]
    return Kinds(
        one_bit=2 * sum(one_bit for one_bit, _ in looked) > len(looked),
        photographs="phone" not in said[-1:] and 2 * sum(photo for _, photo in looked) > len(looked),
    )


def _headers(paths: list[Path]) -> Iterator[tuple[bool, bool]]:
    """Of each file that is a picture whether it has one bit a pixel and whether a camera took it."""
    for path in paths:
        try:
            data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
            if kind_of(data) == "pdf":
                yield any(name in data for name in _ONE_BIT_IN_PDF), False
            elif kind_of(data):
                with Image.open(io.BytesIO(data)) as picture:
                    yield picture.mode == "1", _is_photograph(picture)
        except Exception:  # noqa: S112 -- whatever is wrong with a file, its page says so; here it only tells nothing
            continue


def _is_photograph(picture: Image.Image) -> bool:
    if picture.format != "JPEG":
        return False
    if _CAMERA & set(picture.getexif().get_ifd(_EXIF_TABLE)):
        return True
    # Programs that send pictures take out what the camera wrote; its sensor has other sides than a sheet of paper.
    long, short = max(picture.size), min(picture.size)
    return long * short >= _LEAST_PHOTO_PX and any(abs(long / short - sides) < 0.004 for sides in _SENSORS)
