"""The native decoders: called in one place, and listened to while they work.

libjpeg and libtiff go on after damaged data, fill the rest with grey or with noise, and say so on standard error
only. A stroke that damage drew must never be counted, so what they say there is taken for what it is: the page is not
whole. It also keeps their words off the screen of the counting board.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import cv2
import numpy as np
from PIL import Image

from daihoi.reading.terms import GrayImage

DAMAGE = (
    *(b"premature end", b"Premature end", b"bad Huffman", b"Bad code word", b"Uncompressed data", b"Line length"),
    *(b"Premature EOF", b"Premature EOL", b"not enough data", b"Not enough data", b"Read error", b"Invalid code"),
    *(b"corrupt", b"Corrupt data", b"bad progression", b"Inconsistent progression", b"Unsupported marker"),
)
"""What the decoders say of data that is not whole. Bytes left over before a marker are none: scanners pad so."""
BAND_ROWS = 512
"""Rows of a transparent picture that are laid on white at a time, to hold one band and not the page four times."""

_GREY = cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION
_STDERR = 2
_turn = threading.Lock()
_ears: list[IO[bytes]] = []


@contextmanager
def listening() -> Iterator[None]:
    """Raises ValueError when a native decoder complains on standard error meanwhile.

    Where the descriptor cannot be turned (a program without a console) the decoders are not listened to.
    """
    with _turn:
        try:
            ear = _ear()
            before = os.dup(_STDERR)
        except OSError:
            yield
            return
        os.dup2(ear.fileno(), _STDERR)
        try:
            yield
        finally:
            os.dup2(before, _STDERR)
            os.close(before)
            said = _heard(ear)
        if any(word in said for word in DAMAGE):
            raise ValueError("damaged")


def _ear() -> IO[bytes]:
    if not _ears:
        _ears.append(tempfile.TemporaryFile(buffering=0))  # noqa: SIM115 -- one for the life of the process
    return _ears[0]


def _heard(ear: IO[bytes]) -> bytes:
    """What was said, at most 64 KB of it; the file is empty again afterwards."""
    if not os.fstat(ear.fileno()).st_size:
        return b""
    ear.seek(0)
    said = ear.read(65536)
    ear.seek(0)
    ear.truncate()
    return said


def decode(data: bytes) -> GrayImage:
    """A JPEG or PNG in grey by OpenCV. Raises ValueError."""
    with listening():
        image = cv2.imdecode(np.frombuffer(data, np.uint8), _GREY)
    if image is None:
        raise ValueError("not decoded")
    return np.asarray(image, np.uint8)


def grey_of_picture(picture: Image.Image) -> GrayImage:
    """A picture that Pillow has opened, in grey; what is transparent lies on white."""
    with listening():
        picture.load()
    if picture.mode == "1":
        # Pillow holds a byte for each bit; told so, it hands them out in half the time of any conversion.
        return np.frombuffer(picture.tobytes("raw", "L"), np.uint8).reshape(picture.height, picture.width)
    if picture.mode.startswith("I;16"):
        return (np.asarray(picture) >> 8).astype(np.uint8)
    if picture.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in picture.info:
        return _on_white(picture)
    return np.asarray(picture if picture.mode == "L" else picture.convert("L"), np.uint8)


def _on_white(picture: Image.Image) -> GrayImage:
    grey = np.empty((picture.height, picture.width), np.uint8)
    for top in range(0, picture.height, BAND_ROWS):
        band = picture.crop((0, top, picture.width, min(top + BAND_ROWS, picture.height)))
        flat = Image.new("RGBA", band.size, "white")
        flat.alpha_composite(band.convert("RGBA"))
        grey[top : top + BAND_ROWS] = np.asarray(flat.convert("L"))
    return grey


def grey_of_pixels(pixels: Any) -> GrayImage:
    """Pixels of PDFium, `(H, W)` or `(H, W, 1|3|4) uint8` in blue-green-red order, in grey and memory of its own."""
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    if channels == 1:
        return np.array(pixels.reshape(pixels.shape[:2]), np.uint8)
    code = cv2.COLOR_BGRA2GRAY if channels == 4 else cv2.COLOR_BGR2GRAY
    return np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), code), np.uint8)
