#!/usr/bin/env python3
"""How long after the last sheet does the result stand? Ballots come into a watched folder as a scanner makes them.

    python bench/watch.py                        40 ballots of 70 names, a page every 0.4 s
    python bench/watch.py --ballots 200 --every 0.2

`daihoi count --watch` runs in a process of its own. Measured is the time from the close of the last file to the moment
when record.json (written last of all) speaks of every ballot. Goal: 1 s.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from committee import CONTEST, write_folder
from daihoi import __version__

GOAL_SECONDS = 1.0
NAMES = 70
PATIENCE = 300.0


def stands(out: Path, ballots: int) -> bool:
    """Whether the result holds so many ballots and the record names this result."""
    try:
        result = json.loads((out / "result.json").read_bytes())
        record = (out / "record.json").stat().st_mtime_ns >= (out / "result.json").stat().st_mtime_ns
        read = (out / "ballots.jsonl").read_bytes().count(b"\n")
    except (OSError, ValueError):
        return False
    return record and read == ballots and bool(result["tally"])


def watched(root: Path, every: float, ballots: int, workers: int) -> float:
    """Seconds from the last file to the result."""
    arriving, out = root / "arriving", root / "count"
    arriving.mkdir()
    command = [sys.executable, "-m", "daihoi.cli", "count", str(root / "election.toml"), "--contest", CONTEST]
    command += ["--scans", str(arriving), "--out", str(out), "--watch", "--workers", str(workers)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (out / "crops").is_dir():
            time.sleep(0.05)
        # The readers start while the first sheets are fed.
        time.sleep(2.0)
        last = time.monotonic()
        for scan in sorted((root / "scans").iterdir()):
            time.sleep(max(0.0, last + every - time.monotonic()))
            (arriving / scan.name).write_bytes(scan.read_bytes())
            last = time.monotonic()
        while not stands(out, ballots):
            if time.monotonic() - last > PATIENCE or (process.poll() is not None and not stands(out, ballots)):
                raise SystemExit("the result never stood")
            time.sleep(0.005)
        return time.monotonic() - last
    finally:
        process.kill()
        process.wait()


def main() -> int:
    """Draw, watch, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ballots", type=int, default=40)
    parser.add_argument("--every", type=float, default=0.4, help="seconds between two pages")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(f"daihoi {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"load at the start {psutil.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="daihoi-bench-", ignore_cleanup_errors=True) as place:
        root = Path(place)
        pages = write_folder(root, NAMES, options.ballots)
        latency = watched(root, options.every, options.ballots, options.workers)
    print(f"{options.ballots} ballots of {NAMES} names, {pages} pages, one every {options.every} s")
    print(f"from the last file to the result: {latency:.2f} s (goal {GOAL_SECONDS}); load {psutil.getloadavg()[0]:.1f}")
    return 0 if latency <= GOAL_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
