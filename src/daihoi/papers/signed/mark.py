"""What is seen of a signature by key: who signed, for whom, when. One small page, laid where a hand would sign."""

from __future__ import annotations

import io
from datetime import datetime

from daihoi.papers.canvas import sized
from daihoi.papers.congress.fitting import fit, fit_name
from daihoi.papers.congress.pen import Pen, Rgb
from daihoi.papers.signed.keys import SigningKey
from daihoi.sheet.terms import Rect, Style
from daihoi.words.minutes import sentences as s

WIDE_MM, HIGH_MM = 66.0, 19.0
_RED: Rgb = (190, 20, 30)
_SIZES = (10.0, 5.0)


def mark(key: SigningKey, at: datetime) -> bytes:
    """A PDF of one page of `WIDE_MM` x `HIGH_MM`. LetterMissing and TextTooLong are refused as on every paper."""
    out = io.BytesIO()
    canvas = sized(out, "", (WIDE_MM, HIGH_MM), two_sided=False)
    pen = Pen(canvas, HIGH_MM)
    pen.begin()
    # The red of Vietnamese signing programs: the eye tells it from the print that was there before.
    edge = 0.4
    for box in (
        Rect(0, 0, WIDE_MM, edge), Rect(0, HIGH_MM - edge, WIDE_MM, edge),
        Rect(0, 0, edge, HIGH_MM), Rect(WIDE_MM - edge, 0, edge, HIGH_MM),
    ):  # fmt: skip
        pen.fill(box, _RED)
    room = WIDE_MM - 4
    zone = f"{at:%z}"
    when = s.SIGNED_AT.format(at=f"{at:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:5]}")
    lines = [(s.SIGNED_BY.format(name=key.name), Style.BOLD, 6.0)]
    if key.organisation:
        lines.append((s.SIGNED_FOR.format(organisation=key.organisation), Style.REGULAR, 5.5))
    lines.append((when, Style.REGULAR, 5.0))
    top = (HIGH_MM - sum(high for _text, _style, high in lines)) / 2
    for text, style, high in lines:
        fitted = fit_name(text, (room, high), _SIZES, style) if high > 5 else fit(text, (room, high), _SIZES, style)
        pen.text(Rect(2, top, room, high), fitted, _RED)
        top += high
    pen.end()
    canvas.save()
    return out.getvalue()
