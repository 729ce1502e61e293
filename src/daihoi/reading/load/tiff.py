"""TIFF: the chain of its directories is walked here, and the decoder is given one page alone. [TIFF 6.0]

A chain may run in a circle, a directory may claim a million strips or bytes outside the file: all of it is seen in
the few bytes of the directory. The page is then written anew as a file of its own, with the tags that pictures need
and no others, so that page 999 costs no more than page 1.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping

from PIL import Image

from daihoi.reading.load.bounds import MAX_PAGES, too_large
from daihoi.reading.load.decoders import grey_of_picture
from daihoi.reading.terms import GrayImage, Refusal

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Bytes a value by field type. [TIFF 6.0 p. 15]"""
_WIDTH, _HEIGHT, _BITS, _COMPRESSION, _SAMPLES = 256, 257, 258, 259, 277
_TILE_WIDTH, _TILE_HEIGHT = 322, 323
_STRIP_PLACES, _STRIP_BYTES, _TILE_PLACES, _TILE_BYTES = 273, 279, 324, 325
_KEPT = frozenset(
    {_WIDTH, _HEIGHT, _BITS, _COMPRESSION, 262, 266, _STRIP_PLACES, _SAMPLES, 278, _STRIP_BYTES, 284, 292, 293}
    | {317, 320, _TILE_WIDTH, _TILE_HEIGHT, _TILE_PLACES, _TILE_BYTES, 338, 339, 347, 530, 532}
)
"""Tags that say how the pixels are coded; resolution, dates, names and private tags are left behind."""
_COMPRESSIONS = frozenset({1, 2, 3, 4, 5, 7, 8, 32773, 32946})
"""None, CCITT RLE, G3, G4, LZW, JPEG, Deflate, PackBits, old Deflate."""
MAX_SAMPLES = 5
"""Values a pixel: cyan, magenta, yellow, black and one that says how clear it is."""

_Field = tuple[int, int, bytes]
"""Type, number of values, the values' bytes."""


def tiff_pages(data: bytes) -> int:
    """How many directories the chain has, at most `MAX_PAGES` + 1. Raises ValueError where it is broken or circular."""
    return sum(1 for _ in _chain(data))


def load_tiff(data: bytes, index: int) -> GrayImage | Refusal:
    """Page `index`. Raises ValueError, struct.error and what Pillow raises on bad data."""
    places = [place for place, _ in zip(_chain(data), range(index + 1), strict=False)]
    if len(places) <= index:
        raise ValueError("no such page")
    order = _order(data)
    fields = _directory(data, order, places[index])
    width, height = _number(fields, order, _WIDTH), _number(fields, order, _HEIGHT)
    bits = _numbers(fields[_BITS], order) if _BITS in fields else [1]
    samples = _number(fields, order, _SAMPLES, 1)
    if not 1 <= samples <= MAX_SAMPLES:
        raise ValueError("samples")
    # Pillow holds colour in four bytes a pixel.
    held = max(1.0, max(bits) / 8) * (4 if samples > 1 else 1)
    if refused := too_large(width, height, held):
        return refused
    if _TILE_WIDTH in fields and (refused := too_large(*_tile(fields, order), held)):
        return refused
    if _number(fields, order, _COMPRESSION, 1) not in _COMPRESSIONS:
        raise ValueError("compression")
    with Image.open(io.BytesIO(_alone(data, order, fields))) as picture:
        return grey_of_picture(picture)


def _order(data: bytes) -> str:
    return "<" if data[:2] == b"II" else ">"


def _chain(data: bytes) -> Iterator[int]:
    """Where each directory lies, in order."""
    order = _order(data)
    (place,) = struct.unpack_from(order + "I", data, 4)
    seen: set[int] = set()
    while place and len(seen) <= MAX_PAGES:
        if place in seen:
            raise ValueError("circular")
        seen.add(place)
        (entries,) = struct.unpack_from(order + "H", data, place)
        yield place
        (place,) = struct.unpack_from(order + "I", data, place + 2 + 12 * entries)


