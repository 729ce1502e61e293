"""Files on their way in: every shape in which a spreadsheet comes, and one sentence for each that cannot be read."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable, Sequence

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from daihoi.web.lists.imports.grid import Mark
from daihoi.web.lists.imports.mapping import recognised
from daihoi.web.lists.imports.plan import Field, Importer, Kind, Row, State
from daihoi.web.lists.imports.preview import Preview, preview, sentence
from daihoi.web.lists.imports.reading import read
from daihoi.web.lists.imports.values import cleaner

FIELDS = (
    Field("code", "Code", Kind.CODE, ("mã",), longest=8),
    Field("name", "Name", Kind.TEXT, ("họ và tên",), required=True, longest=30),
    Field("born", "Born", Kind.PARTIAL_DATE, ("ngày sinh",)),
    Field("since", "Since", Kind.DATE, ("từ ngày",)),
    Field("number", "Number", Kind.WHOLE, ("số lượng",)),
    Field("local", "Local", Kind.YES_NO, ("người địa phương",)),
    Field("sex", "Sex", Kind.CHOICE, ("giới tính",), answers=(("female", "Nữ"), ("male", "Nam"))),
)


class Names(Importer):
    """A list that knows nobody."""

    name = "names"
    title = "Names"
    back = here = "names"
    fields = FIELDS  # type: ignore[assignment]

    def judge(self, rows: Sequence[Row]) -> None:
        """All are new."""

    def write(self, rows: Sequence[Row]) -> None:
        """Nowhere."""


@pytest.fixture(autouse=True)
def _in_english() -> object:
    with translation.override("en"):
        yield


def book(*rows: Sequence[object], change: Callable[[Worksheet], object] = lambda _sheet: None) -> bytes:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def judged(data: bytes) -> Preview:
    grid, importer = read(data), Names(by="test", owner="1")
    return preview(grid, recognised(grid, FIELDS), importer)


def told(made: Preview) -> list[str]:
    importer = Names(by="test", owner="1")
    return [
        sentence(fault, row.number, made.columns, importer)
        for row in made.rows
        for fault in (*row.faults, *row.warnings)
    ]


def names(made: Preview) -> list[object]:
    return [row.values.get("name") for row in made.rows]


HEAD = ("Mã", "Họ và tên", "Ngày sinh", "Từ ngày", "Số lượng", "Người địa phương", "Giới tính")


def test_titles_above_and_blank_rows_between_do_not_matter() -> None:
    made = judged(book(("DANH SÁCH ĐẢNG VIÊN",), (), ("", None), HEAD, ("A", "An"), (), (None, "  "), ("B", "Bé")))
    assert (made.columns.header, names(made)) == (4, ["An", "Bé"])
    assert [row.number for row in made.rows] == [5, 8]


@pytest.mark.parametrize(
    "head",
    [
        ("ma", "HO VA TEN"),
        ("Mã *", "Họ và tên *"),
        (" MÃ ", "Ho\u0323 va\u0300 te\u0302n"),
        ("code", "name"),
        ("STT", "Họ và tên", "Mã"),
    ],
)
def test_headings_are_known_with_accents_or_without(head: tuple[str, ...]) -> None:
    grid = read(book(head, ("x", "y", "z")))
    assert {"code", "name"} == set(recognised(grid, FIELDS).places)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_csv_comes_in_every_shape(separator: str, mark: bytes) -> None:
    rows = (HEAD[:3], ("A", "Nguyễn Văn Ân", "1975"), ("", "", ""), ("B", "Lê Bé", "4/1980"))
    data = mark + "\r\n".join(separator.join(row) for row in rows).encode()
    made = judged(data)
    assert names(made) == ["Nguyễn Văn Ân", "Lê Bé"]
    assert [row.values["born"] for row in made.rows] == ["1975", "1980-04"]
    assert [row.number for row in made.rows] == [2, 4]


def test_unicode_text_of_excel_is_csv_too() -> None:
    assert names(judged("Họ và tên\tMã\r\nLê Bé\tA\r\n".encode("utf-16"))) == ["Lê Bé"]


def test_formulas_errors_and_merged_cells_are_answered_by_row_and_column() -> None:
    def change(sheet: Worksheet) -> None:
        sheet["B3"] = "=CONCATENATE(A3)"
        sheet["E4"] = "=1/0"
        sheet.merge_cells("B5:B6")
        sheet.merge_cells("C7:D7")

    rows = [HEAD, *((f"A{number}", f"Tên {number}", "1975", "", 1) for number in range(2, 8))]
    made = judged(book(*rows, change=change))
    assert told(made) == [
        "Row 3, column B (Name): It is a formula without a value; open the file in Excel, save it and send it again.",
        "Row 4, column E (Number): It is a formula without a value; open the file in Excel, save it and send it again.",
        "Row 6, column B (Name): It is merged with cell B5; unmerge and fill in every row.",
        "Row 7, column D (Since): It is merged with cell C7; unmerge and fill in every row.",
    ]


def raw(sheet: str) -> bytes:
    """A book of one sheet whose XML is given: for what openpyxl does not write."""
    made = io.BytesIO(book(("x",)))
    target = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("sheet1.xml") else old.read(name))
    return target.getvalue()


SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELLS = (
    f'<worksheet xmlns="{SPACE}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c>'
    '<c r="B1" t="inlineStr"><is><r><t>Số </t></r><r><t>lượng</t></r></is></c></row>'
    '<row r="2"><c r="A2" t="str"><f>B9</f><v>Lê Bé</v></c><c r="B2"><f>1+1</f><v>2</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>An</t></is></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
    "<row><c><v>7</v></c><c><v>1.5</v></c></row></sheetData></worksheet>"
)


def test_values_of_formulas_are_taken_and_said() -> None:
    made = judged(raw(CELLS))
    assert [row.values for row in made.rows] == [{"name": "Lê Bé", "number": 2}, {"name": "An"}, {"name": "7"}]
    assert [row.state for row in made.rows] == [State.WARNING, State.ERROR, State.ERROR]
    assert told(made) == [
        "Row 2, column A (Name): It is a formula; its value “Lê Bé” was taken.",
        "Row 2, column B (Number): It is a formula; its value “2” was taken.",
        "Row 3, column B (Number): Its formula shows #DIV/0!; mend it or type the value.",
        "Row 4, column B (Number): “1.5” is no whole number.",
    ]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Kind.PARTIAL_DATE, "30/4/1975", "1975-04-30"),
        (Kind.PARTIAL_DATE, "30-04-1975", "1975-04-30"),
        (Kind.PARTIAL_DATE, "30.04.1975", "1975-04-30"),
        (Kind.PARTIAL_DATE, "1975-04-30", "1975-04-30"),
        (Kind.PARTIAL_DATE, "04/1975", "1975-04"),
        (Kind.PARTIAL_DATE, "1975", "1975"),
        (Kind.PARTIAL_DATE, 1975, "1975"),
        (Kind.PARTIAL_DATE, 1975.0, "1975"),
        (Kind.PARTIAL_DATE, datetime.date(1975, 4, 30), "1975-04-30"),
        (Kind.PARTIAL_DATE, 27_514, "1975-04-30"),
        (Kind.PARTIAL_DATE, "27514", "1975-04-30"),
        (Kind.PARTIAL_DATE, "-", ""),
        (Kind.DATE, "30/04/1975", datetime.date(1975, 4, 30)),
        (Kind.WHOLE, "1.234", 1234),
        (Kind.WHOLE, "1,234,567", 1_234_567),
        (Kind.WHOLE, " 12 ", 12),
        (Kind.WHOLE, 12, 12),
        (Kind.CODE, 12, "12"),
        (Kind.CODE, "0012", "0012"),
        (Kind.TEXT, "Nguye\u0302\u0303n \u00a0 Ân\u200b", "Nguyễn Ân"),
        (Kind.TEXT, "Y Êñuôl", "Y Êñuôl"),
        (Kind.TEXT, "H’Hen Niê Kđăm", "H’Hen Niê Kđăm"),
        (Kind.TEXT, "'+84 209 123 456", "+84 209 123 456"),
        (Kind.TEXT, "'-", "'-"),
        (Kind.TEXT, "'Hen Niê", "'Hen Niê"),
        (Kind.YES_NO, "X", True),
        (Kind.YES_NO, "Có", True),
        (Kind.YES_NO, "✓", True),
        (Kind.YES_NO, 0, False),
        (Kind.YES_NO, "không", False),
        (Kind.CHOICE, "NU", "female"),
        (Kind.CHOICE, " nam ", "male"),
        (Kind.CHOICE, "male", "male"),
        (Kind.TEXT, "   ", None),
        (Kind.TEXT, None, None),
    ],
)
def test_a_cell_becomes_a_value(kind: Kind, cell: object, value: object) -> None:
    answers = (("female", "Nữ"), ("male", "Nam"))
    got, wrong, _odd = cleaner(Field("x", "X", kind, answers=answers))(cell)  # type: ignore[arg-type]
    assert (got, wrong) == (value, "")


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        (Kind.PARTIAL_DATE, "31/02/1975", "“31/02/1975” is no date"),
        (Kind.PARTIAL_DATE, "04/30/1975", "“04/30/1975” is no date"),
        (Kind.PARTIAL_DATE, "30/4/75", "“30/4/75” is no date"),
        (Kind.PARTIAL_DATE, "13/1975", "“13/1975” is no date"),
        (Kind.PARTIAL_DATE, 19_750_430, "“19750430” is no date"),
        (Kind.DATE, "1975", "“1975” names no day"),
        (Kind.WHOLE, "1,5", "“1,5” is no whole number"),
        (Kind.WHOLE, -1, "“-1” is no whole number"),
        (Kind.CODE, 1.5, "is a number that the spreadsheet shortened"),
        (Kind.CODE, "1.23457E+11", "is a number that the spreadsheet shortened"),
        (Kind.CODE, datetime.date(2001, 1, 2), "The spreadsheet made a date of it"),
        (Kind.TEXT, "x" * 201, "It has 201 characters; 200 fit."),
        (Kind.TEXT, "NguyÔn V¨n Hïng", "is written in an old font"),
        (Kind.TEXT, "Ph¹m ThÞ Lª", "is written in an old font"),
        (Kind.TEXT, "Nguyeãn Vaên Huøng", "is written in an old font"),
        (Kind.YES_NO, "có thể", "is neither yes"),
        (Kind.CHOICE, "khác", "“khác” is none of: Nữ; Nam."),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(kind: Kind, cell: object, said: str) -> None:
    answers = (("female", "Nữ"), ("male", "Nam"))
    value, wrong, _odd = cleaner(Field("x", "X", kind, answers=answers))(cell)  # type: ignore[arg-type]
    assert value is None
    assert said in wrong


def test_one_and_true_are_not_taken_for_each_other() -> None:
    clean = cleaner(Field("x", "X", Kind.TEXT))
    assert [clean(cell)[0] for cell in (1, True, 1.5, "1")] == ["1", "1", "1.5", "1"]
    clean = cleaner(Field("x", "X", Kind.WHOLE))
    assert [clean(cell)[0] for cell in (1, "1", 1)] == [1, 1, 1]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def zipped(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/"), text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty"),
        (b"\r\n \n", "The file is empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked by a password"),
        (OLE + "Workbook".encode("utf-16-le"), "the old .xls format"),
        (b"%PDF-1.7 ...", "holds no spreadsheet"),
        (b"\xff\xd8\xff\xe0 jfif", "holds no spreadsheet"),
        (b"abc\x00def", "holds no spreadsheet"),
        (zipped(word__document="x"), "holds no spreadsheet"),
        (b"PK\x03\x04 and then nothing", "no whole XLSX file"),
        (zipped(**{"xl__workbook.xml": "<not xml"}), "no whole XLSX file"),
        (book(HEAD, ("A", "An"))[:-200], "no whole XLSX file"),
        (raw("<worksheet><sheetData><row r='1'>"), "no whole XLSX file"),
        (raw('<worksheet xmlns="x"><sheetData/></worksheet>'), "The sheet is empty"),
        (book(), "The sheet is empty"),
        ("Mã;Họ và tên\nA;Lê Bé".encode("cp1258", "replace") + b"\xe9\xff", "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_list_is_answered_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        read(data)
    assert said in refused.value.messages[0]


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("daihoi.web.lists.imports.workbook.LARGEST_PART", 200)
    with pytest.raises(ValidationError, match="unpacks to more"):
        read(book(HEAD, *(("A", "An") for _row in range(100))))


@pytest.mark.parametrize(
    "make", [lambda rows: book(*rows), lambda rows: "\n".join(",".join(row) for row in rows).encode()]
)
def test_more_rows_than_are_taken_at_once_are_refused(make: Callable[[list[tuple[str, ...]]], bytes]) -> None:
    data = make([HEAD, *[("A", "An")] * 20])
    assert len(read(data, rows=20).rows) == 21
    with pytest.raises(ValidationError, match="more than 19 rows"):
        read(data, rows=19)


def test_dates_of_both_calendars_are_read() -> None:
    made = Workbook()
    made.epoch = datetime.datetime(1904, 1, 1)  # noqa: DTZ001
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Họ và tên", "Ngày sinh"])
    sheet.append(["An", datetime.date(1975, 4, 30)])
    target = io.BytesIO()
    made.save(target)
    for data in (target.getvalue(), book(("Họ và tên", "Ngày sinh"), ("An", datetime.date(1975, 4, 30)))):
        assert [row.values["born"] for row in judged(data).rows] == ["1975-04-30"]


def test_a_merged_title_over_the_list_harms_nobody() -> None:
    made = judged(book(("DANH SÁCH",), HEAD, ("A", "An"), change=lambda sheet: sheet.merge_cells("A1:G1")))
    assert (told(made), names(made)) == ([], ["An"])


def test_the_first_sheet_that_holds_anything_is_read() -> None:
    made = Workbook()
    made.create_sheet("Danh sách").append(["Họ và tên"])
    target = io.BytesIO()
    made.save(target)
    grid = read(target.getvalue())
    assert (grid.sheet, grid.sheets) == ("Danh sách", ["Sheet", "Danh sách"])
    assert read(target.getvalue(), "Danh sách").sheet == "Danh sách"


def test_marks_say_what_is_odd() -> None:
    assert {odd.mark for odd in read(raw(CELLS)).odd.values()} == {Mark.FORMULA, Mark.ERROR}
