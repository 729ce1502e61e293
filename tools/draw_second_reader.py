#!/usr/bin/env python3
"""Draw docs/dev/second-reader.png and write the table of thresholds into docs/dev/second-reader.md.

    python -m tools.draw_second_reader

The picture shows what the second reader sees of four names and of four squares that the hand of the tests drew.
"""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from tests.reading.hand import AGREE, DISAGREE, Scan, agree_ballot, strike_ballot  # noqa: E402
from tests.reading.second.sight import sight_of  # noqa: E402

from daihoi.reading.second.names import lightest_ways, sampled  # noqa: E402
from daihoi.reading.second.squares import _sampled  # noqa: E402
from daihoi.reading.second.thresholds import DEFAULT, Limits  # noqa: E402

PICTURE = ROOT / "docs" / "dev" / "second-reader.png"
DOCUMENT = PICTURE.with_suffix(".md")
BEGIN, END = "<!-- thresholds: made by tools/draw_second_reader.py -->", "<!-- end of thresholds -->"
RED, GREEN, WHITE = (60, 60, 220), (80, 160, 60), (255, 255, 255)
LARGER = 3
Picture = np.ndarray[Any, Any]


def names() -> list[Picture]:
    """Bands of four names: the columns through which light passes green, the closed ones red, by word and by space."""
    page = strike_ballot().page(dpi=300).strike(1).strike(2, wave=0.5, grey=110).underline(3)
    sight = sight_of(page, Scan(skew=1))
    face = sight.reader._faces[0]
    band = sampled(sight.pose, face.names, sight.placed)
    paper = sight.pose.paper_at(face.names.middles)
    out = []
    for k in range(4):
        plan = face.names.plans[k]
        wide, high = plan.size
        picture = cv2.cvtColor(cv2.resize(band[k, :, :wide], None, fx=LARGER, fy=LARGER), cv2.COLOR_GRAY2BGR)
        foot = np.full((14, picture.shape[1], 3), 255, np.uint8)
        for ways in (face.names.words, face.names.gaps):
            light = lightest_ways(band[k : k + 1], ways.mask[k : k + 1])[0, :wide]
            for x in np.flatnonzero(ways.mask[k, :wide]):
                dark = (paper[k] - light[x]) / (paper[k] - sight.pose.black)
                colour = RED if dark >= DEFAULT.closed_space else GREEN
                foot[: 14 if ways is face.names.gaps else 7, x * LARGER : (x + 1) * LARGER] = colour
        out.append(np.vstack([picture, foot]))
        assert high * LARGER == picture.shape[0]
    return out


def squares() -> Picture:
    """Four squares: what is sampled, with the shadows of the ink below and at the right."""
    page = agree_ballot().page(dpi=300).cross(0, AGREE).tick(0, DISAGREE).dot(1, AGREE, 0.4)
    sight = sight_of(page, Scan(skew=1))
    known = sight.reader._faces[0].squares
    patches = _sampled(sight.pose, known, sight.placed)
    out = []
    for k in range(4):
        picture = cv2.cvtColor(cv2.resize(patches[k], None, fx=LARGER, fy=LARGER), cv2.COLOR_GRAY2BGR)
        side, inset = patches.shape[1], 14
        ink = patches[k, inset : side - inset, inset : side - inset] < 200
        frame = cv2.copyMakeBorder(picture, 0, 10, 0, 24, cv2.BORDER_CONSTANT, value=WHITE)
        for at in np.flatnonzero(ink.any(axis=0)) + inset:
            frame[side * LARGER + 2 :, at * LARGER : (at + 1) * LARGER] = RED
        for at in np.flatnonzero(ink.any(axis=1)) + inset:
            frame[at * LARGER : (at + 1) * LARGER, side * LARGER + 2 : side * LARGER + 10] = RED
        out.append(frame)
    return np.hstack(out)


def table() -> str:
    """The thresholds as a table."""
    rows = [f"| `{one.name}` | {getattr(DEFAULT, one.name)} | {one.metadata['why']} |" for one in fields(Limits)]
    return "\n".join([BEGIN, "| threshold | value | why |", "|---|---|---|", *rows, END])


def main() -> None:
    """Write both."""
    parts = [*names(), squares()]
    wide = max(part.shape[1] for part in parts)
    whole = [
        cv2.copyMakeBorder(part, 4, 6, 4, 4 + wide - part.shape[1], cv2.BORDER_CONSTANT, value=WHITE) for part in parts
    ]
    cv2.imwrite(str(PICTURE), np.vstack(whole), [cv2.IMWRITE_PNG_COMPRESSION, 9])
    text = DOCUMENT.read_text(encoding="utf-8")
    start, stop = text.index(BEGIN), text.index(END) + len(END)
    DOCUMENT.write_text(text[:start] + table() + text[stop:], encoding="utf-8")


if __name__ == "__main__":
    main()
