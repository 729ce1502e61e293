"""Rows that hand seats and numbers to one another within one file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from daihoi.web.lists.imports.plan import Row


def settle(rows: Sequence[Row], refuse: Callable[[Sequence[Row]], None]) -> None:
    """Let `refuse` look at the good rows until it refuses none of them.

    What a row gives up is free for another only if the row itself is written: who is refused keeps it.
    """
    good = [row for row in rows if row.is_good]
    while True:
        refuse(good)
        left = [row for row in good if row.is_good]
        if len(left) == len(good):
            return
        good = left
