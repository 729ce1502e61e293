"""A watch in a process of its own, to be killed: `python -m tests.counts.watched_run ELECTION SCANS OUT`."""

from __future__ import annotations

import sys
from pathlib import Path

from daihoi.counts import opening
from daihoi.counts.count import count
from daihoi.counts.watching import Watch
from tests.counts.stand_in import CONTEST
from tests.counts.test_watching import FRAMED

if __name__ == "__main__":
    opening.FORM_DPI = 20  # type: ignore[misc]
    election, scans, out = map(Path, sys.argv[1:4])
    count(election, CONTEST, scans=scans, out=out, workers=1, scanner=FRAMED, watch=Watch())
