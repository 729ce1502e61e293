"""A count in a process of its own, to be killed: `python -m tests.counts.killed_run ELECTION SCANS OUT WORKERS`."""

from __future__ import annotations

import sys
from pathlib import Path

from daihoi.counts import opening
from tests.counts.stand_in import run

if __name__ == "__main__":
    opening.FORM_DPI = 20  # type: ignore[misc]
    election, scans, out = map(Path, sys.argv[1:4])
    run(election, scans, out, workers=int(sys.argv[4]))
