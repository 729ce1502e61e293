"""`decide`: the board's answers from a review file into the ledger, all of them or none."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from daihoi.counts.adopting import Said, adopt
from daihoi.counts.count import Counted, counted
from daihoi.counts.count_folder import open_folder
from daihoi.counts.errors import NameMissing
from daihoi.counts.grounds import require_figures
from daihoi.counts.outputs import derive, write_outputs
from daihoi.interchange import review_file


def decide(count: Path, review: Path, *, by: str, now: datetime) -> Counted:
    """Adopt the answers of the file `review`; `by` is who decided, `now` a moment with its offset from UTC.

    Raises what `adopting.adopt` raises, the errors of `open_folder`, InterchangeError.
    """
    # Told before the folder is opened: it is about what was asked and not about the count.
    if not by.strip():
        raise NameMissing()
    with open_folder(count) as folder:
        require_figures(folder.grounds)
        rows = review_file.parse(review.read_bytes(), str(review), form=folder.grounds.form)
        answered = [row for row in rows if row.decision]
        unneeded = adopt(folder, answered, Said(by, now), str(review))
        derived = derive(folder)
        record = write_outputs(folder, derived, adopted={row.place for row in answered})
    return counted(derived, record, unneeded=unneeded)
