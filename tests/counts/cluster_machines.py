"""A Dask cluster of processes on this machine: a scheduler, and workers that nobody starts again when they die."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0


class Machines:
    """The processes of one cluster; `folder` holds what they say."""

    def __init__(self, folder: Path, *, tls: Sequence[str] = (), environment: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._tls = list(tls)
        # A page that ends a worker is then not tried on all the others.
        path = os.pathsep.join((str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))
        settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0", "PYTHONPATH": path}
        self._environment = {**os.environ, **settings, **(environment or {})}
        self._file = folder / "scheduler.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", str(self._file), "--no-dashboard")
        self.address = self._address()

    def add(self, workers: int) -> None:
        """Start workers of one thread; they are there a few seconds later."""
        for _ in range(workers):
            scratch = str(self._folder / f"scratch{len(self.workers)}")
            options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", scratch)
            self.workers.append(self._start("worker", self.address, *options))

    def alive(self) -> int:
        """How many workers have not died."""
        return sum(process.poll() is None for process in self.workers)

    def close(self) -> None:
        """Kill what is left."""
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, role: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{role}", "--host", "127.0.0.1", *self._tls, *arguments]
        with (self._folder / f"{role}{len(self.workers)}.log").open("wb") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=log, stderr=log)

    def _address(self) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.scheduler.poll() is None:
            text = self._file.read_text(encoding="utf-8") if self._file.is_file() else ""
            if '"address"' in text and text.rstrip().endswith("}"):
                return text.split('"address": "')[1].split('"')[0]
            time.sleep(0.05)
        raise AssertionError((self._folder / "scheduler0.log").read_text(encoding="utf-8"))


@contextmanager
def machines(folder: Path, workers: int, *, tls: Sequence[str] = ()) -> Iterator[Machines]:
    """A cluster for the length of a test."""
    cluster = Machines(folder, tls=tls)
    try:
        cluster.add(workers)
        yield cluster
    finally:
        cluster.close()
