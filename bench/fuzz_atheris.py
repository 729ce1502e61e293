#!/usr/bin/env python3
"""The loaders and the code parser under atheris, which follows the branches that an input takes (Linux).

    python bench/fuzz_atheris.py -max_total_time=600 -timeout=5 -rss_limit_mb=900

Arguments are libFuzzer's. The first byte of an input chooses its kind; what breaks a promise is written as crash-* to
the present folder: without its first byte it belongs into tests/data/fuzz/.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["daihoi.reading.load", "daihoi.sheet.identity"]):
    from fuzz_cases import Case, ask, corpus

KINDS = tuple(corpus())


def one(data: bytes) -> None:
    """Feed one input."""
    if data:
        kind = KINDS[data[0] % len(KINDS)]
        ask(Case(kind, data[1:301] if kind == "qr" else data[1:]))


def main() -> None:
    """Begin from the small whole files; libFuzzer leaves for us."""
    with tempfile.TemporaryDirectory() as seeds:
        for place, kind in enumerate(KINDS):
            for number, data in enumerate(corpus()[kind]):
                (Path(seeds) / f"{kind}{number}").write_bytes(bytes([place]) + data)
        atheris.Setup([*sys.argv, seeds], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
