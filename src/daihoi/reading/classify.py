"""Scores to verdicts: marked, empty, or doubtful with its reasons. A doubt goes to a person; nothing is guessed.

On a strike form `kept` and `struck`; on an agree form each square by itself, then the two together.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from enum import StrEnum

from daihoi.reading.score import NameScore, RowScore
from daihoi.reading.score_squares import SquareScore
from daihoi.reading.terms import DoubtReason, ReadMark
from daihoi.reading.thresholds import Thresholds
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import TargetKind

UNDERLINED = 0.5
"""Share of a name's columns with ink under the letters from which it is underlined or circled."""


class Verdict(StrEnum):
    """What one square shows."""

    MARKED = "marked"
    EMPTY = "empty"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class _Square:
    verdict: Verdict
    likely: bool
    reasons: tuple[DoubtReason, ...] = ()


def classify_page(
    rows: tuple[RowScore, ...], astray: frozenset[int], limits: Thresholds, covered: frozenset[int] = frozenset()
) -> tuple[ReadMark, ...]:
    """The mark of every row. A stroke that lies on two names, or in squares of two rows, makes both doubtful.

    Rows that lie `astray`, or whose name is `covered`, are doubtful whatever they score.
    """
    shared = _shared_strokes(rows)
    joined = _joined_rows(rows, limits)
    pale = _pale_rows(rows, limits)
    marks = []
    for index, row in enumerate(rows):
        mark = _name_mark(row, row.name, shared, limits) if row.name else _squares_mark(row, shared, limits)
        if index in joined:
            mark = _doubtful(mark, DoubtReason.TWO_ROWS)
        if index in pale and mark.mark in {Mark.STRUCK, Mark.AGREE, Mark.DISAGREE, Mark.BOTH}:
            mark = _doubtful(mark, DoubtReason.FAINT)
        if index in astray:
            mark = _doubtful(mark, DoubtReason.LOCAL_SHIFT)
        if index in covered:
            mark = _doubtful(mark, DoubtReason.COVERED)
        marks.append(mark)
    ends = _ends_of_long_lines(rows, marks)
    return tuple(_doubtful(mark, DoubtReason.TWO_ROWS) if k in ends else mark for k, mark in enumerate(marks))


def _ends_of_long_lines(rows: tuple[RowScore, ...], marks: list[ReadMark]) -> frozenset[int]:
    """Marked rows at the ends of a line that passes a whole row of squares, ruling to ruling: a big X over several."""
    ends: set[int] = set()
    for index in range(1, len(rows) - 1):
        passed = rows[index - 1].runs_on and rows[index].runs_on and DoubtReason.BESIDE in marks[index].reasons
        if passed and not rows[index].name:
            ends |= {index - 1, index + 1}
    return frozenset(k for k in ends if marks[k].mark in {Mark.AGREE, Mark.DISAGREE, Mark.BOTH})


