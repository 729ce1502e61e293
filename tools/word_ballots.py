"""Draw the ballots of tests/data/word-ballots: forms as boards type them in Word, without corner marks or codes.

    python tools/word_ballots.py [FOLDER]

Each is written as DOCX by python-docx and turned into PDF by LibreOffice Writer (`soffice` on the path), then kept, so
that the tests need no LibreOffice. All names are made up.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image, ImageDraw

KEPT = Path(__file__).parents[1] / "tests" / "data" / "word-ballots"
FAMILIES = ("Nguyễn", "Trần", "Lê", "Hoàng", "Lò", "Giàng", "Quàng", "Đặng", "Vì", "Phạm", "Bùi")
MIDDLES = ("Văn", "Thị", "Hữu Đức", "A", "Thị Bích", "Minh")
GIVEN = ("Ý", "Bình", "Phượng", "Long", "Anh", "Quỳnh", "Dũng", "Mạnh", "Hạnh", "Uyên", "Tú", "Khoa", "Sơn")


def names(count: int, start: int = 0) -> list[str]:
    """Made-up names, no two alike."""
    return [
        # 11 and 13 share no factor: family and given name together come again after 143 people.
        f"{FAMILIES[k % 11]} {MIDDLES[(k * 5 + k // 6) % 6]} {GIVEN[k * 7 % 13]}"
        for k in range(start, start + count)
    ]


def new(font: str = "Tinos", size: float = 14.0) -> Any:
    """An A4 document with the margins of Vietnamese office papers."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin = section.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    style.paragraph_format.space_after = Pt(2)
    return document


def line(
    document: Any, text: str, *, bold: bool = False, italic: bool = False, size: float = 0, centre: bool = True
) -> Any:
    """A paragraph."""
    paragraph = document.add_paragraph()
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    if size:
        run.font.size = Pt(size)
    return paragraph


def heading(document: Any, title: str, instruction: str, seats: str = "") -> None:
    """What stands above the list."""
    line(document, "ĐẢNG BỘ XÃ NÀ LƯƠNG\nCHI BỘ THÔN BẢN LẦU", bold=True, size=13, centre=False)
    line(document, "")
    line(document, "PHIẾU BẦU", bold=True, size=18)
    line(document, title, bold=True)
    if seats:
        line(document, seats, italic=True)
    line(document, instruction, italic=True, size=13)


def cell_text(cell: Any, text: str, *, bold: bool = False, centre: bool = False, height: float = 8.5) -> None:
    """The text of a cell, upright in its middle."""
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = bold
    cell.vertical_alignment = 1
    row = cell._tc.getparent()
    properties = row.get_or_add_trPr()
    if not properties.findall(qn("w:trHeight")):
        least = OxmlElement("w:trHeight")
        least.set(qn("w:val"), str(round(height / 25.4 * 1440)))
        properties.append(least)


def table(document: Any, header: list[str], rows: list[list[str]], widths: list[float], height: float = 8.5) -> Any:
    """A ruled table; the first row is its header, numbers and boxes are centred."""
    made = document.add_table(rows=0, cols=len(header), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for number, texts in enumerate([header, *rows]):
        cells = made.add_row().cells
        for cell, text, width in zip(cells, texts, widths, strict=True):
            cell.width = Mm(width)
            name = number > 0 and len(text) > 3
            cell_text(cell, text, bold=number == 0, centre=not name, height=height)
    return made


def strike() -> Any:
    """Number and name in a table; names are struck out."""
    document = new()
    heading(
        document,
        "Chi ủy Chi bộ thôn Bản Lầu, nhiệm kỳ 2025 - 2027",
        "(Không bầu ai thì gạch ngang cả họ và tên người đó)",
        "Số lượng bầu: 5 đồng chí",
    )
    rows = [[str(k), name] for k, name in enumerate(names(9), 1)]
    table(document, ["TT", "Họ và tên"], rows, [15, 110], 9.5)
    return document


def lines() -> Any:
    """Numbered lines without any ruling."""
    document = new()
    heading(
        document,
        "Ban Chấp hành Đảng bộ xã Nà Lương",
        "(Không bầu ai thì gạch ngang cả họ và tên người đó)",
        "Bầu 8 đồng chí trong danh sách sau",
    )
    for number, name in enumerate(names(12, 20), 1):
        paragraph = line(document, f"{number}.\t{name}", centre=False)
        paragraph.paragraph_format.left_indent = Mm(30)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(40))
        paragraph.paragraph_format.space_before = Pt(6)
    return document


