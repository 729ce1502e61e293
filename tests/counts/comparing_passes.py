"""Counts made of JSON pages by the stand-in reader, to be compared: no pictures, no real reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.counts.stand_in import election_text, run, scan, write_election, write_scans

STRUCK = {"c04": "struck"}


def page(*struck: str, **said: object) -> bytes:
    """A ballot with these candidates struck and the others left standing."""
    return scan(marks=dict.fromkeys(struck, "struck"), **said)


def count_of(
    folder: Path, pages: Sequence[bytes] | Mapping[str, bytes], *, name: str = "A", text: str | None = None
) -> Path:
    """A COUNT called `name` of these pages, scanned by a scanner of its own: equal papers give other bytes."""
    named = pages if isinstance(pages, Mapping) else {f"{k:04d}.jpg": data for k, data in enumerate(pages, 1)}
    salted = {file: data[:-1] + f', "scanner": "{name}", "file": "{file}"}}'.encode() for file, data in named.items()}
    election = folder / "e.toml"
    if text is not None or not election.is_file():
        write_election(folder, text or election_text(collected=len(salted)))
    scans = write_scans(folder / f"scans-{name}", salted)
    run(election, scans, folder / name)
    return folder / name
