"""People in a ruled table: one row each; the names are struck out, or the empty cells beside them are marked."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from daihoi.learning.printed import Piece, Print, Table, Word, around, figures_in, mm, text_lines, within, words_of
from daihoi.learning.terms import PX_PER_MM, Place, Sought
from daihoi.sheet.terms import Rect

CELLS_TO_MARK = 2
"""So many empty columns beside the names are held to be "agree" and "disagree"; one may be for remarks."""
SAME_LEFT_MM = 1.0
LEAST_NAME_MM = 8.0
SAME_WORD_MM = 0.5
MOST_FIGURES = 3
"""Figures of a number in a list: a year of birth has four."""
RULING_WIDTH_MM = 0.4


@dataclass(frozen=True)
class _Cell:
    area: Piece
    lines: tuple[tuple[Word, ...], ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """Words of its first line, the number before a name left out."""
        return self.lines[0] if self.lines else ()

    @property
    def is_number(self) -> bool:
        """Whether nothing stands in it but a number."""
        return len(self.lines) == 1 and len(self.words) == 1 and figures_in(self.words[0]) > 0


def people_in_table(table: Table, printed: Print, sought: Sought) -> tuple[Place, ...]:
    """The places of a table in the order of its rows, block by block; empty where it holds no list of names."""
    grid = [
        [_cell(printed, left, top, right, bottom) for left, right in zip(table.xs, table.xs[1:], strict=False)]
        for top, bottom in zip(table.ys, table.ys[1:], strict=False)
    ]
    places: list[Place] = []
    columns = _name_columns(grid)
    for number, column in enumerate(columns):
        end = columns[number + 1] - 1 if number + 1 < len(columns) else len(grid[0])
        start = column - 1 if column and (number or all(row[0].is_number for row in grid[1:])) else column
        start = 0 if number == 0 else start
        places += _block(grid, start, column, end, sought)
    return tuple(places)


def _cell(printed: Print, left: int, top: int, right: int, bottom: int) -> _Cell:
    area = Piece(left, top, right - left, bottom - top)
    lines = (words_of(line) for line in text_lines(within(printed.letters, area)))
    return _Cell(area, tuple(tuple(without_number(line)) for line in lines))


def without_number(words: list[Word]) -> list[Word]:
    """The words of a line without the number before a name: "7. Nguyễn Văn A"."""
    if len(words) > 2 and figures_in(words[0]) and words[0].box.w <= mm(9):
        return words[1:]
    return words


def _name_columns(grid: list[list[_Cell]]) -> list[int]:
    """Columns that hold names: two words and more in most rows; several where each follows a column of numbers."""
    rows = grid[1:] if len(grid) > 1 else grid
    found = []
    for column in range(len(grid[0])):
        cells = [row[column] for row in rows]
        named = [c for c in cells if len(c.words) >= 2 and around(w.box for w in c.words).w >= mm(LEAST_NAME_MM)]
        if len(named) >= 0.6 * len(rows):
            found.append(column)
    numbered = [c for c in found if c and sum(row[c - 1].is_number for row in rows) >= 0.6 * len(rows)]
    numbered = [c for c in numbered if c == numbered[0] or _goes_on(grid, numbered[0], c)]
    return numbered if len(numbered) > 1 else found[:1]


def _goes_on(grid: list[list[_Cell]], first: int, column: int) -> bool:
    """Whether the list goes on in this column, and it is not the post of the same people after their year of birth."""
    numbers = [row[column - 1] for row in grid[1:] if row[column - 1].is_number]
    if any(figures_in(cell.words[0]) > MOST_FIGURES for cell in numbers):
        return False
    head = grid[0]
    if head[column - 1].is_number or not head[first].words:
        return True
    # A list that goes on has its headings again.
    pairs = ((head[first - 1], head[column - 1]), (head[first], head[column]))
    return all(_alike(ours, theirs) for ours, theirs in pairs)


def _alike(one: _Cell, other: _Cell) -> bool:
    """Whether the same words are printed in two cells, by their widths: no name and no heading is read."""
    if len(one.words) != len(other.words):
        return False
    return all(abs(a.box.w - b.box.w) <= mm(SAME_WORD_MM) for a, b in zip(one.words, other.words, strict=True))


def _block(grid: list[list[_Cell]], start: int, column: int, end: int, sought: Sought) -> list[Place]:
    rows = [row[start:end] for row in grid if row[column].words]
    at = column - start
    while len(rows) > 1 and _is_header(rows, at):
        rows = rows[1:]
    boxes = [] if sought is Sought.NAMES else _empty_columns(rows, at)
    if sought is Sought.AUTO and len(boxes) != CELLS_TO_MARK:
        boxes = []
    places: list[Place] = []
    for row in rows:
        words = row[at].words
        whole = around(cell.area for cell in row)
        places.append(
            Place(
                row=rect_of(whole),
                name=rect_of(around(w.box for w in words), 0.3),
                words=extents(words),
                lines=len(row[at].lines),
                boxes=tuple(rect_of(row[box].area, -RULING_WIDTH_MM / 2) for box in boxes[:2]),
            )
        )
    return places


def _empty_columns(rows: list[list[_Cell]], name: int) -> list[int]:
    """Columns beside the names with nothing printed in them."""
    return [
        column
        for column in range(len(rows[0]))
        if column > name and all(not row[column].lines and row[column].area.w >= mm(5) for row in rows)
    ]


def _is_header(rows: list[list[_Cell]], name: int) -> bool:
    """Whether the first row tells what the columns are: it differs from what all the others have in common."""
    first, others = rows[0], rows[1:]
    for column in range(len(first)):
        if first[column].lines and not any(row[column].lines for row in others):
            return True
    if name and all(row[name - 1].is_number for row in others):
        if not first[name - 1].is_number:
            return True
        shown = [figures_in(row[name - 1].words[0]) for row in rows]
        if shown[0] > shown[1]:
            return True
    lefts = [row[name].words[0].box.x for row in others]
    usual = median(lefts)
    aligned = sum(abs(left - usual) <= mm(SAME_LEFT_MM) for left in lefts) >= 0.7 * len(lefts)
    return aligned and len(others) > 1 and abs(first[name].words[0].box.x - usual) > 2 * mm(SAME_LEFT_MM)


def rect_of(piece: Piece, margin_mm: float = 0.0) -> Rect:
    """A piece of the canvas in mm, widened by a margin."""
    return Rect(
        piece.x / PX_PER_MM - margin_mm,
        piece.y / PX_PER_MM - margin_mm,
        piece.w / PX_PER_MM + 2 * margin_mm,
        piece.h / PX_PER_MM + 2 * margin_mm,
    )


def extents(words: tuple[Word, ...]) -> tuple[tuple[float, float], ...]:
    """Left and right edges of words, mm."""
    return tuple((word.box.x / PX_PER_MM, word.box.right / PX_PER_MM) for word in words)
