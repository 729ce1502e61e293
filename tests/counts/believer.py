"""The reader that believes its scans, and nothing else: the processes that read import this module and must start soon.

What the pages say is told in `stand_in`.
"""

from __future__ import annotations

import hashlib
import json
import time

import numpy as np

from daihoi.counts.pool import PageResult, PageTask
from daihoi.reading.terms import (
    DoubtReason,
    ForeignInk,
    PrintedForm,
    ReadMark,
    ReadPage,
    Refusal,
    RefusalReason,
)
from daihoi.reading.trace import Drawn, trace_of
from daihoi.rules.terms import InvalidGround, Mark
from daihoi.sheet.terms import Identity, PagePlan, Rect, SheetForm

HEAD, END = b"\xff\xd8\xff", b"\xff\xd9"
"""How a JPEG begins and ends."""


class Believer:
    """Reads what the JSON says."""

    def __init__(self, form: PrintedForm, _expected: tuple[Identity, ...]) -> None:
        self._plan = form.plan

    def __call__(self, data: bytes, _task: PageTask) -> PageResult:
        """One page; `slow` seconds later when it says so."""
        said = json.loads(data)
        time.sleep(said.get("slow", 0))
        pixels = hashlib.sha256(str(said.get("pixels", data)).encode()).hexdigest()
        if said.get("crash"):
            raise ZeroDivisionError
        if "slip" in said:
            return PageResult(Refusal(RefusalReason.CORNERS_NOT_FOUND, "0", "4"), pixels, slip=said["slip"])
        if "refuse" in said:
            return PageResult(Refusal(RefusalReason(said["refuse"]), "found", "expected"), pixels)
        return PageResult(self._page(said, self._plan.pages[said["page"] - 1]), pixels)

    def _page(self, said: dict[str, object], plan: PagePlan) -> ReadPage:
        default = Mark.KEPT if self._plan.form is SheetForm.STRIKE_OUT else Mark.AGREE
        marks, doubt, foreign = (said.get(key, {}) for key in ("marks", "doubt", "foreign"))
        assert isinstance(marks, dict)
        assert isinstance(doubt, dict)
        assert isinstance(foreign, dict | list)
        candidates = dict.fromkeys(target.candidate for target in plan.targets)
        return ReadPage(
            page=plan.number,
            turn=int(str(said.get("turn", 0))),
            dpi=200.125,
            marks=tuple(_mark(one, Mark(marks.get(one, default)), doubt.get(one)) for one in candidates),
            foreign=tuple(ForeignInk(InvalidGround(ground), Rect(1.0, 2.5, 3.0, 4.0), b"ink") for ground in foreign),
            trace=hand(int(str(said["hand"]))) if "hand" in said else b"",
        )


def _mark(candidate: str, mark: Mark, proposal: str | None) -> ReadMark:
    if proposal is None:
        return ReadMark(candidate, mark, mark)
    reasons = (DoubtReason.FAINT, DoubtReason.UNDERLINE)
    return ReadMark(candidate, Mark.DOUBTFUL, Mark(proposal), reasons, f"crop {candidate}".encode())


class FramedBeliever(Believer):
    """Believes JSON that lies between the first and the last bytes of a JPEG."""

    def __call__(self, data: bytes, task: PageTask) -> PageResult:
        """One page."""
        return super().__call__(data.removeprefix(HEAD).removesuffix(END), task)


def hand(number: int) -> bytes:
    """The trace of eight strokes by hand `number`, all hands at the same names."""
    rng, ink = np.random.default_rng(number), np.zeros((1188, 840), np.uint8)
    strokes = []
    for row in range(8):
        (left, right), (top, bottom) = np.sort(rng.uniform(20, 180, 2)), np.sort(rng.uniform(80, 84, 2)) + 12 * row
        ink[round(top * 4) : round(bottom * 4) + 1, round(left * 4) : round(right * 4) + 1] = 255
        strokes.append((float(left), float(top), float(right), float(bottom)))
    return trace_of(Drawn(strokes, ink, 4.0))