def _pale_rows(rows: tuple[RowScore, ...], limits: Thresholds) -> frozenset[int]:
    """Rows with ink so pale that it may have been erased: pale in itself, and beside what this voter else wrote.

    A voter with a hard pencil writes every mark alike; three alike are the pen, one pale among dark ones is a doubt.
    """
    tones = {index: tone for index, row in enumerate(rows) if (tone := _tone_of(row, limits))}
    if not tones:
        return frozenset()
    pen = sorted(tones.values())[len(tones) // 2]
    few = len(tones) < limits.marks_that_show_a_pen
    return frozenset(
        index for index, tone in tones.items() if tone < limits.pale and (few or tone < limits.paler_than_pen * pen)
    )


def _tone_of(row: RowScore, limits: Thresholds) -> float:
    """The tone of a row's palest mark; 0 where nothing is marked."""
    if row.name:
        return row.name.tone if _is_struck(row.name, limits) else 0.0
    return min((s.tone for s in row.squares if _is_marked(s, limits)), default=0.0)


def _joined_rows(rows: tuple[RowScore, ...], limits: Thresholds) -> frozenset[int]:
    """Rows whose stroke crosses the ruling into the next row and lies on what is to be read in both."""
    joined: set[int] = set()
    for index, (upper, lower) in enumerate(itertools.pairwise(rows)):
        meet = upper.runs_on and bool(_touched(upper, limits) & _touched(lower, limits))
        if meet and (upper.broadly or not _both_whole(upper, lower, limits)):
            joined |= {index, index + 1}
    return frozenset(joined)


def _both_whole(upper: RowScore, lower: RowScore, limits: Thresholds) -> bool:
    """Whether two rows each carry a whole mark of their own, as two large crosses whose ends meet on the ruling."""
    whole = [
        bool(row.squares) and all(_is_whole(s, limits) for s in row.squares if s.extent_mm >= limits.speck_mm)
        for row in (upper, lower)
    ]
    return all(whole)


def _is_whole(square: SquareScore, limits: Thresholds) -> bool:
    """Whether a mark is broader than a single line, in one piece or in the pieces that a dry pen leaves of it."""
    pieces = square.across_mm >= limits.whole_mm and square.total_mm2 >= limits.whole_pieces_mm2
    return square.breadth_mm >= limits.whole_mm or pieces


def _touched(row: RowScore, limits: Thresholds) -> frozenset[str]:
    """What of a row carries ink: its name, or which of its squares."""
    if row.name:
        clean = row.name.largest_mm < limits.name_speck_mm
        return frozenset() if clean else frozenset({"name"})
    return frozenset(square.kind for square in row.squares if square.extent_mm >= limits.speck_mm)


def _shared_strokes(rows: tuple[RowScore, ...]) -> frozenset[int]:
    """Strokes that touch the names, or the squares, of more than one row."""
    owners: dict[int, set[str]] = {}
    for row in rows:
        touched = row.name.strokes if row.name else frozenset().union(*(s.strokes for s in row.squares))
        for stroke in touched:
            owners.setdefault(stroke, set()).add(row.candidate)
    return frozenset(stroke for stroke, names in owners.items() if len(names) > 1)


def _doubtful(mark: ReadMark, *reasons: DoubtReason) -> ReadMark:
    every = tuple(dict.fromkeys(mark.reasons + reasons))
    return ReadMark(mark.candidate, Mark.DOUBTFUL, mark.proposal, every)


def _name_mark(row: RowScore, name: NameScore, shared: frozenset[int], limits: Thresholds) -> ReadMark:
    struck = _is_struck(name, limits)
    clean = _is_clean(name, limits)
    if clean:
        mark = ReadMark(row.candidate, Mark.KEPT, Mark.KEPT)
    elif struck:
        mark = ReadMark(row.candidate, Mark.STRUCK, Mark.STRUCK)
    else:
        likely = Mark.STRUCK if min(name.word_cover) >= 0.35 and name.core_share >= 0.4 else Mark.KEPT
        mark = ReadMark(row.candidate, Mark.DOUBTFUL, likely, _reasons_of_name(name, limits))
    if name.strokes & shared:
        mark = _doubtful(mark, DoubtReason.TWO_ROWS)
    if name.beside_mm >= limits.beside_mm:
        mark = _doubtful(mark, DoubtReason.BESIDE)
    # A streak hides the decision where nothing beside it tells: a clear strike is wider or slanted and still seen.
    if name.hidden > limits.hidden_share and not struck:
        mark = _doubtful(mark, DoubtReason.STREAK)
    return mark


def _is_struck(name: NameScore, limits: Thresholds) -> bool:
    # The cheapest question first: most names show no stroke at all.
    return (
        name.evidence >= limits.strike_evidence
        and _is_crossed_whole(name, limits)
        and _is_on_letters(name, limits)
        and name.gap_mm <= limits.strike_gap_mm
    )


def _is_on_letters(name: NameScore, limits: Thresholds) -> bool:
    """Whether a stroke lies within the x-height, or dips below it and comes up again time after time, as a coil."""
    returns = (
        name.low_mm <= limits.strike_low_mm
        and name.core_share >= limits.strike_return_share
        and name.cover >= limits.strike_most
        and name.below < UNDERLINED
    )
    return returns or name.core_share >= limits.strike_core_share


def _is_crossed_whole(name: NameScore, limits: Thresholds) -> bool:
    """Whether a stroke runs along the whole name: seen nearly everywhere, or from end to end of its outer words."""
    least = min(name.word_span)
    through = least >= limits.strike_through and name.cover >= limits.strike_through_cover
    dashed = (
        least >= limits.strike_dashed_span
        and name.cover >= limits.strike_dashed_cover
        and name.gap_mm <= limits.strike_dash_gap_mm
    )
    words = zip(name.word_cover, name.word_span, name.word_reach, strict=True)
    return (through or dashed or name.cover >= limits.strike_cover) and all(
        _is_crossed(cover, span, reach, name.cover, limits) for cover, span, reach in words
    )


def _is_crossed(cover: float, span: float, reach: float, whole: float, limits: Thresholds) -> bool:
    """Whether a stroke crosses a word: it is seen along it, or comes in at one end and leaves at the other.

    Where the stroke is seen along nearly the whole name, less is asked of its first and last word: letters hide ends.
    A stroke that ends behind letters ends somewhere between `span` and `reach`: in the middle of them at best.
    """
    seen = cover >= limits.strike_word_cover and span >= limits.strike_word_least / 2
    through = cover >= limits.strike_word_least and span >= limits.strike_word_span
    most = whole >= limits.strike_most and cover >= limits.strike_end_cover and span >= limits.strike_end_span
    behind = (
        cover >= limits.strike_word_least
        and span >= limits.strike_end_span
        and reach >= limits.strike_reach
        and (span + reach) / 2 >= limits.strike_word_span
    )
    return seen or through or most or behind


def _is_clean(name: NameScore, limits: Thresholds) -> bool:
    dashes = name.largest_mm >= limits.name_dash_mm and name.evidence >= limits.name_dash_evidence
    return (
        not dashes
        and name.largest_mm < limits.name_speck_mm
        and name.area_mm2 < limits.name_speck_mm2
        and name.faint_mm < 4.0
        and name.evidence < 0.08
    )


def _reasons_of_name(name: NameScore, limits: Thresholds) -> tuple[DoubtReason, ...]:
    """The plainest word for what the scores show; several may hold."""
    reasons = []
    if name.below >= UNDERLINED and name.above >= 0.4:
        reasons.append(DoubtReason.CIRCLE)
    elif name.below >= UNDERLINED and name.core_share < limits.strike_core_share:
        reasons.append(DoubtReason.UNDERLINE)
    if name.largest_mm < 3.0 and name.area_mm2 < 4.0 and name.evidence < 0.15:
        reasons.append(DoubtReason.FAINT if name.faint_mm >= 4.0 else DoubtReason.SMALL_INK)
    elif name.evidence < 0.1 and name.faint_mm >= 4.0:
        reasons.append(DoubtReason.ERASED)
    elif not reasons:
        whole = _is_crossed_whole(name, limits)
        reasons.append(DoubtReason.BROKEN_LINE if whole else DoubtReason.PARTIAL_STRIKE)
    return tuple(reasons)


def _squares_mark(row: RowScore, shared: frozenset[int], limits: Thresholds) -> ReadMark:
    read = {square.kind: _square(square, row, shared, limits) for square in row.squares}
    # Other people's forms may have one square in a row: what is not printed is not marked.
    absent = _Square(Verdict.EMPTY, likely=False)
    agree, disagree = read.get(TargetKind.AGREE, absent), read.get(TargetKind.DISAGREE, absent)
    likely = _pair(agree.likely, disagree.likely)
    reasons = tuple(dict.fromkeys(agree.reasons + disagree.reasons))
    mark = ReadMark(row.candidate, Mark.DOUBTFUL if reasons else likely, likely, reasons)
    filled = {s.kind for s in row.squares if s.total_mm2 >= limits.filled_mm2}
    if likely is Mark.BOTH and len(filled) == 1:
        # One square blackened and the other marked: most likely a correction, and that is for a person to say.
        kept = Mark.DISAGREE if TargetKind.AGREE in filled else Mark.AGREE
        mark = _doubtful(replace(mark, proposal=kept), DoubtReason.SCRIBBLE)
    if row.beside_mm >= limits.beside_mm or row.beside_mm2 >= limits.beside_mm2:
        mark = _doubtful(mark, DoubtReason.BESIDE)
    return mark


def _pair(agree: bool, disagree: bool) -> Mark:
    if agree and disagree:
        return Mark.BOTH
    if agree:
        return Mark.AGREE
    return Mark.DISAGREE if disagree else Mark.NONE


def _is_marked(square: SquareScore, limits: Thresholds) -> bool:
    """Whether the ink of a square is a mark: one piece that is long enough, or the pieces of a dry pen's cross."""
    one = square.extent_mm >= limits.mark_extent_mm and square.area_mm2 >= limits.mark_area_mm2
    pieces = square.spread_mm >= limits.mark_pieces_mm and square.total_mm2 >= limits.mark_pieces_mm2
    close = square.spread_mm >= limits.mark_close_mm and square.total_mm2 >= limits.mark_close_mm2
    least = limits.mark_extent_mm / 2 if pieces else limits.mark_close_piece_mm
    return one or ((pieces or close) and square.extent_mm >= least)


def _square(square: SquareScore, row: RowScore, shared: frozenset[int], limits: Thresholds) -> _Square:
    """One square: ink below `speck_mm` is nothing, a mark is at least `mark_extent_mm` long, between is doubt."""
    marked = _is_marked(square, limits)
    others = frozenset().union(*(other.strokes for other in row.squares if other is not square))
    small = square.extent_mm >= limits.speck_mm or square.rim_mm2 >= limits.rim_mm2
    doubts = {
        DoubtReason.TWO_ROWS: square.strokes & shared,
        DoubtReason.UNCLEAR: square.strokes & others,
        DoubtReason.LEAVES_BOX: marked and square.inside_share < limits.inside_share,
        DoubtReason.STREAK: not marked and (square.meets_hidden or square.hidden > limits.square_hidden_share),
        DoubtReason.SMALL_INK: not marked and small,
        DoubtReason.ERASED: square.smear_mm2 >= limits.smear_mm2 if marked else square.faint > limits.faint_share,
    }
    reasons = [reason for reason, holds in doubts.items() if holds]
    verdict = Verdict.DOUBTFUL if reasons else (Verdict.MARKED if marked else Verdict.EMPTY)
    return _Square(verdict, marked, tuple(reasons))
