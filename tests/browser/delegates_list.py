"""The list that the clerk of Nà Lương was sent: 190 delegates and 12 alternates, five rows of it wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook

from daihoi.web.site.demo import people, tree

SEED = 190
HEADS = {
    "code": "Mã đảng viên", "full_name": "Họ và tên", "organisation": "Mã đơn vị", "category": "Tư cách",
    "alternate": "Thứ tự dự khuyết", "group": "Tổ", "post": "Chức vụ", "sex": "Giới tính", "born": "Ngày sinh",
    "ethnicity": "Dân tộc", "religion": "Tôn giáo", "joined": "Ngày vào Đảng", "official": "Ngày chính thức",
    "education": "Học vấn", "degree": "Chuyên môn", "theory": "Lý luận chính trị",
}  # fmt: skip
SEXES = {"male": "Nam", "female": "Nữ"}
EDUCATION = {"upper_secondary": "12/12"}
DEGREES = {"bachelor": "Đại học", "master": "Thạc sĩ", "doctor": "Tiến sĩ"}
THEORY = {"advanced": "Cao cấp", "intermediate": "Trung cấp"}
OFFICIALS = people.EX_OFFICIO + people.ELECTED + people.DESIGNATED
GROUPS = 6
Line = dict[str, object]

MISTAKES: Sequence[tuple[int, str, object, str]] = (
    (47, "organisation", "TG-NL-99", "TG-NL-99"),
    (80, "born", "31/02/1980", "31/02/1980"),
    (101, "full_name", None, ""),
    (133, "category", "Đắc cử", "Đắc cử"),
    (195, "alternate", None, ""),
)
"""Place in the list, the column, what stands there, and what of it the reason must name."""


def tree_of_na_luong(path: Path) -> Path:
    """The province, the district and its 31 grassroots organisations as a spreadsheet."""
    rows = [row for row in tree.rows(Random(SEED)) if row["code"] == tree.TOP or _of_na_luong(str(row["code"]))]
    heads = ["code", "parent", "name", "tier", "kind", "place_name", "official_members", "probationary_members"]
    words = ["Mã", "Mã cấp trên", "Tên", "Cấp", "Loại", "Địa danh", "Đảng viên chính thức", "Đảng viên dự bị"]
    return _saved(path, words, ([row[head] for head in heads] for row in rows))


def _of_na_luong(code: str) -> bool:
    return code == tree.NA_LUONG.code or code.startswith(f"{tree.NA_LUONG.code}-")


def lines() -> list[Line]:
    """The list without a mistake, officials first."""
    chance = Random(SEED)
    below = [row for row in tree.rows(Random(SEED)) if row["parent"] == tree.NA_LUONG.code]
    units = [(str(row["code"]), str(row["name"])) for row in below]
    found = [row for row in people.rows(chance, units) if _of_na_luong(str(row["organisation"]))]
    numbers: dict[object, int] = {}
    return [_line(place, row, numbers) for place, row in enumerate(found)]


def _line(place: int, row: dict[str, object], numbers: dict[object, int]) -> Line:
    order = (people.EX_OFFICIO, people.EX_OFFICIO + people.ELECTED, OFFICIALS)
    category = next((words for end, words in zip(order, ("Đương nhiên", "Được bầu", "Chỉ định"), strict=True)
                     if place < end), "Dự khuyết")  # fmt: skip
    number = None
    if category == "Dự khuyết":
        number = numbers[row["organisation"]] = numbers.get(row["organisation"], 0) + 1
    said: Line = {head: row.get(head) for head in HEADS}
    return said | {
        "category": category, "alternate": number, "group": place % GROUPS + 1, "sex": SEXES[str(row["sex"])],
        "education": EDUCATION[str(row["education"])], "degree": DEGREES[str(row["degree"])],
        "theory": THEORY[str(row["theory"])],
    }  # fmt: skip


def with_mistakes(path: Path, right: Sequence[Line]) -> Path:
    """The file as it was sent."""
    sent = [dict(line) for line in right]
    for place, head, wrong, _named in MISTAKES:
        sent[place][head] = wrong
    return _saved(path, list(HEADS.values()), ([line[head] for head in HEADS] for line in sent))


def mended(path: Path, bad: Path, right: Sequence[Line]) -> Path:
    """The rows at fault as the house gave them back, each with the cell put right that was wrong."""
    book = load_workbook(bad)
    sheet = book.active
    assert sheet is not None
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        code = sheet.cell(row, columns[HEADS["code"]]).value
        place, head = next((place, head) for place, head, _was, _named in MISTAKES if right[place]["code"] == code)
        sheet.cell(row, columns[HEADS[head]]).value = right[place][head]  # type: ignore[assignment]
    book.save(path)
    return path


def reasons(bad: Path) -> dict[str, str]:
    """Code of the person -> what the house says is wrong."""
    sheet = load_workbook(bad).active
    assert sheet is not None
    return {str(row[0].value): str(row[-1].value) for row in sheet.iter_rows(min_row=2)}


def column(path: Path, place: Callable[[Sequence[object]], object]) -> list[object]:
    """What `place` takes of each row of a spreadsheet, without its headings."""
    # Read bit by bit, so the file stays open until it is closed.
    with closing(load_workbook(path, read_only=True)) as book:
        sheet = book.active
        assert sheet is not None
        return [place(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


def _saved(path: Path, heads: Sequence[str], rows: Iterator[Sequence[object]]) -> Path:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    sheet.append(heads)
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path