def agree() -> Any:
    """A square for yes and one for no, right of each name."""
    document = new()
    heading(document, "Bí thư và Phó Bí thư Chi bộ", "(Đánh dấu X vào ô đồng ý hoặc ô không đồng ý)")
    made = table(
        document,
        ["TT", "Họ và tên", "Đồng ý", "Không đồng ý"],
        [[str(k), name, "", ""] for k, name in enumerate(names(6, 40), 1)],
        [12, 80, 28, 35],
        11,
    )
    for row in made.rows[1:]:
        for cell in row.cells[2:]:
            run = cell.paragraphs[0].add_run("☐")
            run.font.name, run.font.size = "DejaVu Sans", Pt(20)
    return document


def cells() -> Any:
    """Empty cells for yes and no."""
    document = new()
    heading(document, "Đoàn đại biểu dự Đại hội cấp trên", "(Đánh dấu X vào ô đồng ý hoặc ô không đồng ý)")
    rows = [[str(k), name, "", ""] for k, name in enumerate(names(10, 60), 1)]
    table(document, ["TT", "Họ và tên", "Đồng ý", "Không đồng ý"], rows, [12, 80, 28, 35], 9)
    return document


def oval_picture(width: float = 7.0, height: float = 4.0) -> io.BytesIO:
    """An oval as a picture, mm."""
    px = 40
    image = Image.new("L", (round(width * px), round(height * px)), 255)
    ImageDraw.Draw(image).ellipse((6, 6, image.width - 7, image.height - 7), outline=0, width=10)
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(px * 25.4, px * 25.4))
    out.seek(0)
    return out


def ovals() -> Any:
    """An oval left of each name, people in two columns, no rulings."""
    document = new("Arimo", 12)
    heading(
        document,
        "Election of the Board of Directors",
        "(Fill in the oval beside each person that you choose: at most 7)",
    )
    made = document.add_table(rows=6, cols=4)
    made.autofit = False
    for column, width in zip(made.columns, (15, 70, 15, 70), strict=True):
        column.width = Mm(width)
    for index, name in enumerate(names(12, 80)):
        cells_ = made.rows[index % 6].cells
        oval, text = cells_[2 * (index // 6)], cells_[2 * (index // 6) + 1]
        oval.width, text.width = Mm(15), Mm(70)
        oval.paragraphs[0].add_run().add_picture(oval_picture(), width=Mm(7))
        cell_text(text, name, height=13)
        oval.vertical_alignment = 1
    return document


def two_sides() -> Any:
    """A long list over both sides, in one table that Word breaks by itself."""
    document = new()
    heading(
        document,
        "Ban Chấp hành Đảng bộ huyện Nà Lương, nhiệm kỳ 2025 - 2030",
        "(Không bầu ai thì gạch ngang cả họ và tên người đó)",
        "Số lượng bầu: 35 đồng chí",
    )
    rows = [[str(k), name, f"19{60 + k * 7 % 39}"] for k, name in enumerate(names(41, 100), 1)]
    table(document, ["TT", "Họ và tên", "Năm sinh"], rows, [15, 95, 30], 8.5)
    return document


FORMS: dict[str, Callable[[], Any]] = {
    "strike": strike,
    "lines": lines,
    "agree": agree,
    "cells": cells,
    "ovals": ovals,
    "two-sides": two_sides,
}


def main() -> None:
    """Write every form as PDF."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else KEPT
    folder.mkdir(parents=True, exist_ok=True)
    office = shutil.which("soffice")
    if office is None:
        sys.exit("LibreOffice (soffice) is wanted to turn DOCX into PDF")
    with tempfile.TemporaryDirectory() as temporary:
        sources = []
        for name, make in FORMS.items():
            source = Path(temporary) / f"{name}.docx"
            make().save(str(source))
            sources.append(str(source))
        subprocess.run(
            [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources], check=True, timeout=300
        )
    print(", ".join(sorted(path.name for path in folder.glob("*.pdf"))))


if __name__ == "__main__":
    main()