def _directory(data: bytes, order: str, place: int) -> Mapping[int, _Field]:
    """The kept fields of one directory. Raises ValueError where one claims bytes outside the file."""
    (entries,) = struct.unpack_from(order + "H", data, place)
    fields: dict[int, _Field] = {}
    for entry in range(entries):
        tag, kind, count, value = struct.unpack_from(order + "HHI4s", data, place + 2 + 12 * entry)
        if tag not in _KEPT or kind not in _SIZES:
            continue
        size = _SIZES[kind] * count
        if size > 4:
            (start,) = struct.unpack(order + "I", value)
            if start + size > len(data):
                raise ValueError("outside the file")
            value = data[start : start + size]
        fields[tag] = (kind, count, value[:size])
    return fields


def _numbers(field: _Field, order: str) -> list[int]:
    kind, count, raw = field
    letter = {1: "B", 3: "H", 4: "I"}.get(kind)
    if letter is None or not count:
        raise ValueError("not whole numbers")
    return list(struct.unpack(f"{order}{count}{letter}", raw))


def _number(fields: Mapping[int, _Field], order: str, tag: int, otherwise: int | None = None) -> int:
    if tag not in fields and otherwise is not None:
        return otherwise
    return _numbers(fields[tag], order)[0]


def _tile(fields: Mapping[int, _Field], order: str) -> tuple[int, int]:
    """The size of a tile, which may be larger than the picture that it lies in."""
    return _number(fields, order, _TILE_WIDTH), _number(fields, order, _TILE_HEIGHT)


def _pieces(data: bytes, order: str, fields: Mapping[int, _Field]) -> tuple[int, int, list[bytes]]:
    """The tags of places and of lengths, and the coded strips or tiles. Raises ValueError where they are not all there.

    Strips of one page never overlap, so together they are no longer than the file: else a small file would unfold
    into a large one here.
    """
    places, lengths = (_TILE_PLACES, _TILE_BYTES) if _TILE_PLACES in fields else (_STRIP_PLACES, _STRIP_BYTES)
    starts = _numbers(fields[places], order)
    # Old fax programs leave the length out; one strip then runs to the end.
    sizes = _numbers(fields[lengths], order) if lengths in fields else [len(data) - starts[0]]
    inside = all(start + size <= len(data) for start, size in zip(starts, sizes, strict=True))
    if not inside or sum(sizes) > len(data):
        raise ValueError("strips outside the file")
    return places, lengths, [data[start : start + size] for start, size in zip(starts, sizes, strict=True)]


def _alone(data: bytes, order: str, fields: Mapping[int, _Field]) -> bytes:
    """One page as a file of its own: header, pieces, long values, directory."""
    places, lengths, pieces = _pieces(data, order, fields)
    out = bytearray(struct.pack(order + "2sHI", data[:2], 42, 0))
    starts: list[int] = []
    for piece in pieces:
        starts.append(len(out))
        out += piece
    packed = f"{order}{len(pieces)}I"
    written = dict(fields)
    written[places] = (4, len(pieces), struct.pack(packed, *starts))
    written[lengths] = (4, len(pieces), struct.pack(packed, *(len(piece) for piece in pieces)))
    entries: list[bytes] = []
    for tag in sorted(written):
        kind, count, raw = written[tag]
        if len(raw) > 4:
            out += b"\0" * (len(out) % 2)
            raw, start = struct.pack(order + "I", len(out)), raw
            out += start
        entries.append(struct.pack(order + "HHI4s", tag, kind, count, raw.ljust(4, b"\0")))
    out += b"\0" * (len(out) % 2)
    struct.pack_into(order + "I", out, 4, len(out))
    out += struct.pack(order + "H", len(entries)) + b"".join(entries) + b"\0\0\0\0"
    return bytes(out)
