"""Role cards, four on A4: who does what in which order, what to say, what to do when it goes wrong."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from daihoi.papers.canvas import a4
from daihoi.papers.congress.fitting import Fitted, fit
from daihoi.papers.congress.letter import refuse_missing_letters
from daihoi.papers.congress.pen import BLACK, GREY, WHITE, Pen, Rgb
from daihoi.papers.election_day.terms import Occasion, Role
from daihoi.papers.errors import NothingToPrintError, TextTooLongError
from daihoi.papers.official.blocks import literal
from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect, Style
from daihoi.words.election_day import roles as s
from daihoi.words.language import in_language

ON_PAGE = 4
_WIDE, _HIGH = PAGE_W_MM / 2, PAGE_H_MM / 2
_EDGE, _BAND, _HEADING = 7.0, 15.0, 5.0
_SIZES_PT = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_NUMBER_MM, _LABEL_MM, _BETWEEN_MM = 5.0, 29.0, 0.9
_COLOURS: Mapping[Role, Rgb] = {
    Role.HEAD: (150, 20, 30),
    Role.ISSUER: (20, 90, 60),
    Role.COLLECTOR: (20, 90, 60),
    Role.OPERATOR: (25, 60, 125),
    Role.DECIDER: (95, 45, 115),
    Role.KEYER: (25, 60, 125),
    Role.TECHNICIAN: (70, 70, 75),
    Role.CHAIR: (150, 20, 30),
}


@dataclass(frozen=True)
class _Item:
    """A label in the left column and its lines beside it."""

    label: str
    lines: Fitted


@dataclass(frozen=True)
class _Section:
    """A heading and its items; `indent` is the width of the column of labels."""

    heading: str
    indent: float
    items: tuple[_Item, ...]

    @property
    def height_mm(self) -> float:
        """Height with the space under each item."""
        return _HEADING + sum(item.lines.height_mm + _BETWEEN_MM for item in self.items) + 1.5


def role_cards(
    occasion: Occasion, *, language: str, people: Mapping[Role, str] | None = None, roles: Sequence[Role] = tuple(Role)
) -> bytes:
    """PDF of the cards in the order given, cut lines between them; `people` puts a name on a card.

    NothingToPrintError without a role, LetterMissingError, TextTooLongError.
    """
    if not roles:
        raise NothingToPrintError(paper=in_language(language, s.CARDS))
    occasion = literal(occasion)
    named = {role: literal(name) for role, name in (people or {}).items()}
    refuse_missing_letters((occasion.congress, tuple(named.values())))
    out = io.BytesIO()
    pen = Pen(a4(out, in_language(language, s.CARDS), two_sided=False), PAGE_H_MM)
    for first in range(0, len(roles), ON_PAGE):
        pen.begin()
        # Folded or cut, as the board likes; the edges of the cards keep clear of the cut.
        pen.line((_WIDE, 0), (_WIDE, PAGE_H_MM), dashed=True)
        pen.line((0, _HIGH), (PAGE_W_MM, _HIGH), dashed=True)
        for place, role in enumerate(roles[first : first + ON_PAGE]):
            card = Rect(place % 2 * _WIDE, place // 2 * _HIGH, _WIDE, _HIGH)
            _card(pen, role, named.get(role, ""), occasion, card, language)
        pen.end()
    pen.canvas.save()
    return out.getvalue()


def _card(pen: Pen, role: Role, name: str, occasion: Occasion, card: Rect, language: str) -> None:
    inner = Rect(card.x + _EDGE, card.y + _EDGE, card.w - 2 * _EDGE, card.h - 2 * _EDGE)
    band = Rect(inner.x, inner.y, inner.w, _BAND)
    pen.fill(band, _COLOURS[role])
    title = in_language(language, s.ROLES[role.value].title).upper()
    high = band.h if not name else band.h * 0.58
    pen.text(Rect(band.x + 3, band.y, band.w - 6, high), fit(title, (band.w - 6, high), (15, 8), Style.BOLD), WHITE)
    if name:
        below = Rect(band.x + 3, band.y + high, band.w - 6, band.h - high)
        pen.text(below, fit(name, (below.w, below.h), (12, 7)), WHITE)
    foot = Rect(inner.x, inner.bottom - 8, inner.w, 8)
    top = inner.y + _BAND + 2
    for section in _fitted(role, inner.w, foot.y - top, language):
        top = _section(pen, section, inner, top, _COLOURS[role])
    # Left open: who helps is known only in the hall.
    call = fit(in_language(language, s.CALL), (foot.w, 4), (8.5, 6))
    pen.text(Rect(foot.x, foot.y, foot.w, 4), call, centred=False)
    pen.text(Rect(foot.x, foot.y + 4, foot.w, 4), fit(occasion.congress, (foot.w, 4), (7.5, 3)), GREY, centred=False)


def _fitted(role: Role, width: float, room: float, language: str) -> tuple[_Section, ...]:
    """The sections in the largest letters in which all of them fit; all parts of a card bear one size."""
    # One size for the whole card: a step in smaller letters reads as less important.
    for size in _SIZES_PT:
        sections = tuple(_sections(role, width, size, language))
        if sum(section.height_mm for section in sections) <= room:
            return sections
    raise TextTooLongError(text=in_language(language, s.ROLES[role.value].title), size_pt=_SIZES_PT[-1])


def _sections(role: Role, width: float, size: float, language: str) -> Iterator[_Section]:
    words = s.ROLES[role.value]

    def item(label: str, msgid: str, indent: float, style: Style = Style.REGULAR) -> _Item:
        return _Item(label, fit(in_language(language, msgid), (width - indent, 200), (size, size), style))

    steps = tuple(item(f"{place}.", step, _NUMBER_MM) for place, step in enumerate(words.steps, start=1))
    yield _Section(in_language(language, s.ORDER), _NUMBER_MM, steps)
    if words.says:
        says = tuple(item("", said, _NUMBER_MM, Style.ITALIC) for said in words.says)
        yield _Section(in_language(language, s.SAY), _NUMBER_MM, says)
    whens = tuple(
        item(in_language(language, label), words.whens.get(event, s.DEFAULTS[event]), _LABEL_MM)
        for event, label in s.EVENTS.items()
    )
    yield _Section(in_language(language, s.WHEN), _LABEL_MM, whens)


def _section(pen: Pen, section: _Section, inner: Rect, top: float, rgb: Rgb) -> float:
    pen.text(Rect(inner.x, top, inner.w, 4), fit(section.heading, (inner.w, 4), (9, 7), Style.BOLD), rgb, centred=False)
    top += _HEADING
    for item in section.items:
        height = item.lines.height_mm
        if item.label:
            box = Rect(inner.x, top, section.indent - 1, item.lines.line_mm)
            label = fit(item.label, (box.w, box.h + 0.2), (item.lines.size_pt, 5), Style.BOLD)
            pen.text(box, label, BLACK, centred=False, middle=False)
        beside = Rect(inner.x + section.indent, top, inner.w - section.indent, height)
        pen.text(beside, item.lines, centred=False, middle=False)
        top += height + _BETWEEN_MM
    return top + 1.5
