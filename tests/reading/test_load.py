"""Files of every kind, whole and broken: pages come out as grey pixels, bad files as refusals that tell."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from daihoi.reading import load
from daihoi.reading.load import KINDS, bounds, fingerprint, kind_of, load_page, pages_in, pdf
from daihoi.reading.terms import GrayImage, Refusal, RefusalReason

from .hand import ballot, file_of, g4_of, jpeg_of, png_of, refusal_of


def picture(width: int = 120, height: int = 170) -> GrayImage:
    """A page with something in every quarter that tells how it lies."""
    image = np.full((height, width), 230, np.uint8)
    image[10:30, 10:60] = 20
    image[100:160, 80:100] = 90
    image[140:150, 5:15] = 150
    return image


def split(image: GrayImage) -> GrayImage:
    """The page in black and white."""
    return np.where(image < 128, 0, 255).astype(np.uint8)


def pixels_of(data: bytes, name: str = "scan", index: int = 0) -> GrayImage:
    """The pixels of a page that must load."""
    image = load_page(data, name, index)
    assert not isinstance(image, Refusal), image
    assert image.dtype == np.uint8
    assert image.ndim == 2
    return image


def near(one: GrayImage, other: GrayImage, most: float = 6.0) -> bool:
    """Whether two images differ by less than `most` grey levels on average."""
    return one.shape == other.shape and float(np.abs(one.astype(int) - other.astype(int)).mean()) < most


def pdf_of(images: list[bytes], size: tuple[float, float] = (595.28, 841.89)) -> bytes:
    """A PDF with one file's picture on each page, as reportlab embeds it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for data in images:
        canvas.drawImage(ImageReader(io.BytesIO(data)), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_with_jpeg(data: bytes, matrix: tuple[float, float, float, float, float, float]) -> bytes:
    """A PDF whose page shows one JPEG through a matrix, as scanners write it."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    picture = pypdfium2.PdfImage.new(document)
    picture.load_jpeg(io.BytesIO(data), inline=True)
    picture.set_matrix(pypdfium2.PdfMatrix(*matrix))
    page.insert_obj(picture)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def pdf_with_g4(image: GrayImage) -> bytes:
    """A PDF whose only picture is a CCITT group 4 stream, written by hand as fax machines do."""
    height, width = image.shape
    data = file_of([image], "TIFF", "1", compression="group4", tiffinfo={278: height})
    with Image.open(io.BytesIO(data)) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined]
        (start,), (length,), photometric = tags[273], tags[279], tags[262]
    stream = data[start : start + length]
    black_is_1 = b"true" if photometric == 1 else b"false"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources 6 0 R >>",
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray "
        b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 %s >> /Length %d >>\nstream\n"
        % (width, height, width, height, black_is_1, len(stream))
        + stream
        + b"\nendstream",
        b"<< /Length 26 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream",
        b"<< /XObject << /I 4 0 R >> >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
    return bytes(out)


def bomb(width: int, height: int) -> bytes:
    """A PNG that claims a huge page in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


# --- what a file is ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (jpeg_of(picture()), "jpeg"),
        (png_of(picture()), "png"),
        (file_of([picture()], "TIFF"), "tiff"),
        (g4_of([picture()]), "tiff"),
        (b"MM\x00*rest", "tiff"),
        (b"%PDF-1.7 rest", "pdf"),
        (b"\n\n%PDF-1.4 after a few bytes", "pdf"),
        (b"GIF89a", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
        (b"BM", ""),
    ],
)
def test_kind_follows_from_the_bytes(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a", "ảnh quét.PNG", "a.tiff"])
def test_wrong_extension_does_not_matter(name: str) -> None:
    data = jpeg_of(picture(), 95)
    assert pages_in(data, name) == 1
    assert near(pixels_of(data, name), picture())


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (b"", "empty.jpg", "empty"),
        (b"hello there", "list.docx", "docx"),
        (b"\x00\x01\x02\x03\x04", "noname", "00010203"),
        (b"GIF89a....", "moving.gif", "gif"),
        (b"PK\x03\x04....", "strange.a-b", "504b0304"),
    ],
)
def test_what_is_no_picture_is_refused_and_named(data: bytes, name: str, found: str) -> None:
    for refused in (refusal_of(pages_in(data, name)), refusal_of(load_page(data, name, 0))):
        assert refused.reason is RefusalReason.NOT_AN_IMAGE
        assert (refused.found, refused.expected) == (found, KINDS)


