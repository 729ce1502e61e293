"""What stands in a sheet, whatever the format of its file: rows of cells, and what is odd about some of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

Value = str | int | float | bool | datetime.date | None


class Mark(StrEnum):
    """What is odd about a cell."""

    FORMULA = "formula"
    NO_VALUE = "no_value"
    ERROR = "error"
    COVERED = "covered"


@dataclass(frozen=True)
class Odd:
    """A mark with its detail: the cell that covers a merged one, the error that a formula shows."""

    mark: Mark
    detail: str = ""


@dataclass
class Grid:
    """A sheet. `rows` are those that hold anything, each with its number as the spreadsheet shows it (from 1).

    `odd` is keyed by (number of the row, place of the column from 0). `sheets` are all that the file holds.
    """

    rows: list[tuple[int, list[Value]]]
    odd: dict[tuple[int, int], Odd] = field(default_factory=dict)
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(cells) for _number, cells in self.rows), default=0)
