"""Counts in processes of their own, which a test kills.

What they import is imported once, in a process from which each of them is forked: to begin anew took seconds, most of
the time of a kill. Where processes cannot fork they begin anew all the same.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from pathlib import Path

from daihoi.counts import opening
from daihoi.counts.adopting import Answer
from daihoi.counts.count import count
from daihoi.counts.session import Session, open_session
from daihoi.counts.watching import Watch
from daihoi.rules.terms import ResultStatus
from tests.counts.stand_in import CONTEST, FRAMED, NOW, run

_FORKED = "forkserver" in multiprocessing.get_all_start_methods()


def started(work: Callable[..., None], *given: object) -> BaseProcess:
    """`work(*given)` in a process of its own, one of those below."""
    context = multiprocessing.get_context("forkserver" if _FORKED else "spawn")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=work, args=given)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """Kill -9, and wait until it is gone."""
    process.kill()
    process.join()


def counting(election: Path, scans: Path, out: Path, workers: int) -> None:
    """`daihoi count`."""
    _draw_coarsely()
    run(election, scans, out, workers=workers)


def watching(election: Path, scans: Path, out: Path) -> None:
    """`daihoi count --watch`."""
    _draw_coarsely()
    count(election, CONTEST, scans=scans, out=out, workers=1, scanner=FRAMED, watch=Watch())


def in_session(election: Path, scans: Path, out: Path, answers: Path) -> None:
    """Read what arrives, adopt every answer of `answers` (lines of JSON) that fits what stands, end when it is final.

    Two minutes at most: then it leaves with code 3.
    """
    _draw_coarsely()
    end = time.monotonic() + 120
    with open_session(election, CONTEST, scans=scans, out=out, workers=1, scanner=FRAMED) as session:
        while time.monotonic() < end:
            far = session.step()
            if far.settled:
                _answer_all(session, answers)
                if session.settled is not None and session.settled.result.status is ResultStatus.FINAL:
                    return
            session.wait(0.02)
    sys.exit(3)


def _answer_all(session: Session, answers: Path) -> None:
    """Adopt what is needed and answered: as a program that keeps its answers elsewhere would, again and again."""
    assert session.settled is not None
    said = [Answer(*json.loads(line)) for line in answers.read_text(encoding="utf-8").splitlines()]
    needed = {one.row.place for one in session.settled.questions if one.needed}
    fitting = [one for one in said if (one.ballot, one.candidate) in needed]
    if fitting:
        session.adopt(fitting, by="Lò Văn An", now=NOW)


def _draw_coarsely() -> None:
    opening.FORM_DPI = 20