# --- whole files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quality", [30, 75, 95])
def test_jpeg_loads(quality: int) -> None:
    assert near(pixels_of(jpeg_of(picture(), quality)), picture())


def test_colour_jpeg_becomes_grey() -> None:
    colour = np.dstack([picture(), picture(), np.full_like(picture(), 230)])
    assert pixels_of(jpeg_of(colour, 95)).shape == picture().shape


def test_jpeg_with_rotation_tag_keeps_its_pixels_as_they_lie() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(picture()).save(out, "JPEG", quality=95, exif=exif)
    assert near(pixels_of(out.getvalue()), picture())


@pytest.mark.parametrize("mode", ["L", "1", "P", "RGB", "I;16"])
def test_png_of_every_mode_loads(mode: str) -> None:
    image = picture()
    deep = bytes(cv2.imencode(".png", image.astype(np.uint16) * 257)[1])
    data = deep if mode == "I;16" else png_of(image, mode)
    assert near(pixels_of(data), split(image) if mode == "1" else image)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparent_png_lies_on_white_paper(mode: str) -> None:
    image = Image.fromarray(picture()).convert(mode)
    clear = np.zeros(picture().shape, np.uint8)
    clear[picture() < 200] = 255
    image.putalpha(Image.fromarray(clear))
    out = io.BytesIO()
    image.save(out, "PNG")
    loaded = pixels_of(out.getvalue())
    assert int(loaded[0, 0]) == 255
    assert int(loaded[20, 30]) < 40


def test_palette_png_with_a_transparent_colour_lies_on_white_paper() -> None:
    image = Image.fromarray(picture()).convert("P")
    out = io.BytesIO()
    image.save(out, "PNG", transparency=int(np.asarray(image)[0, 0]))
    assert int(pixels_of(out.getvalue())[0, 0]) == 255


@pytest.mark.parametrize("mode", ["L", "1", "RGB", "I;16"])
def test_tiff_of_every_mode_loads(mode: str) -> None:
    image = picture()
    if mode == "I;16":
        out = io.BytesIO()
        Image.fromarray(image.astype(np.uint16) * 257).save(out, "TIFF")
        data = out.getvalue()
    else:
        data = file_of([image], "TIFF", mode)
    assert near(pixels_of(data), split(image) if mode == "1" else image)


def test_g4_with_many_pages_gives_each_in_its_turn() -> None:
    pages = [split(picture()) for _ in range(3)]
    for place, page in enumerate(pages):
        page[60 : 70 + 10 * place, 20:40] = 0
    data = g4_of(pages)
    assert pages_in(data, "a.tif") == 3
    for place, page in enumerate(pages):
        assert np.array_equal(pixels_of(data, "a.tif", place), page)


def test_page_beyond_the_last_is_refused() -> None:
    for data in (g4_of([picture()]), pdf_of([jpeg_of(picture())])):
        assert refusal_of(load_page(data, "a", 7)).reason is RefusalReason.TRUNCATED


def test_landscape_image_stays_landscape() -> None:
    assert pixels_of(png_of(np.ascontiguousarray(picture().T))).shape == (120, 170)


# --- PDF --------------------------------------------------------------------------------------------------------------


def test_jpeg_in_a_pdf_is_extracted_to_the_pixel() -> None:
    data = jpeg_of(picture(), 80)
    wrapped = pdf_with_jpeg(data, (595, 0, 0, 842, 0, 0))
    assert pages_in(wrapped, "a.pdf") == 1
    assert np.array_equal(pixels_of(wrapped), pixels_of(data))


