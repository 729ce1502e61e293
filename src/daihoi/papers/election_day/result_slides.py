"""The result of a contest as pages for the hall: title, figures, votes with bars, the elected, what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from daihoi.papers.ballots.breaks import bound
from daihoi.papers.congress.fitting import fit, fit_name
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import BLACK, GREY, Rgb
from daihoi.papers.election_day.portraits import HIGH, WIDE, portrait
from daihoi.papers.election_day.slides import HEIGHT_MM, WIDTH_MM, Bar, Mark, Photo, Shape, Side, Slide, Words
from daihoi.papers.election_day.terms import Occasion, Result, ResultLine
from daihoi.rules.terms import CandidateOutcome
from daihoi.sheet.terms import Rect, Style
from daihoi.sheet.typeset import NO_BREAK
from daihoi.words.election_day import result as s
from daihoi.words.election_day.figures import joined, number, share
from daihoi.words.language import in_language
from daihoi.words.minutes.figures import short_date_vi
from daihoi.words.minutes.sentences import REHEARSAL

RED: Rgb = (170, 20, 30)
PALE: Rgb = (246, 238, 226)
BAR: Rgb = (176, 180, 186)
_SIDE = 16.0
_WIDE = WIDTH_MM - 2 * _SIDE
_TOP = 38.0
_ROWS, _ROWS_WITH_PHOTOS = 10, 6
_ELECTED_ROWS, _ELECTED_ROWS_WITH_PHOTOS = 9, 5
_HIGHEST_ROW = 25.0
"""Few names stand in higher rows and larger letters, yet not so high that a bar looks like a poster."""
_NOBODY_YET: Rgb = (224, 224, 224)


def result_slides(result: Result, occasion: Occasion, language: str) -> tuple[Slide, ...]:
    """All pages in order, of texts that are composed and literal already. LetterMissingError, TextTooLongError."""
    told = _Told(_texts_of(result), result, occasion, language)
    refuse_missing_letters((result.contest_title, occasion.congress, tuple(line.name for line in result.lines)))
    # The figures come first: the hall hears what was counted before it hears who won.
    bodies = [
        (told.said(s.FIGURES), tuple(told.figures())),
        *((told.said(s.VOTES), shapes) for shapes in told.votes()),
        *((told.said(s.ELECTED), shapes) for shapes in told.elected()),
    ]
    # Last, so that the page stays on the wall while the congress decides.
    if result.ties or result.shortfall:
        bodies.append((told.said(s.OPEN), tuple(told.still_open())))
    pages = [Slide((*told.frame(title, place, len(bodies)), *body)) for place, (title, body) in enumerate(bodies, 1)]
    return (Slide(tuple(told.title())), *pages)


def _texts_of(result: Result) -> tuple[str, ...]:
    return tuple(" ".join(f"{line.name} {line.note}".split()) for line in result.lines)


class _Told:
    """The shapes of one result in one language."""

    def __init__(self, names: tuple[str, ...], result: Result, occasion: Occasion, language: str) -> None:
        self.names, self.result, self.occasion, self.language = names, result, occasion, language
        self.photos = [portrait(line.photo) for line in result.lines]
        self.with_photos = any(self.photos)

    def said(self, msgid: str, **fields: object) -> str:
        return in_language(self.language, msgid).format(**fields)

    def title(self) -> Iterator[Shape]:
        """The first page: whose congress, what was elected, where and when."""
        yield Bar(Rect(0, 0, WIDTH_MM, 7), RED)
        yield Bar(Rect(0, HEIGHT_MM - 7, WIDTH_MM, 7), RED)
        yield _words(Rect(_SIDE, 18, _WIDE, 26), bound(self.occasion.congress).upper(), (26, 12), GREY, Side.CENTRE)
        heading = _words(Rect(_SIDE, 58, _WIDE, 26), self.said(s.RESULT), (66, 36), RED, Side.CENTRE, Style.BOLD)
        yield Words(heading.box, heading.fitted, heading.rgb, heading.side, heading=True)
        contest = " ".join(self.result.contest_title.split())
        yield _words(Rect(_SIDE, 90, _WIDE, 42), bound(contest), (40, 16), BLACK, Side.CENTRE, Style.BOLD)
        if self.result.round > 1:
            again = self.said(s.ROUND, round=self.result.round)
            yield _words(Rect(_SIDE, 134, _WIDE, 12), again, (28, 16), RED, Side.CENTRE)
        when = f"{self.occasion.place}, {short_date_vi(self.occasion.on)}"
        yield _words(Rect(_SIDE, 156, _WIDE, 12), when, (22, 12), GREY, Side.CENTRE)
        if self.occasion.rehearsal:
            yield _words(Rect(_SIDE, 146, _WIDE, 10), REHEARSAL, (24, 14), RED, Side.CENTRE, Style.BOLD)

    def frame(self, title: str, page: int, pages: int) -> Iterator[Shape]:
        """What every other page shares: its heading, the contest, the number of the page."""
        yield Bar(Rect(0, 0, WIDTH_MM, 4), RED)
        yield _words(Rect(_SIDE, 8, _WIDE * 0.72, 14), title, (34, 20), RED, Side.LEFT, Style.BOLD, heading=True)
        contest = " ".join(self.result.contest_title.split())
        yield _words(Rect(_SIDE, 22, _WIDE * 0.8, 8), contest, (17, 8), GREY)
        number_of = self.said(s.PAGE, page=page, pages=pages)
        yield _words(Rect(WIDTH_MM - _SIDE - 40, 9, 40, 9), number_of, (17, 12), GREY, Side.RIGHT)
        if self.occasion.rehearsal:
            box = Rect(WIDTH_MM - _SIDE - 110, 20, 110, 9)
            yield _words(box, REHEARSAL, (15, 10), RED, Side.RIGHT, Style.BOLD)

    def figures(self) -> Iterator[Shape]:
        """Six figures, as large as a hall needs them."""
        wide, high = (_WIDE - 20) / 3, 64.0
        for place, name in enumerate(s.LABELS):
            left, top = _SIDE + place % 3 * (wide + 10), _TOP + 2 + place // 3 * (high + 10)
            yield Bar(Rect(left, top, wide, high), PALE)
            figure = number(getattr(self.result, name), self.language)
            yield _words(Rect(left, top + 4, wide, 36), figure, (72, 30), RED, Side.CENTRE, Style.BOLD)
            label = self.said(s.LABELS[name])
            yield _words(Rect(left + 3, top + 42, wide - 6, 18), label, (22, 13), BLACK, Side.CENTRE)

    def votes(self) -> Iterator[tuple[Shape, ...]]:
        """Everybody in the order of the ballot, with bars in percent of the base."""
        rows = _ROWS_WITH_PHOTOS if self.with_photos else _ROWS
        high = min(_HIGHEST_ROW, (HEIGHT_MM - _TOP - 16) / min(rows, len(self.names)))
        for first in range(0, len(self.names), rows):
            shown = range(first, min(first + rows, len(self.names)))
            rows_drawn = (each for at in shown for each in self._row(at, at - first, high))
            # Last, so that the line stands before the bars: who passes it is what the hall looks for.
            yield (*rows_drawn, *self._half(len(shown) * high))

    def _half(self, height: float) -> Iterator[Shape]:
        """Where half of the base lies; what must be exceeded is said at the foot."""
        left, wide = self._bars()
        yield Mark(left + wide / 2, _TOP - 1, _TOP + height + 1, BLACK)
        needed = self.said(s.HALF, needed=number(self.result.needed, self.language))
        yield _words(Rect(left + wide / 2 - 40, HEIGHT_MM - 14, 80, 8), needed, (15, 10), BLACK, Side.CENTRE)
        base = self.said(s.SHARE_OF, base=number(self.result.base, self.language))
        yield _words(Rect(_SIDE, HEIGHT_MM - 14, 110, 8), base, (15, 10), GREY)

    def _bars(self) -> tuple[float, float]:
        left = _SIDE + (134 if self.with_photos else 116)
        return left, WIDTH_MM - _SIDE - 62 - left

    def _row(self, place: int, row: int, high: float) -> Iterator[Shape]:
        line = self.result.lines[place]
        top = _TOP + row * high
        elected = line.outcome is CandidateOutcome.ELECTED
        left = _SIDE + 14
        yield _words(Rect(_SIDE, top, 12, high), str(place + 1), (18, 12), GREY, Side.RIGHT)
        photo = self.photos[place]
        if self.with_photos:
            yield _portrait(Rect(left + 2, top + 1, (high - 2) * WIDE / HIGH, high - 2), photo, line.name)
            left += high * WIDE / HIGH + 3
        style = Style.BOLD if elected else Style.REGULAR
        bars, wide = self._bars()
        name = Rect(left + 2, top, bars - left - 5, high)
        yield _name(name, self.names[place], (min(30.0, 1.6 * high), 11), style, RED if elected else BLACK)
        # A share for the eye alone: who is elected is told by the outcome, never by the length of a bar.
        length = wide * min(1.0, float(line.percent) / 100)
        # A bar of no width would still be drawn as a hairline.
        if length:
            yield Bar(Rect(bars, top + high * 0.18, length, high * 0.64), RED if elected else BAR)
        yield from self._told_beside(line, Rect(WIDTH_MM - _SIDE - 60, top, 60, high))

    def _told_beside(self, line: ResultLine, box: Rect) -> Iterator[Shape]:
        # Who is not elected is told by figures alone.
        mark = s.MARKS.get(line.outcome.value, "")
        text = self.said(s.LINE, votes=number(line.votes, self.language), percent=share(line.percent, self.language))
        if not mark:
            yield _words(box, text, (18, 11), BLACK, Side.RIGHT)
            return
        elected = line.outcome is CandidateOutcome.ELECTED
        half = Rect(box.x, box.y + box.h * 0.06, box.w, box.h * 0.47)
        yield _words(half, text, (18, 11), BLACK, Side.RIGHT)
        below = Rect(box.x, box.y + box.h * 0.53, box.w, box.h * 0.4)
        yield _words(below, self.said(mark), (15, 9), RED if elected else BLACK, Side.RIGHT, Style.BOLD)

    def elected(self) -> Iterator[tuple[Shape, ...]]:
        """The elected in the order in which they are announced, in two columns."""
        order = self.result.elected
        count = number(len(order), self.language)
        above = _words(
            Rect(_SIDE, _TOP - 6, _WIDE, 11),
            self.said(s.ELECTED_OF, count=count, seats=number(self.result.seats, self.language)) if order
            else self.said(s.NOBODY),
            (22, 14),
            style=Style.BOLD,
        )  # fmt: skip
        if not order:
            yield (above,)
            return
        rows = _ELECTED_ROWS_WITH_PHOTOS if self.with_photos else _ELECTED_ROWS
        # A handful of names in two columns would leave the right half of the wall empty.
        columns = 1 if len(order) <= rows else 2
        high = min(_HIGHEST_ROW, (HEIGHT_MM - _TOP - 16) / min(rows, len(order)))
        wide = (_WIDE - 12) / 2 if columns == 2 else _WIDE
        for first in range(0, len(order), columns * rows):
            shapes: list[Shape] = [above]
            for at, place in enumerate(order[first : first + columns * rows]):
                box = Rect(_SIDE + at // rows * (wide + 12), _TOP + 8 + at % rows * high, wide, high)
                shapes += self._elected_cell(first + at + 1, place, box)
            yield tuple(shapes)

    def _elected_cell(self, rank: int, place: int, box: Rect) -> Iterator[Shape]:
        line = self.result.lines[place]
        yield Bar(Rect(box.x, box.y + 0.8, box.w, box.h - 1.6), PALE)
        yield _words(Rect(box.x + 2, box.y, 13, box.h), str(rank), (24, 12), RED, Side.RIGHT, Style.BOLD)
        inner = box.x + 19
        if self.with_photos:
            frame = Rect(inner, box.y + 2, (box.h - 4) * WIDE / HIGH, box.h - 4)
            yield _portrait(frame, self.photos[place], line.name)
            inner = frame.right + 4
        beside = 50.0 if box.w < _WIDE else 80.0
        name = Rect(inner, box.y, box.right - beside - 2 - inner, box.h)
        largest = 30.0 if box.w == _WIDE else min(22.0, 1.35 * box.h)
        yield _name(name, self.names[place], (largest, 11), Style.BOLD)
        text = self.said(s.LINE, votes=number(line.votes, self.language), percent=share(line.percent, self.language))
        told = Rect(box.right - beside, box.y, beside - 3, box.h)
        yield _name(told, text, (18, 10), Style.REGULAR, side=Side.RIGHT)

    def still_open(self) -> Iterator[Shape]:
        """Ties and seats that nobody has: for the congress to decide, so nothing is coloured as a result."""
        said = [self.said(s.TIE, names=joined(self._named(tie), self.language)) for tie in self.result.ties]
        if self.result.shortfall:
            missing, seats = (number(one, self.language) for one in (self.result.shortfall, self.result.seats))
            said.append(self.said(s.SHORTFALL, missing=missing, seats=seats))
        high = (HEIGHT_MM - _TOP - 14) / len(said)
        for place, text in enumerate(said):
            yield _words(Rect(_SIDE, _TOP + place * high, _WIDE, high - 4), text, (38, 11), side=Side.CENTRE)

    def _named(self, places: Sequence[int]) -> list[str]:
        # A line never ends inside a name.
        return [self.names[place].replace(" ", NO_BREAK) for place in places]


def _portrait(box: Rect, jpeg: bytes | None, name: str) -> Shape:
    """The photograph, or an empty field where there is none beside others."""
    return Photo(box, jpeg, name) if jpeg is not None else Bar(box, _NOBODY_YET)


def _name(
    box: Rect, text: str, sizes: tuple[float, float], style: Style, rgb: Rgb = BLACK, side: Side = Side.LEFT
) -> Words:
    """A text on one line where a somewhat smaller size allows it."""
    return Words(box, fit_name(text, (box.w, box.h), sizes, style), rgb, side)


def _words(
    box: Rect,
    text: str,
    sizes: tuple[float, float],
    rgb: Rgb = BLACK,
    side: Side = Side.LEFT,
    style: Style = Style.REGULAR,
    *,
    heading: bool = False,
) -> Words:
    return Words(box, fit(text, (box.w, box.h), sizes, style), rgb, side, heading)
