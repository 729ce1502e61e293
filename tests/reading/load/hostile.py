"""Files that mean harm, and the largest that are let in; all are made here, none is kept.

As a program (`python -m tests.reading.load.hostile NAME...`) it loads each and prints what it cost, a line of JSON
each: in a process apart, because a process's peak of memory never falls.
"""

from __future__ import annotations

import io
import json
import struct
import sys
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from daihoi.reading.load import load_page, pages_in
from daihoi.reading.load.bounds import MAX_PIXELS
from daihoi.reading.terms import Refusal

SIDE = 6300
"""Near the most pixels that are let in, as a square."""


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)


def stream(dictionary: bytes, data: bytes) -> bytes:
    """A stream object."""
    return b"<< " + dictionary + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"


def page_pdf(content: bytes, *others: bytes, resources: bytes = b"<< >>", page: bytes = b"") -> bytes:
    """A PDF of one page; `content` is object 5, the others 6, 7, ..."""
    catalogue, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    leaf = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources 4 0 R " + page + b">>"
    return pdf([catalogue, pages, leaf, resources, content, *others])


def deflated(size: int, letter: bytes = b" ") -> bytes:
    """Bytes that unfold to `size` (whole megabytes)."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(letter * (1 << 20)) for _ in range(size >> 20)) + packer.flush()


def picture_pdf(data: bytes, width: int, height: int, filters: bytes = b"/FlateDecode", more: bytes = b"") -> bytes:
    """A PDF whose page shows one grey picture."""
    head = b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter " + filters
    shown = stream(head + b" /Width %d /Height %d" % (width, height), data)
    drawn = stream(b"", b"q 595 0 0 842 0 0 cm /I Do Q")
    return page_pdf(drawn, shown, resources=b"<< /XObject << /I 6 0 R >> >>", page=more)


def png(width: int, height: int, *, depth: int = 8, colour: int = 0, data: bytes = b"") -> bytes:
    """A PNG by its chunks; with no data, zeros for the whole picture."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    packer = zlib.compressobj(1)
    if not data:
        row = b"\0" + bytes((width * channels * depth + 7) // 8)
        data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, held) for name, held in chunks)


