"""A vote becomes ink: each mark at its target, lines through several rows, and what is written beside the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from daihoi.sheet.terms import (
    PAGE_H_MM,
    PAGE_W_MM,
    Anchor,
    PagePlan,
    Rect,
    SheetForm,
    SheetPlan,
    Target,
    TargetKind,
    Text,
)
from daihoi.simulation import squares, strikes, strokes
from daihoi.simulation.pens import Pen, draw
from daihoi.simulation.strikes import Place
from daihoi.simulation.terms import Defect, Kind, Pixels, Stroke, Vote
from daihoi.simulation.voters import Paper

MM_PER_POINT = 25.4 / 72
ON_NAME = {**strikes.CLEAN, **strikes.MISTAKES, Kind.SPECK: strikes.speck}
IN_SQUARE = {**squares.CLEAN, **squares.MISTAKES}


def paper_of(plan: SheetPlan, seats: int) -> Paper:
    """The candidates in ballot order, and who stands right below whom in the same block."""
    names: dict[str, None] = {}
    below: dict[str, str] = {}
    for page in plan.pages:
        rows = _rows(page)
        for target in page.targets:
            names[target.candidate] = None
            under = _below(rows, target)
            if under is not None:
                below[target.candidate] = under.candidate
    return Paper(plan.form, tuple(names), below, seats)


Rows = Mapping[tuple[TargetKind, int], list[Target]]
"""Targets by their kind and the whole mm at which their row starts."""


def _rows(page: PagePlan) -> Rows:
    # A hundred names have two hundred squares: asking each about each other took longer than drawing them.
    rows: dict[tuple[TargetKind, int], list[Target]] = {}
    for target in page.targets:
        rows.setdefault((target.kind, int(target.row.y)), []).append(target)
    return rows


def _below(rows: Rows, target: Target) -> Target | None:
    """The target of the same kind in the next row of the same block, which starts where this row ends."""
    bottom = target.row.bottom
    for mm in (int(bottom) - 1, int(bottom), int(bottom) + 1):
        for other in rows.get((target.kind, mm), ()):
            if abs(other.row.y - bottom) < 1.0 and abs(other.row.x - target.row.x) < 2.0:
                return other
    return None


def mark_page(
    canvas: Pixels, dpi: float, plan: PagePlan, form: SheetForm, one: Vote, pen: Pen, rng: np.random.Generator
) -> None:
    """Draw every mark of a vote that falls on this page, in place."""
    by_candidate: dict[str, dict[TargetKind, Target]] = {}
    for target in plan.targets:
        by_candidate.setdefault(target.candidate, {})[target.kind] = target
    rows = _rows(plan)
    for name, targets in by_candidate.items():
        if one.kinds[name] is Kind.UNTOUCHED:
            continue
        places = {kind: Place(target, _below(rows, target), pen) for kind, target in targets.items()}
        marks = (
            _on_name(places, one, name, rng)
            if form is SheetForm.STRIKE_OUT
            else _in_squares(places, one, name, plan, rng)
        )
        for ink in marks:
            draw(canvas, dpi, ink.strokes, pen, rng, ink.hand)
    # These belong to no single row, so they are drawn once, after all others.
    for line in _through_rows(plan, one, rng):
        draw(canvas, dpi, [line], pen, rng)


def _on_name(
    places: Mapping[TargetKind, Place], one: Vote, name: str, rng: np.random.Generator
) -> Sequence[strikes.Ink]:
    maker = ON_NAME.get(one.kinds[name])
    return maker(places[TargetKind.NAME], rng) if maker is not None else []


def _in_squares(
    places: Mapping[TargetKind, Place], one: Vote, name: str, plan: PagePlan, rng: np.random.Generator
) -> Sequence[strikes.Ink]:
    kind, mark = one.kinds[name], one.marks[name]
    agree, disagree = places[TargetKind.AGREE], places[TargetKind.DISAGREE]
    chosen, other = (disagree, agree) if mark.value == "disagree" else (agree, disagree)
    # A voter who marks both squares does so in the plain way.
    if kind is Kind.BOTH_BOXES:
        return [*squares.cross(agree, rng), *squares.cross(disagree, rng)]
    if kind is Kind.SPECK:
        return strikes.speck(chosen if rng.random() < 0.5 else other, rng)
    if kind is Kind.SCRIBBLED_OUT:
        return [*squares.cross(other, rng), *squares.filled(other, rng), *squares.cross(chosen, rng)]
    if kind is Kind.NAME_STRUCK:
        box = name_beside(plan, agree.target)
        return strikes.straight(Place(replace(agree.target, box=box, words=()), None, agree.pen), rng)
    maker = IN_SQUARE.get(kind)
    return maker(chosen, rng) if maker is not None else []


def name_beside(plan: PagePlan, target: Target) -> Rect:
    """Where the name belonging to a square is printed: the longest text of its row; its width is a good guess."""
    row = target.box
    texts = [one for one in plan.drawn if isinstance(one, Text) and row.y - 3 < one.baseline < row.bottom + 3]
    # The number stands in the same row and is shorter than any name; beside the row stands another block's.
    before = [one for one in texts if target.row.x <= one.x < row.x]
    longest = max(before, key=lambda one: len(one.text), default=None)
    if longest is None:
        return Rect(max(20.0, row.x - 70), row.y + 1, 40, 4)
    height = longest.size_pt * MM_PER_POINT
    return Rect(longest.x, longest.baseline - 0.8 * height, 0.48 * height * len(longest.text), height)


def _through_rows(plan: PagePlan, one: Vote, rng: np.random.Generator) -> Iterator[Stroke]:
    """One line down through each run of names that are marked as struck together."""
    run: list[Target] = []
    rows = _rows(plan)
    for target in [*plan.targets, None]:
        joined = target is not None and one.kinds[target.candidate] is Kind.SEVERAL_ROWS
        follows = joined and target is not None and (not run or _below(rows, run[-1]) == target)
        if run and not follows:
            box = run[0].box
            x = box.x + box.w * rng.uniform(0.25, 0.6)
            lean = rng.uniform(-12, 12)
            end = (x + lean, run[-1].box.bottom - rng.uniform(0, 1.5))
            yield strokes.line((x - lean, box.y + rng.uniform(0, 1)), end, rng, bow=rng.normal(0, 1.0))
            run = []
        if joined and target is not None:
            run.append(target)


def room_for(plan: SheetPlan, defect: Defect | None, rng: np.random.Generator) -> Rect | None:
    """A free place on the first page for what is written there; None without a defect or without a place."""
    if defect is None:
        return None
    page = plan.pages[0]
    width, height = {Defect.SIGNED: (32.0, 12.0), Defect.EXTRA_TEXT: (45.0, 8.0), Defect.OUTSIDE_NAME: (50.0, 7.0)}[
        defect
    ]
    taken = [target.row for target in page.targets] + [target.box for target in page.targets]
    taken += [*page.corners, *(code.rect for code in page.codes), plan.stamp]
    # People do not write over print while there is white paper.
    taken += [_printed(one) for one in page.drawn if isinstance(one, Text)]
    free = free_places(taken, width, height, 2.5)
    # People write below the list where they can.
    free.sort(key=lambda spot: -spot.y)
    return free[int(rng.integers(0, max(1, len(free) // 2)))] if free else None


def free_places(taken: Sequence[Rect], width: float, height: float, gap: float) -> list[Rect]:
    """The places of a grid over the page that keep `gap` mm off all that is taken, row by row; see `overlap`."""
    y, x = np.arange(14, PAGE_H_MM - 14 - height, 4.0)[:, None], np.arange(14, PAGE_W_MM - 14 - width, 6.0)
    full = np.zeros((y.size, x.size), bool)
    for one in taken:
        across = (x < one.right + gap) & (one.x < x + width + gap)
        full |= across & (y < one.bottom + gap) & (one.y < y + height + gap)
    rows, columns = np.nonzero(~full)
    return [Rect(float(x[k]), float(y[j, 0]), width, height) for j, k in zip(rows, columns, strict=True)]


def _printed(text: Text) -> Rect:
    """About where a line of text stands; exact enough to keep clear of it."""
    height = text.size_pt * MM_PER_POINT
    width = 0.5 * height * len(text.text)
    left = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[text.anchor]
    return Rect(text.x - left, text.baseline - 0.8 * height, width, height)


def overlap(a: Rect, b: Rect, gap: float) -> bool:
    """Whether two rectangles come nearer to each other than `gap` mm."""
    return a.x < b.right + gap and b.x < a.right + gap and a.y < b.bottom + gap and b.y < a.bottom + gap


def write_beside(
    canvas: Pixels, dpi: float, defect: Defect | None, spot: Rect, pen: Pen, rng: np.random.Generator
) -> None:
    """Write or sign at `spot`, in place."""
    if defect is Defect.SIGNED:
        lines = strokes.signature(spot.x + 3, spot.y + spot.h * 0.5, spot.w - 6, rng)
    else:
        lines = strokes.writing(spot.x + 1, spot.y + spot.h * 0.65, spot.w - 6, rng.uniform(1.8, 2.4), rng)
    draw(canvas, dpi, lines, pen, rng)
