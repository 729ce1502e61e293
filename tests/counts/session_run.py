"""A session in a process of its own, to be killed: `python -m tests.counts.session_run ELECTION SCANS OUT ANSWERS`.

It reads what arrives, adopts every answer of ANSWERS (lines of JSON) that fits what stands, and ends when the result is
final.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from daihoi.counts import opening
from daihoi.counts.adopting import Answer
from daihoi.counts.session import Session, open_session
from daihoi.rules.terms import ResultStatus
from tests.counts.stand_in import CONTEST, NOW
from tests.counts.test_watching import FRAMED


def answer_all(session: Session, answers: Path) -> None:
    """Adopt what is needed and answered: as a program that keeps its answers elsewhere would, again and again."""
    assert session.settled is not None
    said = [Answer(*json.loads(line)) for line in answers.read_text(encoding="utf-8").splitlines()]
    needed = {(one.row.ballot, one.row.candidate) for one in session.settled.questions if one.needed}
    fitting = [one for one in said if (one.ballot, one.candidate) in needed]
    if fitting:
        session.adopt(fitting, by="Lò Văn An", now=NOW)


def main(election: Path, scans: Path, out: Path, answers: Path) -> None:
    """Until the result is final, two minutes at most."""
    end = time.monotonic() + 120
    with open_session(election, CONTEST, scans=scans, out=out, workers=1, scanner=FRAMED) as session:
        while time.monotonic() < end:
            far = session.step()
            if far.settled:
                answer_all(session, answers)
                if session.settled is not None and session.settled.result.status is ResultStatus.FINAL:
                    return
            session.wait(0.02)
    sys.exit(3)


if __name__ == "__main__":
    opening.FORM_DPI = 20
    main(*map(Path, sys.argv[1:5]))
