#!/usr/bin/env python3
"""How much do two workers of a cluster read beside one? A folder of ballots counted by one and by two, in one run.

    python bench/cluster.py                     60 ballots of 70 names through the local pool and through Dask
    python bench/cluster.py --ballots 200

Scheduler, workers and the counting process share this machine's cores, so CPU seconds are told beside the wall: on a
busy machine the wall says nothing, and pages a second of CPU still do. The bytes of all results are compared.
Goal: two workers at least 1.6 times one.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from distributed import Client

from committee import CONTEST, write_folder
from daihoi import __version__
from daihoi.counts.cluster_address import ClusterAddress
from daihoi.counts.count import count
from daihoi.counts.pool_remote import remote_readers

GOAL = 1.6
NAMES = 70


@dataclass(frozen=True)
class Run:
    """One count: seconds on the wall, CPU seconds of the counting process and of those that read, its bytes."""

    title: str
    workers: int
    wall: float
    own: float
    reading: float
    digest: str


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[psutil.Process]]]:
    """A scheduler and workers without nannies; its address, and the workers."""
    file = folder / "scheduler.json"
    file.unlink(missing_ok=True)
    started: list[subprocess.Popen[bytes]] = []

    def start(role: str, *arguments: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{role}", "--host", "127.0.0.1", "--no-dashboard"]
        with (folder / f"{role}.log").open("ab") as log:
            started.append(subprocess.Popen([*command, *arguments], stdout=log, stderr=log))

    try:
        start("scheduler", "--port", "0", "--scheduler-file", str(file))
        while not file.is_file() or not file.read_text(encoding="utf-8").rstrip().endswith("}"):
            time.sleep(0.1)
        address = file.read_text(encoding="utf-8").split('"address": "')[1].split('"')[0]
        for number in range(workers):
            scratch = str(folder / f"scratch{number}")
            start("worker", address, "--nthreads", "1", "--no-nanny", "--local-directory", scratch)
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=300)
        yield address, [psutil.Process(process.pid) for process in started[1:]]
    finally:
        for process in started:
            process.kill()
            process.wait()


def spent_by(processes: list[psutil.Process]) -> float:
    """CPU seconds so far."""
    return sum(times.user + times.system for times in (process.cpu_times() for process in processes))


def through_cluster(root: Path, workers: int) -> Run:
    """Count through Dask; the workers have read a page each before the clock starts, as they would in the evening."""
    with cluster(root, workers) as (address, processes):
        readers = remote_readers(ClusterAddress(address))
        for name in ("warm", "clocked"):
            out = root / f"cluster-{workers}-{name}"
            before, own, start = spent_by(processes), time.process_time(), time.perf_counter()
            count(root / "election.toml", CONTEST, scans=root / "scans", out=out, readers=readers)
            wall = time.perf_counter() - start
            run = Run("Dask", workers, wall, time.process_time() - own, spent_by(processes) - before, digest_of(out))
    return run


def through_pool(root: Path, workers: int) -> Run:
    """Count through the local pool, its start included."""
    out = root / f"pool-{workers}"
    before, own, start = os.times(), time.process_time(), time.perf_counter()
    count(root / "election.toml", CONTEST, scans=root / "scans", out=out, workers=workers)
    wall = time.perf_counter() - start
    after = os.times()
    reading = after.children_user + after.children_system - before.children_user - before.children_system
    return Run("local pool", workers, wall, time.process_time() - own, reading, digest_of(out))


def digest_of(out: Path) -> str:
    """The digest of the count."""
    return hashlib.sha256((out / "record.json").read_bytes()).hexdigest()[:16]


def main() -> int:
    """Draw, count, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ballots", type=int, default=60)
    options = parser.parse_args()
    print(f"daihoi {__version__}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"load at the start {psutil.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="daihoi-bench-", ignore_cleanup_errors=True) as place:
        root = Path(place)
        pages = write_folder(root, NAMES, options.ballots)
        runs = [run(root, workers) for run in (through_pool, through_cluster) for workers in (1, 2)]
    print(f"{pages} pages, {NAMES} names, 200 dpi JPEG")
    print(f"{'':12}{'workers':>8}{'wall s':>8}{'pages/s':>9}{'counting CPU s':>16}{'reading CPU s':>15}{'digest':>18}")
    for run in runs:
        speed = pages / run.wall
        print(
            f"{run.title:12}{run.workers:8}{run.wall:8.1f}{speed:9.1f}{run.own:16.1f}{run.reading:15.1f}{run.digest:>18}"
        )
    met = len({run.digest for run in runs}) == 1
    for one, two in ((runs[0], runs[1]), (runs[2], runs[3])):
        print(f"{one.title}: two workers are {one.wall / two.wall:.2f} times one (goal {GOAL})")
        met = met and one.wall / two.wall >= GOAL
    print(f"load at the end {psutil.getloadavg()[0]:.1f}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
