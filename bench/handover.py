"""How long a second laptop takes to take over: a house with 500 counted ballots of 70 names, two sides each.

    python bench/handover.py [--ballots 500] [--kilobytes 600] [--folder DIR]

Scans are random bytes, which no disk and no packer can make smaller: as hard as it gets. Prints the package (dumped,
sealed, written to its end on the disk) and the take-over (passphrase stretched, opened, checked, unpacked), beside the
120 s that are promised. On a stick the writing takes as long as the stick does: 90 MB/s for USB 3, 10 MB/s for USB 2.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from daihoi.web.hall.handover import gathering, locks, packages, taking_over

WORDS = locks.words_of("bốn con trâu trắng", "qua sông lúc bình minh")
PROMISED = 120
ROWS = 60_000
"""Entries of a day's ledger and more."""


def house(data: Path, pages: int, size: int) -> Path:
    """Scans as they came, and as the count keeps them."""
    scans, images = data / "counts/a/scans", data / "counts/a/count/images"
    for folder in (scans, images, data / "contests/a/1"):
        folder.mkdir(parents=True)
    for number in range(pages):
        page = os.urandom(size)
        (scans / f"{number:05d}.jpg").write_bytes(page)
        (images / f"{number:05d}.jpg").write_bytes(page)
    database = data / gathering.DATABASE
    with closing(sqlite3.connect(database)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE audit_ledgerentry (seq INTEGER PRIMARY KEY, facts TEXT)")
        made.executemany(
            "INSERT INTO audit_ledgerentry VALUES (?, ?)", ((n, os.urandom(400).hex()) for n in range(ROWS))
        )
        made.commit()
    return database


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--ballots", type=int, default=500)
    asked.add_argument("--kilobytes", type=int, default=600)
    asked.add_argument("--folder", type=Path, default=None)
    given = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="handover-", dir=given.folder))
    try:
        database = house(folder / "first", 2 * given.ballots, 1000 * given.kilobytes)
        (folder / "usb").mkdir()
        began = perf_counter()
        lock = locks.lock_of(WORDS)
        stretched = perf_counter() - began
        made = packages.write_package(folder / "first", database, folder / "usb", lock, datetime.now(UTC))
        done = taking_over.take_over(made.path, WORDS, folder / "second")
        print(f"{given.ballots} ballots, {2 * given.ballots} pages of {given.kilobytes} kB, {done.files} files")
        print(f"passphrase stretched     {stretched:7.1f} s")
        print(f"package, {made.size / 1e6:7.0f} MB      {made.seconds:7.1f} s")
        print(f"take-over                {done.seconds:7.1f} s   promised: {PROMISED} s")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
