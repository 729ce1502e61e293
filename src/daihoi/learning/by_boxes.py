"""People with boxes or ovals to mark: which boxes belong together, and on which side of them the name stands."""

from __future__ import annotations

from statistics import median

import cv2
import numpy as np

from daihoi.learning.by_lines import bands
from daihoi.learning.by_table import extents, rect_of, without_number
from daihoi.learning.printed import Piece, Print, Word, around, mm, text_lines, within, words_of
from daihoi.learning.terms import Place
from daihoi.reading.terms import GrayImage

MOST_BOXES = 2
"""Boxes to one name: agree and disagree. Ballots with more are of a kind that the regulation does not know."""
NAME_MM = 9.0
"""Text narrower than this is a number or a label."""
CHUNK_GAP_MM = 7.0
LABEL = 0.8
"""Print that correlates like this from row to row is a label, such as "Đồng ý", and no name."""
BESIDE_MM = 3.5


def people_with_boxes(printed: Print, raster: GrayImage) -> tuple[Place, ...]:
    """The places in order, a block of columns after the other; empty where the boxes make no list."""
    columns = _columns(printed.boxes)
    if not columns:
        return ()
    blocks = _blocks(columns, printed, raster)
    if any(len(block) > MOST_BOXES for block in blocks):
        return ()
    limits = _limits(blocks, raster.shape[1])
    left = _names_left(blocks, limits, printed, raster)
    places: list[Place] = []
    for block, between in zip(blocks, limits, strict=True):
        places += _people(block, printed, between, names_left=left, alone=len(blocks) == 1)
    return tuple(places)


Column = list[Piece]
Limits = tuple[int, int]
"""Where the block before ends and the next one begins, px; the edges of the page at its ends."""


def _columns(boxes: tuple[Piece, ...]) -> list[Column]:
    """Boxes that stand one below the other, columns from left to right, boxes from top to bottom."""
    columns: list[Column] = []
    for box in sorted(boxes, key=lambda one: one.y):
        for column in columns:
            if abs(column[-1].middle[0] - box.middle[0]) < 0.6 * box.w:
                column.append(box)
                break
        else:
            columns.append([box])
    return sorted(columns, key=lambda column: column[0].x)


def _rows_alike(one: Column, other: Column) -> bool:
    return len(one) == len(other) and all(
        abs(a.middle[1] - b.middle[1]) < 0.6 * a.h for a, b in zip(one, other, strict=True)
    )


def _blocks(columns: list[Column], printed: Print, raster: GrayImage) -> list[list[Column]]:
    """Columns that belong to the same people: nothing but labels stands between them."""
    blocks = [[columns[0]]]
    for column in columns[1:]:
        last = blocks[-1][-1]
        between = [_words_between(printed, box, a.right, box.x) for a, box in zip(last, column, strict=False)]
        if _rows_alike(last, column) and not _are_names(between, raster):
            blocks[-1].append(column)
        else:
            blocks.append([column])
    return blocks


def _words_between(printed: Print, box: Piece, left: int, right: int) -> list[Word]:
    """The words in the height of a box between two places, the widest run of them."""
    reach = max(box.h, mm(4.5))
    area = Piece(left, round(box.middle[1] - reach), max(0, right - left), round(2 * reach))
    return _widest_run(within(printed.letters, area), box)


def _widest_run(letters: list[Piece], box: Piece) -> list[Word]:
    lines = text_lines(letters)
    if not lines:
        return []
    nearest = min(lines, key=lambda line: abs(around(p for p in line if p.is_letter).middle[1] - box.middle[1]))
    runs: list[list[Word]] = []
    for word in words_of(nearest):
        if runs and word.box.x - runs[-1][-1].box.right <= mm(CHUNK_GAP_MM):
            runs[-1].append(word)
        else:
            runs.append([word])
    return without_number(max(runs, key=lambda run: around(word.box for word in run).w))


