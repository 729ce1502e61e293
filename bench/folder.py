#!/usr/bin/env python3
"""Count one folder of scans and say, as JSON, where the time went; `bench/reading.py --folder` draws it and asks.

A process of its own, because reading processes import again what their parent was started with: from here that is next
to nothing, as it is from the command `daihoi`, and not a bench that also draws ballots.

    python bench/folder.py ROOT WORKERS       ROOT holds election.toml and scans/, and gets count/
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import time
from pathlib import Path

LOOK = 25
"""Pages between two looks at how much memory the processes hold."""


def peak_mb(pid: int) -> float:
    """The most memory that a running process ever held, MB; what it holds now where the system knows no more."""
    try:
        # Not getrusage: on Linux a process inherits that figure from the one that started it.
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        return float(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1e3
    except (OSError, StopIteration):
        import psutil  # noqa: PLC0415 -- the reading processes import this module too

        held = psutil.Process(pid).memory_info()
        return float(getattr(held, "peak_wset", held.rss)) / 1e6


def cpu_of(pid: int) -> float:
    """Processor seconds of a running process."""
    import psutil  # noqa: PLC0415 -- as above

    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


class Looks:
    """What is seen of a count from the place where it tells how far it is."""

    def __init__(self) -> None:
        """Begin the clocks."""
        self.began, self.cpu_began = time.perf_counter(), time.process_time()
        self.first = self.last = (0.0, 0.0)
        self.pages = 0
        self.workers: dict[int, tuple[float, float]] = {}

    def __call__(self, done: int, total: int, _phase: str) -> None:
        """As `count` tells its progress."""
        if done == self.pages:
            return
        now = time.perf_counter() - self.began, time.process_time() - self.cpu_began
        if not self.pages:
            self.first = now
        self.last, self.pages = now, done
        if done % LOOK == 0 or done == total:
            for child in multiprocessing.active_children():
                if child.pid is not None:
                    self.workers[child.pid] = peak_mb(child.pid), cpu_of(child.pid)


def main() -> None:
    """Count, print."""
    from daihoi.counts.count import count  # noqa: PLC0415 -- as above

    root, workers = Path(sys.argv[1]), int(sys.argv[2])
    looks = Looks()
    done = count(
        root / "election.toml", "bch", scans=root / "scans", out=root / "count", workers=workers, progress=looks
    )
    wall, cpu = time.perf_counter() - looks.began, time.process_time() - looks.cpu_began
    told = {
        "pages": looks.pages,
        "seconds": {
            "start": looks.first[0],
            "pages": looks.last[0] - looks.first[0],
            "result": wall - looks.last[0],
        },
        "cpu": {
            "reading processes": sum(spent for _, spent in looks.workers.values()),
            "start": looks.first[1],
            "copies and ledger": looks.last[1] - looks.first[1],
            "result": cpu - looks.last[1],
        },
        "peak_mb": {
            "counting": peak_mb(multiprocessing.current_process().pid or 0),
            "reading": max((peak for peak, _ in looks.workers.values()), default=0.0),
        },
        "status": done.result.status.value,
        "open_rows": done.open_rows,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