def chunk(name: bytes, data: bytes) -> bytes:
    """A chunk of a PNG with its sum."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def jpeg_claiming(width: int, height: int) -> bytes:
    """A small JPEG whose header claims to be large."""
    data = bytearray(cv2.imencode(".jpg", np.zeros((16, 16), np.uint8))[1].tobytes())
    place = data.index(b"\xff\xc0") + 5
    struct.pack_into(">HH", data, place, height, width)
    return bytes(data)


def progressive(scans: int) -> bytes:
    """A progressive JPEG of 2,000 x 2,000 whose last pass is said again until there are so many."""
    data = cv2.imencode(".jpg", np.zeros((2000, 2000, 3), np.uint8), [cv2.IMWRITE_JPEG_PROGRESSIVE, 1])[1].tobytes()
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + b"\xff\xd9"


def tiff(entries: Mapping[int, tuple[int, int, int]], following: int = 0, tail: bytes = b"") -> bytes:
    """A TIFF with one directory at byte 8: tag -> (type, count, value or place); then `tail`."""
    body = b"".join(struct.pack("<HHII", tag, *entries[tag]) for tag in sorted(entries))
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + struct.pack("<I", following) + tail


def grey_tiff(width: int, height: int, **changes: tuple[int, int, int]) -> bytes:
    """The directory of an unpacked grey picture of one strip that lies nowhere; `changes` by tag as t273=..."""
    fields = {256: (4, 1, width), 257: (4, 1, height), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1)}
    fields |= {273: (4, 1, 0), 277: (3, 1, 1), 278: (4, 1, height), 279: (4, 1, 8)}
    return tiff(fields | {int(tag[1:]): value for tag, value in changes.items()})


def many_strips() -> bytes:
    """Half a megabyte that claims 60,000 strips, each the whole file."""
    count = 60_000
    places, sizes = 200, 200 + 4 * count
    tail = struct.pack(f"<{count}I", *[0] * count) + struct.pack(f"<{count}I", *[500_000] * count)
    entries = {256: (4, 1, 100), 257: (4, 1, count), 258: (3, 1, 8), 259: (3, 1, 1), 262: (3, 1, 1)}
    entries |= {273: (4, count, places), 277: (3, 1, 1), 278: (4, 1, 1), 279: (4, count, sizes)}
    data = tiff(entries)
    return data.ljust(200, b"\0") + tail + bytes(40_000)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """A picture as Pillow writes it."""
    out = io.BytesIO()
    image.save(out, kind, **options)  # type: ignore[arg-type]
    return out.getvalue()


def white(mode: str) -> Image.Image:
    """A white picture as large as may be."""
    return Image.new(mode, (SIDE, SIDE), "white")


HOSTILE: Mapping[str, Callable[[], bytes]] = {
    "png of 30,000 x 30,000": lambda: png(30_000, 30_000, depth=1),
    "png that claims 2^31 x 2^31": lambda: png(2**31 - 1, 2**31 - 1, data=zlib.compress(b"")),
    "png of 16 bits and four colours": lambda: png(SIDE, SIDE, depth=16, colour=6, data=deflated(1 << 24, b"\0")),
    "png with data beyond its picture": lambda: png(100, 100, data=deflated(1 << 27, b"\0")),
    "jpeg that claims 65,000 x 65,000": lambda: jpeg_claiming(65_000, 65_000),
    "jpeg of 2,000 passes": lambda: progressive(2000),
    "tiff that claims 60,000 x 60,000": lambda: grey_tiff(60_000, 60_000),
    "tiff of one tile of 60,000 x 60,000": lambda: grey_tiff(
        100, 100, t322=(4, 1, 60_000), t323=(4, 1, 60_000), t324=(4, 1, 8), t325=(4, 1, 8)
    ),
    "tiff of overlapping strips": many_strips,
    "tiff whose directories run in a circle": lambda: tiff({256: (4, 1, 9)}, following=8),
    "pdf with a content bomb": lambda: page_pdf(stream(b"/Filter /FlateDecode", deflated(1 << 26))),
    "pdf with a bomb in a bomb": lambda: page_pdf(
        stream(b"/Filter [/FlateDecode /FlateDecode]", zlib.compress(deflated(1 << 26), 9))
    ),
    "pdf with a picture bomb": lambda: picture_pdf(deflated(1 << 26), 100, 100),
    "pdf with a picture of 30,000 x 30,000": lambda: picture_pdf(deflated(1 << 20), 30_000, 30_000),
    "pdf with a jpeg larger than it says": lambda: picture_pdf(jpeg_claiming(60_000, 60_000), 10, 10, b"/DCTDecode"),
    "pdf whose pages run in a circle": lambda: pdf(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 3 >>"]
    ),
}
"""What must be refused, or loaded without harm, by name."""

LARGEST: Mapping[str, Callable[[], bytes]] = {
    "grey jpeg": lambda: saved(white("L"), "JPEG"),
    "colour jpeg": lambda: saved(white("RGB"), "JPEG"),
    "colour png": lambda: png(SIDE, SIDE, colour=2),
    "two-tone g4": lambda: saved(white("1"), "TIFF", compression="group4"),
    "clear png": lambda: saved(Image.new("RGBA", (5400, 5400), (255, 255, 255, 90)), "PNG", compress_level=1),
}
"""The largest pictures that are let in, by kind."""


def peak_megabytes() -> float:
    """The most memory that this process ever held; 0 where the system does not tell.

    Not by getrusage: what it tells begins with the process that started this one.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def main(names: Sequence[str]) -> None:
    """Load each and print what it cost."""
    for name in names:
        data = (HOSTILE | LARGEST)[name]()
        began = time.process_time()
        pages = pages_in(data, name)
        answer = load_page(data, name, 0)
        seconds = time.process_time() - began
        said = answer.reason.value if isinstance(answer, Refusal) else "x".join(map(str, answer.shape))
        counted = pages.reason.value if isinstance(pages, Refusal) else pages
        held = {"name": name, "pages": counted, "said": said, "seconds": seconds, "megabytes": peak_megabytes()}
        sys.stdout.write(json.dumps(held) + "\n")


if __name__ == "__main__":
    assert Path(__file__).exists()
    assert SIDE * SIDE <= MAX_PIXELS
    main(sys.argv[1:] or [*HOSTILE, *LARGEST])
