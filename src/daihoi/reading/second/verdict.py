"""From what the second reader measured to its word on each candidate, with doubt as a value."""

from __future__ import annotations

from collections.abc import Sequence

from daihoi.reading.second.names import NameSigns
from daihoi.reading.second.squares import SquareSigns
from daihoi.reading.second.thresholds import Limits
from daihoi.reading.terms import DoubtReason, ReadMark
from daihoi.rules.terms import Mark
from daihoi.sheet.terms import TargetKind


def lost(candidate: str) -> ReadMark:
    """A name whose row was not found: nothing is said of it, and the proposal is what most names are."""
    return ReadMark(candidate, Mark.DOUBTFUL, Mark.KEPT, (DoubtReason.SECOND_LOST,))


def judge_name(
    candidate: str, signs: NameSigns, limits: Limits, *, lined: Sequence[float] = (0.0, 0.0), fold: float = 0.0
) -> ReadMark:
    """Kept where light passes every space, struck where a line closes nearly all of them and both outer words.

    `lined` is the share of the name's width with ink above and below it, `fold` the darkness of a fold through it.
    """
    if signs.gaps and max(signs.gaps) <= limits.open_space:
        return _with_open_spaces(candidate, signs, lined, limits)
    if fold and _palest(signs, limits) < fold + limits.over_fold:
        # As dark as the fold is in the margins: what closes the spaces may be nothing else.
        return _doubt(candidate, Mark.KEPT, DoubtReason.STREAK)
    if not signs.gaps:
        return _in_pieces(candidate, signs, limits)
    return _with_closed_spaces(candidate, signs, limits)


def _with_open_spaces(candidate: str, signs: NameSigns, lined: Sequence[float], limits: Limits) -> ReadMark:
    if _word_alone(signs, limits) or _skipped(signs, limits):
        return _doubt(candidate, Mark.KEPT, DoubtReason.SECOND_PARTIAL)
    reason = _about(lined, limits)
    return _clear(candidate, Mark.KEPT) if reason is None else _doubt(candidate, Mark.KEPT, reason)


def _with_closed_spaces(candidate: str, signs: NameSigns, limits: Limits) -> ReadMark:
    closed = sum(gap >= limits.closed_space for gap in signs.gaps)
    if closed and max(signs.gaps) < limits.pale_line:
        return _doubt(candidate, Mark.STRUCK, DoubtReason.SECOND_FAINT)
    # Dust closes one space now and then, so one space alone says nothing without the words on both sides.
    crossed = _crossed(signs, limits, firm=closed < 2)
    if crossed[0] and crossed[-1] and closed >= max(1, len(signs.gaps) - 1):
        return _clear(candidate, Mark.STRUCK)
    if not closed:
        return _doubt(candidate, Mark.KEPT, DoubtReason.SECOND_FAINT)
    proposal = Mark.STRUCK if closed * 2 >= len(signs.gaps) else Mark.KEPT
    return _doubt(candidate, proposal, DoubtReason.SECOND_PARTIAL)


def _in_pieces(candidate: str, signs: NameSigns, limits: Limits) -> ReadMark:
    """A name of one word, or one whose words are not known: all of its pieces crossed, or none."""
    crossed = _crossed(signs, limits, firm=True)
    if all(crossed) == any(crossed):
        return _clear(candidate, Mark.STRUCK if all(crossed) else Mark.KEPT)
    return _doubt(candidate, Mark.KEPT, DoubtReason.SECOND_PARTIAL)


def might_be_fold(signs: NameSigns, limits: Limits) -> bool:
    """Whether what closes the spaces is pale enough for the darkest of folds."""
    return limits.open_space < _palest(signs, limits) < limits.darkest_fold + limits.over_fold


def _palest(signs: NameSigns, limits: Limits) -> float:
    """Darkness of the palest of the spaces that are not open; 0 where all are."""
    return min((gap for gap in signs.gaps if gap > limits.open_space), default=0.0)


