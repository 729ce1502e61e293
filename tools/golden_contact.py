#!/usr/bin/env python3
"""Lay the golden sheets side by side, small: `python tools/golden_contact.py OUT.jpg [SHEET] [FIRST] [COUNT]`.

To look at them by eye: every picture must show what its name says.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"


def contact(paths: list[Path], wide: int, across: int) -> Image.Image:
    """All sheets, `wide` px each, `across` in a row, with their names."""
    high = int(wide * 1.414) + 14
    page = Image.new("L", (wide * across, high * (-(-len(paths) // across))), 200)
    for place, path in enumerate(paths):
        with Image.open(path) as image:
            small = image.convert("L")
        small.thumbnail((wide - 4, high - 16), Image.Resampling.BOX)
        x, y = place % across * wide, place // across * high
        page.paste(small, (x, y + 13))
        ImageDraw.Draw(page).text((x + 2, y), f"{path.parent.name[:6]} {path.stem}"[: wide // 6], fill=0)
    return page


def main() -> None:
    """Write the contact sheet."""
    out, sheet = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "*"
    paths = sorted(path for path in GOLDEN.glob(f"{sheet}/*") if path.suffix != ".json")
    first, count = (int(word) for word in (*sys.argv[3:5], "0", "1000")[:2])
    chosen = paths[first : first + count]
    few = len(chosen) <= 40
    contact(chosen, 400 if few else 112, 6 if few else 19).save(out, quality=60 if few else 36)
    print(f"{len(chosen)} sheets in {out}, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
