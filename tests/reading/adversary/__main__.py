"""Read every attack and print what came out: `python -m tests.reading.adversary [names] [squares] [sheets] [--all]`.

Shows the attacks that fooled both readers, with `--all` every one, and a table for each family. Leaves with 1 where an
attack fooled both that is not known to.
"""

from __future__ import annotations

import sys
from collections import Counter

import cv2

from . import names, sheets, squares
from .terms import attacked

FAMILIES = {"names": names, "squares": squares, "sheets": sheets}
COLUMNS = ("attacks", "right", "doubtful", "refused", "fooled", "fooled, known", "first fooled", "second fooled")


def say(line: str) -> None:
    """One line of the answer, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    """Run the families that were named, or all."""
    cv2.setNumThreads(1)
    chosen = [name for name in FAMILIES if name in sys.argv] or list(FAMILIES)
    rows: dict[str, Counter[str]] = {}
    for family in chosen:
        seen = rows[family] = Counter()
        for attack in FAMILIES[family].attacks():
            out = attacked(attack)
            both = out["both"]
            word = "refused" if both.refused else "doubtful" if both.doubtful else "right"
            if both.wrong:
                word = "fooled, known" if attack.known else "fooled"
            seen.update(["attacks", word])
            seen.update(f"{who} fooled" for who in ("first", "second") if who in out and out[who].wrong)
            if both.wrong or "--all" in sys.argv:
                known = f"({attack.known})" if attack.known else ""
                say(f"{attack.name:68} {both.shown:34} {'; '.join(both.wrong)} {known}")
    say(f"\n{'':10}" + "".join(f"{column:>15}" for column in COLUMNS))
    for family, seen in rows.items():
        say(f"{family:10}" + "".join(f"{seen[column]:>15}" for column in COLUMNS))
    return int(any(seen["fooled"] for seen in rows.values()))


if __name__ == "__main__":
    sys.exit(main())
