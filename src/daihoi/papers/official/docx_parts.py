"""What python-docx has no word for: borders, margins of cells, repeated headers, page numbers, a file without clock."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

_ZIP_DAY = (1980, 1, 1, 0, 0, 0)
STILL = datetime(2000, 1, 1)  # noqa: DTZ001 -- core properties want a naive time, and no clock may be read
_TWIPS_PER_MM = 1440 / 25.4


def element(name: str, **attributes: str) -> Any:
    """An element of WordprocessingML with its w: attributes."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def twips(millimetres: float) -> str:
    """Twentieths of a point, as WordprocessingML writes widths."""
    return str(round(millimetres * _TWIPS_PER_MM))


def set_table(table: Any, widths_mm: tuple[float, ...], *, side_mm: float, ruled: bool) -> None:
    """Fixed column widths, the inner margin of cells, and rules of half a point or none."""
    # Word recomputes columns to their content otherwise, and a long name would squeeze the votes.
    table.autofit = False
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    properties.append(element("tblW", w=twips(sum(widths_mm)), type="dxa"))
    properties.append(element("tblInd", w="0", type="dxa"))
    properties.append(_borders("tblBorders", ruled))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=twips(side_mm), type="dxa"))
    properties.append(margins)
    _in_schema_order(properties)
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            # Word reads the width of the column, LibreOffice that of the cell.
            cell.width = Mm(width)


def _borders(name: str, ruled: bool) -> Any:
    borders = element(name)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = element(side, val="single", sz="4", space="0", color="000000") if ruled else element(side, val="nil")
        borders.append(line)
    return borders


_TABLE_ORDER = ("tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook")


def _in_schema_order(properties: Any) -> None:
    """Word refuses table properties that stand in another order than the schema's."""
    children = sorted(properties, key=_place)
    for child in children:
        properties.remove(child)
    for child in children:
        properties.append(child)


def _place(child: Any) -> int:
    name = child.tag.split("}")[1]
    return _TABLE_ORDER.index(name) if name in _TABLE_ORDER else len(_TABLE_ORDER)


def keep_row(row: Any, *, header: bool = False) -> None:
    """A row that never splits over two pages, and repeats on each when it is the header."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if header:
        properties.append(element("tblHeader"))


def top_rule(table: Any) -> None:
    """A rule above the first row alone."""
    for cell in table.rows[0].cells:
        borders = element("tcBorders")
        borders.append(element("top", val="single", sz="4", space="0", color="000000"))
        cell._tc.get_or_add_tcPr().append(borders)


def top_border(paragraph: Any) -> None:
    """A rule above a paragraph, as long as the paragraph is wide between its indents."""
    borders = element("pBdr")
    borders.append(element("top", val="single", sz="6", space="1", color="000000"))
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def count_from_one(section: Any) -> None:
    """The pages of this section are numbered from one again."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    # The schema wants it right after the margins.
    properties.find(qn("w:pgMar")).addnext(element("pgNumType", start="1"))


def page_number(paragraph: Any) -> None:
    """The number of the page as a field."""
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        if kind == "":
            instruction = element("instrText")
            instruction.text = text
            run._r.append(instruction)
        elif kind == "text":
            run._r.append(_text(text))
        else:
            run._r.append(element("fldChar", fldCharType=kind))


def _text(text: str) -> Any:
    made = element("t")
    made.text = text
    return made


def flush_picture(picture: Any, said: str) -> None:
    """A picture without the side space that readers assume where none is given, and its content in words."""
    for side in ("distT", "distB", "distL", "distR"):
        picture._inline.set(side, "0")
    picture._inline.docPr.set("descr", said)


def as_word_2013(document: Any) -> None:
    """Tables begin at the margin, as Word has done since 2013 and the PDF does, not a cell's inner margin before it."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def without_clock(document: Any, *, title: str, about: str) -> bytes:
    """The file with fixed properties and one fixed day on every member, so that equal papers are equal bytes."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "Daihoi", "Daihoi"
    properties.subject = about
    properties.comments, properties.revision, properties.language = "", 1, "vi-VN"
    properties.created = properties.modified = STILL
    _without_thumbnail(document.part.package)
    drawn = io.BytesIO()
    document.save(drawn)
    return same_bytes(drawn.getvalue())


def same_bytes(office_file: bytes) -> bytes:
    """The members of an office file with one fixed day each: the day it was packed would make two runs differ."""
    packed = io.BytesIO()
    made = io.BytesIO(office_file)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _ZIP_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            # The same system is named on every machine, else Windows would make other bytes.
            member.create_system = 0
            target.writestr(member, source.read(name))
    return packed.getvalue()


def _without_thumbnail(package: Any) -> None:
    """The template of python-docx brings a picture of its own empty page, which file managers would show."""
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]
