"""What the fuzzer feeds and what it asks: whole small files, ways to spoil them, and what must hold of every answer."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import pypdfium2
import segno
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from daihoi.reading.corners import Frame
from daihoi.reading.identify import identify
from daihoi.reading.load import kind_of, load_page, pages_in
from daihoi.reading.load.bounds import MAX_PAGES, MAX_PIXELS
from daihoi.reading.terms import GrayImage, Refusal
from daihoi.sheet import identity, paper
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Code, Identity, PagePlan

OURS = Identity("ABCDEF", "BCH", 1, "001", 1, 1, False, "ABCDEFGHIJKLMNOP")
DPI = 150
KINDS = ("jpeg", "png", "tiff", "pdf")
EVERY = (*("jpeg", "png", "tiff", "tiff", "pdf", "code") * 4, "qr")
"""Targets in turn; TIFF twice, because it can say the most, pictures of codes seldom, because they take long."""
INTERESTING = (0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
PDF_WORDS = (
    *(b"/Image", b"/Form", b"/Width", b"/Height", b"/Length", b"/FlateDecode", b"/DCTDecode", b"/CCITTFaxDecode"),
    *(b"/JBIG2Decode", b"/JPXDecode", b"/LZWDecode", b"/Kids", b"/Count", b"/Contents", b"stream", b"endstream"),
    *(
        b"endobj",
        b"xref",
        b"trailer",
        b"/Predictor 15",
        b"/Decode [1 0]",
        b"/SMask 4 0 R",
        b"2 0 R",
        b"-1",
        b"99999999",
    ),
)


class BrokenPromiseError(AssertionError):
    """An answer that must not be."""


@dataclass(frozen=True)
class Case:
    """One input: `kind` of target, and its bytes (UTF-8 text for `code`, the content of the code for `qr`)."""

    kind: str
    data: bytes


def picture(height: int = 90, width: int = 64) -> GrayImage:
    """A small page with lines and noise."""
    image = np.random.default_rng(5).normal(225, 8, (height, width)).clip(0, 255).astype(np.uint8)
    image[10:20, 8:40] = 30
    image[50:52] = 90
    return image


def _pillow(kind: str, images: list[Image.Image], **options: object) -> bytes:
    out = io.BytesIO()
    images[0].save(out, kind, save_all=len(images) > 1, append_images=images[1:], **options)  # type: ignore[arg-type]
    return out.getvalue()


def _pdf(data: bytes, pages: int = 1, *, again: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(200, 280))
    for _ in range(pages):
        for place in range(again):
            canvas.drawImage(ImageReader(io.BytesIO(data)), 0, 20 * place, 200, 260)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _pdf_bare(data: bytes) -> bytes:
    """A PDF as scanners write it: the JPEG as it is."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(200, 280)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(io.BytesIO(data), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix(200, 0, 0, 280, 0, 0))
    page.insert_obj(image)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@cache
def corpus() -> Mapping[str, tuple[bytes, ...]]:
    """Small whole files of every kind, and texts of codes."""
    grey = Image.fromarray(picture())
    black, colour = grey.convert("1"), grey.convert("RGB")
    jpeg = _pillow("JPEG", [grey], quality=80)
    pngs = [_pillow("PNG", [grey.convert(mode)]) for mode in ("L", "1", "P", "RGB", "RGBA", "LA")]
    deep = bytes(cv2.imencode(".png", picture().astype(np.uint16) * 257)[1])
    tiffs = [_pillow("TIFF", [black] * n, compression="group4") for n in (1, 3)]
    tiffs += [_pillow("TIFF", [black], compression=name) for name in ("group3", "tiff_ccitt", "packbits", "raw")]
    tiffs += [_pillow("TIFF", [grey], compression=name) for name in ("tiff_lzw", "tiff_adobe_deflate", "jpeg", "raw")]
    tiffs += [_pillow("TIFF", [image], compression="tiff_lzw") for image in (colour, grey.convert("RGBA"))]
    return {
        "jpeg": (
            jpeg,
            _pillow("JPEG", [colour], quality=60),
            _pillow("JPEG", [colour], quality=60, progressive=True),
            _pillow("JPEG", [grey], quality=50, restart_marker_blocks=4),
            _pillow("JPEG", [colour.convert("CMYK")]),
        ),
        "png": (*pngs, deep, _pillow("PNG", [grey.convert("P")], transparency=3)),
        "tiff": tuple(tiffs),
        "pdf": (_pdf(jpeg), _pdf_bare(jpeg), _pdf(pngs[0], 2), _pdf(pngs[1]), _pdf(pngs[4]), _pdf(jpeg, again=3)),
        "code": (identity.encode(OURS).encode(), b"DH1:", b""),
        "qr": (
            identity.encode(OURS).encode(),
            b"=cmd()|' /C calc'!A0",
            "\u202egnp.\r\n\0\x1b[2J".encode(),
            b"<b>" * 99,
        ),
    }


def case(seed: int, number: int) -> Case:
    """Input `number` of a seed: the same anywhere."""
    rng = random.Random(f"{seed}/{number}")
    kind = EVERY[number % len(EVERY)]
    data = bytearray(rng.choice(corpus()[kind]))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 5, 9))):
        rng.choice(_SPOIL)(data, rng, kind)
    if kind == "png" and rng.random() < 0.6:
        data = _sums_mended(data)
    return Case(kind, bytes(data[: 300 if kind == "qr" else 1 << 20]))


def _flip(data: bytearray, rng: random.Random, _kind: str) -> None:
    if data:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _head(data: bytearray, rng: random.Random, _kind: str) -> None:
    """A byte near the beginning, where the sizes stand."""
    if data:
        data[rng.randrange(min(len(data), 200))] = rng.randrange(256)


