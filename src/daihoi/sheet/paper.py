"""Where things stand on every ballot, whatever it says: margins, corner marks, codes, stamp field, ruler.

A page turned by 5 degrees in the scanner loses less than 14 mm at the sides and 10 mm at top and bottom, so
all that the reader needs stands inside these margins. All in mm from the top left of the page.
"""

from __future__ import annotations

from daihoi.sheet.terms import PAGE_H_MM, PAGE_W_MM, Rect

SIDE = 14.0
END = 10.0
MARK = 6.0
# White around a corner mark: the reader finds the mark by its shape, so nothing black may touch it.
CLEAR = 2.5

# 29 modules (QR version 3) of 0.55 mm: at 150 dpi more than three pixels a module.
CODE = 16.0
QUIET = CODE / 29 * 4

LEFT = SIDE
RIGHT = PAGE_W_MM - SIDE
WIDTH = RIGHT - LEFT

CORNERS = (
    Rect(SIDE, END, MARK, MARK),
    Rect(PAGE_W_MM - SIDE - MARK, END, MARK, MARK),
    Rect(SIDE, PAGE_H_MM - END - MARK, MARK, MARK),
    Rect(PAGE_W_MM - SIDE - MARK, PAGE_H_MM - END - MARK, MARK, MARK),
)
CODE_TOP_RIGHT = Rect(CORNERS[1].x - CLEAR - CODE, END, CODE, CODE)
CODE_BOTTOM_LEFT = Rect(CORNERS[2].right + CLEAR, PAGE_H_MM - END - CODE, CODE, CODE)

# Free for the stamp of the convening committee, top left. [244-QĐ/TW art. 17.1; 190-QĐ/TW art. 15.1]
STAMP = Rect(CORNERS[0].right + CLEAR, END, 42.0, 42.0)

# Nothing of the list stands lower: below are codes, ruler and marks.
LIST_BOTTOM = CODE_BOTTOM_LEFT.y - QUIET - 1.0

RULER_LEFT = 55.0
RULER_LENGTH = 100.0
RULER_Y = 284.0

HEAD_LEFT = STAMP.right + 3.0
# The headings stand between the stamp field and the upper code.
HEAD_RIGHT = CODE_TOP_RIGHT.x - QUIET - 1.0
