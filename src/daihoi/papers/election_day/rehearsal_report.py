"""The report of a rehearsal on one page: pass or fail for each check, times against their targets, what to mend."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from daihoi.papers.canvas import a4
from daihoi.papers.congress.fitting import fit
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import BLACK, GREY, WHITE, Pen, Rgb
from daihoi.papers.election_day.drawn_heading import HEAD_MM, Head, head
from daihoi.papers.election_day.terms import Occasion
from daihoi.papers.official.blocks import literal
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style
from daihoi.words.election_day import rehearsal as s
from daihoi.words.election_day.figures import number, span
from daihoi.words.language import in_language

_LEFT, _TOP, _WIDTH = 14.0, 10.0, PAGE_W_MM - 28.0
_CHECK_WIDTHS = (9.0, 78.0, 24.0, _WIDTH - 111.0)
_TIME_WIDTHS = (_WIDTH - 99.0, 35.0, 35.0, 29.0)
_TITLES_MM, _MOST_ROW_MM, _TIME_ROW_MM = 6.5, 11.0, 6.2
_SIGN_MM = 36.0
_GREEN: Rgb = (0, 110, 60)
_CRIMSON: Rgb = (180, 20, 30)
_SHADE: Rgb = (232, 232, 232)


@dataclass(frozen=True)
class RehearsalCheck:
    """One check by its code (`CHECKS` of the words). None: not tried. `found` stands beside what to mend."""

    code: str
    passed: bool | None
    found: str = ""


@dataclass(frozen=True)
class RehearsalTime:
    """One step by its code (`STEPS` of the words) in whole seconds; None where it was not measured or has no target."""

    step: str
    seconds: int | None
    target: int | None = None

    @property
    def passed(self) -> bool | None:
        """Whether it took no longer than its target."""
        return None if self.seconds is None or self.target is None else self.seconds <= self.target


@dataclass(frozen=True)
class Rehearsal:
    """What came out of a rehearsal."""

    contests: tuple[str, ...]
    ballots: int
    checks: tuple[RehearsalCheck, ...]
    times: tuple[RehearsalTime, ...] = ()
    operator: str = ""
    head: str = ""

    @property
    def failing(self) -> int:
        """How many checks and times failed."""
        results = [check.passed for check in self.checks] + [time.passed for time in self.times]
        return results.count(False)

    @property
    def untried(self) -> int:
        """How many checks were not tried; a time without a target is no check."""
        return sum(check.passed is None for check in self.checks)


def rehearsal_report(facts: Rehearsal, occasion: Occasion, *, language: str) -> bytes:
    """PDF of one A4 page, however many checks failed. KeyError for a code without words, LetterMissingError."""
    facts, occasion = literal(facts), literal(occasion)
    refuse_missing_letters((facts.contests, facts.operator, facts.head, tuple(check.found for check in facts.checks)))
    out = io.BytesIO()
    pen = Pen(a4(out, in_language(language, s.REPORT), two_sided=False), PAGE_H_MM)
    pen.begin()
    line = in_language(language, s.REPORT_LINE).format(
        contests=number(len(facts.contests), language), ballots=number(facts.ballots, language)
    )
    shown = Head(in_language(language, s.REPORT), " · ".join(facts.contests), line)
    top = head(pen, occasion, shown, Rect(_LEFT, _TOP, _WIDTH, HEAD_MM))
    top = _verdict(pen, facts, top, language)
    times_mm = (_TITLES_MM + _TIME_ROW_MM * len(facts.times) + 4) if facts.times else 0
    # Whatever is left for the checks is shared among them, so that the report never has a second page.
    room = PAGE_H_MM - 10 - _SIGN_MM - times_mm - _TITLES_MM - top
    top = _checks(pen, facts.checks, top, min(_MOST_ROW_MM, room / max(1, len(facts.checks))), language)
    if facts.times:
        top = _times(pen, facts.times, top + 4, language)
    _signatures(pen, facts, top + 6, language)
    pen.end()
    pen.canvas.save()
    return out.getvalue()


def _verdict(pen: Pen, facts: Rehearsal, top: float, language: str) -> float:
    box = Rect(_LEFT, top, _WIDTH, 11)
    if facts.failing:
        said, rgb = in_language(language, s.NOT_PASSED).format(count=facts.failing), _CRIMSON
    elif facts.untried:
        said, rgb = in_language(language, s.INCOMPLETE).format(count=facts.untried), GREY
    else:
        said, rgb = in_language(language, s.ALL_PASSED), _GREEN
    pen.fill(box, rgb)
    pen.text(box, fit(said, (box.w - 6, box.h), (17, 10), Style.BOLD), WHITE)
    return top + 15


def _checks(pen: Pen, checks: Sequence[RehearsalCheck], top: float, high: float, language: str) -> float:
    _row(pen, [in_language(language, title) for title in s.CHECK_COLUMNS], _CHECK_WIDTHS, top, _TITLES_MM, titles=True)
    top += _TITLES_MM
    for place, check in enumerate(checks, start=1):
        # What passed needs no advice.
        mend = in_language(language, s.MEND[check.code]) if check.passed is False else ""
        beside = f"{check.found} {mend}".strip() if check.found else mend
        cells = [str(place), in_language(language, s.CHECKS[check.code]), "", beside]
        _row(pen, cells, _CHECK_WIDTHS, top, high)
        _result(pen, check.passed, Rect(_LEFT + sum(_CHECK_WIDTHS[:2]), top, _CHECK_WIDTHS[2], high), language)
        top += high
    return top


def _times(pen: Pen, times: Sequence[RehearsalTime], top: float, language: str) -> float:
    titles = [in_language(language, title) for title in s.TIME_COLUMNS]
    _row(pen, titles, _TIME_WIDTHS, top, _TITLES_MM, titles=True)
    top += _TITLES_MM
    for time in times:
        target = span(time.target, language) if time.target is not None else ""
        cells = [in_language(language, s.STEPS[time.step]), span(time.seconds, language), target, ""]
        _row(pen, cells, _TIME_WIDTHS, top, _TIME_ROW_MM)
        if time.target is not None:
            box = Rect(_LEFT + sum(_TIME_WIDTHS[:3]), top, _TIME_WIDTHS[3], _TIME_ROW_MM)
            _result(pen, time.passed, box, language)
        top += _TIME_ROW_MM
    return top


def _result(pen: Pen, passed: bool | None, box: Rect, language: str) -> None:
    words, rgb = {True: (s.PASSED, _GREEN), False: (s.FAILED, _CRIMSON), None: (s.NOT_DONE, GREY)}[passed]
    pen.text(box, fit(in_language(language, words), (box.w - 2, box.h), (10.5, 7), Style.BOLD), rgb)


def _row(
    pen: Pen, cells: Sequence[str], widths: Sequence[float], top: float, high: float, *, titles: bool = False
) -> None:
    left = _LEFT
    for cell, width in zip(cells, widths, strict=True):
        box = Rect(left, top, width, high)
        if titles:
            pen.fill(box, _SHADE)
        style = Style.BOLD if titles else Style.REGULAR
        inner = Rect(left + 1.2, top, width - 2.4, high)
        if cell:
            pen.text(inner, fit(cell, (inner.w, inner.h), (10.5, 5.5), style), BLACK, centred=titles)
        pen.frame(box)
        left += width


def _signatures(pen: Pen, facts: Rehearsal, top: float, language: str) -> None:
    half = _WIDTH / 2
    for place, (role, name) in enumerate(((s.OPERATOR, facts.operator), (s.HEAD, facts.head))):
        left = _LEFT + place * half
        box = Rect(left, top, half, 5)
        pen.text(box, fit(in_language(language, role), (half, 5), (11, 8), Style.BOLD))
        if name:
            pen.text(Rect(left, top + 22, half, 6), fit(name, (half, 6), (11, 7), Style.BOLD))