def test_pdf_with_many_pages_gives_each_in_its_turn() -> None:
    first, second = jpeg_of(picture(), 95), jpeg_of(np.ascontiguousarray(picture()[::-1]), 95)
    wrapped = pdf_of([first, second])
    assert pages_in(wrapped, "a.pdf") == 2
    assert near(pixels_of(wrapped, "a.pdf", 0), picture())
    assert near(pixels_of(wrapped, "a.pdf", 1), picture()[::-1])


@pytest.mark.parametrize("scale", [(-595, 842), (595, -842)])
def test_mirrored_pdf_matrix_does_not_mirror_the_ballot(scale: tuple[float, float]) -> None:
    wide, high = scale
    stored = np.ascontiguousarray(picture()[:, ::-1])
    wrapped = pdf_with_jpeg(jpeg_of(stored, 95), (wide, 0, 0, high, max(0, -wide), max(0, -high)))
    loaded = pixels_of(wrapped)
    # Upside down or not is the codes' business; mirrored writing no code would tell.
    assert near(loaded, picture()) or near(loaded, picture()[::-1, ::-1])


def test_g4_in_a_pdf_is_extracted_at_its_own_resolution() -> None:
    page = split(picture(1240, 1754))
    loaded = pixels_of(pdf_with_g4(page))
    assert loaded.shape == page.shape
    assert np.array_equal(loaded, page)


def test_pdf_page_of_several_pictures_is_drawn() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 400))
    top, bottom = picture(300, 200), np.full((200, 300), 10, np.uint8)
    canvas.drawImage(ImageReader(io.BytesIO(png_of(top))), 0, 200, 300, 200)
    canvas.drawImage(ImageReader(io.BytesIO(png_of(bottom))), 0, 0, 300, 200)
    canvas.save()
    loaded = pixels_of(out.getvalue())
    # A fraction of a pixel more or less is the renderer's.
    assert loaded.shape == pytest.approx((1111, 833), abs=1)
    assert int(loaded[1000, 400]) < 20
    assert int(loaded[5, 800]) > 200


def test_pdf_of_text_alone_holds_no_scan() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(100, 100, "not a scan")
    canvas.save()
    refused = refusal_of(load_page(out.getvalue(), "a.pdf", 0))
    assert (refused.reason, refused.found, refused.expected) == (RefusalReason.NO_SCAN_IN_PDF, "0", "1")


def test_pdf_with_a_password_is_refused() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt="secret")
    canvas.drawString(100, 100, "hidden")
    canvas.save()
    for refused in (pages_in(out.getvalue(), "a.pdf"), load_page(out.getvalue(), "a.pdf", 0)):
        assert refusal_of(refused).reason is RefusalReason.LOCKED


# --- broken files -----------------------------------------------------------------------------------------------------

WHOLE: dict[str, bytes] = {
    "jpeg": jpeg_of(np.random.default_rng(2).integers(0, 255, (400, 300)).astype(np.uint8)),
    "png": png_of(np.random.default_rng(2).integers(0, 255, (400, 300)).astype(np.uint8)),
    "tiff": file_of([np.random.default_rng(2).integers(0, 255, (400, 300)).astype(np.uint8)], "TIFF"),
    "pdf": pdf_of([jpeg_of(np.random.default_rng(2).integers(0, 255, (400, 300)).astype(np.uint8))]),
}


@pytest.mark.parametrize("kind", sorted(WHOLE))
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_file_that_is_cut_off_is_refused(kind: str, share: float) -> None:
    data = WHOLE[kind]
    cut = data[: max(12, int(len(data) * share))]
    answer = load_page(cut, f"cut.{kind}", 0)
    if kind == "pdf" and not isinstance(answer, Refusal):
        # PDFium mends a lost table of contents; then the picture itself must be whole.
        assert np.array_equal(answer, pixels_of(data))
        return
    refused = refusal_of(answer)
    assert refused.reason is RefusalReason.TRUNCATED
    assert refused.expected == kind.upper()


def test_jpeg_cut_and_joined_with_something_else_is_refused() -> None:
    data = WHOLE["jpeg"]
    assert refusal_of(load_page(data + b"x" * 9000, "a.jpg", 0)).reason is RefusalReason.TRUNCATED
    padded = load_page(data + b"\0" * 1000, "a.jpg", 0)
    assert not isinstance(padded, Refusal), "scanners pad their files"


