"""Photographs of people: what is taken of a picture, where it lies, whose it is by the name of its file.

DATA/portraits/<key of the person>/<SHA-256>.jpg: the name changes with the picture, so that nobody shows an old one.
"""

from __future__ import annotations

import hashlib
import io
import os
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageOps, UnidentifiedImageError

from daihoi.counts.disk import sync_folder
from daihoi.web.members.choices import PhotoFault
from daihoi.web.members.models import Person, Portrait

FOLDER = "portraits"
WIDE, HIGH = 480, 640
"""Pixels of what is kept: 3:4, as personnel files have it; large on a screen of 1080 lines a face takes some 300."""
LARGEST = 20 * 1024 * 1024
"""Bytes of one picture; a telephone makes 3 to 8 MB."""
_MOST_PIXELS = 60_000_000
_FEWEST = (150, 200)
_KINDS = ("JPEG", "PNG", "WEBP")
MOST_IN_ZIP = 2000
_MOST_UNPACKED = 2 * 1024 * 1024 * 1024


def cleaned(data: bytes) -> bytes:
    """The picture as JPEG of `WIDE` x `HIGH`, made anew from its pixels alone. Raises ValidationError with a code.

    Nothing of the file itself is kept: neither where a telephone took it, nor what lies behind the end of the picture.
    """
    if len(data) > LARGEST:
        raise ValidationError(PhotoFault.LARGE.label, PhotoFault.LARGE)
    try:
        return _even(data)
    except Image.DecompressionBombError:
        raise ValidationError(PhotoFault.PIXELS.label, PhotoFault.PIXELS) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        raise ValidationError(PhotoFault.BROKEN.label, PhotoFault.BROKEN) from None


def _even(data: bytes) -> bytes:
    try:
        opened = Image.open(io.BytesIO(data), formats=_KINDS)
    except UnidentifiedImageError:
        raise ValidationError(PhotoFault.KIND.label, PhotoFault.KIND) from None
    with opened:
        # The size is known before a pixel is unpacked: a small file can hold a picture that fills the memory.
        if opened.width * opened.height > _MOST_PIXELS:
            raise ValidationError(PhotoFault.PIXELS.label, PhotoFault.PIXELS)
        if min(opened.size) < _FEWEST[0] or max(opened.size) < _FEWEST[1]:
            raise ValidationError(PhotoFault.SMALL.label, PhotoFault.SMALL)
        # JPEG can be unpacked at a half, a quarter or an eighth: a dozen megapixels in a tenth of the time.
        opened.draft("RGB", (2 * HIGH, 2 * HIGH))
        # Telephones store portraits lying down and say so in the file.
        upright = ImageOps.exif_transpose(opened).convert("RGBA")
    white = Image.new("RGB", upright.size, (255, 255, 255))
    white.paste(upright, mask=upright.getchannel("A"))
    # Of a picture that is too high the head stays, not the feet.
    fitted = ImageOps.fit(white, (WIDE, HIGH), Image.Resampling.LANCZOS, centering=(0.5, 0.2))
    # From the bytes of the pixels: an image remembers comments and profiles of its file, and would write them.
    bare = Image.frombytes("RGB", fitted.size, fitted.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=88, optimize=True)
    return out.getvalue()


def name_of(jpeg: bytes) -> str:
    """The name of a kept picture."""
    return hashlib.sha256(jpeg).hexdigest()


def path_of(portrait: Portrait) -> Path:
    """Where a picture lies."""
    return _folder(portrait.person) / f"{portrait.name}.jpg"


def _folder(person: Person) -> Path:
    return Path(settings.DATA) / FOLDER / person.key


def write(person: Person, jpeg: bytes) -> str:
    """Put a picture beside the others of a person, whole and on the disk; gives its name. Raises OSError."""
    folder, name = _folder(person), name_of(jpeg)
    folder.mkdir(parents=True, exist_ok=True)
    passing = folder / f".{name}.part"
    with passing.open("wb") as file:
        file.write(jpeg)
        file.flush()
        os.fsync(file.fileno())
    passing.chmod(0o600)
    passing.replace(folder / f"{name}.jpg")
    sync_folder(folder)
    return name


def drop_others(person: Person, kept: str = "") -> None:
    """Take away what lies there beside the picture that is kept; of personal data no old ones stay."""
    folder = _folder(person)
    if not folder.is_dir():
        return
    for one in folder.iterdir():
        if one.name != f"{kept}.jpg":
            one.unlink(missing_ok=True)


def jpeg_of(portrait: Portrait) -> bytes | None:
    """The picture; None where its file is gone, as after a copy that was made between two acts."""
    try:
        return path_of(portrait).read_bytes()
    except FileNotFoundError:
        return None


@dataclass(frozen=True)
class Sent:
    """One picture of a bundle: the name of its file, and what was made of it or why nothing could be."""

    file: str
    jpeg: bytes = b""
    fault: str = ""

    @property
    def code(self) -> str:
        """Of whom it is by its name: `NL-0012.jpg` is of the person with the code NL-0012."""
        return unicodedata.normalize("NFC", PurePosixPath(self.file).stem).strip()


def looked_at(file: str, data: bytes) -> Sent:
    """A picture, or why it is none."""
    try:
        return Sent(file, cleaned(data))
    except ValidationError as refused:
        return Sent(file, fault=str(refused.code))


def unpacked(file: IO[bytes]) -> Iterator[Sent]:
    """The pictures of a zip, one at a time. Raises ValidationError where it is none, or holds too much."""
    try:
        with zipfile.ZipFile(file) as packed:
            members = [one for one in packed.infolist() if not one.is_dir() and not _is_litter(one.filename)]
            if len(members) > MOST_IN_ZIP or sum(one.file_size for one in members) > _MOST_UNPACKED:
                raise ValidationError(PhotoFault.MANY.label, PhotoFault.MANY)
            for one in members:
                yield looked_at(PurePosixPath(one.filename).name, _member(packed, one))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise ValidationError(PhotoFault.ZIP.label, PhotoFault.ZIP) from None


def _member(packed: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    # What a zip says of its sizes is anybody's: no more is unpacked than may be looked at.
    with packed.open(one) as opened:
        return opened.read(LARGEST + 1)


def _is_litter(name: str) -> bool:
    """What systems put beside the files that somebody packed."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or parts[-1].startswith(".") or parts[-1].lower() in {"thumbs.db", "desktop.ini"}


def without_doubles(sent: Iterable[Sent]) -> Iterator[Sent]:
    """The same pictures; of two that one zip holds for one code, the second is refused."""
    codes: set[str] = set()
    for one in sent:
        yield Sent(one.file, fault=PhotoFault.DOUBLE) if one.code in codes and not one.fault else one
        codes.add(one.code)