def _number(data: bytearray, rng: random.Random, _kind: str) -> None:
    form = rng.choice(("<I", ">I", "<H", ">H", "B"))
    size = struct.calcsize(form)
    if len(data) > size:
        value = rng.choice(INTERESTING) & ((1 << 8 * size) - 1)
        struct.pack_into(form, data, rng.randrange(len(data) - size), value)


def _cut(data: bytearray, rng: random.Random, _kind: str) -> None:
    if data:
        del data[rng.randrange(len(data)) :]


def _drop(data: bytearray, rng: random.Random, _kind: str) -> None:
    if data:
        start = rng.randrange(len(data))
        del data[start : start + rng.randrange(1, 64)]


def _double(data: bytearray, rng: random.Random, _kind: str) -> None:
    if data:
        start = rng.randrange(len(data))
        piece = data[start : start + rng.randrange(1, 400)]
        data[start:start] = piece * rng.choice((1, 2, 30))


def _noise(data: bytearray, rng: random.Random, _kind: str) -> None:
    start = rng.randrange(len(data) + 1)
    data[start:start] = rng.randbytes(rng.randrange(1, 40))


def _splice(data: bytearray, rng: random.Random, _kind: str) -> None:
    other = rng.choice(corpus()[rng.choice(KINDS)])
    start = rng.randrange(len(data) + 1)
    data[start : start + rng.randrange(300)] = other[rng.randrange(len(other)) :][: rng.randrange(1, 600)]


def _word(data: bytearray, rng: random.Random, kind: str) -> None:
    """In PDF a word of its language over another; elsewhere letters that mean something to a console or a table."""
    words = PDF_WORDS if kind == "pdf" else (b"=", b"\r\n", b"\0", "\u202e".encode(), b"'", b"\x1b[2J", b":", b"/")
    start = rng.randrange(len(data) + 1)
    if kind == "pdf" and (slash := data.find(b"/", start)) >= 0:
        start = slash
    word = rng.choice(words)
    data[start : start + rng.choice((0, len(word)))] = word


def _digits(data: bytearray, rng: random.Random, _kind: str) -> None:
    places = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if places:
        data[rng.choice(places)] = 48 + rng.randrange(10)


_SPOIL: tuple[Callable[[bytearray, random.Random, str], None], ...] = (
    *(_flip, _head, _head, _number, _number, _cut, _drop, _double, _noise, _splice, _word, _digits),
)


def _sums_mended(data: bytearray) -> bytearray:
    """A PNG whose chunks have the right sums again: else every change would be stopped at the gate."""
    place = 8
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        end = place + 8 + length
        if end + 4 > len(data):
            break
        struct.pack_into(">I", data, end, zlib.crc32(data[place + 4 : end]))
        place = end + 4
    return data


def ask(given: Case) -> str:
    """Feed one input; what came out, in a word. Raises BrokenPromiseError and whatever escapes."""
    if given.kind == "code":
        return _ask_code(given.data.decode("utf-8", "replace"))
    return _ask_qr(given.data) if given.kind == "qr" else _ask_file(given.data)


def _ask_file(data: bytes) -> str:
    kind_of(data)
    pages = pages_in(data, "scan.jpg")
    if not isinstance(pages, Refusal) and not 1 <= pages <= MAX_PAGES:
        raise BrokenPromiseError(f"{pages} pages")
    word = ""
    for index in (0, 1, 5):
        answer = load_page(data, "scan.jpg", index)
        if isinstance(answer, Refusal):
            word = word or answer.reason.value
            continue
        word = word or "read"
        if answer.ndim != 2 or answer.dtype != np.uint8 or not answer.flags["C_CONTIGUOUS"]:
            raise BrokenPromiseError(f"{answer.shape} {answer.dtype}")
        if not 0 < answer.size <= MAX_PIXELS:
            raise BrokenPromiseError(f"{answer.shape}")
    return word


def _ask_code(text: str) -> str:
    found = identity.decode(text)
    if found is None:
        return "none"
    if identity.encode(found) != text:
        raise BrokenPromiseError("a code that encode could not have written")
    return "identity"


@cache
def _blank() -> tuple[GrayImage, Frame, PagePlan]:
    """A white page with nothing on it yet, where its marks would be, and where its codes belong."""
    codes = (Code(paper.CODE_TOP_RIGHT, ""), Code(paper.CODE_BOTTOM_LEFT, ""))
    plan = PagePlan(1, (), paper.CORNERS, codes, ())
    scale = DPI / 25.4
    centres = [((mark.x + mark.w / 2) * scale, (mark.y + mark.h / 2) * scale) for mark in paper.CORNERS]
    image = np.full((round(PAGE_H_MM * scale), round(PAGE_W_MM * scale)), 255, np.uint8)
    return image, Frame(np.array(centres, np.float64), None, False, 20.0), plan


def _ask_qr(content: bytes) -> str:
    image, frame, plan = _blank()
    image = image.copy()
    matrix = np.array([list(row) for row in segno.make(content, error="l", micro=False).matrix], np.uint8)
    rect, scale = paper.CODE_TOP_RIGHT, DPI / 25.4
    side = round(rect.w * scale)
    code = cv2.resize((1 - matrix) * 255, (side, side), interpolation=cv2.INTER_AREA)
    top, left = round(rect.y * scale), round(rect.x * scale)
    image[top : top + side, left : left + side] = code
    answer = identify(image, frame, plan, (OURS,))
    if not isinstance(answer, Refusal):
        return "identified"
    for said in (answer.found, answer.expected):
        if len(said) > 400 or not all(letter.isprintable() for letter in said):
            raise BrokenPromiseError(f"shows {said!r}")
    return answer.reason.value