def _about(lined: Sequence[float], limits: Limits) -> DoubtReason | None:
    """What runs along a name without crossing it."""
    above, below = (share >= limits.lined for share in lined)
    if above and below:
        return DoubtReason.CIRCLE
    if below:
        return DoubtReason.UNDERLINE
    return DoubtReason.BESIDE if above else None


def _word_alone(signs: NameSigns, limits: Limits) -> bool:
    """Whether a line runs through one long word alone; a single capital has such a stroke of its own."""
    dark = [word >= limits.dark_word and long for word, long in zip(signs.words, signs.long, strict=True)]
    if not any(dark):
        return False
    return any(one and line >= limits.level_only for one, line in zip(dark, signs.level(), strict=True))


def _skipped(signs: NameSigns, limits: Limits) -> bool:
    """Whether a pen that ran dry may have left every space.

    Ink reaches into one and a line runs through both ends, or a line runs through all words where none is in a space.
    """
    if signs.inked >= limits.space_ink:
        lines = signs.level()
        if min(lines[0], lines[-1]) >= limits.level_skipped:
            return True
    if sum(signs.words) < limits.dark_words * len(signs.words):
        return False
    lines = signs.level()
    return sum(lines) >= limits.level_all * len(lines)


def _crossed(signs: NameSigns, limits: Limits, *, firm: bool) -> list[bool]:
    """Which words a line goes through: light nowhere passes, or the line can be followed though a dry pen left gaps.

    `firm` asks for both, or for a line that no print has.
    """
    closed = [word >= limits.closed_word for word in signs.words]
    if all(closed) and not firm:
        return closed
    return [
        line >= limits.level_only or (shut and line >= limits.level_struck)
        if firm
        else shut or line >= limits.level_struck
        for shut, line in zip(closed, signs.level(), strict=True)
    ]


def judge_squares(candidate: str, squares: dict[TargetKind, SquareSigns], limits: Limits) -> ReadMark:
    """What the two squares of a row say together; doubtful where one of them is."""
    marked: dict[TargetKind, bool] = {}
    reasons: list[DoubtReason] = []
    for kind, signs in squares.items():
        marked[kind], reason = _square(signs, limits)
        if reason is not None:
            reasons.append(reason)
    both = (marked.get(TargetKind.AGREE, False), marked.get(TargetKind.DISAGREE, False))
    mark = {
        (True, True): Mark.BOTH,
        (True, False): Mark.AGREE,
        (False, True): Mark.DISAGREE,
        (False, False): Mark.NONE,
    }[both]
    if mark is Mark.BOTH and _uneven([signs.ink for signs in squares.values()], limits):
        # One blackened and the other crossed: most likely a correction, which a person must see.
        reasons.append(DoubtReason.SECOND_BOTH)
    if reasons:
        return ReadMark(candidate, Mark.DOUBTFUL, mark, tuple(dict.fromkeys(reasons)))
    return _clear(candidate, mark)


def _square(signs: SquareSigns, limits: Limits) -> tuple[bool, DoubtReason | None]:
    """Whether one square is marked, and why that is not sure."""
    if signs.outline < limits.outline:
        return signs.extent >= limits.mark_mm, DoubtReason.SECOND_LOST
    if signs.narrow <= limits.line_narrow_mm and signs.wide >= limits.line_wide_mm:
        # From side to side and no wider than a pen: a streak, a fold or a line across the page.
        return True, DoubtReason.STREAK
    if signs.extent >= limits.mark_mm:
        return True, DoubtReason.SECOND_FAINT if signs.tone < limits.faint_tone else None
    if signs.extent > limits.speck_mm or signs.around > limits.around_mm:
        return False, DoubtReason.SECOND_SMALL
    return False, DoubtReason.SECOND_FAINT if signs.grey > limits.grey else None


def _uneven(inks: list[float], limits: Limits) -> bool:
    return max(inks) > limits.uneven_ink * min(inks)


def _clear(candidate: str, mark: Mark) -> ReadMark:
    return ReadMark(candidate, mark, mark)


def _doubt(candidate: str, proposal: Mark, reason: DoubtReason) -> ReadMark:
    return ReadMark(candidate, Mark.DOUBTFUL, proposal, (reason,))
