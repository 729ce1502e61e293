"""The dated layout profiles of party papers: sizes in points, lengths in mm. HD36-2018 and its successor HD05-2026."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Profile:
    """How a paper looks on a given day. `line_pt` is the exact distance of two baselines of running text.

    `end_mark` ends the content, `recipient_mark` each recipient but the last.
    """

    id: str
    end_mark: str
    recipient_mark: str
    top_mm: float = 20
    bottom_mm: float = 20
    left_mm: float = 30
    right_mm: float = 15
    nation_pt: float = 15
    organ_pt: float = 14
    kind_pt: float = 16
    abstract_pt: float = 14
    body_pt: float = 14
    line_pt: float = 18
    after_pt: float = 6
    first_line_mm: float = 10
    page_number_pt: float = 14
    page_number_top_mm: float = 10

    @property
    def width_mm(self) -> float:
        """Width of the text area on A4."""
        return 210 - self.left_mm - self.right_mm


HD36_2018 = Profile("HD36-2018", end_mark="./.", recipient_mark=",")
# Known from secondary sources: these two marks; all other sizes here are within both guidelines.
HD05_2026 = Profile("HD05-2026", end_mark=".", recipient_mark=";")


def profile_for(on: date, hd05_from: date) -> Profile:
    """The profile of a paper that bears the day `on`: HD05-2026 from its first day, HD36-2018 before."""
    # The day of the paper and not of the congress: minutes written late follow the rule of their own day.
    return HD05_2026 if on >= hd05_from else HD36_2018