def test_png_with_a_changed_byte_is_refused() -> None:
    data = bytearray(WHOLE["png"])
    data[len(data) // 2] ^= 0xFF
    assert refusal_of(load_page(bytes(data), "a.png", 0)).reason is RefusalReason.TRUNCATED


@pytest.mark.parametrize("size", [(40_000, 40_000), (60_001, 1000), (2**31 - 1, 2**31 - 1)])
def test_decompression_bomb_is_refused_before_it_unfolds(size: tuple[int, int]) -> None:
    refused = refusal_of(load_page(bomb(*size), "bomb.png", 0))
    assert refused.reason in {RefusalReason.TOO_LARGE, RefusalReason.TRUNCATED}
    if refused.reason is RefusalReason.TOO_LARGE:
        assert refused.found == f"{size[0]}x{size[1]}"
        assert refused.expected == str(bounds.MAX_PIXELS)


def test_too_large_pages_of_other_kinds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MAX_PIXELS", 10_000)
    for kind, data in WHOLE.items():
        refused = refusal_of(load_page(data, f"a.{kind}", 0))
        assert refused.reason is RefusalReason.TOO_LARGE, kind
        assert refused.found == "300x400"


def test_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_PAGES", 2)
    refused = refusal_of(pages_in(g4_of([picture()] * 3), "a.tif"))
    assert (refused.reason, refused.found, refused.expected) == (RefusalReason.TOO_LARGE, "3", "2")
    assert pages_in(g4_of([picture()] * 2), "a.tif") == 2


# --- equal pixels -----------------------------------------------------------------------------------------------------


def test_fingerprint_of_equal_pixels_is_equal_whatever_the_file() -> None:
    one = pixels_of(png_of(picture()))
    other = pixels_of(file_of([picture()], "TIFF"))
    assert fingerprint(one) == fingerprint(other)


def test_fingerprint_tells_single_pixels_turns_and_shapes_apart() -> None:
    image = picture()
    changed = image.copy()
    changed[7, 7] -= 1
    prints = {
        fingerprint(np.ascontiguousarray(i))
        for i in (image, changed, image[::-1], image.T, image[:, ::-1], image[:-1], np.zeros_like(image))
    }
    assert len(prints) == 7


def test_every_loader_gives_writable_memory_of_its_own() -> None:
    data: Any
    for data in WHOLE.values():
        first = pixels_of(data)
        assert first.flags["C_CONTIGUOUS"]
        assert np.array_equal(first, pixels_of(data))


def test_real_ballot_reads_the_same_from_every_container() -> None:
    paper = ballot(10)
    scan = paper.page().strike(2).scan()
    jpeg = jpeg_of(scan, 90)
    files = [jpeg, png_of(scan), file_of([scan], "TIFF"), pdf_with_jpeg(jpeg, (595, 0, 0, 842, 0, 0)), pdf_of([jpeg])]
    read = [paper.read(pixels_of(data)) for data in files]
    marks = [[(m.candidate, m.mark) for m in page.marks] for page in read if not isinstance(page, Refusal)]
    assert len(marks) == len(files)
    assert all(one == marks[0] for one in marks)


def test_at_most_one_pdf_stays_open(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf.close_pdf()
    closed: list[int] = []
    close = pypdfium2.PdfDocument.close
    monkeypatch.setattr(pypdfium2.PdfDocument, "close", lambda self: (closed.append(1), close(self))[1])
    other = bytes(bytearray(WHOLE["pdf"]))
    for _ in range(3):
        pages_in(WHOLE["pdf"], "a.pdf")
        load_page(WHOLE["pdf"], "a.pdf", 0)
        load_page(other, "a.pdf", 0)
    assert len(closed) == 5
    pdf.close_pdf()
    assert len(closed) == 6


def test_who_reads_pictures_does_not_pay_for_pdf() -> None:
    asked = "import sys, daihoi.reading.load; print('pypdfium2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
