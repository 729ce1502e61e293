"""Reads the two files of the minutes back, each with another library than the one that wrote it where there is one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import numpy as np
import pypdfium2
import zxingcpp
from docx import Document
from docx.oxml.ns import qn
from PIL import Image


def docx_paragraphs(data: bytes) -> list[str]:
    """Every paragraph of the body in order, those in table cells too."""
    body = Document(io.BytesIO(data)).element.body
    return ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in body.iter(qn("w:p"))]


def docx_text(data: bytes) -> str:
    """The body as one text, a line a paragraph."""
    return "\n".join(docx_paragraphs(data))


def docx_tables(data: bytes) -> list[list[list[str]]]:
    """Tables as rows of cells."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(data)).tables]


def docx_xml(data: bytes, name: str = "word/document.xml") -> str:
    """One part of the package as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode("utf-8")


def pdf_pages(data: bytes) -> list[str]:
    """The text of each page, lines as they were set."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [_page_text(page) for page in document]
    finally:
        document.close()


def _page_text(page: Any) -> str:
    text_page = page.get_textpage()
    try:
        text = str(text_page.get_text_bounded())
    finally:
        text_page.close()
        page.close()
    return text.replace("\r\n", "\n")


def pdf_text(data: bytes) -> str:
    """All pages without the number at the head of each, words joined where a line was broken."""
    return " ".join(_without_number(text, number) for number, text in enumerate(pdf_pages(data), start=1))


def _without_number(text: str, number: int) -> str:
    return re.sub(rf"^\s*{number}\s+", "", text) if number > 1 else text


def flat(text: str) -> str:
    """Text without any space: where two programs break lines must not count as a difference."""
    return "".join(text.replace("\u200b", "").replace("\ufffe", "-").split())


def pdf_codes(data: bytes) -> list[str]:
    """Every QR on every page, read from the page drawn at 150 dpi."""
    document = pypdfium2.PdfDocument(data)
    try:
        return [text for page in document for text in _codes_of(page)]
    finally:
        document.close()


def _codes_of(page: Any) -> Iterator[str]:
    bitmap = page.render(scale=150 / 72)
    pixels = bitmap.to_numpy().copy()
    bitmap.close()
    page.close()
    yield from (code.text for code in zxingcpp.read_barcodes(np.ascontiguousarray(pixels[:, :, :3])))


def docx_codes(data: bytes) -> list[str]:
    """Every QR among the pictures of the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        pictures = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    found: list[str] = []
    for picture in pictures:
        pixels = np.array(Image.open(io.BytesIO(picture)).convert("L"))
        found += [code.text for code in zxingcpp.read_barcodes(pixels)]
    return found
