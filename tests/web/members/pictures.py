"""Pictures as telephones, scanners and mischief make them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image, ImageDraw

ORIENTATION, GPS, CAMERA = 0x0112, 0x8825, 0x010F
SECRET = "Nha rieng 21.0285N 105.8542E"


def drawn(size: tuple[int, int] = (600, 800), colour: str = "#7788aa", mode: str = "RGB") -> Image.Image:
    """A field with a red mark at its top."""
    made = Image.new(mode, size, colour)
    ImageDraw.Draw(made).rectangle((0, 0, size[0], size[1] // 4), fill="#cc0000")
    return made


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (600, 800), colour: str = "#7788aa", *, turned: bool = False
) -> bytes:
    """A picture; of JPEG with all that a telephone writes about where and by what it was taken."""
    out = io.BytesIO()
    made = drawn(size, colour, "RGB" if kind == "JPEG" else "RGBA")
    if kind == "JPEG":
        exif = Image.Exif()
        exif[CAMERA] = SECRET
        exif.get_ifd(GPS)[1] = "N"
        if turned:
            made = made.transpose(Image.Transpose.ROTATE_90)
            exif[ORIENTATION] = 6
        made.save(out, "JPEG", exif=exif, comment=SECRET.encode())
        return out.getvalue() + SECRET.encode()
    made.save(out, kind)
    return out.getvalue()


def huge_png() -> bytes:
    """A PNG of 4 gigapixels by its head; its bytes are few."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()
