#!/usr/bin/env python3
"""Do the loaders and the code parser stand every input? Spoils small whole files and feeds them, in a process apart.

    python bench/fuzz.py --minutes 10                  all kinds in turn, from a seed
    python bench/fuzz.py --minutes 1 --seed 7

Wanted of every input: pixels or a refusal, no exception, no word on the screen, no crash, no more than 5 seconds and
no more than 600 MB. What breaks that is written to tests/data/fuzz/, where tests/reading/load/test_fuzz_finds.py reads
it for ever after. Leaves with 1 when it found something. bench/fuzz_atheris.py feeds the same by atheris.
"""

from __future__ import annotations

import argparse
import hashlib
import mmap
import os
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from fuzz_cases import ask, case

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

KEEP = Path(__file__).resolve().parents[1] / "tests" / "data" / "fuzz"
SECONDS, MEGABYTES = 5.0, 600
HUNG_SECONDS = 60.0
ROUND = 20_000
"""Inputs a process: a slow leak shows as memory beyond the bound, and a crash costs little."""


def main() -> int:
    """Feed until the time is over; say what was fed and what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=2027)
    parser.add_argument("--keep", type=Path, default=KEEP)
    parser.add_argument("--child", nargs=2, metavar=("FIRST", "WHERE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return feed(given.seed, int(given.child[0]), Path(given.child[1]))
    return watch(given.seed, given.minutes, given.keep)


def feed(seed: int, first: int, where: Path) -> int:
    """In the child: input after input; the number of the present one stands in the file `where`."""
    words: Counter[str] = Counter()
    heard = os.fstat(2).st_size
    with where.open("r+b") as file, mmap.mmap(file.fileno(), 8) as place:
        for number in range(first, first + ROUND):
            place[:] = struct.pack("<q", number)
            given = case(seed, number)
            began = time.process_time()
            try:
                words[f"{given.kind} {ask(given)}"] += 1
            except Exception as error:
                print(f"find {number} {type(error).__name__}: {str(error)[:200]!r}", flush=True)
            if (noise := os.fstat(2).st_size) > heard:
                heard = noise
                print(f"find {number} a word on the screen", flush=True)
            if time.process_time() - began > SECONDS:
                print(f"find {number} more than {SECONDS} s", flush=True)
            if resource and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MEGABYTES * 1024:
                print(f"find {number} more than {MEGABYTES} MB", flush=True)
                return 3
    for word, times in words.items():
        print(f"word {times} {word}", flush=True)
    return 0


def watch(seed: int, minutes: float, keep: Path) -> int:
    """In the parent: child after child; what one dies of, hangs at or says is a find."""
    began, first, finds = time.monotonic(), 0, 0
    words: Counter[str] = Counter()
    while time.monotonic() - began < minutes * 60:
        at, lines, why = _child(seed, first)
        for line in lines:
            if line.startswith("word "):
                _, times, word = line.split(" ", 2)
                words[word] += int(times)
            elif line.startswith("find "):
                finds += _kept(seed, int(line.split()[1]), line.split(" ", 2)[2], keep)
        if why:
            finds += _kept(seed, at, why, keep)
        first = at + 1
        print(f"{time.monotonic() - began:6.0f} s {first:9d} inputs {finds} finds", file=sys.stderr, flush=True)
    print(f"seed {seed}: {first} inputs in {time.monotonic() - began:.0f} s, {finds} finds")
    for word, times in sorted(words.items()):
        print(f"{times:10d}  {word}")
    return 1 if finds else 0


def _child(seed: int, first: int) -> tuple[int, list[str], str]:
    """One child from input `first`: the last input it came to, its lines, and why it ended when not well."""
    with tempfile.TemporaryDirectory() as folder:
        where, said, noise = (Path(folder) / name for name in ("at", "said", "noise"))
        where.write_bytes(struct.pack("<q", first))
        with said.open("wb") as out, noise.open("wb") as err:
            command = [sys.executable, __file__, "--seed", str(seed), "--child", str(first), str(where)]
            process = subprocess.Popen(command, stdout=out, stderr=err)
            hung = _wait(process, where)
        (at,) = struct.unpack("<q", where.read_bytes())
        why = f"more than {HUNG_SECONDS} s" if hung else ""
        if not why and process.returncode not in {0, 3}:
            why = f"ended with {process.returncode}"
        if not why and (words := noise.read_bytes()):
            print(f"      said: {words[:200]!r}", file=sys.stderr)
        return at, said.read_text("utf-8").splitlines(), why


def _wait(process: subprocess.Popen[bytes], where: Path) -> bool:
    """Until the child ends; True when it had to be killed at one input."""
    at, since = b"", time.monotonic()
    while process.poll() is None:
        time.sleep(0.05)
        now = where.read_bytes()
        if now != at:
            at, since = now, time.monotonic()
        # The child measures its own time by the processor's clock; this is for one that never comes back.
        elif time.monotonic() - since > HUNG_SECONDS:
            process.kill()
            process.wait()
            return True
    return False


def _kept(seed: int, number: int, why: str, keep: Path) -> int:
    given = case(seed, number)
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{given.kind}-{hashlib.sha256(given.data).hexdigest()[:12]}.bin"
    if path.exists():
        return 0
    path.write_bytes(given.data)
    print(f"FOUND input {number}: {why}\n      kept as {path}", file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
