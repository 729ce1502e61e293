"""What people may do better next time: said once at the end of a count, on stderr, and never a reason to stop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from daihoi.counts.count_folder import read_folder
from daihoi.counts.scan_kinds import kinds_of
from daihoi.words.language import _


def hint_lines(count: Path) -> Iterator[str]:
    """A sentence for each kind of picture that there is a better one than."""
    kinds = kinds_of(read_folder(count))
    if kinds.one_bit:
        yield _(
            "The scans are black and white with nothing between (1-bit): faint strokes may be lost in them. Set the "
            "scanner to grey, 200 dpi."
        )
    if kinds.photographs:
        yield _(
            "The pictures look like photographs and were read as scans: count them into another folder with --source "
            "phone."
        )