def _are_names(rows: list[list[Word]], raster: GrayImage) -> bool:
    """Whether the words of most rows are wide enough for a name, and differ from row to row."""
    wide = [words for words in rows if words and around(w.box for w in words).w >= mm(NAME_MM)]
    if len(wide) < max(1, 0.6 * len(rows)):
        return False
    return len(wide) == 1 or not _all_alike(wide, raster)


def _all_alike(rows: list[list[Word]], raster: GrayImage) -> bool:
    first = around(word.box for word in rows[0])
    pattern = raster[first.y : first.bottom, first.x : first.right]
    found = []
    for words in rows[1:]:
        box = around(word.box for word in words)
        area = raster[max(0, box.y - 6) : box.bottom + 6, max(0, box.x - 6) : box.right + 6]
        if area.shape[0] < pattern.shape[0] or area.shape[1] < pattern.shape[1]:
            found.append(0.0)
        else:
            found.append(float(np.max(cv2.matchTemplate(area, pattern, cv2.TM_CCOEFF_NORMED))))
    return median(found) >= LABEL


def _limits(blocks: list[list[Column]], width: int) -> list[Limits]:
    ends = [0, *(max(box.right for box in block[-1]) for block in blocks[:-1])]
    starts = [*(min(box.x for box in block[0]) for block in blocks[1:]), width]
    return list(zip(ends, starts, strict=True))


def _names_left(blocks: list[list[Column]], limits: list[Limits], printed: Print, raster: GrayImage) -> bool:
    """Whether the names stand left of their boxes; where both sides would do, they do."""
    lefts = rights = 0
    for block, (before, after) in zip(blocks, limits, strict=True):
        lefts += _are_names([_words_between(printed, box, before, box.x) for box in block[0]], raster)
        rights += _are_names([_words_between(printed, box, box.right, after) for box in block[-1]], raster)
    return lefts >= rights


def _people(block: list[Column], printed: Print, limits: Limits, *, names_left: bool, alone: bool) -> list[Place]:
    before, after = limits
    places = []
    rows = bands([box.middle[1] for box in block[0]])
    if names_left:
        named = [_words_between(printed, first, before, first.x) for first in block[0]]
    else:
        named = [_words_between(printed, last, last.right, after) for last in block[-1]]
    left, right = _sides(block, named, limits)
    for index, (words, (top, bottom)) in enumerate(zip(named, rows, strict=True)):
        row = Piece(left, round(top), right - left, round(bottom) - round(top))
        places.append(
            Place(
                row=rect_of(_in_table(row, printed, block[0][index], alone=alone)),
                name=rect_of(around(word.box for word in words), 0.3) if words else None,
                words=extents(tuple(words)),
                boxes=tuple(rect_of(column[index]) for column in block),
            )
        )
    return places


def _sides(block: list[Column], named: list[list[Word]], limits: Limits) -> tuple[int, int]:
    """Left and right edge of the rows of a block: its boxes and names, and a little more within its limits."""
    before, after = limits
    edges = [around(word.box for word in words) for words in named if words]
    left = min([column[0].x for column in block] + [edge.x for edge in edges]) - mm(BESIDE_MM)
    right = max([column[0].right for column in block] + [edge.right for edge in edges]) + mm(BESIDE_MM)
    return max(left, before + mm(0.5) if before else 0), min(right, after - mm(0.5))


def _in_table(row: Piece, printed: Print, box: Piece, *, alone: bool) -> Piece:
    """The row as the rulings of a table around it bound it, where there is one; the whole of it when `alone`."""
    for table in printed.tables:
        if not (table.xs[0] <= box.x and box.right <= table.xs[-1]):
            continue
        for top, bottom in zip(table.ys, table.ys[1:], strict=False):
            if top <= box.middle[1] < bottom:
                left, right = (table.xs[0], table.xs[-1]) if alone else (row.x, row.right)
                return Piece(left, top, right - left, bottom - top)
    return row
